"""Given facts: reading them from inputs and finding them, or inventions beside them, in a text."""

from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import Brief, Fact, Length, flatten, read_brief
from aigc_text.facts.report import FactReport, Invented, Missing, Stated

__all__ = [
    "Brief",
    "Fact",
    "FactChecker",
    "FactReport",
    "Invented",
    "Length",
    "Missing",
    "Stated",
    "flatten",
    "read_brief",
]
