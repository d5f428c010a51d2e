"""The decoder's automaton: at every step it leaves only characters with which the form can still be kept.

It is a logits processor. Within a line it follows all tone patterns that what was written so far fits; at rhymes it
follows the classes that all ends so far share; marks and the end are forced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import ComponentError
from aigc_text.generators.poem.forms import Line, Scheme
from aigc_text.generators.poem.prompt import END, Vocabulary
from aigc_text.generators.poem.rhymes import LEVEL, OBLIQUE, RhymeBook, Tone
from aigc_text.languages import HAN

Bools = npt.NDArray[np.bool_]
_HAN = re.compile(f"[{HAN}]")
_ROOM = 4
"""A rhyme class is chosen freely only if it has this many characters for each line that rhymes."""


class Masks:
    """Which tokens of a vocabulary have which tone and rhyme under a book; bool [vocab] each."""

    def __init__(self, vocabulary: Vocabulary, book: RhymeBook) -> None:
        self.vocabulary, self.book = vocabulary, book
        tokens = vocabulary.tokens
        self.characters = np.array([_HAN.fullmatch(token) is not None for token in tokens])
        self._tones: dict[str, Bools] = {
            tone: np.array([tone in book.tones(token) for token in tokens]) & self.characters
            for tone in (LEVEL, OBLIQUE)
        }
        self._rhymes: dict[tuple[Tone, str], Bools] = {}
        for number in np.flatnonzero(self.characters):
            for reading in book.readings(tokens[number]):
                key = (reading.tone, reading.rhyme)
                self._rhymes.setdefault(key, np.zeros(len(tokens), np.bool_))[number] = True

    def tone(self, symbol: str) -> Bools:
        """Tokens that fit 平, 仄 or 中."""
        return self._tones.get(symbol, self.characters)

    def rhyme(self, tone: Tone, rhyme: str) -> Bools:
        """Tokens of a rhyme class in a tone."""
        found = self._rhymes.get((tone, rhyme))
        return np.zeros(len(self.vocabulary), np.bool_) if found is None else found

    def classes(self, tone: Tone, least: int) -> frozenset[str]:
        """Rhyme classes of at least `least` characters in a tone."""
        return frozenset(
            name for (own, name), mask in self._rhymes.items() if own == tone and mask.sum() >= least
        )


@dataclass(frozen=True)
class Plan:
    """What one poem must be.

    Attributes:
        scheme: Its lines.
        forced: Characters at given places, (line, position) → character.
        rhyme: Class of the rhyme where it is settled.
        distinct: No character comes twice, but for doubled ones (regulated verse).
    """

    scheme: Scheme
    forced: Mapping[tuple[int, int], str] = field(default_factory=dict)
    rhyme: str | None = None
    distinct: bool = False


def fitting_patterns(line: Line, forced: Mapping[int, str], book: RhymeBook) -> tuple[str, ...]:
    """The patterns of a line that the characters at the places `forced` fit."""
    return tuple(
        pattern
        for pattern in line.patterns
        if all(pattern[place] == "中" or pattern[place] in book.tones(c) for place, c in forced.items())
    )


class FormConstraint:
    """Keeps one decoded row to a plan. Made for one row, used once.

    Args:
        plan: What is to be written; it must be possible (see `aigc_text.generators.poem.planning`).
        masks: Of the model's vocabulary and the rhyme book.
        prompt_length: Tokens before the poem.
    """

    def __init__(self, plan: Plan, masks: Masks, prompt_length: int) -> None:
        self._plan, self._masks, self._prompt_length = plan, masks, prompt_length
        lines = plan.scheme.lines
        # A place is (line, position); the position behind the last character is the mark.
        self._places = [(i, p) for i, line in enumerate(lines) for p in range(line.length + 1)]
        self._patterns = [
            fitting_patterns(line, {p: c for (i, p), c in plan.forced.items() if i == index}, masks.book)
            for index, line in enumerate(lines)
        ]
        self._read = 0
        self._alive = self._patterns[0]
        self._written: list[list[str]] = [[] for _ in lines]
        self._used: set[str] = set(plan.forced.values())
        self._ends: dict[str, list[str]] = {}
        self._classes: dict[str, frozenset[str]] = {label: self._open(label) for label in self._labels()}

    @property
    def tokens(self) -> int:
        """Tokens of the finished poem, marks included, without the end token."""
        return len(self._places)

    def __call__(
        self, ids_so_far: npt.NDArray[np.int64], logits: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """See `aigc_sdk.runtime.sampling.LogitsProcessor`."""
        written = ids_so_far[self._prompt_length :]
        while self._read < len(written):
            self._advance(self._masks.vocabulary.tokens[int(written[self._read])])
        allowed = self._allowed()
        if not allowed.any():
            raise ComponentError(
                "No character keeps the form here.", hint="Ask for other words or another form."
            )
        logits[~allowed] = -np.inf
        return logits

    # ---- what was written ------------------------------------------------------------------------------

    def _advance(self, token: str) -> None:
        index, place = self._places[self._read]
        line = self._plan.scheme.lines[index]
        self._read += 1
        if place == line.length:
            if index + 1 < len(self._patterns):
                self._alive = self._patterns[index + 1]
            return
        tones = self._masks.book.tones(token)
        self._alive = tuple(p for p in self._alive if p[place] == "中" or p[place] in tones)
        self._written[index].append(token)
        self._used.add(token)
        if place == line.length - 1 and line.rhyme is not None and line.repeats is None:
            self._ends.setdefault(line.rhyme, []).append(token)
            rhymes = self._masks.book.rhymes(token, line.last_tone)
            self._classes[line.rhyme] = self._classes[line.rhyme] & rhymes or rhymes

    # ---- what may follow -------------------------------------------------------------------------------

    def _allowed(self) -> Bools:
        vocabulary = self._masks.vocabulary
        if self._read >= len(self._places):
            return self._only(END)
        index, place = self._places[self._read]
        line = self._plan.scheme.lines[index]
        if place == line.length:
            return self._only(line.end)
        if line.repeats is not None:
            return self._only(self._written[line.repeats][place])
        forced = self._plan.forced.get((index, place))
        if forced is not None:
            return self._only(forced)
        allowed = np.zeros(len(vocabulary), np.bool_)
        for symbol in {pattern[place] for pattern in self._alive}:
            allowed |= self._masks.tone(symbol)
        if line.rhyme is not None and place == line.length - 1:
            allowed &= self._rhyming(line, line.rhyme)
        return self._fresh(allowed, index, place)

    def _only(self, token: str) -> Bools:
        allowed = np.zeros(len(self._masks.vocabulary), np.bool_)
        allowed[self._masks.vocabulary.id(token)] = True
        return allowed

    def _rhyming(self, line: Line, label: str) -> Bools:
        allowed = np.zeros(len(self._masks.vocabulary), np.bool_)
        for rhyme in self._classes[label]:
            allowed |= self._masks.rhyme(line.last_tone, rhyme)
        ends = self._ends.get(label, [])
        for end in ends[:-1] if line.echo else ends:
            allowed[self._masks.vocabulary.id(end)] = False
        return allowed

    def _fresh(self, allowed: Bools, index: int, place: int) -> Bools:
        """Without characters used before, if the plan asks for it and others are left."""
        if not self._plan.distinct:
            return allowed
        fresh = allowed.copy()
        before = self._written[index][-1] if place else ""
        for character in self._used:
            if character != before and character in self._masks.vocabulary:
                fresh[self._masks.vocabulary.id(character)] = False
        return fresh if fresh.any() else allowed

    # ---- rhymes ----------------------------------------------------------------------------------------

    def _labels(self) -> list[str]:
        return sorted({line.rhyme for line in self._plan.scheme.lines if line.rhyme is not None})

    def _open(self, label: str) -> frozenset[str]:
        """Classes to choose from: the one settled, else those with room in every tone that the rhyme takes."""
        lines = [line for line in self._plan.scheme.lines if line.rhyme == label and line.repeats is None]
        if self._plan.rhyme is not None:
            return frozenset({self._plan.rhyme})
        least = _ROOM * len(lines)
        found = [self._masks.classes(tone, least) for tone in {line.last_tone for line in lines}]
        return frozenset.intersection(*found)
