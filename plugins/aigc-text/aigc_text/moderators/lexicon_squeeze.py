"""Reading a text without separators and repeats: the letters in a row, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from aigc_text.moderators.lexicon_suspect import BREAKS, MAX_GAP, SEPARATOR, SYMBOL, is_cjk, letters

_CHECK_EVERY = 4096
"""Characters or hits between two checks of the call's deadline."""
_EQUAL = re.compile(r"([^\W_])\1*")
_REPEATED = re.compile("([^\\W_\u2e80-\U0010ffff])\\1+")
T = TypeVar("T")


class Run(NamedTuple):
    """One character of the squeezed text: a run of ``size`` equal letters of the folded text."""

    start: int
    end: int
    size: int


def checked(items: Iterable[T], check: Callable[[], None]) -> Iterator[T]:
    """The items, with a look at the call's deadline now and then."""
    for number, item in enumerate(items):
        if number % _CHECK_EVERY == 0:
            check()
        yield item


def level(letters_only: str) -> str:
    """Runs of equal letters as one; characters of scripts without alphabet stay as they are."""
    return _REPEATED.sub(r"\1", letters_only)


def squeeze_key(key: str) -> str:
    """Letters and digits of a term with runs levelled; empty if too short to look for in squeezed text."""
    levelled = level(letters(key))
    shortest = 2 if any(map(is_cjk, levelled)) else 4 if "'" in key else 3
    return levelled if len(levelled) >= shortest else ""


def squeeze_keys(keys: Sequence[str]) -> list[str]:
    """`squeeze_key` of each, at C speed for those of plain letters and digits."""
    plain = SEPARATOR.join([key if key.isascii() and key.isalnum() else "" for key in keys])
    levelled = level(plain).split(SEPARATOR) if keys else []
    return [
        (run if len(run) >= 3 else "") if run else squeeze_key(key)
        for key, run in zip(keys, levelled, strict=True)
    ]


def gist(text: str) -> str:
    """Letters and digits with runs levelled: what `squeeze` makes of any part of ``text`` is a part of this.

    At C speed, to tell that squeezing with care would find nothing.
    """
    return level(letters(text))


def squeeze(
    text: str, first: int, last: int, check: Callable[[], None], apart: bool = False
) -> tuple[str, list[Run], bool]:
    """Letters and digits of ``text[first:last]`` with runs levelled and separators dropped.

    A line feed stands where no match may cross.

    Args:
        text: Folded text.
        first: Where to begin.
        last: Where to end; may lie beyond the text.
        check: Called now and then; what it raises ends the work.
        apart: True keeps equal letters on both sides of a gap apart, as in ``zooork kept``.

    Returns:
        The letters, the run that each stands for, and whether a run reaches across a gap.
    """
    chars: list[str] = []
    runs: list[Run] = []
    gap_start = first
    previous = ""
    bridged = False
    for found in checked(_EQUAL.finditer(text, first, last), check):
        start, end = found.span()
        char = text[start]
        touching = gap_start == start
        if not touching and chars:
            gap = text[gap_start:start]
            if len(gap) > MAX_GAP or not BREAKS.isdisjoint(gap):
                chars.append("\n")
                runs.append(Run(start, start, 0))
                previous = "\n"
        if is_cjk(char):
            chars += char * (end - start)
            runs += [Run(index, index + 1, 1) for index in range(start, end)]
        elif previous == char and not (apart and not touching):
            runs[-1] = Run(runs[-1].start, end, runs[-1].size + end - start)
            bridged = True
        else:
            chars.append(char)
            runs.append(Run(start, end, end - start))
        previous = char
        gap_start = end
    return "".join(chars), runs, bridged


def same_letters(key: str, runs: list[Run], text: str) -> bool:
    """Check a hit in squeezed text: run lengths, and cuts in places where the term has none."""
    position = 0
    own_gap = False
    pieces_single = True
    piece = 0
    spelled = False
    for number, run in enumerate(runs):
        if number:
            gap = text[runs[number - 1].end : run.start]
            if gap and not own_gap:
                spelled = spelled or (SYMBOL.fullmatch(gap) is None and not is_cjk(text[run.start]))
                pieces_single = pieces_single and piece <= 1
                piece = 0
            elif own_gap:
                piece = 0
        char = text[run.start]
        wanted = 0
        most = 1 if is_cjk(char) else len(key)
        while position < len(key) and (
            not key[position].isalnum() or (key[position] == char and wanted < most)
        ):
            wanted += key[position] == char
            position += 1
        if run.size != wanted and not (run.size >= 3 and run.size >= wanted):
            return False
        own_gap = position > 0 and position < len(key) and not key[position - 1].isalnum()
        piece += 1
    return pieces_single and piece <= 1 if spelled else True
