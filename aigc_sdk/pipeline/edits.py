"""Replacements in a text, kept by their place in the original however often it is edited again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aigc_sdk.taxonomy import Category


@dataclass(frozen=True, slots=True)
class Edit:
    """``after`` stands in the place of characters ``start`` to ``end`` (exclusive).

    Attributes:
        start: In characters.
        end: In characters, exclusive; equal to ``start`` for an insertion.
        after: What stands there now.
        category: Category of the finding that asked for it.
        detector: Who found it.
        rule: The rule that fired on it.
        private: True where what stood there must not be written down.
    """

    start: int
    end: int
    after: str
    category: Category
    detector: str = ""
    rule: str = ""
    private: bool = False

    @property
    def grows(self) -> int:
        """By how many characters the text gets longer."""
        return len(self.after) - (self.end - self.start)


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted and disjoint: where some overlap, the first (of those that start together the longest) stands for all."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if out and edit.start < out[-1].end:
            last = out[-1]
            out[-1] = replace(last, end=max(last.end, edit.end), private=last.private or edit.private)
        else:
            out.append(edit)
    return out


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with sorted, disjoint edits made."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.after]
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def composed(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits of the original for two that were made one after the other.

    Args:
        text: The original.
        first: Sorted, disjoint edits of it.
        second: Sorted, disjoint edits of the text that ``first`` gave.

    Returns:
        Sorted, disjoint edits of the original, such that ``applied(text, composed(text, a, b))`` is
        ``applied(applied(text, a), b)``. Edits of ``second`` that lie on what ``first`` put in are joined with it
        and speak for it.
    """
    current = applied(text, first)
    out: list[Edit] = []
    shift = 0
    for group in _groups(first, second):
        low, high = group[0].begin, max(place.end for place in group)
        start = low - shift
        shift += sum(p.edit.grows for p in group if p.earlier)
        later = [p.edit for p in group if not p.earlier]
        if not later:
            out += [p.edit for p in group]
            continue
        moved = [replace(e, start=e.start - low, end=e.end - low) for e in later]
        after = applied(current[low:high], moved)
        private = any(p.edit.private for p in group)
        out.append(replace(later[0], start=start, end=high - shift, after=after, private=private))
    return out


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an edit lies in the text between the two rounds."""

    begin: int
    end: int
    edit: Edit
    earlier: bool


def _groups(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[list[_Place]]:
    """Edits of both rounds in order, those that overlap together."""
    places, shift = [], 0
    for edit in first:
        begin = edit.start + shift
        places.append(_Place(begin, begin + len(edit.after), edit, True))
        shift += edit.grows
    places += [_Place(e.start, e.end, e, False) for e in second]
    # What was deleted lies between two characters: before an edit that begins there.
    places.sort(key=lambda p: (p.begin, p.end, not p.earlier))
    group: list[_Place] = []
    reach = -1
    for place in places:
        if group and place.begin >= reach:
            yield group
            group = []
            reach = -1
        group.append(place)
        reach = max(reach, place.end)
    if group:
        yield group
