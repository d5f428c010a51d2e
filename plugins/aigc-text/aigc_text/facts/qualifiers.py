"""Words next to a number that make another fact of it: *up to £20*, *about 12 hours*, 129元起, 近12小时.

Five classes, and the same class in the inputs licenses any of its wordings: *less than £20* may be written *under £20*.
*Only* and *just* are none: they judge the number and leave it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aigc_text.facts.normalise import Token, fold
from aigc_text.facts.quantities import CURRENCIES, Quantity

_BEFORE_EN = {
    "most": r"up to|as much as|as many as|as long as|at most|a maximum of|no more than|not more than",
    "least": r"start(?:s|ing)? (?:at|from)|as little as|as low as|at least|a minimum of|no less than|not less than|upwards of",
    "over": r"over|more than|above|in excess of|exceeding|well beyond",
    "under": r"less than|under|below|fewer than|within",
    "about": r"about|around|approximately|approx\.?|roughly|nearly|almost|close to|circa|an estimated",
}
_BEFORE_ZH = {
    "most": r"最多|至多|最高|高达|多达|长达|可达",
    "least": r"低至|最低|至少|起步价|仅需|仅售|仅要",
    "over": r"超过|(?<![高])超|逾|大于|多于|不止|高于",
    "under": r"不到|不足|低于|少于|小于|不超过",
    "about": r"(?<![附最邻靠就远])近|(?<![预节合契签简婚邀])约|大概|将近|接近|差不多",
}
_AFTER_EN = {
    "least": r"and up\b|or more\b|\+",
    "most": r"or less\b|at most\b|max\b|maximum\b",
    "about": r"or so\b",
}
_AFTER_ZH = {
    "least": r"起(?![来床飞源码])|以上",
    "under": r"以下|以内|之内",
    "about": r"左右|上下(?=[，。；！])",
}
_FROM = re.compile(r"\bfrom $")


def _compiled(words: dict[str, str], form: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(form.format(choices)) for name, choices in words.items()}


_BEFORE = {
    "en": _compiled(_BEFORE_EN, r"(?<![\w-])(?:{0}) (?:(?:a|an|the|just|only) )?$"),
    "zh": _compiled(_BEFORE_ZH, r"(?:{0}) ?$"),
}
_AFTER = {"en": _compiled(_AFTER_EN, r"^ ?(?:{0})"), "zh": _compiled(_AFTER_ZH, r"^ ?(?:{0})")}
_WINDOW = 24


@dataclass(frozen=True, slots=True)
class Qualified:
    """A quantity with a qualifier of class ``name``; ``[start, end)`` holds both."""

    name: str
    quantity: Quantity
    start: int
    end: int


def qualified(text: str, found: Sequence[Token]) -> Iterator[Qualified]:
    """Every quantity among the tokens of ``text`` that has a qualifier beside it, in either language."""
    for token in found:
        if token.quantity is None:
            continue
        left = max(0, token.start - _WINDOW)
        # Folding may change lengths by a character; a qualifier's own characters never do.
        before, after = fold(text[left : token.start])[0], fold(text[token.end : token.end + _WINDOW])[0]
        for language in ("en", "zh"):
            for name, pattern in _BEFORE[language].items():
                if (match := pattern.search(before)) is not None:
                    yield Qualified(name, token.quantity, left + match.start(), token.end)
            for name, pattern in _AFTER[language].items():
                if (match := pattern.search(after)) is not None:
                    yield Qualified(name, token.quantity, token.start, token.end + match.end())
        one_price = token.quantity.unit in CURRENCIES and len(token.quantity.values) == 1
        if (
            one_price
            and _FROM.search(before)
            and not after.lstrip().startswith(("to ", "-", "and ", "until "))
        ):
            yield Qualified("least", token.quantity, token.start - len("from "), token.end)
