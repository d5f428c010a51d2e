"""The lists of the shipped bundle ``names-core``: one word → what it may be."""

from __future__ import annotations

import unicodedata
import zlib
from enum import IntFlag
from functools import lru_cache

from aigc_sdk.errors import BundleError
from aigc_text.moderators.shipped import open_shipped

BUNDLE = "names-core"
DATA_FILE = "names.bin"
_MAX_DATA = 16 << 20


class May(IntFlag):
    """What a word may be."""

    GIVEN = 1
    SURNAME = 2
    WORD = 4
    """An ordinary word, written in lower case in running text."""
    PLACE = 8
    HAN_SURNAME = 16
    HAN_GIVEN = 32
    """A character of Chinese given names."""


_MARKS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
_OTHERS = str.maketrans(_MARKS)


def name_key(word: str) -> str:
    """A word as the table holds it: lower case, without marks."""
    low = word.lower()
    if low.isascii():
        return low
    plain = unicodedata.normalize("NFKD", low.translate(_OTHERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def encode_table(table: dict[str, int]) -> bytes:
    """Compiled table: the same words always give the same bytes."""
    lines = []
    for flags in sorted(set(table.values())):
        words = sorted(word for word, value in table.items() if value == flags)
        lines.append(f"{flags}\t{' '.join(words)}\n")
    return zlib.compress("".join(lines).encode(), 9)


def decode_table(data: bytes) -> dict[str, int]:
    """Inverse of `encode_table`.

    Raises:
        BundleError: If the data is no table or unreasonably large.
    """
    try:
        inflate = zlib.decompressobj()
        raw = inflate.decompress(data, _MAX_DATA)
        if inflate.unconsumed_tail or not inflate.eof:
            raise ValueError("truncated, or too large")
        table: dict[str, int] = {}
        for line in raw.decode("utf-8").splitlines():
            flags, _, words = line.partition("\t")
            table.update(dict.fromkeys(words.split(" "), int(flags)))
    except (zlib.error, ValueError) as error:
        raise BundleError(f"The table of names is malformed: {error}", hint="Install it again.") from error
    return table


@lru_cache(maxsize=1)
def name_table() -> dict[str, int]:
    """The shipped table; read once a process.

    Raises:
        ModelNotFoundError: If this installation lacks it.
        BundleError: If it is damaged.
    """
    return decode_table(open_shipped(BUNDLE).path(DATA_FILE).read_bytes())
