"""A Llama-family forward pass in NumPy, float32: the reference that graphs are compared with.

It shares no code with the graph builder and uses no ONNX: an error would have to be made twice to pass.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.weights import DecoderWeights, Float32, LayerWeights, Matrix

Int64 = npt.NDArray[np.int64]


def reference_logits(config: DecoderConfig, weights: DecoderWeights, tokens: Int64) -> Float32:
    """Logits of every position by the whole causal forward pass, without a cache.

    Args:
        config: shape of the decoder.
        weights: its weights; quantised ones are dequantised, one layer at a time.
        tokens: int64 [batch, sequence].

    Returns:
        float32 [batch, sequence, vocab].
    """
    table = weights.embedding().dequantize()
    stream = table[tokens]
    for index in range(config.layers):
        layer = weights.layer(index)
        window = config.windows[index] if config.windows else 0
        normed = _rms_norm(stream, layer.attention_norm, config.rms_eps)
        stream = stream + _attention(config, layer, normed, window)
        stream = stream + _feed_forward(layer, _rms_norm(stream, layer.feed_forward_norm, config.rms_eps))
    stream = _rms_norm(stream, weights.final_norm(), config.rms_eps)
    head = weights.head()
    return np.asarray(stream @ (table if head is None else head.dequantize()).T, dtype=np.float32)


def negative_log_likelihood(logits: Float32, tokens: Int64) -> float:
    """Sum over positions 1.. of -ln p(token | tokens before it), in nats.

    Args:
        logits: float32 [sequence, vocab] of one sequence.
        tokens: int64 [sequence].
    """
    scores = logits[:-1].astype(np.float64)
    peak = scores.max(axis=-1, keepdims=True)
    log_total = peak[:, 0] + np.log(np.exp(scores - peak).sum(axis=-1))
    return float((log_total - scores[np.arange(len(scores)), tokens[1:]]).sum())


def _rms_norm(x: Float32, weight: Float32, epsilon: float) -> Float32:
    mean_square = np.mean(np.square(x), axis=-1, keepdims=True)
    return np.asarray(x / np.sqrt(mean_square + np.float32(epsilon)) * weight, dtype=np.float32)


def _project(x: Float32, matrix: Matrix, bias: Float32 | None = None) -> Float32:
    product = x @ matrix.dequantize().T
    return product if bias is None else product + bias


def _feed_forward(layer: LayerWeights, x: Float32) -> Float32:
    gate = _project(x, layer.gate)
    # exp overflows to inf for very negative gates, where the quotient is rightly 0.
    with np.errstate(over="ignore"):
        activated = gate / (1.0 + np.exp(-gate))
    product = np.asarray(activated * _project(x, layer.up), dtype=np.float32)
    return _project(product, layer.down)


def _attention(config: DecoderConfig, layer: LayerWeights, x: Float32, window: int) -> Float32:
    batch, sequence, _ = x.shape

    def heads(projected: Float32, count: int) -> Float32:
        return projected.reshape(batch, sequence, count, config.head_dim).transpose(0, 2, 1, 3)

    query = _rotate(heads(_project(x, layer.query, layer.query_bias), config.heads), config)
    key = _rotate(heads(_project(x, layer.key, layer.key_bias), config.kv_heads), config)
    value = heads(_project(x, layer.value, layer.value_bias), config.kv_heads)
    group = config.heads // config.kv_heads
    key, value = np.repeat(key, group, axis=1), np.repeat(value, group, axis=1)
    scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(config.head_dim))
    distance = np.arange(sequence)[:, None] - np.arange(sequence)  # from each query back to each key
    seen = distance >= 0
    if window:
        seen &= distance < window
    scores = np.where(seen, scores, np.float32(-np.inf))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attended = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    joined = attended.transpose(0, 2, 1, 3).reshape(batch, sequence, -1)
    return _project(joined, layer.output, layer.output_bias)


def _rotate(x: Float32, config: DecoderConfig) -> Float32:
    """RoPE on [batch, heads, sequence, head_dim], each pair being (i, i + head_dim / 2)."""
    half = config.head_dim // 2
    inverse = 1.0 / config.rope_theta ** (np.arange(half) * 2.0 / config.head_dim)
    if config.rope_factors is not None:
        inverse = inverse / np.asarray(config.rope_factors)
    angle = np.outer(np.arange(x.shape[2]), inverse)
    magnitude = config.rope_attention_factor
    cosine, sine = (magnitude * wave(angle).astype(np.float32) for wave in (np.cos, np.sin))
    low, high = x[..., :half], x[..., half:]
    return np.concatenate([low * cosine - high * sine, high * cosine + low * sine], axis=-1)
