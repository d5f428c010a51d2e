"""A protected work, as far as the corpus knows it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from aigc_sdk.errors import BadInputError

MAX_FIELD: Final = 1000


@dataclass(frozen=True, slots=True)
class Work:
    """Who a work is, and whose.

    Attributes:
        id: Unique in its corpus.
        title: For people; the id where there is none.
        source: Where it comes from: a URL, an ISBN, a file name.
        licence: Licence it is under, SPDX where there is one.
        owner: Who holds the rights.
        language: BCP 47 tag.
        tokens: Its length in tokens; filled in by the corpus.
    """

    id: str
    title: str = ""
    source: str = ""
    licence: str = ""
    owner: str = ""
    language: str = ""
    tokens: int = 0

    def __post_init__(self) -> None:
        for name in ("id", "title", "source", "licence", "owner", "language"):
            value = getattr(self, name)
            if not isinstance(value, str):
                raise BadInputError(f"A work's {name} must be text, got {type(value).__name__}.")
            if len(value) > MAX_FIELD or any(not c.isprintable() and c != "\u3000" for c in value):
                raise BadInputError(
                    f"A work's {name} must be printable text of at most {MAX_FIELD} characters, got {value[:40]!a}."
                )
        if not self.id.strip():
            raise BadInputError("A work needs an id.")

    @property
    def name(self) -> str:
        """Title, or the id where there is none."""
        return self.title or self.id

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)
