"""What importing and asking for help cost, against the least anyone pays, in one run.

    python benchmarks/import_cost.py [--runs 21]

Each command runs in a fresh interpreter, in turns (A B C A B C …), so that a busy machine slows all alike.
The ratio is that of the medians; the spread is given as quartiles.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

AIGC = shutil.which("aigc", path=str(Path(sys.executable).parent)) or "aigc"

COMMANDS = {
    "import pluggy, pydantic": [sys.executable, "-c", "import pluggy, pydantic; pydantic.BaseModel"],
    "import aigc_sdk": [sys.executable, "-c", "import aigc_sdk"],
    "from aigc_sdk import Studio": [sys.executable, "-c", "from aigc_sdk import Studio"],
    "import pydantic, pluggy, click": [
        sys.executable,
        "-c",
        "import pydantic, pluggy, click; pydantic.BaseModel",
    ],
    "aigc --help": [AIGC, "--help"],
    "aigc plugins list --json": [AIGC, "plugins", "list", "--json"],
}
AGAINST = {
    "import aigc_sdk": ("import pluggy, pydantic", 1.5),
    "from aigc_sdk import Studio": ("import pluggy, pydantic", None),
    "aigc --help": ("import pydantic, pluggy, click", 3.0),
}


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=21)
    runs = parser.parse_args(argv).runs
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if turn:  # the first turn warms the file cache
                seconds[name].append(time.perf_counter() - start)
    print("| command (fresh interpreter) | median ms | quartiles | ratio | target |")
    print("| --- | ---: | --- | --- | --- |")
    for name, values in seconds.items():
        low, middle, high = (1e3 * q for q in statistics.quantiles(values, n=4))
        ratio = target = ""
        if name in AGAINST:
            base, limit = AGAINST[name]
            ratio = f"{middle / (1e3 * statistics.median(seconds[base])):.2f} × `{base}`"
            target = "" if limit is None else f"≤ {limit}"
        print(f"| `{name}` | {middle:.0f} | {low:.0f}–{high:.0f} | {ratio} | {target} |")


if __name__ == "__main__":
    main()
