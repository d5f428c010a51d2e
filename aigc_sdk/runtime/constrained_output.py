"""What output may be held to: a JSON schema, a regular expression, or one of several texts; and how it is read.

Nothing here needs a model: see `aigc_sdk.runtime.constrained` for the decoding.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from aigc_sdk.errors import IncompleteOutputError, InputTooLargeError, OptionError, OutputError
from aigc_sdk.runtime.constrained_schema import MAX_PATTERN, CheckedSchema, check_schema
from aigc_sdk.runtime.constrained_values import first_violation, matches

MAX_CHOICES = 1024
MAX_CHOICE = 1000
"""Longest choice, characters."""

_META = re.compile(r"([\\.+*?()|\[\]{}^$#&\-~/])")
_SEPARATED = {"item_separator": ", ", "key_separator": ": ", "whitespace_flexible": False}
"""One spelling of white space, the one models see most; where it is free, small models never stop writing it."""
_ESCAPES = '"\\bfnrt'
r"""Without ``\u``: no lone surrogate and no NUL can come out; other characters stand for themselves."""


class OutputConstraint(Protocol):
    """What a text is held to."""

    @property
    def grammar(self) -> tuple[str, str]:
        """Kind (``json_schema`` or ``regex``) and source; equal ones allow the same texts."""

    def parse(self, text: str) -> Any:
        """The value that a whole text stands for.

        Raises:
            OutputError: The text is not what was asked for.
        """


@dataclass(frozen=True, slots=True)
class JsonConstraint:
    """JSON that satisfies a schema, with ``", "`` and ``": "`` as separators."""

    schema: CheckedSchema

    @classmethod
    def of(cls, schema: object) -> JsonConstraint:
        """Of a user's schema.

        Raises:
            OptionError, InputTooLargeError: As `check_schema`.
        """
        return cls(check_schema(schema))

    @property
    def grammar(self) -> tuple[str, str]:
        """The schema with the spelling of JSON."""
        spelling = {**_SEPARATED, "json_allowed_escapes": _ESCAPES}
        return "json_schema", json.dumps({**self.schema.root, "x-guidance": spelling}, ensure_ascii=False)

    def parse(self, text: str) -> Any:
        """The value, checked against the schema once more."""
        try:
            value = json.loads(text, parse_float=_finite, parse_constant=_no_constant)
            broken = first_violation(value, self.schema)
        except RecursionError as error:
            raise OutputError("The JSON is nested too deeply.") from error
        except json.JSONDecodeError as error:
            raise OutputError(f"The output is no JSON: {error.msg} at character {error.pos}.") from error
        except ValueError as error:  # a number too long or too large
            raise OutputError(f"The JSON holds a number that cannot be used: {error}") from error
        if broken is not None:
            raise OutputError(f"The JSON breaks its schema at {broken}.")
        return value


@dataclass(frozen=True, slots=True)
class RegexConstraint:
    """Text that an expression matches from its first to its last character, in the syntax of Rust's ``regex``."""

    pattern: str

    @classmethod
    def of(cls, pattern: str) -> RegexConstraint:
        """Of a user's expression; ``^`` and ``$`` around it are understood and needless.

        Raises:
            OptionError: It is no such expression, or longer than `MAX_PATTERN`.
        """
        if not isinstance(pattern, str) or not 0 < len(pattern) <= MAX_PATTERN:
            raise OptionError(f"A regex has 1 to {MAX_PATTERN} characters.")
        bare = pattern.removeprefix("^")
        if bare.endswith("$") and (len(bare) - len(bare[:-1].rstrip("\\"))) % 2:
            bare = bare[:-1]
        matches(f"(?:{bare})", "")
        return cls(bare)

    @property
    def grammar(self) -> tuple[str, str]:
        """The expression."""
        return "regex", self.pattern

    def parse(self, text: str) -> str:
        """The text itself, if the expression matches it."""
        if not matches(rf"\A(?:{self.pattern})\z", text):
            raise OutputError("The output does not match the regex.")
        return text


@dataclass(frozen=True, slots=True)
class ChoiceConstraint:
    """One of several texts."""

    choices: tuple[str, ...]

    @classmethod
    def of(cls, choices: Sequence[str]) -> ChoiceConstraint:
        """Of a user's list.

        Raises:
            OptionError: It is empty, too long, or holds something else than texts.
        """
        if isinstance(choices, str) or not 0 < len(choices) <= MAX_CHOICES:
            raise OptionError(f"choices must be a list of 1 to {MAX_CHOICES} texts.")
        for choice in choices:
            if not isinstance(choice, str) or not 0 < len(choice) <= MAX_CHOICE:
                raise OptionError(f"Each of the choices must be a text of 1 to {MAX_CHOICE} characters.")
            if re.search("[\x00\ud800-\udfff]", choice):
                raise OptionError("A choice holds NUL or a lone surrogate.")
        if sum(map(len, choices)) > 64 * MAX_CHOICE:
            raise InputTooLargeError(f"The choices have more than {64 * MAX_CHOICE} characters in all.")
        return cls(tuple(dict.fromkeys(choices)))

    @property
    def grammar(self) -> tuple[str, str]:
        """The choices as alternatives of an expression."""
        return "regex", "|".join(_META.sub(r"\\\1", choice) for choice in self.choices)

    def parse(self, text: str) -> str:
        """The text itself, if it is one of the choices."""
        if text not in self.choices:
            raise OutputError("The output is none of the choices.")
        return text


def read_output(constraint: OutputConstraint, text: str, finish_reason: str) -> Any:
    """The value of generated text. Only what the model itself ended is read at all.

    Raises:
        IncompleteOutputError: It was cut off.
        OutputError: It is whole and still not what was asked for.
    """
    if finish_reason != "stop":
        raise IncompleteOutputError(
            f"The output was cut off before its end ({finish_reason}).",
            finish_reason=finish_reason,
            hint={"length": "Allow more new tokens, or bound strings and lists in the schema."}.get(
                finish_reason
            ),
        )
    return constraint.parse(text)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is out of range")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
