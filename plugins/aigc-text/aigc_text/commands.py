"""``aigc chat``: a conversation in the terminal, streamed and screened through `Studio`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, emit_json, pass_app, printable
from aigc_sdk.cli.options import common_options, studio_options
from aigc_sdk.errors import BadInputError, ContentBlockedError, InputTooLargeError

if TYPE_CHECKING:
    from aigc_sdk.studio import Studio
    from aigc_sdk.verdict import Verdict

_HELP = "/reset forgets the conversation, /quit (or Ctrl-D) ends it."


@click.command()
@click.option("--model", default=None, metavar="BUNDLE", help="Bundle of the model (smollm2-135m-instruct).")
@click.option("--system", default=None, metavar="TEXT", help="System prompt.")
@click.option("--max-tokens", type=click.IntRange(1, 4096), default=None, help="Longest reply (256).")
@click.option(
    "--temperature", type=click.FloatRange(0, 2), default=None, help="0 always takes the likeliest word."
)
@click.option("--seed", type=click.IntRange(0, (1 << 63) - 1), default=None, help="Base seed (random).")
@studio_options
@common_options
@pass_app
def chat(
    app: App,
    model: str | None,
    system: str | None,
    max_tokens: int | None,
    temperature: float | None,
    seed: int | None,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
) -> None:
    """Talk to an instruct model: replies appear as they are made and screened.

    Reads a line a turn from the terminal or from standard input. /reset forgets the conversation, /quit ends it.
    """
    given = {"bundle": model, "system": system, "max_new_tokens": max_tokens, "temperature": temperature}
    options = {name: value for name, value in given.items() if value is not None}
    interactive = sys.stdin.isatty() and not app.json
    if interactive:
        app.remark(_HELP)
    with app.studio(policy=policy, device=device, threads=threads) as studio:
        messages: list[dict[str, str]] = []
        turn = 0
        while True:
            line = _read(interactive)
            if line is None or line == "/quit":
                break
            if line == "/reset":
                messages.clear()
                continue
            if not line:
                continue
            call = {"options": options, "deadline": timeout, "seed": None if seed is None else seed + turn}
            reply = _turn(app, studio, [*messages, {"role": "user", "content": line}], call)
            turn += 1
            if reply:
                messages += [{"role": "user", "content": line}, {"role": "assistant", "content": reply}]


def _read(interactive: bool) -> str | None:
    """The next line without its end, or None at the end of input."""
    if interactive:
        try:
            return str(click.prompt("you", prompt_suffix="> ", default="", show_default=False)).strip()
        except click.Abort:
            click.echo()
            return None
    line = sys.stdin.readline()
    return line.strip() if line else None


def _turn(app: App, studio: Studio, messages: list[dict[str, str]], call: dict[str, Any]) -> str | None:
    """Stream one reply; None where there is none to remember."""
    from aigc_sdk.result import StreamDone
    from aigc_sdk.verdict import Halt, Release

    shown: list[str] = []
    try:
        for event in studio.stream("text/chat", messages=messages, **call):
            if isinstance(event, Release):
                shown.append(event.text)
                if not app.json:
                    click.echo(printable(event.text), nl=False)
            elif isinstance(event, Halt):
                _refused(app, event.verdict, started=bool(shown))
                return None
            elif isinstance(event, StreamDone):
                if app.json:
                    emit_json({"reply": event.result.text, "result": event.result.as_dict()})
                else:
                    click.echo()
                    made = event.result.outputs[0].candidate
                    if made is not None and made.meta.get("unsupported_language"):
                        app.remark("(This model was not made for that language.)")
                return event.result.text
    except ContentBlockedError as error:
        _refused(app, error.verdict, started=bool(shown))
    except InputTooLargeError as error:
        # One message too long ends the turn, not the conversation.
        app.remark(str(error))
    except BadInputError as error:
        if app.json:
            raise
        app.remark(str(error))
    return None


def _refused(app: App, verdict: Verdict, *, started: bool) -> None:
    if app.json:
        emit_json({"reply": None, "verdict": verdict.as_dict()})
        return
    if started:
        click.echo()
    app.remark("Refused by screening:")
    for reason in verdict.reasons():
        app.remark(f"  {reason}")
