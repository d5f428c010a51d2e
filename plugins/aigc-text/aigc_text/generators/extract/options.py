"""Options of ``text/extract``, and the schema it has of its own."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from aigc_text.generators.instruct import DEFAULT_BUNDLE

EntityKind = Literal["people", "organisations", "places", "dates", "amounts", "emails", "phones", "urls"]
KINDS: tuple[EntityKind, ...] = (
    "people",
    "organisations",
    "places",
    "dates",
    "amounts",
    "emails",
    "phones",
    "urls",
)
MAX_TEXT = 100_000
"""Longest text, characters."""


class ExtractOptions(BaseModel):
    """What is extracted, and how.

    Attributes:
        method: ``rules`` needs no model; ``llm`` lets an instruct model fill the schema.
        json_schema: What to fill in, an object; None for lists of the eight kinds of entities.
        kinds: Without a schema: only these.
        bundle: Bundle id of the instruct model.
        max_new_tokens: Longest answer of the model.
        ungrounded: What the model says and the text does not is dropped, or kept and named in ``meta``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Literal["rules", "llm"] = "rules"
    json_schema: dict[str, Any] | None = None
    kinds: tuple[EntityKind, ...] | None = Field(default=None, min_length=1)
    bundle: str = DEFAULT_BUNDLE
    max_new_tokens: int = Field(default=512, ge=8, le=4096)
    ungrounded: Literal["drop", "flag"] = "drop"


def entity_schema(kinds: tuple[EntityKind, ...]) -> dict[str, Any]:
    """Lists of texts, one for each kind, in the order of `KINDS`."""
    # Bounds, so that a small model comes to an end; what rules find is not cut to them.
    texts = {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 120}, "maxItems": 16}
    asked = [kind for kind in KINDS if kind in kinds]
    return {
        "type": "object",
        "properties": dict.fromkeys(asked, texts),
        "required": asked,
        "additionalProperties": False,
    }
