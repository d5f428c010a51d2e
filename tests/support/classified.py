"""A tiny labelled task for a random encoder: the label is a word of the sentence."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

LABELS = {"kettle": "boil", "water": "pour", "天气": "weather"}
FILLERS = ("the", "boils", "café", "today", "good")


def sentences(word: str, count: int, seed: int = 0) -> list[str]:
    """Different sentences that hold the word among words that tell nothing."""
    draw = np.random.default_rng([seed, len(word)])
    found: dict[str, None] = {}
    while len(found) < count:
        words = [str(w) for w in draw.choice(FILLERS, int(draw.integers(1, 5)))]
        for _ in range(3):  # an encoder with random weights hears it better
            words.insert(int(draw.integers(0, len(words) + 1)), word)
        found[" ".join(words)] = None
    return list(found)


def rows(each: int) -> list[tuple[str, str]]:
    """(text, label), ``each`` of a label."""
    return [(text, label) for word, label in LABELS.items() for text in sentences(word, each)]


def write_csv(
    path: Path, content: Sequence[tuple[str, ...]], header: Sequence[str] = ("text", "label")
) -> Path:
    """A CSV file; returns its path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *content])
    return path
