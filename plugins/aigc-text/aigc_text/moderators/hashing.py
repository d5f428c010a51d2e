"""Hashed n-grams of whole batches of texts, in NumPy: what the fast classifier reads.

Character n-grams of one to five code points and words, alone and in pairs, of texts prepared by
`aigc_text.moderators.normalise.classifier_text`. A batch is one array of code points; every n-gram size is one
rolling polynomial hash over all of it, so there is no loop over texts or n-grams and no word list to look up.
Integers modulo 2³² only: the same buckets on every machine.

Method: feature hashing (Weinberger et al., ICML 2009) with multiply-shift finalisers (Dietzfelbinger et al.,
J. Algorithms 1997). Only buckets that training kept have a row in the model; all others are dropped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Indices = npt.NDArray[np.int32]
    Buckets = npt.NDArray[np.uint32]

LONGEST = 5
"""Longest character n-gram."""
COLUMNS = LONGEST + 2
"""Features that can start at one character: n-grams of 1 to 5, its word, its word and the next."""

_ROLL = np.uint32(0x01000193)
_PAIR = np.uint32(0x85EBCA6B)
_SPREAD = np.uint32(0x9E3779B1)
_FINAL = np.array(
    [0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD3A2646D, 0xFD7046C5, 0xB55A4F09, 0x8DA6B343], np.uint32
)
"""One odd multiplier a column, so that the word ``a`` and the n-gram ``a`` are two features."""
_BLANK = 32
# Powers of the multiplier for letters inside a word; longer words go round, still deterministically.
_POWERS = np.cumprod(np.full(64, _ROLL, np.uint32), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets of a batch: ``buckets`` is uint32 [characters, COLUMNS], zero where no n-gram starts.

    Attributes:
        starts: Index of every text's first character, and of the end: int [texts + 1].
        words: Index of every word's first character.
        ends: Index after every word's last character.
    """

    buckets: Buckets
    starts: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def grid(texts: Sequence[str], bits: int) -> Grid:
    """Hash every n-gram of every text to a bucket between 1 and ``2**bits - 1``.

    Args:
        texts: Prepared texts (single blanks, one at both ends).
        bits: Binary logarithm of the number of buckets, at most 31.
    """
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    count = len(points)
    buckets = np.zeros((count, COLUMNS), np.uint32)
    if not count:
        none = np.zeros(0, np.int64)
        return Grid(buckets, starts, none, none)
    shift = np.uint32(32 - bits)
    spread = (points + np.uint32(1)) * _SPREAD
    spread ^= spread >> np.uint32(15)
    # Characters left in the text, this one included: an n-gram must not reach into the next text.
    left = np.repeat(starts[1:], lengths) - np.arange(count)
    rolling = np.zeros(count, np.uint32)
    for size in range(1, min(LONGEST, count) + 1):
        rolling = rolling[: count - size + 1] * _ROLL + spread[size - 1 :]
        found = _bucket(rolling, size - 1, shift)
        found[left[: len(found)] < size] = 0
        buckets[: len(found), size - 1] = found
    words, ends, hashes = _words(points, spread, starts[:-1][lengths > 0])
    if len(words):
        buckets[words, LONGEST] = _bucket(hashes, LONGEST, shift)
        # A pair counts where both words lie in one text.
        text = np.searchsorted(starts, words, side="right")
        same = text[1:] == text[:-1]
        pairs = _bucket(hashes[:-1] * _PAIR + hashes[1:], LONGEST + 1, shift)
        buckets[words[:-1][same], LONGEST + 1] = pairs[same]
    return Grid(buckets, starts, words, ends)


def _bucket(hashes: Buckets, column: int, shift: np.uint32) -> Buckets:
    """The highest bits of a mixed hash; bucket 0 means that there is none."""
    mixed = (hashes ^ (hashes >> np.uint32(16))) * _FINAL[column]
    mixed ^= mixed >> np.uint32(13)
    mixed *= _SPREAD
    buckets: Buckets = np.maximum(mixed >> shift, np.uint32(1))
    return buckets


def _words(
    points: Buckets, spread: Buckets, starts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Buckets]:
    """Where words start and end, and their hashes."""
    inside = points != _BLANK
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    begins[starts] = inside[starts]  # a text may start with a letter
    stops = inside.copy()
    stops[:-1] &= ~inside[1:]
    stops[starts[1:] - 1] = inside[starts[1:] - 1]
    words, ends = np.flatnonzero(begins), np.flatnonzero(stops) + 1
    if not len(words):
        return words, ends, np.zeros(0, np.uint32)
    position = np.arange(len(points))
    since = np.zeros(len(points), np.int64)
    since[words] = words
    letters = spread * _POWERS[(position - np.maximum.accumulate(since)) & 63]
    letters[~inside] = 0
    return words, ends, np.add.reduceat(letters, words, dtype=np.uint32)


class Vocabulary:
    """The buckets that a model has rows for.

    Args:
        kept: Their numbers, ascending: uint32 [rows].
        bits: Binary logarithm of the number of buckets.
    """

    def __init__(self, kept: Buckets, bits: int) -> None:
        self.bits = bits
        self._row = np.zeros(1 << bits, np.int32)
        self._row[kept] = np.arange(1, len(kept) + 1, dtype=np.int32)

    def rows(self, texts: Sequence[str]) -> tuple[Indices, npt.NDArray[np.int64]]:
        """Row numbers (from 1) of every text's n-grams, text after text, and where each text's begin.

        Returns:
            int32 [n-grams] and int [texts + 1].
        """
        hashed = grid(texts, self.bits)
        flat = self._row[hashed.buckets].ravel()
        at = np.flatnonzero(flat)
        return flat[at], np.searchsorted(at, hashed.starts * COLUMNS)

    def padded(self, texts: Sequence[str]) -> Indices:
        """`rows` as a rectangle, int32 [texts, longest], filled up with zeros."""
        rows, offsets = self.rows(texts)
        return pad(rows, offsets)

    def places(self, text: str) -> tuple[Indices, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Rows of one text's n-grams with the range of characters that each stands on."""
        hashed = grid([text], self.bits)
        rows = self._row[hashed.buckets]
        start, column = np.nonzero(rows)
        end = start + column + 1
        # The last two columns are words, which end where they end.
        word = np.minimum(np.searchsorted(hashed.words, start, side="right") - 1, len(hashed.words) - 1)
        for further in (0, 1):
            here = column == LONGEST + further
            end[here] = hashed.ends[word[here] + further]
        return rows[start, column], start, end


def pad(rows: Indices, offsets: npt.NDArray[np.int64]) -> Indices:
    """Rows of several texts as a rectangle, int32 [texts, longest (at least 1)], filled up with zeros."""
    counts = np.diff(offsets)
    rectangle = np.zeros((len(counts), max(1, int(counts.max(initial=0)))), np.int32)
    rectangle[np.arange(rectangle.shape[1]) < counts[:, None]] = rows
    return rectangle
