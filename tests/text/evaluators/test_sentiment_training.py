"""The sentiment trainer: what it learns, and that the graph says the same."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_sdk.errors import BadInputError
from aigc_text.evaluators.sentiment_features import SPACE, features
from aigc_text.training.sentiment import build_graph, cases, fit, held_back, matrix
from aigc_text.training.sentiment_data import Rated, rated_sentences

pytest.importorskip("sklearn")

GOOD, BAD = ("lovely", "handy", "tasty", "sunny"), ("awful", "broken", "smelly", "rainy")
ROWS = [
    Rated(f"the {thing} number {i} is {word}", label, 1.0)
    for i in range(12)
    for thing in ("mug", "shop", "train")
    for words, label in ((GOOD, 1), (BAD, 0))
    for word in words
]


@pytest.fixture(scope="module")
def fitted():
    return fit(ROWS, {"superb": 3.0, "dreadful": -3.0, "lovely": 2.0, "awful": -2.0}, "en", 0)


def margin(fitted, text):
    dense = np.zeros(SPACE + 1, np.float32)
    dense[[*fitted.hashes, SPACE]] = fitted.weights
    return float((matrix([text], "en") @ dense)[0])


def test_it_learns_words_and_takes_the_lexicon_for_those_it_never_saw(fitted):
    assert fitted.accuracy > 0.9
    assert fitted.held_back == sum(held_back(r.text) for r in ROWS) > 0
    assert margin(fitted, "a tasty thing") > margin(fitted, "a thing") > margin(fitted, "a smelly thing")
    assert margin(fitted, "superb") > 0 > margin(fitted, "dreadful")
    assert margin(fitted, "not superb") < margin(fitted, "superb")


def test_every_feature_kept_has_a_weight_and_the_bias_comes_last(fitted):
    assert len(fitted.weights) == len(fitted.hashes) + 1
    kept = set(fitted.hashes.tolist())
    assert {f.bucket for f in features("tasty smelly", "en")} & kept


def test_the_graph_says_what_the_weights_say(fitted):
    onnxruntime = pytest.importorskip("onnxruntime")
    weights = fitted.weights
    session = onnxruntime.InferenceSession(build_graph(weights), providers=["CPUExecutionProvider"])
    for feeds in cases(weights.size):
        expected = (weights[feeds["ids"]] * feeds["values"]).sum(axis=1)
        assert session.run(None, feeds)[0] == pytest.approx(expected, abs=1e-4)


def test_another_archive_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="no hutto"):
        rated_sentences(tmp_path / "nothing.tar.gz")
    other = tmp_path / "other.tar.gz"
    other.write_bytes(b"something else")
    with pytest.raises(BadInputError, match="hash"):
        rated_sentences(other)
