"""Thresholds as data: from which probability on a detector's finding leads to which action."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from aigc_sdk.policy.fields import Action, Grave, LanguageTag, Strict
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, Finding


class Cut(Strict):
    """The lowest probability at which an action is taken, and the row of the curve it was chosen by.

    In a file a bare number will do. The row is what a reader is to check: `aigc policy check` compares it with
    the detector's bundle as it is now.

    Attributes:
        probability: Calibrated probability in [0, 1].
        source: Where the row stands: a bundle's id, or ``review`` for one that reviewers' decisions gave.
        recall: Share of what it should find that lies at or above the cut; on the source's held-out data.
        precision: Share of what lies at or above that is right.
        fpr_ordinary: Share of ordinary harmless texts at or above it.
        reviewed: Reviewed findings that the row rests on, where the source is ``review``.
    """

    probability: float = Field(ge=0.0, le=1.0)
    source: str = ""
    recall: float | None = None
    precision: float | None = None
    fpr_ordinary: float | None = None
    reviewed: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        return {"probability": value} if plain else value


def _acting(action: Decision) -> Decision:
    if action is Decision.ALLOW:
        raise ValueError("a cut leads to redact, review or block; below the lowest one a finding is recorded")
    return action


CutAction = Annotated[Action, AfterValidator(_acting)]


class Threshold(Strict):
    """The cuts of one detector for one kind of finding.

    Attributes:
        detector: The moderator's id.
        category: Of the finding.
        subcategory: Of the finding; None for any.
        language: Of the content, or one that it holds something of; None for any.
        stages: Where it counts; empty for all.
        min_severity: Findings at least this grave; lighter ones are left to the rules.
        cuts: Action → cut.
    """

    detector: str
    category: Category
    subcategory: str | None = None
    language: LanguageTag | None = None
    stages: tuple[Stage, ...] = ()
    min_severity: Grave = Severity.LOW
    cuts: dict[CutAction, Cut] = Field(min_length=1)

    @property
    def name(self) -> str:
        """What tells it from others; also how verdicts call it."""
        kind = f"{self.category}/{self.subcategory}" if self.subcategory else str(self.category)
        stages = f"@{'+'.join(self.stages)}" if self.stages else ""
        return f"{self.detector}:{kind}:{self.language or 'any'}{stages}"

    def concerns(self, finding: Finding, *, stage: Stage, languages: Collection[str]) -> bool:
        """Is the finding one of those it is for?"""
        return (
            finding.detector == self.detector
            and finding.category is self.category
            and self.subcategory in (None, finding.subcategory)
            and (self.language is None or self.language in languages)
            and finding.severity >= self.min_severity
            and (not self.stages or stage in self.stages)
        )

    def actions(self, finding: Finding) -> Iterator[Decision]:
        """The actions whose cuts the finding reaches; without a probability it reaches every one."""
        for action, cut in self.cuts.items():
            if finding.probability is None or finding.probability >= cut.probability:
                yield action


def closest(
    thresholds: Sequence[Threshold], finding: Finding, *, stage: Stage, languages: Collection[str]
) -> tuple[list[Threshold], set[str]]:
    """For each language of a text, the thresholds that say most exactly what they are for.

    A subcategory counts for more than a language, a language for more than a stage. Each language is judged by its
    own: a word of another one must not bring in a laxer cut.

    Returns:
        The thresholds, in order; and the languages that none is for, which are left to the rules.
    """
    fitting = [t for t in thresholds if t.concerns(finding, stage=stage, languages=languages)]
    chosen: set[str] = set()
    left: set[str] = set()
    for language in languages:
        own = [(_exactness(t), t.name) for t in fitting if t.language in (None, language)]
        if own:
            best = max(exact for exact, _ in own)
            chosen.update(name for exact, name in own if exact == best)
        else:
            left.add(language)
    return [t for t in fitting if t.name in chosen], left


def _exactness(threshold: Threshold) -> tuple[bool, bool, bool]:
    return threshold.subcategory is not None, threshold.language is not None, bool(threshold.stages)
