"""`Studio(review=…)`: what is refused reaches the queue, what is delivered is found by its id; a store may fail."""

from __future__ import annotations

import asyncio
import hashlib
import logging

import fake_plugins
import pytest

from aigc_sdk.content import Candidate, Text
from aigc_sdk.errors import ContentBlockedError, NotFoundError, ReviewUnrecordedError
from aigc_sdk.policy import Policy, Rule
from aigc_sdk.request import Generation
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.review import ReviewSink, ReviewStore
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity
from aigc_sdk.verdict import Decision, Err, Halt

POLICY = Policy(
    id="shop",
    max_attempts=2,
    rules=(
        Rule(name="grave", action="block", min_severity="high"),
        Rule(name="mild", action="review", categories=["spam"]),
        Rule(name="coarse", action="redact", categories=["profanity"]),
    ),
)
WORDS = {
    "forbidden": (Category.VIOLENCE, Severity.HIGH),
    "doubtful": (Category.SPAM, Severity.MEDIUM),
    "darn": (Category.PROFANITY, Severity.MEDIUM),
}


@pytest.fixture(autouse=True)
def parts(monkeypatch):
    for part in (fake_plugins.Echo, fake_plugins.Shortness, fake_plugins.WordModerator):
        monkeypatch.setattr(part, "hook", None)
    monkeypatch.setattr(fake_plugins.WordModerator, "WORDS", WORDS)
    return fake_plugins


@pytest.fixture
def store(tmp_path):
    with ReviewStore(tmp_path / "review.db") as made:
        yield made


@pytest.fixture
def studio(store):
    with Studio(policy=POLICY, registry=fake_plugins.registry(), review=store, timeout=30) as made:
        yield made


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write(*texts: str):
    """An Echo that writes these, one a request and attempt."""
    left = list(texts)
    return staticmethod(lambda requests, ctx: [Generation((Candidate(Text(left.pop(0))),)) for _ in requests])


def test_refused_candidates_reach_the_queue_with_their_text(studio, store, parts, monkeypatch):
    monkeypatch.setattr(parts.Echo, "hook", write("a doubtful text", "a forbidden text"))
    with pytest.raises(ContentBlockedError) as caught:
        studio.generate("text/echo", {"text": "tea"}, request_id="r1")
    assert type(caught.value) is ContentBlockedError
    items = store.items()
    # What a person is waited for comes before what was blocked.
    assert [(i.content, i.decision, i.request_id) for i in items] == [
        ("a doubtful text", "review", "r1"),
        ("a forbidden text", "block", "r1"),
    ]
    assert store.verify().ok


def test_a_refused_prompt_reaches_the_queue(studio, store):
    with pytest.raises(ContentBlockedError):
        studio.generate("text/echo", {"text": "doubtful"}, request_id="r1")
    (item,) = store.items()
    assert (item.stage, item.content) == ("prompt", "doubtful")


def test_moderated_text_reaches_the_queue_once(studio, store):
    texts = [Text("doubtful one"), Text("forbidden one"), Text("tea"), Text("darn tea")]
    for _ in range(2):
        verdicts = studio.moderate_batch(texts)
        assert [str(v.decision) for v in verdicts] == ["review", "block", "allow", "redact"]
    assert sorted(i.content for i in store.items()) == ["doubtful one", "forbidden one"]


def test_deliveries_are_found_by_their_id(studio, store):
    result = studio.generate("text/echo", {"text": "darn tea"}, request_id="r7", n=2)
    kept = store.deliveries("r7")
    assert [d.content for d in kept] == [o.text for o in result.outputs]
    assert [(d.place, d.component) for d in kept] == [(1, "text/echo"), (2, "text/echo")]
    assert store.items() == []
    item = store.report(None, "It is odd.", request_id="r7", place=2)
    assert (item.content, item.policy, item.decision) == (result.outputs[1].text, "shop", "allow")
    again = store.report(None, "It is.", request_id="r7", place=2)
    assert (again.id, again.reports) == (item.id, 2)
    said = store.feedback("r7", thumbs="up")
    assert (said.component, said.language) == ("text/echo", "en")
    with pytest.raises(NotFoundError, match="r8"):
        store.report(None, "x", request_id="r8")


def test_old_deliveries_can_be_forgotten(tmp_path):
    now = [1000.0]
    with (
        ReviewStore(tmp_path / "review.db", clock=lambda: now[0]) as store,
        Studio(policy=POLICY, registry=fake_plugins.registry(), review=store) as studio,
    ):
        studio.generate("text/echo", {"text": "tea"}, request_id="old")
        now[0] += 100
        studio.generate("text/echo", {"text": "tea"}, request_id="new")
        assert store.forget_deliveries(50) == 1
        assert store.deliveries("old") == []
        assert len(store.deliveries("new")) == 1


def test_a_store_without_content_holds_hashes_only(tmp_path):
    path = tmp_path / "review.db"
    secret = "a doubtful quokka"
    with (
        ReviewStore(path, store_content=False) as store,
        Studio(policy=POLICY, registry=fake_plugins.registry(), review=store) as studio,
    ):
        studio.moderate(secret)
        result = studio.generate("text/echo", {"text": "plain quokka, darn"}, request_id="r1")
        (item,) = store.items()
        assert (item.content, item.content_sha256) == (None, sha256(secret))
        (kept,) = store.deliveries("r1")
        assert (kept.content, kept.content_sha256) == (None, sha256(result.text))
    assert b"quokka" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())


def test_streams_are_on_record(studio, store):
    events = list(studio.stream("text/echo", {"text": "calm tea for all"}, request_id="s1"))
    assert isinstance(events[-1], StreamDone)
    assert [d.content for d in store.deliveries("s1")] == ["calm tea for all"]


def test_a_halted_stream_leaves_its_verdict(studio, store, parts, monkeypatch):
    def stream(self, request, *, ctx):
        from aigc_sdk.request import Finished, TextDelta

        yield TextDelta("calm tea for all " * 3 + "and a doubtful end")
        yield Finished(Candidate(Text("x")))

    monkeypatch.setattr(parts.Echo, "stream", stream)
    events = list(studio.stream("text/echo", {"text": "tea"}, request_id="s2"))
    assert isinstance(events[-1], Halt)
    (item,) = store.items()
    assert (item.decision, item.content, item.request_id) == ("review", None, "s2")


def test_the_async_twins_record_too(studio, store):
    async def calls():
        done = await studio.agenerate("text/echo", {"text": "tea"}, request_id="a1")
        verdict = await studio.amoderate("doubtful")
        with pytest.raises(ContentBlockedError):
            await studio.agenerate("text/echo", {"text": "forbidden"}, request_id="a2")
        return done, verdict

    done, verdict = asyncio.run(calls())
    assert isinstance(done, Result)
    assert verdict.decision is Decision.REVIEW
    assert len(store.deliveries("a1")) == 1
    assert sorted(i.request_id for i in store.items()) == ["", "a2"]


def test_a_url_opens_a_store_that_closes_with_the_studio(tmp_path):
    path = tmp_path / "mine.db"
    with Studio(policy=POLICY, registry=fake_plugins.registry(), review=str(path)) as studio:
        assert isinstance(studio.review, ReviewSink)
        studio.moderate("doubtful")
    with ReviewStore(path) as store:
        assert len(store.items()) == 1


class Broken:
    """A store that fails, quoting what it was given."""

    def collect(self, held=(), delivered=()):
        texts = [one.content.text for one in (*held, *delivered) if one.content is not None]
        raise OSError(f"disk full while writing {texts}")


@pytest.fixture
def failing():
    with Studio(policy=POLICY, registry=fake_plugins.registry(), review=Broken(), timeout=30) as made:
        yield made


def test_what_needs_review_and_cannot_be_recorded_is_blocked(failing, caplog):
    with caplog.at_level(logging.ERROR):
        held, blocked, passed, mended = failing.moderate_batch(
            [Text("doubtful"), Text("forbidden"), Text("tea"), Text("darn tea")]
        )
    assert [str(v.decision) for v in (held, blocked, passed, mended)] == ["block", "block", "allow", "redact"]
    for verdict in (held, blocked):
        assert verdict.findings
        assert [a.rule for a in verdict.applied][-1] == "review_unrecorded"
        assert "OSError" in verdict.reasons()[0] + verdict.reasons()[-1]
    assert "doubtful" not in caplog.text + str(held.reasons())


def test_a_refusal_that_cannot_be_recorded_is_a_typed_error_with_its_verdict(failing, parts, monkeypatch):
    monkeypatch.setattr(parts.Echo, "hook", write("doubtful a", "doubtful b"))
    with pytest.raises(ReviewUnrecordedError) as caught:
        failing.generate("text/echo", {"text": "tea"})
    assert caught.value.verdict.decision is Decision.BLOCK
    assert caught.value.verdict.findings
    with pytest.raises(ReviewUnrecordedError):
        failing.generate("text/echo", {"text": "doubtful"})
    with pytest.raises(ReviewUnrecordedError):
        list(failing.stream("text/echo", {"text": "doubtful"}))


def test_what_is_allowed_is_delivered_with_a_warning_if_its_record_fails(failing):
    result = failing.generate("text/echo", {"text": "tea"})
    assert any("no record of this delivery" in w for w in result.trace.warnings)
    (row,) = failing.generate_batch("text/echo", [{"inputs": {"text": "tea"}}])
    assert not isinstance(row, Err)
    assert row.trace.warnings


def test_a_store_that_hangs_is_left_behind(parts, monkeypatch):
    monkeypatch.setattr("aigc_sdk.pipeline.recording.RECORD_S", 0.2)

    class Hanging:
        def collect(self, held=(), delivered=()):
            parts.hang(seconds=20)

    with Studio(policy=POLICY, registry=parts.registry(), review=Hanging(), timeout=30) as studio:
        assert studio.moderate("doubtful").decision is Decision.BLOCK


def test_a_database_of_the_first_version_gets_the_new_table(tmp_path):
    import sqlite3

    path = tmp_path / "review.db"
    with ReviewStore(path) as store:
        store.report("some text", "odd")
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE review_deliveries")
        raw.execute("UPDATE review_head SET schema_version = 1")
    raw.close()
    with (
        ReviewStore(path) as store,
        Studio(policy=POLICY, registry=fake_plugins.registry(), review=store) as studio,
    ):
        studio.generate("text/echo", {"text": "tea"}, request_id="r1")
        assert len(store.deliveries("r1")) == 1
        assert len(store.items()) == 1
        assert store.verify().ok
