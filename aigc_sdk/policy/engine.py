"""From findings and errors to a decision. Pure functions; nothing here can run a detector."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aigc_sdk.policy.model import Policy, Rule
from aigc_sdk.policy.thresholds import Threshold, closest
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Applied, Decision, DetectorError, Finding, Status


def matches(rule: Rule, finding: Finding, *, stage: Stage, languages: Collection[str]) -> bool:
    """Does ``finding`` meet every condition of ``rule``, in content of any of ``languages``?"""
    if rule.categories and finding.category not in rule.categories:
        return False
    if rule.subcategories and not any(_named(finding.subcategory, name) for name in rule.subcategories):
        return False
    if rule.detectors and finding.detector not in rule.detectors:
        return False
    if finding.severity < rule.min_severity:
        return False
    if (
        rule.min_probability is not None
        and finding.probability is not None
        and finding.probability < rule.min_probability
    ):
        return False
    if rule.stages and stage not in rule.stages:
        return False
    return not rule.languages or any(tag in rule.languages for tag in languages)


def _named(subcategory: str | None, name: str) -> bool:
    """Does ``name``, whose trailing ``*`` stands for any ending, name this subcategory?"""
    if name.endswith("*"):
        return subcategory is not None and subcategory.startswith(name[:-1])
    return subcategory == name


def decide(
    policy: Policy,
    findings: Sequence[Finding],
    *,
    stage: Stage,
    language: str,
    also: Collection[str] = (),
    failures: Sequence[DetectorError] = (),
    online: bool = True,
) -> tuple[Decision, tuple[Applied, ...]]:
    """The most restrictive action of all matching rules, and which applied.

    Args:
        policy: The policy.
        findings: Everything the detectors found.
        stage: Where the content stands.
        language: The content's language.
        also: Other languages it holds something of; a rule for any of them applies too.
        failures: Required work that was not done. Any of it takes ``on_error``: this is the fail-closed
            rule, and no other rule can undo it, since the most restrictive action wins.
        online: Whether somebody waits for the answer (``on_error.online``) or not (``on_error.batch``).
    """
    applied: list[Applied] = []
    mends = policy.repair.by_default
    spoken = {language, *also}
    for index, finding in enumerate(findings):
        cuts: list[Threshold] = []
        left = spoken
        if policy.thresholds:
            cuts, left = closest(policy.thresholds, finding, stage=stage, languages=spoken)
        for cut in cuts:
            applied += [
                Applied(rule=f"threshold {cut.name}", action=action, finding=index, repair=mends)
                for action in cut.actions(finding)
            ]
        for rule in policy.rules:
            # Cuts made for this very kind of finding stand in the place of the general ones, in their languages.
            judged = spoken if rule.min_probability is None else left
            if judged and matches(rule, finding, stage=stage, languages=judged):
                repair = mends if rule.repair is None else rule.repair
                applied.append(Applied(rule=rule.name, action=rule.action, finding=index, repair=repair))
    closed = policy.on_error.online if online else policy.on_error.batch
    for failure in failures:
        reason = f"{failure.detector}: {failure.message}"
        applied.append(Applied(rule=f"on_error:{failure.code}", action=closed, reason=reason))
    decision = max((a.action for a in applied), default=Decision.ALLOW)
    return decision, tuple(applied)


def status_of(failures: Sequence[DetectorError], optional: Sequence[DetectorError], done: int) -> Status:
    """How screening went: ``partial`` where some detectors answered and others did not."""
    if not failures and not optional:
        return Status.COMPLETE
    if failures and all(f.code == "timeout" for f in failures):
        return Status.TIMEOUT
    if failures and not done:
        return Status.ERROR
    return Status.PARTIAL
