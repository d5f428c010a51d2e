"""Longest common subsequences, by bits.

A row of the table of Wagner and Fischer is one integer, whose bits say where the length grows (Hyyrö, "Bit-parallel LCS-length
computation revisited", AWOCA 2004): a step costs an addition over as many bits as the other sequence is long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Tokens = Sequence[str]


def _rows(one: Tokens, other: Tokens) -> Iterable[int]:
    """After each token of ``one``: bit j is set where that prefix and ``other[: j + 1]`` share one token more than with ``other[:j]``."""
    full = (1 << len(other)) - 1
    places: dict[str, int] = {}
    for place, token in enumerate(other):
        places[token] = places.get(token, 0) | 1 << place
    vector = full
    for token in one:
        matched = vector & places.get(token, 0)
        vector = ((vector + matched) | (vector - matched)) & full
        yield vector ^ full


def lcs_length(one: Tokens, other: Tokens) -> int:
    """Tokens in the longest common subsequence."""
    last = 0
    for row in _rows(one, other):
        last = row
    return last.bit_count()


def lcs_places(one: Tokens, other: Tokens) -> list[int]:
    """Places in ``one`` of a longest common subsequence, in order.

    Of several, the one found by walking back from the ends, leaving ``one``'s last token out where both ways are as long: the
    choice of ROUGE's reference implementations, on which the union of subsequences depends.
    """
    rows = [0, *_rows(one, other)]
    found: list[int] = []
    i, j = len(one), len(other)
    while i and j:
        if one[i - 1] == other[j - 1]:
            found.append(i - 1)
            i, j = i - 1, j - 1
            continue
        below = (1 << j) - 1
        without_other = (rows[i] & (below >> 1)).bit_count()
        without_one = (rows[i - 1] & below).bit_count()
        if without_other > without_one:
            j -= 1
        else:
            i -= 1
    return found[::-1]
