"""Trains ``moderation-deep``: the upper half of multilingual-e5-small and eight heads, English and Chinese.

    python -m aigc_text.training.moderation_deep train  --data ROOT --base FILE --work FOLDER
    python -m aigc_text.training.moderation_deep train  --data ROOT --base FILE --work FOLDER --without en_hate_davidson
    python -m aigc_text.training.moderation_deep bundle --data ROOT --base FILE --work FOLDER --out BUNDLE_FOLDER

``train`` runs, or resumes, one training and leaves weights and scores in the work folder; with ``--without``, sources
are left out and scored, so that the recipe is judged by what it never saw. ``bundle`` calibrates the run that left
nothing out and writes the delta that `aigc models pull moderation-deep` merges into the base.

FILE is the base's weights in the E5S1 layout, as the package behind ``multilingual-e5-small`` carries them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import QualityRow, write_manifest
from aigc_sdk.errors import BadInputError
from aigc_text.moderators.deep import DeepClassifier
from aigc_text.moderators.normalise import classifier_text
from aigc_text.training.deep_data import HEADS, MAX_TOKENS, DeepRows, Encode, collect, encode_rows
from aigc_text.training.deep_loop import DeepRecipe, DeepTrainer, predict
from aigc_text.training.deep_model import Classifier, States, frozen_blocks
from aigc_text.training.moderation_contrast import harmless
from aigc_text.training.moderation_data import CREDITS, INJECTION, LABELLED, NEUTRAL, SYNTHETIC, Labelled
from aigc_text.training.moderation_ordinary import ordinary
from aigc_text.training.operating import HeldBack, operating_point

Floats = npt.NDArray[np.float32]

DELTA = "moderation-deep-delta"
LICENCE = "CC-BY-SA-4.0"
_MOST_ORDINARY = 0.004
_FEWEST_REAL = 80
_MOST_SCORED = 10_000
_ORDINARY_A_SET = 1200
_BOS, _EOS = 0, 2


@dataclass
class Base:
    """The pretrained encoder and its tokenizer, pruned to English and Chinese."""

    encoder: Any
    encode: Encode

    @property
    def longest(self) -> int:
        """Most tokens of a text, begin and end included."""
        return min(MAX_TOKENS, int(self.encoder.config.max_positions))

    @classmethod
    def open(cls, path: Path) -> Base:
        """Read an E5S1 file.

        Raises:
            BadInputError: If it is damaged.
        """
        from aigc_exporters.e5_format import E5File
        from aigc_exporters.e5_tokenizer import build_tokenizer, english_chinese_rows, prune_vocabulary
        from aigc_exporters.keras_encoder import build_encoder, load_weights

        file = E5File(path)
        rows = english_chinese_rows(file.vocabulary)
        tokenizer = build_tokenizer(prune_vocabulary(file.vocabulary, rows))
        file.keep_rows(rows)
        encoder = build_encoder(file.config)
        load_weights(encoder, file)

        def encode(texts: list[str]) -> list[list[int]]:
            return [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]

        return cls(encoder, encode)


def run_name(without: Sequence[str]) -> str:
    """Folder of a run: ``all``, or what it left out."""
    return "without-" + "-".join(sorted(without)) if without else "all"


def train(
    data_root: Path, base_file: Path, work: Path, *, without: Sequence[str], recipe: DeepRecipe, scale: float
) -> Path:
    """Run or resume one training; returns its folder, which then holds ``weights.npz`` and ``scores.npz``.

    ``scores.npz`` holds, for every source left out and for the rows held back, logits float32 [rows, heads].

    Raises:
        BadInputError: If a data set or the base is missing.
    """
    import keras

    folder = work / run_name(without)
    keras.utils.set_random_seed(recipe.seed)
    keras.config.set_dtype_policy(recipe.dtype_policy)
    base = Base.open(base_file)
    rows = encode_rows(collect(data_root), base.encode, _BOS, _EOS, base.longest)
    used = np.flatnonzero(~rows.held & ~np.isin(rows.sources, list(without)))
    used = np.sort(np.random.default_rng(recipe.seed).permutation(used)[: round(scale * len(used))])
    print(f"{len(used):,} texts, {rows.held.sum():,} held back; lower blocks …", flush=True)
    states = States.compute(base.encoder, rows, work)
    model = Classifier(base.encoder.config, recipe.dropout)
    model.load_upper(base.encoder)
    trainer = DeepTrainer(model, recipe, rows, states, folder, used)
    began = time.monotonic()

    def report(step: int, steps: int, loss: float) -> None:
        print(f"step {step:,} of {steps:,}: loss {loss:.4f}, {time.monotonic() - began:.0f} s", flush=True)

    trainer.fit(report)
    np.savez(folder / "weights.npz", *[np.asarray(v, dtype=np.float32) for v in model.variables])
    held = np.flatnonzero(rows.held & ~np.isin(rows.sources, list(without)))
    scores: dict[str, npt.NDArray[Any]] = {
        "held/logits": trainer.predict(states, held),
        "held/labels": rows.labels[held],
        "held/sources": rows.sources[held],
        "held/languages": rows.languages[held],
    }
    for source in without:
        reader = {**LABELLED, **INJECTION, **SYNTHETIC, **NEUTRAL}[source]
        left = [Labelled(r.source, r.language, _text(r.text), r.labels) for r in reader(data_root)]
        if len(left) > _MOST_SCORED:
            left = random.Random(0).sample(left, _MOST_SCORED)  # noqa: S311  # a fixed sample, not a secret
        scores[f"{source}/logits"] = score(base, trainer, left, work)
        scores[f"{source}/labels"] = encode_rows(left, base.encode, _BOS, _EOS, base.longest).labels
    np.savez(folder / "scores.npz", **scores)  # type: ignore[arg-type]  # NumPy's stub mistakes them for a flag
    (folder / "run.json").write_text(
        json.dumps({"without": list(without), "scale": scale, "rows": len(used)}), encoding="utf-8"
    )
    return folder


def _text(text: str) -> str:
    return classifier_text(text).strip() or "."


def score(base: Base, trainer: DeepTrainer, rows: Sequence[Labelled], work: Path) -> Floats:
    """Logits of other rows, float32 [rows, heads]; long texts by their first window."""
    encoded: DeepRows = encode_rows(rows, base.encode, _BOS, _EOS, base.longest)
    return trainer.predict(States.compute(base.encoder, encoded, work), np.arange(len(rows)))


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
    model = Classifier(base.encoder.config)
    with np.load(folder / "weights.npz", allow_pickle=False) as saved:
        for index, variable in enumerate(model.variables):
            variable.assign(saved[f"arr_{index}"])
    frozen = frozen_blocks(model.config)
    layers = {frozen + i: block_weights(block) for i, block in enumerate(model.blocks)}
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
        "quantisation": "int8 by output channel",
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
        save_delta(staged / "delta.npz", layers, (np.asarray(head[0]).T, np.asarray(head[1])))
        # Ordinary text is read by the graph that is served, which takes a calibration to open: first any, then its own.
        write_manifest(staged, **fields, calibration=calibrate(held, {}))
        with served(base_file, staged) as classifier:
            calibration = calibrate(held, _everyday(classifier, data_root))
            quality = [*_difference(classifier, base, model, work), *_quality(calibration, work)]
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


def _difference(classifier: DeepClassifier, base: Base, model: Classifier, work: Path) -> list[QualityRow]:
    """How far the merged int8 graph, as it is served, is from the Keras model it was made of."""
    texts = [_text(text) for _, text in harmless()][::40]
    rows = encode_rows(
        [Labelled("", "en", text, {}) for text in texts], base.encode, _BOS, _EOS, base.longest
    )
    keras = predict(model, States.compute(base.encoder, rows, work), np.arange(len(texts)))
    difference = np.abs(classifier.logits(texts) - keras)
    note = f"logits of the int8 graph against the Keras model, {len(texts)} sentences of training contrast"
    return [
        QualityRow(metric=name, dataset="contrast", value=round(float(value), 4), notes=note)
        for name, value in (("mean_abs_diff", difference.mean()), ("max_abs_diff", difference.max()))
    ]


_HELD = ("logits", "labels", "sources", "languages")


def calibrate(held: dict[str, npt.NDArray[Any]], everyday: Mapping[str, Floats]) -> dict[str, dict[str, Any]]:
    """Calibration by language and head, from the rows held back and from ordinary text of other sources.

    Where sources that people labelled say enough of a head in a language, sentences made for training do not count as
    its positives; where a language has too few of either, both languages are calibrated together. Ordinary text that
    no source of the training resembles decides what a probability is worth: on their own kind of text, heads that
    were trained on made sentences are all but perfect, and far too sure of themselves elsewhere.

    Args:
        held: ``logits`` [rows, heads], ``labels``, ``sources`` and ``languages`` of the rows held back.
        everyday: Logits of ordinary text by language, [texts, heads].
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
        result[language] = heads
    return result


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("train", "bundle"))
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--base", type=Path, required=True, help="the base's weights, E5S1 layout")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints, states, scores")
    parser.add_argument("--out", type=Path, help="folder of the delta bundle")
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out and score")
    parser.add_argument("--epochs", type=float, default=DeepRecipe.epochs)
    parser.add_argument("--scale", type=float, default=1.0, help="share of every source's rows to use")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--float32", action="store_true", help="no bfloat16")
    given = parser.parse_args(arguments)
    if given.what == "bundle":
        if given.out is None:
            parser.error("bundle needs --out")
        print(bundle(given.data, given.base, given.work, given.out))
        return
    policy = "float32" if given.float32 else DeepRecipe.dtype_policy
    recipe = DeepRecipe(epochs=given.epochs, seed=given.seed, dtype_policy=policy)
    print(train(given.data, given.base, given.work, without=given.without, recipe=recipe, scale=given.scale))


if __name__ == "__main__":
    main()
