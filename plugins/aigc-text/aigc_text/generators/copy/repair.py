"""Make the facts given the facts written: cut sentences with inventions, add sentences for missing facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aigc_text.evaluators.counting import count_units
from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import Fact
from aigc_text.facts.report import FactReport, Invented
from aigc_text.generators.copy.builtin_writer import BuiltinWriter
from aigc_text.generators.copy.grounding import Grounding
from aigc_text.generators.copy.pieces import sentence_spans
from aigc_text.generators.copy.sentences import Chooser

_MAX_ROUNDS = 4
_HASHTAGS = re.compile(r"\s+(?:#\S+\s*)+$")
# How a call to action begins; what follows decides nothing.
_CALL = re.compile(
    r"(?:so |why not |just |go ahead,? |please )?(?:grab|buy|come|get|try|order|visit|take|see|check|shop|go|give|join|pick|choose|"
    r"call|find out|learn|treat|don't wait|what are you waiting)\b|.{0,6}(?:来看看|快来|赶紧|马上|带回家|带走|欢迎|试试|了解一下|收下)",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
_FAULTS = {
    "claim": "that claims what the inputs do not say",
    "sense": "that uses a given value in another sense",
    "qualifier": "that qualifies a given number",
}
_DIGITS_OR_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended text, what was done to it and what the checker says now."""

    text: str
    repairs: tuple[str, ...]
    report: FactReport


def ground(text: str, grounding: Grounding, checker: FactChecker) -> Repaired | None:
    """Cut the sentences of a model's ``text`` that the inputs do not bear out.

    Returns:
        None where what is left does not even name the thing.
    """
    repairs: list[str] = []
    # What the checker finds is the surer reason, so it is the one told.
    found = [*checker.check(text).invented, *grounding.unsupported(text)]
    if found:
        text = _cut(text, found, repairs)
    if count_units(text, "words", checker.language) < _LEAST_WORDS or not grounding.names(text):
        return None
    return Repaired(text, tuple(dict.fromkeys(repairs)), checker.check(text))


def repair(
    text: str, checker: FactChecker, writer: BuiltinWriter, rng: Chooser, *, act: bool = False
) -> Repaired | None:
    """Mend ``text`` until the checker is content, or give up.

    Args:
        text: A candidate.
        checker: Of the same brief.
        writer: Words what is missing, in the brief's voice.
        rng: Its choices.
        act: Put missing facts before a closing call to action, and add one where there is none.

    Returns:
        The mended text, or None where it cannot be mended (the caller drops the candidate).
    """
    repairs: list[str] = []
    report = checker.check(text)
    end = ""
    if act:
        text, end = _split_action(text)
        if not end:
            end = writer.action(rng)
            repairs.append("added a call to action")
        elif writer.brief.call_to_action and writer.brief.call_to_action not in end:
            end = writer.action(rng)
        report = checker.check(text)
    for turn in range(_MAX_ROUNDS):
        if report.faithful:
            break
        if report.invented:
            text = _cut(text, report.invented, repairs)
            if not _DIGITS_OR_LETTERS.search(text) and not end:
                # All of it was invented: what would be added below is no longer this writer's work.
                return None
            report = checker.check(text)
        if report.missing and not report.invented:
            missing = list(dict.fromkeys(m.fact for m in report.missing))
            # The plain wording is the one that holds for every value.
            text = _add(text, missing, writer, None if turn else rng)
            repairs.extend(f"added the fact {fact.key}" for fact in missing)
            report = checker.check(text)
    if end:
        text = f"{text}{'' if writer.language == 'zh' or not text else ' '}{end}"
        report = checker.check(text)
    return Repaired(text, tuple(dict.fromkeys(repairs)), report) if report.faithful else None


def _split_action(text: str) -> tuple[str, str]:
    """The text and the call to action that it ends with, if it does."""
    spans = sentence_spans(text)
    start, stop = spans[-1] if spans else (0, 0)
    last = text[start:stop].strip()
    return (text[:start].strip(), last) if _CALL.match(last) else (text, "")


def _cut(text: str, found: Sequence[Invented], repairs: list[str]) -> str:
    kept = []
    for start, end in sentence_spans(text):
        hits = [i for i in found if i.start < end and start < i.end]
        if not hits:
            kept.append(text[start:end])
            continue
        repairs.extend(
            f"removed a sentence {_FAULTS.get(hit.kind, 'with an invented ' + hit.kind)}" for hit in hits[:1]
        )
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
        body += ("" if not body else glue if closed else ("。" if zh else ". ")) + after
    return (f"{before}{glue if body else ''}{body}" if before else body) + rest
