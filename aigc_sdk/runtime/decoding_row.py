"""One sequence that is being decoded: its ids, its draws, when it ends."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import AigcError, BadInputError, ComponentError, ContractError, InputTooLargeError
from aigc_sdk.runtime.detokenizer import IncrementalDetokenizer
from aigc_sdk.runtime.sampling import SamplingParams, log_sum_exp, penalise_repetition, sample
from aigc_sdk.verdict import Err

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext

FinishReason = Literal["stop", "stop_string", "length", "cancelled", "deadline"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one sequence became.

    Attributes:
        ids: Generated tokens, without the one that ended the text.
        logprobs: Natural-log probability of each of them under the model's own distribution (before penalty,
            processors and temperature).
        logprob: Their sum, plus the end token's where one came.
        finish_reason: ``stop`` (an end token), ``stop_string``, ``length``, ``cancelled`` or ``deadline``; with
            the last two, ``ids`` is what there was so far.
        prompt_tokens: Length of the prompt.
        prefill_ms: Milliseconds until the prompt was read, with the wait for a place in the batch.
        decode_ms: Milliseconds from there to its end.
        text: The text up to a stop string, where it was followed (stop strings or streaming), else None.
        reused_tokens: Prompt tokens whose keys and values an earlier prompt had left.
        drafted: Tokens that look-up speculation guessed.
        accepted: Those of them that were right: each saved a step.
    """

    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    logprob: float
    finish_reason: FinishReason
    prompt_tokens: int
    prefill_ms: float
    decode_ms: float
    text: str | None = None
    reused_tokens: int = 0
    drafted: int = 0
    accepted: int = 0


def check_ids(
    ids: Sequence[int], vocab_size: int, *, least: int = 1, most: int | None = None
) -> npt.NDArray[np.int64]:
    """Token ids as int64 [n].

    Raises:
        BadInputError: If there are fewer than ``least``, or one is no whole number within the vocabulary.
        InputTooLargeError: If there are more than ``most``.
    """
    try:
        array = np.asarray(ids)
    except (ValueError, TypeError, OverflowError) as error:  # nested lists of unequal lengths
        raise BadInputError(f"Token ids must be a flat sequence of integers: {error}") from error
    if array.ndim != 1 or len(array) < least:
        raise BadInputError(f"A token sequence needs at least {least} ids in one dimension.")
    if most is not None and len(array) > most:
        raise InputTooLargeError(
            f"The prompt has {len(array)} tokens; the model takes at most {most}.", hint="Shorten it."
        )
    if array.dtype.kind not in "iu":
        raise BadInputError("Token ids must be integers of at most 64 bits.")
    if array.min() < 0 or array.max() >= vocab_size:
        raise BadInputError(f"There are token ids outside the vocabulary of {vocab_size}.")
    return array.astype(np.int64, copy=False)


def row_error(error: Exception) -> AigcError:
    """What ends a row, as one of the SDK's errors."""
    if isinstance(error, AigcError):
        return error
    wrapped = ComponentError(f"A logits processor or callback failed: {type(error).__name__}: {error}")
    wrapped.__cause__ = error
    return wrapped


class DecodingRow:
    """State of one sequence. One thread at a time changes it; others may read `result` and `unread_text`.

    Args:
        index: Its place among the call's prompts.
        prompt: Token ids, not empty.
        params: How to decode it.
        limit: Most tokens to generate (``max_new_tokens``, or fewer where positions end).
        eos: The bundle's end tokens.
        ctx: The call's context: cancellation and deadline.
        rng: Its own generator.
        detokenizer: Follows the text, where that is needed.

    Attributes:
        read: Tokens whose keys and values are in the cache.
        withdrawn: Set by the caller, from any thread, to end the row as cancelled.
        result: What became of it, once it has ended.
        reused_tokens, drafted, accepted: As in `Decoded`.
    """

    def __init__(
        self,
        index: int,
        prompt: npt.NDArray[np.int64],
        params: SamplingParams,
        limit: int,
        eos: frozenset[int],
        ctx: CallContext,
        rng: np.random.Generator,
        detokenizer: IncrementalDetokenizer | None,
    ) -> None:
        self.index, self.params, self.limit, self.ctx = index, params, limit, ctx
        self.prompt_tokens = len(prompt)
        self._ids = np.empty(len(prompt) + limit, np.int64)
        self._ids[: len(prompt)] = prompt
        self._generated = 0
        self._ends = frozenset(params.stop_ids) | (frozenset() if params.ignore_eos else eos)
        self._rng = rng
        self._detokenizer = detokenizer
        self._pieces: list[str] = []
        self._unread = 0
        self._logprobs: list[float] = []
        self._end_logprob = 0.0
        self._began = time.perf_counter()
        self._prefilled: float | None = None
        self.read = 0
        self.withdrawn = False
        self.reused_tokens = self.drafted = self.accepted = 0
        self.result: Decoded | Err | None = None

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Prompt and generated tokens, int64 [length]."""
        return self._ids[: self.length]

    @property
    def need(self) -> int:
        """Positions it may come to occupy."""
        return len(self._ids)

    @property
    def stopped(self) -> FinishReason | None:
        """Why the caller or the clock wants it to end, if so."""
        if self.withdrawn or self.ctx.cancel.cancelled:
            return "cancelled"
        return "deadline" if self.ctx.stopped else None

    @property
    def prompt(self) -> npt.NDArray[np.int64]:
        """int64 [prompt_tokens]."""
        return self._ids[: self.prompt_tokens]

    @property
    def length(self) -> int:
        """Tokens so far, prompt included."""
        return self.prompt_tokens + self._generated

    @property
    def last(self) -> int:
        """The newest token."""
        return int(self._ids[self.length - 1])

    @property
    def generated(self) -> tuple[int, ...]:
        """Tokens generated so far."""
        return tuple(self._ids[self.prompt_tokens : self.length].tolist())

    def advance(
        self,
        logits: npt.NDArray[np.float32],
        scratch: npt.NDArray[np.float32],
        guess: int | None = None,
        noise: float | None = None,
    ) -> int | None:
        """Choose the next token and see whether the row ends with it.

        Args:
            logits: float32 [vocab], the model's own; not changed.
            scratch: float32 [vocab] work space.
            guess: The token that speculation expects; counts as accepted if it is the one.
            noise: How far these logits may be from those of a plain step; a lead within it is logged at DEBUG.

        Returns:
            The token, or None where the row ended without a new one (an end token, or an error).
        """
        if self._prefilled is None:
            self._prefilled = time.perf_counter()
        try:
            edited = self._edited(logits) if self.params.edits_logits else logits
            token = sample(edited, self.params, self._rng)
        except Exception as error:  # noqa: BLE001  # plugins' processors raise anything; the batch goes on
            self.fail(error)
            return None
        self.accepted += token == guess
        if noise is not None:
            self._log_near_tie(edited, token, noise)
        logprob = float(logits[token]) - log_sum_exp(logits, scratch)
        if token in self._ends:
            self._end_logprob = logprob
            self.finish("stop")
            return None
        self._ids[self.length] = token
        self._logprobs.append(logprob)
        self._generated += 1
        if self._detokenizer is not None:
            self._pieces.append(self._detokenizer.push(token))
            if self._detokenizer.stopped:
                self.finish("stop_string")
                return token
        if self._generated >= self.limit:
            self.finish("length")
        return token

    def _edited(self, logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        edited = logits.copy()
        generated = self._ids[self.prompt_tokens : self.length]
        penalise_repetition(edited, generated, self.params.repetition_penalty)
        so_far = self._ids[: self.length].view()
        so_far.flags.writeable = False
        for processor in self.params.logits_processors:
            edited = processor(so_far, edited)
            if getattr(edited, "shape", None) != logits.shape or edited.dtype != np.float32:
                raise ContractError(
                    f"A logits processor must return float32 [{len(logits)}], got "
                    f"{getattr(edited, 'dtype', type(edited).__name__)} {getattr(edited, 'shape', '')}."
                )
        return edited

    def _log_near_tie(self, logits: npt.NDArray[np.float32], token: int, noise: float) -> None:
        margin = float(logits[token] - np.delete(logits, token).max(initial=-np.inf))
        if margin <= 2 * noise:  # the one may fall as far as the other rises
            _log.debug(
                "near-tie at token %d of row %d: %d leads by %.2g, rounding moves logits by %.2g",
                *(self.length, self.index, token, margin, noise),
            )

    def finish(self, reason: FinishReason) -> None:
        """End the row; what was generated so far is its result."""
        now = time.perf_counter()
        prefilled = self._prefilled or now
        text = None
        if self._detokenizer is not None:
            stopped_before = self._detokenizer.stopped
            self._pieces.append(self._detokenizer.finish())
            if self._detokenizer.stopped and not stopped_before and reason in ("length", "stop"):
                reason = "stop_string"  # it lay in what was held back
            text = "".join(self._pieces)
        self.result = Decoded(
            ids=self.generated,
            logprobs=tuple(self._logprobs),
            logprob=float(sum(self._logprobs)) + self._end_logprob,
            finish_reason=reason,
            prompt_tokens=self.prompt_tokens,
            prefill_ms=(prefilled - self._began) * 1e3,
            decode_ms=(now - prefilled) * 1e3,
            text=text,
            reused_tokens=self.reused_tokens,
            drafted=self.drafted,
            accepted=self.accepted,
        )

    def fail(self, error: Exception) -> None:
        """End the row with an error; the others go on."""
        self.result = Err(row_error(error))

    def restart(self) -> None:
        """Forget the cache: prompt and generated tokens are to be read again."""
        self.read = 0
        # An interrupt may have come between the two halves of a token.
        del self._logprobs[self._generated :]

    def unread_text(self) -> str:
        """Text that became certain since the last call."""
        end = len(self._pieces)  # another thread may be adding to them
        text = "".join(self._pieces[self._unread : end])
        self._unread = end
        return text
