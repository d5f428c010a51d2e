"""The parity gate: an exported graph ships only if its numbers are those of a named reference.

Converters have been seen to log "not supported", go on, and write a model that loads and is wrong; so every
export is checked by onnx.checker, loaded in ONNX Runtime, and compared on inputs of at least two shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.decoder_session import DecoderSession, create_session
from aigc_exporters.weights import Float32
from aigc_sdk.bundles.manifest import ParityReport
from aigc_sdk.errors import ExportError, ParityError

Arrays = Mapping[str, npt.NDArray[Any]]
LogitsFunction = Callable[[npt.NDArray[np.int64]], Float32]


def check_model(model: Path | bytes, *, threads: int = 1) -> Any:
    """Run onnx.checker on a model and load it in ONNX Runtime.

    Args:
        model: path of a model file (its external data beside it), or its bytes.
        threads: intra-op threads of the session.

    Returns:
        The session.

    Raises:
        ExportError: if either refuses it.
    """
    try:
        onnx.checker.check_model(model if isinstance(model, bytes) else str(model))
    except (onnx.checker.ValidationError, ValueError) as error:
        raise ExportError(f"The exported graph is not valid ONNX: {error}") from error
    try:
        return create_session(model, threads=threads)
    except Exception as error:  # the runtime's own errors have no common public base
        raise ExportError(f"ONNX Runtime does not load the exported graph: {error}") from error


@contextmanager
def float_probe(folder: Path) -> Iterator[Path]:
    """A copy of the folder's model.onnx whose quantised products keep activations in float32; gone afterwards.

    Its large tensors are those beside the original.
    """
    probe = folder / "parity.onnx"
    model = onnx.load(str(folder / "model.onnx"), load_external_data=False)
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.name == "accuracy_level":
                attribute.i = 1
    probe.write_bytes(model.SerializeToString())
    del model
    try:
        yield probe
    finally:
        probe.unlink()


def parity_gate(
    model: Path | bytes,
    cases: Sequence[Arrays],
    reference: Callable[[Arrays], Arrays],
    *,
    reference_name: str,
    tolerance: float = 1e-4,
    notes: str = "",
) -> ParityReport:
    """Compare a graph with its reference on given inputs.

    Args:
        model: path of a model file, or its bytes.
        cases: feeds by input name; at least two, of different shapes.
        reference: feeds to expected outputs, by output name. Names it leaves out are not compared.
        reference_name: what the reference is, for the report.
        tolerance: largest allowed difference, for outputs of magnitude up to 1; scaled by the largest
            magnitude beyond that. Integer outputs (labels) must be equal.
        notes: free text for the report.

    Returns:
        The report for bundle.json, with the tolerance that was in force.

    Raises:
        ExportError: if the graph is invalid, does not load or does not run.
        ParityError: if a shape, a number or a label differs.
        ValueError: if there are not two shapes or no numbers to compare on.
    """
    shapes = [tuple(next(iter(case.values())).shape) for case in cases]
    if len(set(shapes)) < 2:
        raise ValueError(f"the parity gate needs inputs of two shapes at least, got {shapes}")
    session = check_model(model)
    worst = _Difference(tolerance)
    names = [output.name for output in session.get_outputs()]
    for case in cases:
        expected = reference(case)
        if not expected or not all(np.size(wanted) for wanted in expected.values()):
            raise ValueError("the reference gives no numbers to compare with")
        missing = sorted(set(expected) - set(names))
        if missing:
            raise ParityError(f"The graph has no output {missing[0]!r}; it has {', '.join(names)}.")
        try:
            values = dict(zip(names, session.run(None, dict(case)), strict=True))
        except Exception as error:  # the runtime's own errors have no common public base
            raise ExportError(f"The exported graph does not run: {error}") from error
        for name, wanted in expected.items():
            worst.add(name, wanted, np.asarray(values[name]))
    return worst.report(reference_name, shapes, notes)


def decoder_parity(
    model: Path | bytes,
    config: DecoderConfig,
    reference: LogitsFunction,
    *,
    reference_name: str,
    tolerance: float = 2e-4,
    lengths: tuple[int, int] = (17, 9),
    seed: int = 0,
    notes: str = "",
) -> ParityReport:
    """Compare a decoder graph with a full causal forward pass.

    Three ways through the graph must give the reference's logits: prefill at two shapes (batch 1 and 2), prefill
    of a ragged batch padded on the right, and prefill followed by single steps from the KV cache.

    Args:
        model: path of the graph, or its bytes.
        config: its shape.
        reference: int64 [batch, sequence] to float32 [batch, sequence, vocab].
        reference_name: what the reference is, for the report.
        tolerance: as in `parity_gate`.
        lengths: sequence lengths of the two shapes.
        seed: of the random token ids.
        notes: free text for the report.

    Raises:
        ExportError: if the graph is invalid or does not load.
        ParityError: if the logits differ.
    """
    check_model(model)
    longest, shortest = max(lengths), min(lengths)
    draw = np.random.default_rng(seed)
    worst = _Difference(tolerance)
    pair = draw.integers(0, config.vocab_size, (2, longest), dtype=np.int64)
    single = draw.integers(0, config.vocab_size, (1, shortest), dtype=np.int64)
    expected = np.asarray(reference(pair), dtype=np.float32)

    wanted = np.asarray(reference(single), dtype=np.float32)
    # Not kept: each session holds its own copy of the weights.
    alone = DecoderSession(model, batch=1, capacity=longest + 8).forward(single)
    worst.add("prefill at batch 1", wanted, alone)
    two = DecoderSession(model, batch=2, capacity=longest + 8)
    worst.add("prefill at batch 2", expected, two.forward(pair))

    # Row 0 is `shortest` long and padded; then both rows go on one token at a time from their own lengths.
    valid = np.asarray([shortest, longest - 3], dtype=np.int64)
    padded = pair[:, : longest - 3].copy()
    padded[0, shortest:] = 0
    rows = np.arange(2)
    logits = two.forward(padded, lengths=valid, positions=(valid - 1)[:, None])
    worst.add("ragged prefill", expected[rows, valid - 1], logits[:, 0])
    for _ in range(3):
        logits = two.forward(pair[rows, valid][:, None], past=1, lengths=valid + 1)
        worst.add("ragged decoding step", expected[rows, valid], logits[:, 0])
        valid = valid + 1
    return worst.report(reference_name, [(1, shortest), (2, longest)], notes)


class _Difference:
    """The largest difference seen, and the verdict on each one as it comes."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._scale = 1.0
        self._worst = 0.0

    def add(self, name: str, expected: npt.NDArray[Any], actual: npt.NDArray[Any]) -> None:
        """Raise `ParityError` where `actual` is not `expected`."""
        if expected.shape != actual.shape:
            raise ParityError(f"{name}: the reference has shape {expected.shape}, the graph {actual.shape}.")
        if not np.issubdtype(expected.dtype, np.floating):
            differing = int((expected != actual).sum())
            if differing:
                raise ParityError(f"{name}: {differing} of {expected.size} values differ.")
            return
        if not np.isfinite(actual).all():
            raise ParityError(f"{name}: the graph returns numbers that are not finite.")
        scale = max(1.0, float(np.abs(expected).max(initial=0.0)))
        difference = float(np.abs(expected - actual).max(initial=0.0))
        if not difference <= self._tolerance * scale:
            raise ParityError(
                f"{name}: the graph differs from its reference by {difference:.3g}"
                f" (allowed: {self._tolerance * scale:.3g}).",
                hint="The export is wrong: it was not written.",
            )
        self._worst, self._scale = max(self._worst, difference), max(self._scale, scale)

    def report(self, reference: str, shapes: Sequence[tuple[int, ...]], notes: str) -> ParityReport:
        """The report for bundle.json."""
        return ParityReport(
            reference=reference,
            max_abs_diff=self._worst,
            tolerance=self._tolerance * self._scale,
            shapes=tuple(shapes),
            notes=notes,
        )
