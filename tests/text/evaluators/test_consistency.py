"""Consistency with the brief: by an encoder where there is one, by words in common always."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_sdk.content import Message, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BundleError, ModelNotFoundError
from aigc_sdk.request import Request, Sample
from aigc_sdk.verdict import Err
from aigc_text.evaluators.consistency import Consistency, brief_of, probability


class Encoder:
    """Vectors of the words tea, mug and train: enough to tell subjects apart."""

    def __init__(self):
        self.asked = []

    def encode(self, texts, prefix="query: ", *, ctx=None):
        self.asked += texts
        rows = []
        for text in texts:
            row = np.array([1.0, *(0.6 * (w in text.lower()) for w in ("tea", "mug", "train"))], np.float32)
            rows.append(row / np.linalg.norm(row))
        return np.stack(rows)


class FakeRuntime:
    def __init__(self, answer):
        self.answer = answer

    def encoder(self, bundle):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def scores(text, inputs=None, answer=None, messages=()):
    evaluator = Consistency()
    evaluator.load(FakeRuntime(answer or Encoder()))
    request = Request(inputs=inputs or {}, messages=messages)
    (row,) = evaluator.evaluate([Sample(Text(text), request=request)], ctx=CallContext())
    return row if isinstance(row, Err) else {s.metric: s for s in row}


BRIEF = {"name": "Tea Mug", "material": "clay", "channel": "email", "audience.age": 30}


def test_matching_text_scores_above_strange_text():
    same, other = scores("A tea mug of clay.", BRIEF), scores("The train is late.", BRIEF)
    assert same["semantic_consistency"].value > 0.9 > 0.5 > other["semantic_consistency"].value
    assert same["lexical_overlap"].value > other["lexical_overlap"].value == 0.0
    assert "Cosine" in same["semantic_consistency"].explanation


def test_the_mapping_rises():
    values = [probability(c) for c in (0.7, 0.8, 0.85, 0.9, 0.95)]
    assert values == sorted(values)
    assert values[0] < 0.1
    assert values[-1] > 0.9


def test_the_brief_is_the_inputs_without_steering_or_the_users_last_words():
    sample = Sample(Text("x"), request=Request(inputs={**BRIEF, "features": ["a", "b"]}))
    assert brief_of(sample) == "name: Tea Mug; material: clay; features: a, b"
    chat = (Message("user", "first"), Message("assistant", "yes"), Message("user", "last"))
    assert brief_of(Sample(Text("x"), request=Request(messages=chat))) == "last"
    assert brief_of(Sample(Text("x"))) == ""


def test_siblings_share_the_encoding_of_their_brief():
    encoder = Encoder()
    evaluator = Consistency()
    evaluator.load(FakeRuntime(encoder))
    request = Request(inputs=BRIEF)
    evaluator.evaluate(
        [Sample(Text(t), request=request) for t in ("a tea", "a mug", "a tea")], ctx=CallContext()
    )
    assert len(encoder.asked) == 3


def test_without_the_encoder_it_says_how_to_get_it_and_words_still_count():
    found = scores("A tea mug of clay.", BRIEF, ModelNotFoundError("not here"))
    assert "aigc models pull multilingual-e5-small" in found["semantic_consistency"].reason
    assert found["lexical_overlap"].valid


def test_a_damaged_encoder_is_an_error_not_a_score():
    row = scores("A tea mug of clay.", BRIEF, BundleError("damaged"))
    assert isinstance(row, Err)


@pytest.mark.parametrize("text", ["", "…"])
def test_nothing_to_compare_is_invalid(text):
    assert not scores(text, BRIEF)["semantic_consistency"].valid
    assert "no brief" in scores("A mug.")["semantic_consistency"].reason
