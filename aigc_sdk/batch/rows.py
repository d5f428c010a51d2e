"""Rows of a JSONL file: what a line may hold, and how a bad one becomes an error row. See docs/jsonl.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aigc_sdk.content import Text
from aigc_sdk.errors import AigcError, BadInputError, ContractError, InputTooLargeError
from aigc_sdk.score import Score
from aigc_sdk.verdict import Verdict

MAX_LINE_BYTES: Final = 8 << 20
"""Longest line read; a longer one is skipped piece by piece, never held in memory."""
MAX_FILE_BYTES: Final = 8 << 20
"""Largest file that ``path`` may name."""

_LINE_ENDS: Final = (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""Characters that JSON allows as they are but many readers take for the end of a line."""

_JSON_NAMES: Final = {
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
} | {type(None): "null"}
_WANTED: Final = {
    "id": "must be a string of 1 to 512 characters or an integer",
    "inputs": "must be a string, a number, true, false, a list of those, or null",
    "reference": "must be a string or a list of strings",
}
"""What a field must be, where a union of types would name only its first."""

Scalar: TypeAlias = str | int | float | bool
RowId: TypeAlias = str | int


class JsonlMessage(BaseModel):
    """One chat message."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    role: Literal["system", "user", "assistant", "tool"]
    content: str


class JsonlRow(BaseModel):
    """One object of an input file. Nothing but these fields is accepted; types are not coerced.

    Attributes:
        id: Names the row in the output; without one it is ``"line:N"``. Random draws derive from it.
        text: The content itself (for ``generate``: the prompt).
        path: A text file with the content, relative to the input file's folder.
        inputs: Flat map of attributes.
        messages: Chat messages.
        language: BCP 47 primary tag.
        stage: Where ``moderate`` looks: overrides the command's ``--stage``.
        reference: Reference texts for ``evaluate``.
        options: Options of the generator, over those of the command line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(min_length=1, max_length=512)] | int | None = None
    text: str | None = None
    path: Annotated[str, Field(min_length=1)] | None = None
    inputs: dict[str, Scalar | list[Scalar] | None] | None = None
    messages: list[JsonlMessage] | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")] | None = None
    stage: Literal["prompt", "output", "retrieved"] | None = None
    reference: str | list[str] | None = None
    options: dict[str, Any] | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """The references as a tuple."""
        if self.reference is None:
            return ()
        return (self.reference,) if isinstance(self.reference, str) else tuple(self.reference)

    @property
    def given(self) -> dict[str, Scalar | list[Scalar]]:
        """The attributes that have a value: null means not given."""
        return {name: value for name, value in (self.inputs or {}).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Row:
    """A good line. ``content`` is the text, or what the file at ``path`` holds."""

    number: int
    id: RowId
    data: JsonlRow
    content: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that cannot be used, and why. ``id`` is the line's own where it could be read."""

    number: int
    id: RowId
    error: AigcError


@dataclass(frozen=True, slots=True)
class RowResult:
    """One line of the output."""

    id: RowId
    text: str | None = None
    verdict: Verdict | None = None
    scores: tuple[Score, ...] = ()
    error: Exception | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, with the fields that are always there first."""
        return {
            "id": self.id,
            "text": self.text,
            "verdict": None if self.verdict is None else self.verdict.as_dict(),
            "scores": [score.model_dump(mode="json") for score in self.scores],
            "error": None if self.error is None else error_dict(self.error),
            **self.extra,
        }

    def line(self) -> bytes:
        """The row as a line of UTF-8 JSON."""
        try:
            data = self.as_dict()
            text = json.dumps(data, ensure_ascii=False, allow_nan=False)
        except (ValueError, TypeError, RecursionError) as error:
            # Only what the SDK made itself is written in its place: a verdict may be what is broken.
            broken = ContractError(f"A component returned values that are no JSON: {type(error).__name__}.")
            return RowResult(self.id, error=broken).line()
        for char, escape in _LINE_ENDS:
            text = text.replace(char, escape)
        try:
            return text.encode() + b"\n"
        except UnicodeEncodeError:
            # A component put a lone surrogate somewhere: escaped, the row survives.
            return json.dumps(data, allow_nan=False).encode() + b"\n"


def error_dict(error: Exception) -> dict[str, str | None]:
    """``{"code", "message", "hint"}`` of any exception."""
    if isinstance(error, AigcError):
        return {"code": error.code, "message": error.message, "hint": error.hint}
    return {"code": "internal", "message": f"{type(error).__name__}: {error}", "hint": None}


def read_rows(
    stream: BinaryIO, base: Path, *, max_line: int = MAX_LINE_BYTES, max_file: int = MAX_FILE_BYTES
) -> Iterator[Row | BadRow]:
    """One `Row` or `BadRow` a line, in order; never raises for what a line holds.

    Args:
        stream: The file, opened for bytes.
        base: Folder that ``path`` is relative to.
        max_line: Bytes over which a line is refused.
        max_file: Bytes over which a file is refused.
    """
    number = 0
    while raw := stream.readline(max_line + 1):
        number += 1
        if len(raw) > max_line and not raw.endswith(b"\n"):
            _skip_rest(stream)
            error = InputTooLargeError(
                f"Line {number} is longer than {max_line:,} bytes.", hint="Use `path`."
            )
            yield BadRow(number, f"line:{number}", error)
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        yield _parse(raw, number, base, max_file)


def _skip_rest(stream: BinaryIO) -> None:
    while piece := stream.readline(1 << 20):
        if piece.endswith(b"\n"):
            return


def _parse(raw: bytes, number: int, base: Path, max_file: int) -> Row | BadRow:
    row_id: RowId = f"line:{number}"
    try:
        given = _load(raw, number)
        row_id = _own_id(given, row_id)
        _check_strings(given, number)
        data = JsonlRow.model_validate(given)
        content = data.text
        if data.path is not None:
            if data.text is not None:
                raise BadInputError(f"Line {number} has both `text` and `path`.", hint="Give one of them.")
            content = _read_text(base / data.path, number, max_file)
        return Row(number, row_id, data, content)
    except ValidationError as error:
        return BadRow(number, row_id, _explain(error, number))
    except RecursionError:
        return BadRow(number, row_id, BadInputError(f"Line {number} is nested too deeply."))
    except AigcError as error:
        return BadRow(number, row_id, error)


def _load(raw: bytes, number: int) -> dict[str, Any]:
    try:
        given = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"Line {number} is not valid UTF-8 (byte {error.start}).", hint="Save the file as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        what = "is empty" if not raw.strip() else f"is not valid JSON (column {error.colno}: {error.msg})"
        raise BadInputError(f"Line {number} {what}.", hint="Write one JSON object a line.") from None
    except (ValueError, RecursionError) as error:
        # NaN and Infinity, integers of thousands of digits, thousands of nested brackets.
        raise BadInputError(f"Line {number} is no usable JSON: {error}.") from None
    if not isinstance(given, dict):
        raise BadInputError(
            f"Line {number} holds {_JSON_NAMES.get(type(given), 'a JSON value')}, not a JSON object.",
            hint='For example {"id": "1", "text": "…"}.',
        )
    return given


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _own_id(given: Mapping[str, Any], otherwise: RowId) -> RowId:
    """The line's id if it can be written back as it is, so that even an error row carries it."""
    found = given.get("id")
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, str) and 1 <= len(found) <= 512:
        try:
            Text(found)
        except BadInputError:
            return otherwise
        return found
    return otherwise


def _check_strings(value: Any, number: int, where: str = "") -> None:
    """Refuse NUL and lone surrogates anywhere: neither can be stored or hashed faithfully."""
    if isinstance(value, str):
        try:
            Text(value)
        except BadInputError as error:
            place = f" in {where!a}" if where else ""
            raise BadInputError(f"Line {number}{place}: {error.message}", hint=error.hint) from None
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_strings(key, number, where or "a field's name")
            _check_strings(inner, number, where or key)
    elif isinstance(value, list):
        for inner in value:
            _check_strings(inner, number, where)


def _read_text(path: Path, number: int, max_file: int) -> str:
    try:
        if not path.is_file():
            raise FileNotFoundError("there is no such file")
        with path.open("rb") as stream:
            data = stream.read(max_file + 1)
    except (OSError, ValueError) as error:
        raise BadInputError(f"Line {number}: {path} cannot be read: {error}.") from None
    if len(data) > max_file:
        raise InputTooLargeError(f"Line {number}: {path} is larger than {max_file:,} bytes.")
    try:
        return Text(data.decode("utf-8-sig")).text
    except UnicodeDecodeError:
        raise BadInputError(f"Line {number}: {path} is not UTF-8 text.", hint="Only text so far.") from None
    except BadInputError as error:
        raise BadInputError(f"Line {number}: {path}: {error.message}", hint=error.hint) from None


def _explain(error: ValidationError, number: int) -> BadInputError:
    """What is wrong with which field; never quotes the value."""
    seen: dict[str, str] = {}
    for row in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(row["loc"][0])
        if row["type"] == "extra_forbidden" and len(row["loc"]) == 1:
            seen.setdefault(name, f"unknown field {ascii(name)[:80]}")
        else:
            # One line a field: a union reports once for each of its members.
            place, said = name, row["msg"]
            if name in _WANTED and (name != "inputs" or len(row["loc"]) > 1):
                said = _WANTED[name]
                if name == "inputs":
                    place = f"inputs[{str(row['loc'][1])!r:.80}]"
            elif name == "messages" and len(row["loc"]) > 1:
                place = ".".join(str(part)[:40] for part in row["loc"][:3])
            seen.setdefault(name, f"{place}: {said}")
    fields = ", ".join(JsonlRow.model_fields)
    return BadInputError(f"Line {number}: {'; '.join(seen.values())}.", hint=f"Fields: {fields}.")
