"""Items on their way to a verdict: which detectors look at them, and what those put down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Required, TypedDict

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ContractError
from aigc_sdk.language import effective_language, languages_in
from aigc_sdk.pipeline.answers import checked, detector_error, overlong
from aigc_sdk.pipeline.isolation import checked_rows
from aigc_sdk.policy import DetectorUse
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import DetectorError, Err, Finding, Screening

NO_LANGUAGE = "zxx"
"""Nothing linguistic (digits, emoji): every detector looks."""

Keep = Callable[[Finding, ModeratorSpec], bool]


class ScreenOptions(TypedDict, total=False):
    """The keywords of `Screener.screen`, for screeners that pass them on."""

    stage: Required[Stage]
    ctx: Required[CallContext]
    online: bool
    keep: Keep | None
    redact: bool
    clip: int | None
    announce: bool


@dataclass(slots=True)
class Row:
    """One item on its way to a verdict.

    ``seen`` is what detectors that judge a text as a whole look at: all of it, or its beginning where it is a
    stream's slice with text behind the window.
    """

    content: Content
    seen: Content
    language: str
    findings: list[Finding] = field(default_factory=list)
    required: list[DetectorError] = field(default_factory=list)
    optional: list[DetectorError] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    covered: bool = False
    """Did a detector that serves the main language look?"""
    languages: frozenset[str] = frozenset()
    derived: list[Content] = field(default_factory=list)

    @classmethod
    def of(cls, item: Content, clip: int | None = None, language: str | None = None) -> Row:
        """A row for ``item``, whose language is that of its first ``clip`` characters unless it is given."""
        seen = item
        if clip is not None and isinstance(item, Text) and clip < len(item.text):
            seen = Text(item.text[:clip], item.language)
        row = cls(item, seen, language or _language(seen))
        inside = languages_in(seen.text) if isinstance(seen, Text) else frozenset()
        row.languages = inside | {row.language}
        return row


@dataclass(frozen=True, slots=True)
class Plan:
    """One detector and how the policy uses it; ``spec`` is None where it is not installed."""

    use: DetectorUse
    spec: ModeratorSpec | None
    listed: bool


def _language(item: Content) -> str:
    if not isinstance(item, Text):
        return NO_LANGUAGE
    return effective_language(item.text, item.language)


def concerns(plan: Plan, row: Row) -> bool:
    """Is this detector to look at this row?

    What counts is every language the text holds, not only its main one: a few words of Chinese inside an
    English text are still looked at. A detector that came along uninvited stands aside for languages it does not serve (`_look` then makes
    sure that another one looked). One that the policy lists must answer, unless its ``languages`` limit it.
    """
    languages = plan.use.languages
    if row.language == NO_LANGUAGE:
        return True
    if languages is not None:
        return not row.languages.isdisjoint(languages)
    if plan.listed or plan.spec is None:
        return True
    return not plan.spec.languages or not row.languages.isdisjoint(plan.spec.languages)


def shown(spec: ModeratorSpec, row: Row) -> Content:
    """What a detector is given: whole-text ones see no text behind a stream's window."""
    return row.seen if spec.max_match is None else row.content


def text_of(item: Content) -> tuple[str | None, str | None]:
    """A text's parts that a detector could change; Nones for other kinds."""
    return (item.text, item.language) if isinstance(item, Text) else (None, None)


def undo_changes(row: Row, then: tuple[Any, ...]) -> None:
    """What a detector wrote into a text is taken back, and counts as a failure: the others saw another text."""
    for item, text, language in ((then[0], then[2], then[3]), (then[1], then[4], then[5])):
        if isinstance(item, Text) and (item.text is not text or item.language is not language):
            object.__setattr__(item, "text", text)
            object.__setattr__(item, "language", language)
            message = "a detector changed the content it was given"
            row.required.append(DetectorError(detector="policy", code="contract", message=message))


def answers_of(plan: Plan, rows: Sequence[Row], raw: Any) -> Sequence[Screening | Err]:
    """The rows of a detector's answer, each an `Err` where it breaks the contract."""
    assert plan.spec is not None
    name = plan.spec.id
    if isinstance(raw, Err):
        return [raw] * len(rows)
    try:
        answers = checked_rows(name, raw, len(rows), Screening)
    except AigcError as error:
        return [Err(error)] * len(rows)
    except Exception as error:  # noqa: BLE001 - a sequence that fails when it is read is none
        return [Err(ContractError(f"{name} returned rows that raise {type(error).__name__}."))] * len(rows)
    spec = plan.spec
    return [checked(name, answer, shown(spec, row)) for row, answer in zip(rows, answers, strict=True)]


def put_down(row: Row, plan: Plan, answer: Screening | Err | None, keep: Keep | None) -> None:
    """Write a detector's answer, or its failure, into the row."""
    errors = row.required if plan.use.required else row.optional
    spec = plan.spec
    if spec is None or answer is None:
        errors.append(
            DetectorError(detector=plan.use.id, code="not_installed", message="it is not installed")
        )
        return
    served = not spec.languages or row.language in (*spec.languages, NO_LANGUAGE)
    if not served and row.languages.isdisjoint(spec.languages):
        message = f"it does not serve language {row.language!r}"
        errors.append(DetectorError(detector=spec.id, code="unsupported_language", message=message))
    if isinstance(answer, Err):
        errors.append(detector_error(spec.id, answer.error))
        return
    for finding in answer.findings:
        if not finding.detector or not finding.bundle:
            finding = finding.model_copy(
                update={"detector": finding.detector or spec.id, "bundle": finding.bundle or answer.bundle}
            )
        if keep is None or keep(finding, spec):
            row.findings.append(finding)
    if overlong(answer.findings, spec):
        # Streams rely on the bound: a detector that breaks it cannot vouch for what was released.
        message = f"it reported a match longer than its max_match of {spec.max_match} characters"
        errors.append(DetectorError(detector=spec.id, code="contract", message=message))
    row.derived.extend(answer.derived)
    if not answer.complete:
        errors.append(
            DetectorError(detector=spec.id, code="truncated", message="it could look at a part only")
        )
        return
    row.done.append(spec.id)
    row.covered = row.covered or served
