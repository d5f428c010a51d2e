"""Indexes kept open for generators that answer from them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aigc_sdk.errors import InputTooLargeError, ModelNotFoundError
from aigc_text.knowledge.documents import Document, Section
from aigc_text.knowledge.encoder import DEFAULT_ENCODER, Encoder, open_encoder
from aigc_text.knowledge.index import FileEntry, KnowledgeIndex, build_index
from aigc_text.knowledge.search import Searcher
from aigc_text.knowledge.store import open_index, stamp

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime

_OPEN: Final = 8
MOST_PASSED: Final = 200
"""Passages of documents that come with a request: they are encoded anew for every call."""

Stamp = tuple[int, int, int]


class Library:
    """Opens indexes and the encoders that made them. Thread-safe.

    Args:
        runtime: Where encoders come from.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._open: OrderedDict[Path, tuple[Stamp, KnowledgeIndex]] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, path: str | Path, *, encoder: bool = True) -> Searcher:
        """Search an index on disk, as it is now.

        Args:
            path: Its folder.
            encoder: Compare meanings too, where the index and this machine allow it.

        Raises:
            KnowledgeError: There is no index, or it is damaged.
        """
        folder = Path(path)
        now = stamp(folder)
        with self._lock:
            known = self._open.get(folder)
            if known is None or known[0] != now:
                known = (now, open_index(folder))
                self._open[folder] = known
                while len(self._open) > _OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(folder)
            index = known[1]
        if index.encoder is None or not encoder:
            return Searcher(index)
        try:
            found = open_encoder(self._runtime, index.encoder.bundle)
        except ModelNotFoundError as error:
            return Searcher(index, warning=f"Searched by words alone: {error}")
        if found.ref != index.encoder:
            return Searcher(
                index,
                warning=f"Searched by words alone: the index was made with another {index.encoder.bundle}. Update it.",
            )
        return Searcher(index, found)

    def of_texts(self, documents: Sequence[tuple[str, str]], ctx: CallContext | None = None) -> Searcher:
        """Search documents at hand, each a name and a plain text.

        Raises:
            InputTooLargeError: They make more than `MOST_PASSED` passages.
        """
        made = [
            (FileEntry(name, "", 0, 0), Document(text, (Section(0, len(text)),))) for name, text in documents
        ]
        index = build_index(made)
        if len(index) > MOST_PASSED:
            raise InputTooLargeError(
                f"The documents make {len(index)} passages; {MOST_PASSED} can come with a request.",
                hint="Index them once: aigc knowledge index FOLDER --out INDEX.",
            )
        encoder: Encoder | None = None
        try:
            encoder = open_encoder(self._runtime, DEFAULT_ENCODER)
        except ModelNotFoundError as error:
            return Searcher(index, warning=f"Searched by words alone: {error}")
        if not len(index):
            return Searcher(index)
        vectors = encoder.passages([index.searched(number) for number in range(len(index))], ctx)
        return Searcher(index.with_vectors(vectors, encoder.ref), encoder)
