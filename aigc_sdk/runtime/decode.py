"""Autoregressive decoding over the decoder graph convention, version 1.

Callers of an engine, from whatever threads, share one running batch: prompts are read (prefill) in groups of similar
length, long ones in chunks; then all rows take one token a step over a shared KV cache, and leave as they end. A
row's random draws come from the call's seed and its request id alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_sdk.errors import BadInputError, BundleError
from aigc_sdk.runtime.decode_batch import RunningBatch
from aigc_sdk.runtime.decode_scheduler import DecodeScheduler
from aigc_sdk.runtime.decoding_row import Decoded, DecodingRow, check_ids, row_error
from aigc_sdk.runtime.detokenizer import IncrementalDetokenizer, decode_whole
from aigc_sdk.runtime.kv_cache import KVCachePool
from aigc_sdk.runtime.likelihood import Likelihood, sequence_likelihoods
from aigc_sdk.runtime.lookup_draft import StepCosts
from aigc_sdk.runtime.prefix_cache import PrefixCache
from aigc_sdk.runtime.run_guard import RunGuard
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.session import Session
    from aigc_sdk.runtime.tokenizer import Tokenizer

__all__ = ["Decoded", "DecodedPiece", "DecoderEngine", "Likelihood"]


@dataclass(frozen=True, slots=True)
class DecodedPiece:
    """A step of a stream: whole new characters (maybe none), and the result with the last piece."""

    text: str
    done: Decoded | None = None


class DecoderEngine:
    """Generates token sequences with one decoder bundle. Thread-safe.

    Calls of several threads run together and end apart: each row keeps its own parameters, seed, deadline and
    cancellation. Logits processors run in the thread of any of the callers, and what they take all rows wait for.

    Args:
        bundle: A bundle of task ``decoder``.
        session: Its graph.
        tokenizer: Called when text is followed (stop strings, streams, `text`).
        device: ``cpu`` or ``cuda``.
        max_batch: Most rows that run together.
        cache_bytes: Most bytes of keys and values of the running rows; more rows wait until some have left.
        prefix_bytes: Most bytes of keys and values of earlier prompts that are kept for prompts that begin alike
            (on the CPU); 0 keeps none.
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
        prefix_bytes: int = 64 << 20,
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
        # None rather than an empty one: rows that begin alike would wait for what never comes.
        self._prefixes = PrefixCache(prefix_bytes) if prefix_bytes else None
        self._costs = StepCosts()
        self._scheduler = DecodeScheduler(self._shared_batch)

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
            on_token: Called with (row, token) as tokens come, in this thread; an exception ends the row.

        Returns:
            A result or `Err` a prompt, in order: `InputTooLargeError`, `BadInputError` for ids outside the
            vocabulary, `ComponentError` for a logits processor, a callback or the graph itself that raised.

        Raises:
            BadInputError: If the numbers of prompts, params and ids differ.
        """
        rows = self._rows(prompts, params, ctx, request_ids, follow_text=False)
        # Similar lengths together: padding is wasted work, and one long row sets the cache's capacity.
        runnable = sorted(
            (row for row in rows if isinstance(row, DecodingRow)), key=lambda row: -row.prompt_tokens
        )
        for row, token in self._scheduler_for(ctx).run(runnable, ctx, live=on_token is not None):
            if on_token is None or token is None or row.withdrawn:
                continue
            try:
                on_token(row.index, token)
            except Exception as error:  # noqa: BLE001  # a caller's callback must not end the others
                row.withdrawn = True
                rows[row.index] = Err(row_error(error))
        results: list[Decoded | Err] = []
        for entry in rows:
            result = entry if isinstance(entry, Err) else entry.result
            assert result is not None
            results.append(result)
        return results

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
        for _ in self._scheduler_for(ctx).run([row], ctx, live=True):
            result = row.result  # before the text, which is whole once there is a result
            text = row.unread_text()
            if isinstance(result, Decoded):
                yield DecodedPiece(text, result)
                return
            if text:
                yield DecodedPiece(text)
            if result is not None:
                raise result.error

    def likelihoods(
        self, rows: Sequence[Sequence[int]], *, ctx: CallContext | None = None
    ) -> list[Likelihood | Err]:
        """Mean negative log-likelihood of token sequences; see `sequence_likelihoods`."""
        return sequence_likelihoods(self.session, self._caches, rows, ctx=ctx)

    nll = likelihoods

    def close(self) -> None:
        """Free what is kept between calls. Calls under way end as ever; the session belongs to the runtime."""
        self._caches.clear()
        if self._prefixes is not None:
            self._prefixes.close()

    def _scheduler_for(self, ctx: CallContext) -> DecodeScheduler:
        if ctx.deterministic:
            return DecodeScheduler(self._lone_batch)
        if self._scheduler.is_led_here:
            # A logits processor that calls the engine cannot wait for its own batch.
            return DecodeScheduler(self._shared_batch)
        return self._scheduler

    def _shared_batch(self, guard: RunGuard) -> RunningBatch:
        return RunningBatch(
            self.session,
            self._caches,
            guard,
            max_rows=self._max_batch,
            cache_bytes=self._cache_bytes,
            prefixes=self._prefixes,
            costs=self._costs,
        )

    def _lone_batch(self, guard: RunGuard) -> RunningBatch:
        """One row at a time, and nothing that depends on what ran before: the same numbers to the last bit."""
        return RunningBatch(self.session, self._caches, guard, max_rows=1, cache_bytes=self._cache_bytes)

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
            rows.append(DecodingRow(index, ids, own, limit, self._eos, ctx, ctx.rng(request_id), detokenizer))
        return rows
