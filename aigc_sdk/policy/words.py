"""A policy, and a verdict drawn under it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aigc_sdk.policy.curves import Curve, of_threshold, rule_cuts
from aigc_sdk.policy.model import DetectorUse, Policy, Rule
from aigc_sdk.policy.thresholds import Threshold
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Severity
from aigc_sdk.verdict import Decision, Verdict

_DOES = {
    Decision.ALLOW: "only records",
    Decision.REDACT: "redacts",
    Decision.REVIEW: "holds for a person",
    Decision.BLOCK: "blocks",
}


def rule_in_words(rule: Rule) -> str:
    """One sentence: what the rule does, and to which findings."""
    parts = [_any("category", rule.categories), _any("subcategory", rule.subcategories)]
    parts.append(_any("found by", rule.detectors))
    if rule.min_severity > Severity.SAFE:
        parts.append(f"severity {rule.min_severity.name.lower()} or graver")
    if rule.min_probability is not None:
        parts.append(f"probability {rule.min_probability:g} or more, or unknown")
    parts += [_any("stage", rule.stages), _any("language", rule.languages)]
    conditions = "; ".join(part for part in parts if part)
    mends = ", unless the detector's suggestion mends it" if rule.repair else ""
    return (
        f"{rule.name} {_DOES[rule.action]} every finding{f' with {conditions}' if conditions else ''}{mends}."
    )


def threshold_in_words(threshold: Threshold, curves: Sequence[Curve] = ()) -> str:
    """One sentence: from which probability on what is done, and what that is worth on the curves."""
    parts = []
    for action, cut in sorted(threshold.cuts.items(), key=lambda pair: -pair[0]):
        figures = (("recall", cut.recall), ("precision", cut.precision), ("fpr_ordinary", cut.fpr_ordinary))
        worth = ", ".join(f"{name} {value:.3g}" for name, value in figures if value is not None)
        quoted = f" ({worth}{f', by {cut.source}' if cut.source else ''})" if worth else ""
        parts.append(f"{_DOES[action]} from {cut.probability:g}{quoted}")
        for curve in of_threshold(curves, threshold):
            parts[-1] += f" [{curve.language} now {curve.at(cut.probability)}]"
    return f"{threshold.name} {'; '.join(parts)}; below that a finding is recorded only."


def detector_in_words(use: DetectorUse, *, installed: bool) -> str:
    """One sentence: how the policy uses a detector."""
    if not use.enabled:
        return f"{use.id} is left out."
    must = "must answer" if use.required else "may fail without consequence"
    parts = [f"within {use.timeout_s:g} s", _any("stage", use.stages or ())]
    parts += [_any("language", use.languages or ()), _any("kind", use.kinds or ())]
    parts += [f"with {name} = {value}" for name, value in use.options.items()]
    absent = (
        ""
        if installed
        else " It is not installed: " + ("nothing passes." if use.required else "it is passed over.")
    )
    return f"{use.id} {must}, {', '.join(part for part in parts if part)}.{absent}"


def policy_in_words(
    policy: Policy, installed: Mapping[str, ModeratorSpec], curves: Sequence[Curve] = ()
) -> list[str]:
    """The whole policy, a sentence a line.

    Args:
        policy: The policy.
        installed: The moderators there are, by id.
        curves: Operating curves of their bundles: what the policy's cuts are worth is said by them.
    """
    if policy.unscreened:
        return ["Nothing is screened; everything is allowed. For measuring only."]
    lines = [f"It answers for {', '.join(policy.languages)}; content in other languages fails closed."]
    if policy.include_installed:
        uninvited = [i for i, s in sorted(installed.items()) if not s.opt_in and policy.use_of(i) is None]
        lines.append(f"Every installed detector looks and must answer: {', '.join(uninvited) or 'none'}.")
    elif not policy.detectors:
        lines.append("It uses no detector, so nothing passes.")
    lines += [detector_in_words(use, installed=use.id in installed) for use in policy.detectors]
    lines += [f"Rule {rule_in_words(rule)}" for rule in policy.rules]
    lines += [f"Rule {line}" for line in rule_cuts(policy, curves, installed)]
    lines += [f"Threshold {threshold_in_words(threshold, curves)}" for threshold in policy.thresholds]
    if policy.thresholds:
        lines.append("Findings that a threshold is for are not judged by the rules with a probability.")
    lines += [f"What {action}s is to have {target}." for action, target in policy.targets.items()]
    if policy.repairs:
        lines.append(f"Text is mended and screened again at most {policy.repair.rounds} time(s).")
    lines.append(
        "All rules are tried; the most restrictive action wins; findings no rule names are recorded."
    )
    lines.append(
        f"Where screening fails it {_DOES[policy.on_error.online]} while somebody waits "
        f"and {_DOES[policy.on_error.batch]} in batches."
    )
    lines.append(f"A refused generation is tried {policy.max_attempts} time(s) in all.")
    return lines


def verdict_in_words(verdict: Verdict, language: str = "en") -> list[str]:
    """Why content got its verdict: every finding with the rules it met, then what failed. Quotes no content."""
    lines = [f"Decision: {verdict.decision} (stage {verdict.stage}, language {verdict.language})."]
    for index, finding in enumerate(verdict.findings):
        name = f"{finding.category}/{finding.subcategory}" if finding.subcategory else str(finding.category)
        sure = "" if finding.probability is None else f", probability {finding.probability:.2f}"
        met = [f"rule {a.rule}: {a.action}" for a in verdict.applied if a.finding == index]
        why = ""
        if finding.explanation is not None:
            why = f" {finding.explanation.zh if language == 'zh' else finding.explanation.en}."
        lines.append(
            f"{finding.detector} found {name}, severity {finding.severity.name.lower()}{sure}."
            f"{why} {'; '.join(met) or 'No rule names it: recorded only'}."
        )
    lines += [f"{a.rule}: {a.action} ({a.reason})." for a in verdict.applied if a.finding is None]
    lines += [
        f"Characters {r.start} to {r.end} were mended as {r.detector} suggests ({r.category}, rule {r.rule})."
        for r in verdict.repairs
    ]
    if not verdict.findings and not verdict.errors:
        lines.append(f"{', '.join(verdict.detectors) or 'No detector'} looked and found nothing.")
    return lines


def _any(what: str, values: Iterable[object]) -> str:
    names = [str(value) for value in values]
    if len(names) < 2:
        return f"{what} {names[0]}" if names else ""
    return f"{what} {', '.join(names[:-1])} or {names[-1]}"
