"""A generator's candidates: held to their contract, and as they may leave."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from aigc_sdk.content import Candidate, Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ContractError
from aigc_sdk.pipeline.requests import texts_in
from aigc_sdk.request import Generation
from aigc_sdk.spec import GeneratorSpec
from aigc_sdk.verdict import Decision, Verdict

CUT_SHORT = ("deadline", "cancelled")
"""How a generator says that it was stopped before its end (`Candidate.finish_reason`)."""

PLAIN_NAME = re.compile(r"[\w./:-]{0,48}", re.ASCII)


def deliverable(candidate: Candidate, verdict: Verdict) -> Candidate | None:
    """The candidate as it may leave: itself, its redacted form, or None."""
    if verdict.decision is Decision.ALLOW:
        return candidate
    if verdict.decision is Decision.REDACT and verdict.redacted is not None:
        language = candidate.content.language if isinstance(candidate.content, Text) else None
        # What is recorded beside the content may quote it as it was.
        return replace(without_prose(candidate), content=Text(verdict.redacted, language))
    return None


def without_prose(candidate: Candidate) -> Candidate:
    """The candidate with only the numbers, flags and plain names of its ``meta``."""
    meta = {
        name: value
        for name, value in candidate.meta.items()
        if value is None or isinstance(value, bool | int | float)
    }
    return replace(candidate, meta=meta)


def prose_of(meta: dict[str, Any]) -> str:
    """The texts in ``meta`` that are more than plain names, one a line."""
    try:
        found = [text for text in texts_in(meta) if not PLAIN_NAME.fullmatch(text)]
    except (RecursionError, TypeError):
        found = ["\N{REPLACEMENT CHARACTER}"]
    joined = "\n".join(found)
    # Not storable as it is: screened in a form no detector is fooled by, and refused with it.
    return re.sub("[\x00\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", joined)


def stopped_blank(answer: Generation, ctx: CallContext) -> AigcError | None:
    """Why nothing was written, where the call's end came before the first word.

    Blank content passes screening without a detector that would have noticed the time.
    """
    for candidate in answer.candidates:
        blank = isinstance(candidate.content, Text) and not candidate.content.text.strip()
        if not blank or candidate.finish_reason not in CUT_SHORT:
            return None
    try:
        ctx.check()
    except AigcError as error:
        return error
    return None


def contract_breach(spec: GeneratorSpec, answer: Generation) -> ContractError | None:
    """What is wrong with a row of candidates, without quoting any."""
    if not isinstance(answer.candidates, list | tuple):
        return ContractError(f"{spec.id} returned candidates as {type(answer.candidates).__name__}.")
    for candidate in answer.candidates:
        if not isinstance(candidate, Candidate):
            return ContractError(f"{spec.id} returned a {type(candidate).__name__} as a candidate.")
        if not isinstance(candidate.content, Content):
            return ContractError(f"{spec.id} returned a {type(candidate.content).__name__} as content.")
        if candidate.content.kind not in spec.outputs:
            return ContractError(f"{spec.id} made {candidate.content.kind}, which it does not declare.")
        if not isinstance(candidate.meta, dict):
            return ContractError(f"{spec.id} returned meta as {type(candidate.meta).__name__}.")
        for label in (candidate.method or "", candidate.finish_reason):
            if not isinstance(label, str) or not PLAIN_NAME.fullmatch(label):
                return ContractError(f"{spec.id} returned a method or finish_reason that is no plain name.")
    return None
