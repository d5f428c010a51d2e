from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import PluginSource, Registry
from aigc_text import plugin
from aigc_text.knowledge.encoder import Encoder, EncoderRef
from aigc_text.knowledge.terms import term_id, terms

FILES = {
    "shop/returns.md": "# Shop\n\nWelcome.\n\n## Returns\n\nUnused goods may be sent back within thirty days. Keep the receipt.\n",
    "shop/hours.txt": "We open at 9:30 on weekdays. On Sundays the shop is closed.\n",
    "水杯.txt": "极光水杯的保修期是两年。杯盖可以放进洗碗机清洗。\n",
    "prices.csv": "item,price\nAurora Bottle,20 pounds\nTravel Mug,14 pounds\n",
    "about.html": "<title>About us</title><h1>History</h1><p>The company was founded in 1987 by Ada Stone.</p>",
}


class WordEngine:
    """A sentence encoder that counts words: texts that share words are alike. Remembers what it read."""

    dimensions = 64

    def __init__(self):
        self.read = []

    def encode(self, texts, prefix="query: ", *, ctx=None):
        self.read += [prefix + text for text in texts]
        vectors = np.full((len(texts), self.dimensions), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, term_id(term) % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def encoder():
    return Encoder(EncoderRef("words", "d" * 64, WordEngine.dimensions), WordEngine())


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "documents"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def aigc(tmp_path, monkeypatch):
    """Run ``aigc`` with the text plugin and a home without models."""
    home = tmp_path / "home"
    monkeypatch.setenv("AIGC_HOME", str(home))
    registry = Registry([PluginSource("text", lambda: plugin)])

    def run(*arguments):
        app = App(registry=registry, store=BundleStore(home, registry))
        done = CliRunner().invoke(cli, [str(a) for a in arguments], obj=app)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Outcome(done.exit_code, done.stdout, done.stderr)

    return run
