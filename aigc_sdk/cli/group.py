"""A click group whose commands are imported on use, with room for the plugins' own."""

from __future__ import annotations

import difflib
import importlib
import logging
from collections.abc import Mapping
from typing import Any

import click

from aigc_sdk.cli.app import App
from aigc_sdk.cli.errors import report
from aigc_sdk.cli.exit_codes import ExitCode

logger = logging.getLogger("aigc_sdk")


class LazyGroup(click.Group):
    """The top of the command line.

    Args:
        built_in: Name → (``"module:attribute"``, one line for the list of commands). The line is stated here, so
            that ``--help`` imports no command.
    """

    def __init__(self, *args: Any, built_in: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.built_in = dict(built_in)
        self._asked: object = None
        self._from_plugins: set[str] = set()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The built-in commands in the order of work, then those of plugins."""
        self._ask_plugins(ctx)
        return [*self.built_in, *sorted(self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a built-in command, or look among the plugins'."""
        if cmd_name in self.built_in:
            return self.load(cmd_name)
        self._ask_plugins(ctx)
        return self.commands.get(cmd_name)

    def load(self, name: str) -> click.Command:
        """A built-in command, imported."""
        module, _, attribute = self.built_in[name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a plugin's command, unless its name is taken."""
        wanted = name or cmd.name or ""
        if wanted in self.built_in or wanted in self.commands:
            raise ValueError(f"the command {wanted!r} exists already")
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing the built-in ones."""
        names = self.list_commands(ctx)
        width = formatter.width - 6 - max(map(len, names))
        rows = [(name, line) for name, (_, line) in self.built_in.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
        extra = [
            (name, command.get_short_help_str(width))
            for name, command in sorted(self.commands.items())
            if not command.hidden
        ]
        if extra:
            with formatter.section("Commands of plugins"):
                formatter.write_dl(extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is met with a suggestion."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            close = difflib.get_close_matches(name, self.list_commands(ctx), 1)
            hint = f" Did you mean {close[0]!r}?" if close else " See `aigc --help`."
            raise click.UsageError(f"There is no command {name!a}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except BrokenPipeError:
            # Whoever read us stopped reading (`| head`): click ends the program quietly.
            raise
        except Exception as error:  # noqa: BLE001 - the outermost frame: nothing may end in a traceback
            ctx.exit(report(ctx.ensure_object(App), error))

    def _ask_plugins(self, ctx: click.Context) -> None:
        """Let every plugin add its commands, once; one that fails is left out."""
        registry = ctx.ensure_object(App).registry
        if self._asked is registry:
            return
        self._asked = registry
        for name in self._from_plugins:
            self.commands.pop(name, None)
        own = set(self.commands)
        for impl in registry.manager.hook.aigc_commands.get_hookimpls():
            before = dict(self.commands)
            try:
                impl.function(self)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
                self.commands = before
                logger.warning("the commands of plugin %s are left out: %s", impl.plugin_name, error)
        self._from_plugins = set(self.commands) - own
