"""Make the facts given the facts written: cut sentences with inventions, add sentences for missing facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from aigc_text.facts.checker import FactChecker, FactReport
from aigc_text.facts.inputs import Fact
from aigc_text.generators.copy.sentences import FactSentences

_MAX_ROUNDS = 4
# A sentence ends at its mark, at a line break, or after a closing quote behind the mark; points within numbers and
# addresses end none.
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]*(?=\s)|(?<=[。！？…])[”’」』）]*|\n")
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


def repair(text: str, checker: FactChecker, sentences: FactSentences) -> Repaired | None:
    """Mend ``text`` until the checker is content, or give up.

    Args:
        text: A candidate.
        checker: Of the same brief.
        sentences: How missing facts are worded.

    Returns:
        The mended text, or None where it cannot be mended (the caller drops the candidate).
    """
    repairs: list[str] = []
    report = checker.check(text)
    for _ in range(_MAX_ROUNDS):
        if report.faithful:
            return Repaired(text, tuple(repairs), report)
        if report.invented:
            text = _cut(text, report, repairs)
            if not _DIGITS_OR_LETTERS.search(text):
                # All of it was invented: what would be added below is no longer this writer's work.
                return None
            report = checker.check(text)
        if report.missing and not report.invented:
            text = _add(text, [m.fact for m in report.missing], sentences, repairs)
            report = checker.check(text)
    return Repaired(text, tuple(repairs), report) if report.faithful else None


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


def _add(text: str, facts: list[Fact], sentences: FactSentences, repairs: list[str]) -> str:
    """Put the missing facts before the last sentence of the last full paragraph, else at the end."""
    added = []
    for fact in dict.fromkeys(facts):
        added.append(sentences.plain(fact))
        repairs.append(f"added the fact {fact.key}")
    glue = "" if sentences.language == "zh" else " "
    block = glue.join(added)
    tail = re.search(r"\n+(?:#\S+\s*)+$", text)  # hashtags stay last
    body, rest = (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
    joint = (
        glue if body[-1:] in ".!?。！？…" else ("\n" if "\n" in body else sentences_stop(sentences) + glue)
    )
    return f"{body}{joint}{block}{rest}"


def sentences_stop(sentences: FactSentences) -> str:
    """The language's full stop."""
    return "。" if sentences.language == "zh" else "."
