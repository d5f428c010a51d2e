"""``aigc moderate`` and ``aigc evaluate``."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("text", "code", "decision"),
    [
        ("a fine day", 0, "allow"),
        ("a secret thing", 0, "redact"),
        ("a forbidden thing", 3, "block"),
        ("a doubtful thing", 4, "review"),
        ("   ", 0, "allow"),
        ("今天天气不错", 0, "allow"),
    ],
)
def test_the_exit_code_is_the_decision(aigc, text, code, decision):
    done = aigc("moderate", text, "--json", "--language", "zh" if text > "z" else "en")
    assert (done.code, done.json["decision"]) == (code, decision)
    human = aigc("moderate", text, "--language", "zh" if text > "z" else "en")
    assert human.code == code
    assert decision in human.out


def test_the_text_comes_from_an_argument_a_file_or_standard_input(aigc, tmp_path):
    (tmp_path / "t.txt").write_text("a forbidden thing")
    assert aigc("moderate", "--file", tmp_path / "t.txt").code == 3
    assert aigc("moderate", "-", stdin="a forbidden thing").code == 3
    assert aigc("moderate").code == 2
    assert aigc("moderate", "a", "--file", tmp_path / "t.txt").code == 2
    assert aigc("moderate", "--file", tmp_path / "none.txt").code == 2
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    done = aigc("moderate", "--file", tmp_path / "b.txt")
    assert done.code == 2
    assert "UTF-8" in done.err


def test_the_redacted_text_is_given(aigc):
    done = aigc("moderate", "a secret thing", "--json")
    assert "secret" not in done.json["redacted"]
    assert done.json["redacted"].startswith("a ")


@pytest.mark.parametrize("text", ["x" * 1_000_001, "a\x00b", "a\udce4b"])
def test_unusable_text_is_refused(aigc, text):
    done = aigc("moderate", text, "--json")
    assert done.code == 2
    assert "error" in done.json


def test_a_policy_file_that_is_wrong_says_which_field(aigc, tmp_path):
    (tmp_path / "p.yaml").write_text("id: mine\nrulez: []\n")
    done = aigc("moderate", "text", "--policy", tmp_path / "p.yaml")
    assert done.code == 2
    assert "rulez" in done.err


def test_scores_are_listed(aigc):
    done = aigc("evaluate", "four", "--json")
    assert done.code == 0
    assert [(s["metric"], s["value"]) for s in done.json["scores"]] == [("length", 4.0)]
    assert "length" in aigc("evaluate", "four").out
    assert aigc("evaluate", "four", "-e", "text/none").code == 5


def test_json_stays_json_in_every_language(aigc):
    assert json.loads(aigc("moderate", "今天", "--language", "zh", "--json").out)["language"] == "zh"
