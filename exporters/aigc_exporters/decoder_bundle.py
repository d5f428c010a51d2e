"""From a decoder's weights and tokenizer, wherever they come from, to a bundle that is proven before it appears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_exporters.bundle_writer import Progress, staged_bundle, write_decoder_manifest
from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.graph_writer import DataFile, save_model
from aigc_exporters.parity import decoder_parity, float_probe
from aigc_exporters.reference import reference_logits
from aigc_exporters.weights import DecoderWeights
from aigc_sdk.bundles.manifest import ParityReport
from aigc_sdk.errors import BadInputError, ExportError

_HEAD_MULTIPLE = 16  # of GroupQueryAttention's rotary kernel


@dataclass(frozen=True)
class TokenizerFiles:
    """A tokenizer as a bundle holds it.

    Attributes:
        content: the file tokenizer.json.
        size: rows of an embedding that has one for each token, added ones included.
        bos: id that starts a text, if any.
        eos: ids that end a text.
        pad: id for padding, if any.
        add_bos: plain prompts start with `bos`.
        chat_template: Jinja source, if the model chats.
    """

    content: bytes
    size: int
    bos: int | None
    eos: tuple[int, ...]
    pad: int | None
    add_bos: bool
    chat_template: str | None


def write_decoder_bundle(
    out_dir: Path,
    config: DecoderConfig,
    weights: DecoderWeights,
    tokenizer: TokenizerFiles,
    *,
    fields: Mapping[str, Any],
    accuracy_level: int = 4,
    progress: Progress | None = None,
) -> Path:
    """Write graph, tokenizer and manifest, and compare the graph with the NumPy forward pass on the same weights.

    Args:
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        config: shape of the decoder.
        weights: as they are to be stored.
        tokenizer: its tokenizer.
        fields: of the manifest (id, licence, source, quantisation, ...).
        accuracy_level: how serving rounds activations of quantised products; see `build_decoder_graph`.
        progress: called with a fraction 0..1 and what is being done.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if tokenizer and embedding do not fit together, or `accuracy_level` is neither 1 nor 4.
        BundleError: if `out_dir` holds something else, or a field of the manifest is wrong.
        ExportError: if the graph is invalid, heads are not a multiple of 16 wide, or a matrix cannot be stored as asked.
        ParityError: if the graph's numbers differ from the reference.
    """
    if accuracy_level not in (1, 4):
        raise BadInputError(f"accuracy_level must be 1 or 4, not {accuracy_level!r:.40}.")
    if tokenizer.size > config.vocab_size:
        raise BadInputError(
            f"The tokenizer has tokens up to id {tokenizer.size - 1}, and the embedding {config.vocab_size} rows."
        )
    if config.head_dim % _HEAD_MULTIPLE:
        raise ExportError(
            f"Attention heads {config.head_dim} wide are not supported.",
            hint=f"The fused attention operator takes multiples of {_HEAD_MULTIPLE}.",
        )
    report = progress or (lambda _fraction, _message: None)
    report(0.1, "writing the graph")
    with staged_bundle(out_dir) as folder:
        data = DataFile(folder / "model.onnx.data")
        model = build_decoder_graph(config, weights, accuracy_level=accuracy_level, data=data)
        save_model(model, folder, data=data)
        del model
        report(0.4, "comparing with the reference")
        parity = _prove(folder, config, weights)
        report(0.9, "writing tokenizer and manifest")
        section = _write_tokenizer(folder, tokenizer)
        write_decoder_manifest(folder, config, tokenizer=section, parity=parity, fields=fields)
    report(1.0, "done")
    return out_dir


def activations(accuracy_level: int) -> str:
    """How activations are rounded, in the words of a manifest."""
    return "int8 blocks" if accuracy_level == 4 else "float32"


def spdx(licence: str) -> str:
    """Licence names as model files and cards write them, in SPDX spelling."""
    known = {
        "apache-2.0": "Apache-2.0",
        "mit": "MIT",
        "cc-by-4.0": "CC-BY-4.0",
        "bsd-3-clause": "BSD-3-Clause",
    }
    return known.get(licence.lower(), licence)


def _prove(folder: Path, config: DecoderConfig, weights: DecoderWeights) -> ParityReport:
    """The parity gate on a copy of the stored graph whose activations stay float."""
    lengths = (min(17, config.max_positions), min(9, max(1, config.max_positions // 2)))
    with float_probe(folder) as probe:
        return decoder_parity(
            probe,
            config,
            lambda tokens: reference_logits(config, weights, np.asarray(tokens)),
            reference_name="NumPy float32 forward pass on the dequantised weights",
            tolerance=2e-4,
            lengths=lengths,
            notes="graph with float activations; serving rounds activations to int8 in blocks",
        )


def _write_tokenizer(folder: Path, tokenizer: TokenizerFiles) -> dict[str, Any]:
    (folder / "tokenizer.json").write_bytes(tokenizer.content)
    section: dict[str, Any] = {
        "file": "tokenizer.json",
        "bos": tokenizer.bos,
        "eos": tokenizer.eos,
        "pad": tokenizer.pad,
        "add_bos": tokenizer.add_bos,
    }
    if tokenizer.chat_template:
        (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8")
        section["chat_template"] = "chat_template.jinja"
    return section
