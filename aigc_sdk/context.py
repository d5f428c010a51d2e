"""`CallContext`: what travels with a call — deadline, cancellation, seed, trace id."""

from __future__ import annotations

import hashlib
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigc_sdk.errors import BadInputError, CancelledError, DeadlineExceededError

if TYPE_CHECKING:
    import numpy as np


class CancelToken:
    """A flag that is raised once; callbacks run at that moment (or at once if it is raised already).

    Thread-safe. ONNX Runtime sessions register a callback that sets ``RunOptions.terminate``.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: dict[int, Callable[[], None]] = {}
        self._next = 0

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Raise the flag and run the callbacks; further calls do nothing."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks = list(self._callbacks.values())
            self._callbacks.clear()
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Run ``callback`` on cancellation; returns a function that withdraws it."""
        with self._lock:
            if not self._event.is_set():
                key, self._next = self._next, self._next + 1
                self._callbacks[key] = callback
                return lambda: self._withdraw(key)
        callback()
        return lambda: None

    def _withdraw(self, key: int) -> None:
        with self._lock:
            self._callbacks.pop(key, None)

    def wait(self, timeout: float | None) -> bool:
        """Block until cancelled or ``timeout`` seconds passed; True if cancelled."""
        return self._event.wait(timeout)


def row_seed(seed: int, request_id: str, *salt: str | int) -> int:
    """64-bit seed of one row: blake2b(base seed, request id, salt).

    It depends on neither the row's position nor Python's ``hash``, so a row draws the same numbers whatever
    batch it is in, on any machine.

    Raises:
        BadInputError: If ``seed`` is outside [0, 2^64).
    """
    if not 0 <= seed < 1 << 64:
        raise BadInputError(f"A seed must be in [0, 2^64), got {seed}.")
    digest = hashlib.blake2b(seed.to_bytes(8, "little"), digest_size=8)
    for part in (request_id, *(str(s) for s in salt)):
        data = part.encode("utf-8", "surrogatepass")
        # Length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return int.from_bytes(digest.digest(), "little")


@dataclass(frozen=True, slots=True)
class CallContext:
    """What travels with one call.

    Attributes:
        deadline: Absolute `time.monotonic` seconds, or None.
        cancel: The caller's cancellation token.
        seed: Base seed of the call, in [0, 2^64).
        deterministic: Ask for identical output whatever the batch (one graph, fixed padded shapes).
        trace_id: Joins log lines and results of one call.
    """

    deadline: float | None = None
    cancel: CancelToken = field(default_factory=CancelToken)
    seed: int = 0
    deterministic: bool = False
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @classmethod
    def within(cls, seconds: float | None, **fields: object) -> CallContext:
        """A context whose deadline is ``seconds`` from now."""
        deadline = None if seconds is None else time.monotonic() + seconds
        return cls(deadline=deadline, **fields)  # type: ignore[arg-type]  # forwarded as they are

    @property
    def remaining(self) -> float | None:
        """Seconds left, 0 if none, None without a deadline."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    @property
    def stopped(self) -> str | None:
        """``"cancelled"``, ``"deadline"`` or None; cheap enough to ask at every decode step."""
        if self.cancel.cancelled:
            return "cancelled"
        if self.deadline is not None and time.monotonic() >= self.deadline:
            return "deadline"
        return None

    def check(self) -> None:
        """Raise if the call should stop.

        Raises:
            CancelledError: The caller cancelled.
            DeadlineExceededError: The deadline passed.
        """
        state = self.stopped
        if state == "cancelled":
            raise CancelledError("The call was cancelled.")
        if state == "deadline":
            raise DeadlineExceededError(
                "The call's deadline passed.", hint="Give it more time or ask for less."
            )

    def rng(self, request_id: str, *salt: str | int) -> np.random.Generator:
        """The random generator of one row (PCG64 seeded by `row_seed`)."""
        import numpy as np

        return np.random.Generator(np.random.PCG64(row_seed(self.seed, request_id, *salt)))
