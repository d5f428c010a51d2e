"""An importer for tests: the file's bytes become a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aigc_sdk.bundles import write_manifest

calls: list[dict[str, Any]] = []


def import_words(
    path: Path, out: Path, *, bundle_id: str, licence: str, source: str, progress: Any = None, **fields: Any
) -> Path:
    calls.append({"path": path, "bundle_id": bundle_id, "source": source, **fields})
    if fields.pop("explode", False):
        raise ValueError("the importer does not understand this file")
    out.mkdir(parents=True)
    (out / "words.txt").write_bytes(path.read_bytes())
    progress(1.0, "writing")
    write_manifest(out, id=bundle_id, task="lexicon", licence=licence, source=source, **fields)
    return out
