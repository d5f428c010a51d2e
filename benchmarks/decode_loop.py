"""Speed of the decode loop against bare loops over the same ONNX Runtime session, in one run.

    python benchmarks/decode_loop.py --bundle FOLDER_OR_ID [--tokens 128] [--prompt 32] [--batch 1 --batch 16]

Three ways to decode greedily, taken in turns so that a busy machine slows all alike:

* ``session.run``: past and present as plain arrays, copied every step;
* ``bare loop``: shared KV buffers by IO binding, ``argmax``, nothing else;
* ``DecoderEngine``: the loop of the SDK: sampling parameters, log-probabilities, endings, cancellation.

Also prints the loop's own time a step, the time to the first token, and the process's peak memory.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.decode import DecoderEngine
from aigc_sdk.runtime.kv_cache import KVCache, kv_bytes
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.runtime.sampling import SamplingParams


def decode_by_run(engine: DecoderEngine, prompts: np.ndarray, tokens: int) -> list[float]:
    """Seconds a step of a loop over ``session.run``."""
    shape, ort = engine.shape, engine.session.ort
    batch, length = prompts.shape
    empty = np.zeros((batch, shape.kv_heads, length + tokens, shape.head_dim), np.float32)
    names = [f"{layer}.{part}" for layer in range(shape.layers) for part in ("key", "value")]
    cache = dict.fromkeys(names, empty)
    outputs = ["logits", *(f"present.{name}" for name in names)]
    ids, total, seconds = prompts, length, []
    for _ in range(tokens):
        began = time.perf_counter()
        feeds = inputs(ids, total) | {f"past_key_values.{name}": value for name, value in cache.items()}
        logits, *present = ort.run(outputs, feeds)
        cache = dict(zip(names, present, strict=True))
        ids, total = logits[:, 0].argmax(axis=-1)[:, None], total + 1
        seconds.append(time.perf_counter() - began)
    return seconds


def decode_bare(engine: DecoderEngine, prompts: np.ndarray, tokens: int) -> list[float]:
    """Seconds a step of the shortest loop over shared buffers."""
    shape, ort = engine.shape, engine.session.ort
    batch, length = prompts.shape
    cache = KVCache(shape, batch, length + tokens)
    logits = np.empty((batch, 1, shape.vocab_size), np.float32)

    def bind(feeds: dict[str, np.ndarray]) -> Any:
        binding = ort.io_binding()
        for name, value in feeds.items():
            binding.bind_input(name, "cpu", 0, value.dtype.type, value.shape, value.ctypes.data)
        cache.bind(binding, 0, batch)
        binding.bind_output("logits", "cpu", 0, np.float32, logits.shape, logits.ctypes.data)
        return binding

    seconds = []
    began = time.perf_counter()
    feeds = inputs(prompts, length)
    ort.run_with_iobinding(bind(feeds))
    step = inputs(np.zeros((batch, 1), np.int64), length)
    binding = bind(step)
    for _ in range(tokens - 1):
        step["input_ids"][:, 0] = logits[:, 0].argmax(axis=-1)
        step["seqlens_k"] += 1
        step["total_sequence_length"] += 1
        seconds.append(time.perf_counter() - began)
        began = time.perf_counter()
        ort.run_with_iobinding(binding)
    logits[:, 0].argmax(axis=-1)
    seconds.append(time.perf_counter() - began)
    return seconds


def inputs(ids: np.ndarray, total: int) -> dict[str, np.ndarray]:
    """The small inputs of the decoder graph."""
    return {
        "input_ids": np.ascontiguousarray(ids, np.int64),
        "seqlens_k": np.full(len(ids), total - 1, np.int32),
        "total_sequence_length": np.array(total, np.int32),
        "logit_positions": np.full((len(ids), 1), ids.shape[1] - 1, np.int64),
    }


def decode_engine(
    engine: DecoderEngine, prompts: np.ndarray, tokens: int, params: dict[str, Any] | None = None
) -> list[float]:
    """Seconds a step of the SDK's loop."""
    marks = [time.perf_counter()]

    def on_token(row: int, _token: int) -> None:
        if row == len(prompts) - 1:
            marks.append(time.perf_counter())

    engine.generate(
        prompts.tolist(),
        SamplingParams(max_new_tokens=tokens, ignore_eos=True, **(params or {})),
        ctx=CallContext(),
        request_ids=[str(i) for i in range(len(prompts))],
        on_token=on_token,
    )
    return np.diff(marks).tolist()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", required=True, help="folder or id of a decoder bundle")
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--prompt", type=int, default=32, help="tokens of each prompt")
    parser.add_argument("--batch", type=int, action="append", help="rows; may be repeated (default 1 and 16)")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=None)
    args = parser.parse_args()

    with Runtime(device="cpu", threads=args.threads, resolver=BundleStore().resolve) as runtime:
        began = time.perf_counter()
        bundle = runtime.bundle(args.bundle)
        engine = runtime.decoder(bundle)
        print(
            f"{bundle.id}, {bundle.size / 1e6:.0f} MB, {runtime.threads} threads, "
            f"loaded in {time.perf_counter() - began:.2f} s, peak memory {peak_mb():.0f} MB"
        )
        # The engine first: what it needs is then not hidden under what the other loops need.
        ways: dict[str, Callable[[DecoderEngine, np.ndarray, int], list[float]]] = {
            "DecoderEngine": decode_engine,
            "DecoderEngine, top-p .9": lambda engine, prompts, tokens: decode_engine(
                engine, prompts, tokens, {"temperature": 0.8, "top_p": 0.9}
            ),
            "bare loop": decode_bare,
            "session.run": decode_by_run,
        }
        for batch in args.batch or [1, 16]:
            rng = np.random.default_rng(0)
            prompts = rng.integers(0, engine.shape.vocab_size, (batch, args.prompt))
            cache = kv_bytes(engine.shape, batch * (args.prompt + args.tokens)) / 1e6
            decode_engine(engine, prompts, args.tokens)
            print(f"\nbatch {batch}: peak memory of serving {peak_mb():.0f} MB (KV cache {cache:.0f} MB)")
            firsts: dict[str, list[float]] = {name: [] for name in ways}
            steps: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(args.repeats):
                for name, way in ways.items():
                    first, *rest = way(engine, prompts, args.tokens)
                    firsts[name].append(first)
                    steps[name].extend(rest)
            base = statistics.median(steps["bare loop"])
            print(f"{'way':26}{'tok/s':>8}{'µs/step':>10}{'vs bare':>9}{'first token ms':>16}")
            for name in ways:
                step = statistics.median(steps[name])
                first = statistics.median(firsts[name])
                print(f"{name:26}{batch / step:8.1f}{step * 1e6:10.0f}{step / base:9.3f}{first * 1e3:16.1f}")


def peak_mb() -> float:
    """Peak resident memory of this process, MB (1e6 bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main()
