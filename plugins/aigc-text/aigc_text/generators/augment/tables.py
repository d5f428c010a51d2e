"""Training data as files: CSV, TSV and JSON Lines, a row at a time, with whatever columns they have."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from aigc_sdk.errors import BadInputError

SUFFIXES: Final = (".csv", ".tsv", ".jsonl")
FROM, BY = "augmented_from", "augmented_by"
"""Columns added to variants: the number of the row they come from (the first is 1), and how they were made."""

Row = Mapping[str, Any]


class RowWriter(Protocol):
    """Writes rows."""

    def __call__(self, row: Row, /) -> None:
        """Append one."""


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise BadInputError(
            f"{path.name!a} is of no known kind.", hint=f"Files end in {', '.join(SUFFIXES)}."
        )
    return path.suffix.lower()


def read_table(path: Path) -> Iterator[Row]:
    """The rows of a file; memory does not grow with it.

    Raises:
        BadInputError: It cannot be read, is no UTF-8, has no header or twice the same one, or a row is broken.
    """
    suffix = _suffix(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _jsonl(stream, path) if suffix == ".jsonl" else _csv(stream, path, suffix)
    except OSError as error:
        raise BadInputError(f"{str(path)!a} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{str(path)!a} is not UTF-8 text.", hint="Save it as UTF-8.") from None


def _jsonl(stream: TextIO, path: Path) -> Iterator[Row]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInputError(f"{path.name} line {number} is not valid JSON: {error}.") from None
        if not isinstance(row, dict):
            raise BadInputError(f"{path.name} line {number} holds no JSON object.")
        yield row


def _csv(stream: TextIO, path: Path, suffix: str) -> Iterator[Row]:
    reader = csv.DictReader(stream, delimiter="\t" if suffix == ".tsv" else ",", strict=True)
    try:
        names = reader.fieldnames
        if not names or len(set(names)) < len(names):
            raise BadInputError(f"{path.name} has no header, or one with a name twice.")
        for row in reader:
            if None in row or None in row.values():
                raise BadInputError(
                    f"{path.name} line {reader.line_num} has not as many fields as the header."
                )
            yield row
    except csv.Error as error:
        raise BadInputError(f"{path.name} line {reader.line_num}: {error}.") from None


@contextmanager
def writing_table(path: Path, columns: list[str]) -> Iterator[RowWriter]:
    """Write rows beside the file's place, and put it there when all are written.

    Args:
        path: Where to.
        columns: Of a CSV or TSV file; JSON Lines take whatever a row has.

    Raises:
        BadInputError: It cannot be written.
    """
    suffix = _suffix(path)
    part = path.with_name(f"{path.name}.part")
    try:
        stream = part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadInputError(f"{str(part)!a} cannot be written: {error.strerror}.") from None
    with stream:
        if suffix == ".jsonl":

            def write(row: Row, /) -> None:
                stream.write(json.dumps(dict(row), ensure_ascii=False) + "\n")

            yield write
        else:
            table = csv.DictWriter(
                stream, columns, delimiter="\t" if suffix == ".tsv" else ",", restval="", lineterminator="\n"
            )
            table.writeheader()
            yield table.writerow
    part.replace(path)
