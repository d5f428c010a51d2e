"""Ordinary sentences with trigger words, identity terms and awkward place names must not be stopped.

The sentences were written for this test and are in no training set; some of their awkward words (Scunthorpe, Essex)
are, in other sentences, so this is a guard against relapse and not a measurement.
"""

from pathlib import Path

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Severity, Stage
from aigc_text.moderators.classifier import ClassifierModerator
from aigc_text.moderators.lexicon import LexiconModerator

SENTENCES = {
    language: (Path(__file__).parent / f"benign_{language}.txt").read_text(encoding="utf-8").splitlines()
    for language in ("en", "zh")
}


@pytest.fixture(scope="module")
def runtime():
    with Runtime(device="cpu", threads=1) as runtime:
        yield runtime


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("make", [LexiconModerator, ClassifierModerator])
def test_no_ordinary_sentence_reaches_the_level_that_is_acted_on(make, language, runtime):
    moderator = make()
    moderator.load(runtime)
    texts = SENTENCES[language]
    assert len(texts) >= 60
    screenings = moderator.moderate([Text(t) for t in texts], stage=Stage.OUTPUT, ctx=CallContext())
    acted_on = [
        (text, str(f.category))
        for text, screening in zip(texts, screenings, strict=True)
        for f in screening.findings
        if f.severity >= Severity.MEDIUM
    ]
    assert acted_on == []
