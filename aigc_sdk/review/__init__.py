"""Human review: a queue of held verdicts, decisions with an audit trail, appeals, reports and feedback.

Needs the extra ``[review]`` (SQLAlchemy 2); importing this package alone does not load it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.errors import MissingDependencyError

if TYPE_CHECKING:
    from aigc_sdk.review.records import AuditReport, Outcome, ReviewConflictError, ReviewItem, State
    from aigc_sdk.review.satisfaction import Satisfaction
    from aigc_sdk.review.sink import Delivered, Held, ReviewSink
    from aigc_sdk.review.store import ReviewStore

_HOMES: Final = {
    "AuditReport": "records",
    "Delivered": "sink",
    "Held": "sink",
    "Outcome": "records",
    "ReviewConflictError": "records",
    "ReviewItem": "records",
    "ReviewSink": "sink",
    "ReviewStore": "store",
    "Satisfaction": "satisfaction",
    "State": "records",
}

__all__ = [
    "AuditReport",
    "Delivered",
    "Held",
    "Outcome",
    "ReviewConflictError",
    "ReviewItem",
    "ReviewSink",
    "ReviewStore",
    "Satisfaction",
    "State",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'aigc_sdk.review' has no attribute {name!r}")
    import importlib

    try:
        return getattr(importlib.import_module(f"aigc_sdk.review.{home}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "sqlalchemy":
            raise
        raise MissingDependencyError(
            "Human review needs SQLAlchemy, which is not installed.",
            hint="Install the extra [review]: pip install 'aigc-sdk-core[review]'.",
        ) from error
