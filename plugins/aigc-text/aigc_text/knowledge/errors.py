"""What can be wrong with documents and with an index of them."""

from __future__ import annotations

from aigc_sdk.errors import BadInputError, BundleError


class KnowledgeError(BundleError):
    """An index is absent, malformed, truncated, or of another version."""


class DocumentError(BadInputError):
    """One document cannot be read; the others can."""
