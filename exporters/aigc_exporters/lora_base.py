"""An imported decoder's weights, read back from the graph of its bundle, for fine-tuning.

The graph builder's names are the contract: what `aigc_exporters.decoder_graph` wrote, this reads, whatever the
storage. Rotary tables are kept as they stand in the graph, so that no scaling of positions has to be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.weights import BlockMatrix, DenseMatrix, Float32, LayerWeights, Matrix
from aigc_sdk.bundles.bundle import read_manifest
from aigc_sdk.errors import BundleError, ExportError


@dataclass(frozen=True)
class BaseDecoder:
    """A decoder that can be fine-tuned.

    Attributes:
        config: Its shape. `rope_theta` means nothing here: the tables count.
        weights: Its weights, in the storage of the bundle.
        cosine: Rotary table, float32 [max_positions, head_dim / 2].
        sine: The other one.
    """

    config: DecoderConfig
    weights: GraphWeights
    cosine: Float32
    sine: Float32


def read_base(folder: Path) -> BaseDecoder:
    """Read a decoder bundle.

    Raises:
        BundleError: It is no decoder bundle, or its graph lacks a tensor that the convention has.
        ExportError: It has biases or windows, which fine-tuning does not know.
    """
    manifest = read_manifest(folder)
    shape = manifest.decoder
    if manifest.task != "decoder" or shape is None:
        raise BundleError(f"Bundle {manifest.id} is no decoder.", hint="Name an imported language model.")
    model = onnx.load(str(folder / "model.onnx"), load_external_data=True)
    graph = GraphWeights(model)
    if graph.windowed or graph.biased:
        raise ExportError(
            f"Bundle {manifest.id} has {'sliding windows' if graph.windowed else 'biases'}, which cannot be fine-tuned.",
            hint="Llama-family models without biases can, such as SmolLM2.",
        )
    first = graph.layer(0)
    config = DecoderConfig(
        layers=shape.layers,
        hidden=shape.hidden,
        heads=shape.heads,
        kv_heads=shape.kv_heads,
        head_dim=shape.head_dim,
        ffn=first.gate.shape[0],
        vocab_size=shape.vocab_size,
        max_positions=shape.max_positions,
        rms_eps=float(graph.tensor("layers.0.attention_norm.epsilon").item()),
        tied=graph.head() is None,
    )
    return BaseDecoder(config, graph, graph.tensor("rope.cos"), graph.tensor("rope.sin"))


class GraphWeights:
    """A provider of the weights in a decoder graph; see `aigc_exporters.weights.DecoderWeights`.

    Args:
        model: The graph, with its tensors.
    """

    def __init__(self, model: onnx.ModelProto) -> None:
        self._tensors = {tensor.name: tensor for tensor in model.graph.initializer}
        self._products: dict[str, dict[str, Any]] = {}
        self.windowed = False
        self._query_rows = self._key_rows = 0
        self._shifts: dict[str, int] = {}
        for node in model.graph.node:
            values = {entry.name: helper.get_attribute_value(entry) for entry in node.attribute}
            if node.op_type in ("MatMulNBits", "GatherBlockQuantized"):
                self._products[node.input[1 if node.op_type == "MatMulNBits" else 0]] = values
            if node.op_type == "Mul" and node.output[0].endswith(".shift"):
                self._shifts[node.output[0]] = int(self.tensor(node.input[1]).item())
            if node.op_type == "GroupQueryAttention":
                self.windowed |= values.get("local_window_size", -1) != -1
                heads, kv_heads = values["num_heads"], values["kv_num_heads"]
                head_dim = self.tensor("rope.cos").shape[1] * 2
                self._query_rows, self._key_rows = heads * head_dim, kv_heads * head_dim
        self.biased = any(name.endswith(".bias") for name in self._tensors)

    def tensor(self, name: str) -> npt.NDArray[Any]:
        """A constant of the graph.

        Raises:
            BundleError: There is none of that name.
        """
        found = self._tensors.get(name)
        if found is None:
            raise BundleError(
                f"The graph has no tensor {name!r}: it was not made by this library's importer.",
                hint="Import the model again with `aigc models import`.",
            )
        return np.asarray(numpy_helper.to_array(found))

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._matrix("embedding")

    def head(self) -> Matrix | None:
        """The head, [vocab_size, hidden], or None where it is tied."""
        return self._matrix("head") if self._has("head") else None

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return self.tensor("final_norm.weight")

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
        name = f"layers.{index}"
        if self._has(f"{name}.qkv"):
            ends = np.cumsum([0, self._query_rows, self._key_rows, self._key_rows])
            query, key, value = _cut(self._matrix(f"{name}.qkv"), ends)
        else:
            query, key, value = (self._matrix(f"{name}.{part}") for part in ("q", "k", "v"))
        if self._has(f"{name}.gate_up"):
            both = self._matrix(f"{name}.gate_up")
            half = both.shape[0] // 2
            gate, up = _cut(both, np.array([0, half, 2 * half]))
        else:
            gate, up = self._matrix(f"{name}.gate"), self._matrix(f"{name}.up")
        return LayerWeights(
            attention_norm=self.tensor(f"{name}.attention_norm.weight"),
            query=query,
            key=key,
            value=value,
            output=self._matrix(f"{name}.output"),
            feed_forward_norm=self.tensor(f"{name}.ffn_norm.weight"),
            gate=gate,
            up=up,
            down=self._matrix(f"{name}.down"),
        )

    def _has(self, name: str) -> bool:
        return any(f"{name}.{part}" in self._tensors for part in ("weight", "weight.f16", "codes"))

    def _either(self, name: str) -> npt.NDArray[Any]:
        """A constant that may be stored in half precision."""
        return self.tensor(f"{name}.f16" if f"{name}.f16" in self._tensors else name)

    def _matrix(self, name: str) -> Matrix:
        if f"{name}.codes" not in self._tensors:
            return DenseMatrix(self._either(f"{name}.weight"))
        product = self._products[f"{name}.codes"]
        codes, scales = self.tensor(f"{name}.codes"), self.tensor(f"{name}.scales")
        bits = int(product["bits"])
        if f"{name}.minima" not in self._tensors and f"{name}.minima.f16" not in self._tensors:
            return BlockMatrix(bits, codes, scales)
        return BlockMatrix(bits, codes, scales, self._either(f"{name}.minima"), self._first_code(name, bits))

    def _first_code(self, name: str, bits: int) -> int:
        """The code that `minima` is the value of: the graph keeps the steps from it to the zero point."""
        steps = self._shifts.get(f"{name}.shift")
        if steps is None:
            raise BundleError(f"The graph does not say how {name!r} is shifted.", hint="Import it again.")
        return int(2 ** (bits - 1)) - steps


def _cut(matrix: Matrix, ends: npt.NDArray[np.int_]) -> list[Matrix]:
    """Rows [ends[i], ends[i + 1]) of a matrix, each as one."""
    return [matrix.take_rows(np.arange(a, b)) for a, b in pairwise(ends)]
