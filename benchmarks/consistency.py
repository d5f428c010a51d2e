"""Consistency with the brief: are matched pairs told from shuffled ones, and does the probability mean what it says?

    aigc models pull multilingual-e5-small
    python benchmarks/consistency.py [--pairs 200] [--fit]

Each text is paired with its own brief and with another row's. Shuffled pairs of E2E are all restaurants, those of AdvertiseGen
(tests only) all clothes: harder than a text that went astray altogether, which the last row shows (texts of one set with briefs of the
other). ``--fit`` prints the logistic that fits E2E and CSL best; the shipped one was rounded from it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aigc_sdk.content import Text
from aigc_sdk.errors import ModelNotFoundError
from aigc_sdk.request import Request, Sample
from aigc_sdk.studio import Studio
from aigc_text.evaluators.consistency import BUNDLE, brief_of, probability
from aigc_text.evaluators.counting import tokens

Pairs = list[tuple[str, str]]
Floats = npt.NDArray[np.float64]


def brief(inputs: dict[str, str]) -> str:
    return brief_of(Sample(Text("x"), request=Request(inputs=inputs)))


def e2e(root: Path) -> Pairs:
    with gzip.open(root / "d2t_e2e_nlg/devset.csv.gz", "rt", encoding="utf-8") as stream:
        rows = {row["mr"]: row["ref"] for row in csv.DictReader(stream)}
    return [(brief(dict(re.findall(r"([\w ]+)\[([^\]]*)\]", mr))), text) for mr, text in rows.items()]


def advertisegen(root: Path) -> Pairs:
    path = root / "d2t_advertisegen/advertisegen_dev_part.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    made = []
    for row in rows:
        inputs: dict[str, str] = {}
        for part in row["content"].split("*"):
            name, _, value = part.partition("#")
            inputs[name] = f"{inputs[name]}, {value}" if name in inputs else value
        made.append((brief(inputs), row["summary"]))
    return made


def csl(root: Path) -> Pairs:
    with gzip.open(root / "summ_zh_csl/ts_dev.tsv.gz", "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    return [(brief({"主题": row[2]}), row[1][:200]) for row in rows if len(row) >= 3]


def auroc(matched: Floats, strange: Floats) -> float:
    wins = (matched[:, None] > strange).mean() + 0.5 * (matched[:, None] == strange).mean()
    return float(wins)


def overlap(text: str, given: str, language: str) -> float:
    own, wanted = set(tokens(text, language)), set(tokens(given, language))
    return len(own & wanted) / max(1, len(wanted))


def logistic(cosines: Floats, labels: Floats) -> tuple[float, float]:
    """Slope and middle by Newton's method."""
    x = np.stack([cosines - 0.85, np.ones_like(cosines)], axis=1)
    w = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (labels - p))
    return float(w[0]), float(0.85 - w[1] / w[0])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data) / "text"
    draw = random.Random(0)
    sets = {
        "E2E dev": ("en", e2e(root)),
        "CSL, title and abstract": ("zh", csl(root)),
        "AdvertiseGen (tests only)": ("zh", advertisegen(root)),
    }
    print(
        "| pairs | n | cosine matched / shuffled | AUROC | probability matched / shuffled | right at .5 | AUROC of lexical overlap |"
    )
    print("| --- | ---: | --- | ---: | --- | ---: | ---: |")
    kept: dict[str, tuple[Floats, Floats]] = {}
    vectors: dict[str, tuple[Floats, Floats]] = {}
    with Studio(device="cpu", threads=1) as studio:
        try:
            engine = studio.runtime.encoder(BUNDLE)
        except ModelNotFoundError:
            print(f"Left out: it needs the encoder (aigc models pull {BUNDLE}).")
            return
        for name, (language, pairs) in sets.items():
            chosen = draw.sample(pairs, min(arguments.pairs, len(pairs)))
            briefs = engine.encode([b for b, _ in chosen]).astype(np.float64)
            texts = engine.encode([t for _, t in chosen]).astype(np.float64)
            vectors[name] = (briefs, texts)
            matched, strange = (briefs * texts).sum(axis=1), (np.roll(briefs, 1, axis=0) * texts).sum(axis=1)
            kept[name] = (matched, strange)
            words = np.asarray([overlap(t, b, language) for b, t in chosen])
            others = np.asarray([overlap(t, chosen[i - 1][0], language) for i, (_, t) in enumerate(chosen)])
            row(name, matched, strange, f"{auroc(words, others):.3f}")
        astray = (vectors["AdvertiseGen (tests only)"][0] * vectors["E2E dev"][1][: arguments.pairs]).sum(
            axis=1
        )
        row("E2E texts, own brief / one of AdvertiseGen", kept["E2E dev"][0], astray, "–")
    if arguments.fit:
        fitted = [kept["E2E dev"], kept["CSL, title and abstract"]]
        cosines = np.concatenate([part for pair in fitted for part in pair])
        labels = np.concatenate(
            [np.full(len(part), float(i == 0)) for pair in fitted for i, part in enumerate(pair)]
        )
        slope, middle = logistic(cosines, labels)
        print(f"\nBest logistic: slope {slope:.1f}, middle {middle:.4f}.")


def row(name: str, matched: Floats, strange: Floats, words: str) -> None:
    yes = np.asarray([probability(float(c)) for c in matched])
    no = np.asarray([probability(float(c)) for c in strange])
    right = ((yes > 0.5).mean() + (no <= 0.5).mean()) / 2
    print(
        f"| {name} | {len(matched)} | {matched.mean():.3f} / {strange.mean():.3f} | {auroc(matched, strange):.3f} | "
        f"{yes.mean():.2f} / {no.mean():.2f} | {right:.3f} | {words} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
