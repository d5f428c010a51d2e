"""Files of the E5S1 layout: read exactly, and refused where they lie."""

from __future__ import annotations

import contextlib
import struct

import numpy as np
import pytest
from e5_file import FFN, HIDDEN, LAYERS, PIECES, POSITIONS, write_e5
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_exporters.e5_format import E5File
from aigc_sdk.errors import AigcError, BadInputError


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_e5(tmp_path_factory.mktemp("e5") / "tiny.bin")


def read_all(path):
    file = E5File(path)
    file.word_embedding()
    file.position_embedding()
    file.embedding_norm()
    for index in range(file.config.layers):
        file.layer(index)
    return file


def test_header_and_tokenizer(path):
    file = E5File(path)
    config = file.config
    assert (config.layers, config.hidden, config.ffn) == (LAYERS, HIDDEN, FFN)
    assert config.max_positions == POSITIONS
    assert config.vocab_size == len(PIECES) + 3
    assert list(file.vocabulary.pieces) == PIECES
    assert (file.vocabulary.bos, file.vocabulary.pad, file.vocabulary.eos, file.vocabulary.unk) == (
        0,
        1,
        2,
        3,
    )
    assert file.vocabulary.normalisation[ord("，")] == ","


def test_blocks_are_dequantised_by_the_formula(path):
    """Byte j of a block holds weight j (low nibble) and j + 16 (high): value = (nibble - 8) * scale."""
    data = path.read_bytes()
    name = b"l0.fi.w"
    at = data.index(struct.pack("<H", len(name)) + name) + 2 + len(name)
    _, elements, offset, size = struct.unpack_from("<BIQQ", data, at)
    expected = []
    for start in range(offset, offset + size, 18):
        scale = float(np.frombuffer(data, "<f2", 1, start)[0])
        raw = data[start + 2 : start + 18]
        expected += [(byte % 16 - 8) * scale for byte in raw] + [(byte // 16 - 8) * scale for byte in raw]
    values = E5File(path).layer(0).intermediate.dequantize()
    assert values.shape == (FFN, HIDDEN)
    assert elements == values.size
    np.testing.assert_array_equal(values.ravel(), np.float32(expected))


def test_kept_rows_are_rows_of_the_whole_table(path):
    whole, pruned = E5File(path), E5File(path)
    rows = np.array([0, 1, 2, 3, 9, 30])
    pruned.keep_rows(rows)
    np.testing.assert_array_equal(
        pruned.word_embedding().dequantize(), whole.word_embedding().dequantize()[rows]
    )
    assert pruned.config.vocab_size == len(rows)
    with pytest.raises(BadInputError):
        whole.keep_rows(np.array([10_000]))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.99])
def test_truncated_files_are_refused(path, tmp_path, share):
    data = path.read_bytes()
    cut = tmp_path / "cut.bin"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadInputError):
        read_all(cut)


@pytest.mark.parametrize(
    ("offset", "form", "value"),
    [
        (0, "<I", 0),  # magic
        (4, "<I", 2),  # version
        (8, "<i", 65),  # hidden: not what the tensors have
        (12, "<i", -1),  # layers
        (12, "<i", 3),  # more layers than there are
        (16, "<i", 5),  # heads that do not divide hidden
        (24, "<i", 2**31 - 1),  # rows
        (24, "<i", 5),  # fewer rows than pieces
        (28, "<i", 2**30),  # positions
        (32, "<i", 0),  # token types
        (36, "<f", float("nan")),  # epsilon
        (40, "<i", 64),  # block size
        (44, "<i", 2**31 - 1),  # pieces
        (48, "<i", 10**6),  # bos
        (64, "<Q", 2**63),  # blob length
        (72, "<I", 7),  # first offset
    ],
)
def test_lying_headers_are_refused(path, tmp_path, offset, form, value):
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, offset, value)
    bad = tmp_path / "bad.bin"
    bad.write_bytes(data)
    with pytest.raises(BadInputError):
        read_all(bad)


def test_a_tensor_beyond_the_end_is_refused(path, tmp_path):
    data = bytearray(path.read_bytes())
    at = data.index(b"\x07\x00l1.fo.w") + 9
    struct.pack_into("<Q", data, at + 5, 2**64 - 1)
    bad = tmp_path / "bad.bin"
    bad.write_bytes(data)
    with pytest.raises(BadInputError, match=r"l1\.fo\.w"):
        read_all(bad)


def test_scales_that_are_not_finite_are_refused(path, tmp_path):
    data = bytearray(path.read_bytes())
    at = data.index(b"\x08\x00emb.word") + 10
    _, _, offset, _ = struct.unpack_from("<BIQQ", data, at)
    data[offset : offset + 2] = np.float16(np.inf).tobytes()
    bad = tmp_path / "bad.bin"
    bad.write_bytes(data)
    with pytest.raises(BadInputError, match="not finite"):
        read_all(bad)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 4000), value=st.binary(min_size=1, max_size=8))
def test_any_damage_is_a_typed_error_or_none(path, tmp_path, at, value):
    data = bytearray(path.read_bytes())
    data[at : at + len(value)] = value
    bad = tmp_path / "bad.bin"
    bad.write_bytes(data)
    with contextlib.suppress(AigcError):
        read_all(bad)
