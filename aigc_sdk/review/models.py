"""Tables of the review store. Portable SQL: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA: Final = 2
"""Version of the tables: 2 added ``review_deliveries``; a database of version 1 gets it when it is opened."""
# SQLite numbers rows by itself only where the key's type is INTEGER.
_Id: Final = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Declarative base of the tables."""


class ItemRow(Base):
    """An item of the queue; see `aigc_sdk.review.records.ReviewItem` for the fields."""

    __tablename__ = "review_items"
    __table_args__ = (Index("review_items_queue", "state", "priority", "id"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Hash of origin, content hash, policy hash and request id: the same thing is queued once."""
    origin: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    priority: Mapped[int]
    decision: Mapped[str] = mapped_column(String(16))
    content: Mapped[str | None] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str | None] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(16))
    policy: Mapped[str] = mapped_column(Text)
    policy_sha256: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str | None] = mapped_column(Text)
    reports: Mapped[int]
    reviewer: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[float | None] = mapped_column(Float(53))
    created_at: Mapped[float] = mapped_column(Float(53))


class DecisionRow(Base):
    """How a round ended; the constraint is what makes it happen once."""

    __tablename__ = "review_decisions"
    __table_args__ = (UniqueConstraint("item_id", "round"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), index=True)
    round: Mapped[int]
    reviewer: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    categories: Mapped[str | None] = mapped_column(Text)
    """JSON list, or null where the reviewer named none."""
    at: Mapped[float] = mapped_column(Float(53))


class AuditRow(Base):
    """A link of the hash chain; `aigc_sdk.review.audit` says how it is made."""

    __tablename__ = "review_audit"

    seq: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=False)
    item_id: Mapped[int | None] = mapped_column(_Id, index=True)
    previous: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(Text)
    """Canonical JSON of the event: what is hashed."""
    sha256: Mapped[str] = mapped_column(String(64))


class HeadRow(Base):
    """The chain's end. Its one row is also the lock that makes writers take turns."""

    __tablename__ = "review_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    schema_version: Mapped[int]
    seq: Mapped[int] = mapped_column(_Id)
    sha256: Mapped[str] = mapped_column(String(64))


class FeedbackRow(Base):
    """A user's feedback on a result."""

    __tablename__ = "review_feedback"

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    result_id: Mapped[str] = mapped_column(Text, index=True)
    thumbs: Mapped[int | None]
    stars: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(Text)
    user: Mapped[str | None] = mapped_column("user_id", Text)
    component: Mapped[str | None] = mapped_column(Text, index=True)
    language: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[float] = mapped_column(Float(53))


class DeliveryRow(Base):
    """An output that went to a caller; reports and feedback find it by its request id."""

    __tablename__ = "review_deliveries"

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    request_id: Mapped[str] = mapped_column(Text, index=True)
    place: Mapped[int]
    content: Mapped[str | None] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64), index=True)
    verdict: Mapped[str] = mapped_column(Text)
    component: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[float] = mapped_column(Float(53), index=True)
