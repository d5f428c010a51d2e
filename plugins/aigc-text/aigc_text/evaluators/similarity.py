"""``text/similarity``: how close a text's meaning is to its references, and to what it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ModelNotFoundError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import language_of, text_of
from aigc_text.evaluators.consistency import brief_of
from aigc_text.evaluators.embedding import BUNDLE, PairEncoder
from aigc_text.evaluators.references import NO_REFERENCE, reference_texts

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

_IMPLEMENTATION: Final = "aigc_text.similarity/1"
REFERENCE, SOURCE = "reference_similarity", "source_similarity"
STRANGERS: Final = 0.7
"""Lower end of the range: E5's cosines of texts with nothing in common lie between .70 and .83, not about 0."""
_NO_SOURCE: Final = "There is no request, so there is nothing that the text was made from."
_NO_WORDS: Final = "The text has no words."


class Similarity:
    """Scores ``reference_similarity`` (the closest reference) and ``source_similarity`` (the request's inputs or last message).

    Both are cosines under the sentence encoder, and work across languages. Unlike ``text/consistency``, which says whether two
    texts belong together at all, they order texts that do: a closer paraphrase scores higher.

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
        """Two scores a sample; invalid where there is nothing to compare with, or no encoder on this machine."""
        rows: list[dict[str, Score] | Err] = []
        pairs: list[tuple[str, str]] = []
        owners: list[tuple[int, str, int, str]] = []
        for index, sample in enumerate(samples):
            try:
                ctx.check()
                text, language = text_of(sample), language_of(sample)
            except AigcError as error:
                rows.append(Err(error))
                continue
            wordless = not any(c.isalnum() for c in text)
            references, source = reference_texts(sample), brief_of(sample)
            rows.append(
                {
                    REFERENCE: _invalid(REFERENCE, _NO_WORDS if wordless else NO_REFERENCE),
                    SOURCE: _invalid(SOURCE, _NO_WORDS if wordless else _NO_SOURCE),
                }
            )
            if wordless:
                continue
            compared = [(REFERENCE, number, r) for number, r in enumerate(references)]
            compared += [(SOURCE, 0, source)] * bool(source)
            for metric, number, other in compared:
                owners.append((index, metric, number, language))
                pairs.append((text, other))
        if pairs:
            self._fill(rows, owners, self._encoder.cosines(pairs, ctx))
        return [row if isinstance(row, Err) else list(row.values()) for row in rows]

    def _fill(
        self,
        rows: list[dict[str, Score] | Err],
        owners: Sequence[tuple[int, str, int, str]],
        cosines: list[float] | AigcError,
    ) -> None:
        for place, (index, metric, number, language) in enumerate(owners):
            row = rows[index]
            if isinstance(row, Err):
                continue
            if isinstance(cosines, ModelNotFoundError):
                row[metric] = _invalid(metric, self._encoder.pull_hint(cosines))
            elif isinstance(cosines, AigcError):
                rows[index] = Err(cosines)
            else:
                before = row[metric].value
                if before is None or cosines[place] > before:
                    row[metric] = self._score(metric, cosines[place], number, language)

    def _score(self, metric: str, cosine: float, number: int, language: str) -> Score:
        value = min(1.0, max(-1.0, cosine))
        if language == "zh":
            of = f"最接近的参考文本（第 {number + 1} 篇）" if metric == REFERENCE else "请求的输入"
            how = f"与{of}的余弦相似度为 {value:.3f}（{self._encoder.bundle}）。"
        else:
            of = f"the closest reference ({number + 1})" if metric == REFERENCE else "the request's inputs"
            how = f"Cosine {value:.3f} with {of} ({self._encoder.bundle})."
        details = {"bundle": self._encoder.bundle}
        return Score(
            metric=metric,
            value=value,
            unit="cosine",
            range=(STRANGERS, 1.0),
            reference_free=False,
            implementation=_IMPLEMENTATION,
            explanation=how,
            details={**details, "reference": number} if metric == REFERENCE else details,
        )


def _invalid(metric: str, reason: str) -> Score:
    return Score.invalid(
        metric,
        reason,
        unit="cosine",
        implementation=_IMPLEMENTATION,
        range=(STRANGERS, 1.0),
        reference_free=False,
    )
