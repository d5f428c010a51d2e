"""Chat: window trimming, streaming, typed errors, one batch a model."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Message
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError, InputTooLargeError, ModelNotFoundError, UnsupportedLanguageError
from aigc_sdk.request import Finished, Generation, Request, TextDelta
from aigc_sdk.verdict import Err
from aigc_text.generators.chat import ChatGenerator, ChatOptions, conversation
from aigc_text.generators.instruct import DEFAULT_BUNDLE


def chat(fakes, replies=("Hello!",), **engine):
    generator = ChatGenerator()
    model = fakes.FakeEngine(list(replies), **engine)
    generator.load(fakes.FakeRuntime(**{DEFAULT_BUNDLE: model}))
    return generator, model


def said(*contents):
    roles = ["user", "assistant"]
    return [Message(roles[i % 2], content) for i, content in enumerate(contents)]


def prompts(model):
    return ["".join(map(chr, p)) for p in model.calls[-1][0]]


def test_a_reply(fakes):
    generator, model = chat(fakes)
    (row,) = generator.generate([Request(id="a", messages=said("Hi"))], ctx=CallContext())
    assert isinstance(row, Generation)
    assert row.candidates[0].content.text == "Hello!"
    assert row.candidates[0].method == "llm"
    assert row.bundle == model.bundle.digest
    assert prompts(model) == ["<user>Hi</><assistant>"]


def test_all_rows_go_in_one_batch(fakes):
    generator, model = chat(fakes)
    rows = generator.generate(
        [Request(id="a", messages=said("A"), n=2), Request(id="b", messages=said("B"))], ctx=CallContext()
    )
    assert [len(r.candidates) for r in rows] == [2, 1]
    assert len(model.calls) == 1
    assert model.calls[0][2] == ["a/0/0", "a/0/1", "b/0/0"]


def test_defaults_come_from_the_bundle_and_options_win(fakes):
    generator, model = chat(fakes)
    options = ChatOptions(temperature=0.0, max_new_tokens=9, stop=("\n",))
    generator.generate([Request(messages=said("A"), n=3, options=options)], ctx=CallContext())
    (params,) = model.calls[0][1]  # greedy replies are alike: one row
    assert (params.temperature, params.top_p, params.max_new_tokens, params.stop) == (0.0, 0.8, 9, ("\n",))


def test_prompt_and_system_inputs(fakes):
    generator, model = chat(fakes)
    generator.generate([Request(inputs={"prompt": "Hi", "system": "Be brief."})], ctx=CallContext())
    assert prompts(model) == ["<system>Be brief.</><user>Hi</><assistant>"]


def test_a_system_message_goes_before_the_option():
    messages = [Message("system", "One"), Message("user", "Hi")]
    assert conversation(Request(messages=messages), ChatOptions(system="Two"))[0].content == "One"
    assert conversation(Request(messages=said("Hi")), ChatOptions(system="Two"))[0].content == "Two"


def test_old_turns_are_dropped_first_and_recorded(fakes):
    generator, model = chat(fakes, max_positions=150)
    messages = [Message("system", "S" * 10), *said("A" * 40, "B" * 40, "C" * 20, "D" * 20, "last")]
    options = ChatOptions(max_new_tokens=20)
    (row,) = generator.generate([Request(messages=messages, options=options)], ctx=CallContext())
    (prompt,) = prompts(model)
    assert prompt.startswith("<system>" + "S" * 10)
    assert prompt.endswith("<user>last</><assistant>")
    assert "AAA" not in prompt
    assert "BBB" not in prompt, "the assistant's answer to a dropped question goes too"
    assert "CCC" in prompt
    meta = row.candidates[0].meta
    assert meta["trimmed_messages"] == 2
    assert meta["trimmed_tokens"] >= 80
    assert meta["prompt_tokens"] == len(prompt) <= 130


def test_as_much_as_fits_is_kept(fakes):
    for size in range(100, 400, 7):
        generator, model = chat(fakes, max_positions=size)
        messages = said(*["x" * 17] * 9)
        generator.generate(
            [Request(messages=messages, options=ChatOptions(max_new_tokens=20))], ctx=CallContext()
        )
        (prompt,) = prompts(model)
        budget = size - 20
        turn_pair = len("<user></><assistant></>") + 2 * 17
        assert len(prompt) <= budget
        assert len(prompt) + turn_pair > budget or prompt.count("<user>") == 5


def test_one_message_too_long(fakes):
    generator, _ = chat(fakes)
    rows = generator.generate(
        [Request(messages=said("x" * 1000)), Request(messages=said("Hi"))], ctx=CallContext()
    )
    assert isinstance(rows[0], Err)
    assert isinstance(rows[0].error, InputTooLargeError)
    assert isinstance(rows[1], Generation), "its neighbour goes on"


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request(inputs={"prompt": "  "}),
        Request(messages=said("Hi", "Hello")),
        Request(messages=[Message("system", "x")]),
        Request(messages=said(" ")),
    ],
)
def test_nothing_to_answer(fakes, request_):
    generator, _ = chat(fakes)
    (row,) = generator.generate([request_], ctx=CallContext())
    assert isinstance(row, Err)
    assert isinstance(row.error, BadInputError)


def test_a_missing_model_says_how_to_get_it(fakes):
    generator = ChatGenerator()
    generator.load(fakes.FakeRuntime())
    (row,) = generator.generate([Request(messages=said("Hi"))], ctx=CallContext())
    assert isinstance(row.error, ModelNotFoundError)
    assert "aigc models pull" in str(row.error)
    with pytest.raises(ModelNotFoundError):
        list(generator.stream(Request(messages=said("Hi")), ctx=CallContext()))


def test_stream_and_generate_say_the_same(fakes):
    generator, model = chat(fakes, replies=["Streaming works well."])
    request = Request(id="s", messages=said("Hi"))
    events = list(generator.stream(request, ctx=CallContext()))
    assert isinstance(events[-1], Finished)
    text = "".join(e.text for e in events if isinstance(e, TextDelta))
    assert text == events[-1].candidate.content.text == "Streaming works well."
    generator.generate([request], ctx=CallContext())
    assert model.calls[0][2] == model.calls[1][2], "same seed for the same request"
    assert model.calls[0][0] == model.calls[1][0]


def test_close_and_load_again(fakes):
    generator, _ = chat(fakes)
    generator.close()
    (row,) = generator.generate([Request(messages=said("Hi"))], ctx=CallContext())
    assert isinstance(row, Err)


def test_a_language_that_the_model_does_not_speak_is_refused_where_it_is_stated(fakes):
    generator, model = chat(fakes)
    (row,) = generator.generate([Request(messages=said("你好"), language="zh")], ctx=CallContext())
    assert isinstance(row, Err)
    assert isinstance(row.error, UnsupportedLanguageError)
    assert not model.calls or not model.calls[-1][0]


def test_a_question_in_another_language_is_marked(fakes):
    generator, _ = chat(fakes)
    chinese, english = generator.generate(
        [Request(messages=said("中国的首都是哪里？")), Request(messages=said("Translate 你好, please."))],
        ctx=CallContext(),
    )
    assert chinese.candidates[0].meta["unsupported_language"] is True
    assert "unsupported_language" not in english.candidates[0].meta
