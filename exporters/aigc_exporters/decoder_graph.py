"""A Llama-family decoder as an ONNX graph with fused operators and a KV cache that is updated in place.

Decoder graph convention, version 1. Inputs: `input_ids` int64 [batch, sequence], `seqlens_k` int32 [batch]
(valid length after this call, minus 1), `total_sequence_length` int32 scalar, `logit_positions` int64
[batch, positions], `past_key_values.{i}.key|value` float32 [batch, kv_heads, max_sequence, head_dim].
Outputs: `logits` float32 [batch, positions, vocab] and `present.{i}.key|value`, which the caller binds to the
buffers of the past. Several tokens with a non-empty past work at batch 1 only (a limit of the CPU kernel).

Operators: GroupQueryAttention with RoPE inside (arXiv:2305.13245, arXiv:2104.09864), RMSNorm
(arXiv:1910.07467), SwiGLU (arXiv:2002.05202).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper

from aigc_exporters.graph_writer import DataFile, GraphWriter
from aigc_exporters.weights import DecoderWeights, Float32, LayerWeights, Matrix, concatenate_rows

OPSET = 21
MICROSOFT = "com.microsoft"


@dataclass(frozen=True)
class DecoderConfig:
    """Shape of a Llama-family decoder.

    Attributes:
        layers: number of blocks.
        hidden: width of the residual stream.
        heads: query heads.
        kv_heads: key/value heads; divides `heads`.
        head_dim: width of one head (even).
        ffn: inner width of the SwiGLU feed-forward.
        vocab_size: rows of the embedding.
        max_positions: longest sequence the RoPE tables cover.
        rope_theta: base of the RoPE frequencies.
        rms_eps: epsilon inside RMSNorm.
        tied: the head is the embedding.
        rope_factors: divisors of the RoPE frequencies, [head_dim / 2], or None; see `aigc_exporters.rope`.
        rope_attention_factor: what rotated queries and keys are multiplied by (YaRN).
        windows: how many tokens a query of each layer sees, its own included, [layers]; 0 sees all. Empty: all do.
    """

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab_size: int
    max_positions: int
    rope_theta: float = 10_000.0
    rms_eps: float = 1e-5
    tied: bool = True
    rope_factors: tuple[float, ...] | None = None
    rope_attention_factor: float = 1.0
    windows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse shapes that no graph can have."""
        for name in (
            "layers",
            "hidden",
            "heads",
            "kv_heads",
            "head_dim",
            "ffn",
            "vocab_size",
            "max_positions",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, not {getattr(self, name)}")
        if self.heads % self.kv_heads:
            raise ValueError(f"heads ({self.heads}) must be a multiple of kv_heads ({self.kv_heads})")
        if self.head_dim % 2:
            raise ValueError(f"head_dim ({self.head_dim}) must be even for RoPE")
        if self.rope_factors is not None and len(self.rope_factors) != self.head_dim // 2:
            raise ValueError(f"rope_factors must have head_dim / 2 = {self.head_dim // 2} entries")
        if self.windows and (len(self.windows) != self.layers or min(self.windows) < 0):
            raise ValueError(f"windows must have one entry of 0 or more for each of {self.layers} layers")

    def manifest_section(self) -> dict[str, int]:
        """The section "decoder" of bundle.json."""
        names = ("layers", "hidden", "heads", "kv_heads", "head_dim", "vocab_size", "max_positions")
        values = asdict(self)
        return {name: int(values[name]) for name in names}


def rope_tables(config: DecoderConfig) -> tuple[Float32, Float32]:
    """Cosines and sines of the rotary embedding, each float32 [max_positions, head_dim / 2]."""
    exponents = np.arange(0, config.head_dim, 2, dtype=np.float64) / config.head_dim
    frequencies = config.rope_theta**-exponents
    if config.rope_factors is not None:
        frequencies = frequencies / np.asarray(config.rope_factors, dtype=np.float64)
    angles = np.arange(config.max_positions, dtype=np.float64)[:, None] * frequencies[None, :]
    factor = config.rope_attention_factor
    return (factor * np.cos(angles)).astype(np.float32), (factor * np.sin(angles)).astype(np.float32)


def build_decoder_graph(
    config: DecoderConfig, weights: DecoderWeights, *, accuracy_level: int = 4, data: DataFile | None = None
) -> onnx.ModelProto:
    """Build the graph of the convention above.

    Args:
        config: shape of the decoder.
        weights: where the matrices come from; each is stored as the kind it is.
        accuracy_level: activations of quantised products: 4 rounds them to int8 in blocks (fast), 1 keeps
            float32. Matters for quantised matrices only.
        data: where large tensors are written as they are made, so that no more than a layer is in memory; without
            it they are inline.

    Returns:
        A model with IR version 10; see `aigc_exporters.graph_writer.save_model`.
    """
    graph = GraphWriter(accuracy_level=accuracy_level, data=data)
    _declare_inputs(graph, config)
    cosine, sine = rope_tables(config)
    graph.initializer("rope.cos", cosine)
    graph.initializer("rope.sin", sine)

    embedding = weights.embedding()
    stored_embedding = graph.store("embedding", embedding)
    residual = graph.gather_rows(stored_embedding, "input_ids", "embedding")
    delta: str | None = None
    for index in range(config.layers):
        residual, delta = _block(graph, config, weights.layer(index), index, residual, delta)

    assert delta is not None
    last, _ = _norm(graph, config, weights.final_norm(), residual, delta, "final_norm")
    # The head costs vocab_size * hidden a position: project only the positions that were asked for.
    indices = graph.node("Unsqueeze", ["logit_positions", graph.int64("axis.last", [-1])], "logit_indices")
    picked = graph.node("GatherND", [last, indices], "last_hidden", batch_dims=1)
    head = weights.head()
    stored_head = stored_embedding if head is None else graph.store("head", head)
    graph.linear(stored_head, picked, "logits")
    graph.output("logits", TensorProto.FLOAT, ["batch", "positions", config.vocab_size])
    return graph.model(opset=OPSET, name="decoder")


def _declare_inputs(graph: GraphWriter, config: DecoderConfig) -> None:
    graph.input("input_ids", TensorProto.INT64, ["batch", "sequence"])
    graph.input("seqlens_k", TensorProto.INT32, ["batch"])
    graph.input("total_sequence_length", TensorProto.INT32, [])
    graph.input("logit_positions", TensorProto.INT64, ["batch", "positions"])
    for index in range(config.layers):
        for part in ("key", "value"):
            shape: list[int | str] = ["batch", config.kv_heads, "max_sequence", config.head_dim]
            graph.input(f"past_key_values.{index}.{part}", TensorProto.FLOAT, shape)


def _norm(
    graph: GraphWriter, config: DecoderConfig, gamma: Float32, residual: str, delta: str | None, name: str
) -> tuple[str, str]:
    """RMSNorm of (residual + delta); returns the normalised stream and the sum."""
    scale = graph.initializer(f"{name}.weight", np.asarray(gamma, dtype=np.float32))
    if delta is None:
        # Standard operators, which ONNX Runtime fuses: its fused operator sits in the standard domain without
        # being in the standard, so onnx.checker would refuse it.
        square = graph.node("Mul", [residual, residual], f"{name}.square")
        axes = graph.int64("axis.last", [-1])
        mean = graph.node("ReduceMean", [square, axes], f"{name}.mean", keepdims=1)
        epsilon = graph.initializer(f"{name}.epsilon", np.asarray(config.rms_eps, dtype=np.float32))
        root = graph.node("Sqrt", [graph.node("Add", [mean, epsilon], f"{name}.sum")], f"{name}.root")
        normed = graph.node("Div", [residual, root], f"{name}.unscaled")
        return graph.node("Mul", [normed, scale], name), residual
    total = f"{name}.residual"
    graph.nodes.append(
        helper.make_node(
            "SkipSimplifiedLayerNormalization",
            [residual, delta, scale],
            [name, "", "", total],
            name=name,
            domain=MICROSOFT,
            epsilon=config.rms_eps,
        )
    )
    return name, total


def _block(
    graph: GraphWriter,
    config: DecoderConfig,
    layer: LayerWeights,
    index: int,
    residual: str,
    delta: str | None,
) -> tuple[str, str]:
    """One pre-norm block; returns the residual stream and what is still to be added to it."""
    name = f"layers.{index}"
    normed, residual = _norm(graph, config, layer.attention_norm, residual, delta, f"{name}.attention_norm")
    attended = _attention(graph, config, layer, index, normed)
    delta = graph.project(layer.output, attended, f"{name}.output")
    if layer.output_bias is not None:
        delta = graph.add_bias(delta, layer.output_bias, f"{name}.output.biased")
    normed, residual = _norm(graph, config, layer.feed_forward_norm, residual, delta, f"{name}.ffn_norm")
    return residual, _feed_forward(graph, config, layer, name, normed)


def _attention(graph: GraphWriter, config: DecoderConfig, layer: LayerWeights, index: int, x: str) -> str:
    name = f"layers.{index}"
    matrices: list[Matrix] = [layer.query, layer.key, layer.value]
    biases = [layer.query_bias, layer.key_bias, layer.value_bias]
    packed = concatenate_rows(matrices)
    if packed is not None:
        qkv = graph.project(packed, x, f"{name}.qkv")
        if any(bias is not None for bias in biases):
            zeros = [np.zeros(matrix.shape[0], dtype=np.float32) for matrix in matrices]
            parts = [zero if bias is None else bias for bias, zero in zip(biases, zeros, strict=True)]
            qkv = graph.add_bias(qkv, np.concatenate(parts), f"{name}.qkv.biased")
        inputs = [qkv, "", ""]
    else:
        inputs = []
        for part, matrix, bias in zip(("q", "k", "v"), matrices, biases, strict=True):
            projected = graph.project(matrix, x, f"{name}.{part}")
            if bias is not None:
                projected = graph.add_bias(projected, bias, f"{name}.{part}.biased")
            inputs.append(projected)
    past = [f"past_key_values.{index}.{part}" for part in ("key", "value")]
    present = [f"present.{index}.{part}" for part in ("key", "value")]
    window = config.windows[index] if config.windows else 0
    graph.nodes.append(
        helper.make_node(
            "GroupQueryAttention",
            [*inputs, *past, "seqlens_k", "total_sequence_length", "rope.cos", "rope.sin"],
            [f"{name}.attention", *present],
            name=f"{name}.attention",
            domain=MICROSOFT,
            num_heads=config.heads,
            kv_num_heads=config.kv_heads,
            do_rotary=1,
            rotary_interleaved=0,
            local_window_size=window or -1,
        )
    )
    for output in present:
        graph.output(output, TensorProto.FLOAT, ["batch", config.kv_heads, "max_sequence", config.head_dim])
    return f"{name}.attention"


def _feed_forward(graph: GraphWriter, config: DecoderConfig, layer: LayerWeights, name: str, x: str) -> str:
    packed = concatenate_rows([layer.gate, layer.up])
    if packed is not None:
        both = graph.project(packed, x, f"{name}.gate_up")
        sizes = graph.int64("ffn.split", [config.ffn, config.ffn])
        gate, up = f"{name}.gate", f"{name}.up"
        graph.nodes.append(
            helper.make_node("Split", [both, sizes], [gate, up], name=f"{name}.split", axis=-1)
        )
    else:
        gate = graph.project(layer.gate, x, f"{name}.gate")
        up = graph.project(layer.up, x, f"{name}.up")
    # SiLU is one fused kernel as QuickGelu with alpha 1: x * sigmoid(x).
    activated = graph.node("QuickGelu", [gate], f"{name}.silu", domain=MICROSOFT, alpha=1.0)
    product = graph.node("Mul", [activated, up], f"{name}.swiglu")
    return graph.project(layer.down, product, f"{name}.down")
