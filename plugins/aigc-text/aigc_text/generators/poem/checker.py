"""Checks whether a text keeps a form, and names every position that does not.

It shares no code with the decoder's automaton. For regulated verse it reads no table of patterns either: it applies
the rules themselves. In every line the second, fourth and sixth characters alternate; the lines of a couplet oppose
each other (对), couplets are linked (粘); even lines, and the first where it takes part, end level and rhyme in one
group, the others end oblique; there is no lone level tone (孤平) and no three level tones at the end (三平尾). The first, third and
fifth characters are free beyond that. 平平仄平仄 may stand for 平平平仄仄.

A character with several readings keeps a rule if one of them does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aigc_text.generators.poem.forms import Form, Line, forms
from aigc_text.generators.poem.rhymes import LEVEL, OBLIQUE, RhymeBook, Tone
from aigc_text.languages import HAN

_BREAK = re.compile(r"[\s，。！？；：、,.!?;:「」『』“”\"…—]+")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place that breaks the form.

    Attributes:
        line: Index of the line, from 0; None where the text as a whole is meant.
        position: Index within the line, from 0; None where the line as a whole is meant.
        code: ``line-count``, ``line-length``, ``tone``, ``rhyme``, ``rhyme-repeated``, ``lone-level`` (孤平),
            ``three-level`` (三平尾), ``repeat`` (叠句) or ``unknown`` (the book lacks the character).
        en: What is wrong, in English.
        zh: The same in Chinese.
    """

    line: int | None
    position: int | None
    code: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class FormReport:
    """What a text was checked against and what was found.

    Attributes:
        form: The form.
        scheme: Of its schemes the one that the text comes nearest to.
        lines: The lines read.
        violations: In order of place; empty means that the form is kept.
        checked: Requirements that were checked.
    """

    form: Form
    scheme: str
    lines: tuple[str, ...]
    violations: tuple[Violation, ...]
    checked: int

    @property
    def kept(self) -> bool:
        """True where nothing breaks the form."""
        return not self.violations


def verse_lines(text: str) -> list[str]:
    """The lines of a text: what stands between marks."""
    return [line for line in _BREAK.split(text) if line]


def detect_form(text: str) -> Form | None:
    """The form whose lines are as long as those of the text, if there is one."""
    lengths = tuple(len(line) for line in verse_lines(text))
    return next((form for form in forms().values() if form.lengths == lengths), None)


def check_form(text: str, form: Form, book: RhymeBook) -> FormReport:
    """Check a text; of a form's schemes the one that it breaks least counts."""
    lines = verse_lines(text)
    shape = _shape(lines, form)
    if shape:
        return FormReport(form, "", tuple(lines), tuple(shape), len(form.lengths))
    reports = [_Check(lines, form, name, book).report(rules) for name, rules in _readings(form)]
    return min(reports, key=lambda report: len(report.violations))


def _shape(lines: Sequence[str], form: Form) -> list[Violation]:
    wanted = form.lengths
    if len(lines) != len(wanted):
        en = f"{form.name} has {len(wanted)} lines, the text has {len(lines)}."
        return [
            Violation(None, None, "line-count", en, f"{form.name}应有{len(wanted)}句，此文有{len(lines)}句。")
        ]
    found = []
    for index, (line, length) in enumerate(zip(lines, wanted, strict=True)):
        if len(line) != length or not all(_HAN.fullmatch(character) for character in line):
            en = f"Line {index + 1} must be {length} Chinese characters."
            found.append(Violation(index, None, "line-length", en, f"第{index + 1}句应为{length}个汉字。"))
    return found


def _readings(form: Form) -> list[tuple[str, tuple[Tone, bool] | None]]:
    if form.kind == "ci":
        return [(form.schemes[0].name, None)]
    return [
        (f"{opening}起首句{'入韵' if rhymed else '不入韵'}", (opening, rhymed))
        for opening in (OBLIQUE, LEVEL)
        for rhymed in (False, True)
    ]


class _Check:
    """One pass over a text of the right shape."""

    def __init__(self, lines: Sequence[str], form: Form, scheme: str, book: RhymeBook) -> None:
        self._lines, self._form, self._scheme, self._book = tuple(lines), form, scheme, book
        self._found: list[Violation] = []
        self._checked = len(lines)

    def report(self, rules: tuple[Tone, bool] | None) -> FormReport:
        if rules is None:
            self._tune(self._form.schemes[0].lines)
        else:
            self._regulated(*rules)
        order = sorted(self._found, key=lambda v: (v.line or 0, -1 if v.position is None else v.position))
        return FormReport(self._form, self._scheme, self._lines, tuple(order), self._checked)

    # ---- regulated verse -------------------------------------------------------------------------------

    def _regulated(self, opening: Tone, rhymed_first: bool) -> None:
        second: Tone = opening
        chain: list[int] = []
        for index, line in enumerate(self._lines):
            rhymed = index % 2 == 1 or (index == 0 and rhymed_first)
            if rhymed:
                chain.append(index)
            self._alternates(index, line, second, rhymed)
            self._want(index, len(line) - 1, LEVEL if rhymed else OBLIQUE)
            self._endings(index, line[-5:], rhymed)
            if index % 2 == 0:
                second = _other(second)
        self._rhyme([(index, LEVEL) for index in chain])

    def _alternates(self, index: int, line: str, second: Tone, rhymed: bool) -> None:
        tone = second
        places = range(1, len(line) - 1, 2)
        exchanged = not rhymed and self._exchanged(line[-5:])
        for place in places:
            # In 平平仄平仄 the last of these places is level, as the one before it is.
            if exchanged and place == places[-1] and tone == OBLIQUE:
                self._checked += 1
            else:
                self._want(index, place, tone)
            tone = _other(tone)

    def _exchanged(self, tail: str) -> bool:
        return all(self._can(c, want) for c, want in zip(tail, "平平仄平仄", strict=True))  # type: ignore[arg-type]

    def _endings(self, index: int, tail: str, rhymed: bool) -> None:
        self._checked += 2
        offset = len(self._lines[index]) - 5
        if all(not self._can(character, OBLIQUE) for character in tail[-3:]):
            en = f"Line {index + 1} ends with three level tones ({tail[-3:]})."
            zh = f"第{index + 1}句末三字“{tail[-3:]}”皆平（三平尾）。"
            self._found.append(Violation(index, offset + 2, "three-level", en, zh))
        second_level = self._can(tail[1], LEVEL) and not self._can(tail[3], LEVEL)
        if rhymed and second_level and not self._can(tail[0], LEVEL) and not self._can(tail[2], LEVEL):
            en = f"In line {index + 1} {tail[1]} is the only level tone beside the rhyme."
            zh = f"第{index + 1}句除韵脚外只有“{tail[1]}”为平声（犯孤平）。"
            self._found.append(Violation(index, offset + 1, "lone-level", en, zh))

    # ---- tunes -----------------------------------------------------------------------------------------

    def _tune(self, table: Sequence[Line]) -> None:
        chains: dict[str, list[tuple[int, Tone]]] = {}
        for index, (text, line) in enumerate(zip(self._lines, table, strict=True)):
            for place, want in enumerate(line.patterns[0]):
                if want != "中":
                    self._want(index, place, LEVEL if want == LEVEL else OBLIQUE)
            if line.repeats is not None:
                self._checked += 1
                if text != self._lines[line.repeats]:
                    en = f"Line {index + 1} must repeat line {line.repeats + 1}."
                    zh = f"第{index + 1}句应叠第{line.repeats + 1}句。"
                    self._found.append(Violation(index, None, "repeat", en, zh))
            elif line.rhyme is not None:
                chains.setdefault(line.rhyme, []).append((index, line.last_tone))
        echoes = frozenset(index for index, line in enumerate(table) if line.echo)
        for chain in chains.values():
            self._rhyme(chain, echoes)

    # ---- both ------------------------------------------------------------------------------------------

    def _can(self, character: str, tone: Tone) -> bool:
        return tone in self._book.tones(character)

    def _want(self, index: int, place: int, tone: Tone) -> None:
        self._checked += 1
        character = self._lines[index][place]
        if self._can(character, tone):
            return
        where_en, where_zh = f"line {index + 1}, character {place + 1}", f"第{index + 1}句第{place + 1}字"
        if character not in self._book:
            en = f"The rhyme book has no {character} ({where_en})."
            self._found.append(Violation(index, place, "unknown", en, f"韵书未收{where_zh}“{character}”。"))
            return
        name = "level" if tone == LEVEL else "oblique"
        en = f"{character} ({where_en}) must be {name} ({tone})."
        self._found.append(Violation(index, place, "tone", en, f"{where_zh}“{character}”应为{tone}声。"))

    def _rhyme(self, chain: Sequence[tuple[int, Tone]], echoes: frozenset[int] = frozenset()) -> None:
        """The ends of these lines share a rhyme class; where they do not, the class of most of them counts."""
        ends = {index: self._lines[index][-1] for index, _ in chain}
        classes = {index: self._book.rhymes(ends[index], tone) for index, tone in chain}
        count = Counter(name for names in classes.values() for name in sorted(names))
        best = count.most_common(1)[0][0] if count else ""
        seen: dict[str, int] = {}
        for index, _ in chain:
            self._checked += 2
            place, character = len(self._lines[index]) - 1, ends[index]
            if classes[index] and best not in classes[index]:
                en = f"{character} at the end of line {index + 1} does not rhyme in {best}."
                zh = f"第{index + 1}句韵脚“{character}”不在{best}韵。"
                self._found.append(Violation(index, place, "rhyme", en, zh))
            if character in seen and not (index in echoes and seen[character] == index - 1):
                en = (
                    f"Lines {seen[character] + 1} and {index + 1} rhyme with the same character, {character}."
                )
                zh = f"第{seen[character] + 1}句与第{index + 1}句韵脚重复“{character}”。"
                self._found.append(Violation(index, place, "rhyme-repeated", en, zh))
            seen.setdefault(character, index)


def _other(tone: Tone) -> Tone:
    return OBLIQUE if tone == LEVEL else LEVEL
