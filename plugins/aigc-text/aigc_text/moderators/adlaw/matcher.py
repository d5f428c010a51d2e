"""Finds claims in a text: bounded in reach and in time, a function of the text around a match alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aigc_text.moderators.adlaw.claim import AFTER, BEFORE, MAX_MATCH, Claim
from aigc_text.moderators.adlaw.disguise import claim_folding, undisguised
from aigc_text.moderators.lexicon_automaton import Automaton
from aigc_text.moderators.normalise import Folded

REACH_BACK = 128
"""Characters of original text before a match that are looked at; invisible ones count here."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim found: characters of the original text, and the folded text that matched."""

    claim: Claim
    start: int
    end: int
    matched: str


def find(claims: Sequence[Claim], text: str, check: Callable[[], None] | None = None) -> list[Hit]:
    """Every claim made in ``text``, in the order of the table, then of the text.

    A match starts at a place whatever was matched before it, and the longest of nested matches of a claim
    stands; so a stream that sees a slice finds the same. A match spread over more than `MAX_MATCH` characters
    of original text (by invisible ones between) is left out: the bound is what streams hold back.

    Args:
        claims: The table.
        text: Any text.
        check: Called now and then; what it raises ends the work.
    """
    folded = undisguised(claim_folding()(text, check))
    hits: list[Hit] = []
    for claim in triggered(claims, folded.text, check):
        hits += _outermost(_hits(claim, folded, check))
    return hits


def triggered(claims: Sequence[Claim], text: str, check: Callable[[], None] | None = None) -> list[Claim]:
    """The claims of which a trigger stands in the folded ``text``, in the order of the table.

    One pass over the text asks for all triggers: most texts hold none.
    """
    automaton, always = _automaton(claims)
    met = always | {index for _, _, indices in automaton.iter(text, check or _nothing) for index in indices}
    return [claims[index] for index in sorted(met)] if met else []


def _nothing() -> None:
    pass


_compiled: tuple[Sequence[Claim], tuple[Automaton[int], frozenset[int]]] | None = None


def _automaton(claims: Sequence[Claim]) -> tuple[Automaton[int], frozenset[int]]:
    """All triggers of a table, each with the numbers of its claims, and the claims with an empty one.

    That of the latest table is kept.
    """
    global _compiled
    known = _compiled
    if known is None or known[0] is not claims:
        pairs = [(trigger, number) for number, claim in enumerate(claims) for trigger in claim.triggers]
        always = frozenset(number for trigger, number in pairs if not trigger)
        known = _compiled = (claims, (Automaton(p for p in pairs if p[0]), always))
    return known[1]


def _hits(claim: Claim, folded: Folded, check: Callable[[], None] | None) -> Iterator[Hit]:
    position = 0
    while match := claim.regex.search(folded.text, position):
        if check is not None:
            check()
        position = match.start() + 1
        start, end = folded.span(match.start(), match.end())
        if end - start <= MAX_MATCH and not _excepted(claim, folded, match.start(), match.end(), start):
            yield Hit(claim, start, end, match.group())


def _excepted(claim: Claim, folded: Folded, start: int, end: int, first: int) -> bool:
    low, high = max(0, start - BEFORE), min(len(folded.text), end + AFTER)
    origin = folded.origin
    if origin is None:
        high = min(high, first + MAX_MATCH)
    else:
        # Never look further than a stream has seen, however many characters fold to nothing.
        low = max(low, bisect_left(origin, first - REACH_BACK))
        high = min(high, bisect_left(origin, first + MAX_MATCH))
    before, behind = folded.text[low:start], folded.text[end:high]
    ends, begins, near = claim.exceptions
    return bool(
        (ends is not None and ends.search(before))
        or (begins is not None and begins.match(behind))
        or (near is not None and near.search(f"{before}{folded.text[start:end]}{behind}"))
    )


def _outermost(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Leave out matches that lie inside an earlier one."""
    reach = -1
    for hit in hits:
        if hit.end > reach:
            reach = hit.end
            yield hit
