"""What a checker says of one place in a text, and how such proposals are put into effect."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from aigc_sdk.verdict import Explanation

Kind: TypeAlias = Literal["spelling", "grammar", "capital", "punctuation", "spacing", "width"]
"""``width``: half-width marks in Chinese, full-width digits and Latin letters."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One error and its repair.

    Attributes:
        span: First character and the one after the last, in the text as given.
        replacement: What should stand there (may be empty: delete), or None where nothing fits.
        kind: What sort of error it is.
        confidence: How often such a correction is right, 0 to 1: that it is an error *and* that this repairs it.
            Below about 0.8, show it to a person rather than apply it.
        rule: Which rule found it (``dictionary``, ``article``, ``doubled_word`` …).
        explanation: The same in words.
        alternatives: Other replacements, best first.
    """

    span: tuple[int, int]
    replacement: str | None
    kind: Kind
    confidence: float
    rule: str
    explanation: Explanation
    alternatives: tuple[str, ...] = ()


def apply_corrections(
    text: str, corrections: Iterable[Correction], *, least: float = 0.8, kinds: Iterable[Kind] | None = None
) -> str:
    """The text with those corrections applied that have a replacement and at least that confidence.

    Of two that overlap, the more confident one wins; of equals, the earlier one.
    """
    wanted = None if kinds is None else set(kinds)
    usable = [
        c
        for c in corrections
        if c.replacement is not None and c.confidence >= least and (wanted is None or c.kind in wanted)
    ]
    parts, done = [], 0
    for c in apart(usable):
        parts += [text[done : c.span[0]], str(c.replacement)]
        done = c.span[1]
    return "".join([*parts, text[done:]])


def apart(found: Iterable[Correction]) -> list[Correction]:
    """Of overlapping corrections the most confident, else the earlier; in the order of the text."""
    chosen: list[Correction] = []
    starts: list[int] = []
    for c in sorted(found, key=lambda c: (-c.confidence, c.span)):
        at = bisect.bisect_left(starts, c.span[0])
        after_last = at == 0 or chosen[at - 1].span[1] <= c.span[0]
        if after_last and (at == len(chosen) or c.span[1] <= starts[at]):
            chosen.insert(at, c)
            starts.insert(at, c.span[0])
    return chosen
