"""Tiny random encoders of the BERT family as Hugging Face folders, and their forward pass by the tensors' own names.

Nothing here uses the importer: it is what the importer is compared with.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from hf_folder import safetensors_bytes
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

HIDDEN, LAYERS, HEADS, FFN, POSITIONS = 64, 2, 4, 96, 24
SPECIAL = {
    "bert": ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"],
    "roberta": ["<s>", "<pad>", "</s>", "<unk>"],
}
WORDS = [
    "query",
    "passage",
    ":",
    "the",
    "kettle",
    "boils",
    "water",
    "##ing",
    "今",
    "天",
    "气",
    "水",
    "壶",
    "a",
    "b",
]
PREFIX = {"bert": "bert.", "roberta": "roberta.", "xlm-roberta": "roberta.", "distilbert": "distilbert."}
NAME = {"bert": "Bert", "roberta": "Roberta", "xlm-roberta": "XLMRoberta", "distilbert": "DistilBert"}

_BLOCK = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "n1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "n2": "output.LayerNorm",
}
_DISTIL = {
    "q": "attention.q_lin",
    "k": "attention.k_lin",
    "v": "attention.v_lin",
    "o": "attention.out_lin",
    "n1": "sa_layer_norm",
    "up": "ffn.lin1",
    "down": "ffn.lin2",
    "n2": "output_layer_norm",
}


def padded(family: str) -> bool:
    return "roberta" in family


def vocabulary(family: str) -> list[str]:
    return [*SPECIAL["roberta" if padded(family) else "bert"], *WORDS]


def block(family: str, index: int, part: str) -> str:
    if family == "distilbert":
        return f"transformer.layer.{index}.{_DISTIL[part]}"
    return f"encoder.layer.{index}.{_BLOCK[part]}"


def settings_of(family: str) -> dict[str, Any]:
    common = {
        "model_type": family,
        "architectures": [f"{NAME[family]}Model"],
        "vocab_size": len(vocabulary(family)) + 3,
        "max_position_embeddings": POSITIONS + (2 if padded(family) else 0),
        "pad_token_id": 1 if padded(family) else 0,
    }
    if family == "distilbert":
        return {
            **common, "dim": HIDDEN, "n_layers": LAYERS, "n_heads": HEADS, "hidden_dim": FFN, "activation": "gelu",
        }  # fmt: skip
    return {
        **common,
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": FFN,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-5 if padded(family) else 1e-12,
        "type_vocab_size": 1 if padded(family) else 2,
        "position_embedding_type": "absolute",
    }


def tensors_of(family: str, seed: int = 0) -> dict[str, np.ndarray]:
    draw, settings = np.random.default_rng(seed), settings_of(family)
    found: dict[str, np.ndarray] = {}

    def table(name: str, rows: int) -> None:
        found[f"embeddings.{name}.weight"] = draw.normal(size=(rows, HIDDEN))

    def linear(name: str, out: int, width: int) -> None:
        found[f"{name}.weight"] = draw.normal(size=(out, width)) * 1.5 / math.sqrt(width)
        found[f"{name}.bias"] = 0.3 * draw.normal(size=out)

    def norm(name: str) -> None:
        found[f"{name}.weight"], found[f"{name}.bias"] = (
            draw.uniform(0.5, 1.5, HIDDEN),
            draw.normal(size=HIDDEN),
        )

    table("word_embeddings", settings["vocab_size"])
    table("position_embeddings", settings["max_position_embeddings"])
    if family != "distilbert":
        table("token_type_embeddings", settings["type_vocab_size"])
    norm("embeddings.LayerNorm")
    for index in range(LAYERS):
        for part in ("q", "k", "v", "o"):
            linear(block(family, index, part), HIDDEN, HIDDEN)
        linear(block(family, index, "up"), FFN, HIDDEN)
        linear(block(family, index, "down"), HIDDEN, FFN)
        norm(block(family, index, "n1"))
        norm(block(family, index, "n2"))
    if family != "distilbert":
        linear("pooler.dense", HIDDEN, HIDDEN)
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def states_of(
    tensors: dict[str, np.ndarray], family: str, ids: list[int], *, activation: str = "gelu"
) -> np.ndarray:
    """Last hidden states of one text, float64 [tokens, hidden]."""
    get = {name: values.astype(np.float64) for name, values in tensors.items()}
    epsilon = 1e-5 if padded(family) else 1e-12

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ get[f"{name}.weight"].T + get[f"{name}.bias"]

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon)
        return x * get[f"{name}.weight"] + get[f"{name}.bias"]

    first = settings_of(family)["pad_token_id"] + 1 if padded(family) else 0
    x = get["embeddings.word_embeddings.weight"][ids]
    x = x + get["embeddings.position_embeddings.weight"][first : first + len(ids)]
    if family != "distilbert":
        x = x + get["embeddings.token_type_embeddings.weight"][0]
    x = norm(x, "embeddings.LayerNorm")
    width = HIDDEN // HEADS
    for index in range(LAYERS):
        name = {part: block(family, index, part) for part in _BLOCK}
        query, key, value = (linear(x, name[part]) for part in ("q", "k", "v"))
        heads = []
        for start in range(0, HIDDEN, width):
            part = slice(start, start + width)
            scores = np.exp(query[:, part] @ key[:, part].T / math.sqrt(width))
            heads.append(scores / scores.sum(-1, keepdims=True) @ value[:, part])
        x = norm(x + linear(np.concatenate(heads, -1), name["o"]), name["n1"])
        x = norm(x + linear(_ACTIVATIONS[activation](linear(x, name["up"])), name["down"]), name["n2"])
    return x


_ACTIVATIONS = {
    "gelu": np.vectorize(lambda v: 0.5 * v * math.erfc(-v / math.sqrt(2))),
    "gelu_new": np.vectorize(
        lambda v: 0.5 * v * (1 + math.tanh(math.sqrt(2 / math.pi) * (v + 0.044715 * v**3)))
    ),
    "relu": lambda x: np.where(x > 0, x, 0),
}


def tokenizer_of(family: str) -> Tokenizer:
    pieces = vocabulary(family)
    first, last = (pieces[0], pieces[2]) if padded(family) else (pieces[1], pieces[2])
    tokenizer = Tokenizer(
        models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token=pieces[3])
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(pieces[: len(pieces) - len(WORDS)])
    tokenizer.post_processor = processors.BertProcessing(
        (last, pieces.index(last)), (first, pieces.index(first))
    )
    tokenizer.enable_truncation(8)  # as published files have it
    tokenizer.enable_padding(pad_id=settings_of(family)["pad_token_id"])
    return tokenizer


def write_bert(
    folder: Path,
    family: str = "bert",
    *,
    settings: dict[str, Any] | None = None,
    tensors: dict[str, np.ndarray] | None = None,
) -> Path:
    """Write config.json, model.safetensors and tokenizer.json. A setting of None is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {**settings_of(family), **(settings or {})}
    (folder / "config.json").write_text(json.dumps({k: v for k, v in written.items() if v is not None}))
    (folder / "model.safetensors").write_bytes(safetensors_bytes(tensors or tensors_of(family)))
    tokenizer_of(family).save(str(folder / "tokenizer.json"))
    return folder


def write_sentence_files(
    folder: Path,
    *,
    pooling: dict[str, Any] | None = None,
    modules: list[Any] | None = None,
    settings: dict[str, Any] | None = None,
    prompts: dict[str, Any] | None = None,
) -> Path:
    """Write what Sentence Transformers puts beside a model."""
    kinds = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    listed = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds)
    ]
    (folder / "modules.json").write_text(json.dumps(listed if modules is None else modules))
    (folder / "1_Pooling").mkdir(exist_ok=True)
    chosen = {
        "word_embedding_dimension": HIDDEN,
        **({"pooling_mode_mean_tokens": True} if pooling is None else pooling),
    }
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(chosen))
    if settings is not None:
        (folder / "sentence_bert_config.json").write_text(json.dumps(settings))
    if prompts is not None:
        (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    return folder
