"""Template copy: are the facts given the facts written, and how long does it take?

    python benchmarks/templates.py [--candidates 4]

Chinese: the attribute sets of AdvertiseGen's dev part (``$AIGC_DATA/text/d2t_advertisegen``; inputs only). English: the
attributes of E2E's dev set, forced through the templates. Facts are counted by the generic checker, on what the
generator returned.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aigc_sdk.context import CallContext
from aigc_sdk.request import Generation, Request
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.facts import FactChecker, read_brief
from aigc_text.generators.copy.generator import CopyGenerator
from aigc_text.generators.copy.options import CopyOptions


def advertisegen(root: Path) -> Iterator[dict[str, Any]]:
    with (root / "text/d2t_advertisegen/advertisegen_dev_part.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            inputs: dict[str, Any] = {}
            for pair in json.loads(line)["content"].split("*"):
                name, _, value = pair.partition("#")
                inputs.setdefault(name, []).append(value)
            yield inputs


def e2e(root: Path) -> Iterator[dict[str, Any]]:
    seen = set()
    path = root / "text/d2t_e2e_nlg/devset.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["mr"] not in seen:
                seen.add(row["mr"])
                yield dict(re.findall(r"([\w ]+)\[([^\]]*)\]", row["mr"]))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--candidates", type=int, default=4)
    wanted = parser.parse_args(argv).candidates
    data = os.environ.get("AIGC_DATA")
    if not data:
        print("Set AIGC_DATA to the folder of data sets.", file=sys.stderr)
        return 2
    generator = CopyGenerator()
    generator.load(Runtime(device="cpu"))
    options = CopyOptions(method="template", candidates=wanted)
    print("| inputs | language | requests | candidates | facts given | missing | invented | µs a candidate |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, language, inputs in (
        ("d2t_advertisegen dev part", "zh", list(advertisegen(Path(data)))),
        ("d2t_e2e_nlg devset", "en", list(e2e(Path(data)))),
    ):
        made = given = missing = invented = 0
        micros = []
        for index, attributes in enumerate(inputs):
            request = Request(id=str(index), inputs=attributes, n=wanted, language=language, options=options)
            start = time.perf_counter()
            (row,) = generator.generate([request], ctx=CallContext(seed=1))
            took = time.perf_counter() - start
            if not isinstance(row, Generation):
                raise row.error
            micros.append(1e6 * took / len(row.candidates))
            brief = read_brief(attributes)
            checker = FactChecker(brief, language)
            for candidate in row.candidates:
                report = checker.check(str(candidate.content))
                made += 1
                given += len(report.stated) + len(report.missing)
                missing += len(report.missing)
                invented += len(report.invented)
        cells = [len(inputs), made, given, missing, invented, f"{statistics.median(micros):.0f}"]
        print(f"| {name} | {language} | {' | '.join(map(str, cells))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
