"""The queue: what comes in, and who works on it. Functions run inside a transaction of the store."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from aigc_sdk.errors import NotFoundError
from aigc_sdk.review.audit import append
from aigc_sdk.review.models import DecisionRow, ItemRow
from aigc_sdk.review.records import Origin, ReviewConflictError, ReviewItem, State
from aigc_sdk.verdict import Decision, Verdict

REPORT_PRIORITY: Final = 40
"""Delivered content does harm now; held content waits safely."""
BLOCKED_PRIORITY: Final = -100
"""Added to what was blocked: nobody waits for it, it is there for appeals and to learn from."""
SECOND_LOOK_PRIORITY: Final = 50
"""Added by an escalation or an appeal: somebody has waited once already."""
MAX_REPORT_BONUS: Final = 9


def severity_priority(verdict: Verdict) -> int:
    """0 to 30 by the gravest finding; what was blocked comes after everything that is held."""
    grave = 10 * max((int(f.severity) for f in verdict.findings), default=0)
    return grave + (BLOCKED_PRIORITY if verdict.decision is Decision.BLOCK else 0)


def without_quotations(verdict: dict[str, Any]) -> dict[str, Any]:
    """The verdict's data without anything that repeats the content."""
    findings = [
        {**f, "replacement": None, "spans": [{**s, "matched": None} for s in f["spans"]]}
        for f in verdict["findings"]
    ]
    repairs = [{**r, "before": None, "after": ""} for r in verdict.get("repairs", ())]
    return {**verdict, "redacted": None, "findings": findings, "repairs": repairs}


def item_key(origin: Origin, content_sha256: str, policy_sha256: str, request_id: str) -> str:
    """What makes two enqueuings the same, as 64 hex digits."""
    data = json.dumps([origin, content_sha256, policy_sha256, request_id])
    return hashlib.sha256(data.encode()).hexdigest()


def find(session: Session, key: str) -> ItemRow | None:
    """The item with that key, if there is one."""
    return session.scalars(select(ItemRow).where(ItemRow.key == key)).one_or_none()


def add(session: Session, row: ItemRow, actor: str) -> ItemRow:
    """Put a new item in the queue."""
    session.add(row)
    session.flush()
    append(
        session,
        actor,
        "enqueued",
        row.id,
        row.created_at,
        origin=row.origin,
        content_sha256=row.content_sha256,
        policy=row.policy,
        policy_sha256=row.policy_sha256,
        request_id=row.request_id,
        decision=row.decision,
        priority=row.priority,
    )
    return row


def report(session: Session, row: ItemRow, reporter: str, reason: str, now: float) -> None:
    """Record a user's report; several on one item raise its priority, within bounds, so that no crowd rules."""
    row.reports += 1
    if row.state != State.DECIDED and 1 < row.reports <= MAX_REPORT_BONUS + 1:
        row.priority += 1
    append(session, reporter, "reported", row.id, now, reason=reason, reports=row.reports)


def get(session: Session, item_id: int) -> ItemRow:
    """The item.

    Raises:
        NotFoundError: If there is none with that number.
    """
    row = session.get(ItemRow, item_id)
    if row is None:
        raise NotFoundError(f"There is no review item {item_id}.", hint="`aigc review list` shows them.")
    return row


def claim(
    session: Session,
    reviewer: str,
    now: float,
    lease_s: float,
    *,
    item_id: int | None,
    language: str | None,
    own: bool,
) -> ItemRow | None:
    """Lease the most urgent item that is free to ``reviewer``; None where there is none.

    Raises:
        NotFoundError: If ``item_id`` is given and does not exist.
        ReviewConflictError: If ``item_id`` is given and is not free.
    """
    free = or_(ItemRow.state == State.OPEN, (ItemRow.state == State.CLAIMED) & (ItemRow.lease_until <= now))
    query = select(ItemRow).where(free)
    if not own:
        # A second look by the same eyes is none.
        earlier = exists().where(DecisionRow.item_id == ItemRow.id, DecisionRow.reviewer == reviewer)
        query = query.where(~earlier)
    if language is not None:
        query = query.where(ItemRow.language == language)
    if item_id is not None:
        query = query.where(ItemRow.id == item_id)
    row = session.scalars(query.order_by(ItemRow.priority.desc(), ItemRow.id).limit(1)).one_or_none()
    if row is None:
        if item_id is not None:
            raise _not_free(get(session, item_id), reviewer, now)
        return None
    row.state, row.reviewer, row.lease_until = State.CLAIMED, reviewer, now + lease_s
    append(session, reviewer, "claimed", row.id, now, round=row.round, lease_until=row.lease_until)
    return row


def release(session: Session, row: ItemRow, reviewer: str, now: float) -> None:
    """Give a claimed item back."""
    held(row, reviewer, now)
    row.state, row.reviewer, row.lease_until = State.OPEN, None, None
    append(session, reviewer, "released", row.id, now, round=row.round)


def held(row: ItemRow, reviewer: str, now: float) -> None:
    """Pass where ``reviewer`` holds a lease on the item that has not run out.

    Raises:
        ReviewConflictError: Otherwise.
    """
    if row.state == State.CLAIMED and row.reviewer == reviewer and (row.lease_until or 0.0) > now:
        return
    if row.state == State.CLAIMED and row.reviewer == reviewer:
        raise ReviewConflictError(f"Your lease on item {row.id} has run out.", hint="Claim it again.")
    raise _not_free(row, reviewer, now, claiming=False)


def _not_free(row: ItemRow, reviewer: str, now: float, claiming: bool = True) -> ReviewConflictError:
    if row.state == State.DECIDED:
        return ReviewConflictError(f"Item {row.id} is decided already.", hint="An appeal opens it again.")
    if row.state == State.CLAIMED and (row.lease_until or 0.0) > now:
        return ReviewConflictError(
            f"Item {row.id} is claimed by {row.reviewer!a}.",
            hint="Take another, or wait for its lease to end.",
        )
    if not claiming:
        return ReviewConflictError(f"{reviewer!a} has not claimed item {row.id}.", hint="Claim it first.")
    return ReviewConflictError(
        f"Item {row.id} is not free to {reviewer!a}, who decided an earlier round of it or asked for another "
        "language.",
        hint="Let somebody else look, or claim with --own.",
    )


def as_item(row: ItemRow) -> ReviewItem:
    """The row as a plain value."""
    return ReviewItem(
        id=row.id,
        origin=row.origin,
        state=row.state,
        round=row.round,
        priority=row.priority,
        decision=row.decision,
        content=row.content,
        content_sha256=row.content_sha256,
        language=row.language,
        stage=row.stage,
        policy=row.policy,
        policy_sha256=row.policy_sha256,
        request_id=row.request_id,
        verdict=None if row.verdict is None else json.loads(row.verdict),
        reports=row.reports,
        reviewer=row.reviewer,
        lease_until=row.lease_until,
        created_at=row.created_at,
    )
