"""Thresholds that the decisions speak for: computed as a proposal, put in force by a person only."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.policy import thresholds as policy_thresholds
from aigc_sdk.policy.model import Policy
from aigc_sdk.policy.thresholds import Cut
from aigc_sdk.review.export import Label
from aigc_sdk.taxonomy import Category, Severity
from aigc_sdk.verdict import Decision

Z_95: Final = 1.959963984540054
_CURVE_POINTS: Final = 20
_RULE: Final = "reviewed:"
_SUFFIX: Final = "+reviewed"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Strict):
    """Precision among reviewed findings of at least this probability, with its 95 % interval.

    ``kept`` is the share of the reviewed true findings that stay above: no recall, since nobody reviewed what the
    detectors let pass.
    """

    threshold: float
    reviewed: int
    correct: int
    precision: float
    low: float
    high: float
    kept: float


class Threshold(_Strict):
    """A threshold for one detector's category in one language, and the evidence for it."""

    detector: str
    category: Category
    language: str
    min_probability: float = Field(ge=0.0, le=1.0)
    evidence: Point
    curve: tuple[Point, ...] = ()


class NotProposed(_Strict):
    """Where the decisions do not carry a threshold, and why."""

    detector: str
    category: Category
    language: str
    reviewed: int
    reason: str


class Proposal(_Strict):
    """Thresholds for a person to accept or throw away.

    Attributes:
        proposal: Version of the format.
        target_precision: The lower end of the interval must reach this.
        min_count: Fewer reviewed findings carry no threshold.
        decisions: Decided items it rests on.
        audit_head: Hash of the audit trail's last row when it was made.
        thresholds: What is proposed.
        not_proposed: What is not, and why.
    """

    proposal: Literal[1] = 1
    target_precision: float
    min_count: int
    decisions: int
    audit_head: str = ""
    thresholds: tuple[Threshold, ...] = ()
    not_proposed: tuple[NotProposed, ...] = ()


def wilson(correct: int, count: int, z: float = Z_95) -> tuple[float, float]:
    """Score interval of a proportion (Wilson 1927), 95 % by default; (0, 1) for no observations."""
    if count == 0:
        return 0.0, 1.0
    share = correct / count
    middle = share + z * z / (2 * count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def curve(observed: Sequence[tuple[float, bool]]) -> list[Point]:
    """Precision at every distinct probability, highest first. ``observed`` is (probability, correct)."""
    ordered = sorted(observed, key=lambda pair: -pair[0])
    total = sum(correct for _, correct in ordered)
    points: list[Point] = []
    hits = 0
    for index, (probability, correct) in enumerate(ordered):
        hits += correct
        if index + 1 < len(ordered) and ordered[index + 1][0] == probability:
            continue
        low, high = wilson(hits, index + 1)
        points.append(
            Point(
                threshold=probability,
                reviewed=index + 1,
                correct=hits,
                precision=hits / (index + 1),
                low=low,
                high=high,
                kept=hits / total if total else 0.0,
            )
        )
    return points


def propose(
    labels: Iterable[Label], *, target_precision: float = 0.9, min_count: int = 50, audit_head: str = ""
) -> Proposal:
    """The lowest threshold for each (detector, category, language) that keeps the precision asked for.

    Only findings with a calibrated probability count; of several of one kind on an item the surest. A threshold
    never lies below what was reviewed: nothing is known there. Choosing among many points flatters the chosen one
    a little; the interval's lower end is the margin for that.

    Raises:
        OptionError: If ``target_precision`` is not in (0, 1) or ``min_count`` below 1.
    """
    if not 0.0 < target_precision < 1.0:
        raise OptionError(f"target_precision must be between 0 and 1, got {target_precision!r}.")
    if min_count < 1:
        raise OptionError(f"min_count must be at least 1, got {min_count!r}.")
    observed: dict[tuple[str, str, str], list[tuple[float, bool]]] = defaultdict(list)
    decided = 0
    for label in labels:
        decided += 1
        surest: dict[tuple[str, str, str], tuple[float, bool]] = {}
        for f in label.findings:
            if f.probability is None or f.correct is None:
                continue
            key = (f.detector, f.category, label.language or "und")
            surest[key] = max(surest.get(key, (0.0, False)), (f.probability, f.correct))
        for key, pair in surest.items():
            observed[key].append(pair)
    proposed: list[Threshold] = []
    refused: list[NotProposed] = []
    for (detector, category, language), pairs in sorted(observed.items()):
        place: dict[str, Any] = {"detector": detector, "category": category, "language": language}
        if len(pairs) < min_count:
            reason = f"{len(pairs)} reviewed findings, {min_count} are needed"
            refused.append(NotProposed(**place, reviewed=len(pairs), reason=reason))
            continue
        points = curve(pairs)
        fit = [p for p in points if p.low >= target_precision and p.reviewed >= min_count]
        if not fit:
            best = max(points, key=lambda p: p.low)
            reason = (
                f"no threshold keeps {target_precision:.2f}; the best, {best.threshold:.3f}, is sure of "
                f"{best.low:.2f}"
            )
            refused.append(NotProposed(**place, reviewed=len(pairs), reason=reason))
            continue
        chosen = min(fit, key=lambda p: p.threshold)
        step = max(1, -(-len(points) // _CURVE_POINTS))
        proposed.append(
            Threshold(**place, min_probability=chosen.threshold, evidence=chosen, curve=tuple(points[::step]))
        )
    return Proposal(
        target_precision=target_precision,
        min_count=min_count,
        decisions=decided,
        audit_head=audit_head,
        thresholds=tuple(proposed),
        not_proposed=tuple(refused),
    )


def accept(proposal: Proposal, base: Policy, action: Decision = Decision.BLOCK) -> Policy:
    """The base policy with the cuts of a proposal that a person has read and takes.

    A cut goes where the proposal puts it, up as well as down: raised, it lets pass what reviewers kept
    overturning; lowered, it catches what they kept upholding. Cuts for other actions stay; where the base judged
    these findings by rules with a ``min_probability``, their cuts are written down beside the new one, so that
    nothing else changes. Rules without a probability hold as ever.

    Raises:
        BadInputError: If it proposes none.
    """
    if not proposal.thresholds:
        raise BadInputError("The proposal holds no threshold.", hint="Decide more items, then propose again.")
    made = {t.name: t for t in base.thresholds}
    for proposed in proposal.thresholds:
        cut = Cut(
            probability=proposed.min_probability,
            source="review",
            precision=round(proposed.evidence.precision, 4),
            reviewed=proposed.evidence.reviewed,
        )
        for old in _standing(proposed, base):
            threshold = old.model_copy(update={"cuts": {**old.cuts, action: cut}})
            made[threshold.name] = threshold
    kept = tuple(rule for rule in base.rules if not rule.name.startswith(_RULE))
    update = {
        "id": base.id.removesuffix(_SUFFIX) + _SUFFIX,
        "rules": kept,
        "thresholds": tuple(made.values()),
    }
    return base.model_copy(update=update)


def _standing(proposed: Threshold, base: Policy) -> list[policy_thresholds.Threshold]:
    """What the base says now of the findings a proposal is for, as thresholds for its language."""
    known = [
        t
        for t in base.thresholds
        if t.detector == proposed.detector
        and t.category is proposed.category
        and t.language in (None, proposed.language)
    ]
    # Those for the language itself go over those for any.
    known.sort(key=lambda t: t.language is not None)
    by_place = {
        (t.subcategory, t.stages): t.model_copy(update={"language": proposed.language}) for t in known
    }
    if not any(subcategory is None for subcategory, _ in by_place):
        fresh = _from_rules(proposed, base)
        by_place[None, fresh.stages] = fresh
    return list(by_place.values())


def _from_rules(proposed: Threshold, base: Policy) -> policy_thresholds.Threshold:
    """The cuts that the base's rules amount to; where they differ in gravity or stage, the stricter reading."""
    rules = [
        rule
        for rule in base.rules
        if rule.min_probability is not None
        and rule.action is not Decision.ALLOW
        and not rule.name.startswith(_RULE)
        and (not rule.categories or proposed.category in rule.categories)
        and (not rule.detectors or proposed.detector in rule.detectors)
        and (not rule.languages or proposed.language in rule.languages)
    ]
    cuts: dict[Any, Cut] = {}
    for rule in rules:
        found = cuts.get(rule.action)
        if rule.min_probability is not None and (found is None or rule.min_probability < found.probability):
            cuts[rule.action] = Cut(probability=rule.min_probability, source=f"rule {rule.name}")
    stages = {rule.stages for rule in rules}
    return policy_thresholds.Threshold.model_construct(
        detector=proposed.detector,
        category=proposed.category,
        language=proposed.language,
        stages=stages.pop() if len(stages) == 1 else (),
        min_severity=min((rule.min_severity for rule in rules), default=Severity.LOW),
        cuts=cuts,
    )


def to_yaml(model: BaseModel) -> str:
    """YAML for people to read and change."""
    import yaml

    text: str = yaml.safe_dump(model.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    return text


def read_proposal(path: str | Path) -> tuple[Proposal, str]:
    """A proposal from its file, and the file's hash.

    Raises:
        BadInputError: If it cannot be read or is no proposal.
    """
    import yaml

    try:
        data = Path(path).read_bytes()
        proposal = Proposal.model_validate(yaml.safe_load(data.decode()))
    except (OSError, ValueError, yaml.YAMLError, ValidationError, RecursionError) as error:
        what = str(error).splitlines()[0]
        raise BadInputError(f"The proposal {str(path)!a} cannot be used: {what}") from None
    return proposal, hashlib.sha256(data).hexdigest()
