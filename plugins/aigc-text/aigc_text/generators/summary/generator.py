"""``text/summary``: reads the request and hands it to the way of summarising that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    ComponentError,
    InputTooLargeError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.summary.extractive import Source, summarise
from aigc_text.generators.summary.options import SummaryOptions

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

NAMES: Final = ("text", "prompt")
"""Inputs that hold the text; ``prompt`` is where ``--prompt`` and the field ``text`` of a JSON line put it."""
LONGEST: Final = 16_000_000
"""Characters. `aigc_sdk.Studio` refuses less by default; see its ``limits``."""
_LOOKED_AT: Final = 100_000


def source_of(request: Request) -> Source:
    """What a request wants summarised.

    Raises:
        BadInputError: It has no text.
        InputTooLargeError: The text is longer than `LONGEST`.
        UnsupportedLanguageError: The language stated is neither English nor Chinese.
    """
    options = request.options if isinstance(request.options, SummaryOptions) else SummaryOptions()
    given = [request.inputs[name] for name in NAMES if request.inputs.get(name) is not None]
    if len(given) != 1 or not isinstance(given[0], str):
        raise BadInputError(
            "A summary needs one input named 'text' with the text to summarise.",
            hint="For example {'text': '...'}; on the command line --prompt - < file.txt.",
        )
    text = given[0]
    if len(text) > LONGEST:
        raise InputTooLargeError(f"The text has {len(text):,} characters; the limit is {LONGEST:,}.")
    if not any(character.isalnum() for character in text):
        raise BadInputError("The text to summarise has no words.")
    language = languages.resolve(request.language, [text[:_LOOKED_AT]], "Texts are summarised")
    return Source(text, language, options)


class SummaryGenerator:
    """Summaries of English and Chinese texts; see `SummaryOptions`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; models are opened by the first request that needs one."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        self._runtime = None

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Summarise texts.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError`, `InputTooLargeError`, `UnsupportedLanguageError`, `ModelNotFoundError`
            with the command that brings the model.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        written: dict[str, list[tuple[int, Source]]] = {}
        for index, request in enumerate(requests):
            try:
                ctx.check()
                source = source_of(request)
                if source.options.method == "llm":
                    written.setdefault(source.options.bundle, []).append((index, source))
                else:
                    rows[index] = Generation((summarise(source, self._runtime, ctx),))
            except AigcError as error:
                rows[index] = Err(error)
        for bundle, entries in written.items():
            made: list[Generation | Err]
            try:
                from aigc_text.generators.summary.written import Writer

                made = Writer(self._runtime, bundle).write(
                    [requests[index] for index, _ in entries], [source for _, source in entries], ctx
                )
            except AigcError as error:
                made = [Err(error)] * len(entries)
            for (index, _), row in zip(entries, made, strict=True):
                rows[index] = row
        return [row if row is not None else Err(ComponentError("No summary was made.")) for row in rows]
