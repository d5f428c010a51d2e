"""A screener beside which a candidate policy judges the same findings, unseen by the live verdict."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Unpack

from aigc_sdk.content import Content, Text
from aigc_sdk.discovery import Registry
from aigc_sdk.language import languages_in
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.screened_rows import NO_LANGUAGE, ScreenOptions
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.policy import Policy
from aigc_sdk.policy.shadow import Shadow, judge
from aigc_sdk.verdict import Verdict

_log = logging.getLogger(__name__)


class ShadowedScreener(Screener):
    """Draws verdicts under the live policy, and lets a candidate judge what was found.

    No detector runs for the candidate: items for which it wants one that the live policy did not ask are
    counted as not compared. Whatever the candidate does, the verdict is the one a `Screener` gives.
    """

    def __init__(
        self, policy: Policy, shadow: Shadow, registry: Registry, pool: ComponentPool, isolation: Isolation
    ) -> None:
        super().__init__(policy, registry, pool, isolation)
        self.shadow = shadow
        self._candidate = Screener(shadow.policy, registry, pool, isolation)

    def screen(self, items: Sequence[Content], **how: Unpack[ScreenOptions]) -> list[Verdict]:
        """As `Screener.screen`."""
        verdicts = super().screen(items, **how)
        keep, online = how.get("keep"), how.get("online", True)
        if not how.get("announce", True):
            return verdicts
        for item, verdict in zip(items, verdicts, strict=True):
            # A stream's windows come again with the whole text, except for the one that ends it.
            if keep is not None and verdict.deliverable:
                continue
            try:
                self._compare(item, verdict, online)
            except Exception as error:  # noqa: BLE001  # nothing a candidate does may touch the live path
                _log.warning("The shadow policy failed on an item: %s", type(error).__name__)
                self.shadow.skip(f"the shadow failed: {type(error).__name__}")
        return verdicts

    def _compare(self, item: Content, verdict: Verdict, online: bool) -> None:
        policy, shadow = self.shadow.policy, self.shadow
        if item.is_blank:
            return
        if self.policy.unscreened:
            shadow.skip("the live policy does not screen")
            return
        inside = languages_in(item.text) if isinstance(item, Text) else frozenset[str]()
        languages = inside | {verdict.language or NO_LANGUAGE}
        asked = {plan.use.id: plan.use.options for plan in self.plan(item.kind, verdict.stage)}
        wanted = [
            plan
            for plan in self._candidate.plan(item.kind, verdict.stage)
            if plan.use.languages is None
            or verdict.language == NO_LANGUAGE
            or not languages.isdisjoint(plan.use.languages)
        ]
        missing = sorted(p.use.id for p in wanted if p.spec is not None and p.use.id not in asked)
        if missing and not policy.unscreened:
            shadow.skip(f"the live policy does not ask {', '.join(missing)}")
            return
        other = sorted(i for p in wanted if (i := p.use.id) in asked and p.use.options != asked[i])
        if other and not policy.unscreened:
            shadow.skip(f"the live policy gives other options to {', '.join(other)}")
            return
        decision, applied = judge(
            policy,
            verdict,
            kind=item.kind,
            languages=languages,
            uses={p.use.id for p in wanted if p.spec is not None},
            absent=[p.use.id for p in wanted if p.spec is None and p.use.required],
            known=self._registry.moderators,
            served=verdict.language in (*policy.languages, NO_LANGUAGE),
            online=online,
        )
        shadow.record(verdict, decision, applied)
