"""How well a text classifier does: figures, a report in words, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from aigc_sdk.bundles.manifest import QualityRow
from aigc_text.training.classify_scope import Ints, Outputs, Scope, calibration_error, nll

_MOST_DRAWN: Final = 40
_MOST_CONFUSED: Final = 15


def figures(rows: Outputs, labels: Sequence[str], temperature: float, scope: Scope) -> dict[str, Any]:
    """Accuracy, macro-F1, calibration, out-of-scope figures, and precision, recall and F1 of each label.

    ``accuracy`` and ``macro_f1`` are of texts in scope, as served: one taken for out of scope counts as wrong.
    ``accuracy_closed`` is that of the likeliest label, whatever the score.
    """
    answers = rows.answers(scope.score, temperature, scope.threshold)
    within = rows.within
    kept = [index for index in range(len(labels)) if index != rows.outside]
    per_label = {labels[index]: _per_label(answers, rows.targets, index) for index in kept}
    closed = rows.answers(scope.score, temperature, -np.inf)
    best = np.array(kept)[rows.logits[:, kept].argmax(axis=1)]
    closed[closed == -1] = best[closed == -1]
    found: dict[str, Any] = {
        "rows": int(within.sum()),
        "accuracy": float((answers == rows.targets)[within].mean()),
        "accuracy_closed": float((closed == rows.targets)[within].mean()),
        "macro_f1": float(np.mean([row["f1"] for row in per_label.values() if row["rows"]])),
        "rejected": float((answers[within] == -1).mean()),
        "nll": nll(rows, temperature),
        "ece": calibration_error(rows, temperature),
        "ece_uncalibrated": calibration_error(rows, 1.0),
    }
    if (~within).any():
        found["out_of_scope_rows"] = int((~within).sum())
        found["out_of_scope_recall"] = float((answers[~within] == -1).mean())
    found["labels"] = per_label
    found["confused"] = confused(answers, rows.targets, labels)
    return found


def _per_label(answers: Ints, targets: Ints, index: int) -> dict[str, float]:
    hit = int(((answers == index) & (targets == index)).sum())
    said, true = int((answers == index).sum()), int((targets == index).sum())
    precision, recall = hit / said if said else 0.0, hit / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"rows": true, "precision": precision, "recall": recall, "f1": f1}


def confused(answers: Ints, targets: Ints, labels: Sequence[str]) -> list[dict[str, Any]]:
    """The pairs of labels mistaken for each other most, the commonest first."""
    wrong = (answers != targets) & (answers != -1)
    pairs, counts = np.unique(np.stack([targets[wrong], answers[wrong]], axis=1), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:_MOST_CONFUSED]
    return [{"true": labels[pairs[i][0]], "said": labels[pairs[i][1]], "rows": int(counts[i])} for i in order]


def quality_rows(found: Mapping[str, Any], where: str, note: str) -> list[QualityRow]:
    """The figures that the manifest names."""
    names = ("accuracy", "accuracy_closed", "macro_f1", "rejected", "out_of_scope_recall", "ece")
    return [
        QualityRow(metric=name, dataset=where, value=round(float(found[name]), 4), notes=note)
        for name in names
        if name in found
    ]


def in_words(report: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    lines = [f"# {report['bundle']}", "", f"Method: {report['method']}. {report['note']}", ""]
    lines += ["| figure | value |", "| --- | ---: |"]
    shown = report["figures"]
    lines += [
        f"| {name.replace('_', ' ')} | {value:.4g} |"
        for name, value in shown.items()
        if isinstance(value, int | float)
    ]
    lines += ["", f"Out of scope below {report['scope']['threshold']:.4g} ({report['scope']['score']})."]
    data = report["data"]
    lines += [
        "",
        f"Rows read {data['read']}, used {data['used']}, repeated {data['repeated']}, texts with two labels"
        f" {data['conflicting']}.",
    ]
    lines += [
        f"- lines {', '.join(map(str, row['lines']))}: {' / '.join(map(_cell, row['labels']))},"
        f" kept {_cell(row['kept'] or 'none')}"
        for row in data["conflicts"]
    ]
    lines += ["", "| label | rows | precision | recall | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    ranked = sorted(shown["labels"].items(), key=lambda item: (item[1]["f1"], item[0]))
    lines += [
        f"| {_cell(label)} | {row['rows']} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |"
        for label, row in ranked
    ]
    if shown["confused"]:
        lines += ["", "| true | said | rows |", "| --- | --- | ---: |"]
        lines += [
            f"| {_cell(row['true'])} | {_cell(row['said'])} | {row['rows']} |" for row in shown["confused"]
        ]
    return "\n".join(lines) + "\n"


def _cell(label: str) -> str:
    return label.replace("|", "\\|")


def draw_confusion(rows: Outputs, labels: Sequence[str], answers: Ints, path: Path) -> None:
    """Confusion matrix as a PNG, in shares of the true label; of the labels mistaken most where there are many."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    count = len(labels)
    named = [*labels, "unknown"] if rows.outside is None else list(labels)
    said = np.where(answers == -1, count if rows.outside is None else rows.outside, answers)
    matrix = np.zeros((len(named), len(named)))
    np.add.at(matrix, (rows.targets, said), 1)
    wrong = matrix.sum(axis=1) - np.diag(matrix)
    chosen = np.sort(np.argsort(-wrong, kind="stable")[:_MOST_DRAWN])
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    size = 2.5 + 0.28 * len(chosen)
    figure, axes = pyplot.subplots(figsize=(size + 1, size))
    image = axes.imshow(shares[np.ix_(chosen, chosen)], vmin=0, vmax=1, cmap="Blues")
    ticks = [named[index][:30] for index in chosen]
    axes.set_xticks(range(len(chosen)), ticks, rotation=90, fontsize=7)
    axes.set_yticks(range(len(chosen)), ticks, fontsize=7)
    more = f"; the {len(chosen)} of {len(named)} mistaken most" if len(chosen) < len(named) else ""
    axes.set(xlabel="said", ylabel="true", title=f"share of the true label's rows{more}")
    figure.colorbar(image, ax=axes, shrink=0.8)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def draw_history(history: Sequence[Mapping[str, float]], path: Path) -> None:
    """Loss and validation accuracy over training as a PNG: by epoch, or by the regularisation of a head."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    along = "epoch" if "epoch" in history[0] else "C"
    at = [row[along] for row in history]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.6))
    for name in ("loss", "validation_loss"):
        if name in history[0]:
            left.plot(at, [row[name] for row in history], marker="o", label=name.replace("_", " "))
    right.plot(at, [row["validation_accuracy"] for row in history], marker="o", label="validation accuracy")
    for axes in (left, right):
        axes.set_xlabel("epoch" if along == "epoch" else "C, inverse strength of regularisation")
        if along == "C":
            axes.set_xscale("log")
        axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
