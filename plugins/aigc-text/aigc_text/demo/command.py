"""``aigc demo``: play the scenes, print them, write the page."""

from __future__ import annotations

import platform
from pathlib import Path

import click


@click.command(
    "demo",
    epilog="Example: aigc demo --out out/demo",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out/demo"),
              show_default=True, help="Folder for the page.")  # fmt: skip
@click.option("--seed", type=int, default=7, show_default=True, help="Seed of every scene.")
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda", "cuda-only"]),
    default="auto",
    show_default=True,
    help="Where models run.",
)
@click.option("--json", "as_json", is_flag=True, help="Print results as JSON instead.")
def demo(out: Path, seed: int, device: str, as_json: bool) -> None:
    """Write copy and chat with real models, screen and score it, and make a page of it."""
    import json

    from rich.console import Console

    import aigc_sdk
    from aigc_sdk.studio import Studio
    from aigc_text.demo.page import render
    from aigc_text.demo.scenes import SCENES, Played, play

    console = Console(stderr=as_json)
    played: list[Played] = []
    with Studio(device=device) as studio:  # type: ignore[arg-type]  # click checked the choice
        for scene in SCENES:
            console.rule(f"[bold]{scene.title}", align="left")
            console.print(scene.note, style="dim")
            shown = play(studio, scene, seed=seed, on_text=lambda t: console.print(t, end="", markup=False))
            played.append(shown)
            _print(console, shown)
        provider = studio.runtime.device
    about = {
        "AIGC SDK": aigc_sdk.__version__,
        "device": str(provider),
        "Python": platform.python_version(),
        "seed": str(seed),
    }
    out.mkdir(parents=True, exist_ok=True)
    page = out / "index.html"
    page.write_text(render(played, about), encoding="utf-8")
    if as_json:
        rows = [
            {
                "title": p.scene.title,
                "result": p.result.as_dict() if p.result else None,
                "verdict": p.verdict.as_dict() if p.verdict else None,
                "error": str(p.error) if p.error else None,
            }
            for p in played
        ]
        click.echo(json.dumps({"page": str(page), "scenes": rows}, ensure_ascii=False, indent=1))
    console.rule()
    console.print(f"The page: [bold]{page}[/bold]")
    failed = [p for p in played if p.error is not None and p.verdict is None]
    if failed:
        raise click.exceptions.Exit(1)


def _print(console: object, shown: object) -> None:
    from rich.console import Console

    from aigc_text.demo.scenes import Played

    assert isinstance(console, Console)
    assert isinstance(shown, Played)
    colours = {"allow": "green", "redact": "yellow", "review": "dark_orange", "block": "red"}
    if shown.result is not None:
        for rank, output in enumerate(shown.result.outputs, 1):
            if shown.first_text_s is None:
                console.print(f"[bold]{rank}.[/bold]", end=" ")
                console.print(output.text, markup=False)
            else:
                console.print()
            decision = str(output.verdict.decision)
            scores = ", ".join(f"{s.metric} {s.value:.3g}" for s in output.scores if s.value is not None)
            console.print(f"   [{colours[decision]}]{decision}[/] · {scores}", style="dim")
    elif shown.verdict is not None:
        decision = str(shown.verdict.decision)
        console.print(f"[{colours[decision]}]{decision}[/]")
        for reason in shown.verdict.reasons():
            console.print(f"   {reason}", style="dim", markup=False)
    if shown.error is not None:
        console.print(str(shown.error), style="red", markup=False)
    console.print(f"   {shown.seconds:.2f} s", style="dim")
