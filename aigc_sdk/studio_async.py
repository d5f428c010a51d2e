"""The async twins of `Studio`, derived from the synchronous methods over a bounded thread pool."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from aigc_sdk.context import CancelToken
from aigc_sdk.request import Request, Sample
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err, Halt, Release, Verdict

if TYPE_CHECKING:
    from aigc_sdk.content import Content

T = TypeVar("T")

MAX_CONCURRENT = 32
"""Calls that run at once; further ones wait their turn."""

_END = object()


class AsyncCalls:
    """Mixin: ``a``-prefixed twins with the signatures of the methods they mirror.

    Cancelling the task cancels the call: its token is raised and the generator stops within a step.
    """

    if TYPE_CHECKING:
        # The methods mirrored; `Studio` defines them.
        generate: Callable[..., Result]
        generate_batch: Callable[..., list[Result | Err]]
        stream: Callable[..., Iterator[Release | Halt | StreamDone]]
        evaluate: Callable[..., list[Score]]
        evaluate_batch: Callable[..., list[list[Score] | Err]]
        moderate: Callable[..., Verdict]
        moderate_batch: Callable[..., list[Verdict]]

    _executor: ThreadPoolExecutor | None = None
    _executor_lock = threading.Lock()

    async def agenerate(
        self, generator: str, inputs: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Result:
        """Async twin of `Studio.generate`."""
        return await self._acall(self.generate, generator, inputs, **kwargs)

    async def agenerate_batch(
        self, generator: str, requests: Sequence[Request | Mapping[str, Any]], **kwargs: Any
    ) -> list[Result | Err]:
        """Async twin of `Studio.generate_batch`."""
        return await self._acall(self.generate_batch, generator, requests, **kwargs)

    async def aevaluate_batch(self, samples: Sequence[Sample], **kwargs: Any) -> list[list[Score] | Err]:
        """Async twin of `Studio.evaluate_batch`."""
        return await self._acall(self.evaluate_batch, samples, **kwargs)

    async def aevaluate(self, content: Content | str, **kwargs: Any) -> list[Score]:
        """Async twin of `Studio.evaluate`."""
        return await self._acall(self.evaluate, content, **kwargs)

    async def amoderate(self, content: Content | str, **kwargs: Any) -> Verdict:
        """Async twin of `Studio.moderate`."""
        return await self._acall(self.moderate, content, **kwargs)

    async def amoderate_batch(self, items: Sequence[Content], **kwargs: Any) -> list[Verdict]:
        """Async twin of `Studio.moderate_batch`."""
        return await self._acall(self.moderate_batch, items, **kwargs)

    async def astream(
        self, generator: str, inputs: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> AsyncIterator[Release | Halt | StreamDone]:
        """Async twin of `Studio.stream`; leaving the loop stops the generator."""
        token = _linked_token(kwargs)
        events = await self._arun(lambda: self.stream(generator, inputs, **kwargs))
        try:
            while True:
                # One hop an event: the generator only works while somebody asks for more.
                event = await self._arun(lambda: next(events, _END))
                if event is _END:
                    return
                yield event  # type: ignore[misc]  # _END is excluded above
        finally:
            token.cancel()

    async def _acall(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        token = _linked_token(kwargs)
        deadline, asked = kwargs.get("deadline"), time.monotonic()

        def call() -> T:
            if isinstance(deadline, int | float):
                # Time spent waiting for a free thread counts: at least a moment is left to fail in.
                kwargs["deadline"] = (
                    max(deadline - (time.monotonic() - asked), 1e-3) if deadline > 0 else deadline
                )
            return method(*args, **kwargs)

        try:
            return await self._arun(call)
        except asyncio.CancelledError:
            token.cancel()
            raise

    async def _arun(self, function: Callable[[], T]) -> T:
        with self._executor_lock:
            if self._executor is None:
                self._executor = ThreadPoolExecutor(MAX_CONCURRENT, thread_name_prefix="aigc-async")
            executor = self._executor
        return await asyncio.get_running_loop().run_in_executor(executor, function)

    def _close_async(self) -> None:
        with self._executor_lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)


def _linked_token(kwargs: dict[str, Any]) -> CancelToken:
    """A fresh token put in place of the caller's, which raises it too."""
    token = CancelToken()
    given = kwargs.get("cancel")
    if given is not None:
        given.on_cancel(token.cancel)
    kwargs["cancel"] = token
    return token
