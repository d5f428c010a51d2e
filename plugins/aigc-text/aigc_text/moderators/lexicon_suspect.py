"""Telling at C speed which texts may hide a term behind separators, repeats, look-alikes or digits.

A text is mapped to a string of character classes, in which a few short patterns are looked for. Ordinary text
shows hardly any; what shows one is then searched with more care.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

from aigc_text.moderators.lexicon_automaton import SLICE, Automaton
from aigc_text.moderators.lexicon_variants import LOOKALIKES
from aigc_text.moderators.normalise_table import CodePointTable

SEPARATOR = "\x1e"
"""Joins texts: a control character, which folding removes, so no folded text holds it."""
MAX_GAP = 3
"""Most separators in a row that squeezing looks through."""

_SYMBOLS = "*-_~|+=#^·•"
SYMBOL = re.compile(rf"[{re.escape(_SYMBOLS)}]+")
BREAKS = frozenset(",:;!?。、…" + SEPARATOR)
"""A clause ends here: no term reaches across."""

REPEATS, SPELLED, CUT, SPACING, CUT_HAN, LOOKALIKE, LEET = (1 << i for i in range(7))
SQUEEZE = REPEATS | SPELLED | CUT | SPACING | CUT_HAN


def is_cjk(char: str) -> bool:
    """Han, kana, Hangul: scripts (and planes) without spaces or case."""
    return char >= "\u2e80"


# Classes: letter, digit, ideograph, symbol that cuts, sign that stands for a letter, the same that breaks, …
_LETTER, _DIGIT, _IDEOGRAPH, _MARK, _BAR, _SIGN, _BANG, _BREAK, _BLANK = "a1h*|$!; "


def _shape(char: str) -> str:
    if char in "01345789":
        return _DIGIT
    if char.isalnum():
        return _IDEOGRAPH if is_cjk(char) else _LETTER
    if char in "@$":
        return _SIGN
    if char in "|!":
        return char
    if char in _SYMBOLS:
        return _MARK
    return _BREAK if char in BREAKS else _BLANK


class _Joins(dict[int, "str | None"]):
    """Deletes what squeezing looks through between the parts of a word; keeps the rest."""

    def __missing__(self, point: int) -> str | None:
        char = chr(point)
        seen_through = char in _SYMBOLS or (point > 0x7F and _shape(char) == _BLANK)
        value = self[point] = None if seen_through else char
        return value


class _Letters(dict[int, "str | None"]):
    """Deletes everything but letters, digits and what is ``kept`` besides."""

    def __init__(self, kept: str = "") -> None:
        super().__init__((ord(char), char) for char in kept)

    def __missing__(self, point: int) -> str | None:
        value = self[point] = chr(point) if chr(point).isalnum() else None
        return value


_SHAPES = CodePointTable(lambda char: ord(_shape(char)))
_JOINS, _LETTERS, _LETTERS_APART = _Joins(), _Letters(), _Letters(SEPARATOR)
_ASCII_SHAPES = bytes(ord(_shape(chr(c))) if c < 128 else 0 for c in range(256))
_KEPT = CodePointTable(lambda char: ord(char) if char.isalnum() or char == SEPARATOR else 0)
_SHORT = 1 << 10
"""Characters up to which `str.translate` is faster than the table."""
_NOT_KEPT = bytes(c for c in range(128) if not chr(c).isalnum() and chr(c) != SEPARATOR)
_NOT_LETTERS = bytes(c for c in range(128) if not chr(c).isalnum())
_TO_GAPS = bytes.maketrans(b"1|*$", b"a** ")
_TO_BLANKS = bytes.maketrans(b"*!", b" ;")


def joined(text: str) -> str:
    """Without the symbols that may cut a word."""
    return text.translate(_JOINS)


def letters(text: str) -> str:
    """Letters and digits only."""
    if text.isascii():
        return text.encode("ascii").translate(None, _NOT_LETTERS).decode("ascii")
    return text.translate(_LETTERS)


class Reduced:
    """Letters and digits of joined texts, `SEPARATOR` between them, and where each stands.

    Args:
        joined: Folded texts.
    """

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._places: list[int] = []
        if joined.isascii():
            self.letters = joined.encode("ascii").translate(None, _NOT_KEPT).decode("ascii")
        elif len(joined) < _SHORT:
            self.letters = joined.translate(_LETTERS_APART)
        else:
            kept = _KEPT.look_up(joined)
            self.letters = kept[kept != 0].tobytes().decode("utf-32-le")

    def place(self, index: int) -> int:
        """Index in the joined texts of ``letters[index]``."""
        if not self._places:
            self._places = _KEPT.look_up(self._joined).nonzero()[0].tolist()
        return self._places[index]


@lru_cache(maxsize=1)
def _automata() -> tuple[Automaton[int], Automaton[int], Automaton[int], Automaton[int]]:
    """Patterns in the text, its classes, its classes with digits as letters, and those with cuts as blanks."""
    in_text = [(chr(c) * 3, REPEATS) for c in range(ord("a"), ord("z") + 1)]
    in_text += [(blank, SPACING) for blank in ("  ", "\n", "\t")]
    in_text += [(char, LOOKALIKE) for char in LOOKALIKES]
    leet = [(pattern, LEET) for pattern in ("a1", "1a", "a$", "$a", "a|", "|a", "!a")]
    # Spelled out, with digits or signs among the letters: z.0.r.k, z-0-r-k.
    signs = [three for three in product("a1$|!", repeat=3) if "a" in three and set(three) != {"a"}]
    leet += [
        (f"{b}{x}{g}{y}{g}{z}{e}", LEET)
        for (x, y, z), g, b, e in product(signs, (" ", "*", "  "), " ;h*", " ;h*")
    ]
    cuts = [(f"a{'*' * n}a", CUT) for n in range(1, MAX_GAP + 1)]
    gaps = [" " * n for n in range(1, MAX_GAP + 1)]
    spelled = [(f"{b}a{x}a{y}a{e}", SPELLED) for b, x, y, e in product(" ;h", gaps, gaps, " ;h")]
    spelled += [(f"h{gap}h", CUT_HAN) for gap in gaps]
    return (
        Automaton(in_text, few=True),
        Automaton(leet, few=True),
        Automaton(cuts, few=True),
        Automaton(spelled, few=True),
    )


def signs_of_disguise(text: str, check: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int]]:
    """Position and flag of all that is suspicious in folded ``text``, which begins with `SEPARATOR`."""
    in_text, in_classes, in_cuts, in_blanks = _automata()
    for first in range(0, len(text), SLICE):
        check()
        piece = text[max(0, first - 16) : first + SLICE] if len(text) > SLICE else text
        shift = max(0, first - 16)
        if piece.isascii():
            classes = piece.encode("ascii").translate(_ASCII_SHAPES)
        else:
            classes = _SHAPES.look_up(piece).astype("uint8").tobytes()
        gaps = classes.translate(_TO_GAPS)
        for automaton, searched in (
            (in_text, piece),
            (in_classes, classes.decode("ascii")),
            (in_cuts, gaps.decode("ascii")),
            (in_blanks, gaps.translate(_TO_BLANKS).decode("ascii")),
        ):
            for start, _, flags in automaton.iter(searched):
                # The first character of a pattern may be the separator before the text it is about.
                yield shift + start + 1 if searched[start] in " ;" else shift + start, flags[0]
