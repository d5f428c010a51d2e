"""Training data are screened before use: personal data and secrets, and repeats of protected works.

Text is looked at in windows of some 20,000 characters that overlap, so that what lies across a border is found.
Nothing found is ever repeated in a message: only kinds, works, counts and places.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError
from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.originality import OriginalityModerator
from aigc_text.moderators.privacy.detector import PrivacyModerator, find
from aigc_text.training.lm_data import Document
from aigc_text.training.lm_options import Screening

_WINDOW: Final = 20_000
_OVERLAP: Final = 1000


@dataclass
class Screened:
    """What was found and what is left.

    Attributes:
        documents: What may be trained on.
        passages: How many passages there were.
        private: Findings of personal data and secrets, by kind.
        copied: Passages that repeat a work, by the work's id; "" counts those that met too many places to follow up.
        dropped: Passages left out.
        corpus: Whether there was a corpus to compare with.
    """

    documents: list[Document] = field(default_factory=list)
    passages: int = 0
    private: Counter[str] = field(default_factory=Counter)
    copied: Counter[str] = field(default_factory=Counter)
    dropped: int = 0
    corpus: bool = False

    def figures(self) -> dict[str, float]:
        """For the progress report."""
        return {
            "passages": self.passages,
            "personal data": self.private.total(),
            "repeats of works": self.copied.total(),
            "left out": self.dropped,
        }

    def record(self) -> dict[str, object]:
        """For the manifest. Works are counted, not named: ids may be the customer's business."""
        return {
            "passages": self.passages,
            "personal_data": dict(sorted(self.private.items())),
            "repeat_a_work": self.copied.total(),
            "left_out": self.dropped,
            "compared_with_a_corpus": self.corpus,
        }


class Screener:
    """Looks at documents one by one.

    Args:
        privacy: What is done where personal data or secrets of severity medium or more are found.
        copyright: What is done where a work of the corpus is repeated.
        corpora: Corpus files; by default those of ``text/originality``.
    """

    def __init__(self, privacy: Screening, copyright: Screening, corpora: Sequence[Path] = ()) -> None:  # noqa: A002
        self._privacy, self._copyright = privacy, copyright
        self._originality = OriginalityModerator(corpora)

    def screen(
        self, documents: Iterator[Document], progress: Callable[[int], None] = lambda _: None
    ) -> Screened:
        """All documents without the passages that may not be used.

        Args:
            documents: Read as they come.
            progress: Told the characters looked at.

        Raises:
            BadInputError: Something was found that is to be refused.
            CorpusError: A corpus is absent or damaged.
        """
        detector = PrivacyModerator()
        detector.load(None)
        self._originality.load(None)
        result = Screened()
        seen = 0
        try:
            for document in documents:
                self._one(document, result)
                seen += len(document.text)
                progress(seen)
        finally:
            self._originality.close()
        return result

    def _one(self, document: Document, result: Screened) -> None:
        result.passages += len(document.bounds) - 1
        bad: set[int] = set()
        private: set[tuple[str, int, int]] = set()
        copied: set[tuple[str, int]] = set()
        for start, begin, end in _windows(document.bounds):
            window = document.text[start:end]
            for hit in find(window):
                # What ends before `begin` was seen whole in the window before; here it may be cut.
                if hit.severity >= Severity.MEDIUM and start + hit.end > begin:
                    private.add((hit.kind, start + hit.start, start + hit.end))
            copied |= self._copied(document, window, start, result)
        result.private.update(kind for kind, _, _ in private)
        result.copied.update(work for work, _ in copied)
        if private:
            kinds = ", ".join(sorted({kind for kind, _, _ in private}))
            self._refuse(self._privacy, "privacy", kinds, document, min(first for _, first, _ in private))
        if copied:
            works = ", ".join(sorted({work or "too many places" for work, _ in copied}))
            place = document.bounds[min(passage for _, passage in copied)]
            self._refuse(self._copyright, "copyright", f"repeats of {works}", document, place)
        if self._privacy == "drop":
            for _, first, last in private:
                bad.update(_touched(document.bounds, first, last))
        if self._copyright == "drop":
            bad.update(passage for _, passage in copied)
        result.dropped += len(bad)
        kept = _without(document, bad)
        if kept is not None:
            result.documents.append(kept)

    def _copied(self, document: Document, window: str, start: int, result: Screened) -> set[tuple[str, int]]:
        answers = self._originality.answers(Text(window), lambda: None)
        if answers is None:
            return set()
        result.corpus = True
        whole = _touched(document.bounds, start, start + len(window))
        found: set[tuple[str, int]] = set()
        for answer in answers:
            if not answer.complete:
                found.update(("", passage) for passage in whole)
            for match in answer.matches:
                # Beside a passage worth reporting, shorter runs are stock phrases; a near duplicate may have none.
                runs = [run for run in match.runs if run.passage >= 1 - 1e-4] or match.runs
                places: set[int] = set()
                for run in runs:
                    places.update(_touched(document.bounds, start + run.start, start + run.end))
                found.update((match.work.id, passage) for passage in places or whole)
        return found

    @staticmethod
    def _refuse(action: Screening, option: str, what: str, document: Document, place: int) -> None:
        if action != "refuse":
            return
        where = document.where
        if not document.messages and " line " not in where:
            where = f"{where} line {document.text.count(chr(10), 0, place) + 1}"
        raise BadInputError(
            f"The training data are refused: {where} holds {what}.",
            hint=f"Clean the data, or train with {option}=drop, which leaves such passages out.",
        )


def _windows(bounds: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Stretches of whole passages as (start, begin, end): from `start` to `begin` is what was seen before."""
    begin = bounds[0]
    for end in bounds[1:]:
        if end - begin >= _WINDOW or end == bounds[-1]:
            yield max(0, begin - _OVERLAP), begin, end
            begin = end


def _touched(bounds: Sequence[int], start: int, end: int) -> range:
    """Numbers of the passages that share a character with [start, end)."""
    return range(bisect_right(bounds, start) - 1, min(bisect_left(bounds, end), len(bounds) - 1))


def _without(document: Document, bad: set[int]) -> Document | None:
    if not bad:
        return document
    if document.messages:
        return None
    kept = [
        document.text[start:end]
        for number, (start, end) in enumerate(pairwise(document.bounds))
        if number not in bad
    ]
    if not any(passage.strip() for passage in kept):
        return None
    bounds = [0]
    for passage in kept:
        bounds.append(bounds[-1] + len(passage))
    return replace(document, text="".join(kept), bounds=tuple(bounds))
