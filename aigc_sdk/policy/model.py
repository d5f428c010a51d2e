"""The policy file's model: declarative, validated, and closed by default."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Decision


def _decision(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Decision.parse(value)
        except KeyError:
            raise ValueError(f"{value!r} is none of allow, redact, review, block") from None
    return value


def _severity(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Severity[value.upper()]
        except KeyError:
            raise ValueError(f"{value!r} is none of safe, low, medium, high") from None
    return value


Action = Annotated[Decision, BeforeValidator(_decision), PlainSerializer(str)]
Grave = Annotated[Severity, BeforeValidator(_severity), PlainSerializer(lambda s: s.name.lower())]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Strict):
    """If a finding matches every stated condition, ``action`` applies. An absent condition always matches.

    Attributes:
        name: Shown in verdicts.
        action: ``allow`` (only records), ``redact``, ``review`` or ``block``.
        categories: Any of these.
        subcategories: Any of these; a trailing ``*`` stands for any ending, as in ``cn/*``.
        detectors: Found by any of these.
        min_severity: At least this grave.
        min_probability: Calibrated probability at least this. A finding without a probability matches: a
            detector that cannot say how sure it is must not slip under a threshold.
        stages: In any of these stages.
        languages: In content of any of these languages.
    """

    name: str
    action: Action
    categories: tuple[Category, ...] = ()
    subcategories: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    min_severity: Grave = Severity.LOW
    min_probability: float | None = Field(default=None, ge=0.0, le=1.0)
    stages: tuple[Stage, ...] = ()
    languages: tuple[str, ...] = ()


class DetectorUse(_Strict):
    """How a policy uses one detector.

    Attributes:
        id: The moderator's id.
        enabled: False leaves an installed detector out.
        required: True: without its completed answer nothing is allowed.
        stages: Stages it screens; by default those of its spec.
        languages: Limits it to content in these languages; by default it must answer for all.
        kinds: Kinds of content it screens; needed only to insist on a detector that is not installed.
        timeout_s: Seconds it may take for one call.
    """

    id: str
    enabled: bool = True
    required: bool = True
    stages: tuple[Stage, ...] | None = None
    languages: tuple[str, ...] | None = None
    kinds: tuple[Kind, ...] | None = None
    timeout_s: float = Field(default=10.0, gt=0)


class OnError(_Strict):
    """What happens where screening did not do its whole work. ``allow`` and ``redact`` are refused."""

    online: Action = Decision.BLOCK
    batch: Action = Decision.REVIEW

    def model_post_init(self, _context: Any) -> None:
        """Fail-closed means that no setting opens."""
        for name in ("online", "batch"):
            if getattr(self, name) not in (Decision.REVIEW, Decision.BLOCK):
                raise ValueError(f"on_error.{name} must be review or block")


class Policy(_Strict):
    """A screening policy.

    Attributes:
        id: Name, recorded in every verdict with the policy's hash.
        summary: One line.
        languages: Languages that the policy answers for; content in others takes ``on_error``.
        include_installed: Use every installed moderator that takes the content, as required, besides those
            listed; those that declare ``opt_in`` only where listed. Those that do not serve the content's
            language stand aside if another does.
        detectors: Settings for single detectors, and detectors to insist on.
        rules: All are tried; the most restrictive action wins. No match: ``allow``.
        on_error: For errors, timeouts, no detector, unsupported language, truncation.
        max_attempts: Generation attempts before giving up when every candidate is refused.
        placeholder: Stands in the place of redacted text; ``{category}`` is filled in.
        unscreened: True switches screening off altogether, for benchmarks; verdicts say so.
    """

    id: str
    summary: str = ""
    languages: tuple[str, ...] = ("en", "zh")
    include_installed: bool = True
    detectors: tuple[DetectorUse, ...] = ()
    rules: tuple[Rule, ...] = ()
    on_error: OnError = OnError()
    max_attempts: int = Field(default=2, ge=1, le=10)
    placeholder: str = "[{category}]"
    unscreened: bool = False

    def model_post_init(self, _context: Any) -> None:
        """Two settings for one detector could contradict each other unseen."""
        ids = [use.id for use in self.detectors]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"detectors names {', '.join(twice)} twice")

    @cached_property
    def sha256(self) -> str:
        """Hash of the policy's meaning (its canonical JSON), hex."""
        data = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(data.encode()).hexdigest()

    def use_of(self, detector: str) -> DetectorUse | None:
        """The settings for a detector, if the policy names it."""
        return next((use for use in self.detectors if use.id == detector), None)
