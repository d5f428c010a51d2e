"""Copy from the learned writer: a small decoder trained on one domain of attributes (`aigc_text.learned`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigc_sdk.content import Candidate, Text
from aigc_sdk.errors import AigcError, BadInputError, BundleError, ModelNotFoundError
from aigc_text.facts.inputs import Brief, Fact
from aigc_text.facts.report import FactReport, Stated

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.copy.job import Job
    from aigc_text.learned.domain import Domain

_SHIPPED = Path(__file__).resolve().parents[2] / "bundles" / "copy-e2e-en"
# What the domain's patterns answer for: a number that they read as a rating is no invention.
_READ_BY_DOMAIN = frozenset({"number", "price", "measure", "contradiction", "name"})


def plain_facts(brief: Brief) -> dict[str, Any]:
    """The brief's facts as the flat map the domain reads; steering left out."""
    return {fact.key: _plain(fact) for fact in brief.facts}


def _plain(fact: Fact) -> Any:
    if fact.boolean is not None:
        return "yes" if fact.boolean else "no"
    return fact.values[0] if len(fact.values) == 1 else list(fact.values)


@lru_cache(maxsize=8)
def _domain(folder: str) -> Domain:
    from aigc_text.learned.domain import Domain

    return Domain.from_folder(Path(folder))


def serves(runtime: Runtime, bundle_id: str, brief: Brief) -> bool:
    """True where the bundle is on this machine and the facts are all of its domain."""
    try:
        bundle = runtime.bundle(bundle_id)
        return _domain(str(bundle.folder)).fits(plain_facts(brief)) is not None
    except (ModelNotFoundError, BundleError):
        # A damaged bundle is an error only for those who insist on it.
        return False


def write(runtime: Runtime, bundle_id: str, jobs: Sequence[Job], ctx: CallContext) -> None:
    """Write candidates for all jobs in one batch. They are faithful by the domain's own check.

    Raises:
        ModelNotFoundError: The bundle is not on this machine.
        BundleError: It is no bundle of learned copy.
    """
    from aigc_text.learned.candidates import generate

    domain = _domain(str(runtime.bundle(bundle_id).folder))
    fitting: list[Job] = []
    facts: list[dict[str, str]] = []
    for job in jobs:
        try:
            if job.language != domain.schema.language:
                raise BadInputError(
                    f"The learned writer {bundle_id!r} writes {domain.schema.language!r}, not {job.language!r}.",
                    hint="Use method 'template'.",
                )
            facts.append(domain.facts(plain_facts(job.brief)))
            fitting.append(job)
        except AigcError as error:
            job.error = error
    if not fitting:
        return
    engine = runtime.decoder(bundle_id)
    # Rows that ask for the same run together; whoever else is in the batch must not change a row's draws.
    groups: dict[tuple[int, float | None], list[int]] = {}
    for index, job in enumerate(fitting):
        groups.setdefault((job.wanted, job.options.temperature), []).append(index)
    for (wanted, temperature), members in groups.items():
        rows = generate(
            domain,
            engine,
            [facts[index] for index in members],
            wanted,
            ctx=ctx,
            request_ids=[
                f"{fitting[index].request.id}/{fitting[index].request.attempt}" for index in members
            ],
            temperature=temperature,
        )
        for index, row in zip(members, rows, strict=True):
            job = fitting[index]
            job.bundle = engine.bundle.digest
            job.candidates = [
                Candidate(
                    Text(candidate.text, job.language),
                    method="learned",
                    meta={"mean_logprob": round(candidate.logprob, 4)},
                )
                for candidate in row
            ]


def _slot_name(domain: Domain, fact: Fact) -> str | None:
    """The slot behind a fact: the one whose value the domain reads from this fact alone."""
    key = re.sub(r"[\W_]+", "", fact.key.lower())
    for slot in domain.schema.slots:
        if key in {re.sub(r"[\W_]+", "", name.lower()) for name in (slot.name, *slot.synonyms)}:
            return slot.name
    return None


def accept_paraphrases(report: FactReport, text: str, brief: Brief) -> FactReport:
    """Read the text once more with the shipped domain's patterns, which know paraphrases ("kid friendly").

    They can only clear a text of what the general checker held against it. Briefs outside the domain are
    returned as they were.
    """
    if not (_SHIPPED / "schema.json").is_file():
        return report
    domain = _domain(str(_SHIPPED))
    given = plain_facts(brief)
    facts = domain.fits(given)
    if facts is None:
        return report
    missing, invented = domain.check(text, facts)
    lacking = {fact.slot for fact in missing}
    still, found = [], []
    for entry in report.missing:
        slot = _slot_name(domain, entry.fact)
        if slot is None or slot in lacking:
            still.append(entry)
        else:
            found.append(Stated(entry.fact, entry.value, 0, len(text)))
    if missing or invented:
        return replace(report, stated=(*report.stated, *found), missing=tuple(still))
    kept = tuple(entry for entry in report.invented if entry.kind not in _READ_BY_DOMAIN)
    return replace(report, stated=(*report.stated, *found), missing=tuple(still), invented=kept)
