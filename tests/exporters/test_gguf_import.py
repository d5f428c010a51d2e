"""GGUF files become bundles with the same weights, tokenizer and chat template, or a clear error."""

from __future__ import annotations

import json
from dataclasses import replace

import gguf
import numpy as np
import onnx
import pytest
from tiny_decoder import TINY, RandomWeights, write_gguf
from tokenizers import Tokenizer

from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.gguf_import import import_gguf, open_gguf, read_decoder, read_metadata
from aigc_exporters.gguf_weights import matrix_from_blocks
from aigc_exporters.reference import reference_logits
from aigc_sdk.bundles import open_bundle
from aigc_sdk.errors import BadInputError, BundleError, ExportError

TOKENS = np.random.default_rng(5).integers(0, TINY.vocab_size, (1, 12))


@pytest.mark.parametrize(
    ("architecture", "config", "biases", "pre"),
    [
        ("llama", TINY, False, "smollm"),
        ("llama", replace(TINY, tied=False), False, "llama-bpe"),
        ("qwen2", TINY, True, "qwen2"),
    ],
)
def test_imported_decoder_is_the_original(tmp_path, architecture, config, biases, pre):
    weights = RandomWeights(config, biases=biases)
    file = write_gguf(tmp_path / "m.gguf", weights, config, architecture=architecture, pre=pre)
    out = import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    logits = DecoderSession(out / "model.onnx").forward(TOKENS)
    # Against the weights the file was written from: the importer's own reading takes no part.
    np.testing.assert_allclose(logits, reference_logits(config, weights, TOKENS), atol=2e-5)


@pytest.mark.parametrize("quantization", ["F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"])
def test_quantised_weights_are_kept(tmp_path, quantization):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights(), quantization=quantization)
    out = import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    manifest = json.loads((out / "bundle.json").read_text())
    assert quantization in manifest["quantisation"]
    assert manifest["parity"]["max_abs_diff"] < 1e-4
    reader = open_gguf(file)
    _, weights = read_decoder(reader, read_metadata(reader))
    up = next(tensor for tensor in reader.tensors if tensor.name == "blk.1.ffn_up.weight")
    expected = gguf.dequantize(up.data, up.tensor_type).reshape(TINY.ffn, TINY.hidden)
    np.testing.assert_array_equal(weights.layer(1).up.dequantize(), expected)


@pytest.mark.parametrize("storage", ["int8", "int4", "float16", "float32"])
def test_another_storage_than_the_files(tmp_path, storage):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights(), quantization="F16")
    out = import_gguf(file, tmp_path / "bundle", licence="MIT", storage=storage)
    assert f"F16 stored as {storage}" in json.loads((out / "bundle.json").read_text())["quantisation"]
    initializers = onnx.load(str(out / "model.onnx")).graph.initializer
    codes = [tensor for tensor in initializers if tensor.name == "layers.0.down.codes"]
    assert bool(codes) is storage.startswith("int")
    with pytest.raises(BadInputError, match="'int3'"):
        import_gguf(file, tmp_path / "bundle", licence="MIT", storage="int3")


def test_scaled_rope_and_a_window(tmp_path):
    def linear(writer):
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(4.0)
        writer.add_sliding_window(5)

    file = write_gguf(tmp_path / "m.gguf", RandomWeights(), more=linear)
    out = import_gguf(file, tmp_path / "bundle", licence="MIT")
    config = replace(TINY, rope_factors=(4.0,) * 8, windows=(5, 5))
    logits = DecoderSession(out / "model.onnx").forward(TOKENS)
    np.testing.assert_allclose(logits, reference_logits(config, RandomWeights(), TOKENS), atol=2e-5)

    def yarn(writer):
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(4.0)
        writer.add_rope_scaling_orig_ctx_len(32)

    file = write_gguf(tmp_path / "y.gguf", RandomWeights(), replace(TINY, max_positions=128), more=yarn)
    reader = open_gguf(file)
    config, _ = read_decoder(reader, read_metadata(reader))
    assert config.max_positions == 128
    assert config.rope_attention_factor == pytest.approx(1.1386294)  # 0.1 ln 4 + 1
    assert config.rope_factors[0] == 1.0
    assert config.rope_factors[-1] == pytest.approx(4.0)


def test_rope_scaling_that_is_not_supported(tmp_path):
    def add(kind, factor):
        def more(writer):
            writer.add_rope_scaling_type(kind)
            if factor is not None:
                writer.add_rope_scaling_factor(factor)

        return write_gguf(tmp_path / "m.gguf", RandomWeights(), more=more)

    with pytest.raises(ExportError, match="longrope"):
        import_gguf(add(gguf.RopeScalingType.LONGROPE, 2.0), tmp_path / "bundle", licence="MIT")
    for factor in (None, -1.0, float("nan")):
        with pytest.raises(BadInputError, match="factor"):
            import_gguf(add(gguf.RopeScalingType.LINEAR, factor), tmp_path / "bundle", licence="MIT")
    # Tables of so many positions would fill the memory.
    with pytest.raises(BadInputError, match="positions"):
        import_gguf(add(gguf.RopeScalingType.YARN, 1e8), tmp_path / "bundle", licence="MIT")


@pytest.mark.parametrize(
    ("quantization", "scales"), [("Q2_K", (80, 82)), ("Q3_K", (108,)), ("IQ4_NL", (0,)), ("IQ4_XS", (0,))]
)
def test_kinds_of_few_bits_are_requantised(quantization, scales):
    kind = gguf.GGMLQuantizationType[quantization]
    block, size = gguf.GGML_QUANT_SIZES[kind]
    draw = np.random.default_rng(3)
    raw = draw.integers(0, 256, (7, 512 // block, size), dtype=np.uint8)
    for place in scales:
        values = draw.uniform(0.001, 0.01, raw.shape[:2]).astype("<f2")
        raw[..., place : place + 2] = values[..., None].view(np.uint8)
    raw = raw.reshape(7, -1)
    expected = gguf.dequantize(raw, kind)
    matrix = matrix_from_blocks(raw, quantization)
    assert (matrix.bits, matrix.shape) == (8, (7, 512))
    blocks = expected.reshape(7, -1, 32)
    error = np.abs(matrix.dequantize().reshape(blocks.shape) - blocks).max(axis=-1)
    # Half a step of 1/127 of the block's largest weight, and the rounding of its scale.
    assert (error <= np.abs(blocks).max(axis=-1) * (0.51 / 127 + 2**-11)).all()


def test_bundle_is_complete(tmp_path):
    seen = []
    out = import_gguf(
        write_gguf(tmp_path / "m.gguf", RandomWeights()),
        tmp_path / "bundle",
        bundle_id="tiny",
        licence="apache-2.0",
        source="a test",
        progress=lambda fraction, _message: seen.append(fraction),
        decoding={"temperature": 0.2},
    )
    bundle = open_bundle(out)
    manifest = bundle.manifest
    assert (manifest.id, manifest.task, manifest.licence) == ("tiny", "decoder", "Apache-2.0")
    assert manifest.decoder is not None
    assert manifest.decoder.kv_heads == TINY.kv_heads
    assert manifest.tokenizer is not None
    assert manifest.tokenizer.eos == (271, 269)
    assert manifest.decoding == {"temperature": 0.2}
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert (out / "chat_template.jinja").read_text().startswith("{% for m")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "m.gguf"]


@pytest.mark.parametrize("pre", ["smollm", "qwen2", "llama-bpe", "gpt-2"])
@pytest.mark.parametrize("text", ["the theme 1234", "你好，世界 😀", "a\n\n b\t'll don't", "é"])
def test_tokenizer_round_trips_text(tmp_path, pre, text):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights(), pre=pre)
    out = import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_tokenizer_merges_and_takes_markers_whole(tmp_path):
    out = import_gguf(
        write_gguf(tmp_path / "m.gguf", RandomWeights()), tmp_path / "bundle", licence="Apache-2.0"
    )
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    assert tokenizer.encode("<|im_start|>he 12<|im_end|>").tokens == [
        "<|im_start|>",
        "he",
        "Ġ",
        "1",
        "2",
        "<|im_end|>",
    ]


def test_truncated_file_is_refused(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights())
    whole = file.read_bytes()
    for share in (0.999, 0.5, 0.02, 0.001):
        file.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(BadInputError, match=r"damaged|truncated|no GGUF"):
            import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    assert not (tmp_path / "bundle").exists()


def test_other_files_are_refused(tmp_path):
    (tmp_path / "m.gguf").write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(BadInputError, match="no GGUF file"):
        import_gguf(tmp_path / "m.gguf", tmp_path / "bundle")
    with pytest.raises(BadInputError, match="no file"):
        import_gguf(tmp_path / "absent.gguf", tmp_path / "bundle")


def test_missing_tensor_is_named(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights(), omit=("blk.1.ffn_up.weight",))
    with pytest.raises(BadInputError, match=r"blk\.1\.ffn_up\.weight"):
        import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")


def test_unsupported_kinds_are_named(tmp_path):
    file = write_gguf(tmp_path / "a.gguf", RandomWeights(), architecture="mamba")
    with pytest.raises(ExportError, match="'mamba'"):
        import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    file = write_gguf(tmp_path / "b.gguf", RandomWeights(), pre="tekken")
    with pytest.raises(ExportError, match="'tekken'"):
        import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")


def test_a_licence_must_be_known(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights())
    with pytest.raises(BadInputError, match="licence"):
        import_gguf(file, tmp_path / "bundle")


def test_a_folder_that_is_no_bundle_is_left_alone(tmp_path):
    file = write_gguf(tmp_path / "m.gguf", RandomWeights())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(BundleError, match="not a bundle"):
        import_gguf(file, tmp_path / "mine", licence="Apache-2.0")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
    import_gguf(file, tmp_path / "bundle", licence="Apache-2.0")
