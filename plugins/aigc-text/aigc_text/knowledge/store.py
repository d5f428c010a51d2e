"""An index on disk: one folder, arrays opened by memory map, replaced whole.

::

    index.json            format, version, which generation is current, which encoder
    g-<number>/           a generation: contents.json (files, headings) and NumPy arrays

A change writes a new generation beside the old one and then replaces ``index.json``: whoever opens the index sees the old or the
new one, never half of one, and who has it open goes on reading the old one. Nothing in it is executable, and no path leads out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.lock import private_name
from aigc_sdk.errors import BadInputError
from aigc_text.knowledge import sparse
from aigc_text.knowledge.encoder import EncoderRef
from aigc_text.knowledge.errors import KnowledgeError
from aigc_text.knowledge.index import COLUMNS, FILE, HEADING, TEXT_END, TEXT_START, FileEntry, KnowledgeIndex
from aigc_text.knowledge.sparse import SparseIndex

FORMAT: Final = "aigc-knowledge"
VERSION: Final = 1
POINTER: Final = "index.json"
_GENERATION: Final = re.compile(r"g-\d{6,}")
_TRIES: Final = 5
_DTYPES: Final[dict[str, Any]] = {
    "chunks": np.int64,
    "texts": np.uint8,
    "terms": np.int64,
    "offsets": np.int64,
    "owners": np.int32,
    "counts": np.int32,
    "lengths": np.int32,
    "vectors": np.float32,
}


def is_index(folder: Path) -> bool:
    """Whether there is an index, whole or not."""
    return (folder / POINTER).is_file()


def check_place(folder: Path) -> None:
    """Refuse to write an index among other files.

    Raises:
        BadInputError: The folder is a file, or holds something that is no index.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder} is a file.", hint="Name a folder for the index.")
    if folder.is_dir() and not is_index(folder):
        strange = [entry.name for entry in folder.iterdir() if not _ours(entry.name)]
        if strange:
            raise BadInputError(
                f"{folder} is no index and not empty.", hint="Name a folder of its own for the index."
            )


def write_index(index: KnowledgeIndex, folder: Path) -> str:
    """Make an index the current one of a folder; the caller holds the folder's lock. Returns its generation.

    Raises:
        KnowledgeError: It cannot be written.
    """
    check_place(folder)
    fresh = folder / private_name("generation")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        used = [int(path.name[2:]) for path in folder.iterdir() if _GENERATION.fullmatch(path.name)]
        generation = f"g-{max(used, default=0) + 1:06d}"
        fresh.mkdir()
        for name, array in _arrays(index).items():
            with (fresh / f"{name}.npy").open("wb") as stream:
                np.save(stream, np.ascontiguousarray(array, dtype=_DTYPES[name]), allow_pickle=False)
                _flush(stream)
        contents = {"files": [entry.as_dict() for entry in index.files], "headings": index.headings}
        _write_json(fresh / "contents.json", contents)
        fresh.rename(folder / generation)
        pointer = {
            "format": FORMAT,
            "version": VERSION,
            "generation": generation,
            "encoder": index.encoder.as_dict() if index.encoder is not None else None,
            "files": len(index.files),
            "passages": len(index),
        }
        scratch = folder / private_name(POINTER)
        _write_json(scratch, pointer)
        scratch.replace(folder / POINTER)
    except OSError as error:
        raise KnowledgeError(
            f"The index at {folder} cannot be written: {error.strerror or error}."
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for path in folder.iterdir():
        if path.name != generation and _GENERATION.fullmatch(path.name):
            # Who has it mapped keeps it on Windows; the next change removes it.
            shutil.rmtree(path, ignore_errors=True)
    return generation


def stamp(folder: Path) -> tuple[int, int, int]:
    """Changes whenever the index does; for those who keep it open.

    Raises:
        KnowledgeError: There is no index.
    """
    try:
        about = (folder / POINTER).stat()
    except OSError:
        raise _absent(folder) from None
    return about.st_ino, about.st_mtime_ns, about.st_size


def open_index(folder: Path) -> KnowledgeIndex:
    """The current generation, its arrays as memory maps.

    Raises:
        KnowledgeError: There is no index, it is of another version, or it is damaged.
    """
    last: KnowledgeError | None = None
    for _ in range(_TRIES):
        pointer = _pointer(folder)
        try:
            return _open(folder / pointer["generation"], pointer)
        except FileNotFoundError as error:
            # Replaced between reading the pointer and following it, or damaged.
            last = KnowledgeError(
                f"The index at {folder} lacks {Path(error.filename or '').name}.", hint=_AGAIN
            )
    assert last is not None
    raise last


_AGAIN: Final = "Remove the folder and make it again with `aigc knowledge index`."


def _absent(folder: Path) -> KnowledgeError:
    return KnowledgeError(
        f"There is no index at {folder}.", hint="Make one: aigc knowledge index FOLDER --out INDEX."
    )


def _pointer(folder: Path) -> dict[str, Any]:
    try:
        pointer = json.loads((folder / POINTER).read_text(encoding="utf-8"))
    except OSError:
        raise _absent(folder) from None
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"{folder / POINTER} is no JSON: {error}.", hint=_AGAIN) from None
    if not isinstance(pointer, dict) or pointer.get("format") != FORMAT:
        raise KnowledgeError(f"{folder / POINTER} is not of an index.", hint=_AGAIN)
    if pointer.get("version") != VERSION:
        raise KnowledgeError(
            f"The index at {folder} is of version {pointer.get('version')!r}; this one reads {VERSION}.",
            hint=_AGAIN,
        )
    if not _GENERATION.fullmatch(str(pointer.get("generation"))):
        raise KnowledgeError(f"{folder / POINTER} names no generation.", hint=_AGAIN)
    return pointer


def _open(folder: Path, pointer: dict[str, Any]) -> KnowledgeIndex:
    try:
        contents = json.loads((folder / "contents.json").read_text(encoding="utf-8"))
        files = tuple(
            FileEntry(**{**entry, "notes": tuple(entry.get("notes", ()))}) for entry in contents["files"]
        )
        headings = tuple(tuple(map(str, path)) for path in contents["headings"])
        encoder = EncoderRef(**pointer["encoder"]) if pointer["encoder"] is not None else None
        arrays = {name: _load(folder, name) for name in _DTYPES if name != "vectors" or encoder is not None}
        index = KnowledgeIndex(
            files,
            headings,
            arrays["chunks"],
            arrays["texts"],
            SparseIndex(*(arrays[name] for name in sparse.NAMES)),
            arrays.get("vectors"),
            encoder,
        )
        _check(index, pointer)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, RecursionError) as error:
        raise KnowledgeError(f"The index at {folder.parent} is damaged: {error}", hint=_AGAIN) from error
    return index


def _load(folder: Path, name: str) -> npt.NDArray[Any]:
    path = folder / f"{name}.npy"
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:
        # An empty array cannot be mapped.
        array = np.load(path, allow_pickle=False)
        if array.size:
            raise
    if array.dtype != _DTYPES[name]:
        raise ValueError(f"{name}.npy holds {array.dtype}.")
    return np.asarray(array)


def _check(index: KnowledgeIndex, pointer: dict[str, Any]) -> None:
    """Everything that is an index into something else stays inside it."""
    passages, found = len(index), index.sparse

    def need(holds: bool, what: str) -> None:
        if not holds:
            raise ValueError(what)

    need(index.chunks.ndim == 2 and index.chunks.shape[1] == COLUMNS, "chunks.npy has another shape.")
    need(
        passages == pointer["passages"] and len(index.files) == pointer["files"],
        "its parts are of different sizes.",
    )
    need(len(found.lengths) == passages, "lengths.npy is of another size.")
    need(len(found.offsets) == len(found.terms) + 1, "offsets.npy is of another size.")
    need(int(found.offsets[-1]) == len(found.owners) == len(found.counts), "its postings are cut short.")
    need(
        bool((np.diff(found.offsets) > 0).all()) and int(found.offsets[0]) == 0,
        "offsets.npy is out of order.",
    )
    need(bool((np.diff(found.terms) > 0).all()), "terms.npy is out of order.")
    if len(found.owners):
        need(int(found.owners.min()) >= 0 and int(found.owners.max()) < passages, "owners.npy leads out.")
    if passages:
        need(int(index.chunks.min()) >= 0, "chunks.npy leads out.")
        need(int(index.chunks[:, HEADING].max()) < len(index.headings), "chunks.npy leads out.")
        need(int(index.chunks[:, FILE].max()) < len(index.files), "chunks.npy leads out.")
        need(bool((np.diff(index.chunks[:, FILE]) >= 0).all()), "chunks.npy is out of order.")
        need(int(index.chunks[-1, TEXT_END]) == len(index.texts), "texts.npy is cut short.")
        spans = index.chunks[:, TEXT_START:]
        need(
            bool((spans[1:, 0] == spans[:-1, 1]).all() and (spans[:, 0] <= spans[:, 1]).all()),
            "texts.npy is out of order.",
        )
    if index.encoder is not None and index.vectors is not None:
        need(index.vectors.shape == (passages, index.encoder.dimensions), "vectors.npy is of another size.")


def _arrays(index: KnowledgeIndex) -> dict[str, npt.NDArray[Any]]:
    arrays: dict[str, npt.NDArray[Any]] = {"chunks": index.chunks, "texts": index.texts}
    arrays |= {name: getattr(index.sparse, name) for name in sparse.NAMES}
    return arrays | ({"vectors": index.vectors} if index.vectors is not None else {})


def _write_json(path: Path, value: Any) -> None:
    with path.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
        _flush(stream)


def _flush(stream: Any) -> None:
    stream.flush()
    with suppress(OSError):
        os.fsync(stream.fileno())


def _ours(name: str) -> bool:
    """Left by an index that was never finished."""
    return (
        name == ".lock"
        or name.startswith((".generation.", f".{POINTER}."))
        or _GENERATION.fullmatch(name) is not None
    )
