"""What the injection model reads: n-grams of tokens, in overlapping windows of two sizes.

A token is a word, or one Han character. N-grams of one to four tokens (words: to three) and pairs with a gap of one
token are hashed; hashes that training kept have a row in the model. Windows are ranges of tokens fixed by position:
small ones, in which an attack of one sentence is not drowned by the passage around it, and large ones, in which a
long persona prompt adds up.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Rows = npt.NDArray[np.int32]

BITS = 22
"""Binary logarithm of the number of hash buckets."""
COLUMNS = 6
"""N-grams that can start at one token: 1, 2, 3, 4 (Han only), two with a gap of one, two with a gap of two."""
WINDOWS = {"en": (28, 90), "zh": (44, 150)}
"""Tokens of a small and of a large window; one starts every half window."""
WHOLE = 400
"""Texts of at most so many tokens are also read as a whole."""

_TOKEN = re.compile(
    r"[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:['’][^\W\d_]+)?|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_DIGITS = re.compile(r"\d+")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_MULTIPLY = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD3A2646D], np.uint32)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one folded text: hash and place of each, and which are Han characters."""

    hashes: npt.NDArray[np.uint32]
    starts: list[int]
    ends: list[int]
    han: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)


def tokenise(folded: str) -> Tokens:
    """Split folded text; numbers are levelled and letters repeated over twice cut to two."""
    hashes, starts, ends, han = [], [], [], []
    known: dict[str, int] = {}  # a text says the same words again and again
    for match in _TOKEN.finditer(folded):
        word = match.group()
        if (value := known.get(word)) is None:
            value = known[word] = _hash(word)
        hashes.append(value)
        starts.append(match.start())
        ends.append(match.end())
        han.append(word >= "\u3400" and len(word) == 1)
    return Tokens(np.asarray(hashes, np.uint32), starts, ends, np.asarray(han, bool))


def _hash(word: str) -> int:
    levelled = _LONG_RUN.sub(r"\1\1", _DIGITS.sub("0", word[:40]).replace("’", "'"))
    return zlib.crc32(levelled.encode("utf-8", "surrogatepass"))


def buckets(tokens: Tokens) -> npt.NDArray[np.uint32]:
    """Bucket of every n-gram by the token it starts at, uint32 [tokens, COLUMNS]; 0 where there is none."""
    count = len(tokens)
    out = np.zeros((count, COLUMNS), np.uint32)
    if not count:
        return out
    one = tokens.hashes
    out[:, 0] = _bucket(one, 0)
    grams = one
    for size in (2, 3, 4):
        if count < size:
            break
        grams = (grams[: count - size + 1] * np.uint32(0x01000193)) ^ _mix(one[size - 1 :])
        column = size - 1
        out[: count - size + 1, column] = _bucket(grams, column)
    if count > 3:
        words = ~tokens.han
        out[:-3, 3][words[:-3] | words[1:-2] | words[2:-1] | words[3:]] = 0
    for column, gap in ((4, 2), (5, 3)):
        if count > gap:
            pair = (one[:-gap] * np.uint32(0x01000193)) ^ _mix(one[gap:])
            out[:-gap, column] = _bucket(pair, column)
    return out


def _mix(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    mixed = (values ^ (values >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return mixed ^ (mixed >> np.uint32(12))


def _bucket(values: npt.NDArray[np.uint32], column: int) -> npt.NDArray[np.uint32]:
    mixed = (values ^ (values >> np.uint32(16))) * _MULTIPLY[column]
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0x9E3779B1)
    found: npt.NDArray[np.uint32] = np.maximum(mixed >> np.uint32(32 - BITS), np.uint32(1))
    return found


def windows(count: int, language: str) -> list[tuple[int, int]]:
    """Ranges of tokens to judge on their own: the whole of a text that is not long, and windows of two sizes."""
    ranges = [(0, count)] if count <= WHOLE else []
    for size in WINDOWS[language]:
        if count > size:
            step = size // 2
            ranges += [(start, min(start + size, count)) for start in range(0, count - size + step, step)]
    return ranges


class Vocabulary:
    """The buckets that a model has rows for, numbered from 1.

    Args:
        kept: Their numbers, ascending: uint32 [rows].
    """

    def __init__(self, kept: npt.NDArray[np.uint32]) -> None:
        self.size = len(kept)
        self._row = np.zeros(1 << BITS, np.int32)
        self._row[kept] = np.arange(1, len(kept) + 1, dtype=np.int32)

    def rows(self, tokens: Tokens) -> Rows:
        """Row of every n-gram, int32 [tokens, COLUMNS], 0 where the model has none."""
        return self._row[buckets(tokens)]


def pad(pieces: Sequence[Rows]) -> Rows:
    """Rows of several windows as a rectangle, int32 [windows, longest (at least 1)], filled up with zeros."""
    flat = [piece[piece > 0] for piece in pieces]
    rectangle = np.zeros((len(flat), max(1, max(map(len, flat), default=1))), np.int32)
    for number, piece in enumerate(flat):
        rectangle[number, : len(piece)] = piece
    return rectangle
