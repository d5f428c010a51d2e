"""The Jinja environment of users' templates: short lists of what exists, and meters in every template's tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from aigc_sdk.errors import TemplateError
from aigc_text.generators.copy.metering import MAX_STEPS, MAX_STRING, bounded, meter, ticking

_FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "float",
        "int",
        "last",
        "length",
        "list",
        "lower",
        "max",
        "min",
        "reverse",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
        "wordcount",
    ]
)
_TESTS = frozenset(
    [
        "boolean",
        "defined",
        "divisibleby",
        "eq",
        "equalto",
        "even",
        "false",
        "float",
        "ge",
        "greaterthan",
        "gt",
        "in",
        "integer",
        "le",
        "lessthan",
        "lower",
        "lt",
        "mapping",
        "ne",
        "none",
        "number",
        "odd",
        "sequence",
        "string",
        "true",
        "undefined",
        "upper",
    ]
)
_STRING_METHODS = frozenset(
    [
        "capitalize",
        "count",
        "endswith",
        "find",
        "isdigit",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "title",
        "upper",
    ]
)
_MAPPING_METHODS = frozenset({"items", "keys", "values", "get"})
_LOOP_NAMES = frozenset(
    [
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "cycle",
        "depth",
        "depth0",
        "previtem",
        "nextitem",
        "changed",
    ]
)


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    del context  # taken so that Jinja does not fold printed expressions at compile time
    gauge = meter()
    gauge.step()
    if isinstance(value, jinja2.Undefined):
        str(value)  # StrictUndefined raises, naming the variable
    if value is None or not isinstance(value, str | int | float):
        raise TemplateError(
            f"The template prints a {type(value).__name__}.",
            hint="Print text and numbers; use join for lists.",
        )
    text = str(bounded(value))
    gauge.print(text)
    return text


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if len(made) > MAX_STEPS:
        raise TemplateError(f"The template counts over more than {MAX_STEPS} numbers.")
    return made


def _join(values: Iterable[Any], separator: str = "") -> str:
    parts, size = [], 0
    for value in ticking(values):
        parts.append(str(_printable(value)))
        size += len(parts[-1]) + len(str(separator))
        if size > MAX_STRING + len(str(separator)):
            raise TemplateError(f"The template makes a text of more than {MAX_STRING} characters.")
    return str(separator).join(parts)


def _round(value: float, digits: int = 0) -> float:
    return round(value, min(max(int(digits), -10), 10))


class CopyEnvironment(ImmutableSandboxedEnvironment):
    """The environment users' templates run in."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(
            undefined=jinja2.StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=None,
            finalize=_finalize,
            cache_size=0,
        )
        filters = {name: sized(function) for name, function in self.filters.items() if name in _FILTERS}
        own = {"join": _join, "round": _round, "_aigc_sized": bounded, "_aigc_ticking": ticking}
        self.filters = {**filters, **own, "_aigc_printable": _printable}
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}
        self.globals = {"range": _range, "namespace": self.globals["namespace"]}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _instrument(super()._parse(source, name, filename), self)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what the short lists name."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, str):
            return attr in _STRING_METHODS
        if isinstance(obj, Mapping):
            return attr in _MAPPING_METHODS
        if isinstance(obj, jinja2.runtime.LoopContext):
            return attr in _LOOP_NAMES
        return isinstance(obj, jinja2.utils.Namespace | jinja2.runtime.TemplateReference)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as in Jinja
        """Count and bound a call."""
        meter().step()
        return bounded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds; ``%`` and ``**`` for numbers only."""
        meter().step()
        if operator in ("%", "**") and not all(isinstance(v, int | float) for v in (left, right)):
            raise TemplateError(f"Templates use {operator} with numbers only.")
        if operator == "**" and (abs(left) > 1e6 or abs(right) > 10):
            raise TemplateError("The template makes a number that is too large.")
        if operator == "*":
            for text, times in ((left, right), (right, left)):
                if isinstance(text, str | list | tuple) and (
                    not isinstance(times, int) or len(text) * max(times, 0) > MAX_STRING
                ):
                    raise TemplateError(f"The template makes a text of more than {MAX_STRING} characters.")
        return bounded(super().call_binop(context, operator, left, right))


def sized(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter with a bounded result; keeps Jinja's marks on the function."""

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        meter().step()
        return bounded(function(*args, **kwargs))

    return limited


def _instrument(template: nodes.Template, environment: CopyEnvironment) -> nodes.Template:
    """Insert the meters: around loops' iterables, joined strings and captured blocks."""
    for kind in (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
        for found in template.find_all(kind):
            raise jinja2.TemplateSyntaxError(
                "templates cannot include, import or extend others", found.lineno
            )
    for literal in template.find_all((nodes.List, nodes.Tuple, nodes.Dict)):
        if getattr(literal, "ctx", "load") == "load":
            _only_constants(literal)
    for loop in list(template.find_all(nodes.For)):
        loop.iter = _filtered(loop.iter, "_aigc_ticking", environment)
    for block in list(template.find_all(nodes.AssignBlock)):
        block.filter = _filtered(block.filter, "_aigc_sized", environment)
    for filtered in list(template.find_all(nodes.FilterBlock)):
        filtered.filter = _filtered(filtered.filter, "_aigc_sized", environment)
    return _Joins(environment).visit(template)  # type: ignore[no-any-return]  # returns the node it was given


class _Joins(jinja2.visitor.NodeTransformer):
    def __init__(self, environment: CopyEnvironment) -> None:
        self._environment = environment

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # Jinja's visitor protocol
        self.generic_visit(node)
        # A list within "~" would be turned to text unmetered.
        node.nodes = [_filtered(part, "_aigc_printable", self._environment) for part in node.nodes]
        return _filtered(node, "_aigc_sized", self._environment)


def _filtered(node: nodes.Node | None, name: str, environment: CopyEnvironment) -> nodes.Filter:
    made: nodes.Filter = nodes.Filter(node, name, [], [], None, None)
    made.set_environment(environment)
    if node is not None:
        made.set_lineno(node.lineno)
    return made


def _only_constants(literal: nodes.Node) -> None:
    children = list(literal.iter_child_nodes())
    if isinstance(literal, nodes.Dict):
        children = [child for pair in children for child in pair.iter_child_nodes()]
    for child in children:
        if not isinstance(child, nodes.Const | nodes.Concat | nodes.Neg):
            raise jinja2.TemplateSyntaxError("literal lists and maps hold constants only", literal.lineno)


def _printable(value: Any) -> Any:
    if isinstance(value, jinja2.Undefined):
        str(value)
    if not isinstance(value, str | int | float):
        raise TemplateError(
            f"The template joins a {type(value).__name__} to a text.", hint="Use join for lists."
        )
    return bounded(value)
