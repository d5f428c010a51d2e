"""Keys and values of running sequences, in buffers that the graph reads and extends in place."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.runtime.devices import import_onnxruntime

if TYPE_CHECKING:
    from aigc_sdk.bundles.manifest import DecoderInfo
    from aigc_sdk.runtime.session import Session

# Small: the operating system may back the whole buffer with huge pages, used or not.
_STEP = 64


def round_capacity(positions: int, limit: int) -> int:
    """Positions rounded up to whole steps, so that buffers can be used again; at most ``limit``."""
    return min(-(-positions // _STEP) * _STEP, limit)


class KVCache:
    """Buffers for ``rows`` sequences of up to ``capacity`` tokens.

    On the CPU one array [2 * layers, rows, kv_heads, capacity, head_dim]; untouched pages cost no memory. On
    CUDA a buffer a layer and part, whose rows cannot be moved.
    """

    def __init__(self, shape: DecoderInfo, rows: int, capacity: int, device: str = "cpu") -> None:
        self.shape, self.rows, self.capacity, self.device = shape, rows, capacity, device
        self._row_shape = (shape.kv_heads, capacity, shape.head_dim)
        self._values: list[Any] = []
        if device == "cpu":
            self._array: npt.NDArray[np.float32] = np.empty(
                (2 * shape.layers, rows, *self._row_shape), np.float32
            )
            self._pointers = [layer.ctypes.data for layer in self._array]
        else:
            allocate = import_onnxruntime().OrtValue.ortvalue_from_shape_and_type
            self._values = [
                allocate((rows, *self._row_shape), np.float32, device, 0) for _ in range(2 * shape.layers)
            ]
            self._pointers = [value.data_ptr() for value in self._values]

    @property
    def nbytes(self) -> int:
        """Size of the buffers."""
        return kv_bytes(self.shape, self.rows * self.capacity)

    def bind(self, binding: Any, first: int, rows: int) -> None:
        """Bind rows ``first`` to ``first + rows`` as past and, at the same addresses, as present."""
        offset = first * int(np.prod(self._row_shape)) * 4
        shape = (rows, *self._row_shape)
        for index, pointer in enumerate(self._pointers):
            layer, part = index // 2, ("key", "value")[index % 2]
            where = (self.device, 0, np.float32, shape, pointer + offset)
            binding.bind_input(f"past_key_values.{layer}.{part}", *where)
            binding.bind_output(f"present.{layer}.{part}", *where)

    def move_row(self, source: int, target: int, length: int) -> None:
        """Copy the first ``length`` positions of a row over another row."""
        if source == target:
            return
        self._array[:, target, :, :length] = self._array[:, source, :, :length]

    def resized(self, rows: int, capacity: int, moves: Iterable[tuple[int, int, int]]) -> KVCache:
        """A cache of another size with some rows copied.

        Args:
            rows: Rows of the new cache.
            capacity: Positions of each.
            moves: (row here, row there, positions) of what to keep.
        """
        other = KVCache(self.shape, rows, capacity, self.device)
        for source, target, length in moves:
            other._array[:, target, :, :length] = self._array[:, source, :, :length]
        return other

    def copy_block(self, row: int, start: int, stop: int) -> npt.NDArray[np.float32]:
        """Keys and values of some positions of a row, float32 [2 * layers, kv_heads, stop - start, head_dim]."""
        return np.ascontiguousarray(self._array[:, row, :, start:stop])

    def put_block(self, row: int, start: int, block: npt.NDArray[np.float32]) -> None:
        """Write what `copy_block` gave into a row, from position ``start`` on."""
        self._array[:, row, :, start : start + block.shape[2]] = block


def kv_bytes(shape: DecoderInfo, positions: int) -> int:
    """Bytes of keys and values of so many positions."""
    return 2 * shape.layers * shape.kv_heads * shape.head_dim * 4 * positions


@dataclass
class KVCachePool:
    """Keeps the last cache that was given back: most calls look like the one before.

    Attributes:
        shape: The decoder's dimensions.
        device: ``cpu`` or ``cuda``.
        idle_bytes: A larger cache is not kept.
    """

    shape: DecoderInfo
    device: str
    idle_bytes: int

    def __post_init__(self) -> None:
        self._lock = threading.RLock()  # a collector may close a stream inside it
        self._idle: KVCache | None = None

    def take(self, rows: int, capacity: int) -> KVCache:
        """A cache of at least so many rows and positions; its content is undefined."""
        with self._lock:
            cache, self._idle = self._idle, None
        if cache is not None and cache.rows >= rows and cache.capacity >= capacity:
            return cache
        return KVCache(self.shape, rows, capacity, self.device)

    def give_back(self, cache: KVCache) -> None:
        """Keep a cache for the next call, or let it go."""
        if cache.nbytes > self.idle_bytes:
            return
        with self._lock:
            if self._idle is None or cache.nbytes > self._idle.nbytes:
                self._idle = cache

    def clear(self) -> None:
        """Let the kept cache go."""
        with self._lock:
            self._idle = None


class BoundRun:
    """A run of the decoder graph over some rows of a cache, bound once and run as often as shapes stay.

    Attributes:
        input_ids: int64 [rows, sequence], to be filled.
        seqlens_k: int32 [rows], valid length of each row after the run, minus 1; to be filled.
        logit_positions: int64 [rows, positions], zero unless filled.
        logits: float32 [rows, positions, vocab], valid until the next run.
    """

    def __init__(
        self, session: Session, cache: KVCache, first: int, rows: int, sequence: int, positions: int = 1
    ) -> None:
        self.cache, self.first, self.rows = cache, first, rows
        self.input_ids = np.zeros((rows, sequence), np.int64)
        self.seqlens_k = np.zeros(rows, np.int32)
        self.logit_positions = np.zeros((rows, positions), np.int64)
        self.logits = np.empty((rows, positions, cache.shape.vocab_size), np.float32)
        self._total = np.zeros((), np.int32)
        self._run = session.ort.run_with_iobinding
        self._binding = session.ort.io_binding()
        self._small: dict[str, npt.NDArray[Any]] = {
            "input_ids": self.input_ids,
            "seqlens_k": self.seqlens_k,
            "total_sequence_length": self._total,
            "logit_positions": self.logit_positions,
        }
        self._bind_small()
        cache.bind(self._binding, first, rows)
        self._binding.bind_output("logits", "cpu", 0, np.float32, self.logits.shape, self.logits.ctypes.data)

    def _bind_small(self) -> None:
        for name, array in self._small.items():
            self._binding.bind_input(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    def run(self, run_options: Any) -> None:
        """Run the graph; `logits` and the cache then hold the result."""
        self._total[...] = self.seqlens_k.max() + 1
        if self.cache.device != "cpu":
            # Binding copied the inputs to the device; here they have changed since.
            self._bind_small()
        self._run(self._binding, run_options)
