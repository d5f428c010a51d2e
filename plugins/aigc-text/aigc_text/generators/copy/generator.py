"""The generator behind ``text/copy``: reads the brief, chooses the writer, mends, returns distinct candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ComponentError, ModelNotFoundError, TemplateError
from aigc_sdk.request import Generation, Request
from aigc_sdk.verdict import Err
from aigc_text import languages
from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import read_brief
from aigc_text.generators.copy import template_writer
from aigc_text.generators.copy.builtin_writer import BuiltinWriter
from aigc_text.generators.copy.job import Job
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.copy.profile import read_profile
from aigc_text.templates.blocks import Blocks

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

_LEAST = 4
_LEAST_LLM = 2
_TRIES = 4


def blocks_of(language: str) -> Blocks:
    """The building blocks of a language, imported on demand."""
    if language == "zh":
        from aigc_text.templates import zh

        return zh.BLOCKS
    from aigc_text.templates import en

    return en.BLOCKS


class CopyGenerator:
    """Marketing copy in English and Chinese; see `CopyOptions` for the ways of writing."""

    def __init__(self) -> None:
        self._runtime: Runtime | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; models are opened by the first request that needs one."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        self._runtime = None

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation | Err]:
        """Write copy.

        Args:
            requests: ``inputs`` as `aigc_text.facts.inputs` describes; options `CopyOptions`.
            ctx: Seeds derive from it and the request's id.

        Returns:
            A `Generation` a row, or `Err`: `BadInputError` without a fact or with an unknown channel,
            `InputTooLargeError`, `UnsupportedLanguageError`, `TemplateError`, `ModelNotFoundError` where
            a missing model was insisted on, `ComponentError` where no candidate kept the facts.
        """
        rows: list[Generation | Err | None] = [None] * len(requests)
        jobs: list[Job] = []
        for index, request in enumerate(requests):
            try:
                ctx.check()
                jobs.append(self._job(index, request))
            except AigcError as error:
                rows[index] = Err(error)
        writers: dict[str, Callable[[list[Job], CallContext], None]] = {
            "learned": self._write_learned,
            "llm": self._write_llm,
        }
        for method, write in writers.items():
            chosen = [job for job in jobs if job.method == method]
            if chosen:
                try:
                    write(chosen, ctx)
                except AigcError as error:
                    for job in chosen:
                        rows[job.index] = Err(error)
        for job in jobs:
            if rows[job.index] is None:
                rows[job.index] = self._finish(job, ctx)
        return [row if row is not None else Err(ComponentError("No copy was written.")) for row in rows]

    # ---- planning ------------------------------------------------------------------------------

    def _job(self, index: int, request: Request) -> Job:
        options = request.options if isinstance(request.options, CopyOptions) else CopyOptions()
        # The language first: it is the shortest answer to a request that cannot be served at all.
        languages.resolve(request.language, ())
        brief = read_brief(request.inputs)
        language = languages.resolve(request.language, [v for f in brief.facts for v in (f.key, *f.values)])
        builtin = template_writer.is_builtin(options.template)
        if not builtin:
            assert options.template is not None
            template = template_writer.open_template(options.template, language)
            # What the caller's own template says is given, not invented.
            brief = replace(brief, extra=template.literals)
        profile = read_profile(brief, options.template if builtin else None)
        writer = BuiltinWriter(brief, profile, language, blocks_of(language))
        job = Job(
            index=index,
            request=request,
            options=options,
            brief=brief,
            profile=profile,
            language=language,
            wanted=options.candidates or max(request.n, _LEAST),
            writer=writer,
            checker=FactChecker(brief, language),
        )
        job.method = self._choose_method(job)
        if job.method == "llm" and options.candidates is None:
            job.wanted = max(request.n, _LEAST_LLM)
        return job

    def _choose_method(self, job: Job) -> str:
        options = job.options
        if options.method != "auto":
            return options.method
        if options.template is not None:
            return "template"
        if self._learned_fits(job):
            return "learned"
        return "llm" if options.prefer_llm else "template"

    def _learned_fits(self, job: Job) -> bool:
        """True where the learned writer serves the job and its bundle is here."""
        from aigc_text.generators.copy import learned_writer

        if job.language != "en" or self._runtime is None:
            return False
        # It writes a plain paragraph in one voice: steering is for the other writers.
        brief = job.brief
        if (
            job.profile.channel != "general"
            or brief.voice
            or brief.interests
            or brief.history
            or brief.instruction
        ):
            return False
        return learned_writer.serves(self._runtime, job.options.learned_bundle, brief)

    # ---- writing -------------------------------------------------------------------------------

    def _need_runtime(self) -> Any:
        if self._runtime is None:
            raise ComponentError("The generator is not loaded.", hint="Call load(runtime) first.")
        return self._runtime

    def _write_learned(self, jobs: list[Job], ctx: CallContext) -> None:
        from aigc_text.generators.copy import learned_writer

        runtime = self._need_runtime()
        for bundle_id in dict.fromkeys(job.options.learned_bundle for job in jobs):
            same = [job for job in jobs if job.options.learned_bundle == bundle_id]
            learned_writer.write(runtime, bundle_id, same, ctx)

    def _write_llm(self, jobs: list[Job], ctx: CallContext) -> None:
        from aigc_text.generators.copy import llm_writer

        runtime = self._need_runtime()
        for bundle_id in dict.fromkeys(job.options.llm_bundle for job in jobs):
            same = [job for job in jobs if job.options.llm_bundle == bundle_id]
            try:
                llm_writer.write(runtime, bundle_id, same, ctx)
            except ModelNotFoundError:
                insisting = [job for job in same if job.options.method == "llm"]
                if insisting:
                    raise
                for job in same:
                    job.method, job.notes = "template", (f"bundle {bundle_id} is not here: templates wrote",)

    def _finish(self, job: Job, ctx: CallContext) -> Generation | Err:
        if job.error is not None:
            return Err(job.error)
        try:
            if job.method != "template" and job.candidates:
                made = job.candidates[: job.wanted]
                if job.method == "llm" and job.options.repair and len(made) < job.request.n:
                    job.notes = (
                        "too few candidates of the method 'llm' kept to the facts: a template wrote this one",
                    )
                    made += self._write_templates(job, ctx).candidates[: job.request.n - len(made)]
                return Generation(tuple(made), bundle=job.bundle)
            if job.method != "template":
                if not job.options.repair:
                    raise ComponentError(
                        f"No candidate of the method {job.method!r} kept to the given facts.",
                        hint="Allow repair, ask for more candidates, or use method 'template'.",
                    )
                job.notes = (f"no candidate of the method {job.method!r} kept to the facts: templates wrote",)
            return self._write_templates(job, ctx)
        except AigcError as error:
            return Err(error)

    def _write_templates(self, job: Job, ctx: CallContext) -> Generation:
        """Distinct candidates from seeded draws; a few more draws than wanted, since doubles happen."""
        option = job.options.template
        own = None
        values: dict[str, Any] = {}
        if not template_writer.is_builtin(option):
            assert option is not None
            own = template_writer.open_template(option, job.language)
            values = template_writer.template_values(job.brief, job.profile, job.language)
        name = own.name if own is not None else f"built-in {job.profile.channel}"
        kept: list[Candidate] = []
        seen: set[str] = set()
        dropped = 0
        for draw in range(_TRIES * job.wanted):
            ctx.check()
            rng = ctx.rng(job.request.id, "copy", job.request.attempt, draw)
            text = job.writer.write(rng) if own is None else template_writer.write(own, values, rng, ctx)
            if not text.strip():
                raise TemplateError(f"Template {name} wrote nothing.")
            draft = Candidate(Text(text, job.language), method="template", meta={"template": name})
            settled = job.settle([draft], ctx)
            dropped += not settled
            for candidate in settled:
                assert isinstance(candidate.content, Text)
                if candidate.content.text not in seen:
                    seen.add(candidate.content.text)
                    kept.append(candidate)
            # A template without a choice in it writes one text only.
            if len(kept) == job.wanted or (draw >= 2 and len(kept) <= 1 and own is not None):
                break
        if not kept:
            raise ComponentError(
                f"Template {name} does not keep to the given facts ({dropped} candidates dropped).",
                hint="Write every fact, or allow repair.",
            )
        return Generation(tuple(kept))
