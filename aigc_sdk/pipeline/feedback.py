"""What a generator is told about its refused text: why, never what it said."""

from __future__ import annotations

import re

from aigc_sdk.content import Content, Text
from aigc_sdk.verdict import Verdict

_SHORTEST = 2
"""Characters from which a quotation is taken for one; a single letter stands in every sentence."""
_HIDDEN = "…"


def refusal_reasons(verdict: Verdict, content: Content | None) -> tuple[str, ...]:
    """`Verdict.reasons` without what the findings point at.

    Explanations should not quote, but third parties write them: whatever a finding's spans cover, and what it
    was matched as, is struck out, in any case.
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
    hidden = sorted((q for q in quoted - names if len(q) >= _SHORTEST), key=len, reverse=True)
    lines = dict.fromkeys(verdict.reasons())
    if not hidden:
        return tuple(lines)
    pattern = re.compile("|".join(map(re.escape, hidden)), re.IGNORECASE)
    return tuple(dict.fromkeys(pattern.sub(_HIDDEN, line) for line in lines))
