"""How much personal data `text/privacy` finds, what it reports by mistake, and what it costs. Prints Markdown.

    AIGC_DATA=DATA_ROOT python benchmarks/privacy.py [--limit N]

Labelled: the synthetic set of presidio-research. A label counts as found where a finding of its kind overlaps it, and
a finding as right where it overlaps a label of its kind. Prints figures only, never a text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.taxonomy import Severity, Stage
from aigc_text.moderators.privacy.detector import PrivacyModerator, find
from aigc_text.training.moderation_ordinary import ordinary

COUNTED = {
    "EMAIL_ADDRESS": ("email",),
    "PHONE_NUMBER": ("phone", "business_phone"),
    "CREDIT_CARD": ("bank_card",),
    "IBAN_CODE": ("iban",),
    "IP_ADDRESS": ("ip",),
    "DOMAIN_NAME": ("domain", "url_credentials"),
    "US_SSN": ("us_ssn",),
}
REPORTED = {"STREET_ADDRESS": ("address",), "PERSON": ("person",)}
ALIASES = {"ADDRESS": "STREET_ADDRESS"}
SETS = {"synth_dataset_v2": "synth_dataset_v2.json.gz", "generated_large": "generated_large.json.gz"}


def scores(found: int, labels: int, right: int, findings: int) -> tuple[float, float, float]:
    """Precision, recall and F2."""
    precision, recall = right / max(findings, 1), found / max(labels, 1)
    return precision, recall, 5 * precision * recall / max(4 * precision + recall, 1e-9)


def quality(root: Path, actionable: bool) -> None:
    minimum = Severity.MEDIUM if actionable else Severity.LOW
    for name, file in SETS.items():
        with gzip.open(root / "text/pii_presidio" / file, "rt", encoding="utf-8") as stream:
            rows = json.load(stream)
        labels: Counter[str] = Counter()
        found: Counter[str] = Counter()
        findings: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for row in rows:
            hits = [h for h in find(row["full_text"]) if h.severity >= minimum]
            wanted = [
                (ALIASES.get(s["entity_type"], s["entity_type"]), s["start_position"], s["end_position"])
                for s in row["spans"]
            ]
            for label, kinds in {**COUNTED, **REPORTED}.items():
                ours = [(h.start, h.end) for h in hits if h.kind in kinds]
                theirs = [(a, b) for kind, a, b in wanted if kind == label]
                labels[label] += len(theirs)
                findings[label] += len(ours)
                found[label] += sum(any(a < d and c < b for c, d in ours) for a, b in theirs)
                right[label] += sum(any(a < d and c < b for c, d in theirs) for a, b in ours)
        print(
            f"\n| {name}, severity ≥ {minimum.name.lower()} | labels | findings | precision | recall | F2 |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for label in (*COUNTED, *REPORTED):
            cells = scores(found[label], labels[label], right[label], findings[label])
            print(f"| {label} | {labels[label]} | {findings[label]} | " + _cells(cells))
        totals = [sum(c[k] for k in COUNTED) for c in (found, labels, right, findings)]
        print(f"| **the seven together** | {totals[1]} | {totals[3]} | " + _cells(scores(*totals)))


def _cells(values: Sequence[float]) -> str:
    return " | ".join(f"{v:.3f}" for v in values) + " |"


def false_alarms(root: Path, limit: int) -> None:
    print("\n| ordinary text | texts | acted on (≥ medium) a 10k | low severity a 10k | kinds |")
    print("| --- | ---: | ---: | ---: | --- |")
    seen = set()
    for part in ("vet", "report"):
        for name, _, texts in ordinary(root, part):
            chosen = (
                "intent_",
                "d2t_",
                "zh_news",
                "en_news",
                "en_reviews",
                "zh_sentiment_reviews shopping",
                "mt_en_de",
            )
            if not name.startswith(chosen) or name in seen:
                continue
            seen.add(name)
            texts = texts[:limit]
            rows = [find(t) for t in texts]
            acted = sum(any(h.severity >= Severity.MEDIUM for h in r) for r in rows)
            low = sum(bool(r) for r in rows) - acted
            kinds = Counter(f"{h.kind} {h.severity.name.lower()}" for r in rows for h in r)
            print(
                f"| {name} | {len(texts)} | {acted / len(texts) * 1e4:.1f} | {low / len(texts) * 1e4:.1f} | "
                f"{', '.join(f'{k}: {n}' for k, n in kinds.most_common(4))} |"
            )


def speed(root: Path) -> None:
    print("\n| texts | characters a text | µs of CPU a text, batches |")
    print("| --- | ---: | ---: |")
    moderator = PrivacyModerator()
    moderator.load(None)
    sets = {name: texts[:2000] for name, _, texts in ordinary(root, "report")}
    with gzip.open(root / "text/pii_presidio" / SETS["synth_dataset_v2"], "rt", encoding="utf-8") as stream:
        sets["pii_presidio"] = [r["full_text"] for r in json.load(stream)]
    for name in ("intent_clinc150 test", "en_news_agnews test", "d2t_advertisegen", "pii_presidio"):
        items = [Text(t.replace("\x00", "")) for t in sets[name]]
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            moderator.moderate(items, stage=Stage.OUTPUT, ctx=CallContext())
            best = min(best, time.process_time() - start)
        print(
            f"| {name} | {sum(len(i.text) for i in items) / len(items):.0f} | {best / len(items) * 1e6:.1f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10_000, help="texts a set")
    limit = parser.parse_args().limit
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data)
    quality(root, actionable=False)
    quality(root, actionable=True)
    false_alarms(root, limit)
    speed(root)


if __name__ == "__main__":
    main()
