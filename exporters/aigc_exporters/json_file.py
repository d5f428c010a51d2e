"""JSON files of model folders, which come from anywhere: bounded, and refused with a typed error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aigc_sdk.errors import BadInputError, InputTooLargeError


def read_object(path: Path, *, most_bytes: int) -> dict[str, Any]:
    """The JSON object a file holds.

    Raises:
        BadInputError: if the file is missing, or holds anything else.
        InputTooLargeError: if it is larger than `most_bytes`.
    """
    return parse_object(_content(path, most_bytes), path.name)


def read_optional(path: Path, *, most_bytes: int) -> dict[str, Any]:
    """As `read_object`, but empty where there is no such file."""
    return read_object(path, most_bytes=most_bytes) if path.is_file() else {}


def read_list(path: Path, *, most_bytes: int) -> list[Any]:
    """The JSON list a file holds; raises as `read_object`."""
    value = _parsed(_content(path, most_bytes), path.name)
    if not isinstance(value, list):
        raise BadInputError(f"{path.name} holds no JSON list.", hint="Fetch it again.")
    return value


def parse_object(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object in `content`; two entries of one name are refused, since readers differ on which counts.

    Raises:
        BadInputError: if it is no JSON object.
    """
    value = _parsed(content, name)
    if not isinstance(value, dict):
        raise BadInputError(f"{name} holds no JSON object.", hint="Fetch it again.")
    return value


def _content(path: Path, most_bytes: int) -> bytes:
    if not path.is_file():
        raise BadInputError(f"There is no file {path.name} in {path.parent}.")
    if path.stat().st_size > most_bytes:
        raise InputTooLargeError(f"{path.name} is larger than {most_bytes:,} bytes.")
    return path.read_bytes()


def _parsed(content: bytes, name: str) -> Any:
    try:
        return json.loads(content, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        # The error's text quotes nothing longer than a position; a deep nesting has none.
        raise BadInputError(f"{name} is no JSON: {error}", hint="Fetch it again.") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an entry occurs twice")
    return found
