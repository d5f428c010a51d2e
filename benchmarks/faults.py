"""Detectors that fail in every way: is anything ever allowed? Prints a Markdown table.

    python benchmarks/faults.py [--calls N]

In every call one of several detectors raises, hangs, returns rubbish or changes what it was given, for one item or
for all, while the others work. Calls go through `moderate`, batches, `generate`, streams and the async API, under
every preset. A call counts as an opening if anything is allowed or delivered, or leaves a stream.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests/support"))

from fault_injection import FAULTS, WAYS, Rig


def main() -> None:
    """Run the calls and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    openings: Counter[str] = Counter()
    untyped: Counter[str] = Counter()
    start = time.perf_counter()
    with Rig() as rig:
        for number in range(given.calls):
            fault, way = FAULTS[number % len(FAULTS)], rng.choice(WAYS)
            outcome = rig.call(fault, way, rng)
            outcomes[way, outcome] += 1
            if outcome == "opening":
                openings[f"{fault.name} through {way}"] += 1
            elif outcome.startswith("untyped"):
                untyped[f"{fault.name} through {way}: {outcome}"] += 1
    seconds = time.perf_counter() - start
    kinds = sorted({outcome for _, outcome in outcomes})
    print(f"| way | calls | {' | '.join(kinds)} |")
    print(f"| --- | ---: |{' ---: |' * len(kinds)}")
    for way in WAYS:
        row = [outcomes[way, kind] for kind in kinds]
        print(f"| {way} | {sum(row)} | {' | '.join(map(str, row))} |")
    print(
        f"\n{len(FAULTS)} faults, {given.calls} calls, {seconds:.0f} s: **{sum(openings.values())} openings**, "
        f"{sum(untyped.values())} untyped errors."
    )
    for what, count in (*openings.items(), *untyped.items()):
        print(f"{what}: {count}", file=sys.stderr)
    sys.exit(1 if openings or untyped else 0)


if __name__ == "__main__":
    main()
