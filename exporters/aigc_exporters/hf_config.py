"""A Hugging Face ``config.json`` as the shape of a decoder, or an error that names what is not supported."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.json_file import read_object
from aigc_exporters.rope import Rope, scaled_rope
from aigc_sdk.errors import BadInputError, ExportError

CONFIG_NAME = "config.json"
_MOST_BYTES = 1 << 20
# Sizes are stated before any tensor proves them: without a bound a small file could ask for all memory.
_MOST = 1 << 20

# Model type -> the one architecture of it that is a decoder with a head.
_ARCHITECTURES = {"llama": "LlamaForCausalLM", "mistral": "MistralForCausalLM", "qwen2": "Qwen2ForCausalLM"}


@dataclass(frozen=True)
class HfDecoder:
    """What a configuration says of a decoder.

    Attributes:
        config: its shape. `tied` is what the configuration says, or False where it says nothing.
        tied: whether it says that the head is the embedding; None where it says nothing.
        qkv_bias: query, key and value projections have biases.
        output_bias: the attention's output projection has one.
        values: the configuration itself.
        note: what was not taken over as it is, in words.
    """

    config: DecoderConfig
    tied: bool | None
    qkv_bias: bool
    output_bias: bool
    values: Mapping[str, Any]
    note: str


def is_decoder_folder(folder: str | Path) -> bool:
    """Whether a folder is a Hugging Face model folder of a decoder, of a supported family or not."""
    try:
        values = read_object(Path(folder) / CONFIG_NAME, most_bytes=_MOST_BYTES)
    except BadInputError:
        return False
    names = values.get("architectures")
    if isinstance(names, list) and names:
        return any(isinstance(name, str) and name.endswith("ForCausalLM") for name in names)
    return values.get("model_type") in _ARCHITECTURES


def read_config(folder: Path, *, max_positions: int | None = None) -> HfDecoder:
    """Read the ``config.json`` of a folder.

    Args:
        folder: the model's folder.
        max_positions: longest sequence to import, where less than the model's is wanted.

    Raises:
        BadInputError: if the file is missing, damaged or inconsistent.
        ExportError: for a family, activation or option that is not supported.
    """
    values = read_object(folder / CONFIG_NAME, most_bytes=_MOST_BYTES)
    family = _family(values)
    hidden, heads = _count(values, "hidden_size"), _count(values, "num_attention_heads")
    head_dim = _count(values, "head_dim", hidden // heads)
    layers = _count(values, "num_hidden_layers")
    rope = _rope(values, head_dim)
    positions = rope.positions
    if max_positions is not None:
        if isinstance(max_positions, bool) or not isinstance(max_positions, int) or max_positions < 1:
            raise BadInputError(f"max_positions must be a positive integer, not {max_positions!r:.40}.")
        if max_positions > positions:
            raise BadInputError(f"The model serves {positions} positions; max_positions asks for more.")
        positions = max_positions
    attention_bias = _flag(values, "attention_bias")
    tied = None if values.get("tie_word_embeddings") is None else _flag(values, "tie_word_embeddings")
    try:
        config = DecoderConfig(
            layers=layers,
            hidden=hidden,
            heads=heads,
            kv_heads=_count(values, "num_key_value_heads", heads),
            head_dim=head_dim,
            ffn=_count(values, "intermediate_size"),
            vocab_size=_count(values, "vocab_size"),
            max_positions=positions,
            rope_theta=rope.theta,
            rms_eps=_number(values, "rms_norm_eps", 1e-6),
            tied=bool(tied),
            rope_factors=rope.factors,
            rope_attention_factor=rope.attention_factor,
            windows=_windows(values, family, layers, positions),
        )
    except BadInputError:
        raise  # names its entry
    except ValueError as error:
        raise BadInputError(f"{CONFIG_NAME} is inconsistent: {error}.") from error
    return HfDecoder(
        config=config,
        tied=tied,
        qkv_bias=family == "qwen2" or attention_bias,
        output_bias=family != "qwen2" and attention_bias,
        values=values,
        note=rope.note,
    )


def refuse_code(values: Mapping[str, Any], families: Iterable[str]) -> None:
    """Raise `ExportError` where a configuration names code of the model's own; `families` need none."""
    if values.get("auto_map"):
        raise ExportError(
            f"The model brings code of its own (auto_map in {CONFIG_NAME}), which is never run.",
            hint=f"Take a model of a family that needs none: {', '.join(families)}.",
        )


def _family(values: Mapping[str, Any]) -> str:
    """The supported model type that a configuration is of."""
    quantization = values.get("quantization_config")
    if quantization is not None:
        method = quantization.get("quant_method") if isinstance(quantization, dict) else None
        raise ExportError(
            f"The model's weights are quantised ({method or 'in a way it does not name'!s:.40}), "
            "which is not supported for safetensors.",
            hint="Take the model as it was before, or its GGUF file; the import quantises by itself.",
        )
    refuse_code(values, _ARCHITECTURES)
    family, names = values.get("model_type"), values.get("architectures")
    supported = ", ".join(_ARCHITECTURES.values())
    if not isinstance(family, str) or family not in _ARCHITECTURES:
        raise ExportError(
            f"Models of type {family!r:.40} are not supported.", hint=f"Supported: {supported}."
        )
    if names and names != [_ARCHITECTURES[family]]:
        raise ExportError(
            f"The architecture {', '.join(map(str, names)) if isinstance(names, list) else names!s:.80} is not "
            "supported.",
            hint=f"Supported: {supported}.",
        )
    for name in ("num_local_experts", "num_experts", "n_routed_experts"):
        if values.get(name):
            raise ExportError("Mixture-of-experts models are not supported.", hint="Take a dense model.")
    activation = values.get("hidden_act", "silu")
    if activation not in ("silu", "swish"):
        raise ExportError(f"The activation {activation!r:.40} is not supported.", hint="Supported: silu.")
    if _flag(values, "mlp_bias"):
        raise ExportError("Biases in the feed-forward (mlp_bias) are not supported.")
    return family


def _rope(values: Mapping[str, Any], head_dim: int) -> Rope:
    """The rotary embedding: one dictionary since Transformers 5, two entries before."""
    settings = values.get("rope_parameters") or values.get("rope_scaling") or {}
    if not isinstance(settings, dict):
        raise BadInputError(f"{CONFIG_NAME}: the settings of the rotary embedding are no object.")
    theta = settings.get("rope_theta", values.get("rope_theta", 10_000.0))
    partial = settings.get("partial_rotary_factor", values.get("partial_rotary_factor"))
    if partial not in (None, 1):
        raise ExportError("Rotary embedding of a part of each head is not supported.")
    if not _is_number(theta):
        raise BadInputError(f"{CONFIG_NAME} has no usable entry rope_theta.")
    positions = _count(values, "max_position_embeddings")
    return scaled_rope(
        settings, theta=float(theta), head_dim=head_dim, positions=positions, where=CONFIG_NAME
    )


def _windows(values: Mapping[str, Any], family: str, layers: int, positions: int) -> tuple[int, ...]:
    """How far each layer looks back; empty where all of them see everything."""
    if family == "llama" or (family == "qwen2" and not _flag(values, "use_sliding_window")):
        return ()
    if values.get("sliding_window", 4096) is None:
        return ()
    window = _count(values, "sliding_window", 4096)
    if window >= positions:
        return ()
    kinds = values.get("layer_types")
    if kinds is None:
        first = _count(values, "max_window_layers", 28, least=0) if family == "qwen2" else 0
        return tuple(window if index >= first else 0 for index in range(layers))
    names = {"sliding_attention": window}
    if family == "qwen2":  # Mistral's own code gives every layer the window
        names["full_attention"] = 0
    if not isinstance(kinds, list) or len(kinds) != layers:
        raise BadInputError(f"{CONFIG_NAME}: layer_types must have one entry for each of {layers} layers.")
    if not all(isinstance(kind, str) and kind in names for kind in kinds):
        raise ExportError(
            f"{CONFIG_NAME}: layer_types names a kind of attention that is not supported.",
            hint=f"Supported: {', '.join(names)}.",
        )
    return tuple(names[kind] for kind in kinds)


def _is_number(value: Any) -> bool:
    # An integer may be larger than any float.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _number(values: Mapping[str, Any], name: str, default: float) -> float:
    value = values.get(name, default)
    if not _is_number(value) or value <= 0:
        raise BadInputError(f"{CONFIG_NAME} has no usable entry {name}.")
    return float(value)


def _count(values: Mapping[str, Any], name: str, default: int | None = None, *, least: int = 1) -> int:
    value = values.get(name)
    value = default if value is None else value
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
        raise BadInputError(
            f"{CONFIG_NAME} has no usable entry {name}.", hint=f"It must be an integer, {least} to {_MOST}."
        )
    return value


def _flag(values: Mapping[str, Any], name: str) -> bool:
    value = values.get(name, False)
    if not isinstance(value, bool):
        raise BadInputError(f"{CONFIG_NAME}: {name} must be true or false.")
    return value
