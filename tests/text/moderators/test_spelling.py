"""Errors of language are mended where a policy asks for it, and what is mended is screened again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.policy import Policy
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Stage
from aigc_sdk.verdict import Decision
from aigc_text.moderators.specs import MODERATORS
from aigc_text.moderators.spelling import DETECTOR, MAX_MATCH, SpellingModerator, SpellingOptions


def policy(**options) -> Policy:
    return Policy(
        id="mend",
        detectors=[{"id": "text/spelling", "options": options, "timeout_s": 300}],
        rules=[
            {"name": "spelling", "action": "allow", "categories": ["quality"], "repair": True},
            {"name": "private", "action": "redact", "categories": ["privacy"]},
            {"name": "claims", "action": "block", "categories": ["ad_law"], "repair": True},
        ],
    )


@pytest.fixture(scope="module")
def studio():
    with Studio(policy=policy(), timeout=None) as made:
        made.moderate("Ready.", language="en")
        yield made


def test_the_spec_says_what_the_detector_does():
    spec = next(s for s in MODERATORS if s.id == DETECTOR)
    assert (spec.max_match, spec.opt_in) == (MAX_MATCH, True)
    assert spec.options_model() is SpellingOptions


def test_a_misspelt_word_is_mended_and_put_down(studio):
    verdict = studio.moderate("We recieve the parcels every morning.", language="en")
    assert (verdict.decision, verdict.redacted) == (Decision.REDACT, "We receive the parcels every morning.")
    (repair,) = verdict.repairs
    assert (repair.before, repair.after, repair.category) == ("recieve", "receive", Category.QUALITY)
    assert verdict.status == "complete"


def test_errors_claims_and_private_data_are_mended_together(studio):
    text = "这款顶级面霜,请致电13812345678。"
    verdict = studio.moderate(text, language="zh")
    assert verdict.decision is Decision.REDACT
    assert "优质" in verdict.redacted
    assert "13812345678" not in verdict.redacted + str([r.before for r in verdict.repairs])


def test_correct_text_passes_as_it_is(studio):
    for text in ("We receive the parcels every morning.", "我们每天早上收到包裹。"):
        assert studio.moderate(text).decision is Decision.ALLOW


def test_options_choose_kinds_and_known_words():
    sure, picky = policy(known=["recieve"]), policy(kinds=["grammar"])
    with Studio(policy=sure, timeout=None) as known, Studio(policy=picky, timeout=None) as some:
        for one in (known, some):
            assert one.moderate("We recieve parcels.", language="en").decision is Decision.ALLOW


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("abcde ,.!?'\"recieve，。的得地 你我"), max_size=60),
    st.sampled_from(["en", "zh"]),
)
def test_findings_lie_in_the_text_and_within_the_bound(text, language):
    if not text.strip():
        return
    (row,) = SpellingModerator().moderate([Text(text, language)], stage=Stage.OUTPUT, ctx=CallContext())
    for finding in row.findings:
        (span,) = finding.spans
        assert 0 <= span.start < span.end <= len(text)
        assert span.end - span.start <= MAX_MATCH
