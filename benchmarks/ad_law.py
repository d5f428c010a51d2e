"""Advertising-law rules: recall and false alarms on sentences of our own, alarms on ordinary text, cost.

    [AIGC_DATA=DATA_ROOT] python benchmarks/ad_law.py [--limit N]

Without AIGC_DATA the rows on ordinary text are left out. Prints figures only.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

from aigc_text.moderators.adlaw.matcher import find
from aigc_text.moderators.adlaw.moderator import CLAIMS
from aigc_text.training.moderation_ordinary import ordinary

SENTENCES = Path(__file__).with_name("ad_law_sentences.txt")


def sentences() -> dict[str, list[str]]:
    """``"zh +"``, ``"zh -"``, ``"en +"``, ``"en -"`` and their sentences."""
    groups: dict[str, list[str]] = {}
    group: list[str] = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = groups.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            group.append(line)
    return groups


def own(show: bool) -> None:
    print("| own sentences | claims found | look-alikes flagged |\n| --- | ---: | ---: |")
    groups = sentences()
    for language in ("zh", "en"):
        cells = []
        for sign in "+-":
            texts = groups[f"{language} {sign}"]
            flagged = [t for t in texts if find(CLAIMS, t)]
            cells.append(f"{len(flagged)} of {len(texts)}")
            if show:
                wrong = [t for t in texts if (t in flagged) != (sign == "+")]
                print("\n".join(f"  {sign} {t}" for t in wrong), file=sys.stderr)
        print(f"| {language} | {cells[0]} | {cells[1]} |")


def ordinary_text(root: Path, limit: int) -> None:
    print("\n| ordinary text | language | texts | flagged | most frequent rules | µs a text |")
    print("| --- | --- | ---: | ---: | --- | ---: |")
    for name, language, lines in ordinary(root, "report"):
        texts = lines[:limit]
        start = time.perf_counter()
        found = [find(CLAIMS, text) for text in texts]
        cost = (time.perf_counter() - start) / len(texts) * 1e6
        rules = Counter(rule for hits in found for rule in {h.claim.name for h in hits})
        flagged = sum(bool(hits) for hits in found)
        most = ", ".join(f"{rule} {count}" for rule, count in rules.most_common(3)) or "–"
        print(
            f"| {name} | {language} | {len(texts):,} | {flagged} ({flagged / len(texts):.2%}) | {most} | {cost:.0f} |"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--show", action="store_true", help="name the own sentences judged wrongly")
    given = parser.parse_args()
    own(given.show)
    if data := os.environ.get("AIGC_DATA"):
        ordinary_text(Path(data), given.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
