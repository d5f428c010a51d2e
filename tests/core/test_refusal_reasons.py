"""What a caller and a generator are told of a refusal: bounded, and without what was found."""

from __future__ import annotations

import time

import pytest

from aigc_sdk.content import Text
from aigc_sdk.pipeline.feedback import MAX_REASONS, refusal_reasons
from aigc_sdk.taxonomy import Category
from aigc_sdk.verdict import Applied, Decision, Explanation, Finding, Span, Verdict


def refused(text: str, pieces: list[str], says: str) -> tuple[str, ...]:
    """Reasons where each of ``pieces`` was found in ``text``; ``says`` is their explanation, ``{}`` the number."""
    findings, position = [], 0
    for number, piece in enumerate(pieces):
        start = text.index(piece, position)
        position = start + len(piece)
        why = Explanation(code="x", en=says.format(number), zh="x")
        span = Span(start=start, end=position)
        findings.append(Finding(category=Category.PROFANITY, detector="a/b", spans=(span,), explanation=why))
    fired = tuple(Applied(rule="r", action=Decision.BLOCK, finding=i) for i in range(len(findings)))
    return refusal_reasons(
        Verdict(decision=Decision.BLOCK, findings=tuple(findings), applied=fired), Text(text)
    )


@pytest.mark.parametrize("word", ["丑", "丑八怪", "🥚", "Straße", "İzmir"])
def test_what_was_found_is_struck_out(word):
    (line,) = refused(f"a {word} b", [word], f"It says {word}.")
    assert word not in line
    assert "…" in line


def test_a_single_letter_is_no_quotation():
    (line,) = refused("a b c", ["b"], "A bad letter.")
    assert line.endswith("A bad letter.")


def test_thousands_of_findings_are_told_in_few_lines_and_soon():
    pieces = [f"user{i}@host{i}.example" for i in range(4000)]
    start = time.process_time()
    lines = refused(" ".join(pieces), pieces, "Address number {}.")
    assert time.process_time() - start < 2.0
    assert len(lines) == MAX_REASONS + 1
    assert lines[-1] == f"and {4000 - MAX_REASONS} more"
