"""From a classifier's outputs to probabilities, and to how sure one can be that a text is in scope at all."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ScopeScore = Literal["probability", "energy", "distance"]
SCOPE_SCORES: Final[tuple[ScopeScore, ...]] = get_args(ScopeScore)


def log_softmax(logits: npt.NDArray[np.floating], temperature: float = 1.0) -> Floats:
    """Log probabilities of each row, float64 [rows, outputs]; temperature as of Guo et al., ICML 2017."""
    scaled = np.asarray(logits, dtype=np.float64) / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    return np.asarray(scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)))


def in_scope(columns: int, outside: int | None) -> npt.NDArray[np.intp]:
    """The outputs that are labels; ``outside`` is the one that learnt what is none of them."""
    kept = np.arange(columns)
    return kept if outside is None else np.delete(kept, outside)


def scope_scores(
    kind: ScopeScore,
    logits: npt.NDArray[np.floating],
    distances: npt.NDArray[np.floating] | None,
    *,
    temperature: float,
    outside: int | None,
) -> Floats:
    """How much each row looks like what the classifier was trained on, float64 [rows]; higher is more.

    Args:
        kind: ``probability``, the highest of a label (Hendrycks and Gimpel, ICLR 2017); ``energy``, the log of the
            sum of the labels' exponentiated logits (Liu et al., NeurIPS 2020); ``distance``, minus the squared
            Mahalanobis distance to the nearest label less that to all text (Ren et al., arXiv:2106.09022).
        logits: [rows, outputs].
        distances: [rows], for ``distance``.
        temperature: Of the probabilities.
        outside: Column of the output that learnt what is none of the labels.

    Raises:
        ValueError: If ``distance`` is asked of a classifier that has none.
    """
    kept = in_scope(logits.shape[1], outside)
    if kind == "distance":
        if distances is None:
            raise ValueError("this classifier gives no distances")
        return -np.asarray(distances, dtype=np.float64)
    if kind == "energy":
        values = np.asarray(logits, dtype=np.float64)[:, kept]
        highest = values.max(axis=1)
        return np.asarray(highest + np.log(np.exp(values - highest[:, None]).sum(axis=1)))
    return np.asarray(np.exp(log_softmax(logits, temperature))[:, kept].max(axis=1))
