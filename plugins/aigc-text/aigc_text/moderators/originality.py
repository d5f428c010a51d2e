"""``text/originality``: does a text repeat a work in the user's corpora?"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, CorpusError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span

if TYPE_CHECKING:
    from aigc_sdk.corpus import Answer, Corpus, Match, Thresholds
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.corpus.indexer import TextIndexer

DETECTOR: Final = "text/originality"
INDEXERS: Final = ("text/folded-ngrams", "text/ngrams")
"""Indexers whose corpora it asks: that of new ones, and that of earlier versions."""
VARIABLE: Final = "AIGC_CORPUS"
"""Environment variable that lists corpus files, separated as in PATH; else the default corpus, where there is one."""

LONG: Final = 2.5
"""Passages of this weight (30 words, 50 Chinese characters) are grave: no stock phrase is that long."""


class OriginalityModerator:
    """Reports works that a text repeats, with the places in the text and in the work.

    Corpora are opened when first needed, and read again when they change. Without any, every answer is empty.

    Args:
        corpora: Corpus files; by default those that ``AIGC_CORPUS`` lists, else the user's default corpus.
        words: Words in a row that count as a repeat. Below 12, shorter repeats may go unnoticed.
        characters: Chinese characters in a row that do.
        containment: Share of a work in the text that does, whatever the length.
        similarity: Estimated resemblance of the whole text and a whole work that does.
    """

    def __init__(
        self,
        corpora: Sequence[str | Path] = (),
        *,
        words: int = 12,
        characters: int = 20,
        containment: float = 0.5,
        similarity: float = 0.5,
    ) -> None:
        self._given = tuple(Path(path) for path in corpora)
        self._run = (words, characters)
        self._limits = (containment, similarity)
        self._lock = threading.Lock()
        self._open: dict[Path, Corpus] = {}
        self._indexers: dict[str, TextIndexer] = {}

    def load(self, runtime: Runtime | None) -> None:
        """Open the corpora. Idempotent.

        Raises:
            CorpusError: If a corpus that is named is absent, or any is damaged or of another indexer.
        """
        self._corpora()

    def close(self) -> None:
        """Close the corpora."""
        with self._lock:
            opened, self._open = list(self._open.values()), {}
        for corpus in opened:
            corpus.close()

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each work it repeats."""
        try:
            corpora = self._corpora()
        except AigcError as error:
            return [Err(error) for _ in items]
        return [self._row(corpora, item, ctx) for item in items]

    def answers(self, item: Text, check: Callable[[], None]) -> list[Answer] | None:
        """What each corpus says of a text; None where there is no corpus.

        Raises:
            CorpusError: As for `load`.
        """
        corpora = self._corpora()
        return self._ask(corpora, item, check) if corpora else None

    def _corpora(self) -> list[Corpus]:
        listed = [Path(f) for f in os.environ.get(VARIABLE, "").split(os.pathsep) if f]
        named = self._given or tuple(listed)
        if not named:
            from aigc_sdk.corpus.corpus import default_path

            default = default_path()
            if not default.exists():
                return []
            named = (default,)
        return [self._opened(path) for path in named]

    def _opened(self, path: Path) -> Corpus:
        with self._lock:
            corpus = self._open.get(path)
            if corpus is None:
                from aigc_sdk.corpus import Corpus

                corpus = Corpus(path)
                if corpus.indexer not in INDEXERS:
                    corpus.close()
                    raise CorpusError(
                        f"The corpus {path} was made by {corpus.indexer}, not by {INDEXERS[0]}.",
                        hint="Make it again with `aigc corpus add`.",
                    )
                self._open[path] = corpus
            return corpus

    def _row(self, corpora: Sequence[Corpus], item: Content, ctx: CallContext) -> Screening | Err:
        if not isinstance(item, Text):
            return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
        if not corpora:
            return Screening()
        try:
            ctx.check()
            answers = self._ask(corpora, item, ctx.check)
        except AigcError as error:
            return Err(error)
        findings = tuple(_finding(match) for answer in answers for match in answer.matches)
        return Screening(findings, complete=all(answer.complete for answer in answers))

    def _ask(self, corpora: Sequence[Corpus], item: Text, check: Callable[[], None]) -> list[Answer]:
        from aigc_sdk.corpus import Thresholds

        streams = {name: self._indexer(name).index(item, check) for name in {c.indexer for c in corpora}}
        limits: Thresholds = Thresholds(1.0, *self._limits)
        return [corpus.query(streams[corpus.indexer], limits, check) for corpus in corpora]

    def _indexer(self, name: str) -> TextIndexer:
        from aigc_text.corpus.indexer import FoldedTextIndexer, TextIndexer

        if name not in self._indexers:
            made = FoldedTextIndexer if name == INDEXERS[0] else TextIndexer
            self._indexers[name] = made(*self._run)
        return self._indexers[name]


def _finding(match: Match) -> Finding:
    longest = match.longest
    work = match.work
    tokens = longest.tokens if longest is not None else 0
    repeated = match.repeated >= 1 - 1e-4
    grave = match.repeated >= LONG - 1e-4
    whole = match.containment >= 0.5
    about = ", ".join(part for part in (f"id {work.id}", work.source, work.owner, work.licence) if part)
    percent, alike = f"{match.containment:.0%}", f"{match.similarity:.2f}"
    if repeated or whole:
        en = f"repeats up to {tokens} tokens in a row of “{work.name}” ({about}); {percent} of the work, similarity {alike}"
        zh = f"与《{work.name}》（{about}）连续重复最长 {tokens} 词/字，占原作 {percent}，相似度 {alike}"
    else:
        en = f"closely resembles “{work.name}” ({about}); similarity {alike}, {percent} of the work word for word"
        zh = f"与《{work.name}》（{about}）高度相似，相似度 {alike}，逐字重复占原作 {percent}"
    return Finding(
        category=Category.IP,
        subcategory="verbatim" if repeated or whole else "near_duplicate",
        severity=Severity.HIGH if grave else Severity.MEDIUM,
        score=match.repeated or match.similarity,
        spans=tuple(Span(start=start, end=end) for start, end in _spans(match)),
        detector=DETECTOR,
        explanation=Explanation(code="originality.repeat", en=en, zh=zh),
    )


def _spans(match: Match) -> list[tuple[int, int]]:
    """Repeated places in the text, overlapping ones joined.

    Beside a long run, short ones are left out: they are stock phrases more often than not.
    """
    wanted = [run for run in match.runs if run.passage >= 1 - 1e-4] or list(match.runs)
    joined: list[tuple[int, int]] = []
    for run in wanted:
        if joined and run.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], run.end))
        else:
            joined.append((run.start, run.end))
    return joined
