"""Documents: text with its headings, whatever file it came from."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from aigc_text.knowledge.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading: ``document.text[start:end]``.

    Attributes:
        path: Headings from the outermost to its own.
        rows: Every line stands for itself, as in a table.
    """

    start: int
    end: int
    path: tuple[str, ...] = ()
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text.

    Attributes:
        text: The decoded source of Markdown and plain text; what was read out of HTML, PDF and CSV.
        sections: In the order of the text; they do not overlap.
        notes: What was left out or mended while reading.
    """

    text: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which documents are not read.

    Attributes:
        file_bytes: Of one file.
        characters: Of the text of one document.
        pages: Of one PDF.
        rows: Of one table file.
        files: In one folder.
        chunks: In one index.
    """

    file_bytes: int = 32 << 20
    characters: int = 8_000_000
    pages: int = 5_000
    rows: int = 200_000
    files: int = 50_000
    chunks: int = 400_000


@dataclass(slots=True)
class TextBuilder:
    """A document's text, written piece by piece, with sections that know where they stand."""

    parts: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, path: tuple[str, ...] = (), *, rows: bool = False) -> None:
        """A section of its own; a blank line keeps it from the next. Sections of one table grow together."""
        if not text.strip():
            return
        last = self.sections[-1] if self.sections else None
        if rows and last is not None and last.rows and last.path == path:
            self._write("\n" + text)
            self.sections[-1] = Section(last.start, self.length, path, rows=True)
            return
        self._write("\n\n" if self.parts else "")
        start = self.length
        self._write(text)
        self.sections.append(Section(start, self.length, path, rows))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def document(self, notes: tuple[str, ...] = ()) -> Document:
        """What was written."""
        return Document("".join(self.parts), tuple(self.sections), notes)


Reader = Callable[[bytes, Limits], Document]

_READERS: Final = {
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".txt": "plain:read_plain",
    ".text": "plain:read_plain",
    ".html": "hypertext:read_html",
    ".htm": "hypertext:read_html",
    ".xhtml": "hypertext:read_html",
    ".pdf": "pdf:read_pdf",
    ".csv": "table:read_table",
    ".tsv": "table:read_table",
}

SUFFIXES: Final = tuple(_READERS)
"""Endings of the files that are read."""


def read_document(name: str, data: bytes, limits: Limits | None = None) -> Document:
    """A file's text and headings.

    Args:
        name: The file's name; its ending says how it is read.
        data: What it holds.
        limits: Sizes.

    Raises:
        DocumentError: It is damaged, too large, encrypted, in an encoding that cannot be told, or of no known kind.
        MissingDependencyError: The package that reads its kind is not installed.
    """
    limits = limits or Limits()
    suffix = PurePosixPath(name).suffix.lower()
    reference = _READERS.get(suffix)
    if reference is None:
        raise DocumentError(
            f"Files ending in {suffix or 'nothing'!r} are not read.", hint=f"These are: {' '.join(SUFFIXES)}."
        )
    if len(data) > limits.file_bytes:
        raise DocumentError(
            f"It has {len(data):,} bytes; the limit is {limits.file_bytes:,}.", hint="Split it."
        )
    module, _, function = reference.partition(":")
    reader: Reader = getattr(importlib.import_module(f"aigc_text.knowledge.readers.{module}"), function)
    document = reader(data, limits)
    if len(document.text) > limits.characters:
        raise DocumentError(
            f"It has {len(document.text):,} characters; the limit is {limits.characters:,}.", hint="Split it."
        )
    return document
