"""The fused decoder graph gives the logits of the NumPy forward pass, on every way through the KV cache."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnx
import pytest
from tiny_decoder import TINY, RandomWeights

from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.graph_writer import save_model
from aigc_exporters.parity import decoder_parity
from aigc_exporters.reference import negative_log_likelihood, reference_logits
from aigc_exporters.weight_views import dequantized, quantized_q8_0
from aigc_sdk.errors import ParityError


def prove(config, weights, graph=None, **settings):
    model = graph or build_decoder_graph(config, weights, accuracy_level=1)
    return decoder_parity(
        model.SerializeToString(),
        config,
        lambda tokens: reference_logits(config, weights, tokens),
        reference_name="NumPy",
        **settings,
    )


@pytest.mark.parametrize(
    ("config", "biases"),
    [
        (TINY, False),
        (replace(TINY, tied=False), False),
        (replace(TINY, kv_heads=4), False),
        (replace(TINY, kv_heads=1, rope_factors=tuple(1.0 + i for i in range(8))), False),
        (TINY, True),
    ],
    ids=["tied", "untied", "multi-head", "multi-query, scaled RoPE", "biases"],
)
def test_logits_are_those_of_the_reference(config, biases):
    report = prove(config, RandomWeights(config, biases=biases))
    assert report.max_abs_diff < 2e-5
    assert report.shapes == ((1, 9), (2, 17))


def test_quantised_graph_with_float_activations_is_exact():
    weights = quantized_q8_0(RandomWeights())
    assert prove(TINY, weights).max_abs_diff < 2e-5
    assert prove(TINY, dequantized(weights)).max_abs_diff < 2e-5


def test_int8_activations_cost_little():
    weights = quantized_q8_0(RandomWeights())
    graph = build_decoder_graph(TINY, weights, accuracy_level=4)
    tokens = np.random.default_rng(0).integers(0, TINY.vocab_size, (1, 30))
    logits = DecoderSession(graph.SerializeToString()).forward(tokens)[0]
    expected = reference_logits(TINY, weights, tokens)[0]
    assert (
        abs(negative_log_likelihood(logits, tokens[0]) / negative_log_likelihood(expected, tokens[0]) - 1)
        < 0.01
    )


def test_logits_come_at_the_positions_asked_for():
    weights = RandomWeights()
    tokens = np.random.default_rng(0).integers(0, TINY.vocab_size, (2, 6))
    session = DecoderSession(build_decoder_graph(TINY, weights).SerializeToString(), batch=2)
    logits = session.forward(tokens, positions=np.asarray([[5, 0], [2, 2]]))
    expected = reference_logits(TINY, weights, tokens)
    np.testing.assert_allclose(logits[0], expected[0, [5, 0]], atol=2e-5)
    np.testing.assert_allclose(logits[1], expected[1, [2, 2]], atol=2e-5)


def test_several_tokens_continue_a_cached_prefix_at_batch_1():
    weights = RandomWeights()
    tokens = np.random.default_rng(3).integers(0, TINY.vocab_size, (1, 20))
    session = DecoderSession(build_decoder_graph(TINY, weights).SerializeToString())
    session.forward(tokens[:, :11])
    logits = session.forward(tokens[:, 11:], past=11)
    np.testing.assert_allclose(logits, reference_logits(TINY, weights, tokens)[:, 11:], atol=2e-5)


def test_a_wrong_graph_does_not_pass():
    wrong = build_decoder_graph(replace(TINY, rope_theta=10_000.0), RandomWeights())
    with pytest.raises(ParityError, match="differs from its reference"):
        prove(TINY, RandomWeights(), wrong)


def test_the_convention_is_kept():
    model = build_decoder_graph(TINY, RandomWeights())
    onnx.checker.check_model(model)
    assert model.ir_version == 10
    inputs = {value.name: value.type.tensor_type for value in model.graph.input}
    assert set(inputs) == {
        "input_ids",
        "seqlens_k",
        "total_sequence_length",
        "logit_positions",
        *(f"past_key_values.{i}.{part}" for i in range(2) for part in ("key", "value")),
    }
    assert inputs["total_sequence_length"].elem_type == onnx.TensorProto.INT32
    dims = [dim.dim_param or dim.dim_value for dim in inputs["past_key_values.0.key"].shape.dim]
    assert dims == ["batch", 2, "max_sequence", 16]


def test_large_weights_go_to_a_file_beside_the_graph(tmp_path, monkeypatch):
    monkeypatch.setattr("aigc_exporters.graph_writer.INLINE_LIMIT", 1000)
    weights = RandomWeights()
    files = save_model(build_decoder_graph(TINY, weights), tmp_path)
    assert [file.name for file in files] == ["model.onnx", "model.onnx.data"]
    tokens = np.asarray([[1, 2, 3]])
    logits = DecoderSession(tmp_path / "model.onnx").forward(tokens)
    np.testing.assert_allclose(logits, reference_logits(TINY, weights, tokens), atol=2e-5)


@pytest.mark.parametrize("wrong", [{"kv_heads": 3}, {"head_dim": 15}, {"rope_factors": (1.0,)}])
def test_impossible_shapes_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        DecoderConfig(**{**TINY.__dict__, **wrong})
