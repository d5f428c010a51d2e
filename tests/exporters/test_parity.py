"""The parity gate lets nothing through that is not its reference."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from tiny_decoder import TINY, RandomWeights

from aigc_exporters.decoder_graph import build_decoder_graph
from aigc_exporters.parity import check_model, decoder_parity, parity_gate
from aigc_exporters.reference import reference_logits
from aigc_sdk.errors import ExportError, ParityError

CASES = [{"x": np.full((rows, 2), 3.0, np.float32)} for rows in (1, 4)]


def graph(op_type="Mul", dims=("batch", 2)):
    node = helper.make_node(op_type, ["x", "x"], ["y"])
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name in ("x", "y")]
    body = helper.make_graph([node], "g", value[:1], value[1:])
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 10
    return model.SerializeToString()


def gate(model, reference, cases=CASES, **settings):
    return parity_gate(model, cases, reference, reference_name="a test", **settings)


def test_equal_numbers_pass_and_are_reported():
    report = gate(graph(), lambda feeds: {"y": feeds["x"] ** 2 + 1e-5})
    assert 0 < report.max_abs_diff < report.tolerance == pytest.approx(9e-4, rel=1e-3)
    assert report.shapes == ((1, 2), (4, 2))


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (lambda feeds: {"y": feeds["x"] ** 2 + 0.01}, "differs from its reference"),
        (lambda feeds: {"y": (feeds["x"] ** 2)[:, :1]}, "shape"),
        (lambda feeds: {"z": feeds["x"]}, "no output 'z'"),
        (lambda feeds: {"y": np.full_like(feeds["x"], np.nan)}, "differs"),
    ],
)
def test_other_numbers_do_not(reference, said):
    with pytest.raises(ParityError, match=said):
        gate(graph(), reference)


def test_a_graph_without_finite_numbers_does_not():
    zeros = [{"x": np.zeros_like(case["x"])} for case in CASES]
    with pytest.raises(ParityError, match="not finite"):
        gate(graph("Div"), lambda feeds: {"y": feeds["x"]}, zeros)


def test_one_shape_is_not_enough():
    with pytest.raises(ValueError, match="two shapes"):
        gate(graph(), lambda feeds: {"y": feeds["x"] ** 2}, [CASES[0], CASES[0]])


def test_a_graph_that_only_fits_one_shape_does_not_pass():
    with pytest.raises(ExportError, match="does not run"):
        gate(graph(dims=(1, 2)), lambda feeds: {"y": feeds["x"] ** 2})


def test_invalid_graphs_are_refused():
    with pytest.raises(ExportError, match="not valid ONNX"):
        check_model(graph("NoSuchOperator"))
    future = onnx.load_from_string(graph())
    future.ir_version = 12345
    with pytest.raises(ExportError):
        check_model(future.SerializeToString())


def test_a_reference_without_numbers_proves_nothing():
    for nothing in ({}, {"y": np.empty((0, 2), np.float32)}):
        with pytest.raises(ValueError, match="no numbers"):
            gate(graph(), lambda feeds, nothing=nothing: nothing)


@pytest.mark.parametrize(
    "name", ["embedding", "layers.0.qkv.weight", "layers.1.output.weight", "layers.1.down.weight"]
)
def test_one_changed_weight_fails_the_gate(name):
    weights = RandomWeights()
    model = build_decoder_graph(TINY, weights)

    def prove():
        return decoder_parity(
            model.SerializeToString(),
            TINY,
            lambda tokens: reference_logits(TINY, weights, tokens),
            reference_name="a test",
        )

    assert prove().max_abs_diff < 1e-4
    (tensor,) = (t for t in model.graph.initializer if t.name == name or t.name == f"{name}.weight")
    values = onnx.numpy_helper.to_array(tensor).copy()
    values.flat[77] += 0.05
    tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    with pytest.raises(ParityError, match="differs"):
        prove()
