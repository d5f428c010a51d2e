"""The shape of a language's building blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Lines = tuple[str, ...]

VOICES = ("friendly", "professional", "playful", "luxury", "technical")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one attribute is worded. ``{v}`` is its value; English verbs end in ``[s]`` where they agree.

    Attributes:
        predicates: Verb phrases that follow a subject and can be joined by "and".
        sentences: Whole sentences without their full stop.
        needs: The value must hold ``digits``, a ``time``, a ``single`` item, or anything (empty), for these to
            be grammatical; otherwise the generic wording is used.
        several: Verb phrases for several values.
        labels: If set, forms that do not print the attribute's name are for these names only: "到手价" says more than
            "价格", so it must be printed.
        compact: For lines of facts, in place of "name: value".
        bare: True if the value alone says what it is (a price, a list of features).
    """

    predicates: Lines = ()
    sentences: Lines = ()
    needs: str = ""
    bare: bool = False
    several: Lines = ()
    labels: Lines = ()
    compact: str = ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Everything a language needs. Keys of the inner maps are voices unless said otherwise."""

    openers: Mapping[str, Lines]
    """Contain ``{intro}``."""
    nameless: Mapping[str, Lines]
    """Openers where the inputs hold no name."""
    bridges: Mapping[str, Lines]
    """Lead over to the facts."""
    age: Mapping[str, Lines]
    """By age group: child (speaks to parents), teen, young, adult, senior."""
    age_formal: Mapping[str, Lines]
    """The same for the professional and luxury voices."""
    interest: Lines
    """Contain ``{interest}``."""
    budget: Mapping[str, Lines]
    """By budget: low, medium, high."""
    history: Mapping[str, Lines]
    """By new, returning, loyal; ``items`` contains ``{item}``."""
    actions: Mapping[str, Lines]
    """Calls to action for things."""
    place_actions: Mapping[str, Lines]
    """Calls to action for places one visits."""
    greetings: Mapping[str, Lines]
    closings: Mapping[str, Lines]
    """Sign-offs of e-mails and last lines of long texts."""
    subjects: Mapping[str, Lines]
    """Subject lines; contain ``{name}``."""
    fillers: Mapping[str, Lines]
    """Lines without a claim that a long text may carry between its parts."""
    wordings: Mapping[str, Wording]
    """By canonical attribute."""
    generic: Lines
    """Sentences for any attribute: ``{label}``, ``{Label}``, ``{v}``."""
    generic_short: Lines
    """The same where the value is one short item."""
    feature_lists: Mapping[str, Lines]
    """Sentences that hold a list of features, ``{v}``."""
