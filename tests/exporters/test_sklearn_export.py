"""scikit-learn text classifiers keep their scores in ONNX, in English and in Chinese."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from aigc_exporters.decoder_session import create_session
from aigc_exporters.sklearn_export import convert_pipeline, export_sklearn
from aigc_sdk.errors import ExportError, ParityError

GOOD = [
    "a lovely warm coat",
    "works as promised",
    "很好用的水壶",
    "质量不错，推荐购买",
    "so soft 😀",
    "naïve café",
]
BAD = ["broke after a day", "never again", "太差了，不推荐", "水壶漏水", "too loud 😡", "écran cassé"]
TEXTS = GOOD + BAD
LABELS = [1] * len(GOOD) + [0] * len(BAD)
UNSEEN = ["完全没见过的句子", "an unseen sentence", "x", "混合 mixed text 123"]


def fitted(classifier, labels=LABELS, **settings):
    options = {"analyzer": "char", "lowercase": False, "ngram_range": (1, 3), **settings}
    return make_pipeline(TfidfVectorizer(**options), classifier).fit(TEXTS, labels)


@pytest.mark.parametrize(
    "classifier",
    [LogisticRegression(), LinearSVC(), CalibratedClassifierCV(LinearSVC(), cv=2)],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("labels", [LABELS, [0, 1, 2] * 4], ids=["two classes", "three classes"])
def test_scores_are_those_of_scikit_learn(tmp_path, classifier, labels):
    pipeline = fitted(classifier, labels)
    report = convert_pipeline(pipeline, tmp_path / "model.onnx", texts=TEXTS + UNSEEN)
    assert report.max_abs_diff < 1e-5
    session = create_session(tmp_path / "model.onnx")
    (scores,) = session.run(["scores"], {"text": np.asarray([[text] for text in UNSEEN], dtype=object)})
    assert list(pipeline.classes_[scores.argmax(axis=1)]) == list(pipeline.predict(UNSEEN))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"analyzer": "word"}, "analyzer"),
        ({"analyzer": "char_wb"}, "analyzer"),
        ({"lowercase": True}, "lowercase"),
        ({"sublinear_tf": True}, "sublinear_tf"),
        ({"strip_accents": "unicode"}, "strip_accents"),
    ],
)
def test_settings_that_convert_wrongly_are_refused_by_name(tmp_path, settings, named):
    with pytest.raises(ExportError, match=named):
        convert_pipeline(fitted(LinearSVC(), **settings), tmp_path / "model.onnx", texts=TEXTS)
    assert not (tmp_path / "model.onnx").exists()


def test_hashing_is_refused(tmp_path):
    pipeline = make_pipeline(HashingVectorizer(analyzer="char"), LinearSVC()).fit(TEXTS, LABELS)
    with pytest.raises(ExportError, match="HashingVectorizer"):
        convert_pipeline(pipeline, tmp_path / "model.onnx", texts=TEXTS)


def test_a_difference_leaves_no_bundle(tmp_path):
    # scikit-learn collapses white space inside the analyser and the graph does not: texts come normalised.
    with pytest.raises(ParityError):
        export_sklearn(
            fitted(LogisticRegression()),
            tmp_path / "bundle",
            texts=["a  lovely   warm    coat", *TEXTS],
            bundle_id="reviews",
            licence="Apache-2.0",
            source="a test",
        )
    assert list(tmp_path.iterdir()) == []


def test_bundle_names_its_labels_and_its_parity(tmp_path):
    out = export_sklearn(
        fitted(LogisticRegression()),
        tmp_path / "bundle",
        texts=TEXTS,
        bundle_id="reviews",
        licence="Apache-2.0",
        source="a test",
        extra={"threshold": 0.5},
    )
    manifest = json.loads((out / "bundle.json").read_text())
    assert manifest["extra"] == {"threshold": 0.5, "labels": [0, 1]}
    assert manifest["parity"]["max_abs_diff"] <= manifest["parity"]["tolerance"]
    assert manifest["graphs"][0]["outputs"] == [{"name": "scores", "dtype": "float32", "dims": ["batch", 2]}]
