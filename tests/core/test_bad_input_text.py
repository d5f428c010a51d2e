"""Bad input to the text stack: a typed error or a verdict, in bounded time; never a crash, never an allow by failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from aigc_sdk.content import Text
from aigc_sdk.errors import AigcError, BadInputError, InputTooLargeError, PolicyError
from aigc_sdk.pipeline.requests import Limits
from aigc_sdk.policy import Policy
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.studio import Studio
from aigc_sdk.verdict import Decision, Status

pytest.importorskip("aigc_text")

LISTED = "zorkmid"
POLICY = Policy.model_validate(
    {
        "id": "bounded",
        "include_installed": False,
        "detectors": [
            {"id": name, "timeout_s": 60} for name in ("text/lexicon", "text/privacy", "text/ad-law")
        ],
        "rules": [
            {"name": "listed", "action": "block", "categories": ["custom"]},
            {"name": "private", "action": "redact", "categories": ["privacy"], "min_severity": "medium"},
        ],
    }
)


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    words = tmp_path_factory.mktemp("lists") / "words.tsv"
    words.write_text(f"{LISTED}\n(a+)+$\n(?:x|x)*y\n(.*a){{20}}\n", encoding="utf-8")
    before = os.environ.get("AIGC_LEXICON")
    os.environ["AIGC_LEXICON"] = str(words)
    with Studio(policy=POLICY, timeout=120, threads=1, limits=Limits(text_chars=12_000_000)) as made:
        assert made.moderate(f"a {LISTED} b").findings
        assert made.moderate("a quiet day").allowed
        yield made
    if before is None:
        del os.environ["AIGC_LEXICON"]
    else:
        os.environ["AIGC_LEXICON"] = before


STRANGE = {
    "a byte order mark": "\ufeffa quiet day",
    "noncharacters": "a \uffff\ufffe\U0010ffff day",
    "private use": "\ue000\uf8ff quiet",
    "control characters": "a\x01b\x02\x7f\x85 day",
    "bidi marks": "\u200e\u200f\u202a\u202b\u202d\u2066\u2067\u2068 a day \u2069\u202c",
    "overrides that never end": "\u202e" * 500 + " yad a",
    "marks without a letter": "\u0301" * 5_000,
    "joiners": "\u200d" * 5_000 + "a day",
    "a letter under marks": "a" + "\u0301" * 5_000 + " day",
    "half of a flag": "🇬" * 301 + " a day",
    "family": "👩‍👩‍👧‍👦" * 500 + " a day",
    "white space": " \t\u3000\u2003\r\n" * 2_000 + "a day",
    "one letter": "a" * 30_000,
    "brackets": "(" * 10_000 + ")" * 10_000,
    "what patterns start with": "a@" * 5_000 + "://" * 3_000 + "+(1" * 3_000 + "-----BEGIN " * 1_000,
    "digits": "1" * 20_000,
    "an equation of slashes": "\\" * 10_000 + "/" * 10_000,
    "mixed scripts": "day день 一天 ημέρα يوم",
    "zalgo": "".join(c + "\u0336\u0489\u0353" * 20 for c in "a quiet day"),
    "regex": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" + "x" * 3_000,
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_gets_a_verdict_in_bounded_time(studio, name):
    start = time.process_time()
    verdict = studio.moderate(STRANGE[name])
    assert time.process_time() - start < 5
    assert verdict.detectors or verdict.decision is Decision.BLOCK or not STRANGE[name].strip()
    hidden = studio.moderate(f"{STRANGE[name]} {LISTED} {STRANGE[name]}")
    assert hidden.decision is Decision.BLOCK


@pytest.mark.parametrize(
    "bad", ["a\x00b", "a\ud800b", "\udfff", b"bytes", bytearray(b"x"), None, 7, ["a"], {"a": 1}]
)
def test_what_is_no_text_is_a_typed_error(studio, bad):
    with pytest.raises(BadInputError):
        studio.moderate(bad)
    with pytest.raises(BadInputError):
        studio.moderate_batch(["fine", bad])


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u3000"])
def test_blank_text_is_an_explicit_pass(studio, blank):
    verdict = studio.moderate(blank)
    assert (verdict.decision, verdict.applied[0].rule) == (Decision.ALLOW, "blank")


def test_a_text_over_the_limit_is_refused_before_anything_looks_at_it():
    with Studio(policy=POLICY) as fresh:
        start = time.process_time()
        with pytest.raises(InputTooLargeError):
            fresh.moderate("a quiet day " * 900_000)
        assert time.process_time() - start < 2


@pytest.mark.parametrize("filler", ["the quiet lamp shines in 2024. ", "今天天气很好，我们去公园。"])
def test_a_long_text_is_read_to_its_end(studio, filler):
    text = filler * (1_000_000 // len(filler)) + f" {LISTED}"
    verdict = studio.moderate(text)
    assert verdict.decision is Decision.BLOCK
    # On a machine that is busy otherwise it may run out of time: closed as well.
    assert verdict.findings or verdict.status is not Status.COMPLETE


def test_a_hundred_thousand_findings_are_one_verdict(studio):
    text = "a@b.io " * 20_000 + f"{LISTED} " * 100_000
    start = time.process_time()
    verdict = studio.moderate(text)
    assert time.process_time() - start < 60
    assert verdict.decision is Decision.BLOCK
    spans = sum(len(finding.spans) for finding in verdict.findings)
    assert spans >= 100_000 or verdict.status is not Status.COMPLETE


@pytest.mark.parametrize("order", [str, lambda s: f"\u202e{s[::-1]}\u202c", lambda s: f"\u202e{s[::-1]}"])
@pytest.mark.parametrize("around", ["{}", "a {} b", "今天{}天气", "a\n{}\nb"])
def test_what_is_shown_backwards_is_read_as_it_is_shown(studio, order, around):
    text = around.format(order(LISTED))
    verdict = studio.moderate(text)
    assert verdict.decision is Decision.BLOCK
    span = verdict.findings[0].spans[0]
    assert text[int(span.start) : int(span.end)] in (LISTED, LISTED[::-1])


def test_patterns_in_a_list_are_letters_and_nothing_more(studio):
    assert studio.moderate("aaaaaaaaaaaaaaaaaaaaaaaa!").allowed
    assert studio.moderate("say (a+)+$ aloud").decision is Decision.BLOCK


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{" * 100_000, "- " * 50_000, '{"a":' * 100_000, "id: " + "x" * 1_000_000 + "\nrules: 7"],
)
def test_a_policy_of_great_depth_is_a_policy_error(text):
    with pytest.raises(PolicyError):
        parse_policy(text, "test")


def test_deep_inputs_are_a_typed_error(studio):
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(AigcError):
        studio.generate("text/copy", {"name": deep})
    while deep:  # freed level by level: Python's own deallocation is not what is tested
        deep = deep[0]


# ---- through the command line ----------------------------------------------------------------------------


def aigc(*args, data=b""):
    command = [sys.executable, "-m", "aigc_sdk.cli", *map(str, args)]
    return subprocess.run(command, input=data, capture_output=True, timeout=250, check=False)


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(json.dumps(POLICY.model_dump(mode="json")), encoding="utf-8")
    return path


def test_lines_that_are_no_rows_are_errors_of_their_own(policy, tmp_path):
    rows = tmp_path / "rows.jsonl"
    lines = [
        b"[" * 100_000,
        b'{"text":' * 100_000,
        b'{"text": "\\ud800"}',
        b'{"text": "a\\u0000b"}',
        b"\xff\xfe\x00\x01",
        b"\x00" * 1_000,
        b'{"text": 1e999}',
        b'{"text": ' + b"9" * 10_000 + b"}",
        b"NaN",
        b'{"text": "a quiet day"}',
    ]
    rows.write_bytes(b"\n".join(lines) + b"\n")
    done = aigc("moderate", "--jsonl", rows, "--out", "-", "--policy", policy)
    assert b"Traceback" not in done.stderr
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(out) == len(lines)
    assert all("error" in row and row["error"] for row in out[:-1])
    assert not out[-1].get("error")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\x01" * 100, b"a\x00b", "a\ud800b".encode("utf-8", "surrogatepass")]
)
def test_bytes_that_are_no_text_end_with_a_message(policy, data):
    done = aigc("moderate", "-", "--policy", policy, data=data)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


def test_ten_million_characters_are_refused_in_words(policy, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("a quiet day " * 900_000)
    done = aigc("moderate", "--file", path, "--policy", policy)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_texts_are_texts_whoever_makes_them():
    for bad in ("\x00", "\ud800"):
        with pytest.raises(BadInputError):
            Text(bad)
