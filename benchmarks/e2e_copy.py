"""Learned copy on the E2E dev set: multi-reference BLEU, and facts missing or invented.

Each distinct meaning representation (MR) of the original dev set is written once, with the shipped bundle and the
generator's defaults, and scored against all its references. BLEU is sacrebleu's corpus BLEU on 13a tokens with
the closest reference length: lower-cased, which is what the E2E challenge's scorer computes (mteval-13a, case
ignored), and cased. Facts are counted by the checker of `benchmarks/e2e_checker.py`, which is learned from the
training set, shares no pattern with the generator's filter and chooses no candidate; its agreement with the
cleaned dev set is printed beside it.

Usage: AIGC_DATA=… python benchmarks/e2e_copy.py [--bundle ID_OR_FOLDER] [--file NAME.csv.gz] [--record] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import numpy as np
from e2e_checker import CLASSIFIED, LearnedChecker, fitted_checker, level, read_rows

SHIPPED = Path(__file__).parents[1] / "plugins" / "aigc-text" / "aigc_text" / "bundles" / "copy-e2e-en"


def write(bundle: str, facts: list[dict[str, str]], seed: int) -> tuple[list[str], dict[str, Any]]:
    """One text for each MR, by the generator's defaults; an empty text where it gave none."""
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.learned.candidates import generate
    from aigc_text.learned.domain import Domain

    with Runtime() as runtime:
        opened = runtime.bundle(bundle)
        domain, engine = Domain.from_bundle(opened), runtime.decoder(opened)
        started = time.monotonic()
        rows = [domain.facts(row) for row in facts]
        found = generate(
            domain,
            engine,
            rows,
            1,
            ctx=CallContext(seed=seed),
            request_ids=[str(index) for index in range(len(rows))],
        )
        seconds = time.monotonic() - started
    texts = [candidates[0].text if candidates else "" for candidates in found]
    return texts, {"seconds": round(seconds, 1), "without a faithful text": sum(not text for text in texts)}


def bleu(texts: list[str], references: list[list[str]], *, lowercase: bool) -> float:
    """Corpus BLEU in [0, 1]; references of an MR that has fewer than the others are left out."""
    import sacrebleu

    widest = max(map(len, references))
    streams = [[refs[i] if i < len(refs) else None for refs in references] for i in range(widest)]
    return float(sacrebleu.corpus_bleu(texts, streams, lowercase=lowercase, tokenize="13a").score) / 100


def score(
    texts: list[str], groups: list[tuple[dict[str, str], list[str]]], checker: LearnedChecker
) -> dict[str, Any]:
    """All figures."""
    facts, references = [group[0] for group in groups], [group[1] for group in groups]
    standard, any_wording = checker.count(texts, facts), checker.count(texts, facts, any_wording=True)
    return {
        "BLEU": round(bleu(texts, references, lowercase=True), 4),
        "BLEU, cased": round(bleu(texts, references, lowercase=False), 4),
        "slots given": standard.given,
        "missing": standard.missing,
        "invented": standard.invented,
        "missing + invented, % of slots": round(100 * standard.rate, 2),
        "invented, rare wordings too": any_wording.invented,
        "missing + invented, rare wordings too, % of slots": round(100 * any_wording.rate, 2),
        "by slot (given, missing, invented, rare wordings too)": any_wording.by_slot,
    }


def sensitivity(
    texts: list[str], facts: list[dict[str, str]], checker: LearnedChecker, seed: int
) -> dict[str, Any]:
    """How often the checker notices a fact withheld from, or changed in, what it compares a text with."""
    rng = np.random.default_rng(seed)
    tried = withheld = changed = 0
    for text, row in zip(texts, facts, strict=True):
        given = [slot for slot in CLASSIFIED if slot in row]
        if not given:
            continue
        slot = given[int(rng.integers(len(given)))]
        others = sorted({rule.value for rule in checker.rules[slot]} - {level(slot, row[slot])})
        tried += 1
        withheld += checker.count([text], [{k: v for k, v in row.items() if k != slot}]).invented
        other = others[int(rng.integers(len(others)))]
        changed += checker.count([text], [row | {slot: other}]).missing
    return {
        "checker notices a withheld fact as invented, %": round(100 * withheld / tried, 1),
        "checker notices a changed fact as missing, %": round(100 * changed / tried, 1),
    }


def record(folder: Path, figures: dict[str, Any]) -> None:
    """Put the main figures into the bundle's manifest."""
    from aigc_sdk.bundles.bundle import read_manifest
    from aigc_sdk.bundles.manifest import QualityRow, write_manifest

    where = (
        f"E2E {figures['file'].split('.')[0]}, {figures['meaning representations']} meaning representations"
    )
    rows = [
        QualityRow(
            metric="BLEU",
            dataset=where,
            value=figures["BLEU"],
            notes="multi-reference, 13a tokens, lower case",
        ),
        QualityRow(
            metric="missing + invented facts, % of slots",
            dataset=where,
            value=figures["missing + invented, % of slots"],
            notes="by benchmarks/e2e_checker.py, which chooses no candidate",
        ),
    ]
    manifest = read_manifest(folder)
    fields = manifest.model_dump(exclude={"files", "schema_version"})
    fields["quality"] = [row for row in manifest.quality if row.dataset != where] + rows
    write_manifest(folder, **fields)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--bundle", default=str(SHIPPED), help="bundle id or folder (default: the shipped one)"
    )
    parser.add_argument("--file", default="devset.csv.gz", help="file of the E2E folder with mr, ref columns")
    parser.add_argument("--limit", type=int, default=0, help="only the first N meaning representations")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--texts", type=Path, help="write the texts there, one JSON object a line")
    parser.add_argument("--record", action="store_true", help="put the figures into the bundle's manifest")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    by_mr: dict[str, tuple[dict[str, str], list[str]]] = {}
    for facts, text in read_rows(options.file):
        by_mr.setdefault(json.dumps(facts), (facts, []))[1].append(text)
    groups = list(by_mr.values())[: options.limit or None]
    texts, figures = write(options.bundle, [facts for facts, _ in groups], options.seed)
    checker = fitted_checker()
    figures |= {"file": options.file, "meaning representations": len(groups), **score(texts, groups, checker)}
    cleaned = read_rows("cleaned_devel-fixed.no-ol.csv.gz")
    agreement = checker.count([text for _, text in cleaned], [facts for facts, _ in cleaned])
    figures["checker agrees with the cleaned dev set, % of given slots"] = round(
        100 * (1 - agreement.rate), 2
    )
    wrong = agreement.missing + agreement.invented
    figures["the same, % of all 8 slots of each reference"] = round(100 * (1 - wrong / (8 * len(cleaned))), 2)
    figures |= sensitivity(texts, [facts for facts, _ in groups], checker, options.seed)
    if options.record:
        record(Path(options.bundle), figures)
    if options.texts:
        with options.texts.open("w", encoding="utf-8") as file:
            for (facts, _), text in zip(groups, texts, strict=True):
                file.write(json.dumps({"facts": facts, "text": text}, ensure_ascii=False) + "\n")
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
