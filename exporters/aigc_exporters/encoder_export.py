"""A BERT encoder as an ONNX graph with fused operators, weights in the precision the source has.

Inputs: `input_ids` and `attention_mask`, int64 [batch, sequence] (1 for tokens, 0 for padding on the right).
Outputs: `last_hidden_state` float32 [batch, sequence, hidden] and `embedding` float32 [batch, hidden], the tokens
pooled as the configuration says, L2-normalised. The graph is the same for imported and for fine-tuned weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper

from aigc_exporters.encoder_weights import EncoderConfig, EncoderLayerWeights, EncoderWeights
from aigc_exporters.graph_writer import MICROSOFT, DataFile, GraphWriter, StoredMatrix
from aigc_exporters.weights import DenseMatrix, Matrix, concatenate_rows

OPSET = 21


def build_encoder_graph(
    config: EncoderConfig,
    weights: EncoderWeights,
    *,
    accuracy_level: int = 4,
    data: DataFile | None = None,
) -> onnx.ModelProto:
    """Build the graph described above.

    Args:
        config: shape of the encoder.
        weights: where the matrices come from; each is stored as the kind it is.
        accuracy_level: activations of quantised products: 4 rounds them to int8 in blocks (fast), 1 keeps
            float32. Matters for quantised matrices only.
        data: where large tensors go as they are made, so that no more than a block is in memory at once.

    Returns:
        A model with IR version 10, its weights inline or in `data`; see `aigc_exporters.graph_writer.save_model`.
    """
    graph = GraphWriter(accuracy_level=accuracy_level, data=data)
    for name in ("input_ids", "attention_mask"):
        graph.input(name, TensorProto.INT64, ["batch", "sequence"])
    mask = graph.node("Cast", ["attention_mask"], "mask.int32", to=TensorProto.INT32)

    words = graph.gather_rows(_store_table(graph, weights.word_embedding()), "input_ids", "word_embedding")
    positions = graph.initializer("position_embedding", weights.position_embedding())
    length = graph.node("Shape", ["input_ids"], "sequence_length", start=1, end=2)
    start = graph.int64("zero", [0])
    used = graph.node("Slice", [positions, start, length, start], "positions")
    x = graph.node("Add", [words, used], "embeddings")
    scale, shift = weights.embedding_norm()
    x = graph.node(
        "LayerNormalization",
        [
            x,
            graph.initializer("embedding_norm.weight", scale),
            graph.initializer("embedding_norm.bias", shift),
        ],
        "embedding_norm",
        axis=-1,
        epsilon=config.layer_norm_eps,
    )
    for index in range(config.layers):
        output = "last_hidden_state" if index == config.layers - 1 else f"layers.{index}"
        x = _block(graph, config, weights.layer(index), f"layers.{index}", x, mask, output)
    _pool(graph, config, x)
    graph.output("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", config.hidden])
    graph.output("embedding", TensorProto.FLOAT, ["batch", config.hidden])
    return graph.model(opset=OPSET, name="encoder")


def _store_table(graph: GraphWriter, table: Matrix) -> StoredMatrix:
    if isinstance(table, DenseMatrix):
        return graph.store("word_embedding", table)
    # Only the look-up reads this table, so its scales may stay float16 in the file (the product's may not, see
    # GraphWriter.store): a tenth of the largest tensor.
    codes = graph.initializer("word_embedding.codes", table.codes)
    narrow = graph.initializer("word_embedding.scales.f16", table.scales)
    scales = graph.node("Cast", [narrow], "word_embedding.scales", to=TensorProto.FLOAT)
    return StoredMatrix(table, codes, scales)


def _block(
    graph: GraphWriter,
    config: EncoderConfig,
    layer: EncoderLayerWeights,
    name: str,
    x: str,
    mask: str,
    output: str,
) -> str:
    attended = _attention(graph, config, layer, name, x, mask)
    delta = graph.project(layer.attention_output, attended, f"{name}.attention_output")
    bias = graph.initializer(f"{name}.attention_output.bias", layer.attention_output_bias)
    norm = _norm_inputs(graph, layer.attention_norm, f"{name}.attention_norm")
    x = _skip_norm(graph, config, [x, delta, *norm, bias], f"{name}.attention_norm")

    inner = graph.project(layer.intermediate, x, f"{name}.intermediate")
    bias = graph.initializer(f"{name}.intermediate.bias", layer.intermediate_bias)
    if config.activation == "relu":
        inner = graph.node("Relu", [graph.node("Add", [inner, bias], f"{name}.biased")], f"{name}.relu")
    else:
        # BiasGelu is the exact GELU, by erf; FastGelu is the tanh approximation.
        fused = "BiasGelu" if config.activation == "gelu" else "FastGelu"
        inner = graph.node(fused, [inner, bias], f"{name}.gelu", domain=MICROSOFT)
    delta = graph.project(layer.output, inner, f"{name}.output")
    bias = graph.initializer(f"{name}.output.bias", layer.output_bias)
    norm = _norm_inputs(graph, layer.output_norm, f"{name}.output_norm")
    return _skip_norm(graph, config, [x, delta, *norm, bias], output)


def _norm_inputs(graph: GraphWriter, norm: tuple[np.ndarray, np.ndarray], name: str) -> Sequence[str]:
    return [
        graph.initializer(f"{name}.{part}", value)
        for part, value in zip(("weight", "bias"), norm, strict=True)
    ]


def _skip_norm(graph: GraphWriter, config: EncoderConfig, inputs: list[str], output: str) -> str:
    return graph.node(
        "SkipLayerNormalization", inputs, output, domain=MICROSOFT, epsilon=config.layer_norm_eps
    )


def _attention(
    graph: GraphWriter, config: EncoderConfig, layer: EncoderLayerWeights, name: str, x: str, mask: str
) -> str:
    matrices = [layer.query, layer.key, layer.value]
    packed = concatenate_rows(matrices)
    if packed is None:
        parts = [
            graph.project(matrix, x, f"{name}.{part}")
            for part, matrix in zip(("query", "key", "value"), matrices, strict=True)
        ]
    else:
        joined = graph.project(packed, x, f"{name}.qkv")
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        sizes = graph.int64("qkv.split", [config.hidden] * 3)
        graph.nodes.append(helper.make_node("Split", [joined, sizes], parts, name=f"{name}.split", axis=-1))
    bias = np.concatenate([layer.query_bias, layer.key_bias, layer.value_bias])
    return graph.node(
        "MultiHeadAttention",
        [*parts, graph.initializer(f"{name}.qkv.bias", bias), mask],
        f"{name}.attention",
        domain=MICROSOFT,
        num_heads=config.heads,
    )


def _pool(graph: GraphWriter, config: EncoderConfig, x: str) -> None:
    if config.pooling == "cls":
        first = graph.node("Gather", [x, graph.int64("zero", [0])], "first_tokens", axis=1)
        pooled = graph.node("Squeeze", [first, graph.int64("axis.sequence", [1])], "first_token")
    else:
        kind = TensorProto.FLOAT if config.pooling == "mean" else TensorProto.BOOL
        shown = graph.node("Cast", ["attention_mask"], "mask.shown", to=kind)
        shown = graph.node("Unsqueeze", [shown, graph.int64("axis.last", [-1])], "mask.column")
        if config.pooling == "mean":
            # Not divided by their number, which would cancel in the norm.
            masked = graph.node("Mul", [x, shown], "masked")
            reduction, pooled = "ReduceSum", "token_sum"
        else:
            # Finite, so that a row without tokens stays so.
            lowest = graph.initializer("lowest", np.asarray(-1e9, dtype=np.float32))
            masked = graph.node("Where", [shown, x, lowest], "masked")
            reduction, pooled = "ReduceMax", "token_maximum"
        graph.node(reduction, [masked, graph.int64("axis.sequence", [1])], pooled, keepdims=0)
    length = graph.node("ReduceL2", [pooled, graph.int64("axis.last", [-1])], f"{pooled}.norm", keepdims=1)
    # The floor keeps a row without tokens at 0, not NaN.
    floor = graph.initializer("norm.floor", np.asarray(1e-12, dtype=np.float32))
    graph.node("Div", [pooled, graph.node("Max", [length, floor], "norm")], "embedding")
