"""``aigc policy explain`` and ``aigc policy diff``, and the presets."""

from __future__ import annotations

import json

import pytest

from aigc_sdk.policy import load_policy, preset_names
from aigc_sdk.policy.engine import decide
from aigc_sdk.policy.words import policy_in_words
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Decision, Finding

PRESETS = ["children", "cn", "default", "permissive", "strict", "unscreened-benchmark"]


def test_presets_are_there_with_a_summary_and_fail_closed(aigc):
    assert preset_names() == PRESETS
    listed = aigc("policy", "list", "--json").json["policies"]
    assert [row["id"] for row in listed] == PRESETS
    assert all(row["summary"].endswith(".") for row in listed)
    for name in PRESETS:
        policy = load_policy(name)
        assert policy.on_error.online is Decision.BLOCK
        assert policy.include_installed is not policy.unscreened


def outcome(preset, category, severity=Severity.MEDIUM, likely=None, sub=None, stage=Stage.OUTPUT):
    finding = Finding(category=category, severity=severity, probability=likely, subcategory=sub)
    return str(decide(load_policy(preset), [finding], stage=stage, language="zh")[0])


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (
            {"category": Category.VIOLENCE, "severity": Severity.HIGH},
            ["block", "block", "block", "block", "block"],
        ),
        ({"category": Category.HATE, "likely": 0.6}, ["allow", "review", "review", "block", "block"]),
        ({"category": Category.SEXUAL, "likely": 0.9}, ["allow", "block", "block", "block", "block"]),
        (
            {"category": Category.VIOLENCE, "severity": Severity.LOW, "likely": 0.4},
            ["allow", "allow", "allow", "review", "block"],
        ),
        ({"category": Category.PROFANITY}, ["allow", "redact", "redact", "block", "block"]),
        ({"category": Category.AD_LAW, "sub": "cn/absolute"}, ["allow", "allow", "block", "review", "block"]),
        (
            {"category": Category.AD_LAW, "sub": "cn/data", "severity": Severity.LOW},
            ["allow", "allow", "review", "allow", "allow"],
        ),
        ({"category": Category.AD_LAW, "sub": "uk/cure"}, ["allow", "allow", "allow", "review", "block"]),
        (
            {"category": Category.AD_LAW, "sub": "cn/absolute", "stage": Stage.PROMPT},
            ["allow", "allow", "allow", "allow", "allow"],
        ),
    ],
)
def test_presets_grow_stricter(finding, expected):
    presets = ["permissive", "default", "cn", "strict", "children"]
    assert [outcome(preset, **finding) for preset in presets] == expected


def test_explain_says_what_a_policy_does(aigc):
    out = aigc("policy", "explain", "cn").out
    assert "text/words" in out
    assert "ad-law-forbidden blocks every finding with category ad_law; subcategory cn/*" in out
    assert "most restrictive action wins" in out
    assert "Nothing is screened" in aigc("policy", "explain", "unscreened-benchmark").out


def test_explain_leaves_out_detectors_that_wait_to_be_asked():
    def spec(name, opt_in):
        return ModeratorSpec(
            id=name, summary="x", factory="m:F", inputs=(Kind.TEXT,), categories=(Category.IP,), opt_in=opt_in
        )

    lines = policy_in_words(load_policy("default"), {i: spec(i, i == "a/shy") for i in ("a/shy", "a/bold")})
    assert "Every installed detector looks and must answer: a/bold." in lines


def test_explain_takes_a_file_and_says_what_is_not_installed(aigc, tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(
        "id: mine\ndetectors:\n  - {id: acme/none, languages: [en, zh]}\n  - {id: text/words, required: false}\n"
        "  - {id: acme/off, enabled: false}\n"
    )
    out = aigc("policy", "explain", path).out
    assert (
        "acme/none must answer, within 10 s, language en or zh. It is not installed: nothing passes." in out
    )
    assert "text/words may fail without consequence" in out
    assert "acme/off is left out." in out
    assert aigc("policy", "explain", tmp_path / "none.yaml").code == 2


def test_explain_a_text_says_why_without_quoting_it(aigc):
    done = aigc("policy", "explain", "default", "a forbidden secret")
    assert done.code == 0
    assert "Decision: block" in done.out
    assert "text/words found violence, severity high, probability 0.99. rule grave: block" in done.out
    assert "forbidden secret" not in done.out
    found = aigc("policy", "explain", "default", "a fine day", "--json").json
    assert found["verdict"]["decision"] == "allow"
    assert found["why"][-1] == "text/words looked and found nothing."
    assert "on_error" not in " ".join(found["why"])


def test_explain_says_that_nothing_names_a_finding(aigc, tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text("id: mine\n")
    out = aigc("policy", "explain", path, "a secret", "--language", "zh").out
    assert "No rule names it: recorded only" in out


def test_diff_is_rule_by_rule(aigc, tmp_path):
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("id: one\nrules:\n  - {name: a, action: block}\n  - {name: b, action: redact}\n")
    two.write_text(
        "id: two\nmax_attempts: 3\ndetectors: [{id: x/y}]\nrules:\n"
        "  - {name: c, action: block}\n  - {name: b, action: review, stages: [output]}\n"
    )
    changes = aigc("policy", "diff", one, two, "--json").json["changes"]
    assert [(c["part"], c["kind"]) for c in changes] == [
        ("rule a", "removed"),
        ("rule c", "added"),
        ("rule b", "changed"),
        ("detector x/y", "added"),
        ("max_attempts", "changed"),
    ]
    assert changes[2]["fields"]["action"] == {"from": "redact", "to": "review"}
    assert (
        "rule b changed: action: redact → review; stages: any → output"
        in aigc("policy", "diff", one, two).out
    )
    assert "say the same" in aigc("policy", "diff", one, one).out
    assert aigc("policy", "diff", one, "no-such").code == 2


def test_diff_over_texts_names_them_by_id_only(aigc, tmp_path):
    path = tmp_path / "t.jsonl"
    rows = [
        {"id": "a", "text": "a fine day"},
        {"id": "b", "text": "a doubtful thing"},
        {"id": "c", "text": "a forbidden thing"},
        {"id": "d", "text": 3},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = aigc("policy", "diff", "permissive", "strict", "--jsonl", path, "--json")
    texts = done.json["texts"]
    assert (texts["compared"], texts["differing"], texts["errors"]) == (3, 1, 1)
    assert texts["decisions"] == [{"from": "allow", "to": "block", "texts": 1}]
    assert texts["examples"] == [
        {"id": "b", "from": "allow", "to": "block", "from_rules": [], "to_rules": ["likely"]}
    ]
    human = aigc("policy", "diff", "permissive", "strict", "--jsonl", path)
    assert "1 of 3 texts differ; 1 rows in error." in human.out
    assert "b: allow -> block (- / likely)" in human.out
    assert "doubtful thing" not in human.out
    shown = aigc("policy", "diff", "permissive", "strict", "--jsonl", path, "--show-text")
    assert "doubtful thing" in shown.out
    assert aigc("policy", "diff", "default", "strict", "--jsonl", tmp_path / "none.jsonl").code == 2
