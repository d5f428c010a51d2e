"""``text/spelling``: errors of spelling, and of grammar and punctuation, with their corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aigc_sdk.context import CallContext
from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.correction import Correction, checked, find_errors
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.counting import units_zh, words

_IMPLEMENTATION = "aigc_text.spelling/1"
_SHOWN = 50
_FOREIGN = 0.4
"""Share of unknown words from which on a text is in another language rather than full of errors."""

_NO_CHINESE = (
    "Chinese spelling is not checked: what is mistyped there is mostly a real word in the wrong place, and no data "
    "that would train a detector may be shipped. grammar_errors counts known confusions."
)


class Spelling(Stateless):
    """Scores ``spelling_errors`` and ``grammar_errors``, both an hundred words (Chinese: an hundred characters).

    ``grammar_errors`` holds all kinds but spelling: grammar, capitals, punctuation, spacing, width. The details carry every
    error with its place, correction and confidence, as `aigc_text.correction.find_errors` gives them.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; invalid where a language is not served."""
        return each(samples, _scores, ctx)


def _scores(sample: Sample) -> list[Score]:
    text, language = text_of(sample), language_of(sample)
    kinds = checked(language)
    if not kinds:
        reason = f"Errors are looked for in English and Chinese, not in {language!r}."
        return [_invalid("spelling_errors", reason), _invalid("grammar_errors", reason)]
    zh = language == "zh"
    count = len(units_zh(text)) if zh else len(words(text))
    if count == 0:
        reason = "The text has no words."
        return [_invalid("spelling_errors", reason), _invalid("grammar_errors", reason)]
    known = list(_values(sample.request.inputs)) if sample.request is not None else []
    try:
        if not zh and (share := _unknown(text)) > _FOREIGN and count >= 4:
            reason = f"{share:.0%} of the words are in no English dictionary: the text seems to be in another language."
            return [_invalid("spelling_errors", reason), _invalid("grammar_errors", reason)]
        found = find_errors(text, language, known)
    except MissingDependencyError as error:
        found = find_errors(text, language, known, kinds=kinds - {"spelling"})
        return [
            _invalid("spelling_errors", str(error)),
            _score("grammar_errors", found, text, count, zh),
        ]
    spelling = [c for c in found if c.kind == "spelling"]
    others = [c for c in found if c.kind != "spelling"]
    first = (
        _score("spelling_errors", spelling, text, count, zh)
        if "spelling" in kinds
        else _invalid("spelling_errors", _NO_CHINESE)
    )
    return [first, _score("grammar_errors", others, text, count, zh)]


def _unknown(text: str) -> float:
    from aigc_text.correction.english_spelling import unknown_share

    return unknown_share(text)


def _score(metric: str, found: Sequence[Correction], text: str, count: int, zh: bool) -> Score:
    listed = "; ".join(
        f"{text[slice(*c.span)].strip() or '␣'} → {'?' if c.replacement is None else c.replacement.strip() or '∅'}"
        for c in found[:5]
    )
    unit = "个字" if zh else "words"
    how = f"{count} {unit}中有 {len(found)} 处错误" if zh else f"{len(found)} in {count} {unit}"
    return Score(
        metric=metric,
        value=min(100.0, 100.0 * len(found) / count),
        unit="errors/100 characters" if zh else "errors/100 words",
        direction="lower",
        range=(0.0, 100.0),
        implementation=_IMPLEMENTATION,
        explanation=(f"{how}：{listed}。" if zh else f"{how}: {listed}.")
        if listed
        else (f"{how}。" if zh else f"{how}."),
        details={"count": len(found), "errors": [_described(c) for c in found[:_SHOWN]]},
    )


def _described(c: Correction) -> dict[str, Any]:
    return {
        "span": list(c.span),
        "replacement": c.replacement,
        "kind": c.kind,
        "rule": c.rule,
        "confidence": c.confidence,
        "alternatives": list(c.alternatives),
        "en": c.explanation.en,
        "zh": c.explanation.zh,
    }


def _values(value: object) -> Iterator[str]:
    """The strings among the values of a request's inputs: names and terms that are right as given."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from _values(inner)


def _invalid(metric: str, reason: str) -> Score:
    return Score.invalid(
        metric,
        reason,
        unit="errors/100 words",
        direction="lower",
        implementation=_IMPLEMENTATION,
        range=(0.0, 100.0),
    )
