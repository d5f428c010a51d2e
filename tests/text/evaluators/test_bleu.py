"""Diversity numbers equal nltk's."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_text.evaluators.bleu import distinct, self_bleu, sentence_bleu

nltk_bleu = pytest.importorskip("nltk.translate.bleu_score")
WORDS = st.lists(
    st.sampled_from(["the", "cat", "sat", "on", "a", "mat", "and", "dog", "ran", "far"]),
    min_size=1,
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_sentence_bleu_is_nltks(references, hypothesis):
    smooth = nltk_bleu.SmoothingFunction().method1
    expected = nltk_bleu.sentence_bleu(references, hypothesis, smoothing_function=smooth)
    assert sentence_bleu(references, hypothesis) == pytest.approx(expected, abs=1e-12)


def test_self_bleu_is_the_mean_over_texts():
    rng = random.Random(0)
    texts = [[rng.choice("abcdefgh") for _ in range(20)] for _ in range(5)]
    smooth = nltk_bleu.SmoothingFunction().method1
    each = [
        nltk_bleu.sentence_bleu(texts[:i] + texts[i + 1 :], t, smoothing_function=smooth)
        for i, t in enumerate(texts)
    ]
    assert self_bleu(texts) == pytest.approx(sum(each) / len(each), abs=1e-12)


def test_self_bleu_of_equal_texts_is_one():
    assert self_bleu([list("abcdef")] * 3) == pytest.approx(1.0)


def test_distinct_counts_over_all_texts():
    from nltk.util import ngrams

    texts = [["a", "b", "a", "b"], ["a", "b", "c"]]
    pairs = [gram for text in texts for gram in ngrams(text, 2)]
    assert distinct(texts, 2) == (len(set(pairs)), len(pairs)) == (3, 5)
    assert distinct([["a"]], 2) == (0, 0)
