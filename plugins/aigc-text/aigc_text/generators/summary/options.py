"""Options of ``text/summary``."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from aigc_text.generators.instruct import DEFAULT_BUNDLE
from aigc_text.knowledge.encoder import DEFAULT_ENCODER

Method = Literal["extractive", "llm"]
Genre = Literal["auto", "abstract", "general"]
DEFAULT_SENTENCES = 3


class SummaryOptions(BaseModel):
    """How a summary is made. At most one of the four lengths; without any, three sentences. No summary has over 500.

    Attributes:
        method: ``extractive`` takes sentences of the text as they are; ``llm`` has an instruct model write.
        sentences: Length in sentences.
        words: Most words (in Chinese: characters and Latin words).
        characters: Most characters, white space not counted; in Chinese as ``words``.
        ratio: Share of the text's sentences.
        genre: Where the main point is sought: ``abstract`` as in abstracts of papers, ``general`` rather near the beginning;
            ``auto`` takes ``abstract`` for short texts that announce what they are about.
        diversity: 0 takes the weightiest sentences even where they say the same; 1 avoids any likeness.
        embeddings: ``never`` compares sentences by their words alone; ``auto`` by their meanings too where the encoder is on
            this machine; ``always`` insists on it.
        encoder: Bundle id of the sentence encoder.
        bundle: Bundle id of the instruct model, for ``llm``.
        max_new_tokens: Longest summary of the instruct model, in tokens.
        temperature: Of the instruct model; 0 is greedy.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Method = "extractive"
    sentences: int | None = Field(default=None, ge=1, le=500)
    words: int | None = Field(default=None, ge=1, le=20_000)
    characters: int | None = Field(default=None, ge=1, le=100_000)
    ratio: float | None = Field(default=None, gt=0.0, le=1.0)
    genre: Genre = "auto"
    diversity: float = Field(default=0.3, ge=0.0, le=1.0)
    embeddings: Literal["auto", "always", "never"] = "never"
    encoder: str = DEFAULT_ENCODER
    bundle: str = DEFAULT_BUNDLE
    max_new_tokens: int = Field(default=256, ge=8, le=4096)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        given = [n for n in ("sentences", "words", "characters", "ratio") if getattr(self, n) is not None]
        if len(given) > 1:
            raise ValueError(f"give one length, not {' and '.join(given)}")
        return self
