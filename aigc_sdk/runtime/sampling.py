"""Choosing the next token from logits, in NumPy.

Greedy, temperature, top-k (Fan et al. 2018, arXiv:1805.04833), top-p (Holtzman et al. 2019, arXiv:1904.09751),
min-p (Nguyen et al. 2024, arXiv:2407.01082) and the repetition penalty of CTRL (Keskar et al. 2019,
arXiv:1909.05858). Nothing sorts the whole vocabulary: partial selection or a cut-off comes first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import ContractError, OptionError

Float32 = npt.NDArray[np.float32]
Int64 = npt.NDArray[np.int64]


class LogitsProcessor(Protocol):
    """A hook that changes what may come next: forces, forbids or biases tokens."""

    def __call__(self, ids_so_far: Int64, logits: Float32, /) -> Float32:
        """Changed logits, float32 [vocab].

        Args:
            ids_so_far: int64 [n], the prompt and what was generated since. Read-only; valid during the call.
            logits: float32 [vocab], natural-log scale, the row's own copy: may be edited in place and
                returned. ``-inf`` forbids a token.
        """


@dataclass(frozen=True, slots=True)
class SamplingParams:
    """How one sequence is decoded. Seeds come with the call's context, not from here.

    Attributes:
        max_new_tokens: Most tokens to generate, at least 1.
        temperature: 0 is greedy; else logits are divided by it.
        top_k: Keep the k likeliest tokens; 0 keeps all.
        top_p: Keep the fewest tokens whose probability reaches this; 1 keeps all.
        min_p: Drop tokens less likely than this fraction of the likeliest one's probability; 0 drops none.
        repetition_penalty: Generated tokens' logits are divided (if positive) or multiplied by it; 1 is off.
            The prompt is not penalised: facts it gives must be repeatable.
        stop: Strings that end the text; they are not part of it.
        stop_ids: Tokens that end the text beside the bundle's own end tokens.
        ignore_eos: Go on past the bundle's end tokens (for measurements).
        logits_processors: Applied in order, after the penalty and before the temperature.
        lookup: Let a greedy sequence that decodes alone guess its next tokens from what was written before and
            check several in one step (prompt lookup decoding, Saxena 2023). The text is the same but for near-ties,
            of which graphs that round activations to 8 bits have many, and how much is guessed follows the
            clock: off unless asked for, so that what is greedy is the same in every run.

    Raises:
        OptionError: Naming the field that is out of range.
    """

    max_new_tokens: int = 128
    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    stop: tuple[str, ...] = ()
    stop_ids: tuple[int, ...] = ()
    ignore_eos: bool = False
    logits_processors: tuple[LogitsProcessor, ...] = ()
    lookup: bool = False

    def __post_init__(self) -> None:
        _check_int("max_new_tokens", self.max_new_tokens, least=1)
        _check_int("top_k", self.top_k, least=0)
        _check_float("temperature", self.temperature, 0.0, math.inf)
        _check_float("top_p", self.top_p, 0.0, 1.0, open_left=True)
        _check_float("min_p", self.min_p, 0.0, 1.0)
        _check_float("repetition_penalty", self.repetition_penalty, 0.0, math.inf, open_left=True)
        if isinstance(self.stop, str) or not all(isinstance(s, str) and s for s in self.stop):
            raise OptionError("stop must be a sequence of non-empty strings.")
        object.__setattr__(self, "stop", tuple(self.stop))
        for token in self.stop_ids:
            _check_int("stop_ids", token, least=0)
        object.__setattr__(self, "stop_ids", tuple(self.stop_ids))
        if not all(callable(processor) for processor in self.logits_processors):
            raise OptionError("logits_processors must be callables.")
        object.__setattr__(self, "logits_processors", tuple(self.logits_processors))

    @property
    def edits_logits(self) -> bool:
        """True where logits are changed before sampling, so that the model's own must be kept apart."""
        return self.repetition_penalty != 1.0 or bool(self.logits_processors)


def _check_int(name: str, value: object, *, least: int) -> None:
    # bool is an int to Python, not to whoever wrote top_k=True.
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise OptionError(f"{name} must be an integer of at least {least}, got {value!r}.")


def _check_float(name: str, value: object, least: float, most: float, *, open_left: bool = False) -> None:
    ok = isinstance(value, (int, float, np.floating)) and not isinstance(value, bool)
    if ok:
        number = float(value)  # type: ignore[arg-type]  # checked above
        ok = math.isfinite(number) and least <= number <= most and not (open_left and number == least)
    if not ok:
        bracket = "(" if open_left else "["
        raise OptionError(f"{name} must be a number in {bracket}{least:g}, {most:g}], got {value!r}.")


def log_sum_exp(logits: Float32, scratch: Float32 | None = None) -> float:
    """Ln of the sum of exp(logits), float32 [vocab]; ``scratch`` of the same shape saves an allocation."""
    peak = float(logits.max())
    if not math.isfinite(peak):
        return peak
    shifted = np.subtract(logits, np.float32(peak), out=scratch)
    np.exp(shifted, out=shifted)
    return peak + math.log(float(shifted.sum()))


def penalise_repetition(logits: Float32, generated: Int64, penalty: float) -> None:
    """Make tokens that were generated less likely, in place (CTRL, section 4.1).

    Negative logits are multiplied, since dividing them would reward repetition.
    """
    if not len(generated) or penalty == 1.0:
        return
    seen = np.unique(generated)
    values = logits[seen]
    logits[seen] = np.where(values > 0, values / np.float32(penalty), values * np.float32(penalty))


def sample(logits: Float32, params: SamplingParams, rng: np.random.Generator) -> int:
    """Choose a token. Takes exactly one number from ``rng``, or none when greedy.

    The draw walks through the kept tokens by id, not by rank: when rounding swaps two tokens of nearly equal
    probability, the same draw still gives the same token.

    Args:
        logits: float32 [vocab]; not changed.
        params: Temperature, top-k, top-p and min-p, applied in this order.
        rng: The row's generator.

    Raises:
        ContractError: If no token is left (all ``-inf``) or a logit is NaN or inf.
    """
    if params.temperature == 0:
        token = int(logits.argmax())
        if not math.isfinite(logits[token]):
            raise _no_token()
        return token
    ids, weights = _candidates(logits, params)
    index = _draw(weights, rng.random())
    return index if ids is None else int(ids[index])


_BLOCK = 256


def _draw(weights: Float32, uniform: float) -> int:
    """The index at which the running sum of ``weights`` passes ``uniform`` of the total.

    Sums of blocks first, then inside one block: a running sum over a whole vocabulary is the slow part.
    """
    whole = len(weights) // _BLOCK * _BLOCK
    sums = weights[:whole].reshape(-1, _BLOCK).sum(axis=1).astype(np.float64)
    ends = np.cumsum(np.append(sums, weights[whole:].sum(dtype=np.float64)))
    target = uniform * ends[-1]
    block = _passes(ends, target)
    before = ends[block - 1] if block else 0.0
    inside = np.cumsum(weights[block * _BLOCK : (block + 1) * _BLOCK], dtype=np.float64)
    return block * _BLOCK + _passes(inside, target - before)


def _passes(ends: npt.NDArray[np.float64], target: float) -> int:
    index = int(np.searchsorted(ends, target, side="right"))
    # Rounding may put the target at the end itself: then the last entry with any weight is meant.
    return min(index, int(np.searchsorted(ends, ends[-1], side="left")))


def _candidates(logits: Float32, params: SamplingParams) -> tuple[Int64 | None, Float32]:
    """Ids of the kept tokens in ascending order (None for all) and their weights, largest 1."""
    vocab = len(logits)
    ids: Int64 | None = None
    values = logits
    peak = logits.max()
    if not math.isfinite(peak):
        raise _no_token()
    if 0 < params.top_k < vocab:
        ids = _top_ids(logits, params.top_k)
        values = logits[ids]
    temperature = max(params.temperature, 1e-6)
    if params.min_p > 0.0 and params.top_p == 1.0:
        # The fraction of the likeliest's probability is a distance in logits: cut before computing any exp.
        keep = np.flatnonzero(values >= peak + temperature * math.log(params.min_p))
        ids = keep if ids is None else ids[keep]
        values = logits[ids]
    weights: Float32 = values - peak
    if temperature != 1.0:
        with np.errstate(over="ignore"):  # a tiny temperature overflows to -inf, which is meant
            weights /= np.float32(temperature)
    np.exp(weights, out=weights)
    if params.top_p < 1.0:
        ids, weights = _nucleus(ids, weights, params.top_p)
        keep = np.flatnonzero(weights >= np.float32(params.min_p))
        ids, weights = ids[keep], weights[keep]
    return ids, weights


def _top_ids(logits: Float32, k: int) -> Int64:
    """Ids of the k largest logits, ascending."""
    width = len(logits) // (4 * k)
    if width > 1:
        # At least k blocks have a maximum as large as the k-th largest maximum, so the top k reach it too.
        blocks = len(logits) // width
        maxima = logits[: blocks * width].reshape(blocks, width).max(axis=1)
        bound = np.partition(maxima, blocks - k)[blocks - k]
        ids = np.flatnonzero(logits >= bound)
    else:
        ids = np.arange(len(logits))
    if len(ids) > k:
        ids = np.sort(ids[np.argpartition(logits[ids], len(ids) - k)[len(ids) - k :]])
    return ids


def _nucleus(ids: Int64 | None, weights: Float32, top_p: float) -> tuple[Int64, Float32]:
    # Pairwise in float32 is exact enough and three times as fast as summing in float64.
    total = float(weights.sum())
    # All tokens at or below (1 - p) / vocab of the weight together hold at most 1 - p: the nucleus never needs
    # them. Mostly it needs far fewer, so a higher cut is tried first.
    for count in (64, len(weights)):
        keep = np.flatnonzero(weights > (1.0 - top_p) / count * total)
        heavy = weights[keep]
        if count == len(weights) or heavy.sum(dtype=np.float64) > top_p * total:
            break
    # Tokens as likely as the last one all stay.
    chosen = keep[heavy >= _nucleus_rim(heavy, top_p * total)]
    return (chosen if ids is None else ids[chosen]), weights[chosen]


def _nucleus_rim(weights: Float32, mass: float) -> np.float32:
    """The smallest of the largest weights that together reach ``mass``."""
    above = 0.0
    if len(weights) > 2048:
        # Positive floats sort like their bit patterns: count mass by the upper bits (steps of 1/256), find the
        # step where it is reached, and sort that one alone.
        steps = weights.view(np.int32) >> 15
        reached = np.cumsum(np.bincount(steps, weights)[::-1])
        place = min(int(np.searchsorted(reached, mass, side="left")), len(reached) - 1)
        above = float(reached[place - 1]) if place else 0.0
        inside_step = weights[steps == len(reached) - 1 - place]
        # Empty only where rounding puts the mass beyond all weights.
        if not len(inside_step):
            return np.float32(weights.min())
        weights = inside_step
    # Sorting values is many times as fast as sorting indices.
    descending = np.sort(weights)[::-1]
    inside = np.cumsum(descending, dtype=np.float64)
    last = min(int(np.searchsorted(inside, mass - above, side="left")), len(descending) - 1)
    return np.float32(descending[last])


def _no_token() -> ContractError:
    return ContractError(
        "No token can follow: all logits are -inf, or one is NaN or inf.",
        hint="A logits processor must leave at least one token.",
    )
