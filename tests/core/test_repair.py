"""Mending: what is objected to is replaced and screened again; nothing gets out that way which screening refuses."""

from __future__ import annotations

import fake_plugins
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Candidate, Text
from aigc_sdk.errors import ContentBlockedError
from aigc_sdk.policy import Policy, Rule
from aigc_sdk.request import Generation
from aigc_sdk.result import StreamDone
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, Err, Explanation, Finding, Halt, Screening, Span

# word → (category, severity, replacement)
LEXICON = {
    "best": (Category.AD_LAW, Severity.MEDIUM, "very good"),
    "最佳": (Category.AD_LAW, Severity.MEDIUM, "优质"),
    "cursed": (Category.PROFANITY, Severity.MEDIUM, None),
    "recieve": (Category.CUSTOM, Severity.LOW, "receive"),
    "555-1234": (Category.PRIVACY, Severity.MEDIUM, "[phone]"),
    "forbidden": (Category.VIOLENCE, Severity.HIGH, None),
    "chain": (Category.AD_LAW, Severity.MEDIUM, "best"),
    "trap": (Category.AD_LAW, Severity.MEDIUM, "forbidden"),
    "gone": (Category.AD_LAW, Severity.MEDIUM, ""),
    "loop": (Category.AD_LAW, Severity.MEDIUM, "loop loop"),
}
RULES = (
    Rule(name="grave", action="block", min_severity="high", repair=False),
    Rule(name="claims", action="block", categories=["ad_law"], repair=True),
    Rule(name="spelling", action="allow", categories=["custom"], repair=True),
    Rule(name="coarse", action="redact", categories=["profanity"]),
    Rule(name="private", action="redact", categories=["privacy"]),
)


def suggest(items, stage=None, ctx=None):
    rows = []
    for item in items:
        findings = []
        for word, (category, severity, replacement) in LEXICON.items():
            places = [i for i in range(len(item.text)) if item.text.startswith(word, i)]
            if places:
                spans = tuple(Span(start=i, end=i + len(word)) for i in places)
                findings.append(
                    Finding(category=category, severity=severity, spans=spans, replacement=replacement)
                )
        rows.append(Screening(tuple(findings)))
    return rows


@pytest.fixture
def mending(parts, monkeypatch):
    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(suggest))
    with Studio(policy=Policy(id="mend", rules=RULES), registry=parts.registry(), timeout=20) as made:
        yield made


def test_a_claim_is_replaced_by_the_suggestion_and_put_down(mending):
    verdict = mending.moderate("The best tea, the best cup.")
    assert verdict.decision is Decision.REDACT
    assert verdict.redacted == "The very good tea, the very good cup."
    assert [(r.start, r.end, r.before, r.after, r.rule, r.detector) for r in verdict.repairs] == [
        (4, 8, "best", "very good", "claims", "text/words"),
        (18, 22, "best", "very good", "claims", "text/words"),
    ]
    assert any(a.rule == "repaired" for a in verdict.applied)
    assert mending.moderate("最佳的茶", language="zh").redacted == "优质的茶"


def test_what_is_only_recorded_is_mended_too_where_a_rule_says_so(mending):
    verdict = mending.moderate("You recieve tea.")
    assert (verdict.decision, verdict.redacted) == (Decision.REDACT, "You receive tea.")


def test_everything_objected_to_must_be_mendable(mending):
    assert mending.moderate("The best forbidden tea.").decision is Decision.BLOCK
    both = mending.moderate("The best cursed tea for 555-1234.")
    assert both.redacted == "The very good [profanity] tea for [phone]."
    # What was private, or coarse and replaced by a placeholder, is not written down.
    assert [r.before for r in both.repairs] == ["best", None, None]


def test_a_mended_text_that_is_refused_stays_refused_with_the_stricter_verdict(mending):
    verdict = mending.moderate("A trap.")
    assert verdict.decision is Decision.BLOCK
    assert (verdict.redacted, verdict.repairs) == (None, ())
    assert any(a.rule == "repair_failed" for a in verdict.applied)


def test_a_correction_that_lays_bare_what_was_disguised_blocks(mending, monkeypatch):
    monkeypatch.setitem(LEXICON, "f0rbidden", (Category.CUSTOM, Severity.LOW, "forbidden"))
    assert mending.moderate("A f0rbidden word.").decision is Decision.BLOCK


def test_rounds_are_bounded(parts, monkeypatch):
    calls = []

    def counted(items, stage, ctx):
        calls.append(len(items))
        return suggest(items)

    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(counted))
    for rounds in (1, 2, 3):
        policy = Policy(id="mend", rules=RULES, repair={"rounds": rounds})
        with Studio(policy=policy, registry=parts.registry()) as studio:
            calls.clear()
            assert studio.moderate("A loop.").decision is Decision.BLOCK
            assert sum(calls) == 1 + rounds
            chained = studio.moderate("A chain of tea.")
            assert chained.decision is (Decision.BLOCK if rounds == 1 else Decision.REDACT)
            if rounds > 1:
                assert chained.redacted == "A very good of tea."
                assert [(r.start, r.end, r.before) for r in chained.repairs] == [(2, 7, "chain")]


def test_a_text_that_would_be_empty_is_not_mended(mending):
    assert mending.moderate("gone").decision is Decision.BLOCK
    assert mending.moderate("tea gone").redacted == "tea "


def test_prompts_are_refused_and_not_mended(mending):
    for stage in (Stage.PROMPT, Stage.RETRIEVED):
        assert mending.moderate("The best tea.", stage=stage).decision is Decision.BLOCK


def test_streams_are_not_mended(mending, parts, monkeypatch):
    monkeypatch.setattr(
        parts.WordModerator,
        "hook",
        staticmethod(
            lambda items, stage, ctx: suggest(items) if stage is Stage.OUTPUT else [Screening()] * len(items)
        ),
    )
    events = list(mending.stream("text/echo", {"text": "tea " * 20 + "the best tea"}))
    assert isinstance(events[-1], Halt)
    assert not any(isinstance(e, StreamDone) for e in events)


def test_a_global_switch_lets_every_rule_and_one_rule_can_refuse(parts, monkeypatch):
    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(suggest))
    rules = (Rule(name="claims", action="review", categories=["ad_law"]),)
    closed = (Rule(name="claims", action="review", categories=["ad_law"], repair=False),)
    for given_rules, repair, expected in (
        (rules, True, Decision.REDACT),
        (rules, False, Decision.REVIEW),
        (closed, True, Decision.REVIEW),
    ):
        policy = Policy(id="p", rules=given_rules, repair=repair)
        with Studio(policy=policy, registry=parts.registry()) as studio:
            assert studio.moderate("The best tea.").decision is expected


def test_generated_text_is_delivered_mended(mending, parts, monkeypatch):
    monkeypatch.setattr(
        parts.Echo,
        "hook",
        staticmethod(lambda rs, ctx: [Generation((Candidate(Text("The best tea."), method="x"),))] * len(rs)),
    )
    result = mending.generate("text/echo", {"text": "tea"})
    assert result.text == "The very good tea."
    assert result.as_dict()["outputs"][0]["verdict"]["repairs"][0]["before"] == "best"


def test_observers_hear_once_and_the_last_word(parts, monkeypatch):
    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(suggest))
    heard = []

    @parts.hookimpl
    def aigc_on_verdict(verdict):
        heard.append(str(verdict.decision))

    watcher = parts.plugin("watch", aigc_on_verdict=aigc_on_verdict)
    for shadow in (None, "default"):
        heard.clear()
        policy = Policy(id="mend", rules=RULES)
        with Studio(policy=policy, registry=parts.registry(watcher), shadow=shadow) as studio:
            studio.moderate("The best tea.")
            assert heard == ["redact"]
            if shadow:
                report = studio.shadow_report()
                assert (report.compared, report.differing) == (1, 1)


def test_a_detector_that_fails_on_the_mended_text_lets_nothing_through(mending, parts, monkeypatch):
    def failing(items, stage, ctx):
        if any("very good" in i.text for i in items):
            return [Err(RuntimeError("broken"))] * len(items)
        return suggest(items)

    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(failing))
    assert mending.moderate("The best tea.").decision is Decision.BLOCK


def test_feedback_never_repeats_what_was_found(parts, monkeypatch):
    secret = "Zebra-Quartz-77"
    seen = []

    def tattle(items, stage, ctx):
        rows = []
        for item in items:
            at = item.text.find(secret)
            why = Explanation(code="x", en=f"it says {secret} and {secret.lower()}", zh=f"含有{secret}")
            spans = (Span(start=at, end=at + len(secret), matched=secret.lower()),)
            found = Finding(category=Category.VIOLENCE, severity=Severity.HIGH, spans=spans, explanation=why)
            rows.append(Screening((found,) if at >= 0 else ()))
        return rows

    def write(requests, ctx):
        seen.extend(requests)
        text = "calm tea" if requests[0].attempt else f"tea {secret}"
        return [Generation((Candidate(Text(text)),))]

    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(tattle))
    monkeypatch.setattr(parts.Echo, "hook", staticmethod(write))
    policy = Policy(id="p", rules=RULES, max_attempts=3)
    with Studio(policy=policy, registry=parts.registry()) as studio:
        result = studio.generate("text/echo", {"text": "tea"})
    assert [r.attempt for r in seen] == [0, 1]
    assert seen[1].feedback
    for line in (*seen[1].feedback, *result.trace.dropped):
        assert "violence" in line
        assert secret.lower() not in line.lower()


def test_the_error_of_a_refusal_does_not_repeat_it_either(parts, monkeypatch):
    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(suggest))
    monkeypatch.setattr(
        parts.Echo, "hook", staticmethod(lambda rs, ctx: [Generation((Candidate(Text("forbidden")),))])
    )
    with (
        Studio(policy=Policy(id="p", rules=RULES), registry=parts.registry()) as studio,
        pytest.raises(ContentBlockedError) as caught,
    ):
        studio.generate("text/echo", {"text": "tea"})
    assert "forbidden" not in str(caught.value)


words = st.sampled_from([*LEXICON, "tea", "cup", " ", "，", "最", "佳", "be", "st"])
actions = st.sampled_from(["allow", "redact", "review", "block"])
some_rules = st.lists(
    st.builds(
        Rule,
        name=st.just("r"),
        action=actions,
        categories=st.lists(
            st.sampled_from(["ad_law", "profanity", "custom", "privacy", "violence"]), max_size=2
        ),
        repair=st.sampled_from([None, True, False]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words, min_size=1, max_size=8).map("".join), some_rules, st.booleans(), st.integers(1, 3))
@example("best chain trap", [Rule(name="r", action="block", repair=True)], True, 3)
def test_repair_delivers_only_what_would_be_allowed_as_it_stands(
    parts, monkeypatch, text, rules, every, rounds
):
    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(suggest))
    mend = Policy(id="p", rules=rules, repair={"by_default": every, "rounds": rounds})
    plain = mend.model_copy(
        update={
            "rules": tuple(r.model_copy(update={"repair": False}) for r in rules),
            "repair": mend.repair.model_copy(update={"by_default": False}),
        }
    )
    reg = fake_plugins.registry()
    with Studio(policy=mend, registry=reg) as mending, Studio(policy=plain, registry=reg) as live:
        verdict, before = mending.moderate(text), live.moderate(text)
        if verdict.decision is Decision.ALLOW:
            assert before.decision is Decision.ALLOW
        if verdict.redacted is not None:
            assert verdict.decision is Decision.REDACT
            assert live.moderate(verdict.redacted).decision is Decision.ALLOW
        if verdict.repairs:
            rebuilt, position = "", 0
            for r in verdict.repairs:
                rebuilt += text[position : r.start] + r.after
                position = r.end
                assert r.before is None or r.before == text[r.start : r.end]
            assert rebuilt + text[position:] == verdict.redacted
