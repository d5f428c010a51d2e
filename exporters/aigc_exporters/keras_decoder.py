"""A Llama-style causal decoder in Keras 3: RMSNorm, RoPE, grouped-query attention, SwiGLU, tied head.

It is the trainable twin of the graph in `aigc_exporters.decoder_graph`; `aigc_exporters.keras_decoder_export`
turns the one into the other. RoPE pairs dimension i with i + head_dim / 2 ("half-split").

Example:
    >>> config = DecoderConfig(layers=4, hidden=192, heads=6, kv_heads=6, head_dim=32, ffn=512,
    ...                        vocab_size=2000, max_positions=256)
    >>> model = build_decoder(config, dropout=0.1)           # doctest: +SKIP
    >>> logits = model(token_ids, training=True)             # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from aigc_exporters.decoder_graph import DecoderConfig, rope_tables
from aigc_exporters.weights import DenseMatrix, Float32, LayerWeights, Matrix


class RMSNorm(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """x / sqrt(mean(x^2) + eps) * weight over the last dimension, computed in float32 (arXiv:1910.07467)."""

    def __init__(self, epsilon: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.epsilon = epsilon

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Create the weight, [shape[-1]]."""
        self.scale = self.add_weight(name="scale", shape=(shape[-1],), initializer="ones")

    def call(self, x: Any) -> Any:
        """[..., width] to the same shape."""
        # Squares overflow and lose their small terms in half precision.
        wide = keras.ops.cast(x, "float32")
        mean_square = keras.ops.mean(keras.ops.square(wide), axis=-1, keepdims=True)
        normed = wide * keras.ops.rsqrt(mean_square + self.epsilon)
        return keras.ops.cast(normed, x.dtype) * keras.ops.cast(self.scale, x.dtype)


class CausalSelfAttention(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Grouped-query attention with RoPE and a causal mask (arXiv:2305.13245, arXiv:2104.09864)."""

    def __init__(self, config: DecoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.set_rotary_tables(*rope_tables(config))
        self.query = _dense(config.heads * config.head_dim, "query")
        self.key = _dense(config.kv_heads * config.head_dim, "key")
        self.value = _dense(config.kv_heads * config.head_dim, "value")
        self.output_projection = _dense(config.hidden, "output", layers=config.layers)
        self.dropout = keras.layers.Dropout(dropout)

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Create the four projections."""
        for layer in (self.query, self.key, self.value):
            layer.build(shape)
        self.output_projection.build((*shape[:-1], self.config.heads * self.config.head_dim))

    def set_rotary_tables(self, cosine: Float32, sine: Float32) -> None:
        """Rotate by these tables, each [max_positions, head_dim / 2], instead of those of the config."""
        # Doubled, so that x * cos + rotate_half(x) * sin covers both halves.
        self._cosine = np.concatenate([cosine, cosine], axis=-1)
        self._sine = np.concatenate([sine, sine], axis=-1)

    def call(self, x: Any, training: bool = False) -> Any:
        """[batch, sequence, hidden] to the same shape."""
        ops, config = keras.ops, self.config
        sequence = ops.shape(x)[1]
        cosine = ops.cast(ops.convert_to_tensor(self._cosine)[:sequence], x.dtype)
        sine = ops.cast(ops.convert_to_tensor(self._sine)[:sequence], x.dtype)
        query = self._rotate(self._heads(self.query(x), config.heads), cosine, sine)
        key = self._rotate(self._heads(self.key(x), config.kv_heads), cosine, sine)
        value = self._heads(self.value(x), config.kv_heads)
        group = config.heads // config.kv_heads
        if group > 1:
            key, value = ops.repeat(key, group, axis=1), ops.repeat(value, group, axis=1)
        scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2)))
        scores = ops.cast(scores, "float32") / float(np.sqrt(config.head_dim))
        position = ops.arange(sequence)
        future = ops.expand_dims(position, 0) > ops.expand_dims(position, 1)
        scores = scores + ops.cast(future, "float32") * -1e9
        attention = self.dropout(ops.cast(ops.softmax(scores, axis=-1), x.dtype), training=training)
        attended = ops.transpose(ops.matmul(attention, value), (0, 2, 1, 3))
        width = config.heads * config.head_dim
        return self.output_projection(ops.reshape(attended, (-1, sequence, width)))

    def _heads(self, x: Any, count: int) -> Any:
        shape = (-1, keras.ops.shape(x)[1], count, self.config.head_dim)
        return keras.ops.transpose(keras.ops.reshape(x, shape), (0, 2, 1, 3))

    def _rotate(self, x: Any, cosine: Any, sine: Any) -> Any:
        half = self.config.head_dim // 2
        rotated = keras.ops.concatenate([-x[..., half:], x[..., :half]], axis=-1)
        return x * cosine + rotated * sine


class SwiGLU(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """down(silu(gate(x)) * up(x)) (arXiv:2002.05202)."""

    def __init__(self, config: DecoderConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.gate = _dense(config.ffn, "gate")
        self.up = _dense(config.ffn, "up")
        self.down = _dense(config.hidden, "down", layers=config.layers)

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Create the three projections."""
        self.gate.build(shape)
        self.up.build(shape)
        self.down.build((*shape[:-1], self.config.ffn))

    def call(self, x: Any) -> Any:
        """[batch, sequence, hidden] to the same shape."""
        return self.down(keras.ops.silu(self.gate(x)) * self.up(x))


class DecoderBlock(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Pre-norm residual block: attention, then feed-forward."""

    def __init__(self, config: DecoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attention_norm = RMSNorm(config.rms_eps, name="attention_norm")
        self.attention = CausalSelfAttention(config, dropout, name="attention")
        self.feed_forward_norm = RMSNorm(config.rms_eps, name="feed_forward_norm")
        self.feed_forward = SwiGLU(config, name="feed_forward")
        self.dropout = keras.layers.Dropout(dropout)

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Build the parts."""
        for layer in (self.attention_norm, self.attention, self.feed_forward_norm, self.feed_forward):
            layer.build(shape)

    def call(self, x: Any, training: bool = False) -> Any:
        """[batch, sequence, hidden] to the same shape."""
        attended = self.attention(self.attention_norm(x), training=training)
        x = x + self.dropout(attended, training=training)
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)), training=training)


class CausalDecoder(keras.Model):  # type: ignore[misc]  # Keras has no types
    """Token ids, int [batch, sequence], to logits, float32 [batch, sequence, vocab].

    Rows padded on the right need no mask: no real token looks ahead at the padding; leave the padded
    positions out of the loss.
    """

    def __init__(self, config: DecoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.embedding = keras.layers.Embedding(
            config.vocab_size, config.hidden, embeddings_initializer=_normal(), name="embedding"
        )
        self.dropout = keras.layers.Dropout(dropout)
        self.blocks = [DecoderBlock(config, dropout, name=f"block_{i}") for i in range(config.layers)]
        self.final_norm = RMSNorm(config.rms_eps, name="final_norm")
        self.head = None if config.tied else _dense(config.vocab_size, "head")

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Create all weights; `shape` is (batch, sequence)."""
        self.embedding.build(shape)
        hidden = (*shape, self.config.hidden)
        for block in self.blocks:
            block.build(hidden)
        self.final_norm.build(hidden)
        if self.head is not None:
            self.head.build(hidden)
        self.built = True

    def call(self, tokens: Any, training: bool = False) -> Any:
        """See the class."""
        x = self.dropout(self.embedding(tokens), training=training)
        for block in self.blocks:
            x = block(x, training=training)
        x = self.final_norm(x)
        if self.head is not None:
            return keras.ops.cast(self.head(x), "float32")
        table = keras.ops.cast(self.embedding.embeddings, x.dtype)
        return keras.ops.cast(keras.ops.matmul(x, keras.ops.transpose(table)), "float32")


def build_decoder(config: DecoderConfig, *, dropout: float = 0.0, name: str = "decoder") -> CausalDecoder:
    """Build an untrained decoder with its weights created.

    Args:
        config: its shape; all of `rope_theta`, `rms_eps` and `tied` are honoured.
        dropout: rate after the embedding, on attention weights and on both residual branches, in training.
        name: name of the Keras model.

    Returns:
        A model whose call takes int [batch, sequence] and returns float32 logits [batch, sequence, vocab].
        Follows the global dtype policy ("mixed_bfloat16" trains and exports; weights stay float32).
    """
    model = CausalDecoder(config, dropout, name=name)
    model.build((None, None))
    return model


class KerasDecoderWeights:
    """The weights of a `CausalDecoder` in the form graph builders read."""

    def __init__(self, model: CausalDecoder) -> None:
        self._model = model

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return DenseMatrix(_array(self._model.embedding.embeddings))

    def head(self) -> Matrix | None:
        """The head, [vocab_size, hidden], or None where it is tied."""
        return None if self._model.head is None else _matrix(self._model.head)

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return _array(self._model.final_norm.scale)

    def layer(self, index: int) -> LayerWeights:
        """Weights of block `index`."""
        block = self._model.blocks[index]
        attention, feed_forward = block.attention, block.feed_forward
        return LayerWeights(
            attention_norm=_array(block.attention_norm.scale),
            query=_matrix(attention.query),
            key=_matrix(attention.key),
            value=_matrix(attention.value),
            output=_matrix(attention.output_projection),
            feed_forward_norm=_array(block.feed_forward_norm.scale),
            gate=_matrix(feed_forward.gate),
            up=_matrix(feed_forward.up),
            down=_matrix(feed_forward.down),
        )


def decoder_weights(model: CausalDecoder) -> KerasDecoderWeights:
    """A provider of the model's weights for `build_decoder_graph` and `reference_logits`."""
    return KerasDecoderWeights(model)


def _array(variable: Any) -> Float32:
    return np.asarray(keras.ops.convert_to_numpy(variable), dtype=np.float32)


def _matrix(layer: keras.layers.Dense) -> DenseMatrix:
    return DenseMatrix(np.ascontiguousarray(_array(layer.kernel).T))  # Keras stores [in, out]


def _normal(scale: float = 1.0) -> keras.initializers.Initializer:
    return keras.initializers.RandomNormal(stddev=0.02 * scale)


def _dense(width: int, name: str, layers: int | None = None) -> keras.layers.Dense:
    # Projections that write to the residual stream start smaller, so that its variance does not grow with
    # depth (GPT-2's initialisation).
    scale = 1.0 if layers is None else (2.0 * layers) ** -0.5
    return keras.layers.Dense(width, use_bias=False, kernel_initializer=_normal(scale), name=name)
