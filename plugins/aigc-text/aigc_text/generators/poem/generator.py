"""The generator behind ``text/poem``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ComponentError, UnsupportedLanguageError
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.poem.forms import form_named
from aigc_text.generators.poem.inputs import read_inputs
from aigc_text.generators.poem.options import PoemOptions
from aigc_text.generators.poem.writer import Order, Poem, PoemWriter

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime


class PoemGenerator:
    """Chinese classical verse; every poem returned keeps its form by the rules of `aigc_text.generators.poem.checker`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._writers: dict[str, PoemWriter] = {}
        self._lock = threading.Lock()

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; a model is opened by the first request that needs it."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        self._runtime = None
        with self._lock:
            self._writers.clear()

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Write poems.

        Args:
            requests: ``inputs`` as `aigc_text.generators.poem.inputs` describes; options `PoemOptions`.
            ctx: Seeds derive from it and the request's id.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError` (an unknown form, rhyme or English word; keywords or an
            acrostic that fit nowhere), `InputTooLargeError`, `UnsupportedLanguageError`, `ModelNotFoundError`.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        groups: dict[str, list[tuple[int, Order]]] = {}
        for index, request in enumerate(requests):
            try:
                ctx.check()
                options = request.options if isinstance(request.options, PoemOptions) else PoemOptions()
                groups.setdefault(options.bundle, []).append((index, self._order(request, options)))
            except AigcError as error:
                rows[index] = Err(error)
        for bundle_id, members in groups.items():
            try:
                writer = self._writer(bundle_id)
                written = writer.write([order for _, order in members], ctx=ctx)
            except AigcError as error:
                written = [Err(error)] * len(members)
            for (index, order), found in zip(members, written, strict=True):
                rows[index] = found if isinstance(found, Err) else self._generation(writer, order, found)
        return [row if row is not None else Err(ComponentError("No poem was written.")) for row in rows]

    def _order(self, request: Request, options: PoemOptions) -> Order:
        if request.language is not None and languages.primary(request.language) != "zh":
            raise UnsupportedLanguageError(
                f"Poems are written in Chinese; {request.language!r} was asked for.",
                hint="Use language 'zh'; the theme may be in simple English.",
            )
        form = form_named(options.form)
        asked = read_inputs(request.inputs)
        wanted = options.candidates or request.n
        return Order(
            id=f"{request.id}/{request.attempt}",
            form=form,
            book=form.book if options.book == "auto" else options.book,
            theme=asked.theme,
            keywords=asked.keywords,
            acrostic=asked.acrostic,
            rhyme=options.rhyme,
            wanted=wanted,
            draws=options.draws * wanted,
            temperature=options.temperature,
            top_p=options.top_p,
        )

    def _writer(self, bundle_id: str) -> PoemWriter:
        if self._runtime is None:
            raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
        with self._lock:
            if bundle_id not in self._writers:
                bundle = self._runtime.bundle(bundle_id)
                self._writers[bundle_id] = PoemWriter(bundle, self._runtime.decoder(bundle))
            return self._writers[bundle_id]

    @staticmethod
    def _generation(writer: PoemWriter, order: Order, poems: Sequence[Poem]) -> Generation:
        made = tuple(
            Candidate(
                Text(poem.text, "zh"),
                logprob=poem.logprob,
                tokens=poem.tokens,
                method="poem",
                meta={
                    "form": order.form.name,
                    "scheme": poem.scheme,
                    "rhyme_book": order.book,
                    "rhyme": poem.rhyme,
                    "lines_seen_in_training": poem.seen,
                },
            )
            for poem in poems
        )
        return Generation(made, bundle=writer.engine.bundle.digest)
