"""Text that is none, or too much: the command line and `Studio` refuse it in the same words, or screen it.

What the installed text detectors make of strange text is in ``tests/core/test_bad_input_text.py``.
"""

from __future__ import annotations

import json

import pytest

from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_sdk.pipeline.requests import Limits
from aigc_sdk.studio import Studio
from aigc_sdk.verdict import Decision

LIMIT = Limits().text_chars
SURROGATE = "a\ud800b"
TOO_LONG = "a quiet day " * (10_000_000 // 12)

REFUSED = {
    "ten megabytes": (
        TOO_LONG,
        "input_too_large",
        [f"{len(TOO_LONG):,}", f"{LIMIT:,}", "text_chars", "Split"],
    ),
    "one character over": ("x" * (LIMIT + 1), "input_too_large", [f"{LIMIT + 1:,}", f"{LIMIT:,}"]),
    "too long, in Chinese": ("今" * (LIMIT + 1), "input_too_large", [f"{LIMIT + 1:,}"]),
    "a NUL character": ("a\x00b", "bad_input", ["NUL", "index 1"]),
    "a lone surrogate": (SURROGATE, "bad_input", ["surrogate", "index 1"]),
    "half of a pair": ("\udfff", "bad_input", ["surrogate", "index 0"]),
}
SCREENED = {
    "at the limit": ("x" * LIMIT, Decision.ALLOW, 0),
    "nothing": ("", Decision.ALLOW, 0),
    "white space": (" \n\t\u3000", Decision.ALLOW, 0),
    "right-to-left overrides": ("\u202e\u202eyad teiuq a\u202c", Decision.ALLOW, 0),
    "a word between overrides": ("\u202e\u2066forbidden\u2069\u202c", Decision.BLOCK, 3),
    "a word behind overrides without end": ("\u202e" * 5_000 + "forbidden", Decision.BLOCK, 3),
    "a byte order mark": ("\ufeff\ufeffforbidden", Decision.BLOCK, 3),
    "noncharacters": ("\uffff\ufffe\U0010ffff forbidden", Decision.BLOCK, 3),
    "control characters": ("\x1b[31m\x07\x7f forbidden", Decision.BLOCK, 3),
}
NOT_UTF_8 = {
    "binary": bytes(range(256)) * 40,
    "UTF-16": "a quiet day".encode("utf-16"),
    "GB 18030": "今天天气很好".encode("gb18030"),
    "cut in a character": "今天".encode()[:-1],
    "an encoded surrogate": SURROGATE.encode("utf-8", "surrogatepass"),
}
POLICY = {
    "id": "bad-text",
    "detectors": [{"id": "text/words"}],
    "rules": [{"name": "violence", "action": "block", "categories": ["violence"]}],
}
WAYS = ["argument", "standard input", "file"]


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(json.dumps(POLICY), encoding="utf-8")
    return path


@pytest.fixture
def studio(registry, store, policy):
    with Studio(registry=registry, store=store, policy=policy) as made:
        yield made


@pytest.fixture
def screen(aigc, policy, tmp_path):
    """Give a text to ``aigc moderate`` in one of its ways."""

    def run(way, text, *more):
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        if way == "argument":
            return aigc("moderate", "--policy", policy, *more, "--", text)
        if way == "standard input":
            return aigc("moderate", "-", "--policy", policy, *more, stdin=data)
        path = tmp_path / "text.txt"
        path.write_bytes(data)
        return aigc("moderate", "--file", path, "--policy", policy, *more)

    return run


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", REFUSED)
def test_unusable_text_is_refused_and_told_why(screen, studio, name, way):
    text, code, said = REFUSED[name]
    if "surrogate" in said and way != "argument":
        said = ["UTF-8", "byte"]  # no file in UTF-8 holds one
    done = screen(way, text)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert done.err.startswith("Error: ")
    assert "Hint: " in done.err
    for part in said:
        assert part in done.err
    assert len(done.err) < 500  # it never quotes the text
    assert screen(way, text, "--json").json["error"]["code"] == code


@pytest.mark.parametrize("name", REFUSED)
def test_studio_refuses_it_with_the_same_kind_of_error(studio, name):
    text, code, said = REFUSED[name]
    with pytest.raises(BadInputError) as caught:
        studio.moderate(text)
    assert caught.value.code == code
    assert isinstance(caught.value, InputTooLargeError) == (code == "input_too_large")
    for part in said:
        assert part in str(caught.value)
    with pytest.raises(BadInputError, match=r"Items\[2\]"):
        studio.moderate_batch(["fine", "also fine", text])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NOT_UTF_8)
def test_bytes_that_are_no_utf_8_are_refused_with_the_place(screen, name, way):
    data = NOT_UTF_8[name]
    if way == "argument":
        data = data.replace(b"\x00", b"").decode("utf-8", "surrogateescape")  # as Python reads arguments
    done = screen(way, data)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert ("index" if way == "argument" else "UTF-8 text (byte ") in done.err
    assert "Hint: " in done.err


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SCREENED)
def test_strange_text_is_screened_like_any(screen, studio, name, way):
    text, decision, code = SCREENED[name]
    assert studio.moderate(text).decision is decision
    done = screen(way, text, "--json")
    assert done.code == code, done.err
    assert done.json["decision"] == str(decision)
    human = screen(way, text)
    assert human.code == code
    assert "Traceback" not in human.err
    assert not set(human.out + human.err) & {"\x1b", "\x07", "\x7f"}


def test_a_long_text_is_an_error_of_its_own_row(aigc, policy, tmp_path):
    rows = tmp_path / "rows.jsonl"
    texts = ("fine", TOO_LONG, "x" * (LIMIT + 1), "forbidden")
    rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    done = aigc("moderate", "--jsonl", rows, "--out", "-", "--policy", policy)
    assert done.code == 0
    assert "Traceback" not in done.err
    fine, line, long, bad = (json.loads(row) for row in done.out.splitlines())
    assert not fine.get("error")
    for row, words in ((line, "Line 2 is longer than"), (long, f"Line 3 has {LIMIT + 1:,} characters")):
        assert row["error"]["code"] == "input_too_large"
        assert words in row["error"]["message"]
        assert row["error"]["hint"]
    assert bad["verdict"]["decision"] == "block"
