"""Training and vetting on made-up data: the path from rows to a verified bundle, without the data sets."""

import random

import pytest

from aigc_sdk.bundles import open_bundle
from aigc_sdk.errors import BadInputError
from aigc_sdk.taxonomy import Category, Severity
from aigc_text.moderators.lexicon_terms import Term
from aigc_text.training import lexicon_build, moderation_data, moderation_svm
from aigc_text.training.moderation_contrast import harmless
from aigc_text.training.moderation_data import Labelled

WORDS = [
    "tea",
    "garden",
    "lamp",
    "river",
    "book",
    "chair",
    "window",
    "cloud",
    "stone",
    "paper",
    "花园",
    "茶杯",
    "河流",
]


def rows(seed, count, label, language="en"):
    draw = random.Random(seed)
    for number in range(count):
        words = draw.sample(WORDS, 4) + ([draw.choice(["zorky", "glimmoid"])] if label else [])
        draw.shuffle(words)
        labels = {"offence": label or 0, "hate": label or 0, "spam": 0}
        yield Labelled(
            "neutral" if label is None else "made_up", language, " ".join(words) + f" {number}", labels
        )
    if label:
        for _ in range(count // 2):
            yield Labelled(
                "made_up",
                language,
                f"win {draw.choice(WORDS)} prize {draw.choice(WORDS)} {draw.choice(WORDS)}",
                {"spam": 1},
            )


@pytest.fixture
def made_up(monkeypatch):
    def labelled(root):
        yield from rows(1, 150, 1)
        yield from rows(2, 150, 0)

    monkeypatch.setattr(moderation_svm, "LABELLED", {"made_up": labelled})
    monkeypatch.setattr(moderation_svm, "NEUTRAL", {"neutral": lambda root: rows(3, 200, None)})
    monkeypatch.setattr(moderation_svm, "SYNTHETIC", {})
    monkeypatch.setattr(
        moderation_svm, "ordinary", lambda root, part: [("teas", "en", ["a cup of tea", "the lamp"])]
    )
    credit = moderation_data.CREDITS["weak"]
    monkeypatch.setattr(moderation_svm, "CREDITS", {"made_up": credit, "neutral": credit})


PLAN = moderation_svm.Plan(
    "en", ("offence", "hate", "spam"), (2, 4), 400, 0.5, 80, dict.fromkeys(("offence", "hate", "spam"), 0.6)
)


def test_training_ends_in_a_bundle_that_separates_what_it_was_taught(made_up, tmp_path):
    pytest.importorskip("skl2onnx")
    out = moderation_svm.train_svm(tmp_path, tmp_path / "bundle", plans=[PLAN])
    manifest = open_bundle(out).manifest
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance
    assert manifest.extra["models"]["en"]["features"] <= 400
    for head in PLAN.heads:
        assert manifest.calibration["en"][head]["at_threshold"]["recall"] > 0.9
        assert manifest.calibration["en"][head]["at_threshold"]["fpr_ordinary"] < 0.05
    assert [q.dataset for q in manifest.quality].count("teas") == 1


def test_training_twice_gives_the_same_weights(made_up, tmp_path):
    pytest.importorskip("skl2onnx")
    first, second = (
        open_bundle(moderation_svm.train_svm(tmp_path, tmp_path / name, plans=[PLAN])).manifest
        for name in "ab"
    )
    assert first.files["en-evidence.npz"] == second.files["en-evidence.npz"]
    assert first.calibration == second.calibration


def test_a_missing_data_set_is_named(tmp_path):
    with pytest.raises(BadInputError, match="en_hate_davidson"):
        moderation_svm.train_svm(tmp_path, tmp_path / "bundle")


def candidate(**fields):
    severity = fields.pop("severity", Severity.MEDIUM)
    language = fields.pop("language", "en")
    term = Term("zork", Category.PROFANITY, severity=severity)
    return lexicon_build._Candidate(term, language, **{"strong": False, **fields})


@pytest.mark.parametrize(
    ("fields", "common", "abusive", "harmless_hits", "severity"),
    [
        ({}, 0, 0, 0, Severity.MEDIUM),
        ({}, 1, 0, 0, Severity.LOW),
        ({}, 3, 0, 0, Severity.SAFE),
        ({"strong": True}, 3, 0, 0, Severity.LOW),
        ({"strong": True}, 3, 100, 2, Severity.LOW),
        ({"strong": True, "universal": True}, 3, 100, 2, Severity.MEDIUM),
        ({}, 0, 2, 8, Severity.SAFE),
        ({}, 0, 7, 3, Severity.LOW),
        ({"everyday": True}, 0, 0, 0, Severity.LOW),
        ({"everyday": True}, 0, 99, 1, Severity.MEDIUM),
        ({"language": "zh"}, 2, 0, 0, Severity.SAFE),
    ],
)
def test_terms_of_ordinary_text_are_left_out_or_only_recorded(
    fields, common, abusive, harmless_hits, severity
):
    assert lexicon_build._severity(candidate(**fields), common, abusive, harmless_hits)[0] == severity


def test_contrast_sentences_are_finished_and_many_in_both_languages():
    sentences = list(harmless())
    assert not any("{" in text for _, text in sentences)
    assert {language for language, _ in sentences} == {"en", "zh"}
    assert len({text for _, text in sentences}) > 5000


def test_benign_test_sentences_are_not_training_sentences():
    from pathlib import Path

    trained = {text for _, text in harmless()}
    for language in ("en", "zh"):
        written = (Path(__file__).parent / f"benign_{language}.txt").read_text(encoding="utf-8").splitlines()
        assert not trained & set(written)
