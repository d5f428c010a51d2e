"""A Jinja environment for templates that nobody has read: no attributes, no files, bounded work and output.

On top of Jinja's immutable sandbox:

* filters, tests, globals and string methods come from short lists; ``attr``, ``format``, ``map``, ``include`` and
  ``import`` do not exist;
* every loop turn, call and printed expression is a step, steps and seconds are limited;
* every string that an operation makes is limited, and so is the output; lists are never printed, and literal
  lists hold constants only, so that no nesting can grow exponentially.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jinja2
from jinja2 import nodes

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, TemplateError
from aigc_text.generators.copy.environment import CopyEnvironment, sized
from aigc_text.generators.copy.metering import MAX_OUTPUT, metered

MAX_SOURCE = 64 * 1024


class SandboxedTemplate:
    """One compiled template.

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
        if len(source) > MAX_SOURCE:
            raise TemplateError(f"Template {name} is larger than {MAX_SOURCE} characters.")
        self.name = name
        self._environment = CopyEnvironment()
        self._environment.filters.update({k: sized(f) for k, f in (filters or {}).items()})
        try:
            with metered(None):
                tree = self._environment._parse(source, name, None)
                self.literals = tuple(_literals(tree))
                self._template = self._environment.from_string(source)
        except TemplateError:
            raise
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f", line {line}" if line else ""
            raise TemplateError(
                f"Template {name}{where}: {str(getattr(error, 'message', error)).rstrip('.')}.",
                hint="Only the filters and methods in the documentation exist here.",
            ) from error
        except (
            ArithmeticError,
            LookupError,
            MemoryError,
            RecursionError,
            SyntaxError,
            TypeError,
            ValueError,
        ) as error:
            raise TemplateError(f"Template {name} cannot be compiled: {error}") from error

    def render(self, values: Mapping[str, Any], *, ctx: CallContext | None = None) -> str:
        """Fill the template.

        Raises:
            TemplateError: A value is missing, a limit is passed, or it does what the sandbox forbids.
            CancelledError, DeadlineExceededError: From ``ctx``.
        """
        out: list[str] = []
        size = 0
        try:
            with metered(ctx):
                for piece in self._template.generate(dict(values)):
                    size += len(piece)
                    if size > MAX_OUTPUT:
                        raise TemplateError(f"The template writes more than {MAX_OUTPUT} characters.")
                    out.append(piece)
        except AigcError:
            raise
        except jinja2.UndefinedError as error:
            raise TemplateError(
                f"Template {self.name} needs a value that the inputs lack: {error}.",
                hint="Give it, or write {{ name|default('') }} or {% if name is defined %}.",
            ) from error
        except jinja2.TemplateError as error:
            raise TemplateError(f"Template {self.name}: {str(error).rstrip('.')}.") from error
        except (
            ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
        ) as error:  # fmt: skip
            raise TemplateError(f"Template {self.name} failed: {type(error).__name__}: {error}") from error
        return "".join(out).strip()


def _literals(tree: nodes.Template) -> Iterator[str]:
    """What the template's author wrote: its plain text, and strings such as those to choose from."""
    for data in tree.find_all(nodes.TemplateData):
        yield data.data
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield constant.value
