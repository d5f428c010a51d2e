"""Readings of what a text hides: encodings, invisible characters, letters set apart, look-alikes.

Every `Layer` is a text that a model could recover from the original, with the way back to it. Layers are judged like
texts of their own, and decoded again (base64 within a link, say) to a depth of two.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

MOST_LAYERS = 24
"""Layers of one text that are read; more are reported as unread."""
DEPTH = 2
_LONGEST = 200_000
"""Characters of a text that are searched for encodings, from both ends."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A hidden reading.

    Attributes:
        text: What it says.
        how: The disguise, a key of `NAMES`.
        start: Where it lies in the original.
        end: And where it ends.
    """

    text: str
    how: str
    start: int
    end: int


NAMES: dict[str, tuple[str, str]] = {
    "base64": ("base64", "base64 编码"),
    "hex": ("hexadecimal", "十六进制编码"),
    "binary": ("binary digits", "二进制编码"),
    "escapes": ("character escapes", "字符转义"),
    "url": ("URL encoding", "URL 编码"),
    "html": ("HTML entities", "HTML 实体"),
    "rot13": ("ROT13", "ROT13 变换"),
    "reversed": ("reversed text", "倒序文字"),
    "tags": ("invisible tag characters", "不可见的标签字符"),
    "selectors": ("variation selectors", "变体选择符"),
    "spaced": ("letters set apart", "拆开的字母"),
    "lookalikes": ("look-alike characters", "形近字符替换"),
}
"""Disguises in English and Chinese."""

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-Fa-f]{2}[ :,-]?){7,}[0-9A-Fa-f]{2}(?![0-9A-Za-z])")
_BINARY = re.compile(r"(?<![0-9])[01]{8}(?:[ ,]?[01]{8}){4,}(?![0-9])")
_ESCAPES = re.compile(
    r"(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}|U\+[0-9A-Fa-f]{4,6} ?){4,}"
)
_ONE_ESCAPE = re.compile(
    r"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|U\+([0-9A-Fa-f]{4,6}) ?"
)
_PERCENT = re.compile(r"[\w.+~-]*(?:%[0-9A-Fa-f]{2}[\w.+~-]*){2,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
# Frequent words, and those of attacks, as ROT13 and reversing leave them: none of them is a word as it stands.
_WORDS = [
    "the",
    "and",
    "you",
    "your",
    "all",
    "not",
    "this",
    "with",
    "that",
    "are",
    "have",
    "from",
    "ignore",
    "instructions",
    "previous",
    "prompt",
    "system",
    "forget",
    "rules",
    "tell",
    "show",
    "password",
    "reveal",
    "disregard",
    "secret",
    "follow",
]
_ROT13 = re.compile(rf"\b(?:{'|'.join(codecs.encode(w, 'rot13') for w in _WORDS)})\b", re.IGNORECASE)
_REVERSED = re.compile(rf"\b(?:{'|'.join(w[::-1] for w in _WORDS if w != 'not')})\b", re.IGNORECASE)
_REVERSED_ZH = re.compile(r"令指|则规|示提|略忽|有所|的前之|视无|统系")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_|/~\-·]{1,3}[^\W\d_]){5,}(?![^\W_])")
_SPACED_ZH = re.compile("[\u4e00-\u9fff](?:[ .*_|/~\\-·]{1,3}[\u4e00-\u9fff]){4,}")
_MARKS = frozenset("，。！？：；、“”‘’（）《》—…")
_FEWEST_BYTES = 12
_WIDE_GAP = re.compile(r"[ .*_|/~\-·]{2,}")
_GAP = re.compile(r"[ .*_|/~\-·]+")


def layers(text: str, depth: int = DEPTH) -> Iterator[Layer]:
    """Every hidden reading of ``text``, those inside others included."""
    if len(text) > 2 * _LONGEST:
        yield from layers(text[:_LONGEST], depth)
        shift = len(text) - _LONGEST
        for layer in layers(text[shift:], depth):
            yield Layer(layer.text, layer.how, layer.start + shift, layer.end + shift)
        return
    for layer in _outer(text):
        yield layer
        if depth > 1:
            for inner in layers(layer.text, depth - 1):
                yield Layer(inner.text, f"{layer.how}+{inner.how}", layer.start, layer.end)


def name(how: str, language: str) -> str:
    """A disguise in words; nested ones are joined."""
    return " + ".join(NAMES[part][language == "zh"] for part in how.split("+"))


def _outer(text: str) -> Iterator[Layer]:
    if not text.isascii():
        yield from _invisible(text)
    if "&" in text:
        yield from _entities(text)
    if "%" in text:
        for match in _PERCENT.finditer(text):
            yield from _plain(urllib.parse.unquote_plus(match.group()), "url", match)
    if "\\" in text or "U+" in text:
        for match in _ESCAPES.finditer(text):
            yield from _plain(_ONE_ESCAPE.sub(_unescape, match.group()), "escapes", match)
    for match in _BASE64.finditer(text):
        yield from _bytes(_unbase64(match.group()), "base64", match)
    for match in _HEX.finditer(text):
        yield from _bytes(_unhex(match.group()), "hex", match)
    for match in _BINARY.finditer(text):
        digits = re.sub(r"[ ,]", "", match.group())
        yield from _bytes(int(digits, 2).to_bytes(len(digits) // 8, "big"), "binary", match)
    yield from _turned(text)
    for pattern in (_SPACED, _SPACED_ZH):
        for match in pattern.finditer(text):
            if joined := _join(match.group()):
                yield Layer(joined, "spaced", *match.span())


def _readable(text: str) -> bool:
    """Whether decoding gave words, or something that is encoded once more; never what cannot be printed."""
    if not all(c.isprintable() or c in "\n\r\t" for c in text):
        return False
    letters = sum(c.isalpha() or c == " " for c in text)
    if letters >= 6 and letters >= 0.75 * len(text):
        return True
    return any(p.search(text) for p in (_BASE64, _HEX, _BINARY, _ESCAPES)) or len(_ENTITY.findall(text)) >= 3


def _plain(decoded: str, how: str, match: re.Match[str]) -> Iterator[Layer]:
    if decoded != match.group() and _readable(decoded):
        yield Layer(decoded, how, *match.span())


def _bytes(data: bytes | None, how: str, match: re.Match[str]) -> Iterator[Layer]:
    """UTF-8 where it is that; else UTF-16 or GB 18030 where it gives nothing but Latin and common Han text."""
    if not data:
        return
    try:
        decoded = data.decode()
    except UnicodeDecodeError:
        if len(data) >= _FEWEST_BYTES:
            for encoding in ("utf-16-le", "gb18030"):
                decoded = data.decode(encoding, "replace")
                if all(c.isascii() or "\u4e00" <= c <= "\u9fff" or c in _MARKS for c in decoded):
                    break
            else:
                return
        else:
            return  # too short to tell Chinese from chance
    if "\x00" in decoded and data[1::2].count(0) > len(data) // 3:
        decoded = data.decode("utf-16-le", "replace")
    if _readable(decoded):
        yield Layer(decoded, how, *match.span())


def _unbase64(text: str) -> bytes | None:
    body = text.rstrip("=").replace("-", "+").replace("_", "/")
    if len(body) % 4 == 1:
        body = body[:-1]
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _unhex(text: str) -> bytes | None:
    digits = re.sub(r"[ :,\-]", "", text.removeprefix("0x"))
    return bytes.fromhex(digits) if len(digits) % 2 == 0 else None


def _unescape(match: re.Match[str]) -> str:
    point = int(next(g for g in match.groups() if g), 16)
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""


def _entities(text: str) -> Iterator[Layer]:
    found = list(_ENTITY.finditer(text))
    # One ``&amp;`` hides nothing; three character references inside words do.
    if sum(m.group()[1] == "#" for m in found) >= 3:
        start, end = found[0].start(), found[-1].end()
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        decoded = html.unescape(text[start:end])
        if _readable(decoded):
            yield Layer(decoded, "html", start, end)


def _invisible(text: str) -> Iterator[Layer]:
    found = list(_TAGS.finditer(text))
    if found:
        hidden = "".join(chr(ord(c) - 0xE0000) for m in found for c in m.group() if c != "\U000e007f")
        if _readable(hidden):
            yield Layer(hidden, "tags", found[0].start(), found[-1].end())
    for match in _SELECTORS.finditer(text):
        # Bytes 0–15 are the sixteen selectors of the basic plane, the rest the 240 of the supplement.
        values = [p - 0xFE00 if (p := ord(c)) < 0xFF00 else p - 0xE0100 + 16 for c in match.group()]
        yield from _bytes(bytes(values), "selectors", match)


def _turned(text: str) -> Iterator[Layer]:
    if len(_ROT13.findall(text)) >= 2:
        yield Layer(codecs.encode(text, "rot13"), "rot13", 0, len(text))
    if len(_REVERSED.findall(text)) >= 2 or len(_REVERSED_ZH.findall(text)) >= 2:
        yield Layer(text[::-1], "reversed", 0, len(text))


def _join(text: str) -> str:
    """Letters set apart, put together; a wider gap than the usual one parts words."""
    gaps = _GAP.findall(text)
    if any(len(g) > 1 for g in gaps) and any(len(g) == 1 for g in gaps):
        text = _WIDE_GAP.sub("\x00", text)
    return _GAP.sub("", text).replace("\x00", " ")
