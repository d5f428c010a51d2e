"""Options of ``text/augment``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Method = Literal[
    "synonym", "insert", "swap", "delete", "keyboard", "transpose", "ocr", "homophone", "back_translation"
]


class AugmentOptions(BaseModel):
    """How variants are made.

    Attributes:
        methods: Ways of changing a text. ``synonym``, ``insert`` (a synonym of some word, somewhere), ``swap`` and ``delete``
            are the four of EDA (Wei and Zou, 2019); ``keyboard``, ``transpose``, ``ocr`` and ``homophone`` make the errors that
            typing, reading and hearing make; ``back_translation`` needs a translator.
        share: Share of the words that a method changes; at least one is. EDA's authors advise .1, and less for long texts.
        combine: Apply all methods to each variant; otherwise each variant has one, in turns.
        synonyms: ``builtin`` lists, or ``wordnet`` (English; the extra ``nltk`` and its data).
        protect: Words and phrases that stay as they are, beside numbers, names, addresses and placeholders.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    methods: tuple[Method, ...] = Field(default=("synonym", "swap", "delete"), min_length=1, max_length=9)
    share: float = Field(default=0.1, gt=0.0, le=0.5)
    combine: bool = False
    synonyms: Literal["builtin", "wordnet"] = "builtin"
    protect: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        default=(), max_length=256
    )
