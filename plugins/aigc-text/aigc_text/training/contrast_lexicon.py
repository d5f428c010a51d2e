"""Strong words for training sentences, read from the lexicons when training runs.

None of these words is in the repository: the lists are permissive data under the data root (VADER, MIT; surge-ai
profanity, MIT; LDNOOBW Chinese, CC BY 4.0; konsheng, MIT), and the patterns here only say which kind of word a
frame takes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aigc_text.training.data_files import open_text

# Adjectives that say something bad of a person's character, by their endings; feelings and what is done to a
# person ("helpless", "tragic") are left out, since they say something of a victim.
_ADJECTIVE = re.compile(r"(id|ous|ic|ful|ish|ive|[^cilrt]y|ile|il|umb|ant|ent|less)$")
_NOT_BLAME = re.compile(
    r"ly$|fy$|ment$|less$|^(agony|annoy|appl|apoc|accid|banish|betray|bloody|casualt|catas|chaot|deceive|depr|desp|"
    r"destroy$|dismay|distr|dolor|doom|enemy|fail|fearful|felony|frant|fright|furious|futile|gloom|griev|guilty|"
    r"horrif|hurtful|indig|irritant|jealous|killjoy|libel|livid|lugub|melanch|mourn|negative|pain|peril|poverty|"
    r"problem|punish|rebell|regret|resent|ruinous|sorrow|stress|torturous|trag|traum|troubl|unhappy|uneasy|unhealthy|"
    r"devil$|bully|bastardy|dumpy|woe|crappy|sucky|yucky|villainy|masoch|disadv|penalty|advers|flunkey|panic|jeopardy|anguish|decay|scandal|seditious|erron|punitive)"
)
_COMMON = 10_000
"""Occurrences in web text from which a listed word counts as one that people write."""
_WIDESPREAD = 300_000
_PERSON_ENDING = re.compile(r"(head|hole|bag|ard|ass|face|nker|cker|oser|osser|wat|tch|ore|lut)$")
_AMBIGUOUS = re.compile("^(crotch|crow|nonce|pecker|hustler|snatch|tart|swine|scummy)$")
_SEXUAL_EN = re.compile(
    r"(\b\w+ job|sex\b|porn|orgasm|nudes?\b|horny|erotic|boobs|kinky|fetish|orgy|threesome|hardcore)"
)
_NOT_SEXUAL = re.compile("teen|child|school|rape|young|loli|jail|幼|少|强|迷|奸|暴|校|母|兽|学|师")
"""Words of crimes: sentences about these are never made up."""
_INSULT_ZH = re.compile(r"^[^你他她妳妈性操卖娘]{1,2}(货|人|蛋|痴|种|[比逼]|儿子|妇|子)$")
_NOT_INSULT_ZH = re.compile("[卵泡奶茎穴乳肉棍精陰阴处成]|成人")
_CURSE_ZH = re.compile("^[操日干].{1,3}$|你.{1,2}的$")
_OATH_ZH = re.compile("^(他|她|它)?.{1,2}的$|^靠.$")
_SEXUAL_ZH = re.compile("[淫交穴乳逼奸阴茎精射浪裸炮]")


@dataclass(frozen=True, slots=True)
class StrongWords:
    """Words by use; every list is sorted and not empty."""

    adjectives: tuple[str, ...]
    """English, strongly negative, of a person."""
    insults: tuple[str, ...]
    """English nouns that insult one person."""
    slurs: tuple[str, ...]
    """English nouns that insult a group."""
    oaths: tuple[str, ...]
    """English interjections, as in "oh …"."""
    intensifiers: tuple[str, ...]
    """English, before an adjective."""
    sexual: tuple[str, ...]
    insults_zh: tuple[str, ...]
    curses_zh: tuple[str, ...]
    """Chinese, said to somebody's face."""
    oaths_zh: tuple[str, ...]
    sexual_zh: tuple[str, ...]


def strong_words(data_root: Path) -> StrongWords:
    """Read the lexicons under ``data_root``.

    Raises:
        BadInputError: If one of the lists is not there.
    """
    folder = data_root / "text/en_lexicons"
    common = _common(folder / "symspell_frequency_dictionary_en_82_765.txt.gz")
    insults, slurs = set(), set()
    forms: dict[str, Counter[str]] = {"sexual": Counter(), "bodily": Counter()}
    with open_text(folder / "surge_profanity_en.csv") as stream:
        for row in csv.DictReader(stream):
            word, kind, rating = row["text"].lower(), row["category_1"], float(row["severity_rating"])
            for name, counter in forms.items():
                if kind.startswith(name) and row["canonical_form_1"]:
                    counter[row["canonical_form_1"]] += 1
            if not word.replace(" ", "").isalpha():
                continue
            if common.get(word, 0) < _COMMON or word.endswith("s"):
                continue
            if kind.startswith(("racial", "sexual orientation")) and rating >= 2.2:
                slurs.add(word)
            elif _AMBIGUOUS.search(word):
                continue
            elif kind.startswith(("other", "mental", "animal")) or _PERSON_ENDING.search(word):
                insults.add(word)
    strongest = forms["sexual"].most_common(1)[0][0]
    zh = set(_lines(data_root / "text/zh_lexicons/ldnoobw_zh.txt"))
    zh_sexual = set(_lines(data_root / "text/zh_lexicons/konsheng/色情类型.txt"))
    return StrongWords(
        adjectives=_sorted(
            word
            for word in _vader(folder, -1.6)
            if common.get(word, 0) >= _WIDESPREAD and _ADJECTIVE.search(word) and not _NOT_BLAME.search(word)
        ),
        insults=_sorted(insults),
        slurs=_sorted(slurs),
        oaths=_sorted({"damn", "hell", forms["bodily"].most_common(1)[0][0], strongest}),
        intensifiers=_sorted({"damn", "bloody", strongest + "ing"}),
        sexual=_sorted(
            w for w in _lines(folder / "ldnoobw/en") if _SEXUAL_EN.search(w) and not _NOT_SEXUAL.search(w)
        ),
        insults_zh=_sorted(w for w in zh if _INSULT_ZH.search(w) and not _NOT_INSULT_ZH.search(w)),
        curses_zh=_sorted(w for w in zh if 3 <= len(w) <= 4 and _CURSE_ZH.search(w) and "你" in w),
        oaths_zh=_sorted(w for w in zh if _OATH_ZH.search(w) and "你" not in w and "妳" not in w),
        sexual_zh=_sorted(
            w for w in zh_sexual if 2 <= len(w) <= 4 and _SEXUAL_ZH.search(w) and not _NOT_SEXUAL.search(w)
        ),
    )


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _lines(path: Path) -> list[str]:
    with open_text(path) as stream:
        return [line.strip().rstrip(".") for line in stream if line.strip()]


def _vader(folder: Path, most: float) -> list[str]:
    with open_text(folder / "vader_lexicon.txt.gz") as stream:
        rows = (line.split("\t") for line in stream)
        return [word for word, mean, *_ in rows if word.isalpha() and float(mean) <= most]


def _common(path: Path) -> dict[str, int]:
    with open_text(path) as stream:
        pairs = (line.split() for line in stream)
        return {word: int(count) for word, count in pairs}
