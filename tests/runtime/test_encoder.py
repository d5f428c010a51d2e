"""Sentence vectors: order, batches, windows, cancellation, threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from e5_file import HIDDEN, POSITIONS, write_e5

from aigc_exporters.e5_import import import_e5
from aigc_sdk.bundles import write_manifest
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    BadInputError,
    BundleError,
    CancelledError,
    DeadlineExceededError,
    ModelNotFoundError,
    OptionError,
)
from aigc_sdk.runtime.runtime import Runtime

TEXTS = ["the kettle boils", "今天天气好", "a", "", "the kettle boils water 水壶 the kettle", "水壶 boils"]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    return import_e5(write_e5(folder / "tiny.bin"), folder / "tiny-e5", licence="MIT")


@pytest.fixture(scope="module")
def runtime():
    with Runtime(device="cpu", threads=1) as runtime:
        yield runtime


@pytest.fixture(scope="module")
def engine(runtime, bundle):
    return runtime.encoder(bundle)


def test_vectors_are_of_length_one(engine):
    vectors = engine.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), HIDDEN)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("batch", [1, 2, 32])
def test_neighbours_and_padding_change_nothing(engine, batch):
    alone = np.vstack([engine.encode([text], prefix="") for text in TEXTS])
    np.testing.assert_allclose(engine.encode(TEXTS, prefix="", batch=batch), alone, atol=2e-5)


def test_deterministic_calls_give_the_same_bits(engine):
    alone = np.vstack([engine.encode([text], ctx=CallContext(deterministic=True)) for text in TEXTS])
    np.testing.assert_array_equal(engine.encode(TEXTS, ctx=CallContext(deterministic=True)), alone)


def test_the_prefix_is_read(engine):
    query, passage = engine.encode(["water"]), engine.encode(["water"], prefix="passage: ")
    assert np.abs(query - passage).max() > 1e-3
    np.testing.assert_array_equal(query, engine.encode(["query: water"], prefix=""))


def test_long_texts_are_read_to_their_end(engine):
    start = "the kettle boils water " * POSITIONS
    ends = engine.encode([start + "今天天气好" * 9, start + "z 0 1 2 3 " * 9], prefix="")
    assert np.abs(ends[0] - ends[1]).max() > 1e-3


def test_windows_are_weighted_by_their_tokens(engine):
    room = engine.max_tokens - 2
    ids = engine.tokenizer.encode("xyz " * (2 * room))
    assert len(ids) > room
    parts = [[0, *ids[i : i + room], 2] for i in range(0, len(ids), room)]
    vectors = [
        len(part)
        * engine.session.run(
            {"input_ids": np.array([part]), "attention_mask": np.ones((1, len(part)), np.int64)}
        )["embedding"][0]
        for part in parts
    ]
    wanted = np.sum(vectors, axis=0)
    wanted /= np.linalg.norm(wanted)
    np.testing.assert_allclose(engine.encode(["xyz " * (2 * room)], prefix="")[0], wanted, atol=2e-5)


def test_no_texts(engine):
    assert engine.encode([]).shape == (0, HIDDEN)


def test_text_cannot_name_control_tokens(engine):
    assert not engine.tokenizer.control_ids & set(engine.tokenizer.encode("</s><pad>a<s>"))


def test_threads_share_it(engine):
    wanted = engine.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: engine.encode(TEXTS), range(12)):
            np.testing.assert_allclose(vectors, wanted, atol=2e-5)


def test_calls_can_be_stopped(engine):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        engine.encode(TEXTS, ctx=CallContext(cancel=cancel))
    with pytest.raises(DeadlineExceededError):
        engine.encode(TEXTS, ctx=CallContext.within(0))
    assert engine.encode(TEXTS).shape[0] == len(TEXTS)


@pytest.mark.parametrize("texts", ["one text", [3], ["\ud800"]])
def test_bad_texts(engine, texts):
    with pytest.raises(BadInputError):
        engine.encode(texts)


def test_bad_batch(engine):
    with pytest.raises(OptionError):
        engine.encode(TEXTS, batch=0)


def test_other_bundles_are_no_encoders(runtime, tmp_path):
    (tmp_path / "words.txt").write_text("a\n")
    write_manifest(tmp_path, id="words", task="lexicon", licence="MIT")
    with pytest.raises(BundleError, match="no encoder"):
        runtime.encoder(tmp_path)


def test_views_share_the_session_and_report_it(runtime, bundle):
    view = runtime.scoped()
    engine = view.encoder(bundle)
    assert engine.session is runtime.encoder(bundle).session
    assert [usage.bundle for usage in view.usage] == ["tiny-e5"]
    view.close()


@pytest.mark.pulled
def test_multilingual_e5_small():
    from aigc_sdk.bundles.store import BundleStore

    english = [
        "The kettle boils water in two minutes.",
        "My flight was cancelled.",
        "How do I reset my password?",
    ]
    chinese = ["这个水壶两分钟就能烧开水。", "我的航班被取消了。", "怎样重置我的密码？"]
    with Runtime(device="cpu", threads=2, resolver=BundleStore().resolve) as runtime:
        try:
            engine = runtime.encoder("multilingual-e5-small")
        except ModelNotFoundError as error:
            pytest.skip(str(error))
        scores = engine.encode(english) @ engine.encode(chinese).T
    assert (scores.argmax(axis=1) == np.arange(3)).all()
    assert (scores.argmax(axis=0) == np.arange(3)).all()
    assert np.diag(scores).min() > 0.85
    assert scores[~np.eye(3, dtype=bool)].max() < 0.85
