"""What Chinese terms need besides themselves: the table of traditional characters, and their pinyin.

Read at build time from opencc-python-reimplemented (characters) and pypinyin (readings); the SDK needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from importlib import resources

from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.lexicon_terms import Term

_HAN = re.compile("[\u4e00-\u9fff]+")
_LETTERS = re.compile("[a-z]+")
_SHORTEST = 5
"""Letters of the shortest pinyin that counts; shorter ones are too often something else."""


def simplified_table() -> dict[str, str]:
    """Traditional → simplified, a character each; of several simplified forms the first.

    Raises:
        MissingDependencyError: If opencc-python-reimplemented is not installed.
    """
    try:
        source = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt")
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "Building the lexicon needs opencc-python-reimplemented.",
            hint="pip install opencc-python-reimplemented",
        ) from error
    table = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        traditional, _, targets = line.strip().partition("\t")
        simplified = targets.split(" ")[0]
        if len(traditional) == len(simplified) == 1 and traditional != simplified and simplified <= "\uffff":
            table[traditional] = simplified
    # A chain (A→B, B→C) would fold keys and texts differently if one of them was folded before.
    return {t: table.get(s, s) for t, s in table.items()}


def pinyin_terms(terms: Iterable[Term], english: set[str], longest: int) -> list[Term]:
    """Pinyin of Chinese terms, run together and in syllables, and with one character in pinyin; a severity lower.

    Whole pinyin is left out where it is an English word or the pinyin of another phrase of pypinyin's dictionary;
    of what is longer than ``longest``, as many syllables are kept as fit. Terms of severity low have no lower one.

    Raises:
        MissingDependencyError: If pypinyin is not installed.
    """
    try:
        from pypinyin import lazy_pinyin
        from pypinyin.phrases_dict import phrases_dict
    except ImportError as error:
        raise MissingDependencyError(
            "Building the lexicon needs pypinyin.", hint="pip install pypinyin"
        ) from error
    chinese = [t for t in terms if _HAN.fullmatch(t.key) and t.severity > Severity.LOW and not t.allow]
    own = {t.key for t in chinese}
    ordinary = {"".join(lazy_pinyin(phrase)) for phrase in phrases_dict if phrase not in own}
    found: dict[str, Term] = {}
    for term in chinese:
        syllables = lazy_pinyin(term.key)
        together = "".join(syllables)
        if not _LETTERS.fullmatch(together):
            continue
        keys = _one_in_pinyin(term.key, syllables)
        if len(together) >= _SHORTEST and together not in ordinary | english:
            keys += [_fitting(syllables, "", longest), _fitting(syllables, " ", longest)]
        for key in keys:
            found.setdefault(key, replace(term, key=key, severity=Severity(term.severity - 1)))
    return list(found.values())


def _fitting(syllables: list[str], joint: str, longest: int) -> str:
    """As many of the first syllables as fit."""
    while len(text := joint.join(syllables)) > longest:
        syllables = syllables[:-1]
    return text


def _one_in_pinyin(key: str, syllables: list[str]) -> list[str]:
    """The term with each of its characters in turn in pinyin; for two characters nothing would be left to tell."""
    if len(key) < 3:
        return []
    return [f"{key[:i]}{syllable}{key[i + 1 :]}" for i, syllable in enumerate(syllables)]
