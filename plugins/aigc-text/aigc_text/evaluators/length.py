"""``text/length``: how long a text is, and how close to the length asked for."""

from __future__ import annotations

from collections.abc import Sequence

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import count_units
from aigc_text.facts.inputs import Length, requested_length

_IMPLEMENTATION = "aigc_text.length/1"

#: What the named lengths mean, (least, most), by language: words in English, characters in Chinese.
NAMED = {
    "en": {"short": (1, 50), "medium": (30, 120), "long": (80, 300)},
    "zh": {"short": (1, 80), "medium": (50, 200), "long": (120, 500)},
}


class LengthFit(Stateless):
    """Scores ``length`` (a plain measurement) and, where a length was asked for, ``length_fit``.

    ``length_fit`` is min(actual/wanted, wanted/actual) for a number, 1 within a named range and the same ratio to
    its nearer end outside.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; ``length_fit`` is invalid where no length was asked for."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        text, language = text_of(sample), language_of(sample)
        wanted = requested_length(sample.request.inputs) if sample.request is not None else None
        unit = (wanted.unit if wanted is not None else None) or (
            "characters" if language == "zh" else "words"
        )
        count = count_units(text, unit, language)
        measured = Score(
            metric="length",
            value=float(count),
            unit=unit,
            direction="none",
            range=(0.0, None),
            implementation=_IMPLEMENTATION,
            explanation=f"The text has {count} {unit}.",
            details={
                "words": count_units(text, "words", language),
                "characters": count_units(text, "characters", language),
            },
        )
        if wanted is None:
            fit = Score.invalid("length_fit", "No length was asked for.", implementation=_IMPLEMENTATION)
        else:
            fit = self._fit(count, unit, wanted, language)
        return [measured, fit]

    @staticmethod
    def _fit(count: int, unit: str, wanted: Length, language: str) -> Score:
        if wanted.count is not None:
            least = most = wanted.count
            asked = f"{wanted.count} {unit}"
        else:
            name = wanted.name or "medium"
            least, most = NAMED["zh" if language == "zh" else "en"][name]
            asked = f"{name} ({least}-{most} {unit})"
        if count == 0:
            value = 0.0
        elif count < least:
            value = count / least
        else:
            value = min(1.0, most / count)
        return Score(
            metric="length_fit",
            value=value,
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=f"{count} {unit} against {asked}.",
            details={"actual": count, "least": least, "most": most, "unit": unit},
        )
