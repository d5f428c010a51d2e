"""``aigc train text/lm``: from text files or JSON Lines to a checked ONNX bundle that goes on with a text, or chats.

The data are screened, split and cut into tokens by a tokenizer learned from them; a small causal transformer is
trained on them with early stopping, and the best averaged weights are exported, proven against the Keras model and
scored on the held-out part as serving scores. The loop, with its checkpoints and curves, is that of learned copy.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from aigc_sdk.bundles.manifest import QualityRow, TrainingData
from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_sdk.verdict import Err
from aigc_text.training.bundle_files import publish, rewrite
from aigc_text.training.copy_loop import Encoded, History, Recipe, Trainer
from aigc_text.training.decoder_run import (
    empty_bundle_folder,
    fit_reported,
    record,
    steps_of,
    training_extra,
)
from aigc_text.training.lm_data import read_documents, sections, split
from aigc_text.training.lm_options import LmTrainingOptions
from aigc_text.training.lm_screening import Screened, Screener
from aigc_text.training.lm_search import search
from aigc_text.training.lm_tokens import LmTokens, learn_tokenizer
from aigc_text.training.threads import limit_threads

MOST_REPORTED: Final = 512
"""Held-out blocks that are scored for the quality report."""


def train(job: TrainingJob) -> Path:
    """The trainer of ``text/lm``.

    Raises:
        BadInputError: The data are wrong, too few, or hold what is to be refused; or a checkpoint belongs to another run.
        MissingDependencyError: TensorFlow or the exporters are not installed.
        ExportError, ParityError: The trained model could not be exported faithfully.
    """
    options = job.options if isinstance(job.options, LmTrainingOptions) else LmTrainingOptions()
    if options.base:
        from aigc_text.training.lm_lora import adapt

        return adapt(job, options)
    prepared = PreparedText(job, options)
    limit_threads(options.threads)
    work = job.work
    blocks = prepared.tokens.blocks(prepared.training, options.context)
    held_out = prepared.tokens.blocks(prepared.held_out, options.context)

    def score(tried: LmTrainingOptions, folder: Path) -> float:
        recipe = replace(recipe_of(tried, job.seed), epochs=tried.search_epochs)
        history = _trainer(recipe, prepared.tokens, blocks).fit(blocks, held_out, folder, resume=False)
        return min(history.validation_loss)

    options, table = search(job, options, blocks.digest(), score)
    trainer = _trainer(recipe_of(options, job.seed), prepared.tokens, blocks)
    reported = Encoded(_spread(held_out.rows, MOST_REPORTED), 1)
    untrained = trainer.evaluate(reported)

    history = fit_reported(
        trainer, blocks, held_out, work, resume=job.resume, progress=job.progress, report=job.report
    )
    folder = empty_bundle_folder(work)
    export(trainer, prepared, folder, options)
    job.progress("score", 0, None)
    rows = quality_rows(folder, reported, untrained, prepared)
    rewrite(
        folder,
        quality=tuple(rows),
        extra={"language_model": _record(prepared, history, job.seed) | {"search": table}},
    )
    publish(folder, job.out)
    job.report("quality", {row.metric: row.value for row in rows})
    return job.out


def recipe_of(options: LmTrainingOptions, seed: int) -> Recipe:
    """The part of the options that decides the weights."""
    return Recipe(
        epochs=options.most_epochs,
        batch_size=options.batch_size,
        seed=seed,
        patience=options.patience,
        layers=options.layers,
        hidden=options.hidden,
        heads=options.heads,
        ffn=options.ffn,
        vocab_size=options.vocab_size,
        max_positions=options.context,
        dropout=options.dropout,
        learning_rate=options.peak_rate,
        dtype_policy=options.precision,
    )


def screened_data(job: TrainingJob, options: LmTrainingOptions) -> Screened:
    """The job's data, screened as the options say.

    Raises:
        BadInputError: As for `train`; or nothing is left.
    """
    job.progress("screen", 0, None)
    corpora = [Path(name) for name in options.corpus.split(os.pathsep) if name]
    screener = Screener(options.privacy, options.copyright, corpora)
    screened = screener.screen(
        read_documents(job.data), lambda characters: job.progress("screen", characters, None)
    )
    job.report("screened", screened.figures())
    if not screened.documents:
        raise BadInputError(
            "Nothing of the training data is left after screening.", hint="See the counts above."
        )
    return screened


class PreparedText:
    """Training data, read, screened, split, with their tokenizer; deterministic for a seed."""

    def __init__(self, job: TrainingJob, options: LmTrainingOptions) -> None:
        self.screened = screened_data(job, options)
        parts = sections(self.screened.documents)
        self.training, self.held_out = split(parts, options.held_out, job.seed)
        job.progress("tokenize", 0, None)
        self.chat = any(part.messages for part in parts)
        self.tokens = LmTokens(learn_tokenizer(self.training, options.vocab_size), chat=self.chat)
        self.characters = sum(len(part.text) for part in self.training)
        job.report(
            "split",
            {
                "train": len(self.training),
                "held out": len(self.held_out),
                "characters": self.characters,
                "vocabulary": self.tokens.size,
            },
        )


def _trainer(recipe: Recipe, tokens: LmTokens, rows: Encoded) -> Trainer:
    with training_extra():
        steps = recipe.epochs * steps_of(rows, recipe.batch_size)
        return Trainer(recipe, tokens.size, tokens.pad, 1, steps)


def _spread(rows: Sequence[np.ndarray], most: int) -> list[np.ndarray]:
    """At most `most` rows, evenly from all."""
    chosen = np.unique(np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(int))
    return [rows[int(index)] for index in chosen]


def export(trainer: Trainer, prepared: PreparedText, folder: Path, options: LmTrainingOptions) -> None:
    """Write the bundle without its quality report; the parity gate is the exporter's."""
    from aigc_exporters.keras_decoder_export import export_decoder

    name = options.dataset or "the user's data"
    export_decoder(
        trainer.model,
        trainer.config,
        folder,
        bundle_id=options.bundle_id,
        licence=options.licence,
        source="trained by `aigc train text/lm`",
        tokenizer_json=prepared.tokens.json,
        eos=prepared.tokens.eos,
        pad=prepared.tokens.pad,
        chat_template=prepared.tokens.template,
        quantize=None if options.quantise == "none" else options.quantise,
        decoding={"temperature": 0.8, "top_p": 0.95},
        summary=f"A language model of {name}",
        languages=tuple(tag.strip() for tag in options.languages.split(",") if tag.strip()),
        training_data=(TrainingData(name=name, licence=options.licence, attribution=options.attribution),),
    )


def quality_rows(
    folder: Path, reported: Encoded, untrained: float, prepared: PreparedText
) -> list[QualityRow]:
    """Perplexity before training and of the finished bundle, on the same held-out tokens.

    Args:
        folder: The bundle.
        reported: Held-out blocks.
        untrained: Mean loss of the model before its first step on them, nats a token.
        prepared: Gives tokens a byte of text, for the figure that compares across tokenizers.
    """
    loss = bundle_loss(folder, reported.rows)
    scored = sum(len(row) - 1 for row in reported.rows)
    where = f"held-out part, {scored} tokens"
    per_byte = len(prepared.tokens.stream(prepared.held_out)) / sum(
        len(part.text.encode()) for part in prepared.held_out
    )
    return [
        QualityRow(
            metric="perplexity a token",
            dataset=where,
            value=round(math.exp(loss), 3),
            notes="of the stored graph, as it serves",
        ),
        QualityRow(
            metric="perplexity a token, untrained", dataset=where, value=round(math.exp(untrained), 3)
        ),
        QualityRow(
            metric="bits a byte",
            dataset=where,
            value=round(loss * per_byte / math.log(2), 4),
            notes="comparable across tokenizers; marks of turns and ends count as tokens, not as bytes",
        ),
    ]


def bundle_loss(folder: Path, rows: Sequence[np.ndarray]) -> float:
    """Mean negative log-likelihood of rows under a bundle, nats a token."""
    from aigc_sdk.runtime.runtime import Runtime

    total = count = 0.0
    with Runtime(device="cpu") as runtime:
        for found in runtime.decoder(folder).likelihoods([row.tolist() for row in rows]):
            if isinstance(found, Err):
                raise found.error
            total, count = total + found.nll * found.tokens, count + found.tokens
    return total / count


def _record(prepared: PreparedText, history: History, seed: int) -> dict[str, object]:
    return {
        "screening": prepared.screened.record(),
        "conversations": prepared.chat,
        "characters": prepared.characters,
        **record(history, seed),
    }
