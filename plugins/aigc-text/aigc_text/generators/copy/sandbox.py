"""Users' templates in the core's sandbox: what exists in them, and how much.

The mechanism, and why nothing leaves it, is in `aigc_sdk.runtime.bounded_template`. Filters, tests, functions and
methods come from short lists; lists are never printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from aigc_sdk.context import CallContext
from aigc_sdk.runtime.bounded_template import BoundedTemplate
from aigc_sdk.runtime.template_metering import TemplateKind

MAX_SOURCE: Final = 64 * 1024
MAX_OUTPUT: Final = 20_000

COPY: Final = TemplateKind(
    source=MAX_SOURCE,
    seconds=0.5,
    steps=5_000,
    text=20_000,
    items=20_000,
    printed=4 * MAX_OUTPUT,  # captured blocks and macros print once more
    output=MAX_OUTPUT,
    filters=frozenset(
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
            "join",
            "last",
            "length",
            "list",
            "lower",
            "max",
            "min",
            "reverse",
            "round",
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
    ),
    tests=frozenset(
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
    ),
    globals=frozenset({"namespace", "range"}),
    string_methods=frozenset(
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
    ),
    prints=(str, int, float),
    strict=True,
)
"""What exists in users' templates, and the limits of one rendering."""


class SandboxedTemplate:
    """One compiled template of a user.

    Args:
        source: Jinja source.
        name: What to call it in errors.
        filters: Further filters, by name.

    Raises:
        TemplateError: If it is too large, malformed, or uses what the sandbox does not have.
    """

    def __init__(
        self, source: str, name: str, filters: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        self.name = name
        self._template = BoundedTemplate(source, COPY, name=f"Template {name}", filters=filters)
        self.literals = self._template.literals

    def render(self, values: Mapping[str, Any], *, ctx: CallContext | None = None) -> str:
        """Fill the template.

        Raises:
            TemplateError: A value is missing, a limit is passed, or it does what the sandbox forbids.
            CancelledError, DeadlineExceededError: From ``ctx``.
        """
        return self._template.render(values, check=None if ctx is None else ctx.check).strip()
