"""Pulling: a stand-in for pip lays a wheel into the folder asked for; no network is touched."""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import threading
import time
import zipfile
from pathlib import Path

import pytest

from aigc_sdk.bundles import BundleStore, fetch, sources
from aigc_sdk.errors import BadInputError, BundleError, DownloadError, ExportError, MissingDependencyError
from aigc_sdk.spec import BundleSource, ImporterSpec

from .conftest import registry_of

DATA = b"one\ntwo\nthree\n" * 1000
IMPORTER = ImporterSpec(id="words", summary="Words", factory="pull_fixture_importer:import_words")


@pytest.fixture(autouse=True)
def importer(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import fake_importer

    monkeypatch.setitem(sys.modules, "pull_fixture_importer", fake_importer)
    fake_importer.calls.clear()
    return fake_importer


def source_of(**changes) -> BundleSource:
    fields = {
        "id": "words",
        "summary": "Words",
        "licence": "MIT",
        "package": "pypi:words-data==1.2",
        "member": "words_data/words.txt",
        "sha256": hashlib.sha256(DATA).hexdigest(),
        "size": 400,
        "importer": "words",
        "fields": {"summary": "Pulled words"},
    }
    return BundleSource(**{**fields, **changes})


def store_of(tmp_path: Path, source: BundleSource, importers=(IMPORTER,)) -> BundleStore:
    return BundleStore(tmp_path / "home", registry_of((source,), importers))


class Client:
    """Stands in for pip and npm."""

    def __init__(self, data: bytes = DATA) -> None:
        self.data, self.commands, self.code, self.said = data, [], 0, ""
        self.whole = True

    def __call__(self, command, environment, folder, size, progress):
        self.commands.append(list(command))
        progress("download", size, size)
        if self.code:
            return self.code, self.said
        if "npm" in Path(command[0]).name:
            target = Path(command[command.index("--pack-destination") + 1]) / "words-1.0.0.tgz"
            with tarfile.open(target, "w:gz") as tarball:
                info = tarfile.TarInfo("package/dist/words.txt")
                info.size = len(self.data)
                tarball.addfile(info, io.BytesIO(self.data))
        else:
            target = Path(command[command.index("-d") + 1]) / "words_data-1.2-py3-none-any.whl"
            with zipfile.ZipFile(target, "w") as wheel:
                wheel.writestr("words_data/__init__.py", "raise SystemExit('never run')")
                wheel.writestr("words_data/words.txt", self.data)
        if not self.whole:
            target.write_bytes(target.read_bytes()[:-30])
        return 0, ""


@pytest.fixture
def client(monkeypatch):
    client = Client()
    monkeypatch.setattr(fetch, "run_client", client)
    return client


def test_a_pull_ends_in_a_verified_bundle_and_leaves_no_scrap(tmp_path, client, importer):
    source = source_of()
    store = store_of(tmp_path, source)
    steps = []
    bundle = sources.pull(source, store, lambda step, done, total: steps.append(step))
    assert bundle.id == "words"
    assert bundle.manifest.summary == "Pulled words"
    assert bundle.manifest.source == "pypi:words-data==1.2 (words_data/words.txt)"
    assert store.resolve("words").path("words.txt").read_bytes() == DATA
    assert steps[0] == "download"
    assert {"download", "verify", "convert"} == set(steps)
    assert list((store.root / "downloads").iterdir()) == []
    assert [p.name for p in (store.root / "bundles").iterdir()] == ["words"]
    [command] = client.commands
    assert command[1:4] == ["-m", "pip", "download"]
    assert "--no-deps" in command
    assert "--only-binary=:all:" in command
    assert command[-1] == "words-data==1.2"
    assert store.list()[0].state == "pulled"


def test_a_second_pull_does_nothing(tmp_path, client, importer):
    source = source_of()
    store = store_of(tmp_path, source)
    first = sources.pull(source, store)
    assert sources.pull(source, store).digest == first.digest
    assert len(client.commands) == len(importer.calls) == 1
    sources.pull(source, store, force=True)
    assert len(client.commands) == 2


def test_a_damaged_bundle_is_pulled_again(tmp_path, client):
    source = source_of()
    store = store_of(tmp_path, source)
    sources.pull(source, store)
    (store.root / "bundles" / "words" / "words.txt").write_bytes(b"tampered")
    sources.pull(source, store)
    assert store.resolve("words").path("words.txt").read_bytes() == DATA


def test_another_revision_of_what_the_importer_adds_is_pulled_again(tmp_path, client):
    source = source_of()
    sources.pull(source, store_of(tmp_path, source))
    newer = source_of(revision="2")
    store = store_of(tmp_path, newer)
    sources.pull(newer, store)
    sources.pull(newer, store)
    assert len(client.commands) == 2


def test_a_source_that_changed_is_pulled_again(tmp_path, client):
    source = source_of()
    sources.pull(source, store_of(tmp_path, source))
    newer = source_of(package="pypi:words-data==1.3")
    sources.pull(newer, store_of(tmp_path, newer))
    assert client.commands[-1][-1] == "words-data==1.3"


def test_the_users_own_bundle_of_that_id_is_left_in_peace(tmp_path, client, make_bundle):
    source = source_of()
    store = store_of(tmp_path, source)
    own = store.install(make_bundle())
    assert sources.pull(source, store).digest == own.digest
    assert client.commands == []


def test_concurrent_pulls_download_once(tmp_path, client):
    source = source_of()
    store = store_of(tmp_path, source)
    bundles = []
    threads = [threading.Thread(target=lambda: bundles.append(sources.pull(source, store))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bundles) == 4
    assert len(client.commands) == 1


def test_another_hash_is_refused_before_the_importer_sees_the_file(tmp_path, client, importer):
    client.data = b"something else"
    source = source_of()
    store = store_of(tmp_path, source)
    with pytest.raises(BundleError, match="another hash"):
        sources.pull(source, store)
    assert importer.calls == []
    assert not list(store.root.rglob("*.txt"))


@pytest.mark.parametrize("whole", [True, False])
def test_a_package_without_the_member_or_cut_short_is_refused(tmp_path, client, whole):
    client.whole = whole
    source = source_of(member="words_data/none.txt")
    with pytest.raises(BundleError):
        sources.pull(source, store_of(tmp_path, source))


def test_no_network_says_so(tmp_path, client):
    client.code = 1
    client.said = (
        "WARNING: Retrying after connection broken by NewConnectionError: Temporary failure in name resolution\n"
        "ERROR: Could not find a version that satisfies the requirement words-data==1.2\n"
    )
    source = source_of()
    with pytest.raises(DownloadError, match="cannot be reached") as raised:
        sources.pull(source, store_of(tmp_path, source))
    assert isinstance(raised.value, ConnectionError)


def test_an_unknown_package_says_what_the_client_said(tmp_path, client):
    client.code, client.said = 1, "ERROR: No matching distribution found for words-data==1.2\n"
    source = source_of()
    with pytest.raises(DownloadError, match="No matching distribution"):
        sources.pull(source, store_of(tmp_path, source))


def test_a_missing_importer_is_found_before_the_download(tmp_path, client):
    source = source_of()
    with pytest.raises(MissingDependencyError) as raised:
        sources.pull(source, store_of(tmp_path, source, ()))
    assert raised.value.hint == "Install aigc-sdk-exporters."
    assert client.commands == []


def test_the_download_survives_a_failed_conversion(tmp_path, client):
    bad = source_of(fields={"explode": True})
    with pytest.raises(ExportError, match="does not understand"):
        sources.pull(bad, store_of(tmp_path, bad))
    good = source_of()
    sources.pull(good, store_of(tmp_path, good))
    assert len(client.commands) == 1


def test_a_package_from_npm(tmp_path, client, monkeypatch):
    monkeypatch.setattr(fetch.shutil, "which", lambda name: f"/usr/bin/{name}")
    source = source_of(package="npm:@words/data@1.0.0", member="dist/words.txt")
    assert sources.pull(source, store_of(tmp_path, source)).id == "words"
    assert client.commands[0][:3] == ["/usr/bin/npm", "pack", "@words/data@1.0.0"]
    monkeypatch.setattr(fetch.shutil, "which", lambda name: None)
    other = source_of(id="other", package="npm:words@1.0.0", sha256="0" * 64)
    with pytest.raises(MissingDependencyError, match="npm"):
        sources.pull(other, store_of(tmp_path, other))


@pytest.mark.parametrize(
    "package", ["pypi:--index-url==x", "pypi:words", "npm:words", "git:words", "npm:-g@1"]
)
def test_a_name_that_is_no_package_never_reaches_a_client(tmp_path, client, package):
    source = source_of(package=package)
    with pytest.raises(DownloadError, match="names no package"):
        sources.pull(source, store_of(tmp_path, source))
    assert client.commands == []


def test_a_shipped_bundle_cannot_be_pulled(tmp_path, client):
    source = BundleSource(id="words", summary="Words", licence="MIT", path="json:words", plugin="fake")
    with pytest.raises(BadInputError, match="nothing to pull"):
        sources.pull(source, store_of(tmp_path, source))


def test_uv_stands_in_where_pip_is_missing(monkeypatch):
    monkeypatch.setattr(fetch.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(fetch.shutil, "which", lambda name: "/opt/uv")
    assert fetch.pip_command() == ["/opt/uv", "tool", "run", "--python", sys.executable, "pip"]
    monkeypatch.setattr(fetch.shutil, "which", lambda name: None)
    monkeypatch.setattr(fetch.sys, "executable", "/nowhere/python")
    with pytest.raises(MissingDependencyError, match="neither pip nor uv"):
        fetch.pip_command()


def test_the_client_runs_as_a_process_whose_growth_is_reported(tmp_path):
    script = (
        "import pathlib,time; print('x' * 200_000); pathlib.Path('f').write_bytes(bytes(100)); time.sleep(.5)"
    )
    seen = []
    code, said = fetch.run_client(
        [sys.executable, "-c", script], {}, tmp_path, 200, lambda *a: seen.append(a[1])
    )
    assert code == 0
    assert len(said) >= 200_000
    assert seen[0] == 0
    assert 100 in seen
    assert seen[-1] == 200


def test_a_watcher_that_fails_ends_the_client(tmp_path):
    def stop(step, done, total):
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        fetch.run_client([sys.executable, "-c", "import time; time.sleep(60)"], {}, tmp_path, 0, stop)
    assert time.monotonic() - began < 30
