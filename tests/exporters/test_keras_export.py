"""Keras models through tf2onnx: named dims, and nothing that tf2onnx could not convert gets through."""

from __future__ import annotations

import numpy as np
import onnx
import pytest

pytest.importorskip("tensorflow")

import logging

import keras
import tensorflow as tf

from aigc_exporters.decoder_session import create_session
from aigc_exporters.keras_export import default_cases, export_keras
from aigc_sdk.errors import ExportError, ParityError

pytestmark = pytest.mark.training

IMAGE = {"noisy": ("float32", ["batch", "height", "width", 3])}


def test_convolutional_model_with_dynamic_size(tmp_path):
    keras.utils.set_random_seed(0)
    inputs = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    model = keras.Model(inputs, inputs + keras.layers.Conv2D(3, 3, padding="same")(x))
    outputs = {"clean": ["batch", "height", "width", 3]}
    report = export_keras(model, IMAGE, tmp_path / "m.onnx", outputs=outputs)
    assert report.max_abs_diff <= report.tolerance
    assert len(set(report.shapes)) == 2
    proto = onnx.load(str(tmp_path / "m.onnx"))
    assert proto.ir_version <= 10
    for value, name in ((proto.graph.input[0], "noisy"), (proto.graph.output[0], "clean")):
        dims = [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        assert (value.name, dims) == (name, ["batch", "height", "width", 3])
    image = np.random.default_rng(0).normal(size=(2, 5, 9, 3)).astype(np.float32)
    (clean,) = create_session(tmp_path / "m.onnx").run(["clean"], {"noisy": image})
    np.testing.assert_allclose(clean, keras.ops.convert_to_numpy(model(image)), atol=1e-5)


def test_several_inputs_and_outputs(tmp_path):
    ids, scale = keras.Input((None,), dtype="int32", name="ids"), keras.Input((1,), name="scale")
    vectors = keras.layers.Embedding(20, 4)(ids)
    pooled = keras.ops.mean(vectors, axis=1) * scale
    model = keras.Model({"ids": ids, "scale": scale}, {"pooled": pooled, "vectors": vectors})
    signature = {"ids": ("int32", ["batch", "length"]), "scale": ("float32", ["batch", 1])}
    outputs = {"pooled": ["batch", 4], "vectors": ["batch", "length", 4]}
    with pytest.raises(ValueError, match="'ids' is int32"):
        export_keras(model, signature, tmp_path / "m.onnx", outputs=outputs)
    cases = [
        {"ids": np.full((rows, rows + 2), 3, np.int32), "scale": np.ones((rows, 1), np.float32)}
        for rows in (1, 3)
    ]
    export_keras(model, signature, tmp_path / "m.onnx", outputs=outputs, cases=cases)
    session = create_session(tmp_path / "m.onnx")
    assert {output.name for output in session.get_outputs()} == set(outputs)


@pytest.mark.parametrize("level", [logging.NOTSET, logging.CRITICAL])
def test_what_tf2onnx_does_not_support_is_an_error(tmp_path, level):
    def erfc(noisy):
        return tf.math.erfc(noisy)

    outputs = {"y": IMAGE["noisy"][1]}
    logging.disable(level)  # a host that silenced logging silences neither this nor loses its setting
    try:
        with pytest.raises(ExportError, match=r"(?i)part of the model.*erfc"):
            export_keras(erfc, IMAGE, tmp_path / "m.onnx", outputs=outputs)
        assert logging.root.manager.disable == level
    finally:
        logging.disable(logging.NOTSET)
    assert not (tmp_path / "m.onnx").exists()


def test_a_model_that_draws_random_numbers_does_not_pass(tmp_path):
    def noisy_identity(noisy):
        return noisy + tf.random.normal(tf.shape(noisy))

    with pytest.raises(ParityError):
        export_keras(noisy_identity, IMAGE, tmp_path / "m.onnx", outputs={"y": IMAGE["noisy"][1]})
    assert not (tmp_path / "m.onnx").exists()


def test_default_cases_have_two_sizes_of_every_dynamic_dimension():
    first, second = (case["noisy"].shape for case in default_cases(IMAGE))
    assert all(a != b for a, b in zip(first[:3], second[:3], strict=True))
    assert first[3] == second[3] == 3
