"""Operating targets: what the cuts of a policy are to achieve on the curves of its detectors."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, model_validator

from aigc_sdk.policy.fields import Strict


class Target(Strict):
    """What a cut must achieve; of the cuts that do, the lowest catches most.

    Attributes:
        fpr_ordinary: At most this share of ordinary harmless texts lies at or above it.
        precision: At least this share of what lies at or above it is right.
        recall: At least this share of what should be found lies at or above it.
    """

    fpr_ordinary: float | None = Field(default=None, ge=0.0, le=1.0)
    precision: float | None = Field(default=None, ge=0.0, le=1.0)
    recall: float | None = Field(default=None, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _says_something(self) -> Target:
        if self.fpr_ordinary is None and self.precision is None and self.recall is None:
            raise ValueError("a target needs fpr_ordinary, precision or recall")
        return self

    def met_by(self, figures: Mapping[str, float]) -> bool:
        """Does a row of a curve meet it? A figure that the row does not state meets nothing."""
        return (
            (self.fpr_ordinary is None or figures.get("fpr_ordinary", 1.0) <= self.fpr_ordinary)
            and (self.precision is None or figures.get("precision", 0.0) >= self.precision)
            and (self.recall is None or figures.get("recall", 0.0) >= self.recall)
        )

    def __str__(self) -> str:
        parts = [
            f"fpr_ordinary at most {self.fpr_ordinary:g}" if self.fpr_ordinary is not None else "",
            f"precision at least {self.precision:g}" if self.precision is not None else "",
            f"recall at least {self.recall:g}" if self.recall is not None else "",
        ]
        return " and ".join(part for part in parts if part)
