"""`aigc chat` remembers the conversation, shows only what screening released, and survives a refusal."""

from __future__ import annotations

import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from aigc_sdk.cli.app import App
from aigc_sdk.errors import ContentBlockedError, InputTooLargeError
from aigc_sdk.result import StreamDone
from aigc_sdk.verdict import Decision, Halt, Release, Verdict
from aigc_text.commands import chat


class FakeStudio:
    def __init__(self):
        self.calls = []

    def stream(self, generator, *, messages, **call):
        self.calls.append((generator, messages, call))
        last = messages[-1]["content"]
        if last == "blocked":
            raise ContentBlockedError("no", verdict=Verdict(decision=Decision.BLOCK))
        if last == "long":
            raise InputTooLargeError("The last message is too long.")
        yield Release("Hel")
        if last == "halt":
            yield Halt(Verdict(decision=Decision.BLOCK), (0, 3))
            return
        yield Release("lo!")
        marked = {"unsupported_language": True} if "你" in messages[-1]["content"] else {}
        output = SimpleNamespace(candidate=SimpleNamespace(meta=marked))
        yield StreamDone(
            SimpleNamespace(text="Hello!", as_dict=lambda: {"text": "Hello!"}, outputs=(output,))
        )


@pytest.fixture
def run():
    studio = FakeStudio()

    @contextmanager
    def opened(**_):
        yield studio

    def go(lines, *args):
        app = App()
        app.studio = opened
        result = CliRunner().invoke(chat, list(args), input="\n".join(lines) + "\n", obj=app)
        assert result.exception is None, result.exception
        return result, studio

    return go


def test_turns_are_remembered_until_reset(run):
    result, studio = run(["Hi", "", "And?", "/reset", "Again", "/quit", "never"])
    assert result.stdout == "Hello!\n" * 3
    assert [[m["content"] for m in messages] for _, messages, _ in studio.calls] == [
        ["Hi"],
        ["Hi", "Hello!", "And?"],
        ["Again"],
    ]


def test_options_and_seeds_reach_the_generator(run):
    _, studio = run(
        ["a", "b"], "--model", "mine", "--system", "Be brief.", "--temperature", "0", "--seed", "7"
    )
    options = {"bundle": "mine", "system": "Be brief.", "temperature": 0.0}
    assert [call["options"] for *_, call in studio.calls] == [options] * 2
    assert [call["seed"] for *_, call in studio.calls] == [7, 8]


def test_refused_turns_are_forgotten(run):
    result, studio = run(["halt", "blocked", "long", "Hi"])
    assert studio.calls[-1][1] == [{"role": "user", "content": "Hi"}]
    assert result.stderr.count("Refused by screening") == 2
    assert "too long" in result.stderr


def test_json_is_one_object_a_turn(run):
    result, _ = run(["Hi", "blocked"], "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["reply"] == "Hello!"
    assert rows[1]["reply"] is None
    assert rows[1]["verdict"]["decision"] == "block"


def test_a_language_that_the_model_does_not_speak_is_remarked(run):
    result, _ = run(["Hi", "你好"])
    assert result.output.count("not made for that language") == 1
