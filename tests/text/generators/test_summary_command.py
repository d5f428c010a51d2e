"""``aigc generate text/summary``: from standard input and JSON Lines, screened and scored."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import PluginSource, Registry
from aigc_text import plugin

TEXT = (
    "Bridges of steel rust where salt is spread in winter. Existing paints peel after four years. "
    "In this paper we propose a zinc paint that protects steel bridges from rust. The weather was good."
)


@pytest.fixture
def aigc(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path / "home"))
    registry = Registry([PluginSource("text", lambda: plugin)])

    def run(*arguments: object, stdin: str | None = None):
        app = App(registry, BundleStore(tmp_path / "home", registry))
        return CliRunner().invoke(
            cli, [str(a) for a in arguments], input=stdin, obj=app, catch_exceptions=False
        )

    return run


def test_from_standard_input(aigc):
    done = aigc("generate", "text/summary", "--prompt", "-", "-o", "sentences=1", "--json", stdin=TEXT)
    result = json.loads(done.stdout)
    assert done.exit_code == 0
    (output,) = result["outputs"]
    assert output["text"] == "In this paper we propose a zinc paint that protects steel bridges from rust."
    assert output["verdict"]["decision"] == "allow"
    scores = {s["metric"]: s["value"] for s in output["scores"]}
    assert (scores["length"], scores["looped"]) == (14, 0.0)


def test_json_lines(aigc, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "en", "text": TEXT},
        {"id": "blank", "inputs": {"text": "…"}},
        {"id": "zh", "inputs": {"text": "天气很好。本文提出了一种新的排水模型。"}, "language": "zh"},
    ]
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = aigc("generate", "text/summary", "--jsonl", source, "--out", out, "-o", "sentences=1")
    assert done.exit_code == 0
    made = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert made[0]["text"].startswith("In this paper we propose")
    assert made[1]["error"]["code"] == "bad_input"
    assert made[2]["text"] == "本文提出了一种新的排水模型。"


def test_two_lengths_are_one_too_many(aigc):
    done = aigc(
        "generate", "text/summary", "--prompt", TEXT, "-o", "sentences=1", "-o", "words=9", "--language", "en"
    )
    assert done.exit_code != 0
    assert "give one length" in done.stderr
