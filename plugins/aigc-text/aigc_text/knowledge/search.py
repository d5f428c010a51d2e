"""Ranking passages for a question, by words and by meaning, and telling whether any of them answers it.

The numbers were chosen on the trial part of CMRC 2018 (1,002 Chinese questions, 256 paragraphs), which ``benchmarks/retrieval.py``
reads again; what it reports is another part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_text import languages
from aigc_text.knowledge.encoder import Encoder
from aigc_text.knowledge.index import KnowledgeIndex, Source

Floats = npt.NDArray[np.float32]

COSINE_WEIGHT: Final = 10.0
BM25_WEIGHT: Final = 0.2
"""A passage's score is the share of the question's words in it, plus its BM25 as a part of the best passage's, plus its cosine, with
these weights. The cosines of E5 lie close together, hence ten. On the trial part .987 of questions have their paragraph first, by
words alone .968, by meaning alone .956; by reciprocal ranks (k = 60), tried once, it was .979."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Logistic model of whether the best passage answers the question, fitted on questions with and without their paragraph."""

    coverage: float
    cosine: float
    bias: float

    def probability(self, coverage: float, cosine: float) -> float:
        """Between 0 and 1."""
        return 1.0 / (1.0 + math.exp(-(self.coverage * coverage + self.cosine * cosine + self.bias)))


BY_WORDS: Final = Evidence(coverage=12.97, cosine=0.0, bias=-5.71)
BY_WORDS_AND_MEANING: Final = {
    "zh": Evidence(coverage=8.99, cosine=77.45, bias=-72.18),
    # Cosines of English questions lie about .03 lower: the same slopes, the bias fitted on every other row of the benchmark's English
    # handbook. On the other rows, looked at once, .89 of questions were answered at .5 and .11 of those that have no answer.
    "en": Evidence(coverage=8.99, cosine=77.45, bias=-69.07),
}
"""By the question's language."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage found.

    Attributes:
        number: In the index.
        source: Where it stands.
        text: What it says.
        rows: It is rows of a table.
        score: What it was ranked by; comparable within one search.
        coverage: Share of the question's words that stand in it, rare ones weighing more.
        bm25: As a part of the best passage's.
        cosine: Likeness in meaning, None without an encoder.
        evidence: Probability that it answers the question.
    """

    number: int
    source: Source
    text: str
    rows: bool
    score: float
    coverage: float
    bm25: float
    cosine: float | None
    evidence: float

    def as_dict(self) -> dict[str, object]:
        """JSON-ready, without the text."""
        numbers = {
            "score": self.score,
            "coverage": self.coverage,
            "bm25": self.bm25,
            "evidence": self.evidence,
        }
        if self.cosine is not None:
            numbers["cosine"] = self.cosine
        return {**self.source.as_dict(), **{name: round(value, 4) for name, value in numbers.items()}}


class Searcher:
    """Searches one index. Thread-safe.

    Args:
        index: What is searched.
        encoder: What made the index's vectors; None searches by words alone.
        warning: Why it searches by words alone although the index has vectors.
    """

    def __init__(
        self, index: KnowledgeIndex, encoder: Encoder | None = None, warning: str | None = None
    ) -> None:
        self.index = index
        self.encoder = encoder if index.vectors is not None else None
        self.warning = warning

    def search(
        self, questions: Sequence[str], *, k: int = 5, ctx: CallContext | None = None
    ) -> list[list[Passage]]:
        """The best passages for each question, best first; fewer than ``k`` where nothing else has to do with it.

        Raises:
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        asked = (
            self.encoder.questions(questions, ctx) if self.encoder is not None and len(self.index) else None
        )
        rows = []
        for number, question in enumerate(questions):
            if ctx is not None:
                ctx.check()
            rows.append(self._best(question, None if asked is None else asked[number], k))
        return rows

    def _best(self, question: str, vector: Floats | None, k: int) -> list[Passage]:
        size = len(self.index)
        if not size:
            return []
        found = self.index.sparse.match(question)
        relative = found.bm25 / max(float(found.bm25.max()), 1e-9)
        scores = found.coverage + BM25_WEIGHT * relative
        cosines: Floats | None = None
        if vector is not None and self.index.vectors is not None:
            cosines = np.asarray(self.index.vectors @ vector, np.float32)
            scores = scores + COSINE_WEIGHT * cosines
        picked = np.argpartition(-scores, min(k, size) - 1)[:k]
        # Equal scores fall in the order of the documents.
        picked = picked[np.lexsort((picked, -scores[picked]))]
        if cosines is None:
            picked = picked[found.coverage[picked] > 0]
        model = BY_WORDS if cosines is None else BY_WORDS_AND_MEANING[languages.detect([question])]
        return [
            Passage(
                int(number),
                self.index.source(int(number)),
                self.index.text(int(number)),
                self.index.is_rows(int(number)),
                float(scores[number]),
                float(found.coverage[number]),
                float(relative[number]),
                None if cosines is None else float(cosines[number]),
                model.probability(
                    float(found.coverage[number]), 0.0 if cosines is None else float(cosines[number])
                ),
            )
            for number in picked
        ]
