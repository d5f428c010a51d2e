"""Text classifiers of scikit-learn (character TF-IDF and a linear model) to ONNX, with the parity gate.

Only what converts exactly in English and in Chinese is taken; the rest is refused, because most of it converts to
a graph that runs and is wrong: word analysers split on `[a-zA-Z0-9_]+` whatever the language, `char_wb` and
hashing have no converter, `sublinear_tf` differs, and `lowercase=True` needs a locale the host may lack.
Normalise texts in Python (NFKC, lower case, white space collapsed) before the graph and before training.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_exporters.bundle_writer import graph_info, staged_bundle
from aigc_exporters.graph_writer import IR_VERSION
from aigc_exporters.parity import parity_gate
from aigc_sdk.bundles.manifest import ParityReport, write_manifest
from aigc_sdk.errors import ExportError, MissingDependencyError

OPSET = 18

# Vectoriser setting -> the only value whose conversion is exact, and why not another.
_REQUIRED: Mapping[str, tuple[Any, str]] = {
    "analyzer": ("char", "word analysers and char_wb convert wrongly or not at all, worst in Chinese"),
    "lowercase": (False, "lower-casing in the graph needs a locale that the host may lack: do it before"),
    "sublinear_tf": (False, "its conversion gives other numbers"),
    "strip_accents": (None, "it has no converter: do it before"),
    "preprocessor": (None, "Python functions have no converter: apply it before"),
    "tokenizer": (None, "Python functions have no converter"),
}
_CLASSIFIERS = ("LogisticRegression", "LinearSVC", "CalibratedClassifierCV", "SGDClassifier")


def export_sklearn(
    pipeline: Any,
    out_dir: str | Path,
    *,
    texts: Sequence[str],
    bundle_id: str,
    licence: str,
    source: str,
    tolerance: float = 1e-4,
    extra: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Path:
    """Write the bundle of a fitted text classifier.

    Its graph takes `text` string [batch, 1] and returns `scores` float32 [batch, classes]: probabilities where the
    classifier has them, else decision values (for two classes [-d, d]). The classes are the manifest's
    `extra["labels"]`.

    Args:
        pipeline: a fitted Pipeline of TfidfVectorizer or CountVectorizer and a linear classifier.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        texts: normalised texts to compare on, in every language the classifier serves.
        bundle_id: id in the manifest.
        licence: SPDX expression of the weights.
        source: where they come from, in words.
        tolerance: see `aigc_exporters.parity.parity_gate`.
        extra: task-specific values for the manifest, beside the labels.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        ExportError: for a pipeline whose conversion would be wrong, naming the setting.
        ParityError: if the graph's scores differ from scikit-learn's.
        MissingDependencyError: without the extra `sklearn`.
    """
    out_dir = Path(out_dir)
    with staged_bundle(out_dir) as folder:
        parity = convert_pipeline(pipeline, folder / "model.onnx", texts=texts, tolerance=tolerance)
        labels = [label.item() if hasattr(label, "item") else label for label in pipeline.classes_]
        write_manifest(
            folder,
            id=bundle_id,
            task="classifier",
            licence=licence,
            source=source,
            graphs=[graph_info(folder / "model.onnx")],
            parity=parity,
            extra={**(extra or {}), "labels": labels},
            **fields,
        )
    return out_dir


def convert_pipeline(
    pipeline: Any, out: Path, *, texts: Sequence[str], tolerance: float = 1e-4
) -> ParityReport:
    """Convert a fitted pipeline to one ONNX file; see `export_sklearn` for its graph, arguments and errors."""
    try:
        from skl2onnx import convert_sklearn
        from skl2onnx.common.data_types import StringTensorType
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            f"Exporting scikit-learn models needs {error.name}.",
            hint="Install aigc-sdk-exporters with its extra [sklearn].",
        ) from error
    classifier = _check_pipeline(pipeline)
    if len(texts) < 2:
        raise ExportError("Give at least two texts to compare the graph on.")
    probabilistic = hasattr(classifier, "predict_proba")
    options = {"zipmap": False} if type(classifier).__name__ != "LinearSVC" else {}
    if not probabilistic:
        options["raw_scores"] = True
    try:
        with warnings.catch_warnings():
            # It warns that character analysers "may not work"; the gate below says whether this one does.
            warnings.simplefilter("ignore", UserWarning)
            model = convert_sklearn(
                pipeline,
                initial_types=[("text", StringTensorType([None, 1]))],
                options={id(classifier): options},
                target_opset={"": OPSET, "ai.onnx.ml": 3},
            )
    except Exception as error:  # skl2onnx raises bare errors of many kinds
        raise ExportError(f"skl2onnx could not convert the pipeline: {error}") from error
    _keep_scores(model, len(pipeline.classes_))
    data = model.SerializeToString()

    def reference(feeds: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
        rows = [str(text) for text in feeds["text"][:, 0]]
        scores = pipeline.predict_proba(rows) if probabilistic else pipeline.decision_function(rows)
        if scores.ndim == 1:
            scores = np.stack([-scores, scores], axis=1)
        return {"scores": scores.astype(np.float32)}

    column = np.asarray([[text] for text in texts], dtype=object)
    report = parity_gate(
        data,
        [{"text": column}, {"text": column[:1]}],
        reference,
        reference_name=f"scikit-learn {type(classifier).__name__} pipeline",
        tolerance=tolerance,
        notes=f"{len(texts)} texts",
    )
    out.write_bytes(data)
    return report


def _check_pipeline(pipeline: Any) -> Any:
    """Refuse what does not convert exactly; returns the classifier."""
    steps = list(getattr(pipeline, "steps", []))
    if len(steps) != 2:
        raise ExportError("Expected a Pipeline of two steps: a TF-IDF vectoriser and a linear classifier.")
    vectorizer, classifier = steps[0][1], steps[1][1]
    if type(vectorizer).__name__ not in ("TfidfVectorizer", "CountVectorizer"):
        raise ExportError(
            f"{type(vectorizer).__name__} does not convert to ONNX exactly.",
            hint="Use TfidfVectorizer(analyzer='char', lowercase=False).",
        )
    for name, (value, reason) in _REQUIRED.items():
        found = getattr(vectorizer, name, value)
        if found != value:
            raise ExportError(
                f"{type(vectorizer).__name__} has {name}={found!r}: {reason}.", hint=f"Set {name}={value!r}."
            )
    if type(classifier).__name__ not in _CLASSIFIERS:
        raise ExportError(
            f"The classifier {type(classifier).__name__} is not supported.",
            hint=f"Supported: {', '.join(_CLASSIFIERS)}.",
        )
    return classifier


def _keep_scores(model: Any, classes: int) -> None:
    """Leave one output, `scores`; labels are the caller's to look up, after its own thresholds."""
    from onnx import TensorProto, helper

    last = model.graph.output[-1].name
    model.graph.node.append(helper.make_node("Identity", [last], ["scores"], name="scores"))
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", classes]))
    dims = model.graph.input[0].type.tensor_type.shape.dim
    dims[0].dim_param = "batch"
    model.ir_version = min(model.ir_version, IR_VERSION)
    model.producer_name = "aigc-sdk-exporters"
