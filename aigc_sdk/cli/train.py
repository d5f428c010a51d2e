"""``aigc train``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.options import common_options, parse_pairs, typed_options
from aigc_sdk.errors import AigcError, BadInputError, ComponentError

EPILOG = """\b
Examples:
  aigc train text/copy --data pairs.csv --out ./my-copy
  aigc train text/copy --data pairs.csv --out ./my-copy --option epochs=3 --install
  aigc train text/lm --base smollm2-135m-instruct --data chat.jsonl --out ./my-chat

\b
Training needs the plugin's extra [train]. It goes on from its last checkpoint unless --fresh is given.
`aigc plugins show ID` lists a trainer's options.
"""


@click.command(epilog=EPILOG)
@click.argument("trainer", metavar="ID")
@click.option(
    "--data", required=True, type=click.Path(exists=True), help="Training data (see `aigc plugins show`)."
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False), help="Folder for the finished bundle."
)
@click.option(
    "-o", "--option", "pairs", multiple=True, metavar="KEY=VALUE", help="An option of the trainer; repeat."
)
@click.option("--base", help="A bundle to go on from, for trainers that can: short for -o base=BUNDLE.")
@click.option(
    "--search",
    type=click.IntRange(min=1),
    help="Sets of options to try first, for trainers that can: short for -o search=N.",
)
@click.option(
    "--key-file", type=click.Path(exists=True, dir_okay=False), help="Key of encrypted data (*.enc)."
)
@click.option("--seed", type=click.IntRange(0, (1 << 64) - 1), default=0, show_default=True)
@click.option("--fresh", is_flag=True, help="Start afresh instead of going on from a checkpoint.")
@click.option("--install", is_flag=True, help="Put the finished bundle into the store as well.")
@common_options
@pass_app
def train(
    app: App,
    trainer: str,
    data: str,
    out: str,
    pairs: Sequence[str],
    base: str | None,
    search: int | None,
    key_file: str | None,
    seed: int,
    fresh: bool,
    install: bool,
) -> None:
    """Train with the trainer ID, then export, prove and report: the result is a bundle."""
    from aigc_sdk.bundles import open_bundle
    from aigc_sdk.pipeline.requests import build_options
    from aigc_sdk.sealed_files import KEY_VARIABLE
    from aigc_sdk.spec import resolve
    from aigc_sdk.training import TrainingJob

    spec = app.registry.trainer(trainer)
    model = spec.options_model()
    short = {"base": base, "search": search}
    pairs = (*pairs, *(f"{name}={value}" for name, value in short.items() if value is not None))
    if key_file is not None:
        os.environ[KEY_VARIABLE] = key_file
    options = build_options(model, typed_options(model, parse_pairs(pairs, "The option")), spec.id)
    target = Path(out).absolute()
    if target.exists() and any(target.iterdir()):
        raise BadInputError(f"{out} exists and is not empty.", hint="Name a new folder, or remove it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    run = resolve(spec.factory)

    def tell(what: str, figures: Mapping[str, float]) -> None:
        numbers = "  ".join(f"{name} {value:.4g}" for name, value in figures.items())
        app.remark(f"{what}  {numbers}")

    with app.progress() as progress:
        job = TrainingJob(
            data=Path(data).absolute(),
            out=target,
            options=options,
            seed=seed,
            resume=not fresh,
            progress=progress,
            report=tell,
        )
        try:
            made = run(job)
        except (AigcError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise ComponentError(f"The trainer {trainer} failed: {type(error).__name__}: {error}") from error
    bundle = open_bundle(made)
    if install:
        bundle = app.store.install(bundle.folder)
    quality = [row.model_dump(mode="json") for row in bundle.manifest.quality]
    if app.json:
        app.emit({"id": bundle.id, "path": str(bundle.folder), "digest": bundle.digest, "quality": quality})
        return
    for row in bundle.manifest.quality:
        app.remark(printable(f"{row.metric} {row.value:.4g} on {row.dataset}"))
    app.remark(f"{bundle.id} is ready in {bundle.folder}. Look at it: aigc models inspect {bundle.folder}")
