"""Callers from several threads share one running batch, and take turns at driving it.

There is no thread of its own: whoever waits for tokens and finds nobody at work leads, that is, runs steps for all
rows, and hands on once it has what it waited for. A lone caller so pays nothing, a stream that nobody reads waits,
and nothing is left to stop when the engine closes (decision 17).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from aigc_sdk.context import CallContext
from aigc_sdk.runtime.deadlines import calling_on_stop
from aigc_sdk.runtime.decode_batch import Event, RunningBatch
from aigc_sdk.runtime.decoding_row import DecodingRow
from aigc_sdk.runtime.run_guard import RunGuard


class _Call:
    """What one caller waits for.

    Attributes:
        live: Whether the caller wants tokens as they come, not just the results.
        waiting: Rows that have no place in the batch yet.
        open: Number of rows that have not ended.
        outbox: What happened to its rows since it last looked, if it is live.
        wake: Notified where there is something to do for the caller.
    """

    def __init__(self, rows: Sequence[DecodingRow], *, live: bool, lock: threading.RLock) -> None:
        self.rows, self.live = rows, live
        self.waiting = deque(rows)
        self.open = len(rows)
        self.outbox: list[Event] = []
        self.wake = threading.Condition(lock)

    @property
    def ready(self) -> bool:
        return bool(self.outbox) or not self.open


class DecodeScheduler:
    """Runs rows of several callers to their ends in one batch. Thread-safe.

    Rows join and leave between steps. Callers get places in turn, so one with many rows does not shut out another.

    Args:
        make_batch: Makes the batch, given the guard of its runs.
    """

    def __init__(self, make_batch: Callable[[RunGuard], RunningBatch]) -> None:
        self._guard = RunGuard()
        self._batch = make_batch(self._guard)  # touched by the leader alone
        # Reentrant: the garbage collector may close a forgotten stream in any thread, at any moment.
        self._lock = threading.RLock()
        self._calls: dict[DecodingRow, _Call] = {}
        self._queue: deque[_Call] = deque()  # calls with rows that wait for a place
        self._idle: dict[_Call, None] = {}  # calls whose threads wait, the longest first
        self._leader: int | None = None  # its thread

    @property
    def is_led_here(self) -> bool:
        """Whether this very thread leads: it is inside a callback of the batch and must not wait for it."""
        return self._leader == threading.get_ident()

    def run(self, rows: Sequence[DecodingRow], ctx: CallContext, *, live: bool) -> Iterator[Event]:
        """Run rows to their ends.

        Args:
            rows: Of one call; their results are set when the iterator ends.
            ctx: Their context.
            live: Yield tokens as they come; else nothing is yielded.

        Yields:
            Each row with its new token, None where it ended without one. While the consumer holds one, other
            callers lead. Closing the iterator withdraws the rows.
        """
        if not rows:
            return
        call = _Call(rows, live=live, lock=self._lock)
        with calling_on_stop(ctx, self._guard.check):
            try:
                with self._lock:
                    self._calls.update(dict.fromkeys(rows, call))
                    self._queue.append(call)
                while call.open or call.outbox:
                    if not self._wait(call):
                        self._lead(call)
                    with self._lock:
                        events, call.outbox = call.outbox, []
                        self._hand_on()
                    yield from events
            finally:
                self._withdraw(call)

    def _wait(self, call: _Call) -> bool:
        """Until there is something for the call (True), or nobody leads (False): then this thread does."""
        with self._lock:
            try:
                while not call.ready:
                    if self._leader is None:
                        self._leader = threading.get_ident()
                        return False
                    self._idle[call] = None
                    call.wake.wait()
            finally:
                self._idle.pop(call, None)
        return True

    def _lead(self, call: _Call) -> None:
        """Run steps until there is something for the call."""
        try:
            while not call.ready:
                self._post(self._end_waiting())
                joining = self._joining()
                if joining:
                    self._batch.add(joining)
                self._post(self._batch.step())
        except BaseException:
            self._recover(call)
            raise
        finally:
            self._resign()

    def _recover(self, call: _Call) -> None:
        """Go on without a call. A signal's exception may come anywhere, so the others' rows are read again."""
        self._post(self._batch.take_events())
        with self._lock:
            for row in call.rows:
                self._calls.pop(row, None)
            waiting = {row for other in self._queue for row in other.waiting}
            placed = [row for row in self._calls if row not in waiting]
        self._post([(row, None) for row in placed if row.result is not None])
        self._batch.restart([row for row in placed if row.result is None])

    def _resign(self) -> None:
        with self._lock:
            self._leader = None
            self._hand_on()

    def _hand_on(self) -> None:
        """Let somebody lead, if nobody does: whoever leaves the lock while others wait calls this."""
        if self._leader is None and self._idle:
            # Who does not stop for every token leads best.
            next((call for call in self._idle if not call.live), next(iter(self._idle))).wake.notify()

    def _end_waiting(self) -> list[Event]:
        """End rows that were stopped before they had a place."""
        ended: list[Event] = []
        with self._lock:
            for call in self._queue:
                if call.waiting and (reason := call.waiting[0].stopped):  # its rows have the same context
                    for row in call.waiting:
                        row.finish(reason)
                        ended.append((row, None))
                    call.waiting.clear()
        return ended

    def _joining(self) -> list[DecodingRow]:
        """Rows that get a place now, of each call one in turn."""
        joining: list[DecodingRow] = []
        with self._lock:
            while self._queue:
                call = self._queue[0]
                if call.waiting:
                    if not self._batch.fits([*joining, call.waiting[0]]):
                        break
                    joining.append(call.waiting.popleft())
                self._queue.popleft()
                if call.waiting:
                    self._queue.append(call)
        return joining

    def _post(self, events: list[Event]) -> None:
        """Tell the callers what happened."""
        with self._lock:
            for row, token in events:
                call = self._calls.get(row)
                if call is None:
                    continue
                if call.live:
                    call.outbox.append((row, token))
                if row.result is not None:
                    del self._calls[row]
                    call.open -= 1
                if call.ready:
                    call.wake.notify()

    def _withdraw(self, call: _Call) -> None:
        """Let go of a call that ends before its rows do. Whoever leads next drops them: this thread, if nobody does."""
        for row in call.rows:
            row.withdrawn = True
        self._guard.check()
        with self._lock:
            left = any(row in self._calls for row in call.rows)
            if self._leader is not None or not left:
                self._hand_on()
                return
            self._leader = threading.get_ident()
        try:
            self._post(self._end_waiting())
            self._batch.drop_stopped()
            self._post(self._batch.take_events())
        finally:
            self._resign()
