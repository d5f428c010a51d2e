"""``text/answer``: questions answered from the user's documents, with the sources named, or said not to be in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.content import Candidate, Message, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError, ComponentError
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.chat import ChatGenerator, ChatOptions
from aigc_text.generators.instruct import DEFAULT_BUNDLE
from aigc_text.generators.rows import each_row
from aigc_text.knowledge.prompt import THRESHOLD

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.knowledge.extract import Quote
    from aigc_text.knowledge.prompt import Grounder
    from aigc_text.knowledge.search import Passage, Searcher

_NOT_THERE: Final = {
    "en": "The documents do not answer this question.",
    "zh": "文档中没有这个问题的答案。",
}
_CLOSE: Final = 0.3
"""How far below the best sentence another may score to be quoted beside it."""


class AnswerOptions(BaseModel):
    """Where answers come from and how they are made.

    Attributes:
        knowledge: Folder of an index made by ``aigc knowledge index``. Without it the request brings ``documents``.
        method: ``extractive`` quotes the sentences that answer; ``llm`` shows the best passages to an instruct model.
        passages: How many passages are looked at.
        sentences: Most sentences that an extractive answer quotes.
        threshold: Evidence (0 to 1) under which the answer is that the documents do not say; 0 always answers.
        bundle: Instruct model of the method ``llm``.
        max_new_tokens: Longest answer of the method ``llm``.
        temperature: Of the method ``llm``; 0 is greedy.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    knowledge: str | None = Field(default=None, min_length=1, max_length=4096)
    method: Literal["extractive", "llm"] = "extractive"
    passages: int = Field(default=5, ge=1, le=20)
    sentences: int = Field(default=2, ge=1, le=10)
    threshold: float = Field(default=THRESHOLD, ge=0.0, le=1.0)
    bundle: str = DEFAULT_BUNDLE
    max_new_tokens: int = Field(default=160, ge=1, le=4096)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)


class AnswerGenerator:
    """Answers from documents; see `AnswerOptions`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._grounder: Grounder | None = None
        self._chat = ChatGenerator()

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; indexes and models are opened by the first request that needs them."""
        if runtime is not self._runtime:
            self.close()
        self._runtime = runtime
        self._chat.load(runtime)

    def close(self) -> None:
        """Forget the runtime, the indexes and the models."""
        if self._grounder is not None:
            self._grounder.close()
        self._runtime = self._grounder = None
        self._chat.close()

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Answer questions.

        Returns:
            A `Generation` a row. Its candidates' ``meta`` holds ``answered``, ``evidence`` and ``sources`` (file, headings and
            span of each passage; of each sentence too where it is quoted). Or `Err`: `BadInputError` without a question or
            without documents, `KnowledgeError` for an index that is absent or damaged, `ModelNotFoundError` where the method
            ``llm`` has no model.
        """
        return each_row(requests, self._answer, ctx)

    # ---- parts ---------------------------------------------------------------------------------

    def _answer(self, request: Request, ctx: CallContext) -> Generation:
        options = request.options if isinstance(request.options, AnswerOptions) else AnswerOptions()
        question = _question(request)
        language = languages.resolve(request.language, [question], "Questions are answered")
        grounder = self._at_hand()
        searcher = self._searcher(request, options, grounder, ctx)
        if options.method == "llm":
            return self._written(request, options, question, language, grounder, searcher, ctx)
        (passages,) = searcher.search([question], k=options.passages, ctx=ctx)
        evidence = max((passage.evidence for passage in passages), default=0.0)
        if not passages or evidence < options.threshold:
            return _not_there(language, evidence, passages, searcher.warning)
        from aigc_text.knowledge.extract import quotes

        found = quotes(question, passages, searcher, ctx)
        if not found:
            return _not_there(language, evidence, passages, searcher.warning)
        near = [quote for quote in found[: options.sentences] if quote.score >= found[0].score - _CLOSE]
        chosen = [near, *([quote] for quote in found[len(near) :])][: request.n]
        meta = _meta(evidence, searcher.warning)
        return Generation(tuple(_quoted(quotes, passages, meta) for quotes in chosen))

    def _written(
        self,
        request: Request,
        options: AnswerOptions,
        question: str,
        language: str,
        grounder: Grounder,
        searcher: Searcher,
        ctx: CallContext,
    ) -> Generation:
        from aigc_text.knowledge.prompt import fitting, source_lines

        grounding = grounder.ground(searcher, question, ctx, k=options.passages, threshold=options.threshold)
        if not grounding.passages:
            made = _not_there(language, grounding.evidence, (), searcher.warning)
            return replace(
                made, candidates=tuple(replace(c, meta={**c.meta, **grounding.meta}) for c in made.candidates)
            )
        assert self._runtime is not None
        engine = self._runtime.decoder(options.bundle)
        room = (engine.max_positions - options.max_new_tokens) // 2
        grounding, system = fitting(
            grounding, question, room, lambda text: len(engine.tokenizer.encode(text))
        )
        asked = replace(
            request,
            inputs={},
            messages=(Message("system", system), Message("user", question)),
            options=ChatOptions(
                bundle=options.bundle,
                max_new_tokens=options.max_new_tokens,
                temperature=options.temperature,
            ),
        )
        (row,) = self._chat.generate([asked], ctx=ctx)
        if isinstance(row, Err):
            if isinstance(row.error, AigcError):
                raise row.error
            raise ComponentError("The model gave no answer.") from row.error
        sources = source_lines(grounding.passages)
        meta = {"answered": True, **grounding.meta}
        candidates = [
            replace(
                candidate,
                content=Text(f"{str(candidate.content).strip()}\n\n{sources}".strip()),
                meta={**candidate.meta, **meta},
            )
            for candidate in row.candidates
        ]
        return replace(row, candidates=tuple(candidates))

    def _at_hand(self) -> Grounder:
        if self._runtime is None:
            raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
        if self._grounder is None:
            from aigc_text.knowledge.prompt import Grounder

            self._grounder = Grounder(self._runtime)
        return self._grounder

    @staticmethod
    def _searcher(request: Request, options: AnswerOptions, grounder: Grounder, ctx: CallContext) -> Searcher:
        given = request.inputs.get("documents")
        if options.knowledge is not None:
            if given is not None:
                raise BadInputError("Give the option knowledge or the input documents, not both.")
            return grounder.library.open(options.knowledge)
        if given is None:
            raise BadInputError(
                "There is nothing to answer from.",
                hint="Make an index (aigc knowledge index FOLDER --out INDEX) and give the option knowledge=INDEX, or "
                "give an input named 'documents'.",
            )
        return grounder.library.of_texts(_documents(given), ctx)


def _question(request: Request) -> str:
    question = request.inputs.get("question")
    if not isinstance(question, str) or not question.strip():
        raise BadInputError("An answer needs an input named 'question' with some text.")
    return question.strip()


def _documents(given: Any) -> list[tuple[str, str]]:
    """A text, a list of texts, or a map of names and texts."""
    if isinstance(given, str):
        given = [given]
    if isinstance(given, Mapping):
        pairs = [(str(name), text) for name, text in given.items()]
    elif isinstance(given, Sequence):
        pairs = [(f"document {number}", text) for number, text in enumerate(given, 1)]
    else:
        pairs = []
    if not pairs or not all(isinstance(text, str) for _, text in pairs):
        raise BadInputError(
            "The input 'documents' must be a text, a list of texts, or a map of names to texts."
        )
    return pairs


def _meta(evidence: float, warning: str | None) -> dict[str, Any]:
    meta: dict[str, Any] = {"evidence": round(evidence, 4)}
    return {**meta, "knowledge_warning": warning} if warning else meta


def _quoted(chosen: Sequence[Quote], passages: Sequence[Passage], meta: Mapping[str, Any]) -> Candidate:
    numbers: dict[str, int] = {}
    sentences: list[str] = []
    sources: list[dict[str, Any]] = []
    for quote in chosen:
        label = quote.source.label
        number = numbers.setdefault(label, len(numbers) + 1)
        sentences.append(f"{quote.text} [{number}]")
        about = {**passages[quote.passage].as_dict(), "sentence": [quote.source.start, quote.source.end]}
        sources.append({"number": number, **about, "sentence_score": round(quote.score, 4)})
    lines = [f"[{number}] {label}" for label, number in numbers.items()]
    return Candidate(
        Text(f"{' '.join(sentences)}\n\n" + "\n".join(lines)),
        method="extractive",
        meta={"answered": True, **meta, "sources": sources},
    )


def _not_there(
    language: str, evidence: float, passages: Sequence[Passage], warning: str | None
) -> Generation:
    meta = {"answered": False, **_meta(evidence, warning), "sources": []}
    if passages:
        meta["nearest"] = passages[0].as_dict()
    return Generation((Candidate(Text(_NOT_THERE[language]), method="not_found", meta=meta),))
