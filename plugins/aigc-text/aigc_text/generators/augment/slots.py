"""Texts from templates with slots: ``"a table for {number} at {place}"``. No template language: only names in braces are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.errors import BadInputError, InputTooLargeError

if TYPE_CHECKING:
    import numpy as np

_SLOT: Final = re.compile(r"\{([^\W\d][\w-]{0,63})\}")
MAX_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the text, and each slot with its value and place (start, end)."""

    text: str
    slots: tuple[tuple[str, str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates and what their slots may hold."""

    templates: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]

    def fill(self, rng: np.random.Generator) -> Filled:
        """One of the templates with drawn values.

        Raises:
            InputTooLargeError: The text is too long.
        """
        template = self.templates[int(rng.integers(len(self.templates)))]
        parts: list[str] = []
        slots: list[tuple[str, str, int, int]] = []
        at = size = 0
        for match in _SLOT.finditer(template):
            name, options = match[1], self.values[match[1]]
            value = options[int(rng.integers(len(options)))]
            parts += [template[at : match.start()], value]
            size += match.start() - at
            slots.append((name, value, size, size + len(value)))
            size += len(value)
            at = match.end()
            if size > MAX_TEXT:
                raise InputTooLargeError(f"A filled template has over {MAX_TEXT:,} characters.")
        return Filled("".join(parts) + template[at:], tuple(slots))


def read_templates(inputs: Mapping[str, Any]) -> Templates | None:
    """``template`` (text or a list) and its slots (``slots.city``, or a map ``slots``); None without a template.

    Raises:
        BadInputError: A template is no text, or a slot has no values.
    """
    given = inputs.get("template")
    if given is None:
        return None
    templates = tuple(given) if isinstance(given, list | tuple) else (given,)
    if not templates or not all(isinstance(t, str) and t.strip() for t in templates):
        raise BadInputError("The input 'template' must be a text or a list of texts, none of them blank.")
    slots = inputs.get("slots", {})
    named: dict[str, Any] = dict(slots) if isinstance(slots, Mapping) else {}
    named |= {key.removeprefix("slots."): value for key, value in inputs.items() if key.startswith("slots.")}
    values: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(m[1] for t in templates for m in _SLOT.finditer(t)):
        options = _values(named.get(name))
        if not options:
            raise BadInputError(
                f"The slot {{{name}}} has no values.", hint=f"Give them as the input 'slots.{name}', a list."
            )
        values[name] = options
    return Templates(templates, values)


def _values(given: Any) -> tuple[str, ...]:
    items: Sequence[Any] = given if isinstance(given, list | tuple) else [given]
    return tuple(str(item) for item in items if item is not None and str(item).strip())
