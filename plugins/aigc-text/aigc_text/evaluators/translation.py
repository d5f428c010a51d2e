"""``text/bleu``: BLEU and chrF++ of a text against references, by sacrebleu.

Post, "A call for clarity in reporting BLEU scores", WMT 2018; Papineni et al., "BLEU", ACL 2002; Popović, "chrF++: words helping
character n-grams", WMT 2017. sacrebleu (Apache-2.0) is an extra of this distribution (``metrics``). The plain-Python BLEU of
`aigc_text.evaluators.bleu` measures something else: how alike siblings are.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, Final

from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import Stateless, each, language_of, text_of
from aigc_text.evaluators.references import NO_REFERENCE, reference_texts

_IMPLEMENTATION: Final = "sacrebleu"
_MISSING: Final = "It needs the package sacrebleu: pip install 'aigc-sdk-text[metrics]'."


class TranslationScores(Stateless):
    """Scores ``bleu`` and ``chrf``, each 0–100 and against all references of a sample together.

    BLEU of one text is smoothed (exponentially, sacrebleu's default) and capped at the n-grams the text can have. English and
    other spaced languages are tokenised as ``13a``, Chinese as ``zh``. ``chrf`` is chrF++ (characters and word pairs); for
    Chinese, which has no spaces to find words by, chrF (characters). ``details["signature"]`` says all of it in sacrebleu's form.
    """

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """Two scores a sample; invalid without a reference, or without sacrebleu (with the way to get it)."""
        try:
            metrics: Any = importlib.import_module("sacrebleu.metrics")
        except ModuleNotFoundError:
            metrics = None
        return each(samples, lambda sample: _scores(sample, metrics), ctx)


def _scores(sample: Sample, metrics: Any) -> list[Score]:
    text, references, chinese = text_of(sample), reference_texts(sample), language_of(sample) == "zh"
    reason = _MISSING if metrics is None else None if references else NO_REFERENCE
    if reason is None and not any(c.isalnum() for c in text):
        reason = "The text has no words."
    if reason is not None:
        return [_invalid("bleu", reason), _invalid("chrf", reason)]
    bleu = metrics.BLEU(tokenize="zh" if chinese else "13a", effective_order=True)
    chrf = metrics.CHRF(word_order=0 if chinese else 2)
    found = bleu.sentence_score(text, references)
    precisions = [round(p, 2) for p in found.precisions]
    shown = " / ".join(f"{p:.1f}" for p in found.precisions)
    how = (
        f"1–4 元组精确率 {shown}；长度惩罚 {found.bp:.3f}（译文 {found.sys_len} 词元，参考 {found.ref_len}）。"
        if chinese
        else f"Precision of 1- to 4-grams {shown}; brevity penalty {found.bp:.3f} ({found.sys_len} tokens, reference {found.ref_len})."
    )
    details = {"precisions": precisions, "brevity_penalty": round(found.bp, 5), "references": len(references)}
    value = chrf.sentence_score(text, references).score
    told = (
        f"字符 1–6 元组与参考文本的 F2（chrF，{len(references)} 篇参考）。"
        if chinese
        else f"F2 over 1- to 6-grams of characters, words and word pairs (chrF++, {len(references)} "
        f"reference{'s' if len(references) > 1 else ''})."
    )
    return [
        _score("bleu", found.score, how, {**details, "signature": str(bleu.get_signature())}),
        _score("chrf", value, told, {"references": len(references), "signature": str(chrf.get_signature())}),
    ]


def _score(metric: str, value: float, explanation: str, details: dict[str, Any]) -> Score:
    return Score(
        metric=metric,
        value=min(100.0, max(0.0, float(value))),
        unit="points",
        range=(0.0, 100.0),
        reference_free=False,
        implementation=_IMPLEMENTATION,
        explanation=explanation,
        details=details,
    )


def _invalid(metric: str, reason: str) -> Score:
    return Score.invalid(
        metric,
        reason,
        unit="points",
        implementation=_IMPLEMENTATION,
        range=(0.0, 100.0),
        reference_free=False,
    )
