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

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from aigc_text.moderators import lexicon_suspect as suspect
from aigc_text.moderators.lexicon_automaton import Automaton
from aigc_text.moderators.lexicon_fold import term_folding
from aigc_text.moderators.lexicon_open import Openings
from aigc_text.moderators.lexicon_split import split_forms
from aigc_text.moderators.lexicon_suspect import BREAKS, MAX_GAP, SYMBOL, is_cjk, letters
from aigc_text.moderators.lexicon_terms import Term, span_cap
from aigc_text.moderators.lexicon_variants import disguised, variants
from aigc_text.moderators.normalise import Folded

_BLOCK = 1 << 13
"""Characters of short texts searched as one: few calls, and still within the processor's caches."""
_CHECK_EVERY = 4096
"""Characters or hits between two checks of the call's deadline."""
_EQUAL = re.compile(r"([^\W_])\1*")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: ``start`` and ``end`` index the original text, on grapheme boundaries."""

    term: Term
    start: int
    end: int


class _Run(NamedTuple):
    """One character of the squeezed text: a run of ``size`` equal letters of the folded text."""

    start: int
    end: int
    size: int


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
        self._joined = Automaton((j, t) for t in blocked if (j := suspect.joined(t.key)) != t.key)
        self._phrases = Automaton((letters(t.key), t) for t in blocked if not t.key.isalnum())
        self._squeezed = Automaton((key, t) for t in blocked if (key := _squeeze_key(t.key)) and key != t.key)
        # A digit may stand for i or l, and for both in one word: both are read as i, and told apart at the hit.
        self._one_for_l = Automaton(
            (unified, t) for t in blocked if t.key.isascii() and (unified := t.key.replace("l", "i")) != t.key
        )
        # The same for words cut or stretched: keys that levelling changes.
        self._one_for_l_squeezed = Automaton(
            (squeezed, t)
            for t in blocked
            if t.key.isascii()
            and (unified := t.key.replace("l", "i")) != t.key
            and (squeezed := _squeeze_key(unified))
            and squeezed != unified
        )
        self._longest = max((len(t.key) for t in self.terms), default=1)
        self._reach = self.max_match + 1
        """Characters around a sign of disguise that a match which holds it may cover."""

    @cached_property
    def _openings(self) -> Openings:
        automata = (self._plain, self._joined, self._phrases, self._squeezed)
        more = (self._one_for_l, self._one_for_l_squeezed)
        return Openings(pattern for automaton in automata + more for pattern in automaton.patterns)

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
        starts = []
        offset = 1
        for folded in block:
            starts.append(offset)
            offset += len(folded.text) + 1
        joined = suspect.SEPARATOR + suspect.SEPARATOR.join(f.text for f in block) + suspect.SEPARATOR
        hits: dict[int, _Hits] = {}
        for start, end, terms in self._plain.iter(joined, check):
            if _whole(joined, start, end):
                row = bisect_right(starts, start) - 1
                if row not in hits:
                    hits[row] = _Hits(block[row])
                for term in terms:
                    hits[row].add(term, start - starts[row], end - starts[row])
        for row, signs in self._signs(joined, starts, [f.text for f in block], check).items():
            if row not in hits:
                hits[row] = _Hits(block[row])
            self._other_readings(hits[row], signs, check)
        return [hits[row].outermost() if row in hits else [] for row in range(len(block))]

    def _signs(
        self, joined: str, starts: list[int], texts: Sequence[str], check: Callable[[], None]
    ) -> dict[int, _Signs]:
        """Signs of disguise in the texts of a block, by their number; texts without any have no entry."""
        found: dict[int, _Signs] = {}
        for position, flag in suspect.signs_of_disguise(joined, check):
            row = bisect_right(starts, position) - 1
            position -= starts[row]
            signs = found.get(row)
            if flag & suspect.SQUEEZE:
                if signs is not None and signs.covers(position):
                    continue
                if not self._worth_squeezing(texts[row], position, flag):
                    continue
            if signs is None:
                signs = found[row] = _Signs(self._reach)
            signs.add(position, flag)
        return found

    def _worth_squeezing(self, text: str, position: int, flag: int) -> bool:
        """False where no term is cut at ``position``, its gaps and symbols left out."""
        if flag & (suspect.REPEATS | suspect.SPELLED):
            return True
        longest = self._longest
        left = text[max(0, position - self._reach) : position + 1]
        right = text[position + 1 : position + 1 + self._reach]
        before, after = letters(left)[-longest:], letters(right)[:longest]
        if self._phrases.crosses(before + after, len(before)):
            return True
        if flag & suspect.CUT_HAN:
            return self._plain.crosses(before + after, len(before))
        if flag & suspect.SPACING:
            return False
        before, after = suspect.joined(left)[-longest:], suspect.joined(right)[:longest]
        around = before + after
        return self._plain.crosses(around, len(before)) or self._joined.crosses(around, len(before))

    def _other_readings(self, hits: _Hits, signs: _Signs, check: Callable[[], None]) -> None:
        text = hits.folded.text
        for start, end in signs.windows():
            for term, first, last in self._in_squeezed(text, start, end, check):
                hits.add(term, first, last)
        if not signs.readings:
            return
        lookalike, leet = bool(signs.readings & suspect.LOOKALIKE), bool(signs.readings & suspect.LEET)
        for reading in variants(text, lookalike, leet):
            check()
            for start, end, terms in self._plain.iter(reading, check):
                if _whole(reading, start, end) and disguised(text, start, end, reading):
                    for term in terms:
                        hits.add(term, start, end)
            if leet:
                self._read_as_l(hits, reading, check)
            again = self._signs(suspect.SEPARATOR + reading + suspect.SEPARATOR, [1], [reading], check)
            for start, end in again[0].windows() if again else ():
                for term, first, last in self._in_squeezed(reading, start, end, check):
                    if disguised(text, first, last, reading):
                        hits.add(term, first, last)
                if leet:
                    self._read_as_l_squeezed(hits, reading, start, end, check)

    def _read_as_l(self, hits: _Hits, reading: str, check: Callable[[], None]) -> None:
        text = hits.folded.text
        for start, end, terms in self._one_for_l.iter(reading.replace("l", "i"), check):
            if not _whole(reading, start, end):
                continue
            for term in terms:
                # Where the reading differs from the term, the text has a sign that may be either letter.
                right = all(
                    read == wanted or (wanted == "l" and read == "i" and written in "1|!")
                    for written, read, wanted in zip(
                        text[start:end], reading[start:end], term.key, strict=True
                    )
                )
                if right and disguised(text, start, end, reading):
                    hits.add(term, start, end)

    def _read_as_l_squeezed(
        self, hits: _Hits, reading: str, first: int, last: int, check: Callable[[], None]
    ) -> None:
        text = hits.folded.text
        unified = reading.replace("l", "i")
        automata = (self._one_for_l, self._one_for_l_squeezed)
        for term, start, end in self._in_squeezed(unified, first, last, check, automata, "i"):
            # Letters that the text does write are the term's own.
            written = {c for c in text[start:end] if c in "il"}
            if written <= set(term.key) and disguised(text, start, end, reading):
                hits.add(term, start, end)

    def _in_squeezed(
        self,
        text: str,
        first: int,
        last: int,
        check: Callable[[], None],
        automata: Sequence[Automaton[Term]] = (),
        for_l: str = "l",
    ) -> Iterator[tuple[Term, int, int]]:
        """Terms in ``text[first:last]`` with separators dropped and repeats levelled; ``for_l`` stands for an l."""
        squeezed, runs = _squeeze(text, first, last, check)
        for automaton in automata or (self._plain, self._squeezed):
            for opening, closing, terms in _checked(automaton.iter(squeezed, check), check):
                start, end = runs[opening].start, runs[closing - 1].end
                if not _whole(text, start, end):
                    continue
                for term in terms:
                    # A phrase written as one word has no sign of disguise of its own. Found only where signs stand
                    # near by, a stream would find less than the whole text.
                    if (
                        not term.allow
                        and text[start:end] != term.key.replace(" ", "")
                        and _squeeze_key(term.key)
                        and _same_letters(term.key.replace("l", for_l), runs[opening:closing], text)
                    ):
                        yield term, start, end


class _Signs:
    """Where a text shows signs of disguise: ranges to squeeze, and whether to read its letters otherwise."""

    def __init__(self, reach: int) -> None:
        self.readings = 0
        self._reach = reach
        self._spans: list[tuple[int, int]] = []

    def add(self, position: int, flag: int) -> None:
        if not flag & suspect.SQUEEZE:
            self.readings |= flag
        elif not self.covers(position):
            start = position
            if self._spans and 0 <= position - self._spans[-1][1] <= self._reach:
                start = self._spans.pop()[0]
            self._spans.append((start, position))

    def covers(self, position: int) -> bool:
        """Whether the last range holds the position already."""
        return bool(self._spans) and self._spans[-1][0] <= position <= self._spans[-1][1]

    def windows(self) -> list[tuple[int, int]]:
        """Ranges to squeeze, disjoint; they may reach beyond the text."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted(self._spans):
            start, end = max(0, first - self._reach), last + self._reach
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


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


def _squeeze_key(key: str) -> str:
    """Letters and digits of a term with runs levelled; empty if too short to look for in squeezed text."""
    letters = [c for c in key if c.isalnum()]
    levelled = "".join(c for i, c in enumerate(letters) if i == 0 or letters[i - 1] != c or is_cjk(c))
    shortest = 2 if any(is_cjk(c) for c in levelled) else 4 if "'" in key else 3
    return levelled if len(levelled) >= shortest else ""


def _checked(items: Iterable[T], check: Callable[[], None]) -> Iterator[T]:
    for number, item in enumerate(items):
        if number % _CHECK_EVERY == 0:
            check()
        yield item


def _squeeze(text: str, first: int, last: int, check: Callable[[], None]) -> tuple[str, list[_Run]]:
    """Letters and digits of ``text[first:last]`` with runs levelled and separators dropped.

    A line feed stands where no match may cross.
    """
    chars: list[str] = []
    runs: list[_Run] = []
    gap_start = first
    for found in _checked(_EQUAL.finditer(text, first, last), check):
        char = found[1]
        start, end = found.span()
        gap = text[gap_start:start]
        if chars and gap and (len(gap) > MAX_GAP or not BREAKS.isdisjoint(gap)):
            chars.append("\n")
            runs.append(_Run(start, start, 0))
        if is_cjk(char):
            chars += char * (end - start)
            runs += [_Run(index, index + 1, 1) for index in range(start, end)]
        elif chars and chars[-1] == char:
            runs[-1] = _Run(runs[-1].start, end, runs[-1].size + end - start)
        else:
            chars.append(char)
            runs.append(_Run(start, end, end - start))
        gap_start = end
    return "".join(chars), runs


def _same_letters(key: str, runs: list[_Run], text: str) -> bool:
    """Check a hit in squeezed text: run lengths, and cuts in places where the term has none."""
    position = 0
    own_gap = False
    pieces_single = True
    piece = 0
    spelled = False
    for number, run in enumerate(runs):
        if number:
            gap = text[runs[number - 1].end : run.start]
            if gap and not own_gap:
                spelled = spelled or (SYMBOL.fullmatch(gap) is None and not is_cjk(text[run.start]))
                pieces_single = pieces_single and piece <= 1
                piece = 0
            elif own_gap:
                piece = 0
        char = text[run.start]
        wanted = 0
        most = 1 if is_cjk(char) else len(key)
        while position < len(key) and (
            not key[position].isalnum() or (key[position] == char and wanted < most)
        ):
            wanted += key[position] == char
            position += 1
        if run.size != wanted and not (run.size >= 3 and run.size >= wanted):
            return False
        own_gap = position > 0 and position < len(key) and not key[position - 1].isalnum()
        piece += 1
    return pieces_single and piece <= 1 if spelled else True
