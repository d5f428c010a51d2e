"""Encoder folders that lie, or are of another kind, are refused with an error that says which."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_bert import HIDDEN, settings_of, tensors_of, tokenizer_of, write_bert, write_sentence_files

from aigc_exporters.bert_config import read_bert_config
from aigc_exporters.bert_folder import is_encoder_folder, read_sentence_folder
from aigc_exporters.bert_import import import_bert
from aigc_exporters.hf_config import is_decoder_folder
from aigc_sdk.errors import AigcError, BadInputError, ExportError, InputTooLargeError


def run(folder, **options):
    return import_bert(folder, folder.parent / "bundle", **{"licence": "MIT", **options})


@pytest.mark.parametrize(
    ("family", "change", "error", "match"),
    [
        ("bert", {"model_type": "modernbert"}, ExportError, "'modernbert'"),
        ("bert", {"model_type": ["bert"]}, ExportError, "not supported"),
        ("bert", {"architectures": ["BertForSequenceClassification"]}, ExportError, "SequenceClassification"),
        ("bert", {"architectures": ["RobertaModel"]}, ExportError, "RobertaModel"),
        ("bert", {"architectures": "BertModel"}, ExportError, "BertModel"),
        ("bert", {"auto_map": {"AutoModel": "x.Y"}}, ExportError, "never run"),
        ("bert", {"quantization_config": {"quant_method": "gptq"}}, ExportError, "quantised"),
        ("bert", {"is_decoder": True}, ExportError, "is_decoder"),
        ("bert", {"position_embedding_type": "relative_key"}, ExportError, "relative_key"),
        ("bert", {"hidden_act": "silu"}, ExportError, "silu"),
        ("distilbert", {"activation": "swish"}, ExportError, "swish"),
        ("bert", {"hidden_size": None}, BadInputError, "hidden"),
        ("bert", {"hidden_size": 63}, BadInputError, "multiple"),
        ("bert", {"hidden_size": "64"}, BadInputError, "hidden"),
        ("bert", {"hidden_size": 1 << 40}, BadInputError, "hidden"),
        ("bert", {"hidden_size": True}, BadInputError, "hidden"),
        ("bert", {"num_hidden_layers": 0}, BadInputError, "layers"),
        ("bert", {"num_hidden_layers": 4096}, BadInputError, "more than there are tensors"),
        ("bert", {"num_attention_heads": -4}, BadInputError, "heads"),
        ("bert", {"vocab_size": 1e3}, BadInputError, "vocab_size"),
        ("bert", {"vocab_size": 1 << 23}, BadInputError, "shape"),
        ("bert", {"layer_norm_eps": 0}, BadInputError, "layer_norm_eps"),
        ("bert", {"layer_norm_eps": "NaN"}, BadInputError, "layer_norm_eps"),
        ("bert", {"pad_token_id": -1}, BadInputError, "pad_token_id"),
        ("roberta", {"pad_token_id": 25}, BadInputError, "positions"),
        ("bert", {"max_position_embeddings": 2}, BadInputError, "max_position_embeddings"),
        ("bert", {"type_vocab_size": 0}, BadInputError, "type_vocab_size"),
        ("bert", {"type_vocab_size": 3}, BadInputError, "shape"),
    ],
)
def test_configurations(tmp_path, family, change, error, match):
    with pytest.raises(error, match=match):
        run(write_bert(tmp_path / "model", family, settings=change))
    assert not (tmp_path / "bundle").exists()


@given(
    name=st.sampled_from(sorted(settings_of("roberta"))),
    value=st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([{}]),
)
@settings(max_examples=150, deadline=None)
def test_any_value_is_an_error_or_a_shape(tmp_path_factory, name, value):
    folder = tmp_path_factory.getbasetemp()
    (folder / "config.json").write_text(json.dumps({**settings_of("roberta"), name: value}))
    try:
        model = read_bert_config(folder)
    except AigcError:
        return
    assert 3 <= model.config.max_positions == model.rows - model.first_row


def test_tensors_that_are_missing_wrong_or_too_many(tmp_path):
    whole = tensors_of("bert")
    name = "encoder.layer.1.output.dense.bias"
    for tensors, error in (
        ({n: v for n, v in whole.items() if n != name}, BadInputError),
        ({**whole, name: np.zeros(HIDDEN + 1, np.float32)}, BadInputError),
        ({**whole, name: np.zeros((HIDDEN, 1), np.float32)}, BadInputError),
        ({**whole, name: np.full(HIDDEN, np.nan, np.float32)}, BadInputError),
        ({**whole, "encoder.layer.1.attention.self.query.lora_A.weight": whole[name]}, ExportError),
        ({**whole, "classifier.weight": whole[name]}, ExportError),
        ({**whole, "encoder.layer.2.output.dense.bias": whole[name]}, ExportError),
    ):
        with pytest.raises(error, match=r"tensor|Tensor|damaged"):
            run(write_bert(tmp_path / "model", tensors=tensors))


def test_widths_that_8_bit_blocks_cannot_hold(tmp_path):
    narrow = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 1}
    tensors = {}
    for name, values in tensors_of("bert").items():
        if ".layer.1." not in name:
            shape = tuple({64: 16, 96: 24}.get(side, side) for side in values.shape)
            tensors[name] = values[tuple(map(slice, shape))]
    folder = write_bert(tmp_path / "model", settings=narrow, tensors=tensors)
    with pytest.raises(ExportError, match=r"float32|quantised"):
        run(folder)
    run(folder, storage="float32")


@pytest.mark.parametrize(
    "options",
    [
        {"storage": "int3"},
        {"pooling": "lasttoken"},
        {"max_positions": 2},
        {"max_positions": 25},
        {"max_positions": "9"},
        {"max_positions": True},
        {"query_prompt": 7},
        {"passage_prompt": "a" * 2001},
        {"licence": None},
    ],
)
def test_options(tmp_path, options):
    with pytest.raises(BadInputError):
        run(write_bert(tmp_path / "model"), **options)


def listed(*kinds, paths=("", "1_Pooling", "2", "3")):
    return [
        {"path": path, "type": f"sentence_transformers.models.{kind}"}
        for path, kind in zip(paths, kinds, strict=False)
    ]


@pytest.mark.parametrize(
    ("modules", "error"),
    [
        ({"a": 1}, BadInputError),
        ([7], BadInputError),
        ([{"type": "sentence_transformers.models.Transformer"}], BadInputError),
        ([], ExportError),
        (listed("Transformer", "Pooling", "Dense"), ExportError),
        (listed("Transformer", "Pooling", "Dense", "Normalize"), ExportError),
        (listed("CLIPModel"), ExportError),
        (listed("Pooling", "Transformer"), ExportError),
        ([{"path": "", "type": "custom_model.Transformer"}], ExportError),
        (listed("Transformer", paths=("../model",)), BadInputError),
        (listed("Transformer", paths=("/etc",)), BadInputError),
        (listed("Transformer", paths=("..",)), BadInputError),
        (listed("Transformer", paths=("..\\model",)), BadInputError),
        (listed("Transformer", paths=("absent",)), BadInputError),
    ],
)
def test_modules(tmp_path, modules, error):
    folder = write_sentence_files(write_bert(tmp_path / "model"), modules=modules)
    with pytest.raises(error):
        run(folder)


@pytest.mark.parametrize(
    ("pooling", "error"),
    [
        ({}, ExportError),
        ({"pooling_mode_weightedmean_tokens": True}, ExportError),
        ({"pooling_mode_lasttoken": True}, ExportError),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": True}, ExportError),
        ({"pooling_mode": {}}, ExportError),
        ({"pooling_mode": ["mean", "max"]}, ExportError),
        ({"pooling_mode_mean_tokens": True, "include_prompt": False}, ExportError),
        ({"pooling_mode_mean_tokens": True, "word_embedding_dimension": 65}, BadInputError),
        ({"pooling_mode_mean_tokens": True, "word_embedding_dimension": "64"}, BadInputError),
    ],
)
def test_pooling(tmp_path, pooling, error):
    folder = write_sentence_files(write_bert(tmp_path / "model"), pooling=pooling)
    with pytest.raises(error):
        run(folder)


@pytest.mark.parametrize(
    "files",
    [
        {"settings": {"max_seq_length": 0}},
        {"settings": {"max_seq_length": 2}},
        {"settings": {"max_seq_length": "512"}},
        {"settings": {"do_lower_case": "yes"}},
        {"prompts": {"prompts": ["query: "]}},
        {"prompts": {"prompts": {"query": 7}}},
        {"prompts": {"prompts": {"query": "a" * 2001}}},
        {"prompts": {"prompts": {}, "default_prompt_name": "query"}},
        {"prompts": {"prompts": {"query": "a"}, "default_prompt_name": ["query"]}},
    ],
)
def test_what_lies_beside_the_model(tmp_path, files):
    folder = write_sentence_files(write_bert(tmp_path / "model"), **files)
    with pytest.raises(BadInputError):
        run(folder)


def test_settings_that_are_too_long(tmp_path):
    folder = write_sentence_files(write_bert(tmp_path / "model"))
    (folder / "modules.json").write_bytes(b"[" + b" " * (1 << 21) + b"]")
    with pytest.raises(InputTooLargeError):
        read_sentence_folder(folder)


def test_tokenizers(tmp_path):
    folder = write_bert(tmp_path / "model")
    path = folder / "tokenizer.json"
    good = json.loads(path.read_text())
    many = {**good, "model": {**good["model"], "vocab": {**good["model"]["vocab"], "far": 9999}}}
    cased = tokenizer_of("bert")
    cased.normalizer = None
    for content, error in (
        ("{}", BadInputError),
        ("[]", BadInputError),
        ("nothing", BadInputError),
        (json.dumps({**good, "post_processor": None}), ExportError),
        (json.dumps(many), BadInputError),
        (json.dumps({**good, "added_tokens": [7]}), BadInputError),
    ):
        path.write_text(content)
        with pytest.raises(error):
            run(folder)
    path.write_text(cased.to_str())
    write_sentence_files(folder, settings={"do_lower_case": True})
    with pytest.raises(ExportError, match="lower case"):
        run(folder)
    path.unlink()
    with pytest.raises(ExportError, match=r"tokenizer\.json"):
        run(folder)


def test_a_padding_id_without_a_token(tmp_path):
    rows = tensors_of("bert")["embeddings.word_embeddings.weight"].shape[0]
    with pytest.raises(BadInputError, match="pad_token_id"):
        run(write_bert(tmp_path / "model", settings={"pad_token_id": rows - 1}))


def test_pickles_are_not_read(tmp_path):
    folder = write_bert(tmp_path / "model")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert is_encoder_folder(folder)
    with pytest.raises(ExportError, match="pickles"):
        run(folder)


@pytest.mark.parametrize(
    ("change", "sentence", "mine"),
    [
        ({}, False, True),
        ({"architectures": None}, False, True),
        ({"model_type": "modernbert", "architectures": ["ModernBertModel"]}, False, True),
        ({"model_type": "mpnet", "architectures": ["MPNetModel"]}, False, True),
        ({"model_type": "mistral", "architectures": ["MistralModel"]}, True, True),
        ({"model_type": "llama", "architectures": ["LlamaForCausalLM"]}, False, False),
        ({"model_type": "llama", "architectures": ["LlamaForCausalLM"]}, True, False),
        ({"model_type": "bert", "architectures": ["BertLMHeadForCausalLM"]}, False, False),
        (
            {"model_type": "marian", "architectures": ["MarianMTModel"], "is_encoder_decoder": True},
            False,
            False,
        ),
        ({"model_type": "vit", "architectures": ["ViTModel"]}, False, False),
        ({"model_type": 7}, False, False),
    ],
)
def test_which_folders_are_for_this_importer(tmp_path, change, sentence, mine):
    folder = write_bert(tmp_path / "model", settings=change)
    if sentence:
        write_sentence_files(folder)
    assert is_encoder_folder(folder) is mine
    assert not (mine and is_decoder_folder(folder))


def test_folders_without_a_model(tmp_path):
    assert not is_encoder_folder(tmp_path)
    write_bert(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    assert not is_encoder_folder(tmp_path), "an exported graph, perhaps: another importer's"
