"""Writing an ONNX graph: names, initialisers, and the product of an activation with a matrix of any kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import load_external_data_for_model

from aigc_exporters.weights import DenseMatrix, Float32, Matrix

IR_VERSION = 10  # onnx writes a newer one by default, which released runtimes refuse
MICROSOFT = "com.microsoft"
INLINE_LIMIT = 32 * 2**20  # bytes; above it weights go to a file of their own, which is mapped, not parsed

_SMALL = 1024  # bytes; tensors up to it are always in the graph, where shape inference sees them
_ALIGNMENT = 4096  # so that each tensor can be mapped by itself


@dataclass(frozen=True)
class StoredMatrix:
    """A matrix whose tensors are in the graph, so that several nodes can read them."""

    matrix: Matrix
    values: str
    scales: str = ""
    offsets: str = ""


class DataFile:
    """Tensors in a file beside the graph, appended as they are made.

    A graph of more than 2 GiB cannot be one protobuf message, and one that is built in memory needs all of its
    weights there at once.

    Args:
        path: the file; its folder will hold the graph.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        path.write_bytes(b"")

    def append(self, name: str, values: npt.NDArray[Any]) -> onnx.TensorProto:
        """Write a tensor and return the entry that stands for it in the graph."""
        start = -(-self.size // _ALIGNMENT) * _ALIGNMENT
        with self.path.open("r+b") as stream:
            stream.seek(start)
            # ONNX's raw data are little-endian.
            np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tofile(stream)
        self.size = start + values.nbytes
        tensor = onnx.TensorProto(
            name=name,
            data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
            dims=values.shape,
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in (("location", self.path.name), ("offset", start), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


@dataclass
class GraphWriter:
    """Collects nodes, initialisers, inputs and outputs of one graph."""

    accuracy_level: int = 4
    data: DataFile | None = None
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    _initializers: dict[str, onnx.TensorProto] = field(default_factory=dict)
    _inputs: list[onnx.ValueInfoProto] = field(default_factory=list)
    _outputs: list[onnx.ValueInfoProto] = field(default_factory=list)
    _block_sums: dict[tuple[str, int], str] = field(default_factory=dict)

    def input(self, name: str, dtype: int, shape: list[int | str]) -> None:
        """Declare a graph input; strings in `shape` name dynamic dimensions."""
        self._inputs.append(helper.make_tensor_value_info(name, dtype, shape))

    def output(self, name: str, dtype: int, shape: list[int | str]) -> None:
        """Declare a graph output."""
        self._outputs.append(helper.make_tensor_value_info(name, dtype, shape))

    def initializer(self, name: str, values: npt.NDArray[Any]) -> str:
        """Add a constant tensor and return its name."""
        if name in self._initializers:
            raise ValueError(f"the graph has two constants named {name!r}")
        if self.data is not None and values.nbytes > _SMALL:
            self._initializers[name] = self.data.append(name, values)
        else:
            self._initializers[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def int64(self, name: str, values: list[int]) -> str:
        """A small integer constant, written once however often it is asked for."""
        if name not in self._initializers:
            self.initializer(name, np.asarray(values, dtype=np.int64))
        return name

    def node(self, op_type: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output of the same name and return that name."""
        self.nodes.append(
            helper.make_node(op_type, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output

    def add_bias(self, x: str, bias: Float32, output: str) -> str:
        """`x` + bias over the last dimension."""
        return self.node("Add", [x, self.initializer(f"{output}.bias", bias)], output)

    def project(self, matrix: Matrix, x: str, output: str) -> str:
        """Store `matrix` [out, in] and multiply: `x` [..., in] to `output` [..., out]."""
        return self.linear(self.store(output, matrix), x, output)

    def store(self, name: str, matrix: Matrix) -> StoredMatrix:
        """Write the tensors of a matrix under `name`.*, in the precision the source has."""
        if isinstance(matrix, DenseMatrix):
            # [out, in], as a tied embedding needs it; products transpose it in the kernel.
            return StoredMatrix(matrix, self._float32(f"{name}.weight", matrix.values))
        codes = self.initializer(f"{name}.codes", matrix.codes)
        # Stored in float32: with scales that only constant folding makes constant, ONNX Runtime's int8 kernel
        # returns zeros, without an error, in a session whose graph optimisations are off.
        scales = self.initializer(f"{name}.scales", matrix.scales.astype(np.float32))
        if matrix.minima is None:
            return StoredMatrix(matrix, codes, scales)
        # offset = minimum + (zero_point - first_code) * scale. Written as nodes over the source's float16 numbers, which
        # constant folding evaluates at load: exact, and half the size of float32 offsets in the file.
        minima = self._float32(f"{name}.minima", matrix.minima)
        steps = matrix.zero_point - matrix.first_code
        centre = f"zero_point.{steps}"
        if centre not in self._initializers:
            self.initializer(centre, np.asarray(steps, dtype=np.float32))
        shift = self.node("Mul", [scales, centre], f"{name}.shift")
        offsets = self.node("Add", [minima, shift], f"{name}.offsets")
        return StoredMatrix(matrix, codes, scales, offsets)

    def linear(self, stored: StoredMatrix, x: str, output: str) -> str:
        """`x` [..., in] times the transpose of a stored [out, in] matrix."""
        matrix = stored.matrix
        if isinstance(matrix, DenseMatrix):
            return self.node("FusedMatMul", [x, stored.values], output, domain=MICROSOFT, transB=1)
        product = output if not stored.offsets else f"{output}.scaled"
        self.node(
            "MatMulNBits",
            [x, stored.values, stored.scales],
            product,
            domain=MICROSOFT,
            K=matrix.shape[1],
            N=matrix.shape[0],
            bits=matrix.bits,
            block_size=matrix.block_size,
            accuracy_level=self.accuracy_level,
        )
        if stored.offsets:
            sums = self._sums(x, matrix.block_size)
            shift = self.node(
                "FusedMatMul", [sums, stored.offsets], f"{output}.offset", domain=MICROSOFT, transB=1
            )
            self.node("Add", [product, shift], output)
        return output

    def gather_rows(self, stored: StoredMatrix, indices: str, output: str) -> str:
        """Rows of a stored [rows, width] matrix: integer `indices` [...] to float32 [..., width]."""
        matrix = stored.matrix
        if isinstance(matrix, DenseMatrix):
            return self.node("Gather", [stored.values, indices], output, axis=0)
        # The codes keep the three dimensions that MatMulNBits wants, so that a tied head reads the same
        # tensor: a reshaped copy of the table would be the largest allocation of a small model.
        last = self.int64("axis.last", [-1])
        scales = self.node("Unsqueeze", [stored.scales, last], f"{output}.block_scales")
        rows = self.node(
            "GatherBlockQuantized",
            [stored.values, indices, scales],
            f"{output}.blocks",
            domain=MICROSOFT,
            bits=matrix.bits,
            block_size=matrix.block_size,
            gather_axis=0,
            quantize_axis=2,
        )
        if stored.offsets:
            offsets = self.node("Gather", [stored.offsets, indices], f"{output}.row_offsets", axis=0)
            offsets = self.node("Unsqueeze", [offsets, last], f"{output}.block_offsets")
            rows = self.node("Add", [rows, offsets], f"{output}.shifted")
        return self.node("Reshape", [rows, self.int64("shape.rows", [0, 0, -1])], output)

    def model(self, *, opset: int, name: str) -> onnx.ModelProto:
        """The finished model, weights inline."""
        graph = helper.make_graph(
            self.nodes, name, self._inputs, self._outputs, initializer=list(self._initializers.values())
        )
        opsets = [helper.make_opsetid("", opset), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="aigc-sdk-exporters")
        model.ir_version = IR_VERSION
        return model

    def _float32(self, name: str, values: npt.NDArray[Any]) -> str:
        """A constant seen as float32, kept as float16 in the file where the source is float16."""
        if values.dtype == np.float16:
            narrow = self.initializer(f"{name}.f16", values)
            return self.node("Cast", [narrow], name, to=TensorProto.FLOAT)
        return self.initializer(name, values.astype(np.float32, copy=False))

    def _sums(self, x: str, block_size: int) -> str:
        """Sums of `x` [..., in] over each block of inputs, [..., in / block_size]; one node for all readers."""
        key = (x, block_size)
        if key not in self._block_sums:
            shape = self.int64(f"shape.blocks.{block_size}", [0, 0, -1, block_size])
            # A reshape is free; pooling or a product with a 0/1 matrix costs several times this sum.
            blocks = self.node("Reshape", [x, shape], f"{x}.blocks.{block_size}")
            axes = self.int64("axis.last", [-1])
            self._block_sums[key] = self.node(
                "ReduceSum", [blocks, axes], f"{x}.block_sums.{block_size}", keepdims=0
            )
        return self._block_sums[key]


def save_model(
    model: onnx.ModelProto, folder: Path, file_name: str = "model.onnx", *, data: DataFile | None = None
) -> list[Path]:
    """Write a model, with its large tensors in a file of their own when it is larger than 32 MiB.

    Args:
        model: the model.
        folder: where to.
        file_name: of the graph.
        data: where the graph's large tensors are already, in `folder`. A small file is taken into the graph.

    Returns:
        The files written, the graph first.
    """
    path = folder / file_name
    if data is not None and data.size > INLINE_LIMIT:
        path.write_bytes(model.SerializeToString())
        return [path, data.path]
    if data is not None:
        load_external_data_for_model(model, str(folder))
        data.path.unlink()
    if model.ByteSize() <= INLINE_LIMIT:
        path.write_bytes(model.SerializeToString())
        return [path]
    beside = folder / f"{file_name}.data"
    beside.unlink(missing_ok=True)  # onnx appends to an existing data file
    onnx.save_model(
        model,
        str(path),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=beside.name,
        size_threshold=1024,
    )
    beside.chmod(0o644)  # onnx makes it readable by its owner only
    return [path, beside]
