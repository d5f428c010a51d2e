"""Bundles: folders of model files with a manifest, hashes and reports."""

from aigc_sdk.bundles.bundle import Bundle, open_bundle
from aigc_sdk.bundles.manifest import MANIFEST_NAME, BundleManifest, FileEntry, write_manifest
from aigc_sdk.bundles.store import BundleRow, BundleStore

__all__ = [
    "MANIFEST_NAME",
    "Bundle",
    "BundleManifest",
    "BundleRow",
    "BundleStore",
    "FileEntry",
    "open_bundle",
    "write_manifest",
]
