"""Places by name and by shape, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.generators.extract.place_names import ENGLISH, ZH_ABROAD, ZH_CITIES, ZH_REGIONS


def _alternatives(names: str, separator: str | None = None) -> str:
    parts = {name for line in names.split("\n") for name in line.split(separator) if name.strip()}
    return "|".join(map(re.escape, sorted(parts, key=lambda name: (-len(name), name))))


_NAMED = re.compile(rf"(?<![\w@#/.&-])(?:{_alternatives(ENGLISH, '|')})(?![\w@]|-[A-Za-z]|\.\w)")
_LEAD = "(?:The|This|That|Our|Your|Their|In|At|On|By|Near|From|To|For|With|Around|Behind|Past|Under|Over|After|And) "
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{1,24}"
_KIND = (
    "Street|Road|Avenue|Square|Boulevard|Bridge|Station|Airport|Park|Lake|River|Mountains|Mountain|Island|Islands|Valley|Bay"
    "|Beach|County|Province|District|Harbour|Harbor|Castle|Palace|Cathedral"
)
_KINDED = re.compile(rf"(?<![\w@#/.&-])(?:(?!{_LEAD}){_CAPITAL} ){{1,3}}(?:{_KIND})(?!\w)")
_LED = re.compile(
    rf"(?<!\w)(?:River|Lake|Mount|Cape|Isle of|Gulf of|Bay of|Port) {_CAPITAL}(?: {_CAPITAL}){{0,2}}(?!\w)"
)

_REGION, _CITY = _alternatives(ZH_REGIONS), _alternatives(ZH_CITIES)
_DISTRICT = (
    r"(?:(?!.{0,3}(?:地区|小区|市区|郊区|城区|山区|校区|景区|社区))[\u4e00-\u9fff]{1,3}(?:新区|区|县))"
)
_NOT_AFTER = "(?![人话菜味式语文货籍队腔])"
_ZH = re.compile(
    rf"(?:(?:{_REGION})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?(?:(?:{_CITY})市?)?{_DISTRICT}?"
    rf"|(?:{_CITY})市?{_DISTRICT}?|(?:{_alternatives(ZH_ABROAD)})){_NOT_AFTER}"
)
_HAN = re.compile("[\u4e00-\u9fff]{2}")


def find_places(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of countries, regions, cities, and of what ends or begins with a kind of place; may overlap.

    Street addresses are found elsewhere (`aigc_text.moderators.privacy.addresses`).
    """
    for pattern in (_KINDED, _LED, _NAMED):
        for match in pattern.finditer(text):
            yield match.span()
    if _HAN.search(text):
        for match in _ZH.finditer(text):
            yield match.span()
