"""Imported encoders give the states of Transformers itself, on tiny random models that it makes and saves.

Runs where the dependency group `reference` is installed (torch and Transformers), and is skipped elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest
from tiny_bert import tokenizer_of, write_sentence_files

from aigc_exporters.bert_import import import_bert
from aigc_exporters.parity import check_model

torch = pytest.importorskip("torch", reason="install the dependency group 'reference' for this test")
transformers = pytest.importorskip("transformers")

SIZES = {
    "vocab_size": 272,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "max_position_embeddings": 40,
    "initializer_range": 0.3,  # with the usual .02 every token has nearly the same state
}
DISTILLED = {
    "dim": 64,
    "hidden_dim": 96,
    "n_layers": 3,
    "n_heads": 4,
    "vocab_size": 272,
    "initializer_range": 0.3,
}
MODELS = {
    "bert": ("Bert", "bert", {}),
    "bert, gelu_new": ("Bert", "bert", {"hidden_act": "gelu_new"}),
    "bert, relu, epsilon 1e-3": ("Bert", "bert", {"hidden_act": "relu", "layer_norm_eps": 1e-3}),
    "roberta": ("Roberta", "roberta", {"type_vocab_size": 1, "layer_norm_eps": 1e-5}),
    "roberta, padding 4": ("Roberta", "roberta", {"pad_token_id": 4}),
    "xlm-roberta": ("XLMRoberta", "xlm-roberta", {"type_vocab_size": 1, "layer_norm_eps": 1e-5}),
    "distilbert": ("DistilBert", "distilbert", {"max_position_embeddings": 40}),
}


def saved(folder, name, *, head="Model", dtype="float32"):
    """A random model with random norms and biases, too, saved as a user's folder is."""
    family, kind, settings = MODELS[name]
    sizes = DISTILLED if kind == "distilbert" else SIZES
    config = getattr(transformers, f"{family}Config")(**{**sizes, **settings})
    torch.manual_seed(0)
    model = getattr(transformers, f"{family}{head}")(config).eval()
    with torch.no_grad():
        for parameter_name, parameter in model.named_parameters():
            if parameter_name.lower().endswith("norm.weight"):
                parameter.uniform_(0.5, 1.5)
            elif parameter_name.endswith("bias"):
                parameter.normal_(0, 0.3)
    model.to(getattr(torch, dtype)).save_pretrained(folder)
    tokenizer_of(kind).save(str(folder / "tokenizer.json"))
    return getattr(transformers, f"{family}Model").from_pretrained(folder, dtype=torch.float32).eval()


def batch(pad):
    """Two texts, the second one padded."""
    ids = np.random.default_rng(1).integers(5, 272, (2, 30))
    mask = np.ones_like(ids)
    mask[1, 19:] = 0
    return np.where(mask > 0, ids, pad), mask


def pooled(hidden, mask, pooling):
    """As Sentence Transformers pools and normalises."""
    shown = mask.unsqueeze(-1).float()
    if pooling == "mean":
        vectors = (hidden * shown).sum(1) / shown.sum(1).clamp(min=1e-9)
    elif pooling == "cls":
        vectors = hidden[:, 0]
    else:
        vectors = hidden.masked_fill(shown == 0, -1e9).max(1).values
    return torch.nn.functional.normalize(vectors, dim=1)


def differences(model, bundle, pooling="mean"):
    """Largest difference of the tokens' states, in units of the largest, and of the sentence vectors."""
    ids, mask = batch(model.config.pad_token_id)
    with torch.no_grad():
        tensors = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        hidden = model(**tensors).last_hidden_state
        vectors = pooled(hidden, tensors["attention_mask"], pooling).numpy()
    got, embedding = check_model(bundle / "model.onnx").run(None, {"input_ids": ids, "attention_mask": mask})
    states = np.abs(got - hidden.numpy())[mask > 0].max() / hidden.abs().max().item()
    return float(states), float(np.abs(embedding - vectors).max())


@pytest.mark.parametrize("name", MODELS)
def test_states_and_vectors_are_those_of_transformers(tmp_path, name):
    model = saved(tmp_path / "model", name)
    bundle = import_bert(tmp_path / "model", tmp_path / "bundle", licence="MIT", storage="float32")
    states, vectors = differences(model, bundle)
    print(f"{name}: states {states:.2e}, vectors {vectors:.2e}")
    assert max(states, vectors) < 2e-5


@pytest.mark.parametrize("pooling", ["cls", "max"])
def test_other_poolings(tmp_path, pooling):
    model = saved(tmp_path / "model", "bert")
    written = {f"pooling_mode_{'cls_token' if pooling == 'cls' else 'max_tokens'}": True}
    write_sentence_files(tmp_path / "model", pooling=written)
    bundle = import_bert(tmp_path / "model", tmp_path / "bundle", licence="MIT", storage="float32")
    states, vectors = differences(model, bundle, pooling)
    print(f"{pooling}: states {states:.2e}, vectors {vectors:.2e}")
    assert max(states, vectors) < 2e-5


@pytest.mark.parametrize("name", ["bert", "roberta", "distilbert"])
def test_half_precision_with_a_head_for_masked_words(tmp_path, name):
    model = saved(tmp_path / "model", name, head="ForMaskedLM", dtype="bfloat16")
    bundle = import_bert(tmp_path / "model", tmp_path / "bundle", licence="MIT", storage="float32")
    assert max(differences(model, bundle)) < 2e-5


def test_8_bit_storage_stays_close(tmp_path):
    model = saved(tmp_path / "model", "xlm-roberta")
    bundle = import_bert(tmp_path / "model", tmp_path / "bundle", licence="MIT")
    states, vectors = differences(model, bundle)
    print(f"8 bits: states {states:.2e}, vectors {vectors:.2e}")
    assert 1e-5 < vectors < 0.02
