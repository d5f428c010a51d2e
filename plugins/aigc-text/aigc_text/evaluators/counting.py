"""Words, characters and sentences, in English and Chinese."""

from __future__ import annotations

import re

from aigc_text.languages import HAN

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_UNIT_ZH = re.compile(rf"[{HAN}]|(?:(?![{HAN}])[^\W_])+")
_SENTENCE = re.compile(r"[^.!?。！？…\n]+(?:[.!?。！？…]+|\n|$)")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)|(?<=[a-z])\.(?=[a-z])", re.IGNORECASE)


def words(text: str) -> list[str]:
    """English words: letters and digits, joined by inner apostrophes, hyphens, points."""
    return _WORD.findall(text)


def units_zh(text: str) -> list[str]:
    """Chinese length as writers count it: each Han character one, each Latin word or number one."""
    return _UNIT_ZH.findall(text)


def tokens(text: str, language: str) -> list[str]:
    """Tokens for counting n-grams: lower-cased words, or Han characters and Latin words."""
    return units_zh(text.lower()) if language == "zh" else [w.lower() for w in words(text)]


def token_spans(text: str, language: str) -> list[tuple[str, int, int]]:
    """What `tokens` gives, each with its start and end in the text."""
    pattern = _UNIT_ZH if language == "zh" else _WORD
    return [(m.group().lower(), m.start(), m.end()) for m in pattern.finditer(text)]


def sentences(text: str) -> list[str]:
    """Sentences by their end marks and line breaks; points within numbers and addresses end none."""
    shielded = _DECIMAL.sub("\u2024", text)
    return [s.strip() for s in _SENTENCE.findall(shielded) if any(c.isalnum() for c in s)]


def count_units(text: str, unit: str, language: str) -> int:
    """Length in ``words`` or ``characters`` (white space not counted; Chinese as `units_zh` counts).

    "字" in Chinese means characters, and a Latin word or number in between counts as one, as word processors do.
    """
    if unit == "words":
        return len(tokens(text, language))
    if language == "zh":
        return len(units_zh(text))
    return sum(not c.isspace() for c in text)
