"""``aigc demo``: play the scenes, print them, write the page."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.options import common_options, studio_options

if TYPE_CHECKING:
    from rich.console import Console

    from aigc_text.demo.scenes import Played

_COLOURS = {"allow": "green", "redact": "yellow", "review": "dark_orange", "block": "red"}


@click.command(epilog="\b\nExamples:\n  aigc demo\n  aigc demo --out my-demo --seed 11")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/demo"),
    show_default=True,
    help="Folder for the page.",
)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Seed of every scene.")
@studio_options
@common_options
@pass_app
def demo(
    app: App,
    out: Path,
    seed: int,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
) -> None:
    """Write copy and chat with real models, screened and scored, and make a page of it."""
    import aigc_sdk
    from aigc_text.demo.page import render
    from aigc_text.demo.scenes import SCENES, play

    console = app.err if app.json else app.out
    played: list[Played] = []
    with app.studio(policy=policy, device=device, threads=threads, timeout=timeout or 120.0) as studio:
        for scene in SCENES:
            console.print()
            console.rule(f"[bold]{scene.title}", align="left")
            console.print(scene.note, style="dim")
            shown = play(
                studio, scene, seed=seed, on_text=lambda text: console.print(text, end="", markup=False)
            )
            _print(console, shown)
            played.append(shown)
        about = {
            "AIGC SDK": aigc_sdk.__version__,
            "device": studio.runtime.device.device,
            "Python": platform.python_version(),
            "seed": str(seed),
        }
    out.mkdir(parents=True, exist_ok=True)
    page = out / "index.html"
    page.write_text(render(played, about), encoding="utf-8")
    console.print()
    console.print(f"The page: [bold]{page}[/bold]")
    if app.json:
        app.emit({"page": str(page), "scenes": [p.as_dict() for p in played]})
    for failed in (p.error for p in played if p.error is not None and p.verdict is None):
        raise failed


def _print(console: Console, shown: Played) -> None:
    if shown.result is not None:
        for rank, output in enumerate(shown.result.outputs, 1):
            if shown.first_text_s is None:
                console.print(f"[bold]{rank}.[/bold]", end=" ")
                console.print(output.text, markup=False)
            else:
                console.print()
            decision = str(output.verdict.decision)
            scores = ", ".join(f"{s.metric} {s.value:.3g}" for s in output.scores if s.value is not None)
            console.print(f"   [{_COLOURS[decision]}]{decision}[/] · {scores}", style="dim")
    elif shown.verdict is not None:
        decision = str(shown.verdict.decision)
        console.print(f"[{_COLOURS[decision]}]{decision}[/]")
        for reason in shown.verdict.reasons():
            console.print(f"   {reason}", style="dim", markup=False)
    if shown.error is not None:
        console.print(str(shown.error), style="red", markup=False)
    console.print(f"   {shown.seconds:.2f} s", style="dim")
