"""Running a JSONL file from the command line: files, progress bar, summary, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aigc_sdk.cli.app import App
from aigc_sdk.cli.exit_codes import ExitCode, of_error
from aigc_sdk.errors import BadInputError

if TYPE_CHECKING:
    from aigc_sdk.batch import RowTask, Summary


def run_batch(
    app: App, task: RowTask, source: str, out: str, *, batch_size: int, fail_on_error: bool
) -> ExitCode:
    """Work through ``source`` and write ``out``.

    The output is written beside its place as ``OUT.part`` and renamed when it is whole; after Ctrl-C or a crash
    the part remains.
    """
    from aigc_sdk.batch import run_jsonl

    base = Path() if source == "-" else Path(source).parent
    with reading(source) as reader, _writing(out, source) as sink, _watching(app, source, reader) as watch:
        try:
            summary = run_jsonl(reader, sink, task, base=base, batch_size=batch_size, watch=watch)
        except KeyboardInterrupt:
            if out != "-":
                app.remark(f"What was finished is in {out}.part.")
            raise
    decided = ", ".join(f"{count} {name}" for name, count in sorted(summary.decisions.items()))
    app.remark(
        f"{summary.rows} rows, {summary.errors} with an error" + (f"; {decided}" if decided else "") + "."
    )
    if summary.first_error is not None and summary.errors == summary.rows:
        # Nothing worked: that is no success, whatever the rows' own errors are.
        return of_error(summary.first_error)
    return ExitCode.ROWS if fail_on_error and summary.errors else ExitCode.OK


@contextmanager
def reading(source: str) -> Iterator[BinaryIO]:
    """The file ``source``, or standard input for ``-``."""
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 - closed below, after errors of opening are told apart
    except OSError as error:
        raise BadInputError(f"The file {source!a} cannot be read: {error}") from None
    with stream:
        yield stream


@contextmanager
def _writing(out: str, source: str) -> Iterator[BinaryIO]:
    if out == "-":
        yield sys.stdout.buffer
        return
    target = Path(out)
    if source != "-" and target.exists() and os.path.samefile(source, target):  # noqa: PTH121
        raise BadInputError("--jsonl and --out are the same file.", hint="Write the results elsewhere.")
    part = target.with_name(target.name + ".part")
    try:
        stream = part.open("wb")
    except OSError as error:
        raise BadInputError(f"{str(part)!a} cannot be written: {error}") from None
    with stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)


@contextmanager
def _watching(app: App, source: str, reader: BinaryIO) -> Iterator[Callable[[Summary], None] | None]:
    """A bar over the bytes read, since nobody knows the number of lines; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    total = None if source == "-" else Path(source).stat().st_size
    columns = (TextColumn("{task.fields[rows]} rows"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=app.err, transient=True) as bar:
        task = bar.add_task("rows", total=total, rows=0)

        def watch(summary: Summary) -> None:
            done = reader.tell() if total is not None else summary.rows
            bar.update(task, completed=done, rows=summary.rows)

        yield watch
