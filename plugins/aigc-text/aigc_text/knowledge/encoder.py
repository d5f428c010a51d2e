"""The sentence encoder that passages and questions are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime

DEFAULT_ENCODER: Final = "multilingual-e5-small"
"""Wang et al., "Multilingual E5 text embeddings", arXiv:2402.05672."""

Vectors = npt.NDArray[np.float32]


class Engine(Protocol):
    """What is needed of `aigc_sdk.runtime.encoder.EncoderEngine`."""

    dimensions: int

    def encode(self, texts: Sequence[str], prefix: str = ..., *, ctx: CallContext | None = ...) -> Vectors:
        """float32 [texts, dimensions], rows of length 1."""


@dataclass(frozen=True, slots=True)
class EncoderRef:
    """Which encoder made an index's vectors: those of another cannot be compared with them."""

    bundle: str
    digest: str
    dimensions: int

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"bundle": self.bundle, "digest": self.digest, "dimensions": self.dimensions}


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder at hand."""

    ref: EncoderRef
    engine: Engine

    def passages(self, texts: Sequence[str], ctx: CallContext | None = None) -> Vectors:
        """Vectors of what is searched, float32 [texts, dimensions]."""
        return self.engine.encode(texts, "passage: ", ctx=ctx)

    def questions(self, texts: Sequence[str], ctx: CallContext | None = None) -> Vectors:
        """Vectors of what is asked, float32 [texts, dimensions]."""
        return self.engine.encode(texts, "query: ", ctx=ctx)


def open_encoder(runtime: Runtime, bundle: str = DEFAULT_ENCODER) -> Encoder:
    """The encoder of a bundle.

    Raises:
        ModelNotFoundError: It is not on this machine.
        BundleError: It is damaged, or no encoder.
    """
    engine = runtime.encoder(bundle)
    return Encoder(EncoderRef(bundle, runtime.bundle(bundle).digest, engine.dimensions), engine)
