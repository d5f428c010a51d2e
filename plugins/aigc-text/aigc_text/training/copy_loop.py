"""The training loop of learned copy: teacher forcing on the text, averaged weights, resumable.

The loss covers the text's tokens only, never the prompt's. The weights that are evaluated and exported are
an exponential moving average over the steps (Polyak and Juditsky, 1992), which is worth several epochs.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a run besides the data; a checkpoint of another recipe is refused."""

    epochs: int = 10
    batch_size: int = 64
    seed: int = 0
    patience: int = 3
    layers: int = 4
    hidden: int = 192
    heads: int = 6
    ffn: int = 512
    vocab_size: int = 1024
    max_positions: int = 160
    dropout: float = 0.1
    learning_rate: float = 1.5e-3
    warmup_steps: int = 400
    weight_decay: float = 0.02
    average_decay: float = 0.9985
    dtype_policy: str = "float32"


@dataclass
class History:
    """Curves of a run: one entry an epoch, losses in nats a token."""

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def best_epoch(self) -> int:
        """Index of the epoch with the lowest validation loss."""
        return int(np.argmin(self.validation_loss))


@dataclass(frozen=True)
class Encoded:
    """Token ids of pairs: prompt, text and end in one list, and where the text begins."""

    rows: list[Ints]
    prompt_length: int

    def digest(self) -> str:
        """Tells these rows from others, so that a run is not resumed on other data."""
        state = hashlib.blake2b(digest_size=16)
        for row in self.rows:
            state.update(row.tobytes())
        return state.hexdigest()


def batches(
    data: Encoded, batch_size: int, pad: int, rng: np.random.Generator | None
) -> Iterator[tuple[Ints, Ints]]:
    """Yield (ids, lengths), rows of like length together so that little is padding; shuffled if `rng` is given."""
    lengths = np.array([len(row) for row in data.rows])
    noise = rng.random(len(lengths)) if rng is not None else np.zeros(len(lengths))
    order = np.lexsort((noise, lengths))
    starts = np.arange(0, len(order), batch_size)
    if rng is not None:
        rng.shuffle(starts)
    for start in starts:
        chosen = order[start : start + batch_size]
        width = int(lengths[chosen].max())
        ids = np.full((len(chosen), width), pad, dtype=np.int64)
        for row, index in enumerate(chosen):
            ids[row, : lengths[index]] = data.rows[index]
        yield ids, lengths[chosen]


class Trainer:
    """Holds model, optimiser and averaged weights; one call of :meth:`fit` runs or resumes a training."""

    def __init__(self, recipe: Recipe, vocab_size: int, pad: int, prompt_length: int, steps: int) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        import keras

        from aigc_exporters.decoder_graph import DecoderConfig
        from aigc_exporters.keras_decoder import build_decoder

        keras.utils.set_random_seed(recipe.seed)
        keras.config.set_dtype_policy(recipe.dtype_policy)
        self.recipe, self.pad, self.prompt_length = recipe, pad, prompt_length
        self.config = DecoderConfig(
            layers=recipe.layers,
            hidden=recipe.hidden,
            heads=recipe.heads,
            kv_heads=recipe.heads,
            head_dim=recipe.hidden // recipe.heads,
            ffn=recipe.ffn,
            vocab_size=vocab_size,
            max_positions=recipe.max_positions,
        )
        self.model = build_decoder(self.config, dropout=recipe.dropout)
        keras.config.set_dtype_policy("float32")
        self._prepare(steps)

    def _prepare(self, steps: int) -> None:
        """Optimiser, averages and compiled steps for the model's trainable weights."""
        import keras
        import tensorflow as tf

        recipe = self.recipe
        warmup = min(recipe.warmup_steps, max(1, steps // 10))
        schedule = keras.optimizers.schedules.CosineDecay(
            recipe.learning_rate / 50,
            decay_steps=max(1, steps - warmup),
            alpha=0.02,
            warmup_target=recipe.learning_rate,
            warmup_steps=warmup,
        )
        self.optimizer = keras.optimizers.AdamW(
            schedule, weight_decay=recipe.weight_decay, beta_2=0.98, global_clipnorm=1.0
        )
        self.optimizer.build(self.model.trainable_variables)
        self.average = [tf.Variable(v.value, trainable=False) for v in self.model.trainable_variables]
        shape = [tf.TensorSpec([None, None], tf.int64), tf.TensorSpec([None], tf.int64)]
        self._train_step = tf.function(self._step, input_signature=shape)
        self._loss = tf.function(
            lambda ids, lengths: self._losses(ids, lengths, False), input_signature=shape
        )

    def _losses(self, ids: Any, lengths: Any, training: bool) -> tuple[Any, Any]:
        import tensorflow as tf

        logits = self.model(ids[:, :-1], training=training)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(ids[:, 1:], logits)
        position = tf.range(tf.shape(ids, tf.int64)[1] - 1)
        text = (position[None] >= self.prompt_length - 1) & (position[None] < lengths[:, None] - 1)
        weight = tf.cast(text, tf.float32)
        return tf.reduce_sum(losses * weight), tf.reduce_sum(weight)

    def _step(self, ids: Any, lengths: Any) -> tuple[Any, Any]:
        import tensorflow as tf

        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            total, count = self._losses(ids, lengths, True)
            loss = total / count
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        step = tf.cast(self.optimizer.iterations, tf.float32)
        # Early averages must forget the random start faster.
        decay = tf.minimum(self.recipe.average_decay, (1.0 + step) / (10.0 + step))
        for average, variable in zip(self.average, variables, strict=True):
            average.assign(decay * average + (1.0 - decay) * variable.value)
        return total, count

    def fit(
        self,
        train: Encoded,
        validation: Encoded,
        work: Path,
        *,
        resume: bool = True,
        progress: Callable[[int, int, float], None] | None = None,
        on_epoch: Callable[[History], None] | None = None,
    ) -> History:
        """Train until the epochs are over or the validation loss has not improved for `patience` epochs.

        Args:
            train: training rows.
            validation: held-out rows.
            work: folder of the checkpoints; a run that stopped goes on from the last whole epoch.
            resume: go on from a checkpoint found there; else it is removed, so that a later run cannot.
            progress: called with (epoch, step within it, mean loss so far).
            on_epoch: called with the curves after each epoch.

        Returns:
            The curves; the model then holds the averaged weights of the best epoch.
        """
        work.mkdir(parents=True, exist_ok=True)
        if not resume:
            for name in ("checkpoint.npz", "best.npz"):
                (work / name).unlink(missing_ok=True)
        self._data_digest = train.digest()
        history = self._restore(work) if resume else History()
        recipe = self.recipe
        for epoch in range(len(history.train_loss), recipe.epochs):
            if history.train_loss and epoch - history.best_epoch > recipe.patience:
                break
            history.train_loss.append(self._epoch(epoch, train, progress, history))
            history.validation_loss.append(self._validate(validation))
            if history.best_epoch == epoch:
                _save(work / "best.npz", dict(enumerate(v.numpy() for v in self.average)))
            self._checkpoint(work, history)
            if on_epoch is not None:
                on_epoch(history)
        best = np.load(work / "best.npz")
        for index, variable in enumerate(self.model.trainable_variables):
            variable.assign(best[str(index)])
        return history

    def _epoch(
        self, epoch: int, train: Encoded, progress: Callable[[int, int, float], None] | None, history: History
    ) -> float:
        rng = np.random.default_rng([self.recipe.seed, epoch])
        total = count = 0.0
        started = time.monotonic()
        for step, (ids, lengths) in enumerate(batches(train, self.recipe.batch_size, self.pad, rng)):
            losses = self._train_step(ids, lengths)
            total, count = total + float(losses[0]), count + float(losses[1])
            if progress is not None:
                progress(epoch, step + 1, total / count)
        history.seconds.append(round(time.monotonic() - started, 1))
        return total / count

    def _validate(self, validation: Encoded) -> float:
        """Mean loss of the averaged weights, nats a token."""
        variables = self.model.trainable_variables
        current = [v.numpy() for v in variables]
        for variable, average in zip(variables, self.average, strict=True):
            variable.assign(average)
        loss = self.evaluate(validation)
        for variable, value in zip(variables, current, strict=True):
            variable.assign(value)
        return loss

    def evaluate(self, rows: Encoded) -> float:
        """Mean loss of the weights that the model has now, nats a token."""
        total = count = 0.0
        for ids, lengths in batches(rows, self.recipe.batch_size, self.pad, None):
            losses = self._loss(ids, lengths)
            total, count = total + float(losses[0]), count + float(losses[1])
        return total / max(count, 1.0)

    def _state(self) -> list[Any]:
        return [*self.model.trainable_variables, *self.optimizer.variables, *self.average]

    def _checkpoint(self, work: Path, history: History) -> None:
        arrays: dict[Any, Any] = {index: np.asarray(v.numpy()) for index, v in enumerate(self._state())}
        meta = {"recipe": asdict(self.recipe), "data": self._data_digest, "history": asdict(history)}
        arrays["meta"] = np.array(json.dumps(meta))
        _save(work / "checkpoint.npz", arrays)

    def _restore(self, work: Path) -> History:
        path = work / "checkpoint.npz"
        if not path.exists():
            return History()
        data = np.load(path, allow_pickle=False)
        meta = json.loads(str(data["meta"]))
        if meta["recipe"] != asdict(self.recipe) or meta["data"] != self._data_digest:
            raise BadInputError(
                f"{work.name}/{path.name} belongs to a training with other options or other data.",
                hint="Resume with the options it was started with, remove the folder, or do not resume.",
            )
        for index, variable in enumerate(self._state()):
            variable.assign(data[str(index)])
        return History(**meta["history"])


def _save(path: Path, arrays: dict[Any, Any]) -> None:
    """Write in one move, so that a run killed while writing leaves the last checkpoint whole."""
    partial = path.with_suffix(".partial.npz")
    with partial.open("wb") as file:
        np.savez(file, **{str(name): value for name, value in arrays.items()})
    partial.replace(path)


def encode(
    texts: Sequence[str], prompts: Sequence[Sequence[str]], tokenizer: Any, end: int, longest: int
) -> Encoded:
    """Token ids of prompt + text + end; rows longer than `longest` are left out."""
    rows = []
    for prompt, encoding in zip(prompts, tokenizer.encode_batch(list(texts)), strict=True):
        ids = [tokenizer.token_to_id(token) for token in prompt] + encoding.ids + [end]
        if len(ids) <= longest:
            rows.append(np.array(ids, dtype=np.int64))
    return Encoded(rows, len(prompts[0]) if prompts else 0)
