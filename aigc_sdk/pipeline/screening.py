"""Screening: run the detectors a policy wants, and draw a verdict that fails closed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import AigcError
from aigc_sdk.pipeline.isolation import Isolation, Task, elapsed_ms
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.redaction import redact_text
from aigc_sdk.pipeline.screened_rows import (
    NO_LANGUAGE,
    Keep,
    Plan,
    Row,
    answers_of,
    concerns,
    put_down,
    shown,
    text_of,
    undo_changes,
)
from aigc_sdk.policy import DetectorUse, Policy, decide
from aigc_sdk.policy.engine import status_of
from aigc_sdk.policy.floors import acting_floors
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Kind, Stage
from aigc_sdk.verdict import (
    Applied,
    Decision,
    DetectorError,
    Err,
    Finding,
    Screening,
    Span,
    Verdict,
)

MAX_DERIVED_DEPTH = 4
"""A video's frames may hold pictures of text; what is derived still deeper fails closed."""

SETTLE_LIMIT_S = 5.0
"""Seconds detectors may take to say what they wait for, before the whole hold-back is waited for."""

LOAD_LIMIT_S = 120.0
"""Seconds a detector's model may take to load where the call's deadline leaves more."""


class Screener:
    """Draws verdicts under one policy."""

    def __init__(self, policy: Policy, registry: Registry, pool: ComponentPool, isolation: Isolation) -> None:
        self.policy = policy
        self._registry = registry
        self._pool = pool
        self._isolation = isolation
        self._notify = "aigc_on_verdict" in registry.observed

    def plan(self, kind: Kind, stage: Stage) -> list[Plan]:
        """Detectors for content of ``kind`` at ``stage``, those the policy insists on but lacks included."""
        plans = []
        listed = {use.id: use for use in self.policy.detectors}
        for spec in self._registry.moderators.values():
            use = listed.get(spec.id)
            if use is None and (spec.opt_in or not self.policy.include_installed):
                continue
            effective = use or DetectorUse(id=spec.id)
            stages = effective.stages if effective.stages is not None else spec.stages
            if effective.enabled and kind in spec.inputs and stage in stages:
                plans.append(Plan(effective, spec, listed=use is not None))
        for use in self.policy.detectors:
            absent = use.id not in self._registry.moderators
            here = (use.kinds is None or kind in use.kinds) and (use.stages is None or stage in use.stages)
            if absent and use.enabled and here:
                plans.append(Plan(use, None, listed=True))
        return plans

    def screen(
        self,
        items: Sequence[Content],
        *,
        stage: Stage,
        ctx: CallContext,
        online: bool = True,
        keep: Keep | None = None,
        redact: bool = True,
        clip: int | None = None,
        announce: bool = True,
    ) -> list[Verdict]:
        """One verdict an item, in order. Never raises for what a detector does.

        Args:
            items: What to screen.
            stage: Where the items stand in a call.
            ctx: Deadline and cancellation; past either, nothing is allowed.
            online: Whether somebody waits: chooses between ``on_error.online`` and ``.batch``.
            keep: Findings to take into account (streams leave out those of text that is still held back).
            redact: False leaves redaction to the caller: ``decision`` may then be ``redact`` without a
                ``redacted`` text.
            clip: Characters that detectors of whole texts see; those of bounded matches see all (streams).
            announce: False keeps observers out: the verdict is a trial, see `announce`.
        """
        if self.policy.unscreened:
            return [_unscreened(self.policy, item, stage) for item in items]
        verdicts = self._screen(items, stage, ctx, online, keep, depth=0, redact=redact, clip=clip)
        if announce:
            self.announce(verdicts)
        return verdicts

    def settled(self, text: str, stage: Stage, ctx: CallContext) -> int:
        """The place up to which no detector with a bounded match waits for more of a stream's ``text``.

        See `aigc_sdk.components.StreamModerator`. 0 where a detector does not say, -1 where one never does.
        """
        if self.policy.unscreened:
            return len(text)
        floors = acting_floors(self.policy, stage)
        specs = [p.spec for p in self.plan(Kind.TEXT, stage) if p.spec is not None]
        bounded = [s for s in specs if s.max_match is not None]
        there = [self._pool.loaded("moderator", s.id) for s in bounded]
        if any(one is not None and not hasattr(one, "settled") for one in there):
            return -1

        def ask() -> int:
            low = len(text)
            for spec, loaded in zip(bounded, there, strict=True):
                component = loaded or self._pool.moderator(self._registry.moderator(spec.id), ctx)
                settled = getattr(component, "settled", None)
                place = 0 if settled is None else settled(text, floors)
                low = min(low, place if type(place) is int and place >= 0 else 0)
                if not low:
                    break
            return low

        try:
            return self._isolation.call("stream hold-back", ask, ctx, limit=SETTLE_LIMIT_S)
        except AigcError:
            return 0

    def announce(self, verdicts: Sequence[Verdict]) -> None:
        """Tell observers about verdicts."""
        if self._notify:
            for verdict in verdicts:
                self._registry.notify("aigc_on_verdict", verdict=verdict)

    def _screen(
        self,
        items: Sequence[Content],
        stage: Stage,
        ctx: CallContext,
        online: bool,
        keep: Keep | None,
        depth: int,
        redact: bool = True,
        clip: int | None = None,
    ) -> list[Verdict]:
        start = time.perf_counter()
        rows = [Row.of(item, clip) for item in items]
        by_kind: dict[Kind, list[Row]] = {}
        for row in rows:
            if not row.content.is_blank:
                by_kind.setdefault(row.content.kind, []).append(row)
        for kind, members in by_kind.items():
            self._look(kind, members, stage, ctx, keep)
        verdicts = [self._verdict(row, stage, online, start) for row in rows]
        for index, row in enumerate(rows):
            if row.derived:
                verdicts[index] = self._with_derived(verdicts[index], row, stage, ctx, online, depth, start)
        if redact:
            verdicts = self._redact(rows, verdicts, stage, ctx, online, keep, start, depth)
        return verdicts

    def _look(self, kind: Kind, rows: list[Row], stage: Stage, ctx: CallContext, keep: Keep | None) -> None:
        """Run every planned detector over the rows that concern it."""
        plans = self.plan(kind, stage)
        for row in rows:
            if row.language not in (*self.policy.languages, NO_LANGUAGE):
                row.required.append(
                    DetectorError(
                        detector="policy",
                        code="unsupported_language",
                        message=f"the policy does not answer for language {row.language!r}",
                    )
                )
        asked = [(plan, concerned) for plan in plans if (concerned := [r for r in rows if concerns(plan, r)])]
        before = [(row.content, row.seen, *text_of(row.content), *text_of(row.seen)) for row in rows]
        for (plan, concerned), answers in zip(asked, self._ask(asked, stage, ctx), strict=True):
            for row, answer in zip(concerned, answers, strict=True):
                put_down(row, plan, answer, keep)
        for row, then in zip(rows, before, strict=True):
            undo_changes(row, then)
            if not row.covered and not row.required:
                message = f"no detector looked at this {kind} in language {row.language!r}"
                row.required.append(DetectorError(detector="policy", code="no_detector", message=message))

    def _ask(
        self, asked: Sequence[tuple[Plan, list[Row]]], stage: Stage, ctx: CallContext
    ) -> list[Sequence[Screening | Err | None]]:
        """What each detector says of its rows, all rows in one call; None where it is not installed."""
        answers: list[Sequence[Screening | Err | None]] = []
        tasks: list[Task] = []
        places: list[int] = []
        for number, (plan, rows) in enumerate(asked):
            answers.append([None] * len(rows))
            if plan.spec is not None:
                tasks.append(self._task(plan.spec, plan.use.timeout_s, rows, stage, ctx))
                places.append(number)
        for number, raw in zip(places, self._isolation.call_each(tasks, ctx), strict=True):
            answers[number] = answers_of(*asked[number], raw)
        return answers

    def _task(
        self, spec: ModeratorSpec, limit: float, rows: Sequence[Row], stage: Stage, ctx: CallContext
    ) -> Task:
        items = [shown(spec, row) for row in rows]
        component = self._pool.loaded("moderator", spec.id)
        if component is not None:
            return Task(spec.id, partial(component.moderate, items, stage=stage, ctx=ctx), limit)

        def load_and_ask() -> object:
            # An id that two plugins claim is nobody's: raises, so that nothing is allowed on its word.
            made = self._pool.moderator(self._registry.moderator(spec.id), ctx)
            ask = partial(made.moderate, items, stage=stage, ctx=ctx)
            return self._isolation.call(spec.id, ask, ctx, limit=limit)  # the load does not count

        return Task(spec.id, load_and_ask, LOAD_LIMIT_S + limit)

    def _verdict(self, row: Row, stage: Stage, online: bool, start: float) -> Verdict:
        if row.content.is_blank:
            blank = Applied(rule="blank", action=Decision.ALLOW, reason="blank content passes")
            return self._build(row, Decision.ALLOW, (blank,), stage, start)
        decision, applied = decide(
            self.policy,
            row.findings,
            stage=stage,
            language=row.language,
            also=row.languages,
            failures=row.required,
            online=online,
        )
        return self._build(row, decision, applied, stage, start)

    def _build(
        self, row: Row, decision: Decision, applied: tuple[Applied, ...], stage: Stage, start: float
    ) -> Verdict:
        return Verdict(
            decision=decision,
            status=status_of(row.required, row.optional, len(row.done)),
            stage=stage,
            findings=tuple(row.findings),
            applied=applied,
            errors=(*row.required, *row.optional),
            detectors=tuple(row.done),
            policy=self.policy.id,
            policy_sha256=self.policy.sha256,
            content_sha256=row.content.sha256(),
            language=row.language,
            latency_ms=elapsed_ms(start),
        )

    def _with_derived(
        self,
        verdict: Verdict,
        row: Row,
        stage: Stage,
        ctx: CallContext,
        online: bool,
        depth: int,
        start: float,
    ) -> Verdict:
        """Fold in the verdicts on what was read out of the item; the most restrictive wins."""
        if depth + 1 >= MAX_DERIVED_DEPTH:
            message = f"content is derived more than {MAX_DERIVED_DEPTH - 1} levels deep"
            row.required.append(DetectorError(detector="policy", code="truncated", message=message))
            return self._verdict(row, stage, online, start)
        for inner in self._screen(row.derived, stage, ctx, online, None, depth + 1):
            offset = len(verdict.findings)
            # Redacting what was read out of a picture does not redact the picture.
            worst = Decision.BLOCK if inner.decision is Decision.REDACT else inner.decision
            moved = [
                a if a.finding is None else a.model_copy(update={"finding": a.finding + offset})
                for a in inner.applied
            ]
            verdict = verdict.model_copy(
                update={
                    "decision": max(verdict.decision, worst),
                    "status": verdict.status if not inner.errors else inner.status,
                    "findings": verdict.findings + tuple(map(_without_place, inner.findings)),
                    "applied": verdict.applied + tuple(moved),
                    "errors": verdict.errors + inner.errors,
                }
            )
        return verdict

    def _redact(
        self,
        rows: list[Row],
        verdicts: list[Verdict],
        stage: Stage,
        ctx: CallContext,
        online: bool,
        keep: Keep | None,
        start: float,
        depth: int,
    ) -> list[Verdict]:
        """Redact where the decision says so, and screen the result once more.

        What cannot be redacted (no span to point at), or is still objected to afterwards, is blocked.
        """
        wanted = [i for i, v in enumerate(verdicts) if v.decision is Decision.REDACT]
        texts: dict[int, str | None] = {
            i: redact_text(rows[i].content, verdicts[i], self.policy.placeholder) for i in wanted
        }
        redone = [i for i in wanted if texts[i] is not None]
        again = [Row.of(Text(texts[i] or "", rows[i].language), language=rows[i].language) for i in redone]
        if again:
            filled = [row for row in again if not row.content.is_blank]
            if filled:
                self._look(Kind.TEXT, filled, stage, ctx, keep)
        second = {i: self._verdict(row, stage, online, start) for i, row in zip(redone, again, strict=True)}
        for i, row in zip(redone, again, strict=True):
            if row.derived:
                second[i] = self._with_derived(second[i], row, stage, ctx, online, depth, start)
        out = list(verdicts)
        for i in wanted:
            after = second.get(i)
            if after is not None and after.decision is Decision.ALLOW:
                out[i] = verdicts[i].model_copy(update={"redacted": texts[i]})
                continue
            reason = "there is no span to redact" if after is None else "objected to after redaction too"
            extra = Applied(rule="redaction_failed", action=Decision.BLOCK, reason=reason)
            out[i] = verdicts[i].model_copy(
                update={"decision": Decision.BLOCK, "applied": (*verdicts[i].applied, extra)}
            )
        return out


def _without_place(finding: Finding) -> Finding:
    """A finding on derived content as one on its source: a place in the one is no place in the other.

    Left in, it would have the source's own characters there mended or struck out.
    """
    spans = tuple(Span(matched=span.matched) for span in finding.spans)
    return finding.model_copy(update={"spans": spans, "replacement": None})


def _unscreened(policy: Policy, item: Content, stage: Stage) -> Verdict:
    return Verdict(
        decision=Decision.ALLOW,
        stage=stage,
        applied=(
            Applied(rule="unscreened", action=Decision.ALLOW, reason="this policy switches screening off"),
        ),
        policy=policy.id,
        policy_sha256=policy.sha256,
        content_sha256=item.sha256(),
    )
