from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aigc_sdk.bundles import write_manifest
from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.spec import BundleSource, ImporterSpec


@pytest.fixture
def make_bundle(tmp_path: Path) -> Callable[..., Path]:
    def make(bundle_id: str = "words", text: str = "alpha\nbeta\n", folder: Path | None = None) -> Path:
        target = folder or tmp_path / "made" / bundle_id
        (target / "parts").mkdir(parents=True)
        (target / "words.txt").write_text(text)
        (target / "parts" / "more.bin").write_bytes(bytes(range(256)) * 8)
        write_manifest(target, id=bundle_id, task="lexicon", licence="Apache-2.0", summary="A list of words")
        return target

    return make


def registry_of(bundles: tuple[BundleSource, ...] = (), importers: tuple[ImporterSpec, ...] = ()) -> Registry:
    class Plugin(SimpleNamespace):
        AIGC_HOOK_API = (1, 1)
        __hash__ = object.__hash__

        @hookimpl
        def aigc_bundles(self) -> Any:
            return list(bundles)

        @hookimpl
        def aigc_importers(self) -> Any:
            return list(importers)

    return Registry([PluginSource("fake", Plugin, "fake-plugin", "1.0", "fake")])


@pytest.fixture
def store(tmp_path: Path) -> BundleStore:
    return BundleStore(tmp_path / "home", registry_of())
