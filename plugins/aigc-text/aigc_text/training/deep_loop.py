"""Training of a deep classifier: masked binary cross-entropy (or another loss), AdamW, averaged weights, resumable.

Tokens are hidden at random, so that no single word carries a verdict, and the weights that count are an exponential moving average over the steps (Polyak and Juditsky, 1992).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError
from aigc_text.training.deep_model import Classifier, padded
from aigc_text.training.encoder_rows import EncodedRows, batches


@dataclass(frozen=True)
class DeepRecipe:
    """What decides a run besides the data; a checkpoint of another recipe is refused."""

    epochs: float = 1.8
    batch_size: int = 64
    seed: int = 0
    learning_rate: float = 1.4e-4
    layer_decay: float = 0.8
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.02
    dropout: float = 0.1
    hidden_tokens: float = 0.1
    smoothing: float = 0.03
    average_decay: float = 0.997
    dtype_policy: str = "mixed_bfloat16"


_AVERAGE_EVERY = 4
"""Steps between two updates of the averaged weights: they pass through memory whole each time."""


class DeepTrainer:
    """Runs or resumes one training.

    Args:
        model: The classifier, its encoder pretrained.
        recipe: How.
        rows: Texts.
        folder: Where checkpoints go.
        train: Indices of the rows to train on; default all but those held back.
    """

    def __init__(
        self,
        model: Classifier,
        recipe: DeepRecipe,
        rows: EncodedRows,
        folder: Path,
        train: npt.NDArray[np.int64] | None = None,
    ) -> None:
        import tensorflow as tf

        self.model, self.recipe, self.rows, self.folder = model, recipe, rows, folder
        self.train = np.flatnonzero(~rows.held) if train is None else train
        a_pass = -(-len(self.train) // recipe.batch_size)
        self.steps = max(1, int(recipe.epochs * a_pass))
        self.step = 0
        # What lies lower is more general, and learns more slowly (Howard and Ruder, 2018).
        rates = [recipe.learning_rate * recipe.layer_decay**depth for depth in range(len(model.blocks))][::-1]
        parts = [*zip(rates, model.blocks, strict=True), (recipe.head_rate, model.head)]
        self._groups = [(part.trainable_variables, self._optimizer(rate, part)) for rate, part in parts]
        self.average = [tf.Variable(v.value) for v in model.variables]
        self._step_function = tf.function(self._train_step, reduce_retracing=True)
        # Some twenty passes over all weights: compiled into one, they cost a tenth.
        self._apply_function = tf.function(self._apply, jit_compile=True)
        self._average_function = tf.function(self._update_average)

    def _optimizer(self, rate: float, part: Any) -> Any:
        import keras

        warmup = max(1, int(self.recipe.warmup * self.steps))
        schedule = keras.optimizers.schedules.PolynomialDecay(
            rate, max(1, self.steps - warmup), end_learning_rate=rate * 0.02
        )
        optimizer = keras.optimizers.AdamW(
            _Warm(schedule, rate, warmup), weight_decay=self.recipe.weight_decay
        )
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        optimizer.build(part.trainable_variables)
        return optimizer

    def _train_step(self, ids: Any, mask: Any, labels: Any, weights: Any) -> Any:
        import tensorflow as tf

        recipe = self.recipe
        keep = tf.cast(tf.random.uniform(tf.shape(mask)) >= recipe.hidden_tokens, mask.dtype)
        first = tf.one_hot(tf.zeros(tf.shape(mask)[0], tf.int32), tf.shape(mask)[1], dtype=mask.dtype)
        seen = mask * tf.maximum(keep, first)
        with tf.GradientTape() as tape:
            loss = self.loss(self.model.logits(ids, seen, training=True), labels, weights)
        gradients = tape.gradient(loss, [v.value for v in self.model.variables])
        self._apply_function(gradients)
        return loss

    def loss(self, logits: Any, labels: Any, weights: Any) -> Any:
        """Binary cross-entropy of every output with smoothed labels, weighted; a scalar.

        Args:
            logits: float32 [rows, outputs].
            labels: float32 [rows, outputs], 0 or 1.
            weights: float32 [rows, outputs].
        """
        import tensorflow as tf

        smoothing = self.recipe.smoothing
        target = labels * (1 - 2 * smoothing) + smoothing
        loss = tf.nn.sigmoid_cross_entropy_with_logits(target, logits) * weights
        return tf.reduce_sum(loss) / (tf.reduce_sum(weights) + 1e-6) * float(self.model.head.units)

    def _apply(self, gradients: list[Any]) -> None:
        import tensorflow as tf

        gradients, _ = tf.clip_by_global_norm(gradients, 1.0)
        start = 0
        for variables, optimizer in self._groups:
            optimizer.apply(gradients[start : start + len(variables)], variables)
            start += len(variables)

    def _update_average(self, decay: Any) -> None:
        import tensorflow as tf

        for mean, variable in zip(self.average, self.model.variables, strict=True):
            mean.assign(decay * mean + (1 - decay) * tf.cast(variable.value, mean.dtype))

    def fit(
        self,
        report: Callable[[int, int, float], None] | None = None,
        every: int = 200,
        after_pass: Callable[[float, float], None] | None = None,
    ) -> None:
        """Train to the end, from the last checkpoint where there is one; then the averaged weights are in place.

        Args:
            report: Told the step, of how many, and the mean loss of the last ``every`` steps.
            every: Steps between two reports.
            after_pass: Called after each pass over the data and at the end, with the passes done and the mean loss of
                the last; `averaged` shows it the weights that count.

        Raises:
            BadInputError: If the checkpoint is of another recipe or other data.
        """
        import tensorflow as tf

        self._restore()
        losses: list[float] = []
        last = time.monotonic()
        a_pass = -(-len(self.train) // self.recipe.batch_size)
        lengths = self.rows.lengths[self.train]
        while self.step < self.steps:
            number, offset = divmod(self.step, a_pass)
            rng = np.random.default_rng((self.recipe.seed, number))
            for chosen in list(batches(lengths, self.recipe.batch_size, rng))[offset:]:
                index = self.train[chosen]
                ids, mask = padded(self.rows, index)
                loss = self._step_function(
                    tf.constant(ids),
                    tf.constant(mask),
                    tf.constant(np.maximum(self.rows.labels[index], 0).astype(np.float32)),
                    tf.constant(self.rows.weights[index]),
                )
                losses.append(float(loss))
                self.step += 1
                if self.step % _AVERAGE_EVERY == 0 or self.step == self.steps:
                    decay = min(self.recipe.average_decay, (1 + self.step) / (10 + self.step))
                    self._average_function(tf.constant(decay**_AVERAGE_EVERY, tf.float32))
                if self.step % every == 0 or self.step == self.steps:
                    if report:
                        report(self.step, self.steps, float(np.mean(losses[-every:])))
                    if time.monotonic() - last > 120 or self.step == self.steps:
                        self._save()
                        last = time.monotonic()
                if after_pass and (self.step % a_pass == 0 or self.step == self.steps):
                    after_pass(self.step / a_pass, float(np.mean(losses[-a_pass:])))
                if self.step == self.steps:
                    break
        for variable, mean in zip(self.model.variables, self.average, strict=True):
            variable.assign(mean)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """The averaged weights in the model, for as long as the block lasts."""
        import tensorflow as tf

        kept = [tf.identity(variable.value) for variable in self.model.variables]
        try:
            for variable, mean in zip(self.model.variables, self.average, strict=True):
                variable.assign(mean)
            yield
        finally:
            for variable, value in zip(self.model.variables, kept, strict=True):
                variable.assign(value)

    def _checkpoint(self) -> Path:
        return self.folder / "checkpoint.npz"

    def _stamp(self) -> str:
        return json.dumps({"recipe": asdict(self.recipe), "rows": len(self.train), "steps": self.steps})

    def _state(self) -> list[Any]:
        optimizers = [v for _, optimizer in self._groups for v in optimizer.variables]
        return [*self.model.variables, *self.average, *optimizers]

    def _save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        arrays = {str(i): np.asarray(v, dtype=np.float32) for i, v in enumerate(self._state())}
        partial = self.folder / "checkpoint.part.npz"
        np.savez(
            partial, allow_pickle=False, stamp=np.array(self._stamp()), step=np.array(self.step), **arrays
        )
        partial.replace(self._checkpoint())

    def _restore(self) -> None:
        if not self._checkpoint().exists():
            return
        with np.load(self._checkpoint(), allow_pickle=False) as saved:
            if str(saved["stamp"]) != self._stamp():
                raise BadInputError(
                    f"The checkpoint in {self.folder} is of another recipe or other data.",
                    hint="Remove the folder to start afresh.",
                )
            self.step = int(saved["step"])
            for i, variable in enumerate(self._state()):
                variable.assign(saved[str(i)].astype(np.asarray(variable).dtype))


def _Warm(schedule: Any, rate: float, steps: int) -> Any:  # noqa: N802  # makes a class's instance
    import keras

    class Warm(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # Keras has no types
        """Linear rise to ``rate`` over ``steps``, then ``schedule``."""

        def __call__(self, step: Any) -> Any:
            ops = keras.ops
            at = ops.cast(step, "float32")
            return ops.where(at < steps, rate * (at + 1) / steps, schedule(ops.maximum(at - steps, 0)))

        def get_config(self) -> dict[str, Any]:
            return {"rate": rate, "steps": steps}

    return Warm()
