"""``text/fact-coverage``: which given facts a text states and what it says beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import read_brief
from aigc_text.facts.report import FactReport
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.copy.template_writer import is_builtin, open_template

_IMPLEMENTATION = "aigc_text.coverage/1"


class FactCoverage(Stateless):
    """Scores ``fact_coverage`` (share of given values stated) and ``invented_facts`` (how many are not given).

    Needs the request's inputs; `aigc_text.facts.checker` says what counts and which classes of invention it
    finds. Texts of the learned writer's domain are also read by that domain's patterns, which know paraphrases.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; invalid where the sample has no inputs."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        text, language = text_of(sample), language_of(sample)
        reason = None
        if sample.request is None or not sample.request.inputs:
            reason = "The sample has no inputs, so there are no given facts to look for."
        elif language not in languages.SUPPORTED:
            reason = f"Facts are looked for in English and Chinese texts, not in {language!r}."
        if reason is not None:
            return _invalid(reason)
        assert sample.request is not None
        brief = read_brief(sample.request.inputs)
        options = sample.request.options
        if isinstance(options, CopyOptions) and not is_builtin(options.template):
            assert options.template is not None
            brief = replace(brief, extra=open_template(options.template, language).literals)
        report = FactChecker(brief, language).check(text)
        if language == "en" and not report.faithful:
            from aigc_text.generators.copy.learned_writer import accept_paraphrases

            report = accept_paraphrases(report, text, brief)
        return [self._coverage(report, language), self._invented(report, language)]

    @staticmethod
    def _coverage(report: FactReport, language: str) -> Score:
        return Score(
            metric="fact_coverage",
            value=report.coverage,
            range=(0.0, 1.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=report.explanation("zh" if language == "zh" else "en"),
            details=report.details(),
        )

    @staticmethod
    def _invented(report: FactReport, language: str) -> Score:
        found = len(report.invented)
        if not found:
            told = (
                "没有发现输入之外的事实。"
                if language == "zh"
                else "Nothing was found that the inputs do not hold."
            )
        else:
            told = report.explanation("zh" if language == "zh" else "en")
        return Score(
            metric="invented_facts",
            value=float(found),
            unit="facts",
            direction="lower",
            # Five inventions in one text are as bad as it gets.
            range=(0.0, 5.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=told,
            details={"invented": report.details()["invented"]},
        )


def _invalid(reason: str) -> list[Score]:
    return [
        Score.invalid("fact_coverage", reason, implementation=_IMPLEMENTATION, reference_free=False),
        Score.invalid(
            "invented_facts",
            reason,
            unit="facts",
            direction="lower",
            implementation=_IMPLEMENTATION,
            reference_free=False,
        ),
    ]
