"""How results, verdicts and scores look to people. Only imported for human output."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from aigc_sdk.cli.app import printable
from aigc_sdk.content import Text
from aigc_sdk.verdict import Decision

if TYPE_CHECKING:
    from aigc_sdk.result import Output, Result
    from aigc_sdk.score import Score
    from aigc_sdk.verdict import Verdict

_COLOUR = {
    Decision.ALLOW: "green",
    Decision.REDACT: "yellow",
    Decision.REVIEW: "yellow",
    Decision.BLOCK: "red",
}


_FRAME = 8
"""Columns of a panel's edge, and room for what was left out."""


def show_result(console: Console, result: Result, language: str | None) -> None:
    """Ranked outputs with decision and scores, then how they came about."""
    for place, output in enumerate(result.outputs, 1):
        console.print(_output(place, output, console.width))
        _reasons(console, output.verdict, language)
    for note in _notes(result):
        console.print(Styled(f"note: {printable(note)}", style="yellow"))
    for error in result.errors:
        console.print(Styled(f"not scored: {printable(error)}", style="yellow"))
    trace = result.trace
    total = trace.timings_ms.get("total")
    parts = [trace.component, trace.plugin, f"seed {trace.seed}"]
    parts += [f"{use.bundle} on {use.provider}" for use in trace.usage]
    if total is not None:
        parts.append(f"{total:.0f} ms")
    console.print(Styled(" · ".join(parts), style="dim"))


def _notes(result: Result) -> list[str]:
    """What generators say about how it came about, such as another method than the one asked for."""
    notes: dict[str, None] = {}
    for output in result.outputs:
        said = output.candidate.meta.get("notes") if output.candidate is not None else None
        if isinstance(said, list | tuple):
            notes.update(dict.fromkeys(str(note) for note in said))
    return list(notes)


def _output(place: int, output: Output, width: int) -> Panel:
    text = output.content.text if isinstance(output.content, Text) else f"({output.content.kind})"
    decision = output.verdict.decision
    title = [str(place), str(decision)]
    if output.scores:
        title.append(f"rank {output.rank_score:.2f}")
    if output.candidate is not None and output.candidate.method:
        title.append(output.candidate.method)
    return Panel(
        Styled(printable(text)),
        title=Styled(" · ".join(title)),
        title_align="left",
        subtitle=Styled(_brief(output.scores, width - _FRAME)) if output.scores else None,
        subtitle_align="left",
        border_style=_COLOUR[decision],
    )


def _brief(scores: Iterable[Score], width: int) -> str:
    """As many scores as fit a line whole: half a number would be another number."""
    line = ""
    for part in (f"{s.metric} {s.value:.3g}" for s in scores if s.valid and s.value is not None):
        longer = f"{line}  {part}" if line else part
        if len(longer) > width:
            return f"{line} …"
        line = longer
    return line


def show_verdict(console: Console, verdict: Verdict, language: str | None) -> None:
    """The decision, why, and what was found where."""
    style = f"bold {_COLOUR[verdict.decision]}"
    head = Styled(str(verdict.decision), style=style)
    looked = ", ".join(verdict.detectors) or "no detector"
    head.append(
        f"  {verdict.status} · {verdict.stage} · policy {verdict.policy} · {looked} · {verdict.latency_ms:.0f} ms",
        style="dim",
    )
    console.print(head)
    _reasons(console, verdict, language)
    if verdict.findings:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("category", "severity", "probability", "where", "detector"):
            table.add_column(column)
        for finding in verdict.findings:
            name = f"{finding.category}/{finding.subcategory}" if finding.subcategory else finding.category
            likely = "" if finding.probability is None else f"{finding.probability:.2f}"
            where = ", ".join(
                f"{s.start:g}-{s.end:g}" for s in finding.spans if s.start is not None and s.end
            )
            table.add_row(printable(name), finding.severity.name.lower(), likely, where, finding.detector)
        console.print(table)
    if verdict.redacted is not None:
        console.print(Panel(Styled(printable(verdict.redacted)), title="redacted", title_align="left"))


def _reasons(console: Console, verdict: Verdict, language: str | None) -> None:
    reasons = verdict.reasons("zh" if language == "zh" else "en")
    for reason in reasons:
        console.print(Styled(f"  {printable(reason)}", style=_COLOUR[verdict.decision]))
    for error in verdict.errors:
        if any(error.message in reason for reason in reasons):
            continue
        console.print(Styled(f"  {error.detector}: {printable(error.message)}", style="yellow"))


def scores_table(scores: Iterable[Score]) -> RenderableType:
    """Metric, value, what is better, and how it was reached."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("metric")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("better")
    table.add_column("how", overflow="fold")
    for score in scores:
        value = "–" if score.value is None else f"{score.value:.4g}"
        better = "" if score.direction == "none" else score.direction
        table.add_row(
            score.metric,
            value,
            score.unit,
            better,
            Styled(printable(score.reason or score.explanation), style="" if score.valid else "yellow"),
        )
    return Group(table)
