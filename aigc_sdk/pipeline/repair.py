"""Mending text that the policy would refuse: detectors' own suggestions put in, and the whole screened again.

A rule that says ``repair`` lets its findings be mended before its action is taken. A text is mended only where
*everything* the policy objects to can be: each objection has a span and something to put there. What comes out
is screened in full, as if it had been written so; only if that allows it, it is delivered. If not, the stricter
of the two verdicts stands. Rounds are bounded by the policy, and every change is put down in the verdict.

Streams are not mended: what was released cannot be taken back, and what is held back is too short to judge a
sentence by. Prompts and retrieved passages are not mended either: that would change what was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Unpack

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.pipeline.edits import Edit, applied, composed, merged
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.redaction import edits_for
from aigc_sdk.pipeline.screened_rows import ScreenOptions
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.policy import Policy
from aigc_sdk.taxonomy import Category, Stage
from aigc_sdk.verdict import Applied, Decision, Repair, Verdict

REPAIRED = "repaired"
REPAIR_FAILED = "repair_failed"


class RepairingScreener(Screener):
    """Draws the verdicts of another screener, and mends what the policy lets be mended.

    Args:
        first: Draws the first verdict on every item; what is mended is screened by this one itself.
        policy: The policy of both.
        registry: As for `Screener`.
        pool: As for `Screener`.
        isolation: As for `Screener`.
    """

    def __init__(
        self, first: Screener, policy: Policy, registry: Registry, pool: ComponentPool, isolation: Isolation
    ) -> None:
        super().__init__(policy, registry, pool, isolation)
        self._first = first
        # Observers hear of a verdict once, when it is the last word.
        first._notify = False

    def screen(self, items: Sequence[Content], **how: Unpack[ScreenOptions]) -> list[Verdict]:
        """As `Screener.screen`; a verdict on mended text is ``redact``, with `Verdict.repairs`."""
        verdicts = self._first.screen(items, **how)
        if how.get("redact", True) and how.get("keep") is None and how["stage"] is Stage.OUTPUT:
            self._mend(items, verdicts, how["ctx"], how.get("online", True))
        if how.get("announce", True):
            self.announce(verdicts)
        return verdicts

    def _mend(
        self, items: Sequence[Content], verdicts: list[Verdict], ctx: CallContext, online: bool
    ) -> None:
        """Put the verdicts on mended texts in the place of those on the originals."""
        work = [
            _Mending(index, item, verdicts[index])
            for index, item in enumerate(items)
            if isinstance(item, Text) and any(a.repair for a in verdicts[index].applied)
        ]
        for _ in range(self.policy.repair.rounds):
            live = [one for one in work if one.advance(self.policy.placeholder)]
            if not live:
                break
            texts = [Text(one.text, one.item.language) for one in live]
            again = super().screen(
                texts, stage=Stage.OUTPUT, ctx=ctx, online=online, redact=False, announce=False
            )
            for one, verdict in zip(live, again, strict=True):
                one.last = verdict
        for one in work:
            verdicts[one.index] = one.outcome()


@dataclass(slots=True)
class _Mending:
    """One text on its way through the rounds."""

    index: int
    item: Text
    first: Verdict
    edits: list[Edit] = field(default_factory=list)
    text: str = ""
    last: Verdict | None = None
    """The verdict on ``text``; None before the first round."""

    def advance(self, placeholder: str) -> bool:
        """Mend what the latest verdict objects to; False where that is nothing, or cannot be mended."""
        if self.last is not None and self.last.decision is Decision.ALLOW:
            return False
        made = edits_of(self.last or self.first, placeholder)
        if not made:
            return False
        whole = composed(self.item.text, self.edits, made)
        text = applied(self.item.text, whole)
        # Nothing but blanks would pass unread, and is no text mended.
        if not text.strip() or text == (self.text if self.last is not None else self.item.text):
            return False
        self.edits, self.text, self.last = whole, text, None
        return True

    def outcome(self) -> Verdict:
        """The verdict that stands."""
        first, last = self.first, self.last
        if last is None:
            return first
        if last.decision is Decision.ALLOW:
            repairs = tuple(_record(edit, self.item.text, _private(first)) for edit in self.edits)
            note = f"{len(repairs)} place(s) were mended and the text screened again"
            mended = Applied(rule=REPAIRED, action=Decision.REDACT, reason=note)
            return first.model_copy(
                update={
                    "decision": Decision.REDACT,
                    "applied": (*_without_failure(first), mended),
                    "redacted": self.text,
                    "repairs": repairs,
                }
            )
        # What is still to be redacted when the rounds are over is refused, as after any redaction.
        after = Decision.BLOCK if last.decision is Decision.REDACT else last.decision
        names = sorted(
            {str(last.findings[a.finding].category) for a in last.applied if a.finding is not None}
        )
        reason = f"objected to after repair too ({', '.join(names) or str(last.status)})"
        failed = Applied(rule=REPAIR_FAILED, action=after, reason=reason)
        return first.model_copy(
            update={
                "decision": max(first.decision, after),
                "applied": (*first.applied, failed),
                "redacted": None if after > first.decision else first.redacted,
            }
        )


def edits_of(verdict: Verdict, placeholder: str) -> list[Edit] | None:
    """Edits that mend everything the verdict objects to, and whatever else a rule lets be mended.

    Returns:
        Sorted, disjoint edits; None where something cannot be mended: an error, a rule that lets nothing be
        mended, no span, nothing to put there.
    """
    edits: list[Edit] = []
    for rule in verdict.applied:
        if rule.finding is None:
            if rule.action is Decision.ALLOW or rule.rule == "redaction_failed":
                # A redaction that failed is tried again here, beside what can be mended now.
                continue
            return None
        if rule.action is Decision.ALLOW and not rule.repair:
            continue
        if rule.action > Decision.REDACT and not rule.repair:
            return None
        fill = placeholder if rule.action is Decision.REDACT else None
        made = edits_for(rule, verdict.findings[rule.finding], fill)
        if made is not None:
            edits += made
        elif rule.action is not Decision.ALLOW:
            return None
    return merged(edits)


def _without_failure(verdict: Verdict) -> tuple[Applied, ...]:
    return tuple(a for a in verdict.applied if a.rule != "redaction_failed")


def _private(verdict: Verdict) -> list[tuple[float, float]]:
    """Where the text holds private data, whatever the policy does about it."""
    return [
        (span.start, span.end)
        for finding in verdict.findings
        if finding.category is Category.PRIVACY
        for span in finding.spans
        if span.start is not None and span.end is not None
    ]


def _record(edit: Edit, original: str, private: Sequence[tuple[float, float]]) -> Repair:
    hidden = edit.private or any(start < edit.end and edit.start < end for start, end in private)
    return Repair(
        start=edit.start,
        end=edit.end,
        before=None if hidden else original[edit.start : edit.end],
        after=edit.after,
        category=edit.category,
        detector=edit.detector,
        rule=edit.rule,
    )
