"""ROUGE: the numbers of the published definition, and of the package rouge-score where it is installed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_text.evaluators.lcs import lcs_length, lcs_places
from aigc_text.evaluators.rouge import MOST_TOKENS, RougeScores, rouge, rouge_l, rouge_lsum, rouge_n, tokenize

TOKENS = st.lists(st.sampled_from("abcde"), max_size=24)
SENTENCE = st.lists(
    st.sampled_from(["the", "cat", "sat", "on", "a", "mat", "don't", "3.5"]), min_size=1, max_size=9
)


def score(text, *references, language=None):
    sample = Sample(Text(text), references=tuple(map(Text, references)), language=language)
    (row,) = RougeScores().evaluate([sample], ctx=CallContext())
    return {s.metric: s for s in row}


def table(one, other):
    """Lengths by Wagner and Fischer's table."""
    rows = [[0] * (len(other) + 1)]
    for token in one:
        row = [0]
        for j, against in enumerate(other):
            row.append(rows[-1][j] + 1 if token == against else max(row[j], rows[-1][j + 1]))
        rows.append(row)
    return rows[-1][-1]


@settings(max_examples=300, deadline=None)
@given(TOKENS, TOKENS)
def test_subsequences_are_as_long_as_the_table_says(one, other):
    places = lcs_places(one, other)
    assert lcs_length(one, other) == len(places) == table(one, other)
    assert places == sorted(set(places))
    rest = iter(other)
    assert all(one[place] in rest for place in places), "a subsequence of both"


def test_the_examples_of_the_paper():
    # Lin 2004, section 3: "police kill the gunman" and "the gunman kill police" against "police killed the gunman".
    reference = ["police", "killed", "the", "gunman"]
    assert rouge_l(reference, ["police", "kill", "the", "gunman"]).f1 == pytest.approx(3 / 4)
    assert rouge_l(reference, ["the", "gunman", "kill", "police"]).f1 == pytest.approx(2 / 4)
    # Section 3.2: the union of the subsequences of w1..w5 with "w1 w2 w6 w7 w8" and "w1 w3 w8 w9 w5" is w1 w2 w3 w5.
    union = rouge_lsum(
        [["w1", "w2", "w3", "w4", "w5"]], [["w1", "w2", "w6", "w7", "w8"], ["w1", "w3", "w8", "w9", "w5"]]
    )
    assert union.recall == pytest.approx(4 / 5)


def test_ngrams_count_as_often_as_both_have_them():
    found = rouge_n(["the", "cat", "the", "dog"], ["the", "the", "the", "cat"], 1)
    assert (found.precision, found.recall) == (3 / 4, 3 / 4)
    assert rouge_n(["a"], ["a"], 2).f1 == 0.0


def test_chinese_is_compared_by_characters_and_latin_words():
    assert tokenize("使用BERT模型，效果好。") == ["使", "用", "bert", "模", "型", "效", "果", "好"]
    scores = score("今天天气好", "今天天气很好", language="zh")
    assert scores["rouge_1"].details["precision"] == 1.0
    assert scores["rouge_1"].details["recall"] == pytest.approx(5 / 6, abs=1e-5)
    assert scores["rouge_2"].value == pytest.approx(2 * (3 / 4) * (3 / 5) / (3 / 4 + 3 / 5))
    assert "召回率" in scores["rouge_l"].explanation


def test_the_best_of_several_references_counts_and_is_named():
    alone = score("a cat sat", "dogs run", "a cat sat down", "nothing")
    assert alone["rouge_1"].value == pytest.approx(2 * 1 * 0.75 / 1.75)
    assert alone["rouge_1"].details["reference"] == 1
    assert "reference 2 of 3" in alone["rouge_1"].explanation


def test_without_reference_words_or_measure_it_is_invalid():
    assert "reference" in score("a text")["rouge_l"].reason
    assert "no words" in score("…", "a")["rouge_l"].reason
    assert f"{MOST_TOKENS:,}" in score("a " * (MOST_TOKENS + 1), "a")["rouge_l"].reason


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=4), st.lists(SENTENCE, min_size=1, max_size=4))
def test_numbers_are_those_of_rouge_score(reference, text):
    scorer = pytest.importorskip(
        "rouge_score.rouge_scorer", reason="the package rouge-score is not installed"
    )
    wanted, found = ("\n".join(" ".join(s) for s in part) for part in (reference, text))
    peers = scorer.RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"]).score(wanted, found)
    own = rouge(wanted, found)
    for ours, theirs in (
        ("rouge_1", "rouge1"),
        ("rouge_2", "rouge2"),
        ("rouge_l", "rougeL"),
        ("rouge_lsum", "rougeLsum"),
    ):
        assert own[ours].precision == pytest.approx(peers[theirs].precision)
        assert own[ours].recall == pytest.approx(peers[theirs].recall)
        assert own[ours].f1 == pytest.approx(peers[theirs].fmeasure)
