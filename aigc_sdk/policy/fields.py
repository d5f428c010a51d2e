"""Types of the fields that policy files use again and again."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from aigc_sdk.taxonomy import Severity
from aigc_sdk.verdict import Decision


def _decision(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Decision.parse(value)
        except KeyError:
            raise ValueError(f"{value!r} is none of allow, redact, review, block") from None
    return value


def _severity(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Severity[value.upper()]
        except KeyError:
            raise ValueError(f"{value!r} is none of safe, low, medium, high") from None
    return value


def _primary_tag(value: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", value):
        raise ValueError(f"{value!a} is no primary language tag such as en or zh")
    return value


Action = Annotated[Decision, BeforeValidator(_decision), PlainSerializer(str)]
Grave = Annotated[Severity, BeforeValidator(_severity), PlainSerializer(lambda s: s.name.lower())]

LanguageTag = Annotated[str, AfterValidator(_primary_tag)]


class Strict(BaseModel):
    """A part of a policy: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
