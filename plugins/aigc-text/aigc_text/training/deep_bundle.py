"""From a finished run of the deep classifier to the delta bundle: calibration, thresholds, quality, papers."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import QualityRow, write_manifest
from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError
from aigc_text.moderators.deep import DeepClassifier
from aigc_text.moderators.reading import Reading, read
from aigc_text.training.deep_model import Classifier
from aigc_text.training.deep_run import SERVED, Floats, load, run_name, score
from aigc_text.training.encoder_base import Base
from aigc_text.training.labelled import HEADS
from aigc_text.training.moderation_contrast import harmless
from aigc_text.training.moderation_data import CREDITS, INJECTION, LABELLED, NEUTRAL, SYNTHETIC, Labelled
from aigc_text.training.moderation_ordinary import ordinary
from aigc_text.training.operating import HeldBack, operating_point

DELTA = "moderation-deep-delta"
LICENCE = "CC-BY-SA-4.0"
_MOST_ORDINARY = 0.004
_FEWEST_REAL = 80
_ORDINARY_A_SET = 1200
_ASIDES, _FEWEST_ASIDES, _MOST_ASIDES = 3000, 200, 0.01


def bundle(data_root: Path, base_file: Path, work: Path, out: Path) -> Path:
    """Write the delta bundle of the run that left nothing out; returns ``out``.

    Raises:
        BadInputError: If that run is not finished.
    """
    from aigc_exporters.bundle_writer import staged_bundle
    from aigc_exporters.encoder_delta import save_delta
    from aigc_exporters.keras_encoder import block_weights

    folder = work / run_name(())
    if not (folder / "scores.npz").exists():
        raise BadInputError(f"{folder} holds no finished run.", hint="Run `train` without --without first.")
    base = Base.open(base_file)
    model = Classifier(base.encoder, len(HEADS))
    load(model, folder / SERVED)
    layers = {index: block_weights(block) for index, block in enumerate(model.blocks)}
    with np.load(folder / "scores.npz", allow_pickle=False) as saved:
        held = {name: saved[f"held/{name}"] for name in _HELD}
    fields: dict[str, Any] = {
        "id": DELTA,
        "task": "encoder-delta",
        "summary": "Offence, hate, sexual, violence, self-harm, illicit, spam, injection: fine-tuned encoder",
        "licence": LICENCE,
        "source": "python -m aigc_text.training.moderation_deep; base multilingual-e5-small (MIT)",
        "training_data": [CREDITS[name] for name in (*LABELLED, *NEUTRAL, *SYNTHETIC, *INJECTION)],
        "languages": ["en", "zh"],
        "quantisation": "differences to the base, 15 steps by output channel",
        "extra": {
            "labels": list(HEADS),
            "window": base.longest - 2,
            "stride": base.longest * 2 // 3,
            "blocks": sorted(layers),
            "base": "multilingual-e5-small",
        },
    }
    with staged_bundle(out) as staged:
        head = model.head.trainable_variables
        save_delta(staged / "delta.npz", base.weights, layers, (np.asarray(head[0]).T, np.asarray(head[1])))
        # Ordinary text is read by the graph that is served, which takes a calibration to open: first any, then its own.
        write_manifest(staged, **fields, calibration=calibrate(held, {}))
        with served(base_file, staged) as classifier:
            everyday = _everyday(classifier, data_root)
            calibration = calibrate(held, everyday, _asides(classifier, data_root))
            quality = [*_difference(classifier, base, model), *_quality(calibration, work)]
        write_manifest(staged, **fields, calibration=calibration, quality=quality)
    return out


@contextmanager
def served(base_file: Path, delta: Path) -> Iterator[DeepClassifier]:
    """The classifier as it is served, base and delta merged in a folder that is removed afterwards."""
    from aigc_exporters.e5_classifier import import_e5_classifier
    from aigc_sdk.runtime.runtime import Runtime

    with tempfile.TemporaryDirectory() as folder, Runtime(device="cpu") as runtime:
        merged = import_e5_classifier(base_file, Path(folder) / "merged", delta=delta)
        yield DeepClassifier(runtime.bundle(merged), runtime)


def _everyday(classifier: DeepClassifier, data_root: Path) -> dict[str, Floats]:
    """Logits of ordinary text by language, from sets that no weight is fitted to."""
    rows: dict[str, list[Floats]] = {}
    for _, language, texts in ordinary(data_root, "vet"):
        some = random.Random(0).sample(texts, min(len(texts), _ORDINARY_A_SET))  # noqa: S311  # a fixed sample
        rows.setdefault(language, []).append(classifier.logits(some))
    return {language: np.concatenate(parts) for language, parts in rows.items()}


def _asides(classifier: DeepClassifier, data_root: Path) -> dict[str, Floats]:
    """Logits of what ordinary text holds in its other language (brands, sizes, quotations), as it is read: alone."""
    found: dict[str, list[str]] = {}
    for _, _, texts in ordinary(data_root, "vet"):
        for text in texts:
            reading = read(Text(text), classifier.languages, DELTA)
            if isinstance(reading, Reading):
                for language, aside in reading.prepared.items():
                    if language != reading.language:
                        found.setdefault(language, []).append(aside)
    draw = random.Random(0)  # noqa: S311  # a fixed sample, not a secret
    chosen = {}
    for language, texts in found.items():
        different = sorted(set(texts))
        chosen[language] = draw.sample(different, min(len(different), _ASIDES))
    return {language: classifier.logits(texts) for language, texts in chosen.items()}


def _difference(classifier: DeepClassifier, base: Base, model: Classifier) -> list[QualityRow]:
    """How far the merged int8 graph, as it is served, is from the Keras model it was made of."""
    rows = [Labelled("", language, text, {}) for language, text in harmless()][::40]
    texts = [row.text for row in rows]
    keras = score(base, model, rows)
    difference = np.abs(classifier.logits(texts) - keras)
    note = f"logits of the int8 graph against the Keras model, {len(texts)} sentences of training contrast"
    return [
        QualityRow(metric=name, dataset="contrast", value=round(float(value), 4), notes=note)
        for name, value in (("mean_abs_diff", difference.mean()), ("max_abs_diff", difference.max()))
    ]


_HELD = ("logits", "labels", "sources", "languages")


def calibrate(
    held: dict[str, npt.NDArray[Any]],
    everyday: Mapping[str, Floats],
    asides: Mapping[str, Floats] = MappingProxyType({}),
) -> dict[str, dict[str, Any]]:
    """Calibration by language and head, from the rows held back and from ordinary text of other sources.

    Where sources that people labelled say enough of a head in a language, sentences made for training do not count as
    its positives; where a language has too few of either, both languages are calibrated together. Ordinary text that
    no source of the training resembles decides what a probability is worth: on their own kind of text, heads that
    were trained on made sentences are all but perfect, and far too sure of themselves elsewhere.

    Args:
        held: ``logits`` [rows, heads], ``labels``, ``sources`` and ``languages`` of the rows held back.
        everyday: Logits of ordinary text by language, [texts, heads].
        asides: Logits of passages that ordinary text holds in its other language. Torn out of their text they say
            little, so they get a threshold of their own, ``aside_threshold``, where there are enough to draw one.
    """
    synthetic = np.isin(held["sources"], list(SYNTHETIC))
    plain = np.isin(held["sources"], list(NEUTRAL))
    result: dict[str, dict[str, Any]] = {}
    for language in ("en", "zh"):
        heads: dict[str, Any] = {}
        others = everyday.get(language, np.zeros((0, len(HEADS)), np.float32))
        for column, head in enumerate(HEADS):
            label = held["labels"][:, column]
            here = (label >= 0) & (held["languages"] == language)
            if (here & (label == 1)).sum() < _FEWEST_REAL:
                here = label >= 0
            if (here & ~synthetic & (label == 1)).sum() >= _FEWEST_REAL:
                here &= ~(synthetic & (label == 1))
            rows = HeldBack(
                np.concatenate([held["logits"][here, column], others[:, column]]).astype(np.float64),
                np.concatenate([label[here] == 1, np.zeros(len(others), bool)]),
                np.concatenate([plain[here], np.ones(len(others), bool)]),
            )
            heads[head] = operating_point(rows, most_ordinary=_MOST_ORDINARY)
            if len(torn := asides.get(language, ())) >= _FEWEST_ASIDES:
                heads[head]["aside_threshold"] = _aside_threshold(heads[head], np.asarray(torn)[:, column])
        result[language] = heads
    return result


def _aside_threshold(point: Mapping[str, Any], logits: npt.NDArray[Any]) -> float:
    """The head's threshold, or the higher probability that flags no more of its harmless asides than it may."""
    cut = float(np.quantile(logits, 1 - _MOST_ASIDES))
    probability = 1 / (1 + np.exp(-(point["slope"] * cut + point["offset"])))
    above = np.floor(probability * 100 + 1) / 100
    return round(float(min(0.99, max(point["threshold"], above))), 2)


def _quality(calibration: dict[str, dict[str, Any]], work: Path) -> list[QualityRow]:
    """What the rows held back show at the thresholds, and AUROC on every source some run left out."""
    from sklearn.metrics import roc_auc_score

    rows = []
    for language, heads in calibration.items():
        for head, point in heads.items():
            note = f"{head}, {language}, shipped threshold, tenth of the training sources held back"
            rows += [
                QualityRow(metric=name, dataset="held back", value=point["at_threshold"][name], notes=note)
                for name in ("recall", "fpr_ordinary", "fpr_labelled")
            ]
    for path in sorted(work.glob("without-*/scores.npz")):
        without = json.loads((path.parent / "run.json").read_text(encoding="utf-8"))["without"]
        with np.load(path, allow_pickle=False) as saved:
            for source in without:
                labels, logits = saved[f"{source}/labels"], saved[f"{source}/logits"]
                for column, head in enumerate(HEADS):
                    known = labels[:, column] >= 0
                    if len(set(labels[known, column])) == 2:
                        value = roc_auc_score(labels[known, column], logits[known, column])
                        rows.append(
                            QualityRow(
                                metric="auroc",
                                dataset=source,
                                value=round(float(value), 4),
                                notes=f"{head}, by a run that left this source out",
                            )
                        )
    return rows
