"""Names of what moderators find, how grave it is, and where in a call they look.

Categories are the union of the taxonomies in use (OpenAI moderation, MLCommons hazards, the large
Chinese moderation services); key on these names: the numbered codes of others differ between versions.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Category(StrEnum):
    """Top-level category of a finding."""

    HATE = "hate"
    HARASSMENT = "harassment"
    PROFANITY = "profanity"
    SEXUAL = "sexual"
    MINORS = "minors"
    VIOLENCE = "violence"
    EXTREMISM = "extremism"
    WEAPONS = "weapons"
    SELF_HARM = "self_harm"
    ILLICIT = "illicit"
    PRIVACY = "privacy"
    IP = "ip"
    DEFAMATION = "defamation"
    ADVICE = "advice"
    POLITICAL = "political"
    RELIGION = "religion"
    SPAM = "spam"
    AD_LAW = "ad_law"
    INJECTION = "injection"
    CUSTOM = "custom"
    QUALITY = "quality"
    """No offence: errors of spelling, grammar, punctuation, for policies that mend what they deliver."""


class Severity(IntEnum):
    """How grave a finding is: 0 safe, 1 low or controversial, 2 medium, 3 high."""

    SAFE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Stage(StrEnum):
    """Where in a call content is screened."""

    PROMPT = "prompt"
    OUTPUT = "output"
    RETRIEVED = "retrieved"
    """Passages fetched for the model to read: documents, tool results."""


class Kind(StrEnum):
    """Kind of content a component takes or makes."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    ATTRIBUTES = "attributes"
    """A flat map of named values (product attributes, an audience profile)."""
    MESSAGES = "messages"
    """A list of chat messages."""
