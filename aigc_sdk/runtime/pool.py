"""A pool of shared, reference-counted values, each made once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class _Entry(Generic[V]):
    making: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    value: V | None = None


class Pool(Generic[K, V]):
    """Values by key, closed when their last user lets go. Thread-safe.

    Args:
        close: What ends a value.
    """

    def __init__(self, close: Callable[[V], None]) -> None:
        self._close_value = close
        self._lock = threading.Lock()
        self._entries: dict[K, _Entry[V]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def acquire(self, key: K, make: Callable[[], V]) -> V:
        """The value of ``key``, made now if nobody holds it. Two threads never make the same value twice."""
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            entry.users += 1
        try:
            # A lock a value: loading one model must not stop another from being found.
            with entry.making:
                if entry.value is None:
                    entry.value = make()
                return entry.value
        except BaseException:
            self.release(key)
            raise

    def release(self, key: K) -> None:
        """Undo one `acquire`; the last one closes the value. Unknown keys are ignored."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return
            entry.users -= 1
            if entry.users > 0:
                return
            del self._entries[key]
        if entry.value is not None:
            self._close_value(entry.value)

    def close(self) -> None:
        """Close every value, whoever holds it."""
        with self._lock:
            entries = list(self._entries.values())
            self._entries.clear()
        for entry in entries:
            if entry.value is not None:
                self._close_value(entry.value)
