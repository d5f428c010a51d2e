"""Other views of a provider's weights: every matrix as float32, or in 8-bit blocks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from aigc_exporters.weights import (
    BlockMatrix,
    DecoderWeights,
    DenseMatrix,
    Float32,
    LayerWeights,
    Matrix,
    quantize_q8_0,
)
from aigc_sdk.errors import ExportError


class MappedWeights:
    """Another provider's weights with a function applied to every matrix."""

    def __init__(self, weights: DecoderWeights, convert: Callable[[Matrix], Matrix]) -> None:
        self._weights = weights
        self._convert = convert

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._convert(self._weights.embedding())

    def head(self) -> Matrix | None:
        """The head, [vocab_size, hidden], or None where it is tied."""
        head = self._weights.head()
        return None if head is None else self._convert(head)

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return self._weights.final_norm()

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
        layer = self._weights.layer(index)
        matrices: dict[str, Any] = {
            field.name: self._convert(value)
            for field in dataclasses.fields(layer)
            if isinstance(value := getattr(layer, field.name), DenseMatrix | BlockMatrix)
        }
        return dataclasses.replace(layer, **matrices)


def dequantized(weights: DecoderWeights) -> MappedWeights:
    """The same weights with every matrix in float32."""
    return MappedWeights(weights, lambda matrix: DenseMatrix(matrix.dequantize()))


def quantized_q8_0(weights: DecoderWeights) -> MappedWeights:
    """The same weights with every matrix in 8 bits in blocks of 32.

    Raises (when a matrix is read):
        ExportError: if its inputs are no multiple of 32.
    """
    return MappedWeights(weights, _q8_0)


def _q8_0(matrix: Matrix) -> Matrix:
    try:
        return quantize_q8_0(matrix.dequantize())
    except ValueError as error:
        raise ExportError(
            f"The model cannot be quantised: {error}.",
            hint="Make hidden, heads * head_dim and ffn multiples of 32, or keep float32.",
        ) from error
