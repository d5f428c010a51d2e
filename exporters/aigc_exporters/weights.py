"""Weight matrices as a decoder graph stores them: dense, or quantised in blocks along the input dimension.

A block-quantised matrix of `bits` bits holds, for each output row and each block of `block_size` inputs,
unsigned codes `c`, a scale `d` and optionally an offset `m`:

    w = d * (c - 2**(bits - 1)) + m

GGUF's Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K and Q6_K are all of this form, so importing them changes no
weight. The zero point sits in the middle of the code range (not at 0, as Q4_1 has it), because the int8
kernels round the activations and the noise of that rounding grows with the codes' magnitude.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
UInt8 = npt.NDArray[np.uint8]

_FITS = 4  # rounds of fitting a 4-bit block


@dataclass(frozen=True)
class DenseMatrix:
    """A float matrix of shape [out, in] (float32, or float16 where the source has no more)."""

    values: npt.NDArray[np.floating]

    @property
    def shape(self) -> tuple[int, int]:
        """(out, in)."""
        rows, columns = self.values.shape
        return int(rows), int(columns)

    @property
    def kind(self) -> tuple[object, ...]:
        """What two matrices must share to be packed into one."""
        return ("dense", self.values.dtype.str)

    def dequantize(self) -> Float32:
        """The matrix as float32, [out, in]."""
        return np.asarray(self.values, dtype=np.float32)

    def take_rows(self, order: npt.NDArray[np.intp]) -> DenseMatrix:
        """The same matrix with its output rows in another order."""
        return DenseMatrix(np.ascontiguousarray(self.values[order]))


@dataclass(frozen=True)
class BlockMatrix:
    """A matrix quantised in blocks along its inputs.

    Attributes:
        bits: 4 or 8.
        codes: uint8 [out, blocks, block_size * bits / 8]; for 4 bits, code 2j is the low nibble of byte j.
        scales: float16 or float32 [out, blocks].
        minima: float16 or float32 [out, blocks] or None: the value of code `first_code`, where the source stores
            one (w = d * (c - first_code) + minimum). None means that the zero point 2**(bits - 1) is exact.
        first_code: see `minima`.
    """

    bits: int
    codes: UInt8
    scales: npt.NDArray[np.floating]
    minima: npt.NDArray[np.floating] | None = None
    first_code: int = 0

    @property
    def block_size(self) -> int:
        """Inputs that share one scale."""
        return int(self.codes.shape[2]) * 8 // self.bits

    @property
    def zero_point(self) -> int:
        """The code whose value is the offset."""
        return int(2 ** (self.bits - 1))

    @property
    def shape(self) -> tuple[int, int]:
        """(out, in)."""
        return int(self.codes.shape[0]), int(self.codes.shape[1]) * self.block_size

    @property
    def kind(self) -> tuple[object, ...]:
        """What two matrices must share to be packed into one."""
        minima = None if self.minima is None else self.minima.dtype.str
        return ("blocks", self.bits, self.block_size, self.scales.dtype.str, minima, self.first_code)

    def unpacked(self) -> UInt8:
        """Codes one a byte, [out, blocks, block_size]."""
        if self.bits == 8:
            return self.codes
        pairs = np.stack([self.codes & 0x0F, self.codes >> 4], axis=-1)
        return pairs.reshape(*self.codes.shape[:2], self.block_size)

    def offsets(self) -> Float32 | None:
        """Value of the code `zero_point`, float32 [out, blocks], or None where it is 0."""
        if self.minima is None:
            return None
        steps = np.float32(self.zero_point - self.first_code)
        return self.minima.astype(np.float32) + steps * self.scales.astype(np.float32)

    def dequantize(self) -> Float32:
        """The matrix as float32, [out, in]."""
        scales = self.scales.astype(np.float32)[..., None]
        codes = self.unpacked().astype(np.float32)
        if self.minima is None:
            values = scales * (codes - np.float32(self.zero_point))
        else:
            values = (
                scales * (codes - np.float32(self.first_code)) + self.minima.astype(np.float32)[..., None]
            )
        return np.asarray(values.reshape(self.shape), dtype=np.float32)

    def take_rows(self, order: npt.NDArray[np.intp]) -> BlockMatrix:
        """The same matrix with its output rows in another order (exact: blocks lie along the inputs)."""
        minima = None if self.minima is None else self.minima[order]
        return BlockMatrix(self.bits, self.codes[order], self.scales[order], minima, self.first_code)


Matrix = DenseMatrix | BlockMatrix


def pack_nibbles(codes: UInt8) -> UInt8:
    """Pack 4-bit codes, [..., 2n] one a byte, into [..., n]: code 2j low, code 2j + 1 high."""
    return np.asarray(codes[..., 0::2] | (codes[..., 1::2] << 4), dtype=np.uint8)


def quantize_q8_0(values: Float32, block_size: int = 32) -> BlockMatrix:
    """Quantise [out, in] to 8 bits in blocks along the inputs, symmetric (GGUF's Q8_0).

    The largest magnitude of a block maps to 127; scales are float16, as in GGUF.

    Raises:
        ValueError: if the inputs are no multiple of `block_size`.
    """
    blocks = _blocks(values, block_size)
    scales = (np.abs(blocks).max(axis=-1) / 127.0).astype(np.float16)
    wide = scales.astype(np.float32)
    inverse = np.divide(1.0, wide, out=np.zeros_like(wide), where=wide > 0)
    codes = np.clip(np.rint(blocks * inverse[..., None]), -127, 127) + 128
    return BlockMatrix(8, codes.astype(np.uint8), scales)


def quantize_q4_1(values: Float32, block_size: int = 32) -> BlockMatrix:
    """Quantise [out, in] to 4 bits in blocks along the inputs, with a scale and a minimum each (GGUF's Q4_1).

    Starting from the range of a block, scale and minimum are fitted by least squares to the codes and the codes
    rounded anew, as long as the block's squared error falls. Scales and minima are float16, as in GGUF.

    Raises:
        ValueError: if the inputs are no multiple of `block_size`.
    """
    blocks = _blocks(values, block_size)
    minima = blocks.min(axis=-1).astype(np.float16)
    scales = ((blocks.max(axis=-1) - minima) / 15.0).astype(np.float16)
    codes, error = _rounded(blocks, scales, minima)
    for _ in range(_FITS):
        mean_code, mean = codes.mean(axis=-1, keepdims=True), blocks.mean(axis=-1, keepdims=True)
        spread = np.square(codes - mean_code).sum(axis=-1)
        slope = ((codes - mean_code) * (blocks - mean)).sum(axis=-1)
        fitted = np.divide(slope, spread, out=scales.astype(np.float32), where=spread > 0)
        lowest = (mean[..., 0] - fitted * mean_code[..., 0]).astype(np.float16)
        fitted_codes, fitted_error = _rounded(blocks, fitted.astype(np.float16), lowest)
        better = fitted_error < error
        scales = np.where(better, fitted.astype(np.float16), scales)
        minima = np.where(better, lowest, minima)
        codes = np.where(better[..., None], fitted_codes, codes)
        error = np.where(better, fitted_error, error)
    return BlockMatrix(4, pack_nibbles(codes.astype(np.uint8)), scales, minima)


def _blocks(values: Float32, block_size: int) -> Float32:
    """[out, in] as float32 [out, blocks, block_size]."""
    rows, columns = values.shape
    if columns % block_size:
        raise ValueError(f"cannot quantise a matrix with {columns} inputs in blocks of {block_size}")
    return values.reshape(rows, columns // block_size, block_size).astype(np.float32)


def _rounded(
    blocks: Float32, scales: npt.NDArray[np.float16], minima: npt.NDArray[np.float16]
) -> tuple[Float32, Float32]:
    """The nearest codes 0..15 as floats, [..., block], and the squared error of each block, [...]."""
    scale, minimum = scales.astype(np.float32)[..., None], minima.astype(np.float32)[..., None]
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    codes = np.clip(np.rint((blocks - minimum) * inverse), 0, 15)
    return codes, np.square(codes * scale + minimum - blocks).sum(axis=-1)


def concatenate_rows(matrices: Sequence[Matrix]) -> Matrix | None:
    """Join matrices that read the same input into one, [sum of out, in]; None if their kinds differ."""
    if len({matrix.kind for matrix in matrices}) != 1:
        return None
    dense = [matrix for matrix in matrices if isinstance(matrix, DenseMatrix)]
    if dense:
        return DenseMatrix(np.concatenate([matrix.values for matrix in dense]))
    blocks = [matrix for matrix in matrices if isinstance(matrix, BlockMatrix)]
    minima = [matrix.minima for matrix in blocks if matrix.minima is not None]
    return BlockMatrix(
        blocks[0].bits,
        np.concatenate([matrix.codes for matrix in blocks]),
        np.concatenate([matrix.scales for matrix in blocks]),
        np.concatenate(minima) if minima else None,
        blocks[0].first_code,
    )


@dataclass(frozen=True)
class LayerWeights:
    """One decoder layer. Matrices are [out, in]; norms and biases are float32 vectors.

    Rows of `query` and `key` are in half-split ("NeoX", Hugging Face) RoPE order within each head.
    """

    attention_norm: Float32
    query: Matrix
    key: Matrix
    value: Matrix
    output: Matrix
    feed_forward_norm: Float32
    gate: Matrix
    up: Matrix
    down: Matrix
    query_bias: Float32 | None = None
    key_bias: Float32 | None = None
    value_bias: Float32 | None = None
    output_bias: Float32 | None = None


class DecoderWeights(Protocol):
    """Where a graph builder takes weights from; layers are read one at a time, so that a file can stay mapped."""

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""

    def head(self) -> Matrix | None:
        """The language-model head, [vocab_size, hidden]; None where it is tied to the embedding."""

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
