"""One sequence that is being decoded: its ids, its draws, when it ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import AigcError, BadInputError, ComponentError, ContractError, InputTooLargeError
from aigc_sdk.runtime.detokenizer import IncrementalDetokenizer
from aigc_sdk.runtime.sampling import SamplingParams, log_sum_exp, penalise_repetition, sample
from aigc_sdk.verdict import Err

FinishReason = Literal["stop", "stop_string", "length", "cancelled", "deadline"]


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
        prefill_ms: Milliseconds until the prompt was read, shared with its batch.
        decode_ms: Milliseconds from there to its end.
        text: The text up to a stop string, where it was followed (stop strings or streaming), else None.
    """

    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    logprob: float
    finish_reason: FinishReason
    prompt_tokens: int
    prefill_ms: float
    decode_ms: float
    text: str | None = None


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


class DecodingRow:
    """State of one sequence.

    Args:
        index: Its place among the call's prompts.
        prompt: Token ids, not empty.
        params: How to decode it.
        limit: Most tokens to generate (``max_new_tokens``, or fewer where positions end).
        eos: The bundle's end tokens.
        rng: Its own generator.
        detokenizer: Follows the text, where that is needed.
    """

    def __init__(
        self,
        index: int,
        prompt: npt.NDArray[np.int64],
        params: SamplingParams,
        limit: int,
        eos: frozenset[int],
        rng: np.random.Generator,
        detokenizer: IncrementalDetokenizer | None,
    ) -> None:
        self.index, self.params, self.limit = index, params, limit
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
        self.result: Decoded | Err | None = None

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

    def advance(self, logits: npt.NDArray[np.float32], scratch: npt.NDArray[np.float32]) -> int | None:
        """Choose the next token and see whether the row ends with it.

        Args:
            logits: float32 [vocab], the model's own; not changed.
            scratch: float32 [vocab] work space.

        Returns:
            The token, or None where the row ended without a new one (an end token, or an error).
        """
        if self._prefilled is None:
            self._prefilled = time.perf_counter()
        try:
            token = self._choose(logits)
        except Exception as error:  # noqa: BLE001  # plugins' processors raise anything; the batch goes on
            self.fail(error)
            return None
        logprob = float(logits[token]) - log_sum_exp(logits, scratch)
        if token in self._ends:
            self._end_logprob = logprob
            self.finish("stop")
            return None
        self._ids[self.length] = token
        self._generated += 1
        self._logprobs.append(logprob)
        if self._detokenizer is not None:
            self._pieces.append(self._detokenizer.push(token))
            if self._detokenizer.stopped:
                self.finish("stop_string")
                return token
        if self._generated >= self.limit:
            self.finish("length")
        return token

    def _choose(self, logits: npt.NDArray[np.float32]) -> int:
        if not self.params.edits_logits:
            return sample(logits, self.params, self._rng)
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
        return sample(edited, self.params, self._rng)

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
        )

    def fail(self, error: Exception) -> None:
        """End the row with an error; the others go on."""
        if not isinstance(error, AigcError):
            wrapped = ComponentError(
                f"A logits processor or callback failed: {type(error).__name__}: {error}"
            )
            wrapped.__cause__ = error
            error = wrapped
        self.result = Err(error)

    def unread_text(self) -> str:
        """Text that became certain since the last call."""
        text = "".join(self._pieces[self._unread :])
        self._unread = len(self._pieces)
        return text
