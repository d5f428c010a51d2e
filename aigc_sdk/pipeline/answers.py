"""Holding a detector to its contract: an answer whose parts are not what they claim to be is no answer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from aigc_sdk.content import Content, Text
from aigc_sdk.errors import AigcError, ComponentError, ContractError, DeadlineExceededError
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Category, Severity
from aigc_sdk.verdict import DetectorError, Err, Explanation, Finding, Screening, Span

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""What no `Text` may hold: a replacement goes into one, the rest into reports and stores."""


def checked(name: str, answer: Any, item: Content) -> Screening | Err:
    """The answer about ``item`` if every part has its declared type and range, else an `Err`.

    Values are checked one by one, since a model built without validation may hold anything.
    """
    if isinstance(answer, Err):
        return answer
    try:
        wrong = None if _blank(answer) else _wrong(answer, item)
    except Exception:  # noqa: BLE001 - a part that fails when it is looked at is a wrong part
        wrong = "parts that cannot be read"
    return Err(ContractError(f"{name} returned {wrong}.")) if wrong else answer


def _blank(answer: Screening) -> bool:
    """Most answers: nothing found, nothing to look at."""
    return (
        type(answer.findings) is tuple
        and not answer.findings
        and answer.derived == ()
        and answer.complete is True
        and (answer.bundle is None or type(answer.bundle) is str)
    )


def _wrong(answer: Screening, item: Content) -> str | None:
    if not isinstance(answer.complete, bool) or not _text_or_none(answer.bundle):
        return "a screening with parts of a wrong type"
    for part, kind in ((answer.findings, Finding), (answer.derived, Content)):
        if not isinstance(part, list | tuple) or not all(isinstance(one, kind) for one in part):
            return "a screening with parts of a wrong type"
    length = len(item.text) if isinstance(item, Text) else None
    for finding in answer.findings:
        if not _sound(finding):
            return "a finding with parts of a wrong type"
        if not all(_lies_in(span, length) for span in finding.spans):
            return "a span that lies nowhere"
    return None


def _sound(finding: Finding) -> bool:
    explanation = finding.explanation
    return (
        type(finding.category) is Category
        and type(finding.severity) is Severity
        and _number(finding.score)
        and (finding.probability is None or (_number(finding.probability) and 0 <= finding.probability <= 1))
        and isinstance(finding.spans, tuple)
        and all(type(span) is Span for span in finding.spans)
        and type(finding.detector) is str
        and all(
            _text_or_none(t)
            for t in (finding.detector, finding.subcategory, finding.bundle, finding.replacement)
        )
        and (
            explanation is None
            or (
                isinstance(explanation, Explanation)
                and all(_text(t) for t in (explanation.code, explanation.en, explanation.zh))
            )
        )
    )


def _lies_in(span: Span, length: int | None) -> bool:
    """Finite, not backwards and, in a text, inside of it and between two characters."""
    start, end = span.start, span.end
    if not _text_or_none(span.matched):
        return False
    if any(n is not None and (not _number(n) or n < 0) for n in (start, end, span.frame)):
        return False
    if span.box is not None and not (len(span.box) == 4 and all(map(_number, span.box))):
        return False
    if start is not None and end is not None and end < start:
        return False
    return length is None or all(n is None or (n <= length and n == int(n)) for n in (start, end))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _text_or_none(value: object) -> bool:
    return value is None or _text(value)


def _text(value: object) -> bool:
    return isinstance(value, str) and _UNUSABLE.search(value) is None


def overlong(findings: Sequence[Finding], spec: ModeratorSpec) -> bool:
    """Does a finding span more than the detector's stated bound?"""
    return spec.max_match is not None and any(
        span.start is not None and span.end is not None and span.end - span.start > spec.max_match
        for finding in findings
        for span in finding.spans
    )


def detector_error(detector: str, error: Exception) -> DetectorError:
    """What a verdict says about a failure: of foreign exceptions the type only, since they may quote content."""
    try:
        return _described(detector, error)
    except Exception:  # noqa: BLE001 - an error that fails when it is read is one all the same
        return DetectorError(detector=detector, code="error", message=f"it raised {type(error).__name__}")


def _described(detector: str, error: Exception) -> DetectorError:
    if isinstance(error, DeadlineExceededError):
        return DetectorError(detector=detector, code="timeout", message=str(error))
    code = error.code if isinstance(error, AigcError) else "error"
    foreign = error.__cause__ if isinstance(error, ComponentError) else error
    if foreign is not None and not isinstance(foreign, AigcError):
        return DetectorError(detector=detector, code=code, message=f"it raised {type(foreign).__name__}")
    return DetectorError(detector=detector, code=code, message=str(error))
