"""The tensors of a BERT-family folder as the matrices of an encoder, checked before the first is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from aigc_exporters.bert_config import BertModel
from aigc_exporters.encoder_weights import EncoderLayerWeights, EncoderWeights
from aigc_exporters.safetensors_file import SafetensorsFolder
from aigc_exporters.weight_views import dense_matrix, int8_matrix, with_matrices
from aigc_exporters.weights import DenseMatrix, Float32, Matrix
from aigc_sdk.errors import BadInputError

STORAGES = ("int8", "float32")
_WORDS, _POSITIONS, _TYPES, _NORM = (
    f"embeddings.{name}"
    for name in ("word_embeddings", "position_embeddings", "token_type_embeddings", "LayerNorm")
)

# Linear maps and norms of a block by the fields of EncoderLayerWeights.
_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attention_output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "intermediate": "intermediate.dense",
    "output": "output.dense",
    "output_norm": "output.LayerNorm",
}
_DISTILBERT = {
    "query": "attention.q_lin",
    "key": "attention.k_lin",
    "value": "attention.v_lin",
    "attention_output": "attention.out_lin",
    "attention_norm": "sa_layer_norm",
    "intermediate": "ffn.lin1",
    "output": "ffn.lin2",
    "output_norm": "output_layer_norm",
}
# What sentence vectors have no use for: the pooler of the first token, buffers of early versions, and heads that
# predict masked words or following sentences.
_UNUSED = ("pooler.dense.weight", "pooler.dense.bias", "embeddings.position_ids", "embeddings.token_type_ids")
_HEADS = tuple(
    f"{name}."
    for name in (
        "cls.predictions",
        "cls.seq_relationship",
        "lm_head",
        "vocab_transform",
        "vocab_layer_norm",
        "vocab_projector",
    )
)


class BertWeights:
    """Reads an encoder's weights, block by block.

    Args:
        tensors: the folder's tensors.
        model: what its configuration says.

    Raises:
        BadInputError: if a tensor is missing or of another shape than the configuration says.
        ExportError: if there are tensors that such a model does not have: adapters, or another family's.
    """

    def __init__(self, tensors: SafetensorsFolder, model: BertModel) -> None:
        config = model.config
        self._tensors, self._model = tensors, model
        if config.layers > len(tensors):
            raise BadInputError(f"config.json announces {config.layers} layers, more than there are tensors.")
        prefix = model.family.prefix
        self._prefix = prefix if any(name.startswith(prefix) for name in tensors) else ""
        distilled = model.family.name == "DistilBert"
        self._names = _DISTILBERT if distilled else _BERT
        self._blocks = "transformer.layer" if distilled else "encoder.layer"
        unused = {self._prefix + name for name in _UNUSED}
        tensors.check(
            {self._place(name): shape for name, shape in self._expected().items()},
            unused=lambda name: name in unused or name.startswith(_HEADS),
        )

    def word_embedding(self) -> DenseMatrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._matrix(f"{_WORDS}.weight")

    def position_embedding(self) -> Float32:
        """Position embeddings that texts use, with row 0 of the token types added, [max_positions, hidden]."""
        first, config = self._model.first_row, self._model.config
        positions = self._vector(f"{_POSITIONS}.weight")[first : first + config.max_positions]
        if self._model.types:
            positions = positions + self._vector(f"{_TYPES}.weight")[0]
        return positions

    def embedding_norm(self) -> tuple[Float32, Float32]:
        """(weight, bias) of the LayerNorm after the embeddings, [hidden] each."""
        return self._norm(_NORM)

    def layer(self, index: int) -> EncoderLayerWeights:
        """Weights of block `index`."""
        values: dict[str, Any] = {}
        for part, name in self._names.items():
            name = f"{self._blocks}.{index}.{name}"
            if part.endswith("_norm"):
                values[part] = self._norm(name)
            else:
                values[part] = self._matrix(f"{name}.weight")
                values[f"{part}_bias"] = self._vector(f"{name}.bias")
        return EncoderLayerWeights(**values)

    def _expected(self) -> dict[str, tuple[int, ...]]:
        model, config = self._model, self._model.config
        shapes: dict[str, tuple[int, ...]] = {
            f"{_WORDS}.weight": (config.vocab_size, config.hidden),
            f"{_POSITIONS}.weight": (model.rows, config.hidden),
            f"{_NORM}.weight": (config.hidden,),
            f"{_NORM}.bias": (config.hidden,),
        }
        if model.types:
            shapes[f"{_TYPES}.weight"] = (model.types, config.hidden)
        widths = {"intermediate": (config.ffn, config.hidden), "output": (config.hidden, config.ffn)}
        for index in range(config.layers):
            for part, name in self._names.items():
                rows, columns = widths.get(part, (config.hidden, config.hidden))
                name = f"{self._blocks}.{index}.{name}"
                shapes[f"{name}.weight"] = (rows,) if part.endswith("_norm") else (rows, columns)
                shapes[f"{name}.bias"] = (rows,)
        return shapes

    def _place(self, name: str) -> str:
        """Name of a tensor in the folder: models converted from TensorFlow call a norm's parts gamma and beta."""
        whole = self._prefix + name
        if whole not in self._tensors and ".LayerNorm." in whole:
            old = whole.replace("LayerNorm.weight", "LayerNorm.gamma").replace(
                "LayerNorm.bias", "LayerNorm.beta"
            )
            return old if old in self._tensors else whole
        return whole

    def _matrix(self, name: str) -> DenseMatrix:
        return DenseMatrix(self._vector(name))

    def _vector(self, name: str) -> Float32:
        return np.asarray(self._tensors.read(self._place(name)), dtype=np.float32)

    def _norm(self, name: str) -> tuple[Float32, Float32]:
        return self._vector(f"{name}.weight"), self._vector(f"{name}.bias")


class MappedEncoder:
    """Another provider's weights with a function applied to every matrix, and fewer positions if asked for."""

    def __init__(
        self, weights: EncoderWeights, convert: Callable[[Matrix], Matrix], *, positions: int
    ) -> None:
        self._weights, self._convert, self._rows = weights, convert, positions
        self.embedding_norm = weights.embedding_norm

    def word_embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._convert(self._weights.word_embedding())

    def position_embedding(self) -> Float32:
        """Position embeddings, [positions, hidden]."""
        return self._weights.position_embedding()[: self._rows]

    def layer(self, index: int) -> EncoderLayerWeights:
        """Weights of block `index`."""
        return with_matrices(self._weights.layer(index), self._convert)


def stored_encoder(weights: EncoderWeights, storage: str, *, positions: int) -> MappedEncoder:
    """The weights as a bundle stores them.

    Args:
        weights: as the source has them.
        storage: "int8", 8 bits in blocks of 32 with a scale each, or "float32".
        positions: rows of the position embedding to keep.

    Raises:
        BadInputError: if there is no such storage.
        ExportError: (when a matrix is read) if its inputs are no multiple of 32.
    """
    if storage not in STORAGES:
        raise BadInputError(
            f"There is no storage {storage!r:.40}.", hint=f"Choose one of {', '.join(STORAGES)}."
        )
    convert = int8_matrix if storage == "int8" else dense_matrix
    return MappedEncoder(weights, convert, positions=positions)
