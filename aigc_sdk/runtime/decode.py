"""Autoregressive decoding over the decoder graph convention, version 1.

Prompts are read (prefill) in groups of similar length, long ones in chunks; then all rows take one token a
step over a shared KV cache. Rows that end leave the batch. A row's random draws come from the call's seed and
its request id alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    BundleError,
    CancelledError,
    DeadlineExceededError,
)
from aigc_sdk.runtime.decoding_row import Decoded, DecodingRow, FinishReason, check_ids
from aigc_sdk.runtime.detokenizer import IncrementalDetokenizer, decode_whole
from aigc_sdk.runtime.kv_cache import BoundRun, KVCache, KVCachePool, kv_bytes, round_capacity
from aigc_sdk.runtime.likelihood import Likelihood, sequence_likelihoods
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.runtime.session import interruptible, translated_errors
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.session import Session
    from aigc_sdk.runtime.tokenizer import Tokenizer

__all__ = ["Decoded", "DecodedPiece", "DecoderEngine", "Likelihood"]

_PREFILL_TOKENS = 256
"""Most tokens of one prefill run: bounds activations and the time to a cancellation."""
_ROOM = 256
"""New tokens that a cache has room for at first, and grows by: rows seldom use all they may."""


@dataclass(frozen=True, slots=True)
class DecodedPiece:
    """A step of a stream: whole new characters (maybe none), and the result with the last piece."""

    text: str
    done: Decoded | None = None


class DecoderEngine:
    """Generates token sequences with one decoder bundle. Thread-safe.

    Args:
        bundle: A bundle of task ``decoder``.
        session: Its graph.
        tokenizer: Called when text is followed (stop strings, streams, `text`).
        device: ``cpu`` or ``cuda``.
        max_batch: Most rows that run together.
        cache_bytes: Most bytes of keys and values of one batch; more rows wait for the next batch.
    """

    def __init__(
        self,
        bundle: Bundle,
        session: Session,
        tokenizer: Callable[[], Tokenizer],
        *,
        device: str = "cpu",
        max_batch: int = 32,
        cache_bytes: int = 2 << 30,
    ) -> None:
        if bundle.manifest.decoder is None:
            raise BundleError(f"Bundle {bundle.id} is no decoder: its manifest has no decoder section.")
        self.bundle, self.session = bundle, session
        self.shape = bundle.manifest.decoder
        info = bundle.manifest.tokenizer
        self._eos = frozenset(info.eos) if info is not None else frozenset()
        self._get_tokenizer = tokenizer
        self._max_batch, self._cache_bytes = max_batch, cache_bytes
        self._caches = KVCachePool(self.shape, device, idle_bytes=256 << 20)

    @property
    def provider(self) -> str:
        """The provider really used."""
        return self.session.provider

    @property
    def tokenizer(self) -> Tokenizer:
        """The bundle's tokenizer."""
        return self._get_tokenizer()

    @property
    def max_positions(self) -> int:
        """Longest sequence, prompt and new tokens together."""
        return self.shape.max_positions

    def text(self, decoded: Decoded) -> str:
        """Text of a result, ended before its stop string; a character that the end cut in two is left out."""
        return decoded.text if decoded.text is not None else decode_whole(self.tokenizer, decoded.ids)

    def generate(
        self,
        prompts: Sequence[Sequence[int]],
        params: SamplingParams | Sequence[SamplingParams],
        *,
        ctx: CallContext,
        request_ids: Sequence[str],
        on_token: Callable[[int, int], None] | None = None,
    ) -> list[Decoded | Err]:
        """Decode several prompts.

        Args:
            prompts: Token ids, each 1 to ``max_positions`` long.
            params: For all rows, or one a row.
            ctx: Cancellation and deadline end rows with what they have; ``deterministic`` decodes each row
                alone, so that its text cannot depend on the others.
            request_ids: Names the rows; with ``ctx.seed`` they fix the draws. Rows that share a prompt need
                different ids to differ.
            on_token: Called with (row, token) as tokens come.

        Returns:
            A result or `Err` a prompt, in order: `InputTooLargeError`, `BadInputError` for ids outside the
            vocabulary, `ComponentError` for a logits processor, a callback or the graph itself that raised.

        Raises:
            BadInputError: If the numbers of prompts, params and ids differ.
        """
        rows = self._rows(prompts, params, ctx, request_ids, follow_text=False)
        waiting = [row for row in rows if isinstance(row, DecodingRow)]
        for batch in self._batches(waiting, alone=ctx.deterministic):
            self._run_batch(batch, ctx, on_token)
        results: list[Decoded | Err] = []
        for entry in rows:
            result = entry if isinstance(entry, Err) else entry.result
            assert result is not None
            results.append(result)
        return results

    def _run_batch(
        self, batch: list[DecodingRow], ctx: CallContext, on_token: Callable[[int, int], None] | None
    ) -> None:
        try:
            for row, token in self._decode(batch, ctx):
                if on_token is not None and token is not None:
                    try:
                        on_token(row.index, token)
                    except Exception as error:  # noqa: BLE001  # a caller's callback must not end the others
                        row.fail(error)
        except AigcError as error:
            for row in batch:
                if row.result is None:
                    row.fail(error)

    def stream(
        self, prompt: Sequence[int], params: SamplingParams, *, ctx: CallContext, request_id: str
    ) -> Iterator[DecodedPiece]:
        """Decode one prompt piece by piece; the last piece carries the result.

        The pieces' texts together are exactly the result's ``text``. Closing the iterator stops decoding.

        Raises:
            InputTooLargeError, BadInputError, ComponentError: As the row's `Err` in `generate`.
        """
        (row,) = self._rows([prompt], params, ctx, [request_id], follow_text=True)
        if isinstance(row, Err):
            raise row.error
        for _ in self._decode([row], ctx):
            text = row.unread_text()
            if row.result is None:
                if text:
                    yield DecodedPiece(text)
                continue
            if isinstance(row.result, Err):
                raise row.result.error
            yield DecodedPiece(text, row.result)
            return

    def likelihoods(
        self, rows: Sequence[Sequence[int]], *, ctx: CallContext | None = None
    ) -> list[Likelihood | Err]:
        """Mean negative log-likelihood of token sequences; see `sequence_likelihoods`."""
        return sequence_likelihoods(self.session, self._caches, rows, ctx=ctx)

    nll = likelihoods

    def close(self) -> None:
        """Free the kept cache. The session belongs to the runtime."""
        self._caches.clear()

    # ---- rows and batches ------------------------------------------------------------------------------

    def _rows(
        self,
        prompts: Sequence[Sequence[int]],
        params: SamplingParams | Sequence[SamplingParams],
        ctx: CallContext,
        request_ids: Sequence[str],
        *,
        follow_text: bool,
    ) -> list[DecodingRow | Err]:
        each = [params] * len(prompts) if isinstance(params, SamplingParams) else list(params)
        if not len(prompts) == len(each) == len(request_ids):
            raise BadInputError(
                f"{len(prompts)} prompts, {len(each)} params and {len(request_ids)} request ids: need as many of each."
            )
        rows: list[DecodingRow | Err] = []
        for index, (prompt, own, request_id) in enumerate(zip(prompts, each, request_ids, strict=True)):
            try:
                ids = check_ids(prompt, self.shape.vocab_size, most=self.shape.max_positions)
            except BadInputError as error:
                rows.append(Err(error))
                continue
            # The last token is never fed back, so it needs no position.
            limit = min(own.max_new_tokens, self.shape.max_positions - len(ids) + 1)
            follow = follow_text or bool(own.stop)
            detokenizer = IncrementalDetokenizer(self.tokenizer, own.stop) if follow else None
            rows.append(DecodingRow(index, ids, own, limit, self._eos, ctx.rng(request_id), detokenizer))
        return rows

    def _batches(self, rows: list[DecodingRow], *, alone: bool) -> Iterator[list[DecodingRow]]:
        if alone:
            yield from ([row] for row in rows)
            return
        # Similar lengths together: padding is wasted work, and one long row sets the batch's capacity.
        rows = sorted(rows, key=lambda row: -row.prompt_tokens)
        batch: list[DecodingRow] = []
        capacity = 0
        for row in rows:
            capacity = max(capacity, row.prompt_tokens + row.limit)
            too_large = kv_bytes(self.shape, (len(batch) + 1) * capacity) > self._cache_bytes
            if batch and (len(batch) == self._max_batch or too_large):
                yield batch
                batch, capacity = [], row.prompt_tokens + row.limit
            batch.append(row)
        if batch:
            yield batch

    # ---- the loop --------------------------------------------------------------------------------------

    def _decode(self, rows: list[DecodingRow], ctx: CallContext) -> Iterator[tuple[DecodingRow, int | None]]:
        """Run rows to their ends; yields each row with its new token (None where it ended without one)."""
        rows = repeats_last(rows)
        need = max(row.prompt_tokens + row.limit for row in rows)
        room = need
        if self._caches.device == "cpu":
            room = min(need, max(row.prompt_tokens for row in rows) + _ROOM)
        cache = self._caches.take(len(rows), round_capacity(room, self.shape.max_positions))
        try:
            with interruptible(ctx) as run_options, translated_errors(self.session.label, ctx):
                ctx.check()
                yield from self._prefill(rows, cache, run_options, ctx)
                active = rows
                step: BoundRun | None = None
                while active := self._drop_finished(active, cache):
                    longest = max(row.length for row in active)
                    if longest > cache.capacity:
                        larger = round_capacity(min(need, cache.capacity + _ROOM), self.shape.max_positions)
                        cache, step = cache.grown(larger, len(active), longest - 1), None
                    if step is None or step.rows != len(active):
                        step = BoundRun(self.session, cache, 0, len(active), 1)
                        scratch = np.empty(self.shape.vocab_size, np.float32)
                    step.input_ids[:, 0] = [row.last for row in active]
                    step.seqlens_k[:] = [row.length - 1 for row in active]
                    ctx.check()
                    step.run(run_options)
                    for row, logits in zip(active, step.logits, strict=True):
                        if row.result is None:
                            yield row, row.advance(logits[0], scratch)
        except (CancelledError, DeadlineExceededError) as stop:
            reason: FinishReason = "cancelled" if isinstance(stop, CancelledError) else "deadline"
            for row in rows:
                if row.result is None:
                    row.finish(reason)
                    yield row, None
        finally:
            self._caches.give_back(cache)

    def _drop_finished(self, rows: list[DecodingRow], cache: KVCache) -> list[DecodingRow]:
        """Rows that go on, moved together in the cache. List positions are cache rows."""
        if all(row.result is None for row in rows):
            return rows
        if not cache.movable:  # finished rows ride along
            return rows if any(row.result is None for row in rows) else []
        rows = list(rows)
        place = 0
        while place < len(rows):
            if rows[place].result is None:
                place += 1
                continue
            last = rows.pop()
            if place < len(rows):
                if last.result is None:
                    cache.move_row(len(rows), place, last.length)
                rows[place] = last
        return rows

    def _prefill(
        self, rows: list[DecodingRow], cache: KVCache, run_options: Any, ctx: CallContext
    ) -> Iterator[tuple[DecodingRow, int | None]]:
        """Read the prompts. Rows that repeat a prompt stand behind all others and copy what was read."""
        scratch = np.empty(self.shape.vocab_size, np.float32)
        read: dict[bytes, tuple[int, npt.NDArray[np.float32]]] = {}
        fresh = rows if not cache.movable else rows[: count_prompts(rows)]
        for first, group in prefill_groups(fresh):
            run = self._prefill_group(first, group, cache, run_options, ctx)
            for place, (row, logits) in enumerate(zip(group, run.logits, strict=True), first):
                if len(fresh) < len(rows):
                    read[row.prompt.tobytes()] = (place, logits[0])
                yield row, row.advance(logits[0], scratch)
        for place, row in enumerate(rows[len(fresh) :], len(fresh)):
            source, known = read[row.prompt.tobytes()]
            cache.move_row(source, place, row.prompt_tokens)
            yield row, row.advance(known, scratch)

    def _prefill_group(
        self, first: int, group: list[DecodingRow], cache: KVCache, run_options: Any, ctx: CallContext
    ) -> BoundRun:
        longest = max(row.prompt_tokens for row in group)
        # With a past, several tokens are possible at batch 1 only, and only there are chunks needed.
        for start in range(0, longest, _PREFILL_TOKENS):
            width = min(longest - start, _PREFILL_TOKENS)
            run = BoundRun(self.session, cache, first, len(group), width)
            for place, row in enumerate(group):
                ids = row.prompt[start : start + width]
                run.input_ids[place, : len(ids)] = ids
                run.seqlens_k[place] = start + len(ids) - 1
                run.logit_positions[place, 0] = len(ids) - 1
            ctx.check()
            run.run(run_options)
        return run


def prefill_groups(rows: list[DecodingRow]) -> Iterator[tuple[int, list[DecodingRow]]]:
    """Neighbouring rows whose prompts are read in one run, with the first one's place.

    Groups stay within the tokens of one run and waste at most a quarter on padding.
    """
    start = 0
    while start < len(rows):
        longest, real, end = rows[start].prompt_tokens, rows[start].prompt_tokens, start + 1
        while end < len(rows):
            wider = max(longest, rows[end].prompt_tokens)
            padded = wider * (end + 1 - start)
            if padded > _PREFILL_TOKENS or real + rows[end].prompt_tokens < 0.75 * padded:
                break
            longest, real, end = wider, real + rows[end].prompt_tokens, end + 1
        yield start, rows[start:end]
        start = end


def repeats_last(rows: list[DecodingRow]) -> list[DecodingRow]:
    """Rows reordered so that those whose prompt came before (candidates of one request) stand at the end."""
    seen: set[bytes] = set()
    firsts: list[DecodingRow] = []
    repeats: list[DecodingRow] = []
    for row in rows:
        key = row.prompt.tobytes()
        (repeats if key in seen else firsts).append(row)
        seen.add(key)
    return firsts + repeats


def count_prompts(rows: list[DecodingRow]) -> int:
    """Number of different prompts."""
    return len({row.prompt.tobytes() for row in rows})
