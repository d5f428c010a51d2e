"""Which characters of a text speak for a linear model's score.

A TF-IDF linear score is a sum over n-gram occurrences of (idf × weight), up to one scale for the whole text.
Spreading each occurrence's share over its characters gives every character a share of the score; the words (or
runs of Chinese characters) with the largest shares are the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_sdk.errors import BundleError
from aigc_sdk.verdict import Span
from aigc_text.moderators.normalise import Folded, classifier_map

_MOST = 3
READ = 20_000
"""Longest text, in characters, that is searched for evidence; the score itself reads everything."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """N-gram contributions: ``index`` maps an n-gram to its row, ``shares`` is float16 [n-grams, heads]."""

    index: dict[str, int]
    shares: Any
    heads: tuple[str, ...]
    longest: int

    @classmethod
    def load(cls, path: Path) -> Evidence:
        """Read an ``.npz`` with the arrays ``ngrams``, ``shares`` and ``heads``.

        Raises:
            BundleError: If it is malformed.
        """
        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as arrays:
                ngrams = bytes(arrays["ngrams"]).decode().split("\n")
                shares, heads = arrays["shares"], tuple(str(h) for h in arrays["heads"])
            if shares.shape != (len(ngrams), len(heads)):
                raise ValueError(f"shares {shares.shape} for {len(ngrams)} n-grams")
        except (OSError, KeyError, ValueError) as error:
            raise BundleError(f"{path.name} is malformed: {error}", hint="Install it again.") from error
        return cls({g: i for i, g in enumerate(ngrams)}, shares, heads, max(map(len, ngrams)))

    @staticmethod
    def save(path: Path, ngrams: list[str], shares: Any, heads: list[str]) -> None:
        """Write what `load` reads."""
        import numpy as np

        packed = np.frombuffer("\n".join(ngrams).encode(), dtype=np.uint8)
        np.savez_compressed(
            path, ngrams=packed, shares=np.asarray(shares, np.float16), heads=np.asarray(heads)
        )

    def spans(self, text: str, head: str) -> tuple[Span, ...]:
        """At most three places of the original ``text`` that weigh most for ``head``, in reading order.

        None for texts over 20,000 characters: no evidence is better than evidence from the wrong part.
        """
        if len(text) > READ:
            return ()
        prepared, origin, folded = classifier_map(text)
        column = self.heads.index(head)
        share = [0.0] * len(prepared)
        for start in range(len(prepared)):
            for end in range(start + 1, min(start + self.longest, len(prepared)) + 1):
                row = self.index.get(prepared[start:end])
                if row is not None:
                    part = float(self.shares[row, column]) / (end - start)
                    for position in range(start, end):
                        share[position] += part
        return strongest(share, prepared, origin, folded)


def strongest(
    share: Sequence[float], prepared: str, origin: Sequence[int], folded: Folded
) -> tuple[Span, ...]:
    """At most three words, or pairs of Chinese characters, with the largest positive shares, in reading order.

    Args:
        share: Every prepared character's share of a score.
        prepared: The text as classifiers read it.
        origin: Index in the folded text of each of its characters.
        folded: Leads back to the original.
    """
    scored = sorted(((sum(share[a:b]), a, b) for a, b in _pieces(prepared)), reverse=True)
    best = sorted((a, b) for weight, a, b in scored[:_MOST] if weight > 0)
    return tuple(_span(folded, origin[a], origin[b - 1] + 1, prepared[a:b]) for a, b in best)


def _pieces(prepared: str) -> list[tuple[int, int]]:
    """Words; runs of Chinese characters are cut into pairs, since they have no blanks."""
    pieces = []
    start = 0
    while start < len(prepared):
        if prepared[start] == " ":
            start += 1
            continue
        end = start + 1
        if prepared[start] >= "\u2e80":
            end += end < len(prepared) and prepared[end] >= "\u2e80"
        else:
            while end < len(prepared) and prepared[end] != " " and prepared[end] < "\u2e80":
                end += 1
        pieces.append((start, end))
        start = end
    return pieces


def _span(folded: Folded, start: int, end: int, matched: str) -> Span:
    first, last = folded.span(start, end)
    return Span(start=first, end=last, matched=matched)
