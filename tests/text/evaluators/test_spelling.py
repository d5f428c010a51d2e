"""Errors a hundred words, with corrections; names are none, and other languages are refused rather than flagged."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.request import Request, Sample
from aigc_text.correction import english_words
from aigc_text.evaluators.spelling import Spelling


def scores(text, language=None, **inputs):
    request = Request(inputs=inputs) if inputs else None
    (row,) = Spelling().evaluate([Sample(Text(text), request=request, language=language)], ctx=CallContext())
    return {s.metric: s for s in row}


def test_errors_are_counted_an_hundred_words_and_shown():
    found = scores("We recieve the the parcel in a good conditon today.")
    assert found["spelling_errors"].value == pytest.approx(20.0)
    assert found["grammar_errors"].value == pytest.approx(10.0)
    assert "recieve → receive" in found["spelling_errors"].explanation
    error = found["spelling_errors"].details["errors"][0]
    assert (error["span"], error["replacement"], error["kind"]) == ([3, 10], "receive", "spelling")
    assert error["confidence"] > 0.8


def test_a_good_text_scores_nought():
    found = scores("Meet Aurora Bottle. It keeps your tea hot for twelve hours and fits in every bag.")
    assert [s.value for s in found.values()] == [0.0, 0.0]
    assert found["spelling_errors"].utility == 1.0


def test_given_names_are_right():
    text = "The gloopy-floop and the zwiebelkuchen are nice things to have for lunch."
    assert scores(text)["spelling_errors"].value > 0
    given = {"name": "Gloopy-Floop", "details": {"dishes": ["Zwiebelkuchen"]}}
    assert scores(text, **given)["spelling_errors"].value == 0.0


def test_chinese_spelling_is_not_claimed():
    found = scores("这家店己经很好了,服务也好。")
    assert not found["spelling_errors"].valid
    assert "Chinese spelling is not checked" in found["spelling_errors"].reason
    assert found["grammar_errors"].details["count"] == 2
    assert "己经 → 已经" in found["grammar_errors"].explanation


def test_another_language_is_no_heap_of_errors():
    found = scores("Dieses Restaurant bietet sehr gutes italienisches Essen und freundliche Bedienung.")
    assert not found["spelling_errors"].valid
    assert "another language" in found["spelling_errors"].reason
    assert not scores("Bonjour", language="fr")["grammar_errors"].valid


def test_without_the_dictionary_spelling_says_so_and_grammar_goes_on(monkeypatch):
    def missing():
        raise MissingDependencyError("no dictionary", hint="pip install symspellpy")

    monkeypatch.setattr("aigc_text.correction.english_spelling.frequencies", missing)
    monkeypatch.setattr(english_words, "frequencies", missing)
    found = scores("It is the the best.")
    assert "no dictionary" in found["spelling_errors"].reason
    assert found["grammar_errors"].value > 0
