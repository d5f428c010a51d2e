"""Finding terms in a text: Aho–Corasick over the folded text, and over a squeezed form of suspicious texts.

Latin terms match whole words only, so that nothing inside another word counts; Chinese terms match anywhere,
and `allow` terms shield the ordinary words that contain them. The squeezed form drops separators (up to
three between two characters) and levels repeats, and every hit in it is then checked against the text:

* a run of letters stands for the term's run if they are equally long, or if it has three or more;
* across blanks, full stops and the like, only a term spelled out letter by letter counts (``z o r k``), so
  that neighbouring words never add up to a term; across other symbols (``zo*rk``) any cut counts.

Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aigc_sdk.errors import MissingDependencyError
from aigc_text.moderators.lexicon_terms import Term, span_cap
from aigc_text.moderators.normalise import Folded, fold

MAX_GAP = 3
"""Most separators in a row that squeezing looks through."""

_SYMBOLS = "*-_~|+=#^·•"
_SYMBOL = re.compile(rf"[{re.escape(_SYMBOLS)}]+")
# A clause ends here: no term reaches across.
_BREAKS = frozenset(",:;!?。、…")
_CJK_START = "\u2e80"
_CHECK_EVERY = 4096
"""Characters or hits between two checks of the call's deadline."""
T = TypeVar("T")


def _is_cjk(char: str) -> bool:
    return char >= _CJK_START


# Shapes. Looking for obfuscation must cost next to nothing on ordinary text, so a text is first mapped to a
# string of character classes, in which a few substrings are then looked for: both at C speed.
_LETTER, _IDEOGRAPH, _MARK, _BLANK, _BREAK = "ah* ;"


def _shape(char: str) -> str:
    if char.isalnum():
        return _IDEOGRAPH if _is_cjk(char) else _LETTER
    if char in _SYMBOLS:
        return _MARK
    return _BREAK if char in _BREAKS else _BLANK


class _Shapes(dict[int, str]):
    def __missing__(self, point: int) -> str:
        value = self[point] = _shape(chr(point))
        return value


class _Joins(dict[int, "str | None"]):
    """Deletes what squeezing looks through between the parts of a word; keeps the rest."""

    def __missing__(self, point: int) -> str | None:
        shape = _shape(chr(point))
        value = self[point] = None if shape == _MARK or (shape == _BLANK and point > 0x7F) else chr(point)
        return value


_TRIPLES = tuple(chr(c) * 3 for c in range(ord("a"), ord("z") + 1))
_SPELLED = tuple(f"a{x}a{y}a" for x in (" ", "  ", "   ") for y in (" ", "  ", "   "))
_CUT = ("a*a", "a**a", "a***a")
_SPACING = ("  ", "\n", "\t")
_CUT_HAN = ("h h", "h  h", "h   h")


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: ``start`` and ``end`` index the original text, on grapheme boundaries."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """One character of the squeezed text: a run of ``count`` equal letters of the folded text."""

    start: int
    end: int
    count: int


class Matcher:
    """Compiled terms. Thread-safe once built.

    Raises:
        MissingDependencyError: If pyahocorasick is not installed.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self.max_match = 1 + max((span_cap(len(t.key)) for t in terms), default=0)
        """Longest match in characters of original text, with the character that a word's end is told by."""
        blocked = [t for t in self.terms if not t.allow]
        self._shapes, self._joins = _Shapes(), _Joins()
        self._plain = _automaton((t.key, t) for t in self.terms)
        self._joined = _automaton((t.key.translate(self._joins), t) for t in blocked)
        self._joined_han = _automaton((_letters(t.key), t) for t in blocked if any(map(_is_cjk, t.key)))
        self._phrases = _automaton((_letters(t.key), t) for t in blocked if not t.key.isalnum())
        self._squeezed = _automaton((key, t) for t in blocked if (key := _squeeze_key(t.key)))

    def find(self, text: str, check: Callable[[], None] = lambda: None) -> list[Match]:
        """Every match, leftmost first; of overlapping ones those that another contains are left out.

        Args:
            text: What is searched.
            check: Called now and then; what it raises ends the search.
        """
        folded = fold(text, check)
        check()
        found: list[Match] = []
        shields: list[tuple[int, int]] = []
        if self._plain is not None:
            for last, terms in _checked(self._plain.iter(folded.text), check):
                for term in terms:
                    start = last + 1 - len(term.key)
                    if _whole(folded.text, start, last + 1):
                        self._add(folded, term, start, last + 1, found, shields)
        if self._squeezed is not None and self._suspect(folded.text):
            for term, start, end in self._in_squeezed(folded.text, check):
                self._add(folded, term, start, end, found, shields)
        if not found:
            return found
        return _outermost(found, shields)

    def _suspect(self, text: str) -> bool:
        """True where the squeezed form may hold a term that the plain one does not; errs towards True."""
        if any(triple in text for triple in _TRIPLES):
            return True
        shape = text.translate(self._shapes) if not text.isascii() else _ascii_shape(text)
        blanked = shape.replace(_MARK, _BLANK)
        if any(s in blanked for s in _SPELLED) and _LONE.search(blanked):
            return True
        if any(s in shape for s in _CUT) and (
            _hits(self._joined, text.translate(self._joins)) or _hits(self._phrases, _letters(text))
        ):
            return True
        if any(s in text for s in _SPACING) and _hits(self._phrases, _letters(text)):
            return True
        return any(s in blanked for s in _CUT_HAN) and _hits(self._joined_han, _letters(text))

    @staticmethod
    def _add(
        folded: Folded, term: Term, start: int, end: int, found: list[Match], shields: list[tuple[int, int]]
    ) -> None:
        first, last = folded.span(start, end)
        if term.allow:
            shields.append((first, last))
        elif last - first <= span_cap(len(term.key)):
            found.append(Match(term, first, last))

    def _in_squeezed(self, text: str, check: Callable[[], None]) -> Iterator[tuple[Term, int, int]]:
        squeezed, runs = _squeeze(text, check)
        for last, terms in _checked(self._squeezed.iter(squeezed), check):
            for term in terms:
                first = last + 1 - len(_squeeze_key(term.key))
                start, end = runs[first].start, runs[last].end
                if _whole(text, start, end) and _same_letters(term.key, runs[first : last + 1], text):
                    yield term, start, end


def _automaton(pairs: Iterator[tuple[str, Term]] | Any) -> Any:
    try:
        import ahocorasick
    except ImportError as error:
        raise MissingDependencyError(
            "The lexicon moderator needs pyahocorasick.", hint="pip install pyahocorasick"
        ) from error
    grouped: dict[str, list[Term]] = {}
    for key, term in pairs:
        grouped.setdefault(key, []).append(term)
    if not grouped:
        return None
    automaton = ahocorasick.Automaton()
    for key, terms in grouped.items():
        automaton.add_word(key, tuple(terms))
    automaton.make_automaton()
    return automaton


def _hits(automaton: Any, text: str) -> bool:
    return automaton is not None and next(automaton.iter(text), None) is not None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


_ASCII_SHAPES = bytes(ord(_shape(chr(c))) if c < 128 else 0 for c in range(256))
_LONE = re.compile(r"(?<!a)a {1,3}a {1,3}a(?!a)")


def _ascii_shape(text: str) -> str:
    return text.encode("ascii").translate(_ASCII_SHAPES).decode("ascii")


def _whole(text: str, start: int, end: int) -> bool:
    """True unless an end that is a letter or digit of an alphabet goes on into a longer word."""
    if start > 0 and _joins(text[start - 1], text[start]):
        return False
    return end >= len(text) or not _joins(text[end - 1], text[end])


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not _is_cjk(left) and not _is_cjk(right)


def _squeeze_key(key: str) -> str:
    """Letters and digits of a term with runs levelled; empty if too short to look for in squeezed text."""
    letters = [c for c in key if c.isalnum()]
    levelled = "".join(c for i, c in enumerate(letters) if i == 0 or letters[i - 1] != c or _is_cjk(c))
    shortest = 2 if any(_is_cjk(c) for c in levelled) else 3
    return levelled if len(levelled) >= shortest else ""


def _checked(items: Iterable[T], check: Callable[[], None]) -> Iterator[T]:
    for number, item in enumerate(items):
        if number % _CHECK_EVERY == 0:
            check()
        yield item


def _squeeze(text: str, check: Callable[[], None]) -> tuple[str, list[_Run]]:
    """Letters and digits with runs levelled and separators dropped; a line feed where no match may cross."""
    chars: list[str] = []
    runs: list[_Run] = []
    gap_start = 0
    for index, char in _checked(enumerate(text), check):
        if not char.isalnum():
            continue
        gap = text[gap_start:index]
        if chars and gap and (len(gap) > MAX_GAP or not _BREAKS.isdisjoint(gap)):
            chars.append("\n")
            runs.append(_Run(index, index, 0))
        if chars and chars[-1] == char and not _is_cjk(char):
            runs[-1] = _Run(runs[-1].start, index + 1, runs[-1].count + 1)
        else:
            chars.append(char)
            runs.append(_Run(index, index + 1, 1))
        gap_start = index + 1
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
                spelled = spelled or (_SYMBOL.fullmatch(gap) is None and not _is_cjk(text[run.start]))
                pieces_single = pieces_single and piece <= 1
                piece = 0
            elif own_gap:
                piece = 0
        char = text[run.start]
        wanted = 0
        most = 1 if _is_cjk(char) else len(key)
        while position < len(key) and (
            not key[position].isalnum() or (key[position] == char and wanted < most)
        ):
            wanted += key[position] == char
            position += 1
        if run.count != wanted and not (run.count >= 3 and run.count >= wanted):
            return False
        own_gap = position > 0 and position < len(key) and not key[position - 1].isalnum()
        piece += 1
    return pieces_single and piece <= 1 if spelled else True


def _outermost(found: list[Match], shields: list[tuple[int, int]]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start, -m.end, -m.term.severity)):
        if any(start <= match.start and match.end <= end for start, end in shields):
            continue
        if kept and match.end <= kept[-1].end and match.term.severity <= kept[-1].term.severity:
            continue
        kept.append(match)
    return kept
