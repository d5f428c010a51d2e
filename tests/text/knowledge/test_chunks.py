"""Sentences and passages: whole, in order, bounded, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_text.knowledge.chunks import LEAST, MOST, chunk, estimated_tokens
from aigc_text.knowledge.documents import Document, Section
from aigc_text.knowledge.sentences import sentence_spans


def sentences(text):
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["It costs 3.50 pounds.", "Really!", "See www.example.org for more."],
        ["Ask Dr. Smith at 5 p.m. today.", 'He said "No."', "Then he left."],
        ["We sell mugs, e.g. steel ones, etc. and cups.", "They ship to the U.S. and Japan."],
        ["It is made by Stone Ltd.", "The firm is old."],
    ],
)
def test_english_sentences(expected):
    assert sentences(" ".join(expected)) == expected


def test_chinese_sentences():
    assert sentences("他说：“不行！”然后走了。真的？是的……好。版本2.0发布了") == [
        "他说：“不行！”",
        "然后走了。",
        "真的？",
        "是的……",
        "好。",
        "版本2.0发布了",
    ]


def test_lines_that_were_wrapped_join_and_items_do_not():
    text = "Title\nThis line was wrapped by an\neditor and goes on. New one.\n\n- first item\n  goes on\n- second\n1. third"
    assert sentences(text) == [
        "Title",
        "This line was wrapped by an\neditor and goes on.",
        "New one.",
        "- first item\n  goes on",
        "- second",
        "1. third",
    ]


def passages(text, *, rows=False):
    document = Document(text, (Section(0, len(text), ("H",), rows),))
    return [(c, text[c.start : c.end]) for c in chunk(document)]


def test_passages_overlap_by_a_sentence_and_stay_within_their_size():
    text = " ".join(f"Sentence number {n} speaks about the thing that is called {n}." for n in range(60))
    made = passages(text)
    sizes = [estimated_tokens(part) for _, part in made]
    assert max(sizes) <= MOST
    assert min(sizes) >= LEAST
    for (before, _), (after, part) in pairwise(made):
        assert before.start < after.start < before.end < after.end
        assert part.startswith("Sentence number")


def test_short_sections_stay_apart_and_keep_their_headings():
    text = "One.\n\nTwo."
    document = Document(text, (Section(0, 4, ("A",)), Section(6, 10, ("A", "B"))))
    assert [(c.path, text[c.start : c.end]) for c in chunk(document)] == [
        (("A",), "One."),
        (("A", "B"), "Two."),
    ]


def test_rows_are_not_torn_and_do_not_overlap():
    text = "\n".join(f"name: item {n}; price: {n} pounds; note: nothing of note" for n in range(50))
    made = passages(text, rows=True)
    assert "\n".join(part for _, part in made) == text
    assert all(c.rows for c, _ in made)


def test_a_page_without_a_full_stop_is_cut_at_words():
    made = passages("word " * 2000)
    assert len(made) > 5
    assert all(set(part.split()) == {"word"} and estimated_tokens(part) <= MOST for _, part in made)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab.C 1\n。，退货！-|>\t·é"), max_size=1500), st.booleans())
def test_nothing_that_can_be_read_is_lost(text, rows):
    made = passages(text, rows=rows)
    covered = set()
    for piece, part in made:
        assert part == part.strip()
        assert estimated_tokens(part) <= MOST + 1
        covered |= set(range(piece.start, piece.end))
    spans = [(piece.start, piece.end) for piece, _ in made]
    assert spans == sorted(spans)
    assert all(at in covered for at, char in enumerate(text) if char.isalnum())
