"""``aigc evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.options import (
    check_batch,
    common_options,
    jsonl_options,
    one_text,
    parse_pairs,
    studio_options,
)

EPILOG = """\b
Examples:
  aigc evaluate "Blue Spice serves Chinese food." -i name="Blue Spice" -i food=Chinese
  aigc evaluate --file copy.txt -e text/readability --json
  aigc evaluate "A text" --reference "One reference" --reference "Another"
  aigc evaluate --jsonl texts.jsonl --out scores.jsonl

\b
`aigc plugins list` names the evaluators; without -e all that fit are used.
The fields of a JSONL row are described in docs/jsonl.md.
"""


@click.command(epilog=EPILOG)
@click.argument("text", required=False)
@click.option("--file", metavar="FILE", help="Read the text from a file.")
@click.option("-e", "--evaluator", "evaluators", multiple=True, metavar="ID", help="Score with this; repeat.")
@click.option(
    "-i", "--attribute", "pairs", multiple=True, metavar="KEY=VALUE", help="A fact the text was to convey."
)
@click.option("--reference", "references", multiple=True, help="A reference text; repeat.")
@click.option("--language", help="Language of the text, such as en or zh.")
@studio_options
@jsonl_options
@common_options
@pass_app
@click.pass_context
def evaluate(
    ctx: click.Context,
    app: App,
    text: str | None,
    file: str | None,
    evaluators: Sequence[str],
    pairs: Sequence[str],
    references: Sequence[str],
    language: str | None,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
    jsonl_in: str | None,
    out: str | None,
    batch_size: int,
    fail_on_error: bool,
) -> None:
    """Score TEXT ('-': standard input), with an explanation of every score."""
    settings: dict[str, Any] = {"policy": policy, "device": device, "threads": threads}
    chosen = list(evaluators) or None
    for evaluator in chosen or ():
        app.registry.evaluator(evaluator)
    if check_batch(jsonl_in, out, TEXT=text, **{"--file": file, "-i": pairs, "--reference": references}):
        from aigc_sdk.batch import EvaluateRows
        from aigc_sdk.cli.batch import run_batch

        assert jsonl_in is not None
        assert out is not None
        with app.studio(**settings) as studio:
            task = EvaluateRows(studio, chosen, language=language, seconds_a_row=timeout or 120.0)
            ctx.exit(run_batch(app, task, jsonl_in, out, batch_size=batch_size, fail_on_error=fail_on_error))
    content = one_text(text, file)
    inputs = parse_pairs(pairs, "The input") or None
    with app.studio(**settings) as studio:
        scores = studio.evaluate(
            content,
            evaluators=chosen,
            inputs=inputs,
            references=references,
            language=language,
            deadline=timeout,
        )
    if app.json:
        app.emit({"scores": [score.model_dump(mode="json") for score in scores]})
    elif scores:
        from aigc_sdk.cli.render import scores_table

        app.out.print(scores_table(scores))
    else:
        app.remark("No installed evaluator takes this text.")
