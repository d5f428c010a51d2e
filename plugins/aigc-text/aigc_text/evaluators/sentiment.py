"""``text/sentiment``: how positive a text reads, by a linear model that shows what it went by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BundleError, ComponentError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import language_of, text_of
from aigc_text.evaluators.sentiment_features import Feature, features
from aigc_text.moderators.shipped import open_shipped

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.session import Session

BUNDLE: Final = "sentiment-linear"
_IMPLEMENTATION: Final = "aigc_text.sentiment/1"
_BATCH: Final = 64
_EVIDENCE: Final = 5


@dataclass(frozen=True, slots=True)
class _Language:
    """Which weight a feature has, by its hash, and how margins become probabilities (Platt 1999)."""

    places: dict[int, int]
    bias: int
    slope: float
    offset: float

    def probability(self, margin: float) -> float:
        z = self.slope * margin + self.offset
        return 1.0 / (1.0 + math.exp(-z)) if z > -700 else 0.0


class Sentiment:
    """Scores ``sentiment``: the calibrated probability that the text is positive, 0.5 for neither.

    It reads words, not the world: irony, facts that are bad news without a bad word, and views that are quoted pass it by.
    """

    def __init__(self) -> None:
        self._session: Session | None = None
        self._languages: dict[str, _Language] = {}
        self._weights: npt.NDArray[np.float32] | None = None
        self._digest = ""

    def load(self, runtime: Runtime) -> None:
        """Open the bundle. Idempotent.

        Raises:
            BundleError: If it is damaged.
        """
        if self._session is not None:
            return
        import numpy as np

        bundle = open_shipped(BUNDLE, runtime)
        try:
            made, start = {}, 0
            with np.load(bundle.path("features.npz"), allow_pickle=False) as arrays:
                self._weights = arrays["weights"].astype(np.float32)
                for language, curve in bundle.manifest.calibration.items():
                    hashes = arrays[language].tolist()
                    places = {value: start + at for at, value in enumerate(hashes)}
                    start += len(hashes) + 1
                    made[language] = _Language(
                        places, start - 1, float(curve["slope"]), float(curve["offset"])
                    )
            if self._weights.shape != (start,):
                raise ValueError(f"{start} weights are named, {self._weights.shape} are there")
            self._languages = made
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(f"Bundle {bundle.id} describes no usable model: {error}") from error
        self._session = runtime.session(bundle)
        self._digest = bundle.digest

    def close(self) -> None:
        """Let go of the model."""
        self._session = None
        self._weights = None

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """One score a sample, with the words that weighed most; invalid for other languages and without words."""
        rows: list[Sequence[Score] | Err] = []
        pending: list[tuple[int, str, str, list[Feature]]] = []
        for index, sample in enumerate(samples):
            try:
                ctx.check()
                text, language = text_of(sample), language_of(sample)
            except AigcError as error:
                rows.append(Err(error))
                continue
            found = features(text, language) if language in self._languages else []
            if self._session is None:
                rows.append([_invalid("The evaluator is not loaded.")])
            elif language not in self._languages:
                rows.append([_invalid(f"No sentiment model for the language {language!r}.")])
            elif not any(f.name[0].isalpha() for f in found):
                rows.append([_invalid("The text has no words.")])
            else:
                rows.append([])
                pending.append((index, text, language, found))
        batch = 1 if ctx.deterministic else _BATCH
        for start in range(0, len(pending), batch):
            part = pending[start : start + batch]
            try:
                margins = self._margins([(language, found) for _, _, language, found in part], ctx)
            except AigcError as error:
                for index, *_ in part:
                    rows[index] = Err(error)
                continue
            for (index, text, language, found), margin in zip(part, margins, strict=True):
                rows[index] = [self._score(text, language, found, margin)]
        return rows

    def probabilities(self, texts: Sequence[str], language: str) -> list[float]:
        """Probability of being positive for many texts of one language; for measurements.

        Raises:
            ComponentError: If it is not loaded.
        """
        model = self._languages[language]
        margins: list[float] = []
        for start in range(0, len(texts), _BATCH):
            rows = [(language, features(text, language)) for text in texts[start : start + _BATCH]]
            margins += self._margins(rows, CallContext())
        return [model.probability(margin) for margin in margins]

    def _margins(self, rows: Sequence[tuple[str, list[Feature]]], ctx: CallContext) -> list[float]:
        import numpy as np

        if self._session is None:
            raise ComponentError("text/sentiment was asked before it was loaded.", hint="Call load() first.")
        buckets, counts = [], []
        for language, found in rows:
            model = self._languages[language]
            distinct = {f.bucket for f in found}
            counts.append(max(1, len(distinct)))
            own = sorted(model.places[b] for b in distinct if b in model.places)
            buckets.append([*own, model.bias])
        width = max(map(len, buckets))
        ids = np.zeros((len(rows), width), dtype=np.int64)
        values = np.zeros((len(rows), width), dtype=np.float32)
        for at, (own, count) in enumerate(zip(buckets, counts, strict=True)):
            ids[at, : len(own)] = own
            # Every feature counts once; longer texts have more of them, hence the root.
            values[at, : len(own) - 1] = 1.0 / math.sqrt(count)
            values[at, len(own) - 1] = 1.0
        margins = self._session.run({"ids": ids, "values": values}, ["margins"], ctx=ctx)["margins"]
        return [float(margin) for margin in margins]

    def _score(self, text: str, language: str, found: list[Feature], margin: float) -> Score:
        probability = self._languages[language].probability(margin)
        words = self._evidence(text, language, found)
        label = _label(probability, words, short=language == "en" and len(text) <= _SHORT)
        shown = ", ".join(f"{w['text']} ({w['weight']:+.2f})" for w in words)
        if language == "zh":
            name = {"positive": "正面", "negative": "负面"}.get(label, "中性或混合")
            how = f"{name}（正面概率 {probability:.2f}）" + (f"；权重最大：{shown}。" if shown else "。")
        else:
            how = f"{label} (probability of positive {probability:.2f})" + (
                f"; what weighed most: {shown}." if shown else "."
            )
        return Score(
            metric="sentiment",
            value=probability,
            unit="probability",
            # A complaint is no worse a text for being one: which way is better, the host knows.
            direction="none",
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=how,
            details={
                "label": label,
                "margin": round(margin, 4),
                "evidence": words,
                "model": language,
                "digest": self._digest,
            },
        )

    def _evidence(self, text: str, language: str, found: list[Feature]) -> list[dict[str, Any]]:
        """The places that weigh most, without those inside others."""
        assert self._weights is not None
        model = self._languages[language]
        scale = model.slope / math.sqrt(max(1, len({f.bucket for f in found})))
        held = [(model.places[f.bucket], f) for f in found if f.bucket in model.places]
        ranked = sorted(
            ((float(self._weights[place]) * scale, f) for place, f in held), key=lambda item: -abs(item[0])
        )
        chosen: list[dict[str, Any]] = []
        for weight, f in ranked:
            if abs(weight) < 0.05 or len(chosen) == _EVIDENCE:
                break
            if all(f.end <= c["span"][0] or f.start >= c["span"][1] for c in chosen):
                chosen.append(
                    {"span": [f.start, f.end], "text": text[f.start : f.end], "weight": round(weight, 3)}
                )
        return chosen


_TELLING = 0.5
"""Log-odds of a place below which it speaks for neither side: the, is, but."""
_SHORT = 50
"""Characters. In longer texts many small shares make a sum that is right more often than not, and in Chinese in all; in
short English ones without a telling word the sign is chance (.43 right of 69 on the reviews of en_reviews_cr)."""


def _label(probability: float, words: list[dict[str, Any]], *, short: bool) -> str:
    """Where no place of a short text tells, the probability is that of any text: that makes a fact no complaint."""
    if short and not any(abs(word["weight"]) >= _TELLING for word in words):
        return "neutral or mixed"
    return "positive" if probability >= 0.65 else "negative" if probability <= 0.35 else "neutral or mixed"


def _invalid(reason: str) -> Score:
    return Score.invalid(
        "sentiment",
        reason,
        unit="probability",
        direction="none",
        implementation=_IMPLEMENTATION,
        range=(0.0, 1.0),
    )
