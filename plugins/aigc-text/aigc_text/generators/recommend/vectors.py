"""Vectors of products, kept between calls: a catalogue is much the same from one profile to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_text.generators.recommend.ranking import Array
    from aigc_text.knowledge.encoder import Engine

MOST_KEPT: Final = 20_000
"""Products: two of the largest catalogues; about 40 MB with multilingual-e5-small."""

Key = tuple[str, bool, bytes]


class ProductVectors:
    """The last `MOST_KEPT` products that were encoded. Thread-safe."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Array] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, engine: Engine, digest: str, texts: Sequence[str], ctx: CallContext) -> Array:
        """float64 [texts, dimensions], rows of length 1.

        Args:
            engine: The encoder; it reads only the texts that are not kept.
            digest: Of its bundle.
            texts: Of products.
            ctx: Its ``deterministic`` reads each text alone, so such vectors are kept apart.

        Raises:
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        keys: list[Key] = [
            (digest, ctx.deterministic, blake2b(text.encode(), digest_size=16).digest()) for text in texts
        ]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing:
            made = engine.encode(list(missing.values()), "passage: ", ctx=ctx)
            found |= zip(missing, made, strict=True)
        with self._lock:
            for key in keys:
                self._kept[key] = found[key]
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return np.stack([found[key] for key in keys]).astype(np.float64)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
