"""The forms: four of regulated verse (近体诗) and twelve tunes of song lyrics (词牌), as tables of tones and rhymes.

Regulated verse after 王力《诗词格律》: four types of line, joined so that the lines of a couplet oppose each other (对)
and couplets are linked (粘). Tunes after 《钦定词谱》(1715) in the readings of 龙榆生《唐宋词格律》; each is its standard
shape (正体). In the tables 平 is a level tone, 仄 an oblique one, 中 either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aigc_sdk.errors import BadInputError
from aigc_text.generators.poem.rhymes import LEVEL, OBLIQUE, BookName, Tone

Kind = Literal["shi", "ci"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form.

    Attributes:
        patterns: Tone patterns that it may have, all of the same length.
        end: The mark after it.
        rhyme: Label of the rhyme it takes part in; lines of a label rhyme with each other. None: it must not.
        repeats: Index of an earlier line that it repeats word for word (叠句).
        echo: It may end with the character of the line before (叠韵).
        stanza_end: True where a stanza (阕) or a couplet ends with it.
    """

    patterns: tuple[str, ...]
    end: str
    rhyme: str | None = None
    repeats: int | None = None
    echo: bool = False
    stanza_end: bool = False

    @property
    def length(self) -> int:
        """Characters, without the mark."""
        return len(self.patterns[0])

    @property
    def last_tone(self) -> Tone:
        """Tone of the last character; of rhymed lines it is never free."""
        return LEVEL if self.patterns[0][-1] == LEVEL else OBLIQUE


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to fill a form: tunes have one, regulated verse has four."""

    name: str
    lines: tuple[Line, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters a line."""
        return tuple(line.length for line in self.lines)

    def layout(self, lines: list[str]) -> str:
        """The lines as a text: marks after each, stanzas (couplets, in regulated verse) on lines of their own."""
        pieces = [
            text + line.end + ("\n" if line.stanza_end else "")
            for text, line in zip(lines, self.lines, strict=True)
        ]
        return "".join(pieces).rstrip("\n")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of verse.

    Attributes:
        name: Its Chinese name, which is its id.
        pinyin: The same in Latin letters, also accepted.
        kind: ``shi`` (regulated verse) or ``ci`` (a tune).
        schemes: Ways to fill it.
        book: The rhyme book that its tradition uses.
    """

    name: str
    pinyin: str
    kind: Kind
    schemes: tuple[Scheme, ...]
    book: BookName

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters a line."""
        return self.schemes[0].lengths


# ---- regulated verse -----------------------------------------------------------------------------------

# The four types of a line of five: opening in its second character, and whether it ends level. 平平仄平仄 is the common
# exchange in the third type; 仄平平仄平 saves the fourth from a lone level tone (孤平).
_FIVE: dict[str, tuple[str, ...]] = {
    "仄起仄收": ("中仄平平仄",),
    "仄起平收": ("中仄仄平平",),
    "平起仄收": ("中平平仄仄", "平平仄平仄"),
    "平起平收": ("平平中仄平", "仄平平仄平"),
}


def _line_type(opening: Tone, level_end: bool, syllables: int) -> tuple[str, ...]:
    if syllables == 5:
        return _FIVE[f"{opening}起{LEVEL if level_end else OBLIQUE}收"]
    # Seven are five with two of the other tone before them, the first of which is free.
    inner = OBLIQUE if opening == LEVEL else LEVEL
    return tuple(f"中{opening}{tail}" for tail in _line_type(inner, level_end, 5))


def _regulated(opening: Tone, rhymed_first: bool, syllables: int, count: int) -> Scheme:
    lines = []
    tone = opening
    for index in range(count):
        rhymed = index % 2 == 1 or (index == 0 and rhymed_first)
        lines.append(
            Line(
                patterns=_line_type(tone, rhymed, syllables),
                end="。" if index % 2 else "，",
                rhyme="A" if rhymed else None,
                stanza_end=index % 2 == 1,
            )
        )
        if index % 2 == 0:  # the couplet's lines oppose each other; the next couplet links to this one
            tone = OBLIQUE if tone == LEVEL else LEVEL
    name = f"{opening}起首句{'入韵' if rhymed_first else '不入韵'}"
    return Scheme(name, tuple(lines))


def _verse(name: str, pinyin: str, syllables: int, count: int) -> Form:
    schemes = tuple(
        _regulated(opening, rhymed, syllables, count)
        for opening in (OBLIQUE, LEVEL)
        for rhymed in (False, True)
    )
    return Form(name, pinyin, "shi", schemes, "pingshui")


# ---- tunes ---------------------------------------------------------------------------------------------

# A letter after a line is its rhyme: lines of one letter rhyme. ＝N: the line repeats line N; ＋: it may end with the
# character that the line before ends with. A stroke ends a stanza.
_TUNES: tuple[tuple[str, str, str], ...] = (
    ("十六字令", "shiliuziling", "平A。中仄平平仄仄平A。平平仄，中仄仄平平A。"),
    ("忆江南", "yijiangnan", "平中仄，中仄仄平平A。中仄中平平仄仄，中平中仄仄平平A。中仄仄平平A。"),
    ("渔歌子", "yugezi", "中仄平平中仄平A，中平中仄仄平平A。平仄仄，仄平平A，中平中仄仄平平A。"),
    (
        "如梦令",
        "rumengling",
        "中仄中平中仄A，中仄中平中仄A。中仄仄平平，中仄中平中仄A。平仄A，平仄A＝5，中仄中平中仄A。",
    ),
    (
        "长相思",
        "changxiangsi",
        "中中平A，中中平A＋，中仄平平中仄平A。中平中仄平A。／中中平A，中中平A＋，中仄平平中仄平A。中平中仄平A。",
    ),
    (
        "浣溪沙",
        "huanxisha",
        "中仄中平中仄平A，中平中仄仄平平A。中平中仄仄平平A。／"
        "中仄中平平仄仄，中平中仄仄平平A。中平中仄仄平平A。",
    ),
    (
        "菩萨蛮",
        "pusaman",
        "中平中仄平平仄A，中平中仄平平仄A。中仄仄平平B，中平中仄平B。／"
        "中平平仄仄C，中仄平平仄C。中仄仄平平D，中平中仄平D。",
    ),
    (
        "卜算子",
        "busuanzi",
        "中仄仄平平，中仄平平仄A。中仄平平中仄平，中仄平平仄A。／"
        "中仄仄平平，中仄平平仄A。中仄平平中仄平，中仄平平仄A。",
    ),
    (
        "采桑子",
        "caisangzi",
        "中平中仄平平仄，中仄平平A。中仄平平A，中仄平平中仄平A。／"
        "中平中仄平平仄，中仄平平A。中仄平平A，中仄平平中仄平A。",
    ),
    (
        "清平乐",
        "qingpingyue",
        "中平中仄A，中仄平平仄A。中仄中平平仄仄A，中仄中平中仄A。／"
        "中平中仄平平B，中平中仄平平B。中仄中平中仄，中平中仄平平B。",
    ),
    (
        "西江月",
        "xijiangyue",
        "中仄中平中仄，中平中仄平平A。中平中仄仄平平A，中仄中平中仄A。／"
        "中仄中平中仄，中平中仄平平A。中平中仄仄平平A，中仄中平中仄A。",
    ),
    (
        "鹧鸪天",
        "zhegutian",
        "中仄平平中仄平A，中平中仄仄平平A。中平中仄平平仄，中仄平平中仄平A。／"
        "平仄仄，仄平平A，中平中仄仄平平A。中平中仄平平仄，中仄平平中仄平A。",
    ),
)
_LINE = re.compile(
    r"(?P<pattern>[平仄中]+)(?P<rhyme>[A-D])?(?P<echo>＋)?(?:＝(?P<repeats>\d+))?(?P<end>[，。])(?P<stanza>／)?"
)


def parse_tune(table: str) -> tuple[Line, ...]:
    """The lines of a tune's table, see `_TUNES`.

    Raises:
        ValueError: The table is malformed.
    """
    lines: list[Line] = []
    end = 0
    for found in _LINE.finditer(table):
        if found.start() != end:
            break
        end = found.end()
        repeats = found["repeats"]
        lines.append(
            Line(
                patterns=(found["pattern"],),
                end=found["end"],
                rhyme=found["rhyme"],
                repeats=None if repeats is None else int(repeats) - 1,
                echo=found["echo"] is not None,
                stanza_end=found["stanza"] is not None or end == len(table),
            )
        )
    if end != len(table) or not lines:
        raise ValueError(f"malformed table of tones at character {end}: {table[end : end + 12]!r}")
    return tuple(lines)


# ---- all forms -----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """All forms by name."""
    verse = (
        _verse("五绝", "wujue", 5, 4),
        _verse("七绝", "qijue", 7, 4),
        _verse("五律", "wulv", 5, 8),
        _verse("七律", "qilv", 7, 8),
    )
    tunes = (
        Form(name, pinyin, "ci", (Scheme(name, parse_tune(table)),), "cilin")
        for name, pinyin, table in _TUNES
    )
    return {form.name: form for form in (*verse, *tunes)}


def form_named(name: str) -> Form:
    """The form of that Chinese name or pinyin.

    Raises:
        BadInputError: There is none; the hint lists them.
    """
    known = forms()
    if name in known:
        return known[name]
    plain = re.sub(r"[\W_]+", "", name.lower())
    for form in known.values():
        if plain and plain == form.pinyin:
            return form
    listing = ", ".join(f"{form.name} ({form.pinyin})" for form in known.values())
    raise BadInputError(f"No form is called {name[:40]!r}.", hint=f"There are: {listing}.")
