"""The score that users' feedback amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.review.records import FeedbackRecord
from aigc_sdk.review.store import ReviewStore
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

IMPLEMENTATION: Final = "aigc_sdk.review.feedback/1"


def satisfaction(records: Sequence[FeedbackRecord], min_votes: int = 1) -> Score:
    """Mean satisfaction in [0, 1]: thumbs count 0 or 1, stars (stars − 1) / 4; comments alone do not count.

    A user's last word on a result is the one that counts; stars say more than thumbs given with them.
    """
    votes: dict[tuple[str, str], float] = {}
    comments = 0
    for record in records:
        comments += record.comment is not None
        if record.stars is not None:
            value = (record.stars - 1) / 4
        elif record.thumbs is not None:
            value = float(record.thumbs > 0)
        else:
            continue
        votes[record.result_id, f"user {record.user}" if record.user else f"row {record.id}"] = value
    if len(votes) < max(1, min_votes):
        return Score.invalid(
            "satisfaction",
            f"{len(votes)} votes, {max(1, min_votes)} are needed",
            implementation=IMPLEMENTATION,
        )
    mean = sum(votes.values()) / len(votes)
    return Score(
        metric="satisfaction",
        value=mean,
        range=(0.0, 1.0),
        implementation=IMPLEMENTATION,
        explanation=f"mean of {len(votes)} users' votes, {comments} comments",
        details={"votes": len(votes), "comments": comments},
    )


class Satisfaction:
    """An evaluator over the feedback in a store: a sample's score is that of its request's id.

    A plugin declares it with ``EvaluatorSpec(factory="aigc_sdk.review.satisfaction:Satisfaction",
    metrics=("satisfaction",), …)``; without arguments it opens the default store in ``load``.

    Args:
        store: Whose feedback; None opens the default store.
        min_votes: Fewer give an invalid score that says so.
    """

    def __init__(self, store: ReviewStore | None = None, min_votes: int = 1) -> None:
        self._store = store
        self._owned = store is None
        self._min_votes = min_votes

    def load(self, runtime: Runtime | None = None) -> None:
        """Open the store. Idempotent."""
        if self._store is None:
            self._store = ReviewStore()

    def close(self) -> None:
        """Close the store if this opened it."""
        if self._owned and self._store is not None:
            self._store.close()
            self._store = None

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> Sequence[Sequence[Score] | Err]:
        """One score a sample; invalid where nobody gave feedback or the sample names no request."""
        return [[self._score(sample)] for sample in samples]

    def _score(self, sample: Sample) -> Score:
        if self._store is None:
            self.load()
        assert self._store is not None
        if sample.request is None:
            return Score.invalid("satisfaction", "the sample names no request", implementation=IMPLEMENTATION)
        return satisfaction(self._store.feedback_of(sample.request.id), self._min_votes)
