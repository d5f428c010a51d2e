"""Does a JSON value satisfy a checked schema? Time is bounded by the sizes of both, whatever either holds.

Regular expressions are matched by pydantic's engine (Rust's ``regex``), which takes linear time: a schema that comes
from a user could stall Python's. ``format`` is left to the grammar: here it is an annotation, as the standard has it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from aigc_sdk.errors import OptionError
from aigc_sdk.runtime.constrained_schema import CheckedSchema


def first_violation(value: Any, schema: CheckedSchema, subschema: Any = None) -> str | None:
    """Where and how a value breaks a schema, such as ``/items/0: 'minLength' is 1``; None where it keeps it.

    Args:
        value: As `json.loads` gives it.
        schema: The schema.
        subschema: One of its places, to check against that alone.

    Raises:
        RecursionError: The value is nested too deeply.
    """
    return _Check(schema).violation(value, schema.root if subschema is None else subschema, "")


def json_equal(left: Any, right: Any) -> bool:
    """Equality of JSON values: 1 and 1.0 are equal, 1 and true are not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(json_equal(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(json_equal(own, right[name]) for name, own in left.items())
    return bool(left == right)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> TypeAdapter[str]:
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except SchemaError as error:
        reason = str(error).strip().splitlines()[-1].strip()
        raise OptionError(f"The regular expression cannot be used: {reason}") from error


def matches(pattern: str, text: str) -> bool:
    """Does the expression match somewhere in the text?

    Raises:
        OptionError: It is no expression of Rust's ``regex`` (no look-around, no back-references), or too large.
    """
    try:
        _expression(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


def _is_type(value: Any, name: str) -> bool:
    """Is the value of that JSON type? 1.0 is an integer, true is no number."""
    if name == "null":
        return value is None
    if name == "boolean":
        return isinstance(value, bool)
    if name in ("integer", "number"):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and (name == "number" or isinstance(value, int) or value.is_integer())
    return isinstance(value, {"string": str, "array": list, "object": dict}[name])


class _Check:
    def __init__(self, schema: CheckedSchema) -> None:
        self._schema = schema
        # A value is judged once by each subschema; else nested alternatives would multiply.
        self._known: dict[tuple[int, int], str | None] = {}

    def violation(self, value: Any, schema: Any, place: str) -> str | None:
        if isinstance(schema, bool):
            return None if schema else f"{place or '/'}: nothing may stand here"
        key = (id(value), id(schema))
        if key not in self._known:
            self._known[key] = self._judge(value, schema, place)
        return self._known[key]

    def _judge(self, value: Any, schema: dict[str, Any], place: str) -> str | None:
        if "$ref" in schema:
            found = self.violation(value, self._schema.resolve(schema["$ref"]), place)
            if found is not None:
                return found
        broken = self._broken(value, schema)
        if broken is not None:
            limit = schema[broken]
            shown = f" is {limit!r}" if isinstance(limit, str | int | float) and len(str(limit)) < 80 else ""
            return f"{place or '/'}: {broken!r}{shown}"
        return self._combined(value, schema, place) or self._inside(value, schema, place)

    def _broken(self, value: Any, schema: dict[str, Any]) -> str | None:
        """The keyword that the value itself breaks, its parts aside."""
        if "type" in schema:
            types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            if not any(_is_type(value, name) for name in types):
                return "type"
        if "const" in schema and not json_equal(value, schema["const"]):
            return "const"
        if "enum" in schema and not any(json_equal(value, own) for own in schema["enum"]):
            return "enum"
        if isinstance(value, str):
            return _broken_text(value, schema)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _broken_number(value, schema)
        if isinstance(value, list):
            return _outside(len(value), schema, "minItems", "maxItems")
        return None

    def _combined(self, value: Any, schema: dict[str, Any], place: str) -> str | None:
        for own in schema.get("allOf", ()):
            found = self.violation(value, own, place)
            if found is not None:
                return found
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                kept = sum(self.violation(value, own, place) is None for own in schema[keyword])
                if not kept or (keyword == "oneOf" and kept > 1):
                    return f"{place or '/'}: {keyword!r} is kept by {kept} of its schemas"
        return None

    def _inside(self, value: Any, schema: dict[str, Any], place: str) -> str | None:
        if isinstance(value, list):
            first = schema.get("prefixItems", [])
            for index, item in enumerate(value):
                own = first[index] if index < len(first) else schema.get("items", True)
                found = self.violation(item, own, f"{place}/{index}")
                if found is not None:
                    return found
        elif isinstance(value, dict):
            for name in schema.get("required", ()):
                if name not in value:
                    return f"{place or '/'}: {name!r} is missing"
            for name, member in value.items():
                for own in self._of_member(name, schema):
                    found = self.violation(member, own, f"{place}/{name}")
                    if found is not None:
                        return found
        return None

    @staticmethod
    def _of_member(name: str, schema: dict[str, Any]) -> list[Any]:
        """The schemas that a member of an object must keep."""
        own = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        own += [sub for pattern, sub in schema.get("patternProperties", {}).items() if matches(pattern, name)]
        return own or [schema.get("additionalProperties", True)]


def _broken_text(value: str, schema: dict[str, Any]) -> str | None:
    found = _outside(len(value), schema, "minLength", "maxLength")
    if found is None and "pattern" in schema and not matches(schema["pattern"], value):
        return "pattern"
    return found


def _outside(size: int, schema: dict[str, Any], least: str, most: str) -> str | None:
    if size < schema.get(least, 0):
        return least
    return most if most in schema and size > schema[most] else None


def _broken_number(value: int | float, schema: dict[str, Any]) -> str | None:
    number = _exact(value)
    for keyword, broken in (
        ("minimum", number.__lt__),
        ("maximum", number.__gt__),
        ("exclusiveMinimum", number.__le__),
        ("exclusiveMaximum", number.__ge__),
    ):
        if keyword in schema and broken(_exact(schema[keyword])):
            return keyword
    # As they are written, not as binary floats: .3 is a multiple of .1.
    return "multipleOf" if "multipleOf" in schema and number % _exact(schema["multipleOf"]) else None


def _exact(value: int | float) -> Fraction:
    return Fraction(value) if isinstance(value, int) else Fraction(Decimal(repr(value)))
