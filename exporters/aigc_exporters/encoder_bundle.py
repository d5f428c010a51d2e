"""From an encoder's weights and tokenizer, wherever they come from, to a bundle that is proven before it appears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_exporters.bundle_writer import Progress, graph_info, staged_bundle
from aigc_exporters.encoder_export import build_encoder_graph
from aigc_exporters.encoder_parity import prove_encoder
from aigc_exporters.encoder_weights import EncoderConfig, EncoderWeights
from aigc_exporters.graph_writer import DataFile, save_model
from aigc_sdk.bundles.manifest import write_manifest


@dataclass(frozen=True)
class EncoderTokenizer:
    """A tokenizer as a bundle holds it.

    Attributes:
        content: the file tokenizer.json.
        bos, eos: ids before and after a text.
        pad: id of padding.
    """

    content: str
    bos: int
    eos: int
    pad: int

    def write(self, folder: Path) -> dict[str, Any]:
        """Write tokenizer.json and return the manifest's section "tokenizer"."""
        (folder / "tokenizer.json").write_text(self.content, encoding="utf-8")
        return {
            "file": "tokenizer.json",
            "bos": self.bos,
            "eos": [self.eos],
            "pad": self.pad,
            "add_bos": True,
        }


def write_encoder_bundle(
    out_dir: Path,
    config: EncoderConfig,
    weights: EncoderWeights,
    tokenizer: EncoderTokenizer,
    *,
    fields: Mapping[str, Any],
    progress: Progress,
    streamed: bool = True,
) -> Path:
    """Write graph, tokenizer and manifest, and compare the graph with the NumPy forward pass on the same weights.

    Args:
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        config: shape of the encoder.
        weights: as they are to be stored.
        tokenizer: its tokenizer.
        fields: of the manifest (id, licence, source, quantisation, ...).
        progress: called with a fraction from 0.2 to 1 and what is being done.
        streamed: large tensors go to their file as they are made, so that a model of any size can be written. Without
            it the same tensors lie closer together: bundles whose digests are published keep their bytes.

    Returns:
        `out_dir`.

    Raises:
        BundleError: if `out_dir` holds something else, or a field of the manifest is wrong.
        ExportError: if the graph is invalid, or a matrix cannot be stored as asked.
        ParityError: if the graph's numbers differ from the reference.
    """
    progress(0.2, "writing the graph")
    with staged_bundle(out_dir) as folder:
        data = DataFile(folder / "model.onnx.data") if streamed else None
        save_model(build_encoder_graph(config, weights, data=data), folder, data=data)
        progress(0.5, "comparing with the reference")
        parity = prove_encoder(folder, config, weights)
        progress(0.9, "writing tokenizer and manifest")
        write_manifest(
            folder,
            task="encoder",
            graphs=[graph_info(folder / "model.onnx")],
            encoder={
                "layers": config.layers,
                "hidden": config.hidden,
                "heads": config.heads,
                "vocab_size": config.vocab_size,
                "max_positions": config.max_positions,
            },
            tokenizer=tokenizer.write(folder),
            parity=parity,
            **fields,
        )
    progress(1.0, "done")
    return out_dir
