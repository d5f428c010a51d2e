"""How likely a decoder finds given token sequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import AigcError, BadInputError
from aigc_sdk.runtime.decoding_row import check_ids
from aigc_sdk.runtime.kv_cache import BoundRun, KVCache, KVCachePool, round_capacity
from aigc_sdk.runtime.session import interruptible, translated_errors
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.session import Session

_CHUNK = 128
"""Tokens a run; their logits are the largest thing in memory (25 MB at a vocabulary of 49k)."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Mean negative log-likelihood, nats a token, over ``tokens`` scored tokens (all but the first)."""

    nll: float
    tokens: int


def sequence_likelihoods(
    session: Session,
    caches: KVCachePool,
    rows: Sequence[Sequence[int]],
    *,
    ctx: CallContext | None = None,
) -> list[Likelihood | Err]:
    """Score token sequences, each token given all before it.

    Sequences beyond the model's positions are read in windows that overlap by half; a token is then scored in
    the window that gives it the longer past.

    Args:
        session: A decoder graph.
        caches: Where its KV caches come from.
        rows: Token ids; put ``bos`` in front to score the first word too.
        ctx: Cancellation and deadline; ``deterministic`` scores each row alone.

    Returns:
        A likelihood or `Err` a row; a row of fewer than two tokens is a `BadInputError`.

    Raises:
        CancelledError, DeadlineExceededError: The call was stopped.
    """
    results: list[Likelihood | Err | None] = [None] * len(rows)
    arrays: dict[int, npt.NDArray[np.int64]] = {}
    for index, row in enumerate(rows):
        try:
            arrays[index] = check_ids(row, caches.shape.vocab_size, least=2)
        except BadInputError as error:
            results[index] = Err(error)
    with translated_errors(session.label, ctx), interruptible(ctx) as run_options:
        for group in _groups(arrays, alone=ctx is not None and ctx.deterministic):
            scorer = _Scorer(session, caches, run_options, ctx)
            try:
                sums = scorer.score([arrays[index] for index in group])
            except AigcError as error:
                if ctx is not None:
                    ctx.check()
                sums = []
                results = [Err(error) if index in group else value for index, value in enumerate(results)]
            for index, total in zip(group, sums, strict=False):
                count = len(arrays[index]) - 1
                results[index] = Likelihood(total / count, count)
    return [result for result in results if result is not None]


def _groups(arrays: dict[int, npt.NDArray[np.int64]], *, alone: bool) -> list[list[int]]:
    """Rows that are scored in one run: short ones of similar length together, long ones alone."""
    groups: list[list[int]] = []
    width = 0
    for index in sorted(arrays, key=lambda i: -len(arrays[i])):
        fits = groups and not alone and (len(groups[-1]) + 1) * width <= _CHUNK
        if fits and 2 * len(arrays[index]) >= width:
            groups[-1].append(index)
        else:
            groups.append([index])
            width = len(arrays[index])
    return groups


class _Scorer:
    def __init__(
        self, session: Session, caches: KVCachePool, run_options: Any, ctx: CallContext | None
    ) -> None:
        self._session, self._caches, self._run_options, self._ctx = session, caches, run_options, ctx

    def score(self, rows: list[npt.NDArray[np.int64]]) -> list[float]:
        """Sum of negative log-likelihoods of each row."""
        limit = self._caches.shape.max_positions
        longest = max(map(len, rows))
        cache = self._caches.take(len(rows), round_capacity(min(longest, limit), limit))
        try:
            if len(rows) > 1:
                return self._run(cache, rows, 0)
            row = rows[0]
            total = 0.0
            scored = 1
            start = 0
            while scored < len(row):
                window = row[start : start + limit]
                total += self._window(cache, window, scored - start)
                scored = start + len(window)
                start = scored - limit // 2
            return [total]
        finally:
            self._caches.give_back(cache)

    def _window(self, cache: KVCache, window: npt.NDArray[np.int64], first_scored: int) -> float:
        total = 0.0
        for past in range(0, len(window) - 1, _CHUNK):
            chunk = window[past : past + _CHUNK + 1]
            (sum_,) = self._run(cache, [chunk], past, skip=max(0, first_scored - past - 1))
            total += sum_
        return total

    def _run(
        self, cache: KVCache, rows: list[npt.NDArray[np.int64]], past: int, skip: int = 0
    ) -> list[float]:
        """Feed all but each row's last token, score all but its first ``1 + skip``."""
        if self._ctx is not None:
            self._ctx.check()
        width = max(map(len, rows)) - 1
        run = BoundRun(self._session, cache, 0, len(rows), width, width)
        run.logit_positions[:] = np.arange(width)
        for place, row in enumerate(rows):
            run.input_ids[place, : len(row) - 1] = row[:-1]
            run.seqlens_k[place] = past + len(row) - 2
        run.run(self._run_options)
        return [
            _negative_log_likelihood(run.logits[place, skip : len(row) - 1], row[1 + skip :])
            for place, row in enumerate(rows)
        ]


def _negative_log_likelihood(logits: npt.NDArray[np.float32], targets: npt.NDArray[np.int64]) -> float:
    """Sum over positions; logits float32 [n, vocab] are overwritten."""
    if not len(targets):
        return 0.0
    logits -= logits.max(axis=-1, keepdims=True)
    chosen = logits[np.arange(len(targets)), targets].astype(np.float64)
    np.exp(logits, out=logits)
    return float((np.log(logits.sum(axis=-1, dtype=np.float64)) - chosen).sum())
