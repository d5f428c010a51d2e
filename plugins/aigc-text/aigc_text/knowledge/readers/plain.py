"""Plain text: one section, its text as it stands."""

from __future__ import annotations

from aigc_text.knowledge.documents import Document, Limits, Section
from aigc_text.knowledge.readers.encodings import decode


def read_plain(data: bytes, limits: Limits) -> Document:
    """Raises `DocumentError` where it is no text."""
    text, notes = decode(data)
    return Document(text, (Section(0, len(text)),) if text.strip() else (), notes)
