"""Scores: a number, what it means, and how it was reached."""

from __future__ import annotations

import math
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Score(BaseModel):
    """One metric of one sample.

    Attributes:
        metric: The field's name for it (``fact_coverage``, ``distinct_2``, ``nll``).
        value: The number, or None where it is not valid.
        unit: ``ratio``, ``nats/token``, ``words``, ``characters``, ``grade`` …
        direction: Which way is better; ``none`` for a plain measurement.
        range: Smallest and largest possible value, None for open ends.
        reference_free: False where it needed a reference or given facts.
        implementation: What computed it, with a version (``aigc_text.coverage/1``).
        valid: False where it could not be computed; then ``reason`` says why and ``value`` is None.
        explanation: How it was reached, in words (which fact is missing, what matched).
        details: The same for machines, plain JSON values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    value: float | None
    unit: str = "ratio"
    direction: Literal["higher", "lower", "none"] = "higher"
    range: tuple[float | None, float | None] = (None, None)
    reference_free: bool = True
    implementation: str
    valid: bool = True
    reason: str | None = None
    explanation: str = ""
    details: dict[str, Any] = {}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.valid and (self.value is None or not math.isfinite(self.value)):
            raise ValueError(f"{self.metric}: a valid score needs a finite value")
        if not self.valid and (self.value is not None or not self.reason):
            raise ValueError(f"{self.metric}: an invalid score has no value and says why")
        return self

    @classmethod
    def invalid(cls, metric: str, reason: str, *, implementation: str, **fields: Any) -> Score:
        """A score that could not be computed, with the reason."""
        return cls(
            metric=metric, value=None, valid=False, reason=reason, implementation=implementation, **fields
        )

    @property
    def utility(self) -> float | None:
        """The value scaled to [0, 1] with 1 best; None if invalid, undirected or open-ended."""
        low, high = self.range
        if self.value is None or self.direction == "none" or low is None or high is None or high <= low:
            return None
        scaled = min(1.0, max(0.0, (self.value - low) / (high - low)))
        return scaled if self.direction == "higher" else 1.0 - scaled
