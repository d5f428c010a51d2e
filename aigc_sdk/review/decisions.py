"""Decisions and appeals. Functions run inside a transaction of the store."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from aigc_sdk.review.audit import append
from aigc_sdk.review.models import DecisionRow, ItemRow
from aigc_sdk.review.queue import SECOND_LOOK_PRIORITY, held
from aigc_sdk.review.records import DecisionRecord, Outcome, ReviewConflictError, State


def decide(
    session: Session,
    row: ItemRow,
    reviewer: str,
    outcome: Outcome,
    reason: str,
    categories: Sequence[str] | None,
    now: float,
) -> DecisionRow:
    """End the item's round; an escalation opens the next one.

    Raises:
        ReviewConflictError: If ``reviewer`` does not hold the item.
    """
    held(row, reviewer, now)
    named = None if categories is None else list(categories)
    decision = DecisionRow(
        item_id=row.id,
        round=row.round,
        reviewer=reviewer,
        outcome=outcome.value,
        reason=reason,
        categories=None if named is None else json.dumps(named),
        at=now,
    )
    session.add(decision)
    append(
        session,
        reviewer,
        "decided",
        row.id,
        now,
        round=row.round,
        outcome=outcome.value,
        reason=reason,
        categories=named,
    )
    row.lease_until = None
    if outcome is Outcome.ESCALATE:
        _reopen(row)
    else:
        row.state = State.DECIDED
    return decision


def appeal(session: Session, row: ItemRow, who: str, reason: str, now: float) -> None:
    """Open a decided item for another round; what was decided stays on record.

    Raises:
        ReviewConflictError: If it is not decided.
    """
    if row.state != State.DECIDED:
        raise ReviewConflictError(
            f"Item {row.id} is not decided, so there is nothing to appeal against.",
            hint="Wait for a decision.",
        )
    append(session, who, "appealed", row.id, now, round=row.round, reason=reason)
    _reopen(row)


def _reopen(row: ItemRow) -> None:
    if row.round == 1:
        row.priority += SECOND_LOOK_PRIORITY
    row.round += 1
    row.state, row.reviewer = State.OPEN, None


def of_item(session: Session, item_id: int) -> list[DecisionRecord]:
    """Every round's decision, in order."""
    query = select(DecisionRow).where(DecisionRow.item_id == item_id).order_by(DecisionRow.round)
    return [as_record(row) for row in session.scalars(query)]


def as_record(row: DecisionRow) -> DecisionRecord:
    """The row as a plain value."""
    categories = None if row.categories is None else tuple(json.loads(row.categories))
    return DecisionRecord(row.item_id, row.round, row.reviewer, row.outcome, row.reason, categories, row.at)
