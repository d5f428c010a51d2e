"""``text/classify`` on a graph whose every token adds what a table says to the logits."""

from __future__ import annotations

import itertools
import json
import math
import shutil

import numpy as np
import pytest

from aigc_sdk.bundles import open_bundle
from aigc_sdk.bundles.manifest import write_manifest
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    BadInputError,
    BundleError,
    CancelledError,
    ComponentError,
    InputTooLargeError,
    ModelNotFoundError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.verdict import Err
from aigc_text.generators.classify.explain import MOST_PARTS, parts_of
from aigc_text.generators.classify.generator import LONGEST, ClassifyGenerator
from aigc_text.generators.classify.model import TextClassifier
from aigc_text.generators.classify.options import ClassifyOptions

LABELS = ["boil", "pour", "天气预报", "none"]
WORDS = {
    "kettle": [6, 0, 0, 0],
    "water": [0, 6, 0, 0],
    "天": [0, 0, 3, 0],
    "气": [0, 0, 3, 0],
    "1234": [0, 0, 0, 9],
    "the": [0, 0, 0, 0],
    "today": [0.5, 0, 0, 0],
}
TEMPERATURE, THRESHOLD = 1.0, 0.8
WINDOW, STRIDE = 8, 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from onnx import TensorProto, helper, numpy_helper
    from tokenizers import Tokenizer, models, pre_tokenizers

    where = tmp_path_factory.mktemp("classifier") / "words"
    where.mkdir()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer = Tokenizer(
        models.WordLevel({w: i for i, w in enumerate([*special, "query:", *WORDS])}, unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split("天", "isolated")]
    )
    tokenizer.save(str(where / "tokenizer.json"))
    table = np.array([[0.0] * 4] * 5 + list(WORDS.values()), dtype=np.float32)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "sequence"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 4])
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"]),
        helper.make_node("Cast", ["attention_mask"], ["shown"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["shown", "last"], ["column"]),
        helper.make_node("Mul", ["each", "column"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "one"], ["logits"], keepdims=0),
    ]
    constants = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(np.array([-1]), "last"),
        numpy_helper.from_array(np.array([1]), "one"),
    ]
    graph = helper.make_graph(nodes, "words", [ids, mask], [logits], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    (where / "model.onnx").write_bytes(model.SerializeToString())
    write_manifest(
        where,
        id="words",
        task="classifier",
        licence="CC0-1.0",
        tokenizer={"bos": 0, "eos": [2], "pad": 1},
        calibration={
            "temperature": TEMPERATURE,
            "scope": {"score": "probability", "threshold": THRESHOLD},
        },
        extra={
            "labels": LABELS,
            "window": WINDOW,
            "stride": STRIDE,
            "classify": {"format": 1, "method": "fine-tune", "out_of_scope_label": "none"},
        },
    )
    return where


@pytest.fixture
def generator(folder):
    made = ClassifyGenerator()
    with Runtime(device="cpu", threads=1) as runtime:
        made.load(runtime)
        made.load(runtime)
        yield made
        made.close()


def asked(folder, text, n=1, **options):
    return Request(inputs={"text": text}, n=n, options=ClassifyOptions(bundle=str(folder), **options))


def one(generator, request):
    (row,) = generator.generate([request], ctx=CallContext())
    assert isinstance(row, Generation), row
    return row


def failure(row):
    assert isinstance(row, Err)
    return row.error


def test_a_text_has_its_label_and_how_likely_it_is(generator, folder):
    row = one(generator, asked(folder, "the  kettle\nthe"))
    (candidate,) = row.candidates
    assert candidate.content.text == "boil"
    expected = math.exp(6) / (math.exp(6) + 3)
    assert candidate.meta["probability"] == pytest.approx(expected, abs=1e-5)
    assert candidate.logprob == pytest.approx(math.log(expected), abs=1e-5)
    assert candidate.meta["labels"][0] == {"label": "boil", "probability": candidate.meta["probability"]}
    assert not candidate.meta["out_of_scope"]
    assert row.bundle == open_bundle(folder).digest
    told = candidate.meta["explanation"]
    assert told["code"] == "classify.label"
    assert "boil with probability 0.993" in told["en"]
    assert "概率 0.993" in told["zh"]


def test_more_labels_are_further_candidates_and_top_k_bounds_the_list(generator, folder):
    row = one(generator, asked(folder, "kettle kettle water", n=3, top_k=2))
    assert [c.content.text for c in row.candidates][:2] == ["boil", "pour"]
    assert len(row.candidates) == 3
    assert all(len(c.meta["labels"]) == 2 for c in row.candidates)
    shares = [c.meta["probability"] for c in row.candidates]
    assert shares == sorted(shares, reverse=True)
    # There are three labels; the output that stands for none of them is no candidate.
    assert len(one(generator, asked(folder, "kettle", n=9)).candidates) == 3


def test_a_text_of_no_label_is_unknown_and_says_why(generator, folder):
    row = one(generator, asked(folder, "the kettle water", n=2))
    first, second = row.candidates
    assert first.content.text == "unknown"
    assert first.meta["out_of_scope"]
    assert first.meta["probability"] is None
    assert second.content.text == "boil"
    assert first.meta["scope"]["reason"] == "score"
    assert first.meta["scope"]["value"] < first.meta["scope"]["threshold"] == THRESHOLD
    assert "below 0.800" in first.meta["explanation"]["en"]
    assert "低于 0.800" in first.meta["explanation"]["zh"]


def test_the_output_that_learnt_what_is_outside_decides_too(generator, folder):
    (candidate,) = one(generator, asked(folder, "1234 kettle", unknown_label="else")).candidates
    assert candidate.content.text == "else"
    assert candidate.meta["scope"]["reason"] == "outside"
    assert candidate.meta["explanation"]["code"] == "classify.outside"


def test_a_closed_set_and_another_threshold_are_heeded(generator, folder):
    (candidate,) = one(generator, asked(folder, "1234 kettle", out_of_scope=False)).candidates
    assert candidate.content.text == "boil"
    # Of the labels alone, as if there were no other output.
    assert candidate.meta["probability"] == pytest.approx(math.exp(6) / (math.exp(6) + 2), abs=1e-5)
    assert one(generator, asked(folder, "kettle water", threshold=0.3)).candidates[0].content.text == "boil"
    assert one(generator, asked(folder, "kettle", threshold=0.999)).candidates[0].content.text == "unknown"


def test_rows_keep_their_order_and_a_bad_one_its_neighbours(generator, folder):
    requests = [
        asked(folder, "kettle"),
        asked(folder, "  "),
        Request(inputs={"text": "water", "prompt": "kettle"}),
        asked(folder, "天气"),
        asked(folder, "x" * (LONGEST + 1)),
        Request(inputs={}),
        Request(inputs={"text": 3}),
        Request(inputs={"prompt": "water"}, options=ClassifyOptions(bundle=str(folder))),
        Request(inputs={"text": "water"}, options=ClassifyOptions(bundle="not-here")),
    ]
    rows = generator.generate(requests, ctx=CallContext())
    assert len(rows) == len(requests)
    assert [rows[i].candidates[0].content.text for i in (0, 3, 7)] == ["boil", "天气预报", "pour"]
    assert all(isinstance(failure(rows[i]), BadInputError) for i in (1, 2, 5, 6))
    assert isinstance(failure(rows[4]), InputTooLargeError)
    assert isinstance(failure(rows[8]), ModelNotFoundError)
    assert generator.generate([], ctx=CallContext()) == []


def test_a_long_text_is_read_whole_and_in_windows(folder, monkeypatch):
    with Runtime(device="cpu", threads=1) as runtime:
        model = TextClassifier(runtime.bundle(folder), runtime)
        windows = []
        run = model._score._run
        monkeypatch.setattr(model._score, "_run", lambda w, ctx: windows.append(w) or run(w, ctx))
        for before in range(20):
            windows.clear()
            logits, _ = model.scores(["the " * before + "water" + " the" * (19 - before)])
            assert all(len(window) <= WINDOW + 2 for window in windows)
            assert logits[0, 1] > 0
            assert logits[0, 0] == 0
        short, _ = model.scores(["the water the"])
        assert short[0, 1] == 6


def test_labels_do_not_depend_on_the_neighbours(generator, folder):
    texts = ["kettle", "the water " * 9, "天气 today", "1234"]
    together = generator.generate([asked(folder, t) for t in texts], ctx=CallContext())
    for text, row in zip(texts, together, strict=True):
        assert one(generator, asked(folder, text)).candidates == row.candidates


def test_the_words_a_label_rests_on_are_named(generator, folder):
    text = "today the kettle the water"
    (candidate,) = one(generator, asked(folder, text, explain=True, threshold=0.1)).candidates
    strongest = candidate.meta["evidence"][0]
    assert strongest["text"] == "kettle" == text[slice(*strongest["span"])]
    weights = [e["weight"] for e in candidate.meta["evidence"]]
    assert weights == sorted(weights, reverse=True)
    assert all(weight >= 0.05 for weight in weights)
    assert "It rests most on “kettle”" in candidate.meta["explanation"]["en"]
    (unknown,) = one(generator, asked(folder, "1234", explain=True)).candidates
    assert unknown.meta["evidence"] == []


@pytest.mark.parametrize(
    "text", ["今天天气很好，我们去公园。", "It's a well-known café " * 30, "", "…", "word"]
)
def test_parts_cover_every_word_and_are_few(text):
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    assert all(start < end <= len(text) for start, end in parts)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(parts))
    inside = {i for start, end in parts for i in range(start, end)}
    assert all(i in inside for i, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("extra", "labels", ["a"]),
        ("extra", "classify", {"format": 2, "method": "fine-tune", "out_of_scope_label": None}),
        ("extra", "classify", {"format": 1, "method": "fine-tune", "out_of_scope_label": "missing"}),
        ("extra", "window", 3),
        ("extra", "stride", 0),
        ("calibration", "temperature", 0),
        ("calibration", "scope", {"score": "mood", "threshold": 0.1}),
        ("calibration", "scope", {"score": "probability"}),
    ],
)
def test_a_bundle_that_describes_no_classifier_is_refused(folder, tmp_path, section, name, value):
    changed = shutil.copytree(folder, tmp_path / "words")
    manifest = json.loads((changed / "bundle.json").read_text(encoding="utf-8"))
    manifest[section][name] = value
    (changed / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    with Runtime(device="cpu", threads=1) as runtime, pytest.raises(BundleError):
        TextClassifier(runtime.bundle(changed), runtime)


@pytest.mark.parametrize("wrong", [np.full((1, 4), np.nan), np.zeros((1, 3))])
def test_scores_that_are_none_are_the_row_s_error(generator, folder, monkeypatch, wrong):
    model = generator._model(str(folder))
    monkeypatch.setattr(model, "_score", lambda _texts, _ctx: (wrong.astype(np.float32), None))
    (row,) = generator.generate([asked(folder, "kettle")], ctx=CallContext())
    assert isinstance(failure(row), ComponentError)


def test_a_cancelled_call_stops(generator, folder):
    token = CancelToken()
    token.cancel()
    (row,) = generator.generate([asked(folder, "kettle")], ctx=CallContext(cancel=token))
    assert isinstance(failure(row), CancelledError)
    model = generator._model(str(folder))
    with pytest.raises(CancelledError):
        model.predict(["kettle"], ctx=CallContext(cancel=token))


def test_a_generator_that_is_not_loaded_says_so(folder):
    (row,) = ClassifyGenerator().generate([asked(folder, "kettle")], ctx=CallContext())
    assert isinstance(failure(row), ComponentError)
