"""The linear moderator: windows, calibration, routing, and the shipped bundle's reports."""

import hashlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.bundles import open_bundle
from aigc_sdk.content import Image, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    BundleError,
    CancelledError,
    ComponentError,
    UnsupportedLanguageError,
)
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Severity, Stage
from aigc_sdk.verdict import Err, Screening
from aigc_text.moderators.evidence import Evidence
from aigc_text.moderators.reading import Window
from aigc_text.moderators.shipped import FOLDER
from aigc_text.moderators.svm import BATCH, HEADS, SvmModerator, _Head


@pytest.fixture(scope="module")
def moderator():
    with Runtime(device="cpu", threads=1) as runtime:
        moderator = SvmModerator()
        moderator.load(runtime)
        yield moderator
        moderator.close()


def screen(moderator, *items, ctx=None):
    contents = [Text(i) if isinstance(i, str) else i for i in items]
    return moderator.moderate(contents, stage=Stage.OUTPUT, ctx=ctx or CallContext())


@given(st.text(min_size=1, max_size=300), st.integers(2, 40))
def test_windows_cover_every_character_and_lie_at_fixed_places(text, half):
    window = Window(2 * half, half)
    pieces = list(window.cut(text))
    assert all(text[i * half : i * half + 2 * half] == piece for i, piece in enumerate(pieces))
    assert (len(pieces) - 1) * half + 2 * half >= len(text)
    # What comes later never moves an earlier window that is full.
    longer = list(window.cut(text + "more"))
    assert [p for p in pieces if len(p) == 2 * half] == [
        p for p in longer[: len(pieces)] if len(p) == 2 * half
    ][: len([p for p in pieces if len(p) == 2 * half])]


def test_probabilities_rise_with_the_margin_and_never_overflow():
    head = _Head("offence", 0, slope=3.0, offset=-2.0, low=0.2, threshold=0.6)
    values = [head.probability(m) for m in (-1e6, -1.0, 0.0, 1.0, 1e6)]
    assert values == sorted(values)
    assert values[0] == 0.0
    assert values[-1] == 1.0
    assert math.isclose(head.probability(2 / 3), 0.5)
    assert [head.severity(m) for m in (0.1, 0.3, 0.6)] == [Severity.SAFE, Severity.LOW, Severity.MEDIUM]


def test_evidence_points_at_the_words_that_weigh_most(tmp_path):
    ngrams = [" zork ", "zork", "hello"]
    Evidence.save(tmp_path / "e.npz", ngrams, np.asarray([[2.0], [1.5], [-1.0]]), ["offence"])
    spans = Evidence.load(tmp_path / "e.npz").spans("Hello, my ＺＯＲＫ friend", "offence")
    assert [(s.start, s.end, s.matched) for s in spans] == [(10, 14, "zork")]


def test_damaged_evidence_is_refused(tmp_path):
    (tmp_path / "e.npz").write_bytes(b"nonsense")
    with pytest.raises(BundleError):
        Evidence.load(tmp_path / "e.npz")


def test_the_shipped_bundle_is_whole_small_and_carries_its_reports():
    bundle = open_bundle(FOLDER / "moderation-svm")
    manifest = bundle.manifest
    assert bundle.size < 6 << 20
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance
    assert len(set(manifest.parity.shapes)) >= 2
    for language in ("en", "zh"):
        for head in manifest.extra["models"][language]["heads"]:
            assert head in HEADS
            operating = manifest.calibration[language][head]
            assert operating["low"] <= operating["threshold"]
            assert operating["at_threshold"]["fpr_ordinary"] <= 0.005
            recalls = [point["recall"] for point in operating["curve"]]
            assert recalls == sorted(recalls, reverse=True)
    assert not {c.name for c in manifest.training_data} & {"zh_toxicn", "en_offense_olid", "en_news_agnews"}


def test_findings_explain_themselves(moderator):
    text = "Congratulations! You have WON a £2000 prize. Call 09061701461 now, text CLAIM to 81010 to stop"
    (screening,) = screen(moderator, text)
    finding = next(f for f in screening.findings if f.category == "spam")
    assert finding.severity == Severity.MEDIUM
    assert 0.5 < finding.probability <= 1
    assert finding.explanation.code == "svm.spam"
    assert "threshold" in finding.explanation.en
    assert "阈值" in finding.explanation.zh
    assert finding.spans
    assert all(0 <= s.start < s.end <= len(text) for s in finding.spans)
    assert finding.bundle == screening.bundle


def test_a_small_part_of_a_long_text_counts_like_a_short_text(moderator):
    spam = "Congratulations! You have WON a £2000 prize. Call 09061701461 now, text CLAIM to 81010 to stop. "
    filler = "The garden was quiet and the tea was warm in the afternoon sun. "
    for before in (0, 7, 61):
        (screening,) = screen(moderator, filler * before + spam * 2 + filler * 40)
        assert any(f.category == "spam" for f in screening.findings)


def test_results_do_not_depend_on_batch_mates(moderator):
    texts = [f"{word} " * n for n, word in enumerate(["tea", "咖啡", "garden", "花园"] * BATCH, start=1)][
        : BATCH + 9
    ]
    together = screen(moderator, *texts)
    assert together == [screen(moderator, t)[0] for t in texts]


def test_what_cannot_be_read_is_an_error_and_what_is_empty_is_not(moderator):
    pixels = Image(np.zeros((2, 2, 3), np.uint8))
    russian, french, blank, smile, picture, fine = screen(
        moderator,
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


def test_unloaded_or_cancelled_it_clears_nothing(moderator):
    (unloaded,) = screen(SvmModerator(), "fine")
    assert isinstance(unloaded, Err)
    assert isinstance(unloaded.error, ComponentError)
    ctx = CallContext()
    ctx.cancel.cancel()
    (cancelled,) = screen(moderator, "fine", ctx=ctx)
    assert isinstance(cancelled, Err)
    assert isinstance(cancelled.error, CancelledError)


def test_held_out_rows_are_chosen_by_content():
    from aigc_text.training.moderation_svm import held_back

    texts = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(4000)]
    share = sum(map(held_back, texts)) / len(texts)
    assert 0.17 < share < 0.23
    assert [held_back(t) for t in texts] == [held_back(t) for t in texts]


def test_passages_in_the_other_language_are_read_on_their_own(moderator):
    spam = "Congratulations! You have WON a £2000 prize. Call 09061701461 now, text CLAIM to win cash prizes urgently"
    (mixed,) = screen(
        moderator, "今天的会议改到下午三点，请大家准时参加，会议室在二楼，茶水自备，谢谢配合。" * 2 + spam
    )
    assert any(f.category == "spam" for f in mixed.findings)
    plain, names = screen(
        moderator,
        "《战国无双3》由光荣和ω-force开发，2009年发售。",
        "他用 Python 和 Java 写过 Web 服务，也懂 Docker。",
    )
    assert not plain.findings
    assert not names.findings


def test_a_wrong_statement_of_no_language_passes_nothing_unread(moderator):
    (result,) = screen(moderator, Text("\u043f\u0440\u0438\u0432\u0435\u0442", language="zxx"))
    assert isinstance(result.error, UnsupportedLanguageError)


def test_deterministic_margins_do_not_depend_on_batch_mates(moderator, monkeypatch):
    seen = []
    model = moderator._models["en"]
    margins = model.margins
    monkeypatch.setattr(
        model, "margins", lambda windows, ctx: seen.append(len(windows)) or margins(windows, ctx)
    )
    screen(moderator, "one text", "another text", "a third", ctx=CallContext(deterministic=True))
    assert seen == [1, 1, 1]
