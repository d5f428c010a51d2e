"""Trains ``moderation-svm``: character TF-IDF and linear SVMs, English and Chinese, exported to ONNX.

    python -m aigc_text.training.moderation_svm --data DATA_ROOT --out BUNDLE_FOLDER

One model a language, one output a head (offence, hate, spam). Every labelled source counts the same for its
abusive and its harmless half, whatever its size; ordinary text of both languages is added as harmless, so that
neither a topic, a platform nor an identity term is what the models learn. A fifth of every source is held back
to calibrate probabilities (Platt 1999) and to draw the operating curves. Seeded and reproducible.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import QualityRow, write_manifest
from aigc_text.moderators.evidence import Evidence
from aigc_text.moderators.normalise import classifier_text
from aigc_text.moderators.reading import Window
from aigc_text.moderators.svm import BUNDLE
from aigc_text.training.moderation_data import CREDITS, LABELLED, NEUTRAL, SYNTHETIC, Labelled
from aigc_text.training.moderation_ordinary import ordinary
from aigc_text.training.operating import BASE_RATE, platt, probability_cut

Floats = npt.NDArray[np.float64]

_CURVE_AT = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one language's model is made.

    Attributes:
        language: ``en`` or ``zh``.
        heads: Its outputs: one, or three and more (scikit-learn and ONNX fold two classes into one margin).
        ngrams: Shortest and longest character n-gram.
        features: N-grams kept, by weight.
        cost: The SVM's C.
        window: Characters a long text's windows have; ``stride`` is half of it.
        flagged: For every head the probability that its shipped threshold is at. These few numbers were set by
            hand so that ordinary text of sources left out of training stays at or below 1 % (`_quality`).
    """

    language: str
    heads: tuple[str, ...]
    ngrams: tuple[int, int]
    features: int
    cost: float
    window: int
    flagged: Mapping[str, float] = field(default_factory=dict)


PLANS = (
    Plan(
        "en",
        ("offence", "hate", "spam"),
        (2, 5),
        40_000,
        0.3,
        300,
        {"offence": 0.65, "hate": 0.85, "spam": 0.9},
    ),
    Plan("zh", ("offence",), (1, 2), 30_000, 0.15, 120, {"offence": 0.65}),
)


@dataclass(slots=True)
class Rows:
    """Training texts of one language, prepared, with labels by head (-1: unknown) and their sources."""

    texts: list[str] = field(default_factory=list)
    labels: dict[str, list[int]] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)

    def add(self, row: Labelled, heads: Sequence[str]) -> None:
        """Take a row in; texts with nothing to read are left out."""
        prepared = classifier_text(row.text)
        if prepared:
            self.texts.append(prepared)
            self.sources.append(row.source)
            for head in heads:
                self.labels.setdefault(head, []).append(row.labels.get(head, -1))


def collect(data_root: Path, plan: Plan, *, without: Sequence[str] = ()) -> Rows:
    """Every source's rows for ``plan``, duplicates dropped; ``without`` names sources to leave out."""
    rows = Rows()
    seen: set[tuple[str, str]] = set()
    for name, reader in {**LABELLED, **NEUTRAL, **SYNTHETIC}.items():
        if name in without:
            continue
        for row in reader(data_root):
            if row.language == plan.language and (row.source, row.text) not in seen:
                seen.add((row.source, row.text))
                rows.add(row, plan.heads)
    return rows


def held_back(text: str) -> bool:
    """True for the fifth that calibrates; depends on the text alone, so duplicates stay on one side."""
    return hashlib.blake2b(text.encode(), digest_size=2).digest()[0] < 51


def balance(labels: npt.NDArray[np.int64], sources: npt.NDArray[np.str_]) -> Floats:
    """Weights by which each labelled source's two halves count the same, to a mean of one a source."""
    weights = np.ones(len(labels))
    for source in np.unique(sources):
        inside = sources == source
        share = labels[inside].mean()
        if 0 < share < 1:
            weights[inside & (labels == 1)] = 0.5 / share
            weights[inside & (labels == 0)] = 0.5 / (1 - share)
    return weights


def fit(rows: Rows, plan: Plan, seed: int) -> Any:
    """A scikit-learn pipeline whose decision function has one column a head (two columns where one head)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import Pipeline
    from sklearn.svm import LinearSVC

    if len(plan.heads) == 2:
        raise ValueError(f"a model has one head or at least three, not {plan.heads}")
    train = np.asarray([not held_back(t) for t in rows.texts])
    texts = [t for t, wanted in zip(rows.texts, train, strict=True) if wanted]
    sources = np.asarray(rows.sources)[train]
    options = {"analyzer": "char", "lowercase": False, "ngram_range": plan.ngrams, "dtype": np.float32}

    def solve(matrix: Any) -> tuple[Floats, Floats]:
        planes, offsets = [], []
        for head in plan.heads:
            labels = np.asarray(rows.labels[head])[train]
            known = labels >= 0
            weights = balance(labels[known], sources[known])
            model = LinearSVC(C=plan.cost, random_state=seed)
            model.fit(matrix[known], labels[known], sample_weight=weights)
            planes.append(model.coef_[0])
            offsets.append(model.intercept_[0])
        return np.stack(planes), np.asarray(offsets)

    everything = TfidfVectorizer(min_df=5, **options)
    planes, _ = solve(everything.fit_transform(texts))
    # Keep the n-grams that weigh most in any head, then fit again without the rest.
    weight = np.abs(planes / np.abs(planes).max(axis=1, keepdims=True)).max(axis=0)
    names = everything.get_feature_names_out()
    if plan.ngrams[0] == 1:
        # The converter tells n-grams apart by their single characters, so all of those stay.
        weight[[len(name) == 1 for name in names]] = np.inf
    kept = np.sort(np.argsort(-weight, kind="stable")[: plan.features])
    vectoriser = TfidfVectorizer(vocabulary=list(names[kept]), **options)
    planes, offsets = solve(vectoriser.fit_transform(texts))

    # One classifier that holds all heads: its decision function is the heads' margins, side by side.
    joint = LinearSVC()
    joint.coef_, joint.intercept_ = planes, offsets
    joint.classes_ = np.asarray(plan.heads if len(plan.heads) > 1 else ("none", *plan.heads))
    joint.n_features_in_ = planes.shape[1]
    return Pipeline([("tfidf", vectoriser), ("svm", joint)])


def margins(pipeline: Any, texts: Sequence[str]) -> Floats:
    """Margins, [texts, heads], of prepared texts."""
    scores = np.asarray(pipeline.decision_function(list(texts)), dtype=np.float64)
    return scores[:, None] if scores.ndim == 1 else scores


def windowed(pipeline: Any, texts: Sequence[str], plan: Plan) -> Floats:
    """Highest margins over a text's windows, as the moderator computes them, [texts, heads]."""
    cut = [list(Window(plan.window, plan.window // 2).cut(classifier_text(t) or " ")) for t in texts]
    flat = margins(pipeline, [w for windows in cut for w in windows])
    starts = np.cumsum([0, *(len(w) for w in cut)])[:-1]
    return np.maximum.reduceat(flat, starts, axis=0)


def calibrate(pipeline: Any, rows: Rows, plan: Plan) -> dict[str, dict[str, Any]]:
    """Platt's logistic, thresholds and operating curve of every head, on the fifth held back."""
    held = np.asarray([held_back(t) for t in rows.texts]) & ~np.isin(rows.sources, list(SYNTHETIC))
    sources = np.asarray(rows.sources)[held]
    scores = margins(pipeline, [t for t, wanted in zip(rows.texts, held, strict=True) if wanted])
    plain = np.isin(sources, list(NEUTRAL))
    result: dict[str, dict[str, Any]] = {}
    for column, head in enumerate(plan.heads):
        label = np.asarray(rows.labels[head])[held]
        known = label >= 0
        margin, label, where = scores[known, column], label[known], plain[known]
        # Harmless rows: half ordinary text, half what labelled sources call harmless.
        hard = (label == 0) & ~where
        weight = np.zeros(len(label))
        weight[label == 1] = BASE_RATE / max(1, (label == 1).sum())
        weight[hard] = (1 - BASE_RATE) / 2 / max(1, hard.sum())
        weight[where] = (1 - BASE_RATE) / 2 / max(1, where.sum())
        slope, offset = platt(margin, label, weight * len(label))
        # Severity 1 from a little below the threshold on: worth recording, not worth acting on.
        threshold, low = (
            probability_cut(p, slope, offset) for p in (plan.flagged[head], plan.flagged[head] - 0.15)
        )
        curve = []
        for probability in _CURVE_AT:
            cut = probability_cut(probability, slope, offset)
            curve.append({"probability": probability, **_operating(margin, label, where, hard, cut)})
        result[head] = {
            "slope": slope,
            "offset": offset,
            "low": low,
            "threshold": threshold,
            "threshold_probability": plan.flagged[head],
            "at_threshold": _operating(margin, label, where, hard, threshold),
            "curve": curve,
            "base_rate": BASE_RATE,
            "held_out": {
                "abusive": int((label == 1).sum()),
                "harmless_labelled": int(hard.sum()),
                "ordinary": int(where.sum()),
            },
        }
    return result


def _operating(
    margin: Floats,
    label: npt.NDArray[np.int64],
    plain: npt.NDArray[np.bool_],
    hard: npt.NDArray[np.bool_],
    cut: float,
) -> dict[str, float]:
    """Recall, false-positive rates, and precision at the base rate, of flagging from ``cut`` on."""
    recall, fpr_hard, fpr_plain = (float((margin[part] >= cut).mean()) for part in (label == 1, hard, plain))
    false = (fpr_hard + fpr_plain) / 2 * (1 - BASE_RATE)
    caught = recall * BASE_RATE
    return {
        "margin": round(float(cut), 4),
        "recall": round(recall, 4),
        "precision": round(caught / (caught + false), 4) if caught + false else 1.0,
        "fpr_labelled": round(fpr_hard, 5),
        "fpr_ordinary": round(fpr_plain, 5),
    }


def train_svm(data_root: Path, out: Path, *, seed: int = 0, plans: Sequence[Plan] = PLANS) -> Path:
    """Train, export, compare, calibrate, measure; returns ``out``.

    Raises:
        BadInputError: If a data set is missing.
        ExportError: If a graph cannot be exported, or (`ParityError`) differs from scikit-learn's numbers.
    """
    from aigc_exporters.bundle_writer import graph_info, staged_bundle
    from aigc_exporters.sklearn_export import convert_pipeline

    models, calibration, quality, reports, sources = {}, {}, [], [], set()
    with staged_bundle(out) as folder:
        for plan in plans:
            rows = collect(data_root, plan)
            sources |= set(rows.sources)
            pipeline = fit(rows, plan, seed)
            file = f"{plan.language}.onnx"
            probe = [*rows.texts[:: max(1, len(rows.texts) // 200)]]
            reports.append(convert_pipeline(pipeline, folder / file, texts=probe))
            models[plan.language] = _describe(pipeline, plan, folder)
            calibration[plan.language] = calibrate(pipeline, rows, plan)
            quality += _quality(pipeline, plan, calibration[plan.language], data_root)
        write_manifest(
            folder,
            id=BUNDLE,
            task="classifier",
            summary="Offence, hate and spam: character TF-IDF and linear SVMs, English and Chinese",
            licence="CC-BY-SA-4.0",
            source="python -m aigc_text.training.moderation_svm",
            training_data=[CREDITS[name] for name in sorted(sources)],
            languages=[plan.language for plan in plans],
            graphs=[graph_info(folder / f"{plan.language}.onnx") for plan in plans],
            calibration=calibration,
            parity=max(reports, key=lambda r: r.max_abs_diff / r.tolerance),
            quality=quality,
            extra={"models": models, "seed": seed},
        )
    return out


def _describe(pipeline: Any, plan: Plan, folder: Path) -> dict[str, Any]:
    """Write the evidence file; returns what the moderator needs to know of the model."""
    vectoriser, svm = pipeline[0], pipeline[1]
    ngrams = [str(g) for g in vectoriser.get_feature_names_out()]
    # A line feed separates n-grams in the file; prepared texts hold none.
    assert not any("\n" in g for g in ngrams)
    evidence = f"{plan.language}-evidence.npz"
    Evidence.save(folder / evidence, ngrams, (svm.coef_ * vectoriser.idf_).T, list(plan.heads))
    first = 0 if len(plan.heads) > 1 else 1
    return {
        "file": f"{plan.language}.onnx",
        "evidence": evidence,
        "heads": {head: first + column for column, head in enumerate(plan.heads)},
        "window": plan.window,
        "stride": plan.window // 2,
        "ngrams": list(plan.ngrams),
        "features": len(ngrams),
    }


def _quality(
    pipeline: Any, plan: Plan, calibration: dict[str, dict[str, Any]], data_root: Path
) -> list[QualityRow]:
    rows = []
    for head in plan.heads:
        at = calibration[head]["at_threshold"]
        note = f"{head}, {plan.language}, shipped threshold, fifth of the training sources held back"
        rows.append(QualityRow(metric="recall", dataset="held back", value=at["recall"], notes=note))
        rows.append(
            QualityRow(metric="fpr", dataset="held back, ordinary", value=at["fpr_ordinary"], notes=note)
        )
    cuts = np.asarray([calibration[h]["threshold"] for h in plan.heads])
    for name, language, texts in ordinary(data_root, "report"):
        if language == plan.language:
            flagged = (windowed(pipeline, texts, plan) >= cuts).any(axis=1).mean()
            note = f"{len(texts)} ordinary texts, no label of theirs was used"
            rows.append(
                QualityRow(metric="fpr", dataset=re.sub(r"\s", ":", name), value=float(flagged), notes=note)
            )
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=train_svm.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(train_svm(arguments.data, arguments.out, seed=arguments.seed))


if __name__ == "__main__":
    main()
