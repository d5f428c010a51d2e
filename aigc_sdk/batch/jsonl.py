"""The loop over a JSONL file: constant memory, batches, as many lines out as in, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from aigc_sdk.batch.rows import BadRow, Row, RowResult, read_rows
from aigc_sdk.batch.tasks import RowTask, as_rows_of_errors
from aigc_sdk.errors import (
    AigcError,
    BundleError,
    ContractError,
    DeviceError,
    MissingDependencyError,
    NotFoundError,
    PolicyError,
)

DEFAULT_BATCH: Final = 64

_SETUP = (NotFoundError, MissingDependencyError, DeviceError, BundleError, PolicyError)
"""Errors that every further row would meet as well."""

T = TypeVar("T")


@dataclass
class Summary:
    """What a run came to.

    Attributes:
        rows: Lines read, which is lines written.
        errors: Rows that carry an error.
        decisions: Rows by decision.
        first_error: The first error of a row, for the exit code where every row failed.
    """

    rows: int = 0
    errors: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    first_error: Exception | None = None

    def add(self, result: RowResult) -> None:
        """Count one row."""
        self.rows += 1
        if result.error is not None:
            self.errors += 1
            self.first_error = self.first_error or result.error
        if result.verdict is not None:
            self.decisions[str(result.verdict.decision)] += 1


def run_jsonl(
    source: BinaryIO,
    sink: BinaryIO,
    task: RowTask,
    *,
    base: Path,
    batch_size: int = DEFAULT_BATCH,
    watch: Callable[[Summary], None] | None = None,
) -> Summary:
    """Work through a file, a batch at a time.

    A bad line, or a row that fails, becomes a row with an error in its place. A batch that fails as a whole does
    so too, except in the first batch for what every further row would meet as well (a missing model): that is
    raised, since there is nothing to keep.

    Args:
        source: The input, opened for bytes.
        sink: The output, opened for bytes; flushed after every batch.
        task: What to do with the good rows.
        base: Folder that a row's ``path`` is relative to.
        batch_size: Rows worked on at once.
        watch: Called after every batch.

    Raises:
        AigcError: As said above.
        OSError: If a file cannot be read or written.
    """
    summary = Summary()
    for batch in _batches(read_rows(source, base), batch_size):
        good = [row for row in batch if isinstance(row, Row)]
        try:
            made = task(good) if good else []
            if len(made) != len(good):
                raise ContractError(f"The task returned {len(made)} rows for {len(good)}.")
        except AigcError as error:
            if summary.rows == 0 and isinstance(error, _SETUP):
                raise
            made = as_rows_of_errors(good, error)
        results = iter(made)
        for row in batch:
            result = RowResult(row.id, error=row.error) if isinstance(row, BadRow) else next(results)
            sink.write(result.line())
            summary.add(result)
        sink.flush()
        if watch is not None:
            watch(summary)
    return summary


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
