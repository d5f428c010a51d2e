"""``text/spelling`` (opt-in): errors of language as findings with their correction, for policies that mend text.

It objects to nothing: a rule with ``repair: true`` has the corrections put in, and the text screened again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, MissingDependencyError
from aigc_sdk.language import effective_language
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Finding, Screening, Span
from aigc_text.correction.correction import Correction, Kind

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

DETECTOR = "text/spelling"
MAX_MATCH = 64
"""Longest error that is reported, in characters; longer ones are no matter for a machine to mend."""


class SpellingOptions(BaseModel):
    """What a policy may say of the checker.

    Attributes:
        kinds: Kinds of errors; empty for all that the language is checked for.
        confidence: How sure a correction must be to be reported: how often such corrections are right.
        known: Names, brands and terms that are right whatever the dictionary says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[Kind, ...] = ()
    confidence: float = Field(default=0.9, ge=0.0, le=1.0)
    known: tuple[str, ...] = ()


class SpellingModerator:
    """Reports errors that have a sure correction."""

    def load(self, runtime: Runtime | None) -> None:
        """Read the dictionary, so that no text has to wait for it. Idempotent."""
        from aigc_text.correction import find_errors

        # Without the dictionary's package Chinese is still served; English texts then say what is missing.
        with suppress(MissingDependencyError):
            find_errors("Recieve it.", "en")

    def close(self) -> None:
        """Nothing to free."""

    def moderate(
        self,
        items: Sequence[Content],
        *,
        stage: Stage,
        ctx: CallContext,
        options: SpellingOptions | None = None,
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each error."""
        return [_row(item, options or SpellingOptions(), ctx) for item in items]


def _row(item: Content, options: SpellingOptions, ctx: CallContext) -> Screening | Err:
    from aigc_text.correction import find_errors

    if not isinstance(item, Text):
        return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
    language = effective_language(item.text, item.language)
    if language == "zxx":
        return Screening()
    try:
        ctx.check()
        found = find_errors(item.text, language, options.known, kinds=options.kinds or None)
    except AigcError as error:
        return Err(error)
    sure = [c for c in found if c.replacement is not None and c.confidence >= options.confidence]
    findings = [finding for c in sure if (finding := _finding(item.text, c)) is not None]
    return Screening(tuple(findings))


def _finding(text: str, correction: Correction) -> Finding | None:
    start, end = correction.span
    replacement = correction.replacement or ""
    if start == end:
        # What is to be inserted has no place of its own: it takes a neighbour along.
        if start > 0:
            start, replacement = start - 1, text[start - 1] + replacement
        else:
            end, replacement = end + 1, replacement + text[end : end + 1]
    if not 0 < end - start <= MAX_MATCH or end > len(text):
        return None
    return Finding(
        category=Category.QUALITY,
        subcategory=correction.kind,
        severity=Severity.LOW,
        score=correction.confidence,
        spans=(Span(start=start, end=end),),
        detector=DETECTOR,
        explanation=correction.explanation,
        replacement=replacement,
    )
