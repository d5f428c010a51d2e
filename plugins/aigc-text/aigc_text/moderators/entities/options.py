"""What a policy may say to ``text/entities``: ``{id: text/entities, options: {people: false}}``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class EntityOptions(BaseModel):
    """Options of ``text/entities``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: bool = True
    organisations: bool = True
    protected: bool = True
