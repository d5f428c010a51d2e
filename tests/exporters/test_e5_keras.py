"""The trainable encoder is the imported one, and goes back to a graph."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("tensorflow")

from e5_file import write_e5

from aigc_exporters.e5_format import E5File
from aigc_exporters.encoder_export import build_encoder_graph
from aigc_exporters.encoder_reference import reference_encoding
from aigc_exporters.keras_encoder import build_encoder, encoder_weights, load_weights, mean_embedding
from aigc_exporters.keras_export import export_keras
from aigc_exporters.parity import check_model

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return E5File(write_e5(tmp_path_factory.mktemp("e5") / "tiny.bin"))


@pytest.fixture(scope="module")
def model(file):
    model = build_encoder(file.config, dropout=0.3)
    load_weights(model, file)
    return model


def case(file, batch, length, seed=0):
    ids = np.random.default_rng(seed).integers(0, file.config.vocab_size, (batch, length))
    mask = np.ones_like(ids)
    mask[-1, length // 2 :] = 0
    return {"input_ids": ids, "attention_mask": mask}


@pytest.mark.parametrize("shape", [(1, 6), (3, 17)])
def test_keras_equals_reference(file, model, shape):
    feeds = case(file, *shape)
    hidden = np.asarray(model(feeds))
    wanted_hidden, wanted = reference_encoding(file.config, file, **feeds)
    shown = feeds["attention_mask"] > 0
    assert np.abs(hidden - wanted_hidden)[shown].max() < 1e-4
    assert np.abs(np.asarray(mean_embedding(hidden, feeds["attention_mask"])) - wanted).max() < 1e-5


def test_keras_weights_make_the_same_graph(file, model):
    session = check_model(build_encoder_graph(file.config, encoder_weights(model)).SerializeToString())
    feeds = case(file, 2, 9)
    hidden, _ = session.run(None, feeds)
    assert np.abs(hidden - np.asarray(model(feeds)))[feeds["attention_mask"] > 0].max() < 1e-4


def test_tf2onnx_exports_it_too(file, model, tmp_path):
    """Fine-tuned heads are exported with the encoder through tf2onnx, behind the same gate."""
    signature = {name: ("int64", ["batch", "sequence"]) for name in ("input_ids", "attention_mask")}

    def embed(input_ids, attention_mask):
        hidden = model({"input_ids": input_ids, "attention_mask": attention_mask})
        return {"embedding": mean_embedding(hidden, attention_mask)}

    report = export_keras(
        embed,
        signature,
        tmp_path / "model.onnx",
        outputs={"embedding": ["batch", file.config.hidden]},
        cases=[case(file, 1, 5), case(file, 2, 12)],
        reference_name="Keras model",
    )
    assert report.max_abs_diff < 1e-4


def test_dropout_acts_in_training_only(file, model):
    feeds = case(file, 2, 8)
    still = [np.asarray(model(feeds)) for _ in range(2)]
    np.testing.assert_array_equal(*still)
    assert np.abs(np.asarray(model(feeds, training=True)) - still[0]).max() > 1e-2


def test_all_weights_learn(file):
    import tensorflow as tf

    model = build_encoder(file.config)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(model(case(file, 2, 8), training=True)[..., 0]))
    gradients = tape.gradient(loss, model.trainable_variables)
    assert all(gradient is not None for gradient in gradients)
