"""Calling plugin code so that nothing it does can hurt the host: not an exception, not a hang.

Python cannot end a thread, so a call with a deadline runs on a daemon thread that is abandoned if it
overstays; a component that keeps threads hanging is refused further calls. Calls without a deadline run on
the caller's thread: the hop costs tens of microseconds.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import AigcError, CancelledError, ComponentError, ContractError, DeadlineExceededError
from aigc_sdk.verdict import Err

T = TypeVar("T")

GRACE_S = 0.25
"""A component that watches the deadline ends at it; this much later it is abandoned."""

CANCEL_GRACE_S = 1.0
"""Seconds a component may take to end after a cancellation before it is abandoned."""

MAX_HANGING = 8
"""Hanging calls a component may leave behind before further calls are refused at once."""


class _OverstayedError(Exception):
    """A call did not end in time. Not `TimeoutError`: components raise that themselves, for their own waits."""


class _Call:
    __slots__ = ("ended", "error", "function", "result", "wake")

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.ended = False
        self.wake = threading.Event()
        """Set when it ends, or when the caller cancels."""
        self.result: Any = None
        self.error: BaseException | None = None


class WorkerPool:
    """Daemon threads that run calls; a thread stuck in one is simply not seen again."""

    def __init__(self) -> None:
        self._idle: list[queue.SimpleQueue[_Call | None]] = []
        self._lock = threading.Lock()

    def run(self, function: Callable[[], T], seconds: float, cancel: CancelToken | None = None) -> T:
        """Run ``function`` and wait at most ``seconds``, or `CANCEL_GRACE_S` from a cancellation on.

        Raises:
            _OverstayedError: It did not end in time and was abandoned.
            BaseException: Whatever it raised.
        """
        call = self._submit(function)
        withdraw = cancel.on_cancel(call.wake.set) if cancel is not None else None
        try:
            call.wake.wait(min(seconds, threading.TIMEOUT_MAX))
            # Cancelled: what watches the token ends within a step.
            limit = time.monotonic() + min(CANCEL_GRACE_S, seconds)
            while cancel is not None and cancel.cancelled and not call.ended and time.monotonic() < limit:
                time.sleep(0.002)
        finally:
            if withdraw is not None:
                withdraw()
        if not call.ended:
            raise _OverstayedError
        if isinstance(call.error, KeyboardInterrupt):
            # Ctrl-C reaches the main thread only: on a worker it is the component's own doing.
            raise RuntimeError("KeyboardInterrupt") from call.error
        if call.error is not None:
            raise call.error
        result: T = call.result
        return result

    def _submit(self, function: Callable[[], Any]) -> _Call:
        call = _Call(function)
        with self._lock:
            inbox = self._idle.pop() if self._idle else None
        if inbox is None:
            inbox = queue.SimpleQueue()
            threading.Thread(target=self._work, args=(inbox,), name="aigc-worker", daemon=True).start()
        inbox.put(call)
        return call

    def _work(self, inbox: queue.SimpleQueue[_Call | None]) -> None:
        while True:
            call = inbox.get()
            if call is None:
                return
            try:
                call.result = call.function()
            except BaseException as error:  # noqa: BLE001 - carried to the caller, whatever it is
                call.error = error
            # Idle before done: the caller's next call finds this thread again instead of starting one.
            with self._lock:
                self._idle.append(inbox)
            call.ended = True
            call.wake.set()
            del call

    def close(self) -> None:
        """End the idle threads."""
        with self._lock:
            idle, self._idle = self._idle, []
        for inbox in idle:
            inbox.put(None)


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
        except _OverstayedError as error:
            if ctx.cancel.cancelled:
                raise CancelledError(f"{name} did not stop when cancelled and was abandoned.") from error
            raise DeadlineExceededError(
                f"{name} did not finish within {seconds:.3g} s and was abandoned.",
                hint="Give it more time, or ask for less.",
            ) from error
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            raise foreign_failure(f"{name} failed", error) from error

    def _bounded(self, name: str, function: Callable[[], T], seconds: float, cancel: CancelToken) -> T:
        with self._lock:
            hanging = self._hanging.get(name, 0)
        if hanging >= MAX_HANGING:
            raise ComponentError(
                f"{name} has {hanging} calls hanging and is refused further ones.",
                hint="Restart the process, or leave the plugin out.",
            )
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
        except _OverstayedError:
            with self._lock:
                if not state["ended"]:
                    state["abandoned"] = True
                    self._hanging[name] = self._hanging.get(name, 0) + 1
            raise

    def close(self) -> None:
        """End the idle worker threads."""
        self._pool.close()


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
