"""Quoting the sentences that answer a question.

A sentence is as good as the share of the question's words in it, its likeness to the question in meaning, the passage it
stands in, and whether it holds what is asked for where that can be told: a date for "when", a number for "how many".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from aigc_text.knowledge.chunks import units_of
from aigc_text.knowledge.index import Source
from aigc_text.knowledge.readers.markdown import plain_inline
from aigc_text.knowledge.sentences import one_line
from aigc_text.knowledge.terms import question_terms, term_id, terms

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_text.knowledge.search import Passage, Searcher

COSINE_WEIGHT: Final = 2.0
PASSAGE_WEIGHT: Final = 0.2
KIND_WEIGHT: Final = 0.2
"""Chosen on the trial part of CMRC 2018 (once; ``benchmarks/retrieval.py --part trial`` prints the first number only): .691 of first sentences hold the gold answer, .685 without kinds of answers, .673 by
words alone, .601 by meaning alone; of questions for a date .837 against .796."""

_ASKS_DATE: Final = re.compile(
    r"什么时候|何时|哪一?年|哪一?天|几月|哪个月|什么时间|几年|年份|日期|\bwhen\b|\b(?:what|which) (?:year|date|day|month|time)\b",
    re.IGNORECASE,
)
_ASKS_NUMBER: Final = re.compile(
    r"多少|几[个位次名种人天年岁分度家所座部层级元]?|多[大长高远重深宽久]"
    r"|\bhow (?:many|much|old|long|far|tall|high|big|heavy|often|fast)\b|\bwhat (?:price|percentage|share|number)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\d{2,4}年|\d+月|\d+日|世纪|年代|[〇零一二三四五六七八九]{4}年|\b(?:1\d|20)\d\d\b|\d{1,2}:\d\d"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:january|february|march|april|may(?= \d)|june|july|august|september|october"
    r"|november|december)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\d|[一二三四五六七八九十百千万两]+[个位次名种人天年岁分度家所座部层级元米]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half)\b",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^(?:[-*+•·●>]\s+|\|\s*|#+\s+)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document.

    Attributes:
        text: As it is shown: on one line, without Markdown's marks.
        source: Where exactly it stands.
        passage: Which of the passages it is from, counted from 0.
        score: What it was chosen by.
    """

    text: str
    source: Source
    passage: int
    score: float


def quotes(
    question: str, passages: Sequence[Passage], searcher: Searcher, ctx: CallContext | None = None
) -> list[Quote]:
    """All sentences of the passages, the likeliest answer first; each sentence once.

    Raises:
        CancelledError, DeadlineExceededError: The call was stopped.
    """
    found: dict[tuple[str, int], tuple[Quote, str]] = {}
    best = passages[0].score if passages else 0.0
    for number, passage in enumerate(passages):
        for start, end in units_of(passage.text, 0, len(passage.text), rows=passage.rows):
            at = passage.source.start + start
            text = passage.text[start:end]
            source = replace(passage.source, start=at, end=at + end - start)
            quote = Quote(shown(text), source, number, PASSAGE_WEIGHT * (passage.score - best))
            found.setdefault((source.file, at), (quote, text))
    candidates = [pair for pair in found.values() if pair[0].text]
    likeness = _likeness(question, [text for _, text in candidates], searcher, ctx)
    scored = [
        replace(quote, score=quote.score + like + _kind(question, text))
        for (quote, text), like in zip(candidates, likeness, strict=True)
    ]
    return sorted(scored, key=lambda quote: -quote.score)


def shown(text: str) -> str:
    """A sentence on one line, without Markdown's marks."""
    return plain_inline(_BULLET.sub("", one_line(text))).strip("| ").replace(" | ", "; ")


def _likeness(
    question: str, texts: Sequence[str], searcher: Searcher, ctx: CallContext | None
) -> list[float]:
    asked = question_terms(question)
    weights = searcher.index.sparse.weight([term_id(term) for term in asked])
    total = max(float(weights.sum()), 1e-9)
    by_words = []
    for text in texts:
        own = set(terms(text))
        by_words.append(sum(float(w) for term, w in zip(asked, weights, strict=True) if term in own) / total)
    if searcher.encoder is None or not texts:
        return by_words
    cosines = searcher.encoder.passages(texts, ctx) @ searcher.encoder.questions([question], ctx)[0]
    return [words + COSINE_WEIGHT * float(cosine) for words, cosine in zip(by_words, cosines, strict=True)]


def _kind(question: str, text: str) -> float:
    if _ASKS_DATE.search(question):
        return KIND_WEIGHT if _DATE.search(text) else 0.0
    if _ASKS_NUMBER.search(question):
        return KIND_WEIGHT if _NUMBER.search(text) else 0.0
    return 0.0
