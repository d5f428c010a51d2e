"""Normalisation for matching, with a map back to the original text.

Folding works a character at a time — compatibility decomposition (NFKD), combining marks and invisible
format characters removed, case folded — so the map is exact by construction: every folded character comes
from one original character. Composition (the C of NFKC) is not needed, since marks are removed anyway;
Hangul syllables are kept whole.

Most text is plain ASCII, or characters that fold one to one: both take a fast path without a map.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aigc_sdk.runtime.graphemes import is_boundary
from aigc_text.moderators.normalise_table import CodePointTable

_NOT_ONE_TO_ONE = "\uffff"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
"""ASCII that leaves no trace on a screen and is no white space."""
_FILLERS = frozenset("\u115f\u1160")
"""Letters by category that show nothing: Hangul fillers, which NFKD makes of the others."""
_JOINT = "\x1e"
"""Stands between texts that are folded together: a control character, which folding removes."""
_CHUNK = 1 << 16
"""Characters folded between two checks of the call's deadline."""


def fold_character(char: str) -> str:
    """What one character folds to; empty for combining marks and what leaves no trace on a screen."""
    if "\uac00" <= char <= "\ud7a3":
        return char
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not _invisible(c)).casefold()


def _invisible(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cc":  # white space ends words, other control characters hide in them
        return not char.isspace()
    return category in ("Mn", "Me", "Cf") or char in _FILLERS


class _Fold(dict[int, str]):
    """Lazily filled table: what each character folds to."""

    def __init__(self, fold_one: Callable[[str], str]) -> None:
        super().__init__()
        self._fold_one = fold_one

    def __missing__(self, point: int) -> str:
        value = self[point] = self._fold_one(chr(point))
        return value


class _OneToOne(dict[int, str]):
    """The same for `str.translate`; characters that fold to none or several become a marker."""

    def __init__(self, table: _Fold) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, point: int) -> str:
        folded = self._table[point]
        value = self[point] = folded if len(folded) == 1 else _NOT_ONE_TO_ONE
        return value


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest range of whole graphemes that covers ``text[start:end]``."""
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where each of its characters comes from.

    Attributes:
        source: The original text.
        text: The folded text.
        origin: Index into ``source`` of every character of ``text``; None where it is the identity.
    """

    source: str
    text: str
    origin: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Range of whole graphemes of the original that ``text[start:end]`` (not empty) comes from."""
        if self.origin is None:
            return widen(self.source, start, end)
        return widen(self.source, self.origin[start], self.origin[end - 1] + 1)


class Folding:
    """Folds texts a character at a time.

    Args:
        fold_one: What a character becomes: none, one or several. ASCII must only be lower-cased by it, save
            for control characters.
    """

    def __init__(self, fold_one: Callable[[str], str] = fold_character) -> None:
        self._folds = _Fold(fold_one)
        self._one_to_one = _OneToOne(self._folds)
        self._table = CodePointTable(lambda c: ord(c if c == _JOINT else self._one_to_one[ord(c)]))

    def __call__(self, text: str, check: Callable[[], None] | None = None) -> Folded:
        """Fold ``text``.

        Args:
            text: Any text.
            check: Called between chunks of a long text; what it raises ends the work.
        """
        if text.isascii() and (text.isprintable() or not _CONTROL.search(text)):
            return Folded(text, text.lower())
        chunks = []
        for start in range(0, len(text), _CHUNK):
            if check is not None:
                check()
            chunks.append(text[start : start + _CHUNK].translate(self._one_to_one))
            if _NOT_ONE_TO_ONE in chunks[-1]:
                return self._with_map(text, check)
        return Folded(text, "".join(chunks))

    def many(self, texts: Sequence[str], check: Callable[[], None] | None = None) -> list[Folded]:
        """Fold several texts; short ones that aren't ASCII are looked up in one table together."""
        results: list[Folded | None] = [None] * len(texts)
        together: list[int] = []
        for row, text in enumerate(texts):
            if text.isascii() or len(text) > _CHUNK or _JOINT in text:
                results[row] = self(text, check)
            else:
                together.append(row)
        if together:
            if check is not None:
                check()
            joined = self._table.read(_JOINT.join([texts[row] for row in together]))
            for row, folded in zip(together, joined.split(_JOINT), strict=True):
                text = texts[row]
                results[row] = (
                    self._with_map(text, check) if _NOT_ONE_TO_ONE in folded else Folded(text, folded)
                )
        return results  # type: ignore[return-value]  # every row is filled by now

    def _with_map(self, text: str, check: Callable[[], None] | None) -> Folded:
        pieces: list[str] = []
        origin: list[int] = []
        for start in range(0, len(text), _CHUNK):
            if check is not None:
                check()
            chunk = text[start : start + _CHUNK].translate(self._one_to_one)
            done = 0
            while (marked := chunk.find(_NOT_ONE_TO_ONE, done)) >= 0:
                piece = self._folds[ord(text[start + marked])]
                pieces += (chunk[done:marked], piece)
                origin += range(start + done, start + marked)
                origin += [start + marked] * len(piece)
                done = marked + 1
            pieces.append(chunk[done:])
            origin += range(start + done, start + len(chunk))
        return Folded(text, "".join(pieces), origin)


fold = Folding()
"""Compatibility forms, width, case, marks, invisible characters: what every detector reads."""


# ---- what the classifiers read ----------------------------------------------------------------------

_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![\w@])@\w+")
_MARK = re.compile(r"[^\w\s£$€%*]|_")
_DIGIT = re.compile(r"\d")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_SPACES = re.compile(r"\s+")


def _mask(folded: str) -> str:
    """Blank links, handles and punctuation, and level digits, keeping the length.

    Punctuation and handles tell platforms apart, not abuse: a model that sees them learns where a text was
    collected.
    """
    masked = _LINK.sub(lambda m: " " * len(m.group()), folded)
    return _DIGIT.sub("0", _MARK.sub(" ", masked))


def classifier_text(text: str) -> str:
    """The text as the linear classifiers read it: folded, masked, runs cut to two, single spaces.

    One blank at both ends lets character n-grams see word edges. Empty where nothing is left.
    """
    masked = _mask(fold(text).text)
    reduced = _SPACES.sub(" ", _LONG_RUN.sub(r"\1\1", masked)).strip()
    return f" {reduced} " if reduced else ""


def classifier_map(text: str) -> tuple[str, list[int], Folded]:
    """`classifier_text`, the folded index of each of its characters, and the folded text."""
    folded = fold(text)
    masked = _LONG_RUN.sub(lambda m: m.group(1) * 2 + "\uffff" * (len(m.group()) - 2), _mask(folded.text))
    chars: list[str] = []
    index: list[int] = []
    for position, char in enumerate(masked):
        if char == "\uffff" or (char.isspace() and (not chars or chars[-1] == " ")):
            continue
        chars.append(" " if char.isspace() else char)
        index.append(position)
    while chars and chars[-1] == " ":
        chars.pop()
        index.pop()
    if not chars:
        return "", [], folded
    return f" {''.join(chars)} ", [index[0], *index, index[-1]], folded
