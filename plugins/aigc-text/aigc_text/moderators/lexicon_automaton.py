"""Many strings looked for at once (Aho–Corasick, in Rust), in slices, so that a deadline holds on any text.

Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from aigc_sdk.errors import MissingDependencyError

SLICE = 1 << 16
"""Characters searched between two checks of the call's deadline."""
_SURROGATE = re.compile("[\ud800-\udfff]")
T = TypeVar("T")


class Automaton(Generic[T]):
    """Patterns, each with its values.

    Args:
        pairs: Patterns and values; a pattern may have several.
        few: True for patterns so few that a table of all steps is worth its memory: searched twice as fast.

    Raises:
        MissingDependencyError: If ahocorasick-rs is not installed.
    """

    def __init__(self, pairs: Iterable[tuple[str, T]], *, few: bool = False) -> None:
        grouped: dict[str, list[T]] = {}
        for pattern, value in pairs:
            grouped.setdefault(pattern, []).append(value)
        self._values = [tuple(values) for values in grouped.values()]
        self.patterns = tuple(grouped)
        self.longest = max(map(len, grouped), default=1)
        self._search: Any = _compile(list(grouped), few) if grouped else None

    def iter(
        self, text: str, check: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Every occurrence, overlapping ones too: start, end, the pattern's values."""
        if self._search is None:
            return
        values = self._values
        for first in range(0, len(text), SLICE):
            check()
            piece = text[first : first + SLICE + self.longest - 1] if len(text) > SLICE else text
            for pattern, start, end in self._find(piece):
                if start < SLICE:
                    yield first + start, first + end, values[pattern]

    def occurs(self, text: str, check: Callable[[], None] = lambda: None) -> bool:
        """True where any pattern occurs."""
        return next(self.iter(text, check), None) is not None

    def crosses(self, text: str, position: int) -> bool:
        """True where an occurrence covers both sides of ``position``."""
        if self._search is None:
            return False
        return any(start < position < end for _, start, end in self._find(text))

    def _find(self, text: str) -> list[tuple[int, int, int]]:
        try:
            return self._search.find_matches_as_indexes(text, overlapping=True)  # type: ignore[no-any-return]
        except UnicodeEncodeError:  # lone surrogates have no UTF-8; they are part of no term
            return self._search.find_matches_as_indexes(  # type: ignore[no-any-return]
                _SURROGATE.sub("\ufffd", text), overlapping=True
            )


def _compile(patterns: list[str], few: bool) -> Any:
    try:
        import ahocorasick_rs
    except ImportError as error:
        raise MissingDependencyError(
            "The lexicon moderator needs ahocorasick-rs.", hint="pip install ahocorasick-rs"
        ) from error
    kinds = ahocorasick_rs.Implementation
    kind = kinds.DFA if few else kinds.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(patterns, store_patterns=False, implementation=kind)
