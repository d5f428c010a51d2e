"""Sampling against plain definitions of the methods."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.errors import ContractError, OptionError
from aigc_sdk.runtime.sampling import (
    SamplingParams,
    _draw,
    _nucleus,
    _nucleus_rim,
    _top_ids,
    log_sum_exp,
    penalise_repetition,
    sample,
)


def kept(logits, params, draws=64):
    """Tokens reachable by any draw, found by sweeping the unit interval."""

    class Fixed:
        def __init__(self, value):
            self.value = value

        def random(self):
            return self.value

    values = [*np.linspace(0, 1, draws, endpoint=False), np.nextafter(1.0, 0)]
    return {sample(logits, params, Fixed(v)) for v in values}


def reference_kept(logits, temperature, top_k, top_p, min_p):
    """The definitions, with full sorts in float64."""
    order = np.argsort(-logits.astype(np.float64), kind="stable")
    if top_k:
        order = order[:top_k]
    scaled = logits[order].astype(np.float64) / temperature
    probabilities = np.exp(scaled - scaled.max())
    probabilities /= probabilities.sum()
    count = int(np.searchsorted(np.cumsum(probabilities), top_p)) + 1 if top_p < 1 else len(order)
    order, probabilities = order[:count], probabilities[:count]
    keep = probabilities >= min_p * probabilities.max()
    return dict(zip(order[keep].tolist(), probabilities[keep].tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    vocab=st.integers(1, 60),
    temperature=st.floats(0.2, 3.0),
    top_k=st.integers(0, 70),
    top_p=st.floats(0.05, 1.0),
    min_p=st.sampled_from([0.0, 0.05, 0.3]),
)
def test_candidates_are_those_of_the_definitions(seed, vocab, temperature, top_k, top_p, min_p):
    logits = np.random.default_rng(seed).normal(size=vocab).astype(np.float32) * 3
    params = SamplingParams(temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    expected = reference_kept(logits, temperature, top_k, top_p, min_p)
    found = kept(logits, params, draws=400)
    # Rounding may move one token at the rim of the nucleus.
    assert len(found - set(expected)) <= 1
    likely = {token for token, p in expected.items() if p / sum(expected.values()) > 0.02}
    assert len(likely - found) <= 1


def test_draws_follow_the_distribution():
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))
    rng = np.random.default_rng(0)
    counts = np.bincount([sample(logits, SamplingParams(temperature=1.0), rng) for _ in range(8000)])
    assert np.abs(counts / 8000 - [0.5, 0.3, 0.15, 0.05]).max() < 0.02


def test_one_draw_a_token_and_none_when_greedy():
    logits = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    used, expected = np.random.default_rng(7), np.random.default_rng(7)
    sample(logits, SamplingParams(temperature=0.7, top_k=50, top_p=0.9, min_p=0.01), used)
    expected.random()
    assert used.random() == expected.random()
    assert sample(logits, SamplingParams(), used) == logits.argmax()
    assert used.random() == expected.random()


def test_rounding_noise_seldom_changes_a_draw():
    rng = np.random.default_rng(0)
    logits = np.round(rng.normal(size=2000), 1).astype(np.float32)  # many exact ties
    noisy = logits + rng.normal(size=2000).astype(np.float32) * 1e-6
    params = SamplingParams(temperature=1.0)
    same = sum(
        sample(logits, params, np.random.default_rng(i)) == sample(noisy, params, np.random.default_rng(i))
        for i in range(300)
    )
    assert same >= 295


def test_forbidden_tokens_are_never_drawn():
    logits = np.full(50, -np.inf, np.float32)
    logits[[3, 40]] = [0.0, -20.0]
    for params in (SamplingParams(temperature=1.0), SamplingParams(temperature=5.0, top_k=10, top_p=0.999)):
        assert kept(logits, params, 2000) <= {3, 40}


@pytest.mark.parametrize("value", [-np.inf, np.nan])
@pytest.mark.parametrize(
    "options", [{}, {"temperature": 1.0}, {"temperature": 1.0, "top_k": 1, "top_p": 0.5}]
)
def test_no_token_left_is_an_error(value, options):
    with pytest.raises(ContractError):
        sample(np.full(9, value, np.float32), SamplingParams(**options), np.random.default_rng())


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), k=st.integers(1, 400), ties=st.booleans())
def test_top_k_of_a_large_vocabulary(seed, k, ties):
    logits = np.random.default_rng(seed).normal(size=3001).astype(np.float32)
    logits = np.round(logits, 1) if ties else logits
    ids = _top_ids(logits, k)
    assert len(ids) == k
    assert (np.diff(ids) > 0).all()
    assert np.sort(logits[ids]).tolist() == np.sort(logits)[-k:].tolist()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), spread=st.floats(0.0, 4.0), top_p=st.floats(0.01, 0.999))
def test_nucleus_of_a_large_vocabulary(seed, spread, top_p):
    logits = (np.random.default_rng(seed).normal(size=5000) * spread).astype(np.float32)
    weights = np.exp(logits - logits.max())
    ids, kept_weights = _nucleus(None, weights, top_p)
    total = weights.sum(dtype=np.float64)
    assert kept_weights.sum(dtype=np.float64) >= top_p * total * (1 - 1e-5)
    assert kept_weights[kept_weights > kept_weights.min()].sum(dtype=np.float64) <= top_p * total * (1 + 1e-5)
    assert kept_weights.min() >= np.delete(weights, ids).max(initial=0)


def test_nucleus_of_more_than_there_is_keeps_all():
    weights = np.random.default_rng(0).random(5000).astype(np.float32)
    assert _nucleus_rim(weights, float(weights.sum()) * 1.01) == weights.min()


def test_draw_is_the_inverse_of_the_running_sum():
    weights = np.random.default_rng(0).random(5000).astype(np.float32) ** 8
    ends = np.cumsum(weights, dtype=np.float64)
    for uniform in np.linspace(0, 1, 500, endpoint=False):
        index = _draw(weights, uniform)
        assert ends[index] >= uniform * ends[-1] * (1 - 1e-6)
        assert (ends[index - 1] if index else 0) <= uniform * ends[-1] * (1 + 1e-6)
    assert weights[_draw(weights, np.nextafter(1.0, 0))] > 0


def test_repetition_penalty_makes_both_signs_less_likely():
    logits = np.array([2.0, -2.0, 1.0], np.float32)
    penalise_repetition(logits, np.array([0, 1, 1]), 2.0)
    assert logits.tolist() == [1.0, -4.0, 1.0]


def test_log_sum_exp():
    logits = np.random.default_rng(0).normal(size=500).astype(np.float32) * 10
    expected = math.log(np.exp(logits.astype(np.float64)).sum())
    assert log_sum_exp(logits) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_new_tokens", 0),
        ("max_new_tokens", True),
        ("temperature", -0.1),
        ("temperature", math.nan),
        ("temperature", "hot"),
        ("top_k", -1),
        ("top_k", 1.5),
        ("top_p", 0.0),
        ("top_p", 1.01),
        ("min_p", -1),
        ("repetition_penalty", 0),
        ("repetition_penalty", math.inf),
        ("stop", ("",)),
        ("stop", "END"),
        ("stop_ids", (-1,)),
        ("logits_processors", ("no",)),
    ],
)
def test_bad_options_are_named(field, value):
    with pytest.raises(OptionError, match=field):
        SamplingParams(**{field: value})
