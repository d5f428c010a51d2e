"""Intents with `text/classify` beside TF-IDF with a linear SVM, on CLINC150 and BANKING77.

    AIGC_DATA=ROOT python benchmarks/classify.py [--set clinc150 banking77] [--method head|fine-tune] [--limit 20] [--work FOLDER]

CLINC150 (Larson et al., EMNLP 2019): trained on its training rows, the out-of-scope ones included; validation rows choose
temperature and thresholds; figures are of its test part, 4,500 rows in scope and 1,000 out of scope. BANKING77 (Casanueva et
al., 2020): its training file alone, a fifth of each intent held back as a test by a fixed draw, a tenth of the rest for
validation; published figures are of another split. Both classifiers see the same rows and the same rule sets both thresholds: of
the rightly labelled validation rows, 1.5 % may be rejected.

The columns: accuracy in scope as served (a text taken for out of scope is wrong), accuracy of the likeliest label, macro-F1,
recall of out-of-scope texts and AUROC of the score for them, calibration error, milliseconds a text served one at a time.
``--limit`` keeps that many training rows of an intent for a quick look. ``head`` reads 25,000 short texts once; ``fine-tune``
takes about twenty minutes a set on two cores and goes on from its checkpoint in ``--work``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aigc_sdk.bundles.store import BundleStore
from aigc_sdk.errors import AigcError
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.training import TrainingJob
from aigc_text.generators.classify.model import TextClassifier
from aigc_text.training.classify import train
from aigc_text.training.classify_data import Dataset, read_dataset
from aigc_text.training.classify_options import ClassifyTrainingOptions
from aigc_text.training.classify_report import figures
from aigc_text.training.classify_scope import Outputs, Scope, auroc, choose_scope, fit_temperature

Rows = list[tuple[str, str, str]]
"""(text, label, split)"""

_LICENCES = {"clinc150": "CC-BY-3.0", "banking77": "CC-BY-4.0"}
_CREDITS = {
    "clinc150": "Larson et al., An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction, 2019",
    "banking77": "Casanueva et al., Efficient Intent Detection with Dual Sentence Encoders, 2020",
}
_OUTSIDE = {"clinc150": "oos", "banking77": None}
_TIMED = 200


def clinc150(root: Path) -> Rows:
    with gzip.open(root / "text/intent_clinc150/data_full.json.gz", "rt", encoding="utf-8") as stream:
        data = json.load(stream)
    parts = {
        "train": "train", "oos_train": "train", "val": "validation", "oos_val": "validation", "test": "test",
        "oos_test": "test",
    }  # fmt: skip
    return [(text, label, split) for part, split in parts.items() for text, label in data[part]]


def banking77(root: Path) -> Rows:
    with gzip.open(root / "text/intent_banking77/train.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(stream)]
    draw = np.random.default_rng(77)
    found: Rows = []
    for label in sorted({label for _, label in rows}):
        texts = [text for text, other in rows if other == label]
        order = draw.permutation(len(texts))
        test = round(len(texts) / 5)
        validation = test + round((len(texts) - test) / 10)
        for place, index in enumerate(order):
            split = "test" if place < test else "validation" if place < validation else "train"
            found.append((texts[index], label, split))
    return found


READERS = {"clinc150": clinc150, "banking77": banking77}


def limited(rows: Rows, limit: int | None) -> Rows:
    """At most ``limit`` training rows of a label, and a third as many of the other splits."""
    if limit is None:
        return rows
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for text, label, split in rows:
        most = limit if split == "train" else max(2, limit // 3)
        if label == "oos":
            most *= 10
        seen[label, split] += 1
        if seen[label, split] <= most:
            kept.append((text, label, split))
    return kept


def svm(data: Dataset, most_rejected: float) -> tuple[Outputs, float, Scope, float]:
    """TF-IDF of words, pairs of words and short strings, with a linear SVM; C chosen on the validation rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    texts = data.texts
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    x = features.fit_transform([texts[i] for i in data.train])
    held = features.transform([texts[i] for i in data.validation])
    best, model = -1.0, None
    for strength in (0.1, 0.3, 1.0, 3.0):
        tried = LinearSVC(C=strength, random_state=0).fit(x, data.targets[data.train])
        accuracy = float(tried.score(held, data.targets[data.validation]))
        if accuracy > best:
            best, model = accuracy, tried
    assert model is not None
    # Margins take the place of logits: their scale is the temperature's to find.
    seen = Outputs(model.decision_function(held), data.targets[data.validation], data.outside)
    temperature = fit_temperature(seen)
    scope = choose_scope(seen, temperature, "auto", distances=False, most_rejected=most_rejected)
    tested = features.transform([texts[i] for i in data.test])
    rows = Outputs(model.decision_function(tested), data.targets[data.test], data.outside)
    some = [texts[i] for i in data.test[:_TIMED]]
    start = time.perf_counter()
    for text in some:
        model.decision_function(features.transform([text]))
    return rows, temperature, scope, 1000 * (time.perf_counter() - start) / len(some)


def ours(
    name: str, path: Path, data: Dataset, options: ClassifyTrainingOptions, out: Path
) -> tuple[Outputs, float, Scope, float]:
    """The classifier as it is served."""

    def report(what: str, found: object) -> None:
        print(f"{name}, {what}: {found}", file=sys.stderr, flush=True)

    made = train(TrainingJob(data=path, out=out, options=options, report=report))
    with Runtime(resolver=BundleStore().resolve) as runtime:
        bundle = runtime.bundle(made)
        model = TextClassifier(bundle, runtime)
        logits, distances = model.scores([data.texts[i] for i in data.test])
        rows = Outputs(logits, data.targets[data.test], data.outside, distances)
        some = [data.texts[i] for i in data.test[:_TIMED]]
        start = time.perf_counter()
        for text in some:
            model.predict([text])
        took = 1000 * (time.perf_counter() - start) / len(some)
    scope = bundle.manifest.calibration["scope"]
    return rows, model.temperature, Scope(scope["score"], scope["threshold"], {}, []), took


def row_of(
    title: str, data: Dataset, rows: Outputs, temperature: float, scope: Scope, took: float
) -> Sequence[str]:
    found = figures(rows, data.labels, temperature, scope)
    recall = ranks = "–"
    if not rows.within.all():
        scores = rows.scores(scope.score, temperature)
        recall = f"{100 * found['out_of_scope_recall']:.1f}"
        ranks = f"{100 * auroc(scores[rows.within], scores[~rows.within]):.1f}"
    return (
        title,
        f"{100 * found['accuracy']:.2f}",
        f"{100 * found['accuracy_closed']:.2f}",
        f"{100 * found['macro_f1']:.2f}",
        recall,
        f"{ranks} ({scope.score})" if recall != "–" else "–",
        f"{100 * found['ece']:.1f}",
        f"{took:.2f}",
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs="+", choices=sorted(READERS), default=["clinc150", "banking77"])
    parser.add_argument("--method", choices=("head", "fine-tune"), default="head")
    parser.add_argument("--limit", type=int, help="training rows of an intent")
    parser.add_argument(
        "--work", type=Path, help="keeps vectors, checkpoints and bundles; default a temporary folder"
    )
    parser.add_argument("--base", default="", help="as the option base of the trainer")
    parser.add_argument("--epochs", type=float, default=ClassifyTrainingOptions().epochs)
    given = parser.parse_args()
    if not os.environ.get("AIGC_DATA"):
        print("Set AIGC_DATA to the folder that holds text/.", file=sys.stderr)
        return 2
    root = Path(os.environ["AIGC_DATA"])
    print(
        "| set | classifier | accuracy in scope | likeliest label | macro-F1 | out-of-scope recall | AUROC | ECE | ms |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as scratch:
        work = given.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        for name in given.set:
            path = work / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                content = limited(READERS[name](root), given.limit)
                csv.writer(stream).writerows([("text", "label", "split"), *content])
            options = ClassifyTrainingOptions(
                method=given.method,
                base=given.base,
                epochs=given.epochs,
                out_of_scope_label=_OUTSIDE[name],
                bundle_id=f"intents-{name}",
                licence=_LICENCES[name],
                attribution=_CREDITS[name],
                dataset=name,
            )
            data = read_dataset(path, options, 0)
            try:
                made = ours(name, path, data, options, work / f"{name}-{given.method}")
            except AigcError as error:
                print(f"{name}: {error}", file=sys.stderr)
                return 1
            titles = {"head": "text/classify, head", "fine-tune": "text/classify, fine-tuned"}
            print("| " + " | ".join((name, *row_of(titles[given.method], data, *made))) + " |", flush=True)
            peer = svm(data, options.most_rejected)
            print("| " + " | ".join((name, *row_of("TF-IDF, linear SVM", data, *peer))) + " |", flush=True)
            within = int(made[0].within.sum())
            print(f"{name}: {within} test rows in scope of {len(data.test)}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
