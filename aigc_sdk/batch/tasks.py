"""What is done with the rows of a JSONL file: generate, moderate, evaluate — a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from aigc_sdk.batch.rows import Row, RowResult
from aigc_sdk.content import Content, Message, Text
from aigc_sdk.errors import AigcError, BadInputError, ContentBlockedError
from aigc_sdk.request import Request, Sample
from aigc_sdk.result import Result
from aigc_sdk.taxonomy import Kind
from aigc_sdk.verdict import Err, Verdict

if TYPE_CHECKING:
    from aigc_sdk.studio import Studio

T = TypeVar("T")
_Values = TypeVar("_Values")


class RowTask(Protocol):
    """Turns good rows into results: as many, in order."""

    def __call__(self, rows: Sequence[Row], /) -> list[RowResult]:
        """One result a row."""


@dataclass(frozen=True)
class GenerateRows:
    """``aigc generate ID --jsonl``.

    Attributes:
        studio: Whose generator runs.
        generator: Its id.
        n: Outputs a row; with more than one they are all in the row's ``outputs``.
        language: For rows without one.
        options: For all rows; a row's own go over them.
        seed: Base seed; with a row's id it gives the row's draws.
        evaluators: Ids, or None for the generator's own.
        seconds_a_row: The batch may take that much times its rows; None for the studio's own limit.
        deterministic: Same text whatever the batch.
    """

    studio: Studio
    generator: str
    n: int = 1
    language: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    evaluators: Sequence[str] | None = None
    seconds_a_row: float | None = None
    deterministic: bool = False

    def __call__(self, rows: Sequence[Row], /) -> list[RowResult]:
        """One result a row; see `RowTask`."""

        def run(requests: Sequence[Mapping[str, Any] | Request]) -> list[Result | Err]:
            return self.studio.generate_batch(
                self.generator,
                requests,
                seed=self.seed,
                evaluators=self.evaluators,
                deadline=_deadline(self.seconds_a_row, len(requests)),
                deterministic=self.deterministic,
                online=False,
            )

        return _each(rows, self._request, run, self._result)

    def _request(self, row: Row) -> Mapping[str, Any] | Request:
        spec = self.studio.registry.generator(self.generator)
        inputs: dict[str, Any] = dict(row.data.given)
        messages = [Message(m.role, m.content) for m in row.data.messages or ()]
        if row.content is not None:
            if Kind.MESSAGES in spec.inputs:
                messages.append(Message("user", row.content))
            elif "prompt" in inputs:
                raise BadInputError(f"Line {row.number} has both a text and inputs.prompt.")
            else:
                inputs["prompt"] = row.content
        if not inputs and not messages:
            raise BadInputError(
                f"Line {row.number} has nothing to generate from.",
                hint="Give inputs, messages, text or path.",
            )
        return {
            "id": str(row.id),
            "inputs": inputs,
            "messages": messages,
            "n": self.n,
            "language": row.data.language or self.language,
            "options": {**self.options, **(row.data.options or {})} or None,
        }

    def _result(self, row: Row, made: Result) -> RowResult:
        best = made.outputs[0]
        text = best.content.text if isinstance(best.content, Text) else None
        extra: dict[str, Any] = {}
        if self.n > 1 or text is None:
            extra["outputs"] = made.as_dict()["outputs"]
        return RowResult(row.id, text, best.verdict, best.scores, extra=extra)


@dataclass(frozen=True)
class ModerateRows:
    """``aigc moderate --jsonl``. A row's ``text`` in the output is what may be delivered, or null.

    Attributes:
        studio: Whose moderators look.
        stage: For rows without one.
        language: For rows without one.
        seconds_a_row: As for `GenerateRows`.
    """

    studio: Studio
    stage: str = "output"
    language: str | None = None
    seconds_a_row: float | None = None

    def __call__(self, rows: Sequence[Row], /) -> list[RowResult]:
        """One result a row; see `RowTask`."""

        def run(items: Sequence[tuple[str, Content]]) -> list[Verdict | Err]:
            verdicts: list[Verdict | Err] = [Err(ValueError())] * len(items)
            # A batch is screened at one stage: one call for each stage that occurs.
            for stage in dict.fromkeys(stage for stage, _ in items):
                places = [index for index, item in enumerate(items) if item[0] == stage]
                found = self.studio.moderate_batch(
                    [items[index][1] for index in places],
                    stage=stage,
                    deadline=_deadline(self.seconds_a_row, len(places)),
                    online=False,
                )
                for index, verdict in zip(places, found, strict=True):
                    verdicts[index] = verdict
            return verdicts

        return _each(rows, self._item, run, self._result)

    def _item(self, row: Row) -> tuple[str, Content]:
        text = _moderated_text(row)
        self.studio.limits.check_text(text, f"line {row.number}")
        return row.data.stage or self.stage, Text(text, row.data.language or self.language)

    def _result(self, row: Row, verdict: Verdict) -> RowResult:
        text = None
        if verdict.deliverable:
            text = verdict.redacted if verdict.redacted is not None else _moderated_text(row)
        return RowResult(row.id, text, verdict)


@dataclass(frozen=True)
class EvaluateRows:
    """``aigc evaluate --jsonl``.

    Attributes:
        studio: Whose evaluators score.
        evaluators: Ids, or None for all that fit.
        language: For rows without one.
        seconds_a_row: As for `GenerateRows`.
    """

    studio: Studio
    evaluators: Sequence[str] | None = None
    language: str | None = None
    seconds_a_row: float | None = None

    def __call__(self, rows: Sequence[Row], /) -> list[RowResult]:
        """One result a row; see `RowTask`."""

        def run(samples: Sequence[Sample]) -> list[Any]:
            return self.studio.evaluate_batch(
                samples,
                evaluators=self.evaluators,
                deadline=_deadline(self.seconds_a_row, len(samples)),
            )

        return _each(rows, self._sample, run, lambda row, s: RowResult(row.id, row.content, scores=tuple(s)))

    def _sample(self, row: Row) -> Sample:
        if row.content is None:
            raise BadInputError(f"Line {row.number} has nothing to evaluate.", hint="Give text or path.")
        language = row.data.language or self.language
        for text in (row.content, *row.data.references):
            self.studio.limits.check_text(text, f"line {row.number}")
        request = None
        if row.data.given or row.data.messages:
            request = Request(
                id=str(row.id),
                inputs=row.data.given,
                messages=[Message(m.role, m.content) for m in row.data.messages or ()],
                language=language,
            )
        return Sample(
            content=Text(row.content, language),
            request=request,
            references=tuple(Text(text, language) for text in row.data.references),
            language=language,
        )


def _moderated_text(row: Row) -> str:
    """What of a row is screened: its text, else its messages, else its inputs, one a line."""
    if row.content is not None:
        return row.content
    if row.data.messages:
        return "\n".join(message.content for message in row.data.messages)
    if row.data.inputs is not None:
        lines: list[str] = []
        for value in row.data.given.values():
            lines.extend(str(part) for part in (value if isinstance(value, list) else [value]))
        return "\n".join(lines)
    raise BadInputError(
        f"Line {row.number} has nothing to moderate.", hint="Give text, path, messages or inputs."
    )


def _each(
    rows: Sequence[Row],
    prepare: Callable[[Row], T],
    run: Callable[[Sequence[T]], Sequence[_Values | Err]],
    finish: Callable[[Row, _Values], RowResult],
) -> list[RowResult]:
    """Prepare every row, run the good ones together, and put everything back in order."""
    results: list[RowResult | None] = [None] * len(rows)
    ready: list[tuple[int, T]] = []
    for index, row in enumerate(rows):
        try:
            ready.append((index, prepare(row)))
        except BadInputError as error:
            results[index] = RowResult(row.id, error=error)
    made = run([item for _, item in ready]) if ready else []
    for (index, _), value in zip(ready, made, strict=True):
        row = rows[index]
        results[index] = _failed(row, value.error) if isinstance(value, Err) else finish(row, value)
    return [result for result in results if result is not None]


def _failed(row: Row, error: Exception) -> RowResult:
    verdict = error.verdict if isinstance(error, ContentBlockedError) else None
    return RowResult(row.id, verdict=verdict, error=error)


def _deadline(seconds_a_row: float | None, rows: int) -> float | None:
    return None if seconds_a_row is None else seconds_a_row * max(1, rows)


def as_rows_of_errors(rows: Sequence[Row], error: AigcError) -> list[RowResult]:
    """A batch that failed as a whole: every row carries the error."""
    return [_failed(row, error) for row in rows]
