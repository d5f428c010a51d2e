"""The whole text stack on one core: texts a second, and what one text costs. Prints Markdown tables.

    AIGC_DATA=DATA_ROOT python benchmarks/text_stack.py [--texts N] [--policy NAME ...]

The moderators are those that the policy asks at the output stage; one more row takes the texts as prompts, which
`text/injection` reads too. What the deep tier remembers of a text is dropped before every run. Texts are banking77 (PolyAI, CC-BY-4.0), as they
are. "Deep" is a text that the fast tier of a cascade leaves to the slow one, as the moderator itself says
(`ClassifierModerator.doubtful`); where the slow tier isn't installed, the fast one decided those as well.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Kind, Stage
from aigc_text.moderators.deep import forget

BATCH = 256
PRESETS = ("default", "strict", "permissive", "cn", "children")


def texts_of(root: Path, count: int) -> list[Text]:
    """The first messages of banking77."""
    path = root / "text/intent_banking77/train.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return [Text(row["text"]) for _, row in zip(range(count), csv.DictReader(stream), strict=False)]


def batches(work: Callable[[Sequence[Text]], object], items: Sequence[Text]) -> float:
    """Microseconds a text, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        forget()
        start = time.perf_counter()
        for first in range(0, len(items), BATCH):
            work(items[first : first + BATCH])
        best = min(best, time.perf_counter() - start)
    return best / len(items) * 1e6


def alone(work: Callable[[Sequence[Text]], object], items: Sequence[Text]) -> list[float]:
    """Milliseconds of each text on its own, the better of two runs: the machine has other things to do."""
    times = [float("inf")] * len(items)
    for _ in range(2):
        forget()
        for place, item in enumerate(items):
            start = time.perf_counter()
            work([item])
            times[place] = min(times[place], (time.perf_counter() - start) * 1e3)
    return times


def percentile(values: Sequence[float], share: float) -> str:
    """A percentile, or a dash where there are no values."""
    return f"{sorted(values)[min(len(values) - 1, int(share * len(values)))]:.2f}" if values else "–"


def left_to_deep(studio: Studio, items: Sequence[Text]) -> tuple[list[bool], bool]:
    """Which texts a moderator leaves to its deep tier, and whether all that have one have it at hand."""
    screener = studio._screener
    deep, at_hand = [False] * len(items), True
    for plan in screener.plan(Kind.TEXT, Stage.OUTPUT):
        component = screener._pool.loaded("moderator", plan.spec.id) if plan.spec is not None else None
        component = getattr(component, "_component", component)  # behind the options of a policy
        if hasattr(component, "doubtful"):
            deep = [a or b for a, b in zip(deep, component.doubtful(items), strict=True)]
            at_hand = at_hand and component.has_deep
    return deep, at_hand


def moderators(studio: Studio, items: Sequence[Text]) -> None:
    """Each moderator of the policy by itself, as a prompt passes them."""
    screener = studio._screener
    ctx = CallContext()
    print("| moderator | µs a text, batches | texts a second | µs alone, median |")
    print("| --- | ---: | ---: | ---: |")
    for plan in screener.plan(Kind.TEXT, Stage.PROMPT):
        if plan.spec is None:
            continue
        component = screener._pool.moderator(plan.spec, ctx)

        def work(batch: Sequence[Text], component: object = component) -> object:
            return component.moderate(batch, stage=Stage.PROMPT, ctx=ctx)  # type: ignore[attr-defined]

        cost = batches(work, items)
        single = statistics.median(alone(work, items[:500])) * 1e3
        print(f"| {plan.spec.id} | {cost:.1f} | {1e6 / cost:,.0f} | {single:.0f} |")


def stack(
    name: str, studio: Studio, items: Sequence[Text], singles: int, stage: Stage = Stage.OUTPUT
) -> None:
    """The row of one preset: everything a call of `moderate` does."""
    screener = studio._screener

    def work(batch: Sequence[Text]) -> object:
        return screener.screen(batch, stage=stage, ctx=CallContext.within(60))

    work(items[:8])
    cost = batches(work, items)
    times = alone(work, items[:singles])
    flags, at_hand = left_to_deep(studio, items)
    deep = [t for t, flag in zip(times, flags, strict=False) if flag]
    fast = [t for t, flag in zip(times, flags, strict=False) if not flag]
    share = f"{sum(flags) / len(flags):.1%}" + ("" if at_hand else " (not at hand)")
    passed = sum(v.allowed for v in screener.screen(items, stage=stage, ctx=CallContext()))
    print(
        f"| {name} | {1e6 / cost:,.0f} | {cost:.0f} | {share} | {percentile(fast, 0.5)} / "
        f"{percentile(fast, 0.99)} | {percentile(deep, 0.5)} / {percentile(deep, 0.99)} | "
        f"{percentile(times, 0.5)} / {percentile(times, 0.99)} | {1 - passed / len(items):.2%} |"
    )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--singles", type=int, default=2_000, help="texts that are also measured alone")
    parser.add_argument("--policy", action="append")
    given = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    items = texts_of(Path(data), given.texts)
    names = given.policy or list(PRESETS)
    print(f"{len(items)} texts of banking77, one core, batches of {BATCH}.\n")
    with Studio(policy=names[0], device="cpu", threads=1, timeout=None) as studio:
        moderators(studio, items)
    print(
        "\n| policy | texts a second, batches | µs a text | left to the deep tier | fast, alone: median / p99, ms "
        "| deep, alone | all, alone | not allowed |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in names:
        with Studio(policy=name, device="cpu", threads=1, timeout=None) as studio:
            stack(name, studio, items, given.singles)
    with Studio(policy=names[0], device="cpu", threads=1, timeout=None) as studio:
        stack(f"{names[0]}, prompts", studio, items, given.singles, Stage.PROMPT)


if __name__ == "__main__":
    main()
