"""Output held to a structure, as generators on instruct decoders offer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from aigc_sdk.errors import OptionError
from aigc_sdk.runtime.constrained_output import (
    ChoiceConstraint,
    JsonConstraint,
    OutputConstraint,
    RegexConstraint,
)

if TYPE_CHECKING:
    from aigc_sdk.runtime.constrained import CompiledConstraint
    from aigc_sdk.runtime.decode import DecoderEngine
    from aigc_sdk.runtime.sampling import SamplingParams

Kind = Literal["json_schema", "regex", "choices"]


@dataclass(frozen=True, slots=True)
class Structure:
    """A constraint made ready for one model."""

    kind: Kind
    compiled: CompiledConstraint

    def params(self, params: SamplingParams, prompt_tokens: int) -> SamplingParams:
        """The parameters of one row; each row needs its own."""
        processors = (*params.logits_processors, self.compiled.processor(prompt_tokens))
        return replace(params, logits_processors=processors)

    def meta(self, text: str, finish_reason: str) -> dict[str, Any]:
        """What a candidate records: the kind, and of JSON the value as ``json``.

        Raises:
            IncompleteOutputError: The text was cut off.
            OutputError: It is not of the structure.
        """
        value = self.compiled.read(text, finish_reason)
        return {"structure": self.kind, **({"json": value} if self.kind == "json_schema" else {})}


def chosen_constraint(
    json_schema: dict[str, Any] | None, regex: str | None, choices: Sequence[str] | None
) -> tuple[Kind, OutputConstraint] | None:
    """The constraint that a request's options ask for, or None.

    Raises:
        OptionError: More than one is given, or the one given cannot be used.
    """
    given: list[tuple[Kind, Any, Any]] = [
        ("json_schema", json_schema, JsonConstraint.of),
        ("regex", regex, RegexConstraint.of),
        ("choices", choices, ChoiceConstraint.of),
    ]
    asked = [(kind, value, make) for kind, value, make in given if value is not None]
    if len(asked) > 1:
        names = " and ".join(kind for kind, _, _ in asked)
        raise OptionError(f"{names} are given together.", hint="Give one of json_schema, regex and choices.")
    return (asked[0][0], asked[0][2](asked[0][1])) if asked else None


def structured(asked: tuple[Kind, OutputConstraint] | None, engine: DecoderEngine) -> Structure | None:
    """The constraint made ready for a model.

    Raises:
        MissingDependencyError: ``llguidance`` is not installed.
        BundleError: The model's tokenizer is of a kind that cannot be constrained.
        OptionError: The constraint is too complex, or no text satisfies it.
    """
    if asked is None:
        return None
    from aigc_sdk.runtime.constrained import compile_constraint

    kind, constraint = asked
    return Structure(kind, compile_constraint(constraint, engine.tokenizer, engine.shape.vocab_size))
