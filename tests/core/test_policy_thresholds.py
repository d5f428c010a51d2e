"""Thresholds as data: the most exact one judges; cuts are held to the curves of the detectors' bundles."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy import Cut, Policy, Rule, Target, Threshold, decide, load_policy, preset_names
from aigc_sdk.policy.compare import compare_policies
from aigc_sdk.policy.curves import calibrated, check_thresholds, curves_of, rule_cuts
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.policy.words import policy_in_words
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Decision, DetectorError, Finding

GRADED = (
    Rule(name="grave", action="block", min_severity="high"),
    Rule(name="likely", action="block", min_probability=0.8),
    Rule(name="mild", action="review", min_probability=0.5),
)
CURVE = [
    {"probability": 0.2, "recall": 0.95, "precision": 0.6, "fpr_ordinary": 0.02},
    {"probability": 0.5, "recall": 0.9, "precision": 0.8, "fpr_ordinary": 0.004},
    {"probability": 0.8, "recall": 0.7, "precision": 0.95, "fpr_ordinary": 0.0004},
    {"probability": 0.95, "recall": 0.4, "precision": 0.99, "fpr_ordinary": 0.0},
]
CALIBRATION = {"en": {"slur": {"curve": CURVE}, "spam": {"curve": CURVE}}, "zh": {"slur": {"curve": CURVE}}}
SPEC = ModeratorSpec(
    id="acme/judge",
    summary="x",
    factory="m:F",
    languages=("en", "zh"),
    bundles=("judge",),
    inputs=(Kind.TEXT,),
    categories=(Category.HATE, Category.SPAM),
)
INSTALLED = {SPEC.id: SPEC}


def bundle(bundle_id):
    return CALIBRATION if bundle_id == "judge" else None


def judged(policy, language="en", stage=Stage.OUTPUT, also=(), **fields):
    found = Finding(**{"category": Category.HATE, "detector": "acme/judge", **fields})
    return decide(policy, [found], stage=stage, language=language, also=also)[0]


def policy(*thresholds, rules=GRADED, **fields):
    return Policy(id="mine", rules=rules, thresholds=thresholds, **fields)


def threshold(**fields):
    return {"detector": "acme/judge", "category": "hate", "cuts": {"block": 0.9, "review": 0.7}, **fields}


def test_a_threshold_stands_in_the_place_of_rules_with_a_probability():
    mine = policy(threshold(language="en"))
    assert judged(mine, probability=0.85) is Decision.REVIEW
    assert judged(mine, probability=0.95) is Decision.BLOCK
    assert judged(mine, probability=0.6) is Decision.ALLOW
    # Another language, detector or category: the rules.
    assert judged(mine, "zh", probability=0.85) is Decision.BLOCK
    assert judged(mine, probability=0.85, detector="acme/other") is Decision.BLOCK
    assert judged(mine, probability=0.85, category=Category.SPAM) is Decision.BLOCK


def test_rules_without_a_probability_and_unsure_detectors_are_not_loosened():
    mine = policy(threshold())
    assert judged(mine, probability=0.1, severity=Severity.HIGH) is Decision.BLOCK
    assert judged(mine, probability=None) is Decision.BLOCK


def test_the_most_exact_threshold_judges():
    mine = policy(
        threshold(cuts={"block": 0.9}),
        threshold(language="en", cuts={"block": 0.6}),
        threshold(subcategory="slur", cuts={"review": 0.3}),
        threshold(language="en", stages=["prompt"], cuts={"review": 0.2}),
    )
    assert judged(mine, "fr", probability=0.7) is Decision.ALLOW
    assert judged(mine, "en", probability=0.7) is Decision.BLOCK
    assert judged(mine, "en", probability=0.7, subcategory="slur") is Decision.REVIEW
    assert judged(mine, "en", Stage.PROMPT, probability=0.7) is Decision.REVIEW


def test_of_a_text_in_two_languages_the_stricter_cut_counts():
    mine = policy(
        threshold(language="en", cuts={"block": 0.9}), threshold(language="zh", cuts={"block": 0.4})
    )
    assert judged(mine, "en", also=("zh",), probability=0.5) is Decision.BLOCK


def test_a_word_of_another_language_brings_in_no_laxer_cut():
    lax = policy(threshold(language="en", cuts={"block": 0.95}))
    assert judged(lax, "en", probability=0.85) is Decision.ALLOW
    assert judged(lax, "zh", probability=0.85) is Decision.BLOCK
    assert judged(lax, "zh", also=("en",), probability=0.85) is Decision.BLOCK
    finer = policy(
        threshold(language="en", subcategory="slur", cuts={"block": 0.95}),
        threshold(language="zh", cuts={"block": 0.4}),
    )
    assert judged(finer, "en", also=("zh",), probability=0.5, subcategory="slur") is Decision.BLOCK


def test_a_rule_for_a_language_with_its_own_cut_stays_out():
    rule = Rule(name="english", action="block", min_probability=0.5, languages=("en",))
    mine = policy(threshold(language="en", cuts={"block": 0.95}), rules=(rule,))
    assert judged(mine, "zh", also=("en",), probability=0.7) is Decision.ALLOW


@given(
    st.floats(0, 1),
    st.lists(
        st.tuples(st.sampled_from([None, "en", "zh"]), st.sampled_from([None, "slur"]), st.floats(0, 1)),
        unique_by=lambda t: t[:2],
        max_size=5,
    ),
)
def test_a_mixed_text_is_judged_as_strictly_as_either_language(probability, cuts):
    mine = policy(*(threshold(language=tag, subcategory=sub, cuts={"block": cut}) for tag, sub, cut in cuts))
    said = {"probability": probability, "subcategory": "slur"}
    apart = max(judged(mine, "en", **said), judged(mine, "zh", **said))
    assert judged(mine, "en", also=("zh",), **said) is apart


def test_lighter_findings_are_left_to_the_rules():
    mine = policy(threshold(min_severity="medium", cuts={"block": 0.1}), rules=())
    assert judged(mine, probability=0.5, severity=Severity.LOW) is Decision.ALLOW
    assert judged(mine, probability=0.5) is Decision.BLOCK


@given(
    st.floats(0, 1),
    st.none() | st.floats(0, 1),
    st.sampled_from(["redact", "review", "block"]),
    st.booleans(),
)
def test_a_failure_fails_closed_whatever_the_thresholds(cut, probability, action, online):
    mine = policy(threshold(cuts={action: cut}))
    failure = DetectorError(detector="d", code="error", message="m")
    found = Finding(category=Category.HATE, detector="acme/judge", probability=probability)
    decision, _ = decide(mine, [found], stage=Stage.OUTPUT, language="en", failures=[failure], online=online)
    assert decision >= (Decision.BLOCK if online else Decision.REVIEW)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("thresholds: [{detector: a/b, category: hate, cuts: {}}]", "cuts"),
        ("thresholds: [{detector: a/b, category: hate, cuts: {allow: 0.5}}]", "redact, review or block"),
        ("thresholds: [{detector: a/b, category: hate, cuts: {block: 1.5}}]", "probability"),
        ("thresholds: [{detector: a/b, category: nonsense, cuts: {block: 0.5}}]", "category"),
        (
            "thresholds: [{detector: a/b, category: hate, cuts: {block: 0.5}},"
            " {detector: a/b, category: hate, cuts: {review: 0.5}}]",
            "twice",
        ),
        ("targets: {block: {}}", "fpr_ordinary, precision or recall"),
        ("targets: {allow: {recall: 0.5}}", "redact, review or block"),
        ("repair: {rounds: 9}", "rounds"),
    ],
)
def test_wrong_files_say_what_is_wrong(text, says):
    with pytest.raises(PolicyError, match="(?s)my.yaml.*" + says):
        parse_policy("id: x\n" + text, "my.yaml")


@pytest.mark.parametrize(
    ("given_threshold", "says"),
    [
        (threshold(detector="acme/none"), "no detector 'acme/none' is installed"),
        (threshold(category="violence"), "finds no violence, only hate, spam"),
        (threshold(language="fr", subcategory="slur"), "does not serve 'fr'"),
        (threshold(subcategory="sarcasm"), "no such curve, only slur, spam"),
        (threshold(subcategory="slur", cuts={"block": 0.97}), r"0.97 is outside the curve.*0.2 to 0.95"),
        (threshold(subcategory="slur", cuts={"review": 0.1}), r"0.1 is outside the curve"),
    ],
)
def test_thresholds_that_cannot_be_are_refused(given_threshold, says):
    with pytest.raises(PolicyError, match=says):
        check_thresholds(policy(given_threshold), INSTALLED, bundle)


def test_a_cut_below_what_the_detector_reports_is_refused():
    # Platt: 1 / (1 + exp(-0)) is reported from margin 0 on.
    stated = {"curve": CURVE, "low": 0.0, "slope": 2.0, "offset": 0.0}

    def other(_bundle_id):
        return {"en": {"slur": stated}}

    with pytest.raises(PolicyError, match=r"0.5 to 0.95"):
        check_thresholds(policy(threshold(subcategory="slur", cuts={"review": 0.4})), INSTALLED, other)
    check_thresholds(policy(threshold(subcategory="slur", cuts={"review": 0.5})), INSTALLED, other)


def test_remarks_on_rows_that_changed_targets_missed_and_curves_that_are_not_there():
    quoted = {"probability": 0.8, "source": "judge", "recall": 0.7, "fpr_ordinary": 0.0004}
    fine = policy(threshold(subcategory="slur", language="en", cuts={"block": quoted}))
    assert check_thresholds(fine, INSTALLED, bundle) == []
    stale = policy(
        threshold(subcategory="slur", language="en", cuts={"block": {**quoted, "recall": 0.75}}),
        rules=(),
        targets={"block": {"fpr_ordinary": 0.0001}},
    )
    changed, missed = check_thresholds(stale, INSTALLED, bundle)
    assert "not the bundle's any more" in changed
    assert "misses its target, fpr_ordinary at most 0.0001" in missed
    assert check_thresholds(fine, INSTALLED, lambda _id: None) == [
        "acme/judge:hate/slur:en: no curve to check it against"
    ]


@pytest.mark.parametrize(
    "calibration",
    [{"en": 3}, {"en": {"slur": 3}}, {"en": {"slur": {"curve": [{}]}}}, {"en": {"x": {"curve": []}}}],
)
def test_calibrations_of_another_shape_are_passed_over(calibration):
    assert curves_of([SPEC], lambda _id: calibration) == []


def test_rules_are_held_to_the_targets_too():
    mine = policy(targets={"block": {"fpr_ordinary": 0.0001}, "review": {"recall": 0.8}})
    remarks = check_thresholds(mine, INSTALLED, bundle)
    assert len(remarks) == 3
    assert all("rule likely on acme/judge" in line for line in remarks)


def test_calibrating_takes_the_lowest_cut_that_meets_the_target_and_quotes_its_row():
    base = policy(targets={"block": {"fpr_ordinary": 0.001}, "review": {"precision": 0.7}})
    made = calibrated(base, curves_of([SPEC], bundle), {"slur": Category.HATE})
    assert {t.name: {str(a): c.probability for a, c in t.cuts.items()} for t in made.thresholds} == {
        "acme/judge:hate/slur:en": {"block": 0.8, "review": 0.5},
        "acme/judge:spam:en": {"block": 0.8, "review": 0.5},
        "acme/judge:hate/slur:zh": {"block": 0.8, "review": 0.5},
    }
    assert made.thresholds[0].cuts[Decision.BLOCK] == Cut(
        probability=0.8, source="judge", recall=0.7, precision=0.95, fpr_ordinary=0.0004
    )
    assert check_thresholds(made, INSTALLED, bundle) == []
    assert parse_policy(json.dumps(made.model_dump(mode="json")), "it").sha256 == made.sha256
    with pytest.raises(PolicyError, match="--category slur=CATEGORY"):
        calibrated(base, curves_of([SPEC], bundle), {})
    with pytest.raises(PolicyError, match="No cut"):
        calibrated(
            policy(targets={"block": {"recall": 0.99}}), curves_of([SPEC], bundle), {"slur": Category.HATE}
        )
    with pytest.raises(PolicyError, match="names no targets"):
        calibrated(policy(), curves_of([SPEC], bundle), {})


def test_diff_names_the_cuts():
    one = policy(threshold(language="en"))
    two = policy(threshold(language="en", cuts={"block": 0.8, "review": 0.7}), threshold())
    assert [str(c) for c in compare_policies(one, two)] == [
        "threshold acme/judge:hate:en changed: block: 0.9 → 0.8",
        "threshold acme/judge:hate:any added: block: no cut → 0.9; review: no cut → 0.7",
    ]
    quoted = policy(
        threshold(language="en", cuts={"block": {"probability": 0.9, "recall": 0.5}, "review": 0.7})
    )
    (change,) = compare_policies(one, quoted)
    assert "another row" in str(change)


def test_explain_says_what_the_cuts_are_worth():
    mine = policy(
        threshold(subcategory="slur", language="zh", cuts={"block": 0.8, "review": 0.6}),
        targets={"block": Target(fpr_ordinary=0.001)},
        repair=True,
    )
    said = "\n".join(policy_in_words(mine, INSTALLED, curves_of([SPEC], bundle)))
    assert "Rule likely on acme/judge slur en acts from 0.8: at 0.8: recall 0.7, precision 0.95" in said
    assert "acme/judge:hate/slur:zh blocks from 0.8 [zh now at 0.8: recall 0.7" in said
    assert (
        "holds for a person from 0.6 [zh now at 0.5: recall 0.9, precision 0.8, fpr_ordinary 0.004; at 0.8"
        in said
    )
    assert "What blocks is to have fpr_ordinary at most 0.001." in said
    assert "mended and screened again at most 2 time(s)" in said


def test_shipped_curves_meet_the_targets_of_the_presets():
    from aigc_sdk.bundles.bundle import read_manifest
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.discovery import Registry

    registry = Registry.discover()
    store = BundleStore(registry=registry)

    def shipped(bundle_id):
        source = registry.bundles.get(bundle_id)
        folder = store.find(bundle_id) if source is not None and source.path is not None else None
        return None if folder is None else read_manifest(folder).calibration

    baseline = {i: spec for i, spec in registry.moderators.items() if i == "text/svm"}
    if not curves_of(baseline.values(), shipped):
        pytest.skip("the linear baseline and its curve are not installed")
    for name in preset_names():
        preset = load_policy(name)
        assert bool(preset.targets) != preset.unscreened
        assert check_thresholds(preset, registry.moderators | baseline, shipped) is not None
        assert check_thresholds(preset, baseline, shipped) == []
        assert rule_cuts(preset, curves_of(baseline.values(), shipped), baseline) or preset.unscreened


def test_thresholds_are_values():
    one = Threshold.model_validate(threshold())
    assert one == Threshold.model_validate(one.model_dump(mode="json"))
    assert one.name == "acme/judge:hate:any"
