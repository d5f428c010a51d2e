"""The way of a generation call: screen, generate, screen, score, rank, retry — for many rows at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aigc_sdk.content import Candidate, Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import (
    AigcError,
    ComponentError,
    ContentBlockedError,
    ReviewUnrecordedError,
)
from aigc_sdk.pipeline.candidates import (
    contract_breach,
    deliverable,
    prose_of,
    stopped_blank,
    without_prose,
)
from aigc_sdk.pipeline.feedback import refusal_reasons
from aigc_sdk.pipeline.isolation import Isolation, checked_rows, elapsed_ms, foreign_failure
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.ranking import Scored, Scorer, order
from aigc_sdk.pipeline.recording import UNRECORDED, Recorder
from aigc_sdk.pipeline.redaction import redact_request
from aigc_sdk.pipeline.requests import screened_parts
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.request import Generation, Request, Sample
from aigc_sdk.result import Output, Result, Trace
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Applied, Decision, Err, Finding, Status, Verdict

MAX_CANDIDATES = 256
"""Candidates of one request and attempt that are screened and scored; further ones are left out."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that may not leave: the verdict, and why without a word of it."""

    verdict: Verdict
    reasons: tuple[str, ...]


@dataclass(slots=True)
class GenerationRow:
    """One request on its way to a result."""

    request: Request
    prompt: Verdict | None = None
    kept: list[tuple[Candidate, Verdict]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    attempts: int = 0
    error: Exception | None = None


class GenerationPipeline:
    """Runs requests through one generator with everything around it."""

    def __init__(
        self,
        registry: Registry,
        pool: ComponentPool,
        isolation: Isolation,
        screener: Screener,
        scorer: Scorer,
        recorder: Recorder,
    ) -> None:
        self._recorder = recorder
        self._registry = registry
        self._pool = pool
        self._isolation = isolation
        self._screener = screener
        self._scorer = scorer
        self._observed = registry.observed

    def run(
        self,
        spec: GeneratorSpec,
        requests: Sequence[Request],
        *,
        ctx: CallContext,
        evaluators: Sequence[EvaluatorSpec],
        online: bool = True,
    ) -> list[Result | Err]:
        """One `Result` or `Err` a request, in order."""
        start = time.perf_counter()
        rows = [GenerationRow(request) for request in requests]
        timings: dict[str, float] = {}
        if "aigc_before_generate" in self._observed:
            for row in rows:
                self._registry.notify("aigc_before_generate", component=spec.id, request=row.request)
        with _timed(timings, "prompt_screen"):
            self.screen_prompts(rows, ctx, online)
        live = [row for row in rows if row.error is None]
        for attempt in range(self._screener.policy.max_attempts):
            if not live:
                break
            with _timed(timings, "generate"):
                made = self._generate(spec, live, ctx)
            with _timed(timings, "output_screen"):
                self._screen_outputs(made, ctx, online)
            # Ask again only where something was made and all of it refused.
            live = [row for row in live if row.error is None and not row.kept]
            for row in live:
                feedback = tuple(dict.fromkeys(r for one in row.refused for r in one.reasons))
                row.request = replace(row.request, feedback=feedback, attempt=attempt + 1)
        with _timed(timings, "evaluate"):
            scored = self._score(rows, evaluators, ctx)
        timings["total"] = elapsed_ms(start)
        results = self._recorder.delivered(
            self._result(spec, row, scored[i], ctx, timings) for i, row in enumerate(rows)
        )
        if "aigc_after_generate" in self._observed:
            for result in results:
                if isinstance(result, Result):
                    self._registry.notify("aigc_after_generate", component=spec.id, result=result)
        return results

    def screen_prompts(self, rows: Sequence[GenerationRow], ctx: CallContext, online: bool) -> None:
        """Screen requests; a refused one gets its error, a redacted one its redacted messages."""
        parts = [screened_parts(row.request) for row in rows]
        flat = [part for row_parts in parts for part in row_parts]
        ids = [row.request.id for row, row_parts in zip(rows, parts, strict=True) for _ in row_parts]
        found = self._screener.screen(flat, stage=Stage.PROMPT, ctx=ctx, online=online)
        verdicts = iter(self._recorder.held(list(zip(flat, found, ids, strict=True))))
        for row, row_parts in zip(rows, parts, strict=True):
            own = [next(verdicts) for _ in row_parts]
            row.prompt = merge_verdicts(own, self._screener.policy.id, self._screener.policy.sha256)
            if row.prompt.decision is Decision.REDACT:
                redacted = redact_request(row.request, own, self._screener.policy.placeholder)
                if redacted is None:
                    row.prompt = row.prompt.model_copy(update={"decision": Decision.BLOCK})
                else:
                    row.request = redacted
            if not row.prompt.deliverable:
                reasons = [
                    r for v, part in zip(own, row_parts, strict=True) for r in refusal_reasons(v, part)
                ]
                row.error = _refusal("The request", Refused(row.prompt, tuple(reasons)), ctx)

    def _generate(
        self, spec: GeneratorSpec, rows: list[GenerationRow], ctx: CallContext
    ) -> list[tuple[GenerationRow, Candidate]]:
        requests = [row.request for row in rows]
        answers: Sequence[Generation | Err]
        try:
            component = self._pool.generator(spec, ctx)
            raw = self._isolation.call(spec.id, lambda: component.generate(requests, ctx=ctx), ctx)
            answers = checked_rows(spec.id, raw, len(requests), Generation)
        except AigcError as error:
            answers = [Err(error)] * len(requests)
        made: list[tuple[GenerationRow, Candidate]] = []
        for row, answer in zip(rows, answers, strict=True):
            row.attempts += 1
            if isinstance(answer, Err):
                row.error = as_aigc_error(spec.id, answer.error)
            elif (wrong := contract_breach(spec, answer)) is not None:
                row.error = wrong
            elif (stop := stopped_blank(answer, ctx)) is not None:
                row.error = stop
            elif not answer.candidates:
                row.error = ComponentError(
                    f"{spec.id} made no candidate for request {row.request.id!r} and gave no reason."
                )
            else:
                # Best guess first: what is over the cap is the least likely to be missed.
                made.extend((row, candidate) for candidate in answer.candidates[:MAX_CANDIDATES])
        return made

    def _screen_outputs(
        self, made: list[tuple[GenerationRow, Candidate]], ctx: CallContext, online: bool
    ) -> None:
        items = [_with_language(candidate.content, row.request.language) for row, candidate in made]
        # What is recorded beside the content leaves with it, so its texts are screened in the same pass.
        notes = {i: text for i, (_, candidate) in enumerate(made) if (text := prose_of(candidate.meta))}
        items += [Text(text) for text in notes.values()]
        verdicts = self._screener.screen(items, stage=Stage.OUTPUT, ctx=ctx, online=online)
        refused_notes = {
            i for i, verdict in zip(notes, verdicts[len(made) :], strict=True) if not verdict.allowed
        }
        verdicts = self._recorder.held(
            [(c.content, v, row.request.id) for (row, c), v in zip(made, verdicts[: len(made)], strict=True)]
        )
        for i, ((row, candidate), verdict) in enumerate(zip(made, verdicts, strict=True)):
            if i in refused_notes:
                candidate = without_prose(candidate)
            delivered = deliverable(candidate, verdict)
            if delivered is None:
                row.refused.append(Refused(verdict, refusal_reasons(verdict, candidate.content)))
            else:
                row.kept.append((delivered, verdict))

    def _score(
        self, rows: list[GenerationRow], evaluators: Sequence[EvaluatorSpec], ctx: CallContext
    ) -> list[list[Scored]]:
        samples = []
        for row in rows:
            contents = [candidate.content for candidate, _ in row.kept]
            for index, content in enumerate(contents):
                siblings = tuple(contents[:index] + contents[index + 1 :])
                samples.append(
                    Sample(content, request=row.request, siblings=siblings, language=row.request.language)
                )
        scored = iter(self._scorer.score(samples, evaluators, ctx=ctx))
        return [[next(scored) for _ in row.kept] for row in rows]

    def _result(
        self,
        spec: GeneratorSpec,
        row: GenerationRow,
        scored: list[Scored],
        ctx: CallContext,
        timings: dict[str, float],
    ) -> Result | Err:
        if row.error is not None:
            return Err(row.error)
        if not row.kept or row.prompt is None:
            # The least restrictive refusal: a person may still release what is only held for review.
            least = min(row.refused, key=lambda one: one.verdict.decision)
            return Err(_refusal(f"Every candidate of {row.attempts} attempts", least, ctx))
        best = order(dict(enumerate(scored)))[: row.request.n]
        outputs = tuple(
            Output(
                content=row.kept[i][0].content,
                verdict=row.kept[i][1],
                scores=tuple(scored[i].scores),
                rank_score=scored[i].rank_score,
                candidate=row.kept[i][0],
            )
            for i in best
        )
        errors = tuple(dict.fromkeys(e for s in scored for e in s.errors))
        return Result(outputs, row.prompt, self.trace(spec, row, ctx, timings), errors)

    def trace(
        self, spec: GeneratorSpec, row: GenerationRow, ctx: CallContext, timings: dict[str, float]
    ) -> Trace:
        """The record of how a result came about."""
        return Trace(
            component=spec.id,
            plugin=self._registry.plugin_label(spec.plugin),
            request_id=row.request.id,
            seed=ctx.seed,
            trace_id=ctx.trace_id,
            usage=self._pool.usage("generator", spec.id),
            warnings=self._pool.warnings("generator", spec.id),
            timings_ms=dict(timings),
            attempts=row.attempts,
            dropped=tuple(reason for one in row.refused for reason in one.reasons),
        )


class _timed:  # noqa: N801 - reads as a statement
    """Adds the milliseconds of a block to a table."""

    def __init__(self, table: dict[str, float], name: str) -> None:
        self._table, self._name = table, name

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._table[self._name] = self._table.get(self._name, 0.0) + elapsed_ms(self._start)


def merge_verdicts(verdicts: Sequence[Verdict], policy: str, policy_sha256: str) -> Verdict:
    """One verdict for a request made of several parts; the most restrictive part decides.

    Spans in its findings are on the parts, not on the whole request.
    """
    if len(verdicts) == 1:
        return verdicts[0]
    if not verdicts:
        blank = Applied(rule="blank", action=Decision.ALLOW, reason="nothing to screen")
        return Verdict(
            decision=Decision.ALLOW,
            stage=Stage.PROMPT,
            applied=(blank,),
            policy=policy,
            policy_sha256=policy_sha256,
        )
    worst = max(verdicts, key=lambda v: v.decision)
    findings: list[Finding] = []
    applied: list[Applied] = []
    for verdict in verdicts:
        for rule in verdict.applied:
            moved = None if rule.finding is None else rule.finding + len(findings)
            applied.append(rule.model_copy(update={"finding": moved}))
        findings.extend(verdict.findings)
    bad = [v.status for v in verdicts if v.status is not Status.COMPLETE]
    return worst.model_copy(
        update={
            "findings": tuple(findings),
            "applied": tuple(applied),
            "errors": tuple(e for v in verdicts for e in v.errors),
            "status": bad[0] if bad else Status.COMPLETE,
            "redacted": None,
        }
    )


def as_aigc_error(name: str, error: Exception) -> Exception:
    """A component's own error if it is typed, else a `ComponentError` around it."""
    if isinstance(error, AigcError):
        return error
    wrapped = foreign_failure(f"{name} failed on this row", error)
    wrapped.__cause__ = error
    return wrapped


def _with_language(content: Content, language: str | None) -> Content:
    if isinstance(content, Text) and content.language is None and language is not None:
        return Text(content.text, language)
    return content


def _refusal(what: str, refused: Refused, ctx: CallContext) -> Exception:
    """Why nothing is delivered: the call itself was stopped before screening ended, or screening refused."""
    verdict = refused.verdict
    if verdict.errors and ctx.stopped is not None:
        try:
            ctx.check()
        except AigcError as error:
            return error
    reasons = "; ".join(dict.fromkeys(refused.reasons)) or str(verdict.decision)
    action = "held for review" if verdict.decision is Decision.REVIEW else "refused"
    message = f"{what} was {action} by policy {verdict.policy!r}: {reasons}"
    if any(rule.rule == UNRECORDED for rule in verdict.applied):
        return ReviewUnrecordedError(
            message, verdict=verdict, hint="See that the review store can be written."
        )
    return ContentBlockedError(message, verdict=verdict)
