"""``aigc policy``: is a policy file right, and what does it say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.options import common_options

if TYPE_CHECKING:
    from aigc_sdk.policy import Policy


@click.group(
    epilog="\b\nExamples:\n  aigc policy list\n  aigc policy show default\n  aigc policy check my-policy.yaml"
)
def policy() -> None:
    """Check and show screening policies."""


@policy.command("list", epilog="\b\nExample:\n  aigc policy list")
@common_options
@pass_app
def list_policies(app: App) -> None:
    """List the presets."""
    from aigc_sdk.policy import load_policy, preset_names

    rows = [{"id": name, "summary": load_policy(name).summary} for name in preset_names()]
    if app.json:
        app.emit({"policies": rows})
    else:
        for row in rows:
            click.echo(f"{row['id']}  {row['summary']}")


@policy.command(epilog="\b\nExample:\n  aigc policy check my-policy.yaml && echo fine")
@click.argument("file", type=click.Path())
@common_options
@pass_app
def check(app: App, file: str) -> None:
    """Read a policy FILE and compare the detectors it names with those installed.

    Exits with 2 where the file is wrong. Detectors that are not installed are remarked on; one that is required
    and absent blocks everything.
    """
    from aigc_sdk.policy import load_policy

    loaded = load_policy(Path(file))
    absent = [use.id for use in loaded.detectors if use.enabled and use.id not in app.registry.moderators]
    if app.json:
        app.emit({"ok": True, "id": loaded.id, "sha256": loaded.sha256, "not_installed": absent})
        return
    click.echo(f"{loaded.id} is valid: {len(loaded.rules)} rules, {len(loaded.detectors)} detectors named.")
    for name in absent:
        app.remark(f"Not installed: {name}")


@policy.command(epilog="\b\nExamples:\n  aigc policy show default\n  aigc policy show my-policy.yaml --json")
@click.argument("name", metavar="NAME|FILE")
@common_options
@pass_app
def show(app: App, name: str) -> None:
    """Show a preset or file with every default filled in."""
    from aigc_sdk.policy import load_policy

    loaded = load_policy(name)
    if app.json:
        app.emit({**_plain(loaded), "sha256": loaded.sha256})
        return
    import yaml

    click.echo(yaml.safe_dump(_plain(loaded), sort_keys=False, allow_unicode=True), nl=False)


def _plain(loaded: Policy) -> dict[str, Any]:
    return loaded.model_dump(mode="json")
