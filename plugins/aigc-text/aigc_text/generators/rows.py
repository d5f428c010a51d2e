"""Requests that are served one by one: a bad one fails alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err


def each_row(
    requests: Sequence[Request], make: Callable[[Request, CallContext], Generation], ctx: CallContext
) -> list[Generation | Err]:
    """What ``make`` gives for each request, or its error; once the call is stopped, the rows left are `Err` too."""
    rows: list[Generation | Err] = []
    for request in requests:
        try:
            ctx.check()
            rows.append(make(request, ctx))
        except AigcError as error:
            rows.append(Err(error))
    return rows
