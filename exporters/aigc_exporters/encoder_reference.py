"""A BERT forward pass in NumPy, float32: the reference that encoder graphs are compared with.

It shares no code with the graph builder and the Keras model: an error would have to be made twice to pass.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from aigc_exporters.encoder_weights import (
    Activation,
    EncoderConfig,
    EncoderLayerWeights,
    EncoderWeights,
    Pooling,
)
from aigc_exporters.weights import Float32

Int64 = npt.NDArray[np.int64]

_erf = np.vectorize(math.erf, otypes=[np.float64])


def reference_encoding(
    config: EncoderConfig, weights: EncoderWeights, input_ids: Int64, attention_mask: Int64
) -> tuple[Float32, Float32]:
    """Last hidden state and sentence vectors.

    Args:
        config: shape of the encoder.
        weights: its weights; quantised ones are dequantised, one layer at a time.
        input_ids: int64 [batch, sequence].
        attention_mask: int64 [batch, sequence], 1 for tokens and 0 for padding.

    Returns:
        float32 [batch, sequence, hidden], and float32 [batch, hidden]: the tokens' states pooled and L2-normalised.
    """
    sequence = input_ids.shape[1]
    x = weights.word_embedding().dequantize()[input_ids] + weights.position_embedding()[:sequence]
    x = _layer_norm(x, weights.embedding_norm(), config.layer_norm_eps)
    for index in range(config.layers):
        layer = weights.layer(index)
        x = _layer_norm(
            x + _attention(config, layer, x, attention_mask), layer.attention_norm, config.layer_norm_eps
        )
        inner = x @ layer.intermediate.dequantize().T + layer.intermediate_bias
        inner = _activated(inner, config.activation)
        x = _layer_norm(
            x + inner @ layer.output.dequantize().T + layer.output_bias,
            layer.output_norm,
            config.layer_norm_eps,
        )
    pooled = _pooled(x, attention_mask, config.pooling)
    return x, np.asarray(pooled / np.linalg.norm(pooled, axis=-1, keepdims=True), dtype=np.float32)


def _activated(x: Float32, activation: Activation) -> Float32:
    if activation == "relu":
        return np.maximum(x, np.float32(0.0))
    if activation == "gelu_tanh":
        inner = math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)
        return np.asarray(0.5 * x * (1.0 + np.tanh(inner)), dtype=np.float32)
    return np.asarray(x * 0.5 * (1.0 + _erf(x / math.sqrt(2.0))), dtype=np.float32)


def _pooled(x: Float32, mask: Int64, pooling: Pooling) -> Float32:
    if pooling == "cls":
        return x[:, 0]
    if pooling == "max":
        rows = [row[shown > 0].max(axis=0) for row, shown in zip(x, mask, strict=True)]
        return np.stack(rows)
    shown = mask[..., None].astype(np.float32)
    return np.asarray((x * shown).sum(axis=1) / shown.sum(axis=1), dtype=np.float32)


def _layer_norm(x: Float32, norm: tuple[Float32, Float32], epsilon: float) -> Float32:
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = np.mean(np.square(centred), axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt(variance + epsilon) * norm[0] + norm[1], dtype=np.float32)


def _attention(config: EncoderConfig, layer: EncoderLayerWeights, x: Float32, mask: Int64) -> Float32:
    batch, sequence, _ = x.shape

    def heads(projected: Float32) -> Float32:
        return projected.reshape(batch, sequence, config.heads, config.head_dim).transpose(0, 2, 1, 3)

    query = heads(x @ layer.query.dequantize().T + layer.query_bias)
    key = heads(x @ layer.key.dequantize().T + layer.key_bias)
    value = heads(x @ layer.value.dequantize().T + layer.value_bias)
    scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(config.head_dim))
    scores = np.where(mask[:, None, None, :] > 0, scores, np.float32(-np.inf))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attended = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    merged = attended.transpose(0, 2, 1, 3).reshape(batch, sequence, -1)
    return np.asarray(
        merged @ layer.attention_output.dequantize().T + layer.attention_output_bias, dtype=np.float32
    )
