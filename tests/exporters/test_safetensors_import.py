"""Hugging Face folders become bundles with the same model, tokenizer and chat template, or a clear error."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hf_folder import CHATML, settings_of, tensors_of, write_folder
from tiny_decoder import TINY, RandomWeights

from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.hf_config import is_decoder_folder
from aigc_exporters.reference import negative_log_likelihood, reference_logits
from aigc_exporters.safetensors_import import import_safetensors
from aigc_sdk.bundles import open_bundle
from aigc_sdk.errors import AigcError, BadInputError, ExportError

TOKENS = np.random.default_rng(5).integers(0, TINY.vocab_size, (1, 30))
WINDOWED = replace(TINY, windows=(6, 6))


def imported(tmp_path, *, weights=None, config=TINY, **changes):
    options = {
        key: changes.pop(key) for key in ("storage", "max_positions", "chat_template") if key in changes
    }
    folder = write_folder(tmp_path / "model", weights or RandomWeights(config), config, **changes)
    return import_safetensors(folder, tmp_path / "bundle", licence="Apache-2.0", **options)


class WithOutputBias(RandomWeights):
    def layer(self, index):
        return replace(super().layer(index), output_bias=self._draw(900 + index, self._config.hidden))


@pytest.mark.parametrize(
    ("family", "config", "weights", "settings"),
    [
        ("llama", TINY, RandomWeights(TINY), {}),
        ("llama", replace(TINY, tied=False), RandomWeights(replace(TINY, tied=False)), {}),
        ("llama", replace(TINY, kv_heads=4), RandomWeights(replace(TINY, kv_heads=4)), {"num_key_value_heads": None}),
        ("llama", TINY, WithOutputBias(TINY, biases=True), {"attention_bias": True}),
        ("qwen2", TINY, RandomWeights(TINY, biases=True), {}),
        ("qwen2", replace(TINY, windows=(0, 6)), RandomWeights(TINY, biases=True),
         {"use_sliding_window": True, "sliding_window": 6, "max_window_layers": 1}),
        ("mistral", WINDOWED, RandomWeights(TINY), {"sliding_window": 6}),
        ("mistral", TINY, RandomWeights(TINY), {"sliding_window": 4096}),
    ],
    ids=["llama", "untied", "multi-head", "attention biases", "qwen2", "qwen2 windows", "mistral", "no window"],
)  # fmt: skip
def test_imported_decoder_is_the_original(tmp_path, family, config, weights, settings):
    out = imported(
        tmp_path, weights=weights, config=config, family=family, settings=settings, storage="float32"
    )
    expected = reference_logits(config, weights, TOKENS)
    np.testing.assert_allclose(DecoderSession(out / "model.onnx").forward(TOKENS), expected, atol=5e-5)
    # The same in single steps, where a window must slide over the cache.
    session = DecoderSession(out / "model.onnx")
    session.forward(TOKENS[:, :10])
    for index in range(10, TOKENS.shape[1]):
        logits = session.forward(TOKENS[:, index : index + 1], past=index)
        np.testing.assert_allclose(logits[0, 0], expected[0, index], atol=5e-5)


@pytest.mark.parametrize("kind", ["F16", "BF16"])
@pytest.mark.parametrize("shards", [1, 3])
def test_half_precision_and_shards(tmp_path, kind, shards):
    out = imported(tmp_path, kind=kind, shards=shards, storage="float32")
    expected = reference_logits(TINY, RandomWeights(), TOKENS)
    difference = np.abs(DecoderSession(out / "model.onnx").forward(TOKENS) - expected).max()
    # bfloat16 keeps 8 bits of a number, float16 11.
    assert 1e-5 < difference < (0.3 if kind == "BF16" else 0.02)


@pytest.mark.parametrize("storage", ["int8", "int4", "float16", "float32"])
def test_storage_kinds(tmp_path, storage):
    out = imported(tmp_path, storage=storage)
    manifest = json.loads((out / "bundle.json").read_text())
    assert storage in manifest["quantisation"]
    expected = negative_log_likelihood(reference_logits(TINY, RandomWeights(), TOKENS)[0], TOKENS[0])
    logits = DecoderSession(out / "model.onnx").forward(TOKENS)[0]
    loss = abs(negative_log_likelihood(logits, TOKENS[0]) / expected - 1)
    assert loss < {"int8": 2e-3, "int4": 3e-2, "float16": 1e-4, "float32": 1e-6}[storage]
    size = (out / "model.onnx").stat().st_size
    parameters = sum(values.size for values in tensors_of(RandomWeights(), TINY).values())
    # Scales and the graph itself come on top.
    assert size < parameters * {"int8": 1.4, "int4": 1.2, "float16": 2.4, "float32": 4.4}[storage]


def test_bundle_is_complete(tmp_path):
    folder = write_folder(
        tmp_path / "Tiny 1.5",
        RandomWeights(),
        TINY,
        settings={"eos_token_id": 269},
        generation={"do_sample": True, "temperature": 0.6, "top_k": 20, "eos_token_id": [271, 269]},
    )
    (folder / "README.md").write_text("---\nlicense: apache-2.0\nlanguage:\n- en\n- zh\n---\n# Tiny\n")
    seen = []
    out = import_safetensors(
        folder, tmp_path / "bundle", bundle_id="tiny", progress=lambda share, _what: seen.append(share)
    )
    manifest = open_bundle(out).manifest
    assert (manifest.id, manifest.licence, manifest.languages) == ("tiny", "Apache-2.0", ("en", "zh"))
    assert manifest.tokenizer is not None
    assert manifest.tokenizer.eos == (271, 269)
    assert manifest.tokenizer.bos == 269
    assert manifest.tokenizer.chat_template == "chat_template.jinja"
    assert (out / "chat_template.jinja").read_text() == CHATML
    assert manifest.decoding == {"temperature": 0.6, "top_k": 20}
    assert manifest.parity is not None
    assert (out / "tokenizer.json").read_bytes() == (folder / "tokenizer.json").read_bytes()
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Tiny 1.5", "bundle"]


def test_large_weights_are_written_as_they_are_made(tmp_path, monkeypatch):
    monkeypatch.setattr("aigc_exporters.graph_writer.INLINE_LIMIT", 1000)
    out = imported(tmp_path, storage="float32")
    assert (out / "model.onnx").stat().st_size < 40_000 < (out / "model.onnx.data").stat().st_size
    open_bundle(out)
    expected = reference_logits(TINY, RandomWeights(), TOKENS)
    np.testing.assert_allclose(DecoderSession(out / "model.onnx").forward(TOKENS), expected, atol=5e-5)


def test_scaled_rope_and_fewer_positions(tmp_path):
    scaling = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY, settings={"rope_scaling": scaling})
    whole = import_safetensors(folder, tmp_path / "whole", licence="MIT")
    assert open_bundle(whole).manifest.decoder.max_positions == 256
    short = import_safetensors(folder, tmp_path / "short", licence="MIT", max_positions=40)
    assert open_bundle(short).manifest.decoder.max_positions == 40
    logits = DecoderSession(short / "model.onnx").forward(TOKENS)
    np.testing.assert_array_equal(logits, DecoderSession(whole / "model.onnx").forward(TOKENS))
    plain = reference_logits(TINY, RandomWeights(), TOKENS)
    assert np.abs(logits - plain).max() > 0.5  # the scaling is there at all
    for wrong in (0, 257, True, "40"):
        with pytest.raises(BadInputError, match="max_positions"):
            import_safetensors(folder, tmp_path / "none", licence="MIT", max_positions=wrong)


def test_dynamic_scaling_ends_where_it_would_begin(tmp_path):
    out = imported(tmp_path, settings={"rope_scaling": {"type": "dynamic", "factor": 2.0}}, storage="float32")
    manifest = open_bundle(out).manifest
    assert manifest.decoder.max_positions == TINY.max_positions
    assert "dynamic NTK" in manifest.extra["rope"]
    more = import_safetensors(
        tmp_path / "model", tmp_path / "more", licence="MIT", extra={"tried": "by hand"}
    )
    assert open_bundle(more).manifest.extra == {**manifest.extra, "tried": "by hand"}
    expected = reference_logits(TINY, RandomWeights(), TOKENS)
    np.testing.assert_allclose(DecoderSession(out / "model.onnx").forward(TOKENS), expected, atol=5e-5)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"model_type": "gpt_neox"}, "'gpt_neox'"),
        ({"model_type": ["llama"]}, "not supported"),
        ({"architectures": ["LlamaForSequenceClassification"]}, "LlamaForSequenceClassification"),
        ({"model_type": "mixtral", "architectures": ["MixtralForCausalLM"]}, "'mixtral'"),
        ({"num_local_experts": 8}, "experts"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 4}}, "gptq"),
        ({"quantization_config": "x"}, "quantised"),
        ({"auto_map": {"AutoModelForCausalLM": "modeling_x.X"}}, "code of its own"),
        ({"hidden_act": "gelu"}, "'gelu'"),
        ({"mlp_bias": True}, "mlp_bias"),
        ({"partial_rotary_factor": 0.5}, "part of each head"),
        ({"rope_scaling": {"rope_type": "longrope", "factor": 2.0}}, "'longrope'"),
    ],
)
def test_unsupported_models_are_named(tmp_path, settings, said):
    with pytest.raises(ExportError, match=said):
        imported(tmp_path, settings=settings)
    assert not (tmp_path / "bundle").exists()


def test_a_kind_of_attention_that_is_unknown(tmp_path):
    settings = {"use_sliding_window": True, "sliding_window": 6}
    for kinds, error in ((["full_attention"], BadInputError), (["full_attention", "chunked"], ExportError)):
        with pytest.raises(error, match="layer_types"):
            imported(tmp_path, family="qwen2", settings={**settings, "layer_types": kinds})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"hidden_size": 0}, "hidden_size"),
        ({"hidden_size": None}, "hidden_size"),
        ({"hidden_size": True}, "hidden_size"),
        ({"hidden_size": 1 << 40}, "hidden_size"),
        ({"hidden_size": 128}, "shape"),
        ({"num_hidden_layers": 1 << 20}, "more than there are tensors"),
        ({"num_hidden_layers": 3}, "no tensor 'model.layers.2"),
        ({"num_attention_heads": 3, "num_key_value_heads": 2}, "multiple"),
        ({"vocab_size": 273}, "shape"),
        ({"max_position_embeddings": 1 << 40}, "max_position_embeddings"),
        ({"rope_theta": "x"}, "rope_theta"),
        ({"rope_theta": -1.0}, "rope_theta"),
        ({"rope_theta": 1.0}, "rope_theta"),
        ({"rope_theta": 10**400}, "rope_theta"),
        ({"rms_norm_eps": 10**400}, "rms_norm_eps"),
        ({"rms_norm_eps": 0}, "rms_norm_eps"),
        ({"tie_word_embeddings": "yes"}, "tie_word_embeddings"),
        ({"tie_word_embeddings": False}, "lm_head"),
        ({"rope_scaling": "linear"}, "no object"),
        ({"rope_scaling": {"type": "linear"}}, "factor"),
        ({"rope_scaling": {"type": "linear", "factor": float("nan")}}, "factor"),
        ({"rope_scaling": {"type": "linear", "factor": "2"}}, "factor"),
        ({"rope_scaling": {"type": "yarn", "factor": 1e9, "original_max_position_embeddings": 64}}, "positions"),
        ({"rope_scaling": {"type": "llama3", "factor": 2, "low_freq_factor": 4, "high_freq_factor": 1,
                           "original_max_position_embeddings": 64}}, "high_freq_factor"),
        ({"eos_token_id": 9999}, "eos_token_id"),
        ({"eos_token_id": [271, "x"]}, "eos_token_id"),
    ],
)  # fmt: skip
def test_impossible_configurations_say_which_entry(tmp_path, settings, said):
    with pytest.raises(BadInputError, match=said) as caught:
        imported(tmp_path, settings=settings)
    assert "inconsistent: config.json" not in str(caught.value), "one error in another"
    assert not (tmp_path / "bundle").exists()


def test_tensors_that_are_missing_or_left_over(tmp_path):
    tensors = tensors_of(RandomWeights(), TINY)
    lacking = {name: values for name, values in tensors.items() if "layers.1.mlp.up" not in name}
    with pytest.raises(BadInputError, match=r"layers\.1\.mlp\.up_proj"):
        imported(tmp_path, tensors=lacking)
    for name in ("model.layers.0.self_attn.q_norm.weight", "model.layers.1.mlp.up_proj.lora_A.weight"):
        with pytest.raises(ExportError, match=name.replace(".", r"\.")):
            imported(tmp_path, tensors={**tensors, name: np.ones(16, dtype=np.float32)})
    # A llama that has biases its configuration does not speak of.
    with pytest.raises(ExportError, match=r"q_proj\.bias"):
        imported(tmp_path, weights=RandomWeights(biases=True))
    frequencies = {"model.layers.0.self_attn.rotary_emb.inv_freq": np.ones(8, dtype=np.float32)}
    imported(tmp_path, tensors={**tensors, **frequencies})


def test_a_tied_head_that_is_not_the_embedding(tmp_path):
    tensors = tensors_of(RandomWeights(), TINY)
    same = {**tensors, "lm_head.weight": tensors["model.embed_tokens.weight"]}
    imported(tmp_path, tensors=same)
    other = {**tensors, "lm_head.weight": tensors["model.embed_tokens.weight"] + 1}
    with pytest.raises(BadInputError, match="tie_word_embeddings"):
        imported(tmp_path, tensors=other)
    # Where the configuration says nothing, the tensors do.
    out = imported(tmp_path, tensors=other, settings={"tie_word_embeddings": None}, storage="float32")
    logits = DecoderSession(out / "model.onnx").forward(TOKENS)
    assert np.abs(logits - reference_logits(TINY, RandomWeights(), TOKENS)).max() > 1


def test_inner_widths_that_blocks_do_not_divide(tmp_path):
    config = replace(TINY, ffn=40)
    with pytest.raises(ExportError, match="blocks of 32"):
        imported(tmp_path, config=config)
    imported(tmp_path, config=config, storage="float16")
    with pytest.raises(BadInputError, match="storage"):
        imported(tmp_path, storage="int2")


def test_heads_that_the_attention_operator_does_not_take(tmp_path):
    with pytest.raises(ExportError, match="heads 24 wide"):
        imported(tmp_path, config=replace(TINY, head_dim=24))


def test_weights_beyond_float16(tmp_path):
    tensors = tensors_of(RandomWeights(), TINY)
    tensors["model.layers.0.mlp.up_proj.weight"] = tensors["model.layers.0.mlp.up_proj.weight"] * 1e6
    with pytest.raises(ExportError, match="float16"):
        imported(tmp_path, tensors=tensors, storage="float16")


def test_a_licence_must_be_known(tmp_path):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    for card in (
        None,
        "---\nlicense: other\n---\n",
        "no front matter",
        "---\na: [\n---\n",
        "---\nx: &a 1\n---\n",
    ):
        if card is not None:
            (folder / "README.md").write_text(card)
        with pytest.raises(BadInputError, match="licence"):
            import_safetensors(folder, tmp_path / "bundle")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"chat_template": None}, None),
        ({"chat_template": [{"name": "tool_use", "template": "x"}, {"name": "default", "template": CHATML}]}, CHATML),
        ({"chat_template": [{"name": "tool_use", "template": "x"}]}, None),
    ],
)  # fmt: skip
def test_where_chat_templates_stand(tmp_path, settings, expected):
    out = imported(tmp_path, tokenizer={"eos_token": {"content": "<|im_end|>"}, **settings})
    written = out / "chat_template.jinja"
    assert (written.read_text() if written.exists() else None) == expected


def test_a_template_file_goes_before_the_settings(tmp_path):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    (folder / "chat_template.jinja").write_text(CHATML + "{# newer #}")
    out = import_safetensors(folder, tmp_path / "bundle", licence="MIT")
    assert (out / "chat_template.jinja").read_text().endswith("{# newer #}")


def test_a_template_that_does_not_work_is_noticed_now(tmp_path):
    tokenizer = {"chat_template": "{{ messages.__class__ }}{% for"}
    with pytest.raises(ExportError, match="chat template"):
        imported(tmp_path, tokenizer=tokenizer)
    out = imported(tmp_path, tokenizer=tokenizer, chat_template=False)
    assert open_bundle(out).manifest.tokenizer.chat_template is None


def test_only_decoders_are_recognised(tmp_path):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    assert is_decoder_folder(folder)
    for text, expected in (
        (json.dumps({**settings_of(TINY, "llama"), "architectures": ["GPTNeoXForCausalLM"]}), True),
        (json.dumps({"model_type": "llama"}), True),
        (json.dumps({"model_type": "bert", "architectures": ["BertModel"]}), False),
        ("[1]", False),
        ("{", False),
    ):
        (folder / "config.json").write_text(text)
        assert is_decoder_folder(folder) is expected
    assert not is_decoder_folder(tmp_path)


def test_folders_without_weights_or_tokenizer(tmp_path):
    folder = write_folder(tmp_path / "model", RandomWeights(), TINY)
    (folder / "tokenizer.json").rename(folder / "tokenizer.model")
    with pytest.raises(ExportError, match=r"no tokenizer\.json"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ExportError, match="pickles"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")
    (folder / "pytorch_model.bin").unlink()
    with pytest.raises(AigcError, match="no safetensors file"):
        import_safetensors(folder, tmp_path / "bundle", licence="MIT")
    with pytest.raises(BadInputError, match=r"config\.json"):
        import_safetensors(tmp_path, tmp_path / "bundle", licence="MIT")
