"""GGUF files that lie about themselves are refused with a typed error, quickly and without filling the memory."""

from __future__ import annotations

import struct

import gguf
import pytest
from gguf.gguf_writer import GGUFValue
from tiny_decoder import RandomWeights, write_gguf

from aigc_exporters.gguf_import import import_gguf, open_gguf
from aigc_exporters.gguf_layout import check_layout
from aigc_sdk.errors import AigcError, BadInputError

T = gguf.GGUFValueType


def written(path, monkeypatch, name, value, kind):
    """A tiny model's file with one metadata entry replaced."""
    write = gguf.GGUFWriter.write_header_to_file

    def replaced(self, *args):
        for entries in self.kv_data:
            entries.pop(name, None)
        self.kv_data[0][name] = GGUFValue(value, kind)
        write(self, *args)

    monkeypatch.setattr(gguf.GGUFWriter, "write_header_to_file", replaced)
    file = write_gguf(path, RandomWeights())
    monkeypatch.setattr(gguf.GGUFWriter, "write_header_to_file", write)
    return file


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("general.architecture", ["a", "b"], T.ARRAY),
        ("general.license", 7, T.INT32),
        ("general.languages", "english", T.STRING),
        ("llama.block_count", 0, T.UINT32),
        ("llama.block_count", 1 << 31, T.UINT64),
        ("llama.embedding_length", float("nan"), T.FLOAT32),
        ("llama.embedding_length", 1 << 31, T.UINT64),
        ("llama.attention.head_count", 0, T.UINT32),
        ("llama.context_length", -5, T.INT32),
        ("llama.context_length", 1 << 40, T.UINT64),
        ("llama.context_length", 1e30, T.FLOAT32),
        ("llama.feed_forward_length", "x", T.STRING),
        ("llama.attention.key_length", True, T.BOOL),
        ("llama.attention.layer_norm_rms_epsilon", -1.0, T.FLOAT32),
        ("tokenizer.ggml.tokens", [1, 2], T.ARRAY),
        ("tokenizer.ggml.token_type", 3, T.INT32),
        ("tokenizer.ggml.merges", [1, 2], T.ARRAY),
        ("tokenizer.ggml.eos_token_id", "x", T.STRING),
        ("tokenizer.ggml.eos_token_id", 1 << 20, T.UINT32),
        ("tokenizer.ggml.bos_token_id", float("nan"), T.FLOAT32),
        ("tokenizer.chat_template", [1], T.ARRAY),
        ("general.alignment", 3, T.UINT32),
    ],
)
def test_metadata_of_the_wrong_kind_or_size(tmp_path, monkeypatch, capfd, name, value, kind):
    file = written(tmp_path / "m.gguf", monkeypatch, name, value, kind)
    licence = None if name == "general.license" else "Apache-2.0"
    with pytest.raises(AigcError):
        import_gguf(file, tmp_path / "bundle", licence=licence)
    assert not (tmp_path / "bundle").exists()
    assert capfd.readouterr().err == ""


def header(tensors, entries, rest=b""):
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, entries) + rest


def text(value):
    return struct.pack("<Q", len(value)) + value


@pytest.mark.parametrize(
    "content",
    [
        b"GGUF",
        b"GGUF" + struct.pack("<IQQ", 99, 0, 0),
        header(1 << 62, 0),
        header(0, 1 << 62),
        # An array of 2**60 bytes: the package's reader would append empty values for ever.
        header(0, 1, text(b"k") + struct.pack("<IIQ", 9, 0, 1 << 60)),
        header(0, 1, text(b"k") + struct.pack("<IIQ", 9, 8, 1 << 40)),
        # A text that announces more than the file has.
        header(0, 1, text(b"k") + struct.pack("<IQ", 8, 1 << 33) + b"abc"),
        header(0, 1, struct.pack("<Q", (1 << 64) - 1) + b"abc"),
        header(0, 1, text(b"k") + struct.pack("<I", 77) + bytes(64)),
        # Arrays in arrays, a thousand deep.
        header(0, 1, text(b"k") + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 1000),
        header(1, 0, text(b"t") + struct.pack("<I", 1 << 31) + bytes(64)),
        header(1, 0, text(b"t") + struct.pack("<IQQIQ", 2, 1 << 40, 1 << 40, 0, 0) + bytes(64)),
    ],
)
def test_counts_and_lengths_beyond_the_file(tmp_path, content):
    (tmp_path / "m.gguf").write_bytes(content)
    with pytest.raises(BadInputError, match="damaged or truncated"):
        open_gguf(tmp_path / "m.gguf")


def test_every_truncation_of_the_header_is_noticed(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights())
    whole = file.read_bytes()
    check_layout(file)
    for size in range(4, 4000, 37):
        file.write_bytes(whole[:size])
        with pytest.raises(BadInputError):
            open_gguf(file)


def test_tensors_that_share_bytes(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights())
    data = file.read_bytes()
    offset = next(tensor for tensor in open_gguf(file).tensors if tensor.name == "blk.1.ffn_up.weight")
    place = data.index(b"blk.1.ffn_up.weight") + len(b"blk.1.ffn_up.weight") + 4 + 16 + 4
    assert struct.unpack_from("<Q", data, place)[0] > 0
    assert offset.n_bytes > 0
    file.write_bytes(data[:place] + struct.pack("<Q", 0) + data[place + 8 :])
    with pytest.raises(BadInputError, match="overlaps"):
        open_gguf(file)
