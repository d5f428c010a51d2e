"""What constrained decoding costs: microseconds a token, milliseconds to compile; no model is run.

    python benchmarks/constrained.py [--bundle smollm2-135m-instruct] [--repeats 20]

A text that satisfies the constraint is fed token by token to the logits processor, over random logits of the bundle's
whole vocabulary. Time is the thread's own (``time.thread_time``), so that other work on the machine counts little.
"compile" is the first use of a constraint, and "vocabulary" what is made once for a tokenizer.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np

from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.runtime.constrained import compile_constraint
from aigc_sdk.runtime.constrained_output import (
    ChoiceConstraint,
    JsonConstraint,
    OutputConstraint,
    RegexConstraint,
)
from aigc_sdk.runtime.tokenizer import Tokenizer

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 60},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "emails": {"type": "array", "items": {"type": "string", "format": "email"}, "maxItems": 4},
        "notes": {"type": "string"},
        "mood": {"enum": ["good", "bad", "一般"]},
    },
    "required": ["name", "age", "emails", "notes", "mood"],
    "additionalProperties": False,
}
VALUE = {
    "name": "Maria Schmidt-Lee",
    "age": 41,
    "emails": ["maria@example.com", "m.schmidt@example.org"],
    "notes": "Bought two kettles on 3 May and asked whether the lid fits the older model. 她说水壶很安静。",
    "mood": "一般",
}
CASES: dict[str, tuple[OutputConstraint, str]] = {
    "JSON schema, five properties": (JsonConstraint.of(PERSON), json.dumps(VALUE, ensure_ascii=False)),
    "any JSON": (JsonConstraint.of({}), json.dumps(VALUE, ensure_ascii=False)),
    "a string of at most 300 characters": (
        JsonConstraint.of({"type": "string", "maxLength": 300}),
        json.dumps(VALUE["notes"], ensure_ascii=False),
    ),
    "regex: number, unit, colour": (
        RegexConstraint.of(r"\d{1,4}(?:\.\d{1,2})? (?:kg|g|litres) (?:red|green|blue) [a-z ]{1,40}"),
        "125.50 litres green and quiet enough for a small kitchen",
    ),
    "200 choices": (
        ChoiceConstraint.of([f"department of {i} and related matters" for i in range(200)]),
        "department of 117 and related matters",
    ),
}


def measure(
    constraint: OutputConstraint, text: str, tokenizer: Tokenizer, repeats: int
) -> tuple[float, list[float], int]:
    """Milliseconds to compile, microseconds of each step, and tokens of the text."""
    began = time.thread_time()
    compiled = compile_constraint(constraint, tokenizer, tokenizer.vocab_size)
    compile_ms = (time.thread_time() - began) * 1e3
    ids = np.array(tokenizer.encode(text), np.int64)
    logits = np.random.default_rng(0).normal(size=tokenizer.vocab_size).astype(np.float32)
    steps: list[float] = []
    for _ in range(repeats):
        processor = compiled.processor(0)
        for length in range(len(ids) + 1):
            scratch = logits.copy()
            began = time.thread_time()
            processor(ids[:length], scratch)
            steps.append((time.thread_time() - began) * 1e6)
            allowed = np.isfinite(scratch)
            wanted = allowed[ids[length]] if length < len(ids) else allowed[list(tokenizer.eos)].any()
            if not wanted:
                raise SystemExit(f"{text!r} does not satisfy its constraint at token {length}.")
    return compile_ms, steps, len(ids)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bundle", default="smollm2-135m-instruct")
    parser.add_argument("--repeats", type=int, default=20)
    given = parser.parse_args()
    tokenizer = Tokenizer.from_bundle(BundleStore().resolve(given.bundle))
    began = time.thread_time()
    compile_constraint(ChoiceConstraint.of(["x"]), tokenizer, tokenizer.vocab_size)
    print(f"Vocabulary of {tokenizer.vocab_size}: {(time.thread_time() - began) * 1e3:.0f} ms, once.\n")
    print("| constraint | tokens | compile, ms | first text, µs a token | later texts: median | 99 % |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (constraint, text) in CASES.items():
        compile_ms, steps, tokens = measure(constraint, text, tokenizer, given.repeats)
        first, later = steps[: tokens + 1], steps[tokens + 1 :]
        print(
            f"| {name} | {tokens} | {compile_ms:.1f} | {np.mean(first):.0f} | {np.median(later):.0f} "
            f"| {np.percentile(later, 99):.0f} |"
        )


if __name__ == "__main__":
    main()
