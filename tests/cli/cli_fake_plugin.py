"""A plugin for the command line's tests: echoes, finds the words ``forbidden``, ``secret`` and ``doubtful``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import click
from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.bundles import write_manifest
from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.content import Candidate, Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError
from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.request import Finished, Generation, Request, Sample, TextDelta
from aigc_sdk.score import Score
from aigc_sdk.spec import (
    BundleSource,
    EvaluatorSpec,
    GeneratorSpec,
    ImporterSpec,
    ModeratorSpec,
    TrainerSpec,
)
from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
from aigc_sdk.verdict import Err, Finding, Screening, Span

AIGC_HOOK_API = (1, 1)
BATCHES: list[int] = []


class EchoOptions(BaseModel):
    """Options of the echo."""

    model_config = ConfigDict(extra="forbid")

    method: Literal["auto", "template"] = "auto"
    times: int = Field(default=1, ge=1, le=5, description="How often to say it.")
    stop: list[str] = []
    suffix: str = ""


class Echo:
    """Says its inputs, or its last message."""

    def load(self, runtime: Any) -> None:
        pass

    def close(self) -> None:
        pass

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        BATCHES.append(len(requests))
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Generation | Err:
        if not request.messages and not request.inputs:
            return Err(BadInputError("The echo needs inputs or messages."))
        text = self._text(request)
        if "refuse" in text:
            return Err(BadInputError("The echo refuses this.", hint="Say something else."))
        if "explode" in text:
            raise RuntimeError("the echo exploded")
        candidates = [
            Candidate(Text(text if i == 0 else f"{text} ({i})"), method="echo") for i in range(request.n)
        ]
        return Generation(tuple(candidates))

    def _text(self, request: Request) -> str:
        options = request.options
        assert isinstance(options, EchoOptions)
        said = request.messages[-1].content if request.messages else ""
        said = said or ", ".join(f"{k}={v}" for k, v in request.inputs.items())
        return " ".join([said] * options.times) + options.suffix

    def stream(self, request: Request, *, ctx: CallContext) -> Iterator[TextDelta | Finished]:
        text = self._text(request)
        for char in text:
            yield TextDelta(char)
        yield Finished(Candidate(Text(text)))


class Words:
    """Three words with three fates."""

    def load(self, runtime: Any) -> None:
        pass

    def close(self) -> None:
        pass

    def moderate(self, items: Sequence[Content], *, stage: Stage, ctx: CallContext) -> list[Screening | Err]:
        return [self._one(item) for item in items]

    def _one(self, item: Content) -> Screening:
        assert isinstance(item, Text)
        findings = []
        for word, category, severity, likely in (
            ("forbidden", Category.VIOLENCE, Severity.HIGH, 0.99),
            ("doubtful", Category.VIOLENCE, Severity.MEDIUM, 0.6),
            ("secret", Category.PRIVACY, Severity.MEDIUM, None),
        ):
            start = item.text.find(word)
            if start >= 0:
                span = Span(start=start, end=start + len(word))
                findings.append(
                    Finding(
                        category=category,
                        severity=severity,
                        probability=likely,
                        spans=(span,),
                        detector="text/words",
                    )
                )
        return Screening(tuple(findings))


class Length:
    """Counts characters."""

    def load(self, runtime: Any) -> None:
        pass

    def close(self) -> None:
        pass

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[list[Score] | Err]:
        return [
            [
                Score(
                    metric="length",
                    value=len(str(s.content)),
                    unit="characters",
                    implementation="fake/1",
                    explanation="counted",
                )
            ]
            for s in samples
        ]


def train(job: Any) -> Path:
    job.progress("epoch 1", 1, 1)
    job.report("epoch 1", {"loss": 0.5})
    job.out.mkdir()
    (job.out / "weights.txt").write_text(job.data.read_text() * job.options.times)
    write_manifest(job.out, id="trained", task="echo", licence="Apache-2.0")
    return job.out


def import_words(
    path: Path, out: Path, *, bundle_id: str, licence: str | None, source: str, progress: Any
) -> Path:
    progress(0.5, "halfway")
    if not licence:
        raise BadInputError("The file states no licence.", hint="Say it with --licence.")
    out.mkdir(parents=True)
    (out / "words.txt").write_bytes(path.read_bytes())
    write_manifest(out, id=bundle_id, task="lexicon", licence=licence, source=source)
    return out


def import_word_folder(path: Path, out: Path, **fields: Any) -> Path:
    return import_words(path / "words.txt", out, **fields)


def is_word_folder(path: Path) -> bool:
    return (path / "words.txt").is_file()


@hookimpl
def aigc_generators() -> list[GeneratorSpec]:
    shared = {
        "summary": "Says it again",
        "options": "cli_fake_plugin:EchoOptions",
        "outputs": (Kind.TEXT,),
        "languages": ("en", "zh"),
    }
    return [
        GeneratorSpec(
            id="text/echo",
            factory="cli_fake_plugin:Echo",
            inputs=(Kind.ATTRIBUTES,),
            evaluators=("text/length",),
            example={"inputs": {"name": "Luna"}},
            **shared,
        ),
        GeneratorSpec(
            id="text/parrot",
            factory="cli_fake_plugin:Echo",
            inputs=(Kind.MESSAGES,),
            streaming=True,
            example={"messages": [{"role": "user", "content": "Hello"}]},
            **shared,
        ),
    ]


@hookimpl
def aigc_evaluators() -> list[EvaluatorSpec]:
    return [
        EvaluatorSpec(
            id="text/length",
            summary="Characters",
            factory="cli_fake_plugin:Length",
            inputs=(Kind.TEXT,),
            metrics=("length",),
            example={"text": "four"},
        )
    ]


@hookimpl
def aigc_moderators() -> list[ModeratorSpec]:
    return [
        ModeratorSpec(
            id="text/words",
            summary="Three words",
            factory="cli_fake_plugin:Words",
            inputs=(Kind.TEXT,),
            categories=(Category.VIOLENCE, Category.PRIVACY),
            max_match=9,
        )
    ]


@hookimpl
def aigc_trainers() -> list[TrainerSpec]:
    return [
        TrainerSpec(
            id="text/echo",
            summary="Trains",
            factory="cli_fake_plugin:train",
            options="cli_fake_plugin:EchoOptions",
        )
    ]


@hookimpl
def aigc_importers() -> list[ImporterSpec]:
    return [
        ImporterSpec(
            id="words", summary="Words", factory="cli_fake_plugin:import_words", suffixes=(".words",)
        ),
        ImporterSpec(
            id="word-folder",
            summary="Folders of words",
            factory="cli_fake_plugin:import_word_folder",
            recognises="cli_fake_plugin:is_word_folder",
        ),
        ImporterSpec(id="by-name", summary="Asked for by its id", factory="cli_fake_plugin:import_words"),
    ]


@hookimpl
def aigc_bundles() -> list[BundleSource]:
    return [
        BundleSource(
            id="far-away",
            summary="Not here",
            licence="MIT",
            package="pypi:far-away==1.0",
            member="far/away.words",
            sha256="0" * 64,
            size=5_000_000,
            importer="words",
        )
    ]


@hookimpl
def aigc_commands(cli: click.Group) -> None:
    @cli.command()
    @pass_app
    def hello(app: App) -> None:
        """Greet from the plugin."""
        click.echo(f"hello from {len(app.registry.generators)} generators")
