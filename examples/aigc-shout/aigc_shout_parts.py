"""The parts. Every method takes a batch and answers with as many rows, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk import CallContext, Candidate, Err, Finding, Generation, Request, Sample, Score, Screening
from aigc_sdk.content import Content, Text
from aigc_sdk.errors import BadInputError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Explanation, Span


class ShoutOptions(BaseModel):
    """Options are a pydantic model: checked for you, and shown by UIs as JSON Schema."""

    model_config = ConfigDict(extra="forbid")

    marks: int = Field(default=1, ge=0, le=3, description="Exclamation marks at the end.")


class _Part:
    def load(self, runtime: object) -> None:
        """Models are opened here: ``runtime.bundle(id)``, ``.session(bundle)``, ``.decoder(bundle)``."""

    def close(self) -> None:
        """And given back here."""


class Shout(_Part):
    """Makes ``inputs["text"]`` louder."""

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """One `Generation`, or an `Err` where the input is missing: a bad row never hurts its neighbours."""
        rows: list[Generation | Err] = []
        for request in requests:
            text = request.inputs.get("text")
            if not isinstance(text, str):
                rows.append(Err(BadInputError("text/shout needs the input 'text'.")))
                continue
            options = request.options if isinstance(request.options, ShoutOptions) else ShoutOptions()
            rows.append(Generation((Candidate(Text(text.upper() + "!" * options.marks)),)))
        return rows


class Loudness(_Part):
    """Scores how loud a text is."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[list[Score]]:
        """Share of letters that are capitals, with the count it comes from."""
        rows = []
        for sample in samples:
            letters = [c for c in str(sample.content) if c.isalpha()]
            capitals = sum(c.isupper() for c in letters)
            share = capitals / len(letters) if letters else 0.0
            rows.append(
                [
                    Score(
                        metric="loudness",
                        value=share,
                        range=(0, 1),
                        implementation="aigc_shout/1",
                        explanation=f"{capitals} of {len(letters)} letters are capitals",
                    )
                ]
            )
        return rows


class TicketNumbers(_Part):
    """Finds ticket numbers, says where, and offers a replacement."""

    _PATTERN = re.compile(r"\bTCK-\d{3,12}\b", re.IGNORECASE)

    def moderate(self, items: Sequence[Content], *, stage: Stage, ctx: CallContext) -> list[Screening]:
        """One `Screening` an item; spans are character positions in the text as given."""
        why = Explanation(code="shout.ticket", en="an internal ticket number", zh="内部工单号")
        return [
            Screening(
                tuple(
                    Finding(
                        category=Category.PRIVACY,
                        severity=Severity.MEDIUM,
                        spans=(Span(start=match.start(), end=match.end()),),
                        explanation=why,
                        replacement="[ticket]",
                    )
                    for match in self._PATTERN.finditer(str(item))
                )
            )
            for item in items
        ]
