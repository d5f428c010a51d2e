"""Feedback comes back as a score."""

from __future__ import annotations

import pytest

from aigc_sdk.components import Evaluator
from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import OptionError
from aigc_sdk.request import Request, Sample
from aigc_sdk.review import Satisfaction
from aigc_sdk.review.satisfaction import satisfaction


def test_thumbs_and_stars_become_a_mean(store):
    store.feedback("r1", thumbs="up", user="a")
    store.feedback("r1", thumbs="down", user="b")
    store.feedback("r1", stars=3, user="c", comment="很好", component="text/copy")
    score = satisfaction(store.feedback_of("r1"))
    assert score.value == pytest.approx(0.5)
    assert score.details == {"votes": 3, "comments": 1}
    assert [f.comment for f in store.feedback_of(component="text/copy")] == ["很好"]


def test_a_users_last_word_counts(store):
    store.feedback("r1", thumbs="down", user="a")
    store.feedback("r1", stars=5, user="a")
    assert satisfaction(store.feedback_of("r1")).value == 1.0


def test_comments_alone_are_no_votes(store):
    store.feedback("r1", comment="hm")
    score = satisfaction(store.feedback_of("r1"))
    assert not score.valid
    assert "0 votes" in score.reason


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"stars": 1, "user": " "},
        {"thumbs": "sideways"},
        {"stars": 0},
        {"stars": 6},
        {"stars": True},
        {"stars": 2.5},
    ],
)
def test_wrong_feedback_is_refused(store, given):
    with pytest.raises(OptionError):
        store.feedback("r1", **given)


def test_the_evaluator_scores_by_request(store):
    store.feedback("r1", stars=4)
    evaluator = Satisfaction(store)
    assert isinstance(evaluator, Evaluator)
    samples = [Sample(Text("x"), request=Request(id=i)) for i in ("r1", "r2")] + [Sample(Text("x"))]
    rows = evaluator.evaluate(samples, ctx=CallContext())
    assert [row[0].value for row in rows] == [0.75, None, None]


def test_the_evaluator_opens_the_default_store(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path))
    evaluator = Satisfaction()
    evaluator.load()
    evaluator.load()
    assert (tmp_path / "review.db").exists()
    evaluator.close()
    evaluator.close()
