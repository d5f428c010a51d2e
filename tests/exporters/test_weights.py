"""Quantised matrices: GGUF blocks keep their weights, in NumPy and in ONNX Runtime's kernels."""

from __future__ import annotations

import gguf
import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_exporters.decoder_session import create_session
from aigc_exporters.gguf_weights import matrix_from_blocks
from aigc_exporters.graph_writer import GraphWriter
from aigc_exporters.weights import (
    BlockMatrix,
    DenseMatrix,
    concatenate_rows,
    pack_nibbles,
    quantize_q4_1,
    quantize_q8_0,
)
from aigc_sdk.errors import ExportError

KINDS = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"]


# Where a block keeps its float16 scales and minima.
FLOAT16_AT = {
    "Q4_0": [0],
    "Q4_1": [0, 2],
    "Q5_0": [0],
    "Q5_1": [0, 2],
    "Q8_0": [0],
    "Q4_K": [0, 2],
    "Q5_K": [0, 2],
    "Q6_K": [208],
}


def random_blocks(kind: str, rows: int, columns: int, seed: int = 0) -> np.ndarray:
    """Random codes with scales and minima of sane size, as bytes of a GGUF tensor."""
    draw = np.random.default_rng(seed)
    weights, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[kind]]
    raw = draw.integers(0, 256, (rows, columns // weights, size), dtype=np.uint8)
    for at in FLOAT16_AT[kind]:
        values = draw.normal(0, 0.02, raw.shape[:2]).astype("<f2")
        raw[..., at : at + 2] = values[..., None].view(np.uint8)
    return raw.reshape(rows, -1)


@pytest.mark.parametrize("kind", KINDS)
def test_import_changes_no_weight(kind):
    raw = random_blocks(kind, 24, 512)
    expected = gguf.dequantize(raw, gguf.GGMLQuantizationType[kind])
    matrix = matrix_from_blocks(raw, kind)
    assert matrix.shape == (24, 512)
    np.testing.assert_array_equal(matrix.dequantize(), expected)


def test_nibble_order_is_that_of_the_kernel_not_of_gguf():
    raw = np.zeros((1, 18), dtype=np.uint8)
    raw[0, :2] = np.asarray([1.0], dtype="<f2").view(np.uint8)
    raw[0, 2:] = np.arange(16) % 16 | (15 - np.arange(16)) << 4
    matrix = matrix_from_blocks(raw, "Q4_0")
    codes = [*range(16), *range(15, -1, -1)]
    assert matrix.codes[0, 0].tolist() == [codes[2 * j] | codes[2 * j + 1] << 4 for j in range(16)]


def product_model(matrix, *, accuracy_level: int) -> bytes:
    graph = GraphWriter(accuracy_level=accuracy_level)
    graph.input("x", onnx.TensorProto.FLOAT, ["batch", "sequence", matrix.shape[1]])
    graph.project(matrix, "x", "y")
    graph.output("y", onnx.TensorProto.FLOAT, ["batch", "sequence", matrix.shape[0]])
    return graph.model(opset=21, name="product").SerializeToString()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [1, 7])
def test_product_is_that_with_dequantised_weights(kind, rows):
    matrix = matrix_from_blocks(random_blocks(kind, 48, 512), kind)
    x = np.random.default_rng(1).normal(size=(2, rows, 512)).astype(np.float32)
    expected = x @ matrix.dequantize().T
    scale = np.abs(expected).max()
    (exact,) = create_session(product_model(matrix, accuracy_level=1)).run(None, {"x": x})
    assert np.abs(exact - expected).max() < 1e-5 * scale
    (rounded,) = create_session(product_model(matrix, accuracy_level=4)).run(None, {"x": x})
    assert np.abs(rounded - expected).max() < 2e-2 * scale


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_gathered_from_the_quantised_table(kind):
    matrix = matrix_from_blocks(random_blocks(kind, 40, 512), kind)
    graph = GraphWriter()
    graph.input("ids", onnx.TensorProto.INT64, ["batch", "sequence"])
    graph.gather_rows(graph.store("table", matrix), "ids", "y")
    graph.output("y", onnx.TensorProto.FLOAT, ["batch", "sequence", 512])
    session = create_session(graph.model(opset=21, name="rows").SerializeToString())
    ids = np.asarray([[0, 39, 7], [1, 1, 2]])
    (rows,) = session.run(None, {"ids": ids})
    np.testing.assert_allclose(rows, matrix.dequantize()[ids], rtol=1e-6, atol=1e-6)


def test_unknown_quantisation_is_refused_by_the_tensors_name():
    with pytest.raises(ExportError, match=r"blk\.3\.attn_q\.weight.*IQ2_XS"):
        matrix_from_blocks(np.zeros((2, 74), dtype=np.uint8), "IQ2_XS", "blk.3.attn_q.weight")


@given(st.lists(st.integers(0, 15), min_size=32, max_size=32))
def test_packed_nibbles_unpack_to_themselves(codes):
    packed = pack_nibbles(np.asarray(codes, dtype=np.uint8).reshape(1, 1, 32))
    matrix = BlockMatrix(4, packed, np.ones((1, 1), dtype=np.float16))
    assert matrix.unpacked().reshape(-1).tolist() == codes


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1e-3, 1.0, 50.0]))
def test_q8_0_is_within_half_a_step(seed, spread):
    values = np.random.default_rng(seed).normal(0, spread, (3, 64)).astype(np.float32)
    matrix = quantize_q8_0(values)
    step = np.repeat(matrix.scales.astype(np.float32), 32, axis=1)
    # Half a step, plus what rounding the scale to float16 costs the largest code.
    assert (np.abs(matrix.dequantize() - values) <= 0.5 * step + 127 * step * 2**-10 + 1e-5).all()


@given(seed=st.integers(0, 2**32 - 1), spread=st.floats(1e-3, 10.0))
@settings(max_examples=20, deadline=None)
def test_4_bit_quantisation_is_no_worse_than_the_range_of_a_block(seed, spread):
    values = np.random.default_rng(seed).normal(0, spread, (5, 96)).astype(np.float32)
    blocks = values.reshape(5, 3, 32)
    low, high = blocks.min(axis=-1, keepdims=True), blocks.max(axis=-1, keepdims=True)
    step = (high - low) / 15
    plain = np.square(np.rint((blocks - low) / step) * step + low - blocks).sum()
    matrix = quantize_q4_1(values)
    assert (matrix.bits, matrix.block_size, matrix.shape) == (4, 32, (5, 96))
    assert np.square(matrix.dequantize() - values).sum() < 1.001 * plain


def test_4_bit_quantisation_finds_a_grid_again():
    raw = random_blocks("Q4_1", 8, 128).reshape(8, -1, 20)
    raw[..., 4] = 0xF0  # codes 0 and 15 in every block: what spans less than the grid does not determine it
    matrix = matrix_from_blocks(raw.reshape(8, -1), "Q4_1")
    again = quantize_q4_1(matrix.dequantize())
    np.testing.assert_allclose(again.dequantize(), matrix.dequantize(), atol=2e-4)
    flat = np.full((2, 64), 0.25, np.float32)
    np.testing.assert_array_equal(quantize_q4_1(flat).dequantize(), flat)
    with pytest.raises(ValueError, match="40 inputs"):
        quantize_q4_1(np.ones((2, 40), np.float32))


def test_packing_keeps_rows_and_refuses_mixed_kinds():
    first, second = (quantize_q8_0(np.full((2, 32), value, np.float32)) for value in (1.0, 2.0))
    packed = concatenate_rows([first, second])
    assert packed is not None
    np.testing.assert_allclose(packed.dequantize()[:, 0], [1, 1, 2, 2], rtol=1e-3)
    assert concatenate_rows([first, DenseMatrix(np.ones((2, 32), np.float32))]) is None


@pytest.mark.parametrize("kind", ["Q4_1", "Q8_0"])
def test_product_does_not_depend_on_graph_optimisations(kind):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    matrix = matrix_from_blocks(random_blocks(kind, 48, 512), kind)
    model = product_model(matrix, accuracy_level=4)
    x = np.random.default_rng(1).normal(size=(1, 3, 512)).astype(np.float32)
    (plain,) = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    (optimised,) = create_session(model).run(None, {"x": x})
    np.testing.assert_allclose(plain, optimised, atol=1e-5)
