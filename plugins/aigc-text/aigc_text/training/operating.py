"""Calibration and operating curves: from a classifier's margins to probabilities and thresholds with their cost.

Harmless rows are of two kinds, weighted alike: ordinary text, and what labelled sources call harmless, which is
harder. Probabilities assume that `BASE_RATE` of what is screened is abusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BASE_RATE = 0.25
"""Share of abusive texts that calibrated probabilities assume: content that somebody saw reason to screen."""

CURVE_AT = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)
"""Probabilities that an operating curve has a row for."""


_FLAT = 0.003
"""F1 that is not worth an odd threshold."""


@dataclass(frozen=True)
class HeldBack:
    """Margins of held-back rows of one language whose label for one head is known.

    Attributes:
        margin: float64 [rows].
        label: bool [rows], True for abusive.
        plain: bool [rows], True for ordinary text.
    """

    margin: Floats
    label: Bools
    plain: Bools

    @property
    def hard(self) -> Bools:
        """Harmless rows of labelled sources."""
        return ~self.label & ~self.plain

    def weights(self) -> Floats:
        """Abusive rows sum to the base rate, the two kinds of harmless ones share the rest."""
        weight = np.zeros(len(self.label))
        kinds = [part for part in (self.hard, ~self.label & self.plain) if part.any()]
        if self.label.any():
            weight[self.label] = BASE_RATE / self.label.sum()
        for part in kinds:
            weight[part] = (1 - BASE_RATE) / len(kinds) / part.sum()
        return weight

    def at(self, cut: float) -> dict[str, float]:
        """Recall, false-positive rates, and precision at the base rate, of flagging from ``cut`` on."""
        recall, fpr_hard, fpr_plain = (
            float((self.margin[part] >= cut).mean()) if part.any() else 0.0
            for part in (self.label, self.hard, ~self.label & self.plain)
        )
        weight = self.weights()
        flagged = self.margin >= cut
        caught, all_flagged = float(weight[flagged & self.label].sum()), float(weight[flagged].sum())
        return {
            "margin": round(float(cut), 4),
            "recall": round(recall, 4),
            "precision": round(caught / all_flagged, 4) if all_flagged else 1.0,
            "fpr_labelled": round(fpr_hard, 5),
            "fpr_ordinary": round(fpr_plain, 5),
        }


def platt(margin: Floats, label: npt.NDArray[Any], weight: Floats) -> tuple[float, float]:
    """Slope and offset of the logistic that turns margins into probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(margin[:, None], label, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def probability_cut(probability: float, slope: float, offset: float) -> float:
    """The margin at which the logistic has ``probability``."""
    return float((np.log(probability / (1 - probability)) - offset) / slope)


def operating_point(rows: HeldBack, *, most_ordinary: float, below: float = 0.15) -> dict[str, Any]:
    """Calibration, threshold and curve of one head in one language, as a bundle's manifest holds them.

    The threshold is the probability from .4 on with the best F1 at the base rate that flags at most ``most_ordinary``
    of the ordinary text.

    Args:
        rows: What was held back.
        most_ordinary: Bound of the false-positive rate on ordinary text.
        below: How far under the threshold a text is still recorded at severity 1.

    Raises:
        BadInputError: If the rows are all abusive or all harmless: nothing can be calibrated on them.
    """
    if rows.label.all() or not rows.label.any():
        raise BadInputError("A head can be calibrated on abusive and harmless rows only, not on one kind.")
    weight = rows.weights() * len(rows.label)
    slope, offset = platt(rows.margin, rows.label.astype(np.int64), weight)
    measured: dict[float, float] = {}
    for probability in (*np.arange(0.4, 0.985, 0.01).round(2), 0.985, 0.99, 0.995, 0.998):
        point = rows.at(probability_cut(float(probability), slope, offset))
        recall, precision = point["recall"], point["precision"]
        if point["fpr_ordinary"] <= most_ordinary:
            f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
            measured[float(probability)] = f1
    # Where the curve is flat, any probability is as good: the one nearest to a half is the least surprising.
    best = max(measured.values(), default=0.0)
    threshold = min(
        (p for p, f1 in measured.items() if f1 >= best - _FLAT),
        key=lambda p: abs(p - 0.5),
        default=CURVE_AT[-1],
    )
    return {
        "slope": slope,
        "offset": offset,
        "threshold": threshold,
        "low": round(max(0.05, threshold - below), 2),
        "at_threshold": rows.at(probability_cut(threshold, slope, offset)),
        "curve": [{"probability": p, **rows.at(probability_cut(p, slope, offset))} for p in CURVE_AT],
        "base_rate": BASE_RATE,
        "held_out": {
            "abusive": int(rows.label.sum()),
            "harmless_labelled": int(rows.hard.sum()),
            "ordinary": int((~rows.label & rows.plain).sum()),
        },
    }
