"""Import of GGUF files: Llama-family decoders, with weights as they are, tokenizer and chat template."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gguf

from aigc_exporters.bundle_writer import Progress
from aigc_exporters.decoder_bundle import TokenizerFiles, activations, spdx, write_decoder_bundle
from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.gguf_layout import check_layout
from aigc_exporters.gguf_tokenizer import GgufTokenizer, convert_tokenizer
from aigc_exporters.gguf_weights import REQUANTIZED, GgufDecoderWeights
from aigc_exporters.rope import Rope, scaled_rope
from aigc_exporters.weight_views import stored_as
from aigc_sdk.errors import BadInputError, ExportError

# Architecture name -> whether its files have q and k in llama.cpp's interleaved order.
_ARCHITECTURES = {"llama": True, "qwen2": False}

# What is read of the metadata beside the architecture's numbers, and what it must be.
_KINDS = {
    "general.architecture": "text",
    "general.license": "text",
    "general.languages": "list of text",
    "tokenizer.ggml.model": "text",
    "tokenizer.ggml.pre": "text",
    "tokenizer.ggml.tokens": "list of text",
    "tokenizer.ggml.merges": "list of text",
    "tokenizer.ggml.token_type": "list of integer",
    "tokenizer.ggml.scores": "list of number",
    "tokenizer.ggml.bos_token_id": "integer",
    "tokenizer.ggml.eos_token_id": "integer",
    "tokenizer.ggml.eot_token_id": "integer",
    "tokenizer.ggml.padding_token_id": "integer",
    "tokenizer.ggml.add_bos_token": "truth value",
    "tokenizer.ggml.add_space_prefix": "truth value",
    "tokenizer.chat_template": "text",
}
# Metadata state sizes before any tensor proves them: without a bound a small file could ask for all memory.
_MOST = 1 << 20


def import_gguf(
    path: str | Path,
    out_dir: str | Path,
    *,
    bundle_id: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    accuracy_level: int = 4,
    storage: str = "source",
    **fields: Any,
) -> Path:
    """Turn a GGUF file into a decoder bundle.

    Quantised weights keep their codes and scales, where they are of a kind that the graph's operators have. The
    graph is proven, with float activations, against a NumPy forward pass on the dequantised weights before the
    bundle appears.

    Args:
        path: the GGUF file.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: SPDX expression of the weights; default what the file says.
        source: where the file comes from, in words; default its name.
        progress: called with a fraction 0..1 and what is being done.
        accuracy_level: how serving rounds activations of quantised products; see `build_decoder_graph`.
        storage: "source" keeps the file's weights; or one of `aigc_exporters.weight_views.stored_as`.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if the file is missing, truncated or inconsistent, or states no licence and none is given.
        ExportError: for an architecture, quantisation or tokenizer that is not supported, naming it.
        ParityError: if the graph's numbers differ from the reference.
    """
    path, out_dir = Path(path), Path(out_dir)
    report = progress or (lambda _fraction, _message: None)
    report(0.0, "reading the GGUF file")
    reader = open_gguf(path)
    metadata = read_metadata(reader)
    config, from_file = read_decoder(reader, metadata)
    weights = from_file if storage == "source" else stored_as(from_file, storage)
    licence = licence or metadata.get("general.license")
    if not licence:
        raise BadInputError(f"{path.name} states no licence.", hint="Say under which one you have it.")
    return write_decoder_bundle(
        out_dir,
        config,
        weights,
        _tokenizer_files(convert_tokenizer(metadata)),
        fields={
            "id": bundle_id or out_dir.name.lower(),
            "licence": spdx(licence),
            "source": source or f"GGUF file {path.name}",
            "quantisation": _quantization_summary(reader, accuracy_level, storage),
            "languages": tuple(metadata.get("general.languages") or ()),
            **fields,
        },
        accuracy_level=accuracy_level,
        progress=report,
    )


def open_gguf(path: Path) -> gguf.GGUFReader:
    """Map a GGUF file.

    Raises:
        BadInputError: if it is missing, is no GGUF file, or ends too early.
    """
    if not path.is_file():
        raise BadInputError(f"There is no file {path}.")
    with path.open("rb") as stream:
        if stream.read(4) != b"GGUF":
            raise BadInputError(f"{path.name} is no GGUF file.")
    check_layout(path)
    try:
        reader = gguf.GGUFReader(path)
    except Exception as error:
        # The reader indexes and reshapes what it maps; a short file surfaces as any of several errors.
        raise BadInputError(
            f"{path.name} is damaged or truncated: {error}", hint="Fetch it again."
        ) from error
    size = path.stat().st_size
    end = 0
    for tensor in sorted(reader.tensors, key=lambda tensor: int(tensor.data_offset)):
        if tensor.data_offset + tensor.n_bytes > size:
            raise BadInputError(f"{path.name} is truncated: tensor {tensor.name!r} is beyond its end.")
        # Tensors that share bytes would let a small file fill a large memory.
        if tensor.data_offset < end:
            raise BadInputError(f"{path.name} is damaged: tensor {tensor.name!r} overlaps another.")
        end = int(tensor.data_offset + tensor.n_bytes)
    return reader


def read_metadata(reader: gguf.GGUFReader) -> dict[str, Any]:
    """The file's key-value pairs as Python values.

    Raises:
        BadInputError: if one cannot be read.
    """
    try:
        metadata = {name: field.contents() for name, field in reader.fields.items()}
    except Exception as error:
        raise BadInputError(f"The GGUF file's metadata are damaged: {error}") from error
    for name, kind in _KINDS.items():
        value = metadata.get(name)
        if value is not None and not _is_kind(value, kind):
            raise BadInputError(f"The GGUF file's metadata entry {name} is no {kind}.")
    return metadata


def _is_kind(value: Any, kind: str) -> bool:
    if kind.startswith("list of "):
        return isinstance(value, list) and all(
            _is_kind(item, kind.removeprefix("list of ")) for item in value
        )
    if kind == "truth value":
        return isinstance(value, bool)
    if kind == "text":
        return isinstance(value, str)
    return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)


def read_decoder(
    reader: gguf.GGUFReader, metadata: Mapping[str, Any]
) -> tuple[DecoderConfig, GgufDecoderWeights]:
    """Shape and weights of the decoder in a GGUF file.

    Raises:
        BadInputError: if metadata are missing or inconsistent.
        ExportError: for an architecture or RoPE scaling that is not supported.
    """
    architecture = metadata.get("general.architecture")
    if architecture not in _ARCHITECTURES:
        raise ExportError(
            f"Architecture {architecture!r} is not supported.",
            hint=f"Supported: {', '.join(sorted(_ARCHITECTURES))}.",
        )

    def number(name: str, default: float | None = None) -> float:
        value: Any = metadata.get(f"{architecture}.{name}", default)
        if not _is_kind(value, "number") or not math.isfinite(value) or value <= 0:
            raise BadInputError(f"The GGUF file has no usable metadata entry {architecture}.{name}.")
        return float(value)

    def count(name: str, default: int | None = None) -> int:
        value = number(name, default)
        if value != int(value) or value > _MOST:
            raise BadInputError(f"{architecture}.{name} is {value}; it must be an integer up to {_MOST}.")
        return int(value)

    if metadata.get(f"{architecture}.expert_count"):
        raise ExportError("Mixture-of-experts models are not supported.")
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    embedding = tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2:
        raise BadInputError("The GGUF file has no tensor 'token_embd.weight' of two dimensions.")
    layers, hidden, heads = count("block_count"), count("embedding_length"), count("attention.head_count")
    if layers > len(tensors) or int(embedding.shape[0]) != hidden:
        raise BadInputError("The GGUF file's metadata and its tensors disagree on the model's size.")
    head_dim = count("attention.key_length", hidden // heads)
    if count("rope.dimension_count", head_dim) != head_dim:
        raise ExportError("Rotary embedding of a part of each head is not supported.")
    rope = _rope(
        metadata,
        architecture,
        float(number("rope.freq_base", 10_000.0)),
        head_dim,
        count("context_length"),
    )
    stored = tensors.get("rope_freqs.weight")
    factors = rope.factors if stored is None else tuple(float(value) for value in stored.data)
    window = count("attention.sliding_window", _MOST)
    try:
        config = DecoderConfig(
            layers=layers,
            hidden=hidden,
            heads=heads,
            kv_heads=count("attention.head_count_kv", heads),
            head_dim=head_dim,
            ffn=count("feed_forward_length"),
            vocab_size=int(embedding.shape[1]),
            max_positions=rope.positions,
            rope_theta=rope.theta,
            rms_eps=float(number("attention.layer_norm_rms_epsilon")),
            tied="output.weight" not in tensors,
            rope_factors=factors,
            rope_attention_factor=rope.attention_factor,
            windows=(window,) * layers if window < rope.positions else (),
        )
    except BadInputError:
        raise  # names its entry
    except (TypeError, ValueError) as error:
        raise BadInputError(f"The GGUF file's metadata are inconsistent: {error}") from error
    return config, GgufDecoderWeights(reader, config, interleaved=_ARCHITECTURES[architecture])


def _rope(
    metadata: Mapping[str, Any], architecture: str, theta: float, head_dim: int, positions: int
) -> Rope:
    """The rotary embedding, from llama.cpp's names for its settings."""
    prefix = f"{architecture}.rope.scaling"
    kind = metadata.get(f"{prefix}.type", "none")
    settings: dict[str, Any] = {}
    if kind != "none":
        settings = {"type": kind, "factor": metadata.get(f"{prefix}.factor")}
    if kind == "yarn":
        settings["original_max_position_embeddings"] = metadata.get(f"{prefix}.original_context_length")
        own = metadata.get(f"{prefix}.attn_factor")
        if own not in (None, 1.0):
            raise ExportError("YaRN with an attention factor of the file's own is not supported.")
    elif kind not in ("none", "linear"):
        raise ExportError(
            f"RoPE scaling {kind!r:.40} is not supported.", hint="Supported in GGUF files: linear, yarn."
        )
    return scaled_rope(
        settings, theta=theta, head_dim=head_dim, positions=positions, where="The GGUF file's metadata"
    )


def _tokenizer_files(converted: GgufTokenizer) -> TokenizerFiles:
    return TokenizerFiles(
        content=converted.tokenizer.to_str().encode("utf-8"),
        size=converted.tokenizer.get_vocab_size(),
        bos=converted.bos,
        eos=converted.eos,
        pad=converted.pad,
        add_bos=converted.add_bos,
        chat_template=converted.chat_template,
    )


def _quantization_summary(reader: gguf.GGUFReader, accuracy_level: int, storage: str) -> str:
    kinds = {tensor.tensor_type.name for tensor in reader.tensors if len(tensor.shape) == 2}
    kept, changed = sorted(kinds - REQUANTIZED), sorted(kinds & REQUANTIZED)
    said = f"weights {', '.join(sorted(kinds))}"
    if storage != "source":
        said += f" stored as {storage}"
    elif changed:
        said += f"; {', '.join(changed)} requantised to 8 bits" + (
            ", the rest as in the source" if kept else ""
        )
    else:
        said += " as in the source"
    return f"{said}; activations {activations(accuracy_level)}"
