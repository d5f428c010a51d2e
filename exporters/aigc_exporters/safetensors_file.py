"""Reading safetensors files, one or several with an index, without believing what they say of themselves.

Format: eight bytes of length, a JSON header of names, kinds, shapes and places, then raw little-endian tensors
without gaps (the safetensors project's README). Nothing in such a file is code.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from aigc_exporters.json_file import parse_object, read_object
from aigc_sdk.errors import BadInputError, ExportError, InputTooLargeError

INDEX_NAME = "model.safetensors.index.json"
SINGLE_NAME = "model.safetensors"

# Bytes of a value by the format's name for its kind.
_ITEM_BYTES = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3"), 1),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 2),
    **dict.fromkeys(("I32", "U32", "F32"), 4),
    **dict.fromkeys(("I64", "U64", "F64"), 8),
}
_FLOATS = ("F32", "F16", "BF16")
_MOST_HEADER = 16 << 20  # bytes; a hundred times what the largest models need
_MOST_DIMENSIONS = 8


@dataclass(frozen=True)
class _Tensor:
    kind: str
    shape: tuple[int, ...]
    start: int
    end: int


class SafetensorsFile:
    """One safetensors file, mapped.

    Args:
        path: the file.

    Raises:
        BadInputError: if it is missing, or its header does not fit it.
        InputTooLargeError: if its header is larger than 16 MiB.
        ExportError: if it holds tensors of a kind that is not known.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadInputError(f"There is no file {path}.")
        self.name = path.name
        size = path.stat().st_size
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if size < 8 or length > size - 8:
                raise self._damaged("its header is longer than the file")
            if length > _MOST_HEADER:
                raise InputTooLargeError(f"{self.name} has a header of more than {_MOST_HEADER:,} bytes.")
            header = parse_object(stream.read(length), f"The header of {self.name}")
        self._data: npt.NDArray[np.uint8] = (
            np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
            if size > 8 + length
            else np.zeros(0, dtype=np.uint8)
        )
        header.pop("__metadata__", None)
        self._tensors = {name: self._entry(name, entry) for name, entry in header.items()}
        at = 0
        for name, tensor in sorted(self._tensors.items(), key=lambda item: (item[1].start, item[1].end)):
            if tensor.start != at:
                raise self._damaged(f"tensor {name!r:.80} leaves a gap or shares bytes with another")
            at = tensor.end
        if at != len(self._data):
            raise self._damaged("bytes follow its last tensor")

    def __iter__(self) -> Iterator[str]:
        """Names of its tensors."""
        return iter(self._tensors)

    def __contains__(self, name: str) -> bool:
        return name in self._tensors

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor."""
        return self._tensors[name].shape

    def read(self, name: str) -> npt.NDArray[np.floating]:
        """Values of a float tensor: float16 where they are stored as such, else float32.

        Raises:
            BadInputError: if a value is not finite.
            ExportError: if the tensor is of another kind.
        """
        tensor = self._tensors[name]
        raw = self._data[tensor.start : tensor.end]
        values: npt.NDArray[np.floating]
        if tensor.kind == "F32":
            values = np.array(raw.view("<f4"), dtype=np.float32)
        elif tensor.kind == "F16":
            values = np.array(raw.view("<f2"), dtype=np.float16)
        elif tensor.kind == "BF16":  # the upper half of a float32
            values = (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
        else:
            raise ExportError(
                f"{self.name}: tensor {name!r:.80} is stored as {tensor.kind}, which is not supported.",
                hint=f"Take the model in one of {', '.join(_FLOATS)}.",
            )
        if not np.isfinite(values).all():
            raise self._damaged(f"tensor {name!r:.80} holds numbers that are not finite")
        return values.reshape(tensor.shape)

    def same_bytes(self, name: str, other: SafetensorsFile, other_name: str) -> bool:
        """Whether two tensors are of one kind and hold the same."""
        mine, theirs = self._tensors[name], other._tensors[other_name]
        return (mine.kind, mine.shape) == (theirs.kind, theirs.shape) and np.array_equal(
            self._data[mine.start : mine.end], other._data[theirs.start : theirs.end]
        )

    def _entry(self, name: str, entry: Any) -> _Tensor:
        kind, shape, place = (
            (entry.get("dtype"), entry.get("shape"), entry.get("data_offsets"))
            if isinstance(entry, Mapping)
            else (None, None, None)
        )
        if (
            not isinstance(kind, str)
            or not _are_counts(shape)
            or len(shape) > _MOST_DIMENSIONS
            or not _are_counts(place)
            or len(place) != 2
        ):
            raise self._damaged(f"the entry of tensor {name!r:.80} is incomplete")
        if kind not in _ITEM_BYTES:
            raise ExportError(
                f"{self.name}: tensor {name!r:.80} is of the kind {kind!r:.40}, which is not supported.",
                hint=f"Take the model in one of {', '.join(_FLOATS)}.",
            )
        start, end = place
        if not start <= end <= len(self._data) or end - start != math.prod(shape) * _ITEM_BYTES[kind]:
            raise self._damaged(f"tensor {name!r:.80} does not fit its place")
        return _Tensor(kind, tuple(shape), start, end)

    def _damaged(self, what: str) -> BadInputError:
        return BadInputError(f"{self.name} is damaged or truncated: {what}.", hint="Fetch it again.")


class SafetensorsFolder:
    """The tensors of a model folder: one safetensors file, or several with their index.

    Args:
        folder: the folder.

    Raises:
        BadInputError: if there are no such files, or index and files disagree.
        ExportError: as `SafetensorsFile`, or where the weights are there only as pickles.
    """

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, SafetensorsFile] = {}
        index = folder / INDEX_NAME
        if index.is_file():
            for name, file in _indexed(index).items():
                if name not in file:
                    raise BadInputError(f"{file.name} lacks tensor {name!r:.80}, which {INDEX_NAME} names.")
                self._files[name] = file
            return
        file = SafetensorsFile(_single(folder))
        self._files = dict.fromkeys(file, file)

    def __iter__(self) -> Iterator[str]:
        """Names of all tensors."""
        return iter(self._files)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __len__(self) -> int:
        return len(self._files)

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor."""
        return self._files[name].shape(name)

    def read(self, name: str) -> npt.NDArray[np.floating]:
        """Values of a float tensor; see `SafetensorsFile.read`."""
        return self._files[name].read(name)

    def check(self, shapes: Mapping[str, tuple[int, ...]], *, unused: Callable[[str], bool]) -> None:
        """Refuse a folder that holds less or more than a model: what is left over would make it another model.

        Args:
            shapes: of every tensor that the model reads.
            unused: whether a tensor of this name may lie there without being read.

        Raises:
            BadInputError: if a tensor is missing or of another shape.
            ExportError: if there is one more.
        """
        for name, shape in shapes.items():
            if name not in self:
                raise BadInputError(
                    f"The folder has no tensor {name!r}.",
                    hint="It is incomplete, or of a family that is not supported.",
                )
            if self.shape(name) != shape:
                raise BadInputError(
                    f"Tensor {name!r} has shape {self.shape(name)}; config.json says {shape}."
                )
        for name in self:
            if name not in shapes and not unused(name):
                raise ExportError(
                    f"The folder holds tensor {name!r:.80}, which models of this family do not have.",
                    hint="Take a plain model of the family; adapters must be merged first.",
                )

    def same(self, name: str, other: str) -> bool:
        """Whether two tensors hold the same."""
        return self._files[name].same_bytes(name, self._files[other], other)


def _single(folder: Path) -> Path:
    if (folder / SINGLE_NAME).is_file():
        return folder / SINGLE_NAME
    found = sorted(folder.glob("*.safetensors"))
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInputError(f"{folder} holds {len(found)} safetensors files and no {INDEX_NAME}.")
    if any(folder.glob("*.bin")) or any(folder.glob("*.pth")):
        raise ExportError(
            f"{folder} holds its weights as pickles, which can run code and are not read.",
            hint="Take the model's safetensors files, or save it with safe_serialization=True.",
        )
    raise BadInputError(f"{folder} holds no safetensors file.", hint=f"It needs a {SINGLE_NAME}.")


def _indexed(index: Path) -> dict[str, SafetensorsFile]:
    """The file of each tensor that an index names."""
    places = read_object(index, most_bytes=_MOST_HEADER).get("weight_map")
    if (
        not isinstance(places, dict)
        or not places
        or not all(isinstance(file, str) for file in places.values())
    ):
        raise BadInputError(f"{index.name} has no usable entry weight_map.")
    files: dict[str, SafetensorsFile] = {}
    for name in sorted(set(places.values())):
        # A name and no path: an index must not lead out of its folder.
        if not name.endswith(".safetensors") or name != Path(name).name or "\\" in name:
            raise BadInputError(f"{index.name} names {name!r:.80}, which is no safetensors file beside it.")
        files[name] = SafetensorsFile(index.parent / name)
    return {tensor: files[file] for tensor, file in places.items()}


def _are_counts(values: Any) -> TypeGuard[list[int]]:
    return isinstance(values, list) and all(
        isinstance(value, int) and not isinstance(value, bool) and value >= 0 for value in values
    )
