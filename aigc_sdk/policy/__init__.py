"""Policies: which detectors look, and what their findings lead to."""

from aigc_sdk.policy.engine import decide
from aigc_sdk.policy.load import load_policy, preset_names
from aigc_sdk.policy.model import DetectorUse, OnError, Policy, RepairUse, Rule
from aigc_sdk.policy.targets import Target
from aigc_sdk.policy.thresholds import Cut, Threshold

__all__ = [
    "Cut",
    "DetectorUse",
    "OnError",
    "Policy",
    "RepairUse",
    "Rule",
    "Target",
    "Threshold",
    "decide",
    "load_policy",
    "preset_names",
]
