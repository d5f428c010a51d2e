"""Chat replies held to a schema, a regex or choices, on a real decoder with random weights."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest

from aigc_sdk.content import Message
from aigc_sdk.context import CallContext
from aigc_sdk.errors import IncompleteOutputError, OptionError
from aigc_sdk.request import Finished, Generation, Request, TextDelta
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.generators.chat import ChatGenerator, ChatOptions

pytest.importorskip("llguidance", reason="needs the extra aigc-sdk-core[structured]")

SCHEMA = {
    "type": "object",
    "properties": {
        "mood": {"enum": ["good", "bad", "一般"]},
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
    },
    "required": ["mood", "score"],
    "additionalProperties": False,
}


def _write_decoder_bundle():
    path = Path(__file__).parents[2] / "runtime" / "conftest.py"
    spec = importlib.util.spec_from_file_location("runtime_fixtures", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.write_decoder_bundle


@pytest.fixture(scope="module")
def chat(tmp_path_factory):
    folder = _write_decoder_bundle()(tmp_path_factory.mktemp("bundles") / "tiny")
    with Runtime(device="cpu", threads=1) as runtime:
        generator = ChatGenerator()
        generator.load(runtime)
        yield lambda **options: (generator, ChatOptions(bundle=str(folder), max_new_tokens=60, **options))


def asked(options, **fields):
    return Request(messages=[Message("user", "The kettle?")], options=options, **{"id": "a", **fields})


def test_every_candidate_carries_its_value(chat):
    generator, options = chat(json_schema=SCHEMA, temperature=1.0)
    (row,) = generator.generate([asked(options, n=4)], ctx=CallContext())
    assert isinstance(row, Generation)
    assert len(row.candidates) == 4
    for candidate in row.candidates:
        jsonschema.validate(candidate.meta["json"], SCHEMA)
        assert json.loads(candidate.content.text) == candidate.meta["json"]
        assert candidate.meta["structure"] == "json_schema"
    assert len({c.content.text for c in row.candidates}) > 1


def test_a_stream_is_the_same_text(chat):
    generator, options = chat(json_schema=SCHEMA, temperature=1.0)
    request = asked(options)
    (row,) = generator.generate([request], ctx=CallContext())
    *deltas, end = generator.stream(request, ctx=CallContext())
    assert all(isinstance(delta, TextDelta) for delta in deltas)
    assert isinstance(end, Finished)
    assert "".join(d.text for d in deltas) == end.candidate.content.text == row.candidates[0].content.text
    assert end.candidate.meta["json"] == row.candidates[0].meta["json"]
    assert len(deltas) > 3


def test_what_is_cut_off_is_an_error_of_its_row_alone(chat):
    generator, options = chat(json_schema={"type": "string", "minLength": 500}, temperature=0.0)
    _, free = chat(choices=("yes", "no"), temperature=0.0)
    cut, whole = generator.generate([asked(options), asked(free, id="b")], ctx=CallContext())
    assert isinstance(cut.error, IncompleteOutputError)
    assert cut.error.finish_reason == "length"
    assert whole.candidates[0].content.text in ("yes", "no")
    assert "json" not in whole.candidates[0].meta
    with pytest.raises(IncompleteOutputError):
        list(generator.stream(asked(options), ctx=CallContext()))


def test_regex_and_stop_reason(chat):
    generator, options = chat(regex="[A-Z]{3}-\\d{2}", temperature=1.0)
    (row,) = generator.generate([asked(options)], ctx=CallContext())
    assert row.candidates[0].finish_reason == "stop"
    assert len(row.candidates[0].content.text) == 6


@pytest.mark.parametrize(
    "options",
    [
        {"regex": "a", "choices": ("a",)},
        {"json_schema": {"not": {}}},
        {"regex": "(a"},
        {"json_schema": {"type": "string", "pattern": "(?=a)"}},
    ],
)
def test_what_cannot_be_kept_is_refused_by_row(chat, options):
    generator, wrong = chat(**options)
    _, right = chat(choices=("yes",))
    bad, good = generator.generate([asked(wrong), asked(right, id="b")], ctx=CallContext())
    assert isinstance(bad.error, OptionError)
    assert good.candidates[0].content.text == "yes"
