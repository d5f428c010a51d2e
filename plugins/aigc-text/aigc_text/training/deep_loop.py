"""Training of the deep classifier: masked binary cross-entropy, AdamW, averaged weights, resumable.

Tokens are hidden at random from the upper blocks, so that no single word carries a verdict, and the weights that
count are an exponential moving average over the steps (Polyak and Juditsky, 1992).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError
from aigc_text.training.deep_data import DeepRows, batches
from aigc_text.training.deep_model import Classifier, States


@dataclass(frozen=True)
class DeepRecipe:
    """What decides a run besides the data; a checkpoint of another recipe is refused."""

    epochs: float = 2.5
    batch_size: int = 32
    seed: int = 0
    learning_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.02
    dropout: float = 0.1
    hidden_tokens: float = 0.1
    smoothing: float = 0.03
    average_decay: float = 0.998
    dtype_policy: str = "mixed_bfloat16"


class DeepTrainer:
    """Runs or resumes one training.

    Args:
        model: The classifier, upper blocks pretrained.
        recipe: How.
        rows: Texts.
        states: What the frozen blocks say of them.
        folder: Where checkpoints go.
        train: Indices of the rows to train on; default all but those held back.
    """

    def __init__(
        self,
        model: Classifier,
        recipe: DeepRecipe,
        rows: DeepRows,
        states: States,
        folder: Path,
        train: npt.NDArray[np.int64] | None = None,
    ) -> None:
        import keras
        import tensorflow as tf

        self.model, self.recipe, self.rows, self.states, self.folder = model, recipe, rows, states, folder
        self.train = np.flatnonzero(~rows.held) if train is None else train
        a_pass = -(-len(self.train) // recipe.batch_size)
        self.steps = max(1, int(recipe.epochs * a_pass))
        self.step = 0
        head = len(model.head.trainable_variables)
        self._groups = (model.variables[:-head], model.variables[-head:])
        self._optimizers = []
        for rate, variables in zip((recipe.learning_rate, recipe.head_rate), self._groups, strict=True):
            schedule = keras.optimizers.schedules.PolynomialDecay(
                rate, max(1, self.steps - self._warmup), end_learning_rate=rate * 0.02
            )
            optimizer = keras.optimizers.AdamW(
                _Warm(schedule, rate, self._warmup), weight_decay=recipe.weight_decay, global_clipnorm=1.0
            )
            optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
            optimizer.build(variables)
            self._optimizers.append(optimizer)
        self.average = [tf.Variable(v.value) for v in model.variables]
        self._step_function = tf.function(self._train_step, reduce_retracing=True)

    @property
    def _warmup(self) -> int:
        return max(1, int(self.recipe.warmup * self.steps))

    def _train_step(self, states: Any, mask: Any, labels: Any, weights: Any, decay: Any) -> Any:
        import tensorflow as tf

        recipe = self.recipe
        keep = tf.cast(tf.random.uniform(tf.shape(mask)) >= recipe.hidden_tokens, mask.dtype)
        first = tf.one_hot(tf.zeros(tf.shape(mask)[0], tf.int32), tf.shape(mask)[1], dtype=mask.dtype)
        seen = mask * tf.maximum(keep, first)
        target = labels * (1 - 2 * recipe.smoothing) + recipe.smoothing
        with tf.GradientTape() as tape:
            logits = self.model.logits(states, seen, training=True)
            loss = tf.nn.sigmoid_cross_entropy_with_logits(target, logits) * weights
            loss = tf.reduce_sum(loss) / (tf.reduce_sum(weights) + 1e-6) * float(self.model.head.units)
        gradients = tape.gradient(loss, [v.value for v in self.model.variables])
        cut = len(self._groups[0])
        self._optimizers[0].apply(gradients[:cut], self._groups[0])
        self._optimizers[1].apply(gradients[cut:], self._groups[1])
        for mean, variable in zip(self.average, self.model.variables, strict=True):
            mean.assign(decay * mean + (1 - decay) * tf.cast(variable.value, mean.dtype))
        return loss

    def fit(self, report: Callable[[int, int, float], None] | None = None, every: int = 200) -> None:
        """Train to the end, from the last checkpoint where there is one; then the averaged weights are in place.

        Raises:
            BadInputError: If the checkpoint is of another recipe or other data.
        """
        import tensorflow as tf

        self._restore()
        losses: list[float] = []
        last = time.monotonic()
        while self.step < self.steps:
            a_pass = -(-len(self.train) // self.recipe.batch_size)
            number, offset = divmod(self.step, a_pass)
            rng = np.random.default_rng((self.recipe.seed, number))
            lengths = self.states.lengths[self.train]
            for chosen in list(batches(lengths, self.recipe.batch_size, rng))[offset:]:
                index = self.train[chosen]
                states, mask = self.states.batch(index)
                labels = np.maximum(self.rows.labels[index], 0).astype(np.float32)
                decay = min(self.recipe.average_decay, (1 + self.step) / (10 + self.step))
                loss = self._step_function(
                    tf.cast(tf.constant(states), self._compute),
                    tf.constant(mask),
                    tf.constant(labels),
                    tf.constant(self.rows.weights[index]),
                    tf.constant(decay, tf.float32),
                )
                losses.append(float(loss))
                self.step += 1
                if self.step % every == 0 or self.step == self.steps:
                    if report:
                        report(self.step, self.steps, float(np.mean(losses[-every:])))
                    if time.monotonic() - last > 120 or self.step == self.steps:
                        self._save()
                        last = time.monotonic()
                if self.step == self.steps:
                    break
        for variable, mean in zip(self.model.variables, self.average, strict=True):
            variable.assign(mean)

    @property
    def _compute(self) -> str:
        return "bfloat16" if self.recipe.dtype_policy == "mixed_bfloat16" else "float32"

    def predict(self, states: States, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Logits, float32 [rows, heads]."""
        return predict(self.model, states, rows, self._compute)

    def _checkpoint(self) -> Path:
        return self.folder / "checkpoint.npz"

    def _stamp(self) -> str:
        return json.dumps({"recipe": asdict(self.recipe), "rows": len(self.train), "steps": self.steps})

    def _state(self) -> list[Any]:
        optimizers = [v for o in self._optimizers for v in o.variables]
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


def predict(
    model: Classifier, states: States, rows: npt.NDArray[np.int64], dtype: str = "float32"
) -> npt.NDArray[np.float32]:
    """Logits of some rows, float32 [rows, heads]."""
    import tensorflow as tf

    function = tf.function(model.logits, reduce_retracing=True)
    result = np.zeros((len(rows), model.head.units), dtype=np.float32)
    for chosen in batches(states.lengths[rows], 64, None):
        values, mask = states.batch(rows[chosen])
        result[chosen] = function(tf.cast(tf.constant(values), dtype), tf.constant(mask), False).numpy()
    return result


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
