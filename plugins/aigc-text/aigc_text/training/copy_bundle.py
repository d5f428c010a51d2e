"""From a trained copywriter to its bundle: export, parity, quality, loss curves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aigc_sdk.bundles.manifest import QualityRow, TrainingData
from aigc_sdk.context import CallContext
from aigc_text.learned.candidates import generate
from aigc_text.learned.domain import SCHEMA_FILE, Domain
from aigc_text.training.bleu import corpus_bleu
from aigc_text.training.bundle_files import rewrite
from aigc_text.training.copy_data import Cleaning, CleanPair
from aigc_text.training.copy_loop import History, Recipe, Trainer
from aigc_text.training.copy_options import CopyTrainingOptions
from aigc_text.training.decoder_run import record

#: Most held-out requests that are written for the quality report.
MOST_REPORTED = 300


def export(
    trainer: Trainer, domain: Domain, tokenizer: Any, end: int, folder: Path, options: CopyTrainingOptions
) -> None:
    """Write the bundle without its quality report; the parity gate is the exporter's.

    Raises:
        ExportError: the graph is invalid.
        ParityError: its numbers differ from the Keras model's.
    """
    from aigc_exporters.keras_decoder_export import export_decoder

    name = options.dataset or "the user's file"
    export_decoder(
        trainer.model,
        trainer.config,
        folder,
        bundle_id=options.bundle_id,
        licence=options.licence,
        source="trained by `aigc train text/copy`",
        tokenizer_json=tokenizer.to_str(),
        eos=[end],
        pad=trainer.pad,
        quantize=None if options.quantise == "none" else options.quantise,
        summary=f"Writes copy from {len(domain.schema.slots)} attributes: "
        + ", ".join(slot.name for slot in domain.schema.slots),
        languages=(domain.schema.language,),
        training_data=(TrainingData(name=name, licence=options.licence, attribution=options.attribution),),
    )
    text = json.dumps(domain.schema.to_json(), ensure_ascii=False, indent=1)
    (folder / SCHEMA_FILE).write_text(text + "\n", encoding="utf-8")
    rewrite(folder)


def report_quality(
    folder: Path, domain: Domain, held_out: Sequence[CleanPair], seed: int
) -> list[QualityRow]:
    """Write copy for held-out facts with the exported bundle, as serving does, and score it."""
    from aigc_sdk.runtime.runtime import Runtime

    groups: dict[tuple[str, ...], tuple[dict[str, str], list[str]]] = {}
    for pair in held_out:
        key = tuple(domain.schema.prompt(pair.facts))
        facts, references = groups.setdefault(key, (dict(pair.facts), []))
        # References of a prompt may have other names: give them this one's.
        references.append(domain.realise(pair.template, facts))
    chosen = list(groups.values())[:MOST_REPORTED]
    with Runtime() as runtime:
        engine = runtime.decoder(folder)
        written = generate(
            domain,
            engine,
            [facts for facts, _ in chosen],
            1,
            ctx=CallContext(seed=seed),
            request_ids=[str(index) for index in range(len(chosen))],
        )
    done = [(found[0], references) for found, (_, references) in zip(written, chosen, strict=True) if found]
    where = f"held-out split, {len(chosen)} requests"
    mean = sum(len(references) for _, references in chosen) / len(chosen)
    note = (
        f"{mean:.1f} references a request on average, cleaned like the training pairs; mteval-13a tokens, lower case"
        " (BLEU grows with the number of references: compare like with like)"
    )
    rows = [
        QualityRow(metric="requests without a faithful text", dataset=where, value=len(chosen) - len(done))
    ]
    if done:
        bleu = corpus_bleu([found.text for found, _ in done], [references for _, references in done])
        rows.insert(0, QualityRow(metric="BLEU", dataset=where, value=round(bleu, 4), notes=note))
    return rows


def finish(
    folder: Path,
    rows: Sequence[QualityRow],
    history: History,
    recipe: Recipe,
    cleaning: Cleaning,
    domain: Domain,
) -> None:
    """Put the reports into the manifest."""
    unchecked = [slot.name for slot in domain.schema.slots if slot.name not in domain.schema.checked]
    rewrite(
        folder,
        quality=tuple(rows),
        extra={
            "learned_copy": {
                "schema": SCHEMA_FILE,
                "unchecked_slots": unchecked,
                "pairs": {
                    "read": cleaning.read,
                    "corrected": cleaning.corrected,
                    "dropped": cleaning.dropped,
                },
                **record(history, recipe.seed),
            }
        },
    )
