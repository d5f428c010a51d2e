"""Rows to train a text classifier on: a user's CSV or JSON lines, read strictly, cleaned, split by label.

A file has a text and a label a row, and may say with ``split`` (train, validation, test) what a row is for. Whatever is
wrong with it is said with its line.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_text.training.classify_options import ClassifyTrainingOptions

MOST_BYTES: Final = 256 << 20
MOST_ROWS: Final = 1_000_000
MOST_LABELS: Final = 5_000
LONGEST_TEXT: Final = 20_000
LONGEST_LABEL: Final = 200
_SHOWN: Final = 50

_SPLITS: Final = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "test": "test",
}
_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text and the line it starts at; ``split`` is ``train``, ``validation``, ``test`` or empty."""

    text: str
    label: str
    line: int
    split: str = ""


@dataclass(frozen=True)
class Cleaned:
    """What is left of the rows, and what was done to them.

    Attributes:
        rows: Each text once.
        read: Rows in the file.
        repeated: Rows dropped because the same text with the same label stands elsewhere.
        conflicting: Texts that have two labels: the label most of their rows have stays, on a tie none.
        conflicts: The first of them: their lines, labels, and what was kept.
    """

    rows: tuple[Row, ...]
    read: int
    repeated: int
    conflicting: int
    conflicts: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, without texts."""
        return {
            "read": self.read,
            "used": len(self.rows),
            "repeated": self.repeated,
            "conflicting": self.conflicting,
            "conflicts": list(self.conflicts),
        }


@dataclass(frozen=True)
class Dataset:
    """Cleaned rows with their labels as numbers and their splits.

    Attributes:
        rows: The rows.
        labels: What is told apart; the out-of-scope label, where there is one, stands last.
        outside: Its index, or None.
        targets: int64 [rows], indices into ``labels``.
        train, validation, test: int64 indices of rows; ``test`` may be empty.
        cleaned: What cleaning did.
    """

    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    outside: int | None
    targets: npt.NDArray[np.int64]
    train: npt.NDArray[np.int64]
    validation: npt.NDArray[np.int64]
    test: npt.NDArray[np.int64]
    cleaned: Cleaned

    @property
    def texts(self) -> list[str]:
        """Texts of all rows, white space collapsed as serving does."""
        return [" ".join(row.text.split()) for row in self.rows]


def read_dataset(path: Path, options: ClassifyTrainingOptions, seed: int) -> Dataset:
    """Read, clean and split a file.

    Raises:
        BadInputError: The file cannot be read, a row is wrong, or the labels cannot be learnt; with the line.
        InputTooLargeError: It has more bytes, rows or labels, or longer texts, than the limits of this module.
    """
    cleaned = clean(read_rows(path, options))
    return split(cleaned, path.name, options, seed)


def read_rows(path: Path, options: ClassifyTrainingOptions) -> list[Row]:
    """All rows of a CSV (or TSV) with a header, or of JSON lines; may be gzipped.

    Raises:
        BadInputError, InputTooLargeError: See `read_dataset`.
    """
    text = _decoded(path)
    parse = _from_jsonl if text.lstrip()[:1] == "{" else _from_csv
    rows: list[Row] = []
    for line, fields in parse(text, path.name, options):
        if len(rows) == MOST_ROWS:
            raise InputTooLargeError(f"{path.name}, line {line}: more than {MOST_ROWS:,} rows.")
        rows.append(_row(fields, f"{path.name}, line {line}", line, options))
    if not rows:
        raise BadInputError(f"{path.name}: holds no row.")
    return rows


def _decoded(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
            if raw[:2] == b"\x1f\x8b":
                stream.seek(0)
                with gzip.GzipFile(fileobj=stream) as unpacked:
                    raw = unpacked.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInputError(
            f"{path.name}: the gzip stream is damaged ({error}).", hint="Copy it again."
        ) from error
    except OSError as error:
        raise BadInputError(f"{path.name}: cannot be read ({error}).") from error
    if len(raw) > MOST_BYTES:
        raise InputTooLargeError(f"{path.name}: more than {MOST_BYTES >> 20} MiB of text.", hint="Split it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInputError(
            f"{path.name}, line {line}: not UTF-8.", hint="Save the file as UTF-8."
        ) from error
    bad = _UNUSABLE.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        raise BadInputError(
            f"{path.name}, line {line}: holds a NUL character.",
            hint="Save the file as UTF-8; UTF-16 without a mark looks like this.",
        )
    return text


def _from_jsonl(
    text: str, name: str, options: ClassifyTrainingOptions
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInputError(f"{name}, line {number}: not JSON ({error}).") from error
        if not isinstance(fields, dict):
            raise BadInputError(
                f"{name}, line {number}: expected an object with {options.text_column!r} and"
                f" {options.label_column!r}."
            )
        yield number, fields


def _from_csv(
    text: str, name: str, options: ClassifyTrainingOptions
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    start = 1
    try:
        for values in reader:
            line, start = start, reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if columns is None:
                columns = [value.strip() for value in values]
                wanted = {options.text_column, options.label_column}
                if not wanted <= set(columns) or len(set(columns)) != len(columns):
                    raise BadInputError(
                        f"{name}, line {line}: columns {columns!r:.120}, expected {options.text_column!r} and"
                        f" {options.label_column!r}, each once.",
                        hint="Name yours with the options text_column and label_column.",
                    )
                continue
            if len(values) != len(columns):
                raise BadInputError(
                    f"{name}, line {line}: {len(values)} values in {len(columns)} columns.",
                    hint="Put texts that hold the separator into double quotes.",
                )
            yield line, dict(zip(columns, values, strict=True))
    except csv.Error as error:
        raise BadInputError(f"{name}, line {reader.line_num}: {error}.") from error


def _row(fields: Mapping[str, Any], where: str, line: int, options: ClassifyTrainingOptions) -> Row:
    text, label = fields.get(options.text_column), fields.get(options.label_column)
    if isinstance(label, int) and not isinstance(label, bool):
        label = str(label)
    if not isinstance(text, str) or not text.strip():
        raise BadInputError(f"{where}: {options.text_column!r} is empty or no text.")
    if not isinstance(label, str) or not label.strip():
        raise BadInputError(f"{where}: {options.label_column!r} is empty or no text.")
    if len(text) > LONGEST_TEXT:
        raise InputTooLargeError(
            f"{where}: a text of {len(text):,} characters; the limit is {LONGEST_TEXT:,}."
        )
    label = " ".join(label.split())
    if len(label) > LONGEST_LABEL:
        raise InputTooLargeError(f"{where}: a label of {len(label):,} characters: are the columns swapped?")
    if _UNUSABLE.search(text) or _UNUSABLE.search(label):
        raise BadInputError(f"{where}: holds a NUL character or a lone surrogate.")
    stated = fields.get(options.split_column)
    if stated is None or stated == "":
        return Row(text, label, line)
    part = _SPLITS.get(str(stated).strip().lower())
    if part is None:
        raise BadInputError(
            f"{where}: {options.split_column!r} is {str(stated)[:40]!r}.",
            hint="Use train, validation or test.",
        )
    return Row(text, label, line, part)


_PRIORITY: Final = {"test": 0, "validation": 1, "train": 2, "": 3}


def clean(rows: Sequence[Row]) -> Cleaned:
    """Each text once: what is judged by is kept out of training, and a text with two labels has the commoner or none."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[" ".join(row.text.split()).casefold()].append(row)
    kept: list[Row] = []
    conflicts: list[dict[str, Any]] = []
    conflicting = repeated = 0
    for group in groups.values():
        ranked = Counter(row.label for row in group).most_common()
        winner = ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
        if len(ranked) > 1:
            conflicting += 1
            if len(conflicts) < _SHOWN:
                conflicts.append(
                    {
                        "lines": [row.line for row in group][:_SHOWN],
                        "labels": [label for label, _ in ranked],
                        "kept": winner,
                    }
                )
        same = [row for row in group if row.label == winner]
        if same:
            kept.append(min(same, key=lambda row: (_PRIORITY[row.split], row.line)))
            repeated += len(same) - 1
    kept.sort(key=lambda row: row.line)
    return Cleaned(tuple(kept), len(rows), repeated, conflicting, tuple(conflicts))


def split(cleaned: Cleaned, name: str, options: ClassifyTrainingOptions, seed: int) -> Dataset:
    """Number the labels and divide the rows, each label in the same shares.

    Rows keep the split the data states. Of the others, and where the data names no validation or test rows, shares are
    drawn; a label with few rows keeps one for training, then gives one to validation.

    Raises:
        BadInputError: There are fewer than two labels, or one has a single row to learn and to judge by.
    """
    rows = cleaned.rows
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.label, row)
    outside_label = options.out_of_scope_label
    if outside_label is not None and outside_label not in first:
        raise BadInputError(
            f"{name}: no row has the out-of-scope label {outside_label!r}.", hint="Leave the option out."
        )
    labels = sorted(label for label in first if label != outside_label)
    if len(labels) < 2:
        raise BadInputError(
            f"{name}: all rows from line {rows[0].line if rows else 1} on have the label"
            f" {(labels or ['none'])[0]!r}; a classifier needs two."
        )
    if len(labels) > MOST_LABELS:
        raise InputTooLargeError(
            f"{name}: {len(labels):,} labels; the limit is {MOST_LABELS:,}.", hint="Are the columns swapped?"
        )
    if outside_label is not None:
        labels.append(outside_label)
    numbers = {label: index for index, label in enumerate(labels)}
    targets = np.array([numbers[row.label] for row in rows], dtype=np.int64)
    stated = {row.split for row in rows}
    shares = {
        "validation": 0.0 if "validation" in stated else options.validation,
        "test": 0.0 if "test" in stated else options.test,
    }
    parts = np.array([row.split for row in rows], dtype="<U10")
    draw = np.random.default_rng([seed, 0x5917])
    for index, label in enumerate(labels):
        free = np.flatnonzero((targets == index) & ((parts == "") | (parts == "train")))
        free = free[draw.permutation(len(free))]
        wanted = {part: round(share * len(free)) for part, share in shares.items()}
        if shares["validation"]:
            wanted["validation"] = max(1, wanted["validation"])
        wanted["test"] = max(0, min(wanted["test"], len(free) - 1 - wanted["validation"]))
        if len(free) - sum(wanted.values()) < 1:
            raise BadInputError(
                f"{name}, line {first[label].line}: the label {label!r} has too few rows to train on"
                f" ({int((targets == index).sum())} in all); it needs one to learn from and one to choose by.",
                hint="Add rows, or join it with another label.",
            )
        begin = 0
        for part, count in wanted.items():
            parts[free[begin : begin + count]] = part
            begin += count
        parts[free[begin:]] = "train"
    chosen = {part: np.flatnonzero(parts == part) for part in ("train", "validation", "test")}
    return Dataset(
        rows,
        tuple(labels),
        None if outside_label is None else len(labels) - 1,
        targets,
        chosen["train"],
        chosen["validation"],
        chosen["test"],
        cleaned,
    )
