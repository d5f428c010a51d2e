"""Look-up speculation: guess the next tokens from what was written before (Saxena 2023, "Prompt Lookup Decoding").

Copies, summaries and grounded answers repeat their sources. Where the newest tokens occurred before, what followed
them there is the guess, and one run of the graph over all guessed tokens tells how many of them greedy decoding
would have chosen itself. A run over several tokens costs more than one over one; by how much depends on the kernel,
so it is measured, and guesses are only as long as they pay.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ORDERS = (3, 2)
"""Lengths of the n-grams that are looked up, the longest first."""
DRAFT_LENGTHS = (1, 2, 4, 7, 11, 15)
"""Few different ones, since each has buffers of its own."""

_CREDIT = 0.5
_EARNED = 0.035
_MOST_SAVED = 2.0
"""In plain steps: what may be lost at first, what a plain step adds to that, and what gains add at most."""
_FORGET = 0.9
_SLOPE = 0.25
"""Cost of a further token, in plain steps, until it has been measured."""


class NGramIndex:
    """Where n-grams of a growing sequence occurred last.

    Args:
        vocab_size: Ids are below it.
    """

    def __init__(self, vocab_size: int) -> None:
        self._vocab_size = vocab_size
        self._follows: dict[int, dict[int, int]] = {order: {} for order in ORDERS}
        self._indexed = 0

    def lookup(self, ids: npt.NDArray[np.int64], most: int) -> tuple[list[int], int]:
        """What may come after ``ids``.

        Args:
            ids: int64 [n], the sequence of the last call or one that goes on from it.
            most: Tokens wanted.

        Returns:
            Up to ``most`` tokens that followed the latest earlier occurrence of the longest known n-gram at the
            end, and the n; no tokens and 0 where none is known. An occurrence that runs into the end goes on with
            the guess itself, so that a loop is guessed as a loop.
        """
        self._extend(ids)
        for order in ORDERS:
            if len(ids) <= order:
                continue
            at = self._follows[order].get(self._key(ids[len(ids) - order :].tolist()))
            if at is not None:
                known = ids[at : at + most].tolist()
                period = len(ids) - at
                while len(known) < most:
                    known.append(known[len(known) - period])
                return known, order
        return [], 0

    def _key(self, tokens: list[int]) -> int:
        key = 0
        for token in tokens:
            key = key * self._vocab_size + token
        return key

    def _extend(self, ids: npt.NDArray[np.int64]) -> None:
        """Index all n-grams that something follows."""
        for order, follows in self._follows.items():
            first = max(self._indexed, order)
            recent = ids[first - order : len(ids) - 1].tolist()
            for offset in range(len(ids) - first):
                follows[self._key(recent[offset : offset + order])] = first + offset
        self._indexed = max(self._indexed, len(ids))


class StepCosts:
    """What a run over several tokens of one sequence takes, in runs over one.

    Shared by the threads of an engine; a lost update of a running mean does no harm.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}

    def record(self, width: int, seconds: float) -> None:
        """Note a run over ``width`` tokens."""
        mean = self._seconds.get(width)
        # A run that the machine interrupted says little about the next one.
        self._seconds[width] = seconds if mean is None else mean + 0.15 * (min(seconds, 2 * mean) - mean)

    def relative(self, width: int) -> float:
        """Cost of a run over ``width`` tokens, 1 for one token; never less."""
        base = self._seconds.get(1)
        if width == 1 or not base:
            return 1.0 + _SLOPE * (width - 1)
        nearest = min(
            (known for known in self._seconds if known > 1), key=lambda k: abs(k - width), default=None
        )
        slope = _SLOPE if nearest is None else (self._seconds[nearest] / base - 1) / (nearest - 1)
        return 1.0 + max(0.0, slope) * (width - 1)


class Drafter:
    """Guesses for one sequence, as long as they have paid.

    How often guesses are right is also learnt from those that were not tried: the plain step shows. What was lost
    on wrong guesses stays within 3.5 % of the plain steps and half a step.

    Args:
        vocab_size: Ids are below it.
        costs: What steps cost.
    """

    def __init__(self, vocab_size: int, costs: StepCosts) -> None:
        self._index = NGramIndex(vocab_size)
        self._costs = costs
        self._right = dict.fromkeys(ORDERS, 1.0)
        self._tried = dict.fromkeys(ORDERS, 2.0)
        self._balance = _CREDIT
        self._order = 0
        self._untried: tuple[int, int] | None = None  # a position and the token that was expected there

    def draft(self, ids: npt.NDArray[np.int64], most: int) -> list[int]:
        """Tokens worth checking after ``ids``, at most ``most``, mostly none.

        After each call the caller tells what came of it: `checked`, or `plain` if there was nothing to check.
        """
        if self._untried is not None and self._untried[0] == len(ids) - 1:
            self._learn(self._order, int(ids[-1] == self._untried[1]), 1)
        guess, self._order = self._index.lookup(ids, min(most, DRAFT_LENGTHS[-1]))
        length = self._worthwhile(len(guess)) if guess else 0
        self._untried = (len(ids), guess[0]) if guess and not length else None
        return guess[:length]

    def checked(self, drafted: int, accepted: int) -> None:
        """A run over ``drafted + 1`` tokens gave ``accepted + 1``."""
        self._learn(self._order, accepted, accepted + (accepted < drafted))
        gain = accepted + 1 - self._costs.relative(drafted + 1)
        self._balance = min(_MOST_SAVED, self._balance + gain)

    def plain(self) -> None:
        """A plain step was made."""
        self._balance = min(_MOST_SAVED, self._balance + _EARNED)

    def _learn(self, order: int, right: int, tried: int) -> None:
        self._right[order] = _FORGET * self._right[order] + right
        self._tried[order] = _FORGET * self._tried[order] + tried

    def _worthwhile(self, most: int) -> int:
        """The draft length with the most tokens for the time, among those whose failure can be afforded."""
        chance = min(self._right[self._order] / self._tried[self._order], 0.98)
        best, length, expected, term = 1.0, 0, 1.0, 1.0
        for count in range(1, most + 1):
            term *= chance
            expected += term
            if count not in DRAFT_LENGTHS:
                continue
            cost = self._costs.relative(count + 1)
            if cost - 1 <= self._balance and expected / cost > best:
                best, length = expected / cost, count
        return length
