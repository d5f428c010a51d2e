"""Options of ``text/recommend``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from aigc_text.knowledge.encoder import DEFAULT_ENCODER


class RecommendOptions(BaseModel):
    """How products are chosen.

    Attributes:
        catalogue: Path of a JSON Lines file with a product a line, where the inputs hold none.
        method: ``encoder`` compares meanings (and words), across languages; ``words`` compares words alone; ``auto`` takes the
            encoder where it is on this machine.
        bundle: Bundle id of the sentence encoder.
        diversity: 0 ranks by fit alone; towards 1 products like those before them go down (maximal marginal relevance).
        min_relevance: Leave out what fits the profile less, 0 to 1.
        in_stock: Leave out what the catalogue says is sold out.
        max_price: Leave out what costs more; without it the profile's budget counts.
        exclude_bought: Leave out what the profile's history names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    catalogue: str | None = Field(default=None, min_length=1, max_length=4096)
    method: Literal["auto", "encoder", "words"] = "auto"
    bundle: str = DEFAULT_ENCODER
    diversity: float = Field(default=0.3, ge=0.0, le=1.0)
    min_relevance: float = Field(default=0.0, ge=0.0, le=1.0)
    in_stock: bool = True
    max_price: float | None = Field(default=None, ge=0.0)
    exclude_bought: bool = True
