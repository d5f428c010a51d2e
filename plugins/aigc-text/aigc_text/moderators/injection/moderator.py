"""``text/injection``: prompt injection and jailbreaks, in prompts and in retrieved passages.

A text is read as it stands, through its disguises (`decoding`), and with look-alikes and digits undone. Each reading
is judged in windows; the highest score counts. Where the deep classifier is at hand, it is asked about texts that
the linear model is unsure of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError, UnsupportedLanguageError
from aigc_sdk.language import effective_language
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.injection.decoding import MOST_LAYERS, Layer, layers, name
from aigc_text.moderators.injection.model import InjectionModel
from aigc_text.moderators.injection.reading import Reading, read, read_folded
from aigc_text.moderators.injection.rules import RULES
from aigc_text.moderators.lexicon_variants import LOOKALIKES, variants
from aigc_text.moderators.normalise import Folded, widen

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

DETECTOR = "text/injection"

KIND_NAMES = {
    "override": ("an attempt to override the instructions", "试图推翻既有指令"),
    "roleplay": ("a jailbreak by role play", "以角色扮演越狱"),
    "extraction": ("an attempt to extract hidden instructions or secrets", "试图套取隐藏指令或机密"),
    "indirect": ("an instruction to the model inside a passage", "文本中夹带给模型的指令"),
    "encoded": ("a disguised instruction to the model", "经过伪装的模型指令"),
}
_MOST_SPANS = 3
_LOOKALIKE = frozenset(LOOKALIKES)
_SIGNS = frozenset("013457@$|!")


@dataclass(slots=True)
class _View:
    """One reading of an item, and the disguise it was found under."""

    reading: Reading
    layer: Layer | None = None
    how: str = ""
    margin: float = -np.inf
    window: int = -1


@dataclass(slots=True)
class _Item:
    """A text on its way to its screening."""

    text: str
    language: str
    views: list[_View] = field(default_factory=list)
    complete: bool = True

    @property
    def best(self) -> _View:
        return max(self.views, key=lambda v: v.margin)


class InjectionModerator:
    """Judges texts with the linear model of ``moderation-injection`` and, where pulled, the deep classifier."""

    def __init__(self) -> None:
        self._model: InjectionModel | None = None
        self._deep: Any = None

    @classmethod
    def of_model(cls, model: InjectionModel) -> InjectionModerator:
        """A moderator, ready for use, that judges by ``model`` alone; for measurements."""
        moderator = cls()
        moderator._model = model
        return moderator

    def load(self, runtime: Runtime) -> None:
        """Open the bundle, and the deep classifier where it is at hand. Idempotent.

        Raises:
            BundleError: If a bundle is damaged.
        """
        if self._model is None:
            from aigc_text.moderators.deep import deep_classifier

            deep = deep_classifier(runtime)
            self._deep = deep if deep is not None and "injection" in deep.heads else None
            self._model = InjectionModel(runtime)

    def close(self) -> None:
        """Let go of the models."""
        self._model = self._deep = None

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text; texts in languages without a model are `Err`, never passed unread."""
        model = self._model
        if model is None:
            error = ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
            return [Err(error) for _ in items]
        rows: list[_Item | Err] = []
        for item in items:
            try:
                rows.append(_prepare(item, model.languages, ctx))
            except AigcError as error:
                rows.append(Err(error))
        try:
            judged = self._judge([r for r in rows if isinstance(r, _Item)], model, stage, ctx)
        except AigcError as error:
            return [r if isinstance(r, Err) else Err(error) for r in rows]
        answers = iter(judged)
        return [r if isinstance(r, Err) else next(answers) for r in rows]

    def probabilities(
        self, texts: Sequence[str], *, stage: Stage = Stage.PROMPT, deep: bool = True
    ) -> list[float]:
        """Probability of an attack for each text, NaN where its language is not served; for measurements.

        Args:
            texts: Any texts.
            stage: Whose calibration is used.
            deep: Whether the deep classifier is asked (where it is at hand).

        Raises:
            ComponentError: If it is not loaded.
        """
        if self._model is None:
            raise ComponentError(f"{DETECTOR} was asked before it was loaded.", hint="Call load() first.")
        ctx = CallContext()
        values: list[float] = []
        for start in range(0, len(texts), 64):
            rows: list[_Item | None] = []
            for text in texts[start : start + 64]:
                try:
                    rows.append(_prepare(Text(text), self._model.languages, ctx))
                except UnsupportedLanguageError:
                    rows.append(None)
            asked = [r for r in rows if r is not None]
            known = iter(self._scores(asked, self._model, stage, ctx, deep=deep))
            values += [float("nan") if r is None else next(known) for r in rows]
        return values

    def _judge(
        self, items: list[_Item], model: InjectionModel, stage: Stage, ctx: CallContext
    ) -> list[Screening]:
        scores = self._scores(items, model, stage, ctx)
        out = []
        for item, probability in zip(items, scores, strict=True):
            severity = model.operating[item.language][stage].severity(probability) if item.views else 0
            findings = (
                (self._finding(item, probability, Severity(severity), model, stage),) if severity else ()
            )
            out.append(Screening(findings, complete=item.complete, bundle=model.digest))
        return out

    def _scores(
        self, items: list[_Item], model: InjectionModel, stage: Stage, ctx: CallContext, *, deep: bool = True
    ) -> list[float]:
        """Joint probability of each item; sets the best window of every view."""
        views = [view for item in items for view in item.views]
        for view, margins in zip(views, model.margins([v.reading for v in views], ctx), strict=True):
            if len(margins):
                view.window = int(np.argmax(margins))
                view.margin = float(margins[view.window])
        scores = [
            model.operating[i.language][stage].probability(i.best.margin) if i.views else 0.0 for i in items
        ]
        if deep and self._deep is not None:
            unsure = [
                n
                for n, item in enumerate(items)
                if item.views and item.language in self._deep.thresholds and model.fusion.asks(scores[n])
            ]
            if unsure:
                texts = [_shown(items[n]) for n in unsure]
                found = self._deep.probabilities(texts, [items[n].language for n in unsure], ctx=ctx)
                column = self._deep.heads.index("injection")
                for n, row in zip(unsure, found, strict=True):
                    language = items[n].language
                    threshold = model.operating[language][stage].threshold
                    own = self._deep.thresholds[language]["injection"]
                    scores[n] = model.fusion.joint(scores[n], float(row[column]), threshold, own)
        return scores

    def _finding(
        self, item: _Item, probability: float, severity: Severity, model: InjectionModel, stage: Stage
    ) -> Finding:
        view = item.best
        window = view.reading.windows[view.window]
        start, end = view.reading.characters(window)
        inside = [h for h in view.reading.hits if start <= h.start and h.end <= end]
        weights = model.rule_weights
        telling = sorted({h.rule for h in inside if weights[h.rule] > 0}, key=lambda r: -weights[r])
        kind = RULES[telling[0]].kind if telling else "indirect" if stage is Stage.RETRIEVED else "override"
        if view.layer is not None:
            kind = "encoded"
        english, chinese = KIND_NAMES[kind]
        threshold = model.operating[item.language][stage].threshold
        reasons_en = [RULES[r].en for r in telling[:3]]
        reasons_zh = [RULES[r].zh for r in telling[:3]]
        if view.how:
            reasons_en.append(f"hidden by {name(view.how, 'en')}")
            reasons_zh.append(f"以{name(view.how, 'zh')}隐藏")
        return Finding(
            category=Category.INJECTION,
            subcategory=kind,
            severity=severity,
            score=view.margin,
            probability=probability,
            spans=_spans(item, view, inside, telling, model),
            detector=DETECTOR,
            bundle=model.digest,
            explanation=Explanation(
                code=f"injection.{kind}",
                en=f"reads like {english} (probability {probability:.2f}, threshold {threshold:.2f})"
                + "".join(f"; {r}" for r in reasons_en),
                zh=f"疑似{chinese}（概率 {probability:.2f}，阈值 {threshold:.2f}）"
                + "".join(f"；{r}" for r in reasons_zh),
            ),
        )


def _shown(item: _Item) -> str:
    """What the deep classifier is to read: the hidden text where that is what looks like an attack."""
    view = item.best
    return item.text if view.layer is None and not view.how else view.reading.folded.text


def _prepare(item: Content, languages: Sequence[str], ctx: CallContext) -> _Item:
    if not isinstance(item, Text):
        raise BadInputError(f"{DETECTOR} takes text, got {item.kind}.")
    language = effective_language(item.text, item.language)

    def check() -> None:
        ctx.check()

    found: list[Layer] = []
    complete = True
    for layer in layers(item.text):
        if len(found) == MOST_LAYERS:
            complete = False
            break
        found.append(layer)
    views: list[_View] = []
    if language not in languages and language != "zxx":
        # Letters of other alphabets that are there to look Latin: then it is English in disguise.
        views = _undisguised(read(item.text, "en", check))
        if not any(_latin(v.reading.folded.text) for v in views):
            raise UnsupportedLanguageError(
                f"{DETECTOR} has no model for language {language!r}.",
                hint=f"It serves {', '.join(languages)}.",
            )
        language = "en"
    elif language != "zxx":
        plain = read(item.text, language, check)
        views = [_View(plain), *_undisguised(plain)]
    for layer in found:
        spoken = effective_language(layer.text, None)
        if spoken in languages:
            hidden = read(layer.text, spoken, check)
            views += [_View(hidden, layer, layer.how)]
            language = spoken if language == "zxx" else language
    return _Item(item.text, language, [v for v in views if v.reading.windows], complete)


def _latin(text: str) -> bool:
    # One letter that has no Latin twin, and it was another language rather than a disguise.
    return effective_language(text, None) == "en" and not any(c.isalpha() and ord(c) >= 0x250 for c in text)


def _undisguised(plain: Reading) -> list[_View]:
    """Readings with look-alike letters, and digits and signs that stand for letters, undone."""
    folded = plain.folded
    characters = set(folded.text)
    lookalikes = bool(characters & _LOOKALIKE)
    signs = bool(characters & _SIGNS) and _mixes(folded.text)
    if not lookalikes and not signs:
        return []
    how = "lookalikes"
    return [
        _View(read_folded(Folded(folded.source, text, folded.origin), "en"), None, how)
        for text in variants(folded.text, lookalikes, signs)
    ]


def _mixes(text: str) -> bool:
    """Whether digits or signs stand inside words (``1gn0re``), not beside them (``5kg``, ``v2``)."""
    return any(
        any(c in _SIGNS for c in word) and sum(c.isalpha() for c in word) >= 2 and not word.isalpha()
        for word in text.split()
    )


def _spans(
    item: _Item, view: _View, inside: Sequence[Any], telling: Sequence[int], model: InjectionModel
) -> tuple[Span, ...]:
    if view.layer is not None:
        start, end = widen(item.text, view.layer.start, view.layer.end)
        return (Span(start=start, end=end, matched=view.reading.folded.text[:200]),)
    reading = view.reading
    places: list[tuple[int, int]] = []
    for hit in sorted((h for h in inside if h.rule in telling), key=lambda h: -model.rule_weights[h.rule]):
        if all(hit.end <= a or b <= hit.start for a, b in places):
            places.append((hit.start, hit.end))
        if len(places) == _MOST_SPANS:
            break
    if not places:
        places = [_weightiest(reading, reading.windows[view.window], model)]
    spans = []
    for first, last in sorted(places):
        start, end = reading.folded.span(first, last)
        spans.append(Span(start=start, end=end, matched=reading.folded.text[first:last]))
    return tuple(spans)


def _weightiest(reading: Reading, window: tuple[int, int], model: InjectionModel) -> tuple[int, int]:
    """The run of tokens with the largest sum of shares (Kadane's maximum subarray)."""
    best, best_range, total, start = -np.inf, (0, 1), 0.0, 0
    for at, share in enumerate(model.shares(reading, window).tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += share
        if total > best:
            best, best_range = total, (start, at + 1)
    tokens = reading.tokens
    return tokens.starts[window[0] + best_range[0]], tokens.ends[window[0] + best_range[1] - 1]
