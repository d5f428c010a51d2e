"""A second opinion on which facts an E2E text states, independent of the generator's own filter.

The filter in ``aigc_text.learned`` is made of hand-written patterns. Here the wordings are *learned*: for each
slot a decision list (Rivest, "Learning decision lists", Machine Learning 1987) of cues, a cue being an n-gram
of up to four words or two words at most five apart in one clause. The list is grown greedily on the training
set: the cue that tells a value with the best smoothed precision is added and the texts it explains are set aside. It shares no pattern with the filter and never chooses among candidates.

Levels: as in the cleaned sets, a number and its word are one fact ("1 out of 5" and "low", "less than £20" and
"cheap"); whoever writes "restaurant" has stated the eatType.

Usage: python benchmarks/e2e_checker.py     (needs AIGC_DATA; prints the agreement with the cleaned dev set)
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SLOTS = ("name", "eatType", "food", "priceRange", "customer rating", "area", "familyFriendly", "near")
CLASSIFIED = ("eatType", "food", "priceRange", "customer rating", "area", "familyFriendly")
ABSENT = ""
#: Values that state one fact.
LEVELS = {
    "priceRange": {"less than £20": "cheap", "£20-25": "moderate", "more than £30": "high"},
    "customer rating": {"1 out of 5": "low", "3 out of 5": "average", "5 out of 5": "high"},
}
LONGEST_NGRAM = 4
WINDOW = 6
#: A cue explains at least this many training texts, with at least this (smoothed) precision. A fact counts as
#: invented where a *standard* cue states it, one that explains many texts: the cleaned sets, made with fixed
#: wordings, do not count rare ones either. All three were chosen on the references of every second meaning
#: representation of the cleaned dev set.
LEAST_TEXTS = 60
LEAST_PRECISION = 0.55
STANDARD_TEXTS = 500
SMOOTHING = 20.0


def data_folder() -> Path:
    """Folder of the E2E files under ``AIGC_DATA``."""
    if "AIGC_DATA" not in os.environ:
        sys.exit("AIGC_DATA is not set: point it at the folder that holds text/d2t_e2e_nlg.")
    return Path(os.environ["AIGC_DATA"]) / "text" / "d2t_e2e_nlg"


def read_mr(mr: str) -> dict[str, str]:
    """``name[The Mill], area[riverside]`` as a dict."""
    facts = (part.rstrip("] ").split("[", 1) for part in mr.split("],"))
    return {slot.strip(): value.strip() for slot, value in facts}


def read_rows(name: str) -> list[tuple[dict[str, str], str]]:
    """(facts, text) of a file of the E2E folder, CSV or JSON lines."""
    with gzip.open(data_folder() / name, "rt", encoding="utf-8", newline="") as file:
        rows = [json.loads(line) for line in file] if ".jsonl" in name else list(csv.DictReader(file))
    return [(read_mr(row["mr"]), row["ref"]) for row in rows]


def plain(text: str) -> str:
    """Lower case, no accents, one space between words."""
    text = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def hide_names(text: str, facts: Mapping[str, str]) -> tuple[str, set[str]]:
    """Replace name and near by tokens; returns the text and which of the two it mentions."""
    text, seen = plain(text), set()
    for slot in sorted({"name", "near"} & set(facts), key=lambda slot: -len(facts[slot])):
        value = plain(facts[slot])
        core = value.removeprefix("the ")
        if core in text:
            seen.add(slot)
            text = text.replace(core, f" x{slot} ")
    return text, seen


def clauses(text: str) -> list[list[str]]:
    """Words, numbers and pound signs of each clause."""
    return [re.findall(r"[a-z]+|\d+|£|/", clause) for clause in re.split(r"[.;!?,](?!\d)", text)]


Cue = tuple[str, ...]  # an n-gram, or (first, "…", second)


def cues_of(clause: Sequence[str]) -> list[tuple[Cue, int, int]]:
    """Every cue of a clause with its span [start, end)."""
    size = len(clause)
    ngrams = [
        (tuple(clause[start:end]), start, end)
        for start in range(size)
        for end in range(start + 1, min(start + LONGEST_NGRAM, size) + 1)
    ]
    pairs = [
        ((clause[start], "…", clause[end - 1]), start, end)
        for start in range(size)
        for end in range(start + 3, min(start + WINDOW, size) + 1)
    ]
    return ngrams + pairs


@dataclass(frozen=True)
class Rule:
    """A cue, the value it tells, and how many training texts it explains."""

    cue: Cue
    value: str
    texts: int


def level(slot: str, value: str) -> str:
    """The fact that a value states, see `LEVELS`."""
    return LEVELS.get(slot, {}).get(value, value)


@dataclass
class Errors:
    """Counts over texts: facts given, missing (or given another value) and invented."""

    given: int = 0
    missing: int = 0
    invented: int = 0
    by_slot: dict[str, list[int]] | None = None

    @property
    def rate(self) -> float:
        """(Missing + invented) / given."""
        return (self.missing + self.invented) / max(1, self.given)


class LearnedChecker:
    """Decision lists of the facts a text states; :meth:`fit` once, then :meth:`states` and :meth:`count`."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Rule]] = {}

    def fit(self, rows: Sequence[tuple[Mapping[str, str], str]]) -> LearnedChecker:
        """Grow the lists on (facts, text) pairs whose facts are mostly right."""
        matrix, vocabulary = _cue_matrix(rows)
        for slot in CLASSIFIED:
            labels = np.array([level(slot, facts.get(slot, ABSENT)) for facts, _ in rows], dtype=object)
            if slot == "eatType" and ("restaurant",) in vocabulary:
                said = matrix[:, vocabulary.index(("restaurant",))].toarray().ravel() > 0
                labels[said & (labels == ABSENT)] = "restaurant"
            self.rules[slot] = self._grow(matrix, labels, vocabulary)
        return self

    @staticmethod
    def _grow(matrix: Any, labels: Any, vocabulary: Sequence[Cue]) -> list[Rule]:
        values = sorted({value for value in labels if value != ABSENT})
        open_rows = np.ones(len(labels), dtype=bool)
        columns = matrix.tocsc()
        rules: list[Rule] = []
        base = np.array([(labels == value).mean() for value in values])
        counts = np.stack([np.asarray(matrix[labels == value].sum(0)).ravel() for value in values])
        total = np.asarray(matrix.sum(0)).ravel()
        while True:
            precision = (counts + SMOOTHING * base[:, None]) / (total + SMOOTHING)
            precision[:, total < LEAST_TEXTS] = 0
            value, cue = np.unravel_index(precision.argmax(), precision.shape)
            if precision[value, cue] < LEAST_PRECISION:
                return rules
            rules.append(Rule(vocabulary[int(cue)], values[int(value)], int(total[cue])))
            explained = columns.indices[columns.indptr[cue] : columns.indptr[cue + 1]]
            explained = explained[open_rows[explained]]
            open_rows[explained] = False
            gone = matrix[explained]
            total = total - np.asarray(gone.sum(0)).ravel()
            for index, name in enumerate(values):
                counts[index] -= np.asarray(gone[labels[explained] == name].sum(0)).ravel()

    def states(self, text: str, given: Mapping[str, str], *, standard: bool = False) -> dict[str, set[str]]:
        """The values (levels) a text states by slot.

        Args:
            text: the text.
            given: facts it was written from; needed for the names, which are open.
            standard: report standard cues only.
        """
        hidden, seen = hide_names(text, given)
        found: dict[str, set[str]] = {slot: {given[slot]} for slot in seen}
        parts = clauses(hidden)
        spans: dict[Cue, list[tuple[int, int, int]]] = {}
        for number, clause in enumerate(parts):
            for cue, start, end in cues_of(clause):
                spans.setdefault(cue, []).append((number, start, end))
        for slot, rules in self.rules.items():
            used = [[False] * len(clause) for clause in parts]
            for rule in rules:
                for number, start, end in spans.get(rule.cue, ()):
                    # What one cue has read is hidden from those after it: "not family friendly" is one fact.
                    if not any(used[number][start:end]):
                        used[number][start:end] = [True] * (end - start)
                        if rule.texts >= STANDARD_TEXTS or not standard:
                            found.setdefault(slot, set()).add(rule.value)
        return found

    def count(
        self, texts: Sequence[str], facts: Sequence[Mapping[str, str]], *, any_wording: bool = False
    ) -> Errors:
        """Missing and invented facts; a fact with another value is one missing and not also one invented.

        Args:
            texts: the texts.
            facts: what each was written from.
            any_wording: count facts as invented that a rare wording states, too.
        """
        errors = Errors(by_slot={slot: [0, 0, 0] for slot in SLOTS})
        assert errors.by_slot is not None
        for text, given in zip(texts, facts, strict=True):
            found = self.states(text, given)
            standard = found if any_wording else self.states(text, given, standard=True)
            for slot in SLOTS:
                tally = errors.by_slot[slot]
                tally[0] += slot in given
                tally[1] += slot in given and level(slot, given[slot]) not in found.get(slot, set())
                tally[2] += slot not in given and bool(standard.get(slot))
        errors.given, errors.missing, errors.invented = (
            sum(tally[i] for tally in errors.by_slot.values()) for i in range(3)
        )
        return errors


def _cue_matrix(rows: Sequence[tuple[Mapping[str, str], str]]) -> tuple[Any, list[Cue]]:
    """Which text (row) has which frequent cue (column), sparse, and the cues."""
    from scipy.sparse import csr_matrix

    names: dict[Cue, int] = {}
    column, pointer = [], [0]
    for facts, text in rows:
        seen = {cue for clause in clauses(hide_names(text, facts)[0]) for cue, _, _ in cues_of(clause)}
        column += [names.setdefault(cue, len(names)) for cue in seen]
        pointer.append(len(column))
    ones = np.ones(len(column), dtype=np.float32)
    matrix = csr_matrix((ones, column, pointer), shape=(len(rows), len(names)))
    frequent = np.flatnonzero(np.asarray(matrix.sum(0)).ravel() >= LEAST_TEXTS)
    cues = list(names)
    vocabulary = [cues[index] for index in frequent]
    return matrix[:, frequent], vocabulary


def fitted_checker() -> LearnedChecker:
    """The checker, fitted on the E2E training set (about a minute)."""
    return LearnedChecker().fit(read_rows("trainset_rebuilt.jsonl.gz"))


def main() -> None:
    """Print how far the checker agrees with the references of the cleaned dev set."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None).parse_args()
    started = time.monotonic()
    checker = fitted_checker()
    print(
        f"fitted on the training set in {time.monotonic() - started:.0f} s; {sum(map(len, checker.rules.values()))} cues"
    )
    rows = read_rows("cleaned_devel-fixed.no-ol.csv.gz")
    errors = checker.count([text for _, text in rows], [facts for facts, _ in rows])
    print(f"cleaned dev: {len(rows)} references, {errors.given} slots given")
    print(f"agreement on given slots, invented ones counted as errors: {100 * (1 - errors.rate):.2f} %")
    every = 1 - (errors.missing + errors.invented) / (len(rows) * len(SLOTS))
    print(f"agreement on all {len(SLOTS)} slots of each reference (value or absence): {100 * every:.2f} %")
    for slot, (given, missing, invented) in (errors.by_slot or {}).items():
        print(f"  {slot:16s} given {given:5d}  missing or other {missing:4d}  invented {invented:4d}")


if __name__ == "__main__":
    main()
