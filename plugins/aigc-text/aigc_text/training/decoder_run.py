"""A decoder's training as `aigc train` shows it: figures an epoch, curves, and what the bundle keeps of the run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.progress import Progress
from aigc_sdk.training import Report
from aigc_text.training.copy_loop import Encoded, History, Trainer

CURVES = "curves.png"


@contextmanager
def training_extra() -> Iterator[None]:
    """An import that fails inside is an error that names the extra to install.

    Raises:
        MissingDependencyError: TensorFlow or the exporters are not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingDependencyError(
            f"Training needs TensorFlow and the exporters ({error}).",
            hint="Install aigc-sdk-text with its extra [train].",
        ) from error


def steps_of(rows: Encoded, batch_size: int) -> int:
    """Optimiser steps of an epoch."""
    return -(-len(rows.rows) // batch_size)


def fit_reported(
    trainer: Trainer,
    training: Encoded,
    held_out: Encoded,
    work: Path,
    *,
    resume: bool,
    progress: Progress,
    report: Report,
) -> History:
    """`Trainer.fit`, with its progress, its losses an epoch, and ``curves.png`` in ``work``."""
    per_epoch = steps_of(training, trainer.recipe.batch_size)

    def on_epoch(history: History) -> None:
        figures = {"loss": history.train_loss[-1], "val_loss": history.validation_loss[-1]}
        report(f"epoch {len(history.train_loss)}", {**figures, "seconds": history.seconds[-1]})
        draw_curves(history, work / CURVES)

    history = trainer.fit(
        training,
        held_out,
        work,
        resume=resume,
        progress=lambda epoch, step, _loss: progress(f"epoch {epoch + 1}", step, per_epoch),
        on_epoch=on_epoch,
    )
    progress("export", 0, None)
    return history


def empty_bundle_folder(work: Path) -> Path:
    """Where the bundle is made before it is published; what an earlier run left there is gone."""
    folder = work / "bundle"
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def record(history: History, seed: int) -> dict[str, Any]:
    """What a bundle's manifest keeps of the run."""
    return {
        "epochs": len(history.train_loss),
        "best_epoch": history.best_epoch + 1,
        "train_loss": [round(loss, 4) for loss in history.train_loss],
        "validation_loss": [round(loss, 4) for loss in history.validation_loss],
        "seconds": round(sum(history.seconds)),
        "seed": seed,
    }


def draw_curves(history: History, path: Path) -> None:
    """Training and held-out loss by epoch, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4))
    epochs = range(1, len(history.train_loss) + 1)
    axes.plot(epochs, history.train_loss, marker="o", label="training (dropout on)")
    axes.plot(epochs, history.validation_loss, marker="o", label="held out (averaged weights)")
    axes.axvline(history.best_epoch + 1, color="grey", linestyle=":", label="best")
    axes.set(xlabel="epoch", ylabel="loss, nats a token")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
