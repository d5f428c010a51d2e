"""Text classifiers from a CSV file to served bundles, on a tiny random encoder: a head on it, and it fine-tuned."""

from __future__ import annotations

import json

import numpy as np
import pytest
from classified import LABELS, rows, sentences, write_csv
from e5_file import write_e5

from aigc_sdk.bundles import open_bundle
from aigc_sdk.errors import BadInputError, BundleError, ModelNotFoundError
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.training import TrainingJob
from aigc_text.generators.classify.model import TextClassifier
from aigc_text.training.classify import train
from aigc_text.training.classify_options import ClassifyTrainingOptions

# The base is random: it needs more of everything than a pretrained one.
DEEP = {
    "method": "fine-tune",
    "epochs": 25,
    "batch_size": 16,
    "learning_rate": 1e-3,
    "layer_decay": 1.0,
    "head_rate": 1e-2,
    "precision": "float32",
    "threads": 1,
}
SEEN = {text for text, _ in rows(60)}
UNSEEN = [
    (text, label)
    for word, label in LABELS.items()
    for text in sentences(word, 16, seed=9)
    if text not in SEEN
]


class Told:
    """A job's reports and progress, kept."""

    def __init__(self):
        self.reports, self.steps = [], []

    def job(self, data, out, options, **more):
        return TrainingJob(
            data=data,
            out=out,
            options=ClassifyTrainingOptions(**options),
            report=lambda what, figures: self.reports.append((what, dict(figures))),
            progress=lambda *step: self.steps.append(step),
            **more,
        )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The base file and the encoder bundle made of it."""
    from aigc_exporters.e5_import import import_e5

    folder = tmp_path_factory.mktemp("base")
    file = write_e5(folder / "tiny.bin")
    return file, import_e5(file, folder / "tiny-encoder", licence="CC0-1.0")


@pytest.fixture(scope="module")
def head(tmp_path_factory, tiny):
    pytest.importorskip("sklearn")
    folder = tmp_path_factory.mktemp("head")
    told = Told()
    outside = [(text, "none") for text in sentences("1234", 60)]
    data = write_csv(folder / "data.csv", [*rows(60), *outside])
    options = {
        "base": str(tiny[1]),
        "out_of_scope_label": "none",
        "out_of_scope": "distance",
        "test": 0.2,
        "most_rejected": 0.05,
    }
    train(told.job(data, folder / "head", options))
    return folder, told, options


@pytest.fixture(scope="module")
def deep(tmp_path_factory, tiny):
    pytest.importorskip("tensorflow")
    folder = tmp_path_factory.mktemp("deep")
    told = Told()
    data = write_csv(folder / "data.csv", rows(60))
    options = {**DEEP, "base": str(tiny[0])}
    train(told.job(data, folder / "deep", options))
    return folder, told, options


def predictions(folder, texts, **more):
    with Runtime(device="cpu", threads=1) as runtime:
        return TextClassifier(runtime.bundle(folder), runtime).predict(texts, **more)


def accuracy(folder):
    found = predictions(folder, [text for text, _ in UNSEEN], open_set=False)
    return np.mean([p.labels[0] == label for p, (_, label) in zip(found, UNSEEN, strict=True)])


def test_a_head_learns_and_the_served_bundle_says_so(head):
    folder, told, _ = head
    assert accuracy(folder / "head") > 0.7
    strangers = predictions(folder / "head", sentences("1234", 20, seed=5))
    assert np.mean([not p.known for p in strangers]) > 0.8
    manifest = open_bundle(folder / "head").manifest
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff < manifest.parity.tolerance
    assert manifest.calibration["scope"]["score"] == "distance"
    assert {"probability", "energy", "distance"} == set(manifest.calibration["scope"]["tried"])
    assert next(row for row in manifest.quality if row.metric == "accuracy").value > 0.6
    assert (manifest.task, manifest.languages) == ("classifier", ("en", "zh"))
    assert told.steps[-1][0] == "embed"


def test_the_report_is_in_the_bundle_and_the_pictures_beside_it(head):
    folder = head[0]
    report = json.loads((folder / "head" / "report.json").read_text(encoding="utf-8"))
    assert report["rows"]["test"] == 48
    assert set(report["figures"]["labels"]) == set(LABELS.values())
    assert report["figures"]["out_of_scope_recall"] > 0.5
    assert (folder / "head" / "report.md").read_text(encoding="utf-8").startswith("# text-classifier")
    for picture in ("curves.png", "confusion.png"):
        assert (folder / "head.training" / picture).read_bytes().startswith(b"\x89PNG")


def test_a_head_again_reads_no_text_twice_and_is_the_same(head, monkeypatch):
    from aigc_sdk.runtime.encoder import EncoderEngine

    folder, _, options = head
    read = []
    encode = EncoderEngine.encode
    monkeypatch.setattr(
        EncoderEngine,
        "encode",
        lambda self, texts, *a, **k: read.extend(texts) or encode(self, texts, *a, **k),
    )
    before = (folder / "head" / "model.onnx").read_bytes()
    train(Told().job(folder / "data.csv", folder / "head", options))
    assert len(read) < 10  # the probe texts alone
    assert (folder / "head" / "model.onnx").read_bytes() == before


def test_a_head_needs_its_encoder(tmp_path):
    data = write_csv(tmp_path / "data.csv", rows(4))
    with pytest.raises(ModelNotFoundError, match="not on this machine") as caught:
        train(Told().job(data, tmp_path / "out", {"base": "no-such-encoder"}))
    assert "aigc models pull no-such-encoder" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_head_on_another_encoder_is_refused(head, tmp_path):
    import shutil

    from aigc_exporters.e5_import import import_e5
    from aigc_text.training.bundle_files import rewrite

    other = import_e5(write_e5(tmp_path / "other.bin", seed=1), tmp_path / "other", licence="CC0-1.0")
    folder = shutil.copytree(head[0] / "head", tmp_path / "moved")
    extra = dict(open_bundle(folder).manifest.extra)
    rewrite(folder, extra={**extra, "classify": {**extra["classify"], "base": str(other)}})
    with pytest.raises(BundleError, match="another encoder"):
        predictions(folder, ["kettle"])


def test_two_labels_and_balanced_classes_work_too(tmp_path, tiny):
    pytest.importorskip("sklearn")
    content = [*rows(40)[:80], *[(text, "boil") for text in sentences("kettle", 90, seed=3)]]
    data = write_csv(tmp_path / "data.csv", content)
    options = {"base": str(tiny[1]), "class_weighting": "balanced", "test": 0.0}
    train(Told().job(data, tmp_path / "out", options))
    texts = ["kettle today kettle kettle", "water water today water"]
    found = predictions(tmp_path / "out", texts, open_set=False)
    assert [p.labels[0] for p in found] == ["boil", "pour"]
    assert sum(found[0].probabilities) == pytest.approx(1)
    assert "validation rows" in open_bundle(tmp_path / "out").manifest.quality[0].dataset


def test_fine_tuning_learns_and_the_served_bundle_says_so(deep):
    folder, told, _ = deep
    assert accuracy(folder / "deep") > 0.75
    epochs = [figures for what, figures in told.reports if what.startswith("epoch")]
    assert [f"epoch {i + 1}" for i in range(DEEP["epochs"])] == [
        what for what, _ in told.reports if what.startswith("epoch")
    ]
    assert epochs[-1]["loss"] < epochs[0]["loss"]
    assert epochs[-1]["validation_accuracy"] > 0.6
    manifest = open_bundle(folder / "deep").manifest
    assert manifest.extra["classify"]["method"] == "fine-tune"
    assert 0 < manifest.calibration["scope"]["threshold"] < 1
    assert (folder / "deep.training" / "curves.png").exists()


def test_the_delta_merges_into_the_same_classifier(deep, tiny):
    from aigc_exporters.e5_classifier import import_e5_classifier

    folder = deep[0]
    (work,) = (folder / "deep.training").glob("fine-tune-*")
    merged = import_e5_classifier(tiny[0], folder / "merged", delta=work / "delta")
    assert open_bundle(merged).manifest.calibration == open_bundle(folder / "deep").manifest.calibration
    texts = [text for text, _ in UNSEEN][:6]
    assert predictions(merged, texts) == predictions(folder / "deep", texts)


def test_a_finished_fine_tuning_goes_on_from_its_end(deep, monkeypatch):
    from aigc_text.training.classify_deep import SoftmaxTrainer

    folder, _, options = deep
    monkeypatch.setattr(SoftmaxTrainer, "_train_step", lambda *_a: pytest.fail("it was trained anew"))
    before = predictions(folder / "deep", ["kettle today"])
    train(Told().job(folder / "data.csv", folder / "deep", options))
    assert predictions(folder / "deep", ["kettle today"]) == before


def test_a_base_that_is_no_file_is_refused(tmp_path):
    data = write_csv(tmp_path / "data.csv", rows(4))
    with pytest.raises(BadInputError, match="no file"):
        train(Told().job(data, tmp_path / "out", {**DEEP, "base": "nowhere.bin"}))
