"""``aigc generate``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, emit_json, pass_app, printable
from aigc_sdk.cli.exit_codes import ExitCode, of_decision
from aigc_sdk.cli.options import (
    check_batch,
    common_options,
    jsonl_options,
    parse_pairs,
    read_data,
    read_text,
    review_store_option,
    studio_options,
    typed_options,
)
from aigc_sdk.errors import BadInputError
from aigc_sdk.taxonomy import Kind

if TYPE_CHECKING:
    from aigc_sdk.result import Result
    from aigc_sdk.studio import Studio

EPILOG = """\b
Examples:
  aigc generate text/copy -i name="Blue Spice" -i food=Chinese -i area=riverside -n 3
  aigc generate text/copy --input product.yaml --language zh -o method=template --json
  aigc generate text/chat --prompt "Name three uses of tea." --stream
  aigc generate text/copy --jsonl products.jsonl --out copy.jsonl

\b
-i key=value gives text, -i key:=JSON any JSON value. `aigc plugins show ID` lists a generator's options.
The fields of a JSONL row are described in docs/jsonl.md.
"""


@click.command(epilog=EPILOG)
@click.argument("generator", metavar="ID")
@click.option("-i", "--attribute", "pairs", multiple=True, metavar="KEY=VALUE", help="A named input; repeat.")
@click.option(
    "--input", "input_file", metavar="FILE", help="Named inputs from a JSON or YAML file ('-': stdin)."
)
@click.option("--messages", "messages_file", metavar="FILE", help="Chat messages, a JSON or YAML list.")
@click.option("--prompt", help="A prompt ('-': stdin): the last user message, or the input 'prompt'.")
@click.option("-n", "n", type=click.IntRange(min=1), default=1, show_default=True, help="Results wanted.")
@click.option("--language", help="Language of the output, such as en or zh.")
@click.option("--seed", type=click.IntRange(0, (1 << 64) - 1), help="Base seed (random; 0 with --jsonl).")
@click.option(
    "-o", "--option", "option_pairs", multiple=True, metavar="KEY=VALUE", help="An option of the generator."
)
@click.option("-e", "--evaluator", "evaluators", multiple=True, metavar="ID", help="Score with this; repeat.")
@click.option("--stream", is_flag=True, help="Write text as it is made and screened.")
@click.option("--deterministic", is_flag=True, help="Same text whatever the batch, somewhat slower.")
@click.option(
    "--save", type=click.Path(dir_okay=False), help="Write the output to a file (several: NAME-1, NAME-2 …)."
)
@studio_options
@review_store_option
@jsonl_options
@common_options
@pass_app
@click.pass_context
def generate(
    ctx: click.Context,
    app: App,
    generator: str,
    pairs: Sequence[str],
    input_file: str | None,
    messages_file: str | None,
    prompt: str | None,
    n: int,
    language: str | None,
    seed: int | None,
    option_pairs: Sequence[str],
    evaluators: Sequence[str],
    stream: bool,
    deterministic: bool,
    save: str | None,
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
    """Make content with the generator ID: screened, scored and ranked."""
    batch = check_batch(
        jsonl_in,
        out,
        **{"-i": pairs, "--input": input_file, "--messages": messages_file, "--prompt": prompt},
        **{"--stream": stream, "--save": save},
    )
    spec = app.registry.generator(generator)
    options = typed_options(spec.options_model(), parse_pairs(option_pairs, "The option")) or None
    chosen = list(evaluators) or None
    settings: dict[str, Any] = {
        "policy": policy,
        "device": device,
        "threads": threads,
        "review": review_store,
    }
    if batch:
        from aigc_sdk.batch import GenerateRows
        from aigc_sdk.cli.batch import run_batch

        assert jsonl_in is not None
        assert out is not None
        with app.studio(**settings) as studio:
            task = GenerateRows(
                studio,
                generator,
                n=n,
                language=language,
                options=options or {},
                seed=seed or 0,
                evaluators=chosen,
                seconds_a_row=timeout or 120.0,
                deterministic=deterministic,
            )
            ctx.exit(run_batch(app, task, jsonl_in, out, batch_size=batch_size, fail_on_error=fail_on_error))
    inputs, messages = _given(pairs, input_file, messages_file, prompt, Kind.MESSAGES in spec.inputs)
    call: dict[str, Any] = {
        "messages": messages,
        "language": language,
        "options": options,
        "seed": seed,
        "evaluators": chosen,
        "deadline": timeout,
    }
    if stream and n != 1:
        raise BadInputError("--stream gives one result.", hint="Leave -n out.")
    with app.studio(**settings) as studio:
        if stream:
            ctx.exit(_stream(app, studio, generator, inputs, call, save))
        result = studio.generate(generator, inputs, n=n, deterministic=deterministic, **call)
    _save(result, save)
    if app.json:
        app.emit(result.as_dict())
    else:
        from aigc_sdk.cli.render import show_result

        show_result(app.out, result, language)
    ctx.exit(of_decision(result.verdict.decision))


def _given(
    pairs: Sequence[str],
    input_file: str | None,
    messages_file: str | None,
    prompt: str | None,
    takes_messages: bool,
) -> tuple[dict[str, Any], list[Any] | None]:
    inputs: dict[str, Any] = {}
    if input_file is not None:
        data = read_data(input_file, "The input file")
        if not isinstance(data, dict):
            raise BadInputError(f"The input file {input_file} must hold a map of names to values.")
        # YAML allows numbers and dates as keys and dates as values: both become what JSON would hold.
        inputs.update({str(key): _plain(value) for key, value in data.items()})
    inputs.update(parse_pairs(pairs, "The input"))
    messages: list[Any] | None = None
    if messages_file is not None:
        data = read_data(messages_file, "The messages file")
        if not isinstance(data, list):
            raise BadInputError(
                f"The messages file {messages_file} must hold a list.",
                hint='For example [{"role": "user", "content": "Hello"}].',
            )
        messages = data
    if prompt is not None:
        if prompt == "-":
            prompt = read_text("-", "Standard input").rstrip("\n")
        if takes_messages:
            messages = [*(messages or []), {"role": "user", "content": prompt}]
        else:
            inputs["prompt"] = prompt
    return inputs, messages


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _stream(
    app: App,
    studio: Studio,
    generator: str,
    inputs: dict[str, Any],
    call: dict[str, Any],
    save: str | None,
) -> ExitCode:
    from aigc_sdk.result import StreamDone
    from aigc_sdk.verdict import Halt, Release

    for event in studio.stream(generator, inputs, **call):
        if isinstance(event, Release):
            if app.json:
                emit_json({"event": "release", "text": event.text})
            else:
                click.echo(printable(event.text), nl=False)
        elif isinstance(event, Halt):
            if app.json:
                emit_json({"event": "halt", "released": event.released, "verdict": event.verdict.as_dict()})
            else:
                click.echo()
                app.remark("Stopped by screening:")
                for reason in event.verdict.reasons():
                    app.remark(f"  {reason}")
            return of_decision(event.verdict.decision) or ExitCode.BLOCKED
        elif isinstance(event, StreamDone):
            _save(event.result, save)
            if app.json:
                emit_json({"event": "done", "result": event.result.as_dict()})
            else:
                click.echo()
            return of_decision(event.result.verdict.decision)
    return ExitCode.FAILURE


def _save(result: Result, save: str | None) -> None:
    if save is None:
        return
    target = Path(save)
    several = len(result.outputs) > 1
    for place, output in enumerate(result.outputs, 1):
        writer = getattr(output.content, "save", None)
        if writer is None:
            raise BadInputError(f"{output.content.kind} cannot be saved yet.")
        path = target.with_name(f"{target.stem}-{place}{target.suffix}") if several else target
        try:
            writer(path)
        except OSError as error:
            raise BadInputError(f"{path} cannot be written: {error}") from None
