"""The fast classifier: hashed n-grams and one linear layer, some microseconds a text in batches.

Opens the shipped bundle ``moderation-fast`` and turns prepared texts into calibrated probabilities, into the decision
whether a text is clear, and into the places of the original text that speak most for a head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_sdk.errors import BundleError, ComponentError
from aigc_text.moderators.evidence import READ, strongest
from aigc_text.moderators.hashing import Vocabulary
from aigc_text.moderators.normalise import classifier_map
from aigc_text.moderators.reading import Window

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.verdict import Span

BUNDLE = "moderation-fast"
ROUTE = "suspect"
"""The output that tells ordinary text from what abuse is found among."""
BATCH = 64
"""Windows scored in one run; they are of like length, so that little is padding."""


@dataclass(frozen=True, slots=True)
class HeadCuts:
    """Probabilities of one head in one language at which something changes.

    Attributes:
        low: Worth recording.
        threshold: Flagged.
        sure: So certain that nobody else need be asked; None where no such cut was found.
    """

    low: float
    threshold: float
    sure: float | None


@dataclass(frozen=True, slots=True)
class FastScores:
    """Scores of a batch.

    Attributes:
        probabilities: Calibrated, float32 [texts, heads]; zero where a head does not serve the language.
        clear: bool [texts]: like ordinary text, in every window.
    """

    probabilities: npt.NDArray[np.float32]
    clear: npt.NDArray[np.bool_]


class FastClassifier:
    """Prepared texts to probabilities. Thread-safe.

    Args:
        bundle: ``moderation-fast``.
        runtime: Whose session is used.

    Attributes:
        heads: Names of the outputs.
        cuts: ``[language][head]``.
        digest: Of the bundle.

    Raises:
        BundleError: If the bundle describes no such classifier.
    """

    def __init__(self, bundle: Bundle, runtime: Runtime) -> None:
        manifest = bundle.manifest
        try:
            labels = list(manifest.extra["labels"])
            self.heads: tuple[str, ...] = tuple(name for name in labels if name != ROUTE)
            self._columns = np.array([labels.index(name) for name in self.heads])
            self._route = labels.index(ROUTE)
            ngrams = manifest.extra["ngrams"]
            with np.load(bundle.path(str(ngrams["file"])), allow_pickle=False) as arrays:
                kept = np.cumsum(arrays["steps"].astype(np.int64)).astype(np.uint32)
            self._vocabulary = Vocabulary(kept, int(ngrams["bits"]))
            self._windows = {name: Window(*map(int, w)) for name, w in manifest.extra["windows"].items()}
            # Without a cut nothing is clear: every text goes to the deep tier, where there is one.
            self._clear = {
                name: -np.inf if c["margin"] is None else float(c["margin"])
                for name, c in manifest.extra["clear"].items()
            }
            self.cuts: Mapping[str, Mapping[str, HeadCuts]] = {
                language: {head: _cuts(point) for head, point in heads.items()}
                for language, heads in manifest.calibration.items()
            }
            self._scales = {name: self._scale(heads) for name, heads in manifest.calibration.items()}
            if not set(self.cuts) <= set(self._windows) & set(self._clear):
                raise ValueError("a language lacks its window or its clear cut")
        except (KeyError, TypeError, ValueError, IndexError, OSError) as error:
            raise BundleError(f"Bundle {bundle.id} describes no usable classifier: {error}") from error
        self.digest = bundle.digest
        self._session = runtime.session(bundle)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it is calibrated for."""
        return tuple(self.cuts)

    def score(
        self, texts: Sequence[str], languages: Sequence[str], *, ctx: CallContext | None = None
    ) -> FastScores:
        """Read prepared texts, long ones in windows; the highest score of each head counts.

        Args:
            texts: What `aigc_text.moderators.normalise.classifier_text` returns, not empty.
            languages: The language of each.
            ctx: Its cancellation and deadline stop the call.

        Raises:
            ComponentError: If the scores are no numbers.
            CancelledError, DeadlineExceededError: The call was stopped.
        """
        if not texts:
            return FastScores(np.zeros((0, len(self.heads)), np.float32), np.zeros(0, bool))
        highest = np.full((len(texts), len(self._columns) + 1), -np.inf, np.float32)
        windows: list[str] = []
        owners: list[int] = []
        for owner, (text, language) in enumerate(zip(texts, languages, strict=True)):
            window = self._windows[language]
            if len(text) <= window.size:
                windows.append(text)
                owners.append(owner)
                continue
            for piece in window.cut(text):
                windows.append(piece)
                owners.append(owner)
        order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
        for first in range(0, len(order), BATCH):
            if ctx is not None:
                ctx.check()
            chosen = order[first : first + BATCH]
            logits = self._logits(self._vocabulary.padded([windows[i] for i in chosen]), ctx)
            np.maximum.at(highest, [owners[i] for i in chosen], logits)
        if not np.isfinite(highest).all():  # a comparison with NaN would read as harmless
            raise ComponentError(f"{BUNDLE} gave scores that are no numbers.")
        tongues = [self._scales[language] for language in languages]
        slopes = np.array([slope for slope, _ in tongues], np.float32).reshape(len(texts), -1)
        offsets = np.array([offset for _, offset in tongues], np.float32).reshape(len(texts), -1)
        z = np.clip(slopes * highest[:, :-1] + offsets, -80, 80)
        clear = np.array([self._clear[language] for language in languages], np.float32)
        return FastScores(1 / (1 + np.exp(-z)), highest[:, -1] < clear)

    def spans(self, text: str, head: str) -> tuple[Span, ...]:
        """At most three places of the original ``text`` that weigh most for ``head``, in reading order.

        None for texts over 20,000 characters: no evidence is better than evidence from the wrong part.
        """
        if len(text) > READ:
            return ()
        prepared, origin, folded = classifier_map(text)
        rows, starts, ends = self._vocabulary.places(prepared)
        if not len(rows):
            return ()
        column = self.heads.index(head)
        # A text of one n-gram scores that n-gram's weight, plus what a text of none scores.
        alone = self._logits(np.concatenate(([0], rows)).astype(np.int32)[:, None], None)[:, column]
        weights = (alone[1:] - alone[0]).astype(np.float64) / (ends - starts)
        change = np.zeros(len(prepared) + 1)
        np.add.at(change, starts, weights)
        np.add.at(change, ends, -weights)
        # Differences that cancel leave a rest of rounding, which must not look like a share.
        share = np.cumsum(change)[:-1]
        return strongest(np.where(np.abs(share) < 1e-9, 0.0, share).tolist(), prepared, origin, folded)

    def _logits(self, rows: npt.NDArray[np.int32], ctx: CallContext | None) -> npt.NDArray[np.float32]:
        """Logits of the heads and, last, of the route."""
        logits = np.asarray(self._session.run({"rows": rows}, ["logits"], ctx=ctx)["logits"], np.float32)
        return logits[:, [*self._columns, self._route]]

    def _scale(self, heads: Mapping[str, Any]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Platt's slopes and offsets; a head that does not serve the language always says no."""
        slope = [float(heads[h]["slope"]) if h in heads else 0.0 for h in self.heads]
        offset = [float(heads[h]["offset"]) if h in heads else -80.0 for h in self.heads]
        return np.array(slope, np.float32), np.array(offset, np.float32)


def _cuts(point: Mapping[str, Any]) -> HeadCuts:
    sure = point["sure"]
    return HeadCuts(float(point["low"]), float(point["threshold"]), None if sure is None else float(sure))
