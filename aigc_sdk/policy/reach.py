"""Rules and settings that no content could ever meet: a slip of the pen there would let everything pass."""

from __future__ import annotations

from collections.abc import Mapping

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy.model import Policy
from aigc_sdk.spec import ModeratorSpec


def check_rules(policy: Policy, installed: Mapping[str, ModeratorSpec]) -> None:
    """Hold the detectors that rules name to those there are.

    A detector that `Policy.detectors` lists may be absent: where it is required, nothing passes without it.

    Raises:
        PolicyError: Naming every rule for a detector that is neither installed nor listed.
    """
    known = {*installed, *(use.id for use in policy.detectors)}
    wrong = [
        f"rule {rule.name!a} names {', '.join(repr(i) for i in unknown)}"
        for rule in policy.rules
        if (unknown := [i for i in rule.detectors if i not in known])
    ]
    if wrong:
        raise PolicyError(
            f"Policy {policy.id!a} has rules for detectors that are neither installed nor listed under `detectors`: "
            f"{'; '.join(wrong)}.",
            hint="`aigc plugins list` shows what is installed.",
        )
