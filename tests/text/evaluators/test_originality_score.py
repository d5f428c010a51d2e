"""Originality: what is repeated of a corpus's works, and which work it is."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.corpus import Corpus, Work
from aigc_sdk.request import Sample
from aigc_text.corpus.indexer import TextIndexer
from aigc_text.evaluators.originality import OriginalityScore

ENGLISH = (
    "The harbour lights went out one after another while the old ferry turned slowly into the wind, and nobody "
    "on deck said a word until the bell rang twice across the dark water."
)
CHINESE = (
    "渡船缓缓转向迎风的一侧，港口的灯火一盏接一盏地熄灭，甲板上没有人说话，直到钟声在漆黑的水面上响了两下。"
)


@pytest.fixture
def evaluator(tmp_path, monkeypatch):
    path = tmp_path / "works.corpus"
    indexer = TextIndexer()
    with Corpus.create(path, indexer="text/ngrams") as corpus:
        corpus.add(
            (Work(f"work-{i}", title=f"Title {i}", source="a book"), indexer.index(Text(text)))
            for i, text in enumerate((ENGLISH, CHINESE))
        )
    monkeypatch.setenv("AIGC_CORPUS", str(path))
    made = OriginalityScore()
    made.load(None)
    yield made
    made.close()


def score(evaluator, text):
    ((found,),) = evaluator.evaluate([Sample(Text(text))], ctx=CallContext())
    return found


@pytest.mark.parametrize(("text", "work"), [(ENGLISH, "Title 0"), (CHINESE, "Title 1")])
def test_a_copy_is_not_original(evaluator, text, work):
    found = score(evaluator, text)
    assert found.value == pytest.approx(0.0, abs=0.02)
    assert work in found.explanation


def test_the_repeated_share_is_taken_off(evaluator):
    own = "We opened a small shop for tea and paper beside the station in the spring of that year. " * 2
    found = score(evaluator, own + ENGLISH)
    assert 0.4 < found.value < 0.6
    (work,) = found.details["works"]
    (span,) = work["spans"]
    assert (own + ENGLISH)[slice(*span)].startswith("The harbour lights")


def test_own_words_are_original(evaluator):
    assert score(evaluator, "We opened a small shop for tea and paper beside the station.").value == 1.0
    assert not score(evaluator, "…").valid


def test_without_a_corpus_it_is_invalid(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path))
    monkeypatch.delenv("AIGC_CORPUS", raising=False)
    found = score(OriginalityScore(), ENGLISH)
    assert not found.valid
    assert "aigc corpus add" in found.reason
