"""Options of ``aigc train text/lm``. Imports no training framework."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Screening = Literal["drop", "refuse", "keep"]


class LmTrainingOptions(BaseModel):
    """How a language model is trained, from scratch or (with `base`) by low-rank adaptation of an imported decoder.

    Attributes:
        base: bundle of the decoder to adapt, a folder or the id of an installed one; shape, tokenizer and chat template
            are then its own, and the data conversations.
        rank: of the low-rank factors (with `base`).
        alpha: their product is scaled by alpha / rank (with `base`).
        epochs: most passes over the data; by default 10, with `base` 3.
        batch_size: blocks, or conversations, a step.
        context: tokens of a block, and the longest text the model can read (with `base`, that it learns from).
        patience: epochs without a better held-out loss before training stops.
        search: sets of options to try (learning rate, dropout, batch size, and shape or rank, unless you set them) before
            the best is trained in full; 0 tries none.
        search_epochs: epochs of each try.
        held_out: share of the data that is held out for early stopping and the report.
        layers, hidden, heads, ffn: shape of the decoder; a head is a multiple of 16 wide.
        vocab_size: most tokens of the tokenizer (without `base`, as the shape).
        dropout: rate on residual branches and attention.
        learning_rate: peak, after warming up; by default 0.002, with `base` 0.0005.
        precision: "mixed_bfloat16" is faster where the processor has bfloat16 instructions.
        threads: of TensorFlow; 0 takes all there are.
        quantise: how the weights are stored; with `base`, those that were adapted.
        privacy: what is done with passages that hold personal data or secrets: leave them out, refuse the data, keep them.
        copyright: what is done with passages that repeat a work of the similarity corpus.
        corpus: the corpus file; by default those that AIGC_CORPUS lists, else the user's own, where there is one.
        bundle_id: id in the manifest.
        licence: SPDX expression of the weights; follows from the licence of your data.
        attribution: whom the data's licence asks to name.
        dataset: name of the data, for the manifest.
        languages: of the data, BCP 47 tags separated by commas, for the manifest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: str = ""
    rank: int = Field(default=8, ge=1, le=256)
    alpha: float = Field(default=16.0, gt=0.0, le=1024.0)
    epochs: int | None = Field(default=None, ge=1, le=1000)
    batch_size: int = Field(default=32, ge=1, le=4096)
    context: int = Field(default=256, ge=16, le=8192)
    patience: int = Field(default=2, ge=0)
    search: int = Field(default=0, ge=0, le=1000)
    search_epochs: int = Field(default=1, ge=1, le=1000)
    held_out: float = Field(default=0.05, gt=0.0, le=0.5)
    layers: int = Field(default=4, ge=1, le=48)
    hidden: int = Field(default=192, ge=32, le=4096, multiple_of=32)
    heads: int = Field(default=6, ge=1, le=64)
    ffn: int = Field(default=512, ge=32, multiple_of=32)
    vocab_size: int = Field(default=2048, ge=300, le=65536)
    dropout: float = Field(default=0.1, ge=0.0, lt=1.0)
    learning_rate: float | None = Field(default=None, gt=0.0, le=0.1)
    precision: Literal["float32", "mixed_bfloat16"] = "float32"
    threads: int = Field(default=0, ge=0)
    quantise: Literal["q8_0", "none"] = "q8_0"
    privacy: Screening = "drop"
    copyright: Screening = "drop"
    corpus: str = ""
    bundle_id: str = "lm-custom"
    licence: str = "LicenseRef-your-data"
    attribution: str = ""
    dataset: str = ""
    languages: str = ""

    @model_validator(mode="after")
    def _shape_is_of_the_base(self) -> LmTrainingOptions:
        shape = self.model_fields_set & {"layers", "hidden", "heads", "ffn", "vocab_size"}
        if self.base and shape:
            raise ValueError(
                f"with base, the shape is that of the base: leave out {', '.join(sorted(shape))}"
            )
        if not self.base and self.model_fields_set & {"rank", "alpha"}:
            raise ValueError("rank and alpha belong to a base: name one, or leave them out")
        return self

    @property
    def most_epochs(self) -> int:
        """Epochs, with the default that fits."""
        return self.epochs or (3 if self.base else 10)

    @property
    def peak_rate(self) -> float:
        """Learning rate, with the default that fits."""
        return self.learning_rate or (5e-4 if self.base else 2e-3)

    @model_validator(mode="after")
    def _heads_fit(self) -> LmTrainingOptions:
        if self.hidden % self.heads or self.hidden // self.heads % 16:
            raise ValueError(
                f"hidden ({self.hidden}) must be heads ({self.heads}) times a multiple of 16, the width of a head"
            )
        return self
