"""Summaries made of the text's own sentences, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError, ModelNotFoundError
from aigc_text.generators.summary.cues import KINDS
from aigc_text.generators.summary.document import Document, Ints
from aigc_text.generators.summary.options import SummaryOptions
from aigc_text.generators.summary.ranking import rank
from aigc_text.generators.summary.selection import Budget, select
from aigc_text.knowledge.sentences import one_line

if TYPE_CHECKING:
    from aigc_sdk.runtime.encoder import EncoderEngine
    from aigc_sdk.runtime.runtime import Runtime

PART: Final = 256
"""Sentences of a long text that are compared with each other at a time."""
MOST_COMPARED: Final = 512
MOST_ENCODED: Final = 128
"""A longer text is first narrowed to so many sentences, by its words; to fewer before meanings are compared, which takes
milliseconds a sentence. Long summaries are chosen from twice as many sentences as they may hold."""
_ABSTRACT: Final = 25
"""A text of so many sentences may be an abstract."""

WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "abstract": {
        "centrality": 1.0,
        "aim": 2.0,
        "finding": 0.25,
        "background": -0.4,
        "aside": -0.5,
        "dangling": -0.25,
        "first": 0.2,
        "last": -0.45,
        "early": 0.55,
        "length": 0.1,
        "excess": -0.1,
    },
    "general": {
        "centrality": 1.0,
        "aim": 1.0,
        "finding": 0.25,
        "background": -0.2,
        "aside": -0.5,
        "dangling": -0.3,
        "early": 1.0,
        "excess": -0.1,
    },
}
"""Of the features of `aigc_text.generators.summary.ranking`. Those for abstracts were fitted on SciTLDR train and rounded
(``benchmarks/summary.py --fit``), but for asides, which abstracts seldom hold. The general ones are set by hand: news and
reports tell their point first, and no set of them with a fitting licence was at hand."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is summarised.

    Attributes:
        text: The text.
        language: ``en`` or ``zh``.
        options: How.
    """

    text: str
    language: str
    options: SummaryOptions


def genre_of(document: Document, options: SummaryOptions) -> str:
    """Where the main point is sought."""
    if options.genre != "auto":
        return options.genre
    short = len(document) <= _ABSTRACT
    return (
        "abstract"
        if short and any(KINDS["aim"].search(document.sentence(i)) for i in range(len(document)))
        else "general"
    )


def narrow(document: Document, most: int, weights: Mapping[str, float], ctx: CallContext) -> Ints:
    """Numbers of at most ``most`` sentences, the weightiest of each part of the text: int64, ascending.

    Parts of `PART` sentences are ranked by themselves and give their best, over again until few enough are left: the time
    is proportional to the length of the text, the memory does not grow with it.
    """
    left: Ints = np.arange(len(document), dtype=np.int64)
    while len(left) > most:
        parts = np.array_split(left, -(-len(left) // PART))
        # No round keeps less than a quarter, so that a part with much to say is not cut to its share at once.
        keep = max(1, max(most, len(left) // 4) // len(parts))
        best: list[Ints] = []
        for part in parts:
            ctx.check()
            order = np.argsort(-rank(document, part).scores(weights), kind="stable")
            best.append(np.sort(part[order[: min(keep, max(1, len(part) - 1))]]))
        left = np.concatenate(best)
    return left


def open_encoder(options: SummaryOptions, runtime: Runtime | None) -> EncoderEngine | None:
    """The sentence encoder, or None where it is not wanted, or is left to chance and not on this machine.

    Raises:
        ModelNotFoundError: ``embeddings`` is ``always`` and the encoder is not on this machine.
    """
    if options.embeddings == "never":
        return None
    try:
        if runtime is None:
            raise ModelNotFoundError("The generator is not loaded.", hint="Call load(runtime) first.")
        return runtime.encoder(options.encoder)
    except ModelNotFoundError:
        if options.embeddings == "always":
            raise
        return None


def summarise(source: Source, runtime: Runtime | None, ctx: CallContext) -> Candidate:
    """The summary. ``meta`` has the place of each sentence in the text (``spans``), the text's size and what ranked it.

    Raises:
        BadInputError: The text has no sentence.
        ModelNotFoundError: See `open_encoder`.
        CancelledError, DeadlineExceededError: The call was stopped.
    """
    options = source.options
    document = Document.read(source.text, ctx)
    if not len(document):
        raise BadInputError("The text to summarise has no words.")
    genre = genre_of(document, options)
    weights = WEIGHTS[genre]
    budget = Budget.of(options, document, source.language)
    encoder = open_encoder(options, runtime)
    pool = max(MOST_ENCODED if encoder is not None else MOST_COMPARED, 2 * budget.sentences)
    chosen = narrow(document, pool, weights, ctx)
    embeddings = None
    if encoder is not None:
        named = [document.sentence(index) for index in chosen.tolist()]
        embeddings = np.asarray(encoder.encode(named, ctx=ctx), dtype=np.float64)
    ranked = rank(document, chosen, embeddings)
    sentences = [document.sentence(index) for index in ranked.chosen.tolist()]
    rows = select(ranked.scores(weights), ranked.similarity, sentences, budget, options.diversity)
    taken = [int(ranked.chosen[row]) for row in rows]
    meta: dict[str, Any] = {
        "spans": [list(document.spans[index]) for index in taken],
        "sentences": len(document),
        "genre": genre,
    }
    if encoder is not None:
        meta["encoder"] = options.encoder
    if budget.units is not None and sum(budget.measure(document.sentence(i)) for i in taken) > budget.units:
        meta["over_length"] = True
    return Candidate(Text(_joined(document, taken), source.language), method="extractive", meta=meta)


def _joined(document: Document, taken: list[int]) -> str:
    """The sentences, with the text's own blank or line break between neighbours, else one that fits."""
    parts: list[str] = []
    for place, index in enumerate(taken):
        sentence = one_line(document.sentence(index))
        if place:
            gap = document.text[document.spans[taken[place - 1]][1] : document.spans[index][0]]
            neighbours = taken[place - 1] == index - 1
            if "\n" in gap and (neighbours or parts[-1][-1].isalnum()):
                parts.append("\n")
            elif not _unspaced(parts[-1][-1], sentence[0]):
                parts.append(" ")
        parts.append(sentence)
    return "".join(parts)


def _unspaced(before: str, after: str) -> bool:
    """True between signs that Chinese sets without a blank."""
    return before > "\u2e7f" or (after > "\u2e7f" and not before.isascii())
