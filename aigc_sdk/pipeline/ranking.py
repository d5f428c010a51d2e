"""Scoring candidates and putting the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import AigcError, ContractError
from aigc_sdk.language import effective_language
from aigc_sdk.pipeline.isolation import Isolation, checked_rows
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.screened_rows import NO_LANGUAGE
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.spec import EvaluatorSpec
from aigc_sdk.verdict import Err


@dataclass(slots=True)
class Scored:
    """Scores of one sample, and the evaluators that failed on it."""

    scores: list[Score] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rank_score(self) -> float:
        """Mean utility of the valid, directed, bounded scores; 0 where there are none."""
        known = [u for u in (s.utility for s in self.scores) if u is not None]
        return sum(known) / len(known) if known else 0.0


class Scorer:
    """Runs evaluators. One that fails costs its scores, never the call."""

    def __init__(self, registry: Registry, pool: ComponentPool, isolation: Isolation) -> None:
        self._registry = registry
        self._pool = pool
        self._isolation = isolation

    def defaults(self, ids: Sequence[str]) -> list[EvaluatorSpec]:
        """The specs of those default evaluators that are installed."""
        return [self._registry.evaluators[i] for i in ids if i in self._registry.evaluators]

    def score(
        self,
        samples: Sequence[Sample],
        specs: Sequence[EvaluatorSpec],
        *,
        ctx: CallContext,
        invited: bool = True,
    ) -> list[Scored]:
        """Scores of every sample from every evaluator that takes its kind of content.

        Args:
            samples: What is scored.
            specs: Who scores.
            ctx: The call's context.
            invited: Somebody named the evaluators; else one stands aside for languages that it does not serve.
        """
        out = [Scored() for _ in samples]
        for spec in specs:
            chosen = [
                i
                for i, s in enumerate(samples)
                if s.content.kind in spec.inputs and (invited or _serves(spec, s.content))
            ]
            if not chosen:
                continue
            batch = [samples[i] for i in chosen]
            for i, answer in zip(chosen, self._ask(spec, batch, ctx), strict=True):
                if isinstance(answer, Err):
                    out[i].errors.append(f"{spec.id}: {answer.error}")
                else:
                    out[i].scores.extend(answer)
        return out

    def _ask(self, spec: EvaluatorSpec, batch: list[Sample], ctx: CallContext) -> Sequence[list[Score] | Err]:
        try:
            component = self._pool.evaluator(self._registry.evaluator(spec.id), ctx)
            raw = self._isolation.call(spec.id, lambda: component.evaluate(batch, ctx=ctx), ctx)
            rows = checked_rows(spec.id, raw, len(batch), (list, tuple))
        except AigcError as error:
            return [Err(error)] * len(batch)
        return [_checked_scores(spec.id, row) for row in rows]


def _serves(spec: EvaluatorSpec, content: Content) -> bool:
    if not spec.languages or not isinstance(content, Text):
        return True
    return effective_language(content.text, content.language) in (*spec.languages, NO_LANGUAGE)


def _checked_scores(name: str, row: list[Score] | Err) -> list[Score] | Err:
    if isinstance(row, Err):
        return row
    if not all(isinstance(score, Score) for score in row):
        return Err(ContractError(f"{name} returned something other than scores."))
    return list(row)


def order(scored: Mapping[int, Scored]) -> list[int]:
    """Keys of ``scored``, best first; ties keep the generator's own order."""
    return sorted(scored, key=lambda i: (-round(scored[i].rank_score, 9), i))
