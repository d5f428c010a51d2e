"""Policy files: validated, and closed whatever they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy import Policy, Rule, decide, load_policy, preset_names
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, DetectorError, Finding


def test_every_preset_loads():
    assert "default" in preset_names()
    for name in preset_names():
        assert load_policy(name).id == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: [", "YAML"),
        ("just text", "mapping"),
        ("id: x\nrulez: []", "rulez"),
        ("id: x\non_error: {online: allow}", "review or block"),
        ("id: x\nrules: [{name: r, action: maybe}]", "maybe"),
        ("id: x\nrules: [{name: r, action: block, categories: [nonsense]}]", "categories"),
        ("id: x\nrules: [{name: r, action: block, min_probability: 2}]", "min_probability"),
        ("summary: no id", "id"),
    ],
)
def test_wrong_files_say_what_is_wrong(text, says):
    with pytest.raises(PolicyError, match="(?s)my.yaml.*" + says):
        parse_policy(text, "my.yaml")


def test_unknown_preset_and_missing_file(tmp_path):
    with pytest.raises(PolicyError, match=r"Presets: .*default"):
        load_policy("nope")
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(tmp_path / "none.yaml")


def test_a_finding_without_probability_does_not_slip_under_a_threshold():
    policy = Policy(id="p", rules=(Rule(name="r", action="block", min_probability=0.9),))
    finding = Finding(category=Category.HATE)
    assert decide(policy, [finding], stage=Stage.OUTPUT, language="en")[0] is Decision.BLOCK


findings = st.builds(
    Finding,
    category=st.sampled_from(Category),
    severity=st.sampled_from(Severity),
    probability=st.none() | st.floats(0, 1),
    detector=st.sampled_from(["a", "b"]),
)
rules = st.builds(
    Rule,
    name=st.just("r"),
    action=st.sampled_from(["allow", "redact", "review", "block"]),
    categories=st.lists(st.sampled_from(Category), max_size=3).map(tuple),
    min_severity=st.sampled_from(["safe", "low", "medium", "high"]),
    min_probability=st.none() | st.floats(0, 1),
)


@given(st.lists(rules, max_size=4), st.lists(findings, max_size=4), findings)
def test_more_findings_never_relax_a_decision(some_rules, found, extra):
    policy = Policy(id="p", rules=tuple(some_rules))
    before = decide(policy, found, stage=Stage.OUTPUT, language="en")[0]
    after = decide(policy, [*found, extra], stage=Stage.OUTPUT, language="en")[0]
    assert after >= before


@given(st.lists(rules, max_size=4), st.lists(findings, max_size=4), st.booleans())
def test_no_rule_can_undo_fail_closed(some_rules, found, online):
    policy = Policy(id="p", rules=tuple(some_rules))
    failure = DetectorError(detector="d", code="error", message="m")
    decision, _ = decide(policy, found, stage=Stage.OUTPUT, language="en", failures=[failure], online=online)
    assert decision >= (Decision.BLOCK if online else Decision.REVIEW)


def test_hash_follows_meaning():
    one = parse_policy("id: x\nmax_attempts: 2", "a")
    same = parse_policy("max_attempts: 2\nid: x", "b")
    assert one.sha256 == same.sha256 != parse_policy("id: x\nmax_attempts: 3", "c").sha256
