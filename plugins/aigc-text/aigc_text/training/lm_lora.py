"""``aigc train text/lm --base BUNDLE``: an imported decoder adapted to conversations, and merged into a new bundle.

Low-rank factors (Hu et al. 2021) are trained on the assistant's turns, in the base's own chat template. Base and
result are both scored on held-out conversations as they serve.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_sdk.bundles import Bundle
from aigc_sdk.bundles.manifest import QualityRow, TrainingData
from aigc_sdk.errors import BadInputError
from aigc_sdk.runtime.chat_template import ChatTemplate
from aigc_sdk.runtime.tokenizer import Tokenizer
from aigc_sdk.training import TrainingJob
from aigc_sdk.verdict import Err
from aigc_text.training.bundle_files import publish, rewrite
from aigc_text.training.copy_loop import Encoded, Ints, Recipe, Trainer
from aigc_text.training.decoder_run import (
    empty_bundle_folder,
    fit_reported,
    record,
    steps_of,
    training_extra,
)
from aigc_text.training.lm_chat import ChatRows, conversations, learned_spans, tokens_of
from aigc_text.training.lm_data import sections, split
from aigc_text.training.lm_options import LmTrainingOptions
from aigc_text.training.lm_search import search
from aigc_text.training.threads import limit_threads

if TYPE_CHECKING:
    from aigc_exporters.lora_base import BaseDecoder

MOST_REPORTED = 200
"""Held-out conversations that are scored for the quality report."""


@dataclass(frozen=True)
class LoraRecipe(Recipe):
    """What decides an adaptation besides the data."""

    base: str = ""
    rank: int = 8
    alpha: float = 16.0


class LoraTrainer(Trainer):
    """The loop of learned copy over the factors of an adapted decoder; the loss covers learned tokens only."""

    def __init__(self, recipe: LoraRecipe, base: BaseDecoder, pad: int, steps: int) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        import keras

        from aigc_exporters.lora import adapted_decoder

        keras.utils.set_random_seed(recipe.seed)
        self.recipe, self.pad, self.prompt_length, self.config = recipe, pad, 1, base.config
        keras.config.set_dtype_policy(recipe.dtype_policy)
        try:
            self.model = adapted_decoder(base, rank=recipe.rank, alpha=recipe.alpha, dropout=recipe.dropout)
        finally:
            keras.config.set_dtype_policy("float32")
        self._prepare(steps)

    def _losses(self, ids: Any, lengths: Any, training: bool) -> tuple[Any, Any]:
        import tensorflow as tf

        tokens = tf.where(ids < 0, -1 - ids, ids)
        logits = self.model(tokens[:, :-1], training=training)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(tokens[:, 1:], logits)
        position = tf.range(tf.shape(ids, tf.int64)[1] - 1)
        learned = (ids[:, 1:] >= 0) & (position[None] < lengths[:, None] - 1)
        weight = tf.cast(learned, tf.float32)
        return tf.reduce_sum(losses * weight), tf.reduce_sum(weight)


def adapt(job: TrainingJob, options: LmTrainingOptions) -> Path:
    """The trainer of ``text/lm`` where a base is named.

    Raises:
        BadInputError: The data are wrong or too few; or a checkpoint belongs to another run.
        BundleError, ModelNotFoundError: There is no such base, or it is no decoder that chats.
        ExportError: The base cannot be adapted, or the result not be stored.
        MissingDependencyError: TensorFlow or the exporters are not installed.
    """
    from aigc_text.training.lm_train import screened_data

    bundle = _bundle(options.base)
    screened = screened_data(job, options)
    turns = conversations([(document.where, document.messages) for document in screened.documents])
    training, held_out = split(sections(screened.documents), options.held_out, job.seed)
    tokenizer = Tokenizer.from_bundle(bundle)
    rows = ChatRows(ChatTemplate.from_bundle(bundle, tokenizer), tokenizer, _longest(bundle, options))
    encoded, kept = _encode(rows, training), _encode(rows, held_out)
    figures = {"conversations": len(turns), "train": len(encoded.rows), "held out": len(kept.rows)}
    job.report("split", figures)
    if not encoded.rows or not kept.rows:
        raise BadInputError(
            "No answer lies within the context.", hint="Give the option context a larger value."
        )
    limit_threads(options.threads)
    work = job.work

    def score(tried: LmTrainingOptions, folder: Path) -> float:
        short = tried.model_copy(update={"epochs": tried.search_epochs})
        _, candidate = _trainer(bundle, tokenizer, short, job.seed, encoded)
        return min(candidate.fit(encoded, kept, folder, resume=False).validation_loss)

    options, table = search(job, options, encoded.digest() + bundle.digest, score)
    base, trainer = _trainer(bundle, tokenizer, options, job.seed, encoded)
    history = fit_reported(
        trainer, encoded, kept, work, resume=job.resume, progress=job.progress, report=job.report
    )
    folder = empty_bundle_folder(work)
    _export(trainer, base, bundle, folder, options)
    job.progress("score", 0, None)
    quality = quality_rows(bundle.folder, folder, kept.rows[:MOST_REPORTED])
    run = {
        "screening": screened.record(),
        "base": {"id": bundle.id, "digest": bundle.digest},
        "rank": options.rank,
        "alpha": options.alpha,
        "conversations": len(turns),
        **record(history, job.seed),
        "search": table,
    }
    rewrite(folder, quality=tuple(quality), extra={**bundle.manifest.extra, "language_model": run})
    publish(folder, job.out)
    job.report("quality", {row.metric: row.value for row in quality})
    return job.out


def _bundle(name: str) -> Bundle:
    """A bundle folder, or an installed bundle of that id."""
    from aigc_sdk.bundles import BundleStore

    return BundleStore().resolve(name)


def _longest(bundle: Bundle, options: LmTrainingOptions) -> int:
    decoder = bundle.manifest.decoder
    return min(options.context, decoder.max_positions) if decoder is not None else options.context


def _encode(rows: ChatRows, parts: Sequence[Any]) -> Encoded:
    made = (rows.encode(part.messages) for part in parts)
    return Encoded([row for row in made if row is not None], 1)


def _trainer(
    bundle: Bundle, tokenizer: Tokenizer, options: LmTrainingOptions, seed: int, rows: Encoded
) -> tuple[BaseDecoder, LoraTrainer]:
    with training_extra():
        from aigc_exporters.lora_base import read_base

        base = read_base(bundle.folder)
        config = base.config
        recipe = LoraRecipe(
            epochs=options.most_epochs,
            batch_size=options.batch_size,
            seed=seed,
            patience=options.patience,
            layers=config.layers,
            hidden=config.hidden,
            heads=config.heads,
            ffn=config.ffn,
            vocab_size=config.vocab_size,
            max_positions=options.context,
            dropout=options.dropout,
            learning_rate=options.peak_rate,
            weight_decay=0.0,
            dtype_policy=options.precision,
            base=bundle.digest,
            rank=options.rank,
            alpha=options.alpha,
        )
        pad = tokenizer.pad if tokenizer.pad is not None else 0
        return base, LoraTrainer(recipe, base, pad, recipe.epochs * steps_of(rows, recipe.batch_size))


def _export(
    trainer: LoraTrainer, base: BaseDecoder, bundle: Bundle, folder: Path, options: LmTrainingOptions
) -> None:
    from aigc_exporters.lora import export_merged

    name = options.dataset or "the user's conversations"
    own = TrainingData(name=name, licence=options.licence, attribution=options.attribution)
    export_merged(
        trainer.model,
        base,
        bundle.folder,
        folder,
        quantize=options.quantise == "q8_0",
        id=options.bundle_id,
        # The weights are a work made of both.
        licence=f"{bundle.manifest.licence} AND {options.licence}"
        if options.licence != bundle.manifest.licence
        else options.licence,
        source=f"{bundle.id} ({bundle.manifest.source}), adapted by `aigc train text/lm`",
        summary=f"{bundle.id}, adapted to {name}",
        training_data=(*bundle.manifest.training_data, own),
    )


def quality_rows(base: Path, folder: Path, rows: Sequence[Ints]) -> list[QualityRow]:
    """Loss on the assistant's held-out words before and after, each as the bundle serves."""
    before, after = answer_loss(base, rows), answer_loss(folder, rows)
    count = sum(end - start for row in rows for start, end in learned_spans(row))
    where = f"answers of {len(rows)} held-out conversations, {count} tokens"
    return [
        QualityRow(metric="negative log-likelihood a token", dataset=where, value=round(after, 4)),
        QualityRow(metric="negative log-likelihood a token, base", dataset=where, value=round(before, 4)),
        QualityRow(metric="perplexity a token", dataset=where, value=round(math.exp(after), 3)),
    ]


def answer_loss(folder: Path, rows: Sequence[Ints]) -> float:
    """Mean negative log-likelihood of the learned tokens of rows under a bundle, nats a token."""
    from aigc_sdk.runtime.runtime import Runtime

    # What stands between two places is the difference of the sums up to them.
    prefixes: list[list[int]] = []
    signs: list[int] = []
    count = 0
    for row in rows:
        ids = tokens_of(row)
        for start, end in learned_spans(row):
            count += end - start
            for place, sign in ((end, 1), (start, -1)):
                if place >= 2:
                    prefixes.append(ids[:place].tolist())
                    signs.append(sign)
    total = 0.0
    with Runtime(device="cpu") as runtime:
        found = runtime.decoder(folder).likelihoods(prefixes)
        for sign, likelihood in zip(signs, found, strict=True):
            if isinstance(likelihood, Err):
                raise likelihood.error
            total += sign * likelihood.nll * likelihood.tokens
    return float(np.float64(total) / count)
