"""The example plugin of the documentation works and conforms."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.studio import Studio
from aigc_sdk.testkit import check_plugin
from aigc_sdk.verdict import Decision

EXAMPLE = Path(__file__).parents[2] / "examples" / "aigc-shout"


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLE))
    yield Registry([PluginSource("shout", lambda: importlib.import_module("aigc_shout"))])
    for name in ("aigc_shout", "aigc_shout_parts"):
        sys.modules.pop(name, None)


def test_it_generates_scores_and_screens(registry):
    with Studio(registry=registry) as studio:
        result = studio.generate("text/shout", {"text": "hello tck-12345"}, options={"marks": 2})
        assert result.prompt_verdict.decision is Decision.REDACT
        assert result.text == "HELLO [TICKET]!!"
        assert result.scores[0].explanation == "11 of 11 letters are capitals"
        assert studio.moderate("see TCK-777").redacted == "see [ticket]"


def test_it_conforms(registry):
    results = check_plugin("shout", registry=registry)
    assert {r.component for r in results} == {"text/shout", "text/loudness", "text/ticket-numbers"}
    for result in results:
        result.raise_if_failed()


def test_the_checks_can_fail(registry, monkeypatch):
    parts = importlib.import_module("aigc_shout_parts")
    monkeypatch.setattr(parts.Shout, "generate", lambda self, requests, *, ctx: [])
    failed = [r for r in check_plugin("shout", registry=registry) if not r.ok]
    assert {r.component for r in failed} == {"text/shout"}
