"""What a query comes to, and the search for common runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from aigc_sdk.corpus.stream import TokenStream
from aigc_sdk.corpus.work import Work

_CHECK_EVERY = 2048

_MAX_EDITED: Final = 2000
"""Runs of one work beyond which edits are not followed; the runs themselves all count."""

MAX_EDIT: Final = 3
"""Tokens changed, left out or put in between two runs of one passage."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a work counts as repeated; any one is enough.

    Attributes:
        run: Weight of one passage, which is an exact run or several with a token or two between them; 1 is the indexer's "shortest run worth reporting".
        containment: Share of the work's tokens that the content holds in runs of at least one gram.
        similarity: Estimated resemblance of the whole content and the whole work.
    """

    run: float = 1.0
    containment: float = 0.5
    similarity: float = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of equal tokens, as long as it can be; offsets in the originals' units, ends exclusive.

    Attributes:
        start: Where it starts in the content asked about.
        end: Where it ends there.
        work_start: Where it starts in the work.
        work_end: Where it ends there.
        tokens: Its length in tokens.
        weight: Its length in shortest runs worth reporting.
        passage: Weight of the passage it belongs to: runs that follow each other in content and work alike with
            at most `MAX_EDIT` tokens between them.
    """

    start: int
    end: int
    work_start: int
    work_end: int
    tokens: int
    weight: float
    passage: float


@dataclass(frozen=True, slots=True)
class Match:
    """One work the content repeats.

    Attributes:
        work: The work.
        similarity: Estimated Jaccard resemblance of content and work (MinHash).
        containment: Share of the work's tokens that stand in common runs of at least one gram.
        coverage: Share of the content's tokens that do.
        runs: Common runs in the content's order, without those inside longer ones.
    """

    work: Work
    similarity: float
    containment: float
    coverage: float
    runs: tuple[Run, ...]

    @property
    def longest(self) -> Run | None:
        """The weightiest run; None for a near duplicate without any."""
        return max(self.runs, key=lambda run: run.weight, default=None)

    @property
    def repeated(self) -> float:
        """Weight of the weightiest passage; 0 without any."""
        return max((run.passage for run in self.runs), default=0.0)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        names = ("start", "end", "work_start", "work_end", "tokens")
        return {
            "work": self.work.as_dict(),
            "similarity": round(self.similarity, 4),
            "containment": round(self.containment, 4),
            "coverage": round(self.coverage, 4),
            "runs": [{name: getattr(run, name) for name in names} for run in self.runs],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """All works the content repeats, most repeated first.

    Attributes:
        matches: The works.
        complete: False where the content met too many places to follow them all.
    """

    matches: tuple[Match, ...] = ()
    complete: bool = True


def common_runs(
    query: NDArray[np.uint32],
    work: NDArray[np.uint32],
    query_places: NDArray[np.int64],
    work_places: NDArray[np.int64],
    gram: int,
    check: Callable[[], None] | None = None,
) -> list[tuple[int, int, int]]:
    """Maximal common runs through the given seeds, as (query place, work place, tokens).

    Seeds whose tokens differ (a collision of gram hashes) give none.

    Args:
        query: Tokens, uint32 [n].
        work: Tokens, uint32 [m].
        query_places: Where each seed starts in ``query``, int64 [s].
        work_places: Where each starts in ``work``, int64 [s].
        gram: Tokens of a seed.
        check: Called now and then.
    """
    diagonals = work_places - query_places
    order = np.lexsort((query_places, diagonals))
    runs = []
    diagonal, covered = None, -1
    seeds = zip(diagonals[order].tolist(), query_places[order].tolist(), strict=True)
    for number, (offset, place) in enumerate(seeds):
        if check is not None and number % _CHECK_EVERY == 0:
            check()
        if offset == diagonal and place < covered:
            continue
        there = place + offset
        if (query[place : place + gram] != work[there : there + gram]).any():
            continue
        run = _maximal(query, work, place, there)
        diagonal, covered = offset, run[0] + run[2]
        runs.append(run)
    return _beyond_edits(query, work, runs, gram, check)


def _beyond_edits(
    query: NDArray[np.uint32],
    work: NDArray[np.uint32],
    runs: list[tuple[int, int, int]],
    gram: int,
    check: Callable[[], None] | None,
) -> list[tuple[int, int, int]]:
    """The runs, and those of at least a gram that go on within `MAX_EDIT` tokens of one of them.

    Winnowing finds only long runs for certain; this finds the short ones that an edited copy falls into.
    """
    known = set(runs)
    todo = list(known)
    shifts = [(a, b) for a in range(MAX_EDIT + 1) for b in range(MAX_EDIT + 1) if a or b]
    while todo and len(known) < _MAX_EDITED:
        if check is not None:
            check()
        place, there, length = todo.pop()
        ahead = [(place + length + a, there + length + b) for a, b in shifts]
        behind = [(place - a - gram, there - b - gram) for a, b in shifts]
        for one, other in ahead + behind:
            if min(one, other) < 0 or one + gram > len(query) or other + gram > len(work):
                continue
            if query[one] == work[other] and (query[one : one + gram] == work[other : other + gram]).all():
                run = _maximal(query, work, one, other)
                if run not in known:
                    known.add(run)
                    todo.append(run)
    return sorted(known)


def _maximal(
    query: NDArray[np.uint32], work: NDArray[np.uint32], place: int, there: int
) -> tuple[int, int, int]:
    """The longest common run through a pair of places."""
    ahead = _common_prefix(query[place:], work[there:])
    behind = _common_prefix(query[:place][::-1], work[:there][::-1])
    return place - behind, there - behind, ahead + behind


def _common_prefix(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> int:
    """Length of the common prefix; looks at ever larger pieces, so that short ones are cheap."""
    end = min(len(one), len(other))
    done, size = 0, 32
    while done < end:
        stop = min(done + size, end)
        differ = one[done:stop] != other[done:stop]
        if differ.any():
            return done + int(differ.argmax())
        done, size = stop, size * 2
    return end


def build_match(
    stream: TokenStream,
    work: Work,
    starts: NDArray[np.uint32],
    ends: NDArray[np.uint32],
    runs: list[tuple[int, int, int]],
    similarity: float,
) -> Match:
    """A `Match` from runs in tokens.

    Args:
        stream: The content asked about.
        work: The work.
        starts: Offsets of the work's tokens, uint32 [m].
        ends: Their ends, uint32 [m].
        runs: As `common_runs` gives them.
        similarity: Estimated resemblance.
    """
    in_work = _union([(there, there + length) for _, there, length in runs])
    in_query = _union([(place, place + length) for place, _, length in runs])
    summed = np.concatenate(([0.0], np.cumsum(stream.weights, dtype=np.float64)))
    kept: list[tuple[int, int, int]] = []
    for place, there, length in sorted(runs, key=lambda run: (run[0], -run[2])):
        if not kept or place + length > kept[-1][0] + kept[-1][2]:
            kept.append((place, there, length))
    passages = _passages(kept, summed)
    return Match(
        work=work,
        similarity=similarity,
        containment=in_work / max(1, len(starts)),
        coverage=in_query / max(1, len(stream)),
        runs=tuple(
            Run(
                start=int(stream.starts[place]),
                end=int(stream.ends[place + length - 1]),
                work_start=int(starts[there]),
                work_end=int(ends[there + length - 1]),
                tokens=length,
                weight=round(float(summed[place + length] - summed[place]), 6),
                passage=round(passage, 6),
            )
            for (place, there, length), passage in zip(kept, passages, strict=True)
        ),
    )


def _passages(runs: list[tuple[int, int, int]], summed: NDArray[np.float64]) -> list[float]:
    """The weight of the passage that each run belongs to; what lies between its runs does not count."""
    groups: list[int] = []
    weights: list[float] = []
    for number, (place, there, length) in enumerate(runs):
        start = place
        joins = False
        if number:
            before, before_there, before_length = runs[number - 1]
            gaps = (place - before - before_length, there - before_there - before_length)
            joins = all(-MAX_EDIT <= gap <= MAX_EDIT for gap in gaps)
            start = max(place, before + before_length) if joins else place
        if not joins:
            weights.append(0.0)
        weights[-1] += float(summed[place + length] - summed[start])
        groups.append(len(weights) - 1)
    return [weights[group] for group in groups]


def _union(ranges: list[tuple[int, int]]) -> int:
    """How many places the ranges cover together."""
    total, reach = 0, 0
    for start, end in sorted(ranges):
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return total
