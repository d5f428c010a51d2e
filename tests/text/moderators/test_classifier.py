"""The cascade: what the fast tier decides, what it leaves to the deep one, and what happens where that fails."""

import threading
from typing import ClassVar

import numpy as np
import pytest

from aigc_sdk.bundles import open_bundle
from aigc_sdk.content import Image, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError, CancelledError, ComponentError, UnsupportedLanguageError
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Screening
from aigc_text.moderators import deep as deep_module
from aigc_text.moderators.classifier import HEADS, ClassifierModerator
from aigc_text.moderators.fast import BUNDLE, FastScores, HeadCuts
from aigc_text.moderators.shipped import FOLDER
from aigc_text.training.labelled import HEADS as LABELS

SPAM = "Congratulations! You have WON a £2000 prize. Call 09061701461 now, text CLAIM to 81010 to stop"
FILLER = "The garden was quiet and the tea was warm in the afternoon sun. "


class FakeFast:
    """Reads marks: ``murky`` is not clear, ``bad`` is flagged, ``surely`` is beyond doubt."""

    heads = ("offence", "spam")
    languages = ("en", "zh")
    digest = "fast-digest"
    cuts: ClassVar = {
        "en": {"offence": HeadCuts(0.3, 0.5, 0.9), "spam": HeadCuts(0.3, 0.5, None)},
        "zh": {"offence": HeadCuts(0.3, 0.5, None)},
    }

    def score(self, texts, languages, *, ctx=None):
        rows = [[0.95 if "surely" in t else 0.6 if "bad" in t or "坏" in t else 0.1, 0.1] for t in texts]
        clear = [not any(mark in t for mark in ("murky", "bad", "surely", "坏", "疑")) for t in texts]
        return FastScores(np.array(rows, np.float32).reshape(len(texts), 2), np.array(clear, bool))

    def spans(self, text, head):
        return ()


class FakeDeep:
    """Gives every text what ``answer`` holds for it, and remembers what it was asked."""

    heads = LABELS
    digest = "deep-digest"
    thresholds: ClassVar = {language: dict.fromkeys(LABELS, 0.5) for language in ("en", "zh")}
    aside_thresholds: ClassVar = {language: dict.fromkeys(LABELS, 0.7) for language in ("en", "zh")}

    def __init__(self, answer=None, failure=None):
        self.answer, self.failure, self.asked = answer or {}, failure, []

    def probabilities(self, texts, languages, *, ctx=None):
        self.asked.append(list(zip(texts, languages, strict=True)))
        if self.failure is not None:
            raise self.failure
        return np.array([self.answer.get(t, [0.01] * len(LABELS)) for t in texts], np.float32)


def saying(**probabilities):
    return [probabilities.get(head, 0.01) for head in LABELS]


def cascade(deep=None):
    moderator = ClassifierModerator()
    moderator._fast, moderator._deep = FakeFast(), deep
    return moderator


def screen(moderator, *items, ctx=None):
    contents = [Text(i) if isinstance(i, str) else i for i in items]
    return moderator.moderate(contents, stage=Stage.OUTPUT, ctx=ctx or CallContext())


def test_clear_texts_never_reach_the_deep_tier():
    deep = FakeDeep()
    results = screen(cascade(deep), "a fine day", "今天很好", "nice tea")
    assert deep.asked == []
    assert all(isinstance(r, Screening) and not r.findings for r in results)


def test_doubtful_texts_go_to_the_deep_tier_in_one_call_and_as_they_are():
    deep = FakeDeep({"A Murky thing!": saying(violence=0.99), "bad, but a quotation": saying()})
    moderator = cascade(deep)
    fine, murky, quoted = screen(moderator, "fine", "A Murky thing!", "bad, but a quotation")
    assert deep.asked == [[("A Murky thing!", "en"), ("bad, but a quotation", "en")]]
    assert not fine.findings
    assert fine.bundle == "fast-digest"
    (finding,) = murky.findings
    assert (finding.category, finding.severity) == (Category.VIOLENCE, Severity.HIGH)
    assert finding.bundle == murky.bundle == "deep-digest"
    assert "deep tier" in finding.explanation.en
    assert "深度" in finding.explanation.zh
    assert not quoted.findings  # the deep tier's word counts, not the fast tier's suspicion
    assert (moderator.decided.fast, moderator.decided.deep) == (1, 2)


def test_what_the_fast_tier_is_sure_of_stays_found():
    deep = FakeDeep()
    (alone,) = screen(cascade(deep), "surely so")
    assert deep.asked == []
    assert [f.category for f in alone.findings] == [Category.HARASSMENT]


def test_without_a_deep_tier_the_fast_one_decides_alone():
    murky, bad = screen(cascade(None), "murky", "bad")
    assert not murky.findings
    (finding,) = bad.findings
    assert finding.severity == Severity.MEDIUM
    assert finding.probability == pytest.approx(0.6)
    assert "fast tier" in finding.explanation.en


@pytest.mark.parametrize(
    "failure", [ComponentError("broken"), RuntimeError("broken"), ValueError(), CancelledError("stop")]
)
def test_a_deep_tier_that_raises_fails_its_texts_and_no_others(failure):
    fine, murky, bad = screen(cascade(FakeDeep(failure=failure)), "fine", "murky", "bad")
    assert isinstance(fine, Screening)
    assert isinstance(murky, Err)
    assert isinstance(bad, Err)
    assert isinstance(murky.error, ComponentError | CancelledError)


@pytest.mark.parametrize("rubbish", [[float("nan")] * len(LABELS), [0.5], saying(offence=float("inf"))])
def test_rubbish_from_the_deep_tier_passes_nothing(rubbish):
    (murky,) = screen(cascade(FakeDeep({"murky": rubbish})), "murky")
    assert isinstance(murky, Err)


def test_severity_rises_with_the_probability_and_only_grave_heads_become_severe():
    answers = {
        f"murky {n}": saying(**{head: p})
        for n, (head, p) in enumerate(
            [("spam", 0.99), ("self_harm", 0.99), ("self_harm", 0.6), ("self_harm", 0.4), ("self_harm", 0.2)]
        )
    }
    rows = screen(cascade(FakeDeep(answers)), *answers)
    found = [max((f.severity for f in row.findings), default=Severity.SAFE) for row in rows]
    assert found == [Severity.MEDIUM, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.SAFE]


def test_the_head_that_guards_instructions_is_left_to_its_own_moderator():
    (row,) = screen(cascade(FakeDeep({"murky": saying(injection=0.99)})), "murky")
    assert not row.findings


def test_passages_in_the_other_language_are_decided_on_their_own():
    deep = FakeDeep({" this is murky ": saying(offence=0.9)})
    (row,) = screen(
        cascade(deep), "今天的会议改到下午三点，请大家准时参加，会议室在二楼 this is murky 谢谢配合"
    )
    assert (" this is murky ", "en") in deep.asked[0]
    assert [f.category for f in row.findings] == [Category.HARASSMENT]


def test_a_passage_torn_out_of_its_text_has_a_threshold_of_its_own():
    text = "今天的会议改到下午三点，请大家准时参加，会议室在二楼 this is murky 谢谢配合"
    (row,) = screen(cascade(FakeDeep({" this is murky ": saying(offence=0.65)})), text)
    assert [f.severity for f in row.findings] == [Severity.LOW]
    (row,) = screen(cascade(FakeDeep({text: saying(offence=0.65)})), text)
    assert [f.severity for f in row.findings] == [Severity.MEDIUM]


def test_every_head_has_a_category():
    assert set(HEADS) == set(LABELS) - {"injection"}


def test_texts_are_counted_from_several_threads():
    moderator = cascade(FakeDeep())
    threads = [threading.Thread(target=lambda: screen(moderator, "fine", "murky")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (moderator.decided.fast, moderator.decided.deep) == (8, 8)


# ---- the shipped bundle -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    patch = pytest.MonkeyPatch()
    patch.setattr(deep_module, "deep_classifier", lambda runtime: None)
    with Runtime(device="cpu", threads=1) as runtime:
        moderator = ClassifierModerator()
        moderator.load(runtime)
        yield moderator
        moderator.close()
    patch.undo()


def test_the_shipped_bundle_is_whole_small_and_carries_its_reports():
    bundle = open_bundle(FOLDER / BUNDLE)
    manifest = bundle.manifest
    assert bundle.size < 5 << 20
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance
    for heads in manifest.calibration.values():
        assert set(heads) <= set(HEADS)
        for point in heads.values():
            assert point["slope"] > 0
            assert point["low"] <= point["threshold"] <= (point["sure"] or 1)
            assert point["at_threshold"]["fpr_ordinary"] <= 0.01
            assert point["base_rate"]
            recalls = [row["recall"] for row in point["curve"]]
            assert recalls == sorted(recalls, reverse=True)
    clear = manifest.extra["clear"]
    assert clear["en"]["missed"] <= 0.02
    assert clear["en"]["everyday_clear"] >= 0.9
    assert clear["zh"]["margin"] is None  # one labelled source: none to leave out
    assert not {c.name for c in manifest.training_data} & {"zh_toxicn", "en_offense_olid", "en_news_agnews"}


def test_findings_explain_themselves(shipped):
    (screening,) = screen(shipped, SPAM)
    finding = next(f for f in screening.findings if f.category == "spam")
    assert finding.severity == Severity.MEDIUM
    assert 0.5 < finding.probability <= 1
    assert finding.explanation.code == "classifier.spam"
    assert "threshold" in finding.explanation.en
    assert "阈值" in finding.explanation.zh
    assert finding.spans
    assert all(0 <= s.start < s.end <= len(SPAM) for s in finding.spans)
    assert finding.bundle == screening.bundle


def test_a_small_part_of_a_long_text_counts_like_a_short_text(shipped):
    for before in (0, 7, 61):
        (screening,) = screen(shipped, FILLER * before + f"{SPAM}. " * 2 + FILLER * 40)
        assert any(f.category == "spam" for f in screening.findings)


def test_results_do_not_depend_on_batch_mates(shipped):
    texts = [f"{word} " * n for n, word in enumerate(["tea", "咖啡", "garden", "花园"] * 40, start=1)] + [
        SPAM
    ]
    together = shipped.probabilities([Text(t) for t in texts])
    alone = [shipped.probabilities([Text(t)])[0] for t in texts]
    assert together == alone


def test_everyday_texts_are_clear(shipped):
    texts = [
        "what is my account balance",
        "book a table for two tonight",
        "我想查一下快递到哪里了",
        "明天会下雨吗",
    ]
    assert all(not row.findings for row in screen(shipped, *texts))


def test_what_cannot_be_read_is_an_error_and_what_is_empty_is_not(shipped):
    pixels = Image(np.zeros((2, 2, 3), np.uint8))
    russian, french, blank, smile, picture, fine = screen(
        shipped,
        "Это просто текст по-русски",
        Text("bonjour", language="fr"),
        "  ",
        "😀👍🏽",
        pixels,
        "Good tea",
    )
    assert isinstance(russian.error, UnsupportedLanguageError)
    assert isinstance(french.error, UnsupportedLanguageError)
    assert isinstance(picture.error, BadInputError)
    assert all(isinstance(r, Screening) and not r.findings for r in (blank, smile, fine))


def test_unloaded_or_cancelled_it_clears_nothing(shipped):
    (unloaded,) = screen(ClassifierModerator(), "fine")
    assert isinstance(unloaded.error, ComponentError)
    ctx = CallContext()
    ctx.cancel.cancel()
    (cancelled,) = screen(shipped, "fine", ctx=ctx)
    assert isinstance(cancelled.error, CancelledError)
