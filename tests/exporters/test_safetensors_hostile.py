"""Folders that lie about themselves are refused with a typed error, quickly and without filling the memory."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hf_folder import safetensors_bytes, tensors_of, with_header, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_decoder import TINY, RandomWeights

from aigc_exporters.hf_tokenizer import decoding_defaults, read_tokenizer
from aigc_exporters.json_file import parse_object, read_object
from aigc_exporters.safetensors_file import SafetensorsFile, SafetensorsFolder
from aigc_exporters.safetensors_import import import_safetensors
from aigc_sdk.errors import AigcError, BadInputError, ExportError, InputTooLargeError

ONE = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
WHOLE = safetensors_bytes({"a": np.arange(6.0).reshape(2, 3), "b": np.ones(3)})


def header(**tensors):
    return json.dumps(tensors).encode()


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "m.safetensors"
    path.write_bytes(WHOLE)
    file = SafetensorsFile(path)
    assert list(file) == ["a", "b"]
    np.testing.assert_array_equal(file.read("a"), [[0, 1, 2], [3, 4, 5]])
    assert file.shape("b") == (3,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x01",
        (1 << 63).to_bytes(8, "little"),
        (1 << 40).to_bytes(8, "little") + b"{}",
        with_header(b""),
        with_header(b"[]"),
        with_header(b"nul"),
        with_header(b"\xff\xfe"),
        with_header(b'{"a":' + b"[" * 200_000),
        with_header(b'{"a":1' + b"0" * 100_000 + b"}"),
        with_header(header(a=7), bytes(8)),
        with_header(header(a={}), bytes(8)),
        with_header(header(a={**ONE, "dtype": 32}), bytes(8)),
        with_header(header(a={**ONE, "shape": 2}), bytes(8)),
        with_header(header(a={**ONE, "shape": [-1, -2]}), bytes(8)),
        with_header(header(a={**ONE, "shape": [2.0]}), bytes(8)),
        with_header(header(a={**ONE, "shape": [True, 2]}), bytes(8)),
        with_header(header(a={**ONE, "shape": [1] * 9 + [2]}), bytes(8)),
        with_header(header(a={**ONE, "shape": [1 << 62, 1 << 62]}), bytes(8)),
        with_header(header(a={**ONE, "shape": [1 << 40, 0]}), bytes(8)),
        with_header(header(a={**ONE, "data_offsets": [0]}), bytes(8)),
        with_header(header(a={**ONE, "data_offsets": [8, 0]}), bytes(8)),
        with_header(header(a={**ONE, "data_offsets": [0, 1 << 62]}), bytes(8)),
        with_header(header(a={**ONE, "data_offsets": [-8, 0]}), bytes(8)),
        # Tensors that share bytes would let a small file fill a large memory.
        with_header(header(a=ONE, b=ONE), bytes(8)),
        with_header(header(a=ONE, b={**ONE, "data_offsets": [4, 12]}), bytes(12)),
        # Bytes that no tensor owns could be anything.
        with_header(header(a={**ONE, "data_offsets": [4, 12]}), bytes(12)),
        with_header(header(a=ONE), bytes(9)),
        # Two entries of one name: readers differ on which of them counts.
        with_header(b'{"a":%b,"a":%b}' % (json.dumps(ONE).encode(), json.dumps(ONE).encode()), bytes(8)),
    ],
)
def test_headers_that_do_not_fit(tmp_path, content):
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(BadInputError, match=r"damaged or truncated|no JSON"):
        SafetensorsFile(tmp_path / "m.safetensors")


def test_a_header_that_is_too_long_is_not_even_read(tmp_path):
    path = tmp_path / "m.safetensors"
    with path.open("wb") as stream:
        stream.write((1 << 30).to_bytes(8, "little"))
        stream.truncate((1 << 30) + 100)  # a hole in the file, no gigabyte
    with pytest.raises(InputTooLargeError, match="header"):
        SafetensorsFile(path)


def test_kinds_of_numbers_that_are_not_read(tmp_path):
    path = tmp_path / "m.safetensors"
    for kind, size in (("I32", 4), ("F64", 8), ("F8_E4M3", 1)):
        entry = {"dtype": kind, "shape": [2], "data_offsets": [0, 2 * size]}
        path.write_bytes(with_header(header(a=entry), bytes(2 * size)))
        with pytest.raises(ExportError, match=kind):
            SafetensorsFile(path).read("a")
    path.write_bytes(with_header(header(a={"dtype": "F4", "shape": [2], "data_offsets": [0, 1]}), b"\0"))
    with pytest.raises(ExportError, match="F4"):
        SafetensorsFile(path)


@pytest.mark.parametrize("kind", ["F32", "F16", "BF16"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_not_finite(tmp_path, kind, value):
    path = tmp_path / "m.safetensors"
    path.write_bytes(safetensors_bytes({"a": np.asarray([1.0, value], dtype=np.float32)}, kind))
    with pytest.raises(BadInputError, match="not finite"):
        SafetensorsFile(path).read("a")


@given(cut=st.integers(0, len(WHOLE) - 1), place=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_any_cut_and_any_changed_byte_is_an_error_or_harmless(tmp_path_factory, cut, place, byte):
    path = tmp_path_factory.getbasetemp() / "fuzzed.safetensors"
    path.write_bytes(WHOLE[:cut])
    with pytest.raises(BadInputError):
        SafetensorsFile(path)
    path.write_bytes(WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :])
    try:
        file = SafetensorsFile(path)
        total = sum(file.read(name).size for name in file)
    except AigcError:
        return
    assert total == 9


@pytest.mark.parametrize(
    "places",
    [
        None,
        [],
        {},
        {"a": 1},
        {"a": "../m.safetensors"},
        {"a": "/etc/passwd"},
        {"a": "sub/m.safetensors"},
        {"a": "..\\m.safetensors"},
        {"a": "config.json"},
        {"a": "absent.safetensors"},
        {"absent": "m.safetensors"},
    ],
)
def test_an_index_that_leads_nowhere_or_out(tmp_path, places):
    (tmp_path.parent / "m.safetensors").write_bytes(WHOLE)
    (tmp_path / "m.safetensors").write_bytes(WHOLE)
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    with pytest.raises(BadInputError):
        SafetensorsFolder(tmp_path)


def test_several_files_without_an_index(tmp_path):
    for name in ("a.safetensors", "b.safetensors"):
        (tmp_path / name).write_bytes(WHOLE)
    with pytest.raises(BadInputError, match="2 safetensors files"):
        SafetensorsFolder(tmp_path)


@pytest.mark.parametrize(
    "name", ["config.json", "tokenizer_config.json", "generation_config.json", "tokenizer.json"]
)
@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"a":1,"a":2}'])
def test_damaged_files_beside_the_weights(tmp_path, name, content):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    (folder / name).write_bytes(content)
    with pytest.raises(BadInputError, match=name.replace(".", r"\.")):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        # Each makes the library panic, which is no Exception in Python.
        ("normalizer", {"type": "Precompiled", "precompiled_charsmap": "AAAA"}),
        (
            "post_processor",
            {"type": "TemplateProcessing", "pair": [], "special_tokens": {},
             "single": [{"SpecialToken": {"id": "X", "type_id": 0}}]},
        ),
        ("pre_tokenizer", {"type": "Split", "pattern": {"Regex": "(("}, "behavior": "Isolated", "invert": False}),
    ],
)  # fmt: skip
def test_tokenizers_that_break_the_library(tmp_path, part, value):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    content = json.loads((folder / "tokenizer.json").read_text())
    (folder / "tokenizer.json").write_text(json.dumps({**content, part: value}))
    with pytest.raises(BadInputError, match=r"tokenizer\.json is no tokenizer"):
        read_tokenizer(folder, {})


def test_padding_and_gaps_between_ids(tmp_path):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    content = json.loads((folder / "tokenizer.json").read_text())
    content["padding"] = {"strategy": {"Fixed": 1_000_000_000}, "direction": "Right", "pad_to_multiple_of": None,
                          "pad_id": 0, "pad_type_id": 0, "pad_token": "x"}  # fmt: skip
    content["model"]["vocab"]["far away"] = 5_000
    (folder / "tokenizer.json").write_text(json.dumps(content))
    assert read_tokenizer(folder, {}).size == 5_001
    with pytest.raises(BadInputError, match="id 5000"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")


def test_files_that_are_too_large_are_not_read(tmp_path):
    (tmp_path / "a.json").write_text(" " * 100)
    with pytest.raises(InputTooLargeError):
        read_object(tmp_path / "a.json", most_bytes=99)
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    with (folder / "tokenizer.json").open("r+b") as stream:
        stream.truncate(1 << 30)
    with pytest.raises(InputTooLargeError, match=r"tokenizer\.json"):
        read_tokenizer(folder, {})
    assert parse_object(b"{}", "x") == {}


@pytest.mark.parametrize(
    "tokenizer",
    [
        {"eos_token": 7},
        {"eos_token": "<|absent|>"},
        {"bos_token": {"content": None}, "eos_token": "absent"},
        {"chat_template": 7},
        {"chat_template": "{{ ''.__class__.__mro__ }}"},
        {"chat_template": "{% for i in range(10**9) %}x{% endfor %}"},
        {"chat_template": "{{ 'x' * 10**9 }}"},
    ],
)
def test_tokenizer_settings_that_are_not_what_they_should_be(tmp_path, tokenizer):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY, tokenizer=tokenizer)
    with pytest.raises(AigcError):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")


@pytest.mark.parametrize(
    "recommended",
    [{"temperature": -1}, {"temperature": "hot"}, {"top_p": float("nan")}, {"top_k": 1.5}, {"min_p": [0.1]}],
)
def test_decoding_defaults_out_of_range(tmp_path, recommended):
    (tmp_path / "generation_config.json").write_text(json.dumps({"do_sample": True, **recommended}))
    with pytest.raises(BadInputError, match=r"generation_config\.json"):
        decoding_defaults(tmp_path)
    (tmp_path / "generation_config.json").write_text(json.dumps(recommended))
    assert decoding_defaults(tmp_path) == {}


def test_no_token_ends_a_text(tmp_path):
    folder = write_folder(
        tmp_path / "model", RandomWeights(), TINY, tokenizer={}, settings={"eos_token_id": None}
    )
    with pytest.raises(BadInputError, match="ends a text"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")


def test_a_vocabulary_larger_than_the_embedding(tmp_path):
    tensors = tensors_of(RandomWeights(), TINY)
    tensors["model.embed_tokens.weight"] = tensors["model.embed_tokens.weight"][:271]
    folder = write_folder(
        tmp_path / "model", RandomWeights(), TINY, tensors=tensors, settings={"vocab_size": 271}
    )
    with pytest.raises(BadInputError, match="id 271"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")
