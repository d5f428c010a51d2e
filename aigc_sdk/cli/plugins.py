"""``aigc plugins``: which plugins there are, what they bring, and whether they keep their contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.exit_codes import ExitCode
from aigc_sdk.cli.options import common_options
from aigc_sdk.errors import BadInputError, ComponentNotFoundError

if TYPE_CHECKING:
    from aigc_sdk.discovery import PluginRow
    from aigc_sdk.spec import Spec

KINDS: Final = ("generators", "evaluators", "moderators", "trainers", "importers", "corpus_indexers")


@click.group(epilog="\b\nExamples:\n  aigc plugins list\n  aigc plugins show text/copy\n  aigc plugins check")
def plugins() -> None:
    """List and check plugins."""


@plugins.command("list", epilog="\b\nExample:\n  aigc plugins list --json")
@common_options
@pass_app
def list_plugins(app: App) -> None:
    """List every plugin found, with its error where it is broken."""
    rows = app.registry.rows
    if app.json:
        app.emit({"plugins": [_row_dict(row) for row in rows]})
        return
    if not rows:
        app.remark("No plugin is installed. For text: install aigc-sdk-text.")
        return
    from rich.text import Text as Styled

    for row in rows:
        colour = {"ok": "green", "error": "red"}.get(row.state, "dim")
        head = Styled(f"{row.name}  ", style="bold")
        head.append(row.state, style=colour)
        head.append(f"  {row.distribution} {row.version}  {row.module}", style="dim")
        app.out.print(head)
        if row.error:
            app.out.print(Styled(f"  {printable(row.error)}", style=colour))
        for kind, ids in row.provides.items():
            app.out.print(Styled(f"  {kind:<11} {', '.join(ids)}"))


def _row_dict(row: PluginRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "distribution": row.distribution,
        "version": row.version,
        "module": row.module,
        "hook_api": list(row.hook_api) if row.hook_api else None,
        "state": row.state,
        "error": row.error,
        "provides": row.provides,
    }


@plugins.command(epilog="\b\nExample:\n  aigc plugins show text/copy")
@click.argument("component", metavar="ID")
@common_options
@pass_app
def show(app: App, component: str) -> None:
    """Show what components of an ID declare: languages, options, bundles, an example."""
    found: list[tuple[str, Spec]] = []
    for kind in KINDS:
        spec = getattr(app.registry, kind).get(component)
        if spec is not None:
            found.append((kind.removesuffix("s"), spec))
    if not found:
        known = sorted({name for kind in KINDS for name in getattr(app.registry, kind)})
        raise ComponentNotFoundError(
            f"No component is called {component!r}.", hint=f"Known: {', '.join(known) or 'none'}."
        )
    rows = []
    for kind, spec in found:
        model = spec.options_model()
        schema = None if model is None else model.model_json_schema()
        rows.append({"kind": kind, **spec.model_dump(mode="json"), "options_schema": schema})
    if app.json:
        app.emit({"components": rows})
        return
    import yaml

    for row in rows:
        schema = row.pop("options_schema")
        shown = {name: value for name, value in row.items() if value not in (None, "", [], {})}
        click.echo(printable(yaml.safe_dump(shown, sort_keys=False, allow_unicode=True)), nl=False)
        for name, field in ((schema or {}).get("properties") or {}).items():
            click.echo(printable(f"  -o {name}={_shape(field)}  {field.get('description', '')}".rstrip()))


def _shape(field: dict[str, Any]) -> str:
    """A field's type and default in a few characters."""
    if "enum" in field:
        kind = "|".join(map(str, field["enum"]))
    elif "anyOf" in field:
        kind = "|".join(
            "|".join(map(str, option["enum"])) if "enum" in option else str(option.get("type", "…"))
            for option in field["anyOf"]
        )
    else:
        kind = str(field.get("type", "…"))
    return f"{kind} ({field['default']})" if field.get("default") is not None else kind


@plugins.command(
    epilog="""\b
Examples:
  aigc plugins check
  aigc plugins check shout --load
  aigc plugins check shout --load --timeout 10 --json

\b
Exit codes: 0 all contracts are kept, 1 one is not, 5 there is no plugin of that name.
"""
)
@click.argument("names", metavar="[PLUGIN]...", nargs=-1)
@click.option("--load", is_flag=True, help="Also load every component and run it on small inputs.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="With --load: seconds one check may take (120).",
)
@common_options
@pass_app
@click.pass_context
def check(ctx: click.Context, app: App, names: tuple[str, ...], load: bool, timeout: float | None) -> None:
    """Check that plugins keep their contracts; exits with 1 where one does not.

    Without --load: discovery, imports that stay light, factories, options models and bundles. With it every
    generator, evaluator and moderator is loaded, given its example or a handful of texts, and closed: the table says
    how long each took and what kind of error it ended with. A component whose model is not here is left out, which
    is no failure.
    """
    if timeout is not None and not load:
        raise BadInputError("--timeout is for --load.", hint="Add --load, or leave --timeout out.")
    from aigc_sdk.cli.plugin_checks import check_plugins, table

    findings = check_plugins(app.registry, app.store, names, load=load, timeout=timeout)
    failed = any(not finding.ok for finding in findings)
    if app.json:
        app.emit({"ok": not failed, "checks": [finding.as_dict() for finding in findings]})
    elif findings:
        for line in table(findings):
            style = (
                {"fg": "red"} if line.startswith("FAIL") else {"dim": True} if line.startswith("left") else {}
            )
            click.secho(printable(line), **style)
    else:
        app.remark("No plugin is installed.")
    ctx.exit(ExitCode.FAILURE if failed else ExitCode.OK)
