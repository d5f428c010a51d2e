"""MinHash signatures and their bands (locality-sensitive hashing).

Broder, "On the resemblance and containment of documents" (1997); banding as in Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3. The share of equal entries of two signatures estimates the Jaccard
resemblance of the two sets of shingles, with a standard deviation of at most 1 / (2 sqrt(permutations)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aigc_sdk.corpus.parameters import Parameters
from aigc_sdk.corpus.winnowing import gram_hashes, mix

_CHUNK = 8192
"""Shingles hashed at once: bounds the working memory to 8 MB at 128 permutations."""

EMPTY = np.uint32(0xFFFFFFFF)


class MinHasher:
    """Seeded hash functions: multiply-shift, ``(a x + b) >> 32`` on 64 bits with odd ``a``.

    Args:
        parameters: Shingle size, bands, rows and seed.
    """

    def __init__(self, parameters: Parameters) -> None:
        rng = np.random.default_rng(parameters.seed)
        size = (parameters.permutations, 1)
        self._shingle = parameters.shingle
        self._shape = (parameters.bands, parameters.rows)
        self._a = rng.integers(0, 1 << 63, size=size, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        self._b = rng.integers(0, 1 << 63, size=size, dtype=np.uint64)

    def signature(self, tokens: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """uint32 [permutations]; all `EMPTY` for fewer tokens than a shingle has."""
        shingles = np.unique(gram_hashes(tokens, self._shingle))
        smallest = np.full(len(self._a), EMPTY, np.uint32)
        for start in range(0, len(shingles), _CHUNK):
            hashed = self._a * shingles[None, start : start + _CHUNK] + self._b
            np.minimum(smallest, (hashed.min(axis=1) >> np.uint64(32)).astype(np.uint32), out=smallest)
        return smallest

    def bands(self, signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
        """A hash of every band.

        Args:
            signatures: uint32 [works, permutations].

        Returns:
            uint64 [works, bands].
        """
        parts = signatures.reshape(-1, *self._shape).astype(np.uint64)
        total = np.zeros(parts.shape[:2], np.uint64)
        for row in range(self._shape[1]):
            total = mix(total + parts[:, :, row] + np.uint64(1 + row))
        return total


def resemblance(one: NDArray[np.uint32], many: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Estimated Jaccard resemblance of one signature [p] with each of many [n, p]; 0 for empty ones."""
    if not len(many) or (one == EMPTY).all():
        return np.zeros(len(many))
    same: NDArray[np.float64] = (many == one).mean(axis=1)
    return same
