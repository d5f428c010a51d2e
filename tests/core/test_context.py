"""Seeds, cancellation, deadlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken, row_seed
from aigc_sdk.errors import BadInputError, CancelledError, DeadlineExceededError


@given(st.integers(0, 2**64 - 1), st.text(), st.text())
def test_row_seed_is_a_function_of_seed_and_id(seed, one, two):
    assert row_seed(seed, one) == row_seed(seed, one)
    if one != two:
        assert row_seed(seed, one) != row_seed(seed, two)


def test_row_seed_is_the_same_on_every_machine():
    assert row_seed(1, "a") == 9896789297275367765


def test_salt_parts_do_not_run_together():
    assert row_seed(0, "r", "ab", "c") != row_seed(0, "r", "a", "bc")


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seed_out_of_range(seed):
    with pytest.raises(BadInputError):
        row_seed(seed, "r")


def test_cancellation_runs_callbacks_once_and_late_ones_at_once():
    token, seen = CancelToken(), []
    token.on_cancel(lambda: seen.append(1))
    token.on_cancel(lambda: seen.append(2))()
    token.cancel()
    token.cancel()
    token.on_cancel(lambda: seen.append(3))
    assert seen == [1, 3]


def test_check_raises_typed_errors():
    ctx = CallContext()
    ctx.check()
    ctx.cancel.cancel()
    with pytest.raises(CancelledError):
        ctx.check()
    with pytest.raises(DeadlineExceededError):
        CallContext.within(0).check()
