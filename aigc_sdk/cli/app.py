"""What the commands of one run share: plugins, store, output mode. Plugins' commands get it by `pass_app`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.progress import Progress, silent

if TYPE_CHECKING:
    from rich.console import Console

    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.discovery import Registry
    from aigc_sdk.studio import Studio


class App:
    """State of one command line.

    Args:
        registry: Plugins to use; by default discovered when first needed.
        store: Bundles; by default the user's store.

    Attributes:
        json: ``--json`` was given: standard output carries JSON only.
        debug: ``--debug`` was given: errors show their traceback.
    """

    def __init__(self, registry: Registry | None = None, store: BundleStore | None = None) -> None:
        self._registry = registry
        self._store = store
        self.json = False
        self.debug = False

    @property
    def registry(self) -> Registry:
        """The plugins found."""
        if self._registry is None:
            from aigc_sdk.discovery import Registry

            self._registry = Registry.discover()
        return self._registry

    @property
    def store(self) -> BundleStore:
        """The bundles found."""
        if self._store is None:
            from aigc_sdk.bundles.store import BundleStore

            self._store = BundleStore(registry=self.registry)
        return self._store

    def studio(self, **settings: Any) -> Studio:
        """A `Studio` over this run's plugins and store; close it after use."""
        from aigc_sdk.studio import Studio

        return Studio(registry=self.registry, store=self.store, **settings)

    @property
    def out(self) -> Console:
        """Rich console on standard output, for people."""
        from rich.console import Console

        return Console(highlight=False)

    @property
    def err(self) -> Console:
        """Rich console on standard error: progress and remarks."""
        from rich.console import Console

        return Console(stderr=True, highlight=False)

    def remark(self, text: str) -> None:
        """A line on standard error."""
        click.echo(printable(text), err=True)

    def emit(self, data: Any) -> None:
        """Write JSON to standard output, indented where a person looks at it."""
        emit_json(data, indent=2 if sys.stdout.isatty() else None)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on standard error; nothing where that is no terminal."""
        if not sys.stderr.isatty():
            yield silent
            return
        from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[amount]}"),
            TimeRemainingColumn(),
        )
        with Bar(*columns, console=self.err, transient=True) as bar:
            tasks: dict[str, TaskID] = {}

            def report(step: str, done: float, total: float | None) -> None:
                if step not in tasks:
                    tasks[step] = bar.add_task(step, total=total, amount="")
                counted = "" if total == 1.0 else f"{done:g}"
                amount = f"{done / 1e6:.1f} MB" if step in ("download", "verify") else counted
                bar.update(tasks[step], completed=done, total=total, amount=amount)

            yield report


pass_app: Callable[..., Any] = click.make_pass_decorator(App, ensure=True)


def emit_json(data: Any, indent: int | None = None) -> None:
    """One JSON document on standard output; escaped where the terminal's encoding could not show it."""
    plain = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    text = json.dumps(data, ensure_ascii=not plain.startswith("utf"), indent=indent, default=str)
    try:
        click.echo(text)
    except UnicodeEncodeError:
        click.echo(json.dumps(data, indent=indent, default=str))


def printable(text: str) -> str:
    """Text without characters that steer a terminal: control characters are shown as escapes."""
    return "".join(c if c in "\n\t" or c.isprintable() or c == "　" else _escape(c) for c in text)


def _escape(char: str) -> str:
    # Joiners, variation selectors and bidi marks belong to emoji and many scripts; they do not steer.
    code = ord(char)
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return f"\\x{code:02x}"
    return char
