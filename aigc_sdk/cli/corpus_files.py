"""Files that ``aigc corpus`` reads: works to add, training data to screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from aigc_sdk.bundles.lock import private_name
from aigc_sdk.cli.options import read_text
from aigc_sdk.content import Text
from aigc_sdk.corpus import Answer, Work
from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.progress import Progress

_TEXT_SUFFIXES: Final = (".txt", ".md")
_FIELDS: Final = ("id", "title", "source", "licence", "owner", "language")
MAX_LINE: Final = 16 << 20
"""Bytes of a row of training data."""

Judge: TypeAlias = Callable[[Text], Answer]


def read_works(
    paths: Sequence[Path], about: Mapping[str, str], single: Mapping[str, str | None]
) -> Iterator[tuple[Work, Text]]:
    """Works from text files, folders and JSON Lines files, one after the other.

    Args:
        paths: What to read.
        about: Fields for all works that do not state their own.
        single: ``id`` and ``title``, which only a single text file can take.

    Raises:
        BadInputError: If something cannot be read, or two works have one id.
    """
    files = [found for path in paths for found in _files(path)]
    fixed = {name: value for name, value in single.items() if value is not None}
    if fixed and (len(files) != 1 or files[0][0].suffix.lower() == ".jsonl"):
        raise OptionError("--id and --title are for a single text file.", hint="Use a JSON Lines file.")
    seen: dict[str, str] = {}
    for path, name in files:
        if path.suffix.lower() == ".jsonl":
            entries = _rows(path, about)
        else:
            own: dict[str, Any] = {"id": name, "title": path.stem, "source": path.name, **about, **fixed}
            entries = iter([(Work(**own), Text(read_text(str(path), "The work")), path.name)])
        for work, text, where in entries:
            if work.id in seen:
                raise BadInputError(
                    f"The id {work.id!r} is given twice: {seen[work.id]} and {where}.", hint="Rename one."
                )
            seen[work.id] = where
            yield work, text


def _files(path: Path) -> list[tuple[Path, str]]:
    """Files to read with the id each would have."""
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.suffix.lower() in _TEXT_SUFFIXES and p.is_file()]
        if not found:
            raise BadInputError(f"{path} holds no file that ends in {' or '.join(_TEXT_SUFFIXES)}.")
        return [(p, p.relative_to(path).as_posix()) for p in found]
    return [(path, path.name)]


def _rows(path: Path, about: Mapping[str, str]) -> Iterator[tuple[Work, Text, str]]:
    for number, _, row in read_lines(path):
        where = f"{path.name} line {number}"
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise BadInputError(f'{where} has no "id" and "text".')
        fields = {**about, **{name: row[name] for name in _FIELDS if row.get(name) is not None}}
        try:
            entry = Work(**{"source": path.name, **fields}), Text(row["text"])
        except BadInputError as error:
            raise BadInputError(f"{where}: {error.message}", hint=error.hint) from error
        yield *entry, where


def read_lines(path: Path) -> Iterator[tuple[int, bytes, Any]]:
    """Number, bytes and JSON value of every line that is not blank.

    Raises:
        BadInputError: Naming the line that is no JSON, or longer than `MAX_LINE`.
    """
    try:
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise BadInputError(f"{path.name} line {number} is longer than {MAX_LINE:,} bytes.")
                if not line.strip():
                    continue
                try:
                    yield number, line, json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise BadInputError(f"{path.name} line {number} is no JSON: {error}") from None
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error}") from None


def screen_rows(
    train: Path, out: Path | None, fields: Sequence[str], judge: Judge, progress: Progress
) -> dict[str, Any]:
    """Judge every row, and write those that repeat nothing; all of them or, on an error, no file.

    Args:
        train: JSON Lines.
        out: Where the clean rows go, if anywhere.
        fields: Fields to look at; empty for all.
        judge: Which works a text repeats. A row whose answer is incomplete is not clean.
        progress: Told the bytes read.

    Returns:
        ``rows``, ``kept`` and ``repeats`` (line numbers with works and longest runs).
    """
    if out is not None and out.exists() and train.exists() and out.samefile(train):
        raise BadInputError("--out must not be the file that is read.")
    scratch = None if out is None else out.with_name(private_name(out.name))
    repeats: list[dict[str, Any]] = []
    rows, read = 0, 0
    total = train.stat().st_size if train.is_file() else None
    try:
        sink = None if scratch is None else scratch.open("wb")
        try:
            for number, line, row in read_lines(train):
                rows, read = rows + 1, read + len(line)
                found = _judged(row, fields, judge, f"{train.name} line {number}")
                if found is not None:
                    repeats.append({"line": number, "matches": found})
                elif sink is not None:
                    sink.write(line if line.endswith(b"\n") else line + b"\n")
                progress("screen", read, total)
        finally:
            if sink is not None:
                sink.close()
        if scratch is not None and out is not None:
            scratch.replace(out)
    except OSError as error:
        raise BadInputError(f"{out} cannot be written: {error}") from None
    finally:
        if scratch is not None:
            scratch.unlink(missing_ok=True)
    return {"rows": rows, "kept": rows - len(repeats), "repeats": repeats}


def _judged(row: Any, fields: Sequence[str], judge: Judge, where: str) -> list[dict[str, Any]] | None:
    """The works a row repeats, or None where it is clean."""
    if fields:
        if not isinstance(row, dict) or not any(name in row for name in fields):
            raise BadInputError(f"{where} has none of the fields {', '.join(fields)}.")
        row = [row[name] for name in fields if name in row]
    found: list[dict[str, Any]] = []
    complete = True
    for text in _texts(row):
        try:
            answer = judge(Text(text))
        except BadInputError as error:
            raise BadInputError(f"{where}: {error.message}", hint=error.hint) from error
        complete = complete and answer.complete
        for match in answer.matches:
            longest = match.longest
            tokens = 0 if longest is None else longest.tokens
            found.append({"work": match.work.id, "tokens": tokens, "similarity": round(match.similarity, 4)})
    return found if found or not complete else None


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
