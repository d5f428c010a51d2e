"""A lock that processes share, so that two pulls of one bundle do not fight."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_POLL = 0.1


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on ``path`` (made if absent), waiting for whoever holds it.

    The operating system frees it when the process ends, however it ends; the empty file stays, since removing
    it would let two processes hold "the" lock on different inodes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        _acquire(stream)
        try:
            yield
        finally:
            _release(stream)


if sys.platform == "win32":
    import msvcrt

    def _acquire(stream: IO[bytes]) -> None:
        while True:
            try:
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                time.sleep(_POLL)

    def _release(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX)

    def _release(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)


def private_name(name: str) -> str:
    """A name beside ``name`` that no other process uses."""
    return f".{name}.{os.getpid()}.{time.monotonic_ns():x}"
