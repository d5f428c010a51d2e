"""Trains ``moderation-fast``: hashed n-grams and one linear layer, English and Chinese in one table, as ONNX.

    python -m aigc_text.training.moderation_fast --data DATA_ROOT --out BUNDLE_FOLDER [--work FOLDER]

Minutes on two cores. Models of each left-out source are trained as well, since the cuts come from them
(`fast_cuts`); with ``--work`` all models are kept there, and a run that was broken off goes on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aigc_sdk.bundles.manifest import ParityReport, QualityRow, write_manifest
from aigc_text.moderators.normalise import classifier_text
from aigc_text.moderators.reading import WINDOWS
from aigc_text.training.fast_cuts import clear_cut, judge, operating
from aigc_text.training.fast_data import (
    HEADS,
    OUTPUTS,
    ROUTE,
    Bools,
    FastRows,
    Floats,
    collect,
)
from aigc_text.training.fast_model import BITS, FastModel, Recipe, export, train
from aigc_text.training.moderation_data import CREDITS
from aigc_text.training.moderation_ordinary import ordinary

BUNDLE = "moderation-fast"
LICENCE = "CC-BY-SA-4.0"


def train_fast(
    data_root: Path,
    out: Path,
    *,
    recipe: Recipe | None = None,
    work: Path | None = None,
) -> Path:
    """Train, judge by sources left out, calibrate, export, compare, measure; returns ``out``.

    Args:
        data_root: The folder that holds ``text/``.
        out: Folder of the bundle.
        recipe: How each model is trained.
        work: Where trained models are kept, and taken from if they are there.

    Raises:
        BadInputError: If a data set is missing.
        ExportError: If the graph cannot be exported, or (`ParityError`) differs from Keras's numbers.
    """
    recipe = recipe or Recipe()
    rows = collect(data_root)

    def fit(name: str, used: Bools) -> FastModel:
        file = work / f"{name}.npz" if work else None
        if file and file.exists():
            return FastModel.load(file)
        print(f"{name}: {used.sum():,} texts", flush=True)
        model = train(rows, used, recipe)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            model.save(file)
        return model

    model = fit("all", ~rows.held)
    calibration: dict[str, dict[str, Any]] = {}
    clear: dict[str, dict[str, float | None]] = {}
    for language in WINDOWS:
        judged = judge(rows, language, model, fit)
        calibration[language] = operating(judged)
        clear[language] = clear_cut(judged)
    write_bundle(model, rows, out, calibration, clear, data_root, recipe)
    return out


def write_bundle(
    model: FastModel,
    rows: FastRows,
    out: Path,
    calibration: dict[str, dict[str, Any]],
    clear: dict[str, dict[str, float | None]],
    data_root: Path,
    recipe: Recipe,
) -> None:
    """Export the model with all that its moderator needs to know."""
    from aigc_exporters.bundle_writer import graph_info, staged_bundle

    probe = rows.texts[:: max(1, len(rows.texts) // 71)]
    with staged_bundle(out) as folder:
        report: ParityReport = export(model, probe, folder / "model.onnx")
        # Differences of ascending numbers are small, and small numbers compress.
        steps = np.diff(model.kept.astype(np.int64), prepend=0).astype(np.uint32)
        np.savez_compressed(folder / "ngrams.npz", steps=steps)
        write_manifest(
            folder,
            id=BUNDLE,
            task="classifier",
            summary="Offence, hate, sexual, violence, self-harm, illicit and spam: hashed n-grams, English and Chinese",
            licence=LICENCE,
            source="python -m aigc_text.training.moderation_fast",
            training_data=[CREDITS[name] for name in sorted(set(rows.sources.tolist()))],
            languages=list(calibration),
            graphs=[graph_info(folder / "model.onnx")],
            calibration=calibration,
            parity=report,
            quality=_quality(model, calibration, clear, data_root),
            extra={
                "labels": list(OUTPUTS),
                "ngrams": {"file": "ngrams.npz", "bits": BITS, "rows": len(model.kept)},
                "windows": {name: [w.size, w.stride] for name, w in WINDOWS.items()},
                "clear": clear,
                "seed": recipe.seed,
            },
        )


def windowed(model: FastModel, texts: Sequence[str], language: str) -> Floats:
    """Highest logits over a text's windows, as the moderator computes them, [texts, outputs]."""
    cut = [list(WINDOWS[language].cut(classifier_text(text) or " ")) for text in texts]
    flat = model.logits([window for windows in cut for window in windows])
    starts = np.cumsum([0, *map(len, cut)])[:-1]
    return np.maximum.reduceat(flat, starts, axis=0)


def _quality(
    model: FastModel,
    calibration: dict[str, dict[str, Any]],
    clear: dict[str, dict[str, float | None]],
    data_root: Path,
) -> list[QualityRow]:
    table = []
    for language, heads in calibration.items():
        for head, point in heads.items():
            note = f"{head}, {language}, shipped threshold, {point['judged_on']}"
            at = point["at_threshold"]
            table.append(QualityRow(metric="recall", dataset="held out", value=at["recall"], notes=note))
            table.append(
                QualityRow(metric="fpr", dataset="ordinary held out", value=at["fpr_ordinary"], notes=note)
            )
        missed = clear[language]["missed"]
        if missed is not None and clear[language]["margin"] is not None:
            note = f"{language}: share of abusive texts of sources left out that are under the cut"
            table.append(QualityRow(metric="clear_missed", dataset="held out", value=missed, notes=note))
    for name, language, texts in ordinary(data_root, "report"):
        logits = windowed(model, texts[:5000], language)
        flagged = np.zeros(len(logits), bool)
        for head, point in calibration[language].items():
            z = point["slope"] * logits[:, HEADS.index(head)] + point["offset"]
            flagged |= 1 / (1 + np.exp(-z)) >= point["threshold"]
        margin = clear[language]["margin"]
        under = logits[:, OUTPUTS.index(ROUTE)] < (-np.inf if margin is None else margin)
        note = f"{len(logits)} ordinary texts, no label of theirs was used"
        where = "-".join(name.split())
        table.append(QualityRow(metric="fpr", dataset=where, value=float(flagged.mean()), notes=note))
        table.append(QualityRow(metric="clear_share", dataset=where, value=float(under.mean()), notes=note))
    return table


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=train_fast.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--work", type=Path, help="folder that keeps the trained models")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    made = train_fast(
        arguments.data,
        arguments.out,
        recipe=Recipe(seed=arguments.seed),
        work=arguments.work,
    )
    manifest = json.loads((made / "bundle.json").read_text(encoding="utf-8"))
    print(json.dumps(manifest["extra"]["clear"], indent=1))


if __name__ == "__main__":
    main()
