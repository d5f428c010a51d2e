"""``text/tone``: formality, emphasis, promotional pressure, politeness, address; and whether they fit the tone asked for.

Rules that count words and signs, so that every number can be checked by hand. They measure how a text is worded, not what a
reader feels. After Heylighen and Dewaele ("Formality of language", 1999) formality is a balance of two sorts of markers;
theirs are parts of speech, ours are words, since no tagger is at hand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators import tone_markers as markers
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import sentences, units_zh, words

_IMPLEMENTATION: Final = "aigc_text.tone/1"
METRICS: Final = (
    "formality",
    "emphasis",
    "promotional_pressure",
    "politeness",
    "second_person",
    "tone_fit",
)
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class _Hit:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number with what it was counted from."""

    value: float
    hits: dict[str, list[_Hit]]


class Tone(Stateless):
    """Scores the metrics of `METRICS`, all from 0 to 1; none but ``tone_fit`` is better high or low."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Six scores a sample; invalid for other languages, and ``tone_fit`` where no tone was asked for."""
        return each(samples, _scores, ctx)


def _scores(sample: Sample) -> list[Score]:
    text, language = text_of(sample), language_of(sample)
    if language not in ("en", "zh"):
        reason = f"Tone is measured in English and Chinese, not in {language!r}."
        return [_invalid(metric, reason) for metric in METRICS]
    units = len(units_zh(text)) if language == "zh" else len(words(text))
    if not units:
        return [_invalid(metric, "The text has no words.") for metric in METRICS]
    # A Chinese word has about one and a half characters.
    length = units / 1.5 if language == "zh" else float(units)
    parts = max(1, len(sentences(text)))
    measures = {
        "formality": _formality(text, language, length, parts),
        "emphasis": _emphasis(text, parts),
        "promotional_pressure": _pressure(text, language, parts),
        "politeness": _politeness(text, language, parts),
        "second_person": _second_person(text, language),
    }
    made = [_score(name, measure, language) for name, measure in measures.items()]
    return [*made, _fit(sample, measures, language)]


def _formality(text: str, language: str, length: float, parts: int) -> _Measure:
    formal = _hits(markers.FORMAL[language], text)
    informal = _hits(markers.INFORMAL[language], text) + _hits(markers.EMOJI, text)
    loud = _hits(markers.EXCLAMATION, text)
    # Markers a hundred words; a mark of exclamation counts half.
    rate = 100.0 * (len(formal) - len(informal) - 0.5 * len(loud)) / max(20.0, length)
    # Two more formal than informal markers in a hundred words are .65; long words speak for formality too.
    value = 1.0 / (1.0 + math.exp(-(0.3 * rate + _long_words(text, language))))
    return _Measure(value, {"formal": formal, "informal": informal, "exclamation": loud})


def _long_words(text: str, language: str) -> float:
    if language == "zh":
        return 0.0
    own = words(text)
    mean = sum(map(len, own)) / max(1, len(own))
    return max(-1.0, min(1.0, 0.5 * (mean - 4.7)))


def _emphasis(text: str, parts: int) -> _Measure:
    loud = _hits(markers.EXCLAMATION, text)
    shouted = [h for h in _hits(markers.SHOUTED, text) if h.text not in markers.ABBREVIATIONS]
    # Abbreviations that no list knows stand alone; whoever shouts does it in rows or in long words.
    rows = _rows(shouted, text)
    sizes = Counter(rows)
    shouted = [h for h, row in zip(shouted, rows, strict=True) if len(h.text) >= 5 or sizes[row] >= 3]
    weight = sum(1.0 + 0.5 * (len(h.text) - 1) for h in loud) + 0.7 * len(shouted)
    return _Measure(1.0 - math.exp(-weight / parts), {"exclamation": loud, "capitals": shouted})


def _rows(hits: Sequence[_Hit], text: str) -> list[int]:
    """For each hit the number of its row: hits that only blanks and punctuation part are in one."""
    rows: list[int] = []
    for place, hit in enumerate(hits):
        parted = place > 0 and any(c.isalnum() for c in text[hits[place - 1].end : hit.start])
        rows.append(rows[-1] + parted if rows else 0)
    return rows


def _pressure(text: str, language: str, parts: int) -> _Measure:
    found = _hits(markers.PRESSURE[language], text)
    return _Measure(1.0 - math.exp(-1.5 * len(found) / math.sqrt(parts) / 2), {"pressure": found})


def _politeness(text: str, language: str, parts: int) -> _Measure:
    polite, rude = _hits(markers.POLITE[language], text), _hits(markers.RUDE[language], text)
    balance = (len(polite) - 2.0 * len(rude)) / math.sqrt(parts)
    return _Measure(1.0 / (1.0 + math.exp(-balance)), {"polite": polite, "rude": rude})


def _second_person(text: str, language: str) -> _Measure:
    you = _hits(markers.SECOND_PERSON[language], text)
    own = sentences(text) or [text]
    addressed = sum(bool(markers.SECOND_PERSON[language].search(s)) for s in own)
    return _Measure(addressed / len(own), {"you": you, "we": _hits(markers.FIRST_PERSON[language], text)})


def _fit(sample: Sample, measures: Mapping[str, _Measure], language: str) -> Score:
    from aigc_text.generators.copy.profile import named_voice

    asked = _tone_asked_for(sample)
    if asked is None:
        return _invalid(
            "tone_fit", "No tone was asked for: give one as brand.voice, tone or 语气 in the inputs."
        )
    voice = named_voice(asked)
    if voice is None:
        return _invalid(
            "tone_fit",
            f"What the tone {asked!r} asks for is not known here: try {', '.join(markers.VOICES)}.",
        )
    bounds = markers.VOICES[voice]
    fits = {name: _closeness(measures[name].value, *bounds[name]) for name in bounds}
    off = {name: fit for name, fit in fits.items() if fit < 1.0}
    told = "; ".join(
        f"{name} {measures[name].value:.2f} ({bounds[name][0]:.2f}-{bounds[name][1]:.2f})"
        for name in (off or fits)
    )
    how = f"“{asked}”（{voice}）：{told}。" if language == "zh" else f"“{asked}” ({voice}): {told}."
    return Score(
        metric="tone_fit",
        value=sum(fits.values()) / len(fits),
        range=(0.0, 1.0),
        reference_free=False,
        implementation=_IMPLEMENTATION,
        explanation=how,
        details={"asked": asked, "voice": voice, "fits": {k: round(v, 4) for k, v in fits.items()}},
    )


def _closeness(value: float, least: float, most: float) -> float:
    """1 within the bounds, falling to 0 at a distance of one half."""
    away = max(0.0, least - value, value - most)
    return max(0.0, 1.0 - 2.0 * away)


def _tone_asked_for(sample: Sample) -> str | None:
    if sample.request is None:
        return None
    tone = getattr(sample.request.options, "tone", None) if sample.request.options is not None else None
    if isinstance(tone, str) and tone:
        return tone
    if not sample.request.inputs:
        return None
    from aigc_sdk.errors import AigcError
    from aigc_text.facts.inputs import read_brief

    try:
        # Inputs that only steer are no brief for copy, but they ask for a tone all the same.
        return read_brief({"name": "x", **sample.request.inputs}).voice
    except AigcError:
        return None


def _hits(pattern: re.Pattern[str], text: str) -> list[_Hit]:
    return [_Hit(match[0], *match.span()) for match in pattern.finditer(text)]


_NAMES_ZH: Final = {
    "formal": "正式用语",
    "informal": "口语",
    "exclamation": "感叹号",
    "capitals": "大写",
    "pressure": "催促",
    "polite": "礼貌用语",
    "rude": "不礼貌用语",
    "you": "你/您",
    "we": "我/我们",
}


def _score(metric: str, measure: _Measure, language: str) -> Score:
    counted = []
    for name, hits in measure.hits.items():
        sample = ", ".join(dict.fromkeys(h.text.strip().lower() for h in hits[:_SHOWN]))
        shown = _NAMES_ZH[name] if language == "zh" else name
        counted.append(f"{shown} {len(hits)}" + (f" ({sample})" if sample else ""))
    return Score(
        metric=metric,
        value=measure.value,
        direction="none",
        range=(0.0, 1.0),
        implementation=_IMPLEMENTATION,
        explanation=f"{measure.value:.2f}: " + "; ".join(counted) + ".",
        details={
            name: [{"span": [h.start, h.end], "text": h.text} for h in hits[:50]]
            for name, hits in measure.hits.items()
        },
    )


def _invalid(metric: str, reason: str) -> Score:
    directed = metric == "tone_fit"
    return Score.invalid(
        metric,
        reason,
        direction="higher" if directed else "none",
        implementation=_IMPLEMENTATION,
        range=(0.0, 1.0),
        reference_free=not directed,
    )
