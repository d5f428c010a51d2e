"""Which lines stand in the training poems, as a sorted list of 32-bit hashes.

A line that was never seen is taken for a seen one with a probability of (lines / 2^32), under one in ten thousand: a
poem is then passed over for nothing. A seen line is always recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BundleError

LINES_FILE = "lines.bin"
SHORTEST = 5
"""Shorter lines are common property: anyone writes them anew."""


def line_hash(line: str) -> int:
    """32 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=4).digest(), "little")


class LinesSeen:
    """The lines of the training poems.

    Args:
        hashes: uint32 [n], ascending.
    """

    def __init__(self, hashes: npt.NDArray[np.uint32]) -> None:
        self._hashes = hashes

    @classmethod
    def of(cls, lines: Iterable[str]) -> LinesSeen:
        """Those of `lines` that are long enough to count."""
        hashes = sorted({line_hash(line) for line in lines if len(line) >= SHORTEST})
        return cls(np.array(hashes, dtype=np.uint32))

    @classmethod
    def read(cls, path: Path) -> LinesSeen:
        """Read what `write` wrote.

        Raises:
            BundleError: The file is malformed.
        """
        data = path.read_bytes()
        if len(data) % 4:
            raise BundleError(f"{path.name} is cut off.", hint="Install the bundle again.")
        hashes = np.frombuffer(data, dtype="<u4").astype(np.uint32)
        if len(hashes) > 1 and not (hashes[1:] > hashes[:-1]).all():
            raise BundleError(f"{path.name} is not sorted.", hint="Install the bundle again.")
        return cls(hashes)

    def write(self, path: Path) -> None:
        """Four bytes a line, little-endian, ascending."""
        path.write_bytes(self._hashes.astype("<u4").tobytes())

    def count(self, lines: Iterable[str]) -> int:
        """How many of `lines` stand in a training poem."""
        return sum(line in self for line in lines)

    def __contains__(self, line: str) -> bool:
        if len(line) < SHORTEST or not len(self._hashes):
            return False
        wanted = np.uint32(line_hash(line))
        place = int(np.searchsorted(self._hashes, wanted))
        return place < len(self._hashes) and bool(self._hashes[place] == wanted)

    def __len__(self) -> int:
        return len(self._hashes)
