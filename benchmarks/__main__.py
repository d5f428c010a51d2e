"""Run every benchmark, or those named: ``python -m benchmarks [NAME ...]``.

Each prints Markdown; ``docs/benchmarks.md`` holds the last full run. Those that need the data sets are left out,
with a line saying so, where AIGC_DATA is not set.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ALL = {
    "import_cost": False,
    "studio_overhead": False,
    "decode_loop": False,
    "decode_peers": False,
    "constrained": False,
    "memory": False,
    "nll_import": True,
    "e2e_copy": True,
    "templates": True,
    "moderation": True,
    "classifier": True,
    "classify": True,
    "lexicon": True,
    "privacy": True,
    "ad_law": False,
    "injection": True,
    "encoder": True,
    "sentiment": True,
    "spelling": True,
    "consistency": True,
    "summary": True,
    "corpus": True,
    "retrieval": True,
    "streaming": False,
    "faults": False,
    "text_stack": True,
}
"""Name → whether it needs AIGC_DATA."""

EXTRA = {"decode_loop": ["--bundle", "smollm2-135m-instruct"]}


def main() -> int:
    wanted = sys.argv[1:] or list(ALL)
    unknown = set(wanted) - set(ALL)
    if unknown:
        print(f"No benchmark {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    failed = []
    for name in wanted:
        print(f"\n## {name}\n", flush=True)
        if ALL[name] and not os.environ.get("AIGC_DATA"):
            print("Left out: it needs the data sets (set AIGC_DATA to their folder).")
            continue
        script = Path(__file__).with_name(f"{name}.py")
        done = subprocess.run([sys.executable, str(script), *EXTRA.get(name, [])], check=False)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
