"""``text/rouge``: ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum against references, in English and Chinese.

Lin, "ROUGE: a package for automatic evaluation of summaries", ACL Workshop 2004. The package rouge-score is not used: it drops all that
is not a–z or 0–9, and with it every Chinese text, and imports nltk. On English without stemming the numbers are the same; a test
compares them. Chinese is compared by characters, as its published results are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.bleu import ngrams
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import sentences, units_zh
from aigc_text.evaluators.lcs import lcs_length, lcs_places
from aigc_text.evaluators.references import NO_REFERENCE, reference_texts

_IMPLEMENTATION: Final = "aigc_text.rouge/1"
METRICS: Final = ("rouge_1", "rouge_2", "rouge_l", "rouge_lsum")
MOST_TOKENS: Final = 20_000
"""Longest text that is compared: subsequences cost the product of two lengths."""


@dataclass(frozen=True, slots=True)
class Rouge:
    """Overlap of a text with one reference."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def tokenize(text: str) -> list[str]:
    """Lower-cased runs of letters and digits; Han characters one by one."""
    return units_zh(text.lower())


def rouge_n(reference: Sequence[str], text: Sequence[str], n: int) -> Rouge:
    """Shared n-grams, each as often as both have it."""
    wanted, found = Counter(ngrams(reference, n)), Counter(ngrams(text, n))
    return _of((wanted & found).total(), wanted.total(), found.total())


def rouge_l(reference: Sequence[str], text: Sequence[str]) -> Rouge:
    """Longest common subsequence of the two as a whole."""
    return _of(lcs_length(reference, text), len(reference), len(text))


def rouge_lsum(reference: Sequence[Sequence[str]], text: Sequence[Sequence[str]]) -> Rouge:
    """Union of the subsequences that each sentence of the reference shares with the sentences of the text.

    Args:
        reference: Tokens of each of its sentences.
        text: Tokens of each of its sentences.
    """
    wanted = Counter(token for sentence in reference for token in sentence)
    left = Counter(token for sentence in text for token in sentence)
    sizes = wanted.total(), left.total()
    hits = 0
    for sentence in reference:
        union = sorted({place for other in text for place in lcs_places(sentence, other)})
        for token in (sentence[place] for place in union):
            # No token counts more often than both have it.
            if wanted[token] > 0 and left[token] > 0:
                hits += 1
                wanted[token] -= 1
                left[token] -= 1
    return _of(hits, *sizes)


def _of(hits: int, wanted: int, found: int) -> Rouge:
    return Rouge(hits / found if found else 0.0, hits / wanted if wanted else 0.0)


def rouge(reference: str, text: str) -> dict[str, Rouge]:
    """All four, by the names of `METRICS`."""
    wanted, found = tokenize(reference), tokenize(text)
    return {
        "rouge_1": rouge_n(wanted, found, 1),
        "rouge_2": rouge_n(wanted, found, 2),
        "rouge_l": rouge_l(wanted, found),
        "rouge_lsum": rouge_lsum(_sentences(reference), _sentences(text)),
    }


def _sentences(text: str) -> list[list[str]]:
    return [tokenize(sentence) for sentence in sentences(text)]


class RougeScores(Stateless):
    """Scores F1 of ROUGE-1, -2, -L and -Lsum; with several references, each against the one that fits best."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Four scores a sample; invalid without a reference, or where a text is longer than `MOST_TOKENS`."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        text, references = text_of(sample), reference_texts(sample)
        if not references:
            return _invalid(NO_REFERENCE)
        longest = max(len(tokenize(t)) for t in (text, *references))
        if longest > MOST_TOKENS:
            return _invalid(
                f"ROUGE compares texts of up to {MOST_TOKENS:,} tokens; one here has {longest:,}."
            )
        if not tokenize(text):
            return _invalid("The text has no words.")
        found = [rouge(reference, text) for reference in references]
        return [self._best(metric, found, language_of(sample)) for metric in METRICS]

    @staticmethod
    def _best(metric: str, found: Sequence[dict[str, Rouge]], language: str) -> Score:
        number = max(range(len(found)), key=lambda index: found[index][metric].f1)
        best = found[number][metric]
        if language == "zh":
            of = f"{len(found)} 篇参考文本中最接近的第 {number + 1} 篇" if len(found) > 1 else "参考文本"
            how = f"与{of}相比：精确率 {best.precision:.3f}，召回率 {best.recall:.3f}（按字）。"
        else:
            of = f"reference {number + 1} of {len(found)}, the closest" if len(found) > 1 else "the reference"
            how = f"Against {of}: precision {best.precision:.3f}, recall {best.recall:.3f}."
        return Score(
            metric=metric,
            value=best.f1,
            unit="F1",
            range=(0.0, 1.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=how,
            details={
                "precision": round(best.precision, 5),
                "recall": round(best.recall, 5),
                "reference": number,
                "references": len(found),
            },
        )


def _invalid(reason: str) -> list[Score]:
    return [
        Score.invalid(
            m, reason, unit="F1", implementation=_IMPLEMENTATION, range=(0.0, 1.0), reference_free=False
        )
        for m in METRICS
    ]
