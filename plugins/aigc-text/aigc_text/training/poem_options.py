"""Options of ``aigc train text/poem``. Imports no training framework."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class PoemTrainingOptions(BaseModel):
    """How the poem model is trained.

    Attributes:
        epochs: most passes over the poems.
        batch_size: poems a step.
        patience: epochs without a better held-out loss before training stops.
        most_poems: poems to train on; more are drawn from at random.
        least_seen: times a character must occur to be in the vocabulary; poems with a rarer one are left out.
        layers, hidden, heads, ffn: shape of the decoder.
        dropout: rate on residual branches and attention.
        precision: "mixed_bfloat16" is faster where the processor has bfloat16 instructions.
        threads: of TensorFlow; 0 takes all there are.
        quantise: how the weights are stored.
        report_poems: poems written for each form for the quality report.
        bundle_id: id in the manifest.
        licence: SPDX expression of the weights; follows from the licence of your data.
        attribution: whom the data's licence asks to name.
        dataset: name of the data, for the manifest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int = Field(default=4, ge=1, le=1000)
    batch_size: int = Field(default=64, ge=1, le=4096)
    patience: int = Field(default=2, ge=0)
    most_poems: int = Field(default=60_000, ge=8)
    least_seen: int = Field(default=3, ge=1)
    layers: int = Field(default=4, ge=1, le=48)
    hidden: int = Field(default=192, ge=32, le=4096, multiple_of=32)
    heads: int = Field(default=6, ge=1, le=64)
    ffn: int = Field(default=512, ge=32, multiple_of=32)
    dropout: float = Field(default=0.1, ge=0.0, lt=1.0)
    learning_rate: float = Field(default=2e-3, gt=0.0, le=0.1)
    precision: Literal["float32", "mixed_bfloat16"] = "float32"
    threads: int = Field(default=0, ge=0)
    quantise: Literal["q8_0", "none"] = "q8_0"
    report_poems: int = Field(default=8, ge=1, le=1000)
    bundle_id: str = "poem-zh"
    licence: str = "MIT"
    attribution: str = "Copyright (c) 2016 JackeyGao; the poems are in the public domain"
    dataset: str = "chinese-poetry (Tang and Song verse and song lyrics)"
