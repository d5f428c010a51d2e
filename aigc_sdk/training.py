"""What `aigc train` hands to a trainer. Importing this imports no training framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel

from aigc_sdk.progress import Progress, silent

Report: TypeAlias = Callable[[str, Mapping[str, float]], None]
"""``(what, figures)``: a line worth keeping, such as ``("epoch 3", {"loss": 1.42, "val_loss": 1.61})``."""


def _no_report(what: str, figures: Mapping[str, float]) -> None:
    return


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """One training run. A trainer is a callable ``(job: TrainingJob) -> Path`` of the finished bundle.

    Attributes:
        data: The training data, as `TrainerSpec.data_help` describes it. It exists.
        out: Folder the bundle goes to. Its parent exists; checkpoints and loss curves may live beside it, in
            `work`, never inside it.
        options: Validated instance of the trainer's options model, or None where it has none.
        seed: Base seed of every random draw, in [0, 2^64).
        resume: Go on from the checkpoint in `work`, if there is one; False starts afresh.
        progress: Where training is (step ``"epoch 3"``, optimiser steps done, optimiser steps in it).
        report: Figures to show and keep, once an epoch.
    """

    data: Path
    out: Path
    options: BaseModel | None = None
    seed: int = 0
    resume: bool = True
    progress: Progress = silent
    report: Report = _no_report

    @property
    def work(self) -> Path:
        """Folder for checkpoints, logs and pictures: ``OUT.training``, beside the bundle."""
        return self.out.with_name(self.out.name + ".training")
