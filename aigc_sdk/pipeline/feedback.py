"""What a generator is told about its refused text: why, never what it said."""

from __future__ import annotations

import re

from aigc_sdk.content import Content, Text
from aigc_sdk.verdict import Verdict

_SHORTEST = 2
"""Characters from which a quotation is taken for one; a single letter stands in every sentence."""
_IDEOGRAPHS = 0x2E80
"""From this code point on (CJK, emoji) one character may be a whole word."""
_HIDDEN = "…"

MAX_REASONS = 32
"""Reasons that are told, the most restrictive first: nobody reads thousands, and each is searched for quotations."""


def refusal_reasons(verdict: Verdict, content: Content | None) -> tuple[str, ...]:
    """`Verdict.reasons` without what the findings point at.

    Explanations should not quote, but third parties write them: whatever a finding's spans cover, and what it
    was matched as, is struck out, in any case. At most `MAX_REASONS`, and a line that counts the others.
    """
    quoted: set[str] = set()
    for finding in verdict.findings:
        for span in finding.spans:
            if span.matched:
                quoted.add(span.matched.strip())
            if isinstance(content, Text) and span.start is not None and span.end is not None:
                quoted.add(content.text[int(span.start) : int(span.end)].strip())
    names = {str(f.category) for f in verdict.findings} | {f.detector for f in verdict.findings}
    # The name of what was found says what to avoid, even where somebody wrote that very word.
    lines = list(dict.fromkeys(verdict.reasons()))
    if len(lines) > MAX_REASONS:
        lines[MAX_REASONS:] = [f"and {len(lines) - MAX_REASONS} more"]
    told = _folded("\n".join(lines))
    hidden = [q for q in quoted - names if _is_quotation(q) and _folded(q) in told]
    if not hidden:
        return tuple(lines)
    hidden.sort(key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, hidden)), re.IGNORECASE)
    return tuple(dict.fromkeys(pattern.sub(_HIDDEN, line) for line in lines))


def _is_quotation(text: str) -> bool:
    return len(text) >= _SHORTEST or (len(text) == 1 and ord(text) >= _IDEOGRAPHS)


def _folded(text: str) -> str:
    """The same for all texts that a pattern without case takes for each other (it knows a Turkish i as i)."""
    return text.casefold().replace("\u0307", "").replace("\u0131", "i")
