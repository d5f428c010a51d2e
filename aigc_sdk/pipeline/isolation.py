"""Calling plugin code so that nothing it does can hurt the host: not an exception, not a hang.

Python cannot end a thread, so a call with a deadline runs on a daemon thread that is abandoned if it
overstays; a component that keeps threads hanging is refused further calls. Calls without a deadline run on
the caller's thread: the hop costs tens of microseconds. Several components asked about the same thing share
one such thread (`Isolation.call_each`) until one of them is slow.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import AigcError, CancelledError, ComponentError, ContractError, DeadlineExceededError
from aigc_sdk.pipeline.workers import CANCEL_GRACE_S, OverstayedError, WorkerPool
from aigc_sdk.verdict import Err

T = TypeVar("T")

GRACE_S = 0.25
"""A component that watches the deadline ends at it; this much later it is abandoned."""

PATIENCE_S = 0.5
"""Seconds a component may take before those behind it in `Isolation.call_each` stop waiting for their turn."""

MAX_HANGING = 8
"""Hanging calls a component may leave behind before further calls are refused at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """One of several calls: on behalf of the component ``name``, ``limit`` seconds at most."""

    name: str
    function: Callable[[], Any]
    limit: float


class _Round:
    """Tasks taken in turn by one worker, or by several once one of them is stuck."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.lock = threading.Lock()
        self.wake = threading.Event()
        """Set when all have ended, or when the caller cancels."""
        self.tasks = tasks
        self.outcomes: list[Any] = [_PENDING] * len(tasks)
        self.since: list[float | None] = [None] * len(tasks)
        """When each was taken, `time.monotonic` seconds."""
        self.pending = len(tasks)
        self.workers = 0
        self._next = 0

    def take(self) -> int | None:
        with self.lock:
            while self._next < len(self.tasks):
                index, self._next = self._next, self._next + 1
                if self.outcomes[index] is _PENDING:
                    self.since[index] = time.monotonic()
                    return index
            self.workers -= 1
            return None

    def settle(self, index: int, outcome: Any) -> bool:
        """Put down how a task ended; False where it was given up before."""
        with self.lock:
            if self.outcomes[index] is not _PENDING:
                return False
            self.outcomes[index] = outcome
            self.pending -= 1
            if not self.pending:
                self.wake.set()
            return True

    def give_up(self, index: int, error: Err) -> bool:
        """Wait no longer; True where it had begun, and so goes on unseen."""
        with self.lock:
            if self.outcomes[index] is not _PENDING:
                return False
            self.outcomes[index] = error
            self.pending -= 1
            begun = self.since[index] is not None
            self.workers -= begun  # the one that is stuck in it takes no further task
            return begun

    def close(self) -> None:
        """Nothing more is to be taken."""
        with self.lock:
            self._next = len(self.tasks)

    def state(self) -> tuple[int, int, list[float]]:
        """How many tasks nobody has taken, how many workers there are, and since when tasks run."""
        with self.lock:
            pairs = zip(self.since, self.outcomes, strict=True)
            running = [since for since, outcome in pairs if since is not None and outcome is _PENDING]
            return len(self.tasks) - self._next, self.workers, running


_PENDING = object()


class Isolation:
    """Calls components with a time limit, and turns whatever goes wrong into a typed error."""

    def __init__(self) -> None:
        self._pool = WorkerPool()
        self._hanging: dict[str, int] = {}
        self._lock = threading.Lock()

    def call(
        self, name: str, function: Callable[[], T], ctx: CallContext, *, limit: float | None = None
    ) -> T:
        """Run ``function`` on behalf of the component ``name``.

        Args:
            name: The component's id, for messages.
            function: The call.
            ctx: Its deadline bounds the call.
            limit: Seconds this call may take, if less than the deadline leaves.

        Raises:
            DeadlineExceededError: It did not end in time.
            CancelledError: The caller cancelled, before or during the call.
            ComponentError: It raised something that is not an `AigcError`, or is refused after hangs.
            AigcError: It raised one itself.
        """
        ctx.check()
        remaining = ctx.remaining
        seconds = min((s for s in (remaining, limit) if s is not None), default=None)
        try:
            if seconds is None:
                return function()
            return self._bounded(name, function, seconds, ctx.cancel)
        except AigcError:
            raise
        except OverstayedError as error:
            assert seconds is not None
            raise _overstayed(name, seconds, ctx) from error
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            raise foreign_failure(f"{name} failed", error) from error

    def call_each(self, tasks: Sequence[Task], ctx: CallContext) -> list[Any]:
        """Run several calls so that one which hangs costs the others neither their turn nor their time.

        They run one after the other on one worker: one hop for all. Whoever takes longer than its share of
        the time left (`PATIENCE_S` at most) goes on there, and the next ones go on beside it on another.

        Args:
            tasks: The calls.
            ctx: Its deadline bounds each of them.

        Returns:
            For each task what it returned, or an `Err` with the error that `call` would have raised.
        """
        round_ = _Round(tasks)
        for index, task in enumerate(tasks):
            try:
                ctx.check()
                self._refuse_hanging(task.name)
            except AigcError as error:
                round_.settle(index, Err(error))
        if round_.pending:
            withdraw = ctx.cancel.on_cancel(round_.wake.set)
            try:
                self._run_round(round_, ctx)
            finally:
                round_.close()
                withdraw()
        return round_.outcomes

    def _run_round(self, round_: _Round, ctx: CallContext) -> None:
        def work() -> None:
            while (index := round_.take()) is not None:
                task = round_.tasks[index]
                try:
                    ctx.check()
                    outcome = task.function()
                except AigcError as error:
                    outcome = Err(error)
                except BaseException as error:  # noqa: BLE001 - whatever a component raises becomes typed
                    failure = foreign_failure(f"{task.name} failed", error)
                    failure.__cause__ = error
                    outcome = Err(failure)
                if not round_.settle(index, outcome):
                    with self._lock:
                        self._hanging[task.name] -= 1
                    return

        cancelled_at: float | None = None
        while round_.pending:
            if cancelled_at is None and ctx.cancel.cancelled:
                cancelled_at = time.monotonic()
                round_.wake.clear()  # it woke this loop; from here on the end of the tasks is waited for
            until = self._give_up_late(round_, ctx, cancelled_at)
            if not round_.pending:
                return
            until = min(until, self._patience_ends(round_, ctx))
            if until <= time.monotonic():
                with round_.lock:
                    round_.workers += 1
                self._pool.start(work)
                continue
            round_.wake.wait(min(max(0.0, until - time.monotonic()), threading.TIMEOUT_MAX))

    def _patience_ends(self, round_: _Round, ctx: CallContext) -> float:
        """When another worker is to help, `time.monotonic` seconds; infinity where nothing waits."""
        waiting, workers, running = round_.state()
        if not waiting:
            return math.inf
        if not workers:
            return -math.inf
        # Fewer run than there are workers: one is about to take the next.
        since = max(running) if len(running) >= workers else time.monotonic()
        left = math.inf if ctx.deadline is None else ctx.deadline - since
        return since + min(PATIENCE_S, left / (waiting + 1))

    def _give_up_late(self, round_: _Round, ctx: CallContext, cancelled_at: float | None) -> float:
        """Abandon what overstayed; when the next is due, `time.monotonic` seconds."""
        due = math.inf
        now = time.monotonic()
        deadline = math.inf if ctx.deadline is None else ctx.deadline
        for index, task in enumerate(round_.tasks):
            if round_.outcomes[index] is not _PENDING:
                continue
            since = round_.since[index]
            end = min(deadline, math.inf if since is None else since + task.limit) + GRACE_S
            if cancelled_at is not None:
                end = min(end, cancelled_at + CANCEL_GRACE_S)
            if now < end:
                due = min(due, end)
                continue
            late = Err(_overstayed(task.name, now - (now if since is None else since), ctx))
            with self._lock:
                if round_.give_up(index, late):
                    self._hanging[task.name] = self._hanging.get(task.name, 0) + 1
        return due

    def _refuse_hanging(self, name: str) -> None:
        with self._lock:
            hanging = self._hanging.get(name, 0)
        if hanging >= MAX_HANGING:
            raise ComponentError(
                f"{name} has {hanging} calls hanging and is refused further ones.",
                hint="Restart the process, or leave the plugin out.",
            )

    def _bounded(self, name: str, function: Callable[[], T], seconds: float, cancel: CancelToken) -> T:
        self._refuse_hanging(name)
        state = {"abandoned": False, "ended": False}

        def tracked() -> T:
            try:
                return function()
            finally:
                with self._lock:
                    state["ended"] = True
                    if state["abandoned"]:
                        self._hanging[name] -= 1

        try:
            return self._pool.run(tracked, seconds + GRACE_S, cancel)
        except OverstayedError:
            with self._lock:
                if not state["ended"]:
                    state["abandoned"] = True
                    self._hanging[name] = self._hanging.get(name, 0) + 1
            raise

    def close(self) -> None:
        """End the idle worker threads."""
        self._pool.close()


def _overstayed(name: str, seconds: float, ctx: CallContext) -> AigcError:
    if ctx.cancel.cancelled:
        return CancelledError(f"{name} did not stop when cancelled and was abandoned.")
    return DeadlineExceededError(
        f"{name} did not finish within {seconds:.3g} s and was abandoned.",
        hint="Give it more time, or ask for less.",
    )


def foreign_failure(what: str, error: BaseException) -> ComponentError:
    """A typed error for what a component raised.

    It names the type only: the message of a foreign exception may quote content that was never screened.
    The exception itself is to be chained as the cause, for tracebacks.
    """
    return ComponentError(
        f"{what}: it raised {type(error).__name__}.",
        hint="The exception is chained as __cause__; `aigc --debug` shows it.",
    )


def checked_rows(name: str, rows: object, count: int, accept: type | tuple[type, ...]) -> list[Any]:
    """Hold a component to its contract: ``count`` rows, each an instance of ``accept`` or an `Err`.

    A row of a wrong type becomes an `Err` of its own; a wrong number of rows cannot be matched to inputs
    and fails the call.

    Raises:
        ContractError: Not a sequence, or the wrong number of rows.
    """
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        raise ContractError(f"{name} returned {type(rows).__name__}, not a sequence of rows.")
    rows = list(rows)  # a sequence may say one length and have another
    if len(rows) != count:
        raise ContractError(f"{name} returned {len(rows)} rows for {count} inputs.")
    return [
        row
        if isinstance(row, (Err, accept) if isinstance(accept, type) else (Err, *accept))
        else Err(ContractError(f"{name} returned a {type(row).__name__} in row {index}."))
        for index, row in enumerate(rows)
    ]


def elapsed_ms(start: float) -> float:
    """Milliseconds since ``start`` (`time.perf_counter` seconds)."""
    return (time.perf_counter() - start) * 1e3
