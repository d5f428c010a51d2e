"""What comes into the store: verdicts, users' reports, and what a `Studio` hands over."""

from __future__ import annotations

from collections.abc import Sequence

from aigc_sdk.content import Content
from aigc_sdk.errors import ContentBlockedError, NotFoundError
from aigc_sdk.result import Result
from aigc_sdk.review import deliveries, incoming, queue
from aigc_sdk.review.connection import StoreConnection
from aigc_sdk.review.models import ItemRow
from aigc_sdk.review.records import DeliveryRecord, Origin, ReviewItem
from aigc_sdk.review.sink import Delivered, Held
from aigc_sdk.verdict import Decision, Err, Verdict


class Intake(StoreConnection):
    """The receiving side of `ReviewStore`."""

    def enqueue(
        self,
        verdict: Verdict,
        content: Content | str | None = None,
        *,
        request_id: str = "",
        priority: int | None = None,
        actor: str = "screening",
    ) -> ReviewItem:
        """Queue a verdict for a person; the same content, policy and request id are queued once.

        Args:
            verdict: What screening decided.
            content: What it decided about; None where only the verdict is at hand.
            request_id: The host's name for the request.
            priority: Higher comes first; by default ten times the gravest finding's severity.
            actor: Who queues it, for the audit trail.

        Raises:
            BadInputError: If neither content nor the verdict's hash says what it is about.
        """
        name = incoming.name(actor, "actor")
        row = self._held(verdict, content, request_id)
        if priority is not None:
            row.priority = incoming.integer(priority)
        with self._write() as session:
            return queue.as_item(queue.find(session, row.key) or queue.add(session, row, name))

    def collect(self, held: Sequence[Held] = (), delivered: Sequence[Delivered] = ()) -> None:
        """Take what a `Studio` refused and delivered, in one transaction: all of it is on record, or nothing.

        What was refused is queued (what was blocked behind what is held); what was delivered is kept by its
        request id, for `report` and `feedback`.

        Raises:
            ReviewStoreError: If the database fails.
        """
        now = self._clock()
        queued = [self._held(one.verdict, one.content, one.request_id) for one in held]
        kept = [deliveries.row(one, now=now, keep=self.store_content) for one in delivered]
        if not queued and not kept:
            return
        with self._write() as session:
            for row in queued:
                if queue.find(session, row.key) is None:
                    queue.add(session, row, "studio")
            session.add_all(kept)

    def _held(self, verdict: Verdict, content: Content | str | None, request_id: str) -> ItemRow:
        digest, text = incoming.content_of(content, verdict.content_sha256, keep=self.store_content)
        row = incoming.new_row(
            Origin.VERDICT,
            digest,
            text,
            verdict,
            request_id,
            None,
            now=self._clock(),
            keep=self.store_content,
        )
        row.priority = queue.severity_priority(verdict)
        return row

    def report(
        self,
        content: Content | str | None,
        reason: str,
        *,
        reporter: str = "user",
        verdict: Verdict | None = None,
        request_id: str = "",
        place: int = 1,
        language: str | None = None,
    ) -> ReviewItem:
        """A user complains about delivered content; further reports on it join the first.

        Args:
            content: What was delivered; None where the request id names a delivery on record.
            reason: The user's words.
            reporter: Who complains.
            verdict: With what verdict it was delivered, if the host kept it.
            request_id: The host's name for the request.
            place: Which output of the request, 1 for the best, where ``content`` is None.
            language: Its language, where there is no verdict to tell.

        Raises:
            NotFoundError: If there is neither content nor a delivery on record.
        """
        name, words = incoming.name(reporter, "reporter"), incoming.prose(reason, "reason")
        row = None if content is None else self._reported(content, verdict, request_id, language)
        with self._write() as session:
            if row is None:
                found = deliveries.latest(session, request_id, place)
                if found is None:
                    raise NotFoundError(
                        f"No delivery under the request id {request_id!a} is on record.",
                        hint="Pass the content, or give the Studio this store: Studio(review=store).",
                    )
                row = deliveries.reported(found, now=self._clock())
            row.priority = queue.REPORT_PRIORITY
            known = queue.find(session, row.key) or queue.add(session, row, name)
            queue.report(session, known, name, words, self._clock())
            return queue.as_item(known)

    def _reported(
        self, content: Content | str, verdict: Verdict | None, request_id: str, language: str | None
    ) -> ItemRow:
        digest, text = incoming.content_of(content, "", keep=self.store_content)
        return incoming.new_row(
            Origin.REPORT,
            digest,
            text,
            verdict,
            request_id,
            language,
            now=self._clock(),
            keep=self.store_content,
        )

    def observe(
        self,
        outcome: Result | Verdict | Err | Exception,
        content: Content | str | None = None,
        *,
        request_id: str = "",
    ) -> list[ReviewItem]:
        """Queue whatever in the outcome of a `Studio` call is held for review; everything else passes by.

        Args:
            outcome: A verdict, a result, an ``Err`` row or the error that was raised.
            content: What was screened, where the host has it (a prompt, the text given to ``moderate``). A
                candidate that was refused is in nobody's hands but the pipeline's: its item has the hash alone.
            request_id: The host's name for the request; a result brings its own.
        """
        if isinstance(outcome, Result):
            held = [(v, None) for v in (outcome.prompt_verdict, *(o.verdict for o in outcome.outputs))]
            request_id = request_id or outcome.trace.request_id
        else:
            error = outcome.error if isinstance(outcome, Err) else outcome
            verdict = error.verdict if isinstance(error, ContentBlockedError) else error
            held = [(verdict, None)] if isinstance(verdict, Verdict) else []
        return [
            self.enqueue(v, incoming.same(content, v), request_id=request_id)
            for v, _ in held
            if v.decision is Decision.REVIEW and (v.content_sha256 or content is not None)
        ]

    def deliveries(self, request_id: str) -> list[DeliveryRecord]:
        """What was delivered under a request id, in order; empty where nothing is on record."""
        with self._read() as session:
            return deliveries.of_request(session, request_id)

    def forget_deliveries(self, older_than_s: float) -> int:
        """Remove records of deliveries older than that many seconds; returns how many. Items made of them stay."""
        with self._write() as session:
            return deliveries.forget(session, self._clock() - older_than_s)
