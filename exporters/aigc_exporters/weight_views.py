"""Other views of a provider's weights: every matrix in the storage that a bundle is to have."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from aigc_exporters.encoder_weights import EncoderLayerWeights
from aigc_exporters.weights import (
    BlockMatrix,
    DecoderWeights,
    DenseMatrix,
    Float32,
    LayerWeights,
    Matrix,
    concatenate_rows,
    quantize_q4_1,
    quantize_q8_0,
)
from aigc_sdk.errors import BadInputError, ExportError

STORAGES = ("int8", "int4", "float16", "float32")
_ROWS_AT_ONCE = 8192

_Layer = TypeVar("_Layer", LayerWeights, EncoderLayerWeights)


class MappedWeights:
    """Another provider's weights with a function applied to every matrix.

    Args:
        weights: the other provider's.
        convert: the function.
        convert_table: the function for embedding and head; default `convert`.
    """

    def __init__(
        self,
        weights: DecoderWeights,
        convert: Callable[[Matrix], Matrix],
        *,
        convert_table: Callable[[Matrix], Matrix] | None = None,
    ) -> None:
        self._weights = weights
        self._convert = convert
        self._convert_table = convert_table or convert

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._convert_table(self._weights.embedding())

    def head(self) -> Matrix | None:
        """The head, [vocab_size, hidden], or None where it is tied."""
        head = self._weights.head()
        return None if head is None else self._convert_table(head)

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return self._weights.final_norm()

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
        return with_matrices(self._weights.layer(index), self._convert)


def with_matrices(layer: _Layer, convert: Callable[[Matrix], Matrix]) -> _Layer:
    """A layer with `convert` applied to each of its matrices; vectors stay."""
    matrices: dict[str, Any] = {
        field.name: convert(value)
        for field in dataclasses.fields(layer)
        if isinstance(value := getattr(layer, field.name), Matrix)
    }
    return dataclasses.replace(layer, **matrices)


def dense_matrix(matrix: Matrix) -> DenseMatrix:
    """The same matrix in float32."""
    return DenseMatrix(matrix.dequantize())


def int8_matrix(matrix: Matrix) -> Matrix:
    """The matrix in 8 bits in blocks of 32, with a scale each.

    Raises:
        ExportError: if its inputs are no multiple of 32.
    """
    return _by_rows(matrix, quantize_q8_0)


def dequantized(weights: DecoderWeights) -> MappedWeights:
    """The same weights with every matrix in float32."""
    return MappedWeights(weights, dense_matrix)


def quantized_q8_0(weights: DecoderWeights) -> MappedWeights:
    """The same weights with every matrix in 8 bits in blocks of 32.

    Raises (when a matrix is read):
        ExportError: if its inputs are no multiple of 32.
    """
    return MappedWeights(weights, int8_matrix)


def stored_as(weights: DecoderWeights, storage: str) -> MappedWeights:
    """The same weights as a bundle is to hold them.

    Args:
        weights: of any kind.
        storage: "float32"; "float16", which is read as float32 when the graph is loaded; "int8", 8 bits in blocks
            of 32 (GGUF's Q8_0); or "int4", 4 bits in blocks of 32 with a minimum (Q4_1), embedding and head in 8.

    Raises:
        BadInputError: for another storage.
        ExportError: (when a matrix is read) if its inputs are no multiple of 32, or a value is beyond float16.
    """
    if storage == "float32":
        return dequantized(weights)
    if storage == "float16":
        return MappedWeights(weights, _float16)
    if storage == "int8":
        return quantized_q8_0(weights)
    if storage == "int4":
        return MappedWeights(
            weights,
            lambda matrix: _by_rows(matrix, quantize_q4_1),
            # An error in the embedding is in every product after it, one in the head in every probability.
            convert_table=int8_matrix,
        )
    raise BadInputError(f"There is no storage {storage!r:.40}.", hint=f"Choose one of {', '.join(STORAGES)}.")


def _float16(matrix: Matrix) -> Matrix:
    values = matrix.dequantize()
    if np.abs(values).max(initial=0.0) > np.finfo(np.float16).max:
        raise ExportError(
            "The model has weights beyond the range of float16.", hint="Store it as float32 or int8."
        )
    return DenseMatrix(values.astype(np.float16))


def _by_rows(matrix: Matrix, quantize: Callable[[Float32], BlockMatrix]) -> Matrix:
    """Quantise some rows at a time: the embedding of a large vocabulary is gigabytes in float32."""
    rows = np.arange(matrix.shape[0], dtype=np.intp)
    parts = [
        matrix.take_rows(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)
    ]
    try:
        whole = concatenate_rows([quantize(part.dequantize()) for part in parts])
    except ValueError as error:
        raise ExportError(
            f"The model cannot be quantised: {error}.",
            hint="Store it as float32, or make every inner width a multiple of 32.",
        ) from error
    assert whole is not None
    return whole
