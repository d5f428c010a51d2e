"""``aigc generate``: what goes in, what comes out, and how it ends."""

from __future__ import annotations

import json

import pytest


def test_the_result_is_shown_with_its_decision_and_scores(aigc):
    done = aigc("generate", "text/echo", "-i", "name=Luna", "--seed", 7)
    assert done.code == 0
    assert "name=Luna" in done.out
    assert "allow" in done.out
    assert "length" in done.out
    assert "seed 7" in done.out


def test_json_is_the_whole_result_and_nothing_else(aigc):
    done = aigc("generate", "text/echo", "-i", "name=Luna", "-n", 2, "--json")
    assert done.code == 0
    assert done.json["outputs"][0]["text"] == "name=Luna"
    assert len(done.json["outputs"]) == 2
    assert done.json["outputs"][0]["verdict"]["decision"] == "allow"


def test_inputs_come_from_files_standard_input_and_arguments(aigc, tmp_path):
    (tmp_path / "in.yaml").write_text("name: 月光\nprice: 20\nlaunched: 2026-05-01\n", encoding="utf-8")
    done = aigc("generate", "text/echo", "--input", tmp_path / "in.yaml", "-i", "price=21", "--json")
    assert done.json["outputs"][0]["text"] == "name=月光, price=21, launched=2026-05-01"
    done = aigc("generate", "text/echo", "--input", "-", "--json", stdin='{"name": "Luna"}')
    assert done.json["outputs"][0]["text"] == "name=Luna"
    done = aigc("generate", "text/echo", "-i", 'tags:=["a", 1]', "--json")
    assert done.json["outputs"][0]["text"] == "tags=['a', 1]"


def test_a_prompt_is_a_message_where_messages_are_taken_and_an_input_elsewhere(aigc):
    assert aigc("generate", "text/parrot", "--prompt", "Hi", "--json").json["outputs"][0]["text"] == "Hi"
    out = aigc("generate", "text/echo", "--prompt", "Hi", "--json").json["outputs"][0]["text"]
    assert out == "prompt=Hi"


def test_a_prompt_comes_from_standard_input_too(aigc):
    done = aigc("generate", "text/parrot", "--prompt", "-", "--json", stdin="Hi there\n")
    assert done.json["outputs"][0]["text"] == "Hi there"


def test_scores_are_shown_whole_or_not_at_all():
    from types import SimpleNamespace

    from aigc_sdk.cli.render import _brief

    scores = [SimpleNamespace(metric="distinct", value=0.123, valid=True) for _ in range(9)]
    for width in range(20, 90):
        line = _brief(scores, width)
        assert line.removesuffix(" …").endswith("distinct 0.123"), line
        assert len(line) <= width + 2


def test_messages_come_from_a_file(aigc, tmp_path):
    file = tmp_path / "m.json"
    file.write_text(
        json.dumps([{"role": "system", "content": "Be kind."}, {"role": "user", "content": "你好"}])
    )
    done = aigc("generate", "text/parrot", "--messages", file, "--json")
    assert done.json["outputs"][0]["text"] == "你好"


def test_options_take_the_types_of_their_model(aigc):
    done = aigc(
        "generate", "text/echo", "-i", "a=b", "-o", "times=2", "-o", 'stop=["x"]', "-o", "suffix=7", "--json"
    )
    assert done.code == 0, done.err
    assert done.json["outputs"][0]["text"] == "a=b a=b7"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "tmies=2"], "times"),
        (["-o", "times=99"], "less than or equal to 5"),
        (["-o", "method=magic"], "auto"),
        (["-o", "times"], "key=value"),
        (["-i", "a:={"], "no JSON"),
        (["-i", "a=1", "-i", "a=2"], "given twice"),
        (["-i", "a=b\x00"], "NUL"),
        (["-i", "a=\udcff"], "surrogate"),
        (["-i", "a=" + "x" * 1_000_001], "limit"),
        (["--language", "xx"], "does not serve"),
        (["--input", "nowhere.json"], "cannot be read"),
        (["--policy", "nonesuch"], "default"),
        (["-n", "1000"], "between 1 and"),
        (["--out", "x.jsonl"], "--jsonl"),
        (["--jsonl", "x.jsonl"], "--out"),
        (["--stream"], "does not stream"),
        ([], "needs inputs"),
    ],
)
def test_bad_input_ends_with_2_a_message_and_no_traceback(aigc, arguments, said):
    given = (
        arguments
        if any(a in ("-i", "--input") for a in arguments) or not arguments
        else [*arguments, "-i", "k=v"]
    )
    done = aigc("generate", "text/echo", *given)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_an_unknown_generator_ends_with_5_and_names_those_there_are(aigc):
    done = aigc("generate", "text/none", "-i", "a=b", "--json")
    assert done.code == 5
    assert done.json["error"]["code"] == "component_not_found"
    assert "text/echo" in done.json["error"]["hint"]
    assert "broken" in done.err


@pytest.mark.parametrize("word", ["forbidden"])
def test_blocked_content_ends_with_3_and_is_not_shown(aigc, word):
    done = aigc("generate", "text/echo", "-i", f"name=a {word} thing")
    assert done.code == 3
    assert word not in done.out + done.err
    done = aigc("generate", "text/echo", "-i", f"name=a {word} thing", "--json")
    assert done.json["error"]["code"] == "content_blocked"
    assert done.json["verdict"]["decision"] == "block"


def test_a_component_that_explodes_ends_with_1_and_debug_shows_where(aigc):
    done = aigc("generate", "text/echo", "-i", "a=explode")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "the echo exploded" in aigc("--debug", "generate", "text/echo", "-i", "a=explode").err
    assert "Traceback" in aigc("generate", "text/echo", "-i", "a=explode", "--debug").err


def test_redacted_output_is_a_success(aigc):
    done = aigc("generate", "text/parrot", "--prompt", "tell", "-o", "suffix= a secret thing", "--json")
    assert done.code == 0, done.err
    [output] = done.json["outputs"]
    assert output["verdict"]["decision"] == "redact"
    assert "secret" not in output["text"]


def test_a_stream_prints_what_was_screened(aigc):
    done = aigc("generate", "text/parrot", "--prompt", "Good morning", "--stream")
    assert done.code == 0, done.err
    assert done.out == "Good morning\n"
    events = [
        json.loads(line)
        for line in aigc("generate", "text/parrot", "--prompt", "Good", "--stream", "--json").out.splitlines()
    ]
    assert "".join(e["text"] for e in events[:-1]) == "Good"
    assert events[-1]["event"] == "done"


def test_a_blocked_stream_ends_with_3_and_releases_nothing_of_the_match(aigc):
    done = aigc("generate", "text/parrot", "--prompt", "so", "-o", "suffix= it is forbidden here", "--stream")
    assert done.code == 3
    assert "f" not in done.out.replace("so it is", "")
    assert "violence" in done.err


def test_outputs_are_saved(aigc, tmp_path):
    aigc("generate", "text/echo", "-i", "a=好", "--save", tmp_path / "one.txt")
    assert (tmp_path / "one.txt").read_text(encoding="utf-8") == "a=好"
    aigc("generate", "text/echo", "-i", "a=b", "-n", 2, "--save", tmp_path / "two.txt")
    assert (tmp_path / "two-1.txt").exists()
    assert (tmp_path / "two-2.txt").exists()
    assert aigc("generate", "text/echo", "-i", "a=b", "--save", tmp_path / "no" / "x.txt").code == 2


def test_escape_sequences_of_the_content_do_not_reach_the_terminal(aigc):
    done = aigc("generate", "text/echo", "-i", "a=\x1b]0;title\x07")
    assert "\x1b" not in done.out
    assert "\\x1b" in done.out


def test_notes_of_the_generator_are_shown_once():
    from types import SimpleNamespace

    from aigc_sdk.cli.render import _notes

    noted = SimpleNamespace(candidate=SimpleNamespace(meta={"notes": ["templates wrote"]}))
    plain = SimpleNamespace(candidate=SimpleNamespace(meta={}))
    assert _notes(SimpleNamespace(outputs=[noted, plain, noted])) == ["templates wrote"]
    assert _notes(SimpleNamespace(outputs=[SimpleNamespace(candidate=None)])) == []
