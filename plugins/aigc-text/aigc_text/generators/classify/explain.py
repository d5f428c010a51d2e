"""Which words a label rests on: how much less likely it is without them (Zeiler and Fergus, ECCV 2014)."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Final

from aigc_sdk.context import CallContext
from aigc_text.generators.classify.model import TextClassifier
from aigc_text.languages import HAN

MOST_PARTS: Final = 24
_SHOWN: Final = 3
_LEAST: Final = 0.05
"""Change of the log probability, in nats, below which a word is not worth naming."""
_UNIT: Final = re.compile(rf"[{HAN}]{{1,2}}|[^\W_{HAN}]+(?:['’-][^\W_{HAN}]+)*")  # an apostrophe


@dataclass(frozen=True, slots=True)
class Evidence:
    """A part of the text, and by how much the label's log probability falls without it, in nats."""

    start: int
    end: int
    text: str
    weight: float


def parts_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of words, or of up to two Chinese characters; of groups of them where there are many."""
    units = [match.span() for match in _UNIT.finditer(text)]
    if len(units) <= MOST_PARTS:
        return units
    bounds = [round(i * len(units) / MOST_PARTS) for i in range(MOST_PARTS + 1)]
    return [(units[low][0], units[high - 1][1]) for low, high in itertools.pairwise(bounds) if high > low]


def explain(model: TextClassifier, text: str, label: str, ctx: CallContext) -> tuple[Evidence, ...]:
    """The parts that speak most for a label, the strongest first; empty where no single one matters.

    Raises:
        CancelledError, DeadlineExceededError: The call was stopped.
    """
    parts = parts_of(text)
    if len(parts) < 2:
        return ()
    without = [text[:start] + text[end:] for start, end in parts]
    whole, *rest = model.log_probabilities([text, *without], label, ctx=ctx)
    found = [
        Evidence(start, end, text[start:end], float(whole - value))
        for (start, end), value in zip(parts, rest, strict=True)
    ]
    ranked = sorted((e for e in found if e.weight >= _LEAST), key=lambda e: -e.weight)
    return tuple(ranked[:_SHOWN])
