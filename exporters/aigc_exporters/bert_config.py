"""The ``config.json`` of BERT, RoBERTa, XLM-RoBERTa and DistilBERT, or an error that names what is not supported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from aigc_exporters.encoder_weights import Activation, EncoderConfig
from aigc_exporters.hf_config import CONFIG_NAME, refuse_code
from aigc_exporters.json_file import read_object
from aigc_sdk.errors import BadInputError, ExportError

_MOST_BYTES = 1 << 20

# Names of activations in Transformers, and what they compute.
_ACTIVATIONS: dict[str, Activation] = {
    "gelu": "gelu",
    "gelu_python": "gelu",
    **dict.fromkeys(("gelu_new", "gelu_fast", "gelu_pytorch_tanh"), "gelu_tanh"),
    "relu": "relu",
}
# Without a head, or with one that predicts masked words, which sentence vectors have no use for.
_ENDINGS = ("Model", "ForMaskedLM", "ForPreTraining")


@dataclass(frozen=True)
class BertFamily:
    """How a model type differs from the others.

    Attributes:
        name: start of its architectures' names.
        prefix: of its tensors where the model was saved with a head.
        pad: id of padding where the configuration names none.
        padded_positions: positions are counted from the padding id on (RoBERTa, from fairseq).
        token_types: it has an embedding of token types.
        pooled: what turns the first token into a vector in base models, which is not used.
    """

    name: str
    prefix: str
    pad: int
    padded_positions: bool = False
    token_types: bool = True


FAMILIES = {
    "bert": BertFamily("Bert", "bert.", 0),
    "roberta": BertFamily("Roberta", "roberta.", 1, padded_positions=True),
    "xlm-roberta": BertFamily("XLMRoberta", "roberta.", 1, padded_positions=True),
    "distilbert": BertFamily("DistilBert", "distilbert.", 0, token_types=False),
}


@dataclass(frozen=True)
class BertModel:
    """What a configuration says of an encoder.

    Attributes:
        config: its shape; `max_positions` counts the positions that a text can use.
        family: the model type.
        rows: of the position embedding, the unused first ones included.
        first_row: of them, the one of a text's first token.
        types: rows of the embedding of token types; 0 where there is none.
        pad: id of padding.
    """

    config: EncoderConfig
    family: BertFamily
    rows: int
    first_row: int
    types: int
    pad: int


# Sizes are stated before any tensor proves them: without a bound a small file could ask for all memory.
_Width = Annotated[int, Field(strict=True, ge=1, le=1 << 16)]
_Rows = Annotated[int, Field(strict=True, ge=1, le=1 << 24)]


class _Sizes(BaseModel):
    """The entries that shape a model; DistilBERT has names of its own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    vocab_size: _Rows
    hidden: _Width = Field(validation_alias=AliasChoices("hidden_size", "dim"))
    layers: int = Field(
        strict=True, ge=1, le=1 << 12, validation_alias=AliasChoices("num_hidden_layers", "n_layers")
    )
    heads: _Width = Field(validation_alias=AliasChoices("num_attention_heads", "n_heads"))
    ffn: int = Field(
        strict=True, ge=1, le=1 << 18, validation_alias=AliasChoices("intermediate_size", "hidden_dim")
    )
    positions: int = Field(strict=True, ge=3, le=1 << 20, validation_alias="max_position_embeddings")
    types: _Width = Field(default=2, validation_alias="type_vocab_size")
    epsilon: float = Field(default=1e-12, gt=0, lt=1, validation_alias="layer_norm_eps")
    activation: str = Field(default="gelu", validation_alias=AliasChoices("hidden_act", "activation"))
    pad: int | None = Field(default=None, strict=True, ge=0, lt=1 << 24, validation_alias="pad_token_id")


def read_settings(folder: Path) -> dict[str, Any]:
    """The configuration of a folder as it is.

    Raises:
        BadInputError: if it is missing or damaged.
    """
    return read_object(folder / CONFIG_NAME, most_bytes=_MOST_BYTES)


def read_bert_config(folder: Path) -> BertModel:
    """Read the ``config.json`` of a folder.

    Raises:
        BadInputError: if the file is missing, damaged or inconsistent.
        ExportError: for a family, head, activation or option that is not supported.
    """
    values = read_settings(folder)
    family = _family(values)
    try:
        sizes = _Sizes.model_validate(values)
    except ValidationError as error:
        entry = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, entry["loc"]))
        raise BadInputError(f"{CONFIG_NAME} has no usable entry {place}: {entry['msg']}.") from error
    if sizes.activation not in _ACTIVATIONS:
        raise ExportError(
            f"The activation {sizes.activation!r:.40} is not supported.",
            hint=f"Supported: {', '.join(_ACTIVATIONS)}.",
        )
    pad = family.pad if sizes.pad is None else sizes.pad
    first = pad + 1 if family.padded_positions else 0
    if sizes.positions - first < 3:
        raise BadInputError(
            f"{CONFIG_NAME} is inconsistent: {sizes.positions} positions leave none for a text."
        )
    try:
        config = EncoderConfig(
            layers=sizes.layers,
            hidden=sizes.hidden,
            heads=sizes.heads,
            ffn=sizes.ffn,
            vocab_size=sizes.vocab_size,
            max_positions=sizes.positions - first,
            # DistilBERT's code has no other.
            layer_norm_eps=sizes.epsilon if family.token_types else 1e-12,
            activation=_ACTIVATIONS[sizes.activation],
        )
    except ValueError as error:
        raise BadInputError(f"{CONFIG_NAME} is inconsistent: {error}.") from error
    return BertModel(config, family, sizes.positions, first, sizes.types if family.token_types else 0, pad)


def _family(values: Mapping[str, Any]) -> BertFamily:
    if values.get("quantization_config") is not None:
        raise ExportError(
            "The model's weights are quantised, which is not supported for encoders.",
            hint="Take the model as it was before; the import quantises by itself.",
        )
    refuse_code(values, FAMILIES)
    kind = values.get("model_type")
    if not isinstance(kind, str) or kind not in FAMILIES:
        raise ExportError(
            f"Encoders of type {kind!r:.40} are not supported.", hint=f"Supported: {', '.join(FAMILIES)}."
        )
    family, names = FAMILIES[kind], values.get("architectures")
    allowed = [family.name + ending for ending in _ENDINGS]
    if names and (not isinstance(names, list) or any(name not in allowed for name in names)):
        named = ", ".join(map(str, names)) if isinstance(names, list) else str(names)
        raise ExportError(
            f"The architecture {named:.80} is not supported.",
            hint=f"Supported: {', '.join(allowed)}. Heads that classify are not taken over: "
            "train one on the encoder's vectors (aigc train text/classify).",
        )
    for name in ("is_decoder", "add_cross_attention", "is_encoder_decoder"):
        if values.get(name):
            raise ExportError(f"Models with {name} in config.json are no encoders.")
    scheme = values.get("position_embedding_type", "absolute")
    if scheme != "absolute":
        raise ExportError(f"Position embeddings of the kind {scheme!r:.40} are not supported.")
    return family
