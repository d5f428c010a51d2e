"""A plugin whose parts behave (or misbehave) as tests need, without models.

Generators, evaluators and moderators here are configured through class attributes by the `parts` fixture.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.content import Candidate, Text
from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.errors import BadInputError
from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.request import Finished, Generation, TextDelta
from aigc_sdk.score import Score
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec, ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Err, Finding, Screening, Span


class EchoOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    times: int = Field(default=1, ge=1, le=5)


class Echo:
    """Repeats its input ``text``; `hook` lets a test take over."""

    hook: Callable[..., object] | None = None

    def load(self, runtime):
        self.runtime = runtime

    def close(self):
        pass

    def generate(self, requests, *, ctx):
        if Echo.hook is not None:
            return Echo.hook(requests, ctx)
        rows = []
        for request in requests:
            text = request.inputs.get("text") or (request.messages[-1].content if request.messages else None)
            if text is None:
                rows.append(Err(BadInputError("echo needs the input 'text'")))
                continue
            times = request.options.times if request.options else 1
            draws = ctx.rng(request.id).integers(0, 1 << 30, size=request.n + 1)
            rows.append(
                Generation(tuple(Candidate(Text(f"{text * times} #{d}"), method="echo") for d in draws))
            )
        return rows

    def stream(self, request, *, ctx):
        text = str(request.inputs["text"])
        for start in range(0, len(text), 3):
            if ctx.stopped:
                break
            yield TextDelta(text[start : start + 3])
        yield Finished(Candidate(Text(text), method="echo"))


class Shortness:
    hook: Callable[..., object] | None = None

    def load(self, runtime):
        pass

    def close(self):
        pass

    def evaluate(self, samples, *, ctx):
        if Shortness.hook is not None:
            return Shortness.hook(samples, ctx)
        return [
            [
                Score(
                    metric="shortness",
                    value=1 / (1 + len(s.content.text)),
                    range=(0, 1),
                    implementation="fake/1",
                    explanation=f"{len(s.content.text)} characters",
                )
            ]
            for s in samples
        ]


class WordModerator:
    """Bounded match: finds `WORDS`; each maps to (category, severity)."""

    WORDS: ClassVar[dict[str, tuple[Category, Severity]]] = {}
    hook: Callable[..., object] | None = None

    def load(self, runtime):
        pass

    def close(self):
        pass

    def moderate(self, items, *, stage, ctx):
        if WordModerator.hook is not None:
            return WordModerator.hook(items, stage, ctx)
        return self.plain(items)

    def plain(self, items):
        rows = []
        for item in items:
            findings = []
            for word, (category, severity) in WordModerator.WORDS.items():
                start = item.text.find(word)
                while start >= 0:
                    findings.append(
                        Finding(
                            category=category,
                            severity=severity,
                            spans=(Span(start=start, end=start + len(word)),),
                        )
                    )
                    start = item.text.find(word, start + 1)
            rows.append(Screening(tuple(findings)))
        return rows


def hang(*_args, seconds: float = 30.0):
    """Block without ever looking at the context."""
    threading.Event().wait(seconds)


def slow(seconds: float):
    def run(requests, ctx):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not ctx.stopped:
            time.sleep(0.002)
        return [Generation((Candidate(Text("late")),)) for _ in requests]

    return run


ECHO = GeneratorSpec(
    id="text/echo",
    summary="Repeats its input.",
    factory="fake_plugins:Echo",
    options="fake_plugins:EchoOptions",
    inputs=(Kind.ATTRIBUTES, Kind.MESSAGES),
    outputs=(Kind.TEXT,),
    languages=("en", "zh"),
    streaming=True,
    evaluators=("text/shortness", "text/not-installed"),
    example={"inputs": {"text": "hello"}},
)
SHORTNESS = EvaluatorSpec(
    id="text/shortness",
    summary="Short is good.",
    factory="fake_plugins:Shortness",
    inputs=(Kind.TEXT,),
    metrics=("shortness",),
)
WORDS = ModeratorSpec(
    id="text/words",
    summary="Finds words.",
    factory="fake_plugins:WordModerator",
    inputs=(Kind.TEXT,),
    categories=tuple(Category),
    stages=tuple(Stage),
    max_match=16,
)


def module(name: str, **attributes: object) -> ModuleType:
    """A plugin module on the fly."""
    made = ModuleType(name)
    made.__dict__.update({"AIGC_HOOK_API": (1, 1), **attributes})
    return made


def plugin(
    name: str,
    *,
    generators: Sequence[GeneratorSpec] = (),
    evaluators: Sequence[EvaluatorSpec] = (),
    moderators: Sequence[ModeratorSpec] = (),
    **attributes: object,
) -> PluginSource:
    @hookimpl
    def aigc_generators():
        return generators

    @hookimpl
    def aigc_evaluators():
        return evaluators

    @hookimpl
    def aigc_moderators():
        return moderators

    made = module(
        name,
        aigc_generators=aigc_generators,
        aigc_evaluators=aigc_evaluators,
        aigc_moderators=aigc_moderators,
        **attributes,
    )
    return PluginSource(name=name, load=lambda: made, distribution=f"dist-{name}", version="1.2")


def registry(*extra: PluginSource, moderators: Sequence[ModeratorSpec] = (WORDS,)) -> Registry:
    base = plugin("fake", generators=[ECHO], evaluators=[SHORTNESS], moderators=moderators)
    return Registry([base, *extra])
