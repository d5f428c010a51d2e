"""text/copy: which writer writes, what comes out, and how it fails."""

from __future__ import annotations

import re
import sys
import time

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    CancelledError,
    ComponentError,
    InputTooLargeError,
    ModelNotFoundError,
    TemplateError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text.facts import FactChecker, read_brief
from aigc_text.facts.claims import OFFER, SUPERLATIVE
from aigc_text.generators.copy.generator import CopyGenerator, blocks_of
from aigc_text.generators.copy.llm_prompts import copy_messages
from aigc_text.generators.copy.llm_writer import clean
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.copy.profile import CHANNELS, age_group, channel_of, read_profile, voice_of
from aigc_text.generators.copy.sentences import with_article
from aigc_text.templates.blocks import VOICES

BOTTLE = {
    "name": "Aurora Bottle",
    "category": "insulated bottle",
    "price": "£20",
    "features": ["leak-proof lid", "12-hour heat retention"],
}
CUP = {"名称": "极光保温杯", "价格": "129元", "卖点": "316不锈钢、12小时保温", "防水": "是"}


def write(inputs, *, generator=None, language=None, n=1, seed=0, request_id="r", attempt=0, **options):
    generator = generator or CopyGenerator()
    request = Request(
        id=request_id, inputs=inputs, language=language, n=n, attempt=attempt, options=CopyOptions(**options)
    )
    (row,) = generator.generate([request], ctx=CallContext(seed=seed))
    if isinstance(row, Err):
        raise row.error
    assert isinstance(row, Generation)
    return row.candidates


def texts(candidates):
    return [c.content.text for c in candidates]


# ---- templates ---------------------------------------------------------------------------------------


def test_distinct_candidates():
    made = texts(write(BOTTLE, candidates=16))
    assert len(set(made)) == 16
    assert all("Aurora Bottle, an insulated bottle" in t for t in made)


def test_language_follows_the_inputs_and_the_request_wins():
    assert write(CUP)[0].content.language == "zh"
    assert write(BOTTLE)[0].content.language == "en"
    english = write({"名称": "Luna", "价格": "129元", "waterproof": True}, language="en")[0].content.text
    assert "Waterproof" in english or "waterproof" in english


def test_same_seed_same_copy_whatever_the_batch():
    generator = CopyGenerator()
    one, two = Request(id="1", inputs=BOTTLE), Request(id="2", inputs=CUP)
    alone = generator.generate([one], ctx=CallContext(seed=5))[0]
    batch = generator.generate([two, one], ctx=CallContext(seed=5))[1]
    assert texts(alone.candidates) == texts(batch.candidates)
    assert texts(generator.generate([one], ctx=CallContext(seed=6))[0].candidates) != texts(alone.candidates)


def test_a_retry_writes_something_else():
    assert texts(write(BOTTLE)) != texts(write(BOTTLE, attempt=1))


def test_steering_is_not_printed_as_a_fact():
    inputs = {
        **BOTTLE,
        "audience.age": "25-34",
        "audience.budget": "£50",
        "brand.voice": "playful",
        "length": "long",
    }
    for text in texts(write(inputs, candidates=8)):
        assert "25" not in text
        assert "50" not in text
        assert "playful" not in text


def test_interests_and_history_are_addressed():
    inputs = {**BOTTLE, "audience.interests": "bouldering", "audience.history": "trail map", "length": "long"}
    assert all("bouldering" in t and "trail map" in t for t in texts(write(inputs, candidates=4)))


def test_voices_differ():
    first = {voice: write({**BOTTLE, "brand.voice": voice})[0].content.text for voice in VOICES}
    assert len(set(first.values())) == len(VOICES)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("inputs", [BOTTLE, CUP], ids=["en", "zh"])
def test_every_channel_has_a_layout(channel, inputs):
    text = write({**inputs, "channel": channel})[0].content.text
    zh = inputs is CUP
    if channel == "email":
        assert text.startswith("主题：" if zh else "Subject: ")
    if channel == "sms":
        assert "\n" not in text
        assert text.startswith("【极光保温杯】" if zh else "Aurora Bottle: ")
    if channel == "push":
        assert text.count("\n") == 1
    if channel == "product":
        assert text.startswith("极光保温杯\n" if zh else "Aurora Bottle\n")


@pytest.mark.parametrize(("words", "within"), [(30, 14), (60, 14), (100, 20)])
def test_length_in_words(words, within):
    for text in texts(write({**BOTTLE, "length": f"{words} words", "audience.age": 30}, candidates=6)):
        assert abs(len(text.split()) - words) <= within


def test_length_in_characters():
    for text in texts(write({**CUP, "length": "100字", "audience.age": "30"}, candidates=6)):
        assert 70 <= len(text) <= 135


def test_call_to_action_is_kept():
    assert write({**BOTTLE, "call_to_action": "Try it in our shop."})[0].content.text.endswith(
        "Try it in our shop."
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_blocks_claim_nothing(language):
    """No superlative, no offer, no digit in anything that is not an attribute."""
    blocks = blocks_of(language)

    def lines(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inner in value.values():
                yield from lines(inner)
        elif isinstance(value, tuple):
            for inner in value:
                yield from lines(inner)

    named = ("openers", "nameless", "bridges", "age", "age_formal", "interest", "budget", "history", "actions",
             "place_actions", "greetings", "closings", "subjects", "fillers", "feature_lists", "generic")  # fmt: skip
    for group in named:
        found = list(lines(getattr(blocks, group)))
        assert found
        for line in found:
            lowered = line.lower()
            assert not SUPERLATIVE[language].search(lowered), line
            assert not OFFER[language].search(lowered), line
            assert not any(c.isdigit() for c in line), line
    for group in (
        "openers",
        "bridges",
        "actions",
        "closings",
        "subjects",
        "fillers",
        "greetings",
        "feature_lists",
    ):
        assert set(getattr(blocks, group)) == set(VOICES)


def test_milliseconds_a_request():
    generator = CopyGenerator()
    requests = [Request(id=str(i), inputs=BOTTLE, language="en") for i in range(50)]
    generator.generate(requests[:2], ctx=CallContext())
    begun = time.perf_counter()
    generator.generate(requests, ctx=CallContext())
    # Four checked candidates each; about 5 ms on a quiet core, generous for a busy machine.
    assert (time.perf_counter() - begun) / len(requests) < 0.1


def test_serving_templates_imports_no_model_code():
    import subprocess

    code = (
        "import sys; from aigc_sdk.request import Request; from aigc_sdk.context import CallContext;"
        "from aigc_text.generators.copy.generator import CopyGenerator;"
        "CopyGenerator().generate([Request(inputs={'name': 'x', 'price': '1'})], ctx=CallContext());"
        "bad = {'tensorflow', 'sklearn', 'nltk', 'onnxruntime', 'tokenizers'} & set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


# ---- the user's own templates ------------------------------------------------------------------------


@pytest.fixture
def template(tmp_path):
    def make(source, name="own.jinja"):
        path = tmp_path / name
        path.write_text(source, encoding="utf-8")
        return str(path)

    return make


def test_own_template(template):
    path = template("{{ choose('Hey', 'Hi') }}! {{ name }} for {{ price }}, with {{ features|listing }}.")
    made = texts(write({**BOTTLE, "category": None}, template=path, candidates=2))
    assert sorted(made) == [
        f"{word}! Aurora Bottle for £20, with leak-proof lid and 12-hour heat retention."
        for word in ("Hey", "Hi")
    ]


def test_own_template_in_chinese_sees_canonical_names(template):
    path = template("{{ name }}，{{ price }}。{% for f in facts %}{{ f.label }}={{ f.value }};{% endfor %}")
    made = write({"名称": "月光台灯", "价格": "99元"}, template=path)
    assert made[0].content.text == "月光台灯，99元。名称=月光台灯;价格=99元;"


def test_a_fact_the_template_forgets_is_added(template):
    made = write({"name": "Luna", "price": "£20"}, template=template("Meet {{ name }}."))
    assert "£20" in made[0].content.text
    assert made[0].meta["repairs"] == ["added the fact price"]


def test_without_repair_it_is_refused(template):
    with pytest.raises(ComponentError, match=r"own\.jinja"):
        write({"name": "Luna", "price": "£20"}, template=template("Meet {{ name }}."), repair=False)


def test_what_the_template_says_is_given(template):
    path = template("Free shipping until 24 December! {{ name }}")
    assert write({"name": "Luna"}, template=path)[0].content.text == "Free shipping until 24 December! Luna"


def test_what_the_template_chooses_from_is_given_too(template):
    path = template("{{ name }} {{ choose('at Harrods', 'at Selfridges') }}.")
    assert write({"名称": "极光"}, template=path)[0].content.text.startswith("极光 at ")
    assert " at " in write({"name": "Luna"}, template=path)[0].content.text


def test_a_changed_template_is_read_again(template):
    import os

    path = template("One {{ name }}.")
    assert "One" in write({"name": "Luna"}, template=path)[0].content.text
    template("Two {{ name }}.")
    os.utime(path, ns=(1, 1))
    assert "Two" in write({"name": "Luna"}, template=path)[0].content.text


@pytest.mark.parametrize(
    "source",
    ["{{ nosuch }}", "{% if %}", "{{ ''.__class__ }}", "{% for i in range(10**9) %}x{% endfor %}", "", " "],
)
def test_bad_templates_are_template_errors(template, source):
    with pytest.raises(TemplateError):
        write(BOTTLE, template=template(source))


def test_unreadable_templates(tmp_path):
    binary = tmp_path / "x.jinja"
    binary.write_bytes(b"\xff\xfe\x00")
    huge = tmp_path / "huge.jinja"
    huge.write_text("x" * 1_000_000)
    for path in (
        str(binary),
        str(huge),
        str(tmp_path / "absent.j2"),
        str(tmp_path),
        "nosuch",
        "/etc/passwd",
        "a\x00.j2",
    ):
        with pytest.raises(TemplateError):
            write(BOTTLE, template=path)


# ---- which writer ------------------------------------------------------------------------------------


def loaded(fakes, *replies):
    generator = CopyGenerator()
    engine = fakes.FakeEngine(list(replies))
    generator.load(fakes.FakeRuntime(**{"smollm2-135m-instruct": engine}))
    return generator, engine


def test_auto_takes_templates_and_no_model(fakes):
    generator, engine = loaded(fakes, "never")
    assert {c.method for c in write(BOTTLE, generator=generator)} == {"template"}
    assert not engine.calls


def test_llm_candidates_are_cleaned_mended_and_checked(fakes):
    reply = 'Sure! Here is your copy:\n\n"**Aurora Bottle** is an insulated bottle. It is the best! It costs £15. Enjoy it."'
    generator, engine = loaded(fakes, reply)
    made = write(BOTTLE, generator=generator, method="llm", candidates=3)
    assert len(engine.calls) == 1
    assert len(engine.calls[0][0]) == 3
    (candidate,) = made  # three times the same reply, mended by different draws or alike
    text = candidate.content.text
    assert candidate.method == "llm"
    assert text.startswith("Aurora Bottle is an insulated bottle. Enjoy it.")
    assert "best" not in text
    assert "£15" not in text
    assert FactChecker(read_brief(BOTTLE), "en").check(text).faithful
    assert "removed a sentence with an invented price" in candidate.meta["repairs"]


def test_auto_prefers_the_llm_only_when_asked(fakes):
    generator, engine = loaded(fakes, "Aurora Bottle is an insulated bottle at £20.")
    assert write(BOTTLE, generator=generator, prefer_llm=True)[0].method == "llm"
    assert engine.calls


def test_a_missing_llm_is_an_error_for_those_who_insist(fakes):
    generator = CopyGenerator()
    generator.load(fakes.FakeRuntime())
    with pytest.raises(ModelNotFoundError, match="aigc models pull"):
        write(BOTTLE, generator=generator, method="llm")
    made = write(BOTTLE, generator=generator, prefer_llm=True)
    assert made[0].method == "template"
    assert "is not here" in made[0].meta["notes"][0]


def test_hopeless_replies_fall_back_to_templates(fakes):
    generator, _ = loaded(fakes, "Buy 7 for £3!")
    made = write(BOTTLE, generator=generator, method="llm")
    assert {c.method for c in made} == {"template"}
    assert "kept to the facts" in made[0].meta["notes"][0]
    with pytest.raises(ComponentError):
        write(BOTTLE, generator=generator, method="llm", repair=False)


def test_the_learned_writer_refuses_without_its_bundle(fakes):
    generator = CopyGenerator()
    generator.load(fakes.FakeRuntime())
    with pytest.raises(ModelNotFoundError):
        write({"name": "The Mill", "food": "French"}, generator=generator, method="learned", language="en")


def test_llm_prompt_holds_facts_and_steering():
    brief = read_brief(
        {**BOTTLE, "brand.voice": "witty", "channel": "sms", "audience.interests": "tea", "length": 40}
    )
    *_, user = copy_messages(brief, read_profile(brief), "en")
    for part in ("- price: £20", "witty", "a text message", "tea", "40 words"):
        assert part in user.content


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Sure, here's a draft:\n\nMeet Luna.", "Meet Luna."),
        ("好的，以下是文案：\n来认识月光。", "来认识月光。"),
        ("“来认识月光。”", "来认识月光。"),
        ("## Meet Luna\n> **now**", "Meet Luna\nnow"),
        ("Meet Luna. Dear [Customer Name], hello. Bye.", "Meet Luna. Bye."),
        ("It glows. It glows. It is soft.", "It glows. It is soft."),
        ("Here is Luna.", "Here is Luna."),
    ],
)
def test_cleaning(raw, cleaned):
    assert clean(raw) == cleaned


def test_a_cut_reply_ends_at_a_sentence():
    assert clean("Meet Luna. It is made of", finished=False) == "Meet Luna."


# ---- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "language", "error"),
    [
        ({}, None, BadInputError),
        ({"audience.age": 3}, None, BadInputError),
        ({"name": "x", "channel": "smoke signals"}, None, BadInputError),
        ({"name": "a\x00"}, None, BadInputError),
        ({"name": "\ud800"}, None, BadInputError),
        ({"name": object()}, None, BadInputError),
        ({"name": "x" * (1 << 20)}, None, InputTooLargeError),
        ({"name": "x"}, "fr", UnsupportedLanguageError),
        ({"name": "x"}, "xx-klingon", UnsupportedLanguageError),
    ],
)
def test_bad_rows_are_typed_and_stay_alone(inputs, language, error):
    rows = CopyGenerator().generate(
        [Request(inputs=inputs, language=language), Request(inputs=BOTTLE)], ctx=CallContext()
    )
    assert isinstance(rows[0], Err)
    assert isinstance(rows[0].error, error)
    assert isinstance(rows[0].error, AigcError)
    assert isinstance(rows[1], Generation)


def test_cancellation():
    token = CancelToken()
    token.cancel()
    (row,) = CopyGenerator().generate([Request(inputs=BOTTLE)], ctx=CallContext(cancel=token))
    assert isinstance(row.error, CancelledError)


# ---- words to meanings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "group"),
    [("8", "child"), ("16", "teen"), ("25-34", "young"), ("45", "adult"), ("60+", "senior"), ("under 13", "child"),
     ("大学生", "young"), ("90后", "young"), ("退休老人", "senior"), ("teens", "teen"), ("?", None), (None, None)],
)  # fmt: skip
def test_age_groups(text, group):
    assert age_group(text) == group


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("warm and caring", "friendly"),
        ("witty", "playful"),
        ("高端大气", "luxury"),
        ("严谨专业", "professional"),
        ("zany", "friendly"),
    ],
)
def test_voices(text, voice):
    assert voice_of(text) == voice


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("朋友圈", "moments"),
        ("小红书", "xiaohongshu"),
        ("电商详情", "product"),
        ("短信", "sms"),
        ("E-mail", "email"),
        ("Instagram post", "social"),
    ],
)
def test_channels(text, channel):
    assert channel_of(text) == channel


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [("lamp", "a lamp"), ("insulated bottle", "an insulated bottle"), ("hour glass", "an hour glass"), ("unicorn", "a unicorn"),
     ("umbrella", "an umbrella"), ("European hotel", "a European hotel"), ("running shoes", "running shoes"), ("灯", "灯"), ("the one", "the one"), ("", "")],
)  # fmt: skip
def test_articles(noun, phrase):
    assert with_article(noun) == phrase


def test_a_price_with_a_preposition_of_its_own_gets_no_second_one():
    for text in texts(write({"name": "Hotel Mirador", "price": "from €90 per night"}, candidates=8)):
        assert not re.search(r"\b(?:costs?|at|for) from\b", text), text


def test_every_candidate_is_text():
    assert all(isinstance(c.content, Text) for c in write(BOTTLE))
