"""Hashes of n-grams, and which of them to keep.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every ``window`` consecutive hashes the smallest is
kept. A run of ``window + gram - 1`` tokens holds ``window`` hashes, so at least one of them is kept, wherever the
run stands; about 2 / (window + 1) of all hashes are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BASE = np.uint64(0x9E3779B97F4A7C15)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): a bijection that scatters neighbours."""
    out = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def gram_hashes(tokens: NDArray[np.uint32], gram: int) -> NDArray[np.uint64]:
    """A hash of every ``gram`` consecutive tokens, uint64 [max(0, n - gram + 1)].

    Args:
        tokens: uint32 [n].
        gram: Tokens a gram.
    """
    count = len(tokens) - gram + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    spread = mix(tokens.astype(np.uint64) + _BASE)
    total = np.zeros(count, np.uint64)
    for offset in range(gram):
        total *= _BASE
        total += spread[offset : offset + count]
    return mix(total)


def winnow(hashes: NDArray[np.uint64], window: int) -> NDArray[np.int64]:
    """Ascending places of the hashes to keep: the rightmost smallest of every window.

    All are kept where there are not more than ``window``: the shortest works stay findable by any part.
    """
    if len(hashes) <= window:
        return np.arange(len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
    rightmost = window - 1 - windows[:, ::-1].argmin(axis=1)
    return np.unique(rightmost + np.arange(len(windows)))
