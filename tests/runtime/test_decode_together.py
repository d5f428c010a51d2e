"""Callers from several threads share one batch, and none of them notices the others."""

from __future__ import annotations

import gc
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from decoding import greedy_without_cache, prompts_of, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import ComponentError
from aigc_sdk.runtime.decode import Decoded
from aigc_sdk.runtime.kv_cache import BoundRun
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err

CALLERS = 16
PLAIN = SamplingParams(max_new_tokens=30, ignore_eos=True)


@pytest.fixture
def shared(fresh_engine):
    """An engine that must be as empty after a test as before it."""
    threads = threading.active_count()
    yield fresh_engine
    scheduler = fresh_engine._scheduler
    assert (scheduler._leader, scheduler._calls, scheduler._idle) == (None, {}, {})
    assert not any(call.waiting for call in scheduler._queue)
    assert scheduler._batch.rows == []
    assert scheduler._batch._cache is None
    fresh_engine.close()
    # The process's timer of deadlines may have started meanwhile.
    left = [thread.name for thread in threading.enumerate()]
    assert len(left) - ("aigc-deadlines" in left) <= threads


@pytest.fixture
def batches(monkeypatch):
    """Numbers of rows of the steps while the test goes on."""
    sizes = []
    original = BoundRun.run

    def noting(self, run_options):
        if self.input_ids.shape[1] == 1:
            sizes.append(self.rows)
        original(self, run_options)

    monkeypatch.setattr(BoundRun, "run", noting)
    return sizes


def slow(_ids, logits):
    """A processor that takes longer than a thread takes to start."""
    time.sleep(0.002)
    return logits


def together(jobs):
    """Run functions in a thread each, begun at once; their results."""
    barrier = threading.Barrier(len(jobs))

    def work(job):
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(work, job) for job in jobs]]


def expected_of(engine, prompts, params, seed=0):
    """What each prompt gives alone."""
    return [
        run(engine, [prompt], own, [f"row-{i}"], seed=seed)[0]
        for i, (prompt, own) in enumerate(zip(prompts, params, strict=True))
    ]


def test_concurrent_callers_join_one_batch_and_get_their_own_text(engine, shared, batches):
    prompts = prompts_of(range(3, 3 + 5 * CALLERS, 5), engine.shape.vocab_size, seed=31)
    params = [
        replace(PLAIN, max_new_tokens=20 + 2 * i, temperature=0.7 * (i % 2), logits_processors=(slow,))
        for i in range(CALLERS)
    ]
    expected = expected_of(engine, prompts, [replace(own, logits_processors=()) for own in params], seed=9)
    batches.clear()
    jobs = [lambda i=i: run(shared, [prompts[i]], params[i], [f"row-{i}"], seed=9)[0] for i in range(CALLERS)]
    results = together(jobs)
    assert [r.ids for r in results] == [r.ids for r in expected]
    for got, alone in zip(results, expected, strict=True):
        np.testing.assert_allclose(got.logprobs, alone.logprobs, atol=1e-4)
    assert max(batches) > CALLERS // 2


def test_calls_of_many_rows_and_single_ones_take_turns_for_places(engine, make_engine):
    small = make_engine(max_batch=2)
    order = []
    many, one = prompts_of([5] * 8, engine.shape.vocab_size, seed=32), [7, 8, 9]
    params = replace(PLAIN, max_new_tokens=10, logits_processors=(slow,))
    started = threading.Event()

    def call_many():
        def noting(row, _token):
            started.set()
            order.append(("many", row))

        return small.generate(
            many, params, ctx=CallContext(), request_ids=[str(i) for i in range(8)], on_token=noting
        )

    def call_one():
        started.wait(10)
        result = run(small, [one], params)
        order.append(("one", 0))
        return result

    rows, (single,) = together([call_many, call_one])
    assert [r.ids for r in rows] == [greedy_without_cache(engine, p, 10) for p in many]
    assert single.ids == greedy_without_cache(engine, one, 10)
    # It did not wait for all eight.
    assert len({row for name, row in order[: order.index(("one", 0))] if name == "many"}) <= 6


def test_a_long_prompt_lets_the_others_go_on(engine, shared, read):
    short, long = prompts_of([6, 600], engine.shape.vocab_size, seed=33)
    tokens_at = []
    joined = threading.Event()
    params = replace(PLAIN, max_new_tokens=100, logits_processors=(slow,))

    def call_short():
        def noting(_row, _token):
            joined.set()
            tokens_at.append(len(read))

        return shared.generate([short], params, ctx=CallContext(), request_ids=["s"], on_token=noting)[0]

    def call_long():
        joined.wait(10)
        return run(shared, [long], replace(PLAIN, max_new_tokens=5))[0]

    first, second = together([call_short, call_long])
    assert first.ids == greedy_without_cache(engine, short, 100)
    assert second.ids == greedy_without_cache(engine, long, 5)
    chunks = [shape for shape in read if shape[1] > 30]
    assert len(chunks) == 5
    assert max(width for _, width in chunks) == 128
    # Between any two chunks the short one had a step.
    before = read.index(chunks[0])
    assert len(set(tokens_at) & set(range(before + 1, before + 6))) >= 4


def test_a_short_prompt_need_not_wait_for_a_long_one(engine, shared):
    filler, long, short = prompts_of([4, 620, 20], engine.shape.vocab_size, seed=34)
    running, half_read = threading.Event(), threading.Event()
    begun = []

    def call(name, prompt, new, wait_for=None):
        def note(ids, logits):
            if name not in begun:
                begun.append(name)
                running.set()
            if shared._scheduler._batch._prompts.partial is not None:
                half_read.set()
                while "short" not in begun and len(shared._scheduler._calls) < 3:
                    time.sleep(0.001)
            return slow(ids, logits)

        if wait_for is not None:
            wait_for.wait(10)
        return run(shared, [prompt], replace(PLAIN, max_new_tokens=new, logits_processors=(note,)))[0]

    _, got_long, got_short = together(
        [
            lambda: call("filler", filler, 60),
            lambda: call("long", long, 2, running),
            lambda: call("short", short, 2, half_read),
        ]
    )
    assert begun == ["filler", "short", "long"]
    assert got_long.ids == greedy_without_cache(engine, long, 2)
    assert got_short.ids == greedy_without_cache(engine, short, 2)


def test_cancelling_ends_ones_own_rows_alone(engine, shared):
    prompts = prompts_of([5, 9, 14, 3], engine.shape.vocab_size, seed=35)
    tokens = [CancelToken() for _ in prompts]
    params = replace(PLAIN, max_new_tokens=60, logits_processors=(slow,))

    def call(i):
        def on_token(_row, _token, seen=[]):  # noqa: B006
            seen.append(1)
            if i == 1 and len(seen) == 8:
                tokens[1].cancel()

        ctx = CallContext(cancel=tokens[i])
        return shared.generate([prompts[i]], params, ctx=ctx, request_ids=["x"], on_token=on_token)[0]

    results = together([lambda i=i: call(i) for i in range(4)])
    assert [r.finish_reason for r in results] == ["length", "cancelled", "length", "length"]
    for prompt, result in zip(prompts, results, strict=True):
        assert result.ids == greedy_without_cache(engine, prompt, 60)[: len(result.ids)]
    assert 8 <= len(results[1].ids) < 60


def test_a_deadline_is_ones_own_too(engine, shared):
    prompts = prompts_of([5, 9], engine.shape.vocab_size, seed=36)
    params = replace(PLAIN, max_new_tokens=150, logits_processors=(slow,))
    contexts = [CallContext.within(0.15), CallContext()]
    results = together(
        [
            lambda i=i: shared.generate([prompts[i]], params, ctx=contexts[i], request_ids=["x"])[0]
            for i in range(2)
        ]
    )
    assert [r.finish_reason for r in results] == ["deadline", "length"]
    assert results[1].ids == greedy_without_cache(engine, prompts[1], 150)


def test_cancelled_while_waiting_for_a_place(engine, make_engine):
    small = make_engine(max_batch=1)
    begun, token = threading.Event(), CancelToken()

    def note(ids, logits):
        begun.set()
        return slow(ids, logits)

    def call_late():
        begun.wait(10)
        threading.Timer(0.05, token.cancel).start()
        ctx = CallContext(cancel=token)
        return small.generate([[8, 9]] * 3, PLAIN, ctx=ctx, request_ids=list("abc")), time.monotonic()

    def call_first():
        params = replace(PLAIN, max_new_tokens=250, logits_processors=(note,))
        return run(small, [[5]], params)[0], time.monotonic()

    (first, first_end), (late, late_end) = together([call_first, call_late])
    assert (first.finish_reason, len(first.ids)) == ("length", 250)
    assert [(r.finish_reason, r.ids) for r in late] == [("cancelled", ())] * 3
    assert late_end < first_end


def test_failures_stay_where_they_are(engine, shared):
    prompts = prompts_of([5, 9, 14], engine.shape.vocab_size, seed=37)

    def failing(ids, logits):
        if len(ids) > 15:
            raise KeyError("oops")
        return slow(ids, logits)

    def angry(_row, _token):
        raise RuntimeError("full disk")

    params = replace(PLAIN, logits_processors=(slow,))
    results = together(
        [
            lambda: run(shared, [prompts[0]], params)[0],
            lambda: run(shared, [prompts[1]], replace(PLAIN, logits_processors=(failing,)))[0],
            lambda: shared.generate(
                [prompts[2]], params, ctx=CallContext(), request_ids=["x"], on_token=angry
            )[0],
        ]
    )
    assert results[0].ids == greedy_without_cache(engine, prompts[0], 30)
    assert isinstance(results[1].error.__cause__, KeyError)
    assert isinstance(results[2].error.__cause__, RuntimeError)


def test_an_interrupt_in_the_leading_thread_is_its_callers_alone(engine, shared):
    """Ctrl-C comes as an exception in whatever the main thread does, which may be the others' step."""
    prompts = prompts_of([5, 40, 14], engine.shape.vocab_size, seed=38)
    joined = threading.Barrier(3)
    interrupted = []

    def interrupting(ids, logits):
        if len(ids) == len(prompts[0]):
            joined.wait(10)
        if len(ids) == len(prompts[0]) + 12:
            interrupted.append(threading.get_ident())
            raise KeyboardInterrupt
        return slow(ids, logits)

    params = replace(PLAIN, temperature=0.9, logits_processors=(slow,))
    outcomes = {}

    def call(i):
        if i:
            joined.wait(10)
        own = replace(params, logits_processors=(interrupting,)) if i == 0 else params
        try:
            outcomes[i] = run(shared, [prompts[i]], own, [f"row-{i}"], seed=3)[0]
        except KeyboardInterrupt:
            outcomes[i] = "interrupted"

    together([lambda i=i: call(i) for i in range(3)])
    assert interrupted
    leader = [i for i, outcome in outcomes.items() if outcome == "interrupted"]
    assert len(leader) == 1
    expected = expected_of(engine, prompts, [replace(params, logits_processors=())] * 3, seed=3)
    for i in {1, 2} - set(leader):
        assert outcomes[i].ids == expected[i].ids
        np.testing.assert_allclose(outcomes[i].logprobs, expected[i].logprobs, atol=1e-4)


def test_a_graph_that_fails_ends_the_rows_it_ran_for(engine, shared, monkeypatch):
    original = BoundRun.run

    def failing(self, run_options):
        if self.input_ids.shape[1] == 41:
            raise RuntimeError("no memory")
        original(self, run_options)

    monkeypatch.setattr(BoundRun, "run", failing)
    good, bad = prompts_of([9, 41], engine.shape.vocab_size, seed=39)
    params = replace(PLAIN, logits_processors=(slow,))
    results = together([lambda: run(shared, [good], params)[0], lambda: run(shared, [bad], params)[0]])
    assert isinstance(results[1].error, ComponentError)
    assert results[0].ids == greedy_without_cache(engine, good, 30)


def test_a_stream_that_nobody_reads_holds_nobody_up(engine, shared):
    stream = shared.stream([5, 6], PLAIN, ctx=CallContext(), request_id="s")
    pieces = [next(stream)]
    (result,) = run(shared, [[7, 8, 9]], PLAIN)
    assert result.ids == greedy_without_cache(engine, [7, 8, 9], 30)
    pieces += list(stream)
    assert pieces[-1].done.ids == greedy_without_cache(engine, [5, 6], 30)
    assert "".join(piece.text for piece in pieces) == pieces[-1].done.text


def test_a_forgotten_stream_leaves(shared):
    stream = shared.stream([5, 6], PLAIN, ctx=CallContext(), request_id="s")
    next(stream)
    assert len(shared._scheduler._batch.rows) == 1
    del stream
    gc.collect()
    assert shared._scheduler._batch.rows == []


def test_a_callback_and_a_processor_may_use_the_engine(engine, shared):
    (inner,) = prompts_of([6], engine.shape.vocab_size, seed=40)
    found = []

    def on_token(_row, _token):
        found.append(run(shared, [inner], replace(PLAIN, max_new_tokens=3))[0].ids)

    def processor(_ids, logits):
        found.append(run(shared, [inner], replace(PLAIN, max_new_tokens=3))[0].ids)
        return logits

    params = replace(PLAIN, max_new_tokens=4, logits_processors=(processor,))
    (result,) = shared.generate([[5]], params, ctx=CallContext(), request_ids=["x"], on_token=on_token)
    assert result.ids == greedy_without_cache(engine, [5], 4)
    assert found == [greedy_without_cache(engine, inner, 3)] * 8


def test_deterministic_callers_decode_alone(engine, shared, batches):
    prompts = prompts_of([5, 9, 30, 12], engine.shape.vocab_size, seed=41)
    params = replace(PLAIN, temperature=0.8)
    alone = [run(shared, [p], params, ["x"], seed=2, deterministic=True)[0] for p in prompts]
    batches.clear()
    results = together(
        [lambda p=p: run(shared, [p], params, ["x"], seed=2, deterministic=True)[0] for p in prompts]
    )
    assert [(r.ids, r.logprobs) for r in results] == [(r.ids, r.logprobs) for r in alone]
    assert set(batches) == {1}


def test_memory_stays_within_its_bound(engine, make_engine, batches):
    from aigc_sdk.runtime.kv_cache import kv_bytes

    small = make_engine(cache_bytes=kv_bytes(engine.shape, 3 * 64))
    prompts = prompts_of([20] * 6, engine.shape.vocab_size, seed=42)
    results = together([lambda p=p: run(small, [p], PLAIN)[0] for p in prompts])
    assert [r.ids for r in results] == [greedy_without_cache(engine, p, 30) for p in prompts]
    assert max(batches) <= 3


jobs = st.lists(
    st.fixed_dictionaries(
        {
            "rows": st.lists(st.integers(1, 150), min_size=1, max_size=3),
            "new": st.integers(1, 40),
            "temperature": st.sampled_from([0.0, 0.8]),
            "cancel_after": st.none() | st.integers(0, 30),
            "deadline": st.none() | st.floats(0.0, 0.2),
            "how": st.sampled_from(["generate", "callback", "stream", "close"]),
            "fails_at": st.none() | st.integers(0, 30),
            "delay": st.floats(0.0, 0.03),
        }
    ),
    min_size=CALLERS,
    max_size=CALLERS,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(jobs, st.integers(0, 99))
def test_stress(engine, make_engine, made, seed):
    shared = make_engine(max_batch=10, prefix_bytes=1 << 18)
    header = prompts_of([40], engine.shape.vocab_size, seed)[0]
    rng = random.Random(seed)
    bodies = [
        [
            (header if rng.random() < 0.4 else []) + p
            for p in prompts_of(job["rows"], engine.shape.vocab_size, seed + i)
        ]
        for i, job in enumerate(made)
    ]

    def call(i, job):
        time.sleep(job["delay"])
        token, seen = CancelToken(), []
        ctx = CallContext.within(job["deadline"], cancel=token, seed=seed)
        params = SamplingParams(max_new_tokens=job["new"], temperature=job["temperature"], ignore_eos=True)
        names = [f"{i}/{n}" for n in range(len(bodies[i]))]

        def on_token(_row, _token):
            seen.append(1)
            if len(seen) == job["cancel_after"]:
                token.cancel()
            if len(seen) == job["fails_at"]:
                raise RuntimeError("callback")

        if job["how"] == "generate":
            return shared.generate(bodies[i], params, ctx=ctx, request_ids=names)
        if job["how"] == "callback":
            return shared.generate(bodies[i], params, ctx=ctx, request_ids=names, on_token=on_token)
        stream = shared.stream(bodies[i][0], params, ctx=ctx, request_id=names[0])
        text = ""
        for piece in stream:
            text += piece.text
            if piece.done:
                assert piece.done.text == text
                return [piece.done]
            if job["how"] == "close":
                stream.close()
                break
        return []

    results = together([lambda i=i, job=job: call(i, job) for i, job in enumerate(made)])
    assert shared._scheduler._batch.rows == []
    assert shared._scheduler._calls == {}
    for i, (job, rows) in enumerate(zip(made, results, strict=True)):
        free = job["deadline"] is None and job["how"] in ("generate", "stream")
        for n, row in enumerate(rows):
            if isinstance(row, Err):
                assert (job["how"], str(row.error.__cause__)) == ("callback", "callback")
                continue
            assert isinstance(row, Decoded)
            assert row.finish_reason == "length" or not free
            params = SamplingParams(
                max_new_tokens=job["new"], temperature=job["temperature"], ignore_eos=True
            )
            (alone,) = run(engine, [bodies[i][n]], params, [f"{i}/{n}"], seed=seed)
            assert row.ids == alone.ids[: len(row.ids)]
            assert (len(row.ids) == job["new"]) == (row.finish_reason == "length")
