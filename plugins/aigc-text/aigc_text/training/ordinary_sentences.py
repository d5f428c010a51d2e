"""Ordinary sentences with alarming words or none, harmless under every head: news, reviews, help, business, marketing.

Written for this SDK, English and Chinese. A model that has seen hardly any such text flags a court report, a scathing
review or a helpline's number; each frame here is a sentence of its own, so that it learns the kinds of text and
not a handful of shapes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from aigc_text.training import (
    contrast_fiction_asks,
    ordinary_marketing_en,
    ordinary_marketing_zh,
    ordinary_paragraphs_en,
    ordinary_paragraphs_zh,
    ordinary_prose_en,
    ordinary_prose_zh,
    ordinary_topics_en,
    ordinary_topics_zh,
)
from aigc_text.training.contrast_frames import OPENERS, Slots, draw_sentences

_EN, _ZH = ordinary_topics_en, ordinary_topics_zh

SPOKEN: Mapping[str, tuple[str, ...]] = {
    "en": (
        *ordinary_prose_en.REVIEWS,
        *ordinary_paragraphs_en.REVIEWS_LONG,
        *_EN.MEDICAL_AND_HELP,
        *_EN.ASSISTANT_REQUESTS,
        *_EN.SOCIAL,
    ),
    "zh": (
        *ordinary_prose_zh.REVIEWS,
        *ordinary_paragraphs_zh.REVIEWS_LONG,
        *_ZH.MEDICAL_AND_HELP,
        *_ZH.ASSISTANT_REQUESTS,
        *_ZH.SOCIAL,
    ),
}
"""Frames that a person may begin with "Honestly, " or set beside another sentence."""

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "en": (
        *ordinary_prose_en.NEWS,
        *ordinary_prose_en.HISTORY_AND_SCHOOL,
        *ordinary_prose_en.FICTION_AND_GAMES,
        *ordinary_paragraphs_en.NEWS_LONG,
        *ordinary_paragraphs_en.LIFE_LONG,
        *_EN.SECURITY_AND_WORK,
        *_EN.BUSINESS,
    ),
    "zh": (
        *ordinary_prose_zh.NEWS,
        *ordinary_prose_zh.HISTORY_AND_SCHOOL,
        *ordinary_prose_zh.FICTION_AND_GAMES,
        *ordinary_paragraphs_zh.NEWS_LONG,
        *ordinary_paragraphs_zh.LIFE_LONG,
        *_ZH.SECURITY_AND_WORK,
        *_ZH.BUSINESS,
    ),
}
"""Frames that stand as they are: nobody begins a headline or an invoice with "Honestly, "."""

_SLOTS: Mapping[str, Slots] = {"en": _EN.SLOTS, "zh": _ZH.SLOTS}
_ASKS = contrast_fiction_asks
_SETS: Mapping[str, tuple[tuple[tuple[str, ...], Slots, int], ...]] = {
    "en": (
        (ordinary_marketing_en.MARKETING, ordinary_marketing_en.SLOTS, 700),
        (ordinary_marketing_en.BRIEFS, ordinary_marketing_en.SLOTS, 200),
        (_ASKS.FICTION_ASKS_EN, _ASKS.SLOTS_EN, 240),
        (_ASKS.ABOVE_EN, _ASKS.SLOTS_EN, 240),
    ),
    "zh": (
        (ordinary_marketing_zh.MARKETING, ordinary_marketing_zh.SLOTS, 700),
        (ordinary_marketing_zh.BRIEFS, ordinary_marketing_zh.SLOTS, 200),
        (_ASKS.FICTION_ASKS_ZH, _ASKS.SLOTS_ZH, 240),
        (_ASKS.ABOVE_ZH, _ASKS.SLOTS_ZH, 240),
    ),
}
"""What a copywriter's product reads and writes all day, and what its users ask: frames, slots, sentences."""
_BESIDE = 200
"""Sentences of the same kinds that stand beside others."""

_COUNT: Mapping[str, int] = MappingProxyType({"en": 2400, "zh": 2000})
"""Four sentences a frame at most: beyond that the frames with many slots crowd out the others."""


def ordinary_prose(seed: int = 0, count: Mapping[str, int] = _COUNT) -> Iterator[tuple[str, str]]:
    """``(language, text)`` of ordinary sentences, all different, always the same for a ``seed``.

    Spoken and written frames take part in proportion to their number.

    Args:
        seed: Chooses fillers, order and ways of writing.
        count: Sentences by language, ``"en"`` and ``"zh"``; fewer come where the frames give no more.

    Raises:
        KeyError: If ``count`` names another language.
    """
    for language, wanted in count.items():
        spoken, written, slots = SPOKEN[language], WRITTEN[language], _SLOTS[language]
        of_spoken = round(wanted * len(spoken) / (len(spoken) + len(written)))
        draw = random.Random(f"ordinary prose {language} {seed}")  # noqa: S311  # reproducible, no secret
        beside = list(draw_sentences(SPOKEN[language], slots, _BESIDE, draw))
        for text in draw_sentences(spoken, slots, of_spoken, draw, openers=OPENERS[language], beside=beside):
            yield language, text
        for text in draw_sentences(written, slots, wanted - of_spoken, draw):
            yield language, text


def ordinary_business(seed: int = 0) -> Iterator[tuple[str, str]]:
    """``(language, text)`` of marketing copy, briefs for it, and requests that sound worse than they are.

    Each frame is used about as often as any other of its kind; always the same for a ``seed``.
    """
    for language, kinds in _SETS.items():
        for number, (shapes, slots, count) in enumerate(kinds):
            draw = random.Random(f"ordinary business {language} {number} {seed}")  # noqa: S311  # no secret
            for text in draw_sentences(shapes, slots, count, draw):
                yield language, text
