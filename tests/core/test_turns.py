"""Several detectors asked about one text: one that hangs costs the others nothing, and nothing is allowed."""

from __future__ import annotations

import threading
import time

import pytest

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import CancelledError, ComponentError, DeadlineExceededError
from aigc_sdk.pipeline import isolation as module
from aigc_sdk.pipeline.isolation import MAX_HANGING, Isolation, Task
from aigc_sdk.studio import Studio
from aigc_sdk.verdict import Decision, Err, Status


@pytest.fixture(autouse=True)
def short_grace(monkeypatch):
    monkeypatch.setattr(module, "GRACE_S", 0.02)


@pytest.fixture
def release():
    event = threading.Event()
    yield event
    event.set()


def test_they_share_one_thread_and_keep_their_order():
    rows = Isolation().call_each(
        [Task(str(n), lambda n=n: (n, threading.current_thread()), 5) for n in range(6)], CallContext()
    )
    assert [n for n, _ in rows] == list(range(6))
    assert len({thread for _, thread in rows}) == 1


def test_a_failure_is_its_own_row(recwarn):
    def fail(error):
        raise error

    errors = [RuntimeError("x"), SystemExit(1), KeyboardInterrupt(), GeneratorExit(), MemoryError()]
    tasks = [Task("bad", lambda e=e: fail(e), 5) for e in errors] + [Task("good", lambda: "fine", 5)]
    rows = Isolation().call_each(tasks, CallContext())
    assert rows[-1] == "fine"
    for row, error in zip(rows, errors, strict=False):
        assert isinstance(row.error, ComponentError)
        assert row.error.__cause__ is error


@pytest.mark.parametrize("hanging", [{0}, {1}, {3}, {0, 1}, {0, 1, 2, 3}])
def test_those_that_hang_are_given_up_at_the_deadline_and_the_others_have_answered(release, hanging):
    def run(number):
        if number in hanging:
            release.wait(30)
        return number

    start = time.monotonic()
    rows = Isolation().call_each(
        [Task(str(n), lambda n=n: run(n), 20) for n in range(4)], CallContext.within(0.4)
    )
    assert time.monotonic() - start < 2
    for number, row in enumerate(rows):
        if number in hanging:
            assert isinstance(row, Err)
            assert isinstance(row.error, DeadlineExceededError)
        else:
            assert row == number


def test_a_slow_one_still_answers():
    rows = Isolation().call_each(
        [Task("slow", lambda: time.sleep(0.3) or "late", 5), Task("quick", lambda: "soon", 5)],
        CallContext.within(2),
    )
    assert rows == ["late", "soon"]


def test_its_own_limit_ends_a_call_without_a_deadline(release):
    start = time.monotonic()
    rows = Isolation().call_each(
        [Task("bad", lambda: release.wait(30), 0.1), Task("good", lambda: 1, 5)], CallContext()
    )
    assert time.monotonic() - start < 2
    assert isinstance(rows[0].error, DeadlineExceededError)
    assert rows[1] == 1


def test_after_many_hangs_it_is_refused_until_they_end(release):
    isolation = Isolation()
    for _ in range(MAX_HANGING):
        isolation.call_each([Task("bad", lambda: release.wait(30), 0.01)], CallContext())
    rows = isolation.call_each([Task("bad", lambda: 1, 5), Task("good", lambda: 2, 5)], CallContext())
    assert isinstance(rows[0].error, ComponentError)
    assert rows[1] == 2
    release.set()
    for _ in range(200):
        if not isolation._hanging["bad"]:
            break
        time.sleep(0.01)
    assert isolation.call_each([Task("bad", lambda: 1, 5)], CallContext()) == [1]


def test_a_cancelled_call_ends_soon(release):
    token = CancelToken()
    threading.Timer(0.1, token.cancel).start()
    start = time.monotonic()
    tasks = [Task("bad", lambda: release.wait(30), 20), Task("behind", lambda: 1, 20)]
    rows = Isolation().call_each(tasks, CallContext(cancel=token))
    assert time.monotonic() - start < 4
    assert isinstance(rows[0].error, CancelledError)


def three(parts):
    names = ("text/a", "text/b", "text/c")
    return [parts.WORDS.model_copy(update={"id": name}) for name in names]


def test_the_findings_of_the_others_are_in_the_verdict(parts, release):
    calls = []

    def hook(items, stage, ctx):
        calls.append(None)
        if len(calls) == 1:
            release.wait(30)
        return parts.WordModerator().plain(items)

    parts.WordModerator.hook = hook
    with Studio(registry=parts.registry(moderators=three(parts))) as studio:
        verdict = studio.moderate("so forbidden", deadline=0.5)
    assert verdict.decision is Decision.BLOCK
    assert verdict.status is Status.TIMEOUT
    assert [e.code for e in verdict.errors] == ["timeout"]
    assert len(verdict.findings) == 2
    assert verdict.detectors == ("text/b", "text/c")


def test_what_hangs_while_it_loads_costs_the_others_nothing(parts, release, monkeypatch):
    loads = []

    def load(self, runtime):
        loads.append(None)
        if len(loads) == 1:
            release.wait(30)

    monkeypatch.setattr(parts.WordModerator, "load", load)
    with Studio(registry=parts.registry(moderators=three(parts))) as studio:
        verdict = studio.moderate("so forbidden", deadline=0.6)
        assert verdict.decision is Decision.BLOCK
        assert [e.code for e in verdict.errors] == ["timeout"]
        assert len(verdict.findings) == 2


def test_a_text_that_a_detector_changed_is_put_right_and_refused(parts):
    def hook(items, stage, ctx):
        rows = parts.WordModerator().plain(items)
        for item in items:
            object.__setattr__(item, "text", "harmless")
        return rows

    parts.WordModerator.hook = hook
    with Studio(registry=parts.registry()) as studio:
        verdict = studio.moderate("a quiet day")
        assert verdict.decision is Decision.BLOCK
        assert verdict.errors[0].code == "contract"
