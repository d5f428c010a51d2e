"""Training poems: read, made simplified, kept where they obey a form.

A folder is read with all its subfolders: every ``.json`` and ``.jsonl`` file, each maybe gzipped, in the shape of the
chinese-poetry collection (``paragraphs``: a list of texts; ``title`` or ``rhythmic``, the tune). What has another
shape is passed over.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from aigc_sdk.errors import BadInputError, MissingDependencyError
from aigc_text.generators.poem.checker import check_form, detect_form, verse_lines
from aigc_text.generators.poem.forms import Form, forms
from aigc_text.generators.poem.prompt import chain_tone, poem_rhyme, rhyme_token
from aigc_text.generators.poem.rhymes import rhyme_book
from aigc_text.languages import HAN

_HAN_ONLY = re.compile(f"[{HAN}]+")
_MARKED = re.compile(r"([^，。！？；：、]+)([，。！？；：、])")
_OTHER_NAMES = {
    "望江南": "忆江南", "江南好": "忆江南", "苍梧谣": "十六字令", "归字谣": "十六字令", "渔父": "渔歌子", "丑奴儿": "采桑子",
    "浣沙溪": "浣溪沙", "思佳客": "鹧鸪天", "双红豆": "长相思", "忆仙姿": "如梦令", "子夜歌": "菩萨蛮",
}  # fmt: skip
"""Other names of the tunes that are forms here."""
_LONGEST_TUNE = 66
"""Characters of the longest tune of other forms that is read: longer ones cost more than they teach."""
# Forms of characters that the conversion to simplified ones leaves; each pair reads: found, meant.
_VARIANTS = str.maketrans(
    "疎劒猨慙簷徧鬬覩堦幷蘂暎飜臯鏁妬秪趂隣懽竝牋粧棃廻碁舃緜厓飡悮檝於珮乾斾顦顇",
    "疏剑猿惭檐遍斗睹阶并蕊映翻皋锁妒只趁邻欢并笺妆梨回棋舄绵崖餐误楫于佩干旆憔悴",
)


@dataclass(frozen=True)
class Poem:
    """One training poem.

    Attributes:
        form: Its form; None for tunes of other forms.
        rhyme: Token of its rhyme, or None where it has several.
        title: Its title in Chinese characters alone; empty for tunes.
        lines: Its lines, without marks.
        text: Its lines with marks, on one line.
    """

    form: Form | None
    rhyme: str | None
    title: str
    lines: tuple[str, ...]
    text: str


@dataclass
class Collection:
    """What was read.

    Attributes:
        poems: The poems to learn from.
        read: Poems found.
        shaped: By form, poems whose lines are as long as the form's.
        kept: By form, those of them that keep it.
        others: Tunes of other forms.
    """

    poems: list[Poem] = field(default_factory=list)
    read: int = 0
    shaped: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    others: int = 0


def read_collection(folder: Path) -> Collection:
    """Read all poems under `folder`.

    Raises:
        BadInputError: There is no poem that keeps a form, or a file cannot be read.
        MissingDependencyError: OpenCC is not installed.
    """
    try:
        from opencc import OpenCC  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingDependencyError(
            "Reading poems needs opencc-python-reimplemented.",
            hint="Install aigc-sdk-text with its extra [train].",
        ) from error
    simplify = OpenCC("t2s").convert
    collection = Collection()
    seen: set[str] = set()
    for row in _rows(folder):
        texts, tune = row["paragraphs"], row.get("rhythmic")
        if not texts or not all(isinstance(text, str) for text in texts):
            continue
        collection.read += 1
        text = _tidy(simplify("".join(texts)))
        if text is None or text in seen:
            continue
        seen.add(text)
        name = simplify(tune).split("・")[0].split("·")[0].strip() if isinstance(tune, str) else None
        title = row.get("title")
        poem = _poem(text, name, simplify(title) if isinstance(title, str) else "", collection)
        if poem is not None:
            collection.poems.append(poem)
    if not collection.kept:
        raise BadInputError(
            f"{folder.name} holds no poem that keeps one of the forms ({collection.read} read).",
            hint='Give a folder of JSON files with "paragraphs", as the chinese-poetry collection has them.',
        )
    return collection


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    names = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    for path in names:
        plain = path.name.removesuffix(".gz")
        if not plain.endswith((".json", ".jsonl")):
            continue
        try:
            raw = path.read_bytes()
            text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
            rows = (
                [json.loads(line) for line in text.splitlines() if line.strip()]
                if plain.endswith(".jsonl")
                else json.loads(text)
            )
        except (OSError, EOFError, ValueError) as error:
            raise BadInputError(f"{path.name} cannot be read: {error}") from error
        if isinstance(rows, list):
            yield from (r for r in rows if isinstance(r, dict) and isinstance(r.get("paragraphs"), list))


def _tidy(text: str) -> str | None:
    """Lines and marks alone, two kinds of marks; None where there is anything else (notes, gaps, Latin)."""
    text = re.sub(r"\s+", "", text).translate(_VARIANTS)
    if not text or text[-1] not in "，。！？；：、":
        text += "。"
    pieces = _MARKED.findall(text)
    if "".join(line + mark for line, mark in pieces) != text:
        return None
    if not all(_HAN_ONLY.fullmatch(line) for line, _ in pieces):
        return None
    return "".join(line + ("。" if mark in "。！？" else "，") for line, mark in pieces)


def _poem(text: str, tune: str | None, title: str, collection: Collection) -> Poem | None:
    lines = tuple(verse_lines(text))
    form = detect_form(text)
    if tune is not None:
        form = forms().get(_OTHER_NAMES.get(tune, tune))
        if form is None or form.kind != "ci" or form.lengths != tuple(map(len, lines)):
            collection.others += sum(map(len, lines)) <= _LONGEST_TUNE
            return Poem(None, None, "", lines, text) if sum(map(len, lines)) <= _LONGEST_TUNE else None
    elif form is None or form.kind == "ci":
        return None
    collection.shaped[form.name] += 1
    book = rhyme_book(form.book)
    report = check_form(text, form, book)
    if not report.kept:
        return None
    collection.kept[form.name] += 1
    scheme = next(scheme for scheme in form.schemes if scheme.name == report.scheme)
    ends = [line[-1] for line, shape in zip(lines, scheme.lines, strict=True) if shape.rhyme is not None]
    rhyme, tone = poem_rhyme(form, ends, book), chain_tone(form)
    token = None if rhyme is None or tone is None else rhyme_token(tone, rhyme)
    marked = scheme.layout(list(lines)).replace("\n", "")
    return Poem(form, token, "".join(_HAN_ONLY.findall(title)), lines, marked)


def theme_of(poem: Poem, rng: np.random.Generator) -> str:
    """What a reader might have asked for to get this poem: its title, words out of it, both, or nothing."""
    draw = rng.random()
    words = "".join(_words(poem, rng))
    if draw < 0.15:
        return ""
    if poem.title and draw < 0.5:
        return poem.title
    return (poem.title[:4] if poem.title and draw < 0.65 else "") + words


def _words(poem: Poem, rng: np.random.Generator) -> list[str]:
    """One to three pairs of characters from the beats of the poem's lines."""
    pairs = [line[start : start + 2] for line in poem.lines for start in range(0, len(line) - 2, 2)]
    if not pairs:
        return []
    count = min(len(pairs), int(rng.integers(1, 4)))
    return [pairs[int(index)] for index in rng.permutation(len(pairs))[:count]]


def vocabulary_of(poems: Iterable[Poem], least: int) -> list[str]:
    """Characters that occur at least `least` times in the texts, most frequent first."""
    counts: Counter[str] = Counter()
    for poem in poems:
        counts.update("".join(poem.lines))
    return [c for c, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]
