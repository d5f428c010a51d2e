"""Terms by which an interest and a product are compared without a model: stems of English words, pairs of Chinese characters."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from aigc_text.facts.normalise import fold, stem
from aigc_text.languages import HAN

_PIECE: Final = re.compile(rf"[{HAN}]+|(?:(?![{HAN}])[^\W_])+(?:'(?![{HAN}])[^\W_]+)?")
_HAN_PIECE: Final = re.compile(f"[{HAN}]")
_STOP: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "for",
        "with",
        "to",
        "in",
        "on",
        "at",
        "by",
        "from",
        "as",
        "is",
        "are",
        "be",
        "it",
        "its",
        "this",
        "that",
        "your",
        "my",
        "our",
        "i",
        "you",
        "we",
        "they",
        "new",
        "good",
        "like",
        "love",
        "things",
        "stuff",
        "all",
        "any",
        "some",
        "more",
        "very",
    ]
)


def terms(text: str) -> list[str]:
    """Terms in order, repeats included."""
    found: list[str] = []
    for piece in _PIECE.findall(fold(text)[0]):
        if _HAN_PIECE.match(piece):
            found += [piece[i : i + 2] for i in range(max(1, len(piece) - 1))]
        elif piece not in _STOP:
            found.append(_root(stem(piece)))
    return found


def _root(word: str) -> str:
    """*hiking*, *hiker* and *hike* are one term: endings go where four letters remain (after Porter, 1980, much reduced)."""
    for ending in ("ing", "ers", "er", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 3 else word


class Rarity:
    """How much terms tell, by how few products have them (inverse document frequency, Spärck Jones, 1972).

    Args:
        products: The terms of each product.
    """

    def __init__(self, products: Sequence[Iterable[str]]) -> None:
        self._products = len(products)
        self._having = Counter(term for own in products for term in set(own))

    def of(self, term: str) -> float:
        """Weight of a term, above 0 for unknown ones too."""
        return math.log(1.0 + self._products / (0.5 + self._having[term]))

    def coverage(self, asked: Iterable[str], own: frozenset[str]) -> float:
        """Share of the asked terms, by weight, that a product has: 0 to 1."""
        wanted = set(asked)
        total = math.fsum(sorted(self.of(term) for term in wanted))
        return math.fsum(sorted(self.of(term) for term in wanted & own)) / total if total else 0.0

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted share of the terms of two products that both have (Jaccard): 0 to 1."""
        union = math.fsum(sorted(self.of(term) for term in one | other))
        return math.fsum(sorted(self.of(term) for term in one & other)) / union if union else 0.0
