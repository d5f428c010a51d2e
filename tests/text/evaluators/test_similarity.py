"""Similarity of meaning: with references, with the request, and without an encoder."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BundleError, ModelNotFoundError
from aigc_sdk.request import Request, Sample
from aigc_sdk.verdict import Err
from aigc_text.evaluators.similarity import Similarity


class Letters:
    """Vectors that count letters."""

    def __init__(self):
        self.asked = []

    def encode(self, texts, prefix="query: ", *, ctx=None):
        self.asked += texts
        rows = [np.array([1 + text.count(c) for c in "abc"], np.float32) for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows])


class FakeRuntime:
    def __init__(self, answer):
        self.answer = answer

    def encoder(self, bundle):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def score(*samples, answer=None):
    evaluator = Similarity()
    evaluator.load(FakeRuntime(answer or Letters()))
    rows = evaluator.evaluate(samples, ctx=CallContext())
    return [row if isinstance(row, Err) else {s.metric: s for s in row} for row in rows]


def test_the_closest_reference_counts_and_is_named():
    (row,) = score(Sample(Text("aaab"), references=(Text("ccc"), Text("aaa"))))
    found = row["reference_similarity"]
    one, other = np.array([4, 2, 1]), np.array([4, 1, 1])
    assert found.value == pytest.approx(float(one @ other / np.sqrt((one @ one) * (other @ other))))
    assert found.details["reference"] == 1
    assert "closest reference (2)" in found.explanation
    assert "no request" in row["source_similarity"].reason


def test_the_source_is_the_requests_input():
    request = Request(inputs={"x": "ccc"})
    near, far = score(Sample(Text("ccc"), request=request), Sample(Text("aaa"), request=request))
    assert near["source_similarity"].value > far["source_similarity"].value
    assert "reference" in near["reference_similarity"].reason


def test_each_text_is_encoded_once():
    encoder = Letters()
    reference = (Text("abc"),)
    score(*(Sample(Text(t), references=reference) for t in ("a", "b", "a")), answer=encoder)
    assert sorted(encoder.asked) == ["a", "abc", "b"]


def test_without_the_encoder_it_says_how_to_get_it():
    (row,) = score(Sample(Text("a"), references=(Text("b"),)), answer=ModelNotFoundError("not here"))
    assert "aigc models pull multilingual-e5-small" in row["reference_similarity"].reason


def test_a_damaged_encoder_is_an_error_and_only_of_the_rows_that_need_it():
    damaged, wordless = score(
        Sample(Text("a"), references=(Text("b"),)), Sample(Text("…")), answer=BundleError("damaged")
    )
    assert isinstance(damaged, Err)
    assert "no words" in wordless["reference_similarity"].reason


@pytest.mark.pulled
def test_the_real_encoder_orders_paraphrases_across_languages():
    from aigc_sdk.studio import Studio

    with Studio(device="cpu", threads=1) as studio:
        try:
            studio.runtime.encoder("multilingual-e5-small")
        except ModelNotFoundError as error:
            pytest.skip(str(error))
        references = ["The train to Paris leaves at noon."]
        values = [
            studio.evaluate(text, evaluators=["text/similarity"], references=references)[0].value
            for text in (
                "At midday the Paris train departs.",
                "开往巴黎的火车中午出发。",
                "Mix flour and eggs.",
            )
        ]
    assert values[0] > values[2] + 0.05
    assert values[1] > values[2] + 0.03
