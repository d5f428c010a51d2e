"""Training files encrypted at rest, with a key the user holds.

AES-256-GCM in segments of 1 MiB, each bound to its place and to whether it is the last (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): a file that was cut, reordered or altered is refused, and one
of any size is read without its plain text ever being written to disk.

A file: ``AIGCENC1``, a random 16-byte salt, then segments (at most 1 MiB of text each, 16 bytes longer in the file). The file's key is
HKDF-SHA256 of the user's key and the salt, so that nonces (7 zero bytes, the segment's number, 1 for the last) never
repeat under one key. A key file holds 32 random bytes in URL-safe base64.
"""

from __future__ import annotations

import base64
import binascii
import io
import os
from pathlib import Path
from typing import Any, BinaryIO, Final

from aigc_sdk.errors import BadInputError, MissingDependencyError

SUFFIX: Final = ".enc"
KEY_VARIABLE: Final = "AIGC_DATA_KEY_FILE"
"""Environment variable that names the key file of encrypted training files."""

_MAGIC: Final = b"AIGCENC1"
_SALT: Final = 16
_SEGMENT: Final = 1 << 20
_TAG: Final = 16
_KEY: Final = 32
_WHAT: Final = b"aigc-sdk training file"


def make_key(path: Path) -> None:
    """Write a new random key, readable by its owner only.

    Raises:
        BadInputError: The file exists already, or cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInputError(f"{path.name} exists already.", hint="A key is never overwritten.") from None
    except OSError as error:
        raise BadInputError(f"{path.name} cannot be written: {error}") from None
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(base64.urlsafe_b64encode(os.urandom(_KEY)) + b"\n")


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file.

    Raises:
        BadInputError: It cannot be read, or is no key; the message never quotes it.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(256)
    except OSError as error:
        raise BadInputError(f"The key file {path.name} cannot be read: {error.strerror}.") from None
    try:
        key = base64.b64decode(raw.strip(), altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY:
        raise BadInputError(f"{path.name} is no key.", hint="Make one with `aigc data key`.")
    return key


def seal(source: BinaryIO, target: BinaryIO, key: bytes) -> int:
    """Encrypt a stream; returns the bytes of plain text.

    Args:
        source: Plain text.
        target: Where the encrypted file goes.
        key: 32 bytes.
    """
    salt = os.urandom(_SALT)
    cipher = _cipher(key, salt)
    target.write(_MAGIC + salt)
    total = number = 0
    segment = _read(source, _SEGMENT)
    while True:
        following = _read(source, _SEGMENT)
        target.write(cipher.encrypt(_nonce(number, last=not following), segment, _WHAT))
        total, number = total + len(segment), number + 1
        if not following:
            return total
        segment = following


class SealedReader(io.RawIOBase):
    """The plain text of an encrypted stream, segment by segment, in memory only.

    Args:
        raw: The encrypted file, at its beginning.
        key: 32 bytes.
        name: For messages.

    Raises:
        BadInputError: At once or while reading: it is no such file, the key is another, or it was cut or altered.
    """

    def __init__(self, raw: BinaryIO, key: bytes, name: str) -> None:
        super().__init__()
        self._raw, self._name = raw, name
        head = _read(raw, len(_MAGIC) + _SALT)
        if len(head) < len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
            raise BadInputError(
                f"{name} is no encrypted training file.", hint="Make one with `aigc data encrypt`."
            )
        self._cipher = _cipher(key, head[len(_MAGIC) :])
        self._number = 0
        self._plain = memoryview(b"")
        self._next = _read(raw, _SEGMENT + _TAG)
        self._done = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as the present segment goes."""
        while not self._plain and not self._done:
            self._open_segment()
        count = min(len(buffer), len(self._plain))
        buffer[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _open_segment(self) -> None:
        from cryptography.exceptions import InvalidTag

        segment, self._next = self._next, _read(self._raw, _SEGMENT + _TAG)
        self._done = not self._next
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=self._done), segment, _WHAT)
        except (InvalidTag, ValueError):
            raise BadInputError(
                f"{self._name} cannot be decrypted: another key, or the file was cut or altered.",
                hint="Name the key it was encrypted with.",
            ) from None
        self._plain = memoryview(plain)
        self._number += 1


def open_sealed(path: Path, raw: BinaryIO) -> BinaryIO:
    """The plain text of an encrypted file, with the key file that ``AIGC_DATA_KEY_FILE`` names.

    Raises:
        BadInputError: As for `SealedReader`; or no key file is named.
    """
    named = os.environ.get(KEY_VARIABLE)
    if not named:
        raise BadInputError(
            f"{path.name} is encrypted, and no key is named.", hint=f"Set {KEY_VARIABLE} to the key file."
        )
    return io.BufferedReader(SealedReader(raw, read_key(Path(named)), path.name), buffer_size=1 << 16)


def _read(stream: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes, fewer at the end only."""
    parts = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


def _cipher(key: bytes, salt: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "Encrypted training files need the package 'cryptography', which is not installed.",
            hint="Install the extra that brings it: aigc-sdk-core[encryption].",
        ) from error
    return AESGCM(HKDF(SHA256(), _KEY, salt, _WHAT).derive(key))
