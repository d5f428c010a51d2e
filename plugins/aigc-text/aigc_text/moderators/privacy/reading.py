"""What the finders read: width, digits, dashes and blanks levelled one to one, invisible characters dropped.

Case is kept, since keys and plates need it; that is why `normalise.fold` is not used.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63")


class _Levels(dict[int, str]):
    def __missing__(self, point: int) -> str:
        value = self[point] = _level(chr(point))
        return value


def _level(char: str) -> str:
    if char < "\x80":
        return char
    if char in _DASHES:
        return "-"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return char


_LEVELS = _Levels()


def read(text: str) -> tuple[str, list[int] | None]:
    """The levelled text, and for each of its characters the index in ``text`` (None: the same index)."""
    if text.isascii():
        return text, None
    levelled = text.translate(_LEVELS)
    if not _INVISIBLE.search(levelled):
        return levelled, None
    origin = [i for i, c in enumerate(levelled) if not _INVISIBLE.match(c)]
    return _INVISIBLE.sub("", levelled), origin
