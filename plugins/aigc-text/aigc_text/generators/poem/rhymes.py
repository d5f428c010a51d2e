"""Rhyme books: which tone a character has and with which others it rhymes.

Three books ship in the bundle ``poem-rhymes``, compiled by :mod:`aigc_text.training.poem_rhymes`:

* ``pingshui`` 平水韵, 106 groups, the standard of regulated verse from the thirteenth century on;
* ``cilin`` 词林正韵 (Ge Zai, 1821), 19 parts, the standard of song lyrics (词);
* ``xinyun`` 中华新韵 (中华诗词学会, 2005), 14 parts of Mandarin: tones 1 and 2 are level (平), 3 and 4 oblique (仄).

A character with several readings counts as any of them: which one is meant, only a reader can tell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from aigc_sdk.errors import BundleError
from aigc_text.moderators.shipped import open_shipped

BUNDLE = "poem-rhymes"
DATA_FILE = "rhymes.json"

BookName = Literal["pingshui", "cilin", "xinyun"]
Tone = Literal["平", "仄"]
LEVEL: Tone = "平"
OBLIQUE: Tone = "仄"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a character.

    Attributes:
        tone: 平 or 仄.
        rhyme: The class it rhymes within, such as ``一东`` (平水韵) or ``第三部`` (词林正韵).
    """

    tone: Tone
    rhyme: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a rhyme book.

    Attributes:
        name: As the book calls it.
        tone: 平, 上, 去 or 入; 仄 where the book does not divide the oblique tones.
        rhyme: What all groups that rhyme with each other share.
        characters: Its characters.
    """

    name: str
    tone: str
    rhyme: str
    characters: str


class RhymeBook:
    """Readings of characters under one book.

    Args:
        name: Of the book.
        groups: What it holds.
    """

    def __init__(self, name: BookName, groups: tuple[Group, ...]) -> None:
        self.name, self.groups = name, groups
        table: dict[str, dict[Reading, None]] = {}
        for group in groups:
            reading = Reading(LEVEL if group.tone == LEVEL else OBLIQUE, group.rhyme)
            for character in group.characters:
                table.setdefault(character, {})[reading] = None
        self._table = {character: tuple(readings) for character, readings in table.items()}

    def readings(self, character: str) -> tuple[Reading, ...]:
        """All readings; empty where the book lacks the character."""
        return self._table.get(character, ())

    def tones(self, character: str) -> frozenset[Tone]:
        """The tone classes it can have."""
        return frozenset(reading.tone for reading in self.readings(character))

    def rhymes(self, character: str, tone: Tone) -> frozenset[str]:
        """The rhyme classes it belongs to when read in `tone`."""
        return frozenset(reading.rhyme for reading in self.readings(character) if reading.tone == tone)

    def classes(self, tone: Tone) -> tuple[str, ...]:
        """All rhyme classes that have characters of `tone`, in the book's order."""
        return tuple(
            dict.fromkeys(group.rhyme for group in self.groups if (group.tone == LEVEL) == (tone == LEVEL))
        )

    def __contains__(self, character: str) -> bool:
        return character in self._table


def encode_books(books: dict[str, tuple[Group, ...]]) -> str:
    """The file of the bundle: one line a group, so that a change shows where it is."""
    lines = [
        json.dumps([book, g.name, g.tone, g.rhyme, g.characters], ensure_ascii=False)
        for book, groups in books.items()
        for g in groups
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def decode_books(text: str) -> dict[str, tuple[Group, ...]]:
    """Inverse of `encode_books`.

    Raises:
        BundleError: The text is no such file.
    """
    books: dict[str, list[Group]] = {}
    try:
        rows: list[Any] = json.loads(text)
        for book, *fields in rows:
            if len(fields) != 4 or not all(isinstance(field, str) for field in (book, *fields)):
                raise ValueError("a group needs a name, a tone, a rhyme class and characters")
            books.setdefault(book, []).append(Group(*fields))
    except (ValueError, TypeError) as error:
        raise BundleError(
            f"{DATA_FILE} is no table of rhymes: {error}", hint="Install the plugin again."
        ) from error
    return {name: tuple(groups) for name, groups in books.items()}


@lru_cache(maxsize=1)
def _shipped() -> dict[str, tuple[Group, ...]]:
    return decode_books(open_shipped(BUNDLE).path(DATA_FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=3)
def rhyme_book(name: BookName) -> RhymeBook:
    """One of the shipped books; read once a process.

    Raises:
        ModelNotFoundError: This installation lacks them.
        BundleError: They are damaged.
    """
    return RhymeBook(name, _shipped()[name])
