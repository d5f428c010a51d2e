"""The decode loop against plain recomputation, and its promises about batches, seeds and endings."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from decoding import greedy_without_cache, logits_without_cache, prompts_of, run

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import BadInputError, ComponentError, ContractError, InputTooLargeError
from aigc_sdk.runtime.decode import Decoded
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err


def test_ragged_batch_equals_recomputation_without_cache(engine):
    prompts = prompts_of([1, 7, 40, 12, 41, 3], engine.shape.vocab_size)
    params = [SamplingParams(max_new_tokens=n, ignore_eos=True) for n in (9, 3, 12, 1, 7, 12)]
    results = run(engine, prompts, params)
    for prompt, own, result in zip(prompts, params, results, strict=True):
        assert result.ids == greedy_without_cache(engine, prompt, own.max_new_tokens)
        assert result.finish_reason == "length"
        assert result.prompt_tokens == len(prompt)


def test_long_prompt_is_read_in_chunks(engine):
    (prompt,) = prompts_of([600], engine.shape.vocab_size)
    (result,) = run(engine, [prompt], SamplingParams(max_new_tokens=3, ignore_eos=True))
    assert result.ids == greedy_without_cache(engine, prompt, 3)


def test_cache_grows_without_changing_the_text(engine):
    (prompt,) = prompts_of([20], engine.shape.vocab_size)
    (long,) = run(engine, [prompt], SamplingParams(max_new_tokens=500, ignore_eos=True))
    assert len(long.ids) == 500
    for at in (250, 300, 499):
        assert long.ids[at] == logits_without_cache(engine, prompt + list(long.ids[:at])).argmax()


def test_logprobs_are_the_models_own(engine):
    (prompt,) = prompts_of([10], engine.shape.vocab_size)
    params = SamplingParams(max_new_tokens=5, temperature=2.0, repetition_penalty=1.5, ignore_eos=True)
    (result,) = run(engine, [prompt], params)
    for at, (token, logprob) in enumerate(zip(result.ids, result.logprobs, strict=True)):
        logits = logits_without_cache(engine, prompt + list(result.ids[:at])).astype(np.float64)
        expected = logits[token] - np.log(np.exp(logits - logits.max()).sum()) - logits.max()
        assert logprob == pytest.approx(expected, abs=1e-4)
    assert result.logprob == pytest.approx(sum(result.logprobs))


def test_batch_mates_do_not_change_a_rows_draws(engine):
    prompts = prompts_of([5, 30, 8, 30], engine.shape.vocab_size)
    ids = ["a", "b", "c", "d"]
    params = SamplingParams(max_new_tokens=12, temperature=1.0, top_p=0.9, ignore_eos=True)
    alone = [run(engine, [p], params, [i], seed=5)[0].ids for p, i in zip(prompts, ids, strict=True)]
    together = [r.ids for r in run(engine, prompts, params, ids, seed=5)]
    reordered = [r.ids for r in run(engine, prompts[::-1], params, ids[::-1], seed=5)][::-1]
    assert alone == together == reordered
    assert [r.ids for r in run(engine, prompts, params, ids, seed=6)] != together


@pytest.mark.parametrize("seed", range(3))
def test_deterministic_text_is_identical_in_any_batch(engine, seed):
    prompts = prompts_of([4, 33, 9, 60, 17], engine.shape.vocab_size, seed)
    ids = list("vwxyz")
    params = SamplingParams(max_new_tokens=24, temperature=0.8, top_k=50, ignore_eos=True)
    alone = [
        run(engine, [p], params, [i], seed=seed, deterministic=True)[0]
        for p, i in zip(prompts, ids, strict=True)
    ]
    batch = run(engine, prompts, params, ids, seed=seed, deterministic=True)
    # Not only the ids: the very same floating-point numbers.
    assert [(r.ids, r.logprobs) for r in alone] == [(r.ids, r.logprobs) for r in batch]
    pair = run(engine, prompts[3:1:-1], params, ids[3:1:-1], seed=seed, deterministic=True)
    assert [r.logprobs for r in pair] == [alone[3].logprobs, alone[2].logprobs]


def test_same_prompt_with_different_ids_differs(engine):
    (prompt,) = prompts_of([6], engine.shape.vocab_size)
    params = SamplingParams(max_new_tokens=16, temperature=1.0)
    results = run(engine, [prompt] * 3, params, ["r/0", "r/1", "r/2"])
    assert len({r.ids for r in results}) == 3


def test_a_prompt_that_several_rows_share_is_read_once(engine, fresh_engine, read):
    first, second = prompts_of([60, 23], engine.shape.vocab_size)
    prompts = [second, first, second, first, second]
    params = SamplingParams(max_new_tokens=6, ignore_eos=True)
    results = run(fresh_engine, prompts, params)
    assert sorted(read) == [(1, 23), (1, 60)]
    expected = {tuple(p): greedy_without_cache(engine, p, 6) for p in (first, second)}
    assert [r.ids for r in results] == [expected[tuple(p)] for p in prompts]


def test_prompts_of_similar_length_are_read_together(engine, fresh_engine, read):
    prompts = prompts_of([200, 120, 110, 60, 30, 29, 28, 4, 1], engine.shape.vocab_size, seed=21)
    params = SamplingParams(max_new_tokens=2, ignore_eos=True)
    results = run(fresh_engine, prompts, params)
    assert sorted(read) == [(1, 4), (1, 120), (1, 200), (2, 110), (3, 30)]
    assert [r.ids for r in results] == [greedy_without_cache(engine, p, 2) for p in prompts]


def test_end_tokens_end_a_row(engine):
    (prompt,) = prompts_of([8], engine.shape.vocab_size)
    (free,) = run(engine, [prompt], SamplingParams(max_new_tokens=10, ignore_eos=True))
    stop = free.ids[4]
    first = free.ids.index(stop)
    (result,) = run(engine, [prompt], SamplingParams(max_new_tokens=10, stop_ids=(stop,), ignore_eos=True))
    assert result.ids == free.ids[:first]
    assert result.finish_reason == "stop"
    # The end token's probability counts in the sum.
    assert result.logprob == pytest.approx(sum(free.logprobs[: first + 1]), abs=1e-4)


class Forced:
    """A processor that makes the model write given ids."""

    def __init__(self, prompt_tokens, ids):
        self.prompt_tokens, self.ids = prompt_tokens, ids

    def __call__(self, ids_so_far, logits):
        at = len(ids_so_far) - self.prompt_tokens
        logits[:] = -np.inf
        logits[self.ids[at]] = 0
        return logits


def forced(engine, text, **params):
    """Params that make the engine write ``text``, then its end token, after a prompt of one token."""
    ids = [*engine.tokenizer.encode(text), engine.tokenizer.eos[0]]
    return SamplingParams(max_new_tokens=len(ids), logits_processors=(Forced(1, ids),), **params)


@pytest.mark.parametrize("text", ["The kettle boils STOP now", "这款水壶STOP很安静", "👨‍👩‍👧‍👦STOP👍🏽"])
def test_stop_string_ends_the_text_before_it(engine, text):
    params = forced(engine, text, stop=("STOP",))
    (result,) = run(engine, [[5]], params)
    assert result.finish_reason == "stop_string"
    assert engine.text(result) == text.split("STOP")[0]
    pieces = list(engine.stream([5], params, ctx=CallContext(), request_id="x"))
    assert "".join(p.text for p in pieces) == text.split("STOP")[0]
    assert pieces[-1].done.finish_reason == "stop_string"


@pytest.mark.parametrize("text", ["Great 👍🏽 family 👨‍👩‍👧‍👦 flag 🇨🇳 café", "今天下单,明天送达。👩🏽‍🚀"])
def test_stream_gives_whole_characters_and_the_same_text(engine, text):
    params = forced(engine, text)
    pieces = list(engine.stream([5], params, ctx=CallContext(), request_id="x"))
    assert "".join(p.text for p in pieces) == text
    assert not any("\ufffd" in p.text for p in pieces)
    done = pieces[-1].done
    assert done.finish_reason == "stop"
    assert done.text == text == engine.tokenizer.decode(done.ids)
    assert len(pieces) > 3


def test_a_character_cut_by_the_length_is_left_out(engine):
    text = "ok 壶👍"
    count = len(engine.tokenizer.encode(text))
    for length in range(1, count + 1):
        params = replace(forced(engine, text), max_new_tokens=length)
        (decoded,) = run(engine, [[5]], params)
        pieces = list(engine.stream([5], params, ctx=CallContext(), request_id="row-0"))
        assert "\ufffd" not in engine.text(decoded)
        assert text.startswith(engine.text(decoded))
        assert "".join(p.text for p in pieces) == pieces[-1].done.text == engine.text(decoded)


@pytest.mark.parametrize(
    "prompt", [["a"], [1.5], [True], [10**30], [[1, 2], [3]], [[1, 2]], [None], "ab", None, -1], ids=repr
)
def test_prompts_that_are_no_ids_are_typed_errors(engine, prompt):
    bad, good = run(engine, [prompt, [5, 6]], SamplingParams(max_new_tokens=1))
    assert isinstance(bad.error, BadInputError)
    assert isinstance(good, Decoded)
    assert isinstance(engine.likelihoods([prompt])[0].error, BadInputError)


def test_closing_a_stream_stops_decoding(engine):
    stream = engine.stream([5], SamplingParams(max_new_tokens=500), ctx=CallContext(), request_id="x")
    next(stream)
    stream.close()


def test_bad_rows_are_errors_and_the_others_go_on(engine):
    good = prompts_of([6], engine.shape.vocab_size)[0]
    too_long = [4] * (engine.max_positions + 1)

    def broken(_ids, _logits):
        raise KeyError("oops")

    def wrong_shape(_ids, logits):
        return logits[:5]

    def forbid_all(_ids, logits):
        logits[:] = -np.inf
        return logits

    plain = SamplingParams(max_new_tokens=4, ignore_eos=True)
    hooks = [broken, wrong_shape, forbid_all]
    prompts = [good, too_long, [], [10**6], good, good, good]
    params = [plain] * 4 + [
        SamplingParams(max_new_tokens=4, ignore_eos=True, logits_processors=(hook,)) for hook in hooks
    ]
    results = run(engine, prompts, params)
    assert results[0].ids == greedy_without_cache(engine, good, 4)
    kinds = [type(r.error) if isinstance(r, Err) else None for r in results]
    expected = [None, InputTooLargeError, BadInputError, BadInputError, ComponentError, ContractError]
    assert kinds == [*expected, ContractError]
    assert isinstance(results[4].error.__cause__, KeyError)


def test_a_prompt_that_fills_the_model_gets_one_token(engine):
    (prompt,) = prompts_of([engine.max_positions], engine.shape.vocab_size)
    (result,) = run(engine, [prompt], SamplingParams(max_new_tokens=5, ignore_eos=True))
    assert len(result.ids) == 1
    assert result.finish_reason == "length"


def test_cancellation_returns_what_there_is(engine):
    token = CancelToken()
    seen = []

    def on_token(row, number):
        seen.append((row, number))
        if len(seen) == 10:
            token.cancel()

    prompts = prompts_of([4, 9], engine.shape.vocab_size)
    params = SamplingParams(max_new_tokens=400, ignore_eos=True)
    results = engine.generate(
        prompts, params, ctx=CallContext(cancel=token), request_ids=["a", "b"], on_token=on_token
    )
    assert [r.finish_reason for r in results] == ["cancelled"] * 2
    assert 5 <= len(results[0].ids) <= 6
    # The engine is as good as before.
    assert run(engine, prompts[:1], SamplingParams(max_new_tokens=3, ignore_eos=True))[0].ids


def test_cancelled_before_it_began(engine):
    token = CancelToken()
    token.cancel()
    (result,) = engine.generate([[4]], SamplingParams(), ctx=CallContext(cancel=token), request_ids=["a"])
    assert (result.finish_reason, result.ids) == ("cancelled", ())


def test_deadline_ends_the_call_within_a_step(engine):
    def slow(_ids, logits):
        time.sleep(0.01)
        return logits

    params = SamplingParams(max_new_tokens=400, ignore_eos=True, logits_processors=(slow,))
    began = time.monotonic()
    (result,) = engine.generate([[4]], params, ctx=CallContext.within(0.3), request_ids=["a"])
    assert time.monotonic() - began < 1.5
    assert result.finish_reason == "deadline"
    assert 1 <= len(result.ids) <= 31


def test_failing_callback_ends_its_row_alone(engine):
    def on_token(row, _token):
        if row == 0:
            raise RuntimeError("full disk")

    prompts = prompts_of([4, 9], engine.shape.vocab_size)
    params = SamplingParams(max_new_tokens=5, ignore_eos=True)
    results = engine.generate(prompts, params, ctx=CallContext(), request_ids=["a", "b"], on_token=on_token)
    assert isinstance(results[0], Err)
    assert results[1].ids == greedy_without_cache(engine, prompts[1], 5)


def test_threads_share_an_engine(engine):
    prompts = prompts_of([3, 14, 25, 36], engine.shape.vocab_size)
    params = SamplingParams(max_new_tokens=20, ignore_eos=True)
    expected = [greedy_without_cache(engine, p, 20) for p in prompts]
    found: dict[int, Decoded] = {}

    def work(index):
        found[index] = run(engine, [prompts[index]], params)[0]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[i].ids for i in range(4)] == expected


def test_more_rows_than_a_batch_holds(engine, make_engine):
    small = make_engine(max_batch=3)
    prompts = prompts_of([3, 14, 25, 36, 7, 7, 9], engine.shape.vocab_size)
    results = run(small, prompts, SamplingParams(max_new_tokens=4, ignore_eos=True))
    assert [r.ids for r in results] == [greedy_without_cache(engine, p, 4) for p in prompts]


def test_numbers_must_agree(engine):
    with pytest.raises(BadInputError, match="2 prompts"):
        engine.generate([[4], [5]], SamplingParams(), ctx=CallContext(), request_ids=["a"])


def test_likelihoods_equal_recomputation(engine):
    rows = prompts_of([2, 5, 90, 140, 300], engine.shape.vocab_size)
    for row, result in zip(rows, engine.likelihoods(rows), strict=True):
        expected = []
        for at in range(1, len(row)) if len(row) < 100 else (1, 127, 128, 129, len(row) - 1):
            logits = logits_without_cache(engine, row[:at]).astype(np.float64)
            expected.append(np.log(np.exp(logits - logits.max()).sum()) + logits.max() - logits[row[at]])
        assert result.tokens == len(row) - 1
        if len(row) < 100:
            assert result.nll == pytest.approx(np.mean(expected), abs=1e-4)
    whole = engine.likelihoods([rows[-1]])[0]
    head = engine.likelihoods([rows[-1][:-1]])[0]
    last = whole.nll * whole.tokens - head.nll * head.tokens
    assert last == pytest.approx(expected[-1], abs=1e-2)


def test_likelihood_beyond_the_models_positions(engine):
    (row,) = prompts_of([engine.max_positions * 2 + 50], engine.shape.vocab_size)
    (result,) = engine.likelihoods([row])
    assert result.tokens == len(row) - 1
    half, total, scored, start = engine.max_positions // 2, 0.0, 1, 0
    while scored < len(row):
        window = row[start : start + engine.max_positions]
        whole = engine.likelihoods([window])[0]
        total += whole.nll * whole.tokens
        if start:
            seen = engine.likelihoods([window[:half]])[0]
            total -= seen.nll * seen.tokens
        scored = start + len(window)
        start = scored - half
    assert result.nll * result.tokens == pytest.approx(total, rel=1e-4)


def test_likelihood_needs_two_tokens(engine):
    results = engine.likelihoods([[4], [4, 5], []])
    assert [isinstance(r, Err) for r in results] == [True, False, True]
