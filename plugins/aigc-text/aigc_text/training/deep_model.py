"""The deep classifier in Keras: the upper blocks of a sentence encoder, fine-tuned, over its frozen lower blocks.

The lower blocks stay as they were pretrained, so what they say of a text is computed once and kept on disk; a
training step costs the upper blocks only, and what is shipped is the upper blocks and the head.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_exporters.encoder_weights import EncoderConfig
from aigc_text.training.deep_data import HEADS, DeepRows, batches


def frozen_blocks(config: EncoderConfig) -> int:
    """Lower blocks that keep their pretrained weights: half of them."""
    return config.layers // 2


class States:
    """Hidden states after the frozen blocks, float16 [tokens of all rows, hidden], in a file."""

    def __init__(self, values: npt.NDArray[np.float16], starts: npt.NDArray[np.int64]) -> None:
        self._values, self._starts = values, starts
        self.lengths = np.diff(starts)

    def batch(self, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int32]]:
        """States [rows, longest, hidden], zero where padded, and the mask [rows, longest]."""
        width = int(self.lengths[rows].max())
        states = np.zeros((len(rows), width, self._values.shape[1]), dtype=np.float16)
        mask = np.zeros((len(rows), width), dtype=np.int32)
        for line, row in enumerate(rows):
            start, end = self._starts[row], self._starts[row + 1]
            states[line, : end - start] = self._values[start:end]
            mask[line, : end - start] = 1
        return states, mask

    @classmethod
    def compute(cls, encoder: Any, rows: DeepRows, folder: Path, batch_size: int = 64) -> States:
        """Run the frozen blocks over all rows, or open what an earlier run left in ``folder``.

        Args:
            encoder: The pretrained Keras encoder.
            rows: Texts as tokens.
            folder: Where the file lies, or is written.
            batch_size: Texts a run.
        """
        import tensorflow as tf

        digest = hashlib.blake2b(digest_size=12)
        for ids in rows.tokens:
            digest.update(np.asarray(ids, dtype=np.int32).tobytes())
        path = folder / f"states-{digest.hexdigest()}.bin"
        starts = np.cumsum([0, *map(len, rows.tokens)])
        hidden = encoder.config.hidden
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".part")
            values = np.memmap(partial, dtype=np.float16, mode="w+", shape=(int(starts[-1]), hidden))

            @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]  # TensorFlow has no types
            def lower(ids: Any, mask: Any) -> Any:
                return embed_and_run(encoder, ids, mask, frozen_blocks(encoder.config))

            for chosen in batches(np.diff(starts), batch_size, None):
                width = max(len(rows.tokens[i]) for i in chosen)
                padded = np.ones((len(chosen), width), dtype=np.int32)
                mask = np.zeros_like(padded)
                for line, index in enumerate(chosen):
                    padded[line, : len(rows.tokens[index])] = rows.tokens[index]
                    mask[line, : len(rows.tokens[index])] = 1
                out = lower(tf.constant(padded), tf.constant(mask)).numpy()
                for line, index in enumerate(chosen):
                    values[starts[index] : starts[index + 1]] = out[line, : len(rows.tokens[index])]
            values.flush()
            partial.replace(path)
        return cls(np.memmap(path, dtype=np.float16, mode="r", shape=(int(starts[-1]), hidden)), starts)


def embed_and_run(encoder: Any, ids: Any, mask: Any, blocks: int) -> Any:
    """Hidden states of ``encoder`` after its first ``blocks`` blocks, without dropout."""
    import keras

    positions = encoder.position_embedding(keras.ops.arange(keras.ops.shape(ids)[1]))
    x = encoder.embedding_norm(encoder.word_embedding(ids) + positions[None])
    for block in encoder.blocks[:blocks]:
        x = block(x, mask)
    return keras.ops.cast(x, "float32")


class Classifier:
    """Upper blocks and a linear head over the mean of the last states.

    Args:
        config: Shape of the encoder.
        dropout: In the blocks and before the head.
    """

    def __init__(self, config: EncoderConfig, dropout: float = 0.1) -> None:
        import keras

        from aigc_exporters.keras_encoder import EncoderBlock

        hidden = (None, None, config.hidden)
        self.config = config
        self.blocks = [
            EncoderBlock(config, dropout, name=f"block_{i}")
            for i in range(frozen_blocks(config), config.layers)
        ]
        for block in self.blocks:
            block.build(hidden)
        self.dropout = keras.layers.Dropout(dropout)
        self.head = keras.layers.Dense(len(HEADS), dtype="float32", name="head")
        self.head.build((None, config.hidden))

    @property
    def variables(self) -> list[Any]:
        """Everything that is trained: blocks from below, then the head."""
        return [v for part in (*self.blocks, self.head) for v in part.trainable_variables]

    def logits(self, states: Any, mask: Any, training: bool = False) -> Any:
        """float32 [rows, heads] from states after the frozen blocks [rows, tokens, hidden] and the mask."""
        import keras

        x = states
        for block in self.blocks:
            x = block(x, mask, training=training)
        shown = keras.ops.cast(mask, "float32")[..., None]
        mean = keras.ops.sum(keras.ops.cast(x, "float32") * shown, axis=1) / keras.ops.sum(shown, axis=1)
        return self.head(self.dropout(mean, training=training))

    def load_upper(self, encoder: Any) -> None:
        """Take the upper blocks' pretrained weights over from ``encoder``."""
        for mine, theirs in zip(self.blocks, encoder.blocks[frozen_blocks(self.config) :], strict=True):
            for target, source in zip(mine.trainable_variables, theirs.trainable_variables, strict=True):
                target.assign(source)
