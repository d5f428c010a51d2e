"""A look over a GGUF file's counts and lengths before anything believes them.

The reader of the `gguf` package takes lengths as they are: an array of 2**60 numbers in a small file would keep it
appending empty values until memory ends. Here every length must fit in what is left of the file.

Format: the GGUF specification of ggml (docs/gguf.md), versions 2 and 3, little-endian.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from aigc_sdk.errors import BadInputError

# Bytes of the scalar types by their number; 8 is a string, 9 an array.
_SCALARS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_STRING, _ARRAY = 8, 9
_VERSIONS = (2, 3)
_MOST_DIMENSIONS = 4
# The package's reader makes several objects an element.
_MOST_ELEMENTS = 1 << 24


def check_layout(path: Path) -> None:
    """Walk through header, metadata and tensor list.

    Raises:
        BadInputError: If a count or length does not fit the file, or the file is of a version or byte order that
            is not supported.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            _Walk(data).file()
        except _DoesNotFitError as error:
            raise BadInputError(
                f"{path.name} is damaged or truncated: {error}.", hint="Fetch it again."
            ) from error


class _DoesNotFitError(Exception):
    """What does not fit, in words."""


class _Walk:
    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._at = 4  # behind the magic
        self._elements = 0

    def file(self) -> None:
        version = self._number("<I")
        if version not in _VERSIONS:
            raise _DoesNotFitError(f"its version is {version}, not 2 or 3")
        tensors, entries = self._number("<Q"), self._number("<Q")
        self._expect(tensors, 24, "tensors")
        self._expect(entries, 13, "metadata entries")
        for _ in range(entries):
            self._string()
            self._value(self._number("<I"))
        for _ in range(tensors):
            self._string()
            dimensions = self._number("<I")
            if not 1 <= dimensions <= _MOST_DIMENSIONS:
                raise _DoesNotFitError(f"a tensor has {dimensions} dimensions")
            elements = 1
            for _ in range(dimensions):
                elements *= self._number("<Q")
            # At less than half a bit an element no kind of tensor exists.
            if not 0 < elements <= 16 * len(self._data):
                raise _DoesNotFitError(f"a tensor has {elements} elements")
            self._skip(12)  # type and offset

    def _value(self, kind: int) -> None:
        if kind in _SCALARS:
            self._skip(_SCALARS[kind])
        elif kind == _STRING:
            self._string()
        elif kind == _ARRAY:
            self._array()
        else:
            raise _DoesNotFitError(f"a metadata entry has the unknown type {kind}")

    def _array(self) -> None:
        kind, count = self._number("<I"), self._number("<Q")
        if kind == _ARRAY:  # no writer nests them, and depth could exhaust the stack
            raise _DoesNotFitError("an array holds arrays")
        self._expect(count, _SCALARS.get(kind, 8), "array elements")
        self._elements += count
        if self._elements > _MOST_ELEMENTS:
            raise _DoesNotFitError(f"its arrays have more than {_MOST_ELEMENTS} elements")
        if kind in _SCALARS:
            self._skip(count * _SCALARS[kind])
            return
        for _ in range(count):
            self._value(kind)

    def _string(self) -> None:
        self._skip(self._number("<Q"))

    def _number(self, form: str) -> int:
        start = self._at
        self._skip(struct.calcsize(form))
        return int(struct.unpack_from(form, self._data, start)[0])

    def _skip(self, size: int) -> None:
        if size > len(self._data) - self._at:
            raise _DoesNotFitError(
                f"{size} bytes are announced at {self._at}, where {len(self._data) - self._at} are left"
            )
        self._at += size

    def _expect(self, count: int, least_bytes: int, what: str) -> None:
        if count * least_bytes > len(self._data) - self._at:
            raise _DoesNotFitError(f"{count} {what} are announced, more than fit")
