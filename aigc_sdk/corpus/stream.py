"""What an indexer makes of content: a row of hashed tokens and where each of them stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from aigc_sdk.content import Content

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime


@dataclass(frozen=True, slots=True)
class TokenStream:
    """Content as the corpus compares it.

    Attributes:
        tokens: Hash of every token, uint32 [n]. Equal tokens must have equal hashes.
        starts: Where each token starts in the original, uint32 [n], ascending; characters for text, else
            milliseconds or frames, as the indexer states.
        ends: Where each ends, exclusive, uint32 [n].
        weights: Share of the shortest run worth reporting that each token carries, float32 [n]: 1/12 where a
            run of twelve such tokens counts.
    """

    tokens: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def __post_init__(self) -> None:
        shapes = {self.tokens.shape, self.starts.shape, self.ends.shape, self.weights.shape}
        if len(shapes) != 1 or self.tokens.ndim != 1:
            raise ValueError(f"the arrays of a token stream must be rows of one length, got {shapes}")

    def __len__(self) -> int:
        return len(self.tokens)


class CorpusIndexer(Protocol):
    """Turns content of one kind into token streams; declared by ``aigc_corpus_indexers``."""

    def load(self, runtime: Runtime | None) -> None:
        """Open what it needs. Idempotent."""

    def close(self) -> None:
        """Free everything."""

    def index(self, item: Content, check: Callable[[], None] | None = None) -> TokenStream:
        """The item's tokens; ``check`` is called now and then, and what it raises ends the work."""
