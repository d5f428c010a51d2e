"""What a checker says of one place in a text, and how such proposals are put into effect."""

from __future__ import annotations

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
    chosen: list[Correction] = []
    for c in sorted(usable, key=lambda c: (-c.confidence, c.span)):
        if all(c.span[1] <= other.span[0] or c.span[0] >= other.span[1] for other in chosen):
            chosen.append(c)
    for c in sorted(chosen, key=lambda c: c.span, reverse=True):
        text = text[: c.span[0]] + str(c.replacement) + text[c.span[1] :]
    return text
