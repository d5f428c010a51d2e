"""Opening the bundles that ship with this plugin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.bundles import Bundle, open_bundle

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

FOLDER = Path(__file__).resolve().parent.parent / "bundles"


def open_shipped(bundle_id: str, runtime: Runtime | None = None) -> Bundle:
    """The shipped bundle of that id, its hashes verified; pooled where a runtime is given.

    Raises:
        ModelNotFoundError: If this installation lacks it.
        BundleError: If it is damaged.
    """
    folder = FOLDER / bundle_id
    return open_bundle(folder) if runtime is None else runtime.bundle(folder)
