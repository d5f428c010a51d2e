"""Tone is counted, shown, and held against the tone asked for."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Request, Sample
from aigc_text.evaluators.tone import METRICS, Tone


def tone(text, language=None, **inputs):
    request = Request(inputs=inputs) if inputs else None
    (row,) = Tone().evaluate([Sample(Text(text), request=request, language=language)], ctx=CallContext())
    scores = {s.metric: s for s in row}
    assert set(scores) == set(METRICS)
    return scores


FORMAL_EN = (
    "Dear customer, please note that the additional equipment is provided in accordance with the agreement. "
    "We therefore recommend that sufficient assistance be obtained prior to commencing operation."
)
INFORMAL_EN = "Hey guys! It's super comfy and you're gonna love it, lol. Don't wait, grab it!!! 😀"
FORMAL_ZH = "尊敬的客户，本公司根据有关规定，自即日起提供上门服务，敬请留意。此外，该产品符合国家标准。"
INFORMAL_ZH = "家人们，这款真的超好用啊！太香啦，快冲鸭～咱们一起种草吧！"


@pytest.mark.parametrize(("formal", "informal"), [(FORMAL_EN, INFORMAL_EN), (FORMAL_ZH, INFORMAL_ZH)])
def test_formal_text_is_more_formal(formal, informal):
    high, low = tone(formal)["formality"], tone(informal)["formality"]
    assert high.value > 0.7
    assert low.value < 0.3
    assert high.details["formal"]
    assert low.details["informal"]


@pytest.mark.parametrize(
    ("pushy", "plain", "phrase"),
    [
        (
            "Hurry! Limited-time offer, only 3 left. Buy now!",
            "The mug holds 300 ml and weighs 200 g.",
            "only 3 left",
        ),
        ("限时秒杀！仅剩3件，手慢无，赶快下单！", "杯子容量300毫升，重200克。", "手慢无"),
    ],
)
def test_pressure_is_found_and_shown(pushy, plain, phrase):
    found = tone(pushy)["promotional_pressure"]
    assert found.value > 0.7
    assert phrase.lower() in found.explanation
    assert tone(plain)["promotional_pressure"].value == 0.0


def test_emphasis_counts_marks_and_shouting_but_no_abbreviations():
    assert tone("THIS IS THE BEST DEAL EVER!!!")["emphasis"].value > 0.8
    assert (
        tone("The USB port charges the LED lamp. It meets the ISO norm of the EU.")["emphasis"].value == 0.0
    )
    assert tone("便宜！便宜！！！")["emphasis"].value > 0.6


def test_politeness():
    polite = tone("Thank you for your order. Please feel free to write to us, we would be glad to help.")
    assert polite["politeness"].value > 0.75
    assert tone("Shut up and buy it, you idiots.")["politeness"].value < 0.3
    assert tone("请您放心选购，感谢您的支持。")["politeness"].value > 0.75
    assert tone("The mug is blue.")["politeness"].value == 0.5


def test_second_person_is_a_share_of_sentences():
    assert tone("You will like it. It is blue.")["second_person"].value == 0.5
    assert tone("您会喜欢它。它是蓝色的。")["second_person"].value == 0.5


def test_fit_with_the_tone_asked_for():
    asked = {"name": "Fern Mug", "brand.voice": "formal"}
    good, bad = tone(FORMAL_EN, **asked)["tone_fit"], tone(INFORMAL_EN, **asked)["tone_fit"]
    assert good.value == 1.0
    assert bad.value < 0.5
    assert "formality" in bad.explanation
    assert tone(INFORMAL_EN, name="Fern Mug", tone="playful")["tone_fit"].value > 0.8
    assert tone(INFORMAL_ZH, 名称="杯子", 语气="专业")["tone_fit"].value < 0.6


def test_no_tone_or_an_unknown_one_is_no_fit():
    assert not tone("A mug.")["tone_fit"].valid
    unknown = tone("A mug.", name="Mug", tone="melancholic-baroque")["tone_fit"]
    assert not unknown.valid
    assert "melancholic" in unknown.reason


def test_other_languages_are_invalid():
    assert not tone("Bonjour à tous", language="fr")["formality"].valid


def test_hits_lie_where_they_say():
    text = "Hey, please buy now!"
    for score in tone(text).values():
        for hits in score.details.values():
            for hit in hits if isinstance(hits, list) else []:
                assert text[slice(*hit["span"])] == hit["text"]


@pytest.mark.parametrize("key", ["tone", "brand.voice", "语气"])
def test_a_tone_is_asked_for_without_any_fact(key):
    assert tone("HURRY!!! Buy NOW", **{key: "professional"})["tone_fit"].value < 0.6


def test_acronyms_in_a_sentence_do_not_shout():
    assert tone("The CEO of IBM met NASA and the FBI in the USA.")["emphasis"].value == 0.0
    assert tone("PLEASE READ THIS NOW")["emphasis"].value > 0.5


def test_what_is_missing_or_unknown_says_what_to_give():
    assert "brand.voice" in tone("Hello there.")["tone_fit"].reason
    assert "professional" in tone("Hello there.", tone="grumpy")["tone_fit"].reason
