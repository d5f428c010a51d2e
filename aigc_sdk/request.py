"""What goes into components, and what their rows look like."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pydantic import BaseModel

from aigc_sdk.content import Candidate, Content, Message
from aigc_sdk.verdict import Err, Screening

__all__ = ["Err", "Finished", "Generation", "Request", "Sample", "Screening", "StreamEvent", "TextDelta"]


def new_request_id() -> str:
    """A fresh request id. Pass your own where results must be reproducible: seeds derive from it."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a generator.

    Attributes:
        id: Names the row; random draws derive from the base seed and this id.
        inputs: Flat map of named values (product attributes, ``audience.age`` …).
        messages: Chat messages for generators that take them.
        n: How many results the caller wants. A generator may return more candidates than that; the
            pipeline screens, ranks and keeps the best ``n``.
        language: BCP 47 primary tag, or None to let the generator decide.
        options: Validated instance of the generator's options model.
        feedback: Explanations of why earlier candidates were refused, on a retry.
        attempt: 0 at first, then the number of the retry.
    """

    id: str = field(default_factory=new_request_id)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    messages: Sequence[Message] = ()
    n: int = 1
    language: str | None = None
    options: BaseModel | None = None
    feedback: tuple[str, ...] = ()
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Generation:
    """A generator's answer to one request: candidates, best guess first."""

    candidates: tuple[Candidate, ...]
    bundle: str | None = None
    """Digest of the bundle that made them, if any."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What an evaluator scores.

    Attributes:
        content: The content.
        request: The request that led to it (its inputs are the given facts), where there is one.
        references: Reference texts or pictures, for metrics that compare.
        siblings: The other candidates of the same request, for diversity.
        language: BCP 47 primary tag, where known.
    """

    content: Content
    request: Request | None = None
    references: tuple[Content, ...] = ()
    siblings: tuple[Content, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Whole characters that a stream adds."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a component's stream, with the whole candidate."""

    candidate: Candidate
    bundle: str | None = None


StreamEvent: TypeAlias = TextDelta | Finished
