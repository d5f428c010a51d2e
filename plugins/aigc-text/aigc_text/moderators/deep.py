"""The deep classifier: a fine-tuned multilingual encoder, shared by the moderators that ask it.

It reads the whole of a text, in windows of tokens fixed by position, and the highest score of each head counts. What
it said of the last few hundred texts is remembered, so that several moderators that look at the same text, or a text
that is screened again after a repair, run the network once.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_sdk.errors import BundleError, ComponentError, ModelNotFoundError
from aigc_text.encoder_windows import token_windows
from aigc_text.moderators.normalise import classifier_text

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.session import Session

BUNDLE = "moderation-deep"
PREFIX = "query: "
_REMEMBERED = 512

Logits = npt.NDArray[np.float32]


def deep_classifier(runtime: Runtime) -> DeepClassifier | None:
    """The classifier of the pulled bundle ``moderation-deep``; None where it is not on this machine.

    Raises:
        BundleError: If the bundle is there but damaged, or no such classifier.
    """
    try:
        bundle = runtime.bundle(BUNDLE)
    except ModelNotFoundError:
        return None
    return DeepClassifier(bundle, runtime)


class _Memory:
    """Logits of the texts read last, the oldest forgotten first. Thread-safe; keys are hashes, not texts."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._rows: OrderedDict[bytes, Logits] = OrderedDict()

    def get(self, key: bytes) -> Logits | None:
        with self._lock:
            if (row := self._rows.get(key)) is not None:
                self._rows.move_to_end(key)
            return row

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()

    def put(self, key: bytes, row: Logits) -> None:
        with self._lock:
            self._rows[key] = row
            while len(self._rows) > self._size:
                self._rows.popitem(last=False)


# One memory a session: views of one runtime share their sessions, and with them what was said.
_MEMORIES: WeakKeyDictionary[Session, _Memory] = WeakKeyDictionary()
_LOCK = threading.Lock()


def forget() -> None:
    """Drop what the network said of earlier texts; for measurements."""
    with _LOCK:
        for memory in _MEMORIES.values():
            memory.clear()


class DeepClassifier:
    """Texts to calibrated probabilities of each head. Thread-safe.

    Args:
        bundle: ``moderation-deep``.
        runtime: Whose session and tokenizer are used.

    Attributes:
        heads: Names of the outputs.
        digest: Of the bundle.
        thresholds: ``[language][head]``: probability from which a text counts as found.
        aside_thresholds: The same for a passage in a text's other language that is read on its own.
        calibration: ``[language][head]`` as in the bundle, operating curves included.

    Raises:
        BundleError: If the bundle's manifest describes no such classifier.
    """

    def __init__(self, bundle: Bundle, runtime: Runtime) -> None:
        manifest = bundle.manifest
        try:
            self.heads: tuple[str, ...] = tuple(manifest.extra["labels"])
            # Tokens a window has besides begin and end: as many as texts had in training.
            self._window, self._stride = int(manifest.extra["window"]), int(manifest.extra["stride"])
            self.calibration: Mapping[str, Mapping[str, Any]] = manifest.calibration
            self._scales = {
                language: (
                    np.array([heads[h]["slope"] for h in self.heads], dtype=np.float32),
                    np.array([heads[h]["offset"] for h in self.heads], dtype=np.float32),
                )
                for language, heads in manifest.calibration.items()
            }
            self.thresholds: Mapping[str, Mapping[str, float]] = {
                language: {head: float(heads[head]["threshold"]) for head in self.heads}
                for language, heads in manifest.calibration.items()
            }
            self.aside_thresholds: Mapping[str, Mapping[str, float]] = {
                language: {
                    head: float(heads[head].get("aside_threshold", heads[head]["threshold"]))
                    for head in self.heads
                }
                for language, heads in manifest.calibration.items()
            }
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(f"Bundle {bundle.id} describes no usable classifier: {error}") from error
        self.digest = bundle.digest
        self._session = runtime.session(bundle)
        self._tokenizer = runtime.tokenizer(bundle)
        bos, eos = self._tokenizer.bos, self._tokenizer.eos
        if bos is None or not eos:
            raise BundleError(f"The tokenizer of {bundle.id} names no bos or eos.")
        self._bos, self._eos = bos, eos[0]
        self._prefix = self._tokenizer.encode(PREFIX)
        with _LOCK:
            self._memory = _MEMORIES.setdefault(self._session, _Memory(_REMEMBERED))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it is calibrated for."""
        return tuple(self._scales)

    def probabilities(
        self, texts: Sequence[str], languages: Sequence[str], *, ctx: CallContext | None = None
    ) -> Logits:
        """Calibrated probabilities, float32 [texts, heads].

        Args:
            texts: Any texts, as they are; they are normalised here.
            languages: The language of each, one of `languages`.
            ctx: Its cancellation and deadline stop the call; ``deterministic`` reads anew what is remembered.

        Raises:
            KeyError: If it is not calibrated for a language.
            ComponentError: If the network's scores are no numbers.
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        logits = self.logits(texts, ctx=ctx)
        for row, language in enumerate(languages):
            slope, offset = self._scales[language]
            logits[row] = 1 / (1 + np.exp(-np.clip(slope * logits[row] + offset, -60, 60)))
        return logits

    def logits(self, texts: Sequence[str], *, ctx: CallContext | None = None) -> Logits:
        """What the network says, float32 [texts, heads]: the highest over a text's windows."""
        result = np.full((len(texts), len(self.heads)), -np.inf, dtype=np.float32)
        deterministic = ctx is not None and ctx.deterministic
        keys: list[bytes] = []
        windows: list[list[int]] = []
        owners: list[int] = []
        for index, text in enumerate(texts):
            prepared = classifier_text(text).strip()
            keys.append(hashlib.blake2b(prepared.encode("utf-8", "surrogatepass"), digest_size=16).digest())
            known = None if deterministic else self._memory.get(keys[-1])
            if known is not None:
                result[index] = known
                continue
            for window in self._windows(prepared):
                windows.append(window)
                owners.append(index)
        # One window a run: the graph's activations are rounded by one scale a run, so a text's score would otherwise
        # depend on its neighbours, and a verdict on how a stream was cut. Batches are no faster on a CPU either.
        for window, index in zip(windows, owners, strict=True):
            if ctx is not None:
                ctx.check()
            np.maximum(result[index], self._run(window, ctx), out=result[index])
        if not deterministic:
            for index in set(owners):
                self._memory.put(keys[index], result[index].copy())
        return result

    def _windows(self, prepared: str) -> list[list[int]]:
        return token_windows(
            self._tokenizer.encode(PREFIX + prepared),
            self._prefix,
            window=self._window,
            stride=self._stride,
            bos=self._bos,
            eos=self._eos,
        )

    def _run(self, window: list[int], ctx: CallContext | None) -> Logits:
        ids = np.array([window], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        logits = np.asarray(self._session.run(feeds, ["logits"], ctx=ctx)["logits"][0], dtype=np.float32)
        if not np.isfinite(logits).all():  # a comparison with NaN would read as harmless
            raise ComponentError(f"{BUNDLE} gave scores that are no numbers.")
        return logits
