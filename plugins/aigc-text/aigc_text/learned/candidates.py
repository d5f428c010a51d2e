"""Draw candidates from the decoder, keep the faithful ones, rank them by likelihood.

A candidate that drops or invents a fact is dropped; where too few are left, more are drawn. The rest are
ranked by their log-probability a token, which many references in the data agree with best: on the E2E dev set
it beats both the greedy text and a minimum-Bayes-risk choice among the same draws.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err
from aigc_text.learned.slots import check_template

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.decode import DecoderEngine
    from aigc_text.learned.domain import Domain

TEMPERATURE = 0.7
_RUN_ON = re.compile(r"[a-z0-9] (?:It|Its|They|Their|There|This|These|You) ")
"""A pronoun that begins a sentence right behind a word: names are placeholders in templates, so it is no name."""

#: Drawn for each request in a round, beside the greedy text; more where more candidates are asked for.
SAMPLES = 16
ROUNDS = 4
LONGEST = 100


@dataclass(frozen=True)
class Candidate:
    """A faithful text.

    Attributes:
        text: the text with all values in place.
        template: the same with placeholders.
        logprob: mean natural-log probability a token under the model.
    """

    text: str
    template: str
    logprob: float


@dataclass
class _Pool:
    """What was drawn for one request: faithful templates with their mean log-probability, and the others."""

    logprob: dict[str, float] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def generate(
    domain: Domain,
    engine: DecoderEngine,
    facts: Sequence[Mapping[str, str]],
    count: int,
    *,
    ctx: CallContext,
    request_ids: Sequence[str],
    temperature: float | None = None,
    samples: int = SAMPLES,
) -> list[list[Candidate]]:
    """Faithful candidates for each request, best first.

    Args:
        domain: the bundle's domain.
        engine: its decoder.
        facts: facts of each request, from :meth:`Domain.facts`.
        count: how many candidates to return at most for each.
        ctx: deadline, cancellation and seed.
        request_ids: one for each of `facts`; with the seed they fix the draws.
        temperature: of the samples; None takes :data:`TEMPERATURE`.
        samples: drawn for each request in each round, at least.

    Returns:
        For each request at most `count` distinct candidates; fewer, or none, where the model gave no more
        faithful ones in the rounds there are (or the call was cancelled).

    Raises:
        AigcError: the decoder failed on a row.
    """
    tokenizer = engine.tokenizer
    prompts = [domain.prompt_ids(row, tokenizer) for row in facts]
    pools = [_Pool() for _ in facts]
    draw = max(samples, 2 * count)
    heat = TEMPERATURE if temperature is None else temperature
    for turn in range(ROUNDS):
        wanting = [index for index, pool in enumerate(pools) if turn == 0 or len(pool.logprob) < count]
        if not wanting or (turn and ctx.stopped):
            break
        jobs = [(index, number) for index in wanting for number in range(draw + (turn == 0))]
        greedy = SamplingParams(max_new_tokens=LONGEST)
        # Later rounds look further afield.
        warm = SamplingParams(max_new_tokens=LONGEST, temperature=heat * (1 + 0.2 * turn), top_p=0.95)
        results = engine.generate(
            [prompts[index] for index, _ in jobs],
            [greedy if turn == 0 and number == 0 else warm for _, number in jobs],
            ctx=ctx,
            request_ids=[f"{request_ids[index]}/{turn}.{number}" for index, number in jobs],
        )
        for (index, _), result in zip(jobs, results, strict=True):
            if isinstance(result, Err):
                raise result.error
            if result.finish_reason == "stop":
                mean = result.logprob / (len(result.ids) + 1)
                _add(domain, pools[index], facts[index], tokenizer.decode(result.ids), mean)
    return [_ranked(domain, pool, row)[:count] for pool, row in zip(pools, facts, strict=True)]


def _add(domain: Domain, pool: _Pool, facts: Mapping[str, str], template: str, logprob: float) -> None:
    if template in pool.refused or template in pool.logprob:
        return
    if well_formed(domain, template) and faithful(domain, template, facts):
        pool.logprob[template] = logprob
    else:
        pool.refused.add(template)


def well_formed(domain: Domain, template: str) -> bool:
    """Whether sentences are told apart: training texts that lack a full stop teach the model to lack it too."""
    return domain.schema.language != "en" or _RUN_ON.search(template) is None


def faithful(domain: Domain, template: str, facts: Mapping[str, str]) -> bool:
    """Whether a template states exactly `facts`, and each copied value once (the required one at most twice)."""
    for slot in domain.schema.open_slots:
        if template.count(slot.placeholder) > (2 if slot.required else 1):
            return False
    missing, invented = check_template(template, facts, domain.schema)
    return not missing and not invented


def _ranked(domain: Domain, pool: _Pool, facts: Mapping[str, str]) -> list[Candidate]:
    candidates = [
        Candidate(domain.realise(template, facts), template, logprob)
        for template, logprob in pool.logprob.items()
    ]
    return sorted(candidates, key=lambda candidate: (-candidate.logprob, candidate.text))
