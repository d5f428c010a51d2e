"""Folding for term lists: what `fold` levels, and traditional Chinese characters read as simplified ones.

The table of characters ships in ``lexicon-core`` (compiled from OpenCC's, see its NOTICE). The classifiers don't
use it: their weights belong to the text as `fold` leaves it.
"""

from __future__ import annotations

from aigc_sdk.errors import BundleError
from aigc_text.moderators.normalise import Folding, fold_character
from aigc_text.moderators.shipped import open_shipped

TABLE_FILE = "simplified.txt"
"""Two lines of equal length: traditional characters, and below each the simplified one."""


def read_table(data: bytes) -> dict[str, str]:
    """Traditional → simplified.

    Raises:
        BundleError: If the two lines don't pair up.
    """
    try:
        traditional, simplified = data.decode("utf-8").split("\n")[:2]
        return dict(zip(traditional, simplified, strict=True))
    except ValueError as error:
        raise BundleError(
            f"The table of Chinese characters is malformed: {error}", hint="Install it again."
        ) from error


def write_table(table: dict[str, str]) -> bytes:
    """Inverse of `read_table`; the same table always gives the same bytes."""
    traditional = sorted(table)
    return ("".join(traditional) + "\n" + "".join(table[c] for c in traditional) + "\n").encode("utf-8")


def folding(table: dict[str, str]) -> Folding:
    """The folding that reads characters through ``table`` after everything `fold_character` does."""

    def fold_one(char: str) -> str:
        folded = fold_character(char)
        return "".join(table.get(c, c) for c in folded) if char > "\u2e80" else folded

    return Folding(fold_one)


_current: Folding | None = None


def install(table: dict[str, str]) -> None:
    """Use ``table`` in this process in place of the shipped one; for building the bundle that holds it."""
    global _current
    _current = folding(table)


def term_folding() -> Folding:
    """The folding of the shipped table; read once."""
    global _current
    if _current is None:
        _current = folding(read_table(open_shipped("lexicon-core").path(TABLE_FILE).read_bytes()))
    return _current
