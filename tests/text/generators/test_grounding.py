"""What a language model may say of a product: what the inputs say, and words that claim nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.request import Generation, Request
from aigc_text.facts import FactChecker, read_brief
from aigc_text.generators.copy.generator import CopyGenerator, blocks_of
from aigc_text.generators.copy.grounding import Grounding
from aigc_text.generators.copy.options import CopyOptions

LAMP = {"name": "Luna Desk Lamp", "colour": "white", "power": "9 W", "price": "$39"}
SWEATER = {
    "name": "North Shore",
    "category": "sweater",
    "material": "merino wool",
    "colour": "navy",
    "price": "$88",
    "features": ["ribbed cuffs", "hidden pocket"],
    "pages": 192,
    "audience.interests": "sailing",
}
CUP = {"名称": "极光保温杯", "颜色": "雾蓝", "容量": "500毫升", "价格": "129元", "材质": "316不锈钢"}


def faults(inputs, text, language="en"):
    brief = read_brief(inputs)
    checker = FactChecker(brief, language)
    return [
        (entry.kind, entry.text)
        for entry in Grounding(brief, language, blocks_of(language), checker).unsupported(text)
    ]


CLAIMS = [
    (LAMP, "It's made of white.", "sense"),
    (LAMP, "It's yours for 9 W.", "sense"),
    (LAMP, "It can light a whole room.", "claim"),
    (LAMP, "This lamp is silent.", "claim"),
    (LAMP, "I made this lamp for you.", "claim"),
    (LAMP, "They love it.", "claim"),
    (LAMP, "Your lamp is on its way!", "claim"),
    (SWEATER, "North Shore is ribbed cuffs.", "sense"),
    (SWEATER, "A sweater made of silk.", "claim"),
    (SWEATER, "A sweater made of wool.", "claim"),
    (SWEATER, "You will love its merino.", "claim"),
    (SWEATER, "You will find it all on one page.", "claim"),
    (SWEATER, "It is 192 and navy.", "sense"),
    (SWEATER, "North Shore comes in three.", "claim"),
]


@pytest.mark.parametrize(("inputs", "text", "kind"), CLAIMS)
def test_a_claim_beyond_the_inputs_is_found(inputs, text, kind):
    assert kind in [fault for fault, _ in faults(inputs, text)]


GROUNDED = [
    (LAMP, "Say hello to Luna Desk Lamp!"),
    (LAMP, "Luna Desk Lamp comes in white and costs $39."),
    (LAMP, "It draws 9 W of power."),
    (LAMP, "What a lovely choice for your day. Come and take a look!"),
    (LAMP, "A white lamp for $39."),
    (SWEATER, "A navy sweater, made of merino wool, with ribbed cuffs and a hidden pocket."),
    (SWEATER, "For everyone who loves sailing: meet North Shore."),
    (SWEATER, "It has 192 pages."),
]


@pytest.mark.parametrize(("inputs", "text"), GROUNDED)
def test_given_facts_and_generic_words_are_no_claim(inputs, text):
    assert faults(inputs, text) == []


@pytest.mark.parametrize(
    "text", ["极光保温杯不怕摔。", "它能让水一直滚烫。", "采用航天工艺。", "129元，容量很足。它用的是雾蓝。"]
)
def test_chinese_claims_are_found(text):
    assert faults(CUP, text, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "来认识一下极光保温杯吧。",
        "颜色是雾蓝，容量500毫升。",
        "每一天，都想陪着你。",
        "材质是316不锈钢，价格129元。",
    ],
)
def test_chinese_facts_are_no_claim(text):
    assert faults(CUP, text, "zh") == []


# ---- small models ------------------------------------------------------------------------------------


@pytest.fixture
def small(fakes):
    def make(*replies):
        engine = fakes.FakeEngine(list(replies))
        engine.bundle.manifest.decoder = SimpleNamespace(layers=30, hidden=576, vocab_size=49152)
        generator = CopyGenerator()
        generator.load(fakes.FakeRuntime(**{"smollm2-135m-instruct": engine}))
        return generator, engine

    return make


def write(generator, inputs, **options):
    request = Request(id="r", inputs=inputs, n=2, options=CopyOptions(method="llm", **options))
    (row,) = generator.generate([request], ctx=CallContext(seed=1))
    assert isinstance(row, Generation), row
    return row.candidates


def test_a_small_model_writes_the_opener_and_the_blocks_write_the_facts(small):
    generator, engine = small("What a lovely choice, Luna Desk Lamp! It lasts forever.")
    written, filled = write(generator, LAMP)  # one opener, said twelve times
    assert filled.method == "template"
    assert "too few" in filled.meta["notes"][0]
    assert written.method == "llm"
    assert written.content.text.startswith("What a lovely choice, Luna Desk Lamp!")
    assert written.meta["opener"] == "What a lovely choice, Luna Desk Lamp!"
    assert "forever" not in written.content.text
    assert FactChecker(read_brief(LAMP), "en").check(written.content.text).faithful
    prompt = "".join(map(chr, engine.calls[0][0][0]))
    assert "Luna Desk Lamp" in prompt
    assert "$39" not in prompt


def test_an_opener_keeps_to_the_layout_of_the_channel(small):
    generator, _ = small("Take a moment for Luna Desk Lamp.")
    mail = write(generator, {**LAMP, "channel": "email"})[0].content.text
    assert mail.startswith("Subject: ")
    assert "Take a moment for Luna Desk Lamp." in mail


def test_openers_that_all_claim_something_leave_it_to_templates(small):
    generator, _ = small("Luna Desk Lamp is made of gold.")
    made = write(generator, LAMP)
    assert {candidate.method for candidate in made} == {"template"}
    assert made[0].meta["notes"]


def test_loose_grounding_asks_a_small_model_for_the_whole_text(small):
    generator, engine = small("Luna Desk Lamp is a quiet friend in white, 9 W of power, for $39.")
    made = write(generator, LAMP, grounding="loose")
    assert "quiet friend" in made[0].content.text
    assert "$39" in "".join(map(chr, engine.calls[0][0][0]))


def test_a_call_to_action_of_the_model_stays_at_the_end(fakes):
    engine = fakes.FakeEngine(["Meet Luna Desk Lamp, in white. Come and take a look!"])
    generator = CopyGenerator()
    generator.load(fakes.FakeRuntime(**{"smollm2-135m-instruct": engine}))
    text = write(generator, LAMP)[0].content.text
    assert text.startswith("Meet Luna Desk Lamp, in white.")
    assert text.endswith("Come and take a look!")
    assert "$39" in text
