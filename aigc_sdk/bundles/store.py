"""Where bundles live on this machine, and how an id becomes an opened, verified bundle."""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
import shutil
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aigc_sdk.bundles.archive import unpack_bundle
from aigc_sdk.bundles.bundle import Bundle, open_bundle, read_manifest
from aigc_sdk.bundles.lock import file_lock, private_name
from aigc_sdk.bundles.manifest import MANIFEST_NAME, hash_file
from aigc_sdk.errors import AigcError, BadInputError, BundleError, ModelNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from aigc_sdk.discovery import Registry
    from aigc_sdk.spec import BundleSource

HOME_VARIABLE: Final = "AIGC_HOME"
_BUNDLE_ID: Final = re.compile(r"^[a-z0-9][a-z0-9._-]{0,99}$")

_verified: dict[Path, tuple[tuple[str, int, int], ...]] = {}
_verified_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One bundle as ``aigc models list`` shows it.

    Attributes:
        id: Bundle id.
        state: ``shipped`` (inside a plugin), ``pulled`` (in the store, from a source a plugin names),
            ``local`` (in the store, imported or trained here), ``available`` (not here; can be pulled).
        summary: One line.
        licence: SPDX expression of the weights.
        size: Bytes on disk, or of the download where it is not here.
        plugin: Plugin that offers it, or empty.
        path: Its folder, or None where it is not here.
        error: Why it cannot be used, or None.
    """

    id: str
    state: str
    summary: str
    licence: str
    size: int = 0
    plugin: str = ""
    path: Path | None = None
    error: str | None = None


def default_root() -> Path:
    """The user's store: ``$AIGC_HOME``, else the platform's folder for application data."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "aigc"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "aigc"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "aigc"


class BundleStore:
    """Finds, installs and removes bundles. Never touches the network.

    Args:
        root: The store's folder; by default `default_root`. Made when something is installed.
        registry: Whose shipped and available bundles to know; by default discovered when first needed.
    """

    def __init__(self, root: str | os.PathLike[str] | None = None, registry: Registry | None = None) -> None:
        self.root = Path(root).expanduser() if root is not None else default_root()
        self._registry = registry

    @property
    def registry(self) -> Registry:
        """The plugins whose bundles this store knows."""
        if self._registry is None:
            from aigc_sdk.discovery import Registry

            self._registry = Registry.discover()
        return self._registry

    def folder(self, bundle_id: str) -> Path:
        """Where the store keeps, or would keep, a bundle.

        Raises:
            BadInputError: If it is no bundle id.
        """
        if not _BUNDLE_ID.match(bundle_id):
            raise BadInputError(
                f"{bundle_id!r} is no bundle id: lower case letters, digits, '.', '_', '-' only.",
                hint="See `aigc models list`; for a folder or zip file, write ./NAME.",
            )
        return self.root / "bundles" / bundle_id

    def resolve(self, id_or_path: str | os.PathLike[str]) -> Bundle:
        """Open a bundle by id or path and verify its hashes (once per process and state of its files).

        Whatever holds a path separator, starts with ``.`` or ``~``, or ends in ``.zip`` is a path. An id never
        means something in the current folder, so that a download lying there cannot take a model's place.
        Ids are looked up in the user's store, then among what plugins ship.

        Raises:
            ModelNotFoundError: If it is not on this machine; the hint says how to get it.
            BundleError: If it is malformed, truncated or tampered with.
        """
        if _is_path(id_or_path):
            path = Path(id_or_path).expanduser()
            if path.suffix.lower() == ".zip" and not path.is_dir():
                return self._open_zip(path)
            return open_verified(path)
        bundle_id = str(id_or_path)
        held = self.folder(bundle_id)
        if held.is_dir():
            return open_verified(held)
        source = self.registry.bundles.get(bundle_id)
        if source is not None and source.path is not None:
            return open_verified(self._shipped(self.registry.bundle(bundle_id)))
        raise self._missing(bundle_id, source)

    def find(self, bundle_id: str) -> Path | None:
        """Folder of a bundle that is on this machine, unverified; None where it is not."""
        held = self.folder(bundle_id)
        if held.is_dir():
            return held
        source = self.registry.bundles.get(bundle_id)
        if source is None or source.path is None:
            return None
        try:
            return self._shipped(source)
        except ModelNotFoundError:
            return None

    def list(self) -> Sequence[BundleRow]:
        """A row for every bundle that is here or can be had, sorted by id. Verifies nothing."""
        rows: dict[str, BundleRow] = {}
        for folder in self._held():
            offered = self.registry.bundles.get(folder.name)
            state = "pulled" if offered is not None and offered.package is not None else "local"
            rows[folder.name] = _row(folder, folder.name, state, offered)
        for bundle_id, source in self.registry.bundles.items():
            if bundle_id in rows:
                continue
            if source.path is None:
                rows[bundle_id] = BundleRow(
                    bundle_id, "available", source.summary, source.licence, source.size, source.plugin
                )
                continue
            try:
                rows[bundle_id] = _row(self._shipped(source), bundle_id, "shipped", source)
            except ModelNotFoundError as error:
                rows[bundle_id] = BundleRow(
                    bundle_id,
                    "shipped",
                    source.summary,
                    source.licence,
                    0,
                    source.plugin,
                    error=error.message,
                )
        return [rows[key] for key in sorted(rows)]

    def install(self, folder: str | os.PathLike[str], *, move: bool = False) -> Bundle:
        """Verify a bundle's folder and put it into the store, in place of an older one of its id.

        The copy is made and verified beside its final place and renamed, so that a reader sees the old bundle
        or the new one, never half of it.

        Args:
            folder: The bundle.
            move: True where the folder is the caller's to give away; saves the copy on the same disk.

        Raises:
            ModelNotFoundError: If there is no bundle there.
            BundleError: If it is malformed, truncated or tampered with.
        """
        source = open_bundle(folder)
        target = self.folder(source.id)
        with self.lock(source.id):
            self.origin_file(source.id).unlink(missing_ok=True)
            return self._put(source, target, move=move)

    def lock(self, bundle_id: str) -> AbstractContextManager[None]:
        """Lock one bundle id against other processes; not reentrant."""
        return file_lock(self.root / "locks" / f"{bundle_id}.lock")

    def origin_file(self, bundle_id: str) -> Path:
        """Where `pull` records which package a bundle was made from; absent for imported and trained ones."""
        return self.root / "origins" / f"{bundle_id}.json"

    def put_locked(self, folder: Path) -> Bundle:
        """`install` by moving, for a caller that holds `lock` already."""
        source = open_bundle(folder)
        return self._put(source, self.folder(source.id), move=True)

    def _put(self, source: Bundle, target: Path, *, move: bool) -> Bundle:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.parent / private_name(target.name)
        try:
            if move:
                shutil.move(source.folder, fresh)
            else:
                fresh.mkdir()
                for name in (*source.manifest.files, MANIFEST_NAME):
                    (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source.folder / name, fresh / name)
                open_bundle(fresh)
            _replace_folder(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return open_verified(target)

    def remove(self, bundle_id: str) -> Path:
        """Delete a bundle from the store; returns where it was.

        Raises:
            ModelNotFoundError: If the store does not hold it.
            BadInputError: If a plugin ships it; that is uninstalled with the plugin.
        """
        target = self.folder(bundle_id)
        with self.lock(bundle_id):
            if not target.is_dir():
                source = self.registry.bundles.get(bundle_id)
                if source is not None and source.path is not None:
                    raise BadInputError(
                        f"The bundle {bundle_id!r} is part of the plugin {source.plugin!r}.",
                        hint="It goes when the plugin is uninstalled.",
                    )
                raise ModelNotFoundError(
                    f"The store holds no bundle {bundle_id!r}.", hint="See `aigc models list`."
                )
            doomed = target.parent / private_name(target.name)
            target.replace(doomed)
            shutil.rmtree(doomed)
            self.origin_file(bundle_id).unlink(missing_ok=True)
        return target

    def _held(self) -> Iterator[Path]:
        parent = self.root / "bundles"
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                if folder.is_dir() and not folder.name.startswith("."):
                    yield folder

    def _shipped(self, source: BundleSource) -> Path:
        package, _, relative = (source.path or "").partition(":")
        try:
            # For a top-level package this finds its folder without importing it.
            spec = importlib.util.find_spec(package)
        except (ImportError, ValueError, AttributeError):
            spec = None
        for location in (spec.submodule_search_locations or []) if spec is not None else []:
            folder = Path(location, relative)
            if folder.is_dir():
                return folder
        raise ModelNotFoundError(
            f"The plugin {source.plugin!r} says it ships {source.id!r} in {source.path!r}, but nothing is there.",
            hint="Install the plugin again.",
        )

    def _open_zip(self, path: Path) -> Bundle:
        if not path.is_file():
            raise ModelNotFoundError(f"There is no file {path}.", hint="Give a bundle's folder or zip file.")
        digest = hash_file(path).sha256
        target = self.root / "unpacked" / digest
        if not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.parent / private_name(digest[:16])
            fresh.mkdir()
            try:
                unpack_bundle(path, fresh)
                open_bundle(fresh)
                _replace_folder(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
        return open_verified(target)

    def _missing(self, bundle_id: str, source: BundleSource | None) -> ModelNotFoundError:
        if source is not None:
            size = f" ({source.size / 1e6:.0f} MB)" if source.size else ""
            return ModelNotFoundError(
                f"The model {bundle_id!r} is not on this machine.",
                hint=f"Get it with `aigc models pull {bundle_id}`{size}.",
            )
        for trainer in self.registry.trainers.values():
            if trainer.makes == bundle_id:
                return ModelNotFoundError(
                    f"The model {bundle_id!r} is not on this machine, and none is shipped.",
                    hint=f"Train one: `aigc train {trainer.id} --data … --out … --install`; see `aigc train --help`.",
                )
        known = sorted({*self.registry.bundles, *(folder.name for folder in self._held())})
        close = difflib.get_close_matches(bundle_id, known, 1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known) or 'none'}."
        if Path(bundle_id, MANIFEST_NAME).is_file():
            hint = f"To use the folder of that name, write ./{bundle_id}."
        return ModelNotFoundError(f"No model is called {bundle_id!r}.", hint=hint)


def open_verified(folder: str | os.PathLike[str]) -> Bundle:
    """Open a bundle, hashing its files unless this process did so since they were last written.

    Raises:
        ModelNotFoundError: If there is no bundle there.
        BundleError: If it is malformed, truncated or tampered with.
    """
    bundle = open_bundle(folder, verify=False)
    state = _state(bundle)
    with _verified_lock:
        known = _verified.get(bundle.folder)
    if known is None or known != state:
        bundle.verify()
        with _verified_lock:
            _verified[bundle.folder] = state
    return bundle


def _state(bundle: Bundle) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and modification times of the files; differs whenever one was written to."""
    rows = []
    for name in (MANIFEST_NAME, *sorted(bundle.manifest.files)):
        try:
            stat = (bundle.folder / name).lstat()
        except OSError:
            continue
        rows.append((name, stat.st_size, stat.st_mtime_ns))
    return tuple(rows)


def _is_path(value: str | os.PathLike[str]) -> bool:
    if not isinstance(value, str):
        return True
    return "/" in value or os.sep in value or value[:1] in (".", "~") or value.lower().endswith(".zip")


def _replace_folder(fresh: Path, target: Path) -> None:
    """Rename ``fresh`` to ``target``; what was there is moved aside first, then deleted."""
    old = target.parent / private_name(target.name + ".old")
    had = target.exists()
    if had:
        target.replace(old)
    try:
        fresh.replace(target)
    except OSError:
        if had and not target.exists():
            old.replace(target)
        # Another process unpacked the same archive first: its folder is as good as ours.
        if not target.is_dir():
            raise
    shutil.rmtree(old, ignore_errors=True)


def _row(folder: Path, bundle_id: str, state: str, offered: BundleSource | None) -> BundleRow:
    plugin = offered.plugin if offered is not None else ""
    try:
        manifest = read_manifest(folder)
        if manifest.id != bundle_id:
            raise BundleError(f"Its manifest says {manifest.id!r}.")
    except AigcError as error:
        return BundleRow(
            bundle_id,
            state,
            offered.summary if offered is not None else "",
            offered.licence if offered is not None else "",
            0,
            plugin,
            folder,
            error.message,
        )
    size = sum(entry.size for entry in manifest.files.values())
    summary = manifest.summary or (offered.summary if offered is not None else "")
    return BundleRow(bundle_id, state, summary, manifest.licence, size, plugin, folder)
