"""An index in memory or in memory maps: passages, where each is from, and what finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from aigc_text.knowledge.chunks import chunk
from aigc_text.knowledge.sparse import Postings, SparseIndex

if TYPE_CHECKING:
    from aigc_text.knowledge.documents import Document
    from aigc_text.knowledge.encoder import EncoderRef, Vectors

PATH_SEPARATOR: Final = " › "

FILE, HEADING, ROWS, START, END, TEXT_START, TEXT_END = range(7)
"""Columns of `KnowledgeIndex.chunks`."""
COLUMNS: Final = 7


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file in an index.

    Attributes:
        name: From the folder down, with ``/``.
        sha256: Of its bytes.
        size: In bytes.
        mtime_ns: When it was last changed; 0 where that is no proof that it has not changed since.
        notes: What was left out or mended while reading.
    """

    name: str
    sha256: str
    size: int
    mtime_ns: int
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        about = {"name": self.name, "sha256": self.sha256, "size": self.size, "mtime_ns": self.mtime_ns}
        return about | ({"notes": list(self.notes)} if self.notes else {})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a passage stands: ``start`` to ``end`` in the text read from ``file``, under the headings ``path``."""

    file: str
    path: tuple[str, ...]
    start: int
    end: int

    @property
    def label(self) -> str:
        """``guide.md › Returns``, on one line whatever file and headings are called."""
        return " ".join(PATH_SEPARATOR.join((self.file, *self.path)).split())

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"file": self.file, "path": list(self.path), "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class KnowledgeIndex:
    """Passages of documents. Immutable, so any number of threads may search it.

    Attributes:
        files: The documents.
        headings: Distinct heading paths.
        chunks: int64 [passages, 7]: file, heading path, whether it is rows of a table, span in the document, span in ``texts``.
        texts: uint8 [bytes], UTF-8 of the passages one after the other.
        sparse: What finds them by words.
        vectors: float32 [passages, dimensions], rows of length 1; None where no encoder was at hand.
        encoder: What made ``vectors``.
    """

    files: tuple[FileEntry, ...]
    headings: tuple[tuple[str, ...], ...]
    chunks: npt.NDArray[np.int64]
    texts: npt.NDArray[np.uint8]
    sparse: SparseIndex
    vectors: Vectors | None = None
    encoder: EncoderRef | None = None

    def __len__(self) -> int:
        return len(self.chunks)

    def text(self, number: int) -> str:
        """The text of a passage."""
        row = self.chunks[number]
        return self.texts[row[TEXT_START] : row[TEXT_END]].tobytes().decode()

    def source(self, number: int) -> Source:
        """Where a passage stands."""
        row = self.chunks[number]
        return Source(self.files[row[FILE]].name, self.headings[row[HEADING]], int(row[START]), int(row[END]))

    def is_rows(self, number: int) -> bool:
        """Whether a passage is rows of a table."""
        return bool(self.chunks[number, ROWS])

    def searched(self, number: int) -> str:
        """What a passage is found by: its headings and its text."""
        return searched_text(self.headings[self.chunks[number, HEADING]], self.text(number))

    # ---- making others of it -------------------------------------------------------------------

    def select(self, files: Sequence[int]) -> KnowledgeIndex:
        """An index of some of the files, in the order given."""
        owners = self.chunks[:, FILE]
        starts, ends = np.searchsorted(owners, files), np.searchsorted(owners, files, side="right")
        kept = np.concatenate([np.empty(0, np.int64), *map(np.arange, starts, ends)])
        chunks = np.array(self.chunks[kept])
        chunks[:, FILE] = np.repeat(np.arange(len(files)), ends - starts)
        pieces = [self.texts[a:b] for a, b in chunks[:, TEXT_START:]]
        stops = np.cumsum(chunks[:, TEXT_END] - chunks[:, TEXT_START])
        chunks[:, TEXT_START], chunks[:, TEXT_END] = np.append(0, stops)[:-1], stops
        renumbered = np.full(len(self), -1, dtype=np.int64)
        renumbered[kept] = np.arange(len(kept))
        all_postings = self.sparse.postings()
        owners = renumbered[all_postings.owners]
        left = owners >= 0
        postings = Postings(
            all_postings.terms[left], owners[left], all_postings.counts[left], all_postings.lengths[kept]
        )
        return KnowledgeIndex(
            tuple(self.files[number] for number in files),
            self.headings,
            chunks,
            np.concatenate([np.empty(0, np.uint8), *pieces]),
            SparseIndex.build(postings),
            None if self.vectors is None else self.vectors[kept],
            self.encoder,
        )

    @classmethod
    def join(cls, parts: Sequence[KnowledgeIndex]) -> KnowledgeIndex:
        """One index of the files of several, in their order.

        Vectors are kept where all parts have them from the same encoder.
        """
        headings: dict[tuple[str, ...], int] = {}
        files: list[FileEntry] = []
        rows = [np.empty((0, COLUMNS), np.int64)]
        letters = 0
        for part in parts:
            numbers = np.asarray(
                [headings.setdefault(path, len(headings)) for path in part.headings], np.int64
            )
            chunks = np.array(part.chunks)
            chunks[:, HEADING] = numbers[chunks[:, HEADING]] if len(chunks) else 0
            chunks[:, FILE] += len(files)
            chunks[:, TEXT_START:] += letters
            letters += len(part.texts)
            files += part.files
            rows.append(chunks)
        filled = [part for part in parts if len(part)]
        encoders = {part.encoder for part in filled}
        vectors = [part.vectors for part in filled if part.vectors is not None]
        dense = bool(filled) and len(encoders) == 1 and len(vectors) == len(filled)
        return cls(
            tuple(files),
            tuple(headings),
            np.concatenate(rows),
            np.concatenate([np.empty(0, np.uint8), *(part.texts for part in parts)]),
            SparseIndex.build(Postings.join([part.sparse.postings() for part in parts])),
            np.concatenate(vectors) if dense else None,
            filled[0].encoder if dense else None,
        )

    def with_vectors(self, vectors: Vectors | None, encoder: EncoderRef | None) -> KnowledgeIndex:
        """The same passages, with the vectors of an encoder or none."""
        return replace(self, vectors=vectors, encoder=encoder)


def searched_text(path: Sequence[str], text: str) -> str:
    """A passage with its headings before it."""
    return f"{PATH_SEPARATOR.join(path)}\n{text}" if path else text


def build_index(documents: Sequence[tuple[FileEntry, Document]]) -> KnowledgeIndex:
    """An index by words; the caller adds vectors."""
    headings: dict[tuple[str, ...], int] = {}
    rows: list[tuple[int, ...]] = []
    texts: list[bytes] = []
    searched: list[str] = []
    at = 0
    for number, (_, document) in enumerate(documents):
        for piece in chunk(document):
            text = document.text[piece.start : piece.end]
            texts.append(text.encode())
            stop = at + len(texts[-1])
            heading = headings.setdefault(piece.path, len(headings))
            rows.append((number, heading, piece.rows, piece.start, piece.end, at, stop))
            searched.append(searched_text(piece.path, text))
            at = stop
    return KnowledgeIndex(
        tuple(entry for entry, _ in documents),
        tuple(headings),
        np.asarray(rows, dtype=np.int64).reshape(-1, COLUMNS),
        np.frombuffer(b"".join(texts), dtype=np.uint8),
        SparseIndex.build(Postings.of(searched)),
    )
