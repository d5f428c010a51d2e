"""``text/folded-ngrams`` and, for corpora made earlier, ``text/ngrams``: text as tokens for the similarity corpus.

One row of tokens for both languages — a word where words are written apart, a character where they are not — so a
Chinese passage is found inside an English text and the other way round. Case, width, marks, invisible characters,
white space and punctuation make no difference; an apostrophe inside a word makes none either. To
``text/folded-ngrams`` neither do traditional and simplified characters, letters of other alphabets that look Latin, and
digits for letters: works and queries are read the same way, so that what is equal stays equal.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from aigc_sdk.content import Content, Text
from aigc_sdk.corpus import TokenStream
from aigc_sdk.errors import BadInputError
from aigc_text.languages import HAN
from aigc_text.moderators.lexicon_fold import term_folding
from aigc_text.moderators.lexicon_variants import plain_letter
from aigc_text.moderators.normalise import Folded, Folding, fold

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

WORDS: Final = 12
"""Words of the shortest run worth reporting: shorter ones are often stock phrases."""
CHARACTERS: Final = 20
"""Characters of the shortest run worth reporting, in scripts without spaces."""

_SINGLE: Final = f"{HAN}\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc"
_APOSTROPHE: Final = "'\u2019\u02bc"
_TOKEN: Final = re.compile(f"([{_SINGLE}])|[^\\W_{_SINGLE}]+(?:[{_APOSTROPHE}][^\\W_{_SINGLE}]+)*")
_APOSTROPHES: Final = str.maketrans("", "", _APOSTROPHE)

# Between any two of these a text may be cut: no combining marks, joiners, emoji or prepended signs. A match
# saves asking for each token.
_PLAIN: Final = re.compile("[\x00-\x7f\u2010-\u2027\u3000-\u3029\u3041-\u3096\u3400-\u9fff\uff01-\uff60]*")
_BATCH: Final = 16_384

_DIGITS: Final = str.maketrans("013457", "oieast")
_MIXED: Final = re.compile("(?=.*[a-z])(?=.*[0-9])")


class TextIndexer:
    """Turns text into token streams; offsets are characters of the original, on grapheme boundaries.

    The id of this one is ``text/ngrams``; `FoldedTextIndexer` has taken its place for new corpora.

    Args:
        words: Words that make a run worth reporting.
        characters: Characters that do, in scripts without spaces.
    """

    def __init__(self, words: int = WORDS, characters: int = CHARACTERS) -> None:
        self._word = np.float32(1 / words)
        self._character = np.float32(1 / characters)

    def load(self, runtime: Runtime | None) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to free."""

    def index(self, item: Content, check: Callable[[], None] | None = None) -> TokenStream:
        """The tokens of a text.

        Args:
            item: A `Text`.
            check: Called now and then; what it raises ends the work.

        Raises:
            BadInputError: For content of another kind.
        """
        if not isinstance(item, Text):
            raise BadInputError(f"A corpus indexer of text was given {item.kind}.")
        folded = self._folding()(item.text, check)
        hashes: list[int] = []
        spans: list[tuple[int, int]] = []
        single: list[bool] = []
        found = _TOKEN.finditer(folded.text)
        while batch := list(islice(found, _BATCH)):
            if check is not None:
                check()
            hashes += [zlib.crc32(self._token(m.group()).encode("utf-8", "replace")) for m in batch]
            spans += [m.span() for m in batch]
            single += [m.lastindex is not None for m in batch]
        places = np.array(_original(folded, spans, check), np.uint32).reshape(-1, 2)
        return TokenStream(
            tokens=np.array(hashes, np.uint32),
            starts=places[:, 0].copy(),
            ends=places[:, 1].copy(),
            weights=np.where(np.array(single, bool), self._character, self._word).astype(np.float32),
        )

    def _folding(self) -> Folding:
        return fold

    def _token(self, word: str) -> str:
        """A word of the folded text as it is compared."""
        return word.translate(_APOSTROPHES)


class FoldedTextIndexer(TextIndexer):
    """The same, and disguised letters are read as what they stand for: id ``text/folded-ngrams``."""

    def load(self, runtime: Runtime | None) -> None:
        """Read the table of traditional characters; once a process.

        Raises:
            ModelNotFoundError: If the shipped bundle ``lexicon-core`` is absent.
        """
        _disguises()

    def _folding(self) -> Folding:
        return _disguises()

    def _token(self, word: str) -> str:
        plain = word.translate(_APOSTROPHES)
        return plain.translate(_DIGITS) if not plain.isalpha() and _MIXED.match(plain) else plain


@lru_cache(maxsize=1)
def _disguises() -> Folding:
    terms = term_folding()

    def fold_one(char: str) -> str:
        plain = plain_letter(char)
        return plain if plain != char else "".join(map(plain_letter, terms(char).text))

    return Folding(fold_one)


def _original(
    folded: Folded, spans: list[tuple[int, int]], check: Callable[[], None] | None
) -> list[tuple[int, int]]:
    """The spans on the original text, in whole graphemes."""
    if folded.origin is None and _PLAIN.fullmatch(folded.source):
        return spans
    placed = []
    for start in range(0, len(spans), _BATCH):
        if check is not None:
            check()
        placed += [folded.span(*span) for span in spans[start : start + _BATCH]]
    return placed
