"""Inputs are sorted into facts, which must be written, and steering, which must not."""

from __future__ import annotations

import pytest

from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_text.facts import Length, read_brief
from aigc_text.facts.inputs import MAX_ATTRIBUTES
from aigc_text.facts.labels import canonical, label


def test_nested_and_dotted_inputs_are_the_same():
    nested = read_brief(
        {"name": "Luna", "audience": {"age": 30, "interests": ["tea"]}, "brand": {"voice": "warm"}}
    )
    dotted = read_brief(
        {"name": "Luna", "audience.age": "30", "audience.interests": "tea", "brand.voice": "warm"}
    )
    assert nested == dotted
    assert [f.key for f in nested.facts] == ["name"]
    assert (nested.age, nested.interests, nested.voice) == ("30", ("tea",), "warm")


def test_brand_name_is_a_fact_and_brand_voice_is_not():
    brief = read_brief({"brand.name": "Acme", "brand.voice": "playful"})
    assert [(f.key, f.values) for f in brief.facts] == [("brand", ("Acme",))]


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("short", Length("short")),
        ("长", Length("long")),
        (80, Length(count=80)),
        ("50 words", Length(count=50, unit="words")),
        ("约100字", Length(count=100, unit="characters")),
    ],
)
def test_lengths(value, length):
    brief = read_brief({"name": "Luna", "length": value})
    assert brief.length == length
    assert len(brief.facts) == 1


def test_a_length_that_no_text_can_have_is_a_fact():
    brief = read_brief({"name": "Table", "length": "120 cm", "channel": "2.1"})
    assert [f.key for f in brief.facts] == ["name", "length", "channel"]
    assert brief.length is None


def test_yes_and_no_become_booleans_in_both_languages():
    brief = read_brief({"name": "Luna", "vegan": "yes", "防水": "否", "wireless": True})
    assert [f.boolean for f in brief.facts] == [None, True, False, True]


def test_lists_and_list_keys_are_split():
    brief = read_brief(
        {"features": "leak-proof lid, 1,200 ml; light", "sizes": ["S", "M"], "卖点": "轻巧、耐用"}
    )
    assert [f.values for f in brief.facts] == [
        ("leak-proof lid", "1,200 ml", "light"),
        ("S", "M"),
        ("轻巧", "耐用"),
    ]


def test_white_space_and_line_breaks_collapse():
    assert read_brief({"name": " Blue\n Spice\t"}).facts[0].values == ("Blue Spice",)


@pytest.mark.parametrize(
    "inputs", [{}, {"audience.age": 20}, {"name": ""}, {"name": None}, {"name": "  "}, {"x": []}]
)
def test_without_a_fact_the_error_names_what_is_needed(inputs):
    with pytest.raises(BadInputError, match="name, price or features"):
        read_brief(inputs)


@pytest.mark.parametrize(
    "inputs",
    [
        {"name": object()},
        {"name": b"x"},
        {"name": float("nan")},
        {"": "x"},
        {"name": "a\x00b"},
        {"na\ud800me": "x"},
    ],
)
def test_unusable_inputs(inputs):
    with pytest.raises(BadInputError):
        read_brief(inputs)


def test_too_deep():
    deep: dict = {"x": "1"}
    for _ in range(10):
        deep = {"a": deep}
    with pytest.raises(BadInputError, match="nested"):
        read_brief(deep)


def test_size_limits():
    with pytest.raises(InputTooLargeError):
        read_brief({"name": "x" * 1_000_000})
    with pytest.raises(InputTooLargeError):
        read_brief({f"k{i}": "v" for i in range(MAX_ATTRIBUTES + 1)})


def test_labels_follow_the_language_and_keep_the_callers_word():
    assert label("battery_life", "zh") == "续航"
    assert label("净含量", "en") == "weight"
    assert label("净含量", "zh") == "净含量"
    assert label("priceRange", "en") == "price range"
    assert label("USB ports", "en") == "USB ports"
    assert label("怪属性", "en") == "怪属性"
    assert canonical("customer rating") == "rating"
    assert canonical("flux") is None
