"""How well the text classifiers do on what they were not trained on. Prints Markdown tables, never a text.

    AIGC_DATA=DATA_ROOT python benchmarks/classifier.py [--work FOLDER] [--deep-runs FOLDER] [--only PART ...]

``--work`` is the folder that the trainer of ``moderation-fast`` keeps its models in, ``--deep-runs`` the work folder of
``moderation-deep``: with them, each English source is judged by models that never saw it. Parts: left-out, labelled,
harmless, risks, clear, speed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import classifier_sets as sets
import numpy as np
from classifier_judges import Judge, baseline, of_fold, of_moderator
from classifier_sets import LEFT_OUT, Labels
from moderation import auroc, recall_at

from aigc_sdk.bundles import open_bundle
from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Stage
from aigc_text.moderators.classifier import ClassifierModerator
from aigc_text.moderators.fast import BUNDLE
from aigc_text.moderators.shipped import FOLDER
from aigc_text.training.fast_data import HEADS
from aigc_text.training.moderation_ordinary import ordinary

HEADER = "| AUROC | recall at 1 % FPR | at the shipped threshold: recall | false positives | macro-F1 |"
RULE = " ---: | ---: | ---: | ---: | ---: |"


def macro_f1(flag: Any, label: Any) -> float:
    """Mean F1 of both classes."""
    scores = []
    for value in (True, False):
        hit = ((flag == value) & (label == value)).sum()
        scores.append(2 * hit / max(1, (flag == value).sum() + (label == value).sum()))
    return float(np.mean(scores))


def cells(score: Any, flag: Any, label: Any) -> str:
    """The figures of one row."""
    return (
        f"{auroc(score, label):.3f} | {recall_at(score, label, 0.01):.3f} | {flag[label == 1].mean():.3f} | "
        f"{flag[label == 0].mean():.4f} | {macro_f1(flag, label == 1):.3f} |"
    )


def judged(judge: Judge, rows: Labels) -> str:
    """One judge on one labelled set."""
    languages = [rows.language] * len(rows.texts)
    column = HEADS.index(rows.head)
    score = judge.predict(rows.texts, languages)[:, column]
    return cells(score, judge.flags(rows.texts, languages)[:, column], np.array(rows.labels))


def left_out(root: Path, work: Path | None, deep_runs: Path | None, with_baseline: bool) -> None:
    """Each English source judged by models that were trained without it; OLID by models of all three."""
    print(f"\n| trained without | judge {HEADER}\n| --- | --- |{RULE}")
    calibration = open_bundle(FOLDER / BUNDLE).manifest.calibration
    everything = {name: sets.source(root, name) for name in LEFT_OUT}
    for name in (*LEFT_OUT, "OLID"):
        test = everything.get(name) or sets.olid(root)
        if with_baseline:
            rest = [rows for source, rows in everything.items() if source != name]
            texts = [t for rows in rest for t in rows.texts]
            train = Labels("rest", "en", "offence", texts, [y for rows in rest for y in rows.labels])
            judge = Judge("word + char TF-IDF, SVM", baseline(train), {"en": {"offence": 0.5}})
            print(f"| {name} | {judge.name} | {judged(judge, test)}", flush=True)
        fold = "all" if name == "OLID" else f"en-without-{name}"
        if work and (file := work / f"{fold}.npz").exists():
            print(f"| {name} | fast | {judged(of_fold('fast', file, calibration), test)}", flush=True)
        for scores in sorted(deep_runs.glob("without-*/scores.npz")) if deep_runs else ():
            if name in json.loads((scores.parent / "run.json").read_text(encoding="utf-8"))["without"]:
                print(f"| {name} | deep | {deep_cells(scores, name)}", flush=True)


def deep_cells(file: Path, name: str) -> str:
    """Figures of a deep run on the source that it left out; flagged where the logit is above zero."""
    with np.load(file, allow_pickle=False) as arrays:
        logits, labels = arrays[f"{name}/logits"][:, 0], arrays[f"{name}/labels"][:, 0]
    known = labels >= 0
    return cells(logits[known], logits[known] > 0, labels[known])


def labelled(root: Path, judges: Sequence[Judge], with_baseline: bool) -> None:
    """Sets that are not training sources, and held-back fifths; COLD dev beside the baseline of the same run."""
    print(f"\n| set | head | judge {HEADER}\n| --- | --- | --- |{RULE}")
    tests = [
        sets.cold_dev(root),
        sets.toxicn(root),
        sets.olid(root),
        sets.source(root, "spam_sms", "spam", held=True),
    ]
    for test in tests:
        for judge in judges:
            print(f"| {test.name} | {test.head} | {judge.name} | {judged(judge, test)}", flush=True)
    print("\n| COLD dev | accuracy, threshold by accuracy on the fifth of train held back |\n| --- | ---: |")
    dev, held = tests[0], sets.source(root, "zh_offense_cold", held=True)
    others = list(judges)
    if with_baseline:
        train = sets.source(root, "zh_offense_cold", held=False)
        others.insert(0, Judge("char TF-IDF, SVM", baseline(train)))
    for judge in others:
        chosen = _probability(judge, held)
        cut = max(np.quantile(chosen, np.linspace(0.2, 0.8, 121)), key=lambda c: _accuracy(chosen, held, c))
        print(f"| {judge.name} | {_accuracy(_probability(judge, dev), dev, cut):.4f} |", flush=True)


def _probability(judge: Judge, rows: Labels) -> Any:
    return judge.predict(rows.texts, [rows.language] * len(rows.texts))[:, HEADS.index(rows.head)]


def _accuracy(score: Any, rows: Labels, cut: float) -> float:
    return float(((score >= cut) == (np.array(rows.labels) == 1)).mean())


def harmless(root: Path, judges: Sequence[Judge]) -> None:
    """Share of harmless texts that any head flags."""
    names = " | ".join(j.name for j in judges)
    print(f"\n| harmless text | texts | {names} |\n| --- | ---: |{' ---: |' * len(judges)}")

    def row(name: str, texts: Sequence[str], languages: Sequence[str]) -> list[Any]:
        flagged = [judge.flags(texts, languages).any(axis=1) for judge in judges]
        shares = " | ".join(f"{100 * f.mean():.2f} %" for f in flagged)
        print(f"| {name} | {len(texts)} | {shares} |", flush=True)
        return flagged

    pooled: list[str] = []
    for name, texts in sets.everyday(root):
        row(name, texts, ["en"] * len(texts))
        pooled += texts
    row("**together**", pooled, ["en"] * len(pooled))
    for name, language, texts in ordinary(root, "report"):
        texts = sets.sample(texts, 2000)
        row(name, texts, [language] * len(texts))
    for name in ("harmless_identity", "harmless_risks"):
        kinds = sets.own(name)
        for kind, rows in {**kinds, "**all**": [r for part in kinds.values() for r in part]}.items():
            row(f"{name}: {kind}", [t for _, t, _ in rows], [lang for lang, _, _ in rows])


def risks(root: Path, judges: Sequence[Judge]) -> None:
    """Recall of risks: a named head is flagged (in brackets: any head is)."""
    names = " | ".join(j.name for j in judges)
    print(f"\n| risks | texts | {names} |\n| --- | ---: |{' ---: |' * len(judges)}")
    kinds = sets.own("risks")
    behaviours: list[tuple[str, str, tuple[str, ...]]] = [
        ("en", t, ("illicit", "violence", "hate", "offence", "sexual", "self_harm"))
        for t in sets.harmbench(root)
    ]
    every = [r for part in kinds.values() for r in part]
    for kind, rows in {**kinds, "**all**": every, "HarmBench behaviours": behaviours}.items():
        wanted = np.array([[head in heads for head in HEADS] for _, _, heads in rows])
        shares = []
        for judge in judges:
            flags = judge.flags([t for _, t, _ in rows], [lang for lang, _, _ in rows])
            shares.append(f"{(flags & wanted).any(axis=1).mean():.3f} ({flags.any(axis=1).mean():.3f})")
        print(f"| {kind} | {len(rows)} | {' | '.join(shares)} |", flush=True)


def clear(root: Path, moderator: ClassifierModerator) -> None:
    """Share of texts that the fast tier decides; of abusive ones this is what nobody looks at again."""
    print("\n| texts | fast tier decides | harmless | abusive |\n| --- | ---: | ---: | ---: |")
    found: list[tuple[str, str, list[str], Any]] = [
        (name, "en", texts, np.zeros(len(texts))) for name, texts in sets.everyday(root)
    ]
    found += [
        (name, lang, sets.sample(t, 2000), np.zeros(min(2000, len(t))))
        for name, lang, t in ordinary(root, "report")
    ]
    found += [(r.name, r.language, r.texts, np.array(r.labels)) for r in (sets.olid(root), sets.toxicn(root))]
    for name in ("harmless_identity", "harmless_risks", "risks"):
        for language in ("en", "zh"):
            texts = [t for part in sets.own(name).values() for lang, t, _ in part if lang == language]
            found.append(
                (f"{name}, {language}", language, texts, np.full(len(texts), float(name == "risks")))
            )
    for name, language, texts, label in found:
        doubtful = moderator.doubtful([Text(t.replace("\x00", "") or " ", language=language) for t in texts])
        decided = ~np.array(doubtful)
        parts = [f"{decided[label == y].mean():.3f}" if (label == y).any() else "" for y in (0, 1)]
        print(f"| {name} | {decided.mean():.3f} | {' | '.join(parts)} |", flush=True)


def speed(root: Path, moderator: ClassifierModerator) -> None:
    """Microseconds a text: in batches and alone."""
    print("\n| texts | characters | µs a text, batches of 64 | of 256 | alone (median) | p99 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    rows = dict(sets.everyday(root)) | {n: sets.sample(t, 1600) for n, _, t in ordinary(root, "report")}
    for name in ("BANKING77, fifth held back", "CLINC150 test", "en_news_agnews test", "d2t_advertisegen"):
        texts = [Text(t) for t in rows[name]]

        def run(part: Sequence[Text]) -> float:
            start = time.perf_counter()
            moderator.moderate(part, stage=Stage.OUTPUT, ctx=CallContext())
            return (time.perf_counter() - start) * 1e6

        def batched(size: int, texts: Sequence[Text] = texts) -> float:
            return min(
                sum(run(texts[i : i + size]) for i in range(0, len(texts), size)) / len(texts)
                for _ in range(3)
            )

        alone = [run([t]) for t in texts[:500]]
        length = sum(len(t.text) for t in texts) / len(texts)
        figures = (batched(64), batched(256), np.median(alone), np.quantile(alone, 0.99))
        print(f"| {name} | {length:.0f} | {' | '.join(f'{f:.0f}' for f in figures)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--deep-runs", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="parts to run")
    parser.add_argument("--no-baseline", action="store_true", help="the baselines take minutes to train")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root, only = Path(data), arguments.only
    with Runtime(device="cpu", threads=1, resolver=BundleStore().resolve) as runtime:
        fast, both = ClassifierModerator(deep=False), ClassifierModerator()
        fast.load(runtime)
        both.load(runtime)
        judges = [of_moderator("fast", fast)]
        if both.has_deep:
            judges.append(of_moderator("cascade", both))
        if not only or "left-out" in only:
            left_out(root, arguments.work, arguments.deep_runs, not arguments.no_baseline)
        if not only or "labelled" in only:
            labelled(root, judges, not arguments.no_baseline)
        if not only or "harmless" in only:
            harmless(root, judges)
        if not only or "risks" in only:
            risks(root, judges)
        if not only or "clear" in only:
            clear(root, fast)
        if not only or "speed" in only:
            speed(root, fast)


if __name__ == "__main__":
    main()
