"""The files of a folder that may be documents."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aigc_sdk.errors import BadInputError
from aigc_text.knowledge.documents import SUFFIXES, Limits

_UNWANTED: Final = frozenset(["__pycache__", "node_modules"])


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its name from the folder down with ``/``, and what the file system says of it."""

    name: str
    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is not in the index although it should be, and why."""

    file: str
    error: str
    hint: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """JSON-ready."""
        return {"file": self.file, "error": self.error, "hint": self.hint}


@dataclass(slots=True)
class Scan:
    """What a folder holds."""

    files: list[Found]
    problems: list[Problem]
    other: int = 0
    """Files of kinds that are not read."""


def scan(folder: Path, *, limits: Limits | None = None, leave_out: Path | None = None) -> Scan:
    """Look through a folder and the folders in it, in the order of names.

    Hidden files and folders are left out. Links to files inside the folder are followed, links that lead out of it are reported,
    links to folders are not followed.

    Args:
        folder: Where to look.
        limits: `Limits.files` ends the search.
        leave_out: A folder inside that is not looked at: the index.

    Raises:
        BadInputError: It is no folder, or holds more files than the limit.
    """
    limits = limits or Limits()
    if not folder.is_dir():
        raise BadInputError(f"{folder} is no folder.", hint="Name the folder that holds the documents.")
    root = folder.resolve()
    excluded = leave_out.resolve() if leave_out is not None else None
    found = Scan([], [])
    waiting = [root]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            found.problems.append(Problem(_name(here, root), f"The folder cannot be read: {error.strerror}."))
            continue
        inner: list[Path] = []
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _UNWANTED:
                continue
            path = here / entry.name
            if entry.is_dir(follow_symlinks=False):
                if path != excluded:
                    inner.append(path)
            elif not entry.name.lower().endswith(SUFFIXES):
                found.other += 0 if entry.is_symlink() and entry.is_dir() else 1
            else:
                _look_at(path, root, found)
                if len(found.files) > limits.files:
                    raise BadInputError(
                        f"{folder} holds more than {limits.files:,} documents.", hint="Index it in parts."
                    )
        waiting += reversed(inner)
    found.files.sort(key=lambda file: file.name)
    return found


def _look_at(path: Path, root: Path, found: Scan) -> None:
    name = _name(path, root)
    try:
        name.encode()
    except UnicodeEncodeError:
        found.problems.append(Problem(ascii(name), "Its name is no valid text.", "Rename it."))
        return
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            found.problems.append(Problem(name, "It is a link that leads out of the folder; not followed."))
            return
        about = real.stat()
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "a loop of links"
        found.problems.append(Problem(name, f"It cannot be read: {why}."))
        return
    if stat.S_ISREG(about.st_mode):
        found.files.append(Found(name, real, about.st_size, about.st_mtime_ns))
    elif not stat.S_ISDIR(about.st_mode):
        found.problems.append(Problem(name, "It is no regular file."))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
