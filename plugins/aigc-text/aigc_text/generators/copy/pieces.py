"""Sentences of a text, with their places."""

from __future__ import annotations

import re
from itertools import pairwise

# A sentence ends at its mark, at a line break, or after a closing quote behind the mark; points within numbers and
# addresses end none.
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]*(?=\s)|(?<=[。！？…])[”’」』）]*|\n")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences that together make up ``text``."""
    cuts = sorted({0, len(text), *(match.end() for match in _BOUNDARY.finditer(text))})
    return [(start, end) for start, end in pairwise(cuts) if start < end]
