"""What validation rows decide of a text classifier: its temperature, and where its labels end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from aigc_text.generators.classify.scores import Floats, ScopeScore, in_scope, log_softmax, scope_scores

Ints = npt.NDArray[np.int64]
_BINS: Final = 15
_POINTS: Final = 25


@dataclass(frozen=True)
class Outputs:
    """What a classifier said of some rows, and what is true.

    Attributes:
        logits: [rows, outputs].
        targets: int64 [rows], the right outputs.
        outside: Column of the out-of-scope label, or None.
        distances: [rows], where the classifier has them.
    """

    logits: npt.NDArray[np.floating[Any]]
    targets: Ints
    outside: int | None
    distances: npt.NDArray[np.floating[Any]] | None = None

    @property
    def within(self) -> npt.NDArray[np.bool_]:
        """Rows that are of a label, bool [rows]."""
        return np.asarray(self.targets != (-1 if self.outside is None else self.outside))

    def scores(self, kind: ScopeScore, temperature: float) -> Floats:
        """See `aigc_text.generators.classify.scores.scope_scores`."""
        return scope_scores(kind, self.logits, self.distances, temperature=temperature, outside=self.outside)

    def answers(self, kind: ScopeScore, temperature: float, threshold: float) -> Ints:
        """int64 [rows]: the label each row gets, -1 for out of scope, as serving decides it."""
        kept = in_scope(self.logits.shape[1], self.outside)
        answers: Ints = kept[self.logits[:, kept].argmax(axis=1)].astype(np.int64)
        answers[self.logits.argmax(axis=1) == (-1 if self.outside is None else self.outside)] = -1
        answers[self.scores(kind, temperature) < threshold] = -1
        return answers


@dataclass(frozen=True)
class Scope:
    """Where a classifier's labels end.

    Attributes:
        score: What is compared.
        threshold: Below it a text is out of scope.
        tried: Each score's share of out-of-scope validation rows found at its threshold, and its AUROC; empty without
            such rows.
        curve: By threshold: ``kept``, the share of rightly labelled rows not rejected, ``accuracy`` in scope, and
            ``recall`` of the out-of-scope rows where there are any.
    """

    score: ScopeScore
    threshold: float
    tried: dict[str, dict[str, float]]
    curve: list[dict[str, float]]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "score": self.score,
            "threshold": self.threshold,
            "tried": self.tried,
            "curve": self.curve,
        }


def fit_temperature(rows: Outputs) -> float:
    """The temperature with the least negative log likelihood of the right outputs (Guo et al., ICML 2017).

    As Platt (1999) does, one row more is imagined whose output is anything: n rows without an error are no proof that there
    is none, and would drive every probability to 1.
    """
    doubt = 1.0 / (len(rows.targets) + 2)
    low, high = np.log(0.02), np.log(50.0)
    best = 1.0
    for _ in range(4):
        tried = np.exp(np.linspace(low, high, _POINTS))
        losses = [_doubted(rows, temperature, doubt) for temperature in tried]
        at = int(np.argmin(losses))
        best = float(tried[at])
        low, high = np.log(tried[max(0, at - 1)]), np.log(tried[min(_POINTS - 1, at + 1)])
    return best


def _doubted(rows: Outputs, temperature: float, doubt: float) -> float:
    logs = log_softmax(rows.logits, temperature)
    right = logs[np.arange(len(logs)), rows.targets].mean()
    return float(-(1 - doubt) * right - doubt * logs.mean())


def nll(rows: Outputs, temperature: float) -> float:
    """Mean negative log likelihood of the right outputs, nats a row."""
    logs = log_softmax(rows.logits, temperature)
    return float(-logs[np.arange(len(logs)), rows.targets].mean())


def calibration_error(rows: Outputs, temperature: float) -> float:
    """Expected calibration error of the likeliest output in fifteen bins (Naeini et al., AAAI 2015)."""
    logs = log_softmax(rows.logits, temperature)
    sure = np.exp(logs.max(axis=1))
    right = logs.argmax(axis=1) == rows.targets
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return float(sum(abs((sure[bins == b] - right[bins == b]).sum()) for b in range(_BINS)) / len(sure))


def choose_scope(
    rows: Outputs, temperature: float, wanted: str, *, distances: bool, most_rejected: float
) -> Scope:
    """Choose the score and its threshold on validation rows.

    A score's threshold is the highest at which no more than ``most_rejected`` of the rightly labelled rows count as out of
    scope. Where there are out-of-scope rows, ``auto`` takes the score that then finds most of them.

    Args:
        rows: Validation rows.
        temperature: Of the probabilities.
        wanted: A score, or ``auto``.
        distances: Whether the classifier has distances.
        most_rejected: In [0, 1).
    """
    kinds: list[ScopeScore] = ["probability", "energy", *(["distance"] if distances else [])]  # type: ignore[list-item]
    within = rows.within
    outside = int((~within).sum())
    kept = in_scope(rows.logits.shape[1], rows.outside)
    right = within & (rows.logits.argmax(axis=1) == rows.targets)
    tried: dict[str, dict[str, float]] = {}
    thresholds: dict[ScopeScore, float] = {}
    for kind in kinds:
        scores = rows.scores(kind, temperature)
        # Where nothing was right there is nothing to keep: then every row counts.
        basis = np.sort(scores[right] if right.any() else scores[within])
        thresholds[kind] = float(basis[int(most_rejected * len(basis))])
        if outside:
            answers = rows.answers(kind, temperature, thresholds[kind])
            tried[kind] = {
                "recall": float((answers[~within] == -1).mean()),
                "auroc": auroc(scores[within], scores[~within]),
            }
    if wanted != "auto":
        score: ScopeScore = wanted  # type: ignore[assignment]  # the options allow no other
    elif tried:
        score = max(kinds, key=lambda kind: (tried[kind]["recall"], tried[kind]["auroc"]))
    else:
        score = "probability"
    scores = rows.scores(score, temperature)
    curve = []
    labelled = kept[rows.logits[:, kept].argmax(axis=1)] == rows.targets
    for share in (0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5):
        basis = np.sort(scores[right] if right.any() else scores[within])
        threshold = float(basis[int(share * len(basis))])
        answers = rows.answers(score, temperature, threshold)
        row = {
            "threshold": threshold,
            "kept": float((answers[right] != -1).mean()) if right.any() else 0.0,
            "accuracy": float(((answers != -1) & labelled)[within].mean()),
        }
        if outside:
            row["recall"] = float((answers[~within] == -1).mean())
        curve.append(row)
    return Scope(score, thresholds[score], tried, curve)


def auroc(higher: Floats, lower: Floats) -> float:
    """Share of pairs in the right order, ties counting half (Mann and Whitney, 1947)."""
    _, inverse, counts = np.unique(np.concatenate([higher, lower]), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m = len(higher), len(lower)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
