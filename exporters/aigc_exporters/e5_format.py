"""Reading files of the E5S1 layout: multilingual-e5-small in 4-bit blocks with its tokenizer, little-endian.

Header (magic, version, seven counts, epsilon, block size), tokenizer (pieces, unigram scores, a map of code points),
directory of tensors. Every count and length is checked against the file's size before it is believed.
"""

from __future__ import annotations

import itertools
import math
import struct
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_exporters.encoder_weights import EncoderConfig, EncoderLayerWeights
from aigc_exporters.weights import BlockMatrix, DenseMatrix, Float32, Matrix, pack_nibbles
from aigc_sdk.errors import BadInputError

_FLOAT32, _Q4_0 = 0, 1
_BLOCK, _BLOCK_BYTES = 32, 18
_MOST_PIECES = 1 << 22
_MOST_TENSORS = 1 << 14


@dataclass(frozen=True)
class UnigramVocabulary:
    """A SentencePiece unigram model (arXiv:1808.06226).

    Attributes:
        pieces: by id; a leading U+2581 marks the start of a word.
        scores: log probability of each piece, float32 [pieces].
        bos, eos, pad, unk: ids of the special pieces.
        normalisation: code point to the text that replaces it.
    """

    pieces: tuple[str, ...]
    scores: Float32
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: dict[int, str]


@dataclass(frozen=True)
class _Tensor:
    kind: int
    elements: int
    offset: int
    size: int


class E5File:
    """An opened file: `config`, `vocabulary`, and the weights as `EncoderWeights` asks for them.

    Args:
        path: the file; it stays mapped while this object lives.

    Raises:
        BadInputError: if it is missing, truncated or inconsistent.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadInputError(f"There is no file {path}.")
        self._name = path.name
        if path.stat().st_size < 64:
            raise BadInputError(f"{path.name} is no E5S1 file.")
        self._data: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 0
        if self._take(4).tobytes() != b"E5S1":
            raise BadInputError(f"{path.name} is no E5S1 file.")
        self.config, self._types = self._header()
        self.vocabulary = self._tokenizer()
        self._tensors = self._directory()
        self._rows: npt.NDArray[np.intp] | None = None
        if len(self.vocabulary.pieces) > self.config.vocab_size:
            raise self._damaged("the tokenizer has more pieces than the embedding has rows")

    def keep_rows(self, rows: npt.NDArray[np.intp]) -> None:
        """Read only these rows of the word embedding, in this order: the vocabulary is pruned to them.

        Raises:
            BadInputError: if a row does not exist.
        """
        if not len(rows) or rows.min() < 0 or rows.max() >= self.config.vocab_size or self._rows is not None:
            raise BadInputError("The rows to keep must exist, and be chosen once.")
        self._rows = rows
        self.config = replace(self.config, vocab_size=len(rows))

    def word_embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden], pruned where `keep_rows` was called."""
        table = self._tensors.get("emb.word")
        total = 0 if table is None else table.elements // self.config.hidden
        if self._rows is None:
            return self._matrix("emb.word", self.config.vocab_size, self.config.hidden)
        if total <= int(self._rows.max()):
            raise self._damaged("'emb.word' has too few rows")
        return self._matrix("emb.word", total, self.config.hidden, self._rows)

    def position_embedding(self) -> Float32:
        """Position embeddings plus the row of token type 0, [max_positions, hidden]."""
        hidden = self.config.hidden
        positions = self._vector("emb.pos", self.config.max_positions * hidden).reshape(-1, hidden)
        types = self._vector("emb.type", self._types * hidden).reshape(-1, hidden)
        return np.asarray(positions + types[0], dtype=np.float32)

    def embedding_norm(self) -> tuple[Float32, Float32]:
        """(weight, bias), [hidden] each."""
        return self._norm("emb.ln")

    def layer(self, index: int) -> EncoderLayerWeights:
        """Weights of block `index`."""
        name, hidden, ffn = f"l{index}", self.config.hidden, self.config.ffn
        return EncoderLayerWeights(
            query=self._matrix(f"{name}.q.w", hidden, hidden),
            key=self._matrix(f"{name}.k.w", hidden, hidden),
            value=self._matrix(f"{name}.v.w", hidden, hidden),
            attention_output=self._matrix(f"{name}.ao.w", hidden, hidden),
            intermediate=self._matrix(f"{name}.fi.w", ffn, hidden),
            output=self._matrix(f"{name}.fo.w", hidden, ffn),
            query_bias=self._vector(f"{name}.q.b", hidden),
            key_bias=self._vector(f"{name}.k.b", hidden),
            value_bias=self._vector(f"{name}.v.b", hidden),
            attention_output_bias=self._vector(f"{name}.ao.b", hidden),
            intermediate_bias=self._vector(f"{name}.fi.b", ffn),
            output_bias=self._vector(f"{name}.fo.b", hidden),
            attention_norm=self._norm(f"{name}.aln"),
            output_norm=self._norm(f"{name}.oln"),
        )

    def _header(self) -> tuple[EncoderConfig, int]:
        version, hidden, layers, heads, ffn, rows, positions, types, epsilon, block = self._struct("<I7ifi")
        if version != 1:
            raise BadInputError(f"{self._name} has version {version} of the E5S1 layout; 1 is supported.")
        if block != _BLOCK:
            raise BadInputError(f"{self._name} has blocks of {block} weights; {_BLOCK} are supported.")
        # What the tensors prove later, so that nothing is allocated by a count alone.
        if (
            not 1 <= types <= 1 << 10
            or max(hidden, layers, heads, ffn, positions) > 1 << 16
            or rows > 1 << 24
        ):
            raise self._damaged("its header states sizes that no such model has")
        try:
            config = EncoderConfig(layers, hidden, heads, ffn, rows, positions, float(epsilon))
        except ValueError as error:
            raise self._damaged(str(error)) from error
        return config, types

    def _tokenizer(self) -> UnigramVocabulary:
        count, bos, eos, pad, unk = self._struct("<5i")
        (blob_size,) = self._struct("<Q")
        if not 0 < count <= _MOST_PIECES or any(not 0 <= number < count for number in (bos, eos, pad, unk)):
            raise self._damaged("its tokenizer's counts or special ids are impossible")
        offsets = self._take(4 * (count + 1)).view("<u4").astype(np.int64)
        scores = self._take(4 * count).view("<f4").astype(np.float32)
        blob = self._take(blob_size).tobytes()
        if offsets[0] != 0 or offsets[-1] != len(blob) or (np.diff(offsets) < 0).any():
            raise self._damaged("the offsets of its pieces do not fit")
        if not np.isfinite(scores).all():
            raise self._damaged("a score is not finite")
        try:
            pieces = tuple(blob[a:b].decode() for a, b in itertools.pairwise(offsets))
        except UnicodeDecodeError as error:
            raise self._damaged("a piece is no UTF-8") from error
        if len(set(pieces)) != count:
            raise self._damaged("a piece occurs twice")
        return UnigramVocabulary(pieces, scores, bos, eos, pad, unk, self._normalisation())

    def _normalisation(self) -> dict[int, str]:
        count, size = self._struct("<iI")
        end = self._at + size
        if count < 0 or end > len(self._data) or 5 * count > size:
            raise self._damaged("its normalisation map does not fit")
        found: dict[int, str] = {}
        for _ in range(count):
            point, length = self._struct("<IB")
            try:
                found[point] = "".join(map(chr, self._struct(f"<{length}I")))
                # Lone surrogates are code points, but no text.
                (chr(point) + found[point]).encode()
            except (ValueError, OverflowError) as error:
                raise self._damaged("its normalisation map holds what is no character") from error
        if self._at != end:
            raise self._damaged("its normalisation map has another length than it states")
        return found

    def _directory(self) -> dict[str, _Tensor]:
        (count,) = self._struct("<i")
        if not 0 <= count <= _MOST_TENSORS:
            raise self._damaged(f"it announces {count} tensors")
        found: dict[str, _Tensor] = {}
        for _ in range(count):
            (length,) = self._struct("<H")
            name = self._take(length).tobytes().decode(errors="replace")
            tensor = _Tensor(*self._struct("<BIQQ"))
            if tensor.kind == _FLOAT32:
                wanted = 4 * tensor.elements
            elif tensor.kind == _Q4_0:
                wanted = math.ceil(tensor.elements / _BLOCK) * _BLOCK_BYTES
            else:
                raise BadInputError(f"{self._name}: tensor {name!r} is of the unknown kind {tensor.kind}.")
            if tensor.size != wanted or tensor.offset + tensor.size > len(self._data) or name in found:
                raise self._damaged(f"tensor {name!r} does not fit, or occurs twice")
            found[name] = tensor
        return found

    def _vector(self, name: str, elements: int) -> Float32:
        values = np.asarray(self._bytes(name, elements, _FLOAT32).view("<f4"), dtype=np.float32)
        if not np.isfinite(values).all():
            raise self._damaged(f"tensor {name!r} holds numbers that are not finite")
        return values

    def _norm(self, name: str) -> tuple[Float32, Float32]:
        return self._vector(f"{name}.w", self.config.hidden), self._vector(f"{name}.b", self.config.hidden)

    def _matrix(self, name: str, rows: int, columns: int, keep: npt.NDArray[np.intp] | None = None) -> Matrix:
        tensor = self._tensors.get(name)
        if tensor is not None and tensor.kind == _FLOAT32:
            values = self._vector(name, rows * columns).reshape(rows, columns)
            return DenseMatrix(values if keep is None else values[keep])
        if columns % _BLOCK:
            raise self._damaged(f"tensor {name!r} has rows of {columns} weights, no multiple of {_BLOCK}")
        raw = self._bytes(name, rows * columns, _Q4_0).reshape(rows, columns // _BLOCK, _BLOCK_BYTES)
        if keep is not None:
            raw = raw[keep]
        scales = np.ascontiguousarray(raw[..., :2]).view("<f2")[..., 0]
        if not np.isfinite(scales).all():
            raise self._damaged(f"tensor {name!r} holds scales that are not finite")
        nibbles = raw[..., 2:]
        # Byte j holds weights j and j + 16; the graph's operators want neighbours in one byte.
        codes = pack_nibbles(np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1))
        return BlockMatrix(4, codes, scales)

    def _bytes(self, name: str, elements: int, kind: int) -> npt.NDArray[np.uint8]:
        tensor = self._tensors.get(name)
        if tensor is None or tensor.elements != elements or tensor.kind != kind:
            raise self._damaged(f"tensor {name!r} is missing, or not of the size that the header states")
        return np.array(self._data[tensor.offset : tensor.offset + tensor.size])

    def _struct(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self._take(struct.calcsize(form)).tobytes())

    def _take(self, size: int) -> npt.NDArray[np.uint8]:
        if size > len(self._data) - self._at:
            raise self._damaged(f"{size} bytes are announced at {self._at}, and fewer are left")
        part = np.array(self._data[self._at : self._at + size])
        self._at += size
        return part

    def _damaged(self, what: str) -> BadInputError:
        return BadInputError(f"{self._name} is damaged or truncated: {what}.", hint="Fetch it again.")
