"""What a `Studio` call costs beyond the bare decode loop, and what screening and scoring add.

    python benchmarks/studio_overhead.py [--tokens 64] [--rounds 16]

1. Relative: ``text/chat`` through `Studio` under the explicit unscreened policy and without evaluators,
   against `DecoderEngine.generate` on the same prompt ids, greedy, same number of tokens, in turns.
2. Fixed: the same with one token through a generator that does nothing, so that what is left is the pipeline.
3. With the default policy, and with the default policy and the generator's own evaluators.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from aigc_sdk.content import Candidate, Message, Text
from aigc_sdk.context import CallContext
from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.request import Generation, Request
from aigc_sdk.runtime.chat_template import ChatTemplate
from aigc_sdk.runtime.decode import DecoderEngine
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.spec import GeneratorSpec
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Kind

MODEL = "smollm2-135m-instruct"
QUESTION = "Write a long story about a lighthouse keeper and a lost boat."


class Nothing:
    """A generator that answers at once."""

    answer = Generation((Candidate(Text("x")),))

    def load(self, runtime: object) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to close."""

    def generate(self, requests: Sequence[Request], *, ctx: CallContext) -> list[Generation]:
        """The same answer for all."""
        return [self.answer] * len(requests)


def nothing_plugin() -> PluginSource:
    module = ModuleType("nothing")

    @hookimpl
    def aigc_generators() -> list[GeneratorSpec]:
        return [
            GeneratorSpec(
                id="bench/nothing",
                summary="Answers at once.",
                factory="benchmarks.studio_overhead:Nothing",
                inputs=(Kind.ATTRIBUTES,),
                outputs=(Kind.TEXT,),
            )
        ]

    module.__dict__.update(AIGC_HOOK_API=(1, 1), aigc_generators=aigc_generators)
    return PluginSource("nothing", lambda: module)


def timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def fixed_cost_us(calls: int = 2000) -> tuple[float, float, float]:
    """Quartiles of the microseconds a call costs beyond the component itself."""
    sys.modules.setdefault("benchmarks.studio_overhead", sys.modules[__name__])
    with Studio(policy="unscreened-benchmark", registry=Registry([nothing_plugin()])) as studio:
        call = lambda: studio.generate("bench/nothing", {"a": "b"}, seed=1, request_id="r")  # noqa: E731
        for _ in range(100):
            call()
        low, middle, high = statistics.quantiles([1e6 * timed(call) for _ in range(calls)], n=4)
    return low, middle, high


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=16)
    args = parser.parse_args(argv)

    low, middle, high = fixed_cost_us()
    print(f"Fixed cost of a Studio call: {middle:.0f} µs (quartiles {low:.0f}–{high:.0f}; target ≤ 200 µs)\n")

    messages = [Message("system", "You write stories."), Message("user", QUESTION)]
    options = {"temperature": 0.0, "max_new_tokens": args.tokens}
    studios = {name: Studio(policy=name) for name in ("unscreened-benchmark", "default")}
    params = SamplingParams(max_new_tokens=args.tokens, temperature=0.0)
    ways: dict[str, tuple[str, Callable[[], Any]]] = {}

    def chat(policy: str, evaluators: list[str] | None) -> Callable[[], Any]:
        return lambda: studios[policy].generate(
            "text/chat",
            messages=messages,
            options=options,
            evaluators=evaluators,
            seed=1,
            request_id="r",
            language="en",
        )

    with studios["unscreened-benchmark"], studios["default"]:
        for policy, studio in studios.items():
            # Each Studio is held against the bare loop on its own session: where a session's weights happen to
            # lie in memory alone makes a few per cent.
            engine = studio.runtime.decoder(studio.store.resolve(MODEL))
            ids = ChatTemplate.from_bundle(engine.bundle, engine.tokenizer).encode(messages)
            ways[f"bare decode loop, session of {policy}"] = (policy, bare_loop(engine, ids, params))
        ways["Studio, unscreened, no evaluators"] = (
            "unscreened-benchmark",
            chat("unscreened-benchmark", []),
        )
        ways["Studio, default policy"] = ("default", chat("default", []))
        ways["Studio, default policy, default evaluators"] = ("default", chat("default", None))

        (bare,) = ways["bare decode loop, session of default"][1]()
        through = ways["Studio, unscreened, no evaluators"][1]()
        assert through.outputs[0].candidate.tokens == len(bare.ids), "both ways must do the same work"
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        shuffled = random.Random(0)
        for turn in range(args.rounds + 1):
            # In another order each round: what ran before leaves warmer or colder caches behind.
            for name, (_, way) in shuffled.sample(list(ways.items()), len(ways)):
                took = timed(way)
                if turn:
                    seconds[name].append(took)
    print(f"Prompt {len(ids)} tokens, {args.tokens} new tokens, greedy, {args.rounds} rounds in turns\n")
    print("| way | median ms | ratio to the bare loop of its session, median of pairs | target |")
    print("| --- | ---: | ---: | --- |")
    for name, values in seconds.items():
        base = seconds[f"bare decode loop, session of {ways[name][0]}"]
        ratio = statistics.median(v / b for v, b in zip(values, base, strict=True))
        target = "≤ 1.03" if name.startswith("Studio, unscreened") else ""
        print(f"| {name} | {1e3 * statistics.median(values):.1f} | {ratio:.3f} | {target} |")


def bare_loop(engine: DecoderEngine, ids: list[int], params: SamplingParams) -> Callable[[], Any]:
    return lambda: engine.generate([ids], params, ctx=CallContext(seed=1), request_ids=["r"])


if __name__ == "__main__":
    main()
