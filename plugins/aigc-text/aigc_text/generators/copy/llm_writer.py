"""Copy from an instruct model: a prompt with the facts, and cleaning of what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aigc_sdk.content import Candidate, Text
from aigc_sdk.errors import BadInputError
from aigc_sdk.verdict import Err
from aigc_text.generators.copy.grounding import Grounding
from aigc_text.generators.copy.llm_prompts import copy_messages, opener_messages
from aigc_text.generators.copy.pieces import sentence_spans
from aigc_text.generators.copy.repair import ground
from aigc_text.generators.instruct import open_instruct

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.sampling import SamplingParams
    from aigc_text.generators.copy.job import Job
    from aigc_text.generators.copy.options import CopyOptions

_TEMPERATURE = 0.4
_OPENER_TEMPERATURE = 0.6
_OPENER_TOKENS = 40
_OPENER_DRAFTS = 6
_LONGEST_OPENER = 200
_SMALL = 1_000_000_000
_PREAMBLE = re.compile(
    r"^\s*(?:(?:sure|certainly|of course|okay|here(?:'s| is| are))\b[^\n:]{0,120}[:!]\s*\n*|(?:好的|当然|以下是)[^\n：:]{0,60}[：:。！]\s*\n*)",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"\*\*|__|^#{1,6} +|^> +|`", re.MULTILINE)
_LABEL = re.compile(r"^(?:copy|text|ad(?: copy)?|headline|文案|正文)\s*[:：]\s*", re.IGNORECASE)
# Small models like to recite the prompt after their text.
_RECITED = re.compile(r"(?:\n[^\n]*[:：])?\n+- [^\n]{1,40}[:：].*", re.DOTALL)
_PLACEHOLDER = re.compile(
    r"[^\n.!?。！？]*(?:\[[A-Za-z][^\]\n]{0,40}\]|<[A-Za-z][^>\n]{0,40}>)[^\n.!?。！？]*[.!?。！？]?"
)


def sampling(options: CopyOptions, *, opener: bool = False) -> SamplingParams:
    """Sampling parameters for one candidate."""
    from aigc_sdk.runtime.sampling import SamplingParams

    return SamplingParams(
        max_new_tokens=min(options.max_new_tokens, _OPENER_TOKENS) if opener else options.max_new_tokens,
        temperature=(_OPENER_TEMPERATURE if opener else _TEMPERATURE)
        if options.temperature is None
        else options.temperature,
        top_p=options.top_p,
        repetition_penalty=1.1,
    )


def clean(text: str, *, finished: bool = True) -> str:
    """Strip preambles, Markdown, placeholders and quotes; drop the broken last sentence of a cut text."""
    text = _PREAMBLE.sub("", text.strip(), count=1)
    text = _MARKDOWN.sub("", text)
    text = _LABEL.sub("", text.strip())
    text = _PLACEHOLDER.sub("", _RECITED.sub("", text))
    if not finished:
        end = max(text.rfind(mark) for mark in ".!?。！？\n")
        if end > 0:
            text = text[: end + 1]
    text = text.strip()
    for left, right in (('"', '"'), ("“", "”"), ("「", "」")):
        if (
            text.startswith(left)
            and text.endswith(right)
            and text.count(left) <= 2
            and text.count(right) <= 2
        ):
            text = text[1:-1].strip()
    return re.sub(r"\n{3,}", "\n\n", _without_repeats(text))


def _without_repeats(text: str) -> str:
    """Drop sentences that were said before: small models get stuck in loops."""
    seen: set[str] = set()
    kept = []
    for start, end in sentence_spans(text):
        key = re.sub(r"\W+", "", text[start:end]).lower()
        if key and key in seen:
            continue
        seen.add(key)
        kept.append(text[start:end])
    return "".join(kept).strip()


def _is_small(engine: Any) -> bool:
    """True for decoders of under a billion weights, by their dimensions; False where these are not told."""
    shape = getattr(engine.bundle.manifest, "decoder", None)
    if shape is None:
        return False
    # Attention and gated MLP hold about twelve squared widths a layer; the rest is the vocabulary.
    return bool(12 * shape.layers * shape.hidden**2 + shape.vocab_size * shape.hidden < _SMALL)


def write(runtime: Runtime, bundle_id: str, jobs: Sequence[Job], ctx: CallContext) -> None:
    """Write all candidates of all jobs in one batch and settle them.

    Small models write openers, and more of them than are wanted, since most are no use.

    Raises:
        ModelNotFoundError: The bundle is not on this machine.
        BundleError: It is no instruct decoder.
    """
    model = open_instruct(runtime, bundle_id)
    engine = model.engine
    small = _is_small(engine)
    prompts: list[list[int]] = []
    params: list[SamplingParams] = []
    names: list[str] = []
    owners: list[Job] = []
    for job in jobs:
        strict = job.options.grounding == "strict"
        openers = small and strict
        if strict:
            job.grounding = Grounding(job.brief, job.language, job.writer.blocks, job.checker)
        messages = opener_messages if openers else copy_messages
        prompt = model.template.encode(messages(job.brief, job.profile, job.language))
        for number in range(job.wanted * (_OPENER_DRAFTS if openers else 1)):
            prompts.append(prompt)
            params.append(sampling(job.options, opener=openers))
            names.append(f"{job.request.id}/{job.request.attempt}/{number}")
            owners.append(job)
    rows = engine.generate(prompts, params, ctx=ctx, request_ids=names)
    for job in jobs:
        drafts = []
        for owner, row in zip(owners, rows, strict=True):
            if owner is not job:
                continue
            if isinstance(row, Err):
                if isinstance(row.error, BadInputError):
                    raise row.error
                continue
            text = clean(engine.text(row), finished=row.finish_reason in ("stop", "stop_string"))
            if not any(c.isalnum() for c in text):
                continue
            drafts.append(
                Candidate(
                    Text(text.replace("\x00", ""), job.language),
                    logprob=row.logprob,
                    tokens=len(row.ids),
                    finish_reason=row.finish_reason,
                    method="llm",
                )
            )
        if small and job.grounding is not None:
            drafts = _around_openers(job, job.grounding, drafts, ctx)
        job.candidates = job.settle(drafts, ctx)
        job.bundle = engine.bundle.digest


def _around_openers(
    job: Job, grounding: Grounding, drafts: list[Candidate], ctx: CallContext
) -> list[Candidate]:
    """Texts by the building blocks around those openers that claim nothing; the cleanest openers first."""
    usable: dict[str, tuple[int, Candidate]] = {}
    for draft in drafts:
        assert isinstance(draft.content, Text)
        grounded = ground(draft.content.text, grounding, job.checker)
        if grounded is None or "\n" in grounded.text or len(grounded.text) > _LONGEST_OPENER:
            continue
        usable.setdefault(grounded.text, (len(grounded.repairs), draft))
    made = []
    for number, (opener, (_, draft)) in enumerate(sorted(usable.items(), key=lambda entry: entry[1][0])):
        rng = ctx.rng(job.request.id, "copy", job.request.attempt, "opener", number)
        stated = {id(fact) for fact, _, _ in job.checker.spans(opener) if len(fact.values) == 1}
        text = job.writer.write(rng, opener=opener, stated=stated)
        meta = {**draft.meta, "opener": opener}
        # The model gave its probability to the opener alone.
        made.append(replace(draft, content=Text(text, job.language), logprob=None, meta=meta))
    # Every sentence is grounded now; what follows checks facts only.
    job.grounding = None
    return made
