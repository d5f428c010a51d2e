"""Imported folders give the logits of Transformers itself, on tiny random models that it makes and saves.

Runs where the dependency group `reference` is installed (torch and Transformers), and is skipped elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest
from tiny_decoder import byte_tokenizer

from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.safetensors_import import import_safetensors

torch = pytest.importorskip("torch", reason="install the dependency group 'reference' for this test")
transformers = pytest.importorskip("transformers")

SIZES = {
    "vocab_size": 272,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "bos_token_id": 269,
    "eos_token_id": 271,
    "initializer_range": 0.3,  # the usual .02 makes all logits nearly equal
}
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32}
MODELS = {
    "llama": ("Llama", {}),
    "llama, tied, wide heads": ("Llama", {"tie_word_embeddings": True, "head_dim": 32}),
    "llama, attention biases": ("Llama", {"attention_bias": True}),
    "llama, linear": ("Llama", {"rope": {"rope_type": "linear", "factor": 4.0}}),
    "llama, dynamic": ("Llama", {"rope": {"rope_type": "dynamic", "factor": 4.0}}),
    "llama, llama3": ("Llama", {"rope": LLAMA3, "theta": 500_000.0}),
    "llama, yarn": ("Llama", {"rope": YARN}),
    "llama, yarn as DeepSeek": (
        "Llama",
        {"rope": {**YARN, "mscale": 0.7, "mscale_all_dim": 1.1, "beta_fast": 16, "truncate": False}},
    ),
    "qwen2": ("Qwen2", {}),
    "qwen2, tied, yarn": ("Qwen2", {"tie_word_embeddings": True, "rope": YARN, "theta": 1_000_000.0}),
    "qwen2, windows above layer 1": (
        "Qwen2",
        {"use_sliding_window": True, "sliding_window": 7, "max_window_layers": 1},
    ),
    "mistral, window of 5": ("Mistral", {"sliding_window": 5}),
    "mistral, no window": ("Mistral", {"sliding_window": None, "head_dim": 48}),
}


def saved(folder, family, settings, *, dtype="float32", shard="5GB"):
    """A random model with random norms and biases, too, saved as a user's folder is."""
    settings = dict(settings)
    rope = {"rope_theta": settings.pop("theta", 10_000.0), **settings.pop("rope", {})}
    config = getattr(transformers, f"{family}Config")(**{**SIZES, **settings}, rope_parameters=rope)
    torch.manual_seed(0)
    model = getattr(transformers, f"{family}ForCausalLM")(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("norm.weight"):
                parameter.uniform_(0.5, 1.5)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.3)
    model = model.to(getattr(torch, dtype))
    model.save_pretrained(folder, max_shard_size=shard)
    byte_tokenizer().save(str(folder / "tokenizer.json"))
    # Read anew: converting a model rounds its rotary frequencies, too, which are no weights.
    return type(model).from_pretrained(folder, dtype=torch.float32).eval()


def differences(model, bundle, length=40):
    """Largest difference of the logits in one call, and in a prefill with single steps after it.

    In units of the largest logit, which random weights of this size make 20 to 100.
    """
    tokens = np.random.default_rng(1).integers(0, SIZES["vocab_size"], (1, length))
    with torch.no_grad():
        expected = model(torch.from_numpy(tokens)).logits.numpy()
    whole = DecoderSession(bundle / "model.onnx").forward(tokens)
    session = DecoderSession(bundle / "model.onnx")
    half = length // 2
    steps = [session.forward(tokens[:, :half])]
    steps += [session.forward(tokens[:, i : i + 1], past=i) for i in range(half, length)]
    largest = np.abs(expected).max()
    assert largest > 1
    ways = (whole, np.concatenate(steps, axis=1))
    return tuple(float(np.abs(got - expected).max() / largest) for got in ways)


@pytest.mark.parametrize("name", MODELS)
def test_logits_are_those_of_transformers(tmp_path, name):
    family, settings = MODELS[name]
    model = saved(tmp_path / "model", family, settings)
    bundle = import_safetensors(tmp_path / "model", tmp_path / "bundle", licence="MIT", storage="float32")
    found = differences(model, bundle)
    print(f"{name}: {max(found):.2e}")
    assert max(found) < 5e-5


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_sharded_half_precision_folders(tmp_path, dtype):
    model = saved(tmp_path / "model", "Qwen2", {}, dtype=dtype, shard="100KB")
    assert len(list((tmp_path / "model").glob("*.safetensors"))) > 1
    bundle = import_safetensors(tmp_path / "model", tmp_path / "bundle", licence="MIT", storage="float32")
    assert max(differences(model, bundle)) < 5e-5


def test_8_bit_storage_stays_close(tmp_path):
    # Smaller weights than elsewhere: attention that is all on one token magnifies any rounding.
    model = saved(tmp_path / "model", "Llama", {"initializer_range": 0.1})
    bundle = import_safetensors(tmp_path / "model", tmp_path / "bundle", licence="MIT")
    tokens = np.random.default_rng(1).integers(0, SIZES["vocab_size"], (1, 40))
    with torch.no_grad():
        expected = model(torch.from_numpy(tokens)).logits.numpy()
    got = DecoderSession(bundle / "model.onnx").forward(tokens)
    share = np.abs(got - expected).mean() / expected.std()
    print(f"8 bits: {share:.2%} of the logits' spread")
    assert 0 < share < 0.03
