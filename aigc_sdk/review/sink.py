"""What a `Studio` hands over for people to look at; `ReviewStore` takes it, and so may a host's own object.

Import-light: a host without SQLAlchemy can have its own sink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from aigc_sdk.content import Content
from aigc_sdk.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """Content that screening refused: its decision is ``review`` or ``block``.

    Attributes:
        verdict: Why.
        content: What was refused; None where only its hash is at hand (a stream that was halted).
        request_id: The request it belongs to, or empty.
    """

    verdict: Verdict
    content: Content | None = None
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One output of a result that goes to the caller, so that reports and feedback find it by its request id.

    Attributes:
        request_id: `Trace.request_id` of the result.
        place: 1 for the best output, and so on.
        content: What is delivered.
        verdict: With what verdict.
        component: Id of the generator.
        language: BCP 47 primary tag, where known.
    """

    request_id: str
    place: int
    content: Content
    verdict: Verdict
    component: str = ""
    language: str | None = None


@runtime_checkable
class ReviewSink(Protocol):
    """Takes what people are to look at. Calls may come from several threads."""

    def collect(self, held: Sequence[Held] = (), delivered: Sequence[Delivered] = ()) -> None:
        """Keep all of it, or raise: what returns is on record. Content is kept only if the sink may hold it."""
