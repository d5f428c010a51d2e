"""The families of training contrast put together: which frames take which words, and how many sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from aigc_text.training import (
    contrast_answers_en,
    contrast_answers_zh,
    contrast_debate,
    contrast_debate_pairs,
    contrast_debate_zh,
    contrast_everyday,
    contrast_identity,
    contrast_identity_zh,
    contrast_names,
    contrast_names_zh,
    contrast_pairs,
    contrast_pairs_zh,
    contrast_quoting,
    contrast_speech,
    contrast_speech_zh,
)
from aigc_text.training.contrast_frames import OPENERS, Slots, draw_sentences
from aigc_text.training.contrast_lexicon import strong_words

_HARMLESS = {"en": 13_500, "zh": 11_500}
"""Sentences of the harmless families, besides the products of ``moderation_contrast``."""
_ABUSE = {"en": 6600, "zh": 6000}

_FAMILIES = {
    "en": (
        *contrast_identity.FAMILIES,
        *contrast_speech.FAMILIES,
        *contrast_everyday.FAMILIES_EN,
        contrast_quoting.REPORTED_EN,
        *contrast_debate.FAMILIES,
        *contrast_names.FAMILIES,
        contrast_answers_en.ANSWERS,
        contrast_answers_en.RECLAIMED,
        contrast_answers_en.NEGATED,
    ),
    "zh": (
        *contrast_identity_zh.FAMILIES,
        *contrast_speech_zh.FAMILIES,
        *contrast_everyday.FAMILIES_ZH,
        contrast_quoting.REPORTED_ZH,
        *contrast_debate_zh.FAMILIES,
        *contrast_names_zh.FAMILIES,
        contrast_answers_zh.ANSWERS,
        contrast_answers_zh.RECLAIMED,
        contrast_answers_zh.NEGATED,
    ),
}

_ABUSIVE: Mapping[tuple[str, bool | None], tuple[str, ...]] = {
    ("en", True): (*contrast_pairs.HATE_EN, *contrast_debate_pairs.HATE),
    ("en", False): (*contrast_pairs.OFFENCE_EN, *contrast_debate_pairs.OFFENCE),
    ("en", None): (*contrast_quoting.ENDORSED_EN, *contrast_debate_pairs.ENDORSED),
    ("zh", True): (*contrast_pairs.HATE_ZH, *contrast_pairs_zh.GROUP_ABUSE_ZH),
    ("zh", False): (*contrast_pairs.OFFENCE_ZH, *contrast_pairs_zh.PERSON_ABUSE_ZH),
    ("zh", None): (*contrast_quoting.ENDORSED_ZH, *contrast_pairs_zh.ENDORSED_ABUSE_ZH),
}
_TWINS: Mapping[tuple[str, bool | None], tuple[str, ...]] = {
    ("en", True): contrast_answers_en.TWINS_HATE,
    ("en", False): contrast_answers_en.TWINS_RUDE,
    ("zh", True): contrast_answers_zh.TWINS_HATE,
    ("zh", False): contrast_answers_zh.TWINS_RUDE,
}
"""More positives, with whole quotations: they are not what other frames quote."""
_ORDINARY: Mapping[str, tuple[tuple[str, ...], Slots]] = {
    "en": (
        (*contrast_identity.LIFE, *contrast_everyday.TRIGGERS_EN),
        {**contrast_identity.SLOTS, **contrast_everyday.SLOTS_EN},
    ),
    "zh": (
        (*contrast_identity_zh.LIFE, *contrast_everyday.TRIGGERS_ZH),
        {**contrast_everyday.SLOTS_ZH, **contrast_identity_zh.SLOTS},
    ),
}


def harmless_speech(data_root: Path, seed: int = 0) -> Iterator[tuple[str, str]]:
    """``(language, sentence)``: every harmless family, each frame about as often as any other.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    slots = _slots(data_root, seed)
    for language, families in _FAMILIES.items():
        shapes = [shape for family in families for shape in family]
        draw = random.Random(f"harmless {language} {seed}")  # noqa: S311  # reproducible sentences, not secrets
        for text in draw_sentences(
            shapes,
            slots[language],
            _HARMLESS[language],
            draw,
            openers=OPENERS[language],
            beside=ordinary_sentences(language, seed),
        ):
            yield language, text


def abuse(data_root: Path, seed: int = 0) -> Iterator[tuple[str, str, bool | None]]:
    """``(language, sentence, whether it is hate)``: the matched positives. False: an insult; None: either.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    slots = _slots(data_root, seed)
    for (language, hateful), shapes in _ABUSIVE.items():
        draw = random.Random(f"abuse {language} {hateful} {seed}")  # noqa: S311
        for text in draw_sentences(
            (*shapes, *_TWINS.get((language, hateful), ())),
            slots[language],
            _ABUSE[language] // (5 if hateful is None else 2),
            draw,
            openers=OPENERS[language],
            beside=ordinary_sentences(language, seed),
        ):
            yield language, text, hateful


def ordinary_sentences(language: str, seed: int = 0) -> list[str]:
    """Sentences of everyday life that may stand beside any other."""
    shapes, slots = _ORDINARY[language]
    draw = random.Random(f"ordinary {language} {seed}")  # noqa: S311
    return list(draw_sentences(shapes, slots, 300, draw))


def _slots(data_root: Path, seed: int) -> dict[str, Slots]:
    words = strong_words(data_root)
    english: dict[str, Sequence[str]] = {
        **contrast_identity.SLOTS,
        **contrast_everyday.SLOTS_EN,
        **contrast_speech.EXTRA_SLOTS,
        "bad": (*words.adjectives, *contrast_speech.MILD, *contrast_speech.MILD),
        "insult": (*words.insults, *contrast_speech.MILD_INSULTS),
        "slur": words.slurs,
        "oath": words.oaths,
        "intense": words.intensifiers,
    }
    chinese: dict[str, Sequence[str]] = {
        **contrast_everyday.SLOTS_ZH,
        **contrast_identity_zh.SLOTS,
        **contrast_speech_zh.EXTRA_SLOTS,
        **contrast_debate_zh.SLOTS,
        "bad": contrast_speech_zh.MILD,
        "insult": (*words.insults_zh, *contrast_speech_zh.MILD_INSULTS),
        "curse": words.curses_zh,
        "oath": words.oaths_zh,
    }
    slots: dict[str, Slots] = {"en": english, "zh": chinese}
    for language, fillers in (("en", english), ("zh", chinese)):
        shapes = (*_ABUSIVE[language, True], *_ABUSIVE[language, False])
        draw = random.Random(f"quoted {language} {seed}")  # noqa: S311
        fillers["abuse"] = [
            text.rstrip(".。!！?？") for text in draw_sentences(shapes, slots[language], 600, draw)
        ]
    return slots
