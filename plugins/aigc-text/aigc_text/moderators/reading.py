"""What the classifiers read of an item: its language, both languages of a mixed text, windows of a long one.

A long text is read in half-overlapping windows that are fixed by position, and the highest score counts, so that
nothing is cut off and a small part of a long text is judged like a short text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from aigc_sdk.content import Content, Text
from aigc_sdk.errors import BadInputError, UnsupportedLanguageError
from aigc_sdk.language import effective_language
from aigc_sdk.verdict import Err
from aigc_text.moderators.normalise import classifier_text

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]{2,}")
_FEWEST_HAN = 2
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """How a model reads long texts: windows of ``size`` characters, one every ``stride``."""

    size: int
    stride: int

    def cut(self, text: str) -> Iterator[str]:
        """The windows of a prepared text; together they cover every character."""
        yield text[: self.size]
        start = 0
        while start + self.size < len(text):
            start += self.stride
            yield text[start : start + self.size]


WINDOWS = {"en": Window(300, 150), "zh": Window(120, 60)}
"""What the linear classifiers read at a time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one text.

    Attributes:
        text: The original.
        language: The language that carries it; ``zxx`` where there is nothing to read.
        prepared: By language, what its model reads: the whole text for ``language``, asides for the other.
    """

    text: str
    language: str
    prepared: dict[str, str]


def read(item: Content, languages: Collection[str], detector: str) -> Reading | Err:
    """What ``detector``, which serves ``languages``, reads of ``item``.

    An `Err` where it is no text, or in a language without a model: nothing is passed unread.
    """
    if not isinstance(item, Text):
        return Err(BadInputError(f"{detector} takes text, got {item.kind}."))
    language = effective_language(item.text, item.language)
    if language == "zxx":
        return Reading(item.text, language, {})
    if language not in languages:
        return Err(
            UnsupportedLanguageError(
                f"{detector} has no model for language {language!r}.",
                hint=f"It serves {', '.join(languages)}.",
            )
        )
    prepared = classifier_text(item.text)
    if not prepared:
        return Reading(item.text, language, {})
    return Reading(item.text, language, {**_asides(prepared, languages), language: prepared})


def _asides(prepared: str, languages: Collection[str]) -> dict[str, str]:
    """Passages in a mixed text's other language, on their own: a model knows little of the other script."""
    found = {}
    if "zh" in languages and not prepared.isascii():
        han = " ".join(_HAN.findall(prepared))
        if len(han) >= _FEWEST_HAN:
            found["zh"] = f" {han} "
    if "en" in languages:
        words = _LATIN.findall(prepared)
        if len(words) >= _FEWEST_WORDS:
            found["en"] = f" {' '.join(words)} "
    return found
