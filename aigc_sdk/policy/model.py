"""The policy file's model: declarative, validated, and closed by default."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from aigc_sdk.policy.fields import Action, Grave, LanguageTag, Strict
from aigc_sdk.policy.targets import Target
from aigc_sdk.policy.thresholds import CutAction, Threshold
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Decision


class Rule(Strict):
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
        repair: True: where the finding suggests a replacement, text about to be delivered is mended and screened
            again before ``action`` is taken; False: never. None takes the policy's ``repair.by_default``.
    """

    name: str
    action: Action
    categories: tuple[Category, ...] = ()
    subcategories: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    min_severity: Grave = Severity.LOW
    min_probability: float | None = Field(default=None, ge=0.0, le=1.0)
    stages: tuple[Stage, ...] = ()
    languages: tuple[LanguageTag, ...] = ()
    repair: bool | None = None


class RepairUse(Strict):
    """How far a policy mends text that it would otherwise refuse.

    Attributes:
        by_default: For rules (and thresholds) that do not say themselves.
        rounds: Times a text may be mended and screened again. What the last round still objects to is refused.
    """

    by_default: bool = False
    rounds: int = Field(default=2, ge=1, le=3)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"by_default": value} if isinstance(value, bool) else value


class DetectorUse(Strict):
    """How a policy uses one detector.

    Attributes:
        id: The moderator's id.
        enabled: False leaves an installed detector out.
        required: True: without its completed answer nothing is allowed.
        stages: Stages it screens; by default those of its spec.
        languages: Limits it to content in these languages; by default it must answer for all.
        kinds: Kinds of content it screens; needed only to insist on a detector that is not installed.
        timeout_s: Seconds it may take for one call.
        options: Its options; `Spec.options` names the model that checks them.
    """

    id: str
    enabled: bool = True
    required: bool = True
    stages: tuple[Stage, ...] | None = None
    languages: tuple[LanguageTag, ...] | None = None
    kinds: tuple[Kind, ...] | None = None
    timeout_s: float = Field(default=10.0, gt=0)
    options: dict[str, Any] = Field(default_factory=dict)


class OnError(Strict):
    """What happens where screening did not do its whole work. ``allow`` and ``redact`` are refused."""

    online: Action = Decision.BLOCK
    batch: Action = Decision.REVIEW

    def model_post_init(self, _context: Any) -> None:
        """Fail-closed means that no setting opens."""
        for name in ("online", "batch"):
            if getattr(self, name) not in (Decision.REVIEW, Decision.BLOCK):
                raise ValueError(f"on_error.{name} must be review or block")


class Policy(Strict):
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
        thresholds: Cuts for single detectors, categories and languages. A finding that one names is judged by it
            and not by the rules that ask for a ``min_probability``; rules that ask for none apply as ever.
        targets: Action → what its cuts are to achieve on the detectors' curves. Nothing is decided by them:
            `aigc policy calibrate` turns them into thresholds, and `aigc policy check` holds these to them.
        repair: How far text is mended before it is refused; ``true`` lets every rule.
        on_error: For errors, timeouts, no detector, unsupported language, truncation.
        max_attempts: Generation attempts before giving up when every candidate is refused.
        placeholder: Stands in the place of redacted text; ``{category}`` is filled in.
        unscreened: True switches screening off altogether, for benchmarks; verdicts say so.
    """

    id: str
    summary: str = ""
    languages: tuple[LanguageTag, ...] = ("en", "zh")
    include_installed: bool = True
    detectors: tuple[DetectorUse, ...] = ()
    rules: tuple[Rule, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    targets: dict[CutAction, Target] = Field(default_factory=dict)
    repair: RepairUse = RepairUse()
    on_error: OnError = OnError()
    max_attempts: int = Field(default=2, ge=1, le=10)
    placeholder: str = "[{category}]"
    unscreened: bool = False

    def model_post_init(self, _context: Any) -> None:
        """Two settings for one detector could contradict each other unseen; what is no text can stand in none."""
        if "\0" in self.placeholder:
            raise ValueError("placeholder holds a NUL character")
        try:
            json.dumps(self.model_dump(mode="json"), ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("it holds a lone surrogate") from None
        ids = [use.id for use in self.detectors]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"detectors names {', '.join(twice)} twice")
        names = [cut.name for cut in self.thresholds]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"thresholds names {', '.join(twice)} twice")

    @cached_property
    def repairs(self) -> bool:
        """Does any rule or threshold let text be mended?"""
        return self.repair.by_default or any(rule.repair for rule in self.rules)

    @cached_property
    def sha256(self) -> str:
        """Hash of the policy's meaning (its canonical JSON), hex."""
        data = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(data.encode()).hexdigest()

    def use_of(self, detector: str) -> DetectorUse | None:
        """The settings for a detector, if the policy names it."""
        return next((use for use in self.detectors if use.id == detector), None)
