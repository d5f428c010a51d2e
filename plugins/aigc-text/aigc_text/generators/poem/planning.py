"""From what is asked for to plans: which scheme, where the keywords go, which rhyme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aigc_sdk.errors import BadInputError
from aigc_text.generators.poem.automaton import Plan, fitting_patterns
from aigc_text.generators.poem.forms import Form, Line, Scheme
from aigc_text.generators.poem.rhymes import RhymeBook

_TRIES = 24


@dataclass(frozen=True)
class Wish:
    """What a poem is to be.

    Attributes:
        form: Its form.
        book: The rhyme book it keeps to.
        acrostic: First characters of its lines (藏头), from the first line on.
        keywords: Words that must stand in it.
        rhyme: The rhyme class, where one is asked for.
        rhyme_weights: How often each rhyme class is used; one is drawn by them. Empty leaves it to the model.
    """

    form: Form
    book: RhymeBook
    acrostic: str = ""
    keywords: tuple[str, ...] = ()
    rhyme: str | None = None
    rhyme_weights: Mapping[str, float] = field(default_factory=dict)


def make_plan(wish: Wish, rng: np.random.Generator) -> Plan:
    """A plan that can be kept.

    Raises:
        BadInputError: The words asked for have no place in the form.
    """
    form = wish.form
    if len(wish.acrostic) > len(form.lengths):
        raise BadInputError(
            f"{form.name} has {len(form.lengths)} lines; the acrostic has {len(wish.acrostic)} characters."
        )
    rhyme = wish.rhyme
    if rhyme is None and wish.rhyme_weights:
        names = sorted(wish.rhyme_weights)
        weights = np.array([wish.rhyme_weights[name] for name in names], dtype=np.float64)
        rhyme = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    for attempt in range(_TRIES):
        scheme = form.schemes[int(rng.integers(len(form.schemes)))]
        if attempt == 0 and not wish.acrostic and not wish.keywords:
            return Plan(scheme, {}, rhyme, distinct=form.kind == "shi")
        forced = _placed(scheme, wish, rhyme, rng)
        if forced is not None:
            return Plan(scheme, forced, rhyme, distinct=form.kind == "shi")
    raise BadInputError(
        f"The words asked for do not fit the tones of {form.name}.",
        hint="Ask for fewer or other keywords, another form, or the rhyme book xinyun.",
    )


def _placed(
    scheme: Scheme, wish: Wish, rhyme: str | None, rng: np.random.Generator
) -> dict[tuple[int, int], str] | None:
    """Places for the acrostic and the keywords, or None where this scheme (or this draw) has none."""
    forced: dict[tuple[int, int], str] = {}
    for index, character in enumerate(wish.acrostic):
        if not _may_stand(scheme, index, 0, character, forced, wish.book, rhyme):
            return None
        forced[index, 0] = character
    free = list(range(len(scheme.lines)))
    for word in wish.keywords:
        # Lines without a keyword first, so that words are spread.
        rng.shuffle(free)
        taken = {index for index, place in forced if place}
        order = sorted(free, key=lambda index: index in taken)
        spot = next((s for s in _spots(scheme, order, word, forced, wish.book, rhyme)), None)
        if spot is None:
            return None
        index, start = spot
        forced |= {(index, start + offset): character for offset, character in enumerate(word)}
    return forced


def _spots(
    scheme: Scheme,
    order: Sequence[int],
    word: str,
    forced: Mapping[tuple[int, int], str],
    book: RhymeBook,
    rhyme: str | None,
) -> list[tuple[int, int]]:
    found = []
    for index in order:
        line = scheme.lines[index]
        for start in _starts(line, len(word)):
            trial = dict(forced)
            fits = True
            for offset, character in enumerate(word):
                place = start + offset
                fits = (index, place) not in trial and _may_stand(
                    scheme, index, place, character, trial, book, rhyme
                )
                if not fits:
                    break
                trial[index, place] = character
            if fits:
                found.append((index, start))
    return found


def _starts(line: Line, width: int) -> list[int]:
    """Where a word may begin: on the beats of a line (2-2-1, 2-2-2-1), or so that it ends with the line."""
    last = line.length - width
    if last < 0:
        return []
    return [start for start in dict.fromkeys((2, 0, 4, last)) if start <= last]


def _may_stand(
    scheme: Scheme,
    index: int,
    place: int,
    character: str,
    forced: Mapping[tuple[int, int], str],
    book: RhymeBook,
    rhyme: str | None,
) -> bool:
    """Whether the tones, and at the end of a rhymed line the rhyme, let `character` stand there."""
    line = scheme.lines[index]
    if line.repeats is not None or any(other.repeats == index for other in scheme.lines):
        return False
    own = {p: c for (i, p), c in forced.items() if i == index} | {place: character}
    if not fitting_patterns(line, own, book):
        return False
    if line.rhyme is None or place != line.length - 1:
        return True
    # Words at rhymes would have to agree with each other: only a settled rhyme, or a line of one character, takes them.
    classes = book.rhymes(character, line.last_tone)
    return rhyme in classes if rhyme is not None else bool(classes) and line.length == 1
