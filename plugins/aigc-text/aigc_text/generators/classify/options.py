"""Options of ``text/classify``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ClassifyOptions(BaseModel):
    """How texts are classified.

    Attributes:
        bundle: Id or folder of the classifier, as ``aigc train text/classify`` makes it.
        top_k: How many labels, with their probabilities, are listed in a candidate's ``meta``.
        out_of_scope: Answer ``unknown_label`` where the text is of none of the labels; False always names the
            likeliest label.
        threshold: Score below which a text is out of scope, in the unit of the bundle's own (see
            ``aigc models inspect``); None takes the one chosen in training.
        unknown_label: What texts out of scope are called.
        explain: Say which words the label rests on; costs up to 24 more readings of each text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bundle: str = Field(default="text-classifier", min_length=1, max_length=4096)
    top_k: int = Field(default=5, ge=1, le=1000)
    out_of_scope: bool = True
    threshold: float | None = Field(default=None, allow_inf_nan=False)
    unknown_label: str = Field(default="unknown", min_length=1, max_length=200)
    explain: bool = False
