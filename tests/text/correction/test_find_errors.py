"""What is wrong in a text, and what should stand there; and, as much, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.errors import UnsupportedLanguageError
from aigc_text.correction import apply_corrections, checked, find_errors

REPAIRED = [
    ("en", "I recieve many emails every day.", "I receive many emails every day."),
    ("en", "This restuarant is definately good.", "This restaurant is definitely good."),
    ("en", "We sell alot of teh same.", "We sell a lot of the same."),
    ("en", "They dont mind.", "They don't mind."),
    ("en", "Welcome to the the shop.", "Welcome to the shop."),
    ("en", "It is an university.", "It is a university."),
    ("en", "Wait a hour. Buy a apple.", "Wait an hour. Buy an apple."),
    ("en", "He have a dog.", "He has a dog."),
    ("en", "They was late.", "They were late."),
    ("en", "You should of seen it.", "You should have seen it."),
    ("en", "He didn't went home.", "He didn't go home."),
    ("en", "It is more cheaper now.", "It is cheaper now."),
    ("en", "Its a nice place.", "It's a nice place."),
    ("en", "We gave advices.", "We gave advice."),
    ("en", "Good , but dear .", "Good, but dear."),
    ("en", "It works. it really does.", "It works. It really does."),
    ("en", "Now i know.", "Now I know."),
    ("zh", "酒店己经很好了,服务也好。。", "酒店已经很好了，服务也好。"),
    ("zh", "我觉的价格不贵!", "我觉得价格不贵！"),
    ("zh", "价格１２３元。", "价格123元。"),
    ("zh", "她慢慢的走进来。", "她慢慢地走进来。"),
    ("zh", "采用漂亮地设计，，让你爱不失手。", "采用漂亮的设计，让你爱不释手。"),
    ("zh", "我们拿到了优惠卷。", "我们拿到了优惠券。"),
]


@pytest.mark.parametrize(("language", "wrong", "right"), REPAIRED)
def test_errors_are_repaired(language, wrong, right):
    assert apply_corrections(wrong, find_errors(wrong, language)) == right


@pytest.mark.parametrize(("language", "wrong", "right"), REPAIRED)
def test_what_was_repaired_is_right(language, wrong, right):
    assert [c for c in find_errors(right, language) if c.confidence >= 0.8] == []


RIGHT = [
    (
        "en",
        "Zizzi in Cambridge serves Fettuccine Vongole at www.zizi.example.com, ask jo@exmple.com or @zizzi.",
    ),
    (
        "en",
        "An hour, a university, an MP, a NASA probe, an 8-inch and a 12-inch plate, a one-off, a European, an X-ray.",
    ),
    ("en", "He had had that that time; what it is is unclear. Let it be. I insist that he have a say."),
    ("en", "The skincare set is leak-proof, eco-friendly and rechargeable; the organiser's colour isn't."),
    ("en", "You could of course do it. Vitamin A is good. Mary and he are friends."),
    ("en", "Use `recieve()` and foo_baar, version 2.0.1, e.g. on iOS... or at 9 a.m. on weekdays."),
    ("en", "leak-proof steel bottle"),
    ("en", "Its colour is blue and its lid is tight. Does he have one? If I were he, it would do."),
    ("zh", "感觉的确不错，明显的进步……真的——很好！？"),
    (
        "zh",
        "不能自已。以经济手段，以经典为例。睡觉的时候看直觉的判断。公布署名，立即然后，相关健康，因该公司倒闭。",
    ),
    ("zh", "价格是3.5元，见www.shop.cn，型号A-12（新款）。认真的学习态度，漂亮的裙子。"),
]


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_right_text_is_left_alone(language, text):
    assert [(text[slice(*c.span)], c.rule) for c in find_errors(text, language)] == []


def test_known_words_are_right():
    text = "The Gloopo bottle and gloopo's grommlet."
    assert {text[slice(*c.span)] for c in find_errors(text, "en")} == {"gloopo's", "grommlet"}
    assert find_errors(text, "en", known=["Gloopo", "pink grommlet"]) == []


def test_a_word_without_neighbours_has_no_replacement():
    (found,) = find_errors("We like xqzvwkjq here.", "en")
    assert found.replacement is None
    assert found.confidence == 0.0
    assert apply_corrections("We like xqzvwkjq here.", [found]) == "We like xqzvwkjq here."


def test_corrections_explain_themselves_in_both_languages():
    (found,) = find_errors("A beautifull day.", "en")
    assert found.span == (2, 12)
    assert found.replacement == "beautiful"
    assert found.confidence > 0.8
    assert "beautifull" in found.explanation.en
    assert "beautifull" in found.explanation.zh


def test_kinds_can_be_chosen():
    text = "teh cat , it have fleas"
    assert {c.kind for c in find_errors(text, "en", kinds=["spelling"])} == {"spelling"}
    assert "spelling" not in checked("zh-Hans")
    assert "spelling" in checked("en-GB")


def test_other_languages_are_refused():
    with pytest.raises(UnsupportedLanguageError):
        find_errors("Ceci est un texte.", "fr")
    assert checked("fr") == frozenset()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["teh", "  ", ",", "..", "an hour", "a apple", "它", "，，", "己经", "\n", "i", "\ud800"]
            ),
            st.text(max_size=8),
        ),
        max_size=25,
    ).map(" ".join),
    st.sampled_from(["en", "zh"]),
)
def test_spans_lie_in_the_text_apart_and_in_order(text, language):
    found = find_errors(text, language)
    ends = [0]
    for c in found:
        assert ends[-1] <= c.span[0] < c.span[1] <= len(text)
        assert 0 <= c.confidence <= 1
        assert c.replacement is None or c.replacement != text[slice(*c.span)]
        ends.append(c.span[1])
    apply_corrections(text, found)
