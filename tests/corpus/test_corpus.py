"""The similarity corpus: works in, matches out, whatever happens to the file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.corpus import Corpus, Parameters, Thresholds, TokenStream, Work
from aigc_sdk.corpus import snapshot as snapshots
from aigc_sdk.errors import BadInputError, BundleError, CancelledError, CorpusError

GUARANTEE = Parameters().guarantee
RUNS_ONLY = Thresholds(run=1.0, containment=2.0, similarity=2.0)


def stream_of(tokens, share=1 / 12):
    """A token stream of whole numbers; token i stands at [10 i, 10 i + 5)."""
    places = np.arange(len(tokens), dtype=np.uint32) * 10
    shares = np.full(len(tokens), share, np.float32)
    return TokenStream(np.array(tokens, np.uint32), places, places + 5, shares)


@pytest.fixture
def stream():
    return stream_of


@pytest.fixture
def corpus(tmp_path):
    with Corpus.create(tmp_path / "works.corpus", indexer="test/numbers") as made:
        yield made


def numbers(seed, count, vocabulary=1 << 31):
    return np.random.default_rng(seed).integers(0, vocabulary, count).tolist()


def test_a_work_is_found_with_its_details_and_places_on_both_sides(corpus, stream):
    tokens = numbers(1, 60)
    corpus.add([(Work("w", title="A work", source="a book", licence="none", owner="us"), stream(tokens))])
    (match,) = corpus.query(stream([7, 8, 9, *tokens[20:40], 5])).matches
    assert (match.work.title, match.work.source, match.work.owner) == ("A work", "a book", "us")
    assert match.work.tokens == 60
    (run,) = match.runs
    assert (run.start, run.end, run.work_start, run.work_end, run.tokens) == (30, 225, 200, 395, 20)
    assert match.containment == pytest.approx(20 / 60)
    assert match.coverage == pytest.approx(20 / 24)


@settings(max_examples=150, deadline=None)
@given(
    vocabulary=st.sampled_from([2, 3, 50, 1 << 31]),
    seed=st.integers(0, 1 << 30),
    length=st.integers(GUARANTEE, 150),
    run=st.integers(GUARANTEE, 60),
    before=st.integers(0, 60),
    after=st.integers(0, 60),
    data=st.data(),
)
def test_a_copied_run_is_found_whatever_surrounds_it(vocabulary, seed, length, run, before, after, data):
    run = min(run, length)
    start = data.draw(st.integers(0, length - run))
    work = numbers(seed, length, vocabulary)
    query = (
        numbers(seed + 1, before, vocabulary)
        + work[start : start + run]
        + numbers(seed + 2, after, vocabulary)
    )
    with tempfile.TemporaryDirectory() as folder, Corpus.create(Path(folder) / "c", indexer="t") as corpus:
        corpus.add([(Work("w"), stream_of(work)), (Work("other"), stream_of(numbers(seed + 3, 80)))])
        answer = corpus.query(stream_of(query), RUNS_ONLY)
    assert answer.complete
    (match,) = [m for m in answer.matches if m.work.id == "w"]
    # The planted run lies inside one that is reported, and every run is what it says.
    assert any(r.start <= before * 10 and r.end >= (before + run - 1) * 10 + 5 for r in match.runs)
    for r in match.runs:
        first, there = r.start // 10, r.work_start // 10
        assert query[first : first + r.tokens] == work[there : there + r.tokens]
        assert (r.end, r.work_end) == ((first + r.tokens - 1) * 10 + 5, (there + r.tokens - 1) * 10 + 5)


def test_disjoint_text_never_matches(corpus, stream):
    # Two 32-bit streams share a 12-run by chance with probability below n m / 2**384.
    corpus.add([(Work(str(i)), stream(numbers(i, 100))) for i in range(50)])
    for seed in range(1000, 1200):
        assert corpus.query(stream(numbers(seed, 200))).matches == ()


def test_common_short_phrases_do_not_count(corpus, stream):
    work = numbers(1, 200)
    corpus.add([(Work("w"), stream(work))])
    assert corpus.query(stream([*numbers(2, 50), *work[50:61], *numbers(3, 50)])).matches == ()


@pytest.mark.parametrize("change", ["replaced", "left out", "put in"])
def test_a_changed_token_does_not_hide_a_copy(corpus, stream, change):
    work = numbers(1, 200)
    # One run is long enough to be found for certain, the other is not.
    copy = work[50:70]
    if change == "put in":
        copy.insert(6, 5)
    else:
        copy[6:7] = [5] if change == "replaced" else []
    corpus.add([(Work("w"), stream(work))])
    (match,) = corpus.query(stream([*numbers(2, 30), *copy, *numbers(3, 30)]), RUNS_ONLY).matches
    assert match.repeated > match.longest.weight
    assert len(match.runs) == 2
    # Short runs far apart are phrases, not a passage.
    apart = [*work[50:60], *numbers(2, 30), *work[61:71]]
    assert corpus.query(stream(apart), RUNS_ONLY).matches == ()


def test_a_near_duplicate_without_any_long_run_is_similar(corpus, stream):
    work = numbers(1, 300)
    edited = [t + (i % 10 == 9) for i, t in enumerate(work)]
    corpus.add([(Work("w"), stream(work))])
    (match,) = corpus.query(stream(edited)).matches
    assert match.longest.tokens == 9
    true = 0.7 * 298 / (298 + 0.3 * 298)
    assert match.similarity == pytest.approx(true, abs=0.15)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_similarity_estimates_resemblance(corpus, stream, share):
    work = numbers(1, 2000)
    same = int(2000 * share)
    other = work[:same] + numbers(2, 2000 - same)
    corpus.add([(Work("w"), stream(work))])
    (match,) = corpus.query(stream(other)).matches
    true = share / (2 - share)
    assert match.similarity == pytest.approx(true, abs=4 * 0.5 / 128**0.5)


def test_short_works_count_by_containment(corpus, stream):
    slogan = numbers(1, 8)
    corpus.add([(Work("slogan"), stream(slogan))])
    (match,) = corpus.query(stream([*numbers(2, 40), *slogan, *numbers(3, 40)])).matches
    assert match.containment == 1.0


def test_works_that_are_too_short_are_refused_and_nothing_is_added(corpus, stream):
    with pytest.raises(BadInputError, match="5 tokens"):
        corpus.add([(Work("good"), stream(numbers(1, 50))), (Work("bad"), stream([1, 2, 3, 4, 5]))])
    assert corpus.works() == []


def test_adding_again_replaces_and_removing_removes(corpus, stream):
    old, new = numbers(1, 50), numbers(2, 50)
    corpus.add([(Work("w", title="old"), stream(old))])
    corpus.add([(Work("w", title="new"), stream(new))])
    assert [w.title for w in corpus.works()] == ["new"]
    assert corpus.query(stream(old)).matches == ()
    assert corpus.query(stream(new)).matches
    assert corpus.remove(["w", "absent"]) == ["w"]
    assert corpus.query(stream(new)).matches == ()
    assert len(corpus) == 0


def test_others_changes_are_seen(corpus, stream):
    tokens = numbers(1, 50)
    with Corpus(corpus.path) as other:
        corpus.add([(Work("w"), stream(tokens))])
        assert other.query(stream(tokens)).matches
        other.remove(["w"])
        assert corpus.query(stream(tokens)).matches == ()


def test_empty_and_tiny_queries(corpus, stream):
    assert corpus.query(stream([])).matches == ()
    corpus.add([(Work("w"), stream(numbers(1, 50)))])
    assert corpus.query(stream([])).complete
    assert corpus.query(stream([1, 2, 3])).matches == ()


def test_too_many_places_make_the_answer_incomplete(corpus, stream, monkeypatch):
    corpus.add([(Work("w"), stream([7] * 400))])
    assert corpus.query(stream([7] * 50)).complete
    monkeypatch.setattr(snapshots, "MAX_SEEDS", 1000)
    answer = corpus.query(stream([7] * 50))
    assert not answer.complete


def test_a_query_ends_when_its_caller_says_so(corpus, stream):
    def stop():
        raise CancelledError("enough")

    corpus.add([(Work("w"), stream(numbers(1, 50)))])
    with pytest.raises(CancelledError):
        corpus.query(stream(numbers(1, 50)), check=stop)


def test_threads_query_while_one_writes(corpus, stream):
    works = {str(i): numbers(i, 40) for i in range(20)}
    corpus.add([(Work("kept"), stream(numbers(99, 40)))])
    failures = []

    def read():
        try:
            for _ in range(60):
                (match,) = corpus.query(stream(numbers(99, 40))).matches
                assert match.work.id == "kept"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for name, tokens in works.items():
        corpus.add([(Work(name), stream(tokens))])
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(corpus.works()) == 21


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_noticed_on_opening(corpus, stream, share):
    corpus.add([(Work(str(i)), stream(numbers(i, 100))) for i in range(30)])
    corpus.close()
    data = corpus.path.read_bytes()
    corpus.path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CorpusError) as error:
        Corpus(corpus.path)
    assert isinstance(error.value, BundleError)
    assert str(corpus.path) in error.value.message


def test_a_changed_byte_in_a_work_is_noticed_on_opening(corpus, stream):
    tokens = numbers(1, 400)
    corpus.add([(Work("w"), stream(tokens))])
    corpus.close()
    data = bytearray(corpus.path.read_bytes())
    data[data.index(np.array(tokens[:20], "<u4").tobytes()) + 5] ^= 1
    corpus.path.write_bytes(data)
    with pytest.raises(CorpusError, match=r"'w'.*damaged"):
        Corpus(corpus.path)


def test_other_files_and_versions_are_refused(tmp_path, corpus):
    with pytest.raises(CorpusError, match="no corpus at"):
        Corpus(tmp_path / "absent")
    (tmp_path / "text").write_text("not a corpus" * 1000)
    with pytest.raises(CorpusError):
        Corpus(tmp_path / "text")
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(CorpusError, match="not a corpus file"):
        Corpus(tmp_path / "other")
    corpus.close()
    with sqlite3.connect(corpus.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CorpusError, match="format 99"):
        Corpus(corpus.path)


def _add_and_die(path):
    corpus = Corpus(path)

    def entries():
        for i in range(5):
            yield Work(f"lost{i}"), stream_of(numbers(i, 50))
        os._exit(1)

    corpus.add(entries())


def test_a_writer_that_dies_leaves_the_corpus_as_it_was(corpus, stream):
    corpus.add([(Work("kept"), stream(numbers(1, 50)))])
    process = multiprocessing.get_context("spawn").Process(target=_add_and_die, args=(corpus.path,))
    process.start()
    process.join(60)
    assert process.exitcode == 1
    with Corpus(corpus.path) as again:
        assert [w.id for w in again.works()] == ["kept"]


@pytest.mark.parametrize("wrong", [{"id": ""}, {"id": "a\nb"}, {"id": "x" * 2000}, {"id": "w", "title": 3}])
def test_works_need_printable_fields(wrong):
    with pytest.raises(BadInputError):
        Work(**wrong)


def test_arrays_of_a_stream_must_agree():
    with pytest.raises(ValueError, match="one length"):
        TokenStream(
            np.zeros(3, np.uint32), np.zeros(2, np.uint32), np.zeros(3, np.uint32), np.zeros(3, np.float32)
        )
