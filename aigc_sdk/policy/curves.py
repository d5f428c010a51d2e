"""Operating curves of detectors' bundles: what a cut is worth, and which cut meets a target.

A bundle states them under ``calibration[language][head]``: ``curve`` holds rows with ``probability``, ``recall``,
``precision`` and ``fpr_ordinary``, measured on held-out data. A head is called as the subcategory of its findings,
or as their category.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy.model import Policy, Rule
from aigc_sdk.policy.targets import Target
from aigc_sdk.policy.thresholds import Cut, Threshold
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Category, Severity

Calibration = Mapping[str, Mapping[str, Mapping[str, Any]]]
Calibrations = Callable[[str], Calibration | None]
"""Bundle id → its calibration; None where the bundle is not on this machine."""

_CLOSE = 5e-4
"""Quoted figures are written with three decimals or more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a curve; the shares are None where the bundle does not state them."""

    probability: float
    recall: float | None = None
    precision: float | None = None
    fpr_ordinary: float | None = None

    def __str__(self) -> str:
        parts = [f"{name} {value:.3g}" for name, value in self.figures().items()]
        return f"at {self.probability:g}: {', '.join(parts)}"

    def figures(self) -> dict[str, float]:
        """The shares that are stated."""
        stated = {"recall": self.recall, "precision": self.precision, "fpr_ordinary": self.fpr_ordinary}
        return {name: value for name, value in stated.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Curve:
    """The operating curve of one head in one language.

    Attributes:
        detector: Id of the moderator.
        bundle: Id of the bundle.
        language: BCP 47 primary tag.
        head: Name of the output.
        rows: By rising probability; at least one.
        least: Lowest probability the detector reports at all.
        medium: Probability from which its findings have medium severity, where the bundle says so.
    """

    detector: str
    bundle: str
    language: str
    head: str
    rows: tuple[Row, ...]
    least: float
    medium: float | None = None

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.detector} {self.head} {self.language}"

    @property
    def span(self) -> tuple[float, float]:
        """Where a cut can lie: what is both reported and measured."""
        return max(self.least, self.rows[0].probability), self.rows[-1].probability

    def around(self, probability: float) -> tuple[Row, ...]:
        """The row at a probability, or the two it lies between; the nearest outside the curve."""
        exact = [r for r in self.rows if abs(r.probability - probability) < 1e-9]
        if exact:
            return (exact[0],)
        below = [r for r in self.rows if r.probability < probability][-1:]
        return (*below, *[r for r in self.rows if r.probability > probability][:1])

    def at(self, probability: float) -> str:
        """What a cut is worth, in words."""
        return "; ".join(map(str, self.around(probability)))

    def meeting(self, target: Target) -> Row | None:
        """The row of the lowest cut that meets the target; None where none does."""
        low = self.span[0]
        # Below what the detector reports a cut changes nothing: the row there is the one of `least`.
        fit = [r for r in self.rows if r.probability >= low - 1e-9 and target.met_by(r.figures())]
        return fit[0] if fit else None


def curves_of(specs: Iterable[ModeratorSpec], calibrations: Calibrations) -> list[Curve]:
    """The curves of the bundles of some detectors; what does not have the shape above is passed over."""
    return [
        curve
        for spec in specs
        for bundle in spec.bundles
        for language, heads in (calibrations(bundle) or {}).items()
        if isinstance(heads, Mapping)
        for head, stated in heads.items()
        # A bundle that several detectors read has heads that are not this one's.
        if head not in set(Category) or Category(head) in spec.categories
        if (curve := _curve(spec.id, bundle, language, head, stated)) is not None
    ]


def _curve(detector: str, bundle: str, language: str, head: str, stated: Any) -> Curve | None:
    try:
        rows = tuple(
            Row(
                float(row["probability"]),
                *(
                    None if row.get(k) is None else float(row[k])
                    for k in ("recall", "precision", "fpr_ordinary")
                ),
            )
            for row in stated["curve"]
        )
        least = rows[0].probability
        if "low" in stated and "slope" in stated and "offset" in stated:
            # Platt's calibration (1999) at the margin from which the detector speaks.
            least = 1 / (1 + math.exp(-(stated["slope"] * stated["low"] + stated["offset"])))
        medium = stated.get("threshold_probability")
        ordered = tuple(sorted(rows, key=lambda r: r.probability))
        return Curve(
            detector,
            bundle,
            language,
            head,
            ordered,
            round(least, 6),
            None if medium is None else float(medium),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def of_threshold(curves: Sequence[Curve], threshold: Threshold) -> list[Curve]:
    """The curves a threshold's cuts lie on."""
    head = threshold.subcategory or threshold.category.value
    return [
        c
        for c in curves
        if c.detector == threshold.detector and c.head == head and threshold.language in (None, c.language)
    ]


def check_thresholds(
    policy: Policy, installed: Mapping[str, ModeratorSpec], calibrations: Calibrations
) -> list[str]:
    """Compare a policy's thresholds with the detectors and bundles there are.

    Returns:
        Remarks: cuts without a curve, quoted rows that the bundle no longer has, targets that are missed.

    Raises:
        PolicyError: Naming every threshold for a detector that is not installed, a category or language it does
            not have, or a cut outside the curve.
    """
    curves = curves_of(installed.values(), calibrations)
    wrong: list[str] = []
    remarks: list[str] = []
    for threshold in policy.thresholds:
        spec = installed.get(threshold.detector)
        if spec is None:
            wrong.append(f"{threshold.name}: no detector {threshold.detector!a} is installed")
            continue
        if threshold.category not in spec.categories:
            names = ", ".join(sorted(spec.categories))
            wrong.append(f"{threshold.name}: the detector finds no {threshold.category}, only {names}")
            continue
        if threshold.language is not None and spec.languages and threshold.language not in spec.languages:
            wrong.append(f"{threshold.name}: the detector does not serve {threshold.language!a}")
            continue
        own = of_threshold(curves, threshold)
        heads = sorted({c.head for c in curves if c.detector == threshold.detector})
        if not own:
            if heads and threshold.subcategory is not None:
                wrong.append(f"{threshold.name}: its bundle has no such curve, only {', '.join(heads)}")
            else:
                remarks.append(f"{threshold.name}: no curve to check it against")
        for curve in own:
            _compare(threshold, curve, policy, wrong, remarks)
    if wrong:
        raise PolicyError(
            f"Policy {policy.id!a} has thresholds that cannot be: {'; '.join(wrong)}.",
            hint="`aigc policy explain` shows the curves.",
        )
    for cut in rule_cuts(policy, curves, installed):
        target = policy.targets.get(cut.rule.action)
        if target is not None and not cut.meets(target):
            remarks.append(f"The target for {cut.rule.action}, {target}, is missed: rule {cut}")
    return remarks


def _compare(
    threshold: Threshold, curve: Curve, policy: Policy, wrong: list[str], remarks: list[str]
) -> None:
    low, high = curve.span
    for action, cut in threshold.cuts.items():
        if not low - 1e-9 <= cut.probability <= high + 1e-9:
            wrong.append(
                f"{threshold.name}: {action} from {cut.probability:g} is outside the curve of {curve.bundle} for "
                f"{curve.language}, {low:.3g} to {high:.3g}"
            )
            continue
        around = curve.around(cut.probability)
        stated = {n: v for n in ("recall", "precision", "fpr_ordinary") if (v := getattr(cut, n)) is not None}
        if cut.source == curve.bundle and len(around) == 1:
            now = around[0].figures()
            if any(abs(now.get(n, math.inf) - v) > _CLOSE for n, v in stated.items()):
                remarks.append(
                    f"{threshold.name}: the row quoted for {action} is not the bundle's any more ({around[0]})"
                )
        target = policy.targets.get(action)
        if target is not None and not any(target.met_by(row.figures()) for row in around):
            remarks.append(
                f"{threshold.name}: {action} misses its target, {target} ({curve.at(cut.probability)})"
            )


@dataclass(frozen=True, slots=True)
class RuleCut:
    """What a rule with a ``min_probability`` amounts to on one curve: from where it acts."""

    rule: Rule
    curve: Curve
    probability: float

    def __str__(self) -> str:
        return (
            f"{self.rule.name} on {self.curve.name} acts from {self.probability:.3g}: "
            f"{self.curve.at(self.probability)}."
        )

    def meets(self, target: Target) -> bool:
        """Does a row of the curve at or around the cut meet the target?"""
        return any(target.met_by(row.figures()) for row in self.curve.around(self.probability))


def rule_cuts(
    policy: Policy, curves: Sequence[Curve], installed: Mapping[str, ModeratorSpec]
) -> list[RuleCut]:
    """Where the rules with a ``min_probability`` begin to act on the curves they may concern."""
    cuts = []
    for rule in policy.rules:
        if rule.min_probability is None:
            continue
        for curve in curves:
            if not _may_concern(rule, curve, curves, installed):
                continue
            cut = max(rule.min_probability, curve.least)
            if rule.min_severity is Severity.MEDIUM and curve.medium is not None:
                cut = max(cut, curve.medium)
            cuts.append(RuleCut(rule, curve, cut))
    return cuts


def _may_concern(
    rule: Rule, curve: Curve, curves: Sequence[Curve], installed: Mapping[str, ModeratorSpec]
) -> bool:
    if curve.head in set(Category):
        own = {Category(curve.head)}
    else:
        # Its findings have a category of the detector's that none of its other heads is called as.
        taken = {c.head for c in curves if c.detector == curve.detector}
        own = {c for c in installed[curve.detector].categories if c.value not in taken}
    return (
        (not rule.categories or not own.isdisjoint(rule.categories))
        and (not rule.detectors or curve.detector in rule.detectors)
        and (not rule.languages or curve.language in rule.languages)
    )


def calibrated(policy: Policy, curves: Sequence[Curve], categories: Mapping[str, Category]) -> Policy:
    """The policy with a threshold for every curve, each cut the lowest that meets the policy's target for it.

    Args:
        policy: With ``targets``; its other thresholds stay.
        curves: Of the detectors to calibrate.
        categories: Head → category of its findings, where the head is not called as the category.

    Raises:
        PolicyError: If the policy names no target, a head's category is unknown, or no cut meets a target.
    """
    if not policy.targets:
        raise PolicyError(
            f"Policy {policy.id!a} names no targets.",
            hint="For example targets: {block: {fpr_ordinary: 0.001}}.",
        )
    made = {t.name: t for t in policy.thresholds}
    for curve in curves:
        named = categories.get(curve.head)
        if named is None and curve.head not in set(Category):
            raise PolicyError(
                f"What category the findings of {curve.name} have is not known.",
                hint=f"Give --category {curve.head}=CATEGORY.",
            )
        category = named or Category(curve.head)
        cuts: dict[Any, Cut] = {}
        for action, target in policy.targets.items():
            row = curve.meeting(target)
            if row is None:
                raise PolicyError(f"No cut of {curve.name} meets the target for {action}: {target}.")
            cuts[action] = Cut(
                probability=row.probability,
                source=curve.bundle,
                recall=row.recall,
                precision=row.precision,
                fpr_ordinary=row.fpr_ordinary,
            )
        threshold = Threshold(
            detector=curve.detector,
            category=category,
            subcategory=None if curve.head == category.value else curve.head,
            language=curve.language,
            cuts=cuts,
        )
        made[threshold.name] = threshold
    return policy.model_copy(update={"thresholds": tuple(made.values())})
