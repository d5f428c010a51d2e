"""Policies: which detectors look, and what their findings lead to."""

from aigc_sdk.policy.engine import decide
from aigc_sdk.policy.load import load_policy, preset_names
from aigc_sdk.policy.model import DetectorUse, OnError, Policy, Rule

__all__ = ["DetectorUse", "OnError", "Policy", "Rule", "decide", "load_policy", "preset_names"]
