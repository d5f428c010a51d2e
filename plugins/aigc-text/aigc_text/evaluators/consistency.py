"""``text/consistency``: does the text speak of what its brief speaks of?

The meaning of the two is compared by a sentence encoder, across languages too. That says whether they share a subject; whether
each stated fact is right is `text/fact-coverage`'s business. Beside it, under a name of its own, stands the share of the brief's
words that the text repeats: cheap, always there, blind to synonyms and to other languages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ModelNotFoundError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import language_of, text_of
from aigc_text.evaluators.counting import tokens
from aigc_text.evaluators.embedding import BUNDLE, PairEncoder

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

_IMPLEMENTATION: Final = "aigc_text.consistency/1"

SLOPE, MIDDLE = 98.0, 0.889
"""Logistic that maps a cosine to a probability that text and brief belong together (of as many pairs as strangers):
E5's cosines of texts that have nothing to do with each other lie about .75 to .83. `benchmarks/consistency.py` measures it."""

_STEERING: Final = frozenset(
    [
        "language",
        "length",
        "channel",
        "tone",
        "voice",
        "brand_voice",
        "brand.voice",
        "audience",
        "platform",
        "语言",
        "长度",
        "字数",
        "渠道",
        "语气",
        "受众",
        "品牌语气",
    ]
)


class Consistency:
    """Scores ``semantic_consistency`` (with the encoder) and ``lexical_overlap`` (words in common, always).

    Args:
        bundle: Id of the encoder bundle.
    """

    def __init__(self, bundle: str = BUNDLE) -> None:
        self._encoder = PairEncoder(bundle)

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; the encoder is opened by the first sample."""
        self._encoder.load(runtime)

    def close(self) -> None:
        """Forget it."""
        self._encoder.close()

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; invalid where there is no brief, or no encoder on this machine (with the way to get it)."""
        rows: list[Sequence[Score] | Err] = []
        pending: list[tuple[int, str, str, str]] = []
        for index, sample in enumerate(samples):
            try:
                ctx.check()
                text, brief, language = text_of(sample), brief_of(sample), language_of(sample)
            except AigcError as error:
                rows.append(Err(error))
                continue
            if not brief or not any(c.isalnum() for c in text):
                reason = "There is no brief to compare with." if not brief else "The text has no words."
                rows.append([_invalid("semantic_consistency", reason), _invalid("lexical_overlap", reason)])
            else:
                rows.append([])
                pending.append((index, text, brief, language))
        if pending:
            cosines = self._encoder.cosines([(text, brief) for _, text, brief, _ in pending], ctx)
            for at, (index, text, brief, language) in enumerate(pending):
                if isinstance(cosines, AigcError) and not isinstance(cosines, ModelNotFoundError):
                    rows[index] = Err(cosines)
                    continue
                overlap = _overlap(text, brief, language)
                if isinstance(cosines, AigcError):
                    reason = self._encoder.pull_hint(cosines)
                    rows[index] = [_invalid("semantic_consistency", reason), overlap]
                else:
                    rows[index] = [self._score(cosines[at], language), overlap]
        return rows

    def _score(self, cosine: float, language: str) -> Score:
        value = probability(cosine)
        how = (
            f"与任务描述的余弦相似度 {cosine:.3f}（{self._encoder.bundle}）：二者同题的概率 {value:.2f}。"
            if language == "zh"
            else f"Cosine {cosine:.3f} with the brief ({self._encoder.bundle}): they belong together with probability {value:.2f}."
        )
        return Score(
            metric="semantic_consistency",
            value=value,
            unit="probability",
            range=(0.0, 1.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=how,
            details={"cosine": round(cosine, 5), "bundle": self._encoder.bundle},
        )


def probability(cosine: float) -> float:
    """Probability that text and brief belong together."""
    return 1.0 / (1.0 + math.exp(-SLOPE * (cosine - MIDDLE)))


def brief_of(sample: Sample) -> str:
    """What was asked for, in words: the inputs as ``name: value`` without steering, or the last message of a user."""
    if sample.request is None:
        return ""
    parts = list(_named(sample.request.inputs))
    if not parts:
        parts = [m.content for m in sample.request.messages if m.role == "user"][-1:]
    return "; ".join(parts)


def _named(value: Mapping[str, Any], prefix: str = "") -> list[str]:
    parts = []
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if name.lower() in _STEERING or name.lower().startswith("audience."):
            continue
        if isinstance(inner, Mapping):
            parts += _named(inner, f"{name}.")
        elif isinstance(inner, list | tuple):
            parts.append(f"{name}: {', '.join(map(str, inner))}")
        elif inner is not None and str(inner).strip():
            parts.append(f"{name}: {inner}")
    return parts


_COMMON: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "to",
        "in",
        "is",
        "it",
        "for",
        "with",
        "on",
        "at",
        "by",
        "this",
        "that",
        "your",
        "our",
        "its",
        "be",
        "are",
        "from",
        "or",
        "as",
        "you",
        "we",
        "name",
        "price",
        "type",
        "的",
        "了",
        "是",
        "在",
        "和",
        "与",
        "有",
    ]
)


def _overlap(text: str, brief: str, language: str) -> Score:
    own = set(tokens(text, language)) - _COMMON
    given = set(tokens(brief, language)) - _COMMON
    shared = own & given
    value = len(shared) / len(given) if given else 0.0
    shown = ", ".join(sorted(shared)[:8])
    missing = ", ".join(sorted(given - own)[:8])
    how = (
        f"任务描述中 {len(given)} 个词/字有 {len(shared)} 个出现在文中；未出现：{missing or '无'}。"
        if language == "zh"
        else f"{len(shared)} of {len(given)} words of the brief are in the text ({shown or 'none'}); missing: {missing or 'none'}."
    )
    return Score(
        metric="lexical_overlap",
        value=value,
        range=(0.0, 1.0),
        reference_free=False,
        implementation=_IMPLEMENTATION,
        explanation=how,
        details={"shared": sorted(shared)[:50], "missing": sorted(given - own)[:50]},
    )


def _invalid(metric: str, reason: str) -> Score:
    return Score.invalid(
        metric,
        reason,
        unit="probability" if metric == "semantic_consistency" else "ratio",
        implementation=_IMPLEMENTATION,
        range=(0.0, 1.0),
        reference_free=False,
    )
