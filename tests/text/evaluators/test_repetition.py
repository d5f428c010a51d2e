"""Repetition: what loops and what merely says a word twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_text.evaluators.repetition import Loop, Repetition, longest_repeat, loops, numbered


def score(text, language="en"):
    (row,) = Repetition().evaluate([Sample(Text(text), language=language)], ctx=CallContext())
    return {s.metric: s for s in row}


def longest_by_trying(tokens):
    size = len(tokens)
    for length in range(size // 2, 0, -1):
        for i in range(size - 2 * length + 1):
            for j in range(i + length, size - length + 1):
                if tokens[i : i + length] == tokens[j : j + length]:
                    return length
    return 0


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=26))
def test_the_longest_repeat_is_the_one_found_by_trying_all(tokens):
    length, first, second = longest_repeat(numbered(tokens))
    assert length == longest_by_trying(tokens)
    assert tokens[first : first + length] == tokens[second : second + length]
    assert length == 0 or second >= first + length, "the two do not overlap"


def test_loops_are_found_with_their_unit():
    tokens = [*"xy", *("abc" * 4), "z", *("q" * 7)]
    assert loops(numbered(tokens)) == [Loop(2, 14, 3), Loop(15, 22, 1)]
    assert loops(numbered([*"xy", *"abcabc", *"z"])) == [], "twice is no loop"
    assert loops(numbered(["very"] * 3)) == [], "emphasis is no loop"


def test_a_model_that_goes_in_circles():
    text = "The shop opens at nine. " + "I am happy to help you. " * 12
    found = score(text)
    assert found["looped"].value == pytest.approx(72 / 77)
    assert "“I am happy to help you” is said 12.0 times" in found["looped"].explanation
    assert found["repeated_4grams"].value > 0.8
    start, end = (found["looped"].details["loops"][0][k] for k in ("start", "end"))
    assert text[start:end] == ("I am happy to help you. " * 12)[:-2]


def test_a_chinese_loop_is_explained_in_chinese():
    found = score("欢迎光临。" + "我们很高兴为您服务，" * 5, "zh")
    assert found["looped"].value == pytest.approx(45 / 49)
    assert "连续重复约 5.0 次" in found["looped"].explanation


def test_a_passage_that_comes_again_far_away():
    passage = "our offices are closed on public holidays"
    text = f"Please note that {passage}. Parcels go out on Mondays. Remember: {passage}, as ever."
    found = score(text)
    (one, other) = found["longest_repeat"].details["places"]
    assert text[slice(*one)] == text[slice(*other)] == passage
    assert found["longest_repeat"].details["tokens"] == 7
    assert found["looped"].value == 0


def test_ordinary_text_has_none():
    found = score("The kettle boils in four minutes. Its handle stays cool, and the lid locks by itself.")
    assert [s.value for s in found.values()] == [0.0, 0.0, 0.0]


def test_no_words_no_score():
    assert not any(s.valid for s in score("…!").values())
    assert score("one")["repeated_4grams"].value == 0.0


def test_a_long_text_is_done_quickly():
    import time

    start = time.perf_counter()
    score(" ".join(str(i * i % 9973) for i in range(40_000)))
    assert time.perf_counter() - start < 30
