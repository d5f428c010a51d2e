"""The decode engine against llama.cpp and onnxruntime-genai on the same weights, look-up, and concurrent callers.

    python benchmarks/decode_peers.py [--bundle smollm2-135m-instruct] [--gguf FILE] [--genai FOLDER]
        [--peer-python PYTHON] [--threads 1 --threads 2] [--repeats 3] [--only peers|lookup|callers]

1. Greedy, prompt 128 + 128 tokens: time to first token and tokens/s at batch 1 for each number of threads, and
   tokens/s of a batch of 16. Every figure comes from a process of its own; engines take turns, forward and backward,
   and medians are printed. ``--gguf`` adds llama.cpp (``llama-cpp-python``) on the file the bundle was imported from
   (batch 1: its Python API has no batches); ``--genai`` adds onnxruntime-genai on a folder that its builder made with
   ``-p int8``. Both may live in another environment: ``--peer-python`` names its interpreter.
2. Look-up speculation on copies, corrections and summaries: tokens/s against plain greedy decoding, in turns, and
   whether the texts are the same.
3. Sixteen callers in threads of their own against the bare loop of `decode_loop.py` over a batch of sixteen.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from aigc_sdk.runtime.decode import Decoded, DecoderEngine

ROWS = 16
PASSAGES = (
    "The harbour of Lindvik froze for three weeks in the winter of 1893. The ferry to Aske could not sail, so the "
    "postmaster, Nils Brandt, carried the letters across the ice on a sledge. On the second trip he fell through a "
    "crack near the lighthouse and lost two sacks of mail, but the keeper pulled him out with a boat hook. In "
    "spring the sacks were found on the beach, and every letter was dried, ironed and delivered.",
    "A heat pump moves heat instead of making it. A fan draws outside air over a coil in which a refrigerant "
    "evaporates at a low temperature. A compressor raises its pressure, and with it the temperature; in a second coil "
    "the refrigerant gives its heat to the water of the heating system and becomes liquid again. For each unit of "
    "electricity, three to four units of heat reach the house. The colder the air outside, the less it is.",
    "Our returns policy is simple. Unused articles can be sent back within 30 days of delivery, in their original "
    "packaging and with the receipt. Returns are free within the country; from abroad the sender pays the postage. "
    "We refund the price within 5 working days after the parcel has arrived. Opened cosmetics, cut fabric and "
    "personalised gifts are excluded. For questions write to the service team or call from 9 to 17 on weekdays.",
)
TASKS = {
    "copy": "Repeat the following text word for word.\n\n{}",
    "correct": "Correct the mistakes in the following text and change nothing else.\n\n{}",
    "summary": "Summarise the following text in two sentences, using its own words.\n\n{}",
    "grounded": "Answer from the text alone, quoting it: what are the main facts?\n\n{}",
}


# ---- one engine in a process of its own: no import of the SDK outside `run_ours` -------------------------


def run_ours(model: str, threads: int, prompts: list[list[int]], tokens: int) -> tuple[float, float]:
    """Seconds to the first tokens and from there to the last, of a batch."""
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.runtime.runtime import Runtime

    with Runtime(device="cpu", threads=threads, resolver=BundleStore().resolve) as runtime:
        engine = runtime.decoder(model)
        decode(engine, [prompts[0][:32]], 4)
        return decode(engine, prompts, tokens)


def run_llama(model: str, threads: int, prompts: list[list[int]], tokens: int) -> tuple[float, float]:
    """The same of llama.cpp, for a single prompt."""
    from llama_cpp import Llama

    llama = Llama(
        model, n_ctx=len(prompts[0]) + tokens + 8, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    next(llama.generate(prompts[0][:32], temp=0.0, repeat_penalty=1.0))
    began = time.perf_counter()
    made = llama.generate(prompts[0], temp=0.0, repeat_penalty=1.0, reset=True)
    next(made)
    first = time.perf_counter()
    for _ in range(tokens - 1):
        next(made)
    return first - began, time.perf_counter() - first


def run_genai(model: str, threads: int, prompts: list[list[int]], tokens: int) -> tuple[float, float]:
    """The same of onnxruntime-genai."""
    import onnxruntime_genai as og

    config = og.Config(model)
    config.overlay(json.dumps({"model": {"decoder": {"session_options": {"intra_op_num_threads": threads}}}}))
    loaded = og.Model(config)

    def generate(ids: list[list[int]], count: int) -> tuple[float, float]:
        params = og.GeneratorParams(loaded)
        total = len(ids[0]) + count
        params.set_search_options(batch_size=len(ids), max_length=total, min_length=total, do_sample=False)
        generator = og.Generator(loaded, params)
        began = time.perf_counter()
        generator.append_tokens(np.asarray(ids, np.int32))
        generator.generate_next_token()
        first = time.perf_counter()
        for _ in range(count - 1):
            generator.generate_next_token()
        return first - began, time.perf_counter() - first

    generate([prompts[0][:32]], 4)
    return generate(prompts, tokens)


WORKERS: dict[str, Callable[[str, int, list[list[int]], int], tuple[float, float]]] = {
    "this engine": run_ours,
    "llama.cpp": run_llama,
    "onnxruntime-genai": run_genai,
}


def decode(engine: DecoderEngine, prompts: list[list[int]], tokens: int) -> tuple[float, float]:
    """Seconds to the first tokens of all rows, and from there to the last."""
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.sampling import SamplingParams

    marks: list[float] = []
    began = time.perf_counter()
    engine.generate(
        prompts,
        SamplingParams(max_new_tokens=tokens, ignore_eos=True, lookup=False),
        ctx=CallContext(),
        request_ids=[str(row) for row in range(len(prompts))],
        on_token=lambda _row, _token: marks.append(time.perf_counter()),
    )
    first = marks[len(prompts) - 1]
    return first - began, marks[-1] - first


# ---- against the peers -----------------------------------------------------------------------------------


def compare(args: argparse.Namespace, prompts: list[list[int]]) -> None:
    """Print the table of engines."""
    models = {"this engine": args.bundle, "llama.cpp": args.gguf, "onnxruntime-genai": args.genai}
    engines = [name for name, model in models.items() if model]
    cases = [(threads, 1) for threads in args.threads] + [(max(args.threads), ROWS)]
    found: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prompts.json"
        for turn in range(args.repeats):
            for threads, rows in cases:
                file.write_text(json.dumps(prompts[:rows]), encoding="utf-8")
                for name in engines if turn % 2 == 0 else reversed(engines):
                    if name in missing or (rows > 1 and name == "llama.cpp"):
                        continue
                    python = sys.executable if name == "this engine" else args.peer_python
                    command = [python, __file__, "--worker", name, "--bundle", models[name]]
                    command += [
                        "--threads",
                        str(threads),
                        "--tokens",
                        str(args.tokens),
                        "--prompts",
                        str(file),
                    ]
                    done = subprocess.run(command, capture_output=True, text=True)
                    if done.returncode:
                        missing[name] = (done.stderr.strip().splitlines() or ["it failed"])[-1]
                        continue
                    measured = json.loads(done.stdout.splitlines()[-1])
                    found.setdefault((name, threads, rows), []).append(tuple(measured))
    print("| engine | threads | rows | first token ms | tokens/s | to this engine's |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for threads, rows in cases:
        base = None
        for name in engines:
            runs = found.get((name, threads, rows))
            if not runs:
                continue
            first = statistics.median(run[0] for run in runs)
            speed = rows * (args.tokens - 1) / statistics.median(run[1] for run in runs)
            base = base or speed
            print(f"| {name} | {threads} | {rows} | {first * 1e3:.0f} | {speed:.1f} | {speed / base:.2f} |")
    for name, why in missing.items():
        print(f"\n{name} did not run: {why}")
    for name in models.keys() - set(engines):
        print(f"\n{name} was left out: name its model (see --help).")


# ---- look-up ---------------------------------------------------------------------------------------------


def copies(engine: DecoderEngine, template: Any) -> Iterator[tuple[str, list[int]]]:
    """Prompts whose answers repeat them, by task."""
    from aigc_sdk.content import Message

    for name, task in TASKS.items():
        for passage in PASSAGES:
            yield name, template.encode([Message("user", task.format(passage))])


def compare_lookup(engine: DecoderEngine, template: Any, args: argparse.Namespace) -> None:
    """Print what look-up speculation gains on copies."""
    print("\n| task | tokens | plain tokens/s | look-up tokens/s | gain | guessed | right | same text |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    seconds: dict[tuple[str, bool], list[float]] = {}
    tokens: dict[str, int] = {}
    counts: dict[str, list[int]] = {}
    same: dict[str, list[bool]] = {}
    cases = list(copies(engine, template))
    for prompt in (cases[0][1], cases[-1][1]):  # what steps of several tokens cost is learnt once an engine
        answer(engine, prompt, args.tokens, lookup=True)
    for name, prompt in cases:
        ways = [[], []]  # type: list[list[Decoded]]
        for turn in range(args.repeats):
            for lookup in (False, True) if turn % 2 == 0 else (True, False):
                ways[lookup].append(answer(engine, prompt, args.tokens, lookup=lookup))
        for lookup, results in enumerate(ways):
            spent = statistics.median(result.decode_ms for result in results) / 1e3
            seconds.setdefault((name, bool(lookup)), []).append(spent)
        tokens[name] = tokens.get(name, 0) + len(ways[0][0].ids)
        old = counts.setdefault(name, [0, 0])
        counts[name] = [old[0] + ways[1][-1].drafted, old[1] + ways[1][-1].accepted]
        same.setdefault(name, []).append(all(result.ids == ways[0][0].ids for result in [*ways[0], *ways[1]]))
    for name in [*TASKS, "all"]:
        names = list(TASKS) if name == "all" else [name]
        total = sum(tokens[one] for one in names)
        plain, lookup = (sum(sum(seconds[one, way]) for one in names) for way in (False, True))
        drafted, right = (sum(counts[one][which] for one in names) for which in (0, 1))
        alike = [value for one in names for value in same[one]]
        print(
            f"| {name} | {total} | {total / plain:.1f} | {total / lookup:.1f} | {plain / lookup:.2f} | {drafted} "
            f"| {right} | {sum(alike)} of {len(alike)} |"
        )
    relative = ", ".join(f"{width}: {engine._costs.relative(width):.2f}" for width in (2, 3, 5, 8, 12, 16))
    print(f"\nCost of a step over several tokens, in steps over one: {relative}.")


def answer(engine: DecoderEngine, prompt: list[int], tokens: int, *, lookup: bool) -> Decoded:
    """A greedy answer."""
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.sampling import SamplingParams
    from aigc_sdk.verdict import Err

    params = SamplingParams(max_new_tokens=tokens, lookup=lookup)
    (result,) = engine.generate([prompt], params, ctx=CallContext(), request_ids=["x"])
    if isinstance(result, Err):
        raise result.error
    return result


# ---- callers ---------------------------------------------------------------------------------------------


def compare_callers(engine: DecoderEngine, prompts: list[list[int]], args: argparse.Namespace) -> None:
    """Print what sixteen callers get, in all, of what a bare loop over their batch gives."""
    from decode_loop import decode_bare

    array = np.asarray(prompts)
    ways: dict[str, Callable[[], object]] = {
        "bare loop over 16 rows": lambda: decode_bare(engine, array, args.tokens),
        "one call with 16 rows": lambda: decode(engine, prompts, args.tokens),
        "16 callers": lambda: call_concurrently(engine, prompts, args.tokens),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(args.repeats):
        for name in ways if turn % 2 == 0 else reversed(ways):
            engine._prefixes.clear()  # each time as if the prompts were new
            began = time.perf_counter()
            ways[name]()
            seconds[name].append(time.perf_counter() - began)
    print("\n| way | seconds | tokens/s, reading included | to the bare loop's |")
    print("| --- | ---: | ---: | ---: |")
    base = statistics.median(seconds["bare loop over 16 rows"])
    for name, spent in seconds.items():
        middle = statistics.median(spent)
        print(f"| {name} | {middle:.2f} | {ROWS * args.tokens / middle:.1f} | {base / middle:.2f} |")


def call_concurrently(engine: DecoderEngine, prompts: list[list[int]], tokens: int) -> None:
    """A caller for each prompt."""
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.sampling import SamplingParams

    params = SamplingParams(max_new_tokens=tokens, ignore_eos=True)
    threads = [
        threading.Thread(
            target=engine.generate,
            args=([prompt], params),
            kwargs={"ctx": CallContext(), "request_ids": ["x"]},
        )
        for prompt in prompts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(argv: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bundle", default="smollm2-135m-instruct", help="folder or id of a chat bundle")
    parser.add_argument("--gguf", help="the file it was imported from, for llama.cpp")
    parser.add_argument("--genai", help="folder of an onnxruntime-genai model of the same weights")
    parser.add_argument("--peer-python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--threads", type=int, action="append", help="may be repeated (default 1 and 2)")
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--prompt", type=int, default=128, help="tokens of each prompt")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", choices=["peers", "lookup", "callers"], help="one of the three parts")
    parser.add_argument("--worker", choices=list(WORKERS), help=argparse.SUPPRESS)
    parser.add_argument("--prompts", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    args.threads = args.threads or [1, 2]
    if args.worker:
        prompts = json.loads(Path(args.prompts).read_text(encoding="utf-8"))
        print(json.dumps(WORKERS[args.worker](args.bundle, args.threads[0], prompts, args.tokens)))
        return

    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.runtime.chat_template import ChatTemplate
    from aigc_sdk.runtime.runtime import Runtime

    threads = max(args.threads)
    with Runtime(device="cpu", threads=threads, resolver=BundleStore().resolve) as runtime:
        engine = runtime.decoder(args.bundle)
        prompts = make_prompts(engine, args.prompt)
        print(f"{engine.bundle.id}; prompt {args.prompt}, {args.tokens} tokens, medians of {args.repeats}\n")
        if args.only in (None, "peers"):
            compare(args, prompts)
        if args.only in (None, "lookup"):
            template = ChatTemplate.from_bundle(engine.bundle, runtime.tokenizer(args.bundle))
            compare_lookup(engine, template, args)
        if args.only in (None, "callers"):
            compare_callers(engine, prompts, args)


def make_prompts(engine: DecoderEngine, length: int) -> list[list[int]]:
    """Prompts of real words, each beginning elsewhere."""
    ids = engine.tokenizer.encode(" ".join(PASSAGES))
    ids = ids * (2 + (length + 7 * ROWS) // len(ids))
    return [ids[7 * row : 7 * row + length] for row in range(ROWS)]


if __name__ == "__main__":
    main()
