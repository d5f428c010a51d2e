"""One streamed generation: prompt screened, deltas held back until screened, the whole scored at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from aigc_sdk.components import StreamingGenerator
from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ContractError
from aigc_sdk.pipeline.candidates import CUT_SHORT, without_prose
from aigc_sdk.pipeline.generation import GenerationPipeline, GenerationRow
from aigc_sdk.pipeline.isolation import Isolation, elapsed_ms
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.ranking import Scorer
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.request import Finished, Request, Sample, StreamEvent, TextDelta
from aigc_sdk.result import Output, Result, StreamDone
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Halt, Release, Verdict

CLOSE_S = 1.0
"""Seconds a generator may take to end after its stream was left."""


class StreamedGeneration:
    """Runs one streaming call."""

    def __init__(
        self,
        pipeline: GenerationPipeline,
        pool: ComponentPool,
        isolation: Isolation,
        screener: Screener,
        scorer: Scorer,
    ) -> None:
        self._pipeline = pipeline
        self._pool = pool
        self._isolation = isolation
        self._screener = screener
        self._scorer = scorer

    def run(
        self,
        spec: GeneratorSpec,
        request: Request,
        *,
        ctx: CallContext,
        evaluators: Sequence[EvaluatorSpec],
    ) -> Iterator[Release | Halt | StreamDone]:
        """Events of one call; see `Studio.stream`."""
        start = time.perf_counter()
        row = GenerationRow(request)
        self._pipeline.screen_prompts([row], ctx, True)
        if row.error is not None:
            raise row.error
        component = self._pool.generator(spec, ctx)
        if not isinstance(component, StreamingGenerator):
            raise ContractError(f"{spec.id} declares streaming but has no method stream().")
        return self._events(spec, row, component, ctx, evaluators, start)

    def _events(
        self,
        spec: GeneratorSpec,
        row: GenerationRow,
        component: StreamingGenerator,
        ctx: CallContext,
        evaluators: Sequence[EvaluatorSpec],
        start: float,
    ) -> Iterator[Release | Halt | StreamDone]:
        screen = StreamScreen(self._screener, stage=Stage.OUTPUT, ctx=ctx, language=row.request.language)
        finished: Finished | None = None
        source: Iterator[StreamEvent] | None = None
        try:
            request = row.request
            source = self._isolation.call(spec.id, lambda: iter(component.stream(request, ctx=ctx)), ctx)
            for event in self._guarded(spec, source, ctx):
                if isinstance(event, Finished):
                    finished = event
                    break
                for out in screen.feed(event.text):
                    _check_stopped(out, ctx)
                    yield out
                    if isinstance(out, Halt):
                        return
            generated = elapsed_ms(start)
            for last in screen.finish():
                _check_stopped(last, ctx)
                if isinstance(last, Verdict):
                    if finished is None or finished.candidate.finish_reason in CUT_SHORT:
                        # Blank content passes without a detector that would have noticed the time.
                        ctx.check()
                    yield self._done(spec, row, screen, finished, last, ctx, evaluators, start, generated)
                else:
                    yield last
        finally:
            # However this ends (halt, error, the consumer walked away), the generator stops too.
            ctx.cancel.cancel()
            self._close(spec, source)

    def _guarded(
        self, spec: GeneratorSpec, source: Iterator[StreamEvent], ctx: CallContext
    ) -> Iterator[StreamEvent]:
        """The component's events, each awaited no longer than the deadline and checked; errors become typed."""
        while True:
            # The end is a value: StopIteration must not cross threads and generators.
            event = self._isolation.call(spec.id, lambda: next(source, None), ctx)
            if event is None:
                return
            if not isinstance(event, TextDelta | Finished):
                raise ContractError(f"{spec.id} yielded a {type(event).__name__} from stream().")
            if isinstance(event, Finished) and not isinstance(event.candidate, Candidate):
                raise ContractError(f"{spec.id} finished with a {type(event.candidate).__name__}.")
            if isinstance(event, TextDelta):
                try:
                    Text(event.text)
                except BadInputError as error:
                    raise ContractError(f"{spec.id} yielded unusable text: {error.message}") from None
            yield event

    def _close(self, spec: GeneratorSpec, source: Iterator[StreamEvent] | None) -> None:
        """End the component's generator, so that what it holds is freed now; a hanging one is left behind."""
        close = getattr(source, "close", None)
        if close is not None:
            # It may be running still, or fail: nobody is left to be told.
            with suppress(AigcError):
                self._isolation.call(f"{spec.id} (close)", close, CallContext.within(CLOSE_S))

    def _done(
        self,
        spec: GeneratorSpec,
        row: GenerationRow,
        screen: StreamScreen,
        finished: Finished | None,
        verdict: Verdict,
        ctx: CallContext,
        evaluators: Sequence[EvaluatorSpec],
        start: float,
        generated: float,
    ) -> StreamDone:
        text = Text(screen.delivered, row.request.language)
        candidate = finished.candidate if finished is not None else Candidate(text)
        # Its meta was not screened with the stream: only what cannot quote is kept.
        candidate = replace(without_prose(candidate), content=text)
        sample = Sample(text, request=row.request, language=row.request.language)
        before = time.perf_counter()
        scored = self._scorer.score([sample], evaluators, ctx=ctx)[0]
        timings = {
            "generate": generated,
            "evaluate": elapsed_ms(before),
            "total": elapsed_ms(start),
        }
        row.attempts = 1
        output = Output(text, verdict, tuple(scored.scores), scored.rank_score, candidate)
        held = screen.held
        trace = replace(
            self._pipeline.trace(spec, row, ctx, timings),
            held_back={"bound": held.bound, "mean": round(held.mean, 1), "most": held.most},
        )
        assert row.prompt is not None
        return StreamDone(Result((output,), row.prompt, trace, tuple(scored.errors)))


def _check_stopped(event: Release | Halt | Verdict, ctx: CallContext) -> None:
    """Raise where screening halted only because the call's time was up or it was cancelled."""
    if isinstance(event, Halt) and event.verdict.errors:
        ctx.check()
