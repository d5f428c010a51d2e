"""The quick way to a text classifier: a linear head on the vectors of an encoder that stays as it is. No TensorFlow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import MissingDependencyError
from aigc_sdk.progress import Progress
from aigc_text.generators.classify.model import PREFIX
from aigc_text.training.classify_data import Dataset
from aigc_text.training.classify_options import ClassifyTrainingOptions
from aigc_text.training.classify_scope import Outputs, nll

if TYPE_CHECKING:
    from aigc_sdk.runtime.encoder import EncoderEngine

Floats32 = npt.NDArray[np.float32]
_CHUNK: Final = 512
_SAVED_EVERY: Final = 8


@dataclass(frozen=True)
class Head:
    """A linear head, and the labels' places among the vectors.

    Attributes:
        weight, bias: float32 [outputs, hidden] and [outputs]; logits are linear in the vector as the encoder gives it.
        within: What whitens vectors by the scatter within the labels: (matrix [hidden, hidden], shift [hidden]).
        means: float32 [labels, hidden], the labels' whitened means.
        overall: What whitens them by the scatter of all texts.
    """

    weight: Floats32
    bias: Floats32
    within: tuple[Floats32, Floats32]
    means: Floats32
    overall: tuple[Floats32, Floats32]

    def logits(self, vectors: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """float64 [rows, outputs]; the reference the graph is held against."""
        return np.asarray(vectors, np.float64) @ self.weight.T.astype(np.float64) + self.bias

    def distances(self, vectors: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Relative Mahalanobis distance to the nearest label, float64 [rows] (Ren et al., arXiv:2106.09022)."""
        x = np.asarray(vectors, np.float64)
        inner = x @ self.within[0].astype(np.float64) + self.within[1]
        means = self.means.astype(np.float64)
        squared = (inner**2).sum(1)[:, None] - 2 * inner @ means.T + (means**2).sum(1)
        outer = x @ self.overall[0].astype(np.float64) + self.overall[1]
        return np.asarray(squared.min(axis=1) - (outer**2).sum(axis=1))


def embed(
    texts: Sequence[str], engine: EncoderEngine, stamp: str, cache: Path, progress: Progress
) -> Floats32:
    """Vectors of texts, float32 [texts, dimensions], kept in ``cache`` so that a stopped run goes on.

    Args:
        texts: The texts.
        engine: The encoder.
        stamp: What the vectors depend on besides the text: the encoder's digest.
        cache: An ``.npz``; one of another stamp is replaced.
        progress: Told of the step ``embed``.
    """
    keys = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    known: dict[str, Floats32] = {}
    if cache.exists():
        with np.load(cache, allow_pickle=False) as saved:
            if str(saved["stamp"]) == stamp:
                known = dict(zip(map(str, saved["keys"]), saved["vectors"], strict=True))
    missing = list(dict.fromkeys(key for key in keys if key not in known))
    by_key = dict(zip(keys, texts, strict=True))
    # Of like length together; the longest first, so that the time left is never underestimated.
    missing.sort(key=lambda key: -len(by_key[key]))
    done = len(keys) - len(missing)
    for number, start in enumerate(range(0, len(missing), _CHUNK)):
        part = missing[start : start + _CHUNK]
        progress("embed", done + start, len(keys))
        known.update(zip(part, engine.encode([by_key[key] for key in part], PREFIX), strict=True))
        if number % _SAVED_EVERY == _SAVED_EVERY - 1:
            _save(cache, stamp, known)
    if missing:
        _save(cache, stamp, known)
    progress("embed", len(keys), len(keys))
    return np.stack([known[key] for key in keys]).astype(np.float32)


def _save(cache: Path, stamp: str, known: Mapping[str, Floats32]) -> None:
    partial = cache.with_suffix(".part.npz")
    np.savez(
        partial,
        allow_pickle=False,
        stamp=np.array(stamp),
        keys=np.array(list(known)),
        vectors=np.stack(list(known.values())),
    )
    partial.replace(cache)


def fit_head(
    vectors: Floats32,
    data: Dataset,
    options: ClassifyTrainingOptions,
    seed: int,
    tell: Callable[[Mapping[str, float]], None],
) -> Head:
    """Fit by multinomial logistic regression, its regularisation chosen on the validation rows.

    Args:
        vectors: float32 [rows of ``data``, hidden].
        data: Rows, targets and splits.
        options: Regularisation and class weighting.
        seed: Of the solver.
        tell: Given the figures of every regularisation tried.

    Raises:
        MissingDependencyError: scikit-learn is not installed.
    """
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingDependencyError(
            f"Training needs scikit-learn ({error}).", hint="Install aigc-sdk-text with its extra [train]."
        ) from error
    x = vectors[data.train].astype(np.float64)
    y = data.targets[data.train]
    mean, std = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    weighting = None if options.class_weighting == "none" else "balanced"
    best: tuple[tuple[float, float], Floats32, Floats32] | None = None
    start = None
    standard = ((x - mean) / std).astype(np.float32)
    for strength in sorted(set(options.regularisation)):
        model = LogisticRegression(
            C=strength, max_iter=200, class_weight=weighting, random_state=seed, warm_start=True
        )
        if start is not None:
            model.coef_, model.intercept_, model.classes_ = start
        model.fit(standard, y)
        start = (model.coef_, model.intercept_, model.classes_)
        # Into the space of the vectors as they are; with two outputs, one row says the odds of the second.
        coefficients, intercept = model.coef_ / std, model.intercept_ - model.coef_ @ (mean / std)
        if len(coefficients) == 1:
            coefficients = np.concatenate([np.zeros_like(coefficients), coefficients])
            intercept = np.array([0.0, intercept[0]])
        weight, bias = coefficients.astype(np.float32), intercept.astype(np.float32)
        held = Outputs(
            vectors[data.validation] @ weight.T + bias, data.targets[data.validation], data.outside
        )
        accuracy = float((held.logits.argmax(axis=1) == held.targets).mean())
        loss = nll(held, 1.0)
        tell({"C": strength, "validation_accuracy": accuracy, "validation_loss": loss})
        if best is None or (accuracy, -loss) > best[0]:
            best = ((accuracy, -loss), weight, bias)
    assert best is not None
    return Head(best[1], best[2], *_places(x, y, data.outside))


def _places(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.int64], outside: int | None
) -> tuple[tuple[Floats32, Floats32], Floats32, tuple[Floats32, Floats32]]:
    """Whitening by the scatter within labels, the labels' means in it, and whitening by the scatter of all."""
    kept = y != (-1 if outside is None else outside)
    x, y = x[kept], y[kept]
    labels = np.unique(y)
    means = np.stack([x[y == label].mean(axis=0) for label in labels])
    inner = _whitening(x - means[np.searchsorted(labels, y)])
    centre = x.mean(axis=0)
    outer = _whitening(x - centre)
    # Around the centre of all texts: vectors of one encoder share most of their length, and its square would swallow
    # what tells them apart in single precision.
    return (
        (inner.astype(np.float32), (-centre @ inner).astype(np.float32)),
        ((means - centre) @ inner).astype(np.float32),
        (outer.astype(np.float32), (-centre @ outer).astype(np.float32)),
    )


def _whitening(centred: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Root of the inverse covariance, shrunk as Ledoit and Wolf (2004) say, so that few rows suffice."""
    from sklearn.covariance import ledoit_wolf

    covariance, _ = ledoit_wolf(centred, assume_centered=True)
    values, directions = np.linalg.eigh(covariance)
    return np.asarray(directions / np.sqrt(np.maximum(values, 1e-9)))


def head_graph(head: Head, *, distance: bool) -> bytes:
    """ONNX: `embedding` float32 [batch, hidden] to `logits` [batch, outputs] and, if wanted, `distance` [batch]."""
    from onnx import TensorProto, helper, numpy_helper

    from aigc_exporters.graph_writer import IR_VERSION

    def constant(name: str, value: npt.NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    constants: list[Any] = []
    weight, bias = constant("head.weight", head.weight), constant("head.bias", head.bias)
    nodes = [helper.make_node("Gemm", ["embedding", weight, bias], ["logits"], transB=1)]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(head.bias)])]
    if distance:
        axis = constant("axis", np.array([1], dtype=np.int64))
        parts = {
            "inner": [constant("within.matrix", head.within[0]), constant("within.shift", head.within[1])],
            "outer": [
                constant("overall.matrix", head.overall[0]),
                constant("overall.shift", head.overall[1]),
            ],
        }
        for name, (matrix, shift) in parts.items():
            nodes += [
                helper.make_node("Gemm", ["embedding", matrix, shift], [name]),
                helper.make_node("ReduceSumSquare", [name, axis], [f"{name}.squared"], keepdims=0),
            ]
        # |a - m|² = |a|² - 2am + |m|²; the first term is the same for all labels and is added after the minimum.
        means = constant("means", -2 * head.means)
        lengths = constant("means.squared", (head.means**2).sum(axis=1))
        nodes += [
            helper.make_node("Gemm", ["inner", means, lengths], ["to_labels"], transB=1),
            helper.make_node("ReduceMin", ["to_labels", axis], ["nearest"], keepdims=0),
            helper.make_node("Add", ["nearest", "inner.squared"], ["to_label"]),
            helper.make_node("Sub", ["to_label", "outer.squared"], ["distance"]),
        ]
        outputs.append(helper.make_tensor_value_info("distance", TensorProto.FLOAT, ["batch"]))
    hidden = head.weight.shape[1]
    graph = helper.make_graph(
        nodes,
        "classify-head",
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", hidden])],
        outputs,
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=IR_VERSION)
    model.producer_name = "aigc-sdk-exporters"
    data: bytes = model.SerializeToString()
    return data
