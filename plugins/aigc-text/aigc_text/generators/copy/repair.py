"""Make the facts given the facts written: cut sentences with inventions, add sentences for missing facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import Fact
from aigc_text.facts.report import FactReport
from aigc_text.generators.copy.builtin_writer import BuiltinWriter
from aigc_text.generators.copy.sentences import Chooser

_MAX_ROUNDS = 4
# A sentence ends at its mark, at a line break, or after a closing quote behind the mark; points within numbers and
# addresses end none.
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]*(?=\s)|(?<=[。！？…])[”’」』）]*|\n")
_HASHTAGS = re.compile(r"\s+(?:#\S+\s*)+$")
_DIGITS_OR_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended text, what was done to it and what the checker says now."""

    text: str
    repairs: tuple[str, ...]
    report: FactReport


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences that together make up ``text``."""
    cuts = sorted({0, len(text), *(match.end() for match in _BOUNDARY.finditer(text))})
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def repair(text: str, checker: FactChecker, writer: BuiltinWriter, rng: Chooser) -> Repaired | None:
    """Mend ``text`` until the checker is content, or give up.

    Args:
        text: A candidate.
        checker: Of the same brief.
        writer: Words what is missing, in the brief's voice.
        rng: Its choices.

    Returns:
        The mended text, or None where it cannot be mended (the caller drops the candidate).
    """
    repairs: list[str] = []
    report = checker.check(text)
    for turn in range(_MAX_ROUNDS):
        if report.faithful:
            break
        if report.invented:
            text = _cut(text, report, repairs)
            if not _DIGITS_OR_LETTERS.search(text):
                # All of it was invented: what would be added below is no longer this writer's work.
                return None
            report = checker.check(text)
        if report.missing and not report.invented:
            missing = list(dict.fromkeys(m.fact for m in report.missing))
            # The plain wording is the one that holds for every value.
            text = _add(text, missing, writer, None if turn else rng)
            repairs.extend(f"added the fact {fact.key}" for fact in missing)
            report = checker.check(text)
    return Repaired(text, tuple(dict.fromkeys(repairs)), report) if report.faithful else None


def _cut(text: str, report: FactReport, repairs: list[str]) -> str:
    kept = []
    for start, end in sentence_spans(text):
        hits = [i for i in report.invented if i.start < end and start < i.end]
        if not hits:
            kept.append(text[start:end])
            continue
        repairs.extend(f"removed a sentence with an invented {hit.kind}" for hit in hits[:1])
        if text[start:end].endswith("\n"):
            kept.append("\n")
    joined = re.sub(r"[ \t]+", " ", "".join(kept))
    return re.sub(r" ?\n(?: ?\n)+", "\n\n", joined).strip()


def _add(text: str, facts: list[Fact], writer: BuiltinWriter, rng: Chooser | None) -> str:
    """Put a missing name in front, as an opener, and other facts at the end, before hashtags."""
    zh = writer.language == "zh"
    glue = "" if zh else " "
    before, after = writer.mend(facts, rng)
    tail = _HASHTAGS.search(text)
    body, rest = (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
    if after:
        closed = body[-1:] in '.!?。！？…"”」'
        body += (glue if closed else ("。" if zh else ". ")) + after
    return (f"{before}{glue}{body}" if before else body) + rest
