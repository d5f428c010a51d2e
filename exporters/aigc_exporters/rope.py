"""Rotary embeddings for contexts longer than those a model was first trained on, as numbers of a table.

Each scheme divides the frequency of each pair of dimensions by a factor of its own; YaRN also scales what is
rotated. The graph holds the cosines and sines of every position, so all schemes cost the same at run time.

Schemes: linear (arXiv:2306.15595), dynamic NTK (as Hugging Face Transformers has it), YaRN (arXiv:2309.00071),
Llama 3 (its model card's reference code).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError, ExportError

Float64 = npt.NDArray[np.float64]

_MOST_POSITIONS = 1 << 20  # the tables hold a row for each; a number in a small file could ask for all memory
_LEAST, _BEYOND = (
    1e-6,
    2.0**31,
)  # of every number of a scheme: far outside of what models have, far inside of a float's


@dataclass(frozen=True)
class Rope:
    """A rotary embedding.

    Attributes:
        theta: base of the frequencies.
        factors: divisors of the frequencies, [head_dim / 2], or None where nothing is scaled.
        attention_factor: what rotated queries and keys are multiplied by.
        positions: longest sequence the scheme is meant for.
        note: what of the scheme was not taken over as it is, in words; empty where nothing was.
    """

    theta: float
    factors: tuple[float, ...] | None
    attention_factor: float
    positions: int
    note: str = ""


def scaled_rope(
    scaling: Mapping[str, Any], *, theta: float, head_dim: int, positions: int, where: str
) -> Rope:
    """The embedding that a model's settings describe.

    Args:
        scaling: settings by the names Hugging Face configurations have ("rope_type" or "type", "factor",
            "original_max_position_embeddings", ...); empty for none.
        theta: base of the frequencies.
        head_dim: width of one head.
        positions: the model's longest sequence, as its configuration states it.
        where: which file the settings come from, for error messages.

    Raises:
        BadInputError: if a number is missing or impossible, or more than 2**20 positions are asked for.
        ExportError: for a scheme that is not supported, by its name.
    """
    if theta <= 1:
        raise BadInputError(
            f"{where}: the base of the rotary embedding (rope_theta, rope.freq_base) must be above 1."
        )
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    if kind == "default":
        return Rope(theta, None, 1.0, positions)
    if not isinstance(kind, str) or kind not in _SCHEMES:
        raise ExportError(
            f"{where}: RoPE scaling {kind!r} is not supported.",
            hint=f"Supported: default, {', '.join(_SCHEMES)}.",
        )
    frequencies = theta ** -(np.arange(0, head_dim, 2, dtype=np.float64) / head_dim)
    rope = _SCHEMES[kind](_Settings(scaling, where, kind), theta, frequencies, positions)
    if rope.positions > _MOST_POSITIONS:
        raise BadInputError(f"{where} asks for {rope.positions} positions; {_MOST_POSITIONS} are supported.")
    return rope


class _Settings:
    """Numbers of a mapping that nobody has checked."""

    def __init__(self, values: Mapping[str, Any], where: str, kind: str) -> None:
        self._values, self._where, self._kind = values, where, kind

    def number(self, name: str, default: float | None = None) -> float:
        value = self._values.get(name)
        value = default if value is None else value
        if isinstance(value, bool) or not isinstance(value, int | float) or not _LEAST <= value < _BEYOND:
            raise BadInputError(
                f"{self._where}: RoPE scaling {self._kind!r} needs a number {name} from {_LEAST:g} to "
                f"{_BEYOND:g}, not {value!r:.40}."
            )
        return float(value)

    def optional(self, name: str) -> float | None:
        return self.number(name) if self._values.get(name) else None

    def flag(self, name: str, default: bool) -> bool:
        return bool(self._values.get(name, default))


def _linear(settings: _Settings, theta: float, frequencies: Float64, positions: int) -> Rope:
    factor = settings.number("factor")
    return Rope(theta, _tuple(np.full_like(frequencies, factor)), 1.0, positions)


def _dynamic(settings: _Settings, theta: float, frequencies: Float64, positions: int) -> Rope:
    # The base grows with the length of the running text, which would turn keys that are in the cache already.
    # Up to the length the model was trained on, though, it is the plain embedding.
    settings.number("factor")
    trained = int(settings.number("original_max_position_embeddings", positions))
    note = f"dynamic NTK scaling acts beyond {min(trained, positions)} positions alone: the bundle ends there"
    return Rope(theta, None, 1.0, min(trained, positions), note)


def _llama3(settings: _Settings, theta: float, frequencies: Float64, positions: int) -> Rope:
    factor = settings.number("factor")
    low, high = settings.number("low_freq_factor"), settings.number("high_freq_factor")
    trained = settings.number("original_max_position_embeddings")
    if high <= low:
        raise BadInputError("RoPE scaling 'llama3': high_freq_factor must be above low_freq_factor.")
    turns = trained * frequencies / (2 * math.pi)  # of each pair within the original context
    # Pairs that turn often stay, those that turn seldom are slowed by `factor`, and between them it is blended.
    kept = np.clip((turns - low) / (high - low), 0.0, 1.0)
    return Rope(theta, _tuple(1.0 / (kept + (1.0 - kept) / factor)), 1.0, positions)


def _yarn(settings: _Settings, theta: float, frequencies: Float64, positions: int) -> Rope:
    trained = settings.number("original_max_position_embeddings", positions)
    factor = settings.number("factor", positions / trained)
    half = len(frequencies)

    def pair_of(rotations: float) -> float:
        """Which pair turns so often within the original context."""
        return half * math.log(trained / (rotations * 2 * math.pi)) / math.log(theta)

    low, high = (
        pair_of(settings.number("beta_fast", 32.0)),
        pair_of(settings.number("beta_slow", 1.0)),
    )
    if settings.flag("truncate", True):
        low, high = math.floor(low), math.ceil(high)
    # The paper's code clamps the upper end to the number of dimensions, not of pairs.
    low, high = max(low, 0), min(high, 2 * half - 1)
    slowed = np.clip((np.arange(half) - low) / max(high - low, 0.001), 0.0, 1.0)
    factors = 1.0 / (1.0 - slowed + slowed / factor)
    attention = settings.optional("attention_factor")
    if attention is None:
        top, bottom = settings.optional("mscale"), settings.optional("mscale_all_dim")
        attention = (
            _yarn_temperature(factor, top) / _yarn_temperature(factor, bottom)
            if top is not None and bottom is not None
            else _yarn_temperature(factor, 1.0)
        )
    # Qwen's model cards state the scheme beside the length before it: the factor says how far it reaches.
    return Rope(theta, _tuple(factors), attention, max(positions, int(trained * factor)))


def _yarn_temperature(factor: float, weight: float) -> float:
    return 1.0 if factor <= 1 else 0.1 * weight * math.log(factor) + 1.0


def _tuple(values: Float64) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


_SCHEMES: dict[str, Callable[[_Settings, float, Float64, int], Rope]] = {
    "linear": _linear,
    "dynamic": _dynamic,
    "llama3": _llama3,
    "yarn": _yarn,
}
