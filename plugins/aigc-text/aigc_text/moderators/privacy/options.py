"""What a policy may say to ``text/privacy``: ``{id: text/privacy, options: {skip: [person]}}``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, field_validator

from aigc_text.moderators.privacy.kinds import KINDS


class PrivacyOptions(BaseModel):
    """Options of ``text/privacy``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skip: tuple[str, ...] = ()
    """Kinds of data that are not reported."""

    @field_validator("skip")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [kind for kind in value if kind not in KINDS]
        if unknown:
            raise ValueError(f"unknown kinds {', '.join(unknown)}; known are {', '.join(KINDS)}")
        return value
