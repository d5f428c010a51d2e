"""Options that several commands share, and reading what they name."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from aigc_sdk.cli.app import App
from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError, InputTooLargeError

if TYPE_CHECKING:
    from pydantic import BaseModel

F = TypeVar("F", bound=Callable[..., Any])

MAX_INPUT_BYTES: Final = 64 << 20
DEVICES: Final = ("auto", "cpu", "cuda", "cuda-only")
STAGES: Final = ("prompt", "output", "retrieved")


def _set(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            setattr(ctx.ensure_object(App), name, True)

    return callback


def common_options(command: F) -> F:
    """``--json`` and ``--debug``, which every command takes."""
    command = click.option(
        "--debug", is_flag=True, expose_value=False, callback=_set("debug"), help="Show tracebacks."
    )(command)
    return click.option(
        "--json", is_flag=True, expose_value=False, callback=_set("json"), help="JSON on standard output."
    )(command)


def studio_options(command: F) -> F:
    """``--policy``, ``--device``, ``--threads`` and ``--timeout``."""
    for option in (
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), help="Seconds a call may take (120)."
        ),
        click.option("--threads", type=click.IntRange(min=1), help="Threads of a session (all it may use)."),
        click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True),
        click.option("--policy", help="Preset or YAML file of the screening policy (default)."),
    ):
        command = option(command)
    return command


def review_store_option(command: F) -> F:
    """``--review-store``."""
    return click.option(
        "--review-store",
        metavar="FILE|URL",
        help="Queue what is refused, and put on record what is delivered, in this review store.",
    )(command)


def jsonl_options(command: F) -> F:
    """``--jsonl``, ``--out``, ``--batch-size`` and ``--fail-on-error``."""
    for option in (
        click.option(
            "--fail-on-error", is_flag=True, help="With --jsonl: exit with 10 where a row carries an error."
        ),
        click.option(
            "--batch-size", type=click.IntRange(1, 4096), default=64, show_default=True, help="With --jsonl."
        ),
        click.option(
            "--out", type=click.Path(), help="With --jsonl: the results, a line each ('-': stdout)."
        ),
        click.option(
            "--jsonl", "jsonl_in", type=click.Path(), help="Work through a JSON Lines file ('-': stdin)."
        ),
    ):
        command = option(command)
    return command


def parse_pairs(pairs: Sequence[str], what: str) -> dict[str, Any]:
    """``key=value`` gives text, ``key:=JSON`` gives the JSON value.

    Raises:
        BadInputError: If a pair has no ``=``, an empty or repeated key, or broken JSON.
    """
    values: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        as_json = key.endswith(":")
        key = key.removesuffix(":").strip()
        if not equals or not key:
            raise BadInputError(f"{what} {pair!a} is not of the form key=value.")
        if key in values:
            raise BadInputError(f"{what} {key!a} is given twice.", hint="For a list write key:='[…]'.")
        Text(key)
        Text(value)
        try:
            values[key] = json.loads(value) if as_json else value
        except ValueError as error:
            raise BadInputError(f"{what} {key!a}: what follows := is no JSON: {error}") from None
    return values


def typed_options(model: type[BaseModel] | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values from the command line as the model wants them: text where it takes text, else what JSON makes of it.

    Nothing is judged here: whoever validates the options says what is wrong with them.
    """
    from pydantic import ValidationError

    values = dict(given)
    if model is None:
        return values
    try:
        model.model_validate(values)
    except ValidationError as error:
        for row in error.errors(include_url=False):
            key = row["loc"][0] if row["loc"] else None
            if isinstance(key, str) and isinstance(values.get(key), str):
                try:
                    values[key] = json.loads(values[key])
                except ValueError:
                    continue
    return values


def read_data(path: str, what: str) -> Any:
    """A JSON or YAML file, or standard input for ``-``.

    Raises:
        BadInputError: If it cannot be read or is neither.
    """
    text = read_text(path, what)
    try:
        if path.endswith(".json"):
            return json.loads(text)
        import yaml

        # JSON is YAML, so this reads standard input of either kind.
        return yaml.safe_load(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{what} {path} is not valid JSON: {error}") from None
    except Exception as error:
        if type(error).__module__.split(".")[0] != "yaml":
            raise
        raise BadInputError(f"{what} {path} is not valid YAML: {error}") from None


def read_text(path: str, what: str, limit: int = MAX_INPUT_BYTES) -> str:
    """A text file, or standard input for ``-``.

    Raises:
        BadInputError: If it cannot be read or is not UTF-8.
        InputTooLargeError: If it is larger than ``limit`` bytes.
    """
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise BadInputError(f"{what} {path!a} cannot be read: {error}") from None
    if len(data) > limit:
        raise InputTooLargeError(f"{what} {path} is larger than {limit:,} bytes.", hint="Split it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"{what} {path} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8."
        ) from None


def one_text(text: str | None, file: str | None) -> str:
    """The text a command works on: an argument, ``-`` for standard input, or ``--file``.

    Raises:
        BadInputError: If there is none or more than one.
    """
    if (text is None) == (file is None):
        raise BadInputError(
            "Give one text: an argument, '-' for standard input, or --file.", hint="See --help."
        )
    if file is not None:
        return read_text(file, "The file")
    assert text is not None
    return read_text("-", "Standard input") if text == "-" else text


def check_batch(jsonl_in: str | None, out: str | None, **single: Any) -> bool:
    """True for a JSONL run; refuses options that belong to single calls only.

    Raises:
        BadInputError: Naming the options that do not go together.
    """
    if jsonl_in is None:
        if out is not None:
            raise BadInputError("--out goes with --jsonl.", hint="Use --save or redirect the output.")
        return False
    if out is None:
        raise BadInputError("--jsonl needs --out FILE ('-' for standard output).")
    extra = [name for name, value in single.items() if value not in (None, (), "", False)]
    if extra:
        raise BadInputError(f"{', '.join(extra)} and --jsonl do not go together.", hint="Put it in the rows.")
    return True
