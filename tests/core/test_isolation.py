"""Plugin code cannot hurt the host: not by raising, not by hanging."""

from __future__ import annotations

import threading

import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    CancelledError,
    ComponentError,
    ContractError,
    DeadlineExceededError,
)
from aigc_sdk.pipeline import isolation as module
from aigc_sdk.pipeline.isolation import MAX_HANGING, Isolation, checked_rows
from aigc_sdk.verdict import Err


@pytest.fixture(autouse=True)
def short_grace(monkeypatch):
    monkeypatch.setattr(module, "GRACE_S", 0.01)


def test_without_a_limit_the_call_stays_on_the_callers_thread():
    assert Isolation().call("c", threading.current_thread, CallContext()) is threading.current_thread()


def test_with_a_limit_threads_are_reused():
    isolation = Isolation()
    seen = {isolation.call("c", threading.current_thread, CallContext(), limit=5) for _ in range(20)}
    assert len(seen) == 1
    assert threading.current_thread() not in seen


@pytest.mark.parametrize("limit", [None, 5.0])
@pytest.mark.parametrize("error", [RuntimeError("x"), SystemExit(1), MemoryError()])
def test_foreign_errors_become_typed_and_keep_their_cause(limit, error):
    def fail():
        raise error

    with pytest.raises(ComponentError, match="c failed") as caught:
        Isolation().call("c", fail, CallContext(), limit=limit)
    assert caught.value.__cause__ is error


def test_typed_errors_pass_through():
    def fail():
        raise BadInputError("no")

    with pytest.raises(BadInputError):
        Isolation().call("c", fail, CallContext(), limit=5)


def test_a_cancelled_call_does_not_start():
    ctx = CallContext()
    ctx.cancel.cancel()
    with pytest.raises(CancelledError):
        Isolation().call("c", lambda: pytest.fail("ran"), ctx)


def test_a_component_that_keeps_hanging_is_refused_at_once_and_others_are_not():
    isolation, release = Isolation(), threading.Event()
    for _ in range(MAX_HANGING):
        with pytest.raises(DeadlineExceededError, match="abandoned"):
            isolation.call("bad", lambda: release.wait(60), CallContext(), limit=0.01)
    with pytest.raises(ComponentError, match="hanging"):
        isolation.call("bad", lambda: 1, CallContext(), limit=5)
    assert isolation.call("good", lambda: 1, CallContext(), limit=5) == 1
    release.set()
    for _ in range(200):
        if isolation._hanging["bad"] == 0:
            break
        threading.Event().wait(0.01)
    assert isolation.call("bad", lambda: 1, CallContext(), limit=5) == 1


def test_rows_are_held_to_the_contract():
    error = Err(ValueError("v"))
    assert checked_rows("c", ["a", error], 2, str) == ["a", error]
    wrong = checked_rows("c", ["a", 5], 2, str)[1]
    assert isinstance(wrong.error, ContractError)
    for rows, count in ((["a"], 2), ("ab", 2), (None, 0), (iter(["a"]), 1)):
        with pytest.raises(ContractError):
            checked_rows("c", rows, count, str)
