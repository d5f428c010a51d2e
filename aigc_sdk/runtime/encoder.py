"""Sentence vectors from an encoder bundle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BadInputError, BundleError, OptionError

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.session import Session
    from aigc_sdk.runtime.tokenizer import Tokenizer

_TOKENS_A_RUN = 4096
"""Padded tokens a run: bounds the memory of attention and feed-forward."""

_ROLES = {"query: ": "query", "passage: ": "passage"}
"""What E5's prefixes say of a text, for models that were trained with others or with none."""


class EncoderEngine:
    """Texts to vectors whose dot product is their similarity. Thread-safe: it holds no state between calls.

    A text longer than the model's positions is read in windows; its vector is the mean of theirs, weighted by
    their tokens and normalised again, so that nothing behind the limit goes unread.

    Args:
        bundle: A bundle with task ``encoder``.
        session: Its graph.
        tokenizer: Its tokenizer.

    Raises:
        BundleError: If it is no encoder, or its tokenizer lacks ``bos``, ``eos`` or ``pad``.
    """

    def __init__(self, bundle: Bundle, session: Session, tokenizer: Tokenizer) -> None:
        info = bundle.manifest.encoder
        if info is None:
            raise BundleError(f"Bundle {bundle.id} is no encoder.", hint="Name one whose task is 'encoder'.")
        missing = {"input_ids", "attention_mask"} - set(session.input_names)
        missing |= {"embedding"} - set(session.output_names)
        if missing:
            raise BundleError(f"The encoder {bundle.id} has no input or output {', '.join(sorted(missing))}.")
        bos, eos, pad = tokenizer.bos, tokenizer.eos, tokenizer.pad
        if bos is None or pad is None or not eos:
            raise BundleError(f"The tokenizer of the encoder {bundle.id} names no bos, eos or pad.")
        if tokenizer.vocab_size > info.vocab_size:
            raise BundleError(f"The tokenizer of the encoder {bundle.id} has more tokens than its embedding.")
        self.session, self.tokenizer = session, tokenizer
        self.dimensions, self.max_tokens = info.hidden, info.max_positions
        self._bos, self._eos, self._pad = bos, eos[0], pad
        prompts = bundle.manifest.extra.get("prompts", {})
        if not isinstance(prompts, dict) or not all(isinstance(text, str) for text in prompts.values()):
            raise BundleError(
                f"The prompts of the encoder {bundle.id} are no texts.", hint="Import it again."
            )
        self._prompts: dict[str, str] = prompts

    def encode(
        self,
        texts: Sequence[str],
        prefix: str = "query: ",
        *,
        batch: int = 32,
        ctx: CallContext | None = None,
    ) -> npt.NDArray[np.float32]:
        """Vectors of texts, in their order.

        Args:
            texts: Any texts; empty ones get the vector of the prefix alone.
            prefix: Put before each text: ``"query: "`` for symmetric comparisons and questions and ``"passage: "`` for
                what is searched, as E5 models were trained. Where the bundle's manifest names ``prompts`` for the two,
                as other models' do, these are put there instead.
            batch: Most texts a run; texts of like length run together.
            ctx: Its cancellation and deadline stop the call midway; ``deterministic`` runs each text alone.

        Returns:
            float32 [texts, dimensions], each row of length 1.

        Raises:
            BadInputError: If a text is no string, or holds a lone surrogate.
            OptionError: If ``batch`` is below 1.
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        if batch < 1:
            raise OptionError(f"batch must be at least 1, got {batch}.")
        if isinstance(texts, str):
            raise BadInputError("encode takes a sequence of texts, not one text.", hint="Put it in a list.")
        prefix = self._prompts.get(_ROLES.get(prefix, ""), prefix)
        windows: list[list[int]] = []
        owners: list[int] = []
        for row, text in enumerate(texts):
            if ctx is not None:
                ctx.check()
            cut = self._windows(text, prefix)
            windows += cut
            owners += [row] * len(cut)
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if ctx is not None and ctx.deterministic:
            batch = 1
        order = sorted(range(len(windows)), key=lambda index: len(windows[index]))
        while order:
            # From the longest down, so that memory is claimed once.
            longest = len(windows[order[-1]])
            count = max(1, min(batch, _TOKENS_A_RUN // longest, len(order)))
            picked, order = order[-count:], order[:-count]
            vectors = self._run([windows[index] for index in picked], ctx)
            for index, vector in zip(picked, vectors, strict=True):
                sums[owners[index]] += len(windows[index]) * vector
        norms = np.linalg.norm(sums, axis=-1, keepdims=True)
        return np.asarray(sums / np.maximum(norms, 1e-12), dtype=np.float32)

    def _windows(self, text: str, prefix: str) -> list[list[int]]:
        if not isinstance(text, str):
            raise BadInputError(f"A text to encode must be a string, not {type(text).__name__}.")
        ids = self.tokenizer.encode(prefix + text)
        room = self.max_tokens - 2
        return [
            [self._bos, *ids[start : start + room], self._eos] for start in range(0, max(1, len(ids)), room)
        ]

    def _run(self, rows: list[list[int]], ctx: CallContext | None) -> npt.NDArray[np.float32]:
        ids = np.full((len(rows), max(map(len, rows))), self._pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        for line, row in enumerate(rows):
            ids[line, : len(row)] = row
            mask[line, : len(row)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask}
        vectors = self.session.run(feeds, ["embedding"], ctx=ctx)["embedding"]
        return np.asarray(vectors, dtype=np.float32)
