"""What one training text of the moderation models is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEADS = ("offence", "hate", "sexual", "violence", "self_harm", "illicit", "spam", "injection")
"""What the models judge, in the order of the deep model."""

NOTHING = dict.fromkeys(HEADS, 0)
"""Labels of ordinary text."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One training text. ``labels`` maps a head of `HEADS` to 0 or 1; a head that is absent is unknown."""

    source: str
    language: str
    text: str
    labels: dict[str, int]


Reader = Callable[[Path], Iterator[Labelled]]
"""A set's rows, by the folder that holds ``text/``."""
