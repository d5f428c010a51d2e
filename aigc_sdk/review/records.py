"""What the review store gives out: plain values, detached from the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from aigc_sdk.errors import AigcError, BadInputError


class ReviewConflictError(BadInputError):
    """The step does not fit the item's state: another holds it, its lease ran out, it is decided already."""


class ReviewStoreError(AigcError, RuntimeError):
    """The database cannot be opened, read or written."""


class Outcome(StrEnum):
    """What a reviewer says about the verdict."""

    UPHOLD = "uphold"
    """The verdict was right."""
    OVERTURN = "overturn"
    """The verdict was wrong: held content may go, delivered content should not have."""
    ESCALATE = "escalate"
    """Somebody else must look: the round ends and another one opens."""


class State(StrEnum):
    """Where an item stands. A claim whose lease has run out counts as open."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"


class Origin(StrEnum):
    """What brought the item."""

    VERDICT = "verdict"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to look at.

    Attributes:
        id: Number in this store.
        origin: ``verdict`` (screening held it) or ``report`` (a user complained about delivered content).
        state: ``open``, ``claimed`` or ``decided``.
        round: 1, and one more after each escalation or appeal.
        priority: Higher comes first.
        decision: What screening had decided (``allow``, ``redact``, ``review``, ``block``).
        content: The text, or None where only its hash is kept (also for pictures, sound, video).
        content_sha256: Hash of the content, hex.
        language: Language it was screened in, if known.
        stage: ``prompt``, ``output`` or ``retrieved``.
        policy: Id of the policy that decided.
        policy_sha256: Its hash, hex.
        request_id: The host's name for the request, or empty.
        verdict: The verdict as JSON data; without quotations where only hashes are kept.
        reports: Users' reports on it so far.
        reviewer: Who holds the lease, or who decided last.
        lease_until: End of the lease, Unix seconds, or None.
        created_at: Unix seconds.
    """

    id: int
    origin: str
    state: str
    round: int
    priority: int
    decision: str
    content: str | None
    content_sha256: str
    language: str | None
    stage: str
    policy: str
    policy_sha256: str
    request_id: str
    verdict: dict[str, Any] | None
    reports: int
    reviewer: str | None
    lease_until: float | None
    created_at: float

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """How one round of an item ended. ``at`` is Unix seconds; ``categories`` is None where none were named."""

    item_id: int
    round: int
    reviewer: str
    outcome: str
    reason: str
    categories: tuple[str, ...] | None
    at: float

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One row of the audit trail, as it was hashed."""

    seq: int
    at: float
    actor: str
    action: str
    item_id: int | None
    data: dict[str, Any]
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Whether the audit trail is whole.

    Attributes:
        ok: True where every row follows from the one before it and the decisions match the trail.
        events: Rows that were found in order.
        head: Hash of the last row in order; keep it elsewhere to notice a trail rewritten as a whole.
        broken_seq: Number of the first row that is wrong, or None.
        problem: What is wrong, or None.
    """

    ok: bool
    events: int
    head: str
    broken_seq: int | None = None
    problem: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One delivered output. ``place`` is 1 for a result's best; ``content`` is None where only its hash is kept."""

    request_id: str
    place: int
    content: str | None
    content_sha256: str
    verdict: dict[str, Any]
    component: str
    language: str | None
    at: float

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What one user said about one result. ``thumbs`` is 1 or -1, ``stars`` 1 to 5."""

    id: int
    result_id: str
    thumbs: int | None
    stars: int | None
    comment: str | None
    user: str | None
    component: str | None
    language: str | None
    at: float

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)
