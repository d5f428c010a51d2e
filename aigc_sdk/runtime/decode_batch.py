"""The rows that run together: reading their prompts, one step of all, leaving and making room.

Cache rows 0 to n-1 hold the running rows. A prompt too long for one run is read chunk by chunk in the last cache row
and moves up when it is whole, so that shorter ones can be read, and others decoded, between its chunks.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import AigcError, ComponentError
from aigc_sdk.runtime.decoding_row import DecodingRow
from aigc_sdk.runtime.kv_cache import BoundRun, KVCache, KVCachePool, kv_bytes, round_capacity
from aigc_sdk.runtime.lookup_draft import Drafter, StepCosts
from aigc_sdk.runtime.prefix_cache import BLOCK_TOKENS, PrefixCache
from aigc_sdk.runtime.prompt_queue import PromptQueue
from aigc_sdk.runtime.run_guard import RunGuard
from aigc_sdk.runtime.session import translated_errors

if TYPE_CHECKING:
    from aigc_sdk.runtime.session import Session

_log = logging.getLogger(__name__)

Event = tuple[DecodingRow, int | None]
"""A row and its new token, None where it ended without one."""

PREFILL_TOKENS = 256
"""Most tokens of one prefill run: bounds activations and the time to a cancellation."""
JOIN_TOKENS = 128
"""The same where other callers' rows wait for their next step meanwhile."""
_ROOM = 256
"""New tokens that a cache has room for at first, and grows by: rows seldom use all they may."""


class RunningBatch:
    """One batch over one KV cache. Not thread-safe: one thread at a time works with it.

    Args:
        session: A decoder graph.
        caches: Where its KV caches come from and go.
        guard: Told which rows each run is for.
        max_rows: Most rows at a time.
        cache_bytes: Most bytes that the rows' keys and values may come to; a single row may exceed it.
        prefixes: Where beginnings of prompts are kept, if they are.
        costs: What steps cost, if look-up speculation is wanted.
    """

    def __init__(
        self,
        session: Session,
        caches: KVCachePool,
        guard: RunGuard,
        *,
        max_rows: int,
        cache_bytes: int,
        prefixes: PrefixCache | None = None,
        costs: StepCosts | None = None,
    ) -> None:
        self._session, self._caches, self._guard = session, caches, guard
        self._shape = caches.shape
        self._max_rows, self._cache_bytes = max_rows, cache_bytes
        self._movable = caches.device == "cpu"
        # Several tokens after a past are possible for one row on the CPU, and copies of cache rows there only.
        self._prefixes = prefixes if self._movable else None
        self._costs = costs if self._movable else None
        self._drafter: tuple[DecodingRow, Drafter] | None = None  # for the row that ran alone last
        self._running: list[DecodingRow] = []
        self._prompts = PromptQueue(copies=self._movable, prefixes=self._prefixes)
        self._cache: KVCache | None = None
        self._steps: dict[tuple[int, int], BoundRun] = {}
        self._scratch = np.empty(self._shape.vocab_size, np.float32)
        self._events: list[Event] = []
        self._noise: float | None = None  # measured where it is logged

    # ---- joining and leaving ---------------------------------------------------------------------------

    @property
    def rows(self) -> list[DecodingRow]:
        """All rows it holds: running, being read, and unread."""
        return [*self._running, *self._prompts.rows]

    def fits(self, joining: Sequence[DecodingRow]) -> bool:
        """Whether there is room for these rows beside those it holds."""
        held = self.rows
        if held and not self._movable:
            return False  # a cache on a GPU neither grows nor closes gaps
        count = len(held) + len(joining)
        if count <= 1:
            return True
        need = count * max(row.need for row in (*held, *joining))
        return count <= self._max_rows and kv_bytes(self._shape, need) <= self._cache_bytes

    def add(self, rows: Iterable[DecodingRow]) -> None:
        """Let rows join; there must be room."""
        # Short prompts first: they hold up the others least.
        joining = sorted(rows, key=lambda row: row.length)
        if self._make_room([*self.rows, *joining], for_whom=joining):
            self._prompts.extend(joining)

    def restart(self, rows: list[DecodingRow]) -> None:
        """Read these rows again, and no others: an interrupt may have left things half changed."""
        self._running = []
        self._prompts.clear()
        self._leave_cache()
        for row in rows:
            row.restart()
        if rows:
            self.add(rows)

    def step(self) -> list[Event]:
        """Read some of the prompts that wait, or take a step, or both where different callers wait.

        Returns:
            What became of rows, in order.
        """
        self.drop_stopped()
        if self._prompts.rows:
            strangers = bool(self._running) and len({id(row.ctx) for row in self.rows}) > 1
            self._read(JOIN_TOKENS if strangers else PREFILL_TOKENS)
            if strangers:
                self._advance_all()
        elif self._running:
            self._advance_all()
        self._drop_ended()
        return self.take_events()

    def take_events(self) -> list[Event]:
        """What happened since the last time."""
        events, self._events = self._events, []
        return events

    def drop_stopped(self) -> None:
        """End the rows whose callers or deadlines want it, and let go of them."""
        for row in self.rows:
            if row.result is None and (reason := row.stopped):
                row.finish(reason)
                self._events.append((row, None))
        self._drop_ended()

    def _drop_ended(self) -> None:
        """Let go of rows that ended; the last running ones take their places."""
        self._prompts.drop_ended()
        rows = self._running
        if self._movable:
            place = 0
            while place < len(rows):
                if rows[place].result is None:
                    place += 1
                    continue
                last = rows.pop()
                if place < len(rows):
                    if last.result is None:
                        self._held_cache.move_row(len(rows), place, last.read)
                    rows[place] = last
        elif self._prompts.partial is None and all(row.result is not None for row in rows):
            rows.clear()  # until then, ended rows ride along
        if not self.rows:
            self._leave_cache()

    # ---- the cache -------------------------------------------------------------------------------------

    @property
    def _held_cache(self) -> KVCache:
        assert self._cache is not None
        return self._cache

    def _make_room(self, rows: Sequence[DecodingRow], for_whom: list[DecodingRow]) -> bool:
        """See to a cache for ``rows`` and their next tokens; False if there is none ``for_whom``, who fail."""
        try:
            self._resize(rows)
        except MemoryError as error:
            problem = ComponentError(
                f"No memory for the keys and values of {len(rows)} rows.", hint="Ask for less."
            )
            problem.__cause__ = error
            self._fail(for_whom, problem)
            return False
        return True

    def _resize(self, rows: Sequence[DecodingRow]) -> None:
        if self._movable:
            room = max(min(row.need, row.length + _ROOM) for row in rows)
        else:
            room = max(row.need for row in rows)
        capacity = round_capacity(room, self._shape.max_positions)
        old = self._cache
        if old is None:
            self._cache = self._caches.take(len(rows), capacity)
            return
        if len(rows) <= old.rows and max(row.length for row in rows) <= old.capacity:
            return
        count = old.rows
        if len(rows) > count:
            # Twice as many, so that callers who come one by one don't cost a copy each.
            count = max(len(rows), min(2 * count, self._max_rows))
            if kv_bytes(self._shape, count * capacity) > self._cache_bytes:
                count = len(rows)
        moves = [(place, place, row.read) for place, row in enumerate(self._running) if row.result is None]
        if self._prompts.partial is not None:
            moves.append((old.rows - 1, count - 1, self._prompts.partial.read))
        self._cache = old.resized(count, capacity, moves)
        self._steps.clear()

    def _leave_cache(self) -> None:
        if self._cache is not None:
            self._caches.give_back(self._cache)
            self._cache = None
            self._steps.clear()
            self._drafter = None

    # ---- reading prompts -------------------------------------------------------------------------------

    def _read(self, budget: int) -> None:
        """Make one prefill run of at most ``budget`` tokens."""
        group, blocks = self._prompts.take(budget)
        row, place = group[0], len(self._running)
        partial = row is self._prompts.partial
        if partial and self._movable:
            place = self._held_cache.rows - 1
        if blocks:
            for number, block in enumerate(blocks):
                self._held_cache.put_block(place, number * BLOCK_TOKENS, block)
            row.read = BLOCK_TOKENS * len(blocks)
            row.reused_tokens = min(row.read, row.prompt_tokens)
        rest = max(row.length - row.read for row in group)
        # No run over a last single token: it would be rounded like a step (see `PrefixCache.match`).
        width = budget - 1 if rest == budget + 1 else min(budget, rest)
        run = self._read_run(place, group, width)
        if partial and row.result is None and row.read == row.length:
            if self._movable:
                self._held_cache.move_row(place, len(self._running), row.read)
            self._prompts.partial = None
        if run is not None and self._prompts.partial is not row:
            self._begin(group, run.logits[:, 0])

    def _read_run(self, first: int, group: list[DecodingRow], width: int) -> BoundRun | None:
        """Feed the next ``width`` tokens of rows; None if that failed, and the rows with it."""
        run = BoundRun(self._session, self._held_cache, first, len(group), width)
        for place, row in enumerate(group):
            ids = row.ids[row.read : row.read + width]
            run.input_ids[place, : len(ids)] = ids
            run.seqlens_k[place] = row.read + len(ids) - 1
            run.logit_positions[place, 0] = len(ids) - 1
        if not self._run(run, group):
            return None
        for row in group:
            row.read = min(row.read + width, row.length)
        return run

    def _begin(self, group: list[DecodingRow], logits: npt.NDArray[np.float32]) -> None:
        """Rows whose prompts were read become running rows, with those that have the same prompt."""
        readers = [
            (len(self._running) + place, row, own)
            for place, (row, own) in enumerate(zip(group, logits, strict=True))
        ]
        self._running.extend(group)
        for place, row, own in readers:
            if self._prefixes is not None:
                self._prefixes.store(row.ids, self._held_cache, place)
            for twin in self._prompts.take_twins(row):
                # Candidates for one prompt share its reading.
                self._held_cache.move_row(place, len(self._running), row.read)
                self._running.append(twin)
                twin.read = row.read
                self._note(twin, own)
            self._note(row, own)

    def _note(
        self,
        row: DecodingRow,
        logits: npt.NDArray[np.float32],
        guess: int | None = None,
        noise: float | None = None,
    ) -> int | None:
        token = row.advance(logits, self._scratch, guess, noise)
        self._events.append((row, token))
        return token

    # ---- steps -----------------------------------------------------------------------------------------

    def _advance_all(self) -> None:
        """One run for all running rows: a token for each, or several for a single one."""
        self._drop_ended()
        rows = self._running
        if not rows:
            return
        if not self._make_room(self.rows, for_whom=rows):
            return
        drafter = self._drafter_of(rows[0]) if len(rows) == 1 else None
        draft: list[int] = []
        if drafter is not None:
            (row,) = rows
            most = min(row.need - 1, self._held_cache.capacity) - row.length
            draft = drafter.draft(row.ids, most)
        plain = None
        if draft and _log.isEnabledFor(logging.DEBUG):
            plain = self._plain_logits(rows[0])
            if plain is None:
                return
        run = self._step_run(len(rows), 1 + len(draft))
        run.input_ids[:, 0] = [row.last for row in rows]
        run.input_ids[:, 1:] = draft
        run.seqlens_k[:] = [row.length - 1 + len(draft) for row in rows]
        began = time.perf_counter()
        if not self._run(run, rows):
            return
        if drafter is not None and self._costs is not None:
            self._costs.record(1 + len(draft), time.perf_counter() - began)
            if draft:
                if plain is not None:
                    self._noise = max(self._noise or 0.0, float(np.abs(plain - run.logits[0, 0]).max()))
                self._check(rows[0], drafter, draft, run.logits[0])
                return
            drafter.plain()
        for row, logits in zip(rows, run.logits, strict=True):
            row.read = row.length
            if row.result is None:
                self._note(row, logits[0])

    def _step_run(self, rows: int, width: int) -> BoundRun:
        run = self._steps.get((rows, width))
        if run is None:
            if rows > 1 or width == 1:
                self._steps.clear()  # runs for another number of rows
            run = BoundRun(self._session, self._held_cache, 0, rows, width, width)
            run.logit_positions[:] = np.arange(width)
            self._steps[rows, width] = run
        return run

    def _drafter_of(self, row: DecodingRow) -> Drafter | None:
        if self._costs is None or not row.params.lookup or row.params.temperature != 0:
            return None
        if self._drafter is None or self._drafter[0] is not row:
            self._drafter = row, Drafter(self._shape.vocab_size, self._costs)
        return self._drafter[1]

    def _plain_logits(self, row: DecodingRow) -> npt.NDArray[np.float32] | None:
        """What a plain step gives, to see by how much a step over several tokens differs from it."""
        run = self._step_run(1, 1)
        run.input_ids[0, 0], run.seqlens_k[0] = row.last, row.length - 1
        return run.logits[0, 0].copy() if self._run(run, [row]) else None

    def _check(
        self, row: DecodingRow, drafter: Drafter, draft: list[int], logits: npt.NDArray[np.float32]
    ) -> None:
        """Take the tokens that greedy decoding would have chosen, up to the first that was guessed wrongly.

        Each is chosen as ever, penalty and processors included. What the cache holds beyond them is overwritten
        by the next step.
        """
        row.drafted += len(draft)
        before = row.accepted
        for place, guess in enumerate([*draft, None]):
            row.read = row.length
            if (
                self._note(row, logits[place], guess, self._noise) != guess
                or row.result is not None
                or row.stopped
            ):
                break
        drafter.checked(len(draft), row.accepted - before)

    def _run(self, run: BoundRun, rows: list[DecodingRow]) -> bool:
        """Run the graph; False if it failed or was stopped, which ends these rows."""
        try:
            with translated_errors(self._session.label), self._guard.running(rows) as options:
                run.run(options)
        except AigcError as error:
            self._fail(rows, error)
            return False
        return True

    def _fail(self, rows: list[DecodingRow], error: Exception) -> None:
        for row in rows:
            if row.result is not None:
                continue
            if reason := row.stopped:
                row.finish(reason)
            else:
                row.fail(error)
            self._events.append((row, None))
