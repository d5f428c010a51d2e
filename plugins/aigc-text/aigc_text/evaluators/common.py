"""What the text evaluators share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text import languages

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime


def text_of(sample: Sample) -> str:
    """The sample's text.

    Raises:
        BadInputError: It is no text.
    """
    if not isinstance(sample.content, Text):
        raise BadInputError(f"This evaluator scores text, got {sample.content.kind}.")
    return sample.content.text


def language_of(sample: Sample) -> str:
    """The sample's primary language tag: as stated by sample, text or request, else by its script."""
    stated = sample.language or (sample.content.language if isinstance(sample.content, Text) else None)
    if stated is None and sample.request is not None:
        stated = sample.request.language
    return languages.primary(stated) if stated else languages.detect([text_of(sample)])


def each(
    samples: Sequence[Sample], score: Callable[[Sample], list[Score]], ctx: CallContext
) -> list[Sequence[Score] | Err]:
    """Score samples one by one; what goes wrong with one stays with it."""
    rows: list[Sequence[Score] | Err] = []
    for sample in samples:
        try:
            ctx.check()
            rows.append(score(sample))
        except AigcError as error:
            rows.append(Err(error))
    return rows


class Stateless:
    """An evaluator that needs no model."""

    def load(self, runtime: Runtime) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""
