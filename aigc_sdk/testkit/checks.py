"""The checks: what `aigc_sdk.components` promises, held against a component's own example."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import (
    AigcError,
    ComponentNotFoundError,
    ContractError,
    DeadlineExceededError,
    ModelNotFoundError,
)
from aigc_sdk.pipeline.isolation import checked_rows, elapsed_ms
from aigc_sdk.pipeline.requests import Limits, build_request
from aigc_sdk.pipeline.workers import OverstayedError, WorkerPool
from aigc_sdk.request import Generation, Request, Sample
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec, ModeratorSpec, Spec, resolve
from aigc_sdk.taxonomy import Kind
from aigc_sdk.verdict import Err, Screening

TIMEOUT_S = 120.0
"""Seconds one check may take by default: models are loaded in some."""

_SEED = 7
_TEXTS = (
    "A quiet café by the river.",
    "今天天气很好，我们去公园散步。",
    "",
    "  ",
    "Line one\nline two 👩‍👩‍👧‍👦 end",
    "word " * 2000,
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one component.

    Attributes:
        component: Its id.
        check: What was looked at.
        ok: Whether the contract was kept.
        message: What was wrong, or why the check could not run.
        skipped: It could not run, which is no fault of the plugin: a model is not on this machine.
        kind: ``generator``, ``evaluator`` or ``moderator``.
        error: The error's kind: `AigcError.code`, or the class name of an exception of another family.
        ms: Milliseconds it took.
    """

    component: str
    check: str
    ok: bool
    message: str = ""
    skipped: bool = False
    kind: str = ""
    error: str | None = None
    ms: float = 0.0

    def raise_if_failed(self) -> None:
        """Raise ContractError with the message if the check failed."""
        if not self.ok:
            raise ContractError(f"{self.component}, {self.check}: {self.error}: {self.message}")

    def __str__(self) -> str:
        return f"{self.component}:{self.check}"


def check_plugin(
    name: str,
    *,
    registry: Registry | None = None,
    runtime: Runtime | None = None,
    timeout: float = TIMEOUT_S,
) -> list[CheckResult]:
    """Run every check over every generator, evaluator and moderator of one plugin.

    Args:
        name: The plugin's entry-point name.
        registry: Where to find it; by default what is installed.
        runtime: What components load from; by default one over the user's bundle store.
        timeout: Seconds one check may take. What overstays is abandoned, and its component is not asked further.

    Raises:
        ComponentNotFoundError: No plugin of that name is loaded.
    """
    registry = registry if registry is not None else Registry.discover()
    row = next((r for r in registry.rows if r.name == name), None)
    if row is None or row.state != "ok":
        why = "is not installed" if row is None else row.error or row.state
        raise ComponentNotFoundError(f"The plugin {name!r} cannot be checked: it {why}.")
    if runtime is None:
        from aigc_sdk.bundles.store import BundleStore

        runtime = Runtime(resolver=BundleStore(registry=registry).resolve)
    results: list[CheckResult] = []
    tables: tuple[tuple[str, dict[str, Any], Callable[[Any, Any], Iterator[_Check]]], ...] = (
        ("generator", registry.generators, _generator_checks),
        ("evaluator", registry.evaluators, _evaluator_checks),
        ("moderator", registry.moderators, _moderator_checks),
    )
    workers = WorkerPool()
    try:
        for kind, table, checks in tables:
            for spec in table.values():
                if spec.plugin == name:
                    results.extend(_run(kind, spec, checks, runtime, workers, timeout))
    finally:
        workers.close()
    return results


_Check = tuple[str, Callable[[], None]]


def _run(
    kind: str,
    spec: Spec,
    checks: Callable[[Any, Any], Iterator[_Check]],
    runtime: Runtime,
    workers: WorkerPool,
    timeout: float,
) -> Iterator[CheckResult]:
    made: list[Any] = []

    def load() -> None:
        made.append(resolve(spec.factory)())
        made[0].load(runtime.scoped())
        made[0].load(runtime.scoped())

    def close() -> None:
        made[0].close()
        made[0].load(runtime.scoped())
        made[0].close()

    def run(name: str, check: Callable[[], None]) -> CheckResult:
        start = time.perf_counter()
        ok, skipped, error, message = True, False, None, ""
        try:
            workers.run(check, timeout)
        except ModelNotFoundError as missing:
            ok, skipped, error, message = True, True, missing.code, str(missing)
        except OverstayedError:
            ok, error = False, DeadlineExceededError("").code
            message = f"It took longer than {timeout:g} s and was abandoned."
        # A plugin may raise anything, SystemExit too; here it comes from a thread of its own.
        except BaseException as failure:  # noqa: BLE001
            ok, error, message = False, _code(failure), str(failure)
        return CheckResult(spec.id, name, ok, message, skipped, kind, error, elapsed_ms(start))

    result = run("load", load)
    yield result
    if result.skipped or not result.ok:
        return
    for name, check in (*checks(spec, made[0]), ("close", close)):
        result = run(name, check)
        yield result
        if result.error == DeadlineExceededError("").code:
            return  # it may still be at work: nothing it says now would be its answer


def _code(error: BaseException) -> str:
    return error.code if isinstance(error, AigcError) else type(error).__name__


def _ctx() -> CallContext:
    return CallContext(seed=_SEED, deterministic=True)


def _expect(condition: bool, message: str) -> None:
    if not condition:
        raise ContractError(message)


# ---- generators --------------------------------------------------------------------------------------


def _generator_checks(spec: GeneratorSpec, component: Any) -> Iterator[_Check]:
    def example() -> Request:
        _expect(bool(spec.example), "the spec has no example request")
        return build_request(spec, {**spec.example, "id": "check"}, Limits())

    def rows(requests: Sequence[Request]) -> list[Any]:
        made = component.generate(requests, ctx=_ctx())
        return checked_rows(spec.id, made, len(requests), Generation)

    def works() -> None:
        row = rows([example()])[0]
        if isinstance(row, Err):
            raise row.error
        _expect(bool(row.candidates), "no candidates for its own example")
        kinds = {c.content.kind for c in row.candidates}
        _expect(kinds <= set(spec.outputs), f"made {kinds}, declares {set(spec.outputs)}")

    def empty() -> None:
        rows([])

    def same_alone() -> None:
        request = example()
        other = replace(request, id="another")
        alone, together = rows([request])[0], rows([other, request])[1]
        _expect(_texts(alone) == _texts(together), "a row changes with its batch mates")

    def bad_row() -> None:
        good, bad = example(), Request(id="bad", options=example().options)
        made = rows([bad, good])
        _expect(isinstance(made[0], Err), "a request without inputs or messages is not an Err")
        if isinstance(made[0], Err):
            _expect(isinstance(made[0].error, AigcError), "its error is not typed")
        if isinstance(made[1], Err) and isinstance(made[1].error, ModelNotFoundError):
            raise made[1].error  # the model is missing, whoever sat beside it
        _expect(isinstance(made[1], Generation), "a bad row killed its neighbour")

    yield "example", works
    yield "empty_batch", empty
    yield "bad_row", bad_row
    if spec.deterministic:
        yield "batch_independence", same_alone


def _texts(row: Any) -> Any:
    if isinstance(row, Err):
        return ("error", type(row.error).__name__)
    return [c.content.sha256() for c in row.candidates]


# ---- evaluators --------------------------------------------------------------------------------------


def _evaluator_checks(spec: EvaluatorSpec, component: Any) -> Iterator[_Check]:
    samples = [
        Sample(Text(t), request=Request(id="r", inputs={"name": "Luna"}), references=(Text("A café."),))
        for t in _TEXTS
    ]

    def shape() -> None:
        if Kind.TEXT not in spec.inputs:
            return
        made = component.evaluate(samples, ctx=_ctx())
        for row in checked_rows(spec.id, made, len(samples), (list, tuple)):
            if isinstance(row, Err):
                raise row.error
            undeclared = {s.metric for s in row} - set(spec.metrics)
            _expect(not undeclared, f"scores {undeclared} are not declared in metrics")
            _expect(all(s.explanation or s.reason for s in row), "a score does not say how it was reached")

    def empty() -> None:
        checked_rows(spec.id, component.evaluate([], ctx=_ctx()), 0, (list, tuple))

    yield "scores", shape
    yield "empty_batch", empty


# ---- moderators --------------------------------------------------------------------------------------


def _moderator_checks(spec: ModeratorSpec, component: Any) -> Iterator[_Check]:
    stage = spec.stages[0]

    def rows(items: Sequence[Content]) -> list[Any]:
        return checked_rows(
            spec.id, component.moderate(items, stage=stage, ctx=_ctx()), len(items), Screening
        )

    items = [Text(t) for t in _TEXTS]

    def findings() -> None:
        if Kind.TEXT not in spec.inputs:
            return
        for item, row in zip(items, rows(items), strict=True):
            if isinstance(row, Err):
                raise row.error
            for finding in row.findings:
                _expect(finding.category in spec.categories, f"{finding.category} is not declared")
                for span in finding.spans:
                    inside = span.start is None or 0 <= span.start <= (span.end or 0) <= len(item.text)
                    _expect(inside, f"span {span.start}-{span.end} is outside the text")

    def order() -> None:
        if Kind.TEXT not in spec.inputs:
            return
        _expect(rows(items[::-1]) == rows(items)[::-1], "a row's answer changes with its batch mates")

    def empty() -> None:
        rows([])

    yield "findings", findings
    yield "batch_independence", order
    yield "empty_batch", empty
