"""Opening training files: plain or gzipped, and encrypted (outermost) or not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from aigc_sdk.errors import BadInputError
from aigc_sdk.sealed_files import SUFFIX, open_sealed

_PACKING = (".gz", SUFFIX)


def plain_suffix(path: Path) -> str:
    """The suffix without those of packing: ``.jsonl`` of ``a.jsonl.gz.enc``."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    while suffixes and suffixes[-1] in _PACKING:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


@contextmanager
def open_binary(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, decrypted and unpacked; neither is ever written to disk.

    Raises:
        BadInputError: It cannot be read or decrypted, or is damaged.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    try:
        with path.open("rb") as raw:
            stream: BinaryIO = raw
            if suffixes and suffixes[-1] == SUFFIX:
                stream = open_sealed(path, raw)
                suffixes.pop()
            if suffixes and suffixes[-1] == ".gz":
                stream = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
            yield stream
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(f"{path.name} cannot be read: {error}") from None
