"""``bundle.json``: what a bundle is, what it holds, where it comes from, how well it does.

No class names, no pickles, no code: a manifest only describes files.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from aigc_sdk.errors import BundleError

MANIFEST_NAME = "bundle.json"
SCHEMA_VERSION = 1
FORBIDDEN_SUFFIXES = frozenset({".pkl", ".pickle", ".joblib", ".h5", ".keras", ".py", ".pyc", ".so", ".dll"})

_BUNDLE_ID = re.compile(r"^[a-z0-9][a-z0-9._-]{0,99}$")
_CHUNK = 1 << 20


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileEntry(_Strict):
    """One file: its SHA-256 (hex) and size in bytes."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class TensorInfo(_Strict):
    """A graph input or output: dtype, and dims as numbers or names."""

    name: str
    dtype: str
    dims: tuple[int | str, ...]


class GraphInfo(_Strict):
    """One ONNX graph of the bundle."""

    file: str
    opset: int
    inputs: tuple[TensorInfo, ...] = ()
    outputs: tuple[TensorInfo, ...] = ()


class TokenizerInfo(_Strict):
    """Tokenizer file (``tokenizer.json`` of the ``tokenizers`` library) and special ids."""

    file: str = "tokenizer.json"
    bos: int | None = None
    eos: tuple[int, ...] = ()
    pad: int | None = None
    chat_template: str | None = None
    """File with the Jinja chat template."""
    add_bos: bool = False
    """True where plain prompts start with ``bos``."""


class DecoderInfo(_Strict):
    """Dimensions of an autoregressive decoder that follows the decoder graph convention v1."""

    layers: int = Field(ge=1)
    hidden: int = Field(ge=1)
    heads: int = Field(ge=1)
    kv_heads: int = Field(ge=1)
    head_dim: int = Field(ge=1)
    vocab_size: int = Field(ge=1)
    max_positions: int = Field(ge=1)


class EncoderInfo(_Strict):
    """Dimensions of a text encoder.

    Its graph takes ``input_ids`` and ``attention_mask``, int64 [batch, sequence], and gives ``last_hidden_state``
    [batch, sequence, hidden] and ``embedding`` [batch, hidden], L2-normalised.
    """

    layers: int = Field(ge=1)
    hidden: int = Field(ge=1)
    heads: int = Field(ge=1)
    vocab_size: int = Field(ge=1)
    max_positions: int = Field(ge=3)


class TrainingData(_Strict):
    """A data set the weights were trained on, with its licence and attribution."""

    name: str
    licence: str
    attribution: str = ""
    url: str = ""


class ParityReport(_Strict):
    """Largest difference between the exported graph and a named reference, on inputs of several shapes."""

    reference: str
    max_abs_diff: float
    tolerance: float
    shapes: tuple[tuple[int, ...], ...]
    notes: str = ""


class QualityRow(_Strict):
    """One measured quality figure."""

    metric: str
    dataset: str
    value: float
    notes: str = ""


class BundleManifest(_Strict):
    """The whole of ``bundle.json``."""

    schema_version: Literal[1] = 1
    id: str
    version: str = "1"
    task: str
    """``decoder``, ``encoder``, ``classifier``, ``lexicon`` …"""
    summary: str = ""
    licence: str
    source: str = ""
    """Where the weights come from, in words: package and version, paper, or "trained by `aigc train …`"."""
    training_data: tuple[TrainingData, ...] = ()
    languages: tuple[str, ...] = ()
    files: dict[str, FileEntry]
    graphs: tuple[GraphInfo, ...] = ()
    tokenizer: TokenizerInfo | None = None
    decoder: DecoderInfo | None = None
    encoder: EncoderInfo | None = None
    decoding: dict[str, Any] = Field(default_factory=dict)
    """Default decoding options (temperature, top_p …)."""
    quantisation: str | None = None
    calibration: dict[str, Any] = Field(default_factory=dict)
    """Operating curves and thresholds by language."""
    parity: ParityReport | None = None
    quality: tuple[QualityRow, ...] = ()
    extra: dict[str, Any] = Field(default_factory=dict)
    """Task-specific plain values (labels, slot names)."""

    @field_validator("id")
    @classmethod
    def _id_shape(cls, value: str) -> str:
        if not _BUNDLE_ID.match(value):
            raise ValueError(f"bundle id {value!r}: lower case letters, digits, '.', '_', '-' only")
        return value

    @field_validator("files")
    @classmethod
    def _safe_names(cls, files: dict[str, FileEntry]) -> dict[str, FileEntry]:
        for name in files:
            check_member_name(name)
        return files


def check_member_name(name: str) -> None:
    """Refuse names that leave the folder or hold code.

    Raises:
        ValueError: For absolute paths, ``..``, back-slashes, and suffixes that may carry code.
    """
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise ValueError(f"file name {name!r} leaves the bundle's folder")
    if path.suffix.lower() in FORBIDDEN_SUFFIXES:
        raise ValueError(f"file name {name!r}: bundles hold no {path.suffix} files")


def hash_file(path: Path) -> FileEntry:
    """SHA-256 and size of a file, read in pieces."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileEntry(sha256=digest.hexdigest(), size=size)


def write_manifest(folder: str | os.PathLike[str], /, **fields: Any) -> BundleManifest:
    """Hash every file in ``folder`` and write its ``bundle.json``; returns the manifest.

    Args:
        folder: The bundle's folder; everything in it but ``bundle.json`` is recorded.
        **fields: Fields of `BundleManifest` other than ``files`` and ``schema_version``.

    Raises:
        BundleError: If a field or a file name is not acceptable.
    """
    root = Path(folder)
    names = sorted(
        p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and p.name != MANIFEST_NAME
    )
    try:
        for name in names:
            check_member_name(name)
        manifest = BundleManifest(files={name: hash_file(root / name) for name in names}, **fields)
    except (ValidationError, ValueError) as error:
        raise BundleError(f"The manifest for {root.name} is not valid: {error}") from error
    text = json.dumps(manifest.model_dump(mode="json", exclude_defaults=False), indent=1, ensure_ascii=False)
    temporary = root / (MANIFEST_NAME + ".part")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(root / MANIFEST_NAME)
    return manifest
