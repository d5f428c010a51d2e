"""What a rule of advertising law is made of, and how far a match of it can reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# The public way to ask a pattern for its width is deprecated; this one is what `re` itself compiles with.
from re import _parser  # type: ignore[attr-defined]

from aigc_sdk.taxonomy import Severity

BEFORE = 16
"""Folded characters before a match that its exceptions may look at."""
AFTER = 24
"""Folded characters behind a match that its exceptions may look at."""
MAX_PATTERN = 62
"""Longest match of any pattern, in folded characters; `Claim` refuses a longer one."""
MAX_MATCH = MAX_PATTERN + AFTER
"""Longest reach of a finding in characters of original text: the match and what its exceptions look at."""


@dataclass(frozen=True, slots=True)
class Law:
    """What a jurisdiction says about a claim: the reference in English and in Chinese."""

    jurisdiction: str
    en: str
    zh: str


@dataclass(frozen=True)
class Claim:
    """One kind of claim and the laws against it.

    Attributes:
        name: Rule name; a finding's subcategory is ``<jurisdiction>/<name>``.
        pattern: Regular expression over folded text (`normalise.fold`: lower case, half width), of bounded width.
        triggers: Texts of which every match holds at least one: the pattern is tried only where one occurs.
        laws: One a jurisdiction.
        en: What is wrong, English.
        zh: What is wrong, Chinese.
        severity: Low where the claim may be true and needs proof, medium where it is hardly ever lawful.
            Never high: a rule on gravity alone would then block copy under policies that name no
            jurisdiction.
        not_before: The text directly before a match, ending in this, makes it no finding.
        not_after: The text directly behind a match, beginning with this, makes it no finding.
        not_near: This anywhere in the little text around a match makes it no finding.
        replacements: Matched text → harmless text that says less.
    """

    name: str
    pattern: str
    triggers: tuple[str, ...]
    laws: tuple[Law, ...]
    en: str
    zh: str
    severity: Severity = Severity.MEDIUM
    not_before: str = ""
    not_after: str = ""
    not_near: str = ""
    replacements: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not keep the bound that streams rely on."""
        if self.width > MAX_PATTERN:
            raise ValueError(f"{self.name}: the pattern may match {self.width} > {MAX_PATTERN} characters")
        if self.severity > Severity.MEDIUM:
            raise ValueError(f"{self.name}: severity is at most medium")

    @cached_property
    def width(self) -> int:
        """Longest match of the pattern, in folded characters."""
        return int(_parser.parse(self.pattern).getwidth()[1])

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)

    @cached_property
    def exceptions(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
        """Compiled ``not_before``, ``not_after``, ``not_near``."""
        return (
            re.compile(f"(?:{self.not_before})$") if self.not_before else None,
            re.compile(self.not_after) if self.not_after else None,
            re.compile(self.not_near) if self.not_near else None,
        )
