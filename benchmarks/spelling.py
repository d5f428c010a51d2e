"""Spelling and grammar: what is found, how often the correction is right, and what is flagged in good text.

    python benchmarks/spelling.py [--limit 1000] [--show RULE]

English errors: JFLEG dev (learners' sentences, four rewrites each; tests only). A flagged word counts as an error if not
every rewrite kept it, and the correction as right if a rewrite has it in that place (between the same neighbours, or
at least the word). Recall of spelling is against the words that JFLEG's own spell-checked version changed. English good text:
CoLA sentences judged acceptable (tests only), references of E2E, intents of clinc150. Chinese: SIGHAN 13 to 15
(tests only), and abstracts and articles taken as right. Spelling errors made here (one random slip in a word of E2E) check
the confidence.
"""

from __future__ import annotations

import argparse
import collections
import csv
import difflib
import gzip
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from aigc_text.correction import Correction, find_errors

SPACED = re.compile(r" (?=[.,!?;:%)]|n't|'(?:s|m|re|ve|d|ll)\b)|(?<=[(]) ")


def detokenised(line: str) -> str:
    """JFLEG and CoLA put spaces around punctuation, which is not what is measured here."""
    return SPACED.sub("", line.strip()).replace("`` ", '"').replace(" ''", '"')


def lines(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig") as stream:
        return [line.rstrip("\n") for line in stream]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())


def jfleg(root: Path, show: str | None) -> None:
    source = [detokenised(line) for line in lines(root / "gec_jfleg/dev.src")]
    spelled = [detokenised(line) for line in lines(root / "gec_jfleg/dev.spellchecked.src")]
    rewrites = [[detokenised(r) for r in lines(root / f"gec_jfleg/dev.ref{i}")] for i in range(4)]
    flagged: collections.Counter[str] = collections.Counter()
    error: collections.Counter[str] = collections.Counter()
    right: collections.Counter[str] = collections.Counter()
    sure: collections.Counter[str] = collections.Counter()
    sure_right: collections.Counter[str] = collections.Counter()
    changed = caught = 0
    for i, text in enumerate(source):
        found = find_errors(text, "en")
        references = [r[i] for r in rewrites]
        for c in found:
            flagged[c.rule] += 1
            kept, mended = judged(text, c, references)
            error[c.rule] += not kept
            right[c.rule] += mended
            if c.confidence >= 0.8:
                sure[c.rule] += 1
                sure_right[c.rule] += mended
            if show == c.rule and not mended:
                print(
                    f"    {text[slice(*c.span)]!r} -> {c.replacement!r} {c.confidence}: …{text[max(0, c.span[0] - 40) : c.span[1] + 30]}…"
                )
        misspelt = set(changed_words(text, spelled[i]))
        changed += len(misspelt)
        caught += sum(
            any(text[slice(*c.span)].lower() == w for c in found if c.kind == "spelling") for w in misspelt
        )
    print(
        "\n| rule, JFLEG dev (754 sentences) | flagged | an error by some rewrite | correction right | confidence ≥ .8: right |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    for rule, count in flagged.most_common():
        print(
            f"| {rule} | {count} | {error[rule] / count:.2f} | {right[rule] / count:.2f} | "
            f"{sure_right[rule]}/{sure[rule]} |"
        )
    print(
        f"\nSpelling: {caught} of {changed} words that the spell-checked version changed were flagged ({caught / changed:.2f})."
    )


def judged(text: str, c: Correction, references: list[str]) -> tuple[bool, bool]:
    """Whether every rewrite kept the place as it was, and whether one has the correction there."""

    def around(middle: str) -> str:
        before = words(text[: c.span[0]])[-1:]
        after = words(text[c.span[1] :])[:1]
        return " ".join([*before, *words(middle), *after])

    here, there = around(text[slice(*c.span)]), around(c.replacement or "")
    flat = [f" {' '.join(words(r))} " for r in references]
    if c.kind == "spelling":
        wrong, new = text[slice(*c.span)].lower(), " ".join(words(c.replacement or "\0"))
        return all(f" {wrong} " in r for r in flat), any(f" {new} " in r for r in flat)
    if here == there:  # capitals, punctuation and spacing are compared as written
        left, behind = text[max(0, c.span[0] - 6) : c.span[0]], text[c.span[1] : c.span[1] + 6]
        return (
            all(left + text[slice(*c.span)] + behind in r for r in references),
            any(left.lstrip() + (c.replacement or "") + behind.rstrip() in r for r in references),
        )
    return all(f" {here} " in r for r in flat), any(f" {there} " in r for r in flat)


def changed_words(before: str, after: str) -> Iterable[str]:
    a, b = words(before), words(after)
    for tag, i, j, k, m in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        # Words that only differ in where they are cut are no misspellings.
        if tag == "replace" and "".join(a[i:j]) != "".join(b[k:m]):
            yield from (w for w in a[i:j] if len(w) > 2 and w not in b)


def good_text(name: str, language: str, texts: list[str], show: str | None) -> None:
    unit, total = (
        ("characters", sum(map(len, texts)))
        if language == "zh"
        else ("words", sum(len(words(t)) for t in texts))
    )
    rules: collections.Counter[str] = collections.Counter()
    hit = 0
    sure = 0
    for text in texts:
        found = find_errors(text, language)
        hit += bool(found)
        sure += any(c.confidence >= 0.8 for c in found)
        rules.update(c.rule for c in found)
        for c in found:
            if show == c.rule:
                print(
                    f"    {text[slice(*c.span)]!r} -> {c.replacement!r} {c.confidence}: …{text[max(0, c.span[0] - 30) : c.span[1] + 20]}…"
                )
    top = ", ".join(f"{rule} {count}" for rule, count in rules.most_common(8))
    print(
        f"| {name} | {len(texts):,} | {100 * rules.total() / total:.3f} /100 {unit} | {hit / len(texts):.2%} | "
        f"{sure / len(texts):.2%} | {top} |",
        flush=True,
    )


def slips(texts: list[str], count: int) -> None:
    """One slip a sentence, in a word of five letters and more: are corrections as right as they say?"""
    draw = random.Random(0)
    bins: dict[float, list[bool]] = collections.defaultdict(list)
    flagged = made = 0
    for text in texts[:count]:
        places = list(re.finditer(r"(?<=[a-z] )[a-z]{5,}(?=[ ,.])", text))
        if not places:
            continue
        place = draw.choice(places)
        wrong = slip(place[0], draw)
        if wrong == place[0]:
            continue
        made += 1
        spoiled = text[: place.start()] + wrong + text[place.end() :]
        for c in find_errors(spoiled, "en", kinds=["spelling"]):
            if c.span[0] == place.start():
                flagged += 1
                bins[min(0.9, c.confidence // 0.2 * 0.2)].append(c.replacement == place[0])
    print(f"\nSlips made in E2E references: {flagged} of {made} flagged (the others made another word).\n")
    print("| confidence from | corrections | right |\n| ---: | ---: | ---: |")
    for least, hits in sorted(bins.items()):
        print(f"| {least:.1f} | {len(hits)} | {statistics.fmean(hits):.2f} |")


def slip(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word))
    letter = draw.choice("abcdefghijklmnopqrstuvwxyz")
    kind = draw.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    if kind == 3:
        return word[:at] + word[at] + word[at:]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def sighan(root: Path) -> None:
    print(
        "\n| SIGHAN | sentences | errors | found | flagged in other places | correction right |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    for name in ("train14", "train15", "test13", "test14"):
        with gzip.open(root / f"spell_zh_sighan/{name}.sgml.gz", "rt", encoding="utf-8") as stream:
            data = stream.read()
        sentences = errors = found = other = right = 0
        for block in re.findall(r"<SENTENCE>.*?</SENTENCE>", data, re.DOTALL):
            text = re.search(r"<TEXT>(.*?)</TEXT>", block, re.DOTALL)[1].strip()  # type: ignore[index]
            places = {
                int(place) - 1: fixed
                for place, fixed in re.findall(
                    r"<LOCATION>(\d+)</LOCATION>.*?<CORRECTION>\s*(.*?)\s*</CORRECTION>", block, re.DOTALL
                )
            }
            sentences += 1
            errors += len(places)
            for c in find_errors(text, "zh", kinds=["grammar"]):
                hits = [p for p in places if c.span[0] <= p < c.span[1]]
                found += len(hits)
                other += not hits
                right += sum(
                    (c.replacement or "")[p - c.span[0] : p - c.span[0] + 1] == places[p] for p in hits
                )
        print(f"| {name} | {sentences:,} | {errors:,} | {found} | {other} | {right} |", flush=True)


def speed(texts: list[str]) -> None:
    find_errors("Warm teh up", "en")
    began = time.perf_counter()
    for text in texts:
        find_errors(text, "en")
    seconds = time.perf_counter() - began
    print(
        f"\nSpeed: {len(texts) / seconds:,.0f} E2E references a second ({sum(len(words(t)) for t in texts) / seconds:,.0f} words)."
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=1500, help="texts of a set of good text")
    parser.add_argument("--show", metavar="RULE", help="print what a rule said and should not have")
    parser.add_argument("--only", choices=["permissive"], help="leave out the sets for tests (for tuning)")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root, limit = Path(data) / "text", arguments.limit
    draw = random.Random(0)

    def sample(texts: Iterable[str]) -> list[str]:
        rows = sorted({t for t in texts if t.strip()})
        return draw.sample(rows, min(limit, len(rows)))

    with gzip.open(root / "d2t_e2e_nlg/devset.csv.gz", "rt", encoding="utf-8") as stream:
        e2e = sample(row["ref"] for row in csv.DictReader(stream))
    clinc = sample(json_texts(root / "intent_clinc150"))
    papers = sample(scitldr(root))
    tatoeba = [line.split("\t") for line in lines(root / "mt_en_zh_tatoeba/cmn_train.tsv.gz")]
    print(
        "| good text | texts | flagged | texts with any | with one of confidence ≥ .8 | rules |\n| --- | ---: | ---: | ---: | ---: | --- |"
    )
    good_text("E2E references", "en", e2e, arguments.show)
    good_text("clinc150 (typed by users)", "en", clinc, arguments.show)
    good_text("SciTLDR summaries", "en", papers, arguments.show)
    good_text("Tatoeba, English", "en", sample(row[0] for row in tatoeba), arguments.show)
    good_text("Tatoeba, Chinese", "zh", sample(row[1] for row in tatoeba), arguments.show)
    good_text("CSL abstracts", "zh", sample(csl(root)), arguments.show)
    if arguments.only != "permissive":
        cola = [line.split("\t") for line in lines(root / "en_grammar_cola/train.tsv.gz")]
        accepted = [detokenised(row[0]) for row in cola if row[-1] == "1"]
        good_text("CoLA, acceptable (tests only)", "en", sample(accepted), arguments.show)
        ads = [
            json.loads(line)["summary"]
            for line in lines(root / "d2t_advertisegen/advertisegen_dev_part.jsonl")
        ]
        good_text("AdvertiseGen (tests only)", "zh", sample(ads), arguments.show)
    slips(e2e, limit)
    if arguments.only != "permissive":
        jfleg(root, arguments.show)
        sighan(root)
    speed(e2e[:500])


def json_texts(folder: Path) -> Iterable[str]:
    """Sentences of clinc150."""
    for path in sorted(folder.glob("data_full.json*")):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as stream:
            data = json.load(stream)
        for part in ("val", "test"):
            yield from (row[0] for row in data.get(part, []))


def scitldr(root: Path) -> Iterable[str]:
    for path in sorted((root / "summ_scitldr").glob("*dev*")):
        for line in lines(path):
            target = json.loads(line).get("target")
            yield from (target if isinstance(target, list) else [target or ""])


def csl(root: Path) -> Iterable[str]:
    for path in sorted((root / "summ_zh_csl").glob("ts_dev*")):
        yield from (line.split("\t")[1] for line in lines(path) if line.count("\t") >= 2)


if __name__ == "__main__":
    main()
