"""Work on many rows: JSON Lines in, JSON Lines out."""

from aigc_sdk.batch.jsonl import Summary, run_jsonl
from aigc_sdk.batch.rows import BadRow, JsonlRow, Row, RowResult, read_rows
from aigc_sdk.batch.tasks import EvaluateRows, GenerateRows, ModerateRows, RowTask

__all__ = [
    "BadRow",
    "EvaluateRows",
    "GenerateRows",
    "JsonlRow",
    "ModerateRows",
    "Row",
    "RowResult",
    "RowTask",
    "Summary",
    "read_rows",
    "run_jsonl",
]
