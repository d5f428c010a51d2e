"""Trains ``moderation-injection``: a linear model over hashed n-grams and rules, exported to ONNX.

    python -m aigc_text.training.injection_linear --data DATA_ROOT --out BUNDLE_FOLDER

Probabilities and thresholds are drawn from margins of models that saw neither the text's source (for the sets of
others) nor its frame (for sentences written for this SDK): `cross_fit`. The model that ships is then fitted to
everything. A text with an attack in it is one positive example, by its highest-scoring window (Andrews,
Tsochantaridis, Hofmann, NIPS 2002); every window of a harmless text is a negative one. Seeded and reproducible.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import QualityRow, write_manifest
from aigc_text.moderators.injection.model import BUNDLE, GRAPH, VOCABULARY, save_vocabulary
from aigc_text.moderators.injection.rules import RULES
from aigc_text.training.injection_fit import FOLDS, Linear, Rows, collect, cross_fit, fit
from aigc_text.training.injection_operating import FUSION, calibrate
from aigc_text.training.moderation_data import CREDITS

Floats = npt.NDArray[np.float64]
_PARITY_ROWS = 64


def train_injection(data_root: Path, out: Path, *, scale: float = 1.0, seed: int = 0) -> Path:
    """Train, export, compare, calibrate, measure; returns ``out``.

    Args:
        data_root: The folder that holds ``text/``.
        out: Folder of the bundle; an earlier bundle there is replaced.
        scale: Share of each source's usual number of rows.
        seed: Of the choice of rows.

    Raises:
        BadInputError: If a data set is missing.
        ExportError: If the graph cannot be exported, or (`ParityError`) differs from scikit-learn's numbers.
    """
    rows = collect(data_root, scale=scale, seed=seed)
    return write_bundle(rows, cross_fit(rows), out, seed=seed)


def write_bundle(
    rows: Rows, margins: Floats, out: Path, *, without: Sequence[str] = (), seed: int = 0
) -> Path:
    """Fit to ``rows`` but the sources ``without``, calibrate on ``margins`` but theirs, write the bundle.

    Args:
        rows: What `collect` read.
        margins: What `cross_fit` gave for it.
        out: Folder of the bundle.
        without: Sources left out, for tests on them.
        seed: Recorded in the manifest.
    """
    from aigc_exporters.bundle_writer import graph_info, staged_bundle

    used = ~np.isin(rows.sources, list(without))
    calibration = calibrate(rows, margins, used)
    model = fit(rows, used)
    with staged_bundle(out) as folder:
        parity = export(model, folder / GRAPH, rows)
        save_vocabulary(folder / VOCABULARY, model.kept, model.weights, model.rules)
        write_manifest(
            folder,
            id=BUNDLE,
            task="classifier",
            summary="Prompt injection and jailbreaks, English and Chinese, linear model over n-grams and rules",
            licence="CC-BY-SA-4.0",
            source="python -m aigc_text.training.injection_linear",
            training_data=[CREDITS[name] for name in sorted(set(rows.sources[used].tolist()))],
            languages=["en", "zh"],
            graphs=[graph_info(folder / GRAPH)],
            calibration=calibration,
            parity=parity,
            quality=list(_quality(rows, margins, calibration)),
            extra={
                "rules": [rule.id for rule in RULES],
                "fusion": FUSION,
                "features": len(model.kept),
                "folds": FOLDS,
                "seed": seed,
            },
        )
    return out


def export(model: Linear, out: Path, rows: Rows) -> Any:
    """Write the graph; returns the parity report against scikit-learn's decision function.

    The graph takes ``rows`` int32 [windows, n-grams] (0: none) and ``rules`` float32 [windows, rules] and gives
    ``margin`` float32 [windows]: the sum of the rows' weights over the root of their number, plus the rules'.
    """
    from onnx import TensorProto

    from aigc_exporters.graph_writer import GraphWriter
    from aigc_exporters.parity import parity_gate

    graph = GraphWriter()
    graph.input("rows", TensorProto.INT32, ["windows", "ngrams"])
    graph.input("rules", TensorProto.FLOAT, ["windows", len(RULES)])
    graph.output("margin", TensorProto.FLOAT, ["windows"])
    table = np.concatenate([[0.0], model.weights]).astype(np.float32)
    graph.node("Gather", [graph.initializer("table", table), "rows"], "weights", axis=0)
    axis = graph.int64("axis", [1])
    graph.node("ReduceSum", ["weights", axis], "sum", keepdims=0)
    graph.node("Cast", ["rows"], "numbers", to=TensorProto.FLOAT)
    graph.node("Sign", ["numbers"], "present")
    graph.node("ReduceSum", ["present", axis], "count", keepdims=0)
    graph.node("Max", ["count", graph.initializer("one", np.asarray(1, np.float32))], "at_least_one")
    graph.node("Sqrt", ["at_least_one"], "root")
    graph.node("Div", ["sum", "root"], "mean")
    graph.node(
        "MatMul", ["rules", graph.initializer("rule_weights", model.rules.astype(np.float32))], "matched"
    )
    graph.node("Add", ["mean", "matched"], "both")
    graph.node("Add", ["both", graph.initializer("bias", np.asarray(model.bias, np.float32))], "margin")
    data = graph.model(opset=18, name="injection").SerializeToString()

    probe = np.linspace(0, len(rows.lengths) - 1, _PARITY_ROWS).astype(int)
    cases = [_feeds(rows, model, probe), _feeds(rows, model, probe[:5])]
    wanted = {len(probe): model.margins(rows)[probe], 5: model.margins(rows)[probe[:5]]}
    report = parity_gate(
        data,
        cases,
        lambda feeds: {"margin": wanted[len(feeds["rows"])].astype(np.float32)},
        reference_name="scikit-learn LogisticRegression.decision_function",
        notes=f"{len(probe)} windows",
    )
    out.write_bytes(data)
    return report


def _feeds(rows: Rows, model: Linear, chosen: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
    found = []
    for window in map(rows.window, chosen):
        known = window[np.isin(window, model.kept)]
        found.append(np.searchsorted(model.kept, known) + 1)
    width = max(1, *(len(f) for f in found))
    table = np.zeros((len(chosen), width), np.int32)
    for number, row in enumerate(found):
        table[number, : len(row)] = row
    return {"rows": table, "rules": np.asarray(rows.rules[chosen].todense(), np.float32)}


def _quality(rows: Rows, margins: Floats, calibration: dict[str, Any]) -> Iterator[QualityRow]:
    """Recall and false positives at the shipped thresholds, by source, on margins of models that did not see it."""
    for source in sorted(set(rows.sources.tolist())):
        for label, metric in ((1, "recall"), (0, "fpr")):
            for language in ("en", "zh"):
                here = (rows.sources == source) & (rows.labels == label) & (rows.languages == language)
                if here.any():
                    at = calibration[language]["prompt"]
                    flagged = _probability(margins[here], at) >= at["threshold"]
                    note = f"{language}, {int(here.sum())} texts, source or frame left out of training"
                    yield QualityRow(metric=metric, dataset=source, value=float(flagged.mean()), notes=note)


def _probability(margin: Floats, at: dict[str, float]) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(at["slope"] * margin + at["offset"]))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=train_injection.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rows that are used")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    print(train_injection(chosen.data, chosen.out, scale=chosen.scale, seed=chosen.seed))


if __name__ == "__main__":
    main()
