"""``text/readability``: Flesch formulas for English; sentence length and common characters for Chinese.

English: Flesch reading ease (Flesch, "A new readability yardstick", 1948) and Flesch-Kincaid grade level (Kincaid et
al., 1975), with syllables counted by spelling rules. Chinese: mean sentence length in characters, and the share of
characters that belong to a list of some 480 frequent ones (`COMMON_CHARACTERS`): a vocabulary and a sentence variable, the
two kinds that Chinese readability research has used since Yang ("A readability formula for Chinese language", thesis,
University of Wisconsin, 1971). No one formula is in general use for Chinese, so the two are reported as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import sentences, units_zh, words
from aigc_text.languages import HAN

_IMPLEMENTATION = "aigc_text.readability/1"
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouy]es|(?<![td])ed)$")
_SPLIT_VOWELS = re.compile(
    r"i[ao](?![nu])|iu|eo(?![up])|[^qg]ua(?!r)|(?<!q)ui(?=n)|ea(?=t[eo])|ying|(?<=[aeiouy][a-z])ea$|uie"
)
_HAN_CHAR = re.compile(f"[{HAN}]")

# Frequent characters of modern Chinese text, with those of everyday goods.
COMMON_CHARACTERS = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明"
    "性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世"
    "位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量"
    "再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完"
    "设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔"
    "花吃快喜欢爱买您吗吧呢啊哦请谢早晚春夏秋冬红黄绿蓝黑白米饭菜茶酒店街车站票钱块毛元件衣服鞋帽包杯床桌椅灯"
)  # fmt: skip


def syllables(word: str) -> int:
    """Syllables of an English word by spelling; numbers count one a digit group."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    if len(plain) <= 3:
        return max(1, len(_VOWELS.findall(plain)) if plain[-1] != "e" or len(plain) < 3 else 1)
    count = len(_VOWELS.findall(plain)) + len(_SPLIT_VOWELS.findall(plain))
    if _SILENT_E.search(plain) and not plain.endswith(
        ("ted", "ded", "ses", "zes", "ches", "shes", "xes", "ces", "ges")
    ):
        count -= 1
    return max(1, count)


class Readability(Stateless):
    """Scores ``flesch_reading_ease`` and ``flesch_kincaid_grade``, or ``sentence_length`` and ``common_characters``."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; invalid for other languages."""
        return each(samples, self._score, ctx)

    def _score(self, sample: Sample) -> list[Score]:
        text, language = text_of(sample), language_of(sample)
        if language == "zh":
            return _chinese(text)
        if language == "en":
            return _english(text)
        reason = f"Readability is measured for English and Chinese, not for {language!r}."
        return [Score.invalid("flesch_reading_ease", reason, unit="points", implementation=_IMPLEMENTATION)]


def _english(text: str) -> list[Score]:
    found = words(text)
    if not found:
        reason = "The text has no English words."
        return [
            Score.invalid("flesch_reading_ease", reason, unit="points", implementation=_IMPLEMENTATION),
            Score.invalid("flesch_kincaid_grade", reason, unit="grade", implementation=_IMPLEMENTATION),
        ]
    parts = max(1, len(sentences(text)))
    count = sum(map(syllables, found))
    per_sentence, per_word = len(found) / parts, count / len(found)
    ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    details = {"words": len(found), "sentences": parts, "syllables": count}
    how = f"{len(found)} words, {parts} sentences, {count} syllables"
    return [
        Score(
            metric="flesch_reading_ease",
            value=ease,
            unit="points",
            range=(0.0, 100.0),
            implementation=_IMPLEMENTATION,
            explanation=f"{how}: {ease:.0f} points ({_band(ease)}).",
            details=details,
        ),
        Score(
            metric="flesch_kincaid_grade",
            value=grade,
            unit="grade",
            direction="none",
            implementation=_IMPLEMENTATION,
            explanation=f"{how}: US school grade {grade:.1f}.",
            details=details,
        ),
    ]


def _band(ease: float) -> str:
    for least, name in (
        (90, "very easy"),
        (80, "easy"),
        (70, "fairly easy"),
        (60, "plain"),
        (50, "fairly difficult"),
    ):
        if ease >= least:
            return name
    return "difficult" if ease >= 30 else "very difficult"


def _chinese(text: str) -> list[Score]:
    characters = _HAN_CHAR.findall(text)
    if not characters:
        reason = "The text has no Chinese characters."
        return [
            Score.invalid("sentence_length", reason, unit="characters", implementation=_IMPLEMENTATION),
            Score.invalid("common_characters", reason, implementation=_IMPLEMENTATION),
        ]
    parts = max(1, len(sentences(text)))
    units = len(units_zh(text))
    mean = units / parts
    rare = sorted({c for c in characters if c not in COMMON_CHARACTERS})
    common = sum(c in COMMON_CHARACTERS for c in characters)
    return [
        Score(
            metric="sentence_length",
            value=mean,
            unit="characters",
            direction="lower",
            range=(5.0, 60.0),
            implementation=_IMPLEMENTATION,
            explanation=f"{parts} 句，{units} 字：平均每句 {mean:.1f} 字。",
            details={"sentences": parts, "characters": units},
        ),
        Score(
            metric="common_characters",
            value=common / len(characters),
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=f"{len(characters)} 个汉字中有 {common} 个常用字。",
            details={"han": len(characters), "common": common, "others": rare[:50]},
        ),
    ]
