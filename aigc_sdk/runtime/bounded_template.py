"""The one sandbox of the SDK: Jinja templates that nobody has read, with bounded work, memory and output.

Chat templates come with models, copy templates with users. What exists for either, and how much of it, is a
`TemplateKind`; everything else does not exist: no attribute, no file, no other template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from aigc_sdk.errors import AigcError, TemplateError
from aigc_sdk.runtime.template_metering import TemplateKind, counted, gathered, meter, metered, weighed

_MAPPING_METHODS = frozenset({"items", "keys", "values", "get", "copy"})
_LIST_METHODS = frozenset({"index", "count", "copy"})
_CYCLER_NAMES = frozenset({"next", "current", "reset"})
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

# What Python raises at what a template does; the last two at its depth and its size.
_FAILURES = (
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    SyntaxError,
    RecursionError,
    MemoryError,
)


class BoundedTemplate:
    """One compiled template. Thread-safe.

    Args:
        source: Jinja source.
        kind: What exists in it, and its limits.
        name: How errors call it, at the beginning of a sentence ("Template launch.jinja").
        filters: Further filters, by name.
        functions: Further global functions, by name.

    Raises:
        TemplateError: If it is too large, malformed, or uses what does not exist here.

    Attributes:
        literals: What its author wrote: its plain text, and strings such as those to choose from.
    """

    def __init__(
        self,
        source: str,
        kind: TemplateKind,
        *,
        name: str,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
    ) -> None:
        if len(source) > kind.source:
            raise TemplateError(f"{name} is malformed: larger than {kind.source} characters.")
        self._kind = kind
        self._name = name
        environment = _Environment(kind, filters or {}, functions or {})
        try:
            with metered(name, kind):
                tree = environment.parse(source)
                self.literals = tuple(_literals(tree))
                self._template = environment.template_class.from_code(
                    environment, environment.compile(tree), environment.make_globals(None)
                )
        except AigcError:
            raise
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f" in line {line}" if line else ""
            raise TemplateError(
                f"{name} is malformed{where}: {str(error.message or error).rstrip('.')}.",
                hint="Only documented filters, tests and methods exist here.",
            ) from error
        except _FAILURES as error:
            raise TemplateError(f"{name} is malformed: {error}") from error

    def render(self, values: Mapping[str, Any], *, check: Callable[[], None] | None = None) -> str:
        """Fill the template.

        Args:
            values: Its variables: texts, numbers, lists and maps of them, and functions.
            check: Asked at every step; what it raises ends the work.

        Raises:
            TemplateError: A value is missing, a limit is passed, or it does what it may not.
        """
        written: list[str] = []
        size = 0
        try:
            with metered(self._name, self._kind, check):
                for piece in self._template.generate(dict(values)):
                    size += len(piece)
                    if size > self._kind.output:
                        raise TemplateError(f"{self._name} writes more than {self._kind.output} characters.")
                    written.append(piece)
        except AigcError:
            raise
        except jinja2.UndefinedError as error:
            raise TemplateError(
                f"{self._name} needs a value that is not given: {str(error).rstrip('.')}.",
                hint="Give it, or write {{ name|default('') }} or {% if name is defined %}.",
            ) from error
        except (jinja2.TemplateError, *_FAILURES) as error:
            raise TemplateError(f"{self._name} failed: {type(error).__name__}: {error}") from error
        return "".join(written)


def _literals(tree: nodes.Template) -> Iterator[str]:
    for data in tree.find_all(nodes.TemplateData):
        yield data.data
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield constant.value


# ---- what templates do ---------------------------------------------------------------------------------


class _Namespace(Namespace):
    """Jinja's, which cannot be turned to text: namespaces that hold one twice grow exponentially so."""

    def __repr__(self) -> str:
        raise meter().refuse("turns a namespace to text")


def _printable(value: Any) -> Any:
    gauge = meter()
    if isinstance(value, jinja2.Undefined):
        str(value)  # a strict one raises, naming the variable
    elif not isinstance(value, gauge.kind.prints):
        raise gauge.refuse(f"prints a {type(value).__name__}", "Print text and numbers; use join for lists.")
    return weighed(value)


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    del context  # taken so that Jinja does not fold printed expressions at compile time
    text = str(_printable(value))
    gauge = meter()
    gauge.step()
    gauge.print(len(text))
    return text


@jinja2.pass_context
def _printed(context: jinja2.runtime.Context, size: int) -> None:
    """Count plain text of the template; not folded either."""
    del context
    meter().print(size)


def _concat(parts: Sequence[Any]) -> str:
    return gathered(str(_printable(part)) for part in parts)


def _join(values: Iterable[Any], separator: str = "", attribute: str | int | None = None) -> str:
    found = values if attribute is None else (value[attribute] for value in values)
    return gathered((str(_printable(value)) for value in counted(found)), str(separator))


def _replace(text: str, old: str, new: str, count: int | None = -1) -> str:
    text, old, new = str(text), str(old), str(new)
    meter().text(len(text) + text.count(old) * len(new))
    return text.replace(old, new, -1 if count is None else count)


def _indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    text, margin = str(text), width if isinstance(width, str) else " " * min(max(int(width), 0), 1000)
    lines = text.split("\n")
    meter().text(len(text) + len(lines) * len(margin))
    return "\n".join(
        margin + line if (index or first) and (line or blank) else line for index, line in enumerate(lines)
    )


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    # Jinja's own raises ten to a power of the template's choice.
    found: float = jinja2.filters.do_round(value, min(max(int(precision), -20), 20), method)  # type: ignore[arg-type]
    return found


def _format(left: str, right: Any) -> None:
    """Refuse ``left % right`` if it would be too long: a width, or one long value many times."""
    gauge = meter()
    if any(character.isdigit() or character == "*" for character in left):
        raise gauge.refuse("formats to a width")
    values = right.values() if isinstance(right, Mapping) else right if isinstance(right, tuple) else (right,)
    sizes = [len(str(_printable(value))) for value in values]
    most = left.count("%") * max(sizes, default=0) if isinstance(right, Mapping) else sum(sizes)
    gauge.text(len(left) + most)


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts as a step and whose result is weighed; keeps Jinja's marks on the function."""

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        meter().step()
        return weighed(function(*args, **kwargs))

    return limited


# ---- where they do it ----------------------------------------------------------------------------------


class _Environment(ImmutableSandboxedEnvironment):
    """Compiles and renders within `metered` only."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        kind: TemplateKind,
        filters: Mapping[str, Callable[..., Any]],
        functions: Mapping[str, Callable[..., Any]],
    ) -> None:
        super().__init__(
            undefined=jinja2.StrictUndefined if kind.strict else jinja2.Undefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols"],
            loader=None,
            finalize=_finalize,
            cache_size=0,
        )
        self._string_methods = kind.string_methods
        own = {"join": _join, "replace": _replace, "indent": _indent, "round": _round}
        kept = {n: own.get(n, function) for n, function in self.filters.items() if n in kind.filters}
        inserted = {"_aigc_weighed": weighed, "_aigc_concat": _concat}
        self.filters = {n: _bounded(function) for n, function in {**kept, **inserted, **filters}.items()}
        self.filters |= {"_aigc_counted": counted, "_aigc_printed": _printed}
        self.tests = {n: t for n, t in self.tests.items() if kind.tests is None or n in kind.tests}
        known = {**self.globals, "namespace": _Namespace}
        self.globals = {n: known[n] for n in kind.globals} | dict(functions)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for other in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            raise jinja2.TemplateSyntaxError(
                "templates cannot include, import or extend others", other.lineno
            )
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = self.filtered(loop.iter, "_aigc_counted")
        for captured in list(tree.find_all(nodes.AssignBlock)):
            captured.filter = self.filtered(captured.filter, "_aigc_weighed")
        for piped in list(tree.find_all(nodes.FilterBlock)):
            piped.filter = self.filtered(piped.filter, "_aigc_weighed")
        metered_tree: nodes.Template = _Instrument(self).visit(tree)
        return metered_tree

    def filtered(self, node: nodes.Node | None, name: str) -> nodes.Filter:
        """The node with one of the inserted filters behind it."""
        made: nodes.Filter = nodes.Filter(node, name, [], [], None, None)
        made.set_environment(self)
        if node is not None:
            made.set_lineno(node.lineno)
        return made

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what is listed, by the type of what has it; a type that is not listed has nothing."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, str):
            return attr in self._string_methods
        for kinds, names in _ATTRIBUTES:
            if isinstance(obj, kinds):
                return names is None or attr in names
        return False

    def wrap_str_format(self, value: Any) -> None:
        """None: Jinja would let its own ``format`` past `is_safe_attribute`."""

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as in Jinja
        """Count and bound a call."""
        meter().step()
        text = getattr(__obj, "__self__", None)
        name = getattr(__obj, "__name__", "")
        if isinstance(text, str) and name in ("join", "replace"):
            return _replace(text, *args, **kwargs) if name == "replace" else _join(args[0], text)
        return weighed(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds."""
        gauge = meter()
        gauge.step()
        if operator == "**" and (abs(left) > 1e6 or abs(right) > 10):
            raise gauge.refuse("makes a number that is too large")
        if operator == "%" and isinstance(left, str):
            _format(left, right)
        if operator == "*":
            for values, times in ((left, right), (right, left)):
                if isinstance(times, int) and isinstance(values, str):
                    gauge.text(len(values) * times)
                elif isinstance(times, int) and isinstance(values, list | tuple):
                    gauge.items(len(values) * times)
        return weighed(super().call_binop(context, operator, left, right))


_ATTRIBUTES: tuple[tuple[type | tuple[type, ...], frozenset[str] | None], ...] = (
    (Mapping, _MAPPING_METHODS),
    ((list, tuple), _LIST_METHODS),
    (jinja2.runtime.LoopContext, _LOOP_NAMES),
    (jinja2.utils.Cycler, _CYCLER_NAMES),
    # Their public names are the template's own: its variables, its blocks.
    ((Namespace, jinja2.runtime.TemplateReference), None),
)


class _Instrument(jinja2.visitor.NodeTransformer):
    """Weighs what literals and ``~`` make, and counts the plain text that is printed."""

    def __init__(self, environment: _Environment) -> None:
        self._environment = environment

    def _visit(self, node: nodes.Node) -> nodes.Node:
        self.generic_visit(node)
        if getattr(node, "ctx", "load") != "load":
            return node
        return self._environment.filtered(node, "_aigc_weighed")

    visit_List = visit_Dict = visit_Tuple = _visit  # noqa: N815  # Jinja's visitor protocol

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # Jinja's visitor protocol
        self.generic_visit(node)
        # Jinja would join them at once, however long they are together.
        parts = nodes.List(node.nodes, lineno=node.lineno, environment=self._environment)
        return self._environment.filtered(parts, "_aigc_concat")

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:  # noqa: N802  # Jinja's visitor protocol
        self.generic_visit(node)
        size = sum(len(data.data) for data in node.nodes if isinstance(data, nodes.TemplateData))
        if not size:
            return node
        written = nodes.Const(size, lineno=node.lineno, environment=self._environment)
        counting = nodes.ExprStmt(self._environment.filtered(written, "_aigc_printed"), lineno=node.lineno)
        return [counting, node]
