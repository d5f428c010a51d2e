"""Extractive summaries: sentences of the text, in its order, of the length asked for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    CancelledError,
    InputTooLargeError,
    ModelNotFoundError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text.evaluators.counting import units_zh, words
from aigc_text.generators.summary import extractive
from aigc_text.generators.summary import generator as module
from aigc_text.generators.summary.cues import cues
from aigc_text.generators.summary.document import LONGEST_SENTENCE, Document
from aigc_text.generators.summary.extractive import PART, narrow
from aigc_text.generators.summary.generator import SummaryGenerator
from aigc_text.generators.summary.options import SummaryOptions
from aigc_text.generators.summary.ranking import rank, similarities, textrank
from aigc_text.generators.summary.selection import Budget, select

ENGLISH = (
    "Bridges of steel rust where salt is spread in winter. Existing paints peel after four years. "
    "In this paper we propose a zinc paint that protects steel bridges from rust. For example, Figure 2 shows a bridge. "
    "The weather was good. They were painted in June. "
    "Results show that steel bridges with zinc paint had a third of the rust after six years."
)
CHINESE = (
    "近年来，城市内涝频繁发生。现有的排水模型没有考虑地下管网。本文提出了一种结合地下管网的城市内涝模型。例如，图2给出了管网。"
    "天气很好。结果表明，该模型对城市内涝深度的误差降低了三成。"
)


def summary(text, language=None, runtime=None, **options):
    generator = SummaryGenerator()
    if runtime is not None:
        generator.load(runtime)
    options.setdefault("embeddings", "never" if runtime is None else "auto")
    request = Request(
        id="r", inputs={"text": text}, language=language, options=SummaryOptions(**options), n=3
    )
    (row,) = generator.generate([request], ctx=CallContext())
    if isinstance(row, Err):
        raise row.error
    assert isinstance(row, Generation)
    (candidate,) = row.candidates
    return candidate


def taken(text, candidate):
    return [text[start:end] for start, end in candidate.meta["spans"]]


def test_one_sentence_says_what_the_paper_is_about():
    assert "we propose a zinc paint" in summary(ENGLISH, sentences=1).content.text
    assert "本文提出了" in summary(CHINESE, sentences=1).content.text


def test_spans_point_to_the_sentences_in_the_order_of_the_text():
    for text, blank in ((ENGLISH, " "), (CHINESE, "")):
        made = summary(text, sentences=3)
        parts = taken(text, made)
        assert made.content.text == blank.join(parts)
        assert len(parts) == 3
        assert made.meta["spans"] == sorted(made.meta["spans"])
        assert made.meta["genre"] == "abstract"
    assert made.content.language == "zh"


def test_asides_and_sentences_that_lean_on_others_stay_out():
    text = summary(ENGLISH, sentences=3).content.text
    assert "Figure 2" not in text
    assert "They were" not in text


def test_a_news_story_begins_with_its_point():
    story = (
        "A storm cut power to forty thousand homes in the north on Sunday. Crews hope to restore power to most homes by Tuesday. "
        "Schools in the north stay closed. One reader sent a picture of a cat. The mayor thanked the crews."
    )
    made = summary(story, sentences=1)
    assert made.meta["genre"] == "general"
    assert made.content.text.startswith("A storm cut power")


@pytest.mark.parametrize(
    ("options", "measure", "most"),
    [
        ({"words": 30}, lambda t: len(words(t)), 30),
        ({"characters": 90}, lambda t: sum(not c.isspace() for c in t), 90),
        ({"sentences": 2}, lambda t: t.count("."), 2),
        ({"ratio": 0.3}, lambda t: t.count("."), 2),
    ],
)
def test_lengths_are_kept(options, measure, most):
    text = summary(ENGLISH, **options).content.text
    assert 0 < measure(text) <= most


def test_chinese_length_counts_characters():
    made = summary(CHINESE, characters=45)
    assert 15 < len(units_zh(made.content.text)) <= 45


def test_a_length_that_no_sentence_fits_gives_the_shortest_and_says_so():
    made = summary(ENGLISH, words=2)
    assert made.content.text == "The weather was good."
    assert made.meta["over_length"] is True
    assert "over_length" not in summary(ENGLISH, words=5).meta


def test_what_was_said_is_not_said_again():
    point = "The reactor is shut down for repairs of its cooling pumps until March."
    again = "Until March the reactor is shut down, for repairs of its cooling pumps."
    other = "Power comes from the coal plant in the meantime."
    text = f"{point} {again} {other}"
    assert set(taken(text, summary(text, sentences=2, diversity=0.7, genre="general"))) == {point, other}
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    budget = Budget(2, None, len)
    assert select(np.array([1.0, 0.9, 0.5]), vectors @ vectors.T, ["a", "b", "c"], budget, 0.5) == [0, 2]
    assert select(np.array([1.0, 0.9, 0.5]), vectors @ vectors.T, ["a", "b", "c"], budget, 0.0) == [0, 1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The cat sat.", "It rained!", "猫坐着。", "\n\n", " - item\n", "3.5", "x" * 900, "…"]
        )
    ),
    st.integers(1, 6),
)
def test_any_text_with_words_has_a_summary_of_its_own_words(parts, sentences):
    text = "".join(parts)
    if not any(c.isalnum() for c in text):
        with pytest.raises(BadInputError):
            summary(text, sentences=sentences)
        return
    made = summary(text, sentences=sentences)
    spans = made.meta["spans"]
    assert 1 <= len(spans) <= sentences
    assert all(0 <= a < b <= len(text) and b - a <= LONGEST_SENTENCE for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    plain = "".join(made.content.text.split())
    assert plain == "".join("".join(text[a:b].split()) for a, b in spans)


# ---- ranking -----------------------------------------------------------------------------------------


def test_textrank_is_the_stationary_distribution():
    rng = np.random.default_rng(0)
    edges = rng.random((6, 6))
    edges = (edges + edges.T) / 2
    np.fill_diagonal(edges, 0)
    ranks = textrank(edges)
    walk = 0.15 / 6 + 0.85 * edges / edges.sum(1, keepdims=True)
    values, vectors = np.linalg.eig(walk.T)
    expected = np.real(vectors[:, np.argmax(np.real(values))])
    assert ranks == pytest.approx(expected / expected.sum(), abs=1e-8)
    assert textrank(np.zeros((4, 4))) == pytest.approx([0.25] * 4)


def test_meanings_join_what_shares_no_word():
    words_only = np.eye(2)
    meanings = np.array([[1.0, 0.0], [0.95, np.sqrt(1 - 0.95**2)]])
    assert similarities(words_only, None, 0.5)[0, 1] == 0
    assert similarities(words_only, meanings, 0.5)[0, 1] == pytest.approx(0.5 * (0.95 - 0.75) / 0.25)


def test_function_words_weigh_next_to_nothing():
    document = Document.read("The cat of the house. The dog of the yard. The car of the town.", CallContext())
    likeness = rank(document, np.arange(3)).similarity
    assert likeness[0, 1] < 0.05


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("In this work, we study rust.", "aim"),
        ("本文研究了锈蚀。", "aim"),
        ("We show that it holds.", "finding"),
        ("结果表明误差下降。", "finding"),
        ("However, paints peel.", "background"),
        ("目前漆会剥落。", "background"),
        ("For example, a bridge.", "aside"),
        ("They were painted.", "dangling"),
        ("此外，漆很贵。", "dangling"),
    ],
)
def test_cues(sentence, kind):
    assert cues(sentence)[kind]
    assert not any(cues("Steel rusts.").values())


# ---- long texts --------------------------------------------------------------------------------------


def long_text(sentences):
    rng = np.random.default_rng(1)
    vocabulary = np.array([f"w{n}" for n in range(5000)])
    drawn = rng.zipf(1.3, size=(sentences, 14)) % 5000
    return " ".join(" ".join(row).capitalize() + "." for row in vocabulary[drawn])


def test_long_texts_are_narrowed_part_by_part_to_the_weightiest():
    text = long_text(PART * 5)
    document = Document.read(text, CallContext())
    left = narrow(document, 100, {"centrality": 1.0}, CallContext())
    assert len(left) <= 100
    assert left.tolist() == sorted(set(left.tolist()))
    assert set((left // (len(document) // 5)).tolist()) >= {0, 1, 2, 3, 4}, "every part has its say"
    scores = rank(document, np.arange(PART)).scores({"centrality": 1.0})
    kept = [i for i in left.tolist() if i < PART]
    assert scores[kept].mean() > np.median(scores)


def test_never_are_more_than_a_part_compared_at_a_time(monkeypatch):
    compared = []

    def watched(document, chosen, *rest):
        compared.append(len(chosen))
        return rank(document, chosen, *rest)

    monkeypatch.setattr(extractive, "rank", watched)
    made = summary(long_text(3_000), sentences=5)
    assert len(made.meta["spans"]) == 5
    assert made.meta["sentences"] == 3_000
    assert len(compared) > 3_000 // PART
    assert max(compared) <= 512


def test_a_cancelled_call_stops():
    ctx = CallContext()
    ctx.cancel.cancel()
    (row,) = SummaryGenerator().generate([Request(inputs={"text": ENGLISH})], ctx=ctx)
    assert isinstance(row, Err)
    assert isinstance(row.error, CancelledError)


# ---- requests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        ({}, BadInputError),
        ({"text": ""}, BadInputError),
        ({"text": 3}, BadInputError),
        ({"text": "…!"}, BadInputError),
        ({"text": "a", "prompt": "b"}, BadInputError),
        ({"name": "x"}, BadInputError),
    ],
)
def test_a_bad_row_fails_alone(inputs, error):
    requests = [Request(inputs=inputs), Request(inputs={"prompt": ENGLISH})]
    bad, good = SummaryGenerator().generate(requests, ctx=CallContext())
    assert isinstance(bad, Err)
    assert isinstance(bad.error, error)
    assert isinstance(good, Generation)


def test_other_languages_and_endless_texts_are_refused(monkeypatch):
    with pytest.raises(UnsupportedLanguageError, match="'fr'"):
        summary(ENGLISH, language="fr")
    monkeypatch.setattr(module, "LONGEST", 100)
    with pytest.raises(InputTooLargeError, match="the limit is 100"):
        summary(ENGLISH)


def test_only_one_length():
    with pytest.raises(ValueError, match="give one length, not sentences and words"):
        SummaryOptions(sentences=2, words=10)


# ---- meanings ----------------------------------------------------------------------------------------


class Runtime:
    """Its encoder finds sentences alike that hold the same of a few letters."""

    def __init__(self):
        self.encoded = []

    def encoder(self, bundle):
        return self

    def encode(self, texts, prefix="query: ", *, ctx=None):
        self.encoded.append(len(texts))
        rows = np.array([[1.0 + t.lower().count(c) for c in "zqxj"] for t in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Bare:
    def encoder(self, bundle):
        raise ModelNotFoundError(f"{bundle} is not here.")


def test_the_encoder_is_used_where_it_is_and_recorded():
    assert summary(ENGLISH, runtime=Runtime()).meta["encoder"] == "multilingual-e5-small"
    assert "encoder" not in summary(ENGLISH, runtime=Bare()).meta
    assert "encoder" not in summary(ENGLISH, runtime=Runtime(), embeddings="never").meta
    with pytest.raises(ModelNotFoundError):
        summary(ENGLISH, runtime=Bare(), embeddings="always")


def test_of_a_long_text_few_sentences_are_encoded():
    runtime = Runtime()
    summary(long_text(600), runtime=runtime)
    assert 0 < sum(runtime.encoded) <= 128
