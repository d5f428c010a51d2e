"""Hashed n-grams: the same buckets everywhere, whatever stands beside a text, and a way back to the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_text.moderators.hashing import COLUMNS, LONGEST, Vocabulary, grid, pad
from aigc_text.moderators.normalise import classifier_text

BITS = 16
EVERYTHING = Vocabulary(np.arange(1, 1 << BITS, dtype=np.uint32), BITS)
PINNED = [176529, 628441, 3450, 1754581, 1101225, 1539152, 1998934]
"""Computed once: a bundle's rows mean nothing under other hashes."""
LETTERS = st.text("ab é你好𝒳\ud800 ", max_size=40)


@settings(deadline=None)
@given(st.lists(LETTERS, max_size=8))
def test_a_text_has_the_same_rows_alone_and_in_any_batch(texts):
    rows, offsets = EVERYTHING.rows(texts)
    assert len(offsets) == len(texts) + 1
    for number, text in enumerate(texts):
        alone, _ = EVERYTHING.rows([text])
        assert rows[offsets[number] : offsets[number + 1]].tolist() == alone.tolist()


@settings(deadline=None)
@given(LETTERS)
def test_every_substring_and_word_counts_once_for_each_place(text):
    hashed = grid([text], BITS)
    for size in range(1, LONGEST + 1):
        assert (hashed.buckets[:, size - 1] > 0).sum() == max(0, len(text) - size + 1)
    words = text.split(" ")
    assert (hashed.buckets[:, LONGEST] > 0).sum() == sum(map(bool, words))
    assert (hashed.buckets[:, LONGEST + 1] > 0).sum() == max(0, sum(map(bool, words)) - 1)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_places_are_where_the_ngrams_stand(text):
    prepared = classifier_text(text)
    rows, starts, ends = EVERYTHING.places(prepared)
    assert len(rows) == len(EVERYTHING.rows([prepared])[0])
    places: dict[int, set[str]] = {}
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        assert 0 <= start < end <= len(prepared)
        places.setdefault(row, set()).add(prepared[start:end])
    # Another text in which the n-gram stands gives the same row.
    for row, pieces in list(places.items())[:5]:
        for piece in pieces:
            assert row in EVERYTHING.rows([f" {piece} "])[0].tolist()


def test_the_buckets_are_the_same_on_every_machine():
    hashed = grid([" tea 茶 "], 21)
    assert hashed.buckets.shape == (7, COLUMNS)
    assert hashed.buckets[1].tolist() == PINNED


def test_the_same_letters_as_word_and_as_ngram_are_two_features():
    hashed = grid(["tea"], 21)
    assert hashed.buckets[0, 2] != hashed.buckets[0, LONGEST]


def test_different_ngrams_rarely_share_a_bucket():
    texts = [f" {a}{b}{c} " for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyz零一二三"]
    whole = {int(b) for b in grid(texts, 24).buckets[1::5, LONGEST]}
    assert len(whole) > 0.99 * len(texts)


def test_only_kept_buckets_have_rows():
    bucket = grid([" tea "], BITS).buckets[1, LONGEST]
    words = Vocabulary(np.array([bucket]), BITS)
    rows, offsets = words.rows([" tea for two ", " coffee ", "", " tea tea "])
    assert rows.tolist() == [1, 1, 1]
    assert offsets.tolist() == [0, 1, 1, 1, 3]
    assert words.padded([" tea ", " coffee "]).tolist() == [[1], [0]]
    assert [list(map(int, place)) for place in words.places(" my tea ")] == [[1], [4], [7]]


@pytest.mark.parametrize("counts", [[0, 3, 1], [0, 0], []])
def test_padding_keeps_texts_apart(counts):
    offsets = np.cumsum([0, *counts])
    rectangle = pad(np.arange(1, offsets[-1] + 1, dtype=np.int32), offsets)
    assert rectangle.shape == (len(counts), max([1, *counts]))
    assert [int((line > 0).sum()) for line in rectangle] == counts
