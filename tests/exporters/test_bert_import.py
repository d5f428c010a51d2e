"""Folders of the BERT family become encoder bundles that give the vectors the folder's own model gives."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tiny_bert import (
    HIDDEN,
    POSITIONS,
    states_of,
    tensors_of,
    tokenizer_of,
    write_bert,
    write_sentence_files,
)
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from aigc_exporters import graph_writer
from aigc_exporters.bert_import import import_bert
from aigc_exporters.bert_tokenizer import read_encoder_tokenizer
from aigc_exporters.parity import check_model
from aigc_sdk.bundles import open_bundle
from aigc_sdk.bundles.manifest import TokenizerInfo
from aigc_sdk.cli.main import cli
from aigc_sdk.errors import BundleError
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.runtime.tokenizer import Tokenizer as ServedTokenizer

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


@pytest.mark.parametrize("storage", ["int8", "float32"])
def test_weights_too_large_for_the_graph_lie_beside_it(tmp_path, runtime, monkeypatch, storage):
    folder = write_bert(tmp_path / "model", "roberta")
    inside = runtime.encoder(imported(folder, storage=storage)).encode(TEXTS)
    monkeypatch.setattr(graph_writer, "INLINE_LIMIT", 1000)
    bundle = imported(folder, storage=storage)
    assert "model.onnx.data" in open_bundle(bundle).manifest.files
    np.testing.assert_array_equal(runtime.encoder(bundle).encode(TEXTS), inside)


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


def test_prompts_of_a_manifest_that_are_no_texts(tmp_path, runtime):
    bundle = imported(write_bert(tmp_path / "model"), extra={"prompts": {"query": 7}})
    with pytest.raises(BundleError, match="prompts"):
        runtime.encoder(bundle)


def test_licence_and_languages_of_the_model_card(tmp_path):
    folder = write_bert(tmp_path / "Tiny-Model")
    (folder / "README.md").write_text("---\nlicense: apache-2.0\nlanguage:\n- en\n- zh\n---\n")
    manifest = open_bundle(import_bert(folder, tmp_path / "tiny")).manifest
    assert (manifest.id, manifest.licence, manifest.languages) == ("tiny", "Apache-2.0", ("en", "zh"))
    assert (manifest.encoder.hidden, manifest.task) == (HIDDEN, "encoder")


def unigram():
    """As XLM-RoBERTa's: pieces with scores, the unknown one by its id."""
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁kettle", -4.0)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", None, [("<s>", 0), ("</s>", 2)])
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer


def byte_level():
    """As RoBERTa's: pairs of bytes, so that nothing is unknown."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: i for i, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *letters, "ke"])}
    tokenizer = Tokenizer(models.BPE(vocabulary, [("k", "e")], unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer


@pytest.mark.parametrize("make", [unigram, byte_level])
def test_other_kinds_of_tokenizers(tmp_path, make):
    whole = make()
    whole.save(str(tmp_path / "tokenizer.json"))
    read = read_encoder_tokenizer(tmp_path, pad=1, vocab_size=300)
    assert (read.bos, read.eos, read.pad) == (0, 2, 1)
    served = ServedTokenizer(
        Tokenizer.from_str(read.content), TokenizerInfo(bos=read.bos, eos=(read.eos,), pad=read.pad)
    )
    for text in ("kettle", "kettle ☃ 壶 kettle", "", "  kettle\n"):
        assert [read.bos, *served.encode(text), read.eos] == whole.encode(text).ids
    assert {read.bos, read.eos, read.pad}.isdisjoint(served.encode("kettle</s> kettle <pad>"))


def test_the_commands_of_the_page(tmp_path, monkeypatch):
    """Those of docs/models.md, on tiny models of the names that stand there."""
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    block = next(
        b for b in re.findall(r"^```bash\n(.*?)^```", page, re.DOTALL | re.MULTILINE) if "MiniLM" in b
    )
    for name, family in (
        ("all-MiniLM-L6-v2", "bert"),
        ("bge-small-zh-v1.5", "bert"),
        ("xlm-roberta-base", "xlm-roberta"),
        ("multilingual-e5-base", "xlm-roberta"),
    ):
        tensors = tensors_of(family)
        positions = tensors["embeddings.position_embeddings.weight"]
        tensors["embeddings.position_embeddings.weight"] = np.resize(positions, (514, HIDDEN))
        folder = write_bert(
            tmp_path / name, family, settings={"max_position_embeddings": 514}, tensors=tensors
        )
        (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    monkeypatch.chdir(tmp_path)
    lines = block.splitlines()
    assert len(lines) == 4
    made = []
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "aigc"
        run = CliRunner().invoke(cli, [*arguments, "--json"], env={"AIGC_HOME": str(tmp_path / "home")})
        assert run.exit_code == 0, run.output
        made.append(open_bundle(tmp_path / "home" / "bundles" / Path(arguments[2]).name.lower()).manifest)
    assert [manifest.encoder.max_positions for manifest in made] == [514, 514, 256, 512]
    assert [manifest.extra["pooling"] for manifest in made] == ["mean", "mean", "cls", "mean"]
    assert made[1].quantisation.startswith("weights float32")
    assert made[3].extra["prompts"] == {"query": "query: ", "passage": "passage: "}
