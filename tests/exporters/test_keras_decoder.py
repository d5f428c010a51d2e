"""The trainable decoder and its export: the bundle's graph is the Keras model."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import keras
from tiny_decoder import TINY

from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.keras_decoder import build_decoder, decoder_weights
from aigc_exporters.keras_decoder_export import export_decoder
from aigc_exporters.reference import reference_logits
from aigc_sdk.errors import BundleError, ExportError

pytestmark = pytest.mark.training

TOKENS = np.random.default_rng(0).integers(0, TINY.vocab_size, (2, 13))
FIELDS = {
    "bundle_id": "tiny",
    "licence": "Apache-2.0",
    "source": "a test",
    "tokenizer_json": "{}",
    "eos": [2],
}


@pytest.fixture
def model():
    return trained()


def trained(**settings):
    """A decoder whose weights are far from their initial values, norms included."""
    model = build_decoder(TINY, **settings)
    draw = np.random.default_rng(1)
    for variable in model.variables:
        centre = 1.0 if variable.path.endswith("scale") else 0.0
        if variable.dtype == "float32":
            variable.assign(draw.normal(centre, 0.1, variable.shape))
    return model


def keras_logits(model, tokens=TOKENS):
    return keras.ops.convert_to_numpy(model(tokens))


def test_forward_pass_is_the_numpy_reference(model):
    expected = reference_logits(TINY, decoder_weights(model), TOKENS)
    np.testing.assert_allclose(keras_logits(model), expected, atol=5e-5)


def test_no_token_sees_the_future(model):
    changed = TOKENS.copy()
    changed[:, 7:] = (changed[:, 7:] + 1) % TINY.vocab_size
    np.testing.assert_allclose(keras_logits(model)[:, :7], keras_logits(model, changed)[:, :7], atol=1e-5)


@pytest.mark.parametrize("quantize", [None, "q8_0"])
def test_bundle_gives_the_models_logits(tmp_path, model, quantize):
    out = export_decoder(model, TINY, tmp_path / "bundle", quantize=quantize, **FIELDS)
    manifest = json.loads((out / "bundle.json").read_text())
    assert manifest["parity"]["reference"].startswith("Keras")
    assert manifest["parity"]["shapes"] == [[1, 9], [2, 17]]
    assert manifest["decoder"]["kv_heads"] == TINY.kv_heads
    session = DecoderSession(out / "model.onnx", batch=2)
    steps = [session.forward(TOKENS[:, :5])]
    steps += [session.forward(TOKENS[:, i : i + 1], past=i) for i in range(5, 13)]
    expected = keras_logits(model)
    tolerance = 5e-5 if quantize is None else 0.05 * np.abs(expected).max()
    np.testing.assert_allclose(np.concatenate(steps, axis=1), expected, atol=tolerance)


def test_export_from_a_mixed_precision_model(tmp_path):
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        model = trained(dropout=0.2)
        assert keras_logits(model).dtype == np.float32
        out = export_decoder(model, TINY, tmp_path / "bundle", **FIELDS)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    logits = DecoderSession(out / "model.onnx", batch=2).forward(TOKENS)
    expected = reference_logits(TINY, decoder_weights(model), TOKENS)
    np.testing.assert_allclose(logits, expected, atol=5e-5)


def test_training_lowers_the_loss():
    keras.utils.set_random_seed(0)
    model = build_decoder(TINY, dropout=0.1)
    model.compile(keras.optimizers.Adam(3e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    text = np.tile(np.arange(16), (8, 2))
    history = model.fit(text[:, :-1], text[:, 1:], epochs=15, batch_size=8, verbose=0)
    assert history.history["loss"][-1] < 0.6 * history.history["loss"][0]


def test_another_config_is_refused(tmp_path, model):
    from dataclasses import replace

    with pytest.raises(ExportError, match="not built with the given config"):
        export_decoder(model, replace(TINY, ffn=64), tmp_path / "bundle", **FIELDS)
    assert not (tmp_path / "bundle").exists()


def test_wrong_manifest_fields_leave_no_bundle(tmp_path, model):
    with pytest.raises(BundleError):
        export_decoder(model, TINY, tmp_path / "bundle", **{**FIELDS, "bundle_id": "Not An Id"})
    assert list(tmp_path.iterdir()) == []
