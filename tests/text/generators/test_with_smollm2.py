"""With the real default model, where `aigc models pull smollm2-135m-instruct` brought it."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Message, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import ModelNotFoundError
from aigc_sdk.request import Finished, Generation, Request, Sample, TextDelta
from aigc_text.evaluators.fluency import Fluency
from aigc_text.facts import FactChecker, read_brief
from aigc_text.generators.chat import ChatGenerator, ChatOptions
from aigc_text.generators.copy.generator import CopyGenerator
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.instruct import DEFAULT_BUNDLE

pytestmark = pytest.mark.pulled


@pytest.fixture(scope="module")
def runtime():
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.runtime.runtime import Runtime

    with Runtime(device="cpu", threads=2, resolver=BundleStore().resolve) as runtime:
        try:
            runtime.bundle(DEFAULT_BUNDLE)
        except ModelNotFoundError as error:
            pytest.skip(str(error))
        yield runtime


def test_chat_streams_what_it_generates(runtime):
    generator = ChatGenerator()
    generator.load(runtime)
    request = Request(
        id="c",
        messages=[Message("user", "Name one colour of the rainbow.")],
        options=ChatOptions(max_new_tokens=16, temperature=0),
    )
    (row,) = generator.generate([request], ctx=CallContext())
    assert isinstance(row, Generation), row
    events = list(generator.stream(request, ctx=CallContext()))
    assert isinstance(events[-1], Finished)
    streamed = "".join(e.text for e in events if isinstance(e, TextDelta))
    assert streamed == events[-1].candidate.content.text == row.candidates[0].content.text


def test_llm_copy_keeps_to_the_facts(runtime):
    generator = CopyGenerator()
    generator.load(runtime)
    inputs = {"name": "Aurora Bottle", "price": "£20", "features": "leak-proof lid"}
    options = CopyOptions(method="llm", candidates=2, max_new_tokens=48)
    (row,) = generator.generate([Request(id="c", inputs=inputs, options=options)], ctx=CallContext(seed=1))
    assert isinstance(row, Generation), row
    checker = FactChecker(read_brief(inputs), "en")
    assert all(checker.check(c.content.text).faithful for c in row.candidates)


def test_fluency_tells_sentences_from_shuffled_words(runtime):
    evaluator = Fluency()
    evaluator.load(runtime)
    good = "The kettle boils water in two minutes and stays quiet while it does so."
    bad = "while kettle so two water minutes it the and quiet does in stays boils."
    samples = [Sample(Text(good)), Sample(Text(bad)), Sample(Text("水壶很安静。")), Sample(Text(" "))]
    rows = evaluator.evaluate(samples, ctx=CallContext())
    assert rows[0][0].value + 1 < rows[1][0].value
    assert not rows[2][0].valid
    assert not rows[3][0].valid
    assert "perplexity" in rows[0][0].explanation
