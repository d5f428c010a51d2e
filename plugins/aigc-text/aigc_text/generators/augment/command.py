"""``aigc augment``: a labelled CSV, TSV or JSON Lines file in, the same with variants out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.exit_codes import ExitCode, of_error
from aigc_sdk.cli.options import common_options, parse_pairs, studio_options, typed_options
from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.studio import Studio

GENERATOR = "text/augment"
_EPILOG = """\b
Examples:
  aigc augment intents.csv --out more.csv -n 4
  aigc augment reviews.jsonl --out more.jsonl --text-field review -o methods='["synonym","keyboard"]'

\b
Every column is kept; variants have two more, augmented_from and augmented_by. See docs/augment.md.
"""


@click.command(epilog=_EPILOG)
@click.argument("source", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV, TSV or JSONL."
)
@click.option("-n", "n", type=click.IntRange(1, 64), default=2, show_default=True, help="Variants a row.")
@click.option("--text-field", default="text", show_default=True, help="Column with the text.")
@click.option("--language", help="en or zh; without it each text's own.")
@click.option(
    "-o", "--option", "pairs", multiple=True, metavar="KEY=VALUE", help="An option of text/augment."
)
@click.option(
    "--seed", type=click.IntRange(0, (1 << 64) - 1), default=0, show_default=True, help="Base seed."
)
@click.option("--only-variants", is_flag=True, help="Leave the given rows out of the output.")
@click.option("--batch-size", type=click.IntRange(1, 4096), default=64, show_default=True)
@click.option("--fail-on-error", is_flag=True, help="Exit with 10 where a row has no variant.")
@studio_options
@common_options
@pass_app
@click.pass_context
def augment(
    ctx: click.Context,
    app: App,
    source: Path,
    out: Path,
    n: int,
    text_field: str,
    language: str | None,
    pairs: Sequence[str],
    seed: int,
    only_variants: bool,
    batch_size: int,
    fail_on_error: bool,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
) -> None:
    """Make variants of the texts in SOURCE, screened like all output, with their labels."""
    from aigc_text.generators.augment.tables import BY, FROM, read_table, writing_table

    if out.exists() and source.exists() and out.samefile(source):
        raise BadInputError("SOURCE and --out are the same file.", hint="Write the result elsewhere.")
    rows = read_table(source)
    first = next(rows, None)
    if first is None:
        raise BadInputError(f"{source.name} has no rows.")
    if text_field not in first:
        raise BadInputError(
            f"{source.name} has no column {text_field!r}.", hint=f"It has: {', '.join(map(str, first))}."
        )
    options = typed_options(
        app.registry.generator(GENERATOR).options_model(), parse_pairs(pairs, "The option")
    )
    call = {"n": n, "language": language, "options": options or None}
    columns = list(dict.fromkeys([*first, FROM, BY]))
    given = made = failed = 0
    error: Exception | None = None
    with (
        app.studio(policy=policy, device=device, threads=threads, timeout=timeout) as studio,
        writing_table(out, columns) as write,
    ):
        for batch in _batches(_with_first(first, rows), batch_size):
            for row, answer in zip(
                batch, _variants(studio, batch, given, text_field, call, seed), strict=True
            ):
                given += 1
                if not only_variants:
                    write(row)
                if isinstance(answer, Exception):
                    failed, error = failed + 1, error or answer
                    continue
                for text, method in answer:
                    write({**row, text_field: text, FROM: given, BY: method})
                    made += 1
    remark = f"{given} rows, {made} variants" + (f"; {failed} rows without ({error})" if failed else "") + "."
    app.remark(remark)
    if app.json:
        app.emit({"rows": given, "variants": made, "failed": failed, "out": str(out)})
    if error is not None and failed == given:
        ctx.exit(of_error(error))
    ctx.exit(ExitCode.ROWS if fail_on_error and failed else ExitCode.OK)


def _with_first(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch


def _variants(
    studio: Studio, batch: list[Any], before: int, field: str, call: dict[str, Any], seed: int
) -> list[list[tuple[str, str]] | Exception]:
    """Text and method of each row's variants, or why there are none."""
    rows: list[list[tuple[str, str]] | Exception] = []
    asked: list[tuple[int, dict[str, Any]]] = []
    for place, row in enumerate(batch):
        text = row.get(field)
        if isinstance(text, str) and text.strip():
            # The row's number names it: the same file and seed give the same variants.
            asked.append((place, {"id": f"row:{before + place + 1}", "inputs": {"text": text}, **call}))
        rows.append(BadInputError(f"Row {before + place + 1} has no text in {field!r}."))
    made = studio.generate_batch(GENERATOR, [r for _, r in asked], seed=seed, online=False) if asked else []
    for (place, _), answer in zip(asked, made, strict=True):
        if isinstance(answer, Err):
            rows[place] = answer.error
        else:
            rows[place] = [
                (output.text, (output.candidate and output.candidate.method) or "")
                for output in answer.outputs
                if isinstance(output.content, Text)
            ]
    return rows
