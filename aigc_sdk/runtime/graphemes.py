"""Where a text may be cut without splitting what a reader sees as one character.

Grapheme clusters after Unicode Standard Annex 29, on the safe side: a place the annex would allow may be
refused (after any joiner, beside unassigned code points), never the other way round.
"""

from __future__ import annotations

import unicodedata

_ZWJ = 0x200D
# Extend or SpacingMark in the annex though their general category is no mark.
_EXTENDING = frozenset({0x200C, _ZWJ, 0xFF9E, 0xFF9F, 0x0E33, 0x0EB3})
# Prepended_Concatenation_Mark and relatives: they hold on to what follows.
_PREPENDED = frozenset(
    {0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0xD4E, 0x110BD, 0x110CD, 0x111C2, 0x111C3, 0x113D1, 0x1193F}
    | {0x11941, 0x11D46, 0x11F02, *range(0x600, 0x606), *range(0x11A84, 0x11A8A)}
)


def is_boundary(text: str, index: int) -> bool:
    """True if ``text`` may be cut before ``text[index]``."""
    if index <= 0 or index >= len(text):
        return True
    after = ord(text[index])
    before = ord(text[index - 1])
    if before < 0x300 and after < 0x300:  # Latin: only CR LF holds together
        return not (before == 0x0D and after == 0x0A)
    if _extends(after) or before == _ZWJ or before in _PREPENDED:
        return False
    if _is_regional(before) and _is_regional(after):
        return _regional_run(text, index) % 2 == 0
    # A virama joins the consonants around it.
    if unicodedata.combining(text[index - 1]) == 9:
        return False
    return not (_is_hangul_lead(before) and (_is_hangul_lead(after) or 0xAC00 <= after <= 0xD7A3))


def last_boundary(text: str, end: int | None = None) -> int:
    """The last place before ``end`` (default: the end of the text) where it may be cut; 0 if there is none.

    What lies behind it is the last cluster, which further text might still extend.
    """
    index = (len(text) if end is None else end) - 1
    while index > 0 and not is_boundary(text, index):
        index -= 1
    return max(index, 0)


def _extends(code: int) -> bool:
    if code in _EXTENDING or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    # Vowels and tails of Hangul syllables.
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FB:
        return True
    # Unassigned for this Python may be a mark for a newer Unicode.
    return unicodedata.category(chr(code)) in ("Mn", "Mc", "Me", "Cn")


def _is_regional(code: int) -> bool:
    return 0x1F1E6 <= code <= 0x1F1FF


def _regional_run(text: str, end: int) -> int:
    start = end
    while start > 0 and _is_regional(ord(text[start - 1])):
        start -= 1
    return end - start


def _is_hangul_lead(code: int) -> bool:
    return 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C
