"""Labels say what reviewers decided; thresholds are proposed only where enough of them agree."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.policy import Policy, decide, load_policy
from aigc_sdk.policy.compare import compare_policies
from aigc_sdk.review.export import Label, LabelledFinding, write_jsonl
from aigc_sdk.review.thresholds import accept, curve, propose, read_proposal, to_yaml, wilson
from aigc_sdk.taxonomy import Category, Stage
from aigc_sdk.verdict import Decision, Finding


def label(probability: float | None, correct: bool | None, language: str = "en", **finding) -> Label:
    found = {"detector": "d", "category": "hate", "severity": 2, "score": 1.0, **finding}
    return Label(
        item=1,
        text=None,
        content_sha256="0" * 64,
        language=language,
        stage="output",
        origin="verdict",
        policy="p",
        policy_sha256="",
        decision="review",
        outcome="uphold",
        violates=bool(correct),
        categories=None,
        findings=(LabelledFinding(probability=probability, correct=correct, **found),),
    )


def test_wilson_agrees_with_the_published_value():
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200))
def test_a_curve_counts_what_lies_above_each_threshold(observed):
    for point in curve(observed):
        above = [correct for p, correct in observed if p >= point.threshold]
        assert (point.reviewed, point.correct) == (len(above), sum(above))
        assert 0 <= point.low <= point.precision + 1e-12
        assert point.precision - 1e-12 <= point.high <= 1


def test_the_lowest_threshold_that_keeps_the_precision_is_proposed():
    rng = random.Random(3)
    rows = []
    for _ in range(4000):
        p = rng.uniform(0.5, 1.0)
        # Right above 0.8, a coin below.
        rows.append(label(p, True if p > 0.8 else rng.random() < 0.5))
    made = propose(rows, target_precision=0.9)
    (found,) = made.thresholds
    assert 0.70 < found.min_probability < 0.80
    assert found.evidence.low >= 0.9
    assert len(found.curve) <= 20
    assert made.decisions == 4000


def test_few_doubtful_or_unjudged_findings_carry_nothing():
    few = propose([label(0.9, True)] * 49)
    assert not few.thresholds
    assert few.not_proposed[0].reason == "49 reviewed findings, 50 are needed"
    wrong = propose([label(0.9, False)] * 200)
    assert not wrong.thresholds
    assert "no threshold keeps 0.90" in wrong.not_proposed[0].reason
    silent = propose([label(None, True)] * 100 + [label(0.9, None)] * 100)
    assert silent.thresholds == silent.not_proposed == ()


def test_languages_and_detectors_are_judged_apart():
    rows = [label(0.9, True, "en")] * 100 + [label(0.9, False, "zh")] * 100
    rows += [label(0.8, True, "zh", detector="other")] * 100
    made = propose(rows)
    assert {(t.detector, t.language) for t in made.thresholds} == {("d", "en"), ("other", "zh")}
    assert [(n.detector, n.language) for n in made.not_proposed] == [("d", "zh")]


@pytest.mark.parametrize("wrong", [{"target_precision": 1.0}, {"target_precision": 0.0}, {"min_count": 0}])
def test_wrong_targets_are_refused(wrong):
    with pytest.raises(OptionError):
        propose([], **wrong)


def test_a_proposal_is_read_back(tmp_path):
    made = propose([label(0.9, True)] * 100)
    path = tmp_path / "proposal.yaml"
    path.write_text(to_yaml(made), encoding="utf-8")
    assert read_proposal(path)[0] == made
    for text in ("[", "proposal: 2", "thresholds: 3", "\x00"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadInputError, match="cannot be used"):
            read_proposal(path)


def decision(policy, probability, language="en", **fields):
    finding = Finding(category=Category.HATE, probability=probability, detector="d", **fields)
    return decide(policy, [finding], stage=Stage.OUTPUT, language=language)[0]


def written_and_read(policy, tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(to_yaml(policy), encoding="utf-8")
    read = load_policy(path)
    assert read.sha256 == policy.sha256
    return read


def test_accepting_moves_a_cut_down_and_touches_nothing_else(tmp_path):
    base = load_policy("default")
    read = written_and_read(accept(propose([label(0.7, True)] * 100), base), tmp_path)
    assert (decision(base, 0.75), decision(read, 0.75)) == (Decision.REVIEW, Decision.BLOCK)
    assert read.rules == base.rules
    for probability in (0.4, 0.55, 0.65, 0.85):
        assert decision(read, probability) is decision(base, probability)
        assert decision(read, probability, severity=1) is decision(base, probability, severity=1)
    assert decision(read, 0.75, "zh") is Decision.REVIEW
    assert decision(read, 0.1, severity=3) is Decision.BLOCK
    (threshold,) = read.thresholds
    assert threshold.cuts[Decision.BLOCK].reviewed == 100
    again = accept(propose([label(0.72, True)] * 100), read)
    assert (len(again.thresholds), again.id) == (1, read.id)
    with pytest.raises(BadInputError, match="no threshold"):
        accept(propose([]), base)


def test_accepting_moves_a_cut_up(tmp_path):
    base = load_policy("default")
    # Wrong up to .9, right above: the block at .8 was too early.
    rows = [label(0.82, False)] * 100 + [label(0.93, True)] * 100
    read = written_and_read(accept(propose(rows), base), tmp_path)
    assert (decision(base, 0.85), decision(read, 0.85)) == (Decision.BLOCK, Decision.REVIEW)
    assert decision(read, 0.95) is Decision.BLOCK
    assert [str(c) for c in compare_policies(base, read) if c.part.startswith("threshold")] == [
        "threshold d:hate:en added: block: no cut → 0.93; review: no cut → 0.5"
    ]


def test_accepting_reaches_thresholds_that_are_more_exact(tmp_path):
    exact = Policy(
        id="p",
        thresholds=[
            {
                "detector": "d",
                "category": "hate",
                "subcategory": "slur",
                "cuts": {"block": 0.6, "review": 0.4},
            }
        ],
    )
    read = written_and_read(accept(propose([label(0.8, True)] * 100), exact), tmp_path)
    assert decision(read, 0.7, subcategory="slur") is Decision.REVIEW
    assert decision(read, 0.7, "zh", subcategory="slur") is Decision.BLOCK
    assert decision(read, 0.85, subcategory="other") is Decision.BLOCK


def settled(store, verdict, text, outcome, **options):
    item = store.enqueue(verdict, text)
    store.claim("ann", item_id=item.id)
    store.decide(item.id, "ann", outcome, "x", **options)
    return item.id


def test_labels_follow_the_decision(store, verdict, tmp_path):
    held, passed = verdict(), verdict(decision="allow")
    cases = {
        settled(store, held, "a", "uphold"): (True, ("spam",), True),
        settled(store, held, "b", "overturn"): (False, (), False),
        settled(store, passed, "c", "uphold"): (False, (), False),
        # Delivered, and should not have been: what it is, nobody said.
        settled(store, passed, "d", "overturn"): (True, None, None),
        # The reviewer's own word beats what the outcome implies.
        settled(store, held, "e", "uphold", categories=["hate"]): (True, ("hate",), False),
        settled(store, held, "f", "uphold", categories=[]): (False, (), False),
    }
    waiting = settled(store, held, "g", "escalate")
    appealed = settled(store, held, "h", "uphold")
    store.appeal(appealed, "user", "x")
    rows = {row.item: row for row in store.labels()}
    assert waiting not in rows
    assert appealed not in rows
    assert {i: (r.violates, r.categories, r.findings[0].correct) for i, r in rows.items()} == cases
    out = tmp_path / "labels.jsonl"
    assert write_jsonl(store.labels(), out) == len(cases)
    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert (first["text"], first["violates"], first["language"]) == ("a", True, "en")
    assert "ann" not in out.read_text(encoding="utf-8")
