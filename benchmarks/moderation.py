"""What the text moderators catch, what they flag by mistake, and what they cost. Prints Markdown tables.

    AIGC_DATA=DATA_ROOT python benchmarks/moderation.py [--limit N]

Sets marked "not trained on" are evaluation sets of other people's making. Prints figures only, never a text.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import UnsupportedLanguageError
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Finding
from aigc_text.moderators.lexicon import LexiconModerator
from aigc_text.moderators.lexicon_match import Matcher
from aigc_text.moderators.lexicon_terms import Term
from aigc_text.moderators.normalise import classifier_text
from aigc_text.moderators.svm import SvmModerator
from aigc_text.training.data_files import open_text
from aigc_text.training.moderation_data import LABELLED, cold
from aigc_text.training.moderation_ordinary import ordinary
from aigc_text.training.moderation_svm import held_back

Moderator = LexiconModerator | SvmModerator
BATCH = 256
ABUSE = {Category.HARASSMENT, Category.HATE, Category.PROFANITY, Category.SEXUAL}


def labelled(root: Path) -> Iterable[tuple[str, str, list[tuple[str, int]]]]:
    """``(set, category, rows)``: training sources on the fifth held back, and sets never trained on."""
    for name, reader in LABELLED.items():
        head = "spam" if name == "spam_sms" else "offence"
        rows = [(r.text, r.labels[head]) for r in reader(root) if head in r.labels]
        yield f"{name} (held-back fifth)", head, [r for r in rows if held_back(classifier_text(r[0]))]
    yield "zh_offense_cold dev", "offence", [(r.text, r.labels["offence"]) for r in cold(root, "dev")]
    with open_text(root / "text/en_offense_olid/olid-training-v1.0.tsv.gz") as stream:
        rows = [
            (r["tweet"].replace("@USER", ""), int(r["subtask_a"] == "OFF"))
            for r in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    yield "en_offense_olid (not trained on)", "offence", rows
    with open_text(root / "text/zh_toxicn/train.json.gz") as stream:
        yield (
            "zh_toxicn (not trained on)",
            "offence",
            [(r["content"], int(r["toxic"])) for r in json.load(stream)],
        )


def findings(moderator: Moderator, texts: Sequence[str]) -> list[tuple[Finding, ...]]:
    """Findings of every text; a text that cannot be judged (another language) counts as not flagged."""
    found: list[tuple[Finding, ...]] = []
    for start in range(0, len(texts), BATCH):
        batch = [Text(t.replace("\x00", "")) for t in texts[start : start + BATCH]]
        rows = moderator.moderate(batch, stage=Stage.OUTPUT, ctx=CallContext())
        found += [() if isinstance(row, Err) else row.findings for row in rows]
    return found


def acted_on(rows: Sequence[tuple[Finding, ...]], categories: set[Category] | None = None) -> np.ndarray:
    """Where a finding of medium severity or more stands."""
    return np.asarray(
        [
            any(f.severity >= Severity.MEDIUM and (not categories or f.category in categories) for f in r)
            for r in rows
        ]
    )


def auroc(score: np.ndarray, label: np.ndarray) -> float:
    """Area under the ROC curve; ties count half."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = int(label.sum())
    negatives = len(label) - positives
    return float((ranks[label == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def recall_at(score: np.ndarray, label: np.ndarray, fpr: float) -> float:
    """Share of positives above the threshold that lets ``fpr`` of the negatives through."""
    return float((score[label == 1] > np.quantile(score[label == 0], 1 - fpr)).mean())


def probabilities(svm: SvmModerator, texts: Sequence[str], head: str) -> np.ndarray:
    """Highest calibrated probability of a head over languages and windows."""
    values = []
    for text in texts:
        try:
            values.append(svm.probabilities(text).get(head, 0.0))
        except UnsupportedLanguageError:
            values.append(0.0)
    return np.asarray(values)


def quality(root: Path, lexicon: LexiconModerator, svm: SvmModerator, limit: int) -> None:
    print(
        "| labelled set | texts | SVM AUROC | recall at 1 % FPR | SVM recall / FPR | lexicon recall / FPR | either |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, head, rows in labelled(root):
        rows = rows[:limit]
        texts, label = [t for t, _ in rows], np.asarray([y for _, y in rows])
        score = probabilities(svm, texts, head)
        wanted = {Category.SPAM} if head == "spam" else ABUSE
        by_svm = acted_on(findings(svm, texts), wanted)
        by_list = acted_on(findings(lexicon, texts), wanted)
        cells = [
            f"{flag[label == 1].mean():.3f} / {flag[label == 0].mean():.4f}"
            for flag in (by_svm, by_list, by_svm | by_list)
        ]
        print(
            f"| {name} | {len(rows)} | {auroc(score, label):.3f} | {recall_at(score, label, 0.01):.3f} | "
            + " | ".join(cells)
            + " |"
        )


def false_alarms(root: Path, lexicon: LexiconModerator, svm: SvmModerator, limit: int) -> None:
    print(
        "\n| ordinary text (texts not trained on; of clinc150, E2E and CMRC another split was) | language | texts | SVM flags | lexicon flags | a 10k texts, either |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for name, language, texts in ordinary(root, "report"):
        texts = texts[:limit]
        by_svm, by_list = acted_on(findings(svm, texts)), acted_on(findings(lexicon, texts))
        print(
            f"| {name} | {language} | {len(texts)} | {by_svm.mean():.4f} | {by_list.mean():.4f} | "
            f"{(by_svm | by_list).mean() * 1e4:.1f} |"
        )


def speed(root: Path, lexicon: LexiconModerator, svm: SvmModerator) -> None:
    print("\n| detector | texts | characters a text | µs a text, batches | µs a text, alone (median) |")
    print("| --- | --- | ---: | ---: | ---: |")
    sets = {name: texts[:2000] for name, _, texts in ordinary(root, "report")}
    for name in ("intent_clinc150 test", "en_news_agnews test", "d2t_advertisegen"):
        texts = sets[name]
        for label, moderator in (("text/lexicon", lexicon), ("text/svm", svm)):
            _row(label, name, texts, moderator)
    padded = Matcher([*lexicon.terms, *(Term(f"zq{i:x}qz") for i in range(150_000))])
    texts = [t[:200] for t in sets["en_news_agnews test"] if len(t) >= 200]
    best = min(_seconds(lambda: [padded.find(t) for t in texts]) for _ in range(3)) / len(texts)
    print(f"| lexicon padded to 150k terms | 200 characters | 200 | {best * 1e6:.1f} | |")


def _row(label: str, name: str, texts: Sequence[str], moderator: Moderator) -> None:
    batch = min(_seconds(lambda: findings(moderator, texts)) for _ in range(3)) / len(texts)
    alone = np.median([_seconds(lambda t=t: findings(moderator, [t])) for t in texts[:500]])
    mean = sum(map(len, texts)) / len(texts)
    print(f"| {label} | {name} | {mean:.0f} | {batch * 1e6:.1f} | {alone * 1e6:.1f} |")


def _seconds(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10_000, help="texts a set")
    limit = parser.parse_args().limit
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data)
    lexicon, svm = LexiconModerator(), SvmModerator()
    with Runtime(device="cpu", threads=1) as runtime:
        lexicon.load(runtime)
        svm.load(runtime)
        quality(root, lexicon, svm, limit)
        false_alarms(root, lexicon, svm, limit)
        speed(root, lexicon, svm)


if __name__ == "__main__":
    main()
