"""How a corpus is hashed. Fixed when it is made, and kept in its header."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters of winnowing and of MinHash.

    Attributes:
        gram: Tokens of a hashed n-gram: the shortest run that can be noticed.
        window: Winnowing window, in n-grams. Every common run of ``window + gram - 1`` tokens is found.
        shingle: Tokens of a shingle, the sets of which MinHash compares. Shorter than ``gram``, so that a
            text with a word changed here and there is still similar.
        bands: Bands of locality-sensitive hashing.
        rows: Hashes a band. Two texts of resemblance s share a band with probability 1 - (1 - s**rows)**bands.
        seed: Of the hash functions.
    """

    gram: int = 6
    window: int = 7
    shingle: int = 3
    bands: int = 32
    rows: int = 4
    seed: int = 20_031

    def __post_init__(self) -> None:
        if min(self.gram, self.window, self.shingle, self.bands, self.rows) < 1:
            raise ValueError("the parameters of a corpus must be at least 1")

    @property
    def permutations(self) -> int:
        """Hash functions of a MinHash signature."""
        return self.bands * self.rows

    @property
    def guarantee(self) -> int:
        """Tokens from which on every common run is found."""
        return self.gram + self.window - 1
