"""Edits keep their place in the original, however often the text is edited again."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.pipeline.edits import Edit, applied, composed, merged
from aigc_sdk.taxonomy import Category


@st.composite
def edits(draw, length: int):
    """Any edits of a text that long, overlapping ones among them."""
    count = draw(st.integers(0, 5))
    made = []
    for _ in range(count):
        start = draw(st.integers(0, max(0, length - 1)))
        end = draw(st.integers(min(start + 1, length), length))
        if end > start:
            after = draw(st.text("XYZ新", max_size=4))
            made.append(Edit(start, end, after, Category.CUSTOM, private=draw(st.booleans())))
    return made


@st.composite
def rounds(draw):
    text = draw(st.text("abcdefgh文字", min_size=0, max_size=24))
    lists, current = [], text
    for _ in range(draw(st.integers(1, 4))):
        lists.append(merged(draw(edits(len(current)))))
        current = applied(current, lists[-1])
    return text, lists, current


def disjoint(made):
    return all(a.end <= b.start for a, b in itertools.pairwise(made))


@settings(max_examples=200)
@given(rounds())
def test_edits_made_in_rounds_are_edits_of_the_original(case):
    text, lists, final = case
    whole: list[Edit] = []
    for one in lists:
        whole = composed(text, whole, one)
        assert disjoint(whole)
        assert all(0 <= e.start <= e.end <= len(text) for e in whole)
    assert applied(text, whole) == final
    if any(e.private for one in lists[-1:] for e in one):
        assert any(e.private for e in whole)


@given(st.data())
def test_what_overlaps_is_replaced_once_and_nothing_of_it_is_left(data):
    text = "0123456789" * 2
    given_edits = data.draw(edits(len(text)))
    made = merged(given_edits)
    assert disjoint(made)
    covered = {i for e in given_edits for i in range(e.start, e.end)}
    assert {i for e in made for i in range(e.start, e.end)} == covered
    kept = "".join(c for i, c in enumerate(text) if i not in covered)
    assert "".join(c for c in applied(text, made) if c.isdigit()) == kept


def test_an_edit_on_what_was_put_in_speaks_for_both():
    text = "a very bad thing"
    one = [Edit(2, 10, "quite poor", Category.CUSTOM, rule="one", private=True)]
    two = [Edit(8, 18, "thin", Category.AD_LAW, rule="two")]
    (whole,) = composed(text, one, two)
    assert (whole.start, whole.end, whole.after, whole.rule, whole.private) == (
        2,
        16,
        "quite thin",
        "two",
        True,
    )
    assert applied(text, [whole]) == "a quite thin"


def test_an_edit_beside_what_was_deleted_stands_by_itself():
    text = "abcdef"
    one = [Edit(2, 4, "", Category.CUSTOM, rule="one")]
    two = [Edit(2, 3, "E", Category.CUSTOM, rule="two")]
    assert [(e.start, e.end, e.after) for e in composed(text, one, two)] == [(2, 4, ""), (4, 5, "E")]
