"""A Jinja environment for chat templates, which come with models and are read by nobody: bounded work and memory.

Jinja's sandbox keeps a template from attributes and files; it lets nested loops run for days and ``'x' * 10**10``
take all memory. Here every loop turn and call is a step, steps and seconds are limited, and so is the size of every
value an operation makes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from aigc_sdk.errors import TemplateError

MAX_SOURCE = 1 << 18
MAX_SECONDS = 2.0
MAX_STEPS = 1_000_000
MAX_TEXT = 16_000_000
"""Characters of any text a template makes, its output included: far more than a prompt may have."""
_MAX_ITEMS = 300_000
_MAX_BITS = 256

_FILTERS = (
    "abs capitalize count d default dictsort e escape first float int items last length list lower map max min"
    " reject rejectattr reverse round safe select selectattr sort string title trim unique upper"
)
_PADDING = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill"})
"""String methods whose result's size is a number of the template's choice."""


class _Meter:
    def __init__(self) -> None:
        self.steps = self.printed = 0
        self.until = time.monotonic() + MAX_SECONDS

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS or time.monotonic() > self.until:
            raise TemplateError(
                f"The chat template takes more than {MAX_STEPS} steps or {MAX_SECONDS:g} seconds."
            )


_current = threading.local()


@contextmanager
def metered() -> Iterator[None]:
    """Meter the compilation or rendering within."""
    before = getattr(_current, "meter", None)
    _current.meter = _Meter()
    try:
        yield
    finally:
        _current.meter = before


def _meter() -> _Meter:
    meter: _Meter = _current.meter
    return meter


def _check_text(size: int) -> None:
    if size > MAX_TEXT:
        raise TemplateError(f"The chat template makes more than {MAX_TEXT} characters.")


def weighed(value: Any) -> Any:
    """Pass a value on if all it holds, however often it holds it, is of a bearable size."""
    characters = items = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            characters += len(one)
            _check_text(characters)
        elif isinstance(one, int):
            if one.bit_length() > _MAX_BITS:
                raise TemplateError("The chat template makes a number that is too large.")
        elif isinstance(one, list | tuple | Mapping):
            items += len(one)
            # Nested lists that hold one list twice grow exponentially when they are compared or printed.
            if items > _MAX_ITEMS:
                raise TemplateError("The chat template makes a list that is too long.")
            waiting.extend(
                one if not isinstance(one, Mapping) else (part for pair in one.items() for part in pair)
            )
    return value


def _counted(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        _meter().step()
        yield item


def _join(values: Iterable[Any], separator: str = "", attribute: str | int | None = None) -> str:
    separator = str(separator)
    parts: list[str] = []
    size = 0
    for value in _counted(values):
        if attribute is not None:
            value = value[attribute]  # what is joined in its place
        parts.append(str(_printable(value)))
        size += len(parts[-1]) + len(separator)
        _check_text(size)
    return separator.join(parts)


def _replace(text: str, old: str, new: str, count: int = -1) -> str:
    text, old, new = str(text), str(old), str(new)
    _check_text(len(text) + text.count(old) * len(new))
    return text.replace(old, new, -1 if count is None else count)


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    text, margin = str(text), width if isinstance(width, str) else " " * min(max(int(width), 0), 1000)
    lines = text.split("\n")
    _check_text(len(text) + len(lines) * len(margin))
    return "\n".join(
        margin + line if (index or first) and (line or blank) else line for index, line in enumerate(lines)
    )


def _printable(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | list | tuple | Mapping | jinja2.Undefined):
        return weighed(value)
    raise TemplateError(f"The chat template prints a {type(value).__name__}.")


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    del context  # taken so that Jinja does not fold printed expressions at compile time
    text = str(_printable(value))
    meter = _meter()
    meter.step()
    meter.printed += len(text)
    _check_text(meter.printed)
    return text


def bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts as a step and whose result is weighed; keeps Jinja's marks on the function."""

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        _meter().step()
        return weighed(function(*args, **kwargs))

    return limited


class ChatEnvironment(ImmutableSandboxedEnvironment):
    """The environment chat templates run in; compile and render within `metered`."""

    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols"],
            finalize=_finalize,
            cache_size=0,
        )
        kept = {name: function for name, function in self.filters.items() if name in _FILTERS.split()}
        own = {"join": _join, "replace": _replace, "indent": _indent, "_aigc_weighed": _printable, **filters}
        self.filters = {name: bounded(function) for name, function in {**kept, **own}.items()}
        self.filters["_aigc_counted"] = _counted
        del self.globals["lipsum"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = self._filtered(loop.iter, "_aigc_counted")
        for block in list(tree.find_all(nodes.AssignBlock)):
            block.filter = self._filtered(block.filter, "_aigc_weighed")
        weigh: nodes.Template = _Weigh(self).visit(tree)
        return weigh

    def _filtered(self, node: nodes.Node | None, name: str) -> nodes.Filter:
        made: nodes.Filter = nodes.Filter(node, name, [], [], None, None)
        made.set_environment(self)
        if node is not None:
            made.set_lineno(node.lineno)
        return made

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As in Jinja, without the methods that pad."""
        if isinstance(obj, str) and attr in _PADDING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """None: Jinja would let its own ``format`` past `is_safe_attribute`."""

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as in Jinja
        """Count and bound a call."""
        _meter().step()
        text = getattr(__obj, "__self__", None)
        name = getattr(__obj, "__name__", "")
        if isinstance(text, str) and name in ("join", "replace"):
            function: Callable[..., Any] = _replace if name == "replace" else _join
            return function(text, *args, **kwargs) if name == "replace" else function(*args, text)
        return weighed(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds."""
        _meter().step()
        if operator == "**" and (abs(left) > 1e6 or abs(right) > 10):
            raise TemplateError("The chat template makes a number that is too large.")
        if operator == "%" and isinstance(left, str) and any(c.isdigit() or c == "*" for c in left):
            raise TemplateError("Chat templates may not format to a width.")
        if operator == "*":
            for values, times in ((left, right), (right, left)):
                if isinstance(values, str | list | tuple) and isinstance(times, int):
                    most = MAX_TEXT if isinstance(values, str) else _MAX_ITEMS
                    if len(values) * times > most:
                        raise TemplateError("The chat template makes a text or list that is too long.")
        return weighed(super().call_binop(context, operator, left, right))


class _Weigh(jinja2.visitor.NodeTransformer):
    """Weighs what literals and ``~`` make."""

    def __init__(self, environment: ChatEnvironment) -> None:
        self._environment = environment

    def _visit(self, node: nodes.Node) -> nodes.Node:
        self.generic_visit(node)
        if getattr(node, "ctx", "load") != "load":
            return node
        return self._environment._filtered(node, "_aigc_weighed")

    visit_List = visit_Dict = visit_Tuple = _visit  # noqa: N815  # Jinja's visitor protocol

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # Jinja's visitor protocol
        self.generic_visit(node)
        node.nodes = [self._environment._filtered(part, "_aigc_weighed") for part in node.nodes]
        return self._environment._filtered(node, "_aigc_weighed")
