"""``text/svm``: character TF-IDF and linear support vector machines, as ONNX, for English and Chinese.

Cheap (no tokeniser, no word list, some tens of microseconds a text) and explainable: the score is a sum of
contributions of character n-grams, and the finding's spans are where the largest ones lie.

Long texts are scored in half-overlapping windows fixed by position, and the highest score counts, so nothing is
cut off and a small part of a long text is judged like a short text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BundleError, ComponentError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.evidence import Evidence
from aigc_text.moderators.reading import Window, read
from aigc_text.moderators.shipped import open_shipped

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.runtime.runtime import Runtime

DETECTOR = "text/svm"
BUNDLE = "moderation-svm"
BATCH = 32
"""Windows scored in one run: the graph's TF-IDF rows are dense, so this bounds memory."""

HEADS: dict[str, tuple[Category, str]] = {
    "offence": (Category.HARASSMENT, "offence"),
    "hate": (Category.HATE, "hate"),
    "spam": (Category.SPAM, "spam"),
}
"""Outputs of the models and what they mean in the taxonomy."""

_NAMES = {
    "offence": ("offensive or insulting language", "冒犯或辱骂性语言"),
    "hate": ("hateful language", "仇恨性语言"),
    "spam": ("unsolicited advertising or fraud", "垃圾广告或诈骗信息"),
}


@dataclass(frozen=True, slots=True)
class _Head:
    """One output of a model: where it stands, how it is calibrated, from where it counts."""

    name: str
    column: int
    slope: float
    offset: float
    low: float
    threshold: float

    def probability(self, margin: float) -> float:
        """Platt (1999): logistic function of the margin."""
        z = self.slope * margin + self.offset
        return 1 / (1 + math.exp(-z)) if z > -700 else 0.0

    def severity(self, margin: float) -> Severity:
        if margin >= self.threshold:
            return Severity.MEDIUM
        return Severity.LOW if margin >= self.low else Severity.SAFE


class _Model:
    """The model of one language."""

    def __init__(self, bundle: Bundle, language: str, runtime: Runtime) -> None:
        try:
            described = bundle.manifest.extra["models"][language]
            operating = bundle.manifest.calibration[language]
            self.window = Window(int(described["window"]), int(described["stride"]))
            self.heads = tuple(
                _Head(name, int(column), *(float(operating[name][k]) for k in _CURVE))
                for name, column in described["heads"].items()
            )
            self._file = str(described["file"])
            self._evidence_file = str(described["evidence"])
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                f"Bundle {bundle.id} describes no usable model for {language!r}: {error}"
            ) from error
        self._bundle = bundle
        self._session = runtime.session(bundle, self._file)
        self._evidence: Evidence | None = None

    def margins(self, windows: Sequence[str], ctx: CallContext) -> Any:
        """Signed distances from the decision planes, float32 [windows, columns]."""
        import numpy as np

        feed = np.asarray([[w] for w in windows], dtype=object)
        return self._session.run({"text": feed}, ["scores"], ctx=ctx)["scores"]

    def spans(self, text: str, head: str) -> tuple[Span, ...]:
        """Where the n-grams that speak most for ``head`` lie in ``text``."""
        if self._evidence is None:
            self._evidence = Evidence.load(self._bundle.path(self._evidence_file))
        return self._evidence.spans(text, head)


_CURVE = ("slope", "offset", "low", "threshold")


class SvmModerator:
    """Judges texts with the linear models of ``moderation-svm``."""

    def __init__(self) -> None:
        self._models: dict[str, _Model] | None = None
        self._digest: str | None = None

    def load(self, runtime: Runtime) -> None:
        """Open the bundle and its graphs. Idempotent.

        Raises:
            BundleError: If the bundle is damaged.
        """
        if self._models is None:
            bundle = open_shipped(BUNDLE, runtime)
            self._models = {lang: _Model(bundle, lang, runtime) for lang in bundle.manifest.languages}
            self._digest = bundle.digest

    def close(self) -> None:
        """Let go of the models."""
        self._models = None
        self._digest = None

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text; texts in languages without a model are `Err`, never passed unread."""
        models = self._models
        if models is None:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        rows: list[_Row | Err] = [_route(item, models) for item in items]
        for language, model in models.items():
            try:
                _score(
                    [r for r in rows if isinstance(r, _Row) and language in r.readings], model, language, ctx
                )
            except AigcError as error:
                rows = [Err(error) if isinstance(r, _Row) and language in r.readings else r for r in rows]
        return [r if isinstance(r, Err) else self._screening(r, models) for r in rows]

    def probabilities(self, text: str, ctx: CallContext | None = None) -> dict[str, float]:
        """Calibrated probability of every head, the highest over languages and windows; for measurements.

        Raises:
            ComponentError: If it is not loaded.
            UnsupportedLanguageError: If no model reads the text's language.
        """
        if self._models is None:
            raise ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
        row = _route(Text(text), self._models)
        if isinstance(row, Err):
            raise row.error
        highest: dict[str, float] = {}
        for language in row.readings:
            _score([row], self._models[language], language, ctx or CallContext())
            for head in self._models[language].heads:
                value = head.probability(float(row.best[language][head.column]))
                highest[head.name] = max(value, highest.get(head.name, 0.0))
        return highest

    def _screening(self, row: _Row, models: dict[str, _Model]) -> Screening:
        findings = []
        for language, margins in row.best.items():
            for head in models[language].heads:
                margin = float(margins[head.column])
                if severity := head.severity(margin):
                    spans = models[language].spans(row.text, head.name)
                    findings.append(self._finding(head, margin, severity, spans, language))
        return Screening(tuple(findings), bundle=self._digest)

    def _finding(
        self, head: _Head, margin: float, severity: Severity, spans: tuple[Span, ...], language: str
    ) -> Finding:
        category, sub = HEADS[head.name]
        probability = head.probability(margin)
        english, chinese = _NAMES[head.name]
        return Finding(
            category=category,
            subcategory=sub,
            severity=severity,
            score=margin,
            probability=probability,
            spans=spans,
            detector=DETECTOR,
            bundle=self._digest,
            explanation=Explanation(
                code=f"svm.{head.name}",
                en=f"reads like {english} (probability {probability:.2f}, margin {margin:.2f}, threshold "
                f"{head.threshold:.2f}, {language} model); the spans weigh most",
                zh=f"疑似{chinese}（概率 {probability:.2f}，间隔 {margin:.2f}，阈值 {head.threshold:.2f}，"
                f"{language} 模型）；标出处权重最大",
            ),
        )


@dataclass(slots=True)
class _Row:
    """A text on its way: what each language's model reads of it, and the highest margins so far."""

    text: str
    readings: dict[str, str]
    best: dict[str, Any] = field(default_factory=dict)


def _route(item: Content, models: Iterable[str]) -> _Row | Err:
    reading = read(item, tuple(models), DETECTOR)
    return reading if isinstance(reading, Err) else _Row(reading.text, reading.prepared)


def _score(rows: Sequence[_Row], model: _Model, language: str, ctx: CallContext) -> None:
    """Set each row's highest margins, scoring windows of all rows in batches."""
    import numpy as np

    pending: list[tuple[_Row, str]] = []
    # Products of other shapes differ in their last bits.
    batch = 1 if ctx.deterministic else BATCH

    def flush() -> None:
        for (row, _), margins in zip(pending, model.margins([w for _, w in pending], ctx), strict=True):
            row.best[language] = np.maximum(row.best.get(language, margins), margins)
        pending.clear()

    for row in rows:
        for window in model.window.cut(row.readings[language]):
            pending.append((row, window))
            if len(pending) == batch:
                flush()
    if pending:
        flush()
