"""Compare wordings, not spellings: a token stream that ignores case, width, accents, hyphens and plurals.

A text becomes a string of token keys set one after the other, without separators, and two sets of offsets at
which tokens begin and end. A value is realised where its own keys occur between two such offsets; *wi-fi*,
*Wi Fi* and *wifi* are therefore one wording, and so are *£1,299*, *1299 pounds* and *GBP 1,299.00*.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aigc_text.facts.quantities import QUANTITY, Quantity, parse
from aigc_text.languages import HAN

TokenKind = Literal["url", "email", "phone", "date", "clock", "quantity", "code", "word", "han", "mark"]

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a"), "-")
_QUOTES = {ord("\u2019"): "'", ord("\u2018"): "'", ord("\u02bc"): "'", ord("\u201c"): '"', ord("\u201d"): '"'}
# Between digits, Chinese punctuation separates where its ASCII twin would join ("尺码2：10" is no time of day).
_CHINESE = {ord("："): ": ", ord("，"): ", "}
_MAP = _DASHES | _QUOTES | _CHINESE

_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>\"'，。；、（）]+[^\s<>\"'，。；、（）.,;:!?)]"
    r"|(?<![a-z0-9@.-])(?:www\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*"
    r"\.(?:com|org|net|cn|io|co|uk|de|eu|shop|store|app|ai|info|biz)(?![a-z0-9-])(?:/[^\s<>\"'，。；、（）]*[^\s<>\"'，。；、（）.,;:!?)])?)"
    r"|(?P<email>[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
    r"|(?P<phone>\+\d[\d ()-]{6,20}\d|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?!\d)"
    r"|(?<!\d)\(?\d{3}\)?[ -]\d{3}-\d{4}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}(?!\d))"
    r"|(?P<date>(?<![\d.])\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|年\d{1,2}月\d{1,2}[日号]))"
    r"|(?P<clock>(?<![\d.:])\d{1,2}:\d{2}(?![\d:]))"
    rf"|(?P<quantity>{QUANTITY})"
    r"|(?P<code>\d+[a-z0-9]*|[a-z]+\d[a-z0-9]*)"
    rf"|(?P<han>[{HAN}])"
    r"|(?P<word>[^\W\d_]+?(?=[" + HAN + r"])|[^\W\d_]+(?:'[a-z]{1,2}(?![a-z]))?)"
    r"|(?P<mark>[^\w\s])"
)  # fmt: skip

_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it is, the key it is compared by and where it stands in the original text."""

    kind: TokenKind
    key: str
    start: int
    end: int
    surface: str
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of a text and their keys in one string, with the offsets at which tokens begin and end."""

    tokens: tuple[Token, ...]
    keys: str
    starts: dict[int, int]
    ends: dict[int, int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original (start, end) of the keys ``[start, end)``."""
        return self.tokens[self.starts[start]].start, self.tokens[self.ends[end]].end


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    mapped = _MAP.get(ord(char))
    if mapped is not None:
        return mapped
    if char.isspace():
        return "\n" if char in "\r\n\u2028\u2029" else " "
    folded = unicodedata.normalize("NFKD", char.casefold())
    folded = unicodedata.normalize("NFKD", folded.casefold())
    # Accents and zero-width characters carry no fact; dropping them makes "Café" and "Cafe" one wording.
    return "".join(
        "-" if c in "\u2010\u2212" else c
        for c in folded
        if not ("\u0300" <= c <= "\u036f") and unicodedata.category(c) != "Cf"
    )


def fold(text: str) -> tuple[str, list[int] | range]:
    """Case-folded, compatibility-decomposed text, and for each of its characters the index it came from.

    The second part has one more entry: the length of the original.
    """
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        folded = _fold_char(char)
        out.append(folded)
        origin.extend([index] * len(folded))
    origin.append(len(text))
    return "".join(out), origin


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Singular form by spelling alone, possessives included: *batteries* → *battery*, *boxes* → *box*."""
    word = word.removesuffix("'s").replace("'", "")
    if len(word) <= 3 or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")) and not word.endswith("ouses"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def tokens(text: str) -> list[Token]:
    """All tokens of ``text``, marks included, in order."""
    folded, origin = fold(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(folded):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]  # every branch is a named group
        start, stop = match.span()
        surface = match.group()
        quantity = None
        if kind == "word":
            key = stem(surface)
        elif kind == "quantity":
            quantity = parse(match.group())
            key = quantity.key
        elif kind in ("date", "clock"):
            key = "⟨" + "-".join(part.lstrip("0") or "0" for part in re.findall(r"\d+", surface)) + "⟩"
        elif kind == "phone":
            key = "⟨" + re.sub(r"\D", "", surface) + "⟩"
        elif kind == "url":
            key = re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", surface)
        else:
            key = surface
        found.append(Token(kind, key, origin[start], origin[stop - 1] + 1, surface, quantity))
    return found


def stream(text: str, *, of: list[Token] | None = None) -> Stream:
    """The comparable token stream of ``text``: without punctuation and articles."""
    chosen = tuple(
        token
        for token in (tokens(text) if of is None else of)
        if token.kind != "mark" and token.key not in _ARTICLES
    )
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for index, token in enumerate(chosen):
        starts[at] = index
        at += len(token.key)
        ends[at] = index
    return Stream(chosen, "".join(token.key for token in chosen), starts, ends)
