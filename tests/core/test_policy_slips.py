"""Slips of the pen in a policy file that would let everything pass are refused when it is read or checked."""

from __future__ import annotations

import fake_plugins
import pytest

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy import DetectorUse, Policy, Rule
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.policy.reach import check_rules

INSTALLED = {fake_plugins.WORDS.id: fake_plugins.WORDS}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rules: [{name: a, action: block}]\nrules: []", "'rules' comes twice"),
        ("on_error: {online: block, online: review}", "'online' comes twice"),
        ("languages: [zh-CN]", "'zh-CN' is no primary language tag"),
        ("rules: [{name: a, action: block, languages: [EN]}]", "'EN' is no primary language tag"),
        ("detectors: [{id: a/b, languages: [ZH]}]", "'ZH' is no primary language tag"),
        (
            "thresholds: [{detector: a/b, category: hate, language: zh_CN, cuts: {block: 0.5}}]",
            "'zh_CN' is no primary",
        ),
        (r'placeholder: "\0"', "NUL"),
        (r'placeholder: "\uD800"', "lone surrogate"),
        (r'rules: [{name: "\uD800", action: block}]', "lone surrogate"),
    ],
)
def test_slips_are_refused(text, says):
    with pytest.raises(PolicyError, match=f"(?s)my.yaml.*{says}"):
        parse_policy("id: x\n" + text, "my.yaml")


def test_merged_keys_may_be_overridden():
    read = parse_policy(
        "id: x\nrules:\n  - &first {name: a, action: block}\n  - {<<: *first, name: b}\n", "my.yaml"
    )
    assert [(rule.name, str(rule.action)) for rule in read.rules] == [("a", "block"), ("b", "block")]


def test_a_rule_for_a_detector_that_nobody_knows_is_refused():
    rule = Rule(name="typo", action="block", detectors=("text/wrods",))
    with pytest.raises(PolicyError, match="rule 'typo' names 'text/wrods'"):
        check_rules(Policy(id="x", rules=(rule,)), INSTALLED)


def test_a_rule_for_a_listed_detector_is_taken():
    rule = Rule(name="later", action="block", detectors=("acme/later", fake_plugins.WORDS.id))
    check_rules(Policy(id="x", rules=(rule,), detectors=(DetectorUse(id="acme/later"),)), INSTALLED)
