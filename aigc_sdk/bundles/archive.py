"""Unpacking zipped bundles without trusting them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from aigc_sdk.bundles.manifest import MANIFEST_NAME, check_member_name
from aigc_sdk.errors import BundleError, InputTooLargeError

MAX_FILES: Final = 1_000
MAX_BYTES: Final = 16 << 30
_CHUNK: Final = 1 << 20


def unpack_bundle(
    archive: Path, folder: Path, *, max_files: int = MAX_FILES, max_bytes: int = MAX_BYTES
) -> None:
    """Unpack a zipped bundle into ``folder``, which must be empty.

    ``bundle.json`` lies at the top of the archive or inside its only top folder. Every name is checked before
    anything is written, links are refused, and the bytes counted are those really inflated, not those the
    archive's directory states.

    Args:
        archive: The zip file.
        folder: Where to put the files.
        max_files: Largest number of members.
        max_bytes: Largest total of inflated bytes.

    Raises:
        BundleError: If it is no sound zip file, holds no bundle, or a member's name leaves the folder.
        InputTooLargeError: If it holds more than the limits allow.
    """
    try:
        with zipfile.ZipFile(archive) as source:
            members = _checked_members(source, archive.name, max_files)
            left = max_bytes
            for info, name in members:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open(info) as stream, target.open("xb") as sink:
                    while chunk := stream.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise InputTooLargeError(
                                f"{archive.name} unpacks to more than {max_bytes:,} bytes.",
                                hint="Unpack it yourself, look at it, and give the folder.",
                            )
                        sink.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        if isinstance(error, (BundleError, InputTooLargeError)):
            raise
        # RuntimeError: encrypted; NotImplementedError: a compression zipfile does not know.
        raise BundleError(
            f"{archive} is not a sound zip file: {error}", hint="Copy or download it again."
        ) from error


def _checked_members(
    source: zipfile.ZipFile, label: str, max_files: int
) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    infos = [info for info in source.infolist() if not info.is_dir()]
    if len(infos) > max_files:
        raise InputTooLargeError(f"{label} holds {len(infos)} files; a bundle has at most {max_files}.")
    names: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for info in infos:
        try:
            check_member_name(info.filename)
        except ValueError as error:
            raise BundleError(f"{label}: {error}.", hint="Do not use this archive.") from error
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BundleError(f"{label}: {info.filename!r} is a link.", hint="Do not use this archive.")
        path = PurePosixPath(info.filename)
        if path in names:
            raise BundleError(f"{label} holds {info.filename!r} twice.", hint="Do not use this archive.")
        names[path] = info
    top = _top(names, label)
    return [(info, path.relative_to(top)) for path, info in names.items()]


def _top(names: dict[PurePosixPath, zipfile.ZipInfo], label: str) -> PurePosixPath:
    if PurePosixPath(MANIFEST_NAME) in names:
        return PurePosixPath()
    tops = {path.parts[0] for path in names}
    if len(tops) == 1:
        top = PurePosixPath(tops.pop())
        if top / MANIFEST_NAME in names:
            return top
    raise BundleError(
        f"{label} holds no {MANIFEST_NAME}.", hint="It must lie at the top or in the only top folder."
    )
