"""``aigc train text/poem``: from a folder of poems to a checked ONNX bundle.

Poems that keep a form are sorted out by the checker; a small decoder over characters is trained on them with their
form, rhyme and theme before them; the best averaged weights are exported, proven against the Keras model and scored.
The loop, with its checkpoints and curves, is that of learned copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aigc_sdk.bundles.bundle import read_manifest
from aigc_sdk.bundles.manifest import QualityRow, TrainingData
from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_text.generators.poem.forms import forms
from aigc_text.generators.poem.lines_seen import LINES_FILE, LinesSeen
from aigc_text.generators.poem.prompt import (
    END,
    PAD,
    PROMPT_LENGTH,
    Vocabulary,
    prompt_tokens,
    special_tokens,
)
from aigc_text.training.bundle_files import publish, rewrite
from aigc_text.training.copy_loop import Encoded, History, Recipe, Trainer
from aigc_text.training.decoder_run import (
    empty_bundle_folder,
    fit_reported,
    record,
    steps_of,
    training_extra,
)
from aigc_text.training.poem_data import Collection, Poem, read_collection, theme_of, vocabulary_of
from aigc_text.training.poem_options import PoemTrainingOptions
from aigc_text.training.poem_quality import quality_rows
from aigc_text.training.poem_tokenizer import tokenizer_json
from aigc_text.training.threads import limit_threads

_LONGEST = 96
"""Positions of the model: a prompt, the longest form with its marks, the end."""
_HELD_OUT = 0.03


def train(job: TrainingJob) -> Path:
    """The trainer of ``text/poem``.

    Raises:
        BadInputError: The folder holds no poems that keep a form; or a checkpoint belongs to another run.
        MissingDependencyError: TensorFlow, the exporters or OpenCC are not installed.
        ExportError, ParityError: The trained model could not be exported faithfully.
    """
    options = job.options if isinstance(job.options, PoemTrainingOptions) else PoemTrainingOptions()
    job.progress("read", 0, None)
    prepared = PreparedPoems(job.data, options, job.seed)
    found = prepared.collection
    job.report(
        "poems",
        {
            "read": found.read,
            "of a form": found.shaped.total(),
            "keep it": found.kept.total(),
            "others": found.others,
        },
    )
    job.report(
        "split",
        {
            "train": len(prepared.training),
            "held out": len(prepared.held_out),
            "vocabulary": len(prepared.vocabulary),
        },
    )
    limit_threads(options.threads)
    work = job.work
    train_rows, held_out = prepared.encode(prepared.training), prepared.encode(prepared.held_out)
    recipe, vocabulary = recipe_of(options, job.seed), prepared.vocabulary
    with training_extra():
        steps = recipe.epochs * steps_of(train_rows, recipe.batch_size)
        trainer = Trainer(recipe, len(vocabulary), vocabulary.id(PAD), PROMPT_LENGTH, steps)
    history = fit_reported(
        trainer, train_rows, held_out, work, resume=job.resume, progress=job.progress, report=job.report
    )
    folder = empty_bundle_folder(work)
    export(trainer, prepared, folder, options)
    job.progress("score", 0, None)
    rows = quality_rows(folder, history, prepared.held_out, options.report_poems, job.seed)
    _finish(folder, rows, history, prepared, job.seed)
    publish(folder, job.out)
    job.report("quality", {row.metric: row.value for row in rows})
    return job.out


def recipe_of(options: PoemTrainingOptions, seed: int) -> Recipe:
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
        max_positions=_LONGEST,
        dropout=options.dropout,
        learning_rate=options.learning_rate,
        dtype_policy=options.precision,
    )


class PreparedPoems:
    """A folder of poems, read, filtered, split; deterministic for a seed."""

    def __init__(self, data: Path, options: PoemTrainingOptions, seed: int) -> None:
        self._seed = seed
        self.collection: Collection = read_collection(data)
        rng = np.random.default_rng([seed, 1])
        order = rng.permutation(len(self.collection.poems))[: options.most_poems]
        chosen = [self.collection.poems[int(index)] for index in order]
        held = max(4, round(_HELD_OUT * len(chosen)))
        if len(chosen) < 2 * held:
            raise BadInputError(f"{len(chosen)} poems are too few to train on and hold some out.")
        characters = vocabulary_of(chosen[held:], options.least_seen)
        # A few entries more than needed: blocks of weights are 32 wide.
        tokens = [*special_tokens(), "，", "。", *characters]
        self.vocabulary = Vocabulary([*tokens, *(f"<spare {i}>" for i in range(-len(tokens) % 32))])
        self.held_out = [poem for poem in chosen[:held] if self._known(poem)]
        self.training = [poem for poem in chosen[held:] if self._known(poem)]
        if not self.training or not self.held_out:
            raise BadInputError(
                "No poem is left of characters that are frequent enough.", hint="Lower the option least_seen."
            )

    def _known(self, poem: Poem) -> bool:
        return all(character in self.vocabulary for character in poem.text)

    def encode(self, poems: Sequence[Poem]) -> Encoded:
        """Token rows of `poems`: prompt, text, end; those that are too long are left out."""
        rng = np.random.default_rng([self._seed, 2])
        rows = []
        for poem in poems:
            theme = [c for c in theme_of(poem, rng) if c in self.vocabulary]
            # A fifth is learned without its rhyme named, so that the model also serves where none is.
            rhyme = None if rng.random() < 0.2 else poem.rhyme
            tokens = [*prompt_tokens(poem.form, rhyme, theme), *poem.text, END]
            if len(tokens) <= _LONGEST:
                rows.append(np.array(self.vocabulary.ids(tokens), dtype=np.int64))
        return Encoded(rows, PROMPT_LENGTH)

    def rhyme_weights(self) -> dict[str, dict[str, int]]:
        """By form, how many training poems have which rhyme token."""
        found: dict[str, Counter[str]] = {name: Counter() for name in forms()}
        for poem in self.training:
            if poem.form is not None and poem.rhyme is not None:
                found[poem.form.name][poem.rhyme] += 1
        return {name: dict(sorted(counts.items())) for name, counts in found.items() if counts}


def export(trainer: Trainer, prepared: PreparedPoems, folder: Path, options: PoemTrainingOptions) -> None:
    """Write the bundle without its quality report; the parity gate is the exporter's."""
    from aigc_exporters.keras_decoder_export import export_decoder

    vocabulary = prepared.vocabulary
    export_decoder(
        trainer.model,
        trainer.config,
        folder,
        bundle_id=options.bundle_id,
        licence=options.licence,
        source="trained by `aigc train text/poem`",
        tokenizer_json=tokenizer_json(vocabulary),
        eos=[vocabulary.id(END)],
        pad=vocabulary.id(PAD),
        quantize=None if options.quantise == "none" else options.quantise,
        summary=f"Chinese classical verse in {len(forms())} forms, a character a token",
        languages=("zh",),
        training_data=(
            TrainingData(
                name=options.dataset or "the user's folder",
                licence=options.licence,
                attribution=options.attribution,
            ),
        ),
    )
    LinesSeen.of(line for poem in prepared.training for line in poem.lines).write(folder / LINES_FILE)
    rewrite(folder, extra={"poem": {"rhymes": prepared.rhyme_weights()}})


def _finish(
    folder: Path, rows: Sequence[QualityRow], history: History, prepared: PreparedPoems, seed: int
) -> None:
    extra = dict(read_manifest(folder).extra["poem"])
    found = prepared.collection
    extra |= {
        "poems": {
            "read": found.read,
            "of_a_form": dict(sorted(found.shaped.items())),
            "keep_it": dict(sorted(found.kept.items())),
            "other_tunes": found.others,
            "trained_on": len(prepared.training),
        },
        **record(history, seed),
    }
    rewrite(folder, quality=tuple(rows), extra={"poem": extra})
