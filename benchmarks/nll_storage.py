"""What the storage kinds of `aigc models import` cost: negative log-likelihood on real text, against float32.

    python benchmarks/nll_storage.py [--tokens 8192] [--storage int8 int4 float16] [--threads 2]

The model is SmolLM2-135M-Instruct, the file behind the bundle ``smollm2-135m-instruct`` (Q4_1), dequantised and
written as a safetensors folder that is then imported in each storage. Its weights lie on the grid of 4-bit blocks,
which a 4-bit storage would find again and seem free; so the channels of the residual stream, of the feed-forward and
within the heads are first put in another order (`--as-they-are` leaves it out: int4 then costs .005 nats a token
instead of .195). The function stays the same, so that the float32 row is the same with and without, and every block
now holds weights of 32 different ones. The text is that of `nll_import`. Needs `$AIGC_DATA`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from nll_import import TEXT_SET, WINDOW, fetched, read_text, window_nll
from tokenizers import Tokenizer

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.gguf_import import open_gguf, read_decoder, read_metadata
from aigc_exporters.gguf_tokenizer import convert_tokenizer
from aigc_exporters.gguf_weights import GgufDecoderWeights
from aigc_exporters.safetensors_import import import_safetensors


def write_folder(gguf: Path, folder: Path, *, reorder: bool) -> None:
    """The decoder of a GGUF file as a Hugging Face folder, float32."""
    reader = open_gguf(gguf)
    metadata = read_metadata(reader)
    config, weights = read_decoder(reader, metadata)
    folder.mkdir()
    tokenizer = convert_tokenizer(metadata)
    tokenizer.tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
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
        "eos_token_id": list(tokenizer.eos),
    }
    (folder / "config.json").write_text(json.dumps(settings))
    shapes, body = {}, folder / "body"
    with body.open("wb") as stream:
        for name, values in _tensors(config, weights, reorder):
            start = stream.tell()
            np.ascontiguousarray(values, dtype="<f4").tofile(stream)
            shapes[name] = {
                "dtype": "F32",
                "shape": list(values.shape),
                "data_offsets": [start, stream.tell()],
            }
    header = json.dumps(shapes).encode()
    with (folder / "model.safetensors").open("wb") as stream, body.open("rb") as source:
        stream.write(len(header).to_bytes(8, "little") + header)
        while part := source.read(1 << 24):
            stream.write(part)
    body.unlink()


def _tensors(
    config: DecoderConfig, weights: GgufDecoderWeights, reorder: bool
) -> Iterator[tuple[str, np.ndarray]]:
    draw = np.random.default_rng(0)

    def order(size: int) -> np.ndarray:
        return draw.permutation(size) if reorder else np.arange(size)

    stream, group = order(config.hidden), config.heads // config.kv_heads
    yield "model.embed_tokens.weight", weights.embedding().dequantize()[:, stream]
    head = weights.head()
    if head is not None:
        yield "lm_head.weight", head.dequantize()[:, stream]
    yield "model.norm.weight", weights.final_norm()[stream]
    for index in range(config.layers):
        layer, name = weights.layer(index), f"model.layers.{index}"
        inner = order(config.ffn)
        # Values of a head and what the output projection makes of them, the same order for a group's heads.
        within = [order(config.head_dim) for _ in range(config.kv_heads)]
        values = np.concatenate([head * config.head_dim + part for head, part in enumerate(within)])
        joined = np.concatenate(
            [head * config.head_dim + within[head // group] for head in range(config.heads)]
        )
        yield f"{name}.input_layernorm.weight", layer.attention_norm[stream]
        yield f"{name}.post_attention_layernorm.weight", layer.feed_forward_norm[stream]
        yield f"{name}.self_attn.q_proj.weight", layer.query.dequantize()[:, stream]
        yield f"{name}.self_attn.k_proj.weight", layer.key.dequantize()[:, stream]
        yield f"{name}.self_attn.v_proj.weight", layer.value.dequantize()[values][:, stream]
        yield f"{name}.self_attn.o_proj.weight", layer.output.dequantize()[stream][:, joined]
        yield f"{name}.mlp.gate_proj.weight", layer.gate.dequantize()[inner][:, stream]
        yield f"{name}.mlp.up_proj.weight", layer.up.dequantize()[inner][:, stream]
        yield f"{name}.mlp.down_proj.weight", layer.down.dequantize()[stream][:, inner]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gguf", type=Path, help="default: the file of smollm2-135m-instruct, fetched")
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--storage", nargs="+", default=["float16", "int8", "int4"])
    parser.add_argument("--as-they-are", action="store_true", help="leave the channels in the file's order")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        print("Set AIGC_DATA to the folder of data sets.", file=sys.stderr)
        return 2

    with tempfile.TemporaryDirectory() as scratch:
        gguf = arguments.gguf or fetched(Path(scratch))
        folder = Path(scratch) / "model"
        write_folder(gguf, folder, reorder=not arguments.as_they_are)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        count = -(-arguments.tokens // WINDOW)
        tokens = np.asarray(tokenizer.encode(read_text(Path(data))).ids[: count * WINDOW], dtype=np.int64)
        windows = tokens.reshape(-1, WINDOW)
        predicted = windows.shape[0] * (WINDOW - 1)
        print(f"text: {TEXT_SET}, {predicted} predicted tokens in {len(windows)} windows of {WINDOW}\n")
        print("| storage | size, MB | NLL, nats a token | change | standard error |")
        print("| --- | --- | --- | --- | --- |")
        reference: list[float] = []
        for storage in ["float32", *arguments.storage]:
            bundle = import_safetensors(
                folder, Path(scratch) / storage, licence="Apache-2.0", storage=storage
            )
            size = sum(file.stat().st_size for file in bundle.glob("model.onnx*"))
            session = DecoderSession(bundle / "model.onnx", capacity=WINDOW, threads=arguments.threads)
            values, _ = window_nll(session, windows)
            del session
            reference = reference or values
            change = np.subtract(values, reference) / (WINDOW - 1)
            error = change.std() / np.sqrt(len(change))
            print(
                f"| {storage} | {size / 1e6:.0f} | {sum(values) / predicted:.4f} | {change.mean():+.4f} "
                f"| {error:.4f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
