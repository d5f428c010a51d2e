"""``text/repetition``: does a text go round in circles?

Language models that are sampled greedily, or cut off late, fall into loops. Three signs of it, none of which needs a reference: the
share of 4-grams that stood in the text before (seq-rep-4 of Welleck et al., "Neural text generation with unlikelihood
training", ICLR 2020), the longest passage that comes again, and the share of the text that repeats the same words over and over
without a break. Different words across *siblings* are the business of ``text/diversity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.bleu import distinct
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import token_spans

_IMPLEMENTATION: Final = "aigc_text.repetition/1"
_N: Final = 4
_LONGEST_UNIT: Final = 128
"""Longest unit of a loop that is looked for, in tokens."""
_TIMES, _LEAST = 3, 6
"""A loop says its unit at least so often, and has at least so many tokens: "very, very nice" is none."""
_SHOWN: Final = 80

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Loop:
    """Tokens ``start`` to ``end`` are the same ``unit`` tokens again and again."""

    start: int
    end: int
    unit: int

    @property
    def times(self) -> float:
        """How often the unit is said; the last time perhaps in part."""
        return (self.end - self.start) / self.unit


def numbered(tokens: Sequence[str]) -> Ints:
    """Tokens as numbers: int64 [tokens], equal where the tokens are."""
    ids: dict[str, int] = {}
    return np.asarray([ids.setdefault(token, len(ids)) for token in tokens], dtype=np.int64)


def longest_repeat(ids: Ints) -> tuple[int, int, int]:
    """(length, first place, second place) of the longest run of tokens that comes twice without overlap; (0, 0, 0) for none.

    By binary search over the length; equal runs are found by doubling (Karp, Miller and Rosenberg, STOC 1972), which needs no
    hash and takes O(n log² n).
    """
    size = len(ids)
    classes = [ids]
    while 2 << (len(classes) - 1) <= size // 2:
        half, last = 1 << (len(classes) - 1), classes[-1]
        pairs = last[:-half] * (size + 1) + last[half:]
        classes.append(np.unique(pairs, return_inverse=True)[1].reshape(-1).astype(np.int64))
    low, high, best = 0, size // 2, (0, 0, 0)
    while low < high:
        length = (low + high + 1) // 2
        level = length.bit_length() - 1
        window, count = classes[level], size - length + 1
        offset = length - (1 << level)
        keys = window[:count] * (size + 1) + window[offset : offset + count]
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        first, last_place = order[starts], order[np.append(starts[1:], count) - 1]
        apart = np.flatnonzero(last_place - first >= length)
        if len(apart):
            found = apart[np.argmin(first[apart])]
            low, best = length, (length, int(first[found]), int(last_place[found]))
        else:
            high = length - 1
    return best


def loops(ids: Ints) -> list[Loop]:
    """Loops of the text, by place; of several units for the same passage the shortest."""
    taken = np.zeros(len(ids), dtype=bool)
    found: list[Loop] = []
    for unit in range(1, min(_LONGEST_UNIT, len(ids) // _TIMES) + 1):
        same = np.concatenate([[False], ids[:-unit] == ids[unit:], [False]])
        edges = np.flatnonzero(np.diff(same.astype(np.int8)))
        for begin, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            end = stop + unit
            if end - begin < max(_LEAST, _TIMES * unit) or taken[begin:end].all():
                continue
            taken[begin:end] = True
            found.append(Loop(begin, end, unit))
    return sorted(found, key=lambda loop: loop.start)


class Repetition(Stateless):
    """Scores ``repeated_4grams``, ``longest_repeat`` and ``looped``.

    Tokens are words; in Chinese Han characters and Latin words.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Three scores a sample; invalid where there are no words."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        text, chinese = text_of(sample), language_of(sample) == "zh"
        spans = token_spans(text, "zh" if chinese else "en")
        if not spans:
            reason = "The text has no words."
            return [
                _score("repeated_4grams", None, reason),
                _score("longest_repeat", None, reason),
                _score("looped", None, reason),
            ]
        ids = numbered([token for token, _, _ in spans])
        return [
            self._ngrams([token for token, _, _ in spans], chinese),
            self._longest(text, spans, ids, chinese),
            self._looped(text, spans, ids, chinese),
        ]

    @staticmethod
    def _ngrams(tokens: Sequence[str], chinese: bool) -> Score:
        different, total = distinct([tokens], _N)
        again = total - different
        how = (
            f"{total} 个 4 元组中有 {again} 个前面已出现过。"
            if chinese
            else f"{again} of {total} 4-grams stood in the text before."
        )
        details = {"again": again, "total": total}
        return _score("repeated_4grams", again / total if total else 0.0, how, details)

    @staticmethod
    def _longest(text: str, spans: Sequence[tuple[str, int, int]], ids: Ints, chinese: bool) -> Score:
        length, first, second = longest_repeat(ids)
        # A word or two come again in any text.
        if length < _N:
            how = (
                "没有 4 个以上的字词连续重复出现。"
                if chinese
                else f"No passage of {_N} or more tokens comes twice."
            )
            return _score("longest_repeat", 0.0, how, {"tokens": length})
        places = [[spans[at][1], spans[at + length - 1][2]] for at in (first, second)]
        said = _shown(text[places[0][0] : places[0][1]])
        how = (
            f"最长的重复片段有 {length} 个字词（全文 {len(spans)} 个）：“{said}”。"
            if chinese
            else f"The longest passage that comes twice has {length} of {len(spans)} tokens: “{said}”."
        )
        return _score("longest_repeat", length / len(spans), how, {"tokens": length, "places": places})

    @staticmethod
    def _looped(text: str, spans: Sequence[tuple[str, int, int]], ids: Ints, chinese: bool) -> Score:
        found = loops(ids)
        if not found:
            how = "没有发现循环重复。" if chinese else "Nothing is said over and over without a break."
            return _score("looped", 0.0, how, {"loops": []})
        inside = np.zeros(len(spans), dtype=bool)
        for loop in found:
            inside[loop.start : loop.end] = True
        worst = max(found, key=lambda loop: loop.end - loop.start)
        said = _shown(text[spans[worst.start][1] : spans[worst.start + worst.unit - 1][2]])
        share = float(inside.mean())
        how = (
            f"“{said}”连续重复约 {worst.times:.1f} 次；循环部分占全文 {share:.0%}。"
            if chinese
            else f"“{said}” is said {worst.times:.1f} times in a row; loops make up {share:.0%} of the text."
        )
        listed = [
            {"start": spans[k.start][1], "end": spans[k.end - 1][2], "times": round(k.times, 2)}
            for k in found[:20]
        ]
        return _score("looped", share, how, {"loops": listed})


def _shown(passage: str) -> str:
    flat = " ".join(passage.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


def _score(metric: str, value: float | None, told: str, details: Mapping[str, object] | None = None) -> Score:
    if value is None:
        return Score.invalid(
            metric, told, direction="lower", range=(0.0, 1.0), implementation=_IMPLEMENTATION
        )
    return Score(
        metric=metric,
        value=value,
        direction="lower",
        range=(0.0, 1.0),
        implementation=_IMPLEMENTATION,
        explanation=told,
        details=dict(details or {}),
    )
