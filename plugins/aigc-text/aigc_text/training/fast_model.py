"""The fast classifier as a Keras model: a bag of hashed n-grams, one linear output a head.

A row of the table is an n-gram's weights; a text's logits are the sum of its rows over the root of their number.
Trained in float32 with sparse products, then rounded to 16-bit integers: sums of integers don't depend on order,
batch or machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import ParityReport
from aigc_text.moderators.hashing import COLUMNS, Vocabulary, grid
from aigc_text.training.fast_data import Bools, FastRows, Floats

BITS = 21
"""Two million buckets: few of the kept n-grams share theirs with another that occurs."""


@dataclass(frozen=True)
class Recipe:
    """How the model is trained.

    Attributes:
        fewest: N-grams that occur less often in the training rows have no row.
        most: Nor do those that occur more often than this a text: single letters and the like.
        kept: Rows that are left after pruning, by weight and frequency.
        epochs: Passes over the rows; one more follows pruning.
        rate: Adam's step at the start; it falls to zero.
        batch: Texts a step.
        seed: Of the order of rows.
    """

    fewest: int = 5
    most: float = 0.2
    kept: int = 100_000
    epochs: int = 3
    rate: float = 0.06
    batch: int = 2048
    seed: int = 0


@dataclass(frozen=True)
class FastModel:
    """A trained model, rounded.

    Attributes:
        kept: Buckets that have a row, ascending: uint32 [rows].
        table: Weights in units of ``scale``: int16 [rows + 1, outputs]; row 0 is zero.
        scale: float32 [outputs].
        bias: float32 [outputs].
    """

    kept: npt.NDArray[np.uint32]
    table: npt.NDArray[np.int16]
    scale: Floats
    bias: Floats

    def save(self, path: Path) -> None:
        """Write what `load` reads."""
        np.savez_compressed(path, kept=self.kept, table=self.table, scale=self.scale, bias=self.bias)

    @classmethod
    def load(cls, path: Path) -> FastModel:
        """A model that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(*(arrays[name] for name in ("kept", "table", "scale", "bias")))

    @classmethod
    def rounded(cls, kept: npt.NDArray[np.uint32], weights: Floats, bias: Floats) -> FastModel:
        """Round float weights, [rows + 1, outputs]."""
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-6).astype(np.float32) / np.float32(32767)
        table = np.rint(weights / scale).astype(np.int16)
        table[0] = 0
        return cls(kept, table, scale, bias.astype(np.float32))

    def logits(self, texts: Sequence[str], batch: int = 4096) -> Floats:
        """float32 [texts, outputs] of prepared texts, as the exported graph computes them."""
        vocabulary = Vocabulary(self.kept, BITS)
        result = np.zeros((len(texts), len(self.bias)), np.float32)
        for first in range(0, len(texts), batch):
            rows, offsets = vocabulary.rows(texts[first : first + batch])
            counts = np.diff(offsets)
            sums = np.zeros((len(counts), len(self.bias)), np.int64)
            if len(rows):
                # `reduceat` adds from one start to the next: texts without any n-gram would get their neighbour's.
                full = counts > 0
                sums[full] = np.add.reduceat(self.table[rows].astype(np.int64), offsets[:-1][full], axis=0)
            root = np.sqrt(np.maximum(counts, 1)).astype(np.float32)[:, None]
            result[first : first + batch] = sums.astype(np.float32) * self.scale / root + self.bias
        return result


def train(rows: FastRows, used: Bools, recipe: Recipe) -> FastModel:
    """Fit, prune and fit again for a moment; returns the rounded model."""
    chosen = np.flatnonzero(used)
    buckets, offsets = _buckets([rows.texts[i] for i in chosen])
    counts = np.bincount(buckets, minlength=1 << BITS)
    worth = (counts >= recipe.fewest) & (counts <= max(recipe.fewest, recipe.most * len(chosen)))
    kept = np.flatnonzero(worth).astype(np.uint32)
    labels, weights = rows.labels[chosen], rows.weights(used)[chosen]
    table, bias = _fit(buckets, offsets, kept, labels, weights, recipe, None)
    if len(kept) > recipe.kept:
        # What a row can move over all texts, in the head where it moves most.
        share = np.abs(table[1:]) / np.maximum(np.abs(table).max(axis=0), 1e-6)
        moves = (share * np.sqrt(counts[kept])[:, None]).max(axis=1)
        left = np.sort(np.argsort(-moves, kind="stable")[: recipe.kept])
        kept, table = kept[left], table[np.concatenate(([0], left + 1))]
        again = Recipe(epochs=1, rate=recipe.rate / 4, batch=recipe.batch, seed=recipe.seed + 1)
        table, bias = _fit(buckets, offsets, kept, labels, weights, again, (table, bias))
    return FastModel.rounded(kept, table, bias)


def _buckets(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Buckets of all n-grams, text after text, and where each text's begin."""
    parts, offsets = [], [np.zeros(1, np.int64)]
    for first in range(0, len(texts), 2048):
        hashed = grid(texts[first : first + 2048], BITS)
        flat = hashed.buckets.ravel()
        at = np.flatnonzero(flat)
        parts.append(flat[at].astype(np.int32))
        offsets.append(np.searchsorted(at, hashed.starts[1:] * COLUMNS) + offsets[-1][-1])
    return np.concatenate(parts), np.concatenate(offsets)


def _fit(
    buckets: npt.NDArray[np.int32],
    offsets: npt.NDArray[np.int64],
    kept: npt.NDArray[np.uint32],
    labels: Floats,
    weights: Floats,
    recipe: Recipe,
    start: tuple[Floats, Floats] | None,
) -> tuple[Floats, Floats]:
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(recipe.seed)
    row = np.zeros(1 << BITS, np.int32)
    row[kept] = np.arange(1, len(kept) + 1)
    rows = row[buckets]
    ends = np.concatenate(([0], np.cumsum(rows > 0)))[offsets]
    rows = rows[rows > 0]
    model = build(len(kept), labels.shape[1])
    bag = model.layers[-1]
    if start is not None:
        bag.set_weights(list(start))
    optimiser = keras.optimizers.Adam(recipe.rate)
    optimiser.build(model.trainable_variables)
    steps = -(-len(labels) // recipe.batch)
    outputs = labels.shape[1]

    @tf.function(  # type: ignore[untyped-decorator]  # TensorFlow has no types
        input_signature=[
            tf.SparseTensorSpec([None, len(kept) + 1], tf.float32),
            tf.TensorSpec([None, outputs]),
            tf.TensorSpec([None, outputs]),
        ]
    )
    def step(batch: Any, wanted: Any, weight: Any) -> None:
        with tf.GradientTape() as tape:
            losses = tf.nn.sigmoid_cross_entropy_with_logits(wanted, bag.of_sparse(batch))
            loss = tf.reduce_mean(weight * losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimiser.apply(gradients, model.trainable_variables)

    draw = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        order = draw.permutation(len(labels))
        for number in range(steps):
            optimiser.learning_rate.assign(recipe.rate * (1 - (epoch + number / steps) / recipe.epochs))
            chosen = order[number * recipe.batch : (number + 1) * recipe.batch]
            step(
                _sparse(rows, ends, chosen, len(kept) + 1),
                np.maximum(labels[chosen], 0),
                weights[chosen],
            )
    table, bias = (np.asarray(v, np.float32) for v in bag.get_weights())
    return table, bias


def _sparse(
    rows: npt.NDArray[np.int32], ends: npt.NDArray[np.int64], chosen: npt.NDArray[np.int64], width: int
) -> Any:
    """A batch's n-grams as a sparse matrix whose product with the table is the bag's sum over the root."""
    import tensorflow as tf

    first, counts = ends[chosen], ends[chosen + 1] - ends[chosen]
    text = np.repeat(np.arange(len(chosen)), counts)
    within = np.arange(len(text)) - np.repeat(np.cumsum(counts) - counts, counts)
    columns = rows[np.repeat(first, counts) + within]
    values = (1 / np.sqrt(np.maximum(counts, 1)))[text].astype(np.float32)
    return tf.SparseTensor(np.stack([text, columns], axis=1), values, [len(chosen), width])


def build(rows: int, outputs: int) -> Any:
    """The Keras model: padded row numbers int32 [batch, n-grams] to logits [batch, outputs]."""
    import keras
    import tensorflow as tf

    class HashedBag(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
        """Sum of the rows of ``table`` that a text's n-grams have, over the root of their number; row 0 pads."""

        def build(self, shape: Any) -> None:
            self.table = self.add_weight(shape=(rows + 1, outputs), initializer="zeros", name="table")
            self.bias = self.add_weight(shape=(outputs,), initializer="zeros", name="bias")

        def call(self, numbers: Any) -> Any:
            there = tf.cast(numbers > 0, tf.float32)
            total = tf.reduce_sum(tf.gather(self.table, numbers) * there[..., None], axis=1)
            return total / tf.sqrt(tf.maximum(tf.reduce_sum(there, axis=1, keepdims=True), 1.0)) + self.bias

        def of_sparse(self, batch: Any) -> Any:
            """The same for a batch whose values are already divided: training needs no padding."""
            return tf.sparse.sparse_dense_matmul(batch, self.table) + self.bias

    inputs = keras.Input((None,), dtype="int32", name="rows")
    return keras.Model(inputs, HashedBag(name="bag")(inputs), name="moderation_fast")


def export(model: FastModel, texts: Sequence[str], out: Path) -> ParityReport:
    """Write the graph: ``rows`` int32 [batch, n-grams] to ``logits`` float32 [batch, outputs].

    Raises:
        ExportError: If it cannot be converted, or (`ParityError`) gives other numbers than the Keras model.
    """
    import tensorflow as tf

    from aigc_exporters.keras_export import export_keras

    reference = build(len(model.kept), len(model.bias))
    reference.layers[-1].set_weights([model.table.astype(np.float32) * model.scale, model.bias])

    def served(rows: Any) -> Any:
        # Constants made inside are the graph's own; captured ones would become inputs.
        table, scale, bias = tf.constant(model.table), tf.constant(model.scale), tf.constant(model.bias)
        total = tf.reduce_sum(tf.cast(tf.gather(table, rows), tf.int32), axis=1)
        count = tf.reduce_sum(tf.cast(rows > 0, tf.float32), axis=1, keepdims=True)
        return tf.cast(total, tf.float32) * scale / tf.sqrt(tf.maximum(count, 1.0)) + bias

    vocabulary = Vocabulary(model.kept, BITS)
    cases = [{"rows": vocabulary.padded(part)} for part in (texts[:1], texts[:64], texts[64:71])]
    for case in cases:
        np.testing.assert_allclose(
            np.asarray(served(case["rows"])), np.asarray(reference(case["rows"])), atol=1e-3
        )
    return export_keras(
        served,
        {"rows": ("int32", ["batch", "ngrams"])},
        out,
        outputs={"logits": ["batch", len(model.bias)]},
        cases=cases,
        reference_name="Keras model 'moderation_fast', weights rounded to 16 bits",
    )
