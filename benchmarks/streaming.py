"""Streams cut at random: is what leaves, and the verdict, the same however a text arrives? And how much waits?

    python benchmarks/streaming.py [--plays N] [--policy NAME]

Every text is played whole, and then cut at random, through the installed moderators, those that judge texts as a
whole included. A play fails if it differs from the whole one, if a character of what a bounded detector objects to
leaves, or if something leaves behind what was objected to. Texts are made up: both languages, a made-up term list,
personal data, advertising claims, plain and in disguise, and characters that hang together.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests/support"))

from stream_texts import TERMS, random_cuts, random_text

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.streaming import Held, StreamScreen
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Decision, Halt, Release, Verdict

PLAYS_A_TEXT = 10
TOKEN = 4
"""Characters a piece where the waiting is measured: about a token."""


@dataclass
class Played:
    """What came out of one play."""

    released: str
    reach: int
    end: str
    verdict: str
    held: Held


def play(screener: Screener, text: str, cuts: list[int]) -> Played:
    """Feed the text in pieces."""
    screen = StreamScreen(screener, stage=Stage.OUTPUT, ctx=CallContext())
    out: list[str] = []
    end: Halt | Verdict | None = None
    edges = [0, *cuts, len(text)]
    events = (event for a, b in pairwise(edges) for event in screen.feed(text[a:b]))
    for event in (*events, *screen.finish()):
        if isinstance(event, Release):
            out.append(event.text)
        else:
            end = event
    verdict = end.verdict if isinstance(end, Halt) else end
    assert verdict is not None
    plain = verdict.model_dump_json(exclude={"latency_ms"})
    return Played("".join(out), screen.released, type(end).__name__, plain, screen.held)


def violations(screener: Screener, text: str, whole: Played) -> list[str]:
    """What is wrong with the whole play, by the verdict on the whole text."""
    bounded = {
        s.id for s in (p.spec for p in screener.plan(Text(text).kind, Stage.OUTPUT)) if s and s.max_match
    }
    verdict = screener.screen([Text(text)], stage=Stage.OUTPUT, ctx=CallContext(), redact=False)[0]
    acted = [
        (int(span.start), int(span.end), rule.action)
        for rule in verdict.applied
        if rule.action is not Decision.ALLOW and rule.finding is not None
        for span in verdict.findings[rule.finding].spans
        if verdict.findings[rule.finding].detector in bounded
        and span.start is not None
        and span.end is not None
    ]
    wrong = []
    for start, end, action in acted:
        if action is not Decision.REDACT and whole.reach > start:
            wrong.append("text behind the beginning of a blocked match left")
        piece = text[start:end]
        places = [i for i in range(len(text)) if text.startswith(piece, i)]
        inside = all(any(a <= i and i + len(piece) <= b for a, b, _ in acted) for i in places)
        if inside and len(piece) > 3 and piece in whole.released:
            wrong.append("a match left")
    if whole.end == "Verdict" and verdict.decision in (Decision.BLOCK, Decision.REVIEW):
        wrong.append("the whole text is refused, the stream was not")
    return wrong


def run(policy: str, plays: int, seed: int) -> int:
    """One policy's row of the table; the number of failures."""
    rng = random.Random(seed)
    failures: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    done = characters = 0
    with Studio(policy=policy, device="cpu", threads=1, timeout=None) as studio:
        screener = studio._screener
        screener.screen([Text("warm")], stage=Stage.OUTPUT, ctx=CallContext())
        bound = StreamScreen(screener, stage=Stage.OUTPUT, ctx=CallContext()).hold_back
        start = time.perf_counter()
        while done < plays:
            text = random_text(rng)
            if not text.strip():
                continue
            whole = play(screener, text, [])
            failures.update(violations(screener, text, whole))
            ends[whole.end] += 1
            for _ in range(PLAYS_A_TEXT):
                cut = play(screener, text, random_cuts(rng, len(text)))
                done += 1
                characters += len(text)
                for part in ("released", "reach", "end", "verdict"):
                    if getattr(cut, part) != getattr(whole, part):
                        failures[f"cutting changed: {part}"] += 1
        seconds = time.perf_counter() - start
        waits = {}
        for language, sentence in PROSE.items():
            prose = sentence * 20
            waits[language] = play(screener, prose, list(range(TOKEN, len(prose), TOKEN))).held
    print(
        f"| {policy} | {done} | {ends['Halt']} of {sum(ends.values())} | {sum(failures.values())} | {bound} | "
        + " | ".join(f"{w.mean:.0f} / {w.most}" for w in waits.values())
        + f" | {seconds / characters * 1e6:.0f} |"
    )
    for what, count in failures.items():
        print(f"{policy}: {what}: {count}", file=sys.stderr)
    return sum(failures.values())


PROSE = {
    "en": "The quiet lamp shines over the river, and nobody minds that it is late. We walk home and talk about the day. ",
    "zh": "今天天气很好，我们一起去公园散步。晚上回家做饭，大家坐在一起聊了很久，谁也不觉得累。",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=20_000, help="random cuts in all")
    parser.add_argument("--seed", type=int, default=20_251)
    parser.add_argument("--policy", action="append", help="default, strict, permissive, cn, children")
    given = parser.parse_args()
    policies = given.policy or ["default", "strict", "permissive", "cn", "children"]
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.tsv"
        words.write_text(TERMS, encoding="utf-8")
        os.environ["AIGC_LEXICON"] = str(words)
        print(
            "| policy | random cuts | texts halted | violations | hold-back at most | waiting, English prose, mean / "
            "most | Chinese | µs a character |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        failures = sum(run(p, given.plays // len(policies), given.seed + i) for i, p in enumerate(policies))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
