"""Finding terms in texts: Aho–Corasick over the folded text, and over other readings of suspicious texts.

Latin terms match whole words only, so that nothing inside another word counts; Chinese terms match anywhere,
and `allow` terms shield the ordinary words that contain them. Suspicious texts are also searched

* squeezed: separators dropped (up to three between two characters) and repeats levelled. Every hit is then
  checked against the text: a run of letters stands for the term's run if they are equally long, or if it has
  three or more; across blanks, full stops and the like, only a term spelled out letter by letter counts
  (``z o r k``), so that neighbouring words never add up to a term; across other symbols (``zo*rk``) any cut
  counts;
* with look-alike letters and digits read as letters (`lexicon_variants`).

Many short texts are searched as one: joined by a character that no folded text holds, so that plain texts cost
a few calls into C a batch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from aigc_text.moderators import lexicon_suspect as suspect
from aigc_text.moderators.lexicon_automaton import Automaton
from aigc_text.moderators.lexicon_fold import term_folding
from aigc_text.moderators.lexicon_open import Openings
from aigc_text.moderators.lexicon_signs import SignFinder, Words
from aigc_text.moderators.lexicon_split import split_forms
from aigc_text.moderators.lexicon_squeeze import (
    Run,
    checked,
    gist,
    same_letters,
    squeeze,
    squeeze_key,
    squeeze_keys,
)
from aigc_text.moderators.lexicon_suspect import is_cjk
from aigc_text.moderators.lexicon_terms import Term, span_cap
from aigc_text.moderators.lexicon_variants import LEET, disguised, variants
from aigc_text.moderators.normalise import Folded

_BLOCK = 1 << 13
"""Characters of short texts searched as one: few calls, and still within the processor's caches."""
_EITHER = frozenset("1|!")
"""Signs that may stand for i or l."""
_ALIKE = LEET | {"l"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: ``start`` and ``end`` index the original text, on grapheme boundaries."""

    term: Term
    start: int
    end: int


class _Form(NamedTuple):
    """A term as readings have it."""

    term: Term
    letters: str


class _Reading(NamedTuple):
    """Another reading of text number ``row`` of a block, of its length; ``leet`` if signs are read as letters."""

    row: int
    text: str
    leet: bool


class Matcher:
    """Compiled terms. Thread-safe once built.

    Raises:
        MissingDependencyError: If ahocorasick-rs is not installed.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self.max_match = 1 + max((span_cap(len(t.key)) for t in terms), default=0)
        """Longest match in characters of original text, with the character that a word's end is told by."""
        self._fold = term_folding()
        blocked = [t for t in self.terms if not t.allow]
        split = [(form, t) for t in blocked for form in split_forms(t.key)]
        self._plain = Automaton([*((t.key, t) for t in self.terms), *split])
        # Automata over reduced keys hold only those keys that reducing changes: the others are in `_plain`.
        self._squeezed = Automaton(_changed(blocked, [t.key for t in blocked]))
        # A digit may stand for i or l, and for both in one word: both are read as i, and told apart at the hit.
        alike = [t for t in blocked if t.key.isascii() and not _ALIKE.isdisjoint(t.key)]
        forms = [form for term in alike for form in _forms(term)]
        self._forms = Automaton((form.letters, form) for form in forms)
        # The same for words cut or stretched: those that levelling changes.
        self._squeezed_forms = Automaton(_changed(forms, [form.letters for form in forms]))
        squeezed = (*self._squeezed.patterns, *self._squeezed_forms.patterns)
        self._words = Words((*self._plain.patterns, *self._forms.patterns), squeezed)
        keys = [key for t in blocked if not (key := t.key).isalnum()]
        phrases = [*keys, *(form.letters for form in forms if not form.letters.isalnum())]
        self._signs = SignFinder(self._plain, self._words, phrases, self.max_match + 1)

    @cached_property
    def _openings(self) -> Openings:
        automata = (self._plain, self._squeezed, self._forms, self._squeezed_forms)
        patterns = [pattern for automaton in automata for pattern in automaton.patterns]
        return Openings(patterns)

    def settled(self, text: str) -> int:
        """Matches that begin before this index of ``text`` are the same however the text goes on."""
        least = max(0, len(text) - self.max_match - 1)
        folded = self._fold(text[least:])
        place = self._openings.first_open(folded.text)
        if place >= len(folded.text):
            return len(text)
        return least + (place if folded.origin is None else folded.origin[place])

    def find(self, text: str, check: Callable[[], None] = lambda: None) -> list[Match]:
        """Every match, leftmost first; of overlapping ones those that another contains are left out.

        Args:
            text: What is searched.
            check: Called now and then; what it raises ends the search.
        """
        return self.find_many([text], check)[0]

    def find_many(self, texts: Sequence[str], check: Callable[[], None] = lambda: None) -> list[list[Match]]:
        """`find` for each text, at a fraction of the cost."""
        results: list[list[Match]] = []
        block: list[Folded] = []
        size = 0
        for folded in self._fold.many(texts, check):
            block.append(folded)
            size += len(folded.text)
            if size >= _BLOCK:
                results += self._search(block, check)
                block, size = [], 0
        return results + self._search(block, check) if block else results

    def _search(self, block: list[Folded], check: Callable[[], None]) -> list[list[Match]]:
        texts = [folded.text for folded in block]
        joined, starts = _join(texts)
        hits: dict[int, _Hits] = {}
        for start, end, terms in self._plain.iter(joined, check):
            if _whole(joined, start, end):
                row = bisect_right(starts, start) - 1
                if row not in hits:
                    hits[row] = _Hits(block[row])
                for term in terms:
                    hits[row].add(term, start - starts[row], end - starts[row])
        signs = self._signs.find(joined, starts, check)
        for row, found in signs.items():
            if row not in hits:
                hits[row] = _Hits(block[row])
            for start, end in found.windows():
                for term, first, last in self._in_squeezed(texts[row], start, end, check):
                    hits[row].add(term, first, last)
        if asked := {row: found.readings for row, found in signs.items() if found.readings}:
            self._other_readings(hits, list(_readings(texts, asked)), check)
        return [hits[row].outermost() if row in hits else [] for row in range(len(block))]

    def _other_readings(
        self, hits: dict[int, _Hits], readings: Sequence[_Reading], check: Callable[[], None]
    ) -> None:
        joined, starts = _join([reading.text for reading in readings])
        signs = self._signs.find(joined, starts, check)
        for number, reading in enumerate(readings):
            found = hits[reading.row]
            if self._words.changed(found.folded.text, reading.text):
                self._whole_words(found, reading, check)
            for start, end in signs[number].windows() if number in signs else ():
                self._squeezed_words(found, reading, start, end, check)

    def _whole_words(self, hits: _Hits, reading: _Reading, check: Callable[[], None]) -> None:
        text, read = hits.folded.text, reading.text
        for start, end, terms in self._plain.iter(read, check):
            if _whole(read, start, end) and disguised(text, start, end, read):
                for term in terms:
                    hits.add(term, start, end)
        if not reading.leet:
            return
        for start, end, forms in self._forms.iter(_unified(read), check):
            if not _whole(read, start, end) or not disguised(text, start, end, read):
                continue
            for term, letters in forms:
                places = zip(text[start:end], read[start:end], term.key, letters, strict=True)
                if all(_stands_for(*place) for place in places):
                    hits.add(term, start, end)

    def _squeezed_words(
        self, hits: _Hits, reading: _Reading, first: int, last: int, check: Callable[[], None]
    ) -> None:
        text, read = hits.folded.text, reading.text
        for term, start, end in self._in_squeezed(read, first, last, check):
            if disguised(text, start, end, read):
                hits.add(term, start, end)
        if not reading.leet:
            return
        unified = _unified(read)
        automata = (self._forms, self._squeezed_forms)
        for forms, runs in self._occurrences(unified, first, last, automata, check):
            start, end = runs[0].start, runs[-1].end
            for term, letters in forms:
                # Letters that the text does write are the term's own.
                own = set(term.key)
                written = own.issuperset(c for c in text[start:end] if c in "il") or not own.isdisjoint(
                    _EITHER
                )
                if written and _squeezes_to(letters, runs, unified) and disguised(text, start, end, read):
                    hits.add(term, start, end)

    def _in_squeezed(
        self, text: str, first: int, last: int, check: Callable[[], None]
    ) -> Iterator[tuple[Term, int, int]]:
        """Terms in ``text[first:last]`` with separators dropped and repeats levelled."""
        automata = (self._plain, self._squeezed)
        for terms, runs in self._occurrences(text, first, last, automata, check):
            for term in terms:
                if not term.allow and _squeezes_to(term.key, runs, text):
                    yield term, runs[0].start, runs[-1].end

    @staticmethod
    def _occurrences(
        text: str, first: int, last: int, automata: Sequence[Automaton[T]], check: Callable[[], None]
    ) -> Iterator[tuple[tuple[T, ...], list[Run]]]:
        """What occurs as whole words in the squeezed text, with the runs that it stands for."""
        likely = gist(text[first:last])
        present = [automaton for automaton in automata if automaton.occurs(likely, check)]
        for apart in (False, True) if present else ():
            squeezed, runs, bridged = squeeze(text, first, last, check, apart=apart)
            for automaton in present:
                for opening, closing, values in checked(automaton.iter(squeezed, check), check):
                    if _whole(text, runs[opening].start, runs[closing - 1].end):
                        yield values, runs[opening:closing]
            if not bridged:
                return


class _Hits:
    """Matches of one text, and the ranges that `allow` terms shield."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._found: list[Match] = []
        self._shields: list[tuple[int, int]] = []

    def add(self, term: Term, start: int, end: int) -> None:
        first, last = self.folded.span(start, end)
        if term.allow:
            self._shields.append((first, last))
        elif last - first <= span_cap(len(term.key)):
            self._found.append(Match(term, first, last))

    def outermost(self) -> list[Match]:
        kept: list[Match] = []
        for match in sorted(self._found, key=lambda m: (m.start, -m.end, -m.term.severity)):
            if any(start <= match.start and match.end <= end for start, end in self._shields):
                continue
            if kept and match.end <= kept[-1].end and match.term.severity <= kept[-1].term.severity:
                continue
            kept.append(match)
        return kept


def _whole(text: str, start: int, end: int) -> bool:
    """True unless an end that is a letter or digit of an alphabet goes on into a longer word."""
    if start > 0 and _joins(text[start - 1], text[start]):
        return False
    return end >= len(text) or not _joins(text[end - 1], text[end])


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not is_cjk(left) and not is_cjk(right)


def _join(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts in a row, `suspect.SEPARATOR` around each, and where each begins."""
    starts = []
    offset = 1
    for text in texts:
        starts.append(offset)
        offset += len(text) + 1
    return suspect.SEPARATOR + suspect.SEPARATOR.join(texts) + suspect.SEPARATOR, starts


def _readings(texts: Sequence[str], flags: Mapping[int, int]) -> Iterator[_Reading]:
    """Other readings of the texts that ``flags`` (by their number) ask for."""
    for kind in set(flags.values()):
        rows = [row for row, flag in flags.items() if flag == kind]
        joined, starts = _join([texts[row] for row in rows])
        lookalike, leet = bool(kind & suspect.LOOKALIKE), bool(kind & suspect.LEET)
        known = {row: {texts[row]} for row in rows}
        for variant in variants(joined, lookalike, leet):
            for row, start in zip(rows, starts, strict=True):
                text = variant[start : start + len(texts[row])]
                if text not in known[row]:
                    known[row].add(text)
                    yield _Reading(row, text, leet)


def _changed(values: Sequence[T], keys: Sequence[str]) -> Iterator[tuple[str, T]]:
    """Squeezed keys that differ from the keys, with what the keys belong to."""
    for value, key, squeezed in zip(values, keys, squeeze_keys(keys), strict=True):
        if squeezed and squeezed != key:
            yield squeezed, value


def _forms(term: Term) -> Iterator[_Form]:
    """The term with its own signs read as letters and l as i, if that changes it."""
    key = term.key
    for letters in [key] if LEET.isdisjoint(key) else variants(key, lookalikes=False, signs=True):
        if (unified := _unified(letters)) != key:
            yield _Form(term, unified)


def _unified(text: str) -> str:
    return text.replace("l", "i")


def _stands_for(written: str, read: str, wanted: str, letter: str) -> bool:
    """Whether a character of the text, as ``written`` and as ``read``, may be a term's, read as ``letter``."""
    if read == wanted or (wanted != "l" and read == letter):
        return True
    return (wanted == "l" and read == "i" and written in _EITHER) or (wanted in _EITHER and read == "l")


def _squeezes_to(key: str, runs: list[Run], text: str) -> bool:
    """Whether the term is hidden there: not the word itself, and the letters, repeats and cuts that may be."""
    # A phrase written as one word has no sign of disguise of its own. Found only where signs stand near by, a stream
    # would find less than the whole text.
    if text[runs[0].start : runs[-1].end] == key.replace(" ", ""):
        return False
    return bool(squeeze_key(key)) and same_letters(key, runs, text)
