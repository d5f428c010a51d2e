"""A text as a row of units that can be changed one by one, some of them out of bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from aigc_text.correction.protected import Protected
from aigc_text.facts.names import names
from aigc_text.facts.normalise import tokens
from aigc_text.generators.augment import synonyms
from aigc_text.generators.augment.segment_zh import known_words
from aigc_text.languages import HAN

_PLACEHOLDER: Final = re.compile(
    r"\{[^{}\n]{0,64}\}|\[[^\[\]\n]{1,64}\]|%(?:\(\w{1,64}\))?[sdif]|\$\{?\w{1,64}\}?|<[^<>\n]{1,64}>"
)
_DIGITS: Final = re.compile(r"(?a:[A-Za-z]*\d(?:[\w.,:/-]*\w)?%?)")
_KINDS: Final = ("quantity", "date", "clock", "phone", "url", "email", "code")
_TITLE_ZH: Final = re.compile(r"《[^》\n]{1,64}》")
_PLACE_ZH: Final = re.compile(rf"[{HAN}]{{2,3}}(?:省|市|县|区|镇|路|街|大学|银行|公司)(?![{HAN}]?长)")
_CAPITAL: Final = re.compile(r"[A-Z][\w'’-]*")
_WORD: Final = re.compile(rf"(?:(?![{HAN}])[^\W\d_])+(?:['’-](?:(?![{HAN}])[^\W\d_])+)*|[{HAN}]+")
_IS_HAN: Final = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text.

    Attributes:
        text: As written.
        word: It is a word (in Chinese: a known word or a single character), no blank or mark.
        fixed: It must stay as it is.
        origin: Where it began in the source; -1 for what was put in.
    """

    text: str
    word: bool = False
    fixed: bool = False
    origin: int = -1

    def become(self, text: str) -> Unit:
        """The same unit with other text."""
        return replace(self, text=text)

    @property
    def free(self) -> bool:
        """A word that may be changed."""
        return self.word and not self.fixed


def protected_spans(text: str, language: str, terms: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where a text must not be changed, ascending and joined: (start, end).

    Numbers with their units, addresses, code, placeholders, names of people and what looks like a name, titles and places by
    their marks (Chinese), and ``terms`` wherever they stand, case aside.
    """
    from aigc_text.moderators.names.han import find_han_names
    from aigc_text.moderators.names.latin import find_latin_names
    from aigc_text.moderators.names.table import May, name_key, name_table

    spans = [(t.start, t.end) for t in tokens(text) if t.kind in _KINDS]
    spans += [m.span() for pattern in (_PLACEHOLDER, _DIGITS, _TITLE_ZH) for m in pattern.finditer(text)]
    spans += [(start, end) for _, start, end in names(text, language)]
    table = name_table()
    spans += find_latin_names(text, table)
    if language == "zh":
        spans += find_han_names(text, table)
        spans += [m.span() for m in _PLACE_ZH.finditer(text)]
    formal = Protected(text)
    for match in _CAPITAL.finditer(text):
        word = match.group()
        if word in ("I", "A"):
            continue
        # At the head of a sentence a capital says nothing: there it is a name unless the word is an ordinary one.
        if (len(word) > 1 and word.isupper()) or not table.get(name_key(word.split("'")[0]), 0) & May.WORD:
            spans.append(match.span())
    spans += [m.span() for m in _WORD.finditer(text) if formal.covers(*m.span())]
    folded = text.lower()
    if len(folded) == len(text):
        for term in filter(None, (term.lower().strip() for term in terms)):
            at = folded.find(term)
            while at >= 0:
                spans.append((at, at + len(term)))
                at = folded.find(term, at + len(term))
    return _joined(spans)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif end > start:
            joined.append((start, end))
    return joined


def split(text: str, language: str, terms: Iterable[str] = ()) -> list[Unit]:
    """The units of a text; joined they are the text."""
    units: list[Unit] = []
    at = 0
    for start, end in protected_spans(text, language, terms):
        units += _free_units(text, at, start)
        units.append(Unit(text[start:end], word=True, fixed=True, origin=start))
        at = end
    return units + _free_units(text, at, len(text))


def _free_units(text: str, start: int, end: int) -> list[Unit]:
    units: list[Unit] = []
    at = start
    for match in _WORD.finditer(text, start, end):
        if match.start() > at:
            units.append(Unit(text[at : match.start()], origin=at))
        if _IS_HAN.match(match.group()):
            units += _han_units(match.group(), match.start())
        else:
            units.append(Unit(match.group(), word=True, origin=match.start()))
        at = match.end()
    if end > at:
        units.append(Unit(text[at:end], origin=at))
    return units


def _han_units(run: str, offset: int) -> list[Unit]:
    lexicon = synonyms.chinese()
    units: list[Unit] = []
    at = 0
    for start, end in [*known_words(run, lexicon.words, lexicon.longest), (len(run), len(run))]:
        units += [Unit(run[i], word=True, origin=offset + i) for i in range(at, start)]
        if end > start:
            units.append(Unit(run[start:end], word=True, origin=offset + start))
        at = end
    return units


def join(units: Iterable[Unit]) -> str:
    """The text of units."""
    return "".join(unit.text for unit in units)


def moved_spans(units: Sequence[Unit]) -> list[tuple[int, int, int, int]]:
    """Where the fixed units were and are: (start, end, new start, new end)."""
    spans = []
    at = 0
    for unit in units:
        size = len(unit.text)
        if unit.fixed and unit.origin >= 0:
            spans.append((unit.origin, unit.origin + size, at, at + size))
        at += size
    return spans
