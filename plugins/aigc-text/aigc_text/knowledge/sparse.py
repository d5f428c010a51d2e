"""Search by words: BM25 over an inverted index of term ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from aigc_text.knowledge.terms import question_terms, term_id, terms

K1: Final = 1.2
B: Final = 0.75
"""Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009."""

SMALL: Final = 50
"""Fewer passages count as so many: of three passages two that hold a word say nothing about how rare it is."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

NAMES: Final = ("terms", "offsets", "owners", "counts", "lengths")


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passage holds which term how often, by passage; what `SparseIndex.build` sorts by term.

    Attributes:
        terms: int64 [postings], ids of terms.
        owners: int64 [postings], passages.
        counts: int64 [postings].
        lengths: int64 [passages], terms of each.
    """

    terms: Ints
    owners: Ints
    counts: Ints
    lengths: Ints

    @classmethod
    def of(cls, texts: Iterable[str]) -> Postings:
        """Of passages in their order."""
        ids: list[int] = []
        owners: list[int] = []
        counts: list[int] = []
        lengths: list[int] = []
        for owner, text in enumerate(texts):
            found = Counter(map(term_id, terms(text)))
            ids += found.keys()
            counts += found.values()
            owners += [owner] * len(found)
            lengths.append(found.total())
        return cls(*(np.asarray(part, dtype=np.int64) for part in (ids, owners, counts, lengths)))

    @classmethod
    def join(cls, parts: Sequence[Postings]) -> Postings:
        """Of the passages of all parts, one after the other."""
        starts = np.cumsum([0, *(len(part.lengths) for part in parts)])
        empty = np.empty(0, dtype=np.int64)
        return cls(
            np.concatenate([empty, *(part.terms for part in parts)]),
            np.concatenate(
                [empty, *(part.owners + start for part, start in zip(parts, starts, strict=False))]
            ),
            np.concatenate([empty, *(part.counts for part in parts)]),
            np.concatenate([empty, *(part.lengths for part in parts)]),
        )


@dataclass(frozen=True, slots=True)
class Matches:
    """How well every passage fits one question, by words.

    Attributes:
        bm25: float32 [passages].
        coverage: float32 [passages]: share of the question's terms that stand in it, rare ones weighing more.
    """

    bm25: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True)
class SparseIndex:
    """The inverted index. Its arrays may be memory maps.

    Attributes:
        terms: int64 [terms], ids in order.
        offsets: int64 [terms + 1], where the postings of each begin.
        owners: int32 [postings], passages.
        counts: int32 [postings].
        lengths: int32 [passages].
    """

    terms: Ints
    offsets: Ints
    owners: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]

    @classmethod
    def build(cls, postings: Postings) -> SparseIndex:
        """Sort postings by term."""
        order = np.lexsort((postings.owners, postings.terms))
        sorted_terms = postings.terms[order]
        ids, starts = np.unique(sorted_terms, return_index=True)
        return cls(
            ids,
            np.append(starts, len(sorted_terms)).astype(np.int64),
            postings.owners[order].astype(np.int32),
            postings.counts[order].astype(np.int32),
            postings.lengths.astype(np.int32),
        )

    def postings(self) -> Postings:
        """Back to postings, to build another index from some of them."""
        repeated = np.repeat(np.asarray(self.terms), np.diff(self.offsets))
        return Postings(
            repeated,
            self.owners.astype(np.int64),
            self.counts.astype(np.int64),
            self.lengths.astype(np.int64),
        )

    def weight(self, ids: Sequence[int]) -> Floats:
        """Inverse document frequency of terms, unknown ones included: float32 [terms]."""
        ranges = [self._range(number) for number in ids]
        found = np.asarray([b - a for a, b in ranges], dtype=np.float32)
        passages = max(len(self.lengths), SMALL)
        return np.log1p((passages - found + 0.5) / (found + 0.5)).astype(np.float32)

    def match(self, question: str) -> Matches:
        """Every passage against one question."""
        size = len(self.lengths)
        bm25, coverage = np.zeros(size, np.float32), np.zeros(size, np.float32)
        asked = [term_id(term) for term in question_terms(question)]
        if not asked or not size:
            return Matches(bm25, coverage)
        weights = self.weight(asked)
        norm = K1 * (
            1 - B + B * np.asarray(self.lengths, np.float32) / max(float(np.mean(self.lengths)), 1.0)
        )
        for number, weight in zip(asked, weights, strict=True):
            start, end = self._range(number)
            owners = self.owners[start:end]
            counts = self.counts[start:end].astype(np.float32)
            # A passage stands once among the postings of a term.
            bm25[owners] += weight * counts * (K1 + 1) / (counts + norm[owners])
            coverage[owners] += weight
        return Matches(bm25, coverage / float(weights.sum()))

    def _range(self, number: int) -> tuple[int, int]:
        at = int(np.searchsorted(self.terms, number))
        if at == len(self.terms) or self.terms[at] != number:
            return 0, 0
        return int(self.offsets[at]), int(self.offsets[at + 1])
