"""Training files encrypted at rest."""

import gzip
import io
import json
import stat

import pytest
from click.testing import CliRunner

from aigc_sdk.cli.data import data as data_command
from aigc_sdk.errors import BadInputError
from aigc_sdk.sealed_files import KEY_VARIABLE, SealedReader, make_key, read_key, seal
from aigc_text.training.lm_data import read_documents

SECRET = bytes(range(32))
SEGMENT = 1 << 20


def sealed(plain, key=SECRET):
    target = io.BytesIO()
    assert seal(io.BytesIO(plain), target, key) == len(plain)
    return target.getvalue()


def opened(cipher, key=SECRET):
    return io.BufferedReader(SealedReader(io.BytesIO(cipher), key, "x.enc")).read()


@pytest.mark.parametrize("size", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT + 7])
def test_what_was_sealed_is_read(size):
    plain = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    cipher = sealed(plain)
    assert opened(cipher) == plain
    assert b"0123456789abcdef" not in cipher


def test_equal_files_are_sealed_differently():
    assert sealed(b"same") != sealed(b"same")


def test_whatever_was_altered_is_refused():
    cipher = sealed(b"a" * (2 * SEGMENT + 5))
    first, second = (24 + n * (SEGMENT + 16) for n in (0, 1))
    swapped = (
        cipher[:first]
        + cipher[second : second + SEGMENT + 16]
        + cipher[first:second]
        + cipher[second + SEGMENT + 16 :]
    )
    cases = {
        "a bit": cipher[:100] + bytes([cipher[100] ^ 1]) + cipher[101:],
        "the salt": cipher[:10] + bytes([cipher[10] ^ 1]) + cipher[11:],
        "segments swapped": swapped,
        "cut inside": cipher[:-1],
        "cut between segments": cipher[: second + SEGMENT + 16],
        "only the head": cipher[:24],
        "more behind": cipher + b"\0",
    }
    for wrong in cases.values():
        with pytest.raises(BadInputError, match="cannot be decrypted"):
            opened(wrong)
    with pytest.raises(BadInputError, match="cannot be decrypted"):
        opened(cipher, bytes(32))
    with pytest.raises(BadInputError, match="no encrypted training file"):
        opened(b"plain text")


def test_keys_are_private_and_never_overwritten(tmp_path):
    make_key(tmp_path / "k")
    assert len(read_key(tmp_path / "k")) == 32
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600
    with pytest.raises(BadInputError, match="exists already"):
        make_key(tmp_path / "k")
    (tmp_path / "short").write_text("aGVsbG8=")
    with pytest.raises(BadInputError, match="is no key") as caught:
        read_key(tmp_path / "short")
    assert "aGVsbG8" not in str(caught.value)


def test_training_reads_what_the_command_encrypted_and_writes_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": "First"}).encode()))
    (folder / "b.txt").write_text("Second", encoding="utf-8")
    run = CliRunner().invoke
    key = str(tmp_path / "k")
    assert run(data_command, ["key", key]).exit_code == 0
    for name in ("a.jsonl.gz", "b.txt"):
        assert run(data_command, ["encrypt", str(folder / name), "--key-file", key]).exit_code == 0
        (folder / name).unlink()
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(BadInputError, match="no key is named"):
        list(read_documents(folder))
    monkeypatch.setenv(KEY_VARIABLE, key)
    found = list(read_documents(folder))
    assert [(d.where, d.text) for d in found] == [("a.jsonl.gz.enc line 1", "First"), ("b.txt.enc", "Second")]
    assert sorted(tmp_path.rglob("*")) == before


def test_an_encrypted_file_is_never_overwritten(tmp_path):
    (tmp_path / "x.txt").write_text("x")
    make_key(tmp_path / "k")
    (tmp_path / "x.txt.enc").write_text("precious")
    result = CliRunner().invoke(
        data_command, ["encrypt", str(tmp_path / "x.txt"), "--key-file", str(tmp_path / "k")]
    )
    assert isinstance(result.exception, BadInputError)
    assert (tmp_path / "x.txt.enc").read_text() == "precious"
