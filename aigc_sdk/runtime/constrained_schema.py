"""Which JSON Schemas constrain output: a subset of draft 2020-12, checked before anything is compiled.

Schemas come from users, so their size is bounded, references stay within them, and whatever is not understood is
refused by name and place: a keyword that were silently left out would be a promise that nobody keeps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import unquote

from aigc_sdk.errors import InputTooLargeError, OptionError

MAX_BYTES = 64 << 10
"""Longest schema as compact JSON in UTF-8."""
MAX_SUBSCHEMAS = 512
MAX_DEPTH = 32
MAX_ENUM = 1024
"""Most values of all ``enum`` together."""
MAX_LENGTH = 100_000
"""Largest ``minLength``, ``maxLength``, ``minItems`` and ``maxItems``."""
MAX_PATTERN = 1000
"""Longest regular expression, characters."""

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
FORMATS = ("date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid")
ANNOTATIONS = frozenset(
    [
        "$comment",
        "$schema",
        "default",
        "deprecated",
        "description",
        "examples",
        "readOnly",
        "title",
        "writeOnly",
    ]
)
"""Keywords that constrain nothing and are left out."""
_IN_PLACE = ("allOf", "anyOf", "oneOf")

_CONTROL = re.compile("[\x00-\x07\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_ASCII_CLASSES = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[0-9A-Za-z_]",
    "W": "[^0-9A-Za-z_]",
}


@dataclass(frozen=True, slots=True)
class CheckedSchema:
    r"""A schema that may be compiled.

    Attributes:
        root: The schema without annotations, ``\d`` and ``\w`` spelt out as the ASCII classes of ECMA-262.
        places: Every subschema by its JSON pointer (RFC 6901), ``""`` for the root; what ``$ref`` may name.
    """

    root: dict[str, Any]
    places: Mapping[str, Any]

    def resolve(self, reference: str) -> Any:
        """The subschema that a checked ``$ref`` names."""
        return self.places[_target(reference)]


def check_schema(schema: object) -> CheckedSchema:
    """Check a user's schema.

    Args:
        schema: A JSON object as Python values, not changed.

    Raises:
        InputTooLargeError: It is over one of this module's bounds.
        OptionError: It is no JSON, a keyword is unknown or has a wrong value; names keyword and place.
    """
    if not isinstance(schema, dict):
        raise OptionError(
            f"A JSON schema is an object, got {type(schema).__name__}.", hint='Such as {"type": "object"}.'
        )
    try:
        size = len(json.dumps(schema, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(f"The JSON schema holds something that is no JSON: {error}") from error
    if size > MAX_BYTES:
        raise InputTooLargeError(f"The JSON schema has {size} bytes; at most {MAX_BYTES} are taken.")
    walk = _Walk()
    root = walk.subschema(schema, "", 0)
    for place, reference in walk.references:
        if not reference.startswith("#") or _target(reference) not in walk.places:
            _refuse(place, "$ref", f"names {reference!r}, which is no subschema here", "Use #/$defs/….")
    checked = CheckedSchema(root, walk.places)
    _refuse_loops(checked)
    return checked


def _ascii_classes(pattern: str) -> str:
    r"""The expression with ``\d``, ``\D``, ``\w`` and ``\W`` as ECMA-262 means them: ASCII only."""
    return re.sub(r"\\(.)", lambda m: _ASCII_CLASSES.get(m[1], m[0]), pattern, flags=re.DOTALL)


def _refuse(place: str, keyword: str, why: str, hint: str | None = None) -> NoReturn:
    raise OptionError(f"JSON schema, at {place or '/'}: {keyword!r} {why}.", hint=hint)


class _Walk:
    def __init__(self) -> None:
        self.places: dict[str, Any] = {}
        self.references: list[tuple[str, str]] = []
        self._values = 0

    def subschema(self, schema: object, place: str, depth: int) -> Any:
        if isinstance(schema, bool):
            self.places[place] = schema
            return schema
        if not isinstance(schema, dict):
            raise OptionError(f"JSON schema, at {place or '/'}: a schema is an object or true or false.")
        if depth > MAX_DEPTH:
            raise InputTooLargeError(f"The JSON schema is nested deeper than {MAX_DEPTH}, at {place}.")
        if len(self.places) >= MAX_SUBSCHEMAS:
            raise InputTooLargeError(f"The JSON schema has more than {MAX_SUBSCHEMAS} subschemas.")
        kept: dict[str, Any] = {}
        self.places[place] = kept
        for keyword, value in schema.items():
            if keyword in ANNOTATIONS or (keyword == "$id" and not place):
                continue
            check = _KEYWORDS.get(keyword)
            if check is None:
                _refuse(place, keyword, "is not supported", f"Supported are {', '.join(sorted(_KEYWORDS))}.")
            kept[keyword] = check(self, value, place, keyword, depth)
        return kept

    def one(self, value: object, place: str, keyword: str, depth: int) -> Any:
        return self.subschema(value, f"{place}/{keyword}", depth + 1)

    def several(self, value: object, place: str, keyword: str, depth: int) -> list[Any]:
        if not isinstance(value, list) or not value:
            _refuse(place, keyword, "must be a list with at least one schema")
        return [self.subschema(v, f"{place}/{keyword}/{i}", depth + 1) for i, v in enumerate(value)]

    def named(self, value: object, place: str, keyword: str, depth: int) -> dict[str, Any]:
        if not isinstance(value, dict):
            _refuse(place, keyword, "must be an object of schemas")
        for name in value:
            if not isinstance(name, str):
                _refuse(place, keyword, "holds a name that is no string")
            if keyword == "patternProperties":
                self.pattern(name, place, keyword, depth)
            _check_text(name, place, keyword)
        return {
            _ascii_classes(name) if keyword == "patternProperties" else name: self.subschema(
                own, f"{place}/{keyword}/{_escaped(name)}", depth + 1
            )
            for name, own in value.items()
        }

    def reference(self, value: object, place: str, keyword: str, depth: int) -> str:
        if not isinstance(value, str):
            _refuse(place, keyword, "must be a string")
        self.references.append((place, value))
        return value

    def type(self, value: object, place: str, keyword: str, depth: int) -> Any:
        for name in value if isinstance(value, list) and value else [value]:
            if not isinstance(name, str) or name not in TYPES:
                _refuse(place, keyword, f"must be among {', '.join(TYPES)}, or a list of these")
        return value

    def enum(self, value: object, place: str, keyword: str, depth: int) -> list[Any]:
        if not isinstance(value, list) or not value:
            _refuse(place, keyword, "must be a list with at least one value")
        self._values += len(value)
        if self._values > MAX_ENUM:
            raise InputTooLargeError(f"The JSON schema has more than {MAX_ENUM} values in {keyword!r}.")
        _check_text(value, place, keyword)
        return value

    def const(self, value: object, place: str, keyword: str, depth: int) -> Any:
        _check_text(value, place, keyword)
        return value

    def number(self, value: object, place: str, keyword: str, depth: int) -> Any:
        # That it is finite was seen to when the schema was written as JSON.
        if isinstance(value, bool) or not isinstance(value, int | float):
            _refuse(place, keyword, "must be a number")
        if keyword == "multipleOf" and value <= 0:
            _refuse(place, keyword, "must be above 0")
        return value

    def count(self, value: object, place: str, keyword: str, depth: int) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_LENGTH:
            _refuse(place, keyword, f"must be a whole number from 0 to {MAX_LENGTH}")
        return value

    def pattern(self, value: object, place: str, keyword: str, depth: int) -> str:
        if not isinstance(value, str) or len(value) > MAX_PATTERN:
            _refuse(place, keyword, f"must be a regular expression of at most {MAX_PATTERN} characters")
        return _ascii_classes(value)

    def format(self, value: object, place: str, keyword: str, depth: int) -> Any:
        if value not in FORMATS:
            _refuse(place, keyword, f"must be among {', '.join(FORMATS)}")
        return value

    def required(self, value: object, place: str, keyword: str, depth: int) -> Any:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            _refuse(place, keyword, "must be a list of names")
        _check_text(value, place, keyword)
        return value


_KEYWORDS: dict[str, Callable[[_Walk, Any, str, str, int], Any]] = {
    "$defs": _Walk.named,
    "$ref": _Walk.reference,
    "additionalProperties": _Walk.one,
    "allOf": _Walk.several,
    "anyOf": _Walk.several,
    "const": _Walk.const,
    "definitions": _Walk.named,
    "enum": _Walk.enum,
    "exclusiveMaximum": _Walk.number,
    "exclusiveMinimum": _Walk.number,
    "format": _Walk.format,
    "items": _Walk.one,
    "maxItems": _Walk.count,
    "maxLength": _Walk.count,
    "maximum": _Walk.number,
    "minItems": _Walk.count,
    "minLength": _Walk.count,
    "minimum": _Walk.number,
    "multipleOf": _Walk.number,
    "oneOf": _Walk.several,
    "pattern": _Walk.pattern,
    "patternProperties": _Walk.named,
    "prefixItems": _Walk.several,
    "properties": _Walk.named,
    "required": _Walk.required,
    "type": _Walk.type,
}


def _target(reference: str) -> str:
    """The JSON pointer in a reference to the schema itself."""
    return unquote(reference.removeprefix("#"))


def _escaped(name: str) -> str:
    """A name as part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _check_text(value: object, place: str, keyword: str) -> None:
    """Refuse strings that no output may hold: control characters other than white space, lone surrogates."""
    if isinstance(value, str):
        if _CONTROL.search(value):
            _refuse(place, keyword, "holds a control character or a lone surrogate")
    elif isinstance(value, dict):
        for name, own in value.items():
            if not isinstance(name, str):
                _refuse(place, keyword, "holds a name that is no string")
            _check_text(name, place, keyword)
            if keyword in ("const", "enum"):
                _check_text(own, place, keyword)
    elif isinstance(value, list):
        for own in value:
            _check_text(own, place, keyword)


def _refuse_loops(checked: CheckedSchema) -> None:
    """Refuse schemas that ask for themselves at the same place of the value: nothing can satisfy them."""
    done: set[str] = set()
    for start in checked.places:
        if start in done:
            continue
        stack: list[tuple[str, Iterator[str]]] = [(start, _asked_in_place(checked, start))]
        active = {start}
        while stack:
            place, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(place)
                active.discard(place)
                stack.pop()
            elif following in active:
                _refuse(place, "$ref", "leads back to where it stands without going into the value")
            elif following not in done:
                active.add(following)
                stack.append((following, _asked_in_place(checked, following)))


def _asked_in_place(checked: CheckedSchema, place: str) -> Iterator[str]:
    schema = checked.places[place]
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield _target(schema["$ref"])
        for keyword in _IN_PLACE:
            for index in range(len(schema.get(keyword, ()))):
                yield f"{place}/{keyword}/{index}"
