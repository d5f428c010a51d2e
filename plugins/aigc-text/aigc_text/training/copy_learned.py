"""``aigc train text/copy``: from a file of facts and texts to a checked ONNX bundle.

The file is read and cleaned, slots and their open values are found, a tokenizer and a small decoder are trained
with early stopping, and the best averaged weights are exported, proven against the Keras model and scored on
held-out requests the way serving writes them. A run that was stopped goes on from its last whole epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aigc_sdk.progress import Progress, silent
from aigc_sdk.training import Report, TrainingJob
from aigc_text.learned.domain import Domain
from aigc_text.learned.schema import END, PAD, Schema
from aigc_text.training import copy_bundle
from aigc_text.training.bundle_files import publish
from aigc_text.training.copy_data import Cleaning, CleanPair, clean, discover_schema, read_pairs
from aigc_text.training.copy_loop import Encoded, History, Recipe, Trainer, encode
from aigc_text.training.copy_options import CopyTrainingOptions
from aigc_text.training.copy_tokenizer import train_tokenizer
from aigc_text.training.decoder_run import empty_bundle_folder, fit_reported, steps_of, training_extra
from aigc_text.training.threads import limit_threads

VALIDATION_SHARE = 0.03
LEAST_HELD_OUT = 8


def train(job: TrainingJob) -> Path:
    """The trainer of ``text/copy``; see :func:`train_copy`."""
    options = job.options if isinstance(job.options, CopyTrainingOptions) else CopyTrainingOptions()
    return train_copy(
        job.data,
        job.out,
        options=options,
        seed=job.seed,
        resume=job.resume,
        work=job.work,
        progress=job.progress,
        report=job.report,
    )


def train_copy(
    data: Path,
    out: Path,
    *,
    options: CopyTrainingOptions | None = None,
    seed: int = 0,
    resume: bool = True,
    work: Path | None = None,
    progress: Progress = silent,
    report: Report = lambda what, figures: None,
) -> Path:
    """Train a copywriter on `data` and write its bundle to `out`.

    Args:
        data: CSV or JSON lines of facts and texts, see :mod:`aigc_text.training.copy_data`.
        out: folder of the bundle; a bundle there is replaced.
        options: shape of the model and of the training.
        seed: of initialisation, split and order.
        resume: go on from the checkpoint in `work`, if there is one.
        work: folder of checkpoints and of ``curves.png``; default ``OUT.training`` beside `out`.
        progress: told of each step.
        report: told of each epoch's losses and of the final figures.

    Returns:
        `out`.

    Raises:
        BadInputError: the file, or a line of it, is wrong; or a checkpoint belongs to another run.
        MissingDependencyError: TensorFlow or the exporters are not installed.
        ExportError, ParityError: the trained model could not be exported faithfully.
    """
    options = options or CopyTrainingOptions()
    work = work or out.with_name(out.name + ".training")
    recipe = recipe_of(options, seed)
    progress("read", 0, None)
    prepared = Prepared(data, recipe)
    cleaning = prepared.cleaning
    report(
        "pairs",
        {"read": cleaning.read, "corrected": cleaning.corrected, "dropped": cleaning.dropped},
    )
    limit_threads(options.threads)
    trainer, history = run_training(prepared, recipe, work, resume=resume, progress=progress, report=report)
    domain, folder = Domain(prepared.schema), empty_bundle_folder(work)
    copy_bundle.export(trainer, domain, prepared.tokenizer, prepared.end, folder, options)
    progress("score", 0, None)
    rows = copy_bundle.report_quality(folder, domain, prepared.held_out, recipe.seed)
    copy_bundle.finish(folder, rows, history, recipe, cleaning, domain)
    publish(folder, out)
    report("held out", {row.metric: row.value for row in rows})
    return out


def recipe_of(options: CopyTrainingOptions, seed: int) -> Recipe:
    """The part of the options that decides the weights."""
    return Recipe(
        epochs=options.epochs,
        batch_size=options.batch_size,
        seed=seed,
        patience=options.patience,
        layers=options.layers,
        hidden=options.hidden,
        heads=options.heads,
        ffn=options.ffn,
        vocab_size=options.vocab_size,
        dropout=options.dropout,
        learning_rate=options.learning_rate,
        dtype_policy=options.precision,
    )


def split(pairs: Sequence[CleanPair], schema: Schema, seed: int) -> tuple[list[CleanPair], list[CleanPair]]:
    """Training and held-out pairs; pairs with the same prompt stay together."""
    prompts = sorted({tuple(schema.prompt(pair.facts)) for pair in pairs})
    rng = np.random.default_rng([seed, 1])
    count = max(min(LEAST_HELD_OUT, len(prompts) // 4), round(VALIDATION_SHARE * len(prompts)))
    chosen = {prompts[index] for index in rng.permutation(len(prompts))[:count]}
    held_out = [pair for pair in pairs if tuple(schema.prompt(pair.facts)) in chosen]
    training = [pair for pair in pairs if tuple(schema.prompt(pair.facts)) not in chosen]
    return training, held_out or training


class Prepared:
    """A training file, read, cleaned, split and encoded."""

    def __init__(self, data: Path, recipe: Recipe) -> None:
        pairs = read_pairs(data)
        self.schema: Schema = discover_schema(pairs)
        self.cleaning: Cleaning = clean(pairs, self.schema)
        self.training, self.held_out = split(self.cleaning.pairs, self.schema, recipe.seed)
        self.tokenizer: Any = train_tokenizer(
            [pair.template for pair in self.training], self.schema, vocab_size=recipe.vocab_size
        )
        self.pad, self.end = self.tokenizer.token_to_id(PAD), self.tokenizer.token_to_id(END)

    def encode(self, pairs: Sequence[CleanPair], longest: int) -> Encoded:
        """Token rows of `pairs`."""
        prompts = [self.schema.prompt(pair.facts) for pair in pairs]
        return encode([pair.template for pair in pairs], prompts, self.tokenizer, self.end, longest)


def run_training(
    prepared: Prepared,
    recipe: Recipe,
    work: Path,
    *,
    resume: bool = True,
    progress: Progress = silent,
    report: Report = lambda what, figures: None,
) -> tuple[Trainer, History]:
    """Train on what was prepared; see `fit_reported`."""
    train_rows = prepared.encode(prepared.training, recipe.max_positions)
    held_out = prepared.encode(prepared.held_out, recipe.max_positions)
    with training_extra():
        trainer = Trainer(
            recipe,
            prepared.tokenizer.get_vocab_size(),
            prepared.pad,
            train_rows.prompt_length,
            recipe.epochs * steps_of(train_rows, recipe.batch_size),
        )
    history = fit_reported(
        trainer, train_rows, held_out, work, resume=resume, progress=progress, report=report
    )
    return trainer, history
