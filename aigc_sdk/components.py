"""Protocols of the components. Batch-first and synchronous; the core derives the async API.

Rules that hold for all (``aigc plugins check`` tests them):

* ``__init__`` takes no arguments and does nothing; ``load`` is idempotent and does the work; ``close``
  frees everything and may be followed by ``load`` again.
* As many rows out as in, in order. A row that fails is ``Err(error)``.
* Components may be called from several threads at once after ``load``.
* They ask ``ctx.stopped`` often enough to end soon after a cancellation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from aigc_sdk.content import Content
from aigc_sdk.context import CallContext
from aigc_sdk.request import Generation, Request, Sample, StreamEvent
from aigc_sdk.score import Score
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Screening

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime


class Component(Protocol):
    """What all components share."""

    def load(self, runtime: Runtime) -> None:
        """Open bundles and sessions. Idempotent."""

    def close(self) -> None:
        """Free everything."""


@runtime_checkable
class Generator(Component, Protocol):
    """Makes content."""

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> Sequence[Generation | Err]:
        """One `Generation` or `Err` a request."""


@runtime_checkable
class StreamingGenerator(Generator, Protocol):
    """Makes content piece by piece. Declared by ``streaming=True`` in the spec."""

    def stream(self, request: Request, *, ctx: CallContext) -> Iterator[StreamEvent]:
        """`TextDelta` events of whole characters, then one `Finished`."""


@runtime_checkable
class Evaluator(Component, Protocol):
    """Scores content."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> Sequence[Sequence[Score] | Err]:
        """A list of scores (one a metric) or `Err` a sample."""


@runtime_checkable
class StreamModerator(Protocol):
    """What a moderator with a bounded match may add, so that streams need not hold back the whole bound."""

    def settled(self, text: str, floors: Mapping[Category, Severity]) -> int:
        """The place up to which ``text`` is decided.

        However the text goes on, what a rule may act on and begins before this index is the same. 0 where
        that cannot be told; the length of the text where nothing is open.

        Args:
            text: What has arrived of a stream, or its last part.
            floors: The lowest severity any rule of the policy acts on, by category; no rule acts on findings
                of other categories.
        """


@runtime_checkable
class Moderator(Component, Protocol):
    """Finds what a policy may object to.

    One whose spec declares an options model takes one more keyword, ``options: Model | None = None``: what the policy
    says for it, checked, with the model's defaults.
    """

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` or `Err` an item."""
