"""From where on further text may still make a listed term, or take one away; for streams.

Every way of finding a term compares letters: as they are, with look-alikes and signs read as letters, with gaps
dropped, with repeats levelled. All of them agree on a term's *skeleton*: its letters and digits alone, runs levelled,
l and 1 read as i. So text may go on to be a term only from a place from which its skeleton is the beginning of one
(in some reading). `allow` terms count as well, since they take matches away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from aigc_text.moderators.lexicon_suspect import is_cjk
from aigc_text.moderators.lexicon_variants import variants

_SAME = str.maketrans("l1", "ii")
_LATE_SIGNS = 3
"""How far behind a sign lies what tells whether it is read as a letter."""


def skeleton(text: str) -> tuple[str, list[int]]:
    """Letters and digits of ``text`` without repeats, and for each where its run begins."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text.translate(_SAME)):
        if char.isalnum() and (not chars or chars[-1] != char):
            chars.append(char)
            places.append(place)
    return "".join(chars), places


class Openings:
    """Beginnings of the terms that any of ``patterns`` stands for.

    Args:
        patterns: Everything that is looked for, folded.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        known = list(patterns)
        self._skeletons = sorted({skeleton(pattern)[0] for pattern in known} - {""})
        self._lead = max((_leading_signs(pattern) for pattern in known), default=0)

    def first_open(self, text: str) -> int:
        """Index in folded ``text`` of the first character that a match not yet decided may begin with."""
        readings = {text}
        for lookalikes, signs in ((True, True), (True, False), (False, True)):
            readings.update(variants(text, lookalikes, signs))
        return min([self._open_in(text), *(self._open_in(r) for r in readings), self._late_sign(text)])

    def _open_in(self, reading: str) -> int:
        letters, places = skeleton(reading)
        run = 0
        for place, char in enumerate(reading):
            if not char.isalnum():
                continue
            while run + 1 < len(places) and places[run + 1] <= place:
                run += 1
            # A match of letters begins where a word does; of ideographs anywhere.
            if place and not is_cjk(char) and reading[place - 1].isalnum() and not is_cjk(reading[place - 1]):
                continue
            if self._begins(letters[run:]):
                return self._with_signs(reading, place)
        return self._with_signs(reading, len(reading))

    def _begins(self, letters: str) -> bool:
        place = bisect_left(self._skeletons, letters)
        return place < len(self._skeletons) and self._skeletons[place].startswith(letters)

    def _with_signs(self, reading: str, place: int) -> int:
        """Further left by as many signs as stand before the first letter of some term."""
        least = max(0, place - self._lead)
        while place > least and not reading[place - 1].isalnum():
            place -= 1
        return place

    def _late_sign(self, text: str) -> int:
        """A sign that may be a letter, where what would tell has not arrived."""
        for place in range(max(0, len(text) - _LATE_SIGNS), len(text)):
            if not text[place].isalnum() and not text[place].isspace():
                return place
        return len(text)


def _leading_signs(pattern: str) -> int:
    return next((place for place, char in enumerate(pattern) if char.isalnum()), 0)
