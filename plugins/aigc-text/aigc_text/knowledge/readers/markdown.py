"""Markdown: the source as it stands, cut at its headings.

Headings as CommonMark has them (``# …`` and underlined ones), none inside fenced code. Front matter and comments are no text
of the document and belong to no section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aigc_text.knowledge.documents import Document, Limits, Section
from aigc_text.knowledge.readers.encodings import decode

_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_ROW: Final = re.compile(r"\s{0,3}\|")
_RULE: Final = re.compile(r"[\s|:-]+$")
_NO_PARAGRAPH: Final = re.compile(r"\s*(?:$|[-*+>|]|\d+[.)]\s|#{1,6}\s|```|~~~)")
_INLINE: Final = re.compile(
    r"(`{1,3})(?P<code>[^`\n]+)\1|!?\[(?P<label>[^\]\n]*)\]\([^)\n]*\)|[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}"
    r"|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|<[^<>\n]*>"
)
"""Marks inside a line. What stands in a code span is kept as it is, and an underscore inside a word is part of it."""

Line = tuple[int, int]


def read_markdown(data: bytes, limits: Limits) -> Document:
    """Raises `DocumentError` where it is no text."""
    text, notes = decode(data)
    return Document(text, tuple(_sections(text)), notes)


def plain_inline(text: str) -> str:
    """A heading or a sentence without its marks of emphasis, links and code."""
    return _INLINE.sub(lambda m: m["code"] or m["label"] or "", text).strip()


def _lines(text: str) -> Iterator[Line]:
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield start, stop
        start = stop + 1


class _Cutter:
    """Collects lines to sections."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sections: list[Section] = []
        self.path: list[tuple[int, str]] = []
        self.start = self.end = -1
        self.rows = False

    def keep(self, start: int, end: int, *, rows: bool = False) -> None:
        if rows != self.rows and self.start >= 0:
            self.flush()
        if self.start < 0:
            self.start = start
        self.end, self.rows = end, rows

    def flush(self) -> None:
        if self.start >= 0:
            part = self.text[self.start : self.end]
            start, end = self.start + len(part) - len(part.lstrip()), self.start + len(part.rstrip())
            if start < end:
                self.sections.append(Section(start, end, tuple(title for _, title in self.path), self.rows))
        self.start = self.end = -1
        self.rows = False

    def heading(self, level: int, title: str) -> None:
        self.flush()
        self.path = [part for part in self.path if part[0] < level]
        self.path.append((level, plain_inline(title)[:200]))


def _sections(text: str) -> list[Section]:
    cutter = _Cutter(text)
    fence = ""
    comment = False
    before: Line | None = None
    """The line above, where it may be the text of an underlined heading."""
    skip_to = _front_matter(text)
    for start, stop in _lines(text):
        if start < skip_to:
            continue
        line = text[start:stop]
        if comment:
            comment = "-->" not in line
            continue
        opened = _FENCE.match(line)
        if fence or opened:
            cutter.keep(start, stop)
            mark = opened.group(1) if opened else ""
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip(" `~"):
                fence = ""
            before = None
            continue
        if line.lstrip().startswith("<!--"):
            cutter.flush()
            comment, before = "-->" not in line, None
            continue
        title = _ATX.match(line)
        underline = _UNDERLINE.match(line)
        if title:
            cutter.heading(len(title.group(1)), title.group(2) or "")
            before = None
        elif underline and before is not None:
            cutter.end = before[0]
            cutter.start = -1 if cutter.start == before[0] else cutter.start
            cutter.heading(1 if underline.group(1)[0] == "=" else 2, text[slice(*before)])
            before = None
        elif _ROW.match(line):
            if not _RULE.match(line):
                cutter.keep(start, stop, rows=True)
            before = None
        elif line.strip():
            cutter.keep(start, stop)
            before = None if before is not None or _NO_PARAGRAPH.match(line) else (start, stop)
        else:
            before = None
    cutter.flush()
    return cutter.sections


def _front_matter(text: str) -> int:
    """Where the document begins behind a block between ``---`` lines at its top."""
    if not text.startswith("---\n"):
        return 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, 4)
    return end.end() + 1 if end else 0
