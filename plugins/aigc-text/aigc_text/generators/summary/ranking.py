"""What each sentence is worth: how central it is, what its words announce, where it stands.

Centrality is the stationary distribution of a walk between similar sentences (Mihalcea and Tarau, "TextRank", EMNLP 2004; Erkan and
Radev, "LexRank", JAIR 2004), with cosines of TF-IDF for similarity, or these mixed with cosines of a sentence encoder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from aigc_text.generators.summary.cues import cues
from aigc_text.generators.summary.document import Document, Floats, Ints

DAMPING: Final = 0.85
STRANGERS: Final = 0.75
"""E5's cosine of sentences that have little in common, which counts as none."""
_TOLERANCE: Final = 1e-9
_STEPS: Final = 200

FEATURES: Final = (
    "centrality",
    "aim",
    "finding",
    "background",
    "aside",
    "dangling",
    "first",
    "last",
    "early",
    "length",
    "excess",
)
"""``aim`` is 1 over the number of sentences that announce one: where all do, it tells nothing. ``early`` is 1/(1 + place), ``length`` the logarithm of the sentence's terms over the median, ``excess``
what of it is above 0."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Sentences of a document, weighed.

    Attributes:
        chosen: int64 [n], their numbers in the document, ascending.
        features: float64 [n, features].
        similarity: float64 [n, n], between them, in [0, 1].
    """

    chosen: Ints
    features: Floats
    similarity: Floats

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """float64 [n]: weighted sum of the features; those that ``weights`` does not name count nothing."""
        return np.asarray(self.features @ np.asarray([weights.get(name, 0.0) for name in FEATURES]))


def textrank(similarity: Floats) -> Floats:
    """Stationary distribution over sentences, summing to 1; sentences like no other get what the walk hands out evenly.

    Args:
        similarity: float64 [n, n], symmetric, not negative; its diagonal is ignored.
    """
    size = len(similarity)
    edges = similarity.copy()
    np.fill_diagonal(edges, 0.0)
    totals = edges.sum(axis=1, keepdims=True)
    walk = np.where(totals > 0, edges / np.where(totals > 0, totals, 1.0), 1.0 / size)
    ranks = np.full(size, 1.0 / size)
    for _ in range(_STEPS):
        following = (1 - DAMPING) / size + DAMPING * (ranks @ walk)
        if np.abs(following - ranks).sum() < _TOLERANCE:
            return np.asarray(following)
        ranks = following
    return ranks


def similarities(vectors: Floats, embeddings: Floats | None, share: float) -> Floats:
    """Mixed cosines: float64 [n, n].

    Args:
        vectors: float64 [n, terms], rows of length 1.
        embeddings: float64 [n, dimensions], rows of length 1, or None.
        share: Of the embeddings, in [0, 1].
    """
    words = vectors @ vectors.T
    if embeddings is None:
        return np.asarray(np.clip(words, 0.0, 1.0))
    meaning = np.clip((embeddings @ embeddings.T - STRANGERS) / (1 - STRANGERS), 0.0, 1.0)
    return np.asarray(np.clip((1 - share) * words + share * meaning, 0.0, 1.0))


def rank(document: Document, chosen: Ints, embeddings: Floats | None = None, share: float = 0.5) -> Ranked:
    """Weigh sentences of a document against each other.

    Args:
        document: The document.
        chosen: int64 [n], ascending numbers of its sentences.
        embeddings: Of these sentences, float64 [n, dimensions].
        share: Of the embeddings in the similarity.
    """
    similarity = similarities(document.vectors(chosen), embeddings, share)
    size = len(chosen)
    features = np.zeros((size, len(FEATURES)))
    columns = dict(zip(FEATURES, features.T, strict=True))
    # Around 0 whatever the number of sentences.
    columns["centrality"][:] = textrank(similarity) * size - 1.0
    sizes = np.asarray([len(document.bags[index]) for index in chosen], dtype=np.float64)
    columns["length"][:] = np.log(sizes / np.median(sizes))
    columns["excess"][:] = np.maximum(0.0, columns["length"])
    for row, index in enumerate(chosen.tolist()):
        for name, present in cues(document.sentence(index)).items():
            columns[name][row] = present
        columns["first"][row], columns["last"][row] = index == 0, index == len(document) - 1
        columns["early"][row] = 1 / (1 + index)
    columns["aim"] /= max(1.0, columns["aim"].sum())
    return Ranked(chosen, features, similarity)
