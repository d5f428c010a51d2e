"""Screening: run the detectors a policy wants, and draw a verdict that fails closed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import AigcError, ComponentError, ContractError, DeadlineExceededError
from aigc_sdk.language import effective_language, languages_in
from aigc_sdk.pipeline.isolation import Isolation, checked_rows, elapsed_ms
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.redaction import redact_text
from aigc_sdk.policy import DetectorUse, Policy, decide
from aigc_sdk.policy.engine import status_of
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Kind, Stage
from aigc_sdk.verdict import (
    Applied,
    Decision,
    DetectorError,
    Err,
    Finding,
    Screening,
    Verdict,
)

MAX_DERIVED_DEPTH = 4
"""A video's frames may hold pictures of text; what is derived still deeper fails closed."""

NO_LANGUAGE = "zxx"
"""Nothing linguistic (digits, emoji): every detector looks."""

Keep = Callable[[Finding, ModeratorSpec], bool]


@dataclass(slots=True)
class _Row:
    """One item on its way to a verdict."""

    content: Content
    language: str
    findings: list[Finding] = field(default_factory=list)
    required: list[DetectorError] = field(default_factory=list)
    optional: list[DetectorError] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    covered: bool = False
    """Did a detector that serves the main language look?"""
    languages: frozenset[str] = frozenset()
    derived: list[Content] = field(default_factory=list)

    def __post_init__(self) -> None:
        inside = languages_in(self.content.text) if isinstance(self.content, Text) else frozenset()
        self.languages = inside | {self.language}


@dataclass(frozen=True, slots=True)
class _Plan:
    """One detector and how the policy uses it; ``spec`` is None where it is not installed."""

    use: DetectorUse
    spec: ModeratorSpec | None
    listed: bool


class Screener:
    """Draws verdicts under one policy."""

    def __init__(self, policy: Policy, registry: Registry, pool: ComponentPool, isolation: Isolation) -> None:
        self.policy = policy
        self._registry = registry
        self._pool = pool
        self._isolation = isolation
        self._notify = "aigc_on_verdict" in registry.observed

    def plan(self, kind: Kind, stage: Stage) -> list[_Plan]:
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
                plans.append(_Plan(effective, spec, listed=use is not None))
        for use in self.policy.detectors:
            absent = use.id not in self._registry.moderators
            here = (use.kinds is None or kind in use.kinds) and (use.stages is None or stage in use.stages)
            if absent and use.enabled and here:
                plans.append(_Plan(use, None, listed=True))
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
        """
        if self.policy.unscreened:
            return [_unscreened(self.policy, item, stage) for item in items]
        return self._screen(items, stage, ctx, online, keep, depth=0, redact=redact)

    def _screen(
        self,
        items: Sequence[Content],
        stage: Stage,
        ctx: CallContext,
        online: bool,
        keep: Keep | None,
        depth: int,
        redact: bool = True,
    ) -> list[Verdict]:
        start = time.perf_counter()
        rows = [_Row(item, _language(item)) for item in items]
        by_kind: dict[Kind, list[_Row]] = {}
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
        if self._notify and depth == 0:
            for verdict in verdicts:
                self._registry.notify("aigc_on_verdict", verdict=verdict)
        return verdicts

    def _look(self, kind: Kind, rows: list[_Row], stage: Stage, ctx: CallContext, keep: Keep | None) -> None:
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
        for plan in plans:
            concerned = [row for row in rows if _concerns(plan, row)]
            if concerned:
                self._ask(plan, concerned, stage, ctx, keep)
        for row in rows:
            if not row.covered and not row.required:
                message = f"no detector looked at this {kind} in language {row.language!r}"
                row.required.append(DetectorError(detector="policy", code="no_detector", message=message))

    def _ask(self, plan: _Plan, rows: list[_Row], stage: Stage, ctx: CallContext, keep: Keep | None) -> None:
        """One detector, all its rows in one call; a failure is put down in every row it concerns."""
        spec, use = plan.spec, plan.use
        if spec is None:
            error = DetectorError(detector=use.id, code="not_installed", message="it is not installed")
            for row in rows:
                (row.required if use.required else row.optional).append(error)
            return
        answers: Sequence[Any]
        try:
            # An id that two plugins claim is nobody's: raises, so that nothing is allowed on its word.
            component = self._pool.moderator(self._registry.moderator(spec.id), ctx)
            items = [row.content for row in rows]
            raw = self._isolation.call(
                spec.id,
                lambda: component.moderate(items, stage=stage, ctx=ctx),
                ctx,
                limit=use.timeout_s,
            )
            answers = [_checked(spec.id, row) for row in checked_rows(spec.id, raw, len(rows), Screening)]
        except AigcError as error:
            answers = [Err(error)] * len(rows)
        for row, answer in zip(rows, answers, strict=True):
            _put_down(row, plan, spec, answer, keep)

    def _verdict(self, row: _Row, stage: Stage, online: bool, start: float) -> Verdict:
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
        self, row: _Row, decision: Decision, applied: tuple[Applied, ...], stage: Stage, start: float
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
        row: _Row,
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
                    "findings": verdict.findings + inner.findings,
                    "applied": verdict.applied + tuple(moved),
                    "errors": verdict.errors + inner.errors,
                }
            )
        return verdict

    def _redact(
        self,
        rows: list[_Row],
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
        again = [_Row(Text(texts[i] or "", rows[i].language), rows[i].language) for i in redone]
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


def _language(item: Content) -> str:
    if not isinstance(item, Text):
        return NO_LANGUAGE
    return effective_language(item.text, item.language)


def _concerns(plan: _Plan, row: _Row) -> bool:
    """Is this detector to look at this row?

    What counts is every language the text holds, not only its main one: a few words of Chinese inside an
    English text are still looked at. A detector that came along uninvited stands aside for languages it does not serve (`_look` then makes
    sure that another one looked). One that the policy lists must answer, unless its ``languages`` limit it.
    """
    languages = plan.use.languages
    if row.language == NO_LANGUAGE:
        return True
    if languages is not None:
        return not row.languages.isdisjoint(languages)
    if plan.listed or plan.spec is None:
        return True
    return not plan.spec.languages or not row.languages.isdisjoint(plan.spec.languages)


def _checked(name: str, answer: Screening | Err) -> Screening | Err:
    """A row whose parts have the types they are declared with, else an `Err`."""
    if isinstance(answer, Err):
        return answer
    for part, kind in ((answer.findings, Finding), (answer.derived, Content)):
        if not isinstance(part, list | tuple) or not all(isinstance(one, kind) for one in part):
            return Err(ContractError(f"{name} returned a screening with parts of a wrong type."))
    spans = [s for f in answer.findings for s in f.spans]
    numbers = [n for s in spans for n in (s.start, s.end) if n is not None]
    if not all(math.isfinite(n) and n >= 0 for n in numbers):
        return Err(ContractError(f"{name} returned a span that lies nowhere."))
    return answer


def _put_down(row: _Row, plan: _Plan, spec: ModeratorSpec, answer: Any, keep: Keep | None) -> None:
    errors = row.required if plan.use.required else row.optional
    served = not spec.languages or row.language in (*spec.languages, NO_LANGUAGE)
    if not served and row.languages.isdisjoint(spec.languages):
        message = f"it does not serve language {row.language!r}"
        errors.append(DetectorError(detector=spec.id, code="unsupported_language", message=message))
    if isinstance(answer, Err):
        errors.append(_detector_error(spec.id, answer.error))
        return
    screening: Screening = answer
    for finding in screening.findings:
        stamped = finding.model_copy(
            update={"detector": finding.detector or spec.id, "bundle": finding.bundle or screening.bundle}
        )
        if keep is None or keep(stamped, spec):
            row.findings.append(stamped)
    if _overlong(screening, spec):
        # Streams rely on the bound: a detector that breaks it cannot vouch for what was released.
        message = f"it reported a match longer than its max_match of {spec.max_match} characters"
        errors.append(DetectorError(detector=spec.id, code="contract", message=message))
    row.derived.extend(screening.derived)
    if not screening.complete:
        errors.append(
            DetectorError(detector=spec.id, code="truncated", message="it could look at a part only")
        )
        return
    row.done.append(spec.id)
    row.covered = row.covered or served


def _overlong(screening: Screening, spec: ModeratorSpec) -> bool:
    """Does a finding span more than the detector's stated bound?"""
    return spec.max_match is not None and any(
        span.start is not None and span.end is not None and span.end - span.start > spec.max_match
        for finding in screening.findings
        for span in finding.spans
    )


def _detector_error(detector: str, error: Exception) -> DetectorError:
    if isinstance(error, DeadlineExceededError):
        return DetectorError(detector=detector, code="timeout", message=str(error))
    code = error.code if isinstance(error, AigcError) else "error"
    # The message of a foreign exception may quote the content: name its type only.
    foreign = error.__cause__ if isinstance(error, ComponentError) else error
    if foreign is not None and not isinstance(foreign, AigcError):
        return DetectorError(detector=detector, code=code, message=f"it raised {type(foreign).__name__}")
    message = str(error)
    return DetectorError(detector=detector, code=code, message=message)


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
