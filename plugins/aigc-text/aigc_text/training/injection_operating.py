"""Probabilities, thresholds and operating curves of the injection model."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_text.training.injection_fit import Rows
from aigc_text.training.moderation_data import NEUTRAL

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BASE_RATE = 0.25
"""Share of attacks that calibrated probabilities assume."""
FUSION = {"low": 0.1, "high": 1.0, "weight": 0.65}
"""Where the deep classifier is asked, and what its log-odds count; see `model.Fusion`.

Of sources left out it ranks far better than the linear model (deepset: AUROC .97 against .87), so it counts for more, and
what the linear one is sure of is shown to it too: a long harmless document full of an attack's words is where a bag of
words is sure and wrong.
"""
_ORDINARY = 0.005
_HARD = 0.03
"""False positives that a threshold may cost, on ordinary text and on harmless text with an attack's words."""
_CURVE_AT = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


def calibrate(rows: Rows, margins: Floats, used: Bools | None = None) -> dict[str, dict[str, Any]]:
    """``[language][stage]``: Platt's logistic, thresholds and curve.

    Args:
        rows: The training rows.
        margins: Of each text, by a model that saw neither its source nor its frame.
        used: Which texts count; all, by default.
    """
    used = np.ones(len(rows.labels), bool) if used is None else used
    return {
        language: {
            stage: _operating(rows, margins, used & (rows.languages == language), stage)
            for stage in ("prompt", "retrieved")
        }
        for language in ("en", "zh")
    }


def _operating(rows: Rows, margins: Floats, here: Bools, stage: str) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    if stage == "retrieved":  # passages and ordinary text; prompts aren't what a search brings
        here = here & np.isin(rows.sources, ["injection_passages", *NEUTRAL])
    margin, label, source = margins[here], rows.labels[here], rows.sources[here]
    attack, plain = label == 1, (label == 0) & np.isin(source, list(NEUTRAL))
    hard = (label == 0) & ~plain
    weight = np.zeros(len(label))
    weight[attack] = BASE_RATE / attack.sum()
    for part in (plain, hard):
        weight[part] = (1 - BASE_RATE) / 2 / max(1, part.sum())
    logistic = LogisticRegression(C=1e6).fit(margin[:, None], label, sample_weight=weight * len(label))
    slope, offset = float(logistic.coef_[0, 0]), float(logistic.intercept_[0])
    probability = 1 / (1 + np.exp(-(slope * margin + offset)))
    threshold = 0.5
    if plain.any():
        threshold = max(threshold, float(np.quantile(probability[plain], 1 - _ORDINARY)))
    if hard.any():
        threshold = max(threshold, float(np.quantile(probability[hard], 1 - _HARD)))
    threshold = round(min(threshold + 0.005, 0.97), 2)
    return {
        "slope": slope,
        "offset": offset,
        "low": round(threshold * 0.7, 2),
        "threshold": threshold,
        "high": 0.98,
        "at_threshold": _at(probability, attack, plain, hard, threshold),
        "curve": [{"probability": p, **_at(probability, attack, plain, hard, p)} for p in _CURVE_AT],
        "base_rate": BASE_RATE,
        "texts": {"attacks": int(attack.sum()), "ordinary": int(plain.sum()), "hard": int(hard.sum())},
    }


def _at(probability: Floats, attack: Bools, plain: Bools, hard: Bools, cut: float) -> dict[str, float]:
    share = [
        float((probability[part] >= cut).mean()) if part.any() else 0.0 for part in (attack, plain, hard)
    ]
    return dict(zip(("recall", "fpr_ordinary", "fpr_hard"), (round(s, 4) for s in share), strict=True))
