"""What users say about results: the rows it is kept in."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from aigc_sdk.errors import OptionError
from aigc_sdk.review.models import FeedbackRow
from aigc_sdk.review.records import FeedbackRecord

_THUMBS: Final = {"up": 1, "down": -1, None: None}


def row(result_id: str, thumbs: str | None, stars: int | None, comment: str | None) -> FeedbackRow:
    """A checked row.

    Raises:
        OptionError: If nothing is said, or something out of range.
    """
    if thumbs not in tuple(_THUMBS):  # a tuple: what cannot be hashed is not in it either
        raise OptionError(f"thumbs must be 'up' or 'down', got {thumbs!r}.")
    if stars is not None and (not isinstance(stars, int) or isinstance(stars, bool) or not 1 <= stars <= 5):
        raise OptionError(f"stars must be an integer from 1 to 5, got {stars!r}.")
    if thumbs is None and stars is None and comment is None:
        raise OptionError("Feedback needs thumbs, stars or a comment.")
    return FeedbackRow(result_id=result_id, thumbs=_THUMBS[thumbs], stars=stars, comment=comment)


def find(session: Session, result_id: str | None, component: str | None) -> list[FeedbackRecord]:
    """Feedback in order."""
    query = select(FeedbackRow).order_by(FeedbackRow.id)
    if result_id is not None:
        query = query.where(FeedbackRow.result_id == result_id)
    if component is not None:
        query = query.where(FeedbackRow.component == component)
    return [as_record(found) for found in session.scalars(query)]


def as_record(found: FeedbackRow) -> FeedbackRecord:
    """The row as a plain value."""
    return FeedbackRecord(
        id=found.id,
        result_id=found.result_id,
        thumbs=found.thumbs,
        stars=found.stars,
        comment=found.comment,
        user=found.user,
        component=found.component,
        language=found.language,
        at=found.at,
    )
