"""An opened bundle: manifest, verified files, digest. Opening never touches the network."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from aigc_sdk.bundles.manifest import MANIFEST_NAME, BundleManifest, hash_file
from aigc_sdk.errors import BundleError, ModelNotFoundError


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle on disk whose manifest was read and, by `open_bundle`, whose files were verified."""

    folder: Path
    manifest: BundleManifest
    digest: str
    """SHA-256 over the manifest's meaning, the files' hashes included: changes exactly when a file, a threshold or
    any other statement of the manifest changes."""

    @property
    def id(self) -> str:
        """The manifest's id."""
        return self.manifest.id

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.manifest.files.values())

    def path(self, name: str) -> Path:
        """Path of a file the manifest names.

        Raises:
            BundleError: If the manifest does not name it.
        """
        if name not in self.manifest.files:
            raise BundleError(
                f"Bundle {self.id} has no file {name!r}.",
                hint=f"It has: {', '.join(sorted(self.manifest.files))}.",
            )
        return self.folder / name

    def verify(self) -> None:
        """Compare every file with its recorded size and hash.

        Raises:
            BundleError: Naming the first file that is missing, truncated or changed.
        """
        for name, entry in self.manifest.files.items():
            path = self.folder / name
            if not path.is_file() or path.is_symlink():
                raise BundleError(f"Bundle {self.id}: the file {name!r} is missing.", hint=_AGAIN)
            found = path.stat().st_size
            if found != entry.size:
                raise BundleError(
                    f"Bundle {self.id}: {name!r} is {found} bytes, the manifest says {entry.size}.",
                    hint=_AGAIN,
                )
            if hash_file(path).sha256 != entry.sha256:
                raise BundleError(f"Bundle {self.id}: {name!r} was changed: its hash differs.", hint=_AGAIN)


_AGAIN = "Pull or import it again."


def read_manifest(folder: str | os.PathLike[str]) -> BundleManifest:
    """Read ``bundle.json``.

    Raises:
        ModelNotFoundError: If there is no such folder or manifest.
        BundleError: If the manifest is not valid.
    """
    path = Path(folder) / MANIFEST_NAME
    try:
        raw = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelNotFoundError(
            f"{folder} is no bundle: it has no {MANIFEST_NAME}.",
            hint="Give a bundle's folder, or see `aigc models list`.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(f"{path} cannot be read: {error}") from error
    try:
        return BundleManifest.model_validate(json.loads(raw))
    except (ValidationError, ValueError, RecursionError) as error:
        raise BundleError(f"{path} is not a valid manifest: {error}", hint=_AGAIN) from error


def open_bundle(folder: str | os.PathLike[str], *, verify: bool = True) -> Bundle:
    """Open a bundle's folder and verify its hashes.

    Args:
        folder: The folder that holds ``bundle.json``.
        verify: False skips hashing (for listings; never for loading).

    Raises:
        ModelNotFoundError: If there is no bundle there.
        BundleError: If it is malformed, truncated or tampered with.
    """
    manifest = read_manifest(folder)
    meaning = json.dumps(manifest.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(meaning.encode("utf-8", "surrogatepass")).hexdigest()
    bundle = Bundle(folder=Path(folder).resolve(), manifest=manifest, digest=digest)
    if verify:
        bundle.verify()
    return bundle
