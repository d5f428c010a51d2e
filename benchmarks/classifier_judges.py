"""What can be measured by ``benchmarks/classifier.py``: tiers, the cascade, runs that left a source out, the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from classifier_sets import Labels

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.taxonomy import Severity, Stage
from aigc_sdk.verdict import Err
from aigc_text.moderators.classifier import ClassifierModerator
from aigc_text.moderators.normalise import classifier_text
from aigc_text.training.fast_data import HEADS
from aigc_text.training.fast_model import FastModel
from aigc_text.training.moderation_fast import windowed

Floats = np.ndarray[Any, np.dtype[np.float64]]
Predict = Callable[[Sequence[str], Sequence[str]], Floats]
"""Texts and their languages to probabilities, [texts, heads of `HEADS`]."""
BATCH = 256


@dataclass
class Judge:
    """Probabilities and flags of one way to judge.

    Attributes:
        name: For the tables.
        predict: Probabilities.
        thresholds: ``[language][head]``; None where ``flag`` says what is flagged.
        flag: Flags, bool [texts, heads], where tiers with several thresholds decide.
    """

    name: str
    predict: Predict
    thresholds: Mapping[str, Mapping[str, float]] | None = None
    flag: Callable[[Sequence[str], Sequence[str]], Any] | None = None

    def flags(self, texts: Sequence[str], languages: Sequence[str]) -> Any:
        """What is flagged at severity medium or above, bool [texts, heads]."""
        if self.flag is not None:
            return self.flag(texts, languages)
        assert self.thresholds is not None
        cuts = np.array([[self.thresholds[lang].get(head, 2.0) for head in HEADS] for lang in languages])
        return self.predict(texts, languages) >= cuts


def of_moderator(name: str, moderator: ClassifierModerator) -> Judge:
    """The moderator as it stands: one tier, or the cascade where it has two."""

    def batches(texts: Sequence[str], languages: Sequence[str]) -> Any:
        for first in range(0, len(texts), BATCH):
            both = zip(texts[first : first + BATCH], languages[first : first + BATCH], strict=True)
            yield [Text(t.replace("\x00", "") or " ", language=lang) for t, lang in both]

    def predict(texts: Sequence[str], languages: Sequence[str]) -> Floats:
        rows = [row for batch in batches(texts, languages) for row in moderator.probabilities(batch)]
        return np.array(
            [[0.0 if isinstance(r, Err) else r.get(head, 0.0) for head in HEADS] for r in rows], np.float64
        )

    def flag(texts: Sequence[str], languages: Sequence[str]) -> Any:
        found = np.zeros((len(texts), len(HEADS)), bool)
        row = 0
        for batch in batches(texts, languages):
            for screening in moderator.moderate(batch, stage=Stage.OUTPUT, ctx=CallContext()):
                if not isinstance(screening, Err):
                    for f in screening.findings:
                        found[row, HEADS.index(str(f.subcategory))] |= f.severity >= Severity.MEDIUM
                row += 1
        return found

    return Judge(name, predict, flag=flag)


def of_fold(name: str, file: Path, calibration: Mapping[str, Any]) -> Judge:
    """A model that the trainer of ``moderation-fast`` kept, at the calibration and thresholds that ship."""
    model = FastModel.load(file)

    def predict(texts: Sequence[str], languages: Sequence[str]) -> Floats:
        (language,) = set(languages)
        logits = windowed(model, texts, language)
        result = np.zeros((len(texts), len(HEADS)))
        for column, head in enumerate(HEADS):
            if point := calibration[language].get(head):
                result[:, column] = 1 / (1 + np.exp(-(point["slope"] * logits[:, column] + point["offset"])))
        return result

    thresholds = {lang: {h: p["threshold"] for h, p in heads.items()} for lang, heads in calibration.items()}
    return Judge(name, predict, thresholds)


def baseline(train: Labels, seed: int = 0) -> Predict:
    """TF-IDF of words (1-2) and characters (2-5; Chinese characters 1-3) and a linear SVM, C by inner validation.

    Margins through a logistic stand for probabilities, so that one half is the plane.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    span = (1, 3) if train.language == "zh" else (2, 5)
    parts = [
        TfidfVectorizer(analyzer="char", ngram_range=span, min_df=3, sublinear_tf=True, dtype=np.float32)
    ]
    if train.language == "en":
        parts.append(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32))
    texts, labels = [classifier_text(t) for t in train.texts], np.array(train.labels)
    # C is chosen on part of the rows: the best one hardly moves with their number.
    part = np.random.default_rng(seed).permutation(len(texts))[:8000]
    search = GridSearchCV(
        make_pipeline(make_union(*parts), LinearSVC(class_weight="balanced", random_state=seed)),
        {"linearsvc__C": [0.03, 0.1, 0.3, 1.0]},
        scoring="f1_macro",
        cv=3,
    ).fit([texts[i] for i in part], labels[part])
    model = search.best_estimator_.fit(texts, labels)

    def predict(rows: Sequence[str], languages: Sequence[str]) -> Floats:
        result = np.zeros((len(rows), len(HEADS)))
        margins = model.decision_function([classifier_text(t) for t in rows])
        result[:, HEADS.index(train.head)] = 1 / (1 + np.exp(-margins))
        return result

    return predict
