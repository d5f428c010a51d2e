"""Keys and values of prompts' beginnings, kept for later prompts that begin alike.

System prompts, few-shot headers and retrieved documents recur. Blocks of 32 tokens form a tree: a block is known by
the block before it and its own ids, so a prompt reuses as many blocks from its start as an earlier one had the same
(Kwon et al. 2023, arXiv:2309.06180; Zheng et al. 2024, arXiv:2312.07104).
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aigc_sdk.runtime.kv_cache import KVCache, kv_bytes

BLOCK_TOKENS = 32

Int64 = npt.NDArray[np.int64]
_Key = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class _Block:
    number: int
    values: npt.NDArray[np.float32]


class PrefixCache:
    """Least recently used blocks go first. Thread-safe.

    It holds token ids of prompts and what the model made of them, until they are displaced or `close` is called.

    Args:
        most_bytes: Bound on the kept keys and values; 0 keeps nothing.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._blocks: OrderedDict[_Key, _Block] = OrderedDict()
        self._numbers = itertools.count(1)
        self._nbytes = 0

    @property
    def nbytes(self) -> int:
        """Bytes of the kept keys and values."""
        return self._nbytes

    def match(self, ids: Int64) -> list[npt.NDArray[np.float32]]:
        """Blocks for the beginning of ``ids``, in order.

        At least two tokens stay to be read: one for its logits, and another because the attention kernel rounds a
        single token's step otherwise, so that the numbers would not be those of reading the whole prompt.
        """
        with self._lock:
            found = list(self._walk(ids[:-2]))
            self._touch([key for key, _ in found])
        return [block.values for _, block in found]

    def store(self, ids: Int64, cache: KVCache, row: int) -> None:
        """Keep the whole blocks of a prompt that stands in a cache's row.

        A prompt takes at most half the bytes there are, with its beginning: that is what others may share.
        """
        with self._lock:
            keys = [key for key, _ in self._walk(ids)]
            parent = self._blocks[keys[-1]].number if keys else 0
            most = self._most_bytes // 2 // kv_bytes(cache.shape, BLOCK_TOKENS)
            for number in range(len(keys), min(len(ids) // BLOCK_TOKENS, most)):
                start, stop = number * BLOCK_TOKENS, (number + 1) * BLOCK_TOKENS
                values = cache.copy_block(row, start, stop)
                block = _Block(next(self._numbers), values)
                key = (parent, ids[start:stop].tobytes())
                self._blocks[key] = block
                self._nbytes += values.nbytes
                keys.append(key)
                parent = block.number
            self._touch(keys)
            while self._nbytes > self._most_bytes:
                _, oldest = self._blocks.popitem(last=False)
                self._nbytes -= oldest.values.nbytes

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._blocks.clear()
            self._nbytes = 0

    def close(self) -> None:
        """Forget everything, for good."""
        self._most_bytes = 0
        self.clear()

    def _walk(self, ids: Int64) -> Iterator[tuple[_Key, _Block]]:
        parent = 0
        for stop in range(BLOCK_TOKENS, len(ids) + 1, BLOCK_TOKENS):
            key = (parent, ids[stop - BLOCK_TOKENS : stop].tobytes())
            block = self._blocks.get(key)
            if block is None:
                return
            yield key, block
            parent = block.number

    def _touch(self, path: list[_Key]) -> None:
        # The last first: a block is then always older than the one before it, and the oldest of all is a leaf.
        for key in reversed(path):
            self._blocks.move_to_end(key)
