"""Import of GGUF files: Llama-family decoders, with weights as they are, tokenizer and chat template."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import onnx

from aigc_exporters.bundle_writer import staged_bundle, write_decoder_manifest
from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.gguf_layout import check_layout
from aigc_exporters.gguf_tokenizer import GgufTokenizer, convert_tokenizer
from aigc_exporters.gguf_weights import GgufDecoderWeights
from aigc_exporters.graph_writer import save_model
from aigc_exporters.parity import decoder_parity
from aigc_exporters.reference import reference_logits
from aigc_sdk.bundles.manifest import ParityReport
from aigc_sdk.errors import BadInputError, ExportError

Progress = Callable[[float, str], None]

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
    **fields: Any,
) -> Path:
    """Turn a GGUF file into a decoder bundle.

    Quantised weights keep their codes and scales. The graph is proven, with float activations, against a NumPy
    forward pass on the dequantised weights before the bundle appears.

    Args:
        path: the GGUF file.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: SPDX expression of the weights; default what the file says.
        source: where the file comes from, in words; default its name.
        progress: called with a fraction 0..1 and what is being done.
        accuracy_level: how serving rounds activations of quantised products; see `build_decoder_graph`.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if the file is missing, truncated or inconsistent, or states no licence and none is given.
        ExportError: for an architecture, quantisation or tokenizer that is not supported, naming it.
        ParityError: if the graph's numbers differ from the reference.
    """
    if accuracy_level not in (1, 4):
        raise BadInputError(f"accuracy_level must be 1 or 4, not {accuracy_level!r}.")
    path, out_dir = Path(path), Path(out_dir)
    report = progress or (lambda _fraction, _message: None)
    report(0.0, "reading the GGUF file")
    reader = open_gguf(path)
    metadata = read_metadata(reader)
    config, weights = read_decoder(reader, metadata)
    tokenizer = convert_tokenizer(metadata)
    if tokenizer.tokenizer.get_vocab_size() > config.vocab_size:
        raise BadInputError(f"{path.name}: the tokenizer has more tokens than the embedding has rows.")
    licence = licence or metadata.get("general.license")
    if not licence:
        raise BadInputError(f"{path.name} states no licence.", hint="Say under which one you have it.")

    report(0.1, "writing the graph")
    model = build_decoder_graph(config, weights, accuracy_level=accuracy_level)
    with staged_bundle(out_dir) as folder:
        save_model(model, folder)
        del model
        report(0.4, "comparing with the reference")
        parity = _prove(folder, config, weights)
        report(0.9, "writing tokenizer and manifest")
        write_decoder_manifest(
            folder,
            config,
            tokenizer=_write_tokenizer(folder, tokenizer),
            parity=parity,
            fields={
                "id": bundle_id or out_dir.name.lower(),
                "licence": _spdx(licence),
                "source": source or f"GGUF file {path.name}",
                "quantisation": _quantization_summary(reader, accuracy_level),
                "languages": tuple(metadata.get("general.languages") or ()),
                **fields,
            },
        )
    report(1.0, "done")
    return out_dir


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

    scaling = metadata.get(f"{architecture}.rope.scaling.type", "none")
    if scaling != "none":
        raise ExportError(f"RoPE scaling {scaling!r} is not supported.")
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
    factors = tensors.get("rope_freqs.weight")
    try:
        config = DecoderConfig(
            layers=layers,
            hidden=hidden,
            heads=heads,
            kv_heads=count("attention.head_count_kv", heads),
            head_dim=head_dim,
            ffn=count("feed_forward_length"),
            vocab_size=int(embedding.shape[1]),
            max_positions=count("context_length"),
            rope_theta=float(number("rope.freq_base", 10_000.0)),
            rms_eps=float(number("attention.layer_norm_rms_epsilon")),
            tied="output.weight" not in tensors,
            rope_factors=None if factors is None else tuple(float(value) for value in factors.data),
        )
    except (TypeError, ValueError) as error:
        raise BadInputError(f"The GGUF file's metadata are inconsistent: {error}") from error
    return config, GgufDecoderWeights(reader, config, interleaved=_ARCHITECTURES[architecture])


def _prove(folder: Path, config: DecoderConfig, weights: GgufDecoderWeights) -> ParityReport:
    """The parity gate on a copy of the stored graph whose activations stay float."""
    probe = folder / "parity.onnx"
    model = onnx.load(str(folder / "model.onnx"), load_external_data=False)
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.name == "accuracy_level":
                attribute.i = 1
    onnx.save_model(model, str(probe))
    try:
        return decoder_parity(
            probe,
            config,
            lambda tokens: reference_logits(config, weights, np.asarray(tokens)),
            reference_name="NumPy float32 forward pass on the dequantised weights",
            tolerance=2e-4,
            notes="graph with float activations; serving rounds activations to int8 in blocks",
        )
    finally:
        probe.unlink()


def _write_tokenizer(folder: Path, tokenizer: GgufTokenizer) -> dict[str, Any]:
    (folder / "tokenizer.json").write_text(tokenizer.tokenizer.to_str(), encoding="utf-8")
    section: dict[str, Any] = {
        "file": "tokenizer.json",
        "bos": tokenizer.bos,
        "eos": tokenizer.eos,
        "pad": tokenizer.pad,
        "add_bos": tokenizer.add_bos,
    }
    if tokenizer.chat_template:
        (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8")
        section["chat_template"] = "chat_template.jinja"
    return section


def _quantization_summary(reader: gguf.GGUFReader, accuracy_level: int) -> str:
    kinds = {tensor.tensor_type.name for tensor in reader.tensors if len(tensor.shape) == 2}
    activations = "int8 blocks" if accuracy_level == 4 else "float32"
    return f"weights {', '.join(sorted(kinds))} as in the source; activations {activations}"


def _spdx(licence: str) -> str:
    """Licence names as GGUF files write them, in SPDX spelling."""
    known = {
        "apache-2.0": "Apache-2.0",
        "mit": "MIT",
        "cc-by-4.0": "CC-BY-4.0",
        "bsd-3-clause": "BSD-3-Clause",
    }
    return known.get(licence.lower(), licence)
