"""A text cut into sentences, with the terms that each holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_text.correction.english_words import frequencies
from aigc_text.knowledge.sentences import sentence_spans
from aigc_text.knowledge.terms import terms

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LONGEST_SENTENCE: Final = 800
"""Characters. What runs on for longer (tables, code, text without marks) is cut at a clause or a blank."""
_CLAUSE: Final = re.compile(r"[;；，,、:：]\s*|\s+")
_EVERY: Final = 512

_SMOOTHING: Final = 1e-3
_FUNCTION_CHARACTERS: Final = frozenset("的了和是在与及等对为其之以中于从而并由使将被把")
_FUNCTION_BIGRAM: Final = 0.2


@dataclass(frozen=True)
class Document:
    """Sentences of a text.

    Attributes:
        text: The text.
        spans: (start, end) of each sentence.
        bags: int64 ids of the terms of each sentence, repeats included.
        background: float64 [terms], how much a term says in any text: near 0 for "the", 1 for a rare word.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    bags: tuple[Ints, ...]
    background: Floats

    @classmethod
    def read(cls, text: str, ctx: CallContext) -> Document:
        """Split and index a text.

        Raises:
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        vocabulary: dict[str, int] = {}
        spans: list[tuple[int, int]] = []
        bags: list[Ints] = []
        for start, end in sentence_spans(text):
            for span in _bounded(text, start, end):
                if len(spans) % _EVERY == 0:
                    ctx.check()
                found = [vocabulary.setdefault(term, len(vocabulary)) for term in terms(text[slice(*span)])]
                if found:
                    spans.append(span)
                    bags.append(np.asarray(found, dtype=np.int64))
        return cls(text, tuple(spans), tuple(bags), _background(list(vocabulary)))

    def __len__(self) -> int:
        return len(self.spans)

    def sentence(self, index: int) -> str:
        """The sentence as it stands in the text."""
        start, end = self.spans[index]
        return self.text[start:end]

    @cached_property
    def idf(self) -> Floats:
        """float64 [terms]: inverse sentence frequency in this text, times what the term says in any text."""
        frequency = np.zeros(len(self.background))
        for bag in self.bags:
            frequency[np.unique(bag)] += 1
        return np.asarray(np.log((len(self) + 1) / (frequency + 0.5)) * self.background)

    def vectors(self, chosen: Ints) -> Floats:
        """TF-IDF of sentences, rows of length 1 (or 0): float64 [chosen, terms among them]."""
        used = np.unique(np.concatenate([self.bags[i] for i in chosen]))
        rows = np.zeros((len(chosen), len(used)), dtype=np.float64)
        for row, index in enumerate(chosen):
            np.add.at(rows[row], np.searchsorted(used, self.bags[index]), 1.0)
        rows *= self.idf[used]
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms > 0, norms, 1.0))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = start + LONGEST_SENTENCE
        for mark in _CLAUSE.finditer(text, start + LONGEST_SENTENCE // 2, cut):
            cut = mark.end()
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _background(vocabulary: list[str]) -> Floats:
    """A / (a + p), p the share of all English words that are this one (Arora, Liang and Ma, ICLR 2017).

    Pairs of Chinese characters are rare or not by their characters: those with a particle say little.
    """
    shares = _shares()
    weights = [
        _FUNCTION_BIGRAM
        if not _FUNCTION_CHARACTERS.isdisjoint(term)
        else _SMOOTHING / (_SMOOTHING + shares.get(term, 0.0))
        for term in vocabulary
    ]
    return np.asarray(weights, dtype=np.float64)


@functools.cache
def _shares() -> dict[str, float]:
    counts = frequencies()
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}
