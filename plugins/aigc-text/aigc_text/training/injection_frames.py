"""How the frames of the injection modules are written down: one a line, or several lines between ``---``."""

from __future__ import annotations


def documents(block: str) -> tuple[str, ...]:
    r"""The frames of a text block that are set apart by lines of ``---``, their line breaks kept."""
    return tuple(part.strip() for part in block.strip().split("\n---\n") if part.strip())
