"""Parts of a text that no checker touches: addresses, code, handles, words somebody declared right."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

_FORMAL = re.compile(
    r"""
      ```.{0,4000}?```|`[^`\n]*`                     # code
    | (?:https?|ftp)://\S+ | www\.\S+               # addresses
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}   # e-mail
    | \b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|edu|gov|io|ai|co|cn|de|uk|eu|app|dev|info|biz|shop|store)\b(?:/\S*)?
    | (?<![\w&])[@#][\w-]+                            # handles and tags
    | \{\{.{0,500}?\}\}|\{%.{0,500}?%\}|<[A-Za-z/][^<>\n]{0,300}>      # placeholders and mark-up
    | \[[A-Z_]+(?:[_-]\d+)?\]                       # redactions
    | (?:[A-Za-z]:)?(?:[\\/][\w.-]+){2,}            # paths
    | \b\w+_\w+\b                                  # identifiers
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Protected:
    """Looks up whether a place or a word is off limits.

    Args:
        text: The text.
        known: Names and terms that are right as they are.
    """

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        self.text = text
        self._spans = [match.span() for match in _FORMAL.finditer(text)]
        self._starts = [start for start, _ in self._spans]
        self.known = frozenset(
            word.lower().replace("’", "'")
            for term in known
            for word in (*_WORD.findall(term), term.strip())
            if word
        )

    def covers(self, start: int, end: int) -> bool:
        """True if any of ``[start, end)`` lies in an address, code or the like."""
        at = bisect.bisect_left(self._starts, end) - 1
        return at >= 0 and self._spans[at][1] > start

    def knows(self, word: str) -> bool:
        """True for a declared word, its possessive and its plural."""
        plain = word.lower().replace("’", "'")
        plain = plain.removesuffix("'s").removesuffix("'")
        return plain in self.known or plain.removesuffix("s") in self.known
