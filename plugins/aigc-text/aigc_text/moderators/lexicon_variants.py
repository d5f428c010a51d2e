"""Disguises that keep a term's length: letters of other alphabets that look Latin, and digits that stand for letters.

Both are tried only where they occur, on a copy of the folded text with the same offsets, and a hit counts only if
what it covers looks disguised: otherwise prices, model numbers and words of other languages would be terms. Whether
it does is told by the covered characters alone, so that a stream needs to see no more than the match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Lower-case forms, since the text is folded; capitals lend some their shape (В, Н). Own choice, by eye.
_ALPHABETS = {
    "a": "аα", "b": "вьβ", "c": "сϲ", "d": "ԁ", "e": "еєεҽ", "g": "ԍ", "h": "нһհ", "i": "іιї", "j": "јϳ",
    "k": "кκ", "l": "ӏ", "m": "мμ", "n": "пηո", "o": "оοσօ", "p": "рρ", "q": "ԛզ", "r": "г", "s": "ѕ",
    "t": "тτ", "u": "υսц", "v": "νѵ", "w": "ԝωшա", "x": "хχ", "y": "уγүყ", "z": "ζ",
}  # fmt: skip
# Latin letters that NFKD leaves as they are, though they are read as plain ones.
_LATIN = {
    "a": "ɑⱥɐ", "b": "ƀɓƃ", "c": "ƈȼɔ", "d": "đɖɗ", "e": "ɛɇǝə", "f": "ƒ", "g": "ɡǥɠ", "h": "ħɦɥ", "i": "ıɨɩ",
    "j": "ɉȷ", "k": "ƙ", "l": "łƚɫɭ", "m": "ɱɯ", "n": "ɲŋɳƞ", "o": "øɵɷ", "p": "ƥ", "q": "ɋ", "r": "ɍɼɽɹ",
    "s": "ʂ", "t": "ŧƭʈ", "u": "ʉʊ", "v": "ʋʌ", "w": "ʍ", "y": "ɏƴʎ", "z": "ƶȥʐʑ",
}  # fmt: skip


def _named(pattern: str) -> Iterator[tuple[str, str]]:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        try:
            char = unicodedata.lookup(pattern.format(letter))
        except KeyError:
            continue
        yield char, letter.lower()


_FOREIGN = {char: letter for letter, chars in _ALPHABETS.items() for char in chars}
_STYLED = {char: letter for letter, chars in _LATIN.items() for char in chars}
for _pattern in (
    "LATIN LETTER SMALL CAPITAL {}",
    "NEGATIVE SQUARED LATIN CAPITAL LETTER {}",
    "NEGATIVE CIRCLED LATIN CAPITAL LETTER {}",
    "REGIONAL INDICATOR SYMBOL LETTER {}",
):
    _STYLED.update(_named(_pattern))

LOOKALIKES = tuple(_FOREIGN | _STYLED)
"""Characters that make a text worth a second look."""
_LOOKALIKE_TABLE = str.maketrans(_FOREIGN | _STYLED)
# Folding lower-cased them: as capitals (Ν, Η, Υ) these look like other letters than as small ones.
_AS_CAPITALS = str.maketrans({"ν": "n", "η": "h", "υ": "y"})
_CAPITALS = {"Ν": "n", "Η": "h", "Υ": "y"}

_SIGNS = str.maketrans(
    {
        "0": "o",
        "1": "i",
        "3": "e",
        "4": "a",
        "5": "s",
        "7": "t",
        "8": "b",
        "9": "g",
        "@": "a",
        "$": "s",
        "|": "i",
    }
)
# Before a letter, or as one of the letters of a word that is spelled out.
_BEFORE_LETTER = re.compile(r"!(?=[._*-]?[a-z])|(?<=[._*-])!(?=[._*-])|(?<=[a-z] )!(?= [a-z])")
# Before a sign that may itself be a letter, in a further reading: elsewhere it ends a word (``k1ll!5``).
_BEFORE_SIGN = re.compile(r"!(?=[._*-]?[01345789@$|])")
LEET = frozenset("01345789@$|!")
"""Digits and signs that may stand for letters."""


def plain_letter(char: str) -> str:
    """The small Latin letter that an unfolded character looks like; itself where it looks like none."""
    return _CAPITALS.get(char) or _STYLED.get(char) or _FOREIGN.get(char.lower(), char)


def variants(text: str, lookalikes: bool, signs: bool) -> list[str]:
    """Readings of folded ``text``, each of its length, without ``text`` itself.

    Args:
        text: Folded text.
        lookalikes: Whether it holds any of `LOOKALIKES`.
        signs: Whether digits or signs touch letters in it.
    """
    readings = [text]
    if lookalikes:
        readings = [
            text.translate(_LOOKALIKE_TABLE),
            text.translate(_AS_CAPITALS).translate(_LOOKALIKE_TABLE),
        ]
    if signs:
        if "!" in text:
            readings = [_BEFORE_LETTER.sub("i", r) for r in readings]
            readings += [further for r in readings if (further := _BEFORE_SIGN.sub("i", r)) != r]
        readings = [r.translate(_SIGNS) for r in readings]
    return [r for r in dict.fromkeys(readings) if r != text]


def disguised(text: str, start: int, end: int, reading: str) -> bool:
    """Whether a term read in ``reading[start:end]`` may count, by what ``text`` holds there."""
    covered = text[start:end]
    changed = [a for a, b in zip(covered, reading[start:end], strict=True) if a != b]
    if not changed:
        return False
    letters = sum("a" <= c <= "z" for c in covered)
    length = sum(c.isalnum() for c in reading[start:end])
    leet = [c for c in changed if c in LEET]
    if len(leet) < len(changed) and not letters and length < 4 and all(c in _FOREIGN for c in changed):
        return False  # a short word of another alphabet
    if not leet:
        return True
    written = letters + len(changed) - len(leet)
    words = covered.split(" ")
    if not written or (max(map(len, words)) > 1 and any(all(c in LEET for c in word) for word in words)):
        return False
    if all(c.isdigit() for c in leet):  # model numbers: more digits than letters, or a short name and a digit
        return len(leet) <= written and (length > 3 or not covered[-1].isdigit())
    return True
