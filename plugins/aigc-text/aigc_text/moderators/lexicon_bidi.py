"""Text that is shown backwards: under a right-to-left override (U+202E) readers see the reverse of what is stored.

Unicode Standard Annex 9, "Unicode Bidirectional Algorithm", explicit overrides. Marks that only say which way
neutral characters face reverse no Latin or Chinese text; folding drops them like all invisible characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OVERRIDE = "\u202e"
_ENDS = re.compile("[\u202c\n\r\u2029]")


def reversed_runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch under an override: up to its end mark, or the end of the paragraph."""
    start = text.find(OVERRIDE)
    while start >= 0:
        end = _ENDS.search(text, start)
        stop = end.start() if end else len(text)
        yield start + 1, stop
        start = text.find(OVERRIDE, stop)
