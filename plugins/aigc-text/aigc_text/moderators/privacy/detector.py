"""``text/privacy``: runs the finders over a text and reports each kind with its places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.names.table import name_table
from aigc_text.moderators.normalise import widen
from aigc_text.moderators.privacy.addresses import find_addresses
from aigc_text.moderators.privacy.email import find_emails
from aigc_text.moderators.privacy.hits import MAX_MATCH, Finder, Hit
from aigc_text.moderators.privacy.kinds import KINDS
from aigc_text.moderators.privacy.network import find_domains, find_url_credentials
from aigc_text.moderators.privacy.open_matches import KNOWN, answers_for, first_open
from aigc_text.moderators.privacy.options import PrivacyOptions
from aigc_text.moderators.privacy.persons import find_persons
from aigc_text.moderators.privacy.phones import find_phones, load_number_plans
from aigc_text.moderators.privacy.reading import read
from aigc_text.moderators.privacy.secrets import find_private_keys, find_tokens

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

__all__ = ["DETECTOR", "FINDERS", "MAX_MATCH", "PrivacyModerator", "find"]

DETECTOR = "text/privacy"

FINDERS: tuple[Finder, ...] = (*KNOWN, find_domains, find_addresses, find_persons)
"""In order of precedence: a hit that overlaps one of an earlier finder is dropped."""

_WITHOUT_DIGITS = frozenset(
    {find_private_keys, find_url_credentials, find_tokens, find_emails, find_domains, find_persons}
)
"""The others cannot find anything in a text without a digit: most texts."""
_DIGIT = re.compile("[0-9]")


class PrivacyModerator:
    """Reports personal and secret data with their places; needs no model."""

    def __init__(self) -> None:
        self._loaded = False

    def load(self, runtime: Runtime | None) -> None:
        """Import the number plans and read the names. Idempotent.

        Raises:
            MissingDependencyError: If phonenumbers is not installed.
            BundleError: If the list of names is damaged.
            ModelNotFoundError: If this installation lacks it.
        """
        load_number_plans()
        name_table()
        self._loaded = True

    def close(self) -> None:
        """Nothing is held."""
        self._loaded = False

    def settled(self, text: str, floors: Mapping[Category, Severity]) -> int:
        """See `aigc_sdk.components.StreamModerator`; nothing early for rules that act on low severity."""
        floor = floors.get(Category.PRIVACY)
        if floor is None:
            return len(text)
        return first_open(text) if floor > Severity.LOW and answers_for(FINDERS) else 0

    def moderate(
        self,
        items: Sequence[Content],
        *,
        stage: Stage,
        ctx: CallContext,
        options: PrivacyOptions | None = None,
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each kind and severity."""
        if not self._loaded:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        skip = frozenset(options.skip) if options is not None else frozenset()
        return [_row(item, ctx, skip) for item in items]


def _row(item: Content, ctx: CallContext, skip: frozenset[str]) -> Screening | Err:
    if not isinstance(item, Text):
        return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
    try:
        hits = find(item.text, ctx.check)
    except AigcError as error:
        return Err(error)
    grouped: dict[tuple[str, Severity], list[Hit]] = {}
    for hit in hits:
        if hit.kind in skip:
            continue
        grouped.setdefault((hit.kind, hit.severity), []).append(hit)
    return Screening(tuple(_finding(kind, severity, group) for (kind, severity), group in grouped.items()))


_CHECK_EVERY = 1024
"""Hits between two checks of the call's deadline."""


def find(text: str, check: Callable[[], None] = lambda: None) -> list[Hit]:
    """All personal data in ``text``, in reading order, without overlaps; indices are of ``text``, on graphemes.

    Args:
        text: Any text.
        check: Called now and then; what it raises ends the work.
    """
    levelled, origin = read(text)
    starts: list[int] = []
    taken: list[Hit] = []
    digits = _DIGIT.search(levelled) is not None
    for finder in FINDERS:
        if not digits and finder not in _WITHOUT_DIGITS:
            continue
        check()
        hits = find_phones(levelled, check) if finder is find_phones else finder(levelled)
        for count, hit in enumerate(hits):
            if count % _CHECK_EVERY == 0:
                check()
            place = bisect_left(starts, hit.start)
            if place and taken[place - 1].end > hit.start:
                continue
            if place < len(taken) and taken[place].start < hit.end:
                continue
            starts.insert(place, hit.start)
            taken.insert(place, hit)
    return [placed for hit in taken if (placed := _placed(hit, text, origin)) is not None]


def _placed(hit: Hit, text: str, origin: list[int] | None) -> Hit | None:
    """The hit on the original; None where invisible characters stretch it beyond the bound a stream relies on."""
    start, end = hit.start, hit.end
    if origin is not None:
        start, end = origin[start], origin[end - 1] + 1
    if not text.isascii():
        start, end = widen(text, start, end)
    return Hit(hit.kind, start, end, hit.severity) if end - start <= MAX_MATCH else None


def _finding(kind: str, severity: Severity, hits: Sequence[Hit]) -> Finding:
    data = KINDS[kind]
    return Finding(
        category=Category.PRIVACY,
        subcategory=kind,
        severity=severity,
        score=float(len(hits)),
        # What matched stays out: verdicts are logged.
        spans=tuple(Span(start=h.start, end=h.end) for h in hits),
        detector=DETECTOR,
        explanation=Explanation(
            code=f"privacy.{kind}",
            en=f"{data.en} ({data.basis_en}), {len(hits)} place(s)",
            zh=f"{data.zh}（{data.basis_zh}）{len(hits)} 处",
        ),
        replacement=f"[{data.label}]",
    )
