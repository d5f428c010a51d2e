"""The generator behind ``text/augment``: distinct variants of a text, or texts from templates, with their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    ComponentError,
    InputTooLargeError,
    ModelNotFoundError,
    OptionError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.augment import eda, synonyms, units
from aigc_text.generators.augment.back_translation import Translator, there_and_back
from aigc_text.generators.augment.noise import CHANGES, noise
from aigc_text.generators.augment.options import AugmentOptions
from aigc_text.generators.augment.slots import MAX_TEXT, Templates, read_templates
from aigc_text.generators.augment.units import Unit
from aigc_text.generators.rows import each_row

if TYPE_CHECKING:
    import numpy as np

    from aigc_sdk.runtime.runtime import Runtime

_TRIES: Final = 8
_OWN_INPUTS: Final = frozenset({"text", "prompt", "protect", "template", "slots"})


@cache
def _wordnet() -> synonyms.Lexicon:
    from aigc_text.generators.augment.wordnet import WordNetLexicon, open_wordnet

    return WordNetLexicon(open_wordnet())


@dataclass(slots=True)
class _Source:
    """A text to make variants of."""

    text: str
    language: str
    units: list[Unit]
    lexicon: synonyms.Lexicon
    kept: dict[str, Any]


@dataclass(slots=True)
class _Made:
    """Variants so far."""

    candidates: list[Candidate] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, candidate: Candidate) -> None:
        """Keep a variant that is not there yet."""
        text = str(candidate.content)
        if text.strip() and text not in self.seen:
            self.seen.add(text)
            self.candidates.append(candidate)


class AugmentGenerator:
    """Variants for training; see `AugmentOptions` for the ways.

    Inputs: ``text`` (or ``prompt``), or ``template`` with ``slots.NAME``; ``protect``, words that stay as they are. All other
    inputs, such as ``label``, come back unchanged as ``meta["kept"]`` of every variant.

    Args:
        translator: For ``back_translation``.
    """

    def __init__(self, translator: Translator | None = None) -> None:
        self._translator = translator

    def load(self, runtime: Runtime) -> None:
        """Nothing to open: word lists are read when they are used."""

    def close(self) -> None:
        """Nothing to free."""

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Make up to ``n`` distinct variants of each text, none equal to it.

        Fewer come back where the text does not give more; then ``meta["fewer"]`` is true.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError` without a text, `InputTooLargeError`, `UnsupportedLanguageError`,
            `MissingDependencyError` for WordNet, `ModelNotFoundError` for back-translation without a translator,
            `ComponentError` where nothing in the text can be changed.
        """
        return each_row(requests, self._row, ctx)

    def _row(self, request: Request, ctx: CallContext) -> Generation:
        options = request.options if isinstance(request.options, AugmentOptions) else AugmentOptions()
        stated = request.language
        language = None if stated is None else languages.resolve(stated, (), "Texts are augmented")
        kept = {
            key: value
            for key, value in request.inputs.items()
            if key not in _OWN_INPUTS and not key.startswith("slots.")
        }
        templates = read_templates(request.inputs)
        if templates is not None:
            if _text(request.inputs) is not None:
                raise BadInputError("There is a text and a template.", hint="Give one of them a row.")
            return self._from_templates(request, templates, language, kept, ctx)
        return self._from_text(request, options, language, kept, ctx)

    def _from_templates(
        self,
        request: Request,
        templates: Templates,
        language: str | None,
        kept: dict[str, Any],
        ctx: CallContext,
    ) -> Generation:
        made = _Made()
        for draw in range(_TRIES * (request.n + 1)):
            ctx.check()
            filled = templates.fill(ctx.rng(request.id, "augment", request.attempt, draw))
            meta = {"slots": [list(slot) for slot in filled.slots], "kept": dict(kept)}
            own = language or languages.detect([filled.text])
            made.add(Candidate(Text(filled.text, own), method="template", meta=meta))
            if len(made.candidates) == request.n:
                break
        return _generation(made, request)

    def _from_text(
        self,
        request: Request,
        options: AugmentOptions,
        language: str | None,
        kept: dict[str, Any],
        ctx: CallContext,
    ) -> Generation:
        source = _source(request, options, language, kept)
        if "back_translation" in options.methods and self._translator is None:
            raise ModelNotFoundError(
                "There is no translator for back-translation.", hint="Leave it out of `methods`."
            )
        order = [str(m) for m in ctx.rng(request.id, "augment", request.attempt).permutation(options.methods)]
        made = _Made(seen={source.text})
        for draw in range(_TRIES * (request.n + len(order))):
            ctx.check()
            methods = order if options.combine else [order[draw % len(order)]]
            name = f"{request.id}/{request.attempt}/{draw}"
            candidate = self._variant(source, methods, options.share, ctx, name)
            if candidate is not None:
                made.add(candidate)
            if len(made.candidates) == request.n:
                break
        if not made.candidates:
            raise ComponentError(
                f"Nothing in the text of request {request.id!r} can be changed by {', '.join(options.methods)}.",
                hint="Allow more methods, or a larger share.",
            )
        return _generation(made, request)

    def _variant(
        self, source: _Source, methods: Sequence[str], share: float, ctx: CallContext, name: str
    ) -> Candidate | None:
        own, done = source.units, []
        for method in methods:
            changed = self._changed(source, own, method, share, ctx, name)
            if changed is not None:
                own = changed
                done.append(method)
        if not done:
            return None
        meta: dict[str, Any] = {"methods": done, "kept": dict(source.kept)}
        if "back_translation" not in done:
            meta["spans"] = [list(span) for span in units.moved_spans(own)]
        method = done[0] if len(done) == 1 else "combined"
        return Candidate(Text(units.join(own), source.language), method=method, meta=meta)

    def _changed(
        self, source: _Source, own: list[Unit], method: str, share: float, ctx: CallContext, name: str
    ) -> list[Unit] | None:
        rng: np.random.Generator = ctx.rng(name, method)
        if method in CHANGES:
            return noise(own, share, CHANGES[method], rng)
        if method == "synonym":
            return eda.synonyms(own, share, source.lexicon, rng)
        if method == "insert":
            return eda.insert(own, share, source.lexicon, rng)
        if method == "swap":
            return eda.swap(own, share, source.language, rng)
        if method == "delete":
            return eda.delete(own, share, source.language, rng)
        assert self._translator is not None
        fixed = [unit.text for unit in own if unit.fixed]
        text = there_and_back(
            self._translator, units.join(own), source.language, fixed, ctx=ctx, request_id=f"{name}/{method}"
        )
        return None if text is None else units.split(text, source.language, fixed)


def _text(inputs: Mapping[str, Any]) -> str | None:
    text = inputs.get("text", inputs.get("prompt"))
    return text if isinstance(text, str) and text.strip() else None


def _source(request: Request, options: AugmentOptions, language: str | None, kept: dict[str, Any]) -> _Source:
    text = _text(request.inputs)
    if text is None:
        raise BadInputError(
            "There is nothing to augment.", hint="Give an input 'text', or a 'template' with 'slots.NAME'."
        )
    if len(text) > MAX_TEXT:
        raise InputTooLargeError(
            f"The text has {len(text):,} characters; the limit is {MAX_TEXT:,}.", hint="Split it."
        )
    own = language or languages.detect([text])
    lexicon: synonyms.Lexicon = synonyms.chinese() if own == "zh" else synonyms.english()
    if options.synonyms == "wordnet":
        if own != "en":
            raise OptionError("WordNet has English only.", hint="Use synonyms='builtin'.")
        lexicon = _wordnet()
    given = request.inputs.get("protect", ())
    terms = [given] if isinstance(given, str) else [str(term) for term in given or ()]
    return _Source(text, own, units.split(text, own, (*options.protect, *terms)), lexicon, kept)


def _generation(made: _Made, request: Request) -> Generation:
    if len(made.candidates) < request.n:
        for candidate in made.candidates:
            candidate.meta["fewer"] = True
    return Generation(tuple(made.candidates))
