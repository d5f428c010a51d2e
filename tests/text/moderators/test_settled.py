"""What detectors say about the end of a text is true: more text changes nothing before that place."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stream_texts import TERMS, random_text

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.policy import load_policy
from aigc_sdk.policy.floors import acting_floors
from aigc_sdk.runtime.graphemes import is_boundary
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_text.moderators.adlaw.moderator import AdLawModerator
from aigc_text.moderators.lexicon import LexiconModerator
from aigc_text.moderators.privacy.detector import PrivacyModerator

FLOORS = dict.fromkeys(Category, Severity.MEDIUM)


@pytest.fixture(scope="module")
def detectors(tmp_path_factory):
    words = tmp_path_factory.mktemp("lists") / "words.tsv"
    words.write_text(TERMS, encoding="utf-8")
    made = {"lexicon": LexiconModerator([words]), "privacy": PrivacyModerator(), "ad-law": AdLawModerator()}
    for detector in made.values():
        detector.load(None)
    return made


def matches(detector, text):
    """(start, end, what) of everything grave enough to be acted on."""
    (row,) = detector.moderate([Text(text)], stage=Stage.OUTPUT, ctx=CallContext())
    return sorted(
        (span.start, span.end, finding.category, finding.subcategory or "", finding.severity)
        for finding in row.findings
        if finding.severity >= FLOORS[finding.category]
        for span in finding.spans
    )


@pytest.mark.parametrize("name", ["lexicon", "privacy", "ad-law"])
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.floats(0, 1))
def test_more_text_changes_nothing_before_the_settled_place(detectors, name, seed, share):
    detector = detectors[name]
    text = random_text(random.Random(seed), 14)
    have = text[: int(share * len(text))]
    place = detector.settled(have, FLOORS)
    assert 0 <= place <= len(have)
    while not is_boundary(text, place):  # windows end on graphemes, and spans begin there
        place -= 1
    before = [m for m in matches(detector, have) if m[0] < place]
    assert before == [m for m in matches(detector, text) if m[0] < place]


def test_prose_waits_for_its_last_words_only(detectors):
    text = "The quiet lamp shines over the river, and nobody minds that it is late in the evening. Some more"
    for name in ("lexicon", "privacy"):
        assert detectors[name].settled(text + " ", FLOORS) > len(text) - 12
    text = "今天天气很好，我们一起去公园散步，晚上回家做饭"
    for name in ("lexicon", "privacy"):
        assert detectors[name].settled(text, FLOORS) > len(text) - 6


def test_what_no_rule_acts_on_is_not_waited_for(detectors):
    floors = acting_floors(load_policy("default"), Stage.OUTPUT)
    assert detectors["ad-law"].settled("the best mattress in the wor", {}) == 28
    assert detectors["privacy"].settled("call 1380013", {}) == 12
    assert floors[Category.PRIVACY] is Severity.MEDIUM
