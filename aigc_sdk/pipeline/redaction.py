"""Replacing offending spans of a text."""

from __future__ import annotations

from aigc_sdk.content import Content, Text
from aigc_sdk.verdict import Decision, Verdict


def redacted_spans(verdict: Verdict, placeholder: str) -> list[tuple[int, int, str]] | None:
    """Spans that ``redact`` rules fired on, sorted and disjoint, with what stands in their place.

    Overlapping spans are merged; the replacement of the first (or ``placeholder`` with its category filled
    in) stands for all.

    Returns:
        ``(start, end, replacement)`` triples, or None where a finding has no span to point at.
    """
    spans: list[tuple[int, int, str]] = []
    for rule in verdict.applied:
        if rule.action is not Decision.REDACT or rule.finding is None:
            continue
        finding = verdict.findings[rule.finding]
        usable = [s for s in finding.spans if s.start is not None and s.end is not None and s.end > s.start]
        if not usable:
            return None
        fill = finding.replacement
        if fill is None:
            fill = placeholder.replace("{category}", finding.category.value)
        spans.extend((int(s.start or 0), int(s.end or 0), fill) for s in usable)
    merged: list[tuple[int, int, str]] = []
    for start, end, fill in sorted(spans, key=lambda s: (s[0], -s[1])):
        if merged and start < merged[-1][1]:
            first, reach, kept = merged[-1]
            merged[-1] = (first, max(reach, end), kept)
        else:
            merged.append((start, end, fill))
    return merged


def redact_text(content: Content, verdict: Verdict, placeholder: str) -> str | None:
    """The text with every span that a ``redact`` rule fired on replaced.

    Returns:
        The new text, or None where there is nothing to point at: no text, or a finding without spans.
    """
    spans = redacted_spans(verdict, placeholder) if isinstance(content, Text) else None
    if not spans or not isinstance(content, Text):
        return None
    parts, position = [], 0
    for start, end, fill in spans:
        parts += [content.text[position:start], fill]
        position = end
    parts.append(content.text[position:])
    return "".join(parts)
