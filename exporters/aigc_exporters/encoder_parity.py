"""The parity gate of encoder bundles, whatever their weights come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aigc_exporters.encoder_reference import reference_encoding
from aigc_exporters.encoder_weights import EncoderConfig, EncoderWeights
from aigc_exporters.parity import Arrays, float_probe, parity_gate
from aigc_sdk.bundles.manifest import ParityReport


def prove_encoder(folder: Path, config: EncoderConfig, weights: EncoderWeights) -> ParityReport:
    """Compare the sentence vectors of a stored graph, its activations float, with the NumPy forward pass.

    Args:
        folder: holds model.onnx.
        config: shape of the encoder.
        weights: as the graph stores them.

    Raises:
        ExportError: if the graph is invalid or does not load.
        ParityError: if the vectors differ.
    """

    def reference(feeds: Arrays) -> Arrays:
        _, embedding = reference_encoding(config, weights, feeds["input_ids"], feeds["attention_mask"])
        return {"embedding": embedding}

    with float_probe(folder) as probe:
        return parity_gate(
            probe,
            encoder_cases(config),
            reference,
            reference_name="NumPy float32 forward pass on the stored weights",
            tolerance=1e-5,
            notes="graph with float activations; quantised products are served with activations rounded to int8 blocks",
        )


def encoder_cases(config: EncoderConfig) -> list[Arrays]:
    """Random texts for the gate: one alone, and two of which the second is padded on the right."""
    draw = np.random.default_rng(0)

    def case(batch: int, sequence: int) -> Arrays:
        length = min(sequence, config.max_positions)
        mask = np.ones((batch, length), dtype=np.int64)
        if batch > 1:
            mask[-1, max(1, length // 2) :] = 0
        ids = draw.integers(0, config.vocab_size, (batch, length), dtype=np.int64)
        return {"input_ids": ids, "attention_mask": mask}

    return [case(1, 9), case(2, 17)]
