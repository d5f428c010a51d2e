"""Training sentences for what permissive sets hardly label: self-harm, violence, illicit requests, sexual content, spam.

Written for this SDK, English and Chinese: what a moderator must catch beside what it must let pass (support and
prevention, news, fiction, games, law, science, idioms), from frames with slots, so that a word alone decides
nothing. Nothing is graphic and nothing says how a thing is done. Explicit sexual words come from the lexicons under
the data root when training runs; the sets that test the models have no part in this.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from aigc_text.training import (
    risks_illicit,
    risks_illicit_requests,
    risks_self_harm,
    risks_sexual,
    risks_violence,
    risks_voices_en,
    risks_voices_illicit_en,
    risks_voices_illicit_zh,
    risks_voices_violence_en,
    risks_voices_zh,
    spam_voices_en,
    spam_voices_zh,
)
from aigc_text.training.contrast_families import ordinary_sentences
from aigc_text.training.contrast_frames import OPENERS, Slots, draw_sentences
from aigc_text.training.contrast_lexicon import strong_words
from aigc_text.training.labelled import NOTHING, Labelled

SOURCE = "risks"
_PER_SIDE = 800
"""Sentences of one head and language on each side; fewer where the frames give no more."""
_VOICES_PER_SIDE = 400
"""Of the many voices, whose frames are more in number and each a sentence of its own: about four of each."""

# Head, language, positives, their harmless twins, and what fills the slots of both.
_VOICES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], Slots], ...] = (
    ("self_harm", "en", risks_voices_en.SELF_HARM, risks_voices_en.SELF_HARM_HARMLESS, risks_voices_en.SLOTS),
    ("self_harm", "zh", risks_voices_zh.SELF_HARM, risks_voices_zh.SELF_HARM_HARMLESS, risks_voices_zh.SLOTS),
    (
        "violence",
        "en",
        risks_voices_violence_en.VIOLENCE,
        risks_voices_violence_en.VIOLENCE_HARMLESS,
        risks_voices_violence_en.SLOTS,
    ),
    ("violence", "zh", risks_voices_zh.VIOLENCE, risks_voices_zh.VIOLENCE_HARMLESS, risks_voices_zh.SLOTS),
    (
        "illicit",
        "en",
        risks_voices_illicit_en.ILLICIT,
        risks_voices_illicit_en.ILLICIT_HARMLESS,
        risks_voices_illicit_en.SLOTS,
    ),
    (
        "illicit",
        "zh",
        risks_voices_illicit_zh.ILLICIT,
        risks_voices_illicit_zh.ILLICIT_HARMLESS,
        risks_voices_illicit_zh.SLOTS,
    ),
    ("spam", "en", spam_voices_en.SPAM, spam_voices_en.SPAM_HARMLESS, spam_voices_en.SLOTS),
    ("spam", "zh", spam_voices_zh.SPAM, spam_voices_zh.SPAM_HARMLESS, spam_voices_zh.SLOTS),
)

# What a positive of a head says of the others: absent where it may well be true ("I will shoot you, …" insults).
_POSITIVE: Mapping[str, dict[str, int]] = {
    "self_harm": {"self_harm": 1, "hate": 0, "sexual": 0, "spam": 0, "injection": 0},
    "urge": {"self_harm": 1, "offence": 1, "sexual": 0, "spam": 0, "injection": 0},
    "violence": {"violence": 1, "self_harm": 0, "sexual": 0, "spam": 0, "injection": 0},
    "illicit": {"illicit": 1, "hate": 0, "self_harm": 0, "injection": 0},
    # Fraud is unlawful too, and some of it lures with sex: those heads stay unknown.
    "spam": {"spam": 1, "hate": 0, "self_harm": 0, "violence": 0, "injection": 0},
    "sexual": {"sexual": 1, "hate": 0, "self_harm": 0, "violence": 0, "injection": 0},
}


def risk_sentences(data_root: Path, seed: int = 0) -> Iterator[Labelled]:
    """Labelled rows of every risk and of their harmless matches, always the same for a ``seed``.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    words = strong_words(data_root)
    sexual: Slots = {**risks_sexual.SLOTS, "sexual": words.sexual, "sexual_zh": words.sexual_zh}
    ordinary = {language: ordinary_sentences(language, seed) for language in ("en", "zh")}
    own, violence, illicit = risks_self_harm, risks_violence, risks_illicit
    for language, positives, negatives, slots in (
        (
            "en",
            {"self_harm": (*own.INTENT_EN, *own.REQUEST_EN), "urge": own.URGE_EN},
            own.HARMLESS_EN,
            own.SLOTS,
        ),
        (
            "zh",
            {"self_harm": (*own.INTENT_ZH, *own.REQUEST_ZH), "urge": own.URGE_ZH},
            own.HARMLESS_ZH,
            own.SLOTS,
        ),
        (
            "en",
            {"violence": (*violence.THREAT_EN, *violence.INCITE_EN)},
            violence.HARMLESS_EN,
            violence.SLOTS,
        ),
        (
            "zh",
            {"violence": (*violence.THREAT_ZH, *violence.INCITE_ZH)},
            violence.HARMLESS_ZH,
            violence.SLOTS,
        ),
        ("en", {"illicit": illicit.CRIME_EN}, illicit.HARMLESS_EN, illicit.SLOTS),
        ("zh", {"illicit": illicit.CRIME_ZH}, illicit.HARMLESS_ZH, illicit.SLOTS),
        ("en", {"sexual": risks_sexual.EXPLICIT_EN}, risks_sexual.HARMLESS_EN, sexual),
        ("zh", {"sexual": risks_sexual.EXPLICIT_ZH}, risks_sexual.HARMLESS_ZH, sexual),
    ):
        for kind, shapes in {**positives, "harmless": negatives}.items():
            draw = random.Random(f"{kind} {language} {next(iter(positives))} {seed}")  # noqa: S311
            labels = _POSITIVE.get(kind, NOTHING)
            for text in draw_sentences(
                shapes, slots, _PER_SIDE, draw, openers=OPENERS[language], beside=ordinary[language]
            ):
                yield Labelled(SOURCE, language, text, labels)
    for language, shapes in risks_illicit_requests.REQUESTS.items():
        for kind, acts in (
            ("illicit", risks_illicit_requests.CRIMES),
            ("harmless", risks_illicit_requests.ORDINARY),
        ):
            draw = random.Random(f"requests {kind} {language} {seed}")  # noqa: S311
            labels = _POSITIVE.get(kind, NOTHING)
            for text in draw_sentences(shapes, acts[language], _PER_SIDE, draw, openers=OPENERS[language]):
                yield Labelled(SOURCE, language, text, labels)
    yield from _voices(seed, ordinary)


def _voices(seed: int, ordinary: Mapping[str, list[str]]) -> Iterator[Labelled]:
    for head, language, positives, twins, slots in _VOICES:
        for kind, shapes in ((head, positives), ("harmless", twins)):
            draw = random.Random(f"voices {kind} {head} {language} {seed}")  # noqa: S311
            labels = _POSITIVE.get(kind, NOTHING)
            for text in draw_sentences(
                shapes, slots, _VOICES_PER_SIDE, draw, openers=OPENERS[language], beside=ordinary[language]
            ):
                yield Labelled(SOURCE, language, text, labels)
