"""``aigc moderate``."""

from __future__ import annotations

from typing import Any

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.exit_codes import of_decision
from aigc_sdk.cli.options import (
    STAGES,
    check_batch,
    common_options,
    jsonl_options,
    one_text,
    review_store_option,
    studio_options,
)

EPILOG = """\b
Examples:
  aigc moderate "Some text"
  aigc moderate --file reply.txt --stage output --language en --json
  curl -s https://example.org/page.txt | aigc moderate - --stage retrieved
  aigc moderate --jsonl comments.jsonl --out verdicts.jsonl

\b
Exit codes: 0 allow or redact, 3 block, 4 review.
The fields of a JSONL row are described in docs/jsonl.md.
"""


@click.command(epilog=EPILOG)
@click.argument("text", required=False)
@click.option("--file", metavar="FILE", help="Read the text from a file.")
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="output",
    show_default=True,
    help="Where in a call it occurs.",
)
@click.option("--language", help="Language of the text, such as en or zh.")
@studio_options
@review_store_option
@jsonl_options
@common_options
@pass_app
@click.pass_context
def moderate(
    ctx: click.Context,
    app: App,
    text: str | None,
    file: str | None,
    stage: str,
    language: str | None,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
    review_store: str | None,
    jsonl_in: str | None,
    out: str | None,
    batch_size: int,
    fail_on_error: bool,
) -> None:
    """Screen TEXT ('-': standard input) under a policy."""
    settings: dict[str, Any] = {
        "policy": policy,
        "device": device,
        "threads": threads,
        "review": review_store,
    }
    if check_batch(jsonl_in, out, TEXT=text, **{"--file": file}):
        from aigc_sdk.batch import ModerateRows
        from aigc_sdk.cli.batch import run_batch

        assert jsonl_in is not None
        assert out is not None
        with app.studio(**settings) as studio:
            task = ModerateRows(studio, stage=stage, language=language, seconds_a_row=timeout or 120.0)
            ctx.exit(run_batch(app, task, jsonl_in, out, batch_size=batch_size, fail_on_error=fail_on_error))
    content = one_text(text, file)
    with app.studio(**settings) as studio:
        verdict = studio.moderate(content, stage=stage, language=language, deadline=timeout)
    if app.json:
        app.emit(verdict.as_dict())
    else:
        from aigc_sdk.cli.render import show_verdict

        show_verdict(app.out, verdict, language)
    ctx.exit(of_decision(verdict.decision))
