"""What fine-tuning changed in an encoder's blocks, and a head, in one small file: what a classifier adds to its base.

Fine-tuning moves weights by a few hundredths of their size (of moderation-deep's matrices 5 % by their norms in the
median, 26 % at most), so their differences to the base are carried in fifteen steps for each output channel. There a
step is .64 of one of int8 weights in the median matrix, at half the size. Biases and norms are carried whole, in float16.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_exporters.encoder_weights import EncoderConfig, EncoderLayerWeights, EncoderWeights
from aigc_exporters.weights import DenseMatrix, Float32, Matrix
from aigc_sdk.errors import BadInputError

_STEPS = 7
_MATRICES = ("query", "key", "value", "attention_output", "intermediate", "output")


def save_delta(
    path: str | Path,
    base: EncoderWeights,
    layers: Mapping[int, EncoderLayerWeights],
    head: tuple[npt.NDArray[Any], npt.NDArray[Any]],
) -> None:
    """Write what blocks differ in from the base's, and a head.

    Args:
        path: The file.
        base: What was fine-tuned.
        layers: Fine-tuned blocks by their index in the encoder.
        head: Weight [labels, hidden] and bias [labels].
    """
    arrays: dict[str, npt.NDArray[Any]] = {
        "head.weight": np.asarray(head[0], dtype=np.float32),
        "head.bias": np.asarray(head[1], dtype=np.float32),
    }
    for index, layer in layers.items():
        before = base.layer(index)
        for field in fields(layer):
            value, name = getattr(layer, field.name), f"{index}.{field.name}"
            if field.name in _MATRICES:
                moved = value.dequantize() - getattr(before, field.name).dequantize()
                arrays[f"{name}.codes"], arrays[f"{name}.scales"] = _quantised(moved)
            elif field.name.endswith("_norm"):
                arrays[f"{name}.weight"] = value[0].astype(np.float16)
                arrays[f"{name}.bias"] = value[1].astype(np.float16)
            else:
                arrays[name] = value.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _quantised(values: Float32) -> tuple[npt.NDArray[np.int8], Float32]:
    """Codes from -7 to 7 and float32 scales [out], with the scale of each channel that errs least."""
    largest = np.maximum(np.abs(values).max(axis=1), 1e-12)
    best = np.full(len(values), np.inf)
    scales = largest / _STEPS
    # A few values far out are clipped rather than all the others rounded coarsely.
    for share in (1.0, 0.85, 0.7, 0.6, 0.5):
        tried = largest * share / _STEPS
        codes = np.clip(np.rint(values / tried[:, None]), -_STEPS, _STEPS)
        error = ((codes * tried[:, None] - values) ** 2).sum(axis=1)
        scales = np.where(error < best, tried, scales)
        best = np.minimum(error, best)
    codes = np.clip(np.rint(values / scales[:, None]), -_STEPS, _STEPS)
    return codes.astype(np.int8), scales.astype(np.float32)


class EncoderDelta:
    """A file that `save_delta` wrote.

    Raises:
        BadInputError: if it is damaged or no such file.
    """

    def __init__(self, path: str | Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as file:
                self._arrays = {name: file[name] for name in file.files}
            self.head_weight: Float32 = self._arrays["head.weight"]
            self.head_bias: Float32 = self._arrays["head.bias"]
            self.blocks = sorted({int(n.split(".")[0]) for n in self._arrays if n[0].isdigit()})
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise BadInputError(f"{Path(path).name} holds no encoder delta: {error}") from error

    def layer(self, index: int, base: EncoderLayerWeights) -> EncoderLayerWeights:
        """Block `index`: the base's, dequantised, with what fine-tuning changed.

        Raises:
            BadInputError: if a tensor is missing or of another shape.
        """
        values: dict[str, Any] = {}
        try:
            for field in fields(EncoderLayerWeights):
                name = f"{index}.{field.name}"
                if field.name in _MATRICES:
                    codes, scales = self._arrays[f"{name}.codes"], self._arrays[f"{name}.scales"]
                    if np.abs(codes.astype(np.int16)).max(initial=0) > _STEPS:
                        raise BadInputError("The encoder delta holds whole weights, of an earlier layout.")
                    before = getattr(base, field.name).dequantize()
                    if codes.shape != before.shape or scales.shape != before.shape[:1]:
                        raise BadInputError("The encoder delta was made for an encoder of another shape.")
                    values[field.name] = DenseMatrix(before + codes.astype(np.float32) * scales[:, None])
                elif field.name.endswith("_norm"):
                    values[field.name] = (
                        self._arrays[f"{name}.weight"].astype(np.float32),
                        self._arrays[f"{name}.bias"].astype(np.float32),
                    )
                else:
                    values[field.name] = self._arrays[name].astype(np.float32)
        except KeyError as error:
            raise BadInputError(f"The encoder delta lacks {error}.") from error
        return EncoderLayerWeights(**values)


class MergedWeights:
    """The base's weights with a delta's changes to some blocks.

    Raises:
        BadInputError: if the delta does not fit the base's shape.
    """

    def __init__(self, config: EncoderConfig, base: EncoderWeights, delta: EncoderDelta) -> None:
        if delta.head_weight.shape[1] != config.hidden or max(delta.blocks, default=0) >= config.layers:
            raise BadInputError("The encoder delta was made for an encoder of another shape.")
        self._base, self._delta = base, delta

    def word_embedding(self) -> Matrix:
        """The base's."""
        return self._base.word_embedding()

    def position_embedding(self) -> Float32:
        """The base's."""
        return self._base.position_embedding()

    def embedding_norm(self) -> tuple[Float32, Float32]:
        """The base's."""
        return self._base.embedding_norm()

    def layer(self, index: int) -> EncoderLayerWeights:
        """The base's block, changed where the delta has one."""
        block = self._base.layer(index)
        return self._delta.layer(index, block) if index in self._delta.blocks else block
