"""What trainers do to the bundles they made: change what the manifest says, and put the folder in its place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from aigc_sdk.bundles.bundle import read_manifest
from aigc_sdk.bundles.manifest import write_manifest


def rewrite(folder: Path, **changes: Any) -> None:
    """Hash the bundle's files anew and change fields of its manifest."""
    fields = read_manifest(folder).model_dump(exclude={"files", "schema_version"})
    write_manifest(folder, **{**fields, **changes})


def publish(folder: Path, out: Path) -> None:
    """Copy a finished bundle to ``out``, whole or not at all.

    Raises:
        BundleError: ``out`` holds something that is not a bundle.
    """
    from aigc_exporters.bundle_writer import staged_bundle

    with staged_bundle(out) as staging:
        for path in folder.iterdir():
            shutil.copy2(path, staging / path.name)
