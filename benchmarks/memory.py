"""Peak memory of serving: a fresh process that loads the chat model and answers, screened and scored.

    python benchmarks/memory.py [--tokens 128]

Target: at most the bundle's size, plus its KV cache, plus 250 MB. Also checks that neither TensorFlow, torch,
scikit-learn nor nltk was imported on the way.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

SCRIPT = """
import json, resource, sys
from aigc_sdk import Studio
with Studio(policy=sys.argv[1]) as studio:
    bundle = studio.store.resolve("smollm2-135m-instruct")
    result = studio.generate("text/chat", messages=[{"role": "user", "content": "Tell me about rivers."}],
        options={"temperature": 0.0, "max_new_tokens": int(sys.argv[2])}, language="en", seed=1,
        evaluators=[] if sys.argv[1] == "unscreened-benchmark" else None)
    shape = bundle.manifest.decoder
    kv = 2 * shape.layers * shape.kv_heads * shape.head_dim * 4 * 512
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    heavy = sorted({"tensorflow", "torch", "sklearn", "nltk"} & set(sys.modules))
    print(json.dumps({"bundle": bundle.size, "kv": kv, "peak": peak, "heavy": heavy,
        "tokens": result.outputs[0].candidate.tokens, "usage": [u.bundle for u in result.trace.usage]}))
"""


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tokens", type=int, default=128)
    tokens = parser.parse_args(argv).tokens
    print(
        "| serving `text/chat` | peak MB | bundle MB | KV cache MB (512 positions) | limit MB | heavy imports |"
    )
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for policy in ("unscreened-benchmark", "default"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, policy, str(tokens)], check=True, capture_output=True, text=True
        )
        row = json.loads(done.stdout)
        limit = row["bundle"] + row["kv"] + 250e6
        cells = [row["peak"], row["bundle"], row["kv"], limit]
        heavy = ", ".join(row["heavy"]) or "none"
        print(f"| policy {policy} | {' | '.join(f'{c / 1e6:.0f}' for c in cells)} | {heavy} |")


if __name__ == "__main__":
    main()
