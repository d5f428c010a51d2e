"""``text/language``: is the text in the language asked for, how much of it, and where it is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.evaluators.common import Stateless, each, text_of
from aigc_text.evaluators.latin import latin_language, script

_IMPLEMENTATION: Final = "aigc_text.language/1"
_PASSAGE: Final = re.compile(r"[^.!?。！？…;；\n]+[.!?。！？…;；\n]*")
_HAN_WEIGHT: Final = 2.5
"""A Han character says about as much as so many Latin letters (as in `aigc_sdk.language`)."""
_FEWEST: Final = 4
"""Latin words, or Chinese characters, in a row that make a passage of their own; fewer are names and terms."""
_FEWEST_FOR_DICTIONARY: Final = 3
_FEW_UNKNOWN, _MANY_UNKNOWN = 0.2, 0.6
"""Shares of words outside the English dictionary below which a passage is English, and from which on it is not
(``mis``: some language this evaluator has no name for)."""
_READ: Final = 50_000
"""Characters looked at."""
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one language.

    Attributes:
        start: First character.
        end: The one after its last.
        language: BCP 47 primary tag; ``und`` where it cannot be told.
        weight: How much it says: Latin letters, or as many as its Han characters are worth.
    """

    start: int
    end: int
    language: str
    weight: float


class LanguageMatch(Stateless):
    """Scores ``language_match`` (1 if the text is in the language asked for, else 0) and ``language_share``.

    The share is of what can be told apart; names, numbers and short Latin phrases within Chinese belong to it. Both forms of
    Chinese are ``zh``.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample, with the passages in other languages; invalid where no language was asked for."""
        return each(samples, _scores, ctx)


def _scores(sample: Sample) -> list[Score]:
    text = text_of(sample)
    wanted = _asked_for(sample)
    if wanted is None:
        reason = "No language was asked for: name one (language=…, --language, or the input language)."
        return [_invalid("language_match", reason), _invalid("language_share", reason)]
    found = passages(text)
    shares = Counter[str]()
    for passage in found:
        shares[passage.language] += passage.weight  # type: ignore[assignment]
    known = {language: weight for language, weight in shares.items() if language not in ("und", "zxx")}
    total = sum(known.values())
    # Short Latin text that nothing tells apart is what it was asked to be, unless that is another script.
    if not total and shares["und"] and wanted not in _SCRIPTS_APART:
        reason = "The text is too short to tell its language from others in the same script."
        return [_invalid("language_match", reason), _invalid("language_share", reason)]
    if not total and not shares["und"]:
        reason = "The text has no words."
        return [_invalid("language_match", reason), _invalid("language_share", reason)]
    share = known.get(wanted, 0.0) / total if total else 0.0
    main = max(known, key=lambda language: known[language]) if known else "und"
    others = [p for p in found if p.language not in (wanted, "und", "zxx")]
    listed = ", ".join(
        f"{language} {weight / total:.0%}" for language, weight in Counter(known).most_common(4)
    )
    zh = wanted == "zh"
    quoted = "; ".join(f"“{text[p.start : p.end].strip()[:40]}” ({p.language})" for p in others[:3])
    how = (
        f"要求 {wanted}；检测到 {listed or main}" + (f"；其他语言：{quoted}。" if quoted else "。")
        if zh
        else f"Asked for {wanted}; found {listed or main}" + (f"; in others: {quoted}." if quoted else ".")
    )
    details = {
        "wanted": wanted,
        "main": main,
        "shares": {language: round(weight / total, 4) for language, weight in known.items()},
        "others": [{"span": [p.start, p.end], "language": p.language} for p in others[:_SHOWN]],
    }
    return [
        Score(
            metric=metric,
            value=value,
            range=(0.0, 1.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=how,
            details=details,
        )
        for metric, value in (("language_match", float(main == wanted)), ("language_share", share))
    ]


_SCRIPTS_APART: Final = frozenset({"zh", "ja", "ko", "ru", "ar", "hi", "th", "he", "el"})


def _asked_for(sample: Sample) -> str | None:
    request = sample.request
    stated = request.language if request is not None else None
    if not stated and request is not None and isinstance(given := request.inputs.get("language"), str):
        stated = given
    stated = (
        stated or sample.language or (sample.content.language if isinstance(sample.content, Text) else None)
    )
    return languages.primary(stated) if stated else None


def passages(text: str) -> list[Passage]:
    """Sentences by language; a sentence in two scripts is cut where they change, if either part is long enough."""
    found: list[Passage] = []
    for match in _PASSAGE.finditer(text, 0, _READ):
        for start, end, kind in _runs(match[0], match.start()):
            part = text[start:end]
            language = _latin(part) if kind == "latin" else {"han": "zh"}.get(kind, kind)
            letters = sum(_HAN_WEIGHT if script(c) == "han" else 1.0 for c in part if c.isalpha())
            if letters:
                found.append(Passage(start, end, language, letters))
    return found


def _latin(part: str) -> str:
    """By function words; slogans, which have none, by the English dictionary."""
    language = latin_language(part)
    if language != "und" or len(part.split()) < _FEWEST_FOR_DICTIONARY:
        return language
    from aigc_text.correction.english_spelling import unknown_share

    share = unknown_share(part)
    return "en" if share <= _FEW_UNKNOWN else "mis" if share >= _MANY_UNKNOWN else "und"


def _runs(sentence: str, offset: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, script) of the sentence's parts; names and terms stay with what is around them."""
    kinds = Counter(script(c) for c in sentence if c.isalpha())
    if not kinds:
        return
    # Kana makes the Han characters around it Japanese.
    japanese = kinds["ja"] * 5 >= kinds["han"] and kinds["ja"] > 0
    main = (
        "ja" if japanese else "han" if kinds["han"] * _HAN_WEIGHT >= kinds["latin"] and kinds["han"] else ""
    )
    main = main or kinds.most_common(1)[0][0]
    if main == "latin" and kinds["han"] and _names_only(sentence):
        main = "han"  # iPhone 15 Pro Max 现货
    start = 0
    for match in _FOREIGN.finditer(sentence):
        part = match[0].rstrip()
        if script(next(c for c in part if c.isalpha())) == main or (japanese and main == "ja"):
            continue
        latin = part[0].isascii() or script(part[0]) == "latin"
        long = (len(part.split()) if latin else len(part)) >= _FEWEST
        if not long or main not in ("han", "latin"):
            continue
        if match.start() > start:
            yield start + offset, match.start() + offset, main
        yield match.start() + offset, match.start() + len(part) + offset, "latin" if latin else "han"
        start = match.start() + len(part)
    if start < len(sentence):
        yield start + offset, len(sentence) + offset, main


def _names_only(sentence: str) -> bool:
    """Are its Latin words few, and such as begin or hold a capital or a digit: names, models, sizes?"""
    found = _LATIN_WORD.findall(sentence)
    few = len(found) <= _MOST_NAMES and all(any(c.isupper() or c.isdigit() for c in word) for word in found)
    return few and latin_language(" ".join(found)) == "und"


_MOST_NAMES: Final = 6
_LATIN_WORD: Final = re.compile(r"(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9\u00c0-\u024f]+")
_FOREIGN: Final = re.compile(
    rf"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f\s,'’\"-]*[A-Za-z\u00c0-\u024f]|[{languages.HAN}][{languages.HAN}，、“”]*"
)


def _invalid(metric: str, reason: str) -> Score:
    return Score.invalid(
        metric, reason, implementation=_IMPLEMENTATION, range=(0.0, 1.0), reference_free=False
    )
