"""One timer thread for all deadlines of the process: a call costs an entry in a heap, not a thread."""

from __future__ import annotations

import contextlib
import functools
import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext


class DeadlineTimer:
    """Runs callbacks at given times on one daemon thread, which starts with the first of them."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._heap: list[tuple[float, int]] = []
        self._callbacks: dict[int, Callable[[], None]] = {}
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def at(self, when: float, callback: Callable[[], None]) -> Callable[[], None]:
        """Run ``callback`` at ``when`` (`time.monotonic` seconds); returns a function that withdraws it.

        Callbacks run on the timer's thread: they must be short and must not raise.
        """
        with self._condition:
            number = next(self._numbers)
            self._callbacks[number] = callback
            soonest = not self._heap or when < self._heap[0][0]
            heapq.heappush(self._heap, (when, number))
            if self._thread is None or not self._thread.is_alive():
                # Not alive: after a fork the child has the object but not the thread.
                self._thread = threading.Thread(target=self._run, name="aigc-deadlines", daemon=True)
                self._thread.start()
            elif soonest:
                self._condition.notify()
        return lambda: self._withdraw(number)

    def _withdraw(self, number: int) -> None:
        with self._condition:
            self._callbacks.pop(number, None)
            # Far deadlines of calls that ended early would pile up until they pass.
            if len(self._heap) > 64 and len(self._heap) > 4 * len(self._callbacks):
                self._heap = [entry for entry in self._heap if entry[1] in self._callbacks]
                heapq.heapify(self._heap)

    def _run(self) -> None:
        while True:
            with self._condition:
                while self._heap and self._heap[0][1] not in self._callbacks:
                    heapq.heappop(self._heap)
                if not self._heap:
                    self._condition.wait()
                    continue
                remaining = self._heap[0][0] - time.monotonic()
                if remaining > 0:
                    self._condition.wait(remaining)
                    continue
                _, number = heapq.heappop(self._heap)
                callback = self._callbacks.pop(number)
            callback()


@functools.cache
def shared_timer() -> DeadlineTimer:
    """The process's timer."""
    return DeadlineTimer()


@contextlib.contextmanager
def calling_on_stop(ctx: CallContext, callback: Callable[[], None]) -> Iterator[None]:
    """Inside it, ``callback`` is called when the context is cancelled and when its deadline passes.

    It runs on the thread that cancels or on the timer's: it must be short and must not raise.
    """
    withdraw = [ctx.cancel.on_cancel(callback)]
    if ctx.deadline is not None:
        withdraw.append(shared_timer().at(ctx.deadline, callback))
    try:
        yield
    finally:
        for undo in withdraw:
            undo()
