"""Handing refused and delivered content to a review store, which may fail: nothing gets out by that.

What needs a person but cannot be put on record would wait for nobody: it is blocked, and says so. What is blocked
stays blocked. What was delivered goes out even if its record is lost; the trace warns of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.content import Content
from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.review.sink import Delivered, Held, ReviewSink
from aigc_sdk.verdict import Applied, Decision, Err, Halt, Release, Verdict

if TYPE_CHECKING:
    from aigc_sdk.review.store import ReviewStore

UNRECORDED = "review_unrecorded"
"""The rule that a verdict names where its record could not be written."""

RECORD_S = 10.0
"""Seconds a store may take; it has them even where the call's own deadline is over."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Puts on record what a `Studio` refuses and delivers; does nothing without a sink."""

    sink: ReviewSink | None
    isolation: Isolation

    def held(self, rows: Sequence[tuple[Content | None, Verdict, str]]) -> list[Verdict]:
        """Record those that are held or blocked.

        Args:
            rows: Content (None where nobody has it), verdict and request id.

        Returns:
            The verdicts, in order. If the record fails, ``review`` becomes ``block``, and every verdict that
            should have been recorded names the rule `UNRECORDED`.
        """
        verdicts = [verdict for _, verdict, _ in rows]
        if self.sink is None:
            return verdicts
        chosen = [i for i, verdict in enumerate(verdicts) if not verdict.deliverable]
        held = [Held(rows[i][1], rows[i][0], rows[i][2]) for i in chosen]
        if not held:
            return verdicts
        failure = self._failure(lambda sink: sink.collect(held=held))
        if failure is not None:
            for i in chosen:
                verdicts[i] = _unrecorded(verdicts[i], failure)
        return verdicts

    def delivered(self, results: Iterable[Result | Err]) -> list[Result | Err]:
        """Record every output; results whose record failed carry a warning in their trace."""
        rows = list(results)
        if self.sink is None:
            return rows
        outputs = [
            Delivered(
                row.trace.request_id,
                place,
                output.content,
                output.verdict,
                row.trace.component,
                output.verdict.language,
            )
            for row in rows
            if isinstance(row, Result)
            for place, output in enumerate(row.outputs, 1)
        ]
        if not outputs:
            return rows
        failure = self._failure(lambda sink: sink.collect(delivered=outputs))
        if failure is None:
            return rows
        note = f"The review store has no record of this delivery: it failed ({failure})."
        return [_warned(row, note) if isinstance(row, Result) else row for row in rows]

    def streamed(
        self, events: Iterator[Release | Halt | StreamDone], request_id: str
    ) -> Iterator[Release | Halt | StreamDone]:
        """The events, the last of them on record; of a stream that was halted only the verdict is kept."""
        return events if self.sink is None else self._watched(events, request_id)

    def _watched(
        self, events: Iterator[Release | Halt | StreamDone], request_id: str
    ) -> Iterator[Release | Halt | StreamDone]:
        try:
            for event in events:
                if isinstance(event, Halt):
                    (verdict,) = self.held([(None, event.verdict, request_id)])
                    yield Halt(verdict, event.released)
                elif isinstance(event, StreamDone):
                    (row,) = self.delivered([event.result])
                    yield StreamDone(row) if isinstance(row, Result) else event
                else:
                    yield event
        finally:
            # Whoever walks away from this one walks away from the generator.
            getattr(events, "close", lambda: None)()

    def _failure(self, write: Callable[[ReviewSink], None]) -> str | None:
        """Write; the name of what went wrong, or None. A store's message may quote content: it is not kept."""
        sink = self.sink
        if sink is None:
            return None
        try:
            self.isolation.call("the review store", lambda: write(sink), CallContext.within(RECORD_S))
        except Exception as error:  # noqa: BLE001 - whatever a store does wrong must not lose the verdict
            kind = type(error.__cause__ or error).__name__
            _log.error("The review store failed: %s", kind)
            return kind
        return None


def open_sink(url: str | Path) -> ReviewStore:
    """The review store at a URL or path.

    Raises:
        BadInputError: If the URL is none.
        MissingDependencyError: If SQLAlchemy or the database's driver is not installed.
        AigcError: If the database fails.
    """
    from aigc_sdk.review import ReviewStore

    return ReviewStore(url)


def _unrecorded(verdict: Verdict, failure: str) -> Verdict:
    note = Applied(
        rule=UNRECORDED,
        action=Decision.BLOCK,
        reason=f"the review store could not record it ({failure}), so that nobody would look",
    )
    return verdict.model_copy(update={"decision": Decision.BLOCK, "applied": (*verdict.applied, note)})


def _warned(row: Result, note: str) -> Result:
    return replace(row, trace=replace(row.trace, warnings=(*row.trace.warnings, note)))
