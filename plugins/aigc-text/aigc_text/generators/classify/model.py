"""The classifier of a bundle: texts to labels with probabilities, or to none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_sdk.errors import BundleError, ComponentError, ModelNotFoundError
from aigc_text.encoder_windows import token_windows
from aigc_text.generators.classify.scores import SCOPE_SCORES, in_scope, log_softmax, scope_scores

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.runtime.runtime import Runtime

PREFIX: Final = "query: "
FORMAT: Final = 1
_ALIKE: Final = 0.99
"""Cosine that the encoder's vectors of the probe texts must have with those of training; kernels and devices differ by
less than a thousandth, another encoder by tenths."""

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a classifier says of one text.

    Attributes:
        labels: All labels, the likeliest first.
        probabilities: Theirs, calibrated.
        known: False where the text is out of scope.
        score: What decided that; higher is more in scope.
        threshold: Score below which texts are out of scope; None where it was not asked.
        reason: ``score``, ``outside`` where the output that learnt what is none of the labels won, or ``in_scope``.
    """

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    known: bool
    score: float
    threshold: float | None
    reason: str


class _Scorer(Protocol):
    def __call__(
        self, texts: Sequence[str], ctx: CallContext | None
    ) -> tuple[Logits, npt.NDArray[np.float32] | None]: ...


class TextClassifier:
    """Texts to labels. Thread-safe: it holds no state between calls.

    Args:
        bundle: As ``aigc train text/classify`` makes it.
        runtime: Whose sessions and tokenizer are used.

    Attributes:
        labels: What it tells apart, without the output that stands for none of them.
        scope_score: What decides whether a text is in scope.
        threshold: Chosen in training.
        temperature: Of the probabilities.
        digest: Of the bundle.

    Raises:
        BundleError: If the bundle describes no such classifier, or the encoder is not the one it was trained on.
        ModelNotFoundError: If it stands on an encoder that is not on this machine.
    """

    def __init__(self, bundle: Bundle, runtime: Runtime) -> None:
        manifest = bundle.manifest
        try:
            described = manifest.extra["classify"]
            if described["format"] != FORMAT:
                raise ValueError(f"format {described['format']}, this version reads {FORMAT}")
            outputs = tuple(str(label) for label in manifest.extra["labels"])
            outside = described["out_of_scope_label"]
            self._outside = None if outside is None else outputs.index(outside)
            self.method = str(described["method"])
            self.temperature = float(manifest.calibration["temperature"])
            scope = manifest.calibration["scope"]
            if scope["score"] not in SCOPE_SCORES:
                raise ValueError(f"unknown score {scope['score']!r}")
            self.scope_score = scope["score"]
            self.threshold = float(scope["threshold"])
            if not (self.temperature > 0 and np.isfinite([self.temperature, self.threshold]).all()):
                raise ValueError("temperature and threshold must be numbers")
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                f"Bundle {bundle.id} describes no text classifier: {error}",
                hint="Make one with `aigc train text/classify`.",
            ) from error
        self._outputs = outputs
        self._kept = in_scope(len(outputs), self._outside)
        self.labels = tuple(outputs[index] for index in self._kept)
        self.digest = bundle.digest
        self._score: _Scorer
        if self.method == "head":
            self._score = _Head(bundle, runtime, str(described.get("base")))
        else:
            self._score = _FineTuned(bundle, runtime)

    def scores(
        self, texts: Sequence[str], *, ctx: CallContext | None = None
    ) -> tuple[Logits, npt.NDArray[np.float32] | None]:
        """Logits float32 [texts, outputs], and distances float32 [texts] where the classifier has them.

        Raises:
            ComponentError: If the network's scores are no numbers, or not as many as there are labels.
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        logits, distances = self._score([" ".join(text.split()) for text in texts], ctx)
        if logits.shape != (len(texts), len(self._outputs)):
            raise ComponentError("The classifier's graph has not an output for each label.")
        if not np.isfinite(logits).all() or (distances is not None and not np.isfinite(distances).all()):
            raise ComponentError("The classifier gave scores that are no numbers.")
        return logits, distances

    def predict(
        self,
        texts: Sequence[str],
        *,
        threshold: float | None = None,
        open_set: bool = True,
        ctx: CallContext | None = None,
    ) -> list[Prediction]:
        """Labels of texts, in their order.

        Args:
            texts: Any texts; long ones are read whole.
            threshold: Instead of the bundle's own.
            open_set: False: every text has one of the labels.
            ctx: Cancellation, deadline; ``deterministic`` reads each text alone.

        Raises:
            ComponentError: If the network's scores are no numbers.
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        if not texts:
            return []
        logits, distances = self.scores(texts, ctx=ctx)
        logs = log_softmax(logits, self.temperature)
        scores = scope_scores(
            self.scope_score, logits, distances, temperature=self.temperature, outside=self._outside
        )
        limit = (self.threshold if threshold is None else threshold) if open_set else None
        found = []
        for row, score in zip(logs, scores, strict=True):
            reason = "in_scope"
            if limit is not None and int(row.argmax()) == self._outside:
                reason = "outside"
            elif limit is not None and score < limit:
                reason = "score"
            shares = np.exp(row[self._kept])
            if limit is None:
                shares = shares / shares.sum()
            order = np.argsort(-shares, kind="stable")
            found.append(
                Prediction(
                    tuple(self.labels[i] for i in order),
                    tuple(float(shares[i]) for i in order),
                    reason == "in_scope",
                    float(score),
                    limit,
                    reason,
                )
            )
        return found

    def log_probabilities(
        self, texts: Sequence[str], label: str, *, ctx: CallContext | None = None
    ) -> npt.NDArray[np.float64]:
        """Log probability of one label for each text, float64 [texts]."""
        logits, _ = self.scores(texts, ctx=ctx)
        return log_softmax(logits, self.temperature)[:, self._outputs.index(label)]


class _Head:
    """A linear head on the vectors of an encoder that stays as it is."""

    def __init__(self, bundle: Bundle, runtime: Runtime, base: str) -> None:
        try:
            self._encoder = runtime.encoder(base)
        except ModelNotFoundError as error:
            raise ModelNotFoundError(
                f"The classifier {bundle.id} stands on the encoder {base}, which is not on this machine.",
                hint=f"Pull it once: aigc models pull {base}",
            ) from error
        self._session = runtime.session(bundle)
        self._distances = "distance" in self._session.output_names
        _prove_encoder(bundle, self._encoder, base)

    def __call__(
        self, texts: Sequence[str], ctx: CallContext | None
    ) -> tuple[Logits, npt.NDArray[np.float32] | None]:
        vectors = self._encoder.encode(texts, PREFIX, ctx=ctx)
        names = ["logits", *(["distance"] if self._distances else [])]
        out = self._session.run({"embedding": vectors}, names, ctx=ctx)
        return np.asarray(out["logits"]), (np.asarray(out["distance"]) if self._distances else None)


def _prove_encoder(bundle: Bundle, encoder: Any, base: str) -> None:
    """Raise BundleError unless the encoder says of the probe texts what it said in training."""
    try:
        with np.load(bundle.path("probe.npz"), allow_pickle=False) as probe:
            texts, wanted = [str(text) for text in probe["texts"]], probe["vectors"]
        same = wanted.shape == (len(texts), encoder.dimensions) and len(texts) > 0
    except (OSError, KeyError, ValueError) as error:
        raise BundleError(f"Bundle {bundle.id}: probe.npz cannot be read: {error}") from error
    if not same or float((encoder.encode(texts, PREFIX) * wanted).sum(axis=1).min()) < _ALIKE:
        raise BundleError(
            f"The classifier {bundle.id} was trained on another encoder than {base} is here.",
            hint=f"Pull the encoder anew (aigc models pull {base} --force), or train the classifier again.",
        )


class _FineTuned:
    """One graph from tokens to logits. A long text's are the mean of its windows', weighted by their tokens."""

    def __init__(self, bundle: Bundle, runtime: Runtime) -> None:
        try:
            self._window, self._stride = (int(bundle.manifest.extra[name]) for name in ("window", "stride"))
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(f"Bundle {bundle.id} does not say how long its windows are: {error}") from error
        self._session = runtime.session(bundle)
        self._tokenizer = runtime.tokenizer(bundle)
        bos, eos = self._tokenizer.bos, self._tokenizer.eos
        if bos is None or not eos:
            raise BundleError(f"The tokenizer of {bundle.id} names no bos or eos.")
        self._bos, self._eos = bos, eos[0]
        self._prefix = self._tokenizer.encode(PREFIX)
        if not 0 < self._stride <= self._window - len(self._prefix):
            raise BundleError(f"Bundle {bundle.id} has windows that leave out tokens.")

    def __call__(
        self, texts: Sequence[str], ctx: CallContext | None
    ) -> tuple[Logits, npt.NDArray[np.float32] | None]:
        rows = []
        for text in texts:
            windows = token_windows(
                self._tokenizer.encode(PREFIX + text),
                self._prefix,
                window=self._window,
                stride=self._stride,
                bos=self._bos,
                eos=self._eos,
            )
            # One window a run: the graph's activations are rounded by one scale a run, and a text's label must not
            # depend on its neighbours.
            parts = np.stack([self._run(window, ctx) for window in windows])
            weights = np.array([len(window) for window in windows], dtype=np.float32)
            rows.append((parts * weights[:, None]).sum(axis=0) / weights.sum())
        return np.stack(rows).astype(np.float32), None

    def _run(self, window: list[int], ctx: CallContext | None) -> Logits:
        if ctx is not None:
            ctx.check()
        ids = np.array([window], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        return np.asarray(self._session.run(feeds, ["logits"], ctx=ctx)["logits"][0], dtype=np.float32)
