"""The components' pool as one policy sees it: its detectors called with the options it gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from aigc_sdk.components import Moderator
from aigc_sdk.content import Content
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import OptionError, PolicyError
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.requests import build_options
from aigc_sdk.policy import Policy
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Err, Screening


def check_options(policy: Policy, registry: Registry) -> dict[str, BaseModel]:
    """The options that a policy gives to installed detectors, checked; by the detector's id.

    Raises:
        PolicyError: If a detector takes no options, has none of that name, or refuses a value.
        PluginLoadError: If the model that checks them cannot be imported.
    """
    checked: dict[str, BaseModel] = {}
    for use in policy.detectors:
        spec = registry.moderators.get(use.id)
        if spec is None or not use.options:
            continue
        try:
            options = build_options(spec.options_model(), use.options, spec.id)
        except OptionError as error:
            raise PolicyError(f"Policy {policy.id!a}: {error.message}", hint=error.hint) from error
        if options is not None:
            checked[use.id] = options
    return checked


class ConfiguredPool(ComponentPool):
    """Hands out the moderators of another pool; those that declare options get them with every call.

    A moderator whose spec names an options model is called as ``moderate(items, stage=…, ctx=…, options=…)``,
    with the model's defaults where the policy says nothing.

    Args:
        pool: Makes and keeps the components; closing it is its owner's business.
        given: Checked options by detector id, from `check_options`.
        registry: Says which detectors take options.
    """

    def __init__(self, pool: ComponentPool, given: dict[str, BaseModel], registry: Registry) -> None:
        # Not the parent's: everything it would keep is in the other pool.
        self._pool = pool
        self._given = given
        self._registry = registry
        self._bound: dict[str, tuple[Moderator, Moderator]] = {}

    def moderator(self, spec: ModeratorSpec, ctx: CallContext) -> Moderator:
        """The loaded moderator, with its options bound."""
        component = self._pool.moderator(spec, ctx)
        model = spec.options_model()
        if model is None:
            return component
        options = self._given.get(spec.id) or build_options(model, {}, spec.id)
        bound = _Bound(component, options)
        self._bound[spec.id] = (component, bound)
        return bound

    def loaded(self, kind: str, component_id: str) -> Any | None:
        """The component if it is there already; one that takes options only once they are bound."""
        component = self._pool.loaded(kind, component_id)
        spec = self._registry.moderators.get(component_id)
        if component is None or spec is None or spec.options is None:
            return component
        known = self._bound.get(component_id)
        return known[1] if known is not None and known[0] is component else None


class _Bound:
    """A moderator with the options of one policy."""

    def __init__(self, component: Any, options: BaseModel | None) -> None:
        self._component, self._options = component, options

    @property
    def settled(self) -> Any:
        """That of the component, if it has one: options leave findings out, and never add any."""
        return self._component.settled

    def load(self, runtime: Any) -> None:
        """Its pool has loaded it."""

    def close(self) -> None:
        """Its pool closes it."""

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        rows: Sequence[Screening | Err] = self._component.moderate(
            items, stage=stage, ctx=ctx, options=self._options
        )
        return rows
