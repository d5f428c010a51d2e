"""What a `Studio` call returns: ranked outputs, each screened and scored, and the trace of how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aigc_sdk.content import Candidate, Content, Text
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err, Verdict


@dataclass(frozen=True, slots=True)
class Usage:
    """One bundle that took part: its id, digest, and the provider ONNX Runtime really used."""

    bundle: str
    digest: str
    provider: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How a result came about.

    Attributes:
        component: Id of the generator.
        plugin: Plugin and version that brought it.
        request_id: Seeds derive from it.
        seed: Base seed.
        trace_id: Joins log lines.
        usage: Bundles used, with digests and providers.
        warnings: What the runtime had to say: a device asked for but not working, telemetry left on by the host.
        timings_ms: Milliseconds by step: prompt_screen, generate, output_screen, evaluate, total.
        attempts: Generation attempts made.
        dropped: Why candidates were dropped (never their text).
        held_back: Of a stream: characters that waited for screening: ``bound`` (most behind a window), ``mean`` and
            ``most`` (measured after each piece of text that came in).
    """

    component: str
    plugin: str
    request_id: str
    seed: int
    trace_id: str
    usage: tuple[Usage, ...] = ()
    warnings: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    attempts: int = 1
    dropped: tuple[str, ...] = ()
    held_back: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output:
    """One ranked output. ``content`` is what may be delivered: redacted already if the verdict says so."""

    content: Content
    verdict: Verdict
    scores: tuple[Score, ...] = ()
    rank_score: float = 0.0
    """What it was ranked by: mean utility of its valid directed scores."""
    candidate: Candidate | None = None

    @property
    def text(self) -> str:
        """The text of a text output. Raises TypeError for other kinds."""
        if not isinstance(self.content, Text):
            raise TypeError(f"This output is {self.content.kind}, not text.")
        return self.content.text

    def score(self, metric: str) -> Score | None:
        """The score called ``metric``, if it was computed."""
        return next((s for s in self.scores if s.metric == metric), None)


@dataclass(frozen=True, slots=True)
class Result:
    """Outputs of one request, best first; never empty (a refusal is a `ContentBlockedError`)."""

    outputs: tuple[Output, ...]
    prompt_verdict: Verdict
    trace: Trace
    errors: tuple[str, ...] = ()
    """Evaluators that failed; their scores are missing and ranking went on without them."""

    @property
    def content(self) -> Content:
        """The best output's content."""
        return self.outputs[0].content

    @property
    def text(self) -> str:
        """The best output's text."""
        return self.outputs[0].text

    @property
    def verdict(self) -> Verdict:
        """The best output's verdict."""
        return self.outputs[0].verdict

    @property
    def scores(self) -> tuple[Score, ...]:
        """The best output's scores."""
        return self.outputs[0].scores

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; media content is given by hash."""
        from dataclasses import asdict

        outputs = []
        for output in self.outputs:
            row: dict[str, Any] = {}
            if isinstance(output.content, Text):
                row["text"] = output.content.text
            else:
                row["sha256"] = output.content.sha256()
            if output.candidate is not None:
                row["method"] = output.candidate.method
                row["finish_reason"] = output.candidate.finish_reason
                row["tokens"] = output.candidate.tokens
                row["meta"] = output.candidate.meta
            row["verdict"] = output.verdict.as_dict()
            row["scores"] = [score.model_dump(mode="json") for score in output.scores]
            row["rank_score"] = output.rank_score
            outputs.append(row)
        return {
            "outputs": outputs,
            "prompt_verdict": self.prompt_verdict.as_dict(),
            "trace": asdict(self.trace),
            "errors": list(self.errors),
        }


ResultRow = Result | Err


@dataclass(frozen=True, slots=True)
class StreamDone:
    """The end of a screened stream."""

    result: Result
