"""``aigc train``: options that have a flag of their own."""

import os

import pytest

from aigc_sdk.sealed_files import KEY_VARIABLE


@pytest.mark.parametrize("flag", ["base", "search"])
def test_a_flag_is_an_option_of_the_trainer(aigc, tmp_path, flag):
    (tmp_path / "data.csv").write_text("a\n")
    done = aigc(
        "train", "text/echo", "--data", tmp_path / "data.csv", "--out", tmp_path / "o", f"--{flag}", "3"
    )
    # The fake trainer has no such option: that it is asked for one shows.
    assert done.code == 2
    assert flag in done.err


def test_a_key_file_reaches_the_reader(aigc, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "before")
    (tmp_path / "data.csv").write_text("a\n")
    (tmp_path / "k").write_text("key")
    data, out = tmp_path / "data.csv", tmp_path / "o"
    assert aigc("train", "text/echo", "--data", data, "--out", out, "--key-file", tmp_path / "k").code == 0
    assert os.environ[KEY_VARIABLE] == str(tmp_path / "k")
    assert (
        aigc(
            "train", "text/echo", "--data", data, "--out", tmp_path / "p", "--key-file", tmp_path / "no"
        ).code
        == 2
    )
