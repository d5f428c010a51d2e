"""``text/lexicon``: terms from the shipped list and from users' own files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.lexicon_match import MAX_GAP, Match, Matcher
from aigc_text.moderators.lexicon_terms import MAX_TERM, Term, decode_terms, read_user_terms, span_cap
from aigc_text.moderators.shipped import open_shipped

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

__all__ = ["BUNDLE", "DETECTOR", "FILES_VARIABLE", "MAX_GAP", "MAX_MATCH", "LexiconModerator"]

DETECTOR = "text/lexicon"
BUNDLE = "lexicon-core"
DATA_FILE = "terms.bin"
FILES_VARIABLE = "AIGC_LEXICON"
"""Environment variable that lists users' own files, separated as in PATH."""

MAX_MATCH = span_cap(MAX_TERM) + 1
"""Upper bound of `Matcher.max_match` for any list; a loaded moderator's ``max_match`` is usually smaller."""


class LexiconModerator:
    """Reports listed terms with their places in the text.

    Args:
        files: Users' own lists (see `read_user_terms`), besides those that ``AIGC_LEXICON`` names.
        core: False leaves the shipped list out.
    """

    def __init__(self, files: Sequence[str | Path] = (), *, core: bool = True) -> None:
        self._files = tuple(Path(f) for f in files)
        self._core = core
        self._matcher: Matcher | None = None
        self._digest: str | None = None

    @property
    def max_match(self) -> int:
        """Longest match of the loaded lists, in characters of original text; what a stream holds back."""
        return MAX_MATCH if self._matcher is None else self._matcher.max_match

    @property
    def terms(self) -> tuple[Term, ...]:
        """The loaded terms; empty before `load`."""
        return () if self._matcher is None else self._matcher.terms

    def load(self, runtime: Runtime | None) -> None:
        """Read and compile the lists. Idempotent.

        Raises:
            BundleError: If the shipped list is damaged.
            OptionError: If a user's file is wrong.
            MissingDependencyError: If pyahocorasick is not installed.
        """
        if self._matcher is not None:
            return
        terms = []
        if self._core:
            bundle = open_shipped(BUNDLE, runtime)
            self._digest = bundle.digest
            terms += decode_terms(bundle.path(DATA_FILE).read_bytes())
        named = [Path(f) for f in os.environ.get(FILES_VARIABLE, "").split(os.pathsep) if f]
        for path in (*self._files, *named):
            terms += read_user_terms(path)
        self._matcher = Matcher(terms)

    def close(self) -> None:
        """Free the automata."""
        self._matcher = None
        self._digest = None

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each category and severity."""
        matcher = self._matcher
        if matcher is None:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        return [self._row(matcher, item, ctx) for item in items]

    def _row(self, matcher: Matcher, item: Content, ctx: CallContext) -> Screening | Err:
        if not isinstance(item, Text):
            return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
        try:
            ctx.check()
            matches = matcher.find(item.text, ctx.check)
        except AigcError as error:
            return Err(error)
        return Screening(_findings(matches, self._digest), bundle=self._digest)


def _findings(matches: Sequence[Match], digest: str | None) -> tuple[Finding, ...]:
    grouped: dict[tuple[object, ...], list[Match]] = {}
    for match in matches:
        term = match.term
        key = (term.category, term.subcategory, term.severity, term.origin, term.replacement)
        grouped.setdefault(key, []).append(match)
    return tuple(_finding(group, digest) for group in grouped.values())


def _finding(group: Sequence[Match], digest: str | None) -> Finding:
    term = group[0].term
    return Finding(
        category=term.category,
        subcategory=term.subcategory,
        severity=term.severity,
        score=float(len(group)),
        spans=tuple(Span(start=m.start, end=m.end, matched=m.term.key) for m in group),
        detector=DETECTOR,
        bundle=digest if not term.origin or term.origin.startswith(BUNDLE) else None,
        explanation=Explanation(
            code="lexicon.match",
            en=f"{len(group)} listed term(s) of category {term.category}, list {term.origin or BUNDLE}",
            zh=f"命中词表 {term.origin or BUNDLE} 中 {term.category} 类词条 {len(group)} 处",
        ),
        replacement=term.replacement,
    )
