"""Threads that run calls and may be abandoned in them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aigc_sdk.context import CancelToken

T = TypeVar("T")

CANCEL_GRACE_S = 1.0
"""Seconds a component may take to end after a cancellation before it is abandoned."""


class OverstayedError(Exception):
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
            OverstayedError: It did not end in time and was abandoned.
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
            raise OverstayedError
        if isinstance(call.error, KeyboardInterrupt):
            # Ctrl-C reaches the main thread only: on a worker it is the component's own doing.
            raise RuntimeError("KeyboardInterrupt") from call.error
        if call.error is not None:
            raise call.error
        result: T = call.result
        return result

    def start(self, function: Callable[[], None]) -> None:
        """Run ``function`` and wait for nothing."""
        self._submit(function)

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
