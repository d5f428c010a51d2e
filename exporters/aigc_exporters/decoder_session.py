"""Running a decoder graph in a plain ONNX Runtime session, for proofs and measurements (not for serving)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_exporters.weights import Float32

Int64 = npt.NDArray[np.int64]


def create_session(model: Path | bytes, *, threads: int = 2) -> Any:
    """A CPU session with telemetry off.

    Args:
        model: path of a model file, or its bytes.
        threads: intra-op threads.
    """
    # ONNX Runtime reads the variable while it is imported; its own switch comes too late.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # failures come as exceptions; no red lines beside them
    source = model if isinstance(model, bytes) else str(model)
    return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])


class DecoderSession:
    """One sequence buffer over a decoder graph (see `aigc_exporters.decoder_graph`).

    Args:
        model: path of a model file, or its bytes.
        batch: rows of the KV cache.
        capacity: longest sequence the cache holds.
        threads: intra-op threads.
    """

    def __init__(self, model: Path | bytes, *, batch: int = 1, capacity: int = 256, threads: int = 2) -> None:
        self._session = create_session(model, threads=threads)
        self.capacity = capacity
        self._cache: dict[str, Float32] = {}
        for entry in self._session.get_inputs():
            if entry.name.startswith("past_key_values."):
                _, kv_heads, _, head_dim = entry.shape
                shape = (batch, kv_heads, capacity, head_dim)
                self._cache[entry.name] = np.zeros(shape, dtype=np.float32)

    def forward(
        self,
        tokens: Int64,
        *,
        past: int = 0,
        lengths: Int64 | None = None,
        positions: Int64 | None = None,
    ) -> Float32:
        """Logits of `tokens`, whose keys and values enter the cache.

        Args:
            tokens: int64 [batch, sequence], padded on the right.
            past: tokens of each row already in the cache (0, or any number at batch 1 or sequence 1).
            lengths: int64 [batch], valid length of each row after this call; default past + sequence.
            positions: int64 [batch, n], which of the new tokens get logits; default all of them.

        Returns:
            float32 [batch, n, vocab].
        """
        batch, sequence = tokens.shape
        if lengths is None:
            lengths = np.full(batch, past + sequence, dtype=np.int64)
        if positions is None:
            positions = np.tile(np.arange(sequence, dtype=np.int64), (batch, 1))
        feeds = {
            "input_ids": np.ascontiguousarray(tokens, dtype=np.int64),
            "seqlens_k": (lengths - 1).astype(np.int32),
            "total_sequence_length": np.asarray(int(lengths.max()), dtype=np.int32),
            "logit_positions": np.ascontiguousarray(positions, dtype=np.int64),
        }
        binding = self._session.io_binding()
        for name, value in feeds.items():
            binding.bind_cpu_input(name, value)
        for name, buffer in self._cache.items():
            present = name.replace("past_key_values.", "present.")
            pointer = buffer.ctypes.data
            binding.bind_input(name, "cpu", 0, np.float32, buffer.shape, pointer)
            binding.bind_output(present, "cpu", 0, np.float32, buffer.shape, pointer)
        binding.bind_output("logits", "cpu")
        self._session.run_with_iobinding(binding)
        # Outputs come in the order they were bound: the logits last.
        logits: Float32 = binding.get_outputs()[-1].numpy()
        return logits
