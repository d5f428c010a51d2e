"""Fine-tuned upper blocks of an encoder and a head, in one small file: what a classifier adds to its base.

The lower blocks and the word embedding of a fine-tuned encoder whose lower part was frozen are those of the base, so
only the blocks above and the head need to be carried: int8 by output channel, symmetric, biases and norms in float16.
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

_MATRICES = ("query", "key", "value", "attention_output", "intermediate", "output")


def save_delta(
    path: str | Path,
    layers: Mapping[int, EncoderLayerWeights],
    head: tuple[npt.NDArray[Any], npt.NDArray[Any]],
) -> None:
    """Write blocks by their index in the encoder, and the head's weight [labels, hidden] and bias [labels]."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "head.weight": np.asarray(head[0], dtype=np.float32),
        "head.bias": np.asarray(head[1], dtype=np.float32),
    }
    for index, layer in layers.items():
        for field in fields(layer):
            value, name = getattr(layer, field.name), f"{index}.{field.name}"
            if field.name in _MATRICES:
                arrays[f"{name}.codes"], arrays[f"{name}.scales"] = _quantised(value.dequantize())
            elif field.name.endswith("_norm"):
                arrays[f"{name}.weight"] = value[0].astype(np.float16)
                arrays[f"{name}.bias"] = value[1].astype(np.float16)
            else:
                arrays[name] = value.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _quantised(values: Float32) -> tuple[npt.NDArray[np.int8], Float32]:
    """Symmetric int8 codes and float32 scales [out]."""
    scales = np.maximum(np.abs(values).max(axis=1), 1e-12) / 127
    return np.rint(values / scales[:, None]).astype(np.int8), scales.astype(np.float32)


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

    def layer(self, index: int) -> EncoderLayerWeights:
        """Block `index`, dequantised.

        Raises:
            BadInputError: if a tensor is missing.
        """
        values: dict[str, Any] = {}
        try:
            for field in fields(EncoderLayerWeights):
                name = f"{index}.{field.name}"
                if field.name in _MATRICES:
                    codes, scales = self._arrays[f"{name}.codes"], self._arrays[f"{name}.scales"]
                    values[field.name] = DenseMatrix(codes.astype(np.float32) * scales[:, None])
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
    """The base's weights with some blocks replaced by a delta's.

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
        """The delta's block where it has one, else the base's."""
        return self._delta.layer(index) if index in self._delta.blocks else self._base.layer(index)
