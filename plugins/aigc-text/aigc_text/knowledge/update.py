"""Bringing an index up to date with its folder: only what changed is read, and only new passages are encoded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from aigc_sdk.bundles.lock import file_lock
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError
from aigc_sdk.progress import Progress, silent
from aigc_text.knowledge.documents import Document, Limits, read_document
from aigc_text.knowledge.encoder import Encoder, Vectors
from aigc_text.knowledge.errors import DocumentError
from aigc_text.knowledge.folder import Found, Problem, scan
from aigc_text.knowledge.index import FileEntry, KnowledgeIndex, build_index
from aigc_text.knowledge.store import check_place, is_index, open_index, write_index

_SAVE_EVERY: Final = 4096
"""Passages after which what is done is written, so that an interruption loses little."""
_BATCH: Final = 64
_DOUBTFUL_NS: Final = 2_000_000_000
"""A file changed so shortly before it was read may change again without a new time stamp (as git's "racy" entries)."""

Work = tuple[FileEntry, Document]


@dataclass(slots=True)
class Report:
    """What an update did. Names of files, sorted."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    other: int = 0
    problems: list[Problem] = field(default_factory=list)
    passages: int = 0
    encoded: int = 0
    encoder: str | None = None
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "other_files": self.other,
            "problems": [problem.as_dict() for problem in self.problems],
            "passages": self.passages,
            "encoded": self.encoded,
            "encoder": self.encoder,
            "seconds": round(self.seconds, 2),
        }


def update_index(
    folder: Path,
    out: Path,
    *,
    encoder: Encoder | None = None,
    limits: Limits | None = None,
    reread: bool = False,
    progress: Progress = silent,
    ctx: CallContext | None = None,
) -> Report:
    """Make the index at ``out`` one of what ``folder`` holds now.

    Files whose size and time are unchanged are not read; of others the content's hash decides. A file that cannot be read is in the
    report, not in the index, and is tried again next time. Of changed files only passages that are new are encoded.

    Args:
        folder: The documents.
        out: The index; made where absent.
        encoder: Adds meaning to words. None makes (or leaves) an index by words alone.
        limits: Sizes.
        reread: Read every file, whatever its time says.
        progress: Told of files read and passages encoded.
        ctx: Its cancellation and deadline end the update; what is written by then is a whole index of part of the folder.

    Raises:
        BadInputError: ``folder`` is none, ``out`` is taken by something else, or there is more than the limits allow.
        KnowledgeError: The index that is there is damaged, or it cannot be written.
        CancelledError, DeadlineExceededError: The call was stopped.
    """
    began = time.monotonic()
    limits, ctx = limits or Limits(), ctx or CallContext()
    check_place(out)
    seen = scan(folder, limits=limits, leave_out=out)
    with file_lock(out / ".lock"):
        old = open_index(out) if is_index(out) else build_index([])
        report = Report(
            other=seen.other, problems=list(seen.problems), encoder=encoder.ref.bundle if encoder else None
        )
        known = {entry.name: number for number, entry in enumerate(old.files)}
        kept: dict[int, FileEntry] = {}
        work: list[Work] = []
        for done, found in enumerate(seen.files):
            ctx.check()
            progress("read", done, len(seen.files))
            number = known.get(found.name)
            entry = old.files[number] if number is not None else None
            same, read = _compare(found, entry, limits, report, reread=reread)
            if same is not None and number is not None:
                kept[number] = same
            elif read is not None:
                (report.changed if entry is not None else report.added).append(found.name)
                work.append(read)
        progress("read", len(seen.files), len(seen.files))
        current = {old.files[number].name for number in kept} | {entry.name for entry, _ in work}
        report.removed = sorted(known.keys() - current)
        report.unchanged = len(kept)
        _write(old, kept, work, out, _Coder(encoder, old, progress, ctx, report), limits, report)
    report.seconds = time.monotonic() - began
    return report


def _compare(
    found: Found, entry: FileEntry | None, limits: Limits, report: Report, *, reread: bool
) -> tuple[FileEntry | None, Work | None]:
    """Its entry where it is unchanged, or its new entry and text; neither where it cannot be read."""
    if entry is not None and not reread and (entry.size, entry.mtime_ns) == (found.size, found.mtime_ns):
        return entry, None
    try:
        if found.size > limits.file_bytes:
            raise DocumentError(
                f"It has {found.size:,} bytes; the limit is {limits.file_bytes:,}.", hint="Split it."
            )
        try:
            with found.path.open("rb") as stream:
                # It may have grown since it was looked at.
                data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise DocumentError(f"It cannot be read: {error.strerror}.") from error
        settled = found.mtime_ns < time.time_ns() - _DOUBTFUL_NS and len(data) == found.size
        digest = hashlib.sha256(data).hexdigest()
        fresh = FileEntry(found.name, digest, len(data), found.mtime_ns if settled else 0)
        if entry is not None and entry.sha256 == digest:
            return replace(fresh, notes=entry.notes), None
        document = read_document(found.name, data, limits)
    except AigcError as error:
        report.problems.append(Problem(found.name, error.message, error.hint))
        return None, None
    return None, (replace(fresh, notes=document.notes), document)


@dataclass(slots=True)
class _Coder:
    """Gives passages their vectors, those of an earlier index where it has the same passage."""

    encoder: Encoder | None
    old: KnowledgeIndex
    progress: Progress
    ctx: CallContext
    report: Report
    places: dict[str, int] | None = None
    total: int = 0

    def code(self, index: KnowledgeIndex) -> KnowledgeIndex:
        if self.encoder is None:
            return index.with_vectors(None, None)
        texts = [index.searched(number) for number in range(len(index))]
        vectors: Vectors = np.zeros((len(texts), self.encoder.ref.dimensions), np.float32)
        missing: list[int] = []
        for number, text in enumerate(texts):
            at = self._places().get(text)
            if at is not None and self.old.vectors is not None:
                vectors[number] = self.old.vectors[at]
            else:
                missing.append(number)
        for start in range(0, len(missing), _BATCH):
            picked = missing[start : start + _BATCH]
            vectors[picked] = self.encoder.passages([texts[number] for number in picked], self.ctx)
            self.report.encoded += len(picked)
            self.progress("encode", self.report.encoded, max(self.total, self.report.encoded))
        return index.with_vectors(vectors, self.encoder.ref)

    def _places(self) -> dict[str, int]:
        if self.places is None:
            usable = self.encoder is not None and self.old.encoder == self.encoder.ref
            self.places = (
                {self.old.searched(number): number for number in range(len(self.old))} if usable else {}
            )
        return self.places


def _write(
    old: KnowledgeIndex,
    kept: dict[int, FileEntry],
    work: list[Work],
    out: Path,
    coder: _Coder,
    limits: Limits,
    report: Report,
) -> None:
    wanted = coder.encoder.ref if coder.encoder is not None else None
    stay = [number for number in range(len(old.files)) if number in kept]
    entries = tuple(kept[number] for number in stay)
    same = not work and entries == old.files and (old.encoder == wanted or not len(old))
    if same and is_index(out):
        report.passages = len(old)
        return
    index = replace(old if len(stay) == len(old.files) else old.select(stay), files=entries)
    if len(index) and index.encoder != wanted:
        coder.total = len(index)
        index = coder.code(index)
    if not work:
        write_index(_sorted(index), out)
    for made in _groups(work):
        if len(index) + len(made) > limits.chunks:
            raise BadInputError(
                f"There are more than {limits.chunks:,} passages.", hint="Index the folder in parts."
            )
        coder.total = report.encoded + len(made)
        index = KnowledgeIndex.join([index, coder.code(made)])
        write_index(_sorted(index), out)
    report.passages = len(index)


def _groups(work: Sequence[Work]) -> Iterator[KnowledgeIndex]:
    """Indexes of a few files each, with `_SAVE_EVERY` passages or a little more."""
    waiting: list[KnowledgeIndex] = []
    for item in work:
        waiting.append(build_index([item]))
        if sum(map(len, waiting)) >= _SAVE_EVERY:
            yield KnowledgeIndex.join(waiting)
            waiting = []
    if waiting:
        yield KnowledgeIndex.join(waiting)


def _sorted(index: KnowledgeIndex) -> KnowledgeIndex:
    """In the order of names, so that the same folder gives the same index whatever its history."""
    order = sorted(range(len(index.files)), key=lambda number: index.files[number].name)
    return index if order == list(range(len(order))) else index.select(order)
