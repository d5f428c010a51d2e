"""`ReviewStore`: what hosts and the command line use."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from aigc_sdk.errors import OptionError
from aigc_sdk.review import audit, decisions, deliveries, feedback, incoming, queue
from aigc_sdk.review.export import Label, labels
from aigc_sdk.review.intake import Intake
from aigc_sdk.review.models import ItemRow
from aigc_sdk.review.records import (
    AuditEvent,
    AuditReport,
    DecisionRecord,
    FeedbackRecord,
    Outcome,
    ReviewItem,
    State,
)
from aigc_sdk.taxonomy import Category

DEFAULT_LEASE_S: Final = 900.0


class ReviewStore(Intake):
    """Queue, decisions, audit trail and feedback in one database.

    Every writing call is one transaction: when it returns, what it did is on disk, and when it raises or the
    process dies, nothing of it is. Calls may come from several threads and processes.

    Args:
        url: A SQLAlchemy URL (``postgresql+psycopg://…``), a SQLite file's path, or None for ``review.db`` in
            ``$AIGC_HOME``.
        store_content: False keeps hashes only: neither the text nor what the verdict quotes of it.
        clock: Seconds since 1970; processes that share a store must agree on the time.

    Raises:
        BadInputError: If the URL is none.
        MissingDependencyError: If SQLAlchemy or the database's driver is not installed.
        ReviewStoreError: If the database fails.
    """

    # ---- the reviewers' work -------------------------------------------------------------------------

    def claim(
        self,
        reviewer: str,
        lease_s: float = DEFAULT_LEASE_S,
        *,
        item_id: int | None = None,
        language: str | None = None,
        own: bool = False,
    ) -> ReviewItem | None:
        """Take the most urgent free item for ``lease_s`` seconds; None where there is none.

        No two reviewers hold an item at once; a lease that runs out returns it to the queue.

        Args:
            reviewer: Who takes it.
            lease_s: Seconds it is theirs.
            item_id: This one and no other.
            language: Only items in this language.
            own: Also items of which ``reviewer`` decided an earlier round.

        Raises:
            NotFoundError: If there is no item ``item_id``.
            ReviewConflictError: If ``item_id`` is not free.
        """
        name = incoming.name(reviewer, "reviewer")
        if not (isinstance(lease_s, int | float) and 0 < lease_s < math.inf):
            raise OptionError(f"lease_s must be positive seconds, got {lease_s!r}.")
        with self._write() as session:
            row = queue.claim(
                session, name, self._clock(), float(lease_s), item_id=item_id, language=language, own=own
            )
            return None if row is None else queue.as_item(row)

    def release(self, item_id: int, reviewer: str) -> ReviewItem:
        """Give a claimed item back undecided.

        Raises:
            ReviewConflictError: If ``reviewer`` does not hold it.
        """
        name = incoming.name(reviewer, "reviewer")
        with self._write() as session:
            row = queue.get(session, item_id)
            queue.release(session, row, name, self._clock())
            return queue.as_item(row)

    def decide(
        self,
        item_id: int,
        reviewer: str,
        outcome: Outcome | str,
        reason: str,
        *,
        categories: Sequence[Category | str] | None = None,
    ) -> ReviewItem:
        """End the item's round: once, and only by whoever holds its lease.

        Args:
            item_id: The item.
            reviewer: Who decides.
            outcome: ``uphold`` (the verdict was right), ``overturn`` (it was wrong), ``escalate``.
            reason: Why.
            categories: What the content really is, where the reviewer says so: better labels than the outcome
                alone gives. Empty means harmless.

        Raises:
            NotFoundError: If there is no such item.
            OptionError: If the outcome or a category is unknown.
            ReviewConflictError: If the reviewer does not hold it, or it is decided already.
        """
        name, words = incoming.name(reviewer, "reviewer"), incoming.prose(reason, "reason")
        try:
            what = Outcome(outcome)
            named = None if categories is None else sorted({Category(c).value for c in categories})
        except ValueError as error:
            raise OptionError(
                f"{error}.", hint=f"Outcomes: {', '.join(Outcome)}; categories: {', '.join(Category)}."
            ) from None
        with self._write() as session:
            row = queue.get(session, item_id)
            decisions.decide(session, row, name, what, words, named, self._clock())
            return queue.as_item(row)

    def appeal(self, item_id: int, who: str, reason: str) -> ReviewItem:
        """Open a decided item again; earlier rounds stay on record.

        Raises:
            NotFoundError: If there is no such item.
            ReviewConflictError: If it is not decided.
        """
        name, words = incoming.name(who, "who"), incoming.prose(reason, "reason")
        with self._write() as session:
            row = queue.get(session, item_id)
            decisions.appeal(session, row, name, words, self._clock())
            return queue.as_item(row)

    def erase_content(self, item_id: int, actor: str, reason: str) -> ReviewItem:
        """Forget an item's text and quotations, and those of deliveries of the same text.

        Hashes, decisions and trail stay.
        """
        name, words = incoming.name(actor, "actor"), incoming.prose(reason, "reason")
        with self._write() as session:
            row = queue.get(session, item_id)
            row.content = None
            if row.verdict is not None:
                row.verdict = json.dumps(
                    queue.without_quotations(json.loads(row.verdict)), ensure_ascii=False
                )
            deliveries.erase(session, row.content_sha256)
            audit.append(session, name, "content_erased", row.id, self._clock(), reason=words)
            return queue.as_item(row)

    # ---- looking -------------------------------------------------------------------------------------

    def get(self, item_id: int) -> ReviewItem:
        """One item. Raises NotFoundError."""
        with self._read() as session:
            return queue.as_item(queue.get(session, item_id))

    def items(self, state: State | str | None = None, *, limit: int = 100) -> list[ReviewItem]:
        """Items, most urgent first."""
        query = select(ItemRow).order_by(ItemRow.priority.desc(), ItemRow.id).limit(limit)
        if state is not None:
            if state not in set(State):
                raise OptionError(f"There is no state {state!a}.", hint=f"States: {', '.join(State)}.")
            query = query.where(ItemRow.state == State(state))
        with self._read() as session:
            return [queue.as_item(row) for row in session.scalars(query)]

    def counts(self) -> dict[str, int]:
        """Items by state."""
        query = select(ItemRow.state, func.count()).group_by(ItemRow.state)
        with self._read() as session:
            found = {state: number for state, number in session.execute(query)}  # noqa: C416 - rows are no pairs
        return {state.value: found.get(state, 0) for state in State}

    def decisions(self, item_id: int) -> list[DecisionRecord]:
        """Every round's decision on an item."""
        with self._read() as session:
            return decisions.of_item(session, item_id)

    def history(self, item_id: int | None = None) -> list[AuditEvent]:
        """The audit trail, or an item's part of it."""
        with self._read() as session:
            return list(audit.events(session, item_id))

    def verify(self, anchor: tuple[int, str] | None = None) -> AuditReport:
        """Is the audit trail whole? See `aigc_sdk.review.audit.verify`."""
        with self._read() as session:
            return audit.verify(session, anchor)

    def labels(self) -> list[Label]:
        """What the decisions say about their contents: a labelled set."""
        with self._read() as session:
            return list(labels(session))

    def record(self, actor: str, action: str, **data: object) -> None:
        """Add an event of the host's own to the audit trail (plain JSON values, no content).

        Raises:
            OptionError: If a value is none that JSON and UTF-8 can hold.
        """
        name, what = incoming.name(actor, "actor"), incoming.name(action, "action")
        try:
            audit.canonical(data).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise OptionError(f"An event takes plain JSON values: {type(error).__name__}.") from None
        with self._write() as session:
            audit.append(session, name, what, None, self._clock(), **data)

    # ---- feedback ------------------------------------------------------------------------------------

    def feedback(
        self,
        result_id: str,
        *,
        thumbs: str | None = None,
        stars: int | None = None,
        comment: str | None = None,
        user: str | None = None,
        component: str | None = None,
        language: str | None = None,
    ) -> FeedbackRecord:
        """Keep what a user says about a result.

        Args:
            result_id: The result's request id (``result.trace.request_id``).
            thumbs: ``up`` or ``down``.
            stars: 1 to 5.
            comment: Words.
            user: Who; a user's later word on a result replaces the earlier one in scores.
            component: Id of the generator; None takes that of the delivery on record.
            language: Of the result; None takes that of the delivery on record.

        Raises:
            OptionError: If nothing is said, or something outside those ranges.
        """
        row = feedback.row(
            incoming.name(result_id, "result_id"),
            thumbs,
            stars,
            incoming.prose(comment, "comment") if comment else None,
        )
        row.user = None if user is None else incoming.name(user, "user")
        row.component = None if component is None else incoming.name(component, "component")
        row.language = None if language is None else incoming.name(language, "language")
        row.at = self._clock()
        with self._write() as session:
            known = deliveries.latest(session, row.result_id)
            if known is not None:
                row.component = row.component or known.component or None
                row.language = row.language or known.language
            session.add(row)
            session.flush()
            return feedback.as_record(row)

    def feedback_of(
        self, result_id: str | None = None, *, component: str | None = None
    ) -> list[FeedbackRecord]:
        """Feedback on a result, on all results of a component, or all of it, in order."""
        with self._read() as session:
            return feedback.find(session, result_id, component)
