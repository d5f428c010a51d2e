"""HTML: what a reader sees, with its headings; tables row by row.

Scripts, styles, templates, form controls and what is hidden (``hidden``, ``aria-hidden``, ``display:none``) are left out: text that
no reader sees must not speak to a model.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from aigc_text.knowledge.documents import Document, Limits, TextBuilder
from aigc_text.knowledge.errors import DocumentError
from aigc_text.knowledge.readers.encodings import decode

_UNSEEN: Final = frozenset(
    [
        *("script", "style", "template", "noscript", "head", "title"),
        *("svg", "math", "iframe", "object", "select", "button", "textarea"),
    ]
)
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SECTIONING: Final = (
    "address",
    "article",
    "aside",
    "body",
    "footer",
    "header",
    "html",
    "main",
    "nav",
    "section",
)
_GROUPING: Final = (
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "ul",
)
_OTHER: Final = ("fieldset", "form", "summary", "table", "tbody", "tfoot", "thead")
_BLOCK: Final = frozenset([*_SECTIONING, *_GROUPING, *_OTHER])
_ENDS_ITSELF: Final = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th", "tr"),
    "tr": ("tr",),
}
"""Elements whose end tag may be left out, and which starts end them; a paragraph ends at any block."""
_HEADING: Final = re.compile(r"h[1-6]$")
_SPACE: Final = re.compile(r"\s+")
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_CHARSET: Final = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_NAMED_ALIKE: Final = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}
"""As browsers read these names (https://encoding.spec.whatwg.org)."""


def read_html(data: bytes, limits: Limits) -> Document:
    """Raises `DocumentError` where it is no text."""
    named = _CHARSET.search(data[:4096])
    stated = named.group(1).decode("ascii").lower() if named else None
    text, notes = decode(data, _NAMED_ALIKE.get(stated, stated) if stated else None)
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError) as error:  # what html.parser raises on some malformed declarations
        raise DocumentError(f"Its HTML cannot be read: {error}.") from None
    return reader.finish(notes)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.built = TextBuilder()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.path: list[tuple[int, str]] = []
        self.unseen: list[str] = []
        """Open elements from the outermost unseen one inwards."""
        self.title: list[str] | None = None
        self.page = ""
        self.heading = 0
        self.pre = 0
        self.row: list[tuple[str, bool]] | None = None
        self.columns: list[str] = []
        self.cell = False

    # ---- what the parser calls -----------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen and not self._shows_again(tag):
            self._start_title(tag)
            if tag not in _VOID:
                self.unseen.append(tag)
            return
        if tag not in _VOID and (tag in _UNSEEN or _hidden(dict(attrs))):
            self.unseen.append(tag)
            self._start_title(tag)
            return
        if tag == "br":
            self._newline()
        elif tag in ("td", "th") and self.row is not None:
            self._end_cell()
            self.row.append(("", tag == "th"))
            self.cell = True
        elif tag == "tr":
            self._end_row()
            self._flush()
            self.row = []
        elif _HEADING.match(tag):
            self._flush()
            self.heading = int(tag[1])
        elif tag in _BLOCK:
            self._newline()
            if tag == "p":
                self._blank()
            if tag == "table":
                self._flush()
                self.columns = []
            self.pre += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # "<br/>" closes itself; "<div/>" does not in HTML, and an unclosed unseen element must stay open as browsers have it.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == "title" and self.title is not None:
                self.page, self.title = _squeezed("".join(self.title))[:200], None
            if tag in self.unseen:
                del self.unseen[len(self.unseen) - 1 - self.unseen[::-1].index(tag) :]
            return
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif _HEADING.match(tag) and self.heading:
            title = _squeezed("".join(self.words))
            self.words.clear()
            self.path = [part for part in self.path if part[0] < self.heading]
            if title:
                self.path.append((self.heading, title[:200]))
            self.heading = 0
        elif tag in _BLOCK:
            self.pre = max(0, self.pre - (tag == "pre"))
            self._newline()
            if tag == "p":
                self._blank()

    def handle_data(self, data: str) -> None:
        if self.title is not None:
            self.title.append(data)
        elif not self.unseen:
            if self.pre and not self.cell:
                *whole, rest = data.split("\n")
                for line in whole:
                    self.words.append(line)
                    self._newline()
                self.words.append(rest)
            else:
                self.words.append(data)

    def _start_title(self, tag: str) -> None:
        # Only the first: a drawing has titles too.
        if tag == "title" and not self.page:
            self.title = []

    def _shows_again(self, tag: str) -> bool:
        """Whether the start of ``tag`` ends the only unseen element that is open."""
        if len(self.unseen) > 1:
            return False
        (outer,) = self.unseen
        ended = {"head": tag == "body", "p": tag in _BLOCK or _HEADING.match(tag) is not None}
        if not ended.get(outer, tag in _ENDS_ITSELF.get(outer, ())):
            return False
        self.unseen.clear()
        return True

    # ---- building ------------------------------------------------------------------------------

    def finish(self, notes: tuple[str, ...]) -> Document:
        self._end_row()
        self._flush()
        return self.built.document(notes)

    def _newline(self) -> None:
        if self.cell:
            self.words.append(" ")
            return
        line = _squeezed("".join(self.words))
        self.words.clear()
        if line:
            self.lines.append(line)

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _headings(self) -> tuple[str, ...]:
        path = tuple(title for _, title in self.path)
        return path or ((self.page,) if self.page else ())

    def _flush(self) -> None:
        self._newline()
        if self.lines:
            self.built.add("\n".join(self.lines).strip("\n"), self._headings())
            self.lines.clear()

    def _end_cell(self) -> None:
        if self.row and self.cell:
            self.row[-1] = (_squeezed("".join(self.words)), self.row[-1][1])
        self.words.clear()
        self.cell = False

    def _end_row(self) -> None:
        if self.row is None:
            return
        self._end_cell()
        cells, self.row = self.row, None
        if cells and all(head for _, head in cells) and not self.columns:
            self.columns = [name for name, _ in cells]
            return
        line = named_row(self.columns, [value for value, _ in cells])
        self.built.add(line, self._headings(), rows=True)


def named_row(columns: list[str], values: list[str]) -> str:
    """A table's row as ``column: value; …``; values alone where there are no names for them."""
    if len(columns) != len(values):
        return "; ".join(value for value in values if value)
    return "; ".join(
        f"{name}: {value}" if name else value for name, value in zip(columns, values, strict=True) if value
    )


def _hidden(attributes: dict[str, str | None]) -> bool:
    hidden = attributes.get("hidden", "no")
    return (
        (hidden != "no" and hidden != "until-found")
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None
    )


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
