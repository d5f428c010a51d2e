"""Replacing offending spans of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aigc_sdk.content import Content, Text
from aigc_sdk.pipeline.edits import Edit, merged
from aigc_sdk.pipeline.requests import joined_inputs, spoken_name
from aigc_sdk.request import Request
from aigc_sdk.taxonomy import Category
from aigc_sdk.verdict import Applied, Decision, Finding, Verdict


def redacted_spans(verdict: Verdict, placeholder: str) -> list[tuple[int, int, str]] | None:
    """Spans that ``redact`` rules fired on, sorted and disjoint, with what stands in their place.

    Overlapping spans are merged; the replacement of the first (or ``placeholder`` with its category filled
    in) stands for all.

    Returns:
        ``(start, end, replacement)`` triples, or None where a finding has no span to point at.
    """
    edits: list[Edit] = []
    for rule in verdict.applied:
        if rule.action is not Decision.REDACT or rule.finding is None:
            continue
        made = edits_for(rule, verdict.findings[rule.finding], placeholder)
        if made is None:
            return None
        edits += made
    return [(edit.start, edit.end, edit.after) for edit in merged(edits)]


def edits_for(rule: Applied, finding: Finding, placeholder: str | None) -> list[Edit] | None:
    """What replaces a finding's spans: its own replacement, else the placeholder.

    Returns:
        An edit a span, or None where there is no span to point at, or nothing to put there (``placeholder``
        is None and the finding suggests nothing).
    """
    fill = finding.replacement
    if fill is None and placeholder is not None:
        fill = placeholder.replace("{category}", finding.category.value)
    places = [
        (int(s.start), int(s.end))
        for s in finding.spans
        if s.start is not None and s.end is not None and int(s.end) > int(s.start)
    ]
    if not places or fill is None:
        return None
    return [
        Edit(
            start,
            end,
            fill,
            finding.category,
            detector=finding.detector,
            rule=rule.rule,
            private=finding.category is Category.PRIVACY or finding.replacement is None,
        )
        for start, end in places
    ]


def redact_text(content: Content, verdict: Verdict, placeholder: str) -> str | None:
    """The text with every span that a ``redact`` rule fired on replaced.

    Returns:
        The new text, or None where there is nothing to point at: no text, or a finding without spans.
    """
    spans = redacted_spans(verdict, placeholder) if isinstance(content, Text) else None
    if not spans or not isinstance(content, Text):
        return None
    return _replaced(content.text, spans, 0)


def redact_request(request: Request, verdicts: Sequence[Verdict], placeholder: str) -> Request | None:
    """The request with what was objected to replaced, in its named values and its messages.

    Args:
        request: The request.
        verdicts: One for each of its `screened_parts`, in order.
        placeholder: As for `redact_text`.

    Returns:
        The redacted request, or None where a span cannot be placed (it reaches over two values, or lies in
        the name of a nested value).
    """
    rest = iter(verdicts)
    inputs = request.inputs
    if joined_inputs(inputs):
        verdict = next(rest)
        if verdict.decision is Decision.REDACT:
            spans = redacted_spans(verdict, placeholder)
            redactor = _InputRedactor(spans or [])
            inputs = {name: redactor.redact_named(name, value) for name, value in inputs.items()}
            if not spans or redactor.placed < len(spans):
                return None
    messages = []
    for message in request.messages:
        verdict_of = next(rest) if message.role != "system" else None
        if verdict_of is not None and verdict_of.redacted is not None:
            message = replace(message, content=verdict_of.redacted)
        messages.append(message)
    return replace(request, inputs=inputs, messages=tuple(messages))


class _InputRedactor:
    """Walks values in the order of `joined_inputs` and replaces the spans that lie inside one text."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._spans = spans
        self._cursor = 0
        self.placed = 0

    def redact_named(self, name: str, value: Any) -> Any:
        for spoken in spoken_name(name):
            if spoken.strip():
                self._cursor += len(spoken) + 1
        return self.redact(value)

    def redact(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            walked = {}
            for key, inner in value.items():
                if isinstance(key, str) and key.strip():
                    self._cursor += len(key) + 1
                walked[key] = self.redact(inner)
            return walked
        if isinstance(value, list | tuple):
            return [self.redact(inner) for inner in value]
        return value

    def _text(self, text: str) -> str:
        if not text.strip():
            return text
        start, end = self._cursor, self._cursor + len(text)
        self._cursor = end + 1
        inside = [span for span in self._spans if start <= span[0] and span[1] <= end]
        self.placed += len(inside)
        return _replaced(text, inside, start)


def _replaced(text: str, spans: Sequence[tuple[int, int, str]], offset: int) -> str:
    parts, position = [], 0
    for start, end, fill in spans:
        parts += [text[position : start - offset], fill]
        position = end - offset
    parts.append(text[position:])
    return "".join(parts)
