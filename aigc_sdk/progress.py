"""How long work reports where it is: one callback for pulls, imports and training alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float, float | None], None]
"""``(step, done, total)``: what is being done in a word or two (``"download"``), how much of it is done, and of
how much (None where nobody knows). Units are the step's own: bytes, tensors, training steps."""


def silent(step: str, done: float, total: float | None) -> None:
    """The `Progress` that nobody watches."""
