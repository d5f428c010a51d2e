"""Scaled rotary embeddings have the frequencies that Transformers computes (5.24, written down here)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_exporters.decoder_graph import DecoderConfig, rope_tables
from aigc_exporters.rope import scaled_rope
from aigc_sdk.errors import BadInputError, ExportError

# theta, settings, inverse frequencies of heads of 16 and a model of 128 positions, attention factor
EXPECTED = {
    "linear": (
        10_000.0,
        {"type": "linear", "factor": 4.0},
        [0.25, 0.07905694, 0.025, 0.007905695, 0.0025, 0.0007905695, 0.00025, 7.905695e-05],
        1.0,
    ),
    "llama3": (
        500_000.0,
        {
            "rope_type": "llama3",
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 64,
        },
        [1.0, 0.07940301, 0.004700754, 0.0009115831, 0.0001767767, 3.428102e-05, 6.64787e-06, 1.289173e-06],
        1.0,
    ),
    "yarn": (
        10_000.0,
        {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32},
        [1.0, 0.1976424, 0.025, 0.007905695, 0.0025, 0.0007905695, 0.00025, 7.905695e-05],
        1.1386294,
    ),
    "yarn, DeepSeek": (
        10_000.0,
        {
            "rope_type": "yarn",
            "factor": 40.0,
            "original_max_position_embeddings": 64,
            "mscale": 0.7,
            "mscale_all_dim": 1.1,
            "beta_fast": 16,
            "truncate": False,
        },
        [1.0, 0.1632903, 0.003273824, 0.0007905695, 0.00025, 7.905695e-05, 2.5e-05, 7.905694e-06],
        0.8950365,
    ),
    "yarn, own attention": (
        1e6,
        {
            "rope_type": "yarn",
            "factor": 2.0,
            "original_max_position_embeddings": 64,
            "attention_factor": 1.25,
        },
        [1.0, 0.133371, 0.01581139, 0.002811707, 0.0005, 8.891397e-05, 1.581139e-05, 2.811707e-06],
        1.25,
    ),
}


def rope_of(settings, theta=10_000.0, positions=128):
    return scaled_rope(settings, theta=theta, head_dim=16, positions=positions, where="config.json")


@pytest.mark.parametrize("name", EXPECTED)
def test_frequencies_are_those_of_transformers(name):
    theta, settings, frequencies, attention = EXPECTED[name]
    rope = rope_of(settings, theta)
    assert rope.attention_factor == pytest.approx(attention, rel=1e-6)
    plain = theta ** -(np.arange(0, 16, 2) / 16)
    np.testing.assert_allclose(plain / np.asarray(rope.factors), frequencies, rtol=3e-6)


def test_tables_are_the_turned_and_scaled_pairs():
    _, settings, frequencies, attention = EXPECTED["yarn"]
    rope = rope_of(settings)
    config = DecoderConfig(
        layers=1, hidden=64, heads=4, kv_heads=4, head_dim=16, ffn=64, vocab_size=8, max_positions=32,
        rope_factors=rope.factors, rope_attention_factor=rope.attention_factor,
    )  # fmt: skip
    cosine, sine = rope_tables(config)
    assert cosine.shape == (32, 8)
    assert cosine[7, 1] == pytest.approx(attention * math.cos(7 * frequencies[1]), rel=1e-5)
    assert sine[31, 4] == pytest.approx(attention * math.sin(31 * frequencies[4]), rel=1e-5)


def test_how_far_each_scheme_reaches():
    assert rope_of({}).positions == 128
    assert rope_of({"rope_type": "default"}).factors is None
    # Qwen's model cards add YaRN to a configuration that states the length without it.
    qwen = {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}
    assert rope_of(qwen, positions=32768).positions == 131072
    assert rope_of({"type": "dynamic", "factor": 2.0}).positions == 128
    assert rope_of({"type": "dynamic", "factor": 2.0}).note


def test_unknown_schemes_and_impossible_numbers():
    for kind in ("longrope", "su", ["linear"], 3):
        with pytest.raises(ExportError, match="not supported"):
            rope_of({"type": kind})
    with pytest.raises(BadInputError, match="rope_theta"):
        rope_of({}, theta=1.0)
    with pytest.raises(BadInputError, match="positions"):
        rope_of({"type": "yarn", "factor": 2e9, "original_max_position_embeddings": 2**30})
    for factor in (None, 0, -1, 5e-324, 10**400, True, "4", float("inf"), float("nan")):
        with pytest.raises(BadInputError, match="factor"):
            rope_of({"type": "linear", "factor": factor})


@given(
    kind=st.sampled_from(["linear", "dynamic", "llama3", "yarn"]),
    numbers=st.dictionaries(
        st.sampled_from(
            ["factor", "original_max_position_embeddings", "low_freq_factor", "high_freq_factor", "beta_fast",
             "beta_slow", "attention_factor", "mscale", "mscale_all_dim"]
        ),
        st.floats() | st.integers() | st.sampled_from([1e-6, 2.0**31 - 1, 2, 32]),
    ),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_numbers_are_an_error_or_finite_divisors(kind, numbers):
    try:
        rope = rope_of({"type": kind, **numbers})
    except BadInputError:
        return
    assert 0 <= rope.positions <= 1 << 20
    assert math.isfinite(rope.attention_factor)
    assert all(0 < factor < math.inf for factor in rope.factors or ())
