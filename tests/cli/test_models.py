"""``aigc models``."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aigc_sdk.bundles import fetch


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "My Words.words"
    file.write_text("alpha\n")
    return file


def test_import_list_inspect_verify_remove(aigc, words, store):
    done = aigc("models", "import", words, "--licence", "MIT", "--json")
    assert done.code == 0, done.err
    assert done.json["id"] == "my-words"
    assert Path(done.json["path"]) == (store.root / "bundles" / "my-words").resolve()
    listed = {row["id"]: row["state"] for row in aigc("models", "list", "--json").json["models"]}
    assert listed == {"my-words": "local", "far-away": "available"}
    assert "my-words" in aigc("models", "list").out
    inspected = aigc("models", "inspect", "my-words", "--json").json
    assert inspected["manifest"]["licence"] == "MIT"
    assert "MIT" in aigc("models", "inspect", "my-words").out
    assert aigc("models", "verify").code == 0
    assert aigc("models", "remove", "my-words", stdin="n\n").code == 1
    assert aigc("models", "remove", "my-words", "--yes").code == 0
    assert aigc("models", "remove", "my-words", "--yes").code == 5


def test_a_tampered_bundle_fails_verification_with_6(aigc, words, store):
    aigc("models", "import", words, "--licence", "MIT")
    (store.root / "bundles" / "my-words" / "words.txt").write_text("ALPHA\n")
    done = aigc("models", "verify", "--json")
    assert done.code == 6
    assert done.json["models"][0]["ok"] is False
    assert aigc("models", "inspect", "my-words").code == 6
    (store.root / "bundles" / "my-words" / "bundle.json").write_text("{}")
    assert aigc("models", "verify").code == 6
    assert "broken" in aigc("models", "list").out


def test_a_missing_model_ends_with_5_and_the_command_that_brings_it(aigc):
    done = aigc("models", "inspect", "far-away")
    assert done.code == 5
    assert "aigc models pull far-away" in done.err
    assert aigc("models", "pull", "nowhere").code == 5


def test_import_refuses_what_it_does_not_know(aigc, tmp_path, words):
    (tmp_path / "x.bin").write_text("x")
    done = aigc("models", "import", tmp_path / "x.bin")
    assert done.code == 2
    assert "words (.words)" in done.err
    done = aigc("models", "import", words)
    assert done.code == 2
    assert "--licence" in done.err
    assert aigc("models", "import", words, "--id", "No Id", "--licence", "MIT").code == 2
    assert aigc("models", "import", tmp_path / "none.words").code == 2


def test_import_to_a_folder_and_back_from_there_and_from_a_zip(aigc, words, tmp_path, store):
    out = tmp_path / "bundle"
    done = aigc("models", "import", words, "--licence", "MIT", "--id", "w", "--out", out)
    assert done.code == 0, done.err
    assert not (store.root / "bundles" / "w").exists()
    assert aigc("models", "verify", out).code == 0
    assert aigc("models", "import", out).code == 0
    archive = tmp_path / "w.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in out.iterdir():
            target.write(path, path.name)
    assert aigc("models", "remove", "w", "-y").code == 0
    assert aigc("models", "import", archive).code == 0
    assert aigc("models", "verify", "w").code == 0
    assert aigc("models", "import", words, "--licence", "MIT", "--out", out).code == 2
    assert not list(tmp_path.rglob(".import-*"))


def test_import_of_a_folder_goes_to_whoever_recognises_it(aigc, tmp_path):
    folder = tmp_path / "My Words2.5-0.5B"
    folder.mkdir()
    done = aigc("models", "import", folder, "--licence", "MIT")
    assert done.code == 2
    assert "No importer takes My Words2.5-0.5B" in done.err
    assert "word-folder (folders)" in " ".join(done.err.split())
    (folder / "words.txt").write_text("alpha\n")
    done = aigc("models", "import", folder, "--licence", "MIT", "--json")
    assert done.code == 0, done.err
    assert done.json["id"] == "my-words2.5-0.5b"  # a folder's name has no ending


def test_a_truncated_zip_ends_with_6(aigc, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("bundle.json", "{}")
    (tmp_path / "w.zip").write_bytes(buffer.getvalue()[:-10])
    assert aigc("models", "import", tmp_path / "w.zip").code == 6


def test_a_pull_without_network_ends_with_9(aigc, monkeypatch):
    monkeypatch.setattr(fetch, "run_client", lambda *a: (1, "Temporary failure in name resolution"))
    done = aigc("models", "pull", "far-away", "--json")
    assert done.code == 9
    assert done.json["error"]["code"] == "download"


def test_ids_are_listed_whole(aigc, words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    name = "a-model-with-a-rather-long-name-indeed"
    assert aigc("models", "import", words, "--id", name, "--licence", "MIT").code == 0
    assert name in aigc("models", "list").out
