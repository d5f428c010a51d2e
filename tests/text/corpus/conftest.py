from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import PluginSource, Registry
from aigc_text import plugin

ENGLISH = (
    "The harbour lights went out one after another while the old ferry turned slowly into the wind, and nobody "
    "on deck said a word until the bell of the lighthouse rang twice across the dark water. We don't know who "
    "rang it; the keeper had left the island eleven years before that night."
)
CHINESE = (
    "渡船缓缓转向迎风的一侧，港口的灯火一盏接一盏地熄灭，甲板上没有人说话，直到灯塔的钟声在漆黑的水面上响了两下。"
    "我们不知道是谁敲的钟，守塔人在那一夜的十一年前就离开了小岛。"
)


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def registry():

    return Registry([PluginSource("text", lambda: plugin)])


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("AIGC_CORPUS", raising=False)
    return tmp_path / "home"


@pytest.fixture
def aigc(registry, home):
    def run(*arguments: object, stdin: str | None = None) -> Outcome:
        app = App(registry, BundleStore(home, registry))
        result = CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, obj=app)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def texts():
    return {"en": ENGLISH, "zh": CHINESE}
