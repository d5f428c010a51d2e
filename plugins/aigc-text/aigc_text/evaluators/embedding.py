"""Pairs of texts compared by a sentence encoder: what the evaluators of meaning share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ModelNotFoundError

if TYPE_CHECKING:
    from aigc_sdk.runtime.encoder import EncoderEngine
    from aigc_sdk.runtime.runtime import Runtime

BUNDLE: Final = "multilingual-e5-small"


class PairEncoder:
    """Cosines of text pairs. The encoder is opened by the first pair, so that loading an evaluator costs nothing.

    Args:
        bundle: Id of the encoder bundle.
    """

    def __init__(self, bundle: str = BUNDLE) -> None:
        self.bundle = bundle
        self._runtime: Runtime | None = None

    def load(self, runtime: Runtime) -> None:
        """Keep the runtime."""
        self._runtime = runtime

    def close(self) -> None:
        """Forget it."""
        self._runtime = None

    def cosines(self, pairs: Sequence[tuple[str, str]], ctx: CallContext) -> list[float] | AigcError:
        """Cosine of each pair, or why there is none: `ModelNotFoundError` where the encoder is not on this machine."""
        if self._runtime is None:
            return ModelNotFoundError("The evaluator is not loaded.")
        try:
            engine: EncoderEngine = self._runtime.encoder(self.bundle)
            # Candidates of one request share what they are compared with.
            distinct = list(dict.fromkeys(part for pair in pairs for part in pair))
            vectors = dict(zip(distinct, engine.encode(distinct, ctx=ctx), strict=True))
        except AigcError as error:
            return error
        return [float(vectors[one] @ vectors[other]) for one, other in pairs]

    def pull_hint(self, error: AigcError) -> str:
        """Why there is no score, and the command that helps."""
        return f"{error} Pull it once: aigc models pull {self.bundle}."
