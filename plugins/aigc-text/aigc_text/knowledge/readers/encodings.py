"""Bytes to text where nobody says in which encoding."""

from __future__ import annotations

import codecs
import re
from typing import Final

from aigc_text.knowledge.errors import DocumentError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")
_CHINESE: Final = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef‘’“”…—·]")
_SAMPLE: Final = 20_000
_BAD_SHARE: Final = 0.02


def decode(data: bytes, stated: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text, with line ends as newlines, and notes on what was guessed or lost.

    By byte-order mark; else the encoding stated inside the file; else UTF-8, forgiven single broken characters; else GB18030
    where that reads as Chinese; else Windows-1252 where that reads as letters.

    Raises:
        DocumentError: It is no text, or in an encoding that cannot be told.
    """
    text, notes = _decoded(data, stated)
    if _UNUSABLE.search(text):
        raise DocumentError("It holds NUL characters: it is no text, or UTF-16 without a byte-order mark.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(data: bytes, stated: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), ()
            except UnicodeDecodeError as error:
                raise DocumentError(
                    f"Its mark says {name}, and byte {error.start + len(mark):,} is none."
                ) from None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if stated is not None and (text := _try(data, stated)) is not None:
        return text, (f"read as {stated}, as it says",)
    mended = data.decode("utf-8", "replace")
    foreign = _NOT_ASCII.findall(mended)
    lost = foreign.count("\ufffd")
    if lost <= _BAD_SHARE * len(foreign) + (1 if len(foreign) >= 10 else 0):
        return mended, (f"{lost} broken UTF-8 characters replaced",)
    chinese = _try(data, "gb18030")
    if chinese is not None and _reads_as_chinese(chinese):
        return chinese, ("read as GB18030",)
    western = _try(data, "cp1252")
    if western is not None and _reads_as_western(western):
        return western, ("read as Windows-1252",)
    raise DocumentError("Its encoding cannot be told.", hint="Save it as UTF-8.")


def _try(data: bytes, name: str) -> str | None:
    try:
        # Names such as "hex" are codecs too, but of bytes to bytes.
        return data.decode(name) if codecs.lookup(name)._is_text_encoding else None
    except (UnicodeDecodeError, LookupError, AttributeError):
        return None


def _reads_as_chinese(text: str) -> bool:
    """Whether nearly all characters beyond ASCII are common Chinese ones: GB18030 reads nearly any bytes as rare ones."""
    foreign = _NOT_ASCII.findall(text[:_SAMPLE]) or _NOT_ASCII.findall(text)
    common = 0
    for char in foreign:
        if _CHINESE.match(char):
            try:
                char.encode("gb2312")
            except UnicodeEncodeError:
                continue
            common += 1
    return common >= 0.9 * len(foreign)


def _reads_as_western(text: str) -> bool:
    foreign = _NOT_ASCII.findall(text)
    letters = sum(c.isalpha() or c in "‘’“”–—…€£°·©®§«»½" for c in foreign)
    return letters >= 0.9 * len(foreign) and len(foreign) <= 0.3 * len(text)
