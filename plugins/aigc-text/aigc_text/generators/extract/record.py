"""What was extracted: the value, and where each part of it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aigc_sdk.runtime.constrained_schema import CheckedSchema


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands.

    Attributes:
        path: JSON pointer of the value in the record.
        start: In characters of the text.
        end: Exclusive.
        basis: Why it is this value: ``entity``, ``label``, ``kind``, ``choice`` or ``model``.
        value: Its form for machines (ISO date, number and unit), where there is one.
    """

    path: str
    start: int
    end: int
    basis: str
    value: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        said: dict[str, Any] = {"path": self.path, "start": self.start, "end": self.end, "basis": self.basis}
        return said | ({"value": self.value} if self.value is not None else {})


@dataclass(slots=True)
class Record:
    """The value that is filled in, with its places."""

    value: Any
    places: list[Place] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    """Paths, in what the model said, of values that the text does not hold."""
    ungrounded: list[str] = field(default_factory=list)
    """Paths of such values that were kept."""

    def meta(self) -> dict[str, Any]:
        """What the candidate records beside its text."""
        meta: dict[str, Any] = {"json": self.value, "spans": [place.as_dict() for place in self.places]}
        said = {"dropped": self.dropped, "ungrounded": self.ungrounded}
        return meta | {name: paths for name, paths in said.items() if paths}


def pointer(path: str, part: str | int) -> str:
    """A JSON pointer one step further (RFC 6901)."""
    return f"{path}/{str(part).replace('~', '~0').replace('/', '~1')}"


def plain_schema(schema: CheckedSchema, subschema: Any) -> dict[str, Any]:
    """A subschema with its references followed, and of alternatives the first that is not null.

    Which value it really takes is for the validation at the end; this says what to look for.
    """
    seen = 0
    while isinstance(subschema, dict) and seen < 64:
        seen += 1
        inner = None
        if "$ref" in subschema:
            inner = schema.resolve(subschema["$ref"])
        else:
            for keyword in ("anyOf", "oneOf", "allOf"):
                options = [own for own in subschema.get(keyword, ()) if own != {"type": "null"}]
                if options and "properties" not in subschema and "items" not in subschema:
                    inner = options[0]
                    break
        if inner is None:
            return subschema
        rest = {k: v for k, v in subschema.items() if k not in ("$ref", "anyOf", "oneOf", "allOf")}
        subschema = {**inner, **rest} if isinstance(inner, dict) else inner
    return {}


def type_of(subschema: dict[str, Any]) -> str | None:
    """The type to fill in: the one stated, or the one that other keywords imply."""
    stated = subschema.get("type")
    for name in stated if isinstance(stated, list) else [stated]:
        if isinstance(name, str) and name != "null":
            return name
    if "properties" in subschema:
        return "object"
    if "items" in subschema:
        return "array"
    return "string" if "enum" in subschema or "pattern" in subschema or "format" in subschema else None
