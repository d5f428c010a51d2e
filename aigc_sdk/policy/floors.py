"""How grave a finding must be before a policy acts on it."""

from __future__ import annotations

from aigc_sdk.policy.model import Policy
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision


def acting_floors(policy: Policy, stage: Stage) -> dict[Category, Severity]:
    """The lowest severity that any rule or threshold acts on, by category.

    Findings of other categories, and less grave ones, are only recorded, whatever else they say.
    """
    floors: dict[Category, Severity] = {}
    for rule in policy.rules:
        if rule.action is not Decision.ALLOW and (not rule.stages or stage in rule.stages):
            for category in rule.categories or tuple(Category):
                floors[category] = min(floors.get(category, Severity.HIGH), rule.min_severity)
    for threshold in policy.thresholds:
        floors[threshold.category] = Severity.SAFE
    return floors
