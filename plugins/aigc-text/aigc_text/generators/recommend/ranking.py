"""Which products fit a profile, and which of them to show: similarities, and maximal marginal relevance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aigc_text.generators.recommend.catalogue import Product
from aigc_text.generators.recommend.words import Rarity, terms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

HISTORY_WEIGHT: Final = 0.6
"""What was bought says less of what is wanted next than a stated interest does."""
POOL: Final = 64
"""Products among which diversity is sought: the best by relevance."""
FLOOR, SPREAD = 0.8, 0.15
"""E5's cosines of a wish and a product that have nothing to do with each other lie about .77 to .84; .95 are near paraphrases."""
SURE: Final = (0.85 - FLOOR) / SPREAD
"""Scaled cosine from which a shared meaning is told as a reason: of seven wishes and eight products in two languages, what fitted lay
at .857 and above, or .836 across languages, and strangers at .844 and below. Looked at once by hand: no test set, no command."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the profile says: an interest, or a thing of its history."""

    text: str
    history: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product in its place.

    Attributes:
        product: The product.
        relevance: Fit with the profile, 0 to 1.
        score: Relevance less what likeness to products before it costs.
        wish: What of the profile it fits, where that can be told.
        basis: ``words`` where they share words, ``meaning`` where the encoder finds them near, ``none``.
    """

    product: Product
    relevance: float
    score: float
    wish: Wish | None
    basis: str


def rank(
    products: Sequence[Product],
    wishes: Sequence[Wish],
    count: int,
    diversity: float,
    vectors: tuple[Array, Array] | None,
) -> list[Ranked]:
    """The best ``count`` products, in order; ties keep the catalogue's order.

    Args:
        products: What may be shown.
        wishes: What it should fit; without any the catalogue's order counts.
        count: How many.
        diversity: See `RecommendOptions`.
        vectors: Of wishes and products, float [wishes, d] and [products, d] with rows of length 1; None compares words only.

    Source: Carbonell and Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998.
    """
    import numpy as np

    rarity = Rarity([product.terms for product in products])
    asked = [terms(wish.text) for wish in wishes]
    shared = np.array([[rarity.coverage(own, p.terms) for own in asked] for p in products], dtype=np.float64)
    shared = shared.reshape(len(products), len(wishes))
    meant = np.zeros_like(shared)
    if vectors is not None and wishes:
        meant = np.clip((vectors[1] @ vectors[0].T - FLOOR) / SPREAD, 0.0, 1.0)
    fit = shared if vectors is None else 0.5 * shared + 0.5 * meant
    weight = np.array([HISTORY_WEIGHT if wish.history else 1.0 for wish in wishes])
    weighed = fit * weight
    # One strong reason counts more than many faint ones.
    relevance = 0.7 * weighed.max(axis=1) + 0.3 * weighed.mean(axis=1) if wishes else np.zeros(len(products))
    order = sorted(range(len(products)), key=lambda i: (-round(float(relevance[i]), 9), i))[
        : max(POOL, count)
    ]

    def likeness(one: int, other: int) -> float:
        if vectors is not None:
            return float(np.clip((vectors[1][one] @ vectors[1][other] - FLOOR) / SPREAD, 0.0, 1.0))
        return rarity.likeness(products[one].terms, products[other].terms)

    chosen = _marginal(order, [float(r) for r in relevance], likeness, count, diversity)
    ranked = []
    for index, score in chosen:
        wish, basis = _reason(wishes, shared[index], meant[index], weighed[index])
        ranked.append(
            Ranked(products[index], round(float(relevance[index]), 4), round(score, 4), wish, basis)
        )
    return ranked


def _marginal(
    order: Sequence[int],
    relevance: Sequence[float],
    likeness: Callable[[int, int], float],
    count: int,
    diversity: float,
) -> list[tuple[int, float]]:
    chosen: list[tuple[int, float]] = []
    nearest = dict.fromkeys(order, 0.0)
    while nearest and len(chosen) < count:
        value = {i: (1 - diversity) * relevance[i] - diversity * near for i, near in nearest.items()}
        best = max(nearest, key=lambda i: round(value[i], 9))
        chosen.append((best, value[best]))
        del nearest[best]
        for other in nearest:
            nearest[other] = max(nearest[other], likeness(best, other))
    return chosen


def _reason(wishes: Sequence[Wish], shared: Array, meant: Array, weighed: Array) -> tuple[Wish | None, str]:
    for index in sorted(range(len(wishes)), key=lambda i: -float(weighed[i])):
        if shared[index] > 0.5:
            return wishes[index], "words"
        if meant[index] > SURE:
            return wishes[index], "meaning"
    return None, "none"
