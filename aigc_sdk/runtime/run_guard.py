"""Stops a run of the graph midway once nobody waits for it any more."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from aigc_sdk.runtime.decoding_row import DecodingRow
from aigc_sdk.runtime.devices import import_onnxruntime


class RunGuard:
    """Knows whose rows the graph is working on.

    A caller's cancellation or deadline must not cost the others their step, so it ends a run only if all rows in
    it have been stopped. `check` is what cancellations and deadlines call, from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._rows: Sequence[DecodingRow] = ()
        self._options: Any = None

    @contextlib.contextmanager
    def running(self, rows: Sequence[DecodingRow]) -> Iterator[Any]:
        """``RunOptions`` for a run over these rows."""
        with self._lock:
            if self._options is None or self._options.terminate:
                self._options = import_onnxruntime().RunOptions()
            self._rows = rows
        # A stop that came before this was told to nobody.
        self.check()
        try:
            yield self._options
        finally:
            with self._lock:
                self._rows = ()

    def check(self) -> None:
        """Terminate the run under way if all its rows have been stopped."""
        with self._lock:
            if self._rows and all(row.stopped for row in self._rows):
                self._options.terminate = True
