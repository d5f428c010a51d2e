"""Finding a value as it was written, and remembering which characters count as given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from aigc_text.facts.normalise import fold


@lru_cache(maxsize=2048)
def _folded_value(value: str) -> str:
    return " ".join(fold(value)[0].split())


def find_verbatim(text: str, value: str) -> list[tuple[int, int]]:
    """Where the folded value occurs as it is, not as a part of a longer word or number."""
    wanted = _folded_value(value)
    folded, origin = fold(text)
    spans = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not (_joins(folded, at) or _joins(folded, end)):
            spans.append((origin[at], origin[end - 1] + 1))
        at = folded.find(wanted, at + 1)
    return spans


def _joins(text: str, at: int) -> bool:
    """True if the characters on both sides of ``at`` belong to one word or number."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isdigit() and right.isdigit():
        return True
    if left in ".," and right.isdigit() and at >= 2 and text[at - 2].isdigit():
        return True
    if left.isdigit() and right in ".," and at + 1 < len(text) and text[at + 1].isdigit():
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


class Spans:
    """Character ranges that count as given."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = tuple(set(spans))

    def hides(self, start: int, end: int) -> bool:
        """True if one of them contains ``[start, end)``."""
        return any(s <= start and end <= e for s, e in self._spans)

    def touches(self, start: int, end: int) -> bool:
        """True if one of them overlaps ``[start, end)``."""
        return any(s < end and start < e for s, e in self._spans)
