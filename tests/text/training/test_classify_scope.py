"""Temperature, out-of-scope scores and thresholds, and the figures of the report."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_text.generators.classify.scores import log_softmax, scope_scores
from aigc_text.training.classify_report import figures, in_words, quality_rows
from aigc_text.training.classify_scope import (
    Outputs,
    Scope,
    auroc,
    calibration_error,
    choose_scope,
    fit_temperature,
    nll,
)


def drawn(rows=4000, labels=5, sharpness=3.0, seed=0):
    """Rows whose targets are drawn from the softmax of their logits: calibrated at temperature 1."""
    draw = np.random.default_rng(seed)
    logits = draw.normal(size=(rows, labels)) * sharpness
    shares = np.exp(log_softmax(logits))
    targets = (shares.cumsum(axis=1) < draw.random(rows)[:, None]).sum(axis=1).clip(0, labels - 1)
    return logits, targets


@pytest.mark.parametrize("factor", [0.25, 1.0, 4.0])
def test_the_temperature_undoes_what_made_the_logits_too_sharp(factor):
    logits, targets = drawn()
    rows = Outputs(logits * factor, targets, None)
    temperature = fit_temperature(rows)
    assert temperature == pytest.approx(factor, rel=0.08)
    assert nll(rows, temperature) <= nll(rows, 1.0) + 1e-3
    assert calibration_error(rows, temperature) < 0.03


def test_few_rows_without_an_error_make_no_certainty():
    targets = np.arange(18) % 3
    logits = np.eye(3)[targets] * 8.0
    rows = Outputs(logits, targets, None)
    sure = np.exp(log_softmax(logits, fit_temperature(rows))).max(axis=1)
    assert 0.9 < sure[0] < 0.99


def test_scores_are_what_the_papers_say():
    logits = np.array([[2.0, 0.0, 1.0], [0.0, 0.0, 5.0]])
    probability = scope_scores("probability", logits, None, temperature=2.0, outside=2)
    expected = np.exp(logits / 2) / np.exp(logits / 2).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probability, expected[:, :2].max(axis=1))
    energy = scope_scores("energy", logits, None, temperature=2.0, outside=2)
    np.testing.assert_allclose(energy, np.log(np.exp(logits[:, :2]).sum(axis=1)))
    distance = scope_scores("distance", logits, np.array([3.0, -1.0]), temperature=1.0, outside=2)
    np.testing.assert_allclose(distance, [-3.0, 1.0])
    with pytest.raises(ValueError, match="no distances"):
        scope_scores("distance", logits, None, temperature=1.0, outside=None)


def with_strangers(seed=0):
    """In-scope rows with one high logit; strangers with flat logits, or won by the out-of-scope output."""
    draw = np.random.default_rng(seed)
    targets = draw.integers(0, 4, 600)
    known = draw.normal(size=(600, 5))
    known[np.arange(600), targets] += 6
    strangers = draw.normal(size=(200, 5)) * 0.3
    strangers[:50, 4] += 8
    return Outputs(
        np.vstack([known, strangers]), np.concatenate([targets, np.full(200, 4)]), 4, draw.normal(size=800)
    )


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0, 0.4), st.integers(0, 9))
def test_no_more_of_the_right_rows_is_rejected_than_allowed(share, seed):
    rows = with_strangers(seed)
    scope = choose_scope(rows, 1.0, "auto", distances=True, most_rejected=share)
    right = rows.within & (rows.logits.argmax(axis=1) == rows.targets)
    answers = rows.answers(scope.score, 1.0, scope.threshold)
    assert (answers[right] == -1).mean() <= share + 1e-9


def test_auto_takes_the_score_that_finds_most_strangers_and_says_what_it_tried():
    rows = with_strangers()
    scope = choose_scope(rows, 1.0, "auto", distances=True, most_rejected=0.02)
    # The distances were drawn at random: they tell nothing.
    assert scope.score in ("probability", "energy")
    assert scope.tried[scope.score]["recall"] == max(row["recall"] for row in scope.tried.values()) > 0.9
    assert scope.tried["distance"]["auroc"] == pytest.approx(0.5, abs=0.06)
    kept = [row["kept"] for row in scope.curve]
    recall = [row["recall"] for row in scope.curve]
    assert kept == sorted(kept, reverse=True)
    assert recall == sorted(recall)
    assert choose_scope(rows, 1.0, "distance", distances=True, most_rejected=0.02).score == "distance"


def test_without_strangers_the_probability_decides():
    logits, targets = drawn()
    scope = choose_scope(Outputs(logits, targets, None), 1.0, "auto", distances=False, most_rejected=0.01)
    assert (scope.score, scope.tried) == ("probability", {})


def test_auroc_counts_ties_by_half():
    assert auroc(np.array([1.0, 2.0]), np.array([0.0, 1.0])) == pytest.approx((1 + 0.5 + 1 + 1) / 4)


def test_figures_count_as_served():
    logits = np.array([[5.0, 0, 0], [5, 0, 0], [0, 5, 0], [1, 0.9, 0.8], [0, 0, 5], [5, 0, 0]])
    rows = Outputs(logits, np.array([0, 1, 1, 0, 2, 2]), 2)
    scope = Scope("probability", 0.6, {}, [])
    found = figures(rows, ["a", "b", "none"], 1.0, scope)
    assert found["rows"] == 4
    assert found["accuracy"] == pytest.approx(2 / 4)  # one wrong label, one rejected
    assert found["accuracy_closed"] == pytest.approx(3 / 4)
    assert found["rejected"] == pytest.approx(1 / 4)
    assert found["out_of_scope_recall"] == pytest.approx(1 / 2)
    # a: said of three rows, one of them its own, of two; b: said once, rightly, of two.
    assert found["labels"]["a"]["f1"] == pytest.approx(2 * (1 / 3) * 0.5 / (1 / 3 + 0.5))
    assert found["labels"]["b"]["f1"] == pytest.approx(2 / 3)
    assert found["macro_f1"] == pytest.approx((0.4 + 2 / 3) / 2)
    assert {"true": "b", "said": "a", "rows": 1} in found["confused"]
    assert {row.metric for row in quality_rows(found, "test", "")} >= {"accuracy", "out_of_scope_recall"}
    words = in_words(
        {
            "bundle": "b",
            "method": "head",
            "note": "",
            "figures": found,
            "scope": {"score": "probability", "threshold": 0.6},
            "data": {
                "read": 6,
                "used": 6,
                "repeated": 0,
                "conflicting": 1,
                "conflicts": [{"lines": [2, 3], "labels": ["a|b", "c"], "kept": None}],
            },
        }
    )
    assert "a\\|b / c, kept none" in words
    assert "| accuracy | 0.5 |" in words
