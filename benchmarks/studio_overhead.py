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
    bare_studio = Studio(policy="unscreened-benchmark")
    screened_studio = Studio(policy="default")
    with bare_studio, screened_studio:
        engine = bare_studio.runtime.decoder(bare_studio.store.resolve(MODEL))
        template = ChatTemplate.from_bundle(engine.bundle, engine.tokenizer)
        ids = template.encode(messages)
        params = SamplingParams(max_new_tokens=args.tokens, temperature=0.0)
        (bare,) = engine.generate([ids], params, ctx=CallContext(), request_ids=["r"])

        def chat(studio: Studio, evaluators: list[str] | None) -> Callable[[], object]:
            return lambda: studio.generate(
                "text/chat",
                messages=messages,
                options=options,
                evaluators=evaluators,
                seed=1,
                request_id="r",
                language="en",
            )

        ways: dict[str, Callable[[], Any]] = {
            "bare decode loop": lambda: engine.generate(
                [ids], params, ctx=CallContext(seed=1), request_ids=["r"]
            ),
            "Studio, unscreened, no evaluators": chat(bare_studio, []),
            "Studio, default policy": chat(screened_studio, []),
            "Studio, default policy, default evaluators": chat(screened_studio, None),
        }
        through = ways["Studio, unscreened, no evaluators"]()
        assert through.outputs[0].candidate.tokens == len(bare.ids), "both ways must do the same work"
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        shuffled = random.Random(0)
        for turn in range(args.rounds + 1):
            # In another order each round: what ran before leaves warmer or colder caches behind.
            for name, way in shuffled.sample(list(ways.items()), len(ways)):
                took = timed(way)
                if turn:
                    seconds[name].append(took)
    base = seconds["bare decode loop"]
    print(f"Prompt {len(ids)} tokens, {args.tokens} new tokens, greedy, {args.rounds} rounds in turns\n")
    print("| way | median ms | ratio to the bare loop, median of pairs | target |")
    print("| --- | ---: | ---: | --- |")
    for name, values in seconds.items():
        ratio = statistics.median(v / b for v, b in zip(values, base, strict=True))
        target = "≤ 1.03" if name.startswith("Studio, unscreened") else ""
        print(f"| {name} | {1e3 * statistics.median(values):.1f} | {ratio:.3f} | {target} |")


if __name__ == "__main__":
    main()
