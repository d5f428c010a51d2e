"""``text/classifier``: offence, hate, sexual content, violence, self-harm, illicit requests and spam, in two tiers.

The fast tier (shipped) reads everything, some microseconds a text. What it finds clear, or is sure of, stays its own
decision; the rest goes to the deep tier in one call where that has been pulled (``aigc models pull
moderation-deep``). Without it the fast tier decides alone. A deep tier that fails makes its texts errors: what the
fast tier could not decide is never passed because nobody else could be asked.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_sdk.content import Content
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ComponentError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening
from aigc_text.moderators.fast import BUNDLE, FastClassifier, HeadCuts
from aigc_text.moderators.reading import Reading, read
from aigc_text.moderators.shipped import open_shipped

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.moderators.deep import DeepClassifier

DETECTOR = "text/classifier"

HEADS: dict[str, Category] = {
    "offence": Category.HARASSMENT,
    "hate": Category.HATE,
    "sexual": Category.SEXUAL,
    "violence": Category.VIOLENCE,
    "self_harm": Category.SELF_HARM,
    "illicit": Category.ILLICIT,
    "spam": Category.SPAM,
}
"""Outputs of the models and what they mean in the taxonomy."""

GRAVE = frozenset({"sexual", "violence", "self_harm", "illicit"})
"""Heads whose findings are severe where the deep tier is all but certain."""
CERTAIN = 0.97
NEAR = 0.15
"""How far under the deep tier's threshold a text is still worth recording."""

_NAMES = {
    "offence": ("offensive or insulting language", "冒犯或辱骂性语言"),
    "hate": ("hateful language", "仇恨性语言"),
    "sexual": ("sexually explicit language", "露骨的性内容"),
    "violence": ("a threat of violence or a call to it", "暴力威胁或煽动"),
    "self_harm": ("self-harm or suicide", "自残或自杀内容"),
    "illicit": ("a request for help with something unlawful", "寻求违法行为的帮助"),
    "spam": ("unsolicited advertising or fraud", "垃圾广告或诈骗信息"),
}
_TIERS = {"fast": ("fast", "快速"), "deep": ("deep", "深度")}


@dataclass
class Decided:
    """How many texts each tier decided, since the moderator was loaded."""

    fast: int = 0
    deep: int = 0


@dataclass(slots=True)
class _Unit:
    """One reading of one item: the whole text, or the passages in its other language."""

    item: int
    language: str
    text: str
    prepared: str
    aside: bool = False
    scores: dict[str, _Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Score:
    """What one tier says of one head of a text."""

    probability: float
    cuts: HeadCuts
    tier: str
    language: str

    @property
    def weight(self) -> tuple[int, float]:
        """By which the readings of a text are compared: what is flagged outweighs what is not."""
        return (self.probability >= self.cuts.low) + (
            self.probability >= self.cuts.threshold
        ), self.probability


class ClassifierModerator:
    """Judges texts with ``moderation-fast`` and, where it is at hand, ``moderation-deep``.

    Args:
        deep: False: the fast tier alone, whatever has been pulled; for measurements.
    """

    def __init__(self, *, deep: bool = True) -> None:
        self._wants_deep = deep
        self._fast: FastClassifier | None = None
        self._deep: DeepClassifier | None = None
        self._lock = threading.Lock()
        self.decided = Decided()

    def load(self, runtime: Runtime) -> None:
        """Open the bundles and their graphs. Idempotent.

        Raises:
            BundleError: If a bundle is damaged.
        """
        if self._fast is None:
            from aigc_text.moderators.deep import deep_classifier

            deep = deep_classifier(runtime) if self._wants_deep else None
            fast = FastClassifier(open_shipped(BUNDLE, runtime), runtime)
            self.decided = Decided()
            self._deep, self._fast = deep, fast

    def close(self) -> None:
        """Let go of the models."""
        self._fast = self._deep = None

    @property
    def has_deep(self) -> bool:
        """True where the deep tier is loaded."""
        return self._deep is not None

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text; texts in languages without a model are `Err`, never passed unread."""
        fast, deep = self._fast, self._deep
        if fast is None:
            return [Err(_unloaded()) for _ in items]
        return [
            row if isinstance(row, Err) else self._screening(*row, fast, deep)
            for row in self._judge(items, fast, deep, ctx)
        ]

    def probabilities(
        self, items: Sequence[Content], *, ctx: CallContext | None = None
    ) -> list[dict[str, float] | Err]:
        """Calibrated probability of every head, from the tier that decides it; for measurements.

        Raises:
            ComponentError: If it is not loaded.
        """
        if self._fast is None:
            raise _unloaded()
        rows = self._judge(items, self._fast, self._deep, ctx or CallContext())
        return [
            row if isinstance(row, Err) else {head: score.probability for head, score in row[1].items()}
            for row in rows
        ]

    def doubtful(self, items: Sequence[Content], *, ctx: CallContext | None = None) -> list[bool]:
        """Whether the fast tier would leave an item to the deep one, were it there; for measurements.

        Raises:
            ComponentError: If it is not loaded.
        """
        if self._fast is None:
            raise _unloaded()
        units = _units([read(item, self._fast.languages, DETECTOR) for item in items])
        asked = {unit.item for unit in _score_fast(units, self._fast, ctx or CallContext())}
        return [number in asked for number in range(len(items))]

    def _judge(
        self,
        items: Sequence[Content],
        fast: FastClassifier,
        deep: DeepClassifier | None,
        ctx: CallContext,
    ) -> list[tuple[Reading, dict[str, _Score]] | Err]:
        """What was read of every item, and what was said of its heads."""
        readings = [read(item, fast.languages, DETECTOR) for item in items]
        units = _units(readings)
        failed: dict[int, Err] = {}
        asked: list[_Unit] = []
        try:
            doubtful = _score_fast(units, fast, ctx)
        except AigcError as error:
            failed = {unit.item: Err(error) for unit in units}
        else:
            asked = doubtful if deep is not None else []
        if deep is not None and asked:
            try:
                _score_deep(asked, deep, ctx)
            except Exception as error:  # noqa: BLE001  # whatever it is, it fails these texts and no others
                if not isinstance(error, AigcError):
                    cause, error = error, ComponentError(f"The deep tier of {DETECTOR} failed: {error}")
                    error.__cause__ = cause
                failed = {unit.item: Err(error) for unit in asked}
        self._count(len(items), len({unit.item for unit in asked}))
        best: list[dict[str, _Score]] = [{} for _ in items]
        for unit in units:
            for head, score in unit.scores.items():
                known = best[unit.item].get(head)
                if known is None or score.weight > known.weight:
                    best[unit.item][head] = score
        rows: list[tuple[Reading, dict[str, _Score]] | Err] = []
        for number, reading in enumerate(readings):
            if isinstance(reading, Err):
                rows.append(reading)
            else:
                rows.append(failed.get(number) or (reading, best[number]))
        return rows

    def _count(self, items: int, deep: int) -> None:
        with self._lock:
            self.decided.deep += deep
            self.decided.fast += items - deep

    def _screening(
        self,
        reading: Reading,
        scores: Mapping[str, _Score],
        fast: FastClassifier,
        deep: DeepClassifier | None,
    ) -> Screening:
        findings = []
        used = fast.digest
        for head, score in scores.items():
            digest = deep.digest if deep is not None and score.tier == "deep" else fast.digest
            if score.tier == "deep":
                used = digest
            if severity := _severity(head, score):
                findings.append(_finding(head, score, severity, fast, reading.text, digest))
        return Screening(tuple(findings), bundle=used)


def _units(readings: Sequence[Reading | Err]) -> list[_Unit]:
    return [
        _Unit(number, language, prepared, prepared, aside=True)
        if language != reading.language
        else _Unit(number, language, reading.text, prepared)
        for number, reading in enumerate(readings)
        if isinstance(reading, Reading)
        for language, prepared in reading.prepared.items()
    ]


def _unloaded() -> ComponentError:
    return ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")


def _score_fast(units: Sequence[_Unit], fast: FastClassifier, ctx: CallContext) -> list[_Unit]:
    """Set the fast tier's scores; returns the units that it would rather leave to the deep tier."""
    scores = fast.score([u.prepared for u in units], [u.language for u in units], ctx=ctx)
    doubtful = []
    for number, unit in enumerate(units):
        cuts = fast.cuts[unit.language]
        settled = bool(scores.clear[number])
        open_question = False
        for column, head in enumerate(fast.heads):
            if head not in cuts:
                continue
            probability = float(scores.probabilities[number, column])
            unit.scores[head] = _Score(probability, cuts[head], "fast", unit.language)
            sure = cuts[head].sure
            if sure is not None and probability >= sure:
                settled = True
            elif probability >= cuts[head].low:
                open_question = True
        if open_question or not settled:
            doubtful.append(unit)
    return doubtful


def _score_deep(units: Sequence[_Unit], deep: DeepClassifier, ctx: CallContext) -> None:
    """Replace the fast tier's scores by the deep tier's, save those that the fast tier is sure of."""
    texts, languages = [unit.text for unit in units], [unit.language for unit in units]
    found: Any = np.asarray(deep.probabilities(texts, languages, ctx=ctx))
    if found.shape != (len(units), len(deep.heads)) or not np.isfinite(found).all():
        raise ComponentError(f"The deep tier of {DETECTOR} gave no usable scores.")
    rows: npt.NDArray[Any] = found
    for unit, row in zip(units, rows, strict=True):
        for head, probability in zip(deep.heads, row.tolist(), strict=True):
            if head not in HEADS:
                continue
            mine = unit.scores.get(head)
            if mine is not None and mine.cuts.sure is not None and mine.probability >= mine.cuts.sure:
                continue
            thresholds = deep.aside_thresholds if unit.aside else deep.thresholds
            threshold = thresholds[unit.language][head]
            cuts = HeadCuts(max(0.05, threshold - NEAR), threshold, None)
            unit.scores[head] = _Score(probability, cuts, "deep", unit.language)


def _severity(head: str, score: _Score) -> Severity:
    if score.probability >= score.cuts.threshold:
        grave = head in GRAVE and score.tier == "deep" and score.probability >= CERTAIN
        return Severity.HIGH if grave else Severity.MEDIUM
    return Severity.LOW if score.probability >= score.cuts.low else Severity.SAFE


def _finding(
    head: str, score: _Score, severity: Severity, fast: FastClassifier, text: str, digest: str
) -> Finding:
    english, chinese = _NAMES[head]
    tier_en, tier_zh = _TIERS[score.tier]
    return Finding(
        category=HEADS[head],
        subcategory=head,
        severity=severity,
        score=score.probability,
        probability=score.probability,
        spans=fast.spans(text, head) if head in fast.heads else (),
        detector=DETECTOR,
        bundle=digest,
        explanation=Explanation(
            code=f"classifier.{head}",
            en=f"reads like {english} (probability {score.probability:.2f}, threshold "
            f"{score.cuts.threshold:.2f}, {tier_en} tier, {score.language}); the spans weigh most",
            zh=f"疑似{chinese}（概率 {score.probability:.2f}，阈值 {score.cuts.threshold:.2f}，"
            f"{tier_zh}层，{score.language}）；标出处权重最大",
        ),
    )
