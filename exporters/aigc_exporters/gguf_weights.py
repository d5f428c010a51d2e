"""GGUF tensors as the matrices of `aigc_exporters.weights`, quantised ones without changing a weight.

Block layouts are those of ggml (ggml-common.h of llama.cpp); tests compare with `gguf.dequantize`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.weights import (
    BlockMatrix,
    DenseMatrix,
    Float32,
    LayerWeights,
    Matrix,
    UInt8,
    pack_nibbles,
    quantize_q8_0,
)
from aigc_sdk.errors import BadInputError, ExportError

_BLOCK = 32
_SUPER = 256  # weights of a K-quant super-block


def _float16(raw: UInt8) -> npt.NDArray[np.float16]:
    """Bytes [..., 2] to float16 [...]."""
    return np.ascontiguousarray(raw).view("<f2")[..., 0]


def _nibbles(raw: UInt8) -> UInt8:
    """Ggml's order: byte j holds weight j (low) and j + 16 (high)."""
    return np.concatenate([raw & 0x0F, raw >> 4], axis=-1)


def _fifth_bits(raw: UInt8) -> UInt8:
    """Bits of a little-endian word, [..., 4] to [..., 32], each in place of a code's bit 4."""
    return np.asarray(np.unpackbits(raw, axis=-1, bitorder="little") << 4, dtype=np.uint8)


def _q4_0(raw: UInt8) -> BlockMatrix:
    return BlockMatrix(4, pack_nibbles(_nibbles(raw[..., 2:])), _float16(raw[..., :2]))


def _q4_1(raw: UInt8) -> BlockMatrix:
    scales, minima = _float16(raw[..., :2]), _float16(raw[..., 2:4])
    return BlockMatrix(4, pack_nibbles(_nibbles(raw[..., 4:])), scales, minima)


def _q5_0(raw: UInt8) -> BlockMatrix:
    codes = _nibbles(raw[..., 6:]) | _fifth_bits(raw[..., 2:6])
    return BlockMatrix(8, codes + np.uint8(128 - 16), _float16(raw[..., :2]))


def _q5_1(raw: UInt8) -> BlockMatrix:
    codes = _nibbles(raw[..., 8:]) | _fifth_bits(raw[..., 4:8])
    return _centred_5_bits(codes, _float16(raw[..., :2]), _float16(raw[..., 2:4]))


def _q8_0(raw: UInt8) -> BlockMatrix:
    return BlockMatrix(8, raw[..., 2:] ^ np.uint8(0x80), _float16(raw[..., :2]))


def _centred_5_bits(
    codes: UInt8, scales: npt.NDArray[np.floating], minima: npt.NDArray[np.floating]
) -> BlockMatrix:
    """5-bit codes 0..31 in 8 bits, moved to the middle of the range (see `aigc_exporters.weights`)."""
    first = 128 - 16
    return BlockMatrix(8, codes + np.uint8(first), scales, minima, first)


def _k_scales(raw: UInt8) -> tuple[Float32, Float32]:
    """d, dmin and the twelve bytes of 6-bit scales and minima: [..., 16] to two float32 [..., 8]."""
    d, d_min = _float16(raw[..., 0:2]).astype(np.float32), _float16(raw[..., 2:4]).astype(np.float32)
    low, middle, high = raw[..., 4:8], raw[..., 8:12], raw[..., 12:16]
    scales = np.concatenate([low & 0x3F, (high & 0x0F) | ((low >> 2) & 0x30)], axis=-1)
    minima = np.concatenate([middle & 0x3F, (high >> 4) | ((middle >> 2) & 0x30)], axis=-1)
    return d[..., None] * scales.astype(np.float32), -(d_min[..., None] * minima.astype(np.float32))


def _k_nibbles(raw: UInt8) -> UInt8:
    """128 bytes to codes [..., 8, 32]: each 32 bytes hold a block in their low and one in their high nibbles."""
    groups = raw.reshape(*raw.shape[:-1], 4, 1, 32)
    codes = np.concatenate([groups & 0x0F, groups >> 4], axis=-2)
    return codes.reshape(*raw.shape[:-1], 8, 32)


def _split_super_blocks(parts: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """[rows, super-blocks, blocks, ...] to [rows, all blocks, ...]."""
    return parts.reshape(parts.shape[0], -1, *parts.shape[3:])


def _q4_k(raw: UInt8) -> BlockMatrix:
    scales, minima = _k_scales(raw[..., :16])
    codes = pack_nibbles(_k_nibbles(raw[..., 16:144]))
    return BlockMatrix(
        4, _split_super_blocks(codes), _split_super_blocks(scales), _split_super_blocks(minima)
    )


def _q5_k(raw: UInt8) -> BlockMatrix:
    scales, minima = _k_scales(raw[..., :16])
    shifts = np.arange(8, dtype=np.uint8)[:, None]
    fifth = ((raw[..., 16:48][..., None, :] >> shifts) & 1) << 4
    codes = _k_nibbles(raw[..., 48:176]) | fifth
    return _centred_5_bits(
        _split_super_blocks(codes), _split_super_blocks(scales), _split_super_blocks(minima)
    )


def _q6_k(raw: UInt8) -> BlockMatrix:
    low = raw[..., 0:128].reshape(*raw.shape[:-1], 2, 1, 64)
    low = np.concatenate([low & 0x0F, low >> 4], axis=-2).reshape(*raw.shape[:-1], 8, 32)
    high = raw[..., 128:192].reshape(*raw.shape[:-1], 2, 1, 32)
    shifts = np.arange(0, 8, 2, dtype=np.uint8)[:, None]
    top_bits = (((high >> shifts) & 3) << 4).reshape(*raw.shape[:-1], 8, 32)
    codes = (low | top_bits).reshape(*raw.shape[:-1], 16, 16) + np.uint8(128 - 32)
    small = raw[..., 192:208].view(np.int8).astype(np.float32)
    scales = _float16(raw[..., 208:210]).astype(np.float32)[..., None] * small
    return BlockMatrix(8, _split_super_blocks(codes), _split_super_blocks(scales))


_DECODERS: dict[str, tuple[int, Callable[[UInt8], BlockMatrix]]] = {
    "Q4_0": (_BLOCK, _q4_0),
    "Q4_1": (_BLOCK, _q4_1),
    "Q5_0": (_BLOCK, _q5_0),
    "Q5_1": (_BLOCK, _q5_1),
    "Q8_0": (_BLOCK, _q8_0),
    "Q4_K": (_SUPER, _q4_k),
    "Q5_K": (_SUPER, _q5_k),
    "Q6_K": (_SUPER, _q6_k),
}

# Kinds whose blocks no operator of the graph has: read by the `gguf` package and quantised anew, to 8 bits in
# blocks of 32, whose rounding is small beside that of two or three bits.
REQUANTIZED = frozenset({"Q2_K", "Q3_K", "IQ4_NL", "IQ4_XS"})


def matrix_from_blocks(data: npt.NDArray[Any], quantization: str, name: str = "tensor") -> Matrix:
    """A matrix from the data of a GGUF tensor.

    Args:
        data: as `gguf.GGUFReader` gives it: floats [out, in], or bytes [out, bytes of a row].
        quantization: name of the ggml type ("Q4_1", "F16", ...).
        name: of the tensor, for error messages.

    Raises:
        ExportError: for a type that is not supported.
    """
    if data.ndim != 2:
        raise BadInputError(f"Tensor {name!r} has {data.ndim} dimensions, not 2.")
    if quantization in ("F32", "F16"):
        return DenseMatrix(data)
    if quantization == "BF16":
        return DenseMatrix(gguf.dequantize(data, gguf.GGMLQuantizationType.BF16))
    if quantization in REQUANTIZED:
        values = np.asarray(gguf.dequantize(data, gguf.GGMLQuantizationType[quantization]), dtype=np.float32)
        return quantize_q8_0(values)
    if quantization not in _DECODERS:
        supported = ", ".join(["F32", "F16", "BF16", *_DECODERS, *sorted(REQUANTIZED)])
        raise ExportError(
            f"Tensor {name!r} is quantised as {quantization}, which is not supported.",
            hint=f"Take a file with tensors of these kinds: {supported}.",
        )
    weights, decode = _DECODERS[quantization]
    block_bytes = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[quantization]][1]
    if data.shape[-1] % block_bytes:
        raise BadInputError(
            f"Tensor {name!r}: a row is no whole number of {quantization} blocks ({weights})."
        )
    return decode(np.asarray(data).reshape(data.shape[0], -1, block_bytes))


class GgufDecoderWeights:
    """Reads a Llama-family decoder's weights from an open GGUF file, layer by layer.

    Args:
        reader: the open file.
        config: shape of the decoder.
        interleaved: rows of q and k are in llama.cpp's order (RoPE pairs 2i and 2i + 1), as files of architecture
            "llama" have them; they are put back in half-split order. Rows are whole, so this is exact.
    """

    def __init__(self, reader: gguf.GGUFReader, config: DecoderConfig, *, interleaved: bool) -> None:
        self._tensors = {tensor.name: tensor for tensor in reader.tensors}
        self._config = config
        self._interleaved = interleaved

    def embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._matrix("token_embd.weight", self._config.vocab_size, self._config.hidden)

    def head(self) -> Matrix | None:
        """The head, or None where the file has none because it is tied."""
        if self._config.tied:
            return None
        return self._matrix("output.weight", self._config.vocab_size, self._config.hidden)

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return self._vector("output_norm.weight", self._config.hidden)

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
        config, prefix = self._config, f"blk.{index}"
        query_width, key_width = config.heads * config.head_dim, config.kv_heads * config.head_dim
        return LayerWeights(
            attention_norm=self._vector(f"{prefix}.attn_norm.weight", config.hidden),
            query=self._rotary(f"{prefix}.attn_q.weight", config.heads),
            key=self._rotary(f"{prefix}.attn_k.weight", config.kv_heads),
            value=self._matrix(f"{prefix}.attn_v.weight", key_width, config.hidden),
            output=self._matrix(f"{prefix}.attn_output.weight", config.hidden, query_width),
            feed_forward_norm=self._vector(f"{prefix}.ffn_norm.weight", config.hidden),
            gate=self._matrix(f"{prefix}.ffn_gate.weight", config.ffn, config.hidden),
            up=self._matrix(f"{prefix}.ffn_up.weight", config.ffn, config.hidden),
            down=self._matrix(f"{prefix}.ffn_down.weight", config.hidden, config.ffn),
            query_bias=self._bias(f"{prefix}.attn_q.bias", config.heads, rotary=True),
            key_bias=self._bias(f"{prefix}.attn_k.bias", config.kv_heads, rotary=True),
            value_bias=self._bias(f"{prefix}.attn_v.bias", config.kv_heads, rotary=False),
        )

    def _tensor(self, name: str) -> Any:
        try:
            return self._tensors[name]
        except KeyError:
            raise BadInputError(
                f"The GGUF file has no tensor {name!r}.",
                hint="It is incomplete, or of a family that is not supported.",
            ) from None

    def _matrix(self, name: str, rows: int, columns: int) -> Matrix:
        tensor = self._tensor(name)
        matrix = matrix_from_blocks(tensor.data, tensor.tensor_type.name, name)
        if matrix.shape != (rows, columns):
            raise BadInputError(
                f"Tensor {name!r} has shape {matrix.shape}; its metadata say {(rows, columns)}."
            )
        return matrix

    def _vector(self, name: str, size: int) -> Float32:
        tensor = self._tensor(name)
        if tensor.tensor_type.name not in ("F32", "F16", "BF16"):
            raise ExportError(
                f"Tensor {name!r} is a vector of type {tensor.tensor_type.name}, not of floats."
            )
        values = np.asarray(gguf.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32).reshape(-1)
        if values.size != size:
            raise BadInputError(f"Tensor {name!r} has {values.size} values; its metadata say {size}.")
        return values

    def _bias(self, name: str, heads: int, *, rotary: bool) -> Float32 | None:
        if name not in self._tensors:
            return None
        values = self._vector(name, heads * self._config.head_dim)
        return values[self._row_order(heads)] if rotary and self._interleaved else values

    def _rotary(self, name: str, heads: int) -> Matrix:
        matrix = self._matrix(name, heads * self._config.head_dim, self._config.hidden)
        return matrix.take_rows(self._row_order(heads)) if self._interleaved else matrix

    def _row_order(self, heads: int) -> npt.NDArray[np.intp]:
        """Row of the file for each row in half-split order."""
        rows = np.arange(heads * self._config.head_dim).reshape(heads, -1, 2)
        return rows.swapaxes(1, 2).reshape(-1)
