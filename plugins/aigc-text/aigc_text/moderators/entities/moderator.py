"""``text/entities``: which people, organisations and protected names a text mentions; a signal, not a verdict."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.entities.options import EntityOptions
from aigc_text.moderators.entities.organisations import find_organisations
from aigc_text.moderators.entities.protected import read_protected
from aigc_text.moderators.lexicon_match import Matcher
from aigc_text.moderators.names.han import find_han_names
from aigc_text.moderators.names.latin import find_latin_names
from aigc_text.moderators.names.table import name_table

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

DETECTOR = "text/entities"
VARIABLE = "AIGC_PROTECTED_NAMES"
"""Environment variable that lists files of protected names, separated as in PATH."""
MAX_MATCH = 120
"""As that of names; terms of the list are shorter."""

_NAMES = {
    "person": ("a person's name", "人名", "by lists of names, titles and context", "按名录、称谓与上下文"),
    "organisation": ("an organisation's name", "机构名", "by its last word, such as Ltd or 公司", "按后缀"),
}


class EntityModerator:
    """Reports names with their places: people, organisations, and those of the user's own lists.

    Args:
        files: Lists of protected names (see `read_protected`), besides those of ``AIGC_PROTECTED_NAMES``.
    """

    def __init__(self, files: Sequence[str | Path] = ()) -> None:
        self._given = tuple(Path(f) for f in files)
        self._matcher: Matcher | None = None

    def load(self, runtime: Runtime | None) -> None:
        """Read the lists. Idempotent.

        Raises:
            OptionError: If a file of the user's is wrong.
            BundleError: If a shipped list is damaged.
        """
        if self._matcher is not None:
            return
        name_table()
        named = [Path(f) for f in os.environ.get(VARIABLE, "").split(os.pathsep) if f]
        self._matcher = Matcher([term for path in (*self._given, *named) for term in read_protected(path)])

    def close(self) -> None:
        """Free the lists."""
        self._matcher = None

    def moderate(
        self,
        items: Sequence[Content],
        *,
        stage: Stage,
        ctx: CallContext,
        options: EntityOptions | None = None,
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for people, one for organisations, one for each protected name."""
        if self._matcher is None:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        return [_row(item, self._matcher, options or EntityOptions(), ctx) for item in items]


def _row(item: Content, matcher: Matcher, options: EntityOptions, ctx: CallContext) -> Screening | Err:
    if not isinstance(item, Text):
        return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
    text = item.text
    findings: list[Finding] = []
    try:
        ctx.check()
        if options.protected:
            findings += _protected(matcher, text, ctx)
        ctx.check()
        organisations = _apart(find_organisations(text)) if options.organisations else []
        ctx.check()
        people: list[tuple[int, int]] = []
        if options.people:
            table = name_table()
            named = _apart([*find_latin_names(text, table), *find_han_names(text, table)])
            people = [p for p in named if not any(a < p[1] and p[0] < b for a, b in organisations)]
    except AigcError as error:
        return Err(error)
    findings += [
        _finding(kind, spans)
        for kind, spans in (("person", people), ("organisation", organisations))
        if spans
    ]
    return Screening(tuple(findings))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that overlap an earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _finding(kind: str, spans: Sequence[tuple[int, int]]) -> Finding:
    en, zh, why_en, why_zh = _NAMES[kind]
    return Finding(
        category=Category.PRIVACY if kind == "person" else Category.IP,
        subcategory=kind,
        severity=Severity.LOW,
        score=float(len(spans)),
        spans=tuple(Span(start=start, end=end) for start, end in spans),
        detector=DETECTOR,
        explanation=Explanation(
            code=f"entities.{kind}",
            en=f"mentions {en} ({why_en}), {len(spans)} place(s)",
            zh=f"提及{zh}（{why_zh}）{len(spans)} 处",
        ),
        replacement=f"[{kind.upper()}]",
    )


def _protected(matcher: Matcher, text: str, ctx: CallContext) -> list[Finding]:
    grouped: dict[tuple[str, str], list[Span]] = {}
    for match in matcher.find(text, ctx.check):
        key = (match.term.key, match.term.subcategory or "protected")
        grouped.setdefault(key, []).append(Span(start=match.start, end=match.end, matched=match.term.key))
    return [
        Finding(
            category=Category.IP,
            subcategory=kind,
            severity=Severity.LOW,
            score=float(len(spans)),
            spans=tuple(spans),
            detector=DETECTOR,
            explanation=Explanation(
                code="entities.protected",
                en=f"uses the protected name “{name}” ({kind}), {len(spans)} place(s)",
                zh=f"使用受保护名称“{name}”（{kind}）{len(spans)} 处",
            ),
        )
        for (name, kind), spans in grouped.items()
    ]
