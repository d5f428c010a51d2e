"""Prompts that begin alike share the reading of their beginning, and say the same."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from decoding import greedy_without_cache, prompts_of, run
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.bundles.manifest import DecoderInfo
from aigc_sdk.runtime.kv_cache import KVCache
from aigc_sdk.runtime.prefix_cache import BLOCK_TOKENS, PrefixCache
from aigc_sdk.runtime.sampling import SamplingParams

SHAPE = DecoderInfo(layers=2, hidden=8, heads=2, kv_heads=1, head_dim=4, vocab_size=50, max_positions=512)
BLOCK_BYTES = 2 * 2 * 1 * BLOCK_TOKENS * 4 * 4
PLAIN = SamplingParams(max_new_tokens=4, ignore_eos=True)


def test_the_same_text_with_and_without(engine, fresh_engine, make_engine):
    header, *tails = prompts_of([100, 7, 1, 40, 90], engine.shape.vocab_size, seed=3)
    prompts = [header + tail for tail in tails]
    without = make_engine(prefix_bytes=0)
    warm = SamplingParams(max_new_tokens=8, temperature=1.0, ignore_eos=True)
    for number, prompt in enumerate(prompts):
        (got,) = run(fresh_engine, [prompt], warm, ["x"], seed=4)
        (expected,) = run(without, [prompt], warm, ["x"], seed=4)
        assert got.ids == expected.ids
        np.testing.assert_allclose(got.logprobs, expected.logprobs, atol=1e-4)
        # 100 tokens are three whole blocks and four tokens, which are read again.
        assert (got.reused_tokens, expected.reused_tokens) == (96 if number else 0, 0)


def test_only_the_rest_is_read(engine, fresh_engine, read):
    (prompt,) = prompts_of([70], engine.shape.vocab_size, seed=5)
    expected = greedy_without_cache(engine, prompt, 4)
    read.clear()
    first, again = (run(fresh_engine, [prompt], PLAIN)[0] for _ in range(2))
    assert read == [(1, 70), (1, 6)]
    assert first.ids == again.ids == expected


def test_rows_of_one_call_share_their_beginning(engine, fresh_engine, read):
    header, *tails = prompts_of([64, 5, 9, 12], engine.shape.vocab_size, seed=6)
    prompts = [header + tail for tail in tails]
    results = run(fresh_engine, prompts, PLAIN)
    assert sorted(read) == [(1, 9), (1, 12), (1, 69)]
    assert [r.ids for r in results] == [greedy_without_cache(engine, p, 4) for p in prompts]


def test_rows_that_cannot_share_are_read_together(engine, make_engine, read):
    header, *tails = prompts_of([64, 5, 9, 12], engine.shape.vocab_size, seed=6)
    results = run(make_engine(prefix_bytes=0), [header + tail for tail in tails], PLAIN)
    assert read == [(3, 76)]
    assert [r.ids for r in results] == [greedy_without_cache(engine, header + tail, 4) for tail in tails]


@pytest.mark.parametrize(("length", "reused"), [(63, 32), (64, 32), (65, 32), (66, 64)])
def test_whole_blocks_only_and_two_tokens_are_left(engine, fresh_engine, length, reused):
    (prompt,) = prompts_of([length], engine.shape.vocab_size, seed=7)
    run(fresh_engine, [prompt], PLAIN)
    (again,) = run(fresh_engine, [prompt], PLAIN)
    assert again.reused_tokens == reused
    assert again.ids == greedy_without_cache(engine, prompt, 4)


def test_no_run_reads_a_last_single_token(engine, fresh_engine, read):
    (prompt,) = prompts_of([257], engine.shape.vocab_size, seed=10)
    (result,) = run(fresh_engine, [prompt], PLAIN)
    assert read == [(1, 255), (1, 2)]
    assert result.ids == greedy_without_cache(engine, prompt, 4)


def test_a_long_beginning_and_a_long_rest(engine, fresh_engine):
    header, rest = prompts_of([300, 290], engine.shape.vocab_size, seed=8)
    run(fresh_engine, [header], PLAIN)
    (result,) = run(fresh_engine, [header + rest], PLAIN)
    assert result.reused_tokens == 288
    assert result.ids == greedy_without_cache(engine, header + rest, 4)


def test_deterministic_calls_reuse_nothing(fresh_engine):
    (prompt,) = prompts_of([80], fresh_engine.shape.vocab_size, seed=9)
    run(fresh_engine, [prompt], PLAIN)
    (result,) = run(fresh_engine, [prompt], PLAIN, deterministic=True)
    assert result.reused_tokens == 0


def test_close_forgets(fresh_engine):
    (prompt,) = prompts_of([80], fresh_engine.shape.vocab_size, seed=9)
    run(fresh_engine, [prompt], PLAIN)
    fresh_engine.close()
    assert run(fresh_engine, [prompt], PLAIN)[0].reused_tokens == 0
    assert fresh_engine._prefixes.nbytes == 0


def filled(ids):
    """A cache row whose values tell which ids they belong to: each position depends on all before it."""
    cache = KVCache(SHAPE, 1, 512)
    marks = np.cumsum(np.asarray(ids) * 1.25 + 1)
    cache._array[:, 0, :, : len(ids)] = marks[:, None]
    return cache, marks


prompts = st.lists(
    # Few different blocks, so that prompts really share some; and a rest.
    st.tuples(st.lists(st.integers(0, 2), max_size=5), st.integers(0, BLOCK_TOKENS - 1)),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(prompts, st.integers(0, 12))
def test_what_is_found_is_what_was_stored(made, room):
    cache = PrefixCache(room * BLOCK_BYTES)
    for blocks, rest in made:
        ids = np.asarray([b for b in blocks for _ in range(BLOCK_TOKENS)] + [9] * rest + [1], np.int64)
        source, marks = filled(ids)
        found = cache.match(ids)
        values = np.concatenate(found, axis=2) if found else np.empty((4, 1, 0, 4), np.float32)
        assert values.shape[2] < len(ids)
        np.testing.assert_array_equal(
            values, np.broadcast_to(marks[: values.shape[2], None].astype(np.float32), values.shape)
        )
        cache.store(ids, source, 0)
        assert cache.nbytes <= room * BLOCK_BYTES


def common(ids, other):
    count = 0
    while (count + 1) * BLOCK_TOKENS <= min(len(ids) - 2, len(other)) and np.array_equal(
        ids[: (count + 1) * BLOCK_TOKENS], other[: (count + 1) * BLOCK_TOKENS]
    ):
        count += 1
    return count * BLOCK_TOKENS


def test_every_earlier_beginning_is_found_while_there_is_room():
    cache = PrefixCache(1000 * BLOCK_BYTES)
    rng = np.random.default_rng(0)
    seen = []
    for _ in range(40):
        ids = np.repeat(rng.integers(0, 2, 4), BLOCK_TOKENS)
        ids = np.append(ids[: rng.integers(1, len(ids))], 7)
        assert len(cache.match(ids)) * BLOCK_TOKENS == max((common(ids, o) for o in seen), default=0)
        cache.store(ids, filled(ids)[0], 0)
        seen.append(ids)


def test_what_was_used_last_stays():
    cache = PrefixCache(8 * BLOCK_BYTES)
    header, *others = (np.full(2 * BLOCK_TOKENS + 2, token, np.int64) for token in range(8))
    cache.store(header, filled(header)[0], 0)
    for other in others:
        cache.store(other, filled(other)[0], 0)
        assert len(cache.match(header)) == 2
    assert cache.match(others[0]) == []
    assert len(cache.match(others[-1])) == 2


def test_one_prompt_takes_half_at_most_and_its_beginning():
    cache = PrefixCache(8 * BLOCK_BYTES)
    first, long = np.zeros(40, np.int64), np.arange(12 * BLOCK_TOKENS) % 50
    cache.store(first, filled(first)[0], 0)
    cache.store(long, filled(long)[0], 0)
    assert len(cache.match(long)) == 4
    assert len(cache.match(first)) == 1


def test_threads_share_a_cache():
    cache = PrefixCache(20 * BLOCK_BYTES)
    wrong = []

    def work(seed):
        rng = np.random.default_rng(seed)
        for _ in range(150):
            ids = np.append(np.repeat(rng.integers(0, 3, 6), BLOCK_TOKENS), 1)
            source, marks = filled(ids)
            for number, block in enumerate(cache.match(ids)):
                if not np.array_equal(
                    block[0, 0, :, 0], marks[number * 32 : number * 32 + 32].astype(np.float32)
                ):
                    wrong.append(ids)
            cache.store(ids, source, 0)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert 0 < cache.nbytes <= 20 * BLOCK_BYTES


@pytest.mark.parametrize("length", [1, 31, 32, 33])
def test_short_prompts_leave_nothing_to_reuse(length):
    cache = PrefixCache(1 << 20)
    ids = np.ones(length, np.int64)
    cache.store(ids, filled(ids)[0], 0)
    assert cache.match(ids) == []
