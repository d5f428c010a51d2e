"""One training run of the deep classifier: from rows to weights and to the scores that judge them."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError
from aigc_text.moderators.normalise import classifier_text
from aigc_text.training.deep_data import collect, encode_rows
from aigc_text.training.deep_loop import DeepRecipe, DeepTrainer
from aigc_text.training.deep_model import Classifier, predict
from aigc_text.training.encoder_base import Base
from aigc_text.training.encoder_rows import BOS, EOS
from aigc_text.training.labelled import HEADS
from aigc_text.training.moderation_data import INJECTION, LABELLED, NEUTRAL, SYNTHETIC, Labelled

Floats = npt.NDArray[np.float32]

TRAINED, SERVED = "trained.npz", "weights.npz"
"""A run's weights as they were trained, and after interpolation with the base's."""
_MOST_SCORED = 10_000


def run_name(without: Sequence[str]) -> str:
    """Folder of a run: ``all``, or what it left out."""
    return "without-" + "-".join(sorted(without)) if without else "all"


def train(
    data_root: Path,
    base_file: Path,
    work: Path,
    *,
    without: Sequence[str],
    recipe: DeepRecipe,
    scale: float,
    share: float = 1.0,
    start: Path | None = None,
) -> Path:
    """Run or resume one training; returns its folder, which then holds ``weights.npz`` and ``scores.npz``.

    The weights are those ``share`` of the way from the pretrained to the fine-tuned ones: a little of the base is worth
    more on other people's text than it costs on that of the training (WiSE-FT, arXiv:2109.01903). ``start`` is the folder
    of a finished run whose fine-tuned weights this one goes on from.

    ``scores.npz`` holds, for every source left out and for the rows held back, logits float32 [rows, heads].

    Raises:
        BadInputError: If a data set or the base is missing, or a source to leave out is none.
    """
    readers = {**LABELLED, **INJECTION, **SYNTHETIC, **NEUTRAL}
    if unknown := sorted(set(without) - set(readers)):
        raise BadInputError(
            f"No source is called {', '.join(unknown)}: nothing would be left out.",
            hint=f"Sources: {', '.join(readers)}.",
        )
    import keras
    import tensorflow as tf

    folder = work / run_name(without)
    keras.utils.set_random_seed(recipe.seed)
    keras.config.set_dtype_policy(recipe.dtype_policy)
    base = Base.open(base_file, recipe.dropout)
    rows = encode_rows(collect(data_root), base.encode, BOS, EOS, base.longest)
    used = np.flatnonzero(~rows.held & ~np.isin(rows.sources, list(without)))
    used = np.sort(np.random.default_rng(recipe.seed).permutation(used)[: round(scale * len(used))])
    print(f"{len(used):,} texts, {rows.held.sum():,} held back", flush=True)
    model = Classifier(base.encoder, len(HEADS))
    blocks = [v for block in model.blocks for v in block.trainable_variables]
    pretrained = [tf.identity(v.value) for v in blocks]
    if start is not None:
        load(model, start / TRAINED)
    trainer = DeepTrainer(model, recipe, rows, folder, used)
    began = time.monotonic()

    def report(step: int, steps: int, loss: float) -> None:
        print(f"step {step:,} of {steps:,}: loss {loss:.4f}, {time.monotonic() - began:.0f} s", flush=True)

    trainer.fit(report)
    np.savez(folder / TRAINED, *[np.asarray(v, dtype=np.float32) for v in model.variables])
    for variable, before in zip(blocks, pretrained, strict=True):
        variable.assign(before + share * (variable.value - before))
    np.savez(folder / SERVED, *[np.asarray(v, dtype=np.float32) for v in model.variables])
    held = np.flatnonzero(rows.held & ~np.isin(rows.sources, list(without)))
    scores: dict[str, npt.NDArray[Any]] = {
        "held/logits": predict(model, rows, held),
        "held/labels": rows.labels[held],
        "held/sources": rows.sources[held],
        "held/languages": rows.languages[held],
    }
    for source in without:
        left = list(readers[source](data_root))
        if len(left) > _MOST_SCORED:
            left = random.Random(0).sample(left, _MOST_SCORED)  # noqa: S311  # a fixed sample, not a secret
        scores[f"{source}/logits"] = score(base, model, left)
        scores[f"{source}/labels"] = encode_rows(left, base.encode, BOS, EOS, base.longest).labels
    np.savez(folder / "scores.npz", **scores)  # type: ignore[arg-type]  # NumPy's stub mistakes them for a flag
    (folder / "run.json").write_text(
        json.dumps(
            {
                "without": list(without),
                "scale": scale,
                "share": share,
                "rows": len(used),
                "start": str(start and start.name),
                **asdict(recipe),
            }
        ),
        encoding="utf-8",
    )
    return folder


def load(model: Classifier, path: Path) -> None:
    """Give ``model`` the weights of a run."""
    with np.load(path, allow_pickle=False) as saved:
        for index, variable in enumerate(model.variables):
            variable.assign(saved[f"arr_{index}"])


def score(base: Base, model: Classifier, rows: Sequence[Labelled]) -> Floats:
    """Logits of other rows, as they are, float32 [rows, heads]; long texts by their first window."""
    read = [Labelled(r.source, r.language, classifier_text(r.text).strip() or ".", r.labels) for r in rows]
    encoded = encode_rows(read, base.encode, BOS, EOS, base.longest)
    return predict(model, encoded, np.arange(len(rows)))
