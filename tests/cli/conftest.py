from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import PluginSource, Registry

HERE = Path(__file__).parent


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def fake_plugin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.delenv("AIGC_DEBUG", raising=False)
    import cli_fake_plugin

    yield cli_fake_plugin
    sys.modules.pop("cli_fake_plugin", None)


@pytest.fixture
def registry(fake_plugin: Any) -> Registry:
    def broken() -> object:
        raise ImportError("a package that is not here")

    return Registry(
        [
            PluginSource("fake", lambda: fake_plugin, "fake-plugin", "1.2", "cli_fake_plugin"),
            PluginSource("broken", broken, "broken-plugin", "0.1", "broken_plugin"),
        ]
    )


@pytest.fixture
def store(tmp_path: Path, registry: Registry) -> BundleStore:
    return BundleStore(tmp_path / "home", registry)


@pytest.fixture
def aigc(registry: Registry, store: BundleStore) -> Callable[..., Outcome]:
    """Runs ``aigc ARGUMENTS`` in this process, over the fake plugin and an empty store."""

    def run(*arguments: object, stdin: str | bytes | None = None) -> Outcome:
        result = CliRunner().invoke(
            cli, [str(a) for a in arguments], input=stdin, obj=App(registry, store), prog_name="aigc"
        )
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run
