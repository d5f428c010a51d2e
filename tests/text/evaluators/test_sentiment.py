"""The shipped sentiment model: what it says, what it shows, where it stays silent."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.evaluators.sentiment import Sentiment
from aigc_text.evaluators.sentiment_features import features


@pytest.fixture(scope="module")
def evaluator():
    with Runtime("cpu", 1) as runtime:
        made = Sentiment()
        made.load(runtime)
        yield made
        made.close()


def sentiment(evaluator, text, language=None, **context):
    (row,) = evaluator.evaluate([Sample(Text(text), language=language)], ctx=CallContext(**context))
    (score,) = row
    return score


GOOD = [
    "I love this place, the food is wonderful!",
    "A great product that works very well.",
    "非常满意，质量很好，推荐购买！",
    "房间干净舒适，服务热情，下次还来。",
]
BAD = ["Terrible service, I hate it.", "It broke after a day, a horrible waste of money.", "太差了，质量很差，非常失望。", "垃圾，客服态度恶劣，再也不买了。"]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_praise_is_positive(evaluator, text):
    score = sentiment(evaluator, text)
    assert score.value > 0.65
    assert any(w["weight"] > 0 for w in score.details["evidence"])


@pytest.mark.parametrize("text", BAD)
def test_complaint_is_negative(evaluator, text):
    score = sentiment(evaluator, text)
    assert score.value < 0.35
    assert any(w["weight"] < 0 for w in score.details["evidence"])


def test_negation_turns_it_down(evaluator):
    for plain, negated in [("The food is good.", "The food is not good."), ("质量好。", "质量不好。")]:
        assert sentiment(evaluator, plain).value > sentiment(evaluator, negated).value + 0.1


def test_evidence_lies_where_it_says_and_is_in_the_explanation(evaluator):
    text = "The ｆｏｏｄ was Terrible, but the staff were great."
    score = sentiment(evaluator, text)
    assert score.details["evidence"]
    for word in score.details["evidence"]:
        assert text[slice(*word["span"])] == word["text"]
        assert word["text"] in score.explanation


def test_rows_do_not_depend_on_their_neighbours(evaluator):
    texts = [*GOOD, *BAD, "a " * 500]
    together = evaluator.evaluate([Sample(Text(t)) for t in texts], ctx=CallContext())
    for text, row in zip(texts, together, strict=True):
        assert row[0].value == pytest.approx(sentiment(evaluator, text).value, abs=1e-6)
        assert sentiment(evaluator, text, deterministic=True).value == pytest.approx(row[0].value, abs=1e-6)


def test_silent_without_words_and_in_other_languages(evaluator):
    assert "no words" in sentiment(evaluator, "123 …").reason
    assert "'fr'" in sentiment(evaluator, "C'est bon", language="fr").reason


def test_features_mark_negation_until_the_clause_ends():
    names = {f.name for f in features("I don't like it, but it works.", "en")}
    assert {"not_like", "works"} <= names
    assert "not_works" not in names
    assert {"不好", "好吃"} <= {f.name for f in features("不好吃", "zh")}


def test_long_texts_are_read_at_both_ends():
    text = "good " + "x" * 10_000 + " bad"
    found = features(text, "en")
    assert {"good", "bad"} <= {f.name for f in found}
    assert all(text[f.start : f.end] for f in found)


def test_a_fact_is_no_complaint(evaluator):
    score = sentiment(evaluator, "The manual is 20 pages long.")
    assert score.value < 0.35
    assert score.details["label"] == "neutral or mixed"
