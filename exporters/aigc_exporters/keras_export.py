"""Any Keras model, or function of TensorFlow tensors, to ONNX through tf2onnx and the parity gate."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from aigc_exporters.graph_writer import IR_VERSION
from aigc_exporters.parity import parity_gate
from aigc_sdk.bundles.manifest import ParityReport
from aigc_sdk.errors import ExportError, MissingDependencyError

OPSET = 18  # the newest that tf2onnx writes

Signature = Mapping[str, tuple[str, Sequence[int | str]]]
Arrays = Mapping[str, npt.NDArray[Any]]

_BAD_LOG = re.compile(r"not supported|unsupported|failed to convert|cannot convert|exception", re.IGNORECASE)


def export_keras(
    model: Any,
    signature: Signature,
    out: str | Path,
    *,
    outputs: Mapping[str, Sequence[int | str]],
    cases: Sequence[Arrays] | None = None,
    reference_name: str | None = None,
    tolerance: float = 1e-4,
    seed: int = 0,
) -> ParityReport:
    """Export a model and prove the graph against it; the file is written only if it passes.

    Args:
        model: a Keras model with one input, or several named as in `signature`; or a function that takes the
            inputs as keyword arguments. It returns a tensor, a sequence of tensors in the order of `outputs`, or
            a dict with its names.
        signature: input name to (dtype, dims); a string among the dims names a dynamic dimension, such as
            `{"noisy": ("float32", ["batch", "height", "width", 3])}`.
        out: the .onnx file to write.
        outputs: output name to its dims, likewise.
        cases: feeds to compare on, at least two of different shapes; default: normally distributed numbers at two
            sizes of the dynamic dimensions (float inputs only).
        reference_name: what the model is, for the report.
        tolerance: see `aigc_exporters.parity.parity_gate`.
        seed: of the default cases.

    Returns:
        The parity report for bundle.json.

    Raises:
        ExportError: if tf2onnx says that something is not supported, or the graph is invalid.
        ParityError: if the graph's numbers differ from the model's.
        MissingDependencyError: without the extra `keras`.
    """
    try:
        import tensorflow as tf
        import tf2onnx
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            f"Exporting Keras models needs {error.name}.",
            hint="Install aigc-sdk-exporters with its extra [keras].",
        ) from error

    call = _as_dict_function(model, list(outputs))
    specs = [
        tf.TensorSpec([None if isinstance(dim, str) else dim for dim in dims], dtype=dtype, name=name)
        for name, (dtype, dims) in signature.items()
    ]

    # A dict of named tensors gives the graph those output names; a bare tensor would become "Identity:0".
    def traced(*tensors: Any) -> Any:
        return call(dict(zip(signature, tensors, strict=True)))

    with _collected_complaints() as complaints:
        try:
            proto, _ = tf2onnx.convert.from_function(
                tf.function(traced, input_signature=specs), input_signature=specs, opset=OPSET
            )
        except Exception as error:  # tf2onnx raises bare errors of many kinds
            raise ExportError(f"tf2onnx could not convert the model: {error}") from error
    if complaints:
        # It goes on after these and writes a model that is invalid or, worse, only wrong.
        raise ExportError(
            f"tf2onnx could not convert a part of the model: {complaints[0]}",
            hint="Write that part with operators it knows.",
        )
    _name_dimensions(proto, {name: dims for name, (_, dims) in signature.items()}, outputs)

    def reference(feeds: Arrays) -> Arrays:
        tensors = {name: tf.convert_to_tensor(feeds[name]) for name in signature}
        return {name: np.asarray(value) for name, value in call(tensors).items()}

    data = proto.SerializeToString()
    report = parity_gate(
        data,
        default_cases(signature, seed) if cases is None else cases,
        reference,
        reference_name=reference_name or f"Keras model {getattr(model, 'name', 'function')!r}",
        tolerance=tolerance,
    )
    Path(out).write_bytes(data)
    return report


def default_cases(signature: Signature, seed: int = 0) -> list[Arrays]:
    """Normally distributed feeds at two sizes of every dynamic dimension.

    Raises:
        ValueError: if an input is not a float, whose valid range only the caller knows.
    """
    draw = np.random.default_rng(seed)
    names = list(dict.fromkeys(dim for _, dims in signature.values() for dim in dims if isinstance(dim, str)))
    cases: list[Arrays] = []
    for first, step in ((1, 8), (3, 4)):
        # The first dynamic dimension is the batch by convention; the others get sizes that nets with strides
        # accept, all different so that a mix-up of two dimensions shows.
        sizes = {name: first if index == 0 else 8 + step * index for index, name in enumerate(names)}
        feeds: dict[str, npt.NDArray[Any]] = {}
        for name, (dtype, dims) in signature.items():
            if not np.issubdtype(np.dtype(dtype), np.floating):
                raise ValueError(f"input {name!r} is {dtype}: give `cases` with values in its range")
            shape = [sizes[dim] if isinstance(dim, str) else dim for dim in dims]
            feeds[name] = draw.normal(size=shape).astype(dtype)
        cases.append(feeds)
    return cases


def _as_dict_function(model: Any, outputs: list[str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """The model as a function from named tensors to named tensors, in inference mode."""
    is_model = hasattr(model, "get_config") or hasattr(model, "trainable_variables")

    def call(feeds: Mapping[str, Any]) -> dict[str, Any]:
        if not is_model:
            result = model(**feeds)
        elif len(feeds) == 1:
            result = model(next(iter(feeds.values())), training=False)
        else:
            result = model(dict(feeds), training=False)
        if isinstance(result, Mapping):
            named = dict(result)
        else:
            values = list(result) if isinstance(result, list | tuple) else [result]
            if len(values) != len(outputs):
                raise ExportError(f"The model returns {len(values)} tensors; {len(outputs)} are named.")
            named = dict(zip(outputs, values, strict=True))
        if set(named) != set(outputs):
            raise ExportError(f"The model returns {sorted(named)}; named are {sorted(outputs)}.")
        return named

    return call


@contextmanager
def _collected_complaints() -> Iterator[list[str]]:
    """What tf2onnx logs about things it cannot convert, while the block runs."""
    complaints: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if record.levelno >= logging.ERROR or _BAD_LOG.search(message):
                complaints.append(message.strip())

    handler = Collector(level=logging.WARNING)
    # tf2onnx's loggers do not all pass their records on to a common parent.
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict) if "tf2onnx" in name]
    loggers = list({id(logger): logger for logger in [logging.getLogger("tf2onnx"), *loggers]}.values())
    silent = [logger for logger in loggers if not logger.propagate or logger.name == "tf2onnx"]
    # A host that silenced logging must not silence this.
    disabled = logging.root.manager.disable
    levels = {logger: logger.level for logger in loggers}
    logging.disable(logging.NOTSET)
    for logger in loggers:
        if not logger.isEnabledFor(logging.WARNING):
            logger.setLevel(logging.WARNING)
    for logger in silent:
        logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logging.disable(disabled)
        for logger, level in levels.items():
            logger.setLevel(level)
        for logger in silent:
            logger.removeHandler(handler)


def _name_dimensions(
    proto: onnx.ModelProto,
    inputs: Mapping[str, Sequence[int | str]],
    outputs: Mapping[str, Sequence[int | str]],
) -> None:
    """Give dynamic dimensions their names in place of tf2onnx's `unk__12`, and set the IR version."""
    for values, wanted in ((proto.graph.input, inputs), (proto.graph.output, outputs)):
        for value in values:
            dims = wanted.get(value.name.removesuffix(":0"))
            if dims is None:
                raise ExportError(
                    f"tf2onnx names a tensor {value.name!r}, which the signature does not have."
                )
            shape = value.type.tensor_type.shape
            del shape.dim[:]
            for dim in dims:
                entry = shape.dim.add()
                if isinstance(dim, str):
                    entry.dim_param = dim
                else:
                    entry.dim_value = dim
    del proto.graph.value_info[:]  # shapes of inner tensors under the old names
    proto.ir_version = min(proto.ir_version, IR_VERSION)
    proto.producer_name = "aigc-sdk-exporters"
