"""The families of training contrast put together: which frames take which words, and how many sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from aigc_text.training import (
    contrast_everyday,
    contrast_identity,
    contrast_identity_zh,
    contrast_pairs,
    contrast_speech,
    contrast_speech_zh,
)
from aigc_text.training.contrast_frames import OPENERS, Slots, draw_sentences
from aigc_text.training.contrast_lexicon import strong_words

_HARMLESS = {"en": 7600, "zh": 6000}
"""Sentences of the harmless families, besides the products of ``moderation_contrast``."""
_ABUSE = {"en": 3200, "zh": 2800}

_FAMILIES = {
    "en": (*contrast_identity.FAMILIES, *contrast_speech.FAMILIES, *contrast_everyday.FAMILIES_EN),
    "zh": (*contrast_identity_zh.FAMILIES, *contrast_speech_zh.FAMILIES, *contrast_everyday.FAMILIES_ZH),
}


def harmless_speech(data_root: Path, seed: int = 0) -> Iterator[tuple[str, str]]:
    """``(language, sentence)``: every harmless family, each frame about as often as any other.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    slots = _slots(data_root)
    for language, families in _FAMILIES.items():
        shapes = [shape for family in families for shape in family]
        draw = random.Random(f"harmless {language} {seed}")  # noqa: S311  # reproducible sentences, not secrets
        for text in draw_sentences(
            shapes, slots[language], _HARMLESS[language], draw, openers=OPENERS[language]
        ):
            yield language, text


def abuse(data_root: Path, seed: int = 0) -> Iterator[tuple[str, str, bool]]:
    """``(language, sentence, whether it is hate)``: the matched positives; what is not hate is an insult.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    slots = _slots(data_root)
    for language, hate, offence in (
        ("en", contrast_pairs.HATE_EN, contrast_pairs.OFFENCE_EN),
        ("zh", contrast_pairs.HATE_ZH, contrast_pairs.OFFENCE_ZH),
    ):
        for shapes, hateful in ((hate, True), (offence, False)):
            draw = random.Random(f"abuse {language} {hateful} {seed}")  # noqa: S311
            for text in draw_sentences(
                shapes, slots[language], _ABUSE[language] // 2, draw, openers=OPENERS[language]
            ):
                yield language, text, hateful


def _slots(data_root: Path) -> dict[str, Slots]:
    words = strong_words(data_root)
    return {
        "en": {
            **contrast_identity.SLOTS,
            **contrast_everyday.SLOTS_EN,
            **contrast_speech.EXTRA_SLOTS,
            "bad": (*words.adjectives, *contrast_speech.MILD, *contrast_speech.MILD),
            "insult": words.insults,
            "slur": words.slurs,
            "oath": words.oaths,
            "intense": words.intensifiers,
        },
        "zh": {
            **contrast_everyday.SLOTS_ZH,
            **contrast_identity_zh.SLOTS,
            **contrast_speech_zh.EXTRA_SLOTS,
            "bad": contrast_speech_zh.MILD,
            "insult": words.insults_zh,
            "curse": words.curses_zh,
            "oath": words.oaths_zh,
        },
    }
