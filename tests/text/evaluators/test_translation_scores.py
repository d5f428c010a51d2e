"""BLEU and chrF++: sacrebleu's, with the tokeniser of the language."""

from __future__ import annotations

import sys

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_text.evaluators.translation import TranslationScores


def score(text, *references, language=None):
    sample = Sample(Text(text), references=tuple(map(Text, references)), language=language)
    (row,) = TranslationScores().evaluate([sample], ctx=CallContext())
    return {s.metric: s for s in row}


@pytest.fixture
def sacrebleu():
    return pytest.importorskip("sacrebleu", reason="the extra [metrics] is not installed")


def test_a_known_value(sacrebleu):
    # By hand: 4/5 and 2/4; no 3- and 4-gram is shared, which is smoothed to 1/(2·3) and 1/(4·2). As long as the reference.
    found = score("the cat sat on mats", "the cat stood on mats")["bleu"]
    assert found.details["precisions"] == pytest.approx([80.0, 50.0, 16.67, 12.5], abs=0.01)
    assert found.value == pytest.approx(100 * (4 / 5 * 2 / 4 / 6 / 8) ** (1 / 4), abs=0.01)


def test_equal_texts_score_100_and_strangers_next_to_nothing(sacrebleu):
    same, other = score("A cup of tea.", "A cup of tea."), score("Zig zag", "A cup of tea.")
    assert same["bleu"].value == same["chrf"].value == pytest.approx(100)
    assert other["bleu"].value < 1
    assert other["chrf"].value < 10


def test_several_references_help(sacrebleu):
    one = score("a quick brown fox jumps", "a fast brown fox leaps")
    two = score("a quick brown fox jumps", "a fast brown fox leaps", "one quick brown fox jumps")
    assert two["bleu"].value > one["bleu"].value
    assert two["bleu"].details["references"] == 2


def test_chinese_is_tokenised_by_characters(sacrebleu):
    found = score("今天天气很好。", "今天天气真好。", language="zh")
    assert "tok:zh" in found["bleu"].details["signature"]
    assert "nw:0" in found["chrf"].details["signature"]
    assert found["bleu"].details["precisions"][0] == pytest.approx(600 / 7, abs=0.01)
    assert "精确率" in found["bleu"].explanation


def test_english_has_the_signature_of_chrf_plus_plus(sacrebleu):
    found = score("A cat.", "A dog.")
    assert "tok:13a" in found["bleu"].details["signature"]
    assert "nw:2" in found["chrf"].details["signature"]


def test_without_sacrebleu_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics", None)
    assert "aigc-sdk-text[metrics]" in score("A", "A")["bleu"].reason


def test_without_references_it_is_invalid(sacrebleu):
    assert "reference" in score("A text.")["chrf"].reason
    assert "reference" in score("A text.", "  ")["chrf"].reason
    assert "no words" in score("?!", "A text.")["bleu"].reason
