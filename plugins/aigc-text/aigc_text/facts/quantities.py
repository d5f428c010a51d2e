"""Numbers with their currency or unit, in English and Chinese notation.

What counts as one quantity: *£20*, *20 pounds*, *GBP 20.00* · *1,299元*, *¥1299*, *1299 元* · *12 hours*, *12-hour*,
*12小时* · *15%*, *15 percent*, *百分之15* · *£20-25*, *20 to 25 pounds* · *1.5 kg* = *1500 g* · *1.2万* = *12000* · *8折*, *八折*.
Number words count only in front of a unit (*two years*, *两年*), and neither *one* nor *一* ever does: both are
articles more often than numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_GROUPS: dict[str, tuple[str, str]] = {
    # canonical unit: (factor-one spellings, other spellings as "factor spelling ..." joined by ;)
    "gbp": ("£ gbp 英镑 quid", ""),
    "pound": ("pound pounds", ""),
    "usd": ("us$ usd $ dollar dollars 美元 美金", "0.01 cent cents"),
    "eur": ("€ eur euro euros 欧元", ""),
    "cny": ("cny rmb yuan 元 块 块钱 人民币", "0.1 角"),
    "yen": ("¥", ""),
    "jpy": ("jpy 日元", ""),
    "hkd": ("hk$ hkd 港元 港币", ""),
    "krw": ("₩ krw 韩元", ""),
    "inr": ("₹ inr rupee rupees 卢比", ""),
    "%": ("% percent", ""),
    "off": ("折", ""),
    "g": ("g gram grams gramme grammes 克", "1000 kg kgs kilo kilos kilogram kilograms 公斤 千克; 0.001 mg 毫克; 500 斤; 50 两"),
    "lb": ("lb lbs 磅", ""),
    "oz": ("oz ounce ounces 盎司", ""),
    "mm": ("mm millimetre millimetres millimeter millimeters 毫米", "10 cm centimetre centimetres centimeter centimeters 厘米 公分; "
           "1000 m metre metres meter meters 米; 1000000 km kilometre kilometres kilometer kilometers 公里 千米"),
    "inch": ("inch inches 英寸 寸", "12 ft foot feet 英尺"),
    "mile": ("mile miles 英里", ""),
    "m2": ("m2 sqm 平方米 平米 平", ""),
    "ml": ("ml millilitre millilitres milliliter milliliters 毫升", "10 cl; 1000 l litre litres liter liters 升"),
    "gallon": ("gallon gallons 加仑", ""),
    "s": ("s sec secs second seconds 秒 秒钟", "60 min mins minute minutes 分钟; 3600 h hr hrs hour hours 小时 个小时 钟头"),
    "day": ("day days 天", "7 week weeks 周 星期 个星期"),
    "month": ("month months 个月", "12 year years yr yrs 年"),
    "ms": ("ms millisecond milliseconds 毫秒", ""),
    "w": ("w watt watts 瓦 瓦特", "1000 kw 千瓦"),
    "v": ("v volt volts 伏", ""),
    "mah": ("mah 毫安 毫安时", ""),
    "wh": ("wh", "1000 kwh 度"),
    "hz": ("hz 赫兹", "1000 khz; 1000000 mhz; 1000000000 ghz"),
    "mb": ("mb", "1000 gb; 1000000 tb"),
    "db": ("db 分贝", ""),
    "px": ("px pixel pixels 像素", "1000000 mp megapixel megapixels"),
    "°c": ("°c 摄氏度", ""),
    "°f": ("°f 华氏度", ""),
    "star": ("star stars 星 星级 颗星", ""),
    "kcal": ("kcal cal calories 大卡 千卡", ""),
    "rpm": ("rpm", ""),
    "x": ("x times 倍", ""),
}  # fmt: skip

CURRENCIES = frozenset({"gbp", "pound", "usd", "eur", "cny", "yen", "jpy", "hkd", "krw", "inr"})


def _units() -> dict[str, tuple[str, Decimal]]:
    table: dict[str, tuple[str, Decimal]] = {}
    for unit, (plain, scaled) in _GROUPS.items():
        for spelling in plain.split():
            table[spelling] = (unit, Decimal(1))
        for group in filter(None, (g.split() for g in scaled.split(";"))):
            for spelling in group[1:]:
                table[spelling] = (unit, Decimal(group[0]))
    return table


UNITS = _units()
"""Spelling → (canonical unit, factor)."""

#: Signs that stand for several currencies, and what each may be read as.
AMBIGUOUS: dict[str, frozenset[str]] = {
    "pound": frozenset({"gbp", "lb"}),
    "yen": frozenset({"cny", "jpy"}),
}

_EN_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=2,
    )
} | {
    word: 10 * ten
    for ten, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_ZH_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
_MAGNITUDE = r"(?: ?[万亿](?!能|物|事|象))?"
_PREFIX = r"(?:us\$|hk\$|[£€$¥₩₹]|(?:gbp|usd|eur|cny|rmb|jpy|hkd|krw|inr)(?= ?\d))"
_LATIN = sorted((u for u in UNITS if u[-1].isascii() and u[-1].isalnum()), key=len, reverse=True)
_OTHER = sorted((u for u in UNITS if not (u[-1].isascii() and u[-1].isalnum())), key=len, reverse=True)
_UNIT = (
    rf"(?:[ -]?(?:{'|'.join(map(re.escape, _LATIN))}|per cent)(?![a-z0-9])"
    rf"| ?(?:{'|'.join(map(re.escape, _OTHER))}))"
)
_WORD_NUMBER = rf"(?:{'|'.join(sorted(_EN_NUMBERS, key=len, reverse=True))})"
_ZH_NUMBER = r"(?:[二三四五六七八九两]?十[一二三四五六七八九]?|[二三四五六七八九两])"
_ONE = rf"(?:{_PREFIX} ?)?{_NUMBER}{_MAGNITUDE}{_UNIT}?"
_RANGE = r"(?: ?[-~] ?| to | ?[至到] ?)"

QUANTITY = (
    rf"百分之{_NUMBER}"
    rf"|(?<![a-z0-9.])(?<!\d,)(?:{_PREFIX} ?)?{_NUMBER}{_MAGNITUDE}(?:{_UNIT})?(?:{_RANGE}{_ONE})?(?![a-z0-9]|\.\d)"
    rf"|(?<![a-z]){_WORD_NUMBER}{_UNIT}"
    rf"|{_ZH_NUMBER}(?:个月|小时|个小时|分钟|公斤|千克|平方米|毫升|毫米|厘米|公里|英寸|星级|折|元|块钱|天|年|周)"
)
"""Regular expression (no groups) of one quantity in folded text."""

_PARTS = re.compile(
    rf"(?:(?P<prefix>{_PREFIX}) ?)?(?P<number>{_NUMBER}|{_WORD_NUMBER}|{_ZH_NUMBER})(?P<magnitude>{_MAGNITUDE})(?P<unit>{_UNIT})?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or both ends of a range, in ``unit`` (canonical; empty for a bare number)."""

    values: tuple[str, ...]
    unit: str

    @property
    def key(self) -> str:
        """What it is compared by; the brackets keep it apart from letters around it."""
        return f"⟨{'~'.join(self.values)}|{self.unit}⟩"


def plain(number: Decimal) -> str:
    """Shortest decimal notation: ``20.00`` → ``20``."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _number(text: str) -> Decimal:
    if text in _EN_NUMBERS:
        return Decimal(_EN_NUMBERS[text])
    if text[0] in _ZH_DIGITS or text[0] == "十":
        tens, ten, ones = text.partition("十")
        if not ten:
            return Decimal(_ZH_DIGITS[text])
        return Decimal(10 * (_ZH_DIGITS[tens] if tens else 1) + (_ZH_DIGITS[ones] if ones else 0))
    return Decimal(text.replace(",", ""))


@lru_cache(maxsize=4096)
def parse(text: str) -> Quantity:
    """Read what `QUANTITY` matched."""
    if text.startswith("百分之"):
        return Quantity((plain(_number(text.removeprefix("百分之"))),), "%")
    numbers: list[Decimal] = []
    unit, factor = "", Decimal(1)
    for part in _PARTS.finditer(text):
        number = _number(part["number"])
        magnitude = part["magnitude"].strip()
        number *= {"": 1, "万": 10_000, "亿": 100_000_000}[magnitude]
        numbers.append(number)
        spelling = (part["prefix"] or part["unit"] or "").strip(" -")
        if spelling:
            unit, factor = ("%", Decimal(1)) if spelling == "per cent" else UNITS[spelling]
    return Quantity(tuple(plain(number * factor) for number in numbers), unit)


def compatible(given: str, found: str) -> bool:
    """True if the unit ``found`` may stand for ``given``; a bare number only for a bare number."""
    if given == found:
        return True
    return found in AMBIGUOUS.get(given, ()) or given in AMBIGUOUS.get(found, ())
