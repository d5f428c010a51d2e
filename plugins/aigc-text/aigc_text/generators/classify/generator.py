"""The generator behind ``text/classify``."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError, InputTooLargeError
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err, Explanation
from aigc_text.generators.classify.options import ClassifyOptions

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.classify.explain import Evidence
    from aigc_text.generators.classify.model import Prediction, TextClassifier

LONGEST: Final = 20_000
"""Characters of one text."""
_NAMES: Final = ("text", "prompt", "文本")


class ClassifyGenerator:
    """Labels of texts; see `ClassifyOptions`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._models: dict[str, TextClassifier] = {}
        self._lock = threading.Lock()

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; classifiers are opened by the first request that names them."""
        with self._lock:
            self._runtime = runtime
            self._models.clear()

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        with self._lock:
            self._runtime = None
            self._models.clear()

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Label texts, all of one classifier in one batch.

        Args:
            requests: ``inputs`` hold the text as ``text`` (or ``prompt``); options `ClassifyOptions`.
            ctx: Cancellation and deadline; ``deterministic`` reads each text alone.

        Returns:
            A `Generation` a row, its candidates the label (or `ClassifyOptions.unknown_label`) and the next likely ones, as
            many as wanted; ``meta`` says how likely each label is and how that was decided. Or `Err`: `BadInputError`
            without a text, `InputTooLargeError`, `ModelNotFoundError`, `BundleError` where the bundle is no classifier.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        groups: dict[ClassifyOptions, list[tuple[int, str]]] = {}
        for index, request in enumerate(requests):
            try:
                ctx.check()
                groups.setdefault(_options(request), []).append((index, text_of(request.inputs)))
            except AigcError as error:
                rows[index] = Err(error)
        for options, members in groups.items():
            try:
                model = self._model(options.bundle)
                texts = [text for _, text in members]
                found = model.predict(
                    texts, threshold=options.threshold, open_set=options.out_of_scope, ctx=ctx
                )
            except AigcError as error:
                for index, _ in members:
                    rows[index] = Err(error)
                continue
            for (index, text), prediction in zip(members, found, strict=True):
                try:
                    rows[index] = _answer(requests[index], text, prediction, model, options, ctx)
                except AigcError as error:
                    rows[index] = Err(error)
        return [row if row is not None else Err(ComponentError("The text was not read.")) for row in rows]

    def _model(self, name: str) -> TextClassifier:
        from aigc_text.generators.classify.model import TextClassifier

        with self._lock:
            if self._runtime is None:
                raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
            if name not in self._models:
                self._models[name] = TextClassifier(self._runtime.bundle(name), self._runtime)
            return self._models[name]


def text_of(inputs: Mapping[str, Any]) -> str:
    """The one text of a request.

    Raises:
        BadInputError: If there is none, or something else beside it.
        InputTooLargeError: If it is longer than `LONGEST`.
    """
    given = [name for name in _NAMES if inputs.get(name) is not None]
    if len(given) != 1 or len(inputs) != 1:
        names = ", ".join(sorted(map(str, inputs))) or "nothing"
        raise BadInputError(
            f"text/classify takes one input, 'text'; got {names[:200]}.", hint='Give -i text="…".'
        )
    text = inputs[given[0]]
    if not isinstance(text, str) or not text.strip():
        raise BadInputError("The text to classify must be a string that is not blank.")
    if len(text) > LONGEST:
        raise InputTooLargeError(
            f"The text has {len(text):,} characters; text/classify reads {LONGEST:,}.", hint="Split it."
        )
    return Text(text).text


def _options(request: Request) -> ClassifyOptions:
    return request.options if isinstance(request.options, ClassifyOptions) else ClassifyOptions()


def _answer(
    request: Request,
    text: str,
    found: Prediction,
    model: TextClassifier,
    options: ClassifyOptions,
    ctx: CallContext,
) -> Generation:
    shown = [
        {"label": label, "probability": round(probability, 6)}
        for label, probability in list(zip(found.labels, found.probabilities, strict=True))[: options.top_k]
    ]
    evidence: tuple[Evidence, ...] = ()
    if options.explain and found.known:
        from aigc_text.generators.classify.explain import explain

        evidence = explain(model, text, found.labels[0], ctx)
    told = explanation(found, model.scope_score, evidence)
    meta: dict[str, Any] = {
        "labels": shown,
        "out_of_scope": not found.known,
        "scope": {
            "score": model.scope_score,
            "value": round(found.score, 6),
            "threshold": found.threshold,
            "reason": found.reason,
        },
        "explanation": told.model_dump(),
    }
    if options.explain:
        meta["evidence"] = [
            {"span": [e.start, e.end], "text": e.text, "weight": round(e.weight, 4)} for e in evidence
        ]
    ranked: list[tuple[str, float | None]] = [] if found.known else [(options.unknown_label, None)]
    ranked += zip(found.labels, found.probabilities, strict=True)
    candidates = [
        Candidate(
            Text(label),
            logprob=None if probability is None else math.log(max(probability, 1e-300)),
            method=model.method,
            meta={**meta, "probability": None if probability is None else round(probability, 6)},
        )
        for label, probability in ranked[: max(1, request.n)]
    ]
    return Generation(tuple(candidates), bundle=model.digest)


def explanation(found: Prediction, score: str, evidence: tuple[Evidence, ...] = ()) -> Explanation:
    """Why a text has its label, or none, in words."""
    label, first = found.labels[0], found.probabilities[0]
    next_en = next_zh = ""
    if len(found.labels) > 1:
        next_en = f"; next is {found.labels[1]} ({found.probabilities[1]:.3f})"
        next_zh = f"；其次是 {found.labels[1]}（{found.probabilities[1]:.3f}）"
    if found.reason == "outside":
        return Explanation(
            code="classify.outside",
            en=f"Looks most like the texts that were given as out of scope; the nearest label is {label} ({first:.3f}).",
            zh=f"最像训练时标为范围之外的文本；最接近的标签是 {label}（{first:.3f}）。",
        )
    if found.reason == "score":
        return Explanation(
            code="classify.out_of_scope",
            en=f"None of the labels: the {score} score {found.score:.3f} is below {found.threshold:.3f}; the nearest label"
            f" is {label} ({first:.3f}).",
            zh=f"不属于任何标签：{score} 得分 {found.score:.3f} 低于 {found.threshold:.3f}；最接近的标签是 {label}"
            f"（{first:.3f}）。",
        )
    words = ", ".join(f"“{e.text}” ({e.weight:+.2f})" for e in evidence)
    return Explanation(
        code="classify.label",
        en=f"{label} with probability {first:.3f}{next_en}"
        + (f". It rests most on {words}." if words else "."),
        zh=f"{label}，概率 {first:.3f}{next_zh}" + (f"。最倚重的词：{words}。" if words else "。"),
    )
