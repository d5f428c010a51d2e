"""Decoding without cache, batch or loop: what the engine's results are held against."""

from __future__ import annotations

import numpy as np

from aigc_sdk.context import CallContext


def prompts_of(lengths, vocab, seed=1):
    rng = np.random.default_rng(seed)
    return [rng.integers(3, vocab, size=n).tolist() for n in lengths]


def logits_without_cache(engine, ids):
    """Logits after ``ids``, all of them fed at once to a fresh cache."""
    shape = engine.shape
    feeds = {
        "input_ids": np.asarray([ids], np.int64),
        "seqlens_k": np.asarray([len(ids) - 1], np.int32),
        "total_sequence_length": np.asarray(len(ids), np.int32),
        "logit_positions": np.asarray([[len(ids) - 1]], np.int64),
    }
    for layer in range(shape.layers):
        for part in ("key", "value"):
            feeds[f"past_key_values.{layer}.{part}"] = np.zeros(
                (1, shape.kv_heads, len(ids), shape.head_dim), np.float32
            )
    return engine.session.run(feeds, ["logits"])["logits"][0, 0]


def greedy_without_cache(engine, prompt, count):
    ids, chosen = list(prompt), []
    for _ in range(count):
        chosen.append(int(logits_without_cache(engine, ids).argmax()))
        ids.append(chosen[-1])
    return tuple(chosen)


def run(engine, prompts, params, ids=None, **context):
    ids = ids or [f"row-{i}" for i in range(len(prompts))]
    return engine.generate(prompts, params, ctx=CallContext(**context), request_ids=ids)
