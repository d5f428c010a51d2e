"""Words that look like names: capitals within English sentences, Latin letters within Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.facts.normalise import tokens

_SENTENCE_OPENING = re.compile(r"(?:^|[.!?:;|\n\"“”‘’(\[。！？：；（【—–/•·*#>-])[\s\"'“‘(*#•·>-]*$")
_NAME = re.compile(r"[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")
# Function words are often capitalised by mistake ("great.It serves"); the rest are no names either.
_NOT_NAMES = frozenset(
    [
        "i",
        "i'm",
        "i'd",
        "i'll",
        "i've",
        "it",
        "it's",
        "its",
        "he",
        "she",
        "we",
        "we're",
        "you",
        "you're",
        "your",
        "our",
        "they",
        "their",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "and",
        "but",
        "or",
        "if",
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "by",
        "to",
        "of",
        "as",
        "so",
        "when",
        "while",
        "what",
        "where",
        "who",
        "how",
        "why",
        "is",
        "are",
        "was",
        "be",
        "do",
        "does",
        "not",
        "no",
        "yes",
        "all",
        "ok",
        "p.s",
        "ps",
        "subject",
        "hello",
        "hi",
        "hey",
        "dear",
        "tv",
        "faq",
        "pdf",
        "diy",
        "app",
        "vip",
        "vs",
        "get",
        "wow",
        "oh",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "re",
        "fyi",
        "a",
        "an",
        "the",
    ]
)


def names(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of what may be a name where it stands."""
    zh = language == "zh"
    for match in (_LATIN_RUN if zh else _NAME).finditer(text):
        start, end = match.span()
        if match.group().lower() in _NOT_NAMES:
            continue
        if zh:
            if any(s <= start and end <= e for s, e in _contacts(text)):
                continue
        elif _SENTENCE_OPENING.search(text[max(0, start - 12) : start]) or _is_headline(text, start):
            continue
        yield match.group(), start, end


def _contacts(text: str) -> list[tuple[int, int]]:
    return [(t.start, t.end) for t in tokens(text) if t.kind in ("url", "email", "code", "quantity")]


def _is_headline(text: str, at: int) -> bool:
    """True in a sentence or line set in title case or capitals, where a capital says nothing."""
    start = max(text.rfind(mark, 0, at) for mark in "\n.!?") + 1
    stop = re.compile(r"[\n.!?]").search(text, at)
    words = re.findall(r"[A-Za-z][\w'’-]*", text[start : stop.start() if stop else len(text)])
    capitals = sum(word[0].isupper() for word in words[1:])
    return len(words) >= 3 and capitals >= 0.6 * (len(words) - 1)
