"""From a finished graph to a bundle folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_sdk.bundles.manifest import MANIFEST_NAME, GraphInfo, ParityReport, TensorInfo, write_manifest
from aigc_sdk.errors import BundleError

Progress = Callable[[float, str], None]
"""What importers tell of their work: the fraction done, 0..1, and what is being done."""


@contextmanager
def staged_bundle(out_dir: Path) -> Iterator[Path]:
    """A temporary folder beside `out_dir` that takes its place when the block ends without an error.

    An earlier bundle there is replaced; anything else is not.

    Raises:
        BundleError: if `out_dir` exists and is neither empty nor a bundle.
    """
    if out_dir.exists() and not _replaceable(out_dir):
        raise BundleError(
            f"{out_dir} exists and is not a bundle.", hint="Name a new folder, or empty this one."
        )
    out_dir.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out_dir.name}.", dir=out_dir.parent))
    try:
        yield staging
        if out_dir.exists():
            shutil.rmtree(out_dir)
        staging.chmod(0o755)  # mkdtemp makes folders that only their owner can read
        staging.rename(out_dir)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def graph_info(path: Path) -> GraphInfo:
    """Names, dtypes and dimensions of a graph's inputs and outputs, as bundle.json lists them."""
    model = onnx.load(str(path), load_external_data=False)
    opset = next(entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx"))
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = tuple(_tensor_info(value) for value in model.graph.input if value.name not in constants)
    outputs = tuple(_tensor_info(value) for value in model.graph.output)
    return GraphInfo(file=path.name, opset=int(opset), inputs=inputs, outputs=outputs)


def write_decoder_manifest(
    folder: Path,
    config: DecoderConfig,
    *,
    tokenizer: Mapping[str, Any],
    parity: ParityReport,
    fields: Mapping[str, Any],
) -> None:
    """Write bundle.json of a decoder whose files are in `folder`.

    Args:
        folder: holds model.onnx, tokenizer.json and, where named, the chat template.
        config: shape of the decoder.
        tokenizer: the manifest's section "tokenizer".
        parity: result of the parity gate.
        fields: further manifest fields (id, licence, source, training_data, quality, ...).
    """
    write_manifest(
        folder,
        task="decoder",
        graphs=[graph_info(folder / "model.onnx")],
        decoder=config.manifest_section(),
        tokenizer=dict(tokenizer),
        parity=parity,
        **dict(fields),
    )


def _replaceable(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MANIFEST_NAME).is_file() or not any(folder.iterdir()))


def _tensor_info(value: onnx.ValueInfoProto) -> TensorInfo:
    tensor = value.type.tensor_type
    dims = tuple(dim.dim_param or int(dim.dim_value) for dim in tensor.shape.dim)
    dtype = onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type).name
    return TensorInfo(name=value.name, dtype=dtype, dims=dims)
