"""Random search over the options of ``text/lm`` (Bergstra and Bengio, JMLR 2012), with its table kept.

What you set yourself is never changed. The first trial is what would have been trained without a search.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_text.training.lm_options import LmTrainingOptions

TABLE: Final = "search.jsonl"

Score = Callable[[LmTrainingOptions, Path], float]
"""Held-out loss after a short training with these options, whose files may go into that folder."""

_SHAPES: Final = (
    {"layers": 2, "hidden": 128, "heads": 4, "ffn": 352},
    {"layers": 4, "hidden": 192, "heads": 6, "ffn": 512},
    {"layers": 6, "hidden": 256, "heads": 8, "ffn": 704},
)


def draw(options: LmTrainingOptions, seed: int, trial: int) -> LmTrainingOptions:
    """The options of a trial; the same for the same seed, trial and options.

    Args:
        options: As given; trial 0 is just these.
        seed: Of the search.
        trial: Its number.
    """
    given = options.model_dump(exclude_unset=True)
    if trial == 0:
        return options
    rng = np.random.default_rng([seed, 3, trial])
    lowest, highest = (1e-4, 2e-3) if options.base else (3e-4, 1e-2)
    drawn: dict[str, Any] = {
        "learning_rate": float(f"{math.exp(rng.uniform(math.log(lowest), math.log(highest))):.3g}"),
        "dropout": float(rng.choice([0.0, 0.1, 0.2])),
        "batch_size": int(rng.choice([8, 16, 32] if options.base else [16, 32, 64])),
    }
    if options.base:
        rank = int(rng.choice([4, 8, 16, 32]))
        if not {"rank", "alpha"} & given.keys():
            drawn |= {"rank": rank, "alpha": 2.0 * rank}
    else:
        shape = _SHAPES[int(rng.integers(len(_SHAPES)))]
        if not shape.keys() & given.keys():
            drawn |= shape
    return LmTrainingOptions.model_validate({**drawn, **given})


def search(
    job: TrainingJob, options: LmTrainingOptions, data: str, score: Score
) -> tuple[LmTrainingOptions, list[dict[str, Any]]]:
    """Try `options.search` sets of options and give back the best, with the table.

    Args:
        job: The table is ``search.jsonl`` in its `work` folder; a search that was stopped goes on after the last
            whole trial, unless the job starts afresh.
        options: As given.
        data: Digest of the training rows: trials on other data don't count.
        score: Trains and scores one set.

    Returns:
        The options with the lowest loss, and rows of ``trial``, ``options`` (what differs from those given) and ``loss``.
        Without a search, the options as they are and an empty table.

    Raises:
        BadInputError: The table of an earlier search is damaged.
    """
    if not options.search:
        return options, []
    job.work.mkdir(parents=True, exist_ok=True)
    path = job.work / TABLE
    if not job.resume:
        path.unlink(missing_ok=True)
    known = _known(path)
    table: list[dict[str, Any]] = []
    tried: list[tuple[float, LmTrainingOptions]] = []
    for trial in range(options.search):
        drawn = draw(options, job.seed, trial)
        key = {"data": data, "seed": job.seed, "all": drawn.model_dump(mode="json", exclude={"search"})}
        loss = next((row["loss"] for row in known if row["key"] == key), None)
        if loss is None:
            job.progress(f"trial {trial + 1}", trial, options.search)
            loss = score(drawn, job.work / "trial")
            with path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"trial": trial, "loss": loss, "key": key}) + "\n")
        changed = {name: getattr(drawn, name) for name in drawn.model_fields_set - options.model_fields_set}
        job.report(f"trial {trial + 1}", {**changed, "val_loss": loss})
        table.append({"trial": trial + 1, "options": dict(sorted(changed.items())), "loss": round(loss, 4)})
        # A loss that is no number is never the best.
        tried.append((loss if math.isfinite(loss) else math.inf, drawn))
    return min(tried, key=lambda entry: entry[0])[1], table


def _known(path: Path) -> list[dict[str, Any]]:
    """Rows of an earlier table; the last line may have been cut by a stop."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            rows.append({"loss": float(row["loss"]), "key": row["key"]})
        except (ValueError, KeyError, TypeError):
            if number == len(lines):
                path.write_text("".join(f"{whole}\n" for whole in lines[:-1]), encoding="utf-8")
                break
            raise BadInputError(
                f"{path.name} line {number} is damaged.",
                hint="Remove the file, or start afresh with --fresh.",
            ) from None
    return rows
