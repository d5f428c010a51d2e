"""The moderator: findings without content, bounds that streams rely on, bounded time, what a policy makes of it."""

import itertools
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import CancelledError, ComponentError
from aigc_sdk.policy.engine import decide
from aigc_sdk.policy.load import load_policy
from aigc_sdk.policy.model import Policy
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, Err
from aigc_text.moderators import specs
from aigc_text.moderators.privacy import addresses, cards, email, ids_cn, ids_west, network, phones, secrets
from aigc_text.moderators.privacy.detector import FINDERS, MAX_MATCH, PrivacyModerator, find
from aigc_text.moderators.privacy.kinds import KINDS


@pytest.fixture
def moderator():
    moderator = PrivacyModerator()
    moderator.load(None)
    return moderator


def screen(moderator, *texts):
    return moderator.moderate([Text(t) for t in texts], stage=Stage.OUTPUT, ctx=CallContext())


def test_findings_name_kind_places_and_placeholder_but_never_the_value(moderator):
    (screening,) = screen(moderator, "a@example.com and b@example.com")
    (finding,) = screening.findings
    assert (finding.category, finding.subcategory) == (Category.PRIVACY, "email")
    assert [(s.start, s.end) for s in finding.spans] == [(0, 13), (18, 31)]
    assert finding.replacement == "[EMAIL]"
    assert finding.explanation.code == "privacy.email"
    assert "example.com" not in finding.model_dump_json()


def test_rows_stay_in_order_and_it_refuses_before_load(moderator):
    assert [len(r.findings) for r in screen(moderator, "fine", "x@example.com", "")] == [0, 1, 0]
    (row,) = screen(PrivacyModerator(), "fine")
    assert isinstance(row, Err)
    assert isinstance(row.error, ComponentError)


def test_a_cancelled_call_ends(moderator):
    ctx = CallContext()
    ctx.cancel.cancel()
    (row,) = moderator.moderate([Text("call 1 " * 1000)], stage=Stage.PROMPT, ctx=ctx)
    assert isinstance(row.error, CancelledError)


def test_the_default_policy_redacts_what_is_verified_and_leaves_heuristics(moderator):
    policy = load_policy("default")

    def decision(text):
        (screening,) = screen(moderator, text)
        return decide(policy, screening.findings, stage=Stage.OUTPUT, language="en")[0]

    assert decision("write to jane@example.com") is Decision.REDACT
    assert decision("card 4111 1111 1111 1111") is Decision.REDACT
    assert decision("at 12 Old Mill Road, see www.example.com, 400-820-8820") is Decision.ALLOW
    assert decision("-----BEGIN " + "PRIVATE KEY-----") is Decision.BLOCK


def test_placeholders_are_not_found_again():
    assert not find(" ".join(f"[{k.label}] tel: [{k.label}]" for k in KINDS.values()))


def test_the_declared_bound_is_the_real_one():
    (spec,) = [s for s in specs.MODERATORS if s.id == "text/privacy"]
    assert spec.max_match == MAX_MATCH


_PIECES = st.sampled_from(
    ["a", "Z9", "@", ".", "example.com", "-", "1", "12345678", "4111111111111111", " ", "(", ")", "+44", "://", ":", "/",
     "password: ", "sk-", "eyJ", "ghp_", "x" * 70, "7" * 30, "\u200b", "e\u0301", "\ufe0f", "京A", "路", "号", "汉字",
     "GB82WEST12345698765432", "call ", "passport ", "f:" , "PRIVATE KEY-----", "-----BEGIN ", " Street", "Aa ", "\U0001f468\u200d\U0001f469"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_match_is_longer_than_the_bound_or_overlaps_another(text):
    hits = find(text)
    assert all(0 < h.end - h.start <= MAX_MATCH and h.end <= len(text) for h in hits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
    assert {h.kind for h in hits} <= set(KINDS)


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_what_a_stream_sees_of_a_match_is_enough(text):
    # With everything before it and the bound plus one character from its start on, a match is found as it is.
    for hit in find(text):
        seen = find(text[: hit.start + MAX_MATCH + 1])
        assert hit in seen


_ATTACKS = [
    "a", "1", "1 ", "1-", "@", "a@", "a.", "a@a.", "-", "eyJ", "-eyJaaaaaaaaaa", "sk-", "sk-a1 ", "password=", "://", "a://a:",
    "1:", "1.", "+", "(1) ", "00", "1234-", "12345678", "4111 1111 1111 1111 ", "GB82 ", "1 Aa ", "路1号", "京A", "passport ",
    "1A2", "AB12", "-----BEGIN ", "-----BEGIN A A A ", "aa:bb:", "1::", "http://a.", "12 AAA ", "token is ",
]  # fmt: skip
_PATTERNS = [
    (f"{module.__name__.rpartition('.')[2]}.{name}", value)
    for module in (addresses, cards, email, ids_cn, ids_west, network, phones, secrets)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
]


def _seconds(work):
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best < 0.1:
            break
    return best


@pytest.mark.parametrize(("name", "pattern"), _PATTERNS, ids=[n for n, _ in _PATTERNS])
def test_no_pattern_takes_long_on_any_200_kb(name, pattern):
    for attack in _ATTACKS:
        text = (attack * (200_000 // len(attack) + 1))[:200_000]
        # "_VERSION" and the like end at the end of a short slice; they never see a whole text.
        text = text[:40] if pattern.pattern.endswith("$") else text
        took = _seconds(lambda text=text: sum(1 for _ in pattern.finditer(text)))
        assert took < 0.1, (name, attack, took)


@pytest.mark.parametrize("attack", ["1234 ", "4111 1111 1111 1111 ", "a@a.", "1 ", "eyJ-", "GB82 "])
def test_time_grows_in_proportion(attack):
    def took(size):
        text = (attack * (size // len(attack) + 1))[:size]
        return _seconds(lambda: [sum(1 for _ in finder(text)) for finder in FINDERS])

    assert took(40_000) < 4 * 2.5 * max(took(10_000), 0.01)


@given(st.text(max_size=300))
def test_any_text_is_judged(text):
    for hit in find(text):
        assert hit.severity >= Severity.LOW


def test_the_documented_policy_lets_the_shops_contacts_out_and_no_card(moderator):
    page = (Path(__file__).parents[4] / "docs/privacy.md").read_text(encoding="utf-8")
    rules = re.search(r"```yaml\n(.*?)```", page, re.DOTALL).group(1)
    policy = Policy.model_validate({"id": "shop", **yaml.safe_load(rules)})

    def decision(text, stage):
        (screening,) = screen(moderator, text)
        return decide(policy, screening.findings, stage=stage, language="en")[0]

    assert decision("Call 020 7946 0018 or mail shop@example.com", Stage.OUTPUT) is Decision.ALLOW
    assert decision("Call 020 7946 0018", Stage.PROMPT) is Decision.REDACT
    assert decision("card 4111 1111 1111 1111", Stage.OUTPUT) is Decision.REDACT


def test_every_kind_is_documented():
    page = (Path(__file__).parents[4] / "docs/privacy.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in page and f"`[{data.label}]`" in page for kind, data in KINDS.items())
