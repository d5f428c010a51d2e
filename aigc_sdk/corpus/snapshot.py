"""The searchable part of a corpus in memory: immutable arrays, so any number of threads may search at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aigc_sdk.corpus.minhash import EMPTY, MinHasher, resemblance
from aigc_sdk.corpus.store import Fingerprints

MAX_SEEDS: Final = 500_000
"""Common n-grams that one query follows up; beyond, its answer is incomplete."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Common n-grams of a query, grouped by work.

    Attributes:
        by_work: Work number → (places in the query, places in the work), int64 [s] each.
        complete: False where there were more than `MAX_SEEDS`.
    """

    by_work: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]
    complete: bool


class Snapshot:
    """All kept n-grams in one sorted array, and all bands in another.

    Args:
        works: What the store holds.
        hasher: Gives the bands.
        version: The store's version at that time.
    """

    def __init__(self, works: Sequence[Fingerprints], hasher: MinHasher, version: tuple[int, int]) -> None:
        self.version = version
        self._hasher = hasher
        self._numbers = np.array([work.number for work in works], np.int64)
        grams = np.concatenate([w.grams for w in works] or [np.empty(0, np.uint64)])
        order = np.argsort(grams, kind="stable")
        self._grams = grams[order]
        owner = np.repeat(np.arange(len(works), dtype=np.int32), [len(w.grams) for w in works])
        self._owner = owner[order]
        self._place = np.concatenate([w.places for w in works] or [np.empty(0, np.uint32)])[order]
        width = hasher.signature(np.empty(0, np.uint32)).shape[0]
        self._signatures = np.array([w.signature for w in works], np.uint32).reshape(-1, width)
        bands = self._bands(self._signatures)
        self._band_order = np.argsort(bands, axis=None, kind="stable")
        self._band_hashes = bands.ravel()[self._band_order]

    def __len__(self) -> int:
        return len(self._numbers)

    def _bands(self, signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
        hashes = self._hasher.bands(signatures)
        # Equal rows of different bands must not meet: each band's number is part of its hash.
        salt = np.arange(hashes.shape[1], dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return hashes ^ salt

    def seeds(self, hashes: NDArray[np.uint64]) -> Seeds:
        """Where the query's n-grams stand in the works.

        All of the query's n-grams are looked up, not only winnowed ones: a work's kept n-grams then suffice.
        """
        left = np.searchsorted(self._grams, hashes, "left")
        inside = np.flatnonzero(left < len(self._grams))
        inside = inside[self._grams[left[inside]] == hashes[inside]]
        left = left[inside]
        counts = np.searchsorted(self._grams, hashes[inside], "right") - left
        complete = True
        if counts.sum() > MAX_SEEDS:
            # The rarest say most.
            order = np.argsort(counts, kind="stable")
            order = np.sort(order[np.cumsum(counts[order]) <= MAX_SEEDS])
            inside, left, counts, complete = inside[order], left[order], counts[order], False
        total = int(counts.sum())
        if not total:
            return Seeds({}, complete)
        rows = np.repeat(left - np.cumsum(counts) + counts, counts) + np.arange(total)
        query_places = np.repeat(inside, counts)
        owners = self._owner[rows]
        order = np.argsort(owners, kind="stable")
        owners, query_places, work_places = owners[order], query_places[order], self._place[rows[order]]
        cuts = np.flatnonzero(np.diff(owners)) + 1
        groups = zip(
            np.split(owners, cuts),
            np.split(query_places, cuts),
            np.split(work_places.astype(np.int64), cuts),
            strict=True,
        )
        return Seeds({int(self._numbers[o[0]]): (q, w) for o, q, w in groups}, complete)

    def similar(self, signature: NDArray[np.uint32]) -> dict[int, float]:
        """Works that share a band with the signature, with the estimated resemblance."""
        if not len(self._numbers) or (signature == EMPTY).all():
            return {}
        wanted = self._bands(signature[None])[0]
        left = np.searchsorted(self._band_hashes, wanted, "left")
        right = np.searchsorted(self._band_hashes, wanted, "right")
        parts = [self._band_order[a:b] for a, b in zip(left, right, strict=True) if a < b]
        if not parts:
            return {}
        rows = np.unique(np.concatenate(parts) // len(wanted))
        values = resemblance(signature, self._signatures[rows])
        return {int(self._numbers[row]): float(value) for row, value in zip(rows, values, strict=True)}

    def resemblance(self, signature: NDArray[np.uint32], number: int) -> float:
        """Estimated resemblance with one work."""
        row = int(np.searchsorted(self._numbers, number))
        return float(resemblance(signature, self._signatures[row : row + 1])[0])
