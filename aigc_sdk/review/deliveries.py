"""What was delivered, by request id: so that a report or feedback that names a request finds its content."""

from __future__ import annotations

import json

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aigc_sdk.review import incoming
from aigc_sdk.review.models import DeliveryRow, ItemRow
from aigc_sdk.review.queue import item_key, without_quotations
from aigc_sdk.review.records import DeliveryRecord, Origin, State
from aigc_sdk.review.sink import Delivered


def row(given: Delivered, *, now: float, keep: bool) -> DeliveryRow:
    """A checked row; ``keep`` False leaves out the text and what the verdict quotes of it."""
    digest, text = incoming.content_of(given.content, "", keep=keep)
    data = given.verdict.as_dict()
    if not keep:
        data = without_quotations(data)
    return DeliveryRow(
        request_id=incoming.name(given.request_id, "request_id"),
        place=incoming.integer(given.place),
        content=text,
        content_sha256=digest,
        verdict=json.dumps(data, ensure_ascii=False),
        component=given.component,
        language=given.language or given.verdict.language,
        at=now,
    )


def latest(session: Session, request_id: str, place: int = 1) -> DeliveryRow | None:
    """The last delivery under that request id; ids may come again, results of one call share theirs."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.request_id == request_id, DeliveryRow.place == place)
        .order_by(DeliveryRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def of_request(session: Session, request_id: str) -> list[DeliveryRecord]:
    """Every delivery under that request id, in order."""
    query = select(DeliveryRow).where(DeliveryRow.request_id == request_id).order_by(DeliveryRow.id)
    return [as_record(found) for found in session.scalars(query)]


def forget(session: Session, before: float) -> int:
    """Remove deliveries older than ``before`` (Unix seconds); returns how many."""
    gone = session.execute(delete(DeliveryRow).where(DeliveryRow.at < before))
    return int(getattr(gone, "rowcount", 0))


def erase(session: Session, content_sha256: str) -> None:
    """Forget the text, and what the verdict quotes of it, of every delivery of that content."""
    for found in session.scalars(select(DeliveryRow).where(DeliveryRow.content_sha256 == content_sha256)):
        found.content = None
        found.verdict = json.dumps(without_quotations(json.loads(found.verdict)), ensure_ascii=False)


def reported(found: DeliveryRow, *, now: float) -> ItemRow:
    """A review item about a delivery, with the verdict it was delivered under."""
    data = json.loads(found.verdict)
    return ItemRow(
        key=item_key(Origin.REPORT, found.content_sha256, data["policy_sha256"], found.request_id),
        origin=Origin.REPORT.value,
        state=State.OPEN.value,
        round=1,
        priority=0,
        decision=data["decision"],
        content=found.content,
        content_sha256=found.content_sha256,
        language=found.language,
        stage=data["stage"],
        policy=data["policy"],
        policy_sha256=data["policy_sha256"],
        request_id=found.request_id,
        verdict=found.verdict,
        reports=0,
        created_at=now,
    )


def as_record(found: DeliveryRow) -> DeliveryRecord:
    """The row as a plain value."""
    return DeliveryRecord(
        request_id=found.request_id,
        place=found.place,
        content=found.content,
        content_sha256=found.content_sha256,
        verdict=json.loads(found.verdict),
        component=found.component,
        language=found.language,
        at=found.at,
    )
