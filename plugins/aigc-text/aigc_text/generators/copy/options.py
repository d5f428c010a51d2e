"""Options of ``text/copy``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from aigc_text.generators.instruct import DEFAULT_BUNDLE

Method = Literal["auto", "learned", "template", "llm"]


class CopyOptions(BaseModel):
    """How copy is written.

    Attributes:
        method: ``auto`` takes the learned writer where the attributes fit its domain and templates otherwise
            (or the LLM if ``prefer_llm``); the others insist.
        template: Path of a Jinja file of your own, or the name of a built-in layout (``email``, ``sms`` …);
            None chooses by the channel.
        candidates: How many to write before ranking; None: as many as results are wanted,
            but at least 4 (2 of the LLM, which takes a second for each).
        learned_bundle: Bundle id of the learned writer.
        llm_bundle: Bundle id of the instruct model.
        prefer_llm: Let ``auto`` use the instruct model where the learned writer does not fit.
        temperature: Of the learned writer and the LLM; None takes each one's own default (0.7 and 0.4).
        top_p: Nucleus sampling of the LLM.
        max_new_tokens: Of the LLM, for one candidate.
        grounding: ``strict`` cuts sentences of the LLM that say of the product what the inputs do not; ``loose`` cuts
            only what the fact checker finds invented.
        repair: Mend candidates that drop or invent a fact; otherwise they are dropped.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Method = "auto"
    template: str | None = Field(default=None, max_length=4096)
    candidates: int | None = Field(default=None, ge=1, le=64)
    learned_bundle: str = "copy-e2e-en"
    llm_bundle: str = DEFAULT_BUNDLE
    prefer_llm: bool = False
    temperature: float | None = Field(default=None, ge=0.0, le=2.0)
    top_p: float = Field(default=0.9, gt=0.0, le=1.0)
    max_new_tokens: int = Field(default=72, ge=8, le=2048)
    grounding: Literal["strict", "loose"] = "strict"
    repair: bool = True
