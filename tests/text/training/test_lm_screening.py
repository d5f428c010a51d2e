"""Training data are screened before use."""

import pytest

from aigc_sdk.content import Message, Text
from aigc_sdk.corpus import Corpus, Work
from aigc_sdk.errors import BadInputError, CorpusError
from aigc_text.corpus.indexer import FoldedTextIndexer
from aigc_text.training.lm_data import Document, read_documents
from aigc_text.training.lm_screening import Screener

WORK = (
    "Slowly the lamplighter crossed the frozen square with a ladder on his shoulder, counting under his breath"
    " the windows in which a candle still burned that night."
)
PRIVATE = "Please write to jane.roe@example.org, she knows."
FINE = "The quick brown fox jumps over the lazy dog, and nobody minds at all."


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("AIGC_CORPUS", raising=False)
    path = tmp_path / "works.corpus"
    with Corpus.create(path, indexer="text/folded-ngrams") as made:
        made.add([(Work("lamp", title="The lamplighter"), FoldedTextIndexer().index(Text(WORK)))])
    return path


def text_file(folder, *paragraphs):
    path = folder / "x.txt"
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return path


def test_paragraphs_with_findings_are_left_out_and_counted(tmp_path, corpus):
    path = text_file(tmp_path, FINE, PRIVATE, "你好，世界。" * 3, f"He read: {WORK}", FINE + " End.")
    result = Screener("drop", "drop", [corpus]).screen(read_documents(path))
    (document,) = result.documents
    assert document.passages == [FINE + "\n\n", "你好，世界。" * 3 + "\n\n", FINE + " End."]
    assert (result.passages, result.dropped) == (5, 2)
    assert result.private == {"email": 1}
    assert result.copied == {"lamp": 1}
    assert result.record()["compared_with_a_corpus"] is True


def test_what_crosses_paragraphs_and_windows_is_found(tmp_path, corpus):
    half = WORK.index("counting")
    filler = [f"Sentence number {n} is here only to fill the page, as it were." for n in range(900)]
    paragraphs = [*filler[:321], WORK[:half], WORK[half:], *filler[321:], PRIVATE]
    result = Screener("drop", "drop", [corpus]).screen(read_documents(text_file(tmp_path, *paragraphs)))
    kept = "".join(result.documents[0].passages)
    assert "lamplighter" not in kept
    assert "candle" not in kept
    assert "jane" not in kept
    assert all(line in kept for line in filler)
    assert result.dropped == 3


def test_conversations_go_as_a_whole(corpus):
    turns = (Message("user", "Who knows?"), Message("assistant", PRIVATE))
    text = "\n\n".join(turn.content for turn in turns)
    row = Document("x.jsonl line 1", text, turns, (0, len(text)))
    result = Screener("drop", "drop", [corpus]).screen(iter([row]))
    assert (result.documents, result.dropped) == ([], 1)


def test_refusing_names_the_place_and_never_the_value(tmp_path, corpus):
    path = text_file(tmp_path, FINE, PRIVATE)
    with pytest.raises(BadInputError, match=r"x\.txt line 3 holds email") as caught:
        Screener("refuse", "drop", [corpus]).screen(read_documents(path))
    assert "jane" not in str(caught.value)
    with pytest.raises(BadInputError, match=r"line 3 holds repeats of lamp"):
        Screener("keep", "refuse", [corpus]).screen(read_documents(text_file(tmp_path, FINE, WORK)))


def test_keeping_counts_all_the_same(tmp_path, corpus):
    path = text_file(tmp_path, FINE, PRIVATE, WORK)
    result = Screener("keep", "keep", [corpus]).screen(read_documents(path))
    assert result.documents == list(read_documents(path))
    assert (result.private.total(), result.copied.total(), result.dropped) == (1, 1, 0)


def test_a_named_corpus_must_exist_and_none_is_said(tmp_path, corpus):
    path = text_file(tmp_path, WORK)
    assert Screener("drop", "drop").screen(read_documents(path)).record()["compared_with_a_corpus"] is False
    with pytest.raises(CorpusError):
        Screener("drop", "drop", [tmp_path / "absent.corpus"]).screen(read_documents(path))
