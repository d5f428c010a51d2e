"""What one template may do: the lists and limits of its kind, and the meter that counts.

Jinja's sandbox keeps a template from attributes and files; it lets nested loops run for days and ``'x' * 10**10``
take all memory. Here every loop turn, call and printed expression is a step, steps and seconds are limited, and so is
the size of every value an operation makes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aigc_sdk.errors import TemplateError

_MAX_BITS = 256


@dataclass(frozen=True, kw_only=True)
class TemplateKind:
    """The limits of one kind of template, and what exists in it.

    Attributes:
        source: Characters of the template itself.
        seconds: For compiling it, and for rendering it once.
        steps: Loop turns, calls, operations and printed expressions of one rendering.
        text: Characters of any value that an operation makes, with all that it holds.
        items: Items of any such value, with those of what it holds.
        printed: Characters printed in one rendering, into captured blocks and macros too.
        output: Characters of what comes out.
        filters: Names of Jinja's filters that exist; ``join``, ``replace``, ``indent`` and ``round`` are our own.
        tests: Names of Jinja's tests that exist; None for all.
        globals: Names of Jinja's global functions that exist.
        string_methods: Names of methods of ``str`` that exist; what pads to a width must not be among them.
        prints: Types that may be printed and joined to texts.
        strict: A missing value is an error; else it prints as nothing.
    """

    source: int
    seconds: float
    steps: int
    text: int
    items: int
    printed: int
    output: int
    filters: frozenset[str]
    tests: frozenset[str] | None = None
    globals: frozenset[str]
    string_methods: frozenset[str]
    prints: tuple[type, ...]
    strict: bool


class Meter:
    """What one compilation or rendering has used.

    Args:
        name: How errors call the template, at the beginning of a sentence.
        kind: Its limits.
        check: Asked at every step; what it raises ends the work.
    """

    def __init__(self, name: str, kind: TemplateKind, check: Callable[[], None] | None = None) -> None:
        self.name = name
        self.kind = kind
        self._check = check
        self._steps = self._printed = 0
        self._until = time.monotonic() + kind.seconds

    def step(self) -> None:
        """Count one step."""
        self._steps += 1
        if self._steps > self.kind.steps:
            raise TemplateError(
                f"{self.name} takes more than {self.kind.steps} steps.", hint="Loop over fewer things."
            )
        if time.monotonic() > self._until:
            raise TemplateError(f"{self.name} takes longer than {self.kind.seconds:g} seconds.")
        if self._check is not None:
            self._check()

    def print(self, size: int) -> None:
        """Count what is printed, wherever it goes."""
        self._printed += size
        if self._printed > self.kind.printed:
            raise TemplateError(f"{self.name} prints more than {self.kind.printed} characters.")

    def text(self, size: int) -> None:
        """Refuse a text of that many characters if it is too long; to be asked before it is made."""
        if size > self.kind.text:
            raise TemplateError(f"{self.name} makes a text of more than {self.kind.text} characters.")

    def items(self, size: int) -> None:
        """Refuse a list of that many items if it is too long; to be asked before it is made."""
        if size > self.kind.items:
            raise TemplateError(f"{self.name} makes a list of more than {self.kind.items} items.")

    def refuse(self, what: str, hint: str | None = None) -> TemplateError:
        """The error of a template that does what it may not."""
        return TemplateError(f"{self.name} {what}.", hint=hint)


_current = threading.local()


@contextmanager
def metered(name: str, kind: TemplateKind, check: Callable[[], None] | None = None) -> Iterator[None]:
    """Meter the compilation or rendering within."""
    before = getattr(_current, "meter", None)
    _current.meter = Meter(name, kind, check)
    try:
        yield
    finally:
        _current.meter = before


def meter() -> Meter:
    """The meter of the compilation or rendering under way."""
    current: Meter = _current.meter
    return current


def weighed(value: Any) -> Any:
    """Pass a value on if all it holds, however often it holds it, is of a bearable size."""
    gauge = meter()
    characters = items = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            characters += len(one)
            gauge.text(characters)
        elif isinstance(one, int):
            if one.bit_length() > _MAX_BITS:
                raise gauge.refuse("makes a number that is too large")
        elif isinstance(one, list | tuple | Mapping):
            items += len(one)
            # Nested lists that hold one list twice grow exponentially when they are compared or printed.
            gauge.items(items)
            waiting.extend(
                one if not isinstance(one, Mapping) else (part for pair in one.items() for part in pair)
            )
    return value


def counted(items: Iterable[Any]) -> Iterator[Any]:
    """The items, each of them a step."""
    gauge = meter()
    for item in items:
        gauge.step()
        yield item


def gathered(parts: Iterable[str], separator: str = "") -> str:
    """The parts as one text, given up as soon as it is too long."""
    gauge = meter()
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part) + (len(separator) if kept else 0)
        gauge.text(size)
        kept.append(part)
    return separator.join(kept)
