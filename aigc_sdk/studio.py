"""`Studio`: the one door for hosts. Generate, stream, evaluate, moderate."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from aigc_sdk.content import Content, Message
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import AigcError, BadInputError
from aigc_sdk.pipeline.calls import call_context, checked_content
from aigc_sdk.pipeline.generation import GenerationPipeline
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.ranking import Scorer
from aigc_sdk.pipeline.recording import Recorder, open_sink
from aigc_sdk.pipeline.requests import Limits, build_request, checked_inputs
from aigc_sdk.pipeline.screeners import screener_for
from aigc_sdk.pipeline.streamed import StreamedGeneration
from aigc_sdk.policy import Policy, load_policy
from aigc_sdk.policy.shadow import Shadow, ShadowReport
from aigc_sdk.request import Request, Sample
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.score import Score
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec
from aigc_sdk.studio_async import AsyncCalls
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Err, Halt, Release, Verdict

if TYPE_CHECKING:
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.review.sink import ReviewSink
    from aigc_sdk.runtime.devices import DevicePolicy

DEFAULT_TIMEOUT_S = 120.0


class Studio(AsyncCalls):
    """Everything a host does with the SDK.

    Args:
        policy: A `Policy`, a preset's name, or the path of a YAML file; None is the preset ``default``.
        device: ``auto``, ``cpu``, ``cuda`` (falls back to CPU) or ``cuda-only`` (never does).
        threads: Threads a session may use; None takes what the process may use.
        registry: Plugins to use; None discovers the installed ones.
        store: Where bundles are; None is the user's store.
        timeout: Seconds a call may take where it states no deadline of its own; None for no limit (a
            component that hangs then hangs its caller).
        limits: Input sizes over which a request is refused.
        shadow: A candidate policy that judges the same findings without effect; see `shadow_report`.
        review: Where refused content goes for people to look at, and where deliveries are put on record: a
            `ReviewStore` (or another `ReviewSink`), or the URL or path of a store to open. What needs review but
            cannot be recorded is blocked; see docs/review.md.

    Example:
        >>> from aigc_sdk import Studio
        >>> with Studio() as studio:
        ...     result = studio.generate("text/copy", {"name": "Luna", "colour": "blue"}, n=3)
        ...     print(result.text, result.verdict.decision)

    All methods may be called from several threads. Errors are those of `aigc_sdk.errors`.
    """

    def __init__(
        self,
        *,
        policy: Policy | str | Path | None = None,
        device: DevicePolicy = "auto",
        threads: int | None = None,
        registry: Registry | None = None,
        store: BundleStore | None = None,
        timeout: float | None = DEFAULT_TIMEOUT_S,
        limits: Limits | None = None,
        shadow: Policy | str | Path | None = None,
        review: ReviewSink | str | Path | None = None,
    ) -> None:
        from aigc_sdk.bundles.store import BundleStore
        from aigc_sdk.runtime.runtime import Runtime

        self.policy = load_policy(policy)
        self.registry = registry if registry is not None else Registry.discover()
        self.store = store if store is not None else BundleStore(registry=self.registry)
        self.runtime = Runtime(device=device, threads=threads, resolver=self.store.resolve)
        self.limits = limits or Limits()
        self._timeout = timeout
        self._isolation = Isolation()
        self._pool = ComponentPool(self.runtime, self._isolation)
        self._opened = open_sink(review) if isinstance(review, str | Path) else None
        self.review: ReviewSink | None = self._opened if isinstance(review, str | Path) else review
        self._recorder = Recorder(self.review, self._isolation)
        self._shadow = None if shadow is None else Shadow(load_policy(shadow))
        self._screener = screener_for(self.policy, self._shadow, self.registry, self._pool, self._isolation)
        self._scorer = Scorer(self.registry, self._pool, self._isolation)
        self._pipeline = GenerationPipeline(
            self.registry, self._pool, self._isolation, self._screener, self._scorer, self._recorder
        )
        self._closed = False
        self._lock = threading.Lock()

    # ---- generate ------------------------------------------------------------------------------------

    def generate(
        self,
        generator: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        messages: Sequence[Message | Mapping[str, str]] | None = None,
        n: int = 1,
        language: str | None = None,
        options: Mapping[str, Any] | None = None,
        seed: int | None = None,
        request_id: str | None = None,
        evaluators: Sequence[str] | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
        deterministic: bool = False,
    ) -> Result:
        """Make, screen, score and rank content.

        Args:
            generator: Id, for example ``"text/copy"``.
            inputs: Named values.
            messages: Chat messages, for generators that take them.
            n: Results wanted, best first.
            language: BCP 47 primary tag; None lets the generator decide.
            options: The generator's options (see `GeneratorSpec.options`).
            seed: Base seed in [0, 2^64); None draws one, which the result records.
            request_id: Names the request; the same seed and id give the same random draws.
            evaluators: Ids of the evaluators to score and rank with; None takes the generator's defaults.
            deadline: Seconds this call may take.
            cancel: A token by which another thread can stop the call.
            deterministic: Same text whatever runs beside it, at some cost in speed.

        Raises:
            ContentBlockedError: Screening refused the request or every candidate.
            BadInputError: What was passed cannot be used.
            AigcError: Others of the hierarchy: a missing model, a broken plugin, a deadline.
        """
        request = {
            "id": request_id,
            "inputs": inputs,
            "messages": messages,
            "n": n,
            "language": language,
            "options": options,
        }
        row = self.generate_batch(
            generator,
            [request],
            seed=seed,
            evaluators=evaluators,
            deadline=deadline,
            cancel=cancel,
            deterministic=deterministic,
        )[0]
        if isinstance(row, Err):
            raise row.error
        return row

    def generate_batch(
        self,
        generator: str,
        requests: Sequence[Request | Mapping[str, Any]],
        *,
        seed: int | None = None,
        evaluators: Sequence[str] | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
        deterministic: bool = False,
        online: bool = True,
    ) -> list[Result | Err]:
        """`generate` for many requests at once: one `Result` or `Err` each, in order.

        Args:
            generator: Id of the generator.
            requests: `Request` objects or mappings of their fields.
            seed: As for `generate`.
            evaluators: As for `generate`.
            deadline: Seconds for the whole batch.
            cancel: As for `generate`.
            deterministic: As for `generate`.
            online: False where nobody waits: screening errors then take ``on_error.batch``.

        Raises:
            ComponentNotFoundError: No such generator or evaluator.
        """
        self._check_open()
        spec = self.registry.generator(generator)
        scorers = self._evaluator_specs(spec, evaluators)
        ctx = self._context(deadline, cancel, seed, deterministic)
        rows: list[Result | Err | None] = [None] * len(requests)
        good: list[tuple[int, Request]] = []
        for index, given in enumerate(requests):
            try:
                good.append((index, build_request(spec, given, self.limits)))
            except AigcError as error:
                rows[index] = Err(error)
        made = self._pipeline.run(
            spec, [request for _, request in good], ctx=ctx, evaluators=scorers, online=online
        )
        for (index, _), row in zip(good, made, strict=True):
            rows[index] = row
        return [row for row in rows if row is not None]

    def stream(
        self,
        generator: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        messages: Sequence[Message | Mapping[str, str]] | None = None,
        language: str | None = None,
        options: Mapping[str, Any] | None = None,
        seed: int | None = None,
        request_id: str | None = None,
        evaluators: Sequence[str] | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Iterator[Release | Halt | StreamDone]:
        """Make text piece by piece; nothing is yielded before it is screened.

        Yields:
            `Release` for text that may be shown, then either `StreamDone` with the whole result, or `Halt`
            with the verdict and the range already released. Closing the iterator stops the generator.

        Raises:
            ContentBlockedError: Screening refused the request (before the first event).
            BadInputError: What was passed cannot be used, or the generator does not stream.
        """
        self._check_open()
        spec = self.registry.generator(generator)
        if not spec.streaming:
            raise BadInputError(f"{generator} does not stream.", hint="Use generate().")
        given = {
            "id": request_id,
            "inputs": inputs,
            "messages": messages,
            "language": language,
            "options": options,
        }
        request = build_request(spec, given, self.limits)
        token = CancelToken()
        if cancel is not None:
            cancel.on_cancel(token.cancel)
        ctx = self._context(deadline, token, seed)
        call = StreamedGeneration(self._pipeline, self._pool, self._isolation, self._screener, self._scorer)
        events = call.run(spec, request, ctx=ctx, evaluators=self._evaluator_specs(spec, evaluators))
        return self._recorder.streamed(events, request.id)

    # ---- evaluate and moderate ---------------------------------------------------------------------

    def evaluate(
        self,
        content: Content | str,
        *,
        evaluators: Sequence[str] | None = None,
        inputs: Mapping[str, Any] | None = None,
        references: Sequence[Content | str] = (),
        language: str | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
    ) -> list[Score]:
        """Score one piece of content; ``inputs`` are the facts it was to convey.

        Raises:
            ComponentNotFoundError: No such evaluator.
            AigcError: If every evaluator failed, the first one's error.
        """
        sample = Sample(
            content=checked_content(content, language, self.limits),
            request=Request(inputs=checked_inputs(inputs, self.limits), language=language)
            if inputs
            else None,
            references=tuple(checked_content(r, language, self.limits) for r in references),
            language=language,
        )
        row = self.evaluate_batch([sample], evaluators=evaluators, deadline=deadline, cancel=cancel)[0]
        if isinstance(row, Err):
            raise row.error
        return row

    def evaluate_batch(
        self,
        samples: Sequence[Sample],
        *,
        evaluators: Sequence[str] | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
    ) -> list[list[Score] | Err]:
        """Scores of every sample; an `Err` where every evaluator failed.

        With ``evaluators`` None, all installed ones that take the content, serve its language and need no
        reference (or have one) are used.
        """
        self._check_open()
        ctx = self._context(deadline, cancel)
        for index, sample in enumerate(samples):
            if not isinstance(sample, Sample) or not isinstance(sample.content, Content):
                raise BadInputError(f"samples[{index}] must be a Sample with content.")
        if evaluators is None:
            with_reference = any(s.references for s in samples)
            specs = [s for s in self.registry.evaluators.values() if with_reference or not s.needs_reference]
        else:
            specs = [self.registry.evaluator(i) for i in evaluators]
        rows: list[list[Score] | Err] = []
        for scored in self._scorer.score(samples, specs, ctx=ctx, invited=evaluators is not None):
            failed = not scored.scores and bool(scored.errors)
            rows.append(Err(AigcError("; ".join(scored.errors))) if failed else scored.scores)
        return rows

    def moderate(
        self,
        content: Content | str,
        *,
        stage: Stage | str = Stage.OUTPUT,
        language: str | None = None,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Verdict:
        """Screen one piece of content under the policy.

        Raises:
            BadInputError: Unusable text, or an unknown stage. What detectors do wrong is in the verdict.
        """
        item = checked_content(content, language, self.limits)
        return self.moderate_batch([item], stage=stage, deadline=deadline, cancel=cancel)[0]

    def moderate_batch(
        self,
        items: Sequence[Content],
        *,
        stage: Stage | str = Stage.OUTPUT,
        deadline: float | None = None,
        cancel: CancelToken | None = None,
        online: bool = True,
    ) -> list[Verdict]:
        """One verdict an item, in order."""
        self._check_open()
        try:
            where = Stage(stage)
        except ValueError:
            raise BadInputError(
                f"Unknown stage {stage!r}.", hint=f"Use one of: {', '.join(Stage)}."
            ) from None
        ctx = self._context(deadline, cancel)
        items = [checked_content(item, None, self.limits, f"items[{n}]") for n, item in enumerate(items)]
        verdicts = self._screener.screen(items, stage=where, ctx=ctx, online=online)
        return self._recorder.held([(item, v, "") for item, v in zip(items, verdicts, strict=True)])

    def shadow_report(self) -> ShadowReport | None:
        """How the candidate policy ``shadow`` compared with the live one so far; None without one."""
        return None if self._shadow is None else self._shadow.report()

    # ---- life ----------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close components and sessions. Further calls raise."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._pool.close()
        self.runtime.close()
        self._isolation.close()
        if self._opened is not None:
            self._opened.close()
        self._close_async()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise BadInputError("This Studio is closed.", hint="Make a new one.")

    def _context(
        self,
        deadline: float | None,
        cancel: CancelToken | None,
        seed: int | None = None,
        deterministic: bool = False,
    ) -> CallContext:
        return call_context(deadline, cancel, seed, deterministic, timeout=self._timeout)

    def _evaluator_specs(self, spec: GeneratorSpec, chosen: Sequence[str] | None) -> list[EvaluatorSpec]:
        if chosen is None:
            return self._scorer.defaults(spec.evaluators)
        return [self.registry.evaluator(i) for i in chosen]
