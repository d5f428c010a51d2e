"""``aigc train text/classify``: from a file of texts and labels to a classifier bundle with its report.

The rows are read strictly and split by label; a head is fitted, or the encoder fine-tuned, on the training rows; temperature,
regularisation and the threshold of what is out of scope are chosen on the validation rows; and the report is of the bundle as
it is served, on the test rows.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from aigc_sdk.bundles.manifest import TrainingData, write_manifest
from aigc_sdk.errors import MissingDependencyError, ModelNotFoundError
from aigc_sdk.training import TrainingJob
from aigc_text import languages
from aigc_text.generators.classify.model import FORMAT, PREFIX, TextClassifier
from aigc_text.training.bundle_files import publish, rewrite
from aigc_text.training.classify_data import Dataset, read_dataset
from aigc_text.training.classify_head import Head, embed, fit_head, head_graph
from aigc_text.training.classify_options import ClassifyTrainingOptions
from aigc_text.training.classify_report import draw_confusion, draw_history, figures, in_words, quality_rows
from aigc_text.training.classify_scope import Ints, Outputs, Scope, choose_scope, fit_temperature

DEFAULT_ENCODER: Final = "multilingual-e5-small"
_PROBES: Final = ("A quiet café by the river.", "今天天气很好，我们去公园散步。", "Where is my order?")
_READ_AT_ONCE: Final = 256
_LANGUAGE_SHARE: Final = 0.02


def train(job: TrainingJob) -> Path:
    """The trainer of ``text/classify``; returns ``job.out``.

    Raises:
        BadInputError, InputTooLargeError: The data is wrong; with the line.
        ModelNotFoundError: The encoder that a head stands on is not on this machine.
        MissingDependencyError: A package of the extra ``[train]`` is missing.
    """
    options = job.options if isinstance(job.options, ClassifyTrainingOptions) else ClassifyTrainingOptions()
    data = read_dataset(job.data, options, job.seed)
    cleaned = data.cleaned
    job.report(
        "data",
        {
            "labels": len(data.labels),
            "train": len(data.train),
            "validation": len(data.validation),
            "test": len(data.test),
            "repeated": cleaned.repeated,
            "two labels": cleaned.conflicting,
        },
    )
    work = job.work / f"{options.method}-{_digest(data, options, job.seed)}"
    if not job.resume:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    try:
        import matplotlib  # noqa: F401  # missing, it would be missed only when all is done

        run = _train_head if options.method == "head" else _train_deep
        folder, history = run(_Run(job, options, data, work))
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            f"Training needs the package {error.name!r}, which is not installed.",
            hint="Install aigc-sdk-text with its extra [train].",
        ) from error
    if history:
        draw_history(history, job.work / "curves.png")
    publish(folder, job.out)
    return job.out


_AFTERWARDS: Final = {
    "attribution", "bundle_id", "dataset", "licence", "most_rejected", "out_of_scope", "threads",
}  # fmt: skip
"""Options that change nothing of the training itself."""


def _digest(data: Dataset, options: ClassifyTrainingOptions, seed: int) -> str:
    """Names what a training depends on, so that one never goes on from another's checkpoint."""
    stated = options.model_dump_json(exclude=_AFTERWARDS)
    digest = hashlib.blake2b(f"{stated}{seed}".encode(), digest_size=6)
    for row in data.rows:
        digest.update(f"{row.line}\0{row.split}\0{row.label}\0{row.text}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class _Run:
    job: TrainingJob
    options: ClassifyTrainingOptions
    data: Dataset
    work: Path

    @property
    def outside_label(self) -> str | None:
        return None if self.data.outside is None else self.data.labels[self.data.outside]

    def manifest(self, **more: Any) -> dict[str, Any]:
        """Fields that both methods state."""
        options, data = self.options, self.data
        name = options.dataset or "the user's file"
        count = len(data.labels) - (data.outside is not None)
        chinese = sum(languages.detect([row.text]) == "zh" for row in data.rows) / len(data.rows)
        spoken = [("en", 1 - chinese), ("zh", chinese)]
        return {
            "id": options.bundle_id,
            "summary": f"Tells {count} labels apart: {', '.join(data.labels[:8])}{' …' if count > 8 else ''}",
            "licence": options.licence,
            "source": f"trained by `aigc train text/classify`, method {options.method}",
            "training_data": [
                TrainingData(name=name, licence=options.licence, attribution=options.attribution)
            ],
            "languages": [language for language, share in spoken if share >= _LANGUAGE_SHARE],
            **more,
        }

    def described(self, **more: Any) -> dict[str, Any]:
        """The manifest's ``extra``, as `TextClassifier` reads it."""
        classify = {
            "format": FORMAT,
            "method": self.options.method,
            "out_of_scope_label": self.outside_label,
            "seed": self.job.seed,
            **more,
        }
        return {"labels": list(self.data.labels), "classify": classify}

    def tell(self, row: Mapping[str, float]) -> None:
        name, value = next(iter(row.items()))
        self.job.report(f"{name} {value:g}", {k: v for k, v in row.items() if k != name})


# ---- a head on an encoder that stays as it is --------------------------------------------------------------


def _train_head(run: _Run) -> tuple[Path, list[Mapping[str, float]]]:
    from aigc_exporters.bundle_writer import graph_info
    from aigc_exporters.parity import parity_gate
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.runtime.runtime import Runtime

    job, options, data = run.job, run.options, run.data
    name = options.base or DEFAULT_ENCODER
    history: list[Mapping[str, float]] = []

    def tell(row: Mapping[str, float]) -> None:
        history.append(dict(row))
        run.tell(row)

    with Runtime(threads=options.threads or None, resolver=BundleStore().resolve) as runtime:
        try:
            base, engine = runtime.bundle(name), runtime.encoder(name)
        except ModelNotFoundError as error:
            raise ModelNotFoundError(
                f"The encoder {name} is not on this machine.", hint=f"Pull it once: aigc models pull {name}"
            ) from error
        vectors = embed(data.texts, engine, base.digest, job.work / "vectors.npz", job.progress)
        probe = engine.encode(list(_PROBES), PREFIX)
        head = fit_head(vectors, data, options, job.seed % (1 << 32), tell)
        held = _outputs(run, head, vectors, data.validation)
        temperature = fit_temperature(held)
        scope = choose_scope(
            held, temperature, options.out_of_scope, distances=True, most_rejected=options.most_rejected
        )
        folder = run.work / "bundle"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        with_distance = scope.score == "distance"
        graph = head_graph(head, distance=with_distance)
        cases = [{"embedding": vectors[:3]}, {"embedding": vectors[:1]}]

        def reference(feeds: Mapping[str, Any]) -> dict[str, Any]:
            wanted = {"logits": head.logits(feeds["embedding"])}
            if with_distance:
                wanted["distance"] = head.distances(feeds["embedding"])
            return wanted

        parity = parity_gate(
            graph,
            cases,
            reference,
            reference_name="scikit-learn LogisticRegression, weights as stored",
            # A distance is the difference of two sums of squares, each as long as the vector.
            tolerance=1e-3 if with_distance else 1e-4,
        )
        (folder / "model.onnx").write_bytes(graph)
        np.savez(folder / "probe.npz", allow_pickle=False, texts=np.array(_PROBES), vectors=probe)
        write_manifest(
            folder,
            **run.manifest(
                task="classifier",
                graphs=[graph_info(folder / "model.onnx")],
                parity=parity,
                calibration={"temperature": temperature, "scope": scope.as_dict()},
                extra=run.described(base=name),
            ),
        )
        # Serving reads the same vectors: only the head's graph has to be asked.
        judged = data.test if len(data.test) else data.validation
        session = runtime.session(runtime.bundle(folder))
        out = session.run({"embedding": vectors[judged]}, list(session.output_names))
        rows = Outputs(out["logits"], data.targets[judged], data.outside, out.get("distance"))
    _report(run, folder, rows, temperature, scope)
    return folder, history


def _outputs(run: _Run, head: Head, vectors: Any, chosen: Ints) -> Outputs:
    data, part = run.data, vectors[chosen]
    return Outputs(head.logits(part), data.targets[chosen], data.outside, head.distances(part))


# ---- the encoder fine-tuned ------------------------------------------------------------------------------


def _train_deep(run: _Run) -> tuple[Path, Sequence[Mapping[str, float]]]:
    from aigc_exporters.e5_classifier import import_e5_classifier
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.training.classify_deep import BASE, base_file, fine_tune, window_of

    job, options, data = run.job, run.options, run.data
    file = base_file(options.base, job.progress)
    history = fine_tune(data, options, file, run.work, job.seed, progress=job.progress, tell=run.tell)
    window, stride = window_of(file)
    delta, folder = run.work / "delta", run.work / "bundle"
    for made in (delta, folder):
        shutil.rmtree(made, ignore_errors=True)
    delta.mkdir()
    shutil.copy2(run.work / "delta.npz", delta / "delta.npz")
    write_manifest(
        delta,
        **run.manifest(
            task="encoder-delta",
            quantisation="differences to the base, 15 steps by output channel",
            # What the validation rows decide is only known of the graph that is served: first any values, then theirs.
            calibration={"temperature": 1.0, "scope": {"score": "probability", "threshold": 0.0}},
            extra={**run.described(base=BASE), "window": window, "stride": stride},
        ),
    )
    import_e5_classifier(file, folder, delta=delta, bundle_id=options.bundle_id)
    with Runtime(device="cpu", threads=options.threads or None) as runtime:
        model = TextClassifier(runtime.bundle(folder), runtime)
        held = _read(run, model, data.validation, "validate")
        rows = _read(run, model, data.test, "test") if len(data.test) else held
    temperature = fit_temperature(held)
    scope = choose_scope(
        held, temperature, options.out_of_scope, distances=False, most_rejected=options.most_rejected
    )
    calibration = {"temperature": temperature, "scope": scope.as_dict()}
    rewrite(folder, calibration=calibration)
    quality = _report(run, folder, rows, temperature, scope)
    rewrite(delta, calibration=calibration, quality=quality)
    return folder, history


def _read(run: _Run, model: TextClassifier, chosen: Ints, step: str) -> Outputs:
    texts = [run.data.texts[index] for index in chosen]
    parts = []
    for start in range(0, len(texts), _READ_AT_ONCE):
        run.job.progress(step, start, len(texts))
        parts.append(model.scores(texts[start : start + _READ_AT_ONCE])[0])
    run.job.progress(step, len(texts), len(texts))
    return Outputs(np.concatenate(parts), run.data.targets[chosen], run.data.outside)


# ---- the report ------------------------------------------------------------------------------------------


def _report(run: _Run, folder: Path, rows: Outputs, temperature: float, scope: Scope) -> list[Any]:
    """Write figures into the bundle and pictures beside it; returns the manifest's rows."""
    data, options = run.data, run.options
    tested = len(data.test) > 0
    where = "test rows" if tested else "validation rows"
    note = (
        f"{len(rows.targets)} test rows, seen by nothing before"
        if tested
        else f"{len(rows.targets)} validation rows, which also chose temperature and threshold"
    )
    found = figures(rows, data.labels, temperature, scope)
    report = {
        "bundle": options.bundle_id,
        "method": options.method,
        "note": f"Figures of {note}.",
        "temperature": temperature,
        "scope": {"score": scope.score, "threshold": scope.threshold, "tried": scope.tried},
        "rows": {
            "train": len(data.train),
            "validation": len(data.validation),
            "test": len(data.test),
        },
        "data": data.cleaned.as_dict(),
        "figures": found,
    }
    (folder / "report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (folder / "report.md").write_text(in_words(report), encoding="utf-8")
    quality = quality_rows(found, where, f"{options.method}, {note}")
    rewrite(folder, quality=quality)
    answers = rows.answers(scope.score, temperature, scope.threshold)
    draw_confusion(rows, data.labels, answers, run.job.work / "confusion.png")
    return quality
