"""References reach the evaluators from code, the command line and JSON Lines."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.studio import Studio
from aigc_text import plugin


@pytest.fixture
def registry():
    return Registry([PluginSource("text", lambda: plugin)])


@pytest.fixture
def aigc(registry, tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path / "home"))

    def run(*arguments: object):
        app = App(registry, BundleStore(tmp_path / "home", registry))
        return CliRunner().invoke(cli, [str(a) for a in arguments], obj=app, catch_exceptions=False)

    return run


def test_in_code(registry):
    with Studio(registry=registry) as studio:
        scores = studio.evaluate("a cat sat", evaluators=["text/rouge"], references=["x", "a cat sat down"])
    assert [(s.metric, s.details["reference"]) for s in scores][:1] == [("rouge_1", 1)]


def test_on_the_command_line(aigc):
    done = aigc(
        "evaluate",
        "今天天气很好",
        "-e",
        "text/rouge",
        "--reference",
        "今天天气好",
        "--language",
        "zh",
        "--json",
    )
    scores = {s["metric"]: s for s in json.loads(done.stdout)["scores"]}
    assert scores["rouge_1"]["value"] == pytest.approx(2 * 1 * (5 / 6) / (11 / 6))


def test_in_json_lines_each_row_has_its_own(aigc, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "one", "text": "A cup of tea.", "reference": "A cup of tea."},
        {"id": "two", "text": "A cup of tea.", "reference": ["Rain.", "A pot of tea."]},
        {"id": "none", "text": "A cup of tea."},
    ]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = aigc("evaluate", "--jsonl", source, "--out", out, "-e", "text/rouge", "-e", "text/repetition")
    assert done.exit_code == 0
    results = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = [{s["metric"]: s for s in row["scores"]} for row in results]
    assert [row["rouge_l"]["value"] for row in found] == [1.0, 0.75, None]
    assert '"reference" in JSON Lines' in found[2]["rouge_l"]["reason"]
    assert all(row["looped"]["value"] == 0.0 for row in found)
