"""The deep classifier in Keras: a sentence encoder, fine-tuned in all its blocks, and a linear head.

The embeddings stay as they were pretrained: they are most of the base's weights, and words that no training text holds
must go on meaning what they meant.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_text.training.encoder_rows import EncodedRows, batches


class Classifier:
    """All blocks of a pretrained encoder and a linear head over the mean of the last states.

    Args:
        encoder: A Keras encoder (`aigc_exporters.keras_encoder`) with its pretrained weights; its blocks are trained
            in place.
        outputs: Of the head.
    """

    def __init__(self, encoder: Any, outputs: int) -> None:
        import keras

        self.encoder, self.config, self.blocks = encoder, encoder.config, encoder.blocks
        self.dropout = keras.layers.Dropout(encoder.dropout.rate)
        self.head = keras.layers.Dense(outputs, dtype="float32", name="head")
        self.head.build((None, encoder.config.hidden))

    @property
    def variables(self) -> list[Any]:
        """Everything that is trained: blocks from below, then the head."""
        return [v for part in (*self.blocks, self.head) for v in part.trainable_variables]

    def logits(self, ids: Any, mask: Any, training: bool = False) -> Any:
        """float32 [rows, heads] from tokens and mask, int [rows, tokens]."""
        import keras

        ops, encoder = keras.ops, self.encoder
        positions = encoder.position_embedding(ops.arange(ops.shape(ids)[1]))
        x = encoder.embedding_norm(encoder.word_embedding(ids) + positions[None])
        x = encoder.dropout(x, training=training)
        for block in self.blocks:
            x = block(x, mask, training=training)
        shown = ops.cast(mask, "float32")[..., None]
        mean = ops.sum(ops.cast(x, "float32") * shown, axis=1) / ops.sum(shown, axis=1)
        return self.head(self.dropout(mean, training=training))


def padded(
    rows: EncodedRows, chosen: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Tokens and mask of some rows, int32 [rows, longest]."""
    width = max(len(rows.tokens[index]) for index in chosen)
    ids = np.ones((len(chosen), width), dtype=np.int32)
    mask = np.zeros_like(ids)
    for line, index in enumerate(chosen):
        length = len(rows.tokens[index])
        ids[line, :length] = rows.tokens[index]
        mask[line, :length] = 1
    return ids, mask


def predict(model: Classifier, rows: EncodedRows, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Logits of some rows, float32 [chosen, heads]."""
    import tensorflow as tf

    function = tf.function(model.logits, reduce_retracing=True)
    result = np.zeros((len(chosen), model.head.units), dtype=np.float32)
    for part in batches(rows.lengths[chosen], 64, None):
        ids, mask = padded(rows, chosen[part])
        result[part] = function(tf.constant(ids), tf.constant(mask), False).numpy()
    return result
