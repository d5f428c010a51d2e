"""What texts are searched by when they are searched by words: English words, pairs of Chinese characters.

Chinese is not segmented: bigrams of characters do as well for retrieval and know every new word (Nie et al., "On the use of
words and n-grams for Chinese information retrieval", 2000). English words lose their plural s (Harman's S-stemmer, 1991).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_UNSPACED: Final = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
    "\u3040-\u30ff\uac00-\ud7af\u0e00-\u0eff"  # kana, hangul, Thai and Lao
)
_PIECE: Final = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_FIRST_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b")
_LONGEST: Final = 64
_ASKING_EN: Final = frozenset(
    # Singular as `terms` makes them: "doe" is "does".
    re.findall(
        r"\w+",
        """a an the of and or to in on at by for with from as about into than then if so is are was were be been being am do doe did
        done can could will would shall should may might must have has had i you he she it we they me him us them my your his her it
        our their this that these those there here what which who whom whose when where why how not no any some much many please
        tell""",
    )
)
_ASKING_ZH: Final = re.compile(
    "请问|请告诉我|什么时候|什么时间|什么|为何|为什么|怎么样|怎么|怎样|如何|哪一|哪些|哪个|哪里|哪儿|哪|多少|几|是否|能否|可否|有没有|是不是|吗|呢|谁|是|的|了"
)
"""Words that ask, and particles: every document holds them, and in a small index they look rare."""


def terms(text: str) -> list[str]:
    """Terms of a text, in order, repeats included."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = _POSSESSIVE.sub("", _THOUSANDS.sub("", folded))
    return list(_terms(folded))


def question_terms(text: str) -> list[str]:
    """Distinct terms of a question that say what it is about; all where none would be left."""
    folded = _ASKING_ZH.sub(" ", unicodedata.normalize("NFKC", text).lower())
    telling = [term for term in terms(folded) if term not in _ASKING_EN]
    return list(dict.fromkeys(telling or terms(text)))


def _terms(folded: str) -> Iterator[str]:
    for match in _PIECE.finditer(folded):
        piece = match.group()
        if not _FIRST_UNSPACED.match(piece):
            yield _singular(piece[:_LONGEST])
        elif len(piece) == 1:
            yield piece
        else:
            for index in range(len(piece) - 1):
                yield piece[index : index + 2]


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


@lru_cache(maxsize=1 << 16)
def term_id(term: str) -> int:
    """63 bits of blake2b: the same in every process, and no vocabulary to keep."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little") >> 1
