"""The audit trail: an append-only table in which every row holds the hash of the one before it.

``sha256(row) = SHA-256(previous hash, hex + canonical JSON of the event, UTF-8)``; the first row's previous hash is
64 zeros. Canonical JSON: sorted keys, no white space, no escapes beyond JSON's own. Events name items by number and
hash and never hold content, so that content can be erased without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from aigc_sdk.review.models import AuditRow, DecisionRow, HeadRow
from aigc_sdk.review.records import AuditEvent, AuditReport, ReviewStoreError

GENESIS: Final = "0" * 64

_SQLITE_TRIGGERS: Final = (
    *(
        f"CREATE TRIGGER IF NOT EXISTS review_audit_no_{verb.lower()} BEFORE {verb} ON review_audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    # SQLite's REPLACE deletes without asking the trigger for that.
    "CREATE TRIGGER IF NOT EXISTS review_audit_no_replace BEFORE INSERT ON review_audit "
    "WHEN EXISTS (SELECT 1 FROM review_audit WHERE seq = NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
)
_POSTGRESQL_TRIGGERS: Final = (
    "CREATE OR REPLACE FUNCTION review_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "DROP TRIGGER IF EXISTS review_audit_append_only ON review_audit",
    "CREATE TRIGGER review_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review_audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION review_audit_refuse()",
)


def canonical(event: dict[str, Any]) -> str:
    """The one JSON text of an event."""
    return json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def link(previous: str, event: str) -> str:
    """The hash of a row: 64 hex digits."""
    return hashlib.sha256((previous + event).encode()).hexdigest()


def protect(connection: Connection) -> None:
    """Triggers that refuse UPDATE and DELETE. They stop accidents; the chain shows the rest."""
    name = connection.dialect.name
    statements = {"sqlite": _SQLITE_TRIGGERS, "postgresql": _POSTGRESQL_TRIGGERS}.get(name, ())
    for statement in statements:
        connection.execute(text(statement))


def lock_head(session: Session) -> HeadRow:
    """The chain's end, locked until the transaction ends: every write starts here, so writers take turns."""
    head = session.get(HeadRow, 1, with_for_update=True)
    if head is None:
        raise ReviewStoreError(
            "The review database lost the head of its audit trail.", hint="Restore a backup."
        )
    return head


def append(
    session: Session, actor: str, action: str, item_id: int | None, at: float, **data: Any
) -> AuditRow:
    """Add an event in the running transaction, which either commits with it or leaves nothing."""
    head = lock_head(session)
    seq = head.seq + 1
    event = canonical({"seq": seq, "at": at, "actor": actor, "action": action, "item": item_id, "data": data})
    row = AuditRow(
        seq=seq, item_id=item_id, previous=head.sha256, event=event, sha256=link(head.sha256, event)
    )
    session.add(row)
    head.seq, head.sha256 = seq, row.sha256
    return row


def events(session: Session, item_id: int | None = None) -> Iterator[AuditEvent]:
    """The trail in order, or an item's part of it."""
    query = select(AuditRow).order_by(AuditRow.seq)
    if item_id is not None:
        query = query.where(AuditRow.item_id == item_id)
    for row in session.scalars(query.execution_options(yield_per=1000)):
        event = json.loads(row.event)
        yield AuditEvent(
            row.seq, event["at"], event["actor"], event["action"], event["item"], event["data"], row.sha256
        )


def verify(session: Session, anchor: tuple[int, str] | None = None) -> AuditReport:
    """Follow the chain from its start and compare the decisions with it.

    Args:
        session: A session that sees one snapshot.
        anchor: A row's number and hash noted earlier (``AuditReport.events`` and ``.head``). Whoever may write to
            the database can compute a whole new chain; only a hash kept elsewhere shows that.
    """
    previous, count = GENESIS, 0
    decided: dict[tuple[int, int], tuple[int, dict[str, Any]]] = {}

    def broken(seq: int, problem: str) -> AuditReport:
        return AuditReport(False, count, previous, seq, problem)

    for row in session.scalars(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=1000)):
        if row.seq != count + 1:
            return broken(count + 1, f"row {count + 1} is missing")
        if row.previous != previous:
            return broken(row.seq, "it does not hold the hash of the row before it")
        if row.sha256 != link(previous, row.event):
            return broken(row.seq, "its hash does not match its event")
        try:
            event = json.loads(row.event)
            place = (event["seq"], event["item"])
            round_ = (event["item"], event["data"]["round"]) if event["action"] == "decided" else None
        except (ValueError, LookupError, TypeError, RecursionError):
            return broken(row.seq, "its event cannot be read")
        if place != (row.seq, row.item_id):
            return broken(row.seq, "its columns do not match its event")
        if anchor is not None and row.seq == anchor[0] and row.sha256 != anchor[1]:
            return broken(row.seq, "its hash is not the one that was noted: the trail was rewritten")
        if round_ is not None:
            decided[round_] = (row.seq, event)
        previous, count = row.sha256, row.seq
    head = lock_free_head(session)
    if (head.seq, head.sha256) != (count, previous) or (anchor is not None and anchor[0] > count):
        return broken(count + 1, "rows are missing at the end")
    return _compare_decisions(session, decided, previous, count)


def lock_free_head(session: Session) -> HeadRow:
    """The chain's end, for reading."""
    head = session.get(HeadRow, 1)
    if head is None:
        raise ReviewStoreError(
            "The review database lost the head of its audit trail.", hint="Restore a backup."
        )
    return head


def _compare_decisions(
    session: Session, decided: dict[tuple[int, int], tuple[int, dict[str, Any]]], head: str, count: int
) -> AuditReport:
    left = dict(decided)
    for row in session.scalars(
        select(DecisionRow).order_by(DecisionRow.id).execution_options(yield_per=1000)
    ):
        seq, event = left.pop((row.item_id, row.round), (None, None))
        if event is None:
            problem = f"the decision on item {row.item_id}, round {row.round}, is not in the trail"
            return AuditReport(False, count, head, None, problem)
        stored = {
            "round": row.round,
            "outcome": row.outcome,
            "reason": row.reason,
            "categories": None if row.categories is None else json.loads(row.categories),
        }
        if stored != event["data"] or (row.reviewer, row.at) != (event["actor"], event["at"]):
            problem = f"the decision on item {row.item_id}, round {row.round}, was changed"
            return AuditReport(False, count, head, seq, problem)
    for (item_id, number), (seq, _) in left.items():
        problem = f"the decision on item {item_id}, round {number}, was removed"
        return AuditReport(False, count, head, seq, problem)
    return AuditReport(True, count, head)
