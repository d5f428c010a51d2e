"""Sentences of English and Chinese text, as spans of it."""

from __future__ import annotations

import re
from typing import Final

from aigc_text.languages import HAN

Span = tuple[int, int]

_CLOSING: Final = "\"'”’」』）)】》\\]"
_MARK: Final = re.compile(rf"[。！？!?…]+[{_CLOSING}]*|\.+[{_CLOSING}]*(?=\s|$|[{HAN}])")
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ITEM: Final = re.compile(
    r"\s*(?:[-*+•·●]\s|\d{1,3}(?:[.)]\s|、)|[（(]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\||>\s|　　)"
)
_LAST_WORD: Final = re.compile(r"[A-Za-z.]+$")
_TITLES: Final = frozenset(
    [
        *("dr", "mr", "mrs", "ms", "prof", "st", "gen", "col", "capt", "sgt", "rev", "hon", "mt"),
        *("vs", "e.g", "i.e", "cf", "approx"),
    ]
)
"""Words whose point ends no sentence."""
_BEFORE_NUMBERS: Final = frozenset(
    [
        *("no", "nos", "fig", "figs", "vol", "p", "pp", "ch", "sec", "art", "para"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    ]
)
"""Words whose point ends none where a number follows."""
_MAY_END: Final = frozenset(
    [
        *("etc", "al", "dept", "est", "inc", "ltd", "co", "corp", "jr", "sr", "ave", "blvd"),
        *("a.m", "p.m", "u.s", "u.k"),
    ]
)
"""Words whose point ends one where a capital follows."""
_SHORT_LINE: Final = 0.5
_BREAK_IN_CHINESE: Final = re.compile(rf"(?<=[{HAN}，。；：、！？])[^\S\n]*\n\s*(?=[{HAN}])")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences between ``start`` and ``end``, without the white space around them.

    They end at end marks (not at points in numbers, initials and abbreviations), at blank lines, before list items, and
    after a line under half as long as the longest of its paragraph: a heading, or the end of a paragraph that no blank
    line sets apart.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for gap in _PARAGRAPH.finditer(text, start, end):
        spans += _paragraph(text, at, gap.start())
        at = gap.end()
    spans += _paragraph(text, at, end)
    return spans


def line_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Lines that hold something, without the white space around them."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        spans += _trimmed(text, start, stop)
        start = stop + 1
    return spans


def one_line(text: str) -> str:
    """A sentence without line breaks; lines of Chinese join without a space."""
    return " ".join(_BREAK_IN_CHINESE.sub("", text).split())


def _paragraph(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for first, last in _blocks(text, start, end):
        at = first
        for mark in _MARK.finditer(text, first, last):
            if _ends(text, at, mark, last):
                spans += _trimmed(text, at, mark.end())
                at = mark.end()
        spans += _trimmed(text, at, last)
    return spans


def _blocks(text: str, start: int, end: int) -> list[Span]:
    """Lines of a paragraph joined to what is one run of text."""
    lines = line_spans(text, start, end)
    if len(lines) < 2:
        return lines
    longest = max(b - a for a, b in lines)
    blocks = [lines[0]]
    for (first, last), (before, stopped) in zip(lines[1:], lines, strict=False):
        apart = stopped - before < _SHORT_LINE * longest or _ITEM.match(text, before) is not None
        # The text of an item may go on in a second line; a table's row never does.
        if _ITEM.match(text, first) or (apart and not _continues(text, before, first)):
            blocks.append((first, last))
        else:
            blocks[-1] = (blocks[-1][0], last)
    return blocks


def _continues(text: str, before: int, first: int) -> bool:
    return text[before] != "|" and text[first].islower()


def _ends(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    if mark.group()[0] != "." or mark.end() >= end:
        return True
    following = text[mark.end() : mark.end() + 40].lstrip()[:1]
    if following.islower():
        return False
    word = _LAST_WORD.search(text, max(start, mark.start() - 12), mark.start())
    if word is None:
        # "1." at the start of a line numbers it.
        return not text[start : mark.start()].strip().isdigit()
    known = word.group().lower()
    if known in _MAY_END:
        return following.isupper()
    if known in _BEFORE_NUMBERS and following.isdigit():
        return False
    # A single letter is an initial.
    return known not in _TITLES and not (len(known) == 1 and known != "i")


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []
