"""Texts as a fine-tuned encoder is trained on them: token ids, labels, weights, and batches of like length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MAX_TOKENS = 96
PREFIX = "query: "
"""What the base was pretrained with before texts that are compared with their like (arXiv:2402.05672)."""

BOS, EOS = 0, 2
"""Ids that begin and end a text in the base's vocabulary, pruned or not."""

Encode = Callable[[list[str]], list[list[int]]]


@dataclass(frozen=True)
class EncodedRows:
    """Training texts as token ids, with what is known of them.

    Attributes:
        tokens: Ids of each text, begin and end included, at most `MAX_TOKENS` or what the base has positions for.
        labels: [rows, outputs]: 1, 0, or -1 where it is unknown; or [rows, 1]: the number of the one output that is meant.
        weights: float32, of the shape of ``labels``: of each in the loss, 0 where it is unknown.
        held: bool [rows]: kept out of training.
    """

    tokens: list[list[int]]
    labels: npt.NDArray[np.signedinteger[Any]]
    weights: npt.NDArray[np.float32]
    held: npt.NDArray[np.bool_]

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """Tokens of each row."""
        return np.array([len(ids) for ids in self.tokens], dtype=np.int64)


def cut_tokens(
    texts: Sequence[str], encode: Encode, bos: int, eos: int, longest: int = MAX_TOKENS
) -> list[list[int]]:
    """Token ids of each text with the prefix before it, begin and end included.

    Args:
        texts: Any texts.
        encode: Texts to token ids, without begin and end.
        bos: Id that begins a text.
        eos: Id that ends it.
        longest: Most tokens of a text, both included; what is beyond is not read.
    """
    return [[bos, *ids[: longest - 2], eos] for ids in encode([PREFIX + text for text in texts])]


def batches(
    lengths: npt.NDArray[np.int64], size: int, rng: np.random.Generator | None
) -> Iterable[npt.NDArray[np.int64]]:
    """Indices of batches whose rows have like length; in random order where ``rng`` is given."""
    noise = rng.random(len(lengths)) if rng is not None else np.zeros(len(lengths))
    order = np.lexsort((noise, lengths))
    starts = np.arange(0, len(order), size)
    if rng is not None:
        rng.shuffle(starts)
    return [order[start : start + size] for start in starts]
