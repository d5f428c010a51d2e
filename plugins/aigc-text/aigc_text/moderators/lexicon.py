"""``text/lexicon``: terms from the shipped list and from users' own files, which are read again when they change."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.lexicon_bidi import OVERRIDE, reversed_runs
from aigc_text.moderators.lexicon_match import Match, Matcher
from aigc_text.moderators.lexicon_suspect import MAX_GAP
from aigc_text.moderators.lexicon_terms import MAX_TERM, Term, decode_terms, read_user_terms, span_cap
from aigc_text.moderators.normalise import widen
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


RELOAD_SECONDS = 1.0
"""Least time between two looks at whether users' files changed."""

_BATCH = 256
_log = logging.getLogger(__name__)
_Stamp = tuple[int, int, int]


class LexiconModerator:
    """Reports listed terms with their places in the text.

    Users' files are looked at again at most once a second, while texts come in: a changed file takes effect at
    once, a file that became malformed or vanished is logged and the lists in use stay in use.

    Args:
        files: Users' own lists (see `read_user_terms`), besides those that ``AIGC_LEXICON`` names.
        core: False leaves the shipped list out.
    """

    def __init__(self, files: Sequence[str | Path] = (), *, core: bool = True) -> None:
        self._given = tuple(Path(f) for f in files)
        self._core = core
        self._core_terms: list[Term] = []
        self._matcher: Matcher | None = None
        self._digest: str | None = None
        self._files: tuple[Path, ...] = ()
        self._stamps: tuple[_Stamp | None, ...] = ()
        self._next_look = 0.0
        self._loading = threading.Lock()

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
            MissingDependencyError: If ahocorasick-rs is not installed.
        """
        if self._matcher is not None:
            return
        if self._core:
            bundle = open_shipped(BUNDLE, runtime)
            self._digest = bundle.digest
            self._core_terms = decode_terms(bundle.path(DATA_FILE).read_bytes())
        named = [Path(f) for f in os.environ.get(FILES_VARIABLE, "").split(os.pathsep) if f]
        self._files = (*self._given, *named)
        self.reload()

    def reload(self) -> None:
        """Read users' files now. The lists in use stay in use if that fails.

        Raises:
            OptionError: If a file is wrong.
        """
        with self._loading:
            self._compile()

    def _compile(self) -> None:
        stamps = _stamps(self._files)  # taken first: a file that changes while it is read is read again
        terms = list(self._core_terms)
        for path in self._files:
            terms += read_user_terms(path)
        self._matcher = Matcher(terms)
        self._stamps = stamps

    def _look_for_changes(self) -> None:
        now = time.monotonic()
        if not self._files or now < self._next_look or not self._loading.acquire(blocking=False):
            return
        try:
            self._next_look = now + RELOAD_SECONDS
            stamps = _stamps(self._files)
            if stamps != self._stamps:
                try:
                    self._compile()
                except AigcError as error:
                    self._stamps = stamps  # said once, not every second
                    _log.warning("%s keeps the lists it has: %s", DETECTOR, error)
        finally:
            self._loading.release()

    def close(self) -> None:
        """Free the automata."""
        self._matcher = None
        self._digest = None
        self._core_terms = []

    def settled(self, text: str, floors: Mapping[Category, Severity]) -> int:
        """See `aigc_sdk.components.StreamModerator`; users' lists may hold terms of every category."""
        matcher = self._matcher
        if matcher is None or OVERRIDE in text:  # what is shown backwards ends where its reading begins
            return 0
        return matcher.settled(text)

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each category and severity."""
        if self._matcher is None:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        self._look_for_changes()
        matcher, digest = self._matcher, self._digest
        results: list[Screening | Err] = []
        for start in range(0, len(items), _BATCH):
            results += _screen(matcher, items[start : start + _BATCH], digest, ctx)
        return results


def _screen(
    matcher: Matcher, items: Sequence[Content], digest: str | None, ctx: CallContext
) -> Sequence[Screening | Err]:
    texts = [item.text if isinstance(item, Text) else "" for item in items]
    try:
        ctx.check()
        matches = matcher.find_many(texts, ctx.check)
        for found, text in zip(matches, texts, strict=True):
            if OVERRIDE in text:
                found += _as_displayed(matcher, text, ctx)
    except AigcError as error:
        return [Err(error) for _ in items]
    clear = Screening((), bundle=digest)
    return [
        (Screening(_findings(found, digest), bundle=digest) if found else clear)
        if isinstance(item, Text)
        else Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
        for item, found in zip(items, matches, strict=True)
    ]


def _as_displayed(matcher: Matcher, text: str, ctx: CallContext) -> list[Match]:
    """Terms that readers see where the text is shown backwards."""
    found = []
    for start, end in reversed_runs(text):
        for match in matcher.find(text[start:end][::-1], ctx.check):
            first, last = widen(text, end - match.end, end - match.start)
            if last - first < matcher.max_match:
                found.append(Match(match.term, first, last))
    return found


def _stamps(files: Sequence[Path]) -> tuple[_Stamp | None, ...]:
    return tuple(map(_stamp, files))


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


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
