"""How the command line ends: a message and a hint instead of a traceback, and an exit code."""

from __future__ import annotations

import traceback
from typing import Any

import click

from aigc_sdk.cli.app import App, emit_json, printable
from aigc_sdk.cli.exit_codes import ExitCode, of_error
from aigc_sdk.errors import AigcError, ContentBlockedError


def report(app: App, error: Exception) -> ExitCode:
    """Tell about an error and give its exit code. With ``--json`` the error is the JSON on standard output."""
    if app.debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    if isinstance(error, AigcError):
        _say(error.message, error.hint)
        if isinstance(error, ContentBlockedError):
            for reason in error.verdict.reasons():
                click.echo(f"  {printable(reason)}", err=True)
    else:
        hint = None if app.debug else "This is a mistake in the SDK or a plugin; --debug shows where."
        _say(f"Internal error: {type(error).__name__}: {error}", hint)
    if app.json:
        emit_json(as_dict(error))
    return of_error(error)


def as_dict(error: Exception) -> dict[str, Any]:
    """``{"error": {…}}``, and the verdict of a refusal."""
    if not isinstance(error, AigcError):
        return {"error": {"code": "internal", "message": f"{type(error).__name__}: {error}", "hint": None}}
    data: dict[str, Any] = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
    if isinstance(error, ContentBlockedError):
        data["verdict"] = error.verdict.as_dict()
    return data


def _say(message: str, hint: str | None) -> None:
    click.echo(f"{click.style('Error:', fg='red', bold=True)} {printable(message)}", err=True)
    if hint:
        click.echo(f"{click.style('Hint:', fg='cyan')} {printable(hint)}", err=True)
