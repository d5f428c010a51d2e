"""Redaction for hosts: typed placeholders, stable pseudonyms, or reversibly with a key that the host holds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Literal

from aigc_sdk.errors import BadInputError, MissingDependencyError, OptionError
from aigc_sdk.verdict import Finding
from aigc_text.moderators.privacy.kinds import KINDS

Mode = Literal["placeholder", "pseudonym", "reversible"]

_SHORTEST_KEY = 16
_NONCE, _TAG = 12, 16
_TOKEN = re.compile(r"\[([A-Z][A-Z_]{0,30}):([A-Za-z0-9_-]{38,8192})\]")
_NEUTRAL = re.compile(r"[\s().\-\u2010-\u2015\u200b-\u200d\ufeff]+")


def redact(
    text: str,
    findings: Sequence[Finding],
    mode: Mode = "placeholder",
    *,
    key: bytes | None = None,
    digits: int = 8,
) -> str:
    """``text`` with the spans of ``findings`` replaced.

    Args:
        text: The text that the findings are about.
        findings: Which of a verdict's findings to redact is the caller's choice; those without spans are skipped.
        mode: ``placeholder`` → ``[EMAIL]``; ``pseudonym`` → ``EMAIL-91BC04DE``, the same for the same value
            under the same key (HMAC-SHA256, RFC 2104), however it is written; ``reversible`` →
            ``[EMAIL:…]``, AES-256-GCM (NIST SP 800-38D), which `restore` undoes.
        key: At least 16 secret bytes, for the modes that need one. Each mode derives its own key from it.
        digits: Hexadecimal digits of a pseudonym, 4 to 32. Two of n values share one with a probability of
            about n² / 2 · 16^-digits: 4 are for short texts only.

    Raises:
        OptionError: Unknown mode, no key where one is needed, a key that is too short, digits out of range.
        MissingDependencyError: ``reversible`` without the extra ``privacy``.
        BadInputError: A span lies outside the text.
    """
    write = _writer(mode, key, digits)
    spans = sorted(
        (int(span.start), int(span.end), _label(finding))
        for finding in findings
        for span in finding.spans
        if span.start is not None and span.end is not None
    )
    pieces: list[str] = []
    position = 0
    for start, end, label in _merged(spans):
        if not 0 <= start < end <= len(text):
            raise BadInputError(
                f"A finding's span {start}-{end} is not in this text of {len(text)} characters.",
                hint="Redact the text that was screened.",
            )
        pieces += [text[position:start], write(label, text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def restore(text: str, key: bytes) -> str:
    """Put back what `redact` hid reversibly; the rest of the text stays as it is.

    Raises:
        BadInputError: A token was made with another key, or was changed.
        OptionError: The key is too short.
        MissingDependencyError: The extra ``privacy`` is not installed.
    """
    cipher, invalid = _cipher(_checked(key, "reversible"))

    def opened(match: re.Match[str]) -> str:
        label, body = match.groups()
        try:
            sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            plain: bytes = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
            return plain.decode("utf-8", "surrogatepass")
        except (invalid, ValueError) as error:
            raise BadInputError(
                f"The {label} token at character {match.start()} does not open.",
                hint="It was made with another key, or changed since.",
            ) from error

    return _TOKEN.sub(opened, text)


def pseudonym(label: str, value: str, key: bytes, digits: int = 8) -> str:
    """``LABEL-`` and the first hexadecimal digits of the HMAC of label and value, in capitals.

    Case, width, blanks, hyphens, dots and brackets of the value make no difference.

    Raises:
        OptionError: The key is too short, or ``digits`` is not in 4 to 32.
    """
    if not 4 <= digits <= 32:
        raise OptionError(f"digits must be 4 to 32, got {digits}.")
    same = _NEUTRAL.sub("", unicodedata.normalize("NFKC", value)).casefold()
    message = f"{label}\0{same}".encode("utf-8", "surrogatepass")
    code = hmac.new(_derived(_checked(key, "pseudonym"), "pseudonym"), message, hashlib.sha256).hexdigest()
    return f"{label}-{code[:digits].upper()}"


def _writer(mode: str, key: bytes | None, digits: int) -> Callable[[str, str], str]:
    if mode == "placeholder":
        return lambda label, value: f"[{label}]"
    if mode == "pseudonym":
        secret = _checked(key, mode)
        return lambda label, value: pseudonym(label, value, secret, digits)
    if mode == "reversible":
        return _sealer(_checked(key, mode))
    raise OptionError(f"Unknown mode {mode!r}.", hint="Use placeholder, pseudonym or reversible.")


def _sealer(key: bytes) -> Callable[[str, str], str]:
    import os

    cipher, _ = _cipher(key)

    def seal(label: str, value: str) -> str:
        nonce = os.urandom(_NONCE)
        sealed = nonce + cipher.encrypt(nonce, value.encode("utf-8", "surrogatepass"), label.encode())
        return f"[{label}:{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}]"

    return seal


def _cipher(key: bytes) -> tuple[Any, type[Exception]]:
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "Reversible redaction needs the package 'cryptography', which is not installed.",
            hint="Install the extra that brings it: aigc-sdk-text[privacy].",
        ) from error
    return AESGCM(_derived(key, "reversible")), InvalidTag


def _checked(key: bytes | None, mode: str) -> bytes:
    if key is None or len(key) < _SHORTEST_KEY:
        raise OptionError(
            f"Mode {mode!r} needs a key of at least {_SHORTEST_KEY} bytes.",
            hint="Make one with secrets.token_bytes(32) and keep it outside the texts.",
        )
    return key


def _derived(key: bytes, use: str) -> bytes:
    return hmac.new(key, f"aigc-sdk privacy {use}".encode(), hashlib.sha256).digest()


def _label(finding: Finding) -> str:
    data = KINDS.get(finding.subcategory or "")
    if data is not None:
        return data.label
    return (
        re.sub(r"[^A-Z]+", "_", (finding.subcategory or finding.category.value).upper()).strip("_") or "DATA"
    )


def _merged(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Overlapping spans made one, under the label of the first."""
    merged: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if merged and start < merged[-1][1]:
            first, reach, kept = merged[-1]
            merged[-1] = (first, max(reach, end), kept)
        else:
            merged.append((start, end, label))
    return merged
