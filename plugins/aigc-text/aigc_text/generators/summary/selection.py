"""Which sentences make the summary: the weightiest that fit the length and don't repeat each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from aigc_text.evaluators.counting import count_units
from aigc_text.generators.summary.document import Document, Floats
from aigc_text.generators.summary.options import DEFAULT_SENTENCES, SummaryOptions

MOST_SENTENCES: Final = 500
"""Longest summary, whatever was asked for: likenesses are compared pair by pair."""
_LOOKED_AT: Final = 500


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a summary may hold.

    Attributes:
        sentences: Most sentences.
        units: Most units of ``measure`` in all, or None.
        measure: Size of a sentence.
    """

    sentences: int
    units: int | None
    measure: Callable[[str], int]

    @classmethod
    def of(cls, options: SummaryOptions, document: Document, language: str) -> Budget:
        """Of a document, never over `MOST_SENTENCES`."""
        unit, most = (
            ("words", options.words) if options.words is not None else ("characters", options.characters)
        )

        def measure(sentence: str) -> int:
            return count_units(sentence, unit, language)

        if most is not None:
            # Twice as many as sentences of ordinary length would fill: some are short.
            sizes = sum(measure(document.sentence(i)) for i in range(min(len(document), _LOOKED_AT)))
            ordinary = max(1.0, sizes / min(len(document), _LOOKED_AT))
            return cls(min(MOST_SENTENCES, 2 + round(2 * most / ordinary)), most, measure)
        if options.ratio is not None:
            wanted = max(1, round(options.ratio * len(document)))
        else:
            wanted = options.sentences or DEFAULT_SENTENCES
        return cls(min(MOST_SENTENCES, wanted), None, measure)


def scaled(scores: Floats) -> Floats:
    """Scores moved and stretched to [0, 1]."""
    low, high = float(scores.min()), float(scores.max())
    return np.asarray((scores - low) / (high - low) if high > low else np.ones_like(scores))


def select(
    scores: Floats, similarity: Floats, sentences: list[str], budget: Budget, diversity: float
) -> list[int]:
    """Numbers of the sentences to take, ascending.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): one after the other the sentence with the most of (1 −
    diversity) · score − diversity · likeness to what is taken already; sentences that no longer fit are passed over. Where none
    fits at all, the shortest is taken, since an empty summary serves nobody.
    """
    relevance = scaled(scores)
    sizes = np.asarray([budget.measure(sentence) for sentence in sentences])
    room = budget.units if budget.units is not None else sizes.sum()
    likeness = np.zeros(len(scores))
    free = sizes <= room
    if not free.any():
        return [int(np.argmin(sizes))]
    taken: list[int] = []
    while free.any() and len(taken) < budget.sentences:
        gain = np.where(free, (1 - diversity) * relevance - diversity * likeness, -np.inf)
        best = int(np.argmax(gain))
        taken.append(best)
        free[best] = False
        room -= sizes[best]
        free &= sizes <= room
        likeness = np.maximum(likeness, similarity[best])
    return sorted(taken)
