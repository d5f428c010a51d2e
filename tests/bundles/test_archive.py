"""Zipped bundles from anywhere: sound ones open, hostile ones leave no trace."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from aigc_sdk.bundles.archive import unpack_bundle
from aigc_sdk.errors import BundleError, InputTooLargeError, ModelNotFoundError


def zip_of(folder: Path, target: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, prefix + path.relative_to(folder).as_posix())
    return target


@pytest.mark.parametrize("prefix", ["", "words/"])
def test_a_zipped_bundle_opens(store, make_bundle, tmp_path, prefix):
    archive = zip_of(make_bundle(), tmp_path / "words.zip", prefix)
    bundle = store.resolve(archive)
    assert bundle.path("words.txt").read_text() == "alpha\nbeta\n"
    assert store.resolve(str(archive)).folder == bundle.folder


@pytest.mark.parametrize(
    "name",
    ["../escaped.txt", "a/../../escaped.txt", "/escaped.txt", "a\\..\\..\\escaped.txt", "C:escaped.txt"],
)
def test_a_name_that_leaves_the_folder_is_refused_before_anything_is_written(
    store, make_bundle, tmp_path, name
):
    archive = zip_of(make_bundle(), tmp_path / "words.zip")
    with zipfile.ZipFile(archive, "a") as more:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        more.writestr(info, "escaped")
    with pytest.raises(BundleError, match="leaves"):
        store.resolve(archive)
    assert list(tmp_path.rglob("escaped.txt")) == []
    assert not [p for p in (store.root / "unpacked").rglob("*") if p.is_file()]


@pytest.mark.parametrize("name", ["model.pkl", "run.py", "weights.h5"])
def test_files_that_may_carry_code_are_refused(store, make_bundle, tmp_path, name):
    archive = zip_of(make_bundle(), tmp_path / "words.zip")
    with zipfile.ZipFile(archive, "a") as more:
        more.writestr(name, "x")
    with pytest.raises(BundleError, match="bundles hold no"):
        store.resolve(archive)


def test_links_are_refused(make_bundle, tmp_path):
    archive = zip_of(make_bundle(), tmp_path / "words.zip")
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "a") as more:
        more.writestr(info, "/etc/hostname")
    with pytest.raises(BundleError, match="is a link"):
        unpack_bundle(archive, tmp_path)


def test_an_archive_that_inflates_without_end_is_stopped(make_bundle, tmp_path):
    archive = zip_of(make_bundle(text="0" * 5_000_000), tmp_path / "words.zip")
    (tmp_path / "out").mkdir()
    assert archive.stat().st_size < 100_000
    with pytest.raises(InputTooLargeError, match="unpacks to more"):
        unpack_bundle(archive, tmp_path / "out", max_bytes=1_000_000)
    with pytest.raises(InputTooLargeError, match="holds 3 files"):
        unpack_bundle(archive, tmp_path / "out", max_files=2)


def test_a_truncated_archive_is_refused(store, make_bundle, tmp_path):
    archive = zip_of(make_bundle(), tmp_path / "words.zip")
    data = archive.read_bytes()
    for cut in (0, 10, len(data) // 2, len(data) - 1):
        archive.write_bytes(data[:cut])
        with pytest.raises(BundleError):
            store.resolve(archive)


def test_a_flipped_byte_is_found(store, make_bundle, tmp_path):
    archive = zip_of(make_bundle(), tmp_path / "words.zip")
    data = bytearray(archive.read_bytes())
    data[data.index(b"words.txt") + 12] ^= 0xFF
    archive.write_bytes(data)
    with pytest.raises(BundleError):
        store.resolve(archive)


def test_an_archive_without_a_manifest_is_refused(store, tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.txt").write_text("a")
    with pytest.raises(BundleError, match=r"holds no bundle\.json"):
        store.resolve(zip_of(tmp_path / "f", tmp_path / "words.zip"))


def test_a_missing_archive_is_a_missing_model(store, tmp_path):
    with pytest.raises(ModelNotFoundError):
        store.resolve(tmp_path / "none.zip")
