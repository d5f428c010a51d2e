"""``text/chat``: multi-turn chat on an instruct decoder, with its chat template, streaming and window trimming."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.content import Candidate, Message, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    ComponentError,
    InputTooLargeError,
    OutputError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Finished, Generation, Request, StreamEvent, TextDelta
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.instruct import DEFAULT_BUNDLE, InstructModel, open_instruct
from aigc_text.generators.structured import Structure, chosen_constraint, structured

if TYPE_CHECKING:
    from aigc_sdk.runtime.chat_template import ChatTemplate
    from aigc_sdk.runtime.decode import Decoded, DecoderEngine
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.sampling import SamplingParams
    from aigc_text.knowledge.prompt import Grounder

_TURN_OVERHEAD = 8
"""Tokens that a template puts around a message, roughly; only to guess how many turns fit."""


class ChatOptions(BaseModel):
    """How a reply is made. None takes the bundle's decoding default.

    Attributes:
        bundle: Bundle id of the instruct model.
        system: System prompt; a system message in the conversation goes before it.
        max_new_tokens: Longest reply; the prompt is trimmed to leave room for it.
        temperature: 0 is greedy.
        top_k: Keep the k likeliest tokens; 0 keeps all.
        top_p: Nucleus.
        min_p: Share of the likeliest token's probability under which tokens are dropped.
        repetition_penalty: 1 is off.
        stop: Strings that end the reply.
        lookup: Guess the next tokens of a greedy reply from what the conversation holds: faster where the reply quotes it;
            see `SamplingParams.lookup` for what it costs.
        json_schema: The reply is JSON that satisfies this schema; the value is ``meta["json"]``. Say in the prompt what
            is to be in it.
        regex: The reply matches this expression as a whole.
        choices: The reply is one of these.
        knowledge: Folder of an index made by ``aigc knowledge index``. Its passages on the last message go into the system
            prompt, screened and marked as data; ``meta["sources"]`` says which.
        passages: Most passages of ``knowledge`` shown to the model.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bundle: str = DEFAULT_BUNDLE
    system: str | None = Field(default=None, max_length=20_000)
    max_new_tokens: int = Field(default=256, ge=1, le=4096)
    temperature: float | None = Field(default=None, ge=0.0, le=2.0)
    top_k: int | None = Field(default=None, ge=0)
    top_p: float | None = Field(default=None, gt=0.0, le=1.0)
    min_p: float | None = Field(default=None, ge=0.0, le=1.0)
    repetition_penalty: float | None = Field(default=None, gt=0.0, le=4.0)
    stop: tuple[str, ...] = Field(default=(), max_length=8)
    lookup: bool = False
    json_schema: dict[str, Any] | None = None
    regex: str | None = Field(default=None, max_length=1000)
    choices: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=1024)
    knowledge: str | None = Field(default=None, min_length=1, max_length=4096)
    passages: int = Field(default=4, ge=1, le=20)


_SAMPLED = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty")
_FALLBACK: dict[str, Any] = {"temperature": 0.7, "top_p": 0.9}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A conversation as token ids, and what was left out to fit the window."""

    ids: list[int]
    dropped: int
    tokens_dropped: int
    foreign: bool = False
    """The last message is in a language that the model was not made for."""
    knowledge: Mapping[str, Any] = field(default_factory=dict)
    """What the user's documents had to say to it."""

    @property
    def meta(self) -> dict[str, Any]:
        """What candidates record."""
        meta: dict[str, Any] = {"prompt_tokens": len(self.ids)}
        if self.dropped:
            meta |= {"trimmed_messages": self.dropped, "trimmed_tokens": self.tokens_dropped}
        if self.foreign:
            meta["unsupported_language"] = True
        return meta | dict(self.knowledge)


def conversation(request: Request, options: ChatOptions) -> list[Message]:
    """The request's messages, or one made of ``inputs["prompt"]`` (and ``inputs["system"]``).

    Raises:
        BadInputError: There is nothing to answer, or the last message is the assistant's own.
    """
    messages = list(request.messages)
    system = options.system
    if not messages:
        prompt = request.inputs.get("prompt")
        if not isinstance(prompt, str) or not prompt.strip():
            raise BadInputError("Chat needs messages, or an input named 'prompt' with some text.")
        messages = [Message("user", prompt)]
        own = request.inputs.get("system")
        if isinstance(own, str) and own.strip() and system is None:
            system = own
    if system is not None and not any(message.role == "system" for message in messages):
        messages.insert(0, Message("system", system))
    last = messages[-1]
    if last.role not in ("user", "tool"):
        raise BadInputError(
            f"The last message is from {last.role!r}; chat answers the user.",
            hint="End the messages with the user's turn.",
        )
    if not last.content.strip():
        raise BadInputError("The last message is blank.")
    return messages


def fit_window(messages: Sequence[Message], template: ChatTemplate, tokenizer: Any, budget: int) -> Prompt:
    """Drop the oldest turns until the conversation fits ``budget`` tokens.

    Leading system messages and the last message always stay; what remains starts with a user's turn where it can.

    Raises:
        InputTooLargeError: The system prompt and the last message alone are too long.
    """
    head = 0
    while head < len(messages) - 1 and messages[head].role == "system":
        head += 1
    system, turns = list(messages[:head]), list(messages[head:])
    sizes = [len(tokenizer.encode(message.content)) + _TURN_OVERHEAD for message in turns]
    fixed = sum(len(tokenizer.encode(m.content)) + _TURN_OVERHEAD for m in system)
    start, total = 0, fixed + sum(sizes)
    # A guess first, so that a long history is rendered a few times and not once a turn.
    while start < len(turns) - 1 and total > budget + _TURN_OVERHEAD * (len(turns) - start + 2):
        total -= sizes[start]
        start += 1
    while True:
        start = _user_turn(turns, start)
        ids = template.encode([*system, *turns[start:]])
        if len(ids) <= budget:
            return Prompt(ids, start, sum(sizes[:start]))
        if start == len(turns) - 1:
            raise InputTooLargeError(
                f"The last message{' and the system prompt take' if system else ' takes'} {len(ids)} tokens; the model "
                f"has room for {budget} beside the reply.",
                hint="Shorten the message, or lower max_new_tokens.",
            )
        start += 1


def _user_turn(turns: list[Message], start: int) -> int:
    """The first index from ``start`` on that is no assistant's turn, since it would answer nothing."""
    if start == 0:
        return 0
    while start < len(turns) - 1 and turns[start].role != "user":
        start += 1
    return start


class ChatGenerator:
    """Chat replies; see `ChatOptions`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None
        self._grounder: Grounder | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; the model is opened by the first request."""
        if runtime is not self._runtime:
            self.close()
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        if self._grounder is not None:
            self._grounder.close()
        self._runtime = self._grounder = None

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Answer conversations, all of one model in one batch.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError`, `InputTooLargeError` for a last message beyond the
            window, `UnsupportedLanguageError` where the request states a language that the model does not speak,
            `ModelNotFoundError` with the command that brings the model, `OptionError` for a structure that cannot be
            kept, `IncompleteOutputError` where no structured reply came to its end.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        groups: dict[str, list[int]] = {}
        for index, request in enumerate(requests):
            groups.setdefault(_options(request).bundle, []).append(index)
        for bundle, indices in groups.items():
            try:
                model = open_instruct(self._runtime, bundle)
            except AigcError as error:
                for index in indices:
                    rows[index] = Err(error)
                continue
            for index, row in zip(
                indices, self._answer(model, [requests[i] for i in indices], ctx), strict=True
            ):
                rows[index] = row
        return [row if row is not None else Err(ComponentError("No reply was made.")) for row in rows]

    def stream(self, request: Request, *, ctx: CallContext) -> Iterator[StreamEvent]:
        """Answer one conversation piece by piece.

        Raises:
            BadInputError, InputTooLargeError, UnsupportedLanguageError, ModelNotFoundError: As the row's `Err` in `generate`.
            IncompleteOutputError: After the last piece, where structured output was cut off.
        """
        options = _options(request)
        model = open_instruct(self._runtime, options.bundle)
        prompt = self._prompt(model, request, options, ctx)
        text: list[str] = []
        structure = _structure(options, model.engine)
        params = _params(options, model.engine)
        if structure is not None:
            params = structure.params(params, len(prompt.ids))
        name = _row_name(request, 0)
        for piece in model.engine.stream(prompt.ids, params, ctx=ctx, request_id=name):
            if piece.text:
                text.append(piece.text)
                yield TextDelta(piece.text)
            if piece.done is not None:
                candidate = _candidate("".join(text), piece.done, prompt, structure)
                yield Finished(candidate, bundle=model.engine.bundle.digest)

    # ---- parts ---------------------------------------------------------------------------------

    def _prompt(
        self, model: InstructModel, request: Request, options: ChatOptions, ctx: CallContext
    ) -> Prompt:
        messages = conversation(request, options)
        served = model.engine.bundle.manifest.languages
        stated = languages.primary(request.language) if request.language else None
        if served and stated is not None and stated not in served:
            raise UnsupportedLanguageError(
                f"The model {options.bundle!r} speaks {', '.join(served)}, not {stated!r}.",
                hint="Choose another with the option bundle, or leave the language out to try all the same.",
            )
        foreign = bool(served) and languages.detect([messages[-1].content]) not in served
        room = model.engine.max_positions - options.max_new_tokens
        if room < 1:
            raise InputTooLargeError(
                f"max_new_tokens {options.max_new_tokens} leaves no room in a window of {model.engine.max_positions}."
            )
        known: Mapping[str, Any] = {}
        if options.knowledge is not None:
            messages, known = self._grounded(messages, options, model.engine, room // 2, ctx)
        prompt = fit_window(messages, model.template, model.engine.tokenizer, room)
        return replace(prompt, foreign=foreign, knowledge=known)

    def _grounded(
        self,
        messages: list[Message],
        options: ChatOptions,
        engine: DecoderEngine,
        room: int,
        ctx: CallContext,
    ) -> tuple[list[Message], Mapping[str, Any]]:
        """The conversation with passages of the user's documents in its system prompt, and what candidates record of them."""
        from aigc_text.knowledge.prompt import Grounder, fitting, with_instructions

        assert options.knowledge is not None
        assert self._runtime is not None
        if self._grounder is None:
            self._grounder = Grounder(self._runtime)
        grounding = self._grounder.ground_chat(options.knowledge, messages, ctx, k=options.passages)
        question = messages[-1].content
        fitted, text = fitting(grounding, question, room, lambda part: len(engine.tokenizer.encode(part)))
        return with_instructions(messages, text), fitted.meta

    def _answer(
        self, model: InstructModel, requests: list[Request], ctx: CallContext
    ) -> list[Generation | Err]:
        rows: list[Generation | Err | None] = [None] * len(requests)
        prompts: list[Prompt] = []
        params: list[SamplingParams] = []
        names: list[str] = []
        owners: list[int] = []
        structures: dict[int, Structure | None] = {}
        for index, request in enumerate(requests):
            options = _options(request)
            try:
                structures[index] = structure = _structure(options, model.engine)
                prompt = self._prompt(model, request, options, ctx)
                own = _params(options, model.engine)
            except AigcError as error:
                rows[index] = Err(error)
                continue
            # Greedy replies are all alike: one is enough.
            for number in range(1 if own.temperature == 0 else request.n):
                prompts.append(prompt)
                params.append(own if structure is None else structure.params(own, len(prompt.ids)))
                names.append(_row_name(request, number))
                owners.append(index)
        made = model.engine.generate([p.ids for p in prompts], params, ctx=ctx, request_ids=names)
        candidates: dict[int, list[Candidate]] = {}
        failures: dict[int, Err] = {}
        for owner, prompt, row in zip(owners, prompts, made, strict=True):
            if isinstance(row, Err):
                failures.setdefault(owner, row)
                continue
            try:
                reply = _candidate(model.engine.text(row), row, prompt, structures[owner])
            except OutputError as error:
                failures.setdefault(owner, Err(error))
                continue
            candidates.setdefault(owner, []).append(reply)
        for index in range(len(requests)):
            if rows[index] is None:
                kept = candidates.get(index)
                if kept:
                    rows[index] = Generation(tuple(kept), bundle=model.engine.bundle.digest)
                else:
                    rows[index] = failures.get(index, Err(ComponentError("No reply was made.")))
        return [row for row in rows if row is not None]


def _options(request: Request) -> ChatOptions:
    return request.options if isinstance(request.options, ChatOptions) else ChatOptions()


def _row_name(request: Request, number: int) -> str:
    """What seeds the row's draws: the first reply of generate and stream are the same."""
    return f"{request.id}/{request.attempt}/{number}"


def _params(options: ChatOptions, engine: DecoderEngine) -> SamplingParams:
    from aigc_sdk.runtime.sampling import SamplingParams

    defaults = {**_FALLBACK, **engine.bundle.manifest.decoding}
    chosen = {name: getattr(options, name) for name in _SAMPLED}
    values = {
        name: value if value is not None else defaults[name]
        for name, value in chosen.items()
        if value is not None or name in defaults
    }
    return SamplingParams(
        max_new_tokens=options.max_new_tokens, stop=options.stop, lookup=options.lookup, **values
    )


def _structure(options: ChatOptions, engine: DecoderEngine) -> Structure | None:
    return structured(chosen_constraint(options.json_schema, options.regex, options.choices), engine)


def _candidate(text: str, row: Decoded, prompt: Prompt, structure: Structure | None) -> Candidate:
    meta = prompt.meta
    if structure is not None:
        meta |= structure.meta(text, row.finish_reason)
    return Candidate(
        # A model may emit NUL bytes; content may not hold them.
        Text(text.replace("\x00", "")),
        logprob=row.logprob,
        tokens=len(row.ids),
        finish_reason=row.finish_reason,
        method="llm",
        meta=meta,
    )
