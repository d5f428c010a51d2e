"""Ranking by words and by meaning, and telling what the documents don't say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_text.knowledge.documents import Document, Section
from aigc_text.knowledge.extract import quotes, shown
from aigc_text.knowledge.index import FileEntry, build_index
from aigc_text.knowledge.search import Searcher
from aigc_text.knowledge.sparse import K1, B, Postings, SparseIndex
from aigc_text.knowledge.terms import question_terms, terms


def searcher(*texts, encoder=None):
    index = build_index(
        [(FileEntry(f"{n}.txt", "", 0, 0), Document(t, (Section(0, len(t)),))) for n, t in enumerate(texts)]
    )
    if encoder is None:
        return Searcher(index)
    vectors = encoder.passages([index.searched(n) for n in range(len(index))])
    return Searcher(index.with_vectors(vectors, encoder.ref), encoder)


def test_terms_are_words_and_pairs_of_characters():
    assert terms("The Policies’s mugs cost £1,250 in 2024") == [
        "the",
        "policy",
        "mug",
        "cost",
        "1250",
        "in",
        "2024",
    ]
    assert terms("保修期 iPhone15 水") == ["保修", "修期", "iphone15", "水"]
    assert terms("ＡＢＣ") == ["abc"]


def test_words_that_only_ask_are_left_out_unless_nothing_else_is_there():
    assert question_terms("How long does the warranty last?") == ["long", "warranty", "last"]
    assert question_terms("保修期是多少年？") == ["保修", "修期", "年"]
    assert question_terms("What is it?") == ["what", "is", "it"]


TEXTS = ["red mug mug", "red cup", "blue cup and red saucer", "nothing"]


def test_bm25_is_that_of_the_paper():
    index = SparseIndex.build(Postings.of(TEXTS))
    found = index.match("red mug")
    mean, many = (3 + 2 + 5 + 1) / 4, 50  # as many as fewer count for

    def part(df, tf, length):
        idf = math.log(1 + (many - df + 0.5) / (df + 0.5))
        return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean))

    assert found.bm25 == pytest.approx(
        [part(3, 1, 3) + part(1, 2, 3), part(3, 1, 2), part(3, 1, 5), 0], rel=1e-5
    )
    assert found.coverage[0] == pytest.approx(1)
    assert 0 < found.coverage[1] < 0.5
    assert found.coverage[1] == found.coverage[2]
    assert found.coverage[3] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=6).map(" ".join), max_size=8))
def test_an_index_is_the_same_built_at_once_or_from_parts(texts):
    whole = SparseIndex.build(Postings.of(texts))
    parts = [Postings.of(texts[:3]), SparseIndex.build(Postings.of(texts[3:])).postings()]
    joined = SparseIndex.build(Postings.join(parts))
    for name in ("terms", "offsets", "owners", "counts", "lengths"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(joined, name))


def test_passages_without_a_word_in_common_are_not_found_by_words():
    (found,) = searcher(*TEXTS).search(["red mug"], k=10)
    assert [p.source.file for p in found] == ["0.txt", "1.txt", "2.txt"]
    assert found[0].cosine is None
    assert searcher(*TEXTS).search(["unheard of"]) == [[]]


def test_meaning_counts_beside_words(encoder):
    found = searcher(*TEXTS, encoder=encoder).search(["red mug", "blue saucer"], k=2)
    assert [row[0].source.file for row in found] == ["0.txt", "2.txt"]
    assert all(p.cosine is not None for row in found for p in row)
    assert all(row[0].score >= row[1].score for row in found)


def test_evidence_tells_what_stands_there_from_what_does_not():
    documents = searcher(
        "The bottle keeps drinks hot for twelve hours.",
        "极光水杯的保修期是两年。",
        "We are closed on Sundays.",
    )
    answered = [
        "How long does the bottle keep drinks hot?",
        "极光水杯的保修期是多久？",
        "Are you closed on Sundays?",
    ]
    strange = ["Who won the football match?", "火车几点出发？", "Is the bottle made in Portugal by robots?"]
    evidence = [
        max((p.evidence for p in row), default=0.0) for row in documents.search([*answered, *strange])
    ]
    assert min(evidence[:3]) > 0.5 > max(evidence[3:])


def quoted(question, *texts):
    documents = searcher(*texts)
    (found,) = documents.search([question])
    return quotes(question, found, documents)


def test_the_sentence_that_answers_comes_first_and_says_where_it_stands():
    text = "The bottle is blue. It was made in Leeds. The bottle weighs 300 grams and holds half a litre."
    best = quoted("How much does the bottle weigh?", text)[0]
    assert best.text == "The bottle weighs 300 grams and holds half a litre."
    assert text[best.source.start : best.source.end] == best.text


def test_a_date_is_preferred_where_a_date_is_asked_for():
    text = "The museum was opened by the mayor. The museum was opened in 1987."
    assert quoted("When was the museum opened?", text)[0].text == "The museum was opened in 1987."
    assert quoted("By whom was the museum opened?", text)[0].text == "The museum was opened by the mayor."
    zh = "博物馆由市长开馆。博物馆于1987年开馆。"
    assert quoted("博物馆什么时候开馆？", zh)[0].text == "博物馆于1987年开馆。"


def test_sentences_of_overlapping_passages_are_quoted_once():
    text = " ".join(f"Sentence number {n} speaks about the thing that is called {n}." for n in range(40))
    found = [quote.text for quote in quoted("thing called 7", text)]
    assert len(found) == len(set(found))


def test_sentences_are_shown_on_one_line_without_marks():
    assert (
        shown("- It costs **20 pounds**\n  in [our shop](https://example.org).")
        == "It costs 20 pounds in our shop."
    )
    assert shown("保修期\n是两年。") == "保修期是两年。"
    assert shown("| card | 2 % |") == "card; 2 %"
