"""Options of ``text/poem``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_BUNDLE = "poem-zh"


class PoemOptions(BaseModel):
    """How a poem is made.

    Attributes:
        form: Chinese name or pinyin of the form: 五绝, 七绝, 五律, 七律, or a tune such as 浣溪沙.
        book: Rhyme book; ``auto`` is 平水韵 for regulated verse and 词林正韵 for tunes; ``xinyun`` is 中华新韵, after
            the Mandarin of today.
        rhyme: Rhyme class to use, as the book names it (``一东``, ``第一部``, ``十一庚``); for forms of one rhyme.
        candidates: Poems returned for ranking; None takes the number asked for.
        draws: Poems drawn for each candidate, of which the likeliest are kept.
        temperature: 0 is greedy.
        top_p: Nucleus.
        bundle: Bundle id of the poem model.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str = Field(default="七绝", min_length=1, max_length=40)
    book: Literal["auto", "pingshui", "cilin", "xinyun"] = "auto"
    rhyme: str | None = Field(default=None, max_length=10)
    candidates: int | None = Field(default=None, ge=1, le=32)
    draws: int = Field(default=8, ge=1, le=64)
    temperature: float = Field(default=0.8, ge=0.0, le=2.0)
    top_p: float = Field(default=0.92, gt=0.0, le=1.0)
    bundle: str = DEFAULT_BUNDLE
