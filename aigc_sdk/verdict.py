"""What screening says: findings with evidence, and the verdict a policy draws from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_serializer

from aigc_sdk.content import Content
from aigc_sdk.taxonomy import Category, Severity, Stage


class Decision(IntEnum):
    """What happens to content, least to most restrictive; `max` of several is the one that counts."""

    ALLOW = 0
    REDACT = 1
    REVIEW = 2
    BLOCK = 3

    @classmethod
    def parse(cls, name: str) -> Decision:
        """The decision called ``name`` (any case). Raises KeyError for an unknown name."""
        return cls[name.upper()]

    def __str__(self) -> str:
        return self.name.lower()


class Status(StrEnum):
    """How screening itself went. Only ``complete`` may allow."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ERROR = "error"
    TIMEOUT = "timeout"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Frozen):
    """Where in the *original* content the evidence is.

    Text: ``start`` and ``end`` are character indices, end exclusive, on grapheme boundaries. Sound and video:
    seconds. Pictures: ``box`` is (x, y, width, height) in pixels. ``matched`` is what was compared after
    normalisation; reports can leave it out.
    """

    start: float | None = None
    end: float | None = None
    box: tuple[float, float, float, float] | None = None
    frame: int | None = None
    matched: str | None = None


class Explanation(_Frozen):
    """A stable code with its text in English and Chinese."""

    code: str
    en: str
    zh: str


class Finding(_Frozen):
    """One thing a moderator found.

    Attributes:
        category: Top-level category; ``subcategory`` refines it freely.
        severity: 0 safe to 3 high.
        score: The detector's raw score, in its own unit.
        probability: Calibrated probability in [0, 1], or None where the detector has none.
        spans: Evidence on the original content.
        detector: Id of the moderator.
        bundle: Digest of the bundle behind it, where there is one.
        explanation: Why, in both languages.
        replacement: Text that mends the span, where the detector knows one (empty string deletes it).
    """

    category: Category
    subcategory: str | None = None
    severity: Severity = Severity.MEDIUM
    score: float = 1.0
    probability: float | None = Field(default=None, ge=0.0, le=1.0)
    spans: tuple[Span, ...] = ()
    detector: str = ""
    bundle: str | None = None
    explanation: Explanation | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """One moderator's answer about one item.

    Attributes:
        findings: What it found; empty means it looked and found nothing.
        derived: Content it read out of the item (text in a picture, a transcript), which the pipeline
            screens with the moderators of that kind.
        complete: False where it could look at a part only (truncation); the verdict is then not allowed
            to be a plain allow.
        bundle: Digest of the bundle used, if any.
    """

    findings: tuple[Finding, ...] = ()
    derived: tuple[Content, ...] = ()
    complete: bool = True
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Err:
    """A row that failed. Stands in the place of its value; never kills its batch."""

    error: Exception

    def __post_init__(self) -> None:
        if not isinstance(self.error, Exception):
            raise TypeError(f"Err needs an exception, got {type(self.error).__name__}")


class DetectorError(_Frozen):
    """A detector that did not do its part, and why."""

    detector: str
    code: str
    message: str


class Applied(_Frozen):
    """A policy rule that fired: which rule, on which finding, with what action."""

    rule: str
    action: Decision
    finding: int | None = None
    """Index into ``Verdict.findings``; None for the policy's fail-closed rules."""
    reason: str | None = None
    repair: bool = False
    """May the finding be mended before the action is taken? See ``aigc_sdk.pipeline.repair``."""

    @field_serializer("action")
    def _name(self, action: Decision) -> str:
        return str(action)


class Repair(_Frozen):
    """One place of a text that was mended before it was delivered.

    Attributes:
        start: Where it began in the original text, in characters.
        end: Where it ended, exclusive.
        before: What stood there; None where that is private, or was replaced by a placeholder.
        after: What stands there now.
        category: Category of the finding that asked for it.
        detector: Id of the moderator that suggested it.
        rule: The policy's rule that let it.
    """

    start: int
    end: int
    before: str | None = None
    after: str
    category: Category
    detector: str
    rule: str


class Verdict(_Frozen):
    """What a policy decided about one item. Never a bare bool: ask ``.decision`` or ``.allowed``."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    decision: Decision
    status: Status = Status.COMPLETE
    stage: Stage = Stage.OUTPUT
    findings: tuple[Finding, ...] = ()
    applied: tuple[Applied, ...] = ()
    errors: tuple[DetectorError, ...] = ()
    detectors: tuple[str, ...] = ()
    """Ids of the detectors that completed."""
    policy: str = ""
    policy_sha256: str = ""
    content_sha256: str = ""
    language: str | None = None
    redacted: str | None = None
    """The text with offending spans replaced; set where the decision is ``redact``."""
    repairs: tuple[Repair, ...] = ()
    """What was mended to get there, in order; empty where spans were only redacted."""
    latency_ms: float = 0.0

    @field_serializer("decision")
    def _name(self, decision: Decision) -> str:
        return str(decision)

    @property
    def allowed(self) -> bool:
        """True where content may leave as it is."""
        return self.decision is Decision.ALLOW

    @property
    def deliverable(self) -> bool:
        """True where content may leave as it is or in its redacted form."""
        return self.decision in (Decision.ALLOW, Decision.REDACT)

    def reasons(self, language: str = "en") -> list[str]:
        """One line a rule that fired or an error that counted, most restrictive first; never quotes content."""
        lines = []
        for rule in sorted(self.applied, key=lambda a: -a.action):
            if rule.finding is None:
                lines.append(f"{rule.action}: {rule.reason or rule.rule}")
                continue
            finding = self.findings[rule.finding]
            text = ""
            if finding.explanation is not None:
                text = finding.explanation.zh if language == "zh" else finding.explanation.en
            lines.append(f"{rule.action}: {finding.category} ({finding.detector}) {text}".rstrip())
        return lines

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return self.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class Release:
    """Stream screening let this text out."""

    text: str


@dataclass(frozen=True, slots=True)
class Halt:
    """Stream screening stopped the stream.

    ``released`` is the range (start, end) of characters that had already left; ``verdict`` says why.
    """

    verdict: Verdict
    released: tuple[int, int] = (0, 0)
