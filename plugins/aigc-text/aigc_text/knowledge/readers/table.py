"""CSV and TSV: a line a row, every value with the name of its column."""

from __future__ import annotations

import csv
import io
from typing import Final

from aigc_text.knowledge.documents import Document, Limits, TextBuilder
from aigc_text.knowledge.errors import DocumentError
from aigc_text.knowledge.readers.encodings import decode
from aigc_text.knowledge.readers.hypertext import named_row

_DELIMITERS: Final = (",", ";", "\t", "|", "，")
_SAMPLE: Final = 20
_MOST_COLUMNS: Final = 1_000


def read_table(data: bytes, limits: Limits) -> Document:
    """The first row names the columns.

    Raises:
        DocumentError: It is no text, a quotation is never closed, or it has more rows or columns than the limits allow.
    """
    text, notes = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    built = TextBuilder()
    columns: list[str] = []
    ragged = 0
    try:
        for values in reader:
            cells = [" ".join(value.split()) for value in values]
            if not any(cells):
                continue
            if not columns:
                if len(cells) > _MOST_COLUMNS:
                    raise DocumentError(f"It has {len(cells):,} columns; the limit is {_MOST_COLUMNS:,}.")
                columns = cells
                continue
            if reader.line_num > limits.rows + 1:
                raise DocumentError(f"It has more than {limits.rows:,} rows.", hint="Split it.")
            ragged += len(cells) != len(columns)
            # Short and long rows keep the names that are theirs.
            names = (columns + [""] * len(cells))[: len(cells)]
            built.add(named_row(names, cells), rows=True)
    except csv.Error as error:
        raise DocumentError(f"It is no table at line {reader.line_num:,}: {error}.") from None
    if columns and not built.sections:
        built.add("; ".join(filter(None, columns)), rows=True)
    return built.document(
        (*notes, f"{ragged} rows with more or fewer values than columns") if ragged else notes
    )


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the same number of parts, more than one."""
    lines = [line for line in text[: 1 << 16].splitlines()[: _SAMPLE * 2] if line.strip()][:_SAMPLE]
    if not lines:
        return ","

    def fit(sign: str) -> tuple[int, int]:
        parts = [line.count(sign) for line in lines]
        alike = sum(count == parts[0] for count in parts) if parts[0] else 0
        return alike, parts[0]

    return max(_DELIMITERS, key=fit)
