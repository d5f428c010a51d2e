"""Folders of the BERT family become encoder bundles that give the vectors the folder's own model gives."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tiny_bert import (
    HIDDEN,
    POSITIONS,
    states_of,
    tensors_of,
    tokenizer_of,
    write_bert,
    write_sentence_files,
)

from aigc_exporters.bert_import import import_bert
from aigc_exporters.parity import check_model
from aigc_sdk.bundles import open_bundle
from aigc_sdk.runtime.runtime import Runtime

FAMILIES = ["bert", "roberta", "xlm-roberta", "distilbert"]
TEXTS = ["the kettle boils", "今天 boils water", "the zebra: [CLS] unknown ☃", "", "A"]


@pytest.fixture(scope="module")
def runtime():
    with Runtime(device="cpu", threads=1) as runtime:
        yield runtime


def imported(folder, **options):
    """A bundle in a new folder: a runtime keeps what it has opened."""
    out = folder.parent / f"bundle-{len(list(folder.parent.iterdir()))}"
    return import_bert(folder, out, licence="MIT", **{"storage": "float32", **options})


def framed_ids(family, text):
    """What the family's own tokenizer makes of a text, special tokens in it being ordinary characters."""
    tokenizer = tokenizer_of(family)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return tokenizer.encode(text).ids


def vectors_of(family, texts, *, pooling="mean", activation="gelu", tensors=None):
    pool = {"mean": lambda x: x.mean(0), "cls": lambda x: x[0], "max": lambda x: x.max(0)}[pooling]
    tensors = tensors or tensors_of(family)
    rows = [pool(states_of(tensors, family, framed_ids(family, t), activation=activation)) for t in texts]
    return np.stack([row / np.linalg.norm(row) for row in rows])


@pytest.mark.parametrize("family", FAMILIES)
def test_hidden_states_are_the_models(tmp_path, family):
    bundle = imported(write_bert(tmp_path / "model", family))
    session = check_model(bundle / "model.onnx")
    draw, pad = np.random.default_rng(1), 1 if "roberta" in family else 0
    lengths = [11, POSITIONS, 5]
    ids = np.full((3, POSITIONS), pad, dtype=np.int64)
    for row, length in zip(ids, lengths, strict=True):
        row[:length] = draw.integers(2, 19, length)
    mask = (np.arange(POSITIONS) < np.array(lengths)[:, None]).astype(np.int64)
    hidden, embedding = session.run(None, {"input_ids": ids, "attention_mask": mask})
    for row, length in enumerate(lengths):
        wanted = states_of(tensors_of(family), family, ids[row, :length].tolist())
        np.testing.assert_allclose(hidden[row, :length], wanted, atol=2e-5)
        mean = wanted.mean(0)
        np.testing.assert_allclose(embedding[row], mean / np.linalg.norm(mean), atol=2e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_served_vectors_are_the_models(tmp_path, runtime, family):
    engine = runtime.encoder(imported(write_bert(tmp_path / "model", family)))
    # Unknown words and characters are read as such, not left out.
    assert framed_ids(family, TEXTS[2]).count(3) >= 3
    np.testing.assert_allclose(engine.encode(TEXTS), vectors_of(family, TEXTS), atol=3e-6)


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_poolings(tmp_path, runtime, pooling):
    engine = runtime.encoder(imported(write_bert(tmp_path / "model"), pooling=pooling))
    wanted = vectors_of("bert", TEXTS, pooling=pooling)
    # In one run, so that shorter texts are padded.
    np.testing.assert_allclose(engine.encode(TEXTS), wanted, atol=3e-6)
    feeds = {"input_ids": np.ones((1, 3), np.int64), "attention_mask": np.zeros((1, 3), np.int64)}
    assert np.isfinite(engine.session.run(feeds, ["embedding"])["embedding"]).all()


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("gelu_python", "gelu"),
        ("gelu_new", "gelu_new"),
        ("gelu_fast", "gelu_new"),
        ("gelu_pytorch_tanh", "gelu_new"),
        ("relu", "relu"),
    ],
)
def test_activations(tmp_path, runtime, name, same):
    engine = runtime.encoder(imported(write_bert(tmp_path / "model", settings={"hidden_act": name})))
    got = engine.encode(TEXTS)
    np.testing.assert_allclose(got, vectors_of("bert", TEXTS, activation=same), atol=3e-6)
    assert np.abs(got - vectors_of("bert", TEXTS)).max() > 1e-5 or same == "gelu"


def test_8_bit_storage_is_smaller_and_close(tmp_path, runtime):
    folder = write_bert(tmp_path / "model")
    manifest = open_bundle(bundle := import_bert(folder, tmp_path / "eight", licence="MIT")).manifest
    assert manifest.quantisation == "weights int8 in blocks of 32; activations int8 blocks"
    # Exact on the stored weights, and those close to the folder's.
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance == 1e-5
    cosines = (runtime.encoder(bundle).encode(TEXTS) * vectors_of("bert", TEXTS)).sum(axis=1)
    assert 0.99 < cosines.min() < 1 - 1e-7
    whole = imported(folder)
    assert (bundle / "model.onnx").stat().st_size < 0.5 * (whole / "model.onnx").stat().st_size


@pytest.mark.parametrize("family", ["bert", "roberta", "distilbert"])
def test_models_saved_with_a_head_for_masked_words(tmp_path, runtime, family):
    """The encoder's tensors have a prefix there, older files call a norm's parts gamma and beta."""
    prefix = f"{family}."
    tensors = {prefix + name: values for name, values in tensors_of(family).items()}
    if family == "bert":
        renamed = {"LayerNorm.weight": "LayerNorm.gamma", "LayerNorm.bias": "LayerNorm.beta"}
        for new, old in renamed.items():
            tensors = {name.replace(new, old): values for name, values in tensors.items()}
    head = {"bert": "cls.predictions.bias", "roberta": "lm_head.bias", "distilbert": "vocab_projector.bias"}[
        family
    ]
    tensors[head] = np.zeros(5, dtype=np.float32)
    architecture = {"bert": "Bert", "roberta": "Roberta", "distilbert": "DistilBert"}[family] + "ForMaskedLM"
    folder = write_bert(
        tmp_path / "model", family, settings={"architectures": [architecture]}, tensors=tensors
    )
    engine = runtime.encoder(imported(folder))
    np.testing.assert_allclose(engine.encode(TEXTS), vectors_of(family, TEXTS), atol=3e-6)


@pytest.mark.parametrize(
    ("written", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_max_tokens": True}, "max"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"pooling_mode": ["mean"]}, "mean"),
    ],
)
def test_sentence_transformers_pooling(tmp_path, runtime, written, pooling):
    folder = write_sentence_files(write_bert(tmp_path / "model"), pooling=written)
    bundle = imported(folder)
    assert open_bundle(bundle).manifest.extra["pooling"] == pooling
    wanted = vectors_of("bert", TEXTS, pooling=pooling)
    np.testing.assert_allclose(runtime.encoder(bundle).encode(TEXTS), wanted, atol=3e-6)
    # What the user says goes before what the folder says.
    assert open_bundle(imported(folder, pooling="max")).manifest.extra["pooling"] == "max"


def test_models_in_a_folder_of_their_own(tmp_path, runtime):
    folder = tmp_path / "model"
    write_bert(folder / "0_Transformer")
    listed = [
        {"path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
        {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    write_sentence_files(folder, modules=listed)
    engine = runtime.encoder(imported(folder))
    np.testing.assert_allclose(engine.encode(TEXTS), vectors_of("bert", TEXTS), atol=3e-6)


def test_the_longest_text(tmp_path, runtime):
    folder = write_sentence_files(
        write_bert(tmp_path / "model"), settings={"max_seq_length": 7, "do_lower_case": True}
    )
    engine = runtime.encoder(imported(folder))
    assert engine.max_tokens == 7
    assert runtime.encoder(imported(folder, max_positions=POSITIONS)).max_tokens == POSITIONS
    assert runtime.encoder(imported(write_bert(tmp_path / "plain", "roberta"))).max_tokens == POSITIONS
    # What lies behind the limit is read in another window.
    start = "the kettle boils water a "
    assert np.abs(engine.encode([start + "a"]) - engine.encode([start + "壶"])).max() > 1e-3


def test_prompts(tmp_path, runtime):
    folder = write_sentence_files(
        write_bert(tmp_path / "model"), prompts={"prompts": {"query": "the kettle: ", "document": "water: "}}
    )
    engine = runtime.encoder(imported(folder))
    plain = vectors_of("bert", ["the kettle: a", "water: a", "boils a"])
    got = [engine.encode(["a"], prefix)[0] for prefix in ("query: ", "passage: ", "boils ")]
    np.testing.assert_allclose(got, plain, atol=3e-6)
    engine = runtime.encoder(imported(folder, query_prompt="", passage_prompt="passage: "))
    np.testing.assert_allclose(engine.encode(["a"]), vectors_of("bert", ["a"]), atol=3e-6)
    wanted = vectors_of("bert", ["passage: a"])
    np.testing.assert_allclose(engine.encode(["a"], "passage: "), wanted, atol=3e-6)


def test_a_default_prompt_is_for_both(tmp_path):
    written = {"prompts": {"any": "water "}, "default_prompt_name": "any"}
    folder = write_sentence_files(write_bert(tmp_path / "model"), prompts=written)
    assert open_bundle(imported(folder)).manifest.extra["prompts"] == {"query": "water ", "passage": "water "}


def test_licence_and_languages_of_the_model_card(tmp_path):
    folder = write_bert(tmp_path / "Tiny-Model")
    (folder / "README.md").write_text("---\nlicense: apache-2.0\nlanguage:\n- en\n- zh\n---\n")
    manifest = open_bundle(import_bert(folder, tmp_path / "tiny")).manifest
    assert (manifest.id, manifest.licence, manifest.languages) == ("tiny", "Apache-2.0", ("en", "zh"))
    assert (manifest.encoder.hidden, manifest.task) == (HIDDEN, "encoder")


def test_the_command_finds_the_importer(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from aigc_sdk.cli.main import cli

    folder = write_bert(tmp_path / "model")
    arguments = ["models", "import", str(folder), "--licence", "MIT", "-f", "pooling=cls"]
    run = CliRunner().invoke(cli, [*arguments, "--out", str(tmp_path / "bundle")])
    assert run.exit_code == 0, run.output
    extra = json.loads((tmp_path / "bundle" / "bundle.json").read_text())["extra"]
    assert extra == {"prompts": {"query": "", "passage": ""}, "pooling": "cls"}
