"""The generator behind ``text/extract``: reads the request, fills the schema by rules or by a model, shows its places."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    ComponentError,
    InputTooLargeError,
    OptionError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.runtime.constrained_output import JsonConstraint
from aigc_sdk.runtime.constrained_schema import CheckedSchema
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.generators.extract.by_rules import fill, fill_entities
from aigc_text.generators.extract.entities import find_entities
from aigc_text.generators.extract.options import KINDS, MAX_TEXT, EntityKind, ExtractOptions, entity_schema
from aigc_text.generators.extract.record import Record
from aigc_text.generators.instruct import InstructModel, open_instruct

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.structured import Structure


@dataclass(frozen=True, slots=True)
class _Job:
    index: int
    request: Request
    options: ExtractOptions
    text: str
    language: str
    kinds: tuple[EntityKind, ...]
    schema: CheckedSchema | None
    """The user's; None for the built-in one."""


class ExtractGenerator:
    """Entities and key facts as JSON; see `ExtractOptions`."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; models are opened by the first request that needs one."""
        from aigc_text.moderators.names.table import name_table
        from aigc_text.moderators.privacy.phones import load_number_plans

        load_number_plans()
        name_table()
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        self._runtime = None

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Extract, one candidate a request: the same text always gives the same.

        Args:
            requests: ``inputs["text"]`` is the text; options `ExtractOptions`.
            ctx: Cancellation and deadline.

        Returns:
            A `Generation` a row, whose text is JSON; ``meta`` holds the value (``json``), the places of its parts
            (``spans``), and what the model said without ground (``dropped``, ``ungrounded``). Or `Err`:
            `BadInputError`, `InputTooLargeError`, `UnsupportedLanguageError`, `OptionError` for a schema that cannot be
            used, `OutputError` where the text does not hold what is required, `IncompleteOutputError` for a model's
            answer that was cut off, `ModelNotFoundError`, `MissingDependencyError`.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        asked: dict[str, list[_Job]] = {}
        for index, request in enumerate(requests):
            try:
                ctx.check()
                job = _job(index, request)
                if job.options.method == "llm":
                    asked.setdefault(job.options.bundle, []).append(job)
                else:
                    rows[index] = Generation((_candidate(job, _by_rules(job, ctx)),))
            except AigcError as error:
                rows[index] = Err(error)
        for bundle, jobs in asked.items():
            try:
                self._ask(bundle, jobs, rows, ctx)
            except AigcError as error:
                for job in jobs:
                    if rows[job.index] is None:
                        rows[job.index] = Err(error)
        return [row if row is not None else Err(ComponentError("Nothing was extracted.")) for row in rows]

    # ---- by a model ----------------------------------------------------------------------------

    def _ask(
        self, bundle: str, jobs: list[_Job], rows: list[Generation | Err | None], ctx: CallContext
    ) -> None:
        from aigc_sdk.runtime.sampling import SamplingParams

        model = open_instruct(self._runtime, bundle)
        engine = model.engine
        ready: list[tuple[_Job, Structure, list[int]]] = []
        for job in jobs:
            try:
                structure, prompt = _prompt(job, model)
                ready.append((job, structure, prompt))
            except AigcError as error:
                rows[job.index] = Err(error)
        made = engine.generate(
            [prompt for _, _, prompt in ready],
            [
                structure.params(SamplingParams(max_new_tokens=job.options.max_new_tokens), len(prompt))
                for job, structure, prompt in ready
            ],
            ctx=ctx,
            request_ids=[f"{job.request.id}/{job.request.attempt}" for job, _, _ in ready],
        )
        for (job, structure, _), row in zip(ready, made, strict=True):
            if isinstance(row, Err):
                rows[job.index] = row
                continue
            try:
                said = structure.compiled.read(engine.text(row), row.finish_reason)
                candidate = _candidate(
                    job, _grounded(job, said, ctx), logprob=row.logprob, tokens=len(row.ids)
                )
                rows[job.index] = Generation((candidate,), bundle=engine.bundle.digest)
            except AigcError as error:
                rows[job.index] = Err(error)


def _job(index: int, request: Request) -> _Job:
    options = request.options if isinstance(request.options, ExtractOptions) else ExtractOptions()
    text = request.inputs.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadInputError("Extraction needs an input named 'text' with some text.")
    Text(text)
    if len(text) > MAX_TEXT:
        raise InputTooLargeError(f"The text has {len(text)} characters; at most {MAX_TEXT} are taken.")
    if options.json_schema is not None and options.kinds is not None:
        raise OptionError(
            "json_schema and kinds are given together.", hint="Kinds are of the built-in schema."
        )
    language = languages.resolve(request.language, [text], "Facts are extracted")
    schema = None if options.json_schema is None else JsonConstraint.of(options.json_schema).schema
    asked = options.kinds or KINDS
    return _Job(index, request, options, text, language, tuple(k for k in KINDS if k in asked), schema)


def _by_rules(job: _Job, ctx: CallContext) -> Record:
    entities = find_entities(job.text, ctx.check)
    if job.schema is None:
        return fill_entities(entities, job.text, job.kinds)
    return fill(job.text, job.schema, entities)


def _prompt(job: _Job, model: InstructModel) -> tuple[Structure, list[int]]:
    from aigc_text.generators.extract.prompts import extract_messages
    from aigc_text.generators.structured import structured

    shown = job.options.json_schema or entity_schema(job.kinds)
    structure = structured(("json_schema", JsonConstraint.of(shown)), model.engine)
    assert structure is not None
    prompt = model.template.encode(extract_messages(job.text, shown, job.language))
    room = model.engine.max_positions - job.options.max_new_tokens
    if len(prompt) > room:
        raise InputTooLargeError(
            f"The text and the schema take {len(prompt)} tokens; the model has room for {max(room, 0)} beside the answer.",
            hint="Shorten the text, lower max_new_tokens, or use method rules.",
        )
    return structure, prompt


def _grounded(job: _Job, said: Any, ctx: CallContext) -> Record:
    from aigc_text.generators.extract.grounding import Grounding, ground

    schema = job.schema or JsonConstraint.of(entity_schema(job.kinds)).schema
    grounding = Grounding(job.text, find_entities(job.text, ctx.check))
    return ground(said, schema, grounding, job.text, drop=job.options.ungrounded == "drop")


def _candidate(job: _Job, record: Record, *, logprob: float | None = None, tokens: int = 0) -> Candidate:
    return Candidate(
        Text(json.dumps(record.value, ensure_ascii=False), job.language),
        logprob=logprob,
        tokens=tokens,
        method=job.options.method,
        meta=record.meta(),
    )
