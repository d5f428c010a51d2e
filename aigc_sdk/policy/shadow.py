"""Shadow mode: what a candidate policy would have decided on the findings of the live one."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from aigc_sdk.policy.engine import decide
from aigc_sdk.policy.model import Policy
from aigc_sdk.taxonomy import Kind, Stage
from aigc_sdk.verdict import Applied, Decision, DetectorError, Verdict

KEPT = 100
"""Differences that a report names, the latest; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item on which the policies differ. Names content by its hash, never by its text."""

    content_sha256: str
    stage: Stage
    language: str | None
    live: Decision
    candidate: Decision
    live_rules: tuple[str, ...]
    candidate_rules: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "content_sha256": self.content_sha256,
            "stage": str(self.stage),
            "language": self.language,
            "live": str(self.live),
            "candidate": str(self.candidate),
            "live_rules": list(self.live_rules),
            "candidate_rules": list(self.candidate_rules),
        }


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """How a candidate policy compared with the live one so far.

    Attributes:
        candidate: Its id; ``candidate_sha256`` its hash.
        compared: Items judged by both.
        differing: Of those, items with another decision.
        decisions: (live, candidate) → items.
        not_compared: Reason → items the candidate could not judge: a detector it wants did not run, or it
            failed itself.
        examples: The latest differences.
    """

    candidate: str
    candidate_sha256: str
    compared: int
    differing: int
    decisions: dict[tuple[Decision, Decision], int]
    not_compared: dict[str, int]
    examples: tuple[Difference, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "candidate": self.candidate,
            "candidate_sha256": self.candidate_sha256,
            "compared": self.compared,
            "differing": self.differing,
            "decisions": [
                {"live": str(live), "candidate": str(other), "items": n}
                for (live, other), n in sorted(self.decisions.items())
            ],
            "not_compared": self.not_compared,
            "examples": [one.as_dict() for one in self.examples],
        }


class Shadow:
    """Judges what the live policy judged, and keeps count. Thread-safe; memory is bounded."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._lock = threading.Lock()
        self._decisions: Counter[tuple[Decision, Decision]] = Counter()
        self._skipped: Counter[str] = Counter()
        self._examples: deque[Difference] = deque(maxlen=KEPT)

    def record(self, verdict: Verdict, candidate: Decision, applied: tuple[Applied, ...]) -> None:
        """Put down what both decided on one item."""
        live = ruled(verdict)
        with self._lock:
            self._decisions[live, candidate] += 1
            if live is not candidate:
                rules = tuple(dict.fromkeys(a.rule for a in verdict.applied if a.action is live))
                others = tuple(dict.fromkeys(a.rule for a in applied if a.action is candidate))
                self._examples.append(
                    Difference(
                        verdict.content_sha256,
                        verdict.stage,
                        verdict.language,
                        live,
                        candidate,
                        rules,
                        others,
                    )
                )

    def skip(self, reason: str, items: int = 1) -> None:
        """Put down items that were not compared."""
        with self._lock:
            self._skipped[reason] += items

    def report(self) -> ShadowReport:
        """What was found so far."""
        with self._lock:
            decisions, skipped, examples = dict(self._decisions), dict(self._skipped), tuple(self._examples)
        return ShadowReport(
            candidate=self.policy.id,
            candidate_sha256=self.policy.sha256,
            compared=sum(decisions.values()),
            differing=sum(n for (live, other), n in decisions.items() if live is not other),
            decisions=decisions,
            not_compared=skipped,
            examples=examples,
        )


def ruled(verdict: Verdict) -> Decision:
    """What the rules decided, before redaction was tried: that may still turn ``redact`` into ``block``."""
    actions = [a.action for a in verdict.applied if a.rule != "redaction_failed"]
    return max(actions, default=Decision.ALLOW)


def judge(
    policy: Policy,
    verdict: Verdict,
    *,
    kind: Kind,
    languages: Collection[str],
    uses: Collection[str],
    absent: Collection[str],
    known: Collection[str],
    served: bool,
    online: bool,
) -> tuple[Decision, tuple[Applied, ...]]:
    """What ``policy`` decides on the findings and errors of ``verdict``.

    Args:
        policy: The candidate.
        verdict: The live policy's verdict.
        kind: Of the content.
        languages: All that the content holds something of.
        uses: Ids of the detectors the candidate would have asked; all of them ran.
        absent: Ids of those it insists on that are not installed.
        known: Ids of all installed detectors: what others of them found does not count.
        served: Whether the candidate answers for the content's main language.
        online: As for `decide`.
    """
    if policy.unscreened:
        return Decision.ALLOW, ()
    required = {i for i in uses if (use := policy.use_of(i)) is None or use.required}
    findings = [f for f in verdict.findings if f.detector in uses or f.detector not in known]
    failures = [
        e
        for e in verdict.errors
        if e.detector in required or (e.detector == "policy" and e.code != "unsupported_language")
    ]
    if not served:
        message = f"the policy does not answer for language {verdict.language!r}"
        failures.append(DetectorError(detector="policy", code="unsupported_language", message=message))
    failures += [
        DetectorError(detector=i, code="not_installed", message="it is not installed") for i in absent
    ]
    if not failures and not any(i in uses for i in verdict.detectors):
        failures.append(DetectorError(detector="policy", code="no_detector", message="no detector looked"))
    decision, applied = decide(
        policy,
        findings,
        stage=verdict.stage,
        language=verdict.language or "",
        also=languages,
        failures=failures,
        online=online,
    )
    if decision is Decision.REDACT and kind is not Kind.TEXT:
        # What was read out of a picture cannot be redacted in it: the live path blocks there too.
        decision = Decision.BLOCK
    return decision, applied
