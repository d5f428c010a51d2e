"""Import of a text classifier: a multilingual E5 encoder with a delta of fine-tuned blocks and a head merged in."""

from __future__ import annotations

import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from aigc_exporters.bundle_writer import Progress, graph_info, staged_bundle
from aigc_exporters.e5_format import E5File
from aigc_exporters.e5_tokenizer import encoder_tokenizer, english_chinese_rows, prune_vocabulary
from aigc_exporters.encoder_delta import EncoderDelta, MergedWeights
from aigc_exporters.encoder_export import build_encoder_graph
from aigc_exporters.encoder_int8 import Dequantized, quantize_products
from aigc_exporters.encoder_parity import encoder_cases
from aigc_exporters.encoder_reference import reference_encoding
from aigc_exporters.encoder_weights import EncoderConfig, EncoderWeights
from aigc_exporters.graph_writer import save_model
from aigc_exporters.parity import Arrays, parity_gate
from aigc_sdk.bundles.bundle import open_bundle
from aigc_sdk.bundles.manifest import ParityReport, write_manifest
from aigc_sdk.errors import BadInputError


def import_e5_classifier(
    path: str | Path,
    out_dir: str | Path,
    *,
    delta: str | Path,
    bundle_id: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    **fields: Any,
) -> Path:
    """Merge an E5S1 file and a delta bundle into a classifier with int8 products.

    The float graph is proven against a NumPy forward pass before it is quantised.

    Args:
        path: the E5S1 file.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        delta: folder of the delta bundle, or ``"package:relative/folder"``. Labels, calibration, quality, training
            data and licence are taken over from its manifest.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: default the delta's.
        source: where it comes from, in words; default the delta's.
        progress: called with a fraction 0..1 and what is being done.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if a file is missing or damaged, or the two do not fit together.
        ParityError: if the graph's numbers differ from the reference.
    """
    if isinstance(delta, str) and ":" in delta and not Path(delta).exists():
        package, _, relative = delta.partition(":")
        with as_file(files(package).joinpath(relative)) as folder:
            return import_e5_classifier(
                path, out_dir, delta=folder, bundle_id=bundle_id, licence=licence, source=source,
                progress=progress, **fields,
            )  # fmt: skip
    report = progress or (lambda _fraction, _message: None)
    out_dir = Path(out_dir)
    report(0.0, "reading the files")
    base = E5File(Path(path))
    carried = open_bundle(Path(delta))
    rows = english_chinese_rows(base.vocabulary)
    unigrams = prune_vocabulary(base.vocabulary, rows)
    base.keep_rows(rows)
    labels = carried.manifest.extra.get("labels")
    added = EncoderDelta(carried.path("delta.npz"))
    if not isinstance(labels, list) or len(labels) != len(added.head_bias):
        raise BadInputError(f"The delta {carried.id} does not name a label for each output of its head.")
    weights = MergedWeights(base.config, base, added)
    report(0.2, "writing the graph")
    with staged_bundle(out_dir) as folder, tempfile.TemporaryDirectory() as scratch:
        model = classifier_graph(base.config, Dequantized(weights), added.head_weight, added.head_bias)
        quantised = quantize_products(model, Path(scratch))
        report(0.5, "comparing with the reference")
        parity = _prove(Path(scratch) / "dense.onnx", base.config, weights, added)
        save_model(onnx.load(str(quantised)), folder)
        report(0.9, "writing tokenizer and manifest")
        manifest = carried.manifest
        write_manifest(
            folder,
            task="classifier",
            graphs=[graph_info(folder / "model.onnx")],
            tokenizer=encoder_tokenizer(unigrams).write(folder),
            parity=parity,
            **{
                "id": bundle_id or out_dir.name.lower(),
                "summary": manifest.summary,
                "licence": licence or manifest.licence,
                "source": source or manifest.source,
                "languages": manifest.languages,
                "training_data": manifest.training_data,
                "calibration": manifest.calibration,
                "quality": manifest.quality,
                "quantisation": "products int8 by output channel, dynamic activations; word embedding Q4_0",
                "extra": {**manifest.extra, "delta": carried.digest},
                **fields,
            },
        )
    report(1.0, "done")
    return out_dir


def classifier_graph(
    config: EncoderConfig,
    weights: EncoderWeights,
    head_weight: np.ndarray[Any, Any],
    head_bias: np.ndarray[Any, Any],
) -> onnx.ModelProto:
    """`build_encoder_graph` with one output: `logits` float32 [batch, labels], linear in the mean over the tokens."""
    model = build_encoder_graph(config, weights)
    graph = model.graph
    # The vectors' graph ends by dividing the sum over tokens by its length; a head wants the mean.
    unused = {"embedding", "norm", "token_sum.norm"}
    for node in [node for node in graph.node if node.output[0] in unused]:
        graph.node.remove(node)
    for tensor in [t for t in graph.initializer if t.name == "norm.floor"]:
        graph.initializer.remove(tensor)
    del graph.output[:]
    graph.node.extend(
        [
            helper.make_node("ReduceSum", ["mask.column", "axis.sequence"], ["tokens"], keepdims=0),
            helper.make_node("Max", ["tokens", "one"], ["tokens.floor"]),
            helper.make_node("Div", ["token_sum", "tokens.floor"], ["mean"]),
            helper.make_node("Gemm", ["mean", "head.weight", "head.bias"], ["logits"], transB=1, name="head"),
        ]
    )
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.asarray(1, dtype=np.float32), "one"),
            numpy_helper.from_array(np.ascontiguousarray(head_weight, dtype=np.float32), "head.weight"),
            numpy_helper.from_array(np.ascontiguousarray(head_bias, dtype=np.float32), "head.bias"),
        ]
    )
    graph.output.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(head_bias)]))
    return model


def _prove(path: Path, config: EncoderConfig, weights: EncoderWeights, delta: EncoderDelta) -> ParityReport:
    def reference(feeds: Arrays) -> Arrays:
        states, _ = reference_encoding(config, weights, feeds["input_ids"], feeds["attention_mask"])
        shown = feeds["attention_mask"][..., None]
        mean = (states * shown).sum(axis=1) / shown.sum(axis=1)
        return {"logits": (mean @ delta.head_weight.T + delta.head_bias).astype(np.float32)}

    return parity_gate(
        path,
        encoder_cases(config),
        reference,
        reference_name="NumPy float32 forward pass on base and delta",
        tolerance=1e-4,
        notes="the float graph; serving quantises its products to int8, the quality rows are of the int8 graph",
    )
