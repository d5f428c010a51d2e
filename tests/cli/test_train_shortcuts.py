"""``aigc train``: options that have a flag of their own."""

import os

import pytest

from aigc_sdk.sealed_files import KEY_VARIABLE


@pytest.mark.parametrize("flag", ["base", "search"])
def test_a_flag_is_an_option_of_the_trainer(aigc, tmp_path, flag):
    (tmp_path / "data.csv").write_text("a\n")
    command = ("train", "text/echo", "--data", tmp_path / "data.csv", "--out", tmp_path / "o")
    # The fake trainer has no such option: that it is asked for one shows.
    done, spelt_out = aigc(*command, f"--{flag}", "3"), aigc(*command, "-o", f"{flag}=3")
    assert (done.code, done.err) == (2, spelt_out.err)
    assert flag in done.err


def test_a_key_file_reaches_the_reader(aigc, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "before")
    (tmp_path / "data.csv").write_text("a\n")
    (tmp_path / "k").write_text("key")
    command = ("train", "text/echo", "--data", tmp_path / "data.csv", "--out", tmp_path / "o", "--key-file")
    assert aigc(*command, tmp_path / "no").code == 2
    assert os.environ[KEY_VARIABLE] == "before"
    assert aigc(*command, tmp_path / "k").code == 0
    assert os.environ[KEY_VARIABLE] == str(tmp_path / "k")
