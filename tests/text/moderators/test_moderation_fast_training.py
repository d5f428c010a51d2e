"""Training the fast classifier: balance of sources, a teacher's labels, and where the cuts of its two ends lie."""

import numpy as np
import pytest

from aigc_text.training.fast_cuts import Judged, clear_cut, sure_cut
from aigc_text.training.fast_data import OUTPUTS, ROUTE, UNKNOWN, FastRows
from aigc_text.training.operating import HeldBack


def rows(labels, sources):
    count = len(labels)
    table = np.full((count, len(OUTPUTS)), UNKNOWN, np.float32)
    table[:, 0] = labels
    return FastRows(
        [f" text {n} " for n in range(count)],
        table,
        np.array(sources),
        np.array(["en"] * count),
        np.zeros(count, bool),
    )


def test_sources_and_their_halves_are_balanced_and_unknown_labels_are_masked():
    data = rows([1] * 90 + [0] * 10 + [0] * 100 + [UNKNOWN] * 5, ["a"] * 100 + ["b"] * 105)
    weights = data.weights(np.ones(205, bool))
    assert weights[:90, 0].sum() == pytest.approx(weights[90:100, 0].sum())
    assert weights[:100, 0].sum() == pytest.approx(weights[100:200, 0].sum())
    assert not weights[200:, 0].any()
    assert not weights[:, 1:].any()
    used = np.arange(205) < 100
    assert not data.weights(used)[100:].any()


def test_the_clear_cut_loses_few_of_each_left_out_source():
    draw = np.random.default_rng(0)
    margins = np.concatenate([draw.normal(2, 1, 2000), draw.normal(3, 1, 500), draw.normal(-4, 1, 3000)])
    table = np.full((5500, len(OUTPUTS)), UNKNOWN, np.float32)
    table[:2500, 0] = 1
    logits = np.zeros((5500, len(OUTPUTS)), np.float32)
    logits[:, OUTPUTS.index(ROUTE)] = margins
    sources = np.array(
        ["en_hate_stormfront"] * 2000 + ["en_toxicity_surge"] * 500 + ["intent_banking77"] * 3000
    )
    plain = np.arange(5500) >= 2500
    cut = clear_cut(Judged(logits, table, plain, ~plain, sources))
    assert cut["missed"] <= 0.02
    assert cut["everyday_clear"] > 0.99


def test_there_is_no_sure_cut_where_precision_is_never_reached():
    draw = np.random.default_rng(0)
    label, plain = np.arange(3000) < 1000, np.arange(3000) >= 2000
    point = {"slope": 1.0, "offset": 0.0, "threshold": 0.5}
    mixed = HeldBack(draw.normal(0, 2, 3000), label, plain)
    assert sure_cut(mixed, point) is None
    apart = HeldBack(np.where(label, 5.0, -5.0) + draw.normal(0, 1, 3000), label, plain)
    assert sure_cut(apart, point) is not None
