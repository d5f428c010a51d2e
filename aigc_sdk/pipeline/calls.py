"""What a caller passes with every call, checked: time, seed, content."""

from __future__ import annotations

import math
import secrets
import time
from dataclasses import replace

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.pipeline.requests import Limits


def call_context(
    deadline: float | None,
    cancel: CancelToken | None,
    seed: int | None,
    deterministic: bool,
    *,
    timeout: float | None,
) -> CallContext:
    """The context of one call.

    Args:
        deadline: Seconds it may take; None takes ``timeout``.
        cancel: The caller's token, if any.
        seed: Base seed in [0, 2^64); None draws one.
        deterministic: As in `CallContext`.
        timeout: Seconds for calls that state no deadline; None for no limit.

    Raises:
        OptionError: If the deadline or the seed is out of range.
    """
    if deadline is not None and not (
        isinstance(deadline, int | float) and not isinstance(deadline, bool) and 0 < deadline < math.inf
    ):
        raise OptionError(f"deadline must be positive seconds, got {deadline!r}.")
    seconds = timeout if deadline is None else deadline
    if seed is None:
        seed = secrets.randbits(63)
    elif not isinstance(seed, int) or not 0 <= seed < 1 << 64:
        raise OptionError(f"seed must be an integer in [0, 2^64), got {seed!r}.")
    return CallContext(
        deadline=None if seconds is None else time.monotonic() + seconds,
        cancel=cancel or CancelToken(),
        seed=seed,
        deterministic=deterministic,
    )


def checked_content(
    value: Content | str, language: str | None, limits: Limits, where: str = "the text"
) -> Content:
    """Content within the limits; a str becomes `Text`. Errors say ``where`` it stands.

    Raises:
        BadInputError: If it is no content, or unusable text.
        InputTooLargeError: Over a limit.
    """
    if isinstance(value, str):
        limits.check_text(value, where)
        return Text(value, language)
    if isinstance(value, Text):
        limits.check_text(value.text, where)
        return value if value.language or not language else replace(value, language=language)
    if not isinstance(value, Content):
        raise BadInputError(
            f"Content must be text, a picture, sound or a video; {where} is of type {type(value).__name__}."
        )
    return value
