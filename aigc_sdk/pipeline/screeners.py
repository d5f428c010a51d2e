"""The screener a policy needs: with its detectors' options, a shadow beside it, repair behind it."""

from __future__ import annotations

from aigc_sdk.discovery import Registry
from aigc_sdk.pipeline.configured import ConfiguredPool, check_options
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.repair import RepairingScreener
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.shadowed import ShadowedScreener
from aigc_sdk.policy import Policy
from aigc_sdk.policy.shadow import Shadow


def screener_for(
    policy: Policy, shadow: Shadow | None, registry: Registry, pool: ComponentPool, isolation: Isolation
) -> Screener:
    """A screener for ``policy``, with a candidate policy beside it where there is one.

    Raises:
        PolicyError: If it gives a detector options that this does not take.
    """
    if any(spec.options is not None for spec in registry.moderators.values()) or any(
        use.options for use in policy.detectors
    ):
        pool = ConfiguredPool(pool, check_options(policy, registry), registry)
    screener: Screener
    if shadow is None:
        screener = Screener(policy, registry, pool, isolation)
    else:
        check_options(shadow.policy, registry)
        screener = ShadowedScreener(policy, shadow, registry, pool, isolation)
    if policy.repairs and not policy.unscreened:
        return RepairingScreener(screener, policy, registry, pool, isolation)
    return screener
