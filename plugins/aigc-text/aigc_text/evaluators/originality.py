"""``text/originality-score``: how much of a text is not a repeat of a work in the user's corpora."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import each, language_of, text_of
from aigc_text.moderators.originality import OriginalityModerator

if TYPE_CHECKING:
    from aigc_sdk.corpus import Answer, Match
    from aigc_sdk.runtime.runtime import Runtime

_IMPLEMENTATION = "aigc_text.originality/1"
_SHOWN = 5


class OriginalityScore:
    """Scores ``originality``: 1 minus the share of the characters that stand in repeated passages.

    The passages are those of the moderator ``text/originality``: 12 words or 20 Chinese characters in a row. What no
    corpus holds counts as original, whoever wrote it.
    """

    def __init__(self) -> None:
        self._check = OriginalityModerator()

    def load(self, runtime: Runtime | None) -> None:
        """Open the corpora, where there are any."""
        self._check.load(runtime)

    def close(self) -> None:
        """Close them."""
        self._check.close()

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """One score a sample, naming the closest work; invalid where there is no corpus."""
        return each(samples, lambda sample: [self._score(sample, ctx)], ctx)

    def _score(self, sample: Sample, ctx: CallContext) -> Score:
        text = text_of(sample)
        if not any(c.isalnum() for c in text):
            return _invalid("The text has no words.")
        answers = self._check.answers(Text(text), ctx.check)
        if answers is None:
            return _invalid(
                "There is no corpus of works to compare with: make one with `aigc corpus add`, or name one in AIGC_CORPUS."
            )
        return _measured(text, answers, chinese=language_of(sample) == "zh")


def _measured(text: str, answers: Sequence[Answer], *, chinese: bool) -> Score:
    matches = sorted(
        (match for answer in answers for match in answer.matches), key=lambda m: (-m.coverage, -m.similarity)
    )
    repeated: set[int] = set()
    for match in matches:
        for run in match.runs:
            repeated.update(i for i in range(run.start, run.end) if text[i].isalnum())
    total = sum(c.isalnum() for c in text)
    value = 1.0 - len(repeated) / total
    if not matches:
        how = "与语料库中任何作品均无重复。" if chinese else "No passage of a work in the corpora."
    else:
        first = matches[0]
        how = (
            f"{1 - value:.0%} 的文字与已有作品重复；最接近《{first.work.name}》（{first.work.id}），占本文 {first.coverage:.0%}。"
            if chinese
            else f"{1 - value:.0%} of the text repeats works; closest “{first.work.name}” ({first.work.id}), "
            f"{first.coverage:.0%} of the text."
        )
    complete = all(answer.complete for answer in answers)
    if not complete:
        how += (
            "（重复处过多，未全部追踪。）" if chinese else " There were too many repeats to follow them all."
        )
    return Score(
        metric="originality",
        value=max(0.0, value),
        range=(0.0, 1.0),
        reference_free=False,
        implementation=_IMPLEMENTATION,
        explanation=how,
        details={"works": [_described(match) for match in matches[:_SHOWN]], "complete": complete},
    )


def _described(match: Match) -> dict[str, object]:
    return {
        "id": match.work.id,
        "name": match.work.name,
        "coverage": round(match.coverage, 4),
        "similarity": round(match.similarity, 4),
        "spans": [[run.start, run.end] for run in match.runs[:20]],
    }


def _invalid(reason: str) -> Score:
    return Score.invalid(
        "originality", reason, implementation=_IMPLEMENTATION, range=(0.0, 1.0), reference_free=False
    )
