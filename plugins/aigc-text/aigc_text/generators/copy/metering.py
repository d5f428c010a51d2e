"""What one rendering of a template may use: steps, seconds, characters."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from aigc_sdk.context import CallContext
from aigc_sdk.errors import TemplateError

MAX_OUTPUT = 20_000
MAX_STRING = 20_000
MAX_STEPS = 5_000
MAX_SECONDS = 0.5
_MAX_BITS = 256


class Meter:
    """What one rendering has used."""

    def __init__(self, ctx: CallContext | None) -> None:
        self.steps = 0
        self.printed = 0
        self.until = time.monotonic() + MAX_SECONDS
        self.ctx = ctx

    def step(self) -> None:
        """Count one step."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TemplateError(
                f"The template takes more than {MAX_STEPS} steps.", hint="Loop over fewer things."
            )
        if time.monotonic() > self.until:
            raise TemplateError(f"The template takes longer than {MAX_SECONDS} seconds.")
        if self.ctx is not None:
            self.ctx.check()

    def print(self, text: str) -> None:
        """Count what is printed."""
        self.printed += len(text)
        if self.printed > 4 * MAX_OUTPUT:
            raise TemplateError(f"The template writes more than {MAX_OUTPUT} characters.")


_current = threading.local()


def meter() -> Meter:
    """The meter of the rendering under way."""
    current: Meter | None = getattr(_current, "meter", None)
    # At compile time (constant folding) there is no rendering; a fresh meter bounds that too.
    return current if current is not None else Meter(None)


@contextmanager
def metered(ctx: CallContext | None) -> Iterator[Meter]:
    """Meter what happens within."""
    before = getattr(_current, "meter", None)
    _current.meter = fresh = Meter(ctx)
    try:
        yield fresh
    finally:
        _current.meter = before


def bounded(value: Any) -> Any:
    """Pass a value on if it is of a bearable size."""
    if isinstance(value, str | list | tuple) and len(value) > MAX_STRING:
        raise TemplateError(f"The template makes a text or list of more than {MAX_STRING} items.")
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        raise TemplateError("The template makes a number that is too large.")
    return value


def ticking(items: Iterable[Any]) -> Iterator[Any]:
    """The items, each of them a step."""
    for item in items:
        meter().step()
        yield item
