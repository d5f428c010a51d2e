"""``text/fluency``: how likely a language model finds the text (mean negative log-likelihood a token)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ModelNotFoundError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import language_of, text_of

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.tokenizer import Tokenizer

_IMPLEMENTATION = "aigc_text.fluency/1"

#: Which bundle judges which language. There is none for Chinese: an English model's numbers would mean nothing.
DEFAULT_BUNDLES = {"en": "smollm2-135m-instruct"}


class Fluency:
    """Scores ``nll``: nats a token under a decoder bundle, lower is better; numbers of different models don't compare.

    Args:
        bundles: Bundle id by language; `DEFAULT_BUNDLES` by default. A host that has a Chinese decoder makes the
            evaluator with ``{"zh": its id}``.
    """

    def __init__(self, bundles: dict[str, str] | None = None) -> None:
        self._bundles = dict(DEFAULT_BUNDLES if bundles is None else bundles)
        self._runtime: Runtime | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime; the model is opened by the first sample in its language."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget the runtime, which closes the sessions."""
        self._runtime = None

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """One score a sample; invalid, with the reason, where no model is there for its language."""
        rows: list[Sequence[Score] | Err | None] = [None] * len(samples)
        by_bundle: dict[str, list[int]] = {}
        for index, sample in enumerate(samples):
            try:
                ctx.check()
                text, language = text_of(sample), language_of(sample)
            except AigcError as error:
                rows[index] = Err(error)
                continue
            bundle = self._bundles.get(language)
            if bundle is None:
                rows[index] = [_invalid(f"No model for the language {language!r} is configured.")]
            elif not text.strip():
                rows[index] = [_invalid("The text is blank.")]
            else:
                by_bundle.setdefault(bundle, []).append(index)
        for bundle, indices in by_bundle.items():
            made = self._score(bundle, [text_of(samples[i]) for i in indices], ctx)
            for index, row in zip(indices, made, strict=True):
                rows[index] = row
        return [row if row is not None else [_invalid("Not scored.")] for row in rows]

    def _score(self, bundle: str, texts: list[str], ctx: CallContext) -> list[Sequence[Score] | Err]:
        if self._runtime is None:
            return [[_invalid("The evaluator is not loaded.")]] * len(texts)
        try:
            engine = self._runtime.decoder(bundle)
            tokenizer = self._runtime.tokenizer(bundle)
        except ModelNotFoundError as error:
            return [[_invalid(str(error))]] * len(texts)
        # Documents begin after a special token; without one the first word would have no past.
        start = _document_start(tokenizer)
        ids = [([] if start is None else [start]) + tokenizer.encode(text) for text in texts]
        scorable = [index for index, row in enumerate(ids) if len(row) >= 2]
        rows: list[Sequence[Score] | Err] = [[_invalid("The text is shorter than two tokens.")]] * len(texts)
        found = engine.likelihoods([ids[index] for index in scorable], ctx=ctx)
        for index, row in zip(scorable, found, strict=True):
            if isinstance(row, Err):
                rows[index] = row
                continue
            rows[index] = [
                Score(
                    metric="nll",
                    value=row.nll,
                    unit="nats/token",
                    direction="lower",
                    # From near-certain to uniform over the vocabulary.
                    range=(0.0, math.log(engine.shape.vocab_size)),
                    implementation=_IMPLEMENTATION,
                    explanation=(
                        f"{row.tokens} tokens under {bundle}: {row.nll:.2f} nats a token, perplexity "
                        f"{math.exp(min(row.nll, 50.0)):.0f}."
                    ),
                    details={"tokens": row.tokens, "bundle": bundle, "digest": engine.bundle.digest},
                )
            ]
        return rows


def _document_start(tokenizer: Tokenizer) -> int | None:
    """The token that precedes a document: bos where plain prompts take it, else the end-of-text token.

    Chat models often declare a turn marker as bos, after which no plain text ever came.
    """
    if tokenizer.add_bos:
        return tokenizer.bos
    named = [
        token for token in tokenizer.eos if tokenizer.token(token) in ("<|endoftext|>", "<|end_of_text|>")
    ]
    return named[0] if named else tokenizer.bos


def _invalid(reason: str) -> Score:
    return Score.invalid("nll", reason, unit="nats/token", direction="lower", implementation=_IMPLEMENTATION)
