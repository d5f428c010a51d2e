"""A delta gives back what fine-tuning changed, and one that does not fit is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from e5_file import write_e5

from aigc_exporters.e5_format import E5File
from aigc_exporters.encoder_delta import EncoderDelta, save_delta
from aigc_exporters.weights import DenseMatrix
from aigc_sdk.errors import BadInputError


@pytest.fixture
def base(tmp_path):
    return E5File(write_e5(tmp_path / "e5.bin"))


def tuned(base):
    layer = base.layer(0)
    moved = np.random.default_rng(0).normal(0, 0.01, layer.query.shape).astype(np.float32)
    return layer, replace(layer, query=DenseMatrix(layer.query.dequantize() + moved)), moved


def test_changes_come_back_within_half_a_step(base, tmp_path):
    before, after, moved = tuned(base)
    save_delta(tmp_path / "d.npz", base, {0: after}, (np.ones((2, 5)), np.ones(2)))
    layer = EncoderDelta(tmp_path / "d.npz").layer(0, before)
    error = np.abs(layer.query.dequantize() - after.query.dequantize())
    # Of a channel's largest change: half of one of 7 steps, or what is clipped.
    assert (error <= 0.5 * np.abs(moved).max(axis=1, keepdims=True) + 1e-6).all()
    assert 0 < np.square(error).sum() < 0.02 * np.square(moved).sum()
    np.testing.assert_allclose(layer.key.dequantize(), before.key.dequantize(), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "cut"),
    [("0.query.codes", np.s_[1:]), ("0.query.codes", np.s_[:, 1:]), ("0.query.codes", np.s_[0]),
     ("0.query.scales", np.s_[1:]), ("0.query.scales", np.s_[:1]), ("0.query.scales", np.s_[0])],
)  # fmt: skip
def test_tensors_of_another_shape(base, tmp_path, name, cut):
    before, after, _ = tuned(base)
    save_delta(tmp_path / "d.npz", base, {0: after}, (np.ones((2, 5)), np.ones(2)))
    with np.load(tmp_path / "d.npz", allow_pickle=False) as file:
        arrays = dict(file)
    np.savez(tmp_path / "d.npz", **{**arrays, name: arrays[name][cut]})
    with pytest.raises(BadInputError, match="another shape"):
        EncoderDelta(tmp_path / "d.npz").layer(0, before)
