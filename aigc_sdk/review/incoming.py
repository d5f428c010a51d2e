"""What comes into the store, checked and made a row."""

from __future__ import annotations

import json
from typing import Final

from aigc_sdk.content import Content, Text
from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.review.models import ItemRow
from aigc_sdk.review.queue import item_key, without_quotations
from aigc_sdk.review.records import Origin, State
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Decision, Verdict

_MAX_NAME: Final = 200
_MAX_PROSE: Final = 10_000


def content_of(content: Content | str | None, stated: str, *, keep: bool) -> tuple[str, str | None]:
    """The content's hash, and its text where it is text and may be kept.

    Raises:
        BadInputError: If there is neither content nor the hash ``stated``.
    """
    if content is None:
        if not stated:
            raise BadInputError("There is neither content nor its hash.", hint="Pass the content.")
        return stated, None
    if isinstance(content, str):
        content = Text(content)
    if not isinstance(content, Content):
        raise BadInputError(f"Content must be text or media, got {type(content).__name__}.")
    return content.sha256(), content.text if isinstance(content, Text) and keep else None


def new_row(
    origin: Origin,
    digest: str,
    text: str | None,
    verdict: Verdict | None,
    request_id: str,
    language: str | None,
    *,
    now: float,
    keep: bool,
) -> ItemRow:
    """An open item of priority 0; ``keep`` False leaves out what the verdict quotes of the content."""
    data = None if verdict is None else verdict.as_dict()
    if data is not None and not keep:
        data = without_quotations(data)
    policy_sha256 = "" if verdict is None else verdict.policy_sha256
    request = name(request_id, "request_id") if request_id else ""
    return ItemRow(
        key=item_key(origin, digest, policy_sha256, request),
        origin=origin.value,
        state=State.OPEN.value,
        round=1,
        priority=0,
        decision=str(Decision.ALLOW if verdict is None else verdict.decision),
        content=text,
        content_sha256=digest,
        language=language if verdict is None else verdict.language,
        stage=str(Stage.OUTPUT if verdict is None else verdict.stage),
        policy="" if verdict is None else verdict.policy,
        policy_sha256=policy_sha256,
        request_id=request,
        verdict=None if data is None else json.dumps(data, ensure_ascii=False),
        reports=0,
        created_at=now,
    )


def same(content: Content | str | None, verdict: Verdict) -> Content | str | None:
    """The content, unless the verdict is about something else (a candidate, where the host gave the prompt)."""
    if content is None or not verdict.content_sha256:
        return content
    digest = (Text(content) if isinstance(content, str) else content).sha256()
    return content if digest == verdict.content_sha256 else None


def name(value: str, what: str) -> str:
    """A name of at most 200 characters."""
    return _words(value, what, _MAX_NAME)


def prose(value: str, what: str) -> str:
    """Words of at most 10,000 characters."""
    return _words(value, what, _MAX_PROSE)


def integer(value: int) -> int:
    """A priority."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1_000_000:
        raise OptionError(f"priority must be an integer of at most a million, got {value!r}.")
    return value


def _words(value: str, what: str, limit: int) -> str:
    text = Text(value).text.strip()
    if not text or len(text) > limit:
        raise OptionError(f"{what} must have 1 to {limit:,} characters, got {len(text):,}.")
    return text
