"""A post-norm BERT encoder in Keras 3 (arXiv:1810.04805): the trainable twin of `aigc_exporters.encoder_export`.

Example:
    >>> model = build_encoder(config, dropout=0.1)                        # doctest: +SKIP
    >>> load_weights(model, E5File(path))                                 # doctest: +SKIP
    >>> hidden = model({"input_ids": ids, "attention_mask": mask})        # doctest: +SKIP
    >>> graph = build_encoder_graph(config, encoder_weights(model))       # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from aigc_exporters.encoder_weights import EncoderConfig, EncoderLayerWeights, EncoderWeights
from aigc_exporters.weights import DenseMatrix, Float32, Matrix
from aigc_sdk.errors import ExportError


class SelfAttention(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Multi-head attention over the tokens of the mask, with output projection (arXiv:1706.03762)."""

    def __init__(self, config: EncoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.query = _dense(config.hidden, "query")
        self.key = _dense(config.hidden, "key")
        self.value = _dense(config.hidden, "value")
        self.output_projection = _dense(config.hidden, "output")
        self.dropout = keras.layers.Dropout(dropout)

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Create the four projections."""
        for layer in (self.query, self.key, self.value, self.output_projection):
            layer.build(shape)

    def call(self, x: Any, mask: Any, training: bool = False) -> Any:
        """[batch, sequence, hidden] and a mask [batch, sequence] (1 for tokens) to the shape of `x`."""
        ops = keras.ops
        query, key, value = (self._heads(part(x)) for part in (self.query, self.key, self.value))
        scores = ops.cast(ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))), "float32")
        hidden = 1.0 - ops.cast(mask, "float32")[:, None, None, :]
        scores = scores / float(np.sqrt(self.config.head_dim)) + hidden * -1e9
        attention = self.dropout(ops.cast(ops.softmax(scores, axis=-1), x.dtype), training=training)
        attended = ops.transpose(ops.matmul(attention, value), (0, 2, 1, 3))
        return self.output_projection(ops.reshape(attended, (-1, ops.shape(x)[1], self.config.hidden)))

    def _heads(self, x: Any) -> Any:
        shape = (-1, keras.ops.shape(x)[1], self.config.heads, self.config.head_dim)
        return keras.ops.transpose(keras.ops.reshape(x, shape), (0, 2, 1, 3))


class EncoderBlock(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Attention and feed-forward, each added to its input and normalised after (post-norm)."""

    def __init__(self, config: EncoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.attention = SelfAttention(config, dropout, name="attention")
        self.attention_norm = _norm(config, "attention_norm")
        self.intermediate = _dense(config.ffn, "intermediate")
        self.output_projection = _dense(config.hidden, "output")
        self.output_norm = _norm(config, "output_norm")
        self.dropout = keras.layers.Dropout(dropout)

    def build(self, shape: tuple[int | None, ...]) -> None:
        """Build the parts."""
        for layer in (self.attention, self.attention_norm, self.intermediate, self.output_norm):
            layer.build(shape)
        self.output_projection.build((*shape[:-1], self.config.ffn))

    def call(self, x: Any, mask: Any, training: bool = False) -> Any:
        """[batch, sequence, hidden] and the mask to the shape of `x`."""
        attended = self.dropout(self.attention(x, mask, training=training), training=training)
        x = self.attention_norm(x + attended)
        inner = _gelu(self.intermediate(x))
        return self.output_norm(x + self.dropout(self.output_projection(inner), training=training))


class Encoder(keras.Model):  # type: ignore[misc]  # Keras has no types
    """Dict of `input_ids` and `attention_mask`, int [batch, sequence], to float32 [batch, sequence, hidden]."""

    def __init__(self, config: EncoderConfig, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.word_embedding = keras.layers.Embedding(config.vocab_size, config.hidden, name="word_embedding")
        self.position_embedding = keras.layers.Embedding(
            config.max_positions, config.hidden, name="position_embedding"
        )
        self.embedding_norm = _norm(config, "embedding_norm")
        self.dropout = keras.layers.Dropout(dropout)
        self.blocks = [EncoderBlock(config, dropout, name=f"block_{i}") for i in range(config.layers)]

    def build(self, shape: Any = None) -> None:
        """Create all weights; `shape` is not needed."""
        hidden = (None, None, self.config.hidden)
        self.word_embedding.build((None, None))
        self.position_embedding.build((None,))
        self.embedding_norm.build(hidden)
        for block in self.blocks:
            block.build(hidden)
        self.built = True

    def call(self, inputs: Mapping[str, Any], training: bool = False) -> Any:
        """See the class."""
        ids, mask = inputs["input_ids"], inputs["attention_mask"]
        positions = self.position_embedding(keras.ops.arange(keras.ops.shape(ids)[1]))
        x = self.embedding_norm(self.word_embedding(ids) + positions[None])
        x = self.dropout(x, training=training)
        for block in self.blocks:
            x = block(x, mask, training=training)
        return keras.ops.cast(x, "float32")


def build_encoder(config: EncoderConfig, *, dropout: float = 0.0, name: str = "encoder") -> Encoder:
    """Build an encoder with its weights created, initialised at random.

    Args:
        config: its shape.
        dropout: rate after the embeddings, on attention weights and on both branches, in training.
        name: name of the Keras model.

    Raises:
        ExportError: if its activation is not the exact GELU.
    """
    if config.activation != "gelu":
        raise ExportError(f"Encoders with the activation {config.activation} cannot be trained.")
    model = Encoder(config, dropout, name=name)
    model.build()
    return model


def mean_embedding(hidden: Any, mask: Any) -> Any:
    """Sentence vectors: mean over the tokens, L2-normalised.

    Args:
        hidden: float [batch, sequence, hidden].
        mask: int [batch, sequence], 1 for tokens.

    Returns:
        float32 [batch, hidden].
    """
    shown = keras.ops.cast(mask, "float32")[..., None]
    total = keras.ops.sum(hidden * shown, axis=1)
    norm = keras.ops.sqrt(keras.ops.sum(keras.ops.square(total), axis=-1, keepdims=True))
    return total / keras.ops.maximum(norm, 1e-12)


def load_weights(model: Encoder, weights: EncoderWeights) -> None:
    """Fill the model with weights of its shape; quantised ones are dequantised.

    Raises:
        ValueError: if a shape differs.
    """
    model.word_embedding.embeddings.assign(weights.word_embedding().dequantize())
    model.position_embedding.embeddings.assign(weights.position_embedding())
    _assign_norm(model.embedding_norm, weights.embedding_norm())
    for index, block in enumerate(model.blocks):
        layer = weights.layer(index)
        attention = block.attention
        for dense, matrix, bias in (
            (attention.query, layer.query, layer.query_bias),
            (attention.key, layer.key, layer.key_bias),
            (attention.value, layer.value, layer.value_bias),
            (attention.output_projection, layer.attention_output, layer.attention_output_bias),
            (block.intermediate, layer.intermediate, layer.intermediate_bias),
            (block.output_projection, layer.output, layer.output_bias),
        ):
            dense.kernel.assign(matrix.dequantize().T)  # Keras stores [in, out]
            dense.bias.assign(bias)
        _assign_norm(block.attention_norm, layer.attention_norm)
        _assign_norm(block.output_norm, layer.output_norm)


class KerasEncoderWeights:
    """The weights of an `Encoder` in the form graph builder and reference read."""

    def __init__(self, model: Encoder) -> None:
        self._model = model

    def word_embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return DenseMatrix(_array(self._model.word_embedding.embeddings))

    def position_embedding(self) -> Float32:
        """Position embeddings, [max_positions, hidden]."""
        return _array(self._model.position_embedding.embeddings)

    def embedding_norm(self) -> tuple[Float32, Float32]:
        """(weight, bias), [hidden] each."""
        return _norm_arrays(self._model.embedding_norm)

    def layer(self, index: int) -> EncoderLayerWeights:
        """Weights of block `index`."""
        return block_weights(self._model.blocks[index])


def block_weights(block: EncoderBlock) -> EncoderLayerWeights:
    """The weights of one block, matrices [out, in]."""
    attention = block.attention
    return EncoderLayerWeights(
        query=_matrix(attention.query),
        key=_matrix(attention.key),
        value=_matrix(attention.value),
        attention_output=_matrix(attention.output_projection),
        intermediate=_matrix(block.intermediate),
        output=_matrix(block.output_projection),
        query_bias=_array(attention.query.bias),
        key_bias=_array(attention.key.bias),
        value_bias=_array(attention.value.bias),
        attention_output_bias=_array(attention.output_projection.bias),
        intermediate_bias=_array(block.intermediate.bias),
        output_bias=_array(block.output_projection.bias),
        attention_norm=_norm_arrays(block.attention_norm),
        output_norm=_norm_arrays(block.output_norm),
    )


def encoder_weights(model: Encoder) -> KerasEncoderWeights:
    """A provider of the model's weights for `build_encoder_graph` and `reference_encoding`."""
    return KerasEncoderWeights(model)


def _gelu(x: Any) -> Any:
    """The exact GELU (arXiv:1606.08415), as the weights were trained with.

    Written out, because Keras's own computes it by erfc, which tf2onnx does not know.
    """
    return 0.5 * x * (1.0 + keras.ops.erf(x * float(np.sqrt(0.5))))


def _array(variable: Any) -> Float32:
    return np.asarray(keras.ops.convert_to_numpy(variable), dtype=np.float32)


def _matrix(layer: keras.layers.Dense) -> DenseMatrix:
    return DenseMatrix(np.ascontiguousarray(_array(layer.kernel).T))  # Keras stores [in, out]


def _norm_arrays(layer: keras.layers.LayerNormalization) -> tuple[Float32, Float32]:
    return _array(layer.gamma), _array(layer.beta)


def _assign_norm(layer: keras.layers.LayerNormalization, values: tuple[Float32, Float32]) -> None:
    layer.gamma.assign(values[0])
    layer.beta.assign(values[1])


def _norm(config: EncoderConfig, name: str) -> keras.layers.LayerNormalization:
    return keras.layers.LayerNormalization(epsilon=config.layer_norm_eps, name=name)


def _dense(width: int, name: str) -> keras.layers.Dense:
    initializer = keras.initializers.TruncatedNormal(stddev=0.02)
    return keras.layers.Dense(width, kernel_initializer=initializer, name=name)
