"""What a model says, held against the text: every text and number must stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from aigc_sdk.errors import OutputError
from aigc_sdk.runtime.constrained_schema import CheckedSchema
from aigc_sdk.runtime.constrained_values import first_violation
from aigc_text.facts.normalise import fold, tokens
from aigc_text.facts.quantities import plain
from aigc_text.generators.extract.entities import Entity
from aigc_text.generators.extract.record import Place, Record, plain_schema, pointer

_GONE = object()
_EDGED = r"(?<![A-Za-z0-9])(?<!\d[.,]){}(?![A-Za-z0-9]|[.,]\d)"
"""Neither a part of a Latin word nor of a number."""


class Grounding:
    """One text, to hold values against.

    Args:
        text: The source.
        entities: What rules find in it: dates and amounts may be said in another form.
    """

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self._text, self._entities = text, entities
        self._folded, self._origin = fold(text)
        self._numbers: dict[str, tuple[int, int]] = {}
        for token in tokens(text):
            if token.quantity is not None:
                for value in token.quantity.values:
                    self._numbers.setdefault(value, (token.start, token.end))
            for match in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?", text[token.start : token.end]):
                number = plain(Decimal(match.group().replace(",", "")))
                self._numbers.setdefault(number, (token.start + match.start(), token.start + match.end()))

    def text_place(self, value: str) -> tuple[int, int] | None:
        """Where a text stands, in any case, width and spacing, or what it is another form of; else None."""
        said = value.strip()
        if not any(c.isalnum() for c in said):
            return None
        exact = re.search(_EDGED.format(re.escape(said)) if said.isascii() else re.escape(said), self._text)
        if exact is not None:
            return exact.span()
        words = r"\s+".join(map(re.escape, fold(said)[0].split()))
        match = re.search(_EDGED.format(words) if said.isascii() else words, self._folded) if words else None
        if match is not None:
            return self._origin[match.start()], self._origin[match.end() - 1] + 1
        return next(((e.start, e.end) for e in self._entities if e.value == said), None)

    def number_place(self, value: int | float) -> tuple[int, int] | None:
        """Where a number stands, in digits or as a quantity."""
        try:
            return self._numbers.get(plain(abs(Decimal(repr(value)))))
        except InvalidOperation:
            return None


def ground(value: Any, schema: CheckedSchema, grounding: Grounding, text: str, *, drop: bool) -> Record:
    """The record of what a model said, without what the text does not hold (or with it named).

    Texts are taken as they stand in the source, not as the model spells them, where the schema accepts that. Values
    that the schema fixes (``enum``, ``const``), yes and no, and null are the model's judgement and stay.

    Raises:
        OutputError: What is left does not satisfy the schema.
    """
    walk = _Walk(schema, grounding, text, drop)
    kept = walk.value(value, schema.root, "", "")
    broken = "/: nothing is left" if kept is _GONE else first_violation(kept, schema)
    if broken is not None:
        raise OutputError(
            f"Without what the text does not hold, the extract breaks its JSON schema at {broken}.",
            hint="Make the property optional or nullable, or use ungrounded: flag.",
        )
    walk.record.value = kept
    return walk.record


class _Walk:
    def __init__(self, schema: CheckedSchema, grounding: Grounding, text: str, drop: bool) -> None:
        self._schema, self._grounding, self._text, self._drop = schema, grounding, text, drop
        self.record = Record(None)

    def value(self, value: Any, subschema: Any, said: str, path: str) -> Any:
        """What is kept of a value; ``said`` is its path in what the model said, ``path`` in what is kept."""
        schema = plain_schema(self._schema, subschema)
        if isinstance(value, dict):
            return self._object(value, schema, said, path)
        if isinstance(value, list):
            return self._list(value, schema, said, path)
        if value is None or isinstance(value, bool) or "enum" in schema or "const" in schema:
            return value
        place = (
            self._grounding.text_place(value)
            if isinstance(value, str)
            else self._grounding.number_place(value)
        )
        if place is not None:
            self.record.places.append(Place(path, *place, "model"))
            found = self._text[slice(*place)]
            keeps = isinstance(value, str) and first_violation(found, self._schema, subschema) is None
            return found if keeps and not schema.get("format") else value
        if self._drop:
            self.record.dropped.append(said)
            return _GONE
        self.record.ungrounded.append(path)
        return value

    def _object(self, value: dict[str, Any], schema: dict[str, Any], said: str, path: str) -> Any:
        kept: dict[str, Any] = {}
        for name, member in value.items():
            own = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            result = self.value(member, own, pointer(said, name), pointer(path, name))
            if result is _GONE and first_violation(None, self._schema, own) is None and own is not True:
                result = None
            if result is not _GONE:
                kept[name] = result
        return kept

    def _list(self, value: list[Any], schema: dict[str, Any], said: str, path: str) -> Any:
        kept: list[Any] = []
        first = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            own = first[index] if index < len(first) else schema.get("items", True)
            before = len(self.record.places)
            result = self.value(item, own, pointer(said, index), pointer(path, len(kept)))
            # Small models say things twice.
            if result is _GONE or (isinstance(result, str) and result in kept):
                del self.record.places[before:]
                continue
            kept.append(result)
        return kept
