"""Easy data augmentation: synonyms, insertion, swap, deletion.

Wei and Zou, "EDA: Easy Data Augmentation Techniques for Boosting Performance on Text Classification Tasks", EMNLP 2019. Two things are stricter than in the paper, for the label's sake: protected units never change, and words that negate are neither
deleted nor moved. In Chinese only known words and particles are deleted or moved, since a character by itself may be half a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aigc_text.generators.augment.inflection import indefinite_article
from aigc_text.generators.augment.units import Unit

if TYPE_CHECKING:
    import numpy as np

    from aigc_text.generators.augment.synonyms import Lexicon

_NEGATES_EN: Final = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "neither",
        "nor",
        "without",
        "hardly",
        "barely",
        "scarcely",
        "cannot",
        "seldom",
        "rarely",
        "unless",
        "except",
    ]
)
_NEGATES_ZH: Final = frozenset("不没无非未别莫勿否")
_PARTICLES_ZH: Final = frozenset("的了呢吗吧啊呀就都也还很太真又才挺着过")
_KEPT_BEFORE: Final = 4


def synonyms(
    units: Sequence[Unit], share: float, lexicon: Lexicon, rng: np.random.Generator
) -> list[Unit] | None:
    """Put other words for some; None where no word has any."""
    options = _options(units, lexicon)
    if not options:
        return None
    changed = list(units)
    for index in _picked(sorted(options), share, len(_free(units)), rng):
        word = units[index].text
        changed[index] = units[index].become(cased(_one(options[index], rng), word))
    return with_articles(units, changed)


def insert(
    units: Sequence[Unit], share: float, lexicon: Lexicon, rng: np.random.Generator
) -> list[Unit] | None:
    """Put synonyms of some words somewhere else; None where no word has any."""
    options = _options(units, lexicon)
    if not options:
        return None
    changed = list(units)
    sources = sorted(options)
    for index in _picked(sources, share, len(_free(units)), rng):
        word = _one(options[index], rng)
        # In front of a free word that does not open the text, so that its capital stays right; in Chinese in front of a known
        # word, since a character may be the second half of an unknown one.
        places = [
            i for i, u in enumerate(changed) if u.free and i > 0 and (u.text.isascii() or len(u.text) > 1)
        ]
        if not places:
            return None
        at = places[int(rng.integers(len(places)))]
        spaced = [Unit(word, word=True), Unit(" ")] if word.isascii() else [Unit(word, word=True)]
        changed[at:at] = spaced
    return with_articles(units, changed)


def swap(units: Sequence[Unit], share: float, language: str, rng: np.random.Generator) -> list[Unit] | None:
    """Exchange words; None where there are not two different ones."""
    places = [i for i in _free(units) if _movable(units[i], language)]
    changed = list(units)
    for _ in range(_count(share, len(places))):
        if len(places) < 2:
            return None
        first, second = (int(i) for i in rng.choice(places, size=2, replace=False))
        one, other = changed[first].text, changed[second].text
        changed[first] = changed[first].become(cased(other, one) if first else cased(other, units[0].text))
        changed[second] = changed[second].become(cased(one, other))
    return None if all(a.text == b.text for a, b in zip(units, changed, strict=True)) else changed


def delete(units: Sequence[Unit], share: float, language: str, rng: np.random.Generator) -> list[Unit] | None:
    """Leave out words; None where too few would remain."""
    places = [i for i in _free(units) if _movable(units[i], language)]
    words = sum(unit.word for unit in units)
    if not places or words < 3:
        return None
    gone = set(_picked(places, share, min(len(places), words - 2), rng))
    dropped = set(gone)
    for index in gone:
        behind, front = index + 1, index - 1
        if behind < len(units) and units[behind].text.isspace():
            dropped.add(behind)
        elif front >= 0 and units[front].text.isspace():
            dropped.add(front)
    changed = [unit for i, unit in enumerate(units) if i not in dropped]
    if 0 in gone and changed and changed[0].free:
        changed[0] = changed[0].become(cased(changed[0].text, units[0].text))
    return with_articles(units, changed)


def cased(word: str, like: str) -> str:
    """``word`` with the capitals of ``like``: all of them, the first one, or its own."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    if like[:1].isupper():
        return word[:1].upper() + word[1:]
    # A capital that only stood for the head of a sentence goes; the pronoun I keeps its own.
    return word if word == "I" or not word[1:].islower() else word[:1].lower() + word[1:]


def with_articles(before: Sequence[Unit], after: list[Unit]) -> list[Unit]:
    """*a* and *an* put right where the word behind them is another one now."""
    followed = {unit.origin: following for unit, following in _articles(before)}
    made = list(after)
    for index, unit in enumerate(after):
        if unit.origin in followed and unit.free:
            following = _following(after, index)
            if following and following != followed[unit.origin]:
                made[index] = unit.become(cased(indefinite_article(following), unit.text))
    return made


def _articles(units: Sequence[Unit]) -> list[tuple[Unit, str]]:
    return [
        (u, _following(units, i)) for i, u in enumerate(units) if u.free and u.text.lower() in ("a", "an")
    ]


def _following(units: Sequence[Unit], index: int) -> str:
    rest = units[index + 1 : index + 3]
    return rest[1].text if len(rest) == 2 and rest[0].text.isspace() and rest[1].word else ""


def _free(units: Sequence[Unit]) -> list[int]:
    return [i for i, unit in enumerate(units) if unit.free]


def negates(text: str) -> bool:
    """True for a word that turns the meaning of its sentence around."""
    word = text.lower().replace("’", "'")
    return word in _NEGATES_EN or word.endswith("n't") or bool(_NEGATES_ZH & set(word))


def _movable(unit: Unit, language: str) -> bool:
    word = unit.text
    if negates(word):
        return False
    return language != "zh" or word.isascii() or len(word) > 1 or word in _PARTICLES_ZH


def _options(units: Sequence[Unit], lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    before: list[str] = []
    for index, unit in enumerate(units):
        if unit.free:
            others = lexicon.alternatives(unit.text.lower(), tuple(before[-_KEPT_BEFORE:]))
            if others:
                found[index] = others
        if unit.word:
            before.append(unit.text.lower())
    return found


def _count(share: float, words: int) -> int:
    return max(1, round(share * words))


def _picked(places: Sequence[int], share: float, words: int, rng: np.random.Generator) -> list[int]:
    number = min(_count(share, words), len(places))
    return sorted(int(i) for i in rng.choice(places, size=number, replace=False))


def _one(options: Sequence[str], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]
