"""Shadow mode: the candidate judges the same findings, and the live path never notices it."""

from __future__ import annotations

import time

import fake_plugins
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.errors import ContentBlockedError, PolicyError
from aigc_sdk.policy import DetectorUse, Policy, Rule, decide
from aigc_sdk.policy import shadow as shadow_module
from aigc_sdk.result import StreamDone
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Decision, Err, Finding, Halt

LENIENT = Policy(id="lenient", rules=(Rule(name="grave", action="block", min_severity="high"),))
HARSH = Policy(
    id="harsh",
    rules=(
        Rule(name="grave", action="block", min_severity="high"),
        Rule(name="any", action="review", min_severity="low"),
    ),
)


def made(live=LENIENT, shadow=HARSH, **settings):
    return Studio(policy=live, shadow=shadow, registry=fake_plugins.registry(**settings), timeout=5)


def plain(verdict):
    return verdict.model_copy(update={"latency_ms": 0.0})


def test_no_shadow_no_report(studio):
    assert studio.shadow_report() is None


def test_differences_are_counted_and_named_without_their_text():
    with made() as studio:
        for text in ("fine", "darn it", "forbidden", "   "):
            studio.moderate(text)
        report = studio.shadow_report()
    assert (report.candidate, report.compared, report.differing) == ("harsh", 3, 1)
    assert report.decisions[Decision.ALLOW, Decision.REVIEW] == 1
    (one,) = report.examples
    assert one.candidate_rules == ("any",)
    assert one.content_sha256 == Text("darn it").sha256()
    assert "darn" not in str(report.as_dict())


def test_detectors_run_once(monkeypatch):
    calls = []
    real = fake_plugins.WordModerator.moderate
    monkeypatch.setattr(
        fake_plugins.WordModerator,
        "moderate",
        lambda self, items, **kw: calls.append(len(items)) or real(self, items, **kw),
    )
    with made() as studio:
        studio.moderate("darn it")
    assert calls == [1]


def test_the_shadow_sees_generation_and_streams_and_blocks_nothing():
    with made() as studio:
        assert studio.generate("text/echo", {"text": "darn"}).text
        events = list(studio.stream("text/echo", {"text": "darn " * 30}))
        assert isinstance(events[-1], StreamDone)
        report = studio.shadow_report()
    stages = [d.stage for d in report.examples]
    assert stages.count(Stage.PROMPT) == 2
    # One for each candidate text, one for the stream as a whole, not for its windows.
    assert report.differing == report.compared
    assert stages.count(Stage.OUTPUT) == report.compared - 2


def test_a_stream_that_the_live_policy_ends_is_compared():
    with made(live=HARSH, shadow=LENIENT) as studio:
        fake_plugins.Echo.hook = None
        with pytest.raises(ContentBlockedError):
            list(studio.stream("text/echo", {"text": "darn"}))
        assert studio.shadow_report().decisions == {(Decision.REVIEW, Decision.ALLOW): 1}


def test_a_stream_halted_in_a_window_is_compared(monkeypatch):
    prompt_ok = Policy(id="out", rules=(Rule(name="any", action="block", stages=("output",)),))
    with made(live=prompt_ok, shadow=LENIENT) as studio:
        events = list(studio.stream("text/echo", {"text": "well " * 20 + "darn " + "well " * 40}))
        assert isinstance(events[-1], Halt)
        report = studio.shadow_report()
    assert report.decisions[Decision.BLOCK, Decision.ALLOW] == 1


def test_a_candidate_that_breaks_changes_nothing(monkeypatch):
    with Studio(policy=LENIENT, registry=fake_plugins.registry(), timeout=5) as studio:
        expected = [plain(studio.moderate(t)) for t in ("fine", "darn it", "forbidden")]

    def broken(*_args, **_kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(shadow_module, "decide", broken)
    with made() as studio:
        assert [plain(studio.moderate(t)) for t in ("fine", "darn it", "forbidden")] == expected
        report = studio.shadow_report()
    assert report.compared == 0
    assert report.not_compared == {"the shadow failed: RuntimeError": 3}


@pytest.mark.parametrize(
    "hook",
    [
        lambda items, stage, ctx: 1 / 0,
        lambda items, stage, ctx: [],
        lambda items, stage, ctx: [Err(ValueError("no"))] * len(items),
        lambda items, stage, ctx: time.sleep(1),
    ],
)
def test_failures_of_detectors_fail_closed_in_both(hook):
    fake_plugins.WordModerator.hook = hook
    use = (DetectorUse(id="text/words", timeout_s=0.2),)
    live, candidate = (p.model_copy(update={"detectors": use}) for p in (LENIENT, HARSH))
    with made(live=live, shadow=candidate) as studio:
        assert studio.moderate("fine").decision is Decision.BLOCK
        assert studio.shadow_report().decisions == {(Decision.BLOCK, Decision.BLOCK): 1}


def test_what_the_candidate_requires_it_requires():
    fake_plugins.WordModerator.hook = lambda items, stage, ctx: 1 / 0
    other = fake_plugins.WORDS.model_copy(update={"id": "text/other", "factory": "test_shadow_parts:Quiet"})
    optional = LENIENT.model_copy(
        update={
            "detectors": (
                DetectorUse(id="text/words", required=False),
                DetectorUse(id="text/other", enabled=False),
            )
        }
    )
    with made(live=optional, shadow=LENIENT, moderators=(fake_plugins.WORDS, other)) as studio:
        studio.moderate("fine")
        assert studio.shadow_report().not_compared == {"the live policy does not ask text/other": 1}
    with made(live=LENIENT, shadow=optional) as studio:
        assert studio.moderate("fine").decision is Decision.BLOCK
        # Nobody else looked: closed as well, for its own reason.
        assert studio.shadow_report().decisions == {(Decision.BLOCK, Decision.BLOCK): 1}


def test_a_detector_the_candidate_insists_on_and_nobody_has():
    candidate = LENIENT.model_copy(update={"detectors": (DetectorUse(id="acme/none"),)})
    with made(shadow=candidate) as studio:
        assert studio.moderate("fine").allowed
        report = studio.shadow_report()
    assert report.decisions == {(Decision.ALLOW, Decision.BLOCK): 1}
    assert report.examples[0].candidate_rules == ("on_error:not_installed",)


def test_languages_are_the_candidates_own():
    candidate = LENIENT.model_copy(update={"languages": ("en",)})
    with made(shadow=candidate) as studio:
        assert studio.moderate("今天天气不错").allowed
        assert studio.moderate("a fine day").allowed
        report = studio.shadow_report()
    assert report.decisions == {(Decision.ALLOW, Decision.BLOCK): 1, (Decision.ALLOW, Decision.ALLOW): 1}


def test_redaction_compares_what_the_rules_say():
    redacting = Policy(id="redacting", rules=(Rule(name="r", action="redact", min_severity="low"),))
    with made(live=redacting, shadow=redacting) as studio:
        assert studio.moderate("darn it").redacted == "[profanity] it"
        report = studio.shadow_report()
    assert (report.compared, report.differing) == (1, 0)


def test_a_wrong_candidate_is_refused_when_the_studio_is_made():
    with pytest.raises(PolicyError):
        made(shadow="no-such-policy")


def test_memory_is_bounded():
    with made() as studio:
        studio.moderate_batch([Text(f"darn {i}") for i in range(shadow_module.KEPT + 20)])
        report = studio.shadow_report()
    assert report.differing == shadow_module.KEPT + 20
    assert len(report.examples) == shadow_module.KEPT


WORDS = st.lists(st.sampled_from(["fine", "darn", "doubtful", "forbidden", "禁语", " "]), max_size=6)
RULES = st.lists(
    st.builds(
        Rule,
        name=st.just("r"),
        action=st.sampled_from(["allow", "redact", "review", "block"]),
        categories=st.lists(
            st.sampled_from([Category.PROFANITY, Category.SPAM, Category.VIOLENCE]), max_size=2
        ).map(tuple),
        min_severity=st.sampled_from(["low", "medium", "high"]),
    ),
    max_size=3,
).map(tuple)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4), RULES, RULES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_verdicts_are_those_without_a_shadow_and_the_candidate_decides_as_if_live(texts, live, candidate):
    one, other = Policy(id="live", rules=live), Policy(id="candidate", rules=candidate)
    items = [Text(t) for t in texts]
    with Studio(policy=one, registry=fake_plugins.registry(), timeout=5) as studio:
        expected = [plain(v) for v in studio.moderate_batch(items)]
    with Studio(policy=other, registry=fake_plugins.registry(), timeout=5) as studio:
        alone = [shadow_module.ruled(v) for v in studio.moderate_batch(items)]
    with made(live=one, shadow=other) as studio:
        assert [plain(v) for v in studio.moderate_batch(items)] == expected
        report = studio.shadow_report()
    pairs = [
        (shadow_module.ruled(v), d) for i, v, d in zip(items, expected, alone, strict=True) if not i.is_blank
    ]
    assert report.decisions == {pair: pairs.count(pair) for pair in pairs}


def test_subcategories_take_a_trailing_wildcard():
    policy = Policy(id="p", rules=(Rule(name="cn", action="block", subcategories=("cn/*", "uk/cure")),))

    def decided(subcategory):
        finding = Finding(category=Category.AD_LAW, subcategory=subcategory, severity=Severity.LOW)
        return decide(policy, [finding], stage=Stage.OUTPUT, language="zh")[0]

    assert decided("cn/absolute") is Decision.BLOCK
    assert decided("uk/cure") is Decision.BLOCK
    assert decided("uk/cures") is Decision.ALLOW
    assert decided("us/cn/absolute") is Decision.ALLOW
    assert decided("cn") is Decision.ALLOW
    assert decided(None) is Decision.ALLOW


def test_pictures_cannot_be_redacted_by_a_candidate_either():
    redacting = Policy(id="r", rules=(Rule(name="r", action="redact", min_severity="low"),))
    with made() as studio:
        verdict = studio.moderate("darn it")
    decision, _ = shadow_module.judge(
        redacting,
        verdict,
        kind=Kind.IMAGE,
        languages={"en"},
        uses={"text/words"},
        absent=[],
        known={"text/words"},
        served=True,
        online=True,
    )
    assert decision is Decision.BLOCK
