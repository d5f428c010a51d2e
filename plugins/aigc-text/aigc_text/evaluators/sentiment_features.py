"""What the sentiment model sees of a text: words and pairs with negation marked (English), short strings (Chinese)."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aigc_text.languages import HAN

SPACE: Final = 1 << 22
"""Features are told apart by hashes below this; of those that a model keeps, some in a hundred share theirs with another."""
MOST: Final = 4000
"""Characters read of a text; of a longer one, the first and the last half of as many."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[:;=8][-o*']?[)(\]\[dDpP/\\|]|<3|[^\w\s]", re.UNICODE)
_NEGATION: Final = frozenset(
    [
        "not",
        "no",
        "never",
        "neither",
        "nor",
        "cannot",
        "without",
        "hardly",
        "barely",
        "scarcely",
        "lack",
        "lacks",
        "lacking",
        "nothing",
        "nobody",
        "none",
        "cant",
        "dont",
        "doesnt",
        "isnt",
        "wont",
        "wasnt",
        "didnt",
        "couldnt",
        "wouldnt",
        "shouldnt",
        "aint",
        "n't",
    ]
)
_SCOPE: Final = 4
"""Words that a negation reaches, unless a clause ends before."""
_CLAUSE_ZH: Final = re.compile(rf"[{HAN}]+|[a-z]+|[^\w\s]")
_LONGEST_ZH: Final = 4


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature where it stands.

    Attributes:
        name: What is hashed.
        start: First character in the text given.
        end: The one after its last.
    """

    name: str
    start: int
    end: int

    @property
    def bucket(self) -> int:
        """Its hash."""
        return zlib.crc32(self.name.encode("utf-8", "replace")) % SPACE


def features(text: str, language: str) -> list[Feature]:
    """The features of a text; places are in ``text`` as given.

    Case and width are folded character by character, so that places stay true.
    """
    lowered = "".join(_folded(c) for c in text)
    parts = [(0, len(text))]
    if len(text) > MOST:
        parts = [(0, MOST // 2), (len(text) - MOST // 2, len(text))]
    read = _chinese if language == "zh" else _english
    return [f for start, end in parts for f in read(lowered[start:end], start)]


def _folded(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char == "’":
        return "'"
    narrow = unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" else char
    lower = narrow.lower()
    return lower if len(lower) == 1 else char


def _english(text: str, offset: int) -> Iterator[Feature]:
    reach = 0
    before: tuple[str, int] | None = None
    for match in _WORD.finditer(text):
        word, start, end = match[0], match.start() + offset, match.end() + offset
        if word in ".,;:?!()" or word == "but":
            reach = 0
        if not word[0].isalpha():
            if word in "!?" or len(word) > 1 or not word.isascii():
                yield Feature(word, start, end)
            before = None if word in ".;:?!" else before
            continue
        marked = f"not_{word}" if reach > 0 else word
        reach -= 1
        yield Feature(marked, start, end)
        if len(word) > 6:
            # The stem, more or less: words that were never seen share it with some that were.
            yield Feature(f"{'not_' if marked != word else ''}{word[:6]}…", start, end)
        if before is not None:
            yield Feature(f"{before[0]} {word}", before[1], end)
        before = (word, start)
        if word in _NEGATION or word.endswith("n't"):
            reach = _SCOPE


def _chinese(text: str, offset: int) -> Iterator[Feature]:
    for match in _CLAUSE_ZH.finditer(text):
        run, start = match[0], match.start() + offset
        if run.isascii() and run.isalpha():
            yield Feature(run, start, start + len(run))
        elif not run[0].isalnum():
            if run in "!！?？":
                yield Feature("！" if run in "!！" else "？", start, start + 1)
        else:
            for size in range(1, _LONGEST_ZH + 1):
                for at in range(len(run) - size + 1):
                    yield Feature(run[at : at + size], start + at, start + at + size)
