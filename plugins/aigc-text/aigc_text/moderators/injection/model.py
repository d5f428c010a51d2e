"""The bundle ``moderation-injection``: a linear model over hashed n-grams and rules, with its operating points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_sdk.errors import BundleError
from aigc_sdk.taxonomy import Severity, Stage
from aigc_text.moderators.injection.reading import Reading
from aigc_text.moderators.injection.rules import RULES
from aigc_text.moderators.injection.tokens import Vocabulary, pad
from aigc_text.moderators.shipped import open_shipped

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime

    Floats = npt.NDArray[np.float32]

BUNDLE = "moderation-injection"
GRAPH = "model.onnx"
VOCABULARY = "vocabulary.npz"
_BATCH = 256
_FOCUS = 24
"""Windows of a long text in which rules are looked for: those that the n-grams point at."""


@dataclass(frozen=True, slots=True)
class Operating:
    """From which probability a text counts, by severity; and the logistic that gives probabilities."""

    slope: float
    offset: float
    low: float
    threshold: float
    high: float

    def probability(self, margin: float) -> float:
        """Platt (1999): logistic function of the margin."""
        z = max(-60.0, min(60.0, self.slope * margin + self.offset))
        return 1 / (1 + math.exp(-z))

    def severity(self, probability: float) -> Severity:
        """Severity of a probability."""
        if probability >= self.high:
            return Severity.HIGH
        if probability >= self.threshold:
            return Severity.MEDIUM
        return Severity.LOW if probability >= self.low else Severity.SAFE


@dataclass(frozen=True, slots=True)
class Fusion:
    """When the deep classifier is asked, and what its answer counts.

    Attributes:
        low: Linear probability below which the linear model decides alone.
        high: And from which it does.
        weight: Share of the deep classifier's log-odds in the joint ones, 0 to 1.
    """

    low: float = 0.1
    high: float = 0.95
    weight: float = 0.5

    def asks(self, probability: float) -> bool:
        """Whether the linear model is unsure."""
        return self.low <= probability < self.high

    def joint(self, linear: float, deep: float, threshold: float = 0.5, deep_threshold: float = 0.5) -> float:
        """Probability of both together: the weighted mean of their log-odds, each seen from its own threshold.

        A deep classifier that is sure of itself early has a high threshold; without the shift its excess would count
        as evidence.

        Args:
            linear: The linear model's probability.
            deep: The deep classifier's.
            threshold: From which the linear one counts as found; the joint one does from there as well.
            deep_threshold: From which the deep one does.
        """
        shifted = _logit(deep) - _logit(deep_threshold) + _logit(threshold)
        odds = (1 - self.weight) * _logit(linear) + self.weight * shifted
        return 1 / (1 + math.exp(-odds))


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))


class InjectionModel:
    """Scores readings. Thread-safe.

    Args:
        runtime: Whose session is used.
        bundle: Another bundle than the shipped one, for measurements.

    Raises:
        BundleError: If the bundle is damaged or does not fit this version's rules.
    """

    def __init__(self, runtime: Runtime, bundle: Bundle | None = None) -> None:
        bundle = bundle or open_shipped(BUNDLE, runtime)
        try:
            self.operating = {
                language: {Stage(stage): _operating(values) for stage, values in stages.items()}
                for language, stages in bundle.manifest.calibration.items()
            }
            self.fusion = Fusion(**bundle.manifest.extra["fusion"])
            rules = list(bundle.manifest.extra["rules"])
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(f"Bundle {bundle.id} describes no usable model: {error}") from error
        if rules != [rule.id for rule in RULES]:
            raise BundleError(
                f"Bundle {bundle.id} was trained with other rules than this version has.",
                hint="Install the plugin again, or train the bundle anew.",
            )
        self.digest = bundle.digest
        self._session = runtime.session(bundle, GRAPH)
        self._vocabulary, self._weights, self.rule_weights = load_vocabulary(bundle)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it is calibrated for."""
        return tuple(self.operating)

    def margins(self, readings: Sequence[Reading], ctx: CallContext) -> list[Floats]:
        """Margins of every reading's windows; a long reading's rules are looked for on the way."""
        rows = [self._vocabulary.rows(r.tokens) for r in readings]
        margins = self._run(
            [(rows[i], r, w) for i, r in enumerate(readings) for w in range(len(r.windows))], ctx
        )
        out, at = [], 0
        for i, reading in enumerate(readings):
            mine = margins[at : at + len(reading.windows)]
            at += len(reading.windows)
            if reading.long:
                chosen = sorted(np.argsort(-mine, kind="stable")[:_FOCUS].tolist())
                reading.focus([reading.windows[w] for w in chosen])
                mine[chosen] = self._run([(rows[i], reading, w) for w in chosen], ctx)
            out.append(mine)
        return out

    def shares(self, reading: Reading, window: tuple[int, int]) -> Floats:
        """What each token of a window adds to its score, up to one scale, float32 [tokens]."""
        rows = self._vocabulary.rows(reading.tokens)[window[0] : window[1]]
        weights = np.concatenate([np.zeros(1, np.float32), self._weights])[rows]
        share = np.zeros(len(rows), np.float32)
        for column, reach in enumerate((1, 2, 3, 4, 3, 4)):
            for step in range(reach):
                part = weights[: len(rows) - step, column] / reach
                share[step : step + len(part)] += part
        return share

    def _run(self, cases: list[tuple[Any, Reading, int]], ctx: CallContext) -> Floats:
        out = [np.zeros(0, np.float32)]
        # Products of other shapes differ in their last bits.
        batch = 1 if ctx.deterministic else _BATCH
        features: dict[int, Floats] = {}
        for start in range(0, len(cases), batch):
            part = cases[start : start + batch]
            pieces = [rows[slice(*reading.windows[w])].ravel() for rows, reading, w in part]
            rules = []
            for _, reading, w in part:
                if id(reading) not in features:
                    features[id(reading)] = reading.features()
                rules.append(features[id(reading)][w])
            feeds = {"rows": pad(pieces), "rules": np.stack(rules)}
            out.append(self._session.run(feeds, ["margin"], ctx=ctx)["margin"])
        return np.concatenate(out)


def save_vocabulary(path: Path, kept: Any, weights: Any, rule_weights: Any) -> None:
    """Write the buckets the model has rows for, and the weights that explanations need."""
    np.savez_compressed(
        path,
        kept=np.asarray(kept, np.uint32),
        weights=np.asarray(weights, np.float16),
        rules=np.asarray(rule_weights, np.float16),
    )


def load_vocabulary(bundle: Bundle) -> tuple[Vocabulary, Floats, Floats]:
    """What `save_vocabulary` wrote.

    Raises:
        BundleError: If it is malformed.
    """
    try:
        with np.load(bundle.path(VOCABULARY), allow_pickle=False) as arrays:
            kept, weights, rules = arrays["kept"], arrays["weights"], arrays["rules"]
        if kept.shape != weights.shape or rules.shape != (len(RULES),):
            raise ValueError(f"shapes {kept.shape}, {weights.shape}, {rules.shape}")
        return Vocabulary(kept), weights.astype(np.float32), rules.astype(np.float32)
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise BundleError(f"{VOCABULARY} is malformed: {error}", hint="Install the plugin again.") from error


def _operating(values: dict[str, Any]) -> Operating:
    return Operating(*(float(values[name]) for name in ("slope", "offset", "low", "threshold", "high")))
