"""Whose prompt is read next, and which prompts are read in one run."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from aigc_sdk.runtime.decoding_row import DecodingRow
from aigc_sdk.runtime.prefix_cache import BLOCK_TOKENS, PrefixCache


class PromptQueue:
    """Rows of a batch whose prompts are not read yet.

    A prompt longer than one run's tokens is read in several; meanwhile shorter ones get every other turn.

    Args:
        copies: Whether a row can take over what was read for another one.
        prefixes: Where beginnings of prompts are kept, if they are; needs ``copies``.

    Attributes:
        partial: The row of which a part was read.
    """

    def __init__(self, *, copies: bool, prefixes: PrefixCache | None) -> None:
        self._copies, self._prefixes = copies, prefixes
        self._unread: list[DecodingRow] = []
        self._partial_had_turn = False
        self.partial: DecodingRow | None = None

    @property
    def rows(self) -> list[DecodingRow]:
        """All of them."""
        return self._unread if self.partial is None else [self.partial, *self._unread]

    def extend(self, rows: Iterable[DecodingRow]) -> None:
        """Let rows queue up."""
        self._unread.extend(rows)

    def drop_ended(self) -> None:
        """Forget rows that have ended."""
        self._unread = [row for row in self._unread if row.result is None]
        if self.partial is not None and self.partial.result is not None:
            self.partial = None

    def clear(self) -> None:
        """Forget all rows."""
        self._unread, self.partial = [], None

    def take(self, budget: int) -> tuple[list[DecodingRow], list[npt.NDArray[np.float32]]]:
        """What to read in one run of at most ``budget`` tokens; the queue must not be empty.

        Returns:
            Whole rows, which leave the queue; or the partial one alone, of which the run reads a part or the rest.
            And kept blocks that stand for the first row's beginning: that row is then alone.
        """
        row = self._next(budget)
        if row is None:
            assert self.partial is not None
            return [self.partial], []
        blocks = self._known(row)
        if row.length - BLOCK_TOKENS * len(blocks) > budget:
            self._unread.remove(row)
            self.partial, self._partial_had_turn = row, True
            return [row], blocks
        group = [row] if blocks else self._group(row, budget)
        self._unread = [other for other in self._unread if other not in group]
        return group, blocks

    def take_twins(self, row: DecodingRow) -> list[DecodingRow]:
        """Rows with the very same tokens, which leave the queue: what was read for one serves them all."""
        if not self._copies:
            return []
        ids = row.ids.tobytes()
        twins = [other for other in self._unread if other.length == row.length and other.ids.tobytes() == ids]
        self._unread = [other for other in self._unread if other not in twins]
        return twins

    def _next(self, budget: int) -> DecodingRow | None:
        """The row to read now; None if it is the turn of the partial one."""
        if self.partial is None:
            return self._unread[0]
        self._partial_had_turn = not self._partial_had_turn
        if self._partial_had_turn or not self._copies:
            return None
        # Who shares its beginning waits for it.
        shared = self._beginning(self.partial)
        short = (row for row in self._unread if row.length - BLOCK_TOKENS * len(self._known(row)) <= budget)
        return next((row for row in short if self._beginning(row) != shared), None)

    def _group(self, first: DecodingRow, budget: int) -> list[DecodingRow]:
        """Rows to read in one run with ``first``, which has no past: several tokens a row are then possible.

        A group stays within the budget, wastes at most a quarter on padding, and holds nobody who could take over
        what another one leaves.
        """
        group, real = [first], first.length
        beginnings = {self._beginning(first)}
        for row in self._unread[self._unread.index(first) + 1 :]:
            padded = max(row.length, *(other.length for other in group)) * (len(group) + 1)
            if padded > budget or real + row.length < 0.75 * padded:
                break
            if self._copies and (self._beginning(row) in beginnings or self._known(row)):
                continue
            group.append(row)
            real += row.length
            beginnings.add(self._beginning(row))
        return group

    def _known(self, row: DecodingRow) -> list[npt.NDArray[np.float32]]:
        """Blocks of its beginning that earlier prompts left."""
        return self._prefixes.match(row.ids) if self._prefixes is not None else []

    def _beginning(self, row: DecodingRow) -> bytes:
        """What is alike in rows of which one can take over what was read for another."""
        return row.prompt[: BLOCK_TOKENS if self._prefixes is not None else None].tobytes()
