"""Small decoders for tests: random weights, and GGUF files that hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
from tokenizers import Tokenizer, decoders, models
from tokenizers.pre_tokenizers import ByteLevel

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.weights import DenseMatrix, LayerWeights

TINY = DecoderConfig(
    layers=2,
    hidden=64,
    heads=4,
    kv_heads=2,
    head_dim=16,
    ffn=96,
    vocab_size=272,
    max_positions=64,
    rope_theta=5_000.0,
)


class RandomWeights:
    """A provider of dense random weights."""

    def __init__(self, config: DecoderConfig = TINY, seed: int = 0, biases: bool = False) -> None:
        self._config, self._seed, self._biases = config, seed, biases

    def _draw(self, index: int, *shape: int) -> np.ndarray:
        return np.random.default_rng([self._seed, index]).normal(0, 0.1, shape).astype(np.float32)

    def embedding(self) -> DenseMatrix:
        return DenseMatrix(self._draw(0, self._config.vocab_size, self._config.hidden))

    def head(self) -> DenseMatrix | None:
        if self._config.tied:
            return None
        return DenseMatrix(self._draw(1, self._config.vocab_size, self._config.hidden))

    def final_norm(self) -> np.ndarray:
        return 1 + self._draw(2, self._config.hidden)

    def layer(self, index: int) -> LayerWeights:
        config, base = self._config, 100 * (index + 1)
        query, key = config.heads * config.head_dim, config.kv_heads * config.head_dim
        biases = {}
        if self._biases:
            biases = {
                "query_bias": self._draw(base + 9, query),
                "key_bias": self._draw(base + 10, key),
                "value_bias": self._draw(base + 11, key),
            }
        return LayerWeights(
            attention_norm=1 + self._draw(base, config.hidden),
            query=DenseMatrix(self._draw(base + 1, query, config.hidden)),
            key=DenseMatrix(self._draw(base + 2, key, config.hidden)),
            value=DenseMatrix(self._draw(base + 3, key, config.hidden)),
            output=DenseMatrix(self._draw(base + 4, config.hidden, query)),
            feed_forward_norm=1 + self._draw(base + 5, config.hidden),
            gate=DenseMatrix(self._draw(base + 6, config.ffn, config.hidden)),
            up=DenseMatrix(self._draw(base + 7, config.ffn, config.hidden)),
            down=DenseMatrix(self._draw(base + 8, config.hidden, config.ffn)),
            **biases,
        )


def byte_vocabulary() -> list[str]:
    """256 byte tokens and 16 more: two merges, fillers, and the chat markers at the end."""
    letters = sorted(ByteLevel.alphabet())
    extra = ["he", "Ġt", *[f"<filler_{index}>" for index in range(11)]]
    return [*letters, *extra, "<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def byte_tokenizer() -> Tokenizer:
    """Byte-level BPE over `byte_vocabulary`, with the chat markers as special tokens."""
    vocabulary = {token: index for index, token in enumerate(byte_vocabulary())}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[("h", "e"), ("Ġ", "t")]))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(vocabulary)[-3:])
    return tokenizer


def write_gguf(
    path: Path,
    weights: RandomWeights,
    config: DecoderConfig = TINY,
    *,
    architecture: str = "llama",
    quantization: str = "F32",
    pre: str = "smollm",
    omit: tuple[str, ...] = (),
    more: Callable[[gguf.GGUFWriter], None] | None = None,
) -> Path:
    """Write a GGUF file as llama.cpp's converter does: for "llama", rows of q and k interleaved.

    `more` adds further metadata.
    """
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_block_count(config.layers)
    writer.add_embedding_length(config.hidden)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_feed_forward_length(config.ffn)
    writer.add_context_length(config.max_positions)
    writer.add_rope_freq_base(config.rope_theta)
    writer.add_layer_norm_rms_eps(config.rms_eps)
    tokens = byte_vocabulary()
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types([1] * (len(tokens) - 3) + [3] * 3)
    writer.add_token_merges(["h e", "Ġ t"])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 2)
    writer.add_chat_template("{% for m in messages %}{{ m['content'] }}{% endfor %}")
    if more is not None:
        more(writer)
    kind = gguf.GGMLQuantizationType[quantization]

    def add(name: str, values: np.ndarray) -> None:
        if name in omit:
            return
        if values.ndim == 2 and quantization != "F32":
            writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values)

    def interleave(values: np.ndarray, heads: int) -> np.ndarray:
        if architecture != "llama":
            return values
        shape = (heads, 2, config.head_dim // 2, *values.shape[1:])
        return np.ascontiguousarray(values.reshape(shape).swapaxes(1, 2).reshape(values.shape))

    add("token_embd.weight", weights.embedding().values)
    head = weights.head()
    if head is not None:
        add("output.weight", head.values)
    add("output_norm.weight", weights.final_norm())
    for index in range(config.layers):
        layer, prefix = weights.layer(index), f"blk.{index}"
        add(f"{prefix}.attn_norm.weight", layer.attention_norm)
        add(f"{prefix}.attn_q.weight", interleave(layer.query.dequantize(), config.heads))
        add(f"{prefix}.attn_k.weight", interleave(layer.key.dequantize(), config.kv_heads))
        add(f"{prefix}.attn_v.weight", layer.value.dequantize())
        add(f"{prefix}.attn_output.weight", layer.output.dequantize())
        add(f"{prefix}.ffn_norm.weight", layer.feed_forward_norm)
        add(f"{prefix}.ffn_gate.weight", layer.gate.dequantize())
        add(f"{prefix}.ffn_up.weight", layer.up.dequantize())
        add(f"{prefix}.ffn_down.weight", layer.down.dequantize())
        for name, bias, heads in (
            ("q", layer.query_bias, config.heads),
            ("k", layer.key_bias, config.kv_heads),
        ):
            if bias is not None:
                add(f"{prefix}.attn_{name}.bias", interleave(bias, heads))
        if layer.value_bias is not None:
            add(f"{prefix}.attn_v.bias", layer.value_bias)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
