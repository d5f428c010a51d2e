"""``text/diversity``: distinct-1, distinct-2 of a text and its siblings, and self-BLEU among them."""

from __future__ import annotations

from collections.abc import Sequence

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.bleu import Tokens, distinct, self_bleu, sentence_bleu
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import tokens

_IMPLEMENTATION = "aigc_text.diversity/1"
_MAX_SIBLINGS = 16


class Diversity(Stateless):
    """Scores ``distinct_1``, ``distinct_2`` and ``self_bleu``.

    Tokens are lower-cased words, in Chinese Han characters and Latin words. With siblings, distinct-n counts over
    the whole set; self-BLEU needs at least one sibling (at most 16 are compared).
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Three scores a sample."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        language = language_of(sample)
        siblings = [s.text for s in sample.siblings if isinstance(s, Text)][:_MAX_SIBLINGS]
        texts: list[Tokens] = [tokens(text, language) for text in (text_of(sample), *siblings)]
        return [self._distinct(texts, 1), self._distinct(texts, 2), self._self_bleu(texts)]

    @staticmethod
    def _distinct(texts: list[Tokens], n: int) -> Score:
        different, total = distinct(texts, n)
        if total == 0:
            return Score.invalid(
                f"distinct_{n}", f"The text has fewer than {n} tokens.", implementation=_IMPLEMENTATION
            )
        return Score(
            metric=f"distinct_{n}",
            value=different / total,
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=f"{different} of {total} {n}-grams over {len(texts)} texts are different.",
            details={"different": different, "total": total, "texts": len(texts)},
        )

    @staticmethod
    def _self_bleu(texts: list[Tokens]) -> Score:
        if len(texts) < 2:
            return Score.invalid(
                "self_bleu",
                "Self-BLEU compares a text with its siblings, and there are none.",
                direction="lower",
                implementation=_IMPLEMENTATION,
            )
        value = self_bleu(texts)
        own = sentence_bleu(texts[1:], texts[0])
        return Score(
            metric="self_bleu",
            value=min(1.0, value),
            direction="lower",
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=(
                f"Each of {len(texts)} texts against the others: mean BLEU-4 {value:.3f}; this one alone {own:.3f}."
            ),
            details={"texts": len(texts), "this_text": own},
        )
