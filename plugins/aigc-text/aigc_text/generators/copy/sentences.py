"""Facts as sentences: grammatical in both languages for any attribute and any value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from aigc_text.facts.inputs import Fact
from aigc_text.facts.labels import BOOLEAN_PREFIX, canonical, slug
from aigc_text.facts.normalise import tokens
from aigc_text.templates.blocks import Blocks, Lines, Wording

T = TypeVar("T")

_ADJECTIVE = re.compile(
    r"(?:friendly|proof|free|able|ible|resistant|less|ful|safe|ready|based|certified|coated|insulated|powered|"
    r"made|woven|knit|grown|organic|vegan|vegetarian|wireless|portable|electric|recycled|compatible)$",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"^(?:keeps|fits|works|charges|runs|holds|comes|folds|lasts|protects|supports|connects|makes|helps|stays|cleans|dries|"
    r"weighs|resists|tracks|turns|blocks|cuts|lets|gives|adds|saves|removes|reduces|absorbs|plays|opens|packs)\s"
)
# Yes/no attributes that Chinese says with a verb or an adjective of its own: (yes, no).
_SAID_ZH = {
    "waterproof": ("防水", "不防水"),
    "family_friendly": ("适合家庭", "不适合家庭"),
    "bluetooth": ("支持蓝牙", "不支持蓝牙"),
    "foldable": ("可折叠", "不可折叠"),
    "rechargeable": ("可充电", "不可充电"),
    "washable": ("可水洗", "不可水洗"),
}
# Names of yes/no attributes that are a statement as they are: 无糖, 不掉毛, 可机洗, 含早餐.
_SAYS_ITSELF = re.compile("(?:[无不可免]|含|防|支持|带|适合)[\u4e00-\u9fff]{1,8}$")
_OWN_PREPOSITION = re.compile(r"(?:from|starting|between|at|for|in)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^[A-Za-z]+(?: [a-z]+)? (?:in|by|for|with|of|at|to|from|on|near)$")
_NO_NOUN = re.compile(r"(?:ed|ing|ly|ible|able|ful|less|proof|free|friendly)$")
_STOPPED = re.compile(r"([.!?。！？…])[.。]$")
_TIME = frozenset({"s", "day", "month"})
_LENGTHS = frozenset({"mm", "inch", "mile"})
_PLURAL = frozenset(
    [
        "shoes",
        "boots",
        "sneakers",
        "trainers",
        "headphones",
        "earbuds",
        "earphones",
        "glasses",
        "sunglasses",
        "gloves",
        "socks",
        "trousers",
        "jeans",
        "pants",
        "leggings",
        "shorts",
        "sandals",
        "slippers",
        "tights",
        "candles",
        "cookies",
        "biscuits",
        "chocolates",
        "towels",
        "sheets",
        "curtains",
        "speakers",
        "binoculars",
        "scissors",
        "crisps",
        "noodles",
        "sweets",
        "pyjamas",
        "skis",
        "mugs",
        "cups",
        "plates",
        "knives",
    ]
)
_UNCOUNTABLE = frozenset(
    [
        "software",
        "hardware",
        "food",
        "clothing",
        "furniture",
        "equipment",
        "jewellery",
        "jewelry",
        "skincare",
        "makeup",
        "tea",
        "coffee",
        "chocolate",
        "wine",
        "beer",
        "milk",
        "juice",
        "water",
        "bread",
        "rice",
        "honey",
        "granola",
        "soap",
        "shampoo",
        "paper",
        "lighting",
        "bedding",
        "footwear",
        "luggage",
        "insurance",
        "advice",
        "training",
    ]
)
_VOWEL_SOUND = re.compile(r"^(?:[aeio]|u(?!ni|se|su|k|ti)|hour|honest|heir)", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(r"^(?:one\b|eu|once)", re.IGNORECASE)


_FIRST = ("category", "skirt_length", "style", "material", "fit", "colour", "pattern")
_LAST = ("warranty", "delivery", "availability", "price", "price_range", "discount")


class Chooser(Protocol):
    """What the writers need of a random generator."""

    def integers(self, low: int, high: int) -> object:
        """A whole number in [low, high)."""

    def random(self) -> float:
        """A number in [0, 1)."""
        ...


def choose(rng: Chooser, items: Sequence[T]) -> T:
    """One of ``items``, uniformly."""
    return items[int(rng.integers(0, len(items)))]  # type: ignore[call-overload]  # NumPy's integer type


def stop(sentence: str, language: str) -> str:
    """Close a sentence with a full stop unless it is closed already."""
    mark = "。" if language == "zh" else "."
    return (
        _STOPPED.sub(r"\1", sentence + mark) if sentence and sentence[-1] in ".!?。！？…" else sentence + mark
    )


def listing(values: Sequence[str], language: str, *, last: bool = True) -> str:
    """Values as a list: *a, b and c*; *a、b和c*. Semicolons where a value holds a comma."""
    if len(values) == 1:
        return values[0]
    if language == "zh":
        return "、".join(values)
    if any("," in value or " and " in value for value in values):
        return "; ".join(values)
    if not last:
        return ", ".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def telling_order(fact: Fact) -> int:
    """For sorting: what a thing is comes first, what it costs last."""
    if fact.canonical in _FIRST:
        return _FIRST.index(fact.canonical) - len(_FIRST)
    return 1 + _LAST.index(fact.canonical) if fact.canonical in _LAST else 0


def is_plural(name: str) -> bool:
    """True for English names of things that are plural (*trail shoes*)."""
    words = re.findall(r"[A-Za-z]+", name)
    return bool(words) and words[-1].lower() in _PLURAL


def with_article(noun: str) -> str:
    """*an insulated bottle*; the noun alone where an article would be wrong or cannot be told."""
    first = noun.split(" ", 1)[0]
    plain = noun.isascii() and noun[:1].isalpha() and first.lower() not in ("a", "an", "the", "our", "your")
    if (
        not plain
        or is_plural(noun)
        or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
        or first.isupper()
        or "," in noun
    ):
        return noun
    vowel = _VOWEL_SOUND.match(noun) and not _CONSONANT_SOUND.match(noun)
    return f"{'an' if vowel else 'a'} {noun}"


def is_uncountable(noun: str) -> bool:
    """True for English nouns that take no "a": *software*, *green tea*."""
    words = re.findall(r"[A-Za-z]+", noun)
    return bool(words) and words[-1].lower() in _UNCOUNTABLE


def agree(phrase: str, plural: bool) -> str:
    """Resolve ``[s]``, ``[is]`` and ``[its]`` for a singular or plural subject."""
    phrase = phrase.replace("[is]", "are" if plural else "is").replace("[its]", "their" if plural else "its")
    return phrase.replace("ha[s]", "have" if plural else "has").replace("[s]", "" if plural else "s")


def _fits(wording: Wording, fact: Fact, value: str) -> bool:
    if not wording.needs:
        return True
    if len(fact.values) != 1:
        return False
    if wording.needs == "single":
        return len(value) <= 60 and not re.search(r"[.!?;。！？；，,]\s", value)
    if wording.needs == "digits":
        # "priced at from £90" is no English: such values are named by their label.
        return any(c.isdigit() for c in value) and len(value) <= 40 and not _OWN_PREPOSITION.match(value)
    found = [t.quantity for t in tokens(value) if t.quantity is not None]
    wanted = _TIME if wording.needs == "time" else _LENGTHS
    return bool(found) and found[-1].unit in wanted and len(value) <= 40


@dataclass(frozen=True, slots=True)
class FactSentences:
    """Words facts in one language.

    Args:
        blocks: The language's building blocks.
        language: ``"en"`` or ``"zh"``.
        voice: Brand voice.
        plural: True if the thing described is plural (English).
        you: 你 or 您 (Chinese).
    """

    blocks: Blocks
    language: str
    voice: str
    plural: bool = False
    you: str = "你"

    def plain(self, fact: Fact) -> str:
        """The one wording that works for everything: *Label: value.* Used to mend texts."""
        return stop(self.short(fact, capital=True, label=True), self.language)

    def short(self, fact: Fact, *, capital: bool = False, label: bool | None = None) -> str:
        """Label and value without a full stop; the value alone where it says what it is."""
        name = fact.label(self.language)
        if fact.boolean is not None:
            return self._boolean_short(fact, capital)
        value = listing(fact.values, self.language, last=False)
        wording = self.blocks.wordings.get(fact.canonical or "")
        bare = fact.canonical in ("name", "features", "category") or (
            wording is not None and wording.bare and self._tells(fact)
        )
        if label is False or (label is None and bare):
            return value
        if self.language == "zh":
            return f"{name}：{value}"
        shown = capitalised(name) if capital else name
        return f"{shown} {value}" if _PREPOSITION.search(name) else f"{shown}: {value}"

    def phrase(self, fact: Fact) -> str:
        """The shortest grammatical wording without a subject, for lines of facts: always the same one."""
        if self.language == "zh" and fact.boolean is None:
            if fact.canonical != "price" and (forms := self._forms(fact, sentences=False)):
                value = listing(fact.values, "zh")
                return forms[0].format(v=value, label=fact.label("zh"), you=self.you)
            if fact.canonical == "features":
                return listing(fact.values, "zh")
        wording = self.blocks.wordings.get(fact.canonical or "")
        fits = (
            fact.boolean is None and wording is not None and all(_fits(wording, fact, v) for v in fact.values)
        )
        if wording is not None and wording.compact and fits:
            return agree(wording.compact.format(v=listing(fact.values, self.language)), self.plural)
        return self.short(fact)

    def _tells(self, fact: Fact) -> bool:
        wording = self.blocks.wordings.get(fact.canonical or "")
        # "到手价" or "member price" say more than the amount does: they keep their name.
        plain = fact.canonical != "price" or fact.label(self.language) in ("price", "价格", "售价")
        return wording is not None and plain and all(_fits(wording, fact, value) for value in fact.values)

    def predicate(self, fact: Fact, rng: Chooser) -> str | None:
        """A verb phrase that a subject can carry, or None where there is none for it."""
        if fact.boolean is not None:
            return self._boolean_predicate(fact)
        if (
            self.language == "en"
            and fact.canonical == "category"
            and len(fact.values) == 1
            and not self.plural
        ):
            noun = fact.values[0]
            named = noun if is_uncountable(noun) else with_article(noun)
            return f"is {named}" if named != noun or is_uncountable(noun) else None
        if (
            self.language == "en"
            and fact.canonical == "features"
            and all(map(_VERB_FIRST.match, fact.values))
        ):
            return None if self.plural else listing(fact.values, "en")
        forms = self._forms(fact, sentences=False)
        if not forms:
            return None
        value = listing(fact.values, self.language)
        form = choose(rng, forms).format(v=value, label=fact.label(self.language), you=self.you)
        return agree(form, self.plural)

    def _forms(self, fact: Fact, *, sentences: bool) -> Lines:
        """The forms of a known attribute that are grammatical with these values and lose nothing of its name."""
        wording = self.blocks.wordings.get(fact.canonical or "")
        if wording is None:
            return ()
        if len(fact.values) > 1 and wording.several:
            forms = wording.several
        elif all(_fits(wording, fact, value) for value in fact.values):
            forms = wording.sentences if sentences else wording.predicates
        else:
            return ()
        if wording.labels and fact.label(self.language) not in wording.labels:
            forms = tuple(form for form in forms if "{label}" in form or "{Label}" in form)
        return forms

    def sentence(self, fact: Fact, rng: Chooser) -> str:
        """A whole sentence of its own, without subject."""
        if fact.boolean is not None:
            return stop(self._boolean_short(fact, capital=True), self.language)
        value = listing(fact.values, self.language)
        name = fact.label(self.language)
        forms: Sequence[str]
        if fact.canonical == "features":
            forms = self.blocks.feature_lists[self.voice]
            value = listing(fact.values, self.language, last=False)
        elif known := self._forms(fact, sentences=True):
            forms = known
        else:
            brief = len(fact.values) == 1 and len(value) <= 30 and len(name) <= 24
            forms = self.blocks.generic_short if brief else self.blocks.generic
            if self.language == "en":
                forms = _generic_english(name, forms, number=value.isdigit())
        form: str = choose(rng, forms)
        return stop(form.format(v=value, label=name, Label=capitalised(name), you=self.you), self.language)

    # ---- yes and no ----------------------------------------------------------------------------

    def _boolean_label(self, fact: Fact) -> tuple[str, bool]:
        """The attribute's name, and whether it can follow "is"."""
        name = fact.label(self.language)
        if self.language == "zh":
            return name, False
        for prefix, adjective in (("is ", True), ("has ", False), ("with ", False), ("includes ", False)):
            if name.lower().startswith(prefix) and len(name) > len(prefix):
                return name[len(prefix) :], adjective
        return name, bool(_ADJECTIVE.search(name))

    def _boolean_short(self, fact: Fact, capital: bool) -> str:
        name, adjective = self._boolean_label(fact)
        if self.language == "zh":
            if _SAYS_ITSELF.match(name) and (fact.boolean or name[0] not in "无不免"):
                return name if fact.boolean else f"不{name}"
            said = _SAID_ZH.get(canonical_boolean(fact.key))
            if said is not None:
                return said[0] if fact.boolean else said[1]
            return f"{name}：{'是' if fact.boolean else '否'}"
        if canonical_boolean(fact.key) == "bluetooth":
            said_en = f"{'with' if fact.boolean else 'no'} Bluetooth"
            return capitalised(said_en) if capital else said_en
        shown = capitalised(name) if capital else name
        if adjective:
            if fact.boolean:
                return shown
            return f"{'Not' if capital else 'not'} {name}"
        return f"{shown}: {'yes' if fact.boolean else 'no'}"

    def _boolean_predicate(self, fact: Fact) -> str | None:
        if self.language == "en" and canonical_boolean(fact.key) == "bluetooth":
            return f"{'have' if self.plural else 'has'} {'' if fact.boolean else 'no '}Bluetooth"
        if self.language == "zh":
            said = self._boolean_short(fact, capital=False)
            return None if "：" in said else said
        name, adjective = self._boolean_label(fact)
        if not adjective or any(mark in name for mark in ",;:."):
            return None
        return f"{'are' if self.plural else 'is'} {'' if fact.boolean else 'not '}{name}"


def _generic_english(name: str, forms: Sequence[str], *, number: bool) -> Sequence[str]:
    """The generic forms that are grammatical with this attribute's name."""
    if _PREPOSITION.search(name):
        return ("{Label} {v}",)
    if number or not re.fullmatch(r"[a-z]{2,}(?: [a-z]{2,})?", name) or _NO_NOUN.search(name):
        return forms[:1]
    if name.endswith("s") and not name.endswith(("ss", "us", "is")):
        return tuple(form.replace(" is ", " are ") for form in forms)
    return forms


def canonical_boolean(key: str) -> str:
    """The known attribute behind a yes/no key, or an empty string."""
    return canonical(BOOLEAN_PREFIX.sub("", slug(key))) or ""


def capitalised(words: str) -> str:
    """First letter in upper case, the rest as it is."""
    return words[:1].upper() + words[1:]
