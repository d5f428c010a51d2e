"""Hugging Face model folders for tests, written byte by byte: the importer's reading takes no part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from tiny_decoder import RandomWeights, byte_tokenizer

from aigc_exporters.decoder_graph import DecoderConfig

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
ARCHITECTURES = {"llama": "LlamaForCausalLM", "qwen2": "Qwen2ForCausalLM", "mistral": "MistralForCausalLM"}


def raw_values(values: np.ndarray, kind: str) -> bytes:
    if kind == "BF16":  # cut off, not rounded: what is written is what a test compares with
        return (np.ascontiguousarray(values, dtype="<f4").view("<u4") >> 16).astype("<u2").tobytes()
    return values.astype({"F32": "<f4", "F16": "<f2"}[kind]).tobytes()


def safetensors_bytes(tensors: dict[str, np.ndarray], kind: str = "F32") -> bytes:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, values in tensors.items():
        raw = raw_values(values, kind)
        place = [len(body), len(body) + len(raw)]
        header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": place}
        body += raw
    return with_header(json.dumps(header).encode(), body)


def with_header(header: bytes, body: bytes = b"") -> bytes:
    return len(header).to_bytes(8, "little") + header + body


def tensors_of(weights: RandomWeights, config: DecoderConfig) -> dict[str, np.ndarray]:
    """Tensors by the names that Transformers gives them."""
    found = {"model.embed_tokens.weight": weights.embedding().values}
    for index in range(config.layers):
        layer, prefix = weights.layer(index), f"model.layers.{index}"
        found[f"{prefix}.input_layernorm.weight"] = layer.attention_norm
        found[f"{prefix}.post_attention_layernorm.weight"] = layer.feed_forward_norm
        for short, part in (("q", "query"), ("k", "key"), ("v", "value"), ("o", "output")):
            found[f"{prefix}.self_attn.{short}_proj.weight"] = getattr(layer, part).values
            bias = getattr(layer, f"{part}_bias")
            if bias is not None:
                found[f"{prefix}.self_attn.{short}_proj.bias"] = bias
        for part in ("gate", "up", "down"):
            found[f"{prefix}.mlp.{part}_proj.weight"] = getattr(layer, part).values
    found["model.norm.weight"] = weights.final_norm()
    head = weights.head()
    if head is not None:
        found["lm_head.weight"] = head.values
    return found


def settings_of(config: DecoderConfig, family: str) -> dict[str, Any]:
    return {
        "model_type": family,
        "architectures": [ARCHITECTURES[family]],
        "hidden_size": config.hidden,
        "intermediate_size": config.ffn,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "head_dim": config.head_dim,
        "vocab_size": config.vocab_size,
        "max_position_embeddings": config.max_positions,
        "rope_theta": config.rope_theta,
        "rms_norm_eps": config.rms_eps,
        "tie_word_embeddings": config.tied,
        "bos_token_id": 269,
        "eos_token_id": 271,
    }


def write_folder(
    folder: Path,
    weights: RandomWeights,
    config: DecoderConfig,
    *,
    family: str = "llama",
    kind: str = "F32",
    shards: int = 1,
    settings: dict[str, Any] | None = None,
    tensors: dict[str, np.ndarray] | None = None,
    tokenizer: dict[str, Any] | None = None,
    generation: dict[str, Any] | None = None,
) -> Path:
    """Write config.json, tokenizer files and weights. A setting of None is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {**settings_of(config, family), **(settings or {})}
    (folder / "config.json").write_text(json.dumps({k: v for k, v in written.items() if v is not None}))
    tensors = tensors_of(weights, config) if tensors is None else tensors
    if shards == 1:
        (folder / "model.safetensors").write_bytes(safetensors_bytes(tensors, kind))
    else:
        names, places = list(tensors), {}
        for index in range(shards):
            file = f"model-{index + 1:05}-of-{shards:05}.safetensors"
            part = {name: tensors[name] for name in names[index::shards]}
            places |= dict.fromkeys(part, file)
            (folder / file).write_bytes(safetensors_bytes(part, kind))
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    byte_tokenizer().save(str(folder / "tokenizer.json"))
    chosen = {"eos_token": "<|im_end|>", "chat_template": CHATML} if tokenizer is None else tokenizer
    (folder / "tokenizer_config.json").write_text(json.dumps(chosen))
    if generation is not None:
        (folder / "generation_config.json").write_text(json.dumps(generation))
    return folder
