"""Low-rank adaptation of a decoder (Hu et al. 2021, arXiv:2106.09685): train small factors, merge them, write a bundle.

Every projection of attention and feed-forward gets factors A and B; the product (alpha / rank) A B is added to its
kernel. Embedding, head and norms stay as they are. Merged matrices are stored in 8 bits or float32, whatever
the base had: 4-bit codes are too coarse for what a short training changes. All others keep their storage.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from onnx import numpy_helper

from aigc_exporters.bundle_writer import staged_bundle, write_decoder_manifest
from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.graph_writer import save_model
from aigc_exporters.keras_decoder import CausalDecoder, KerasDecoderWeights, build_decoder
from aigc_exporters.lora_base import BaseDecoder
from aigc_exporters.parity import decoder_parity, float_probe
from aigc_exporters.weights import DecoderWeights, DenseMatrix, Float32, LayerWeights, Matrix, quantize_q8_0
from aigc_sdk.bundles.bundle import read_manifest

_PROJECTIONS = ("query", "key", "value", "output", "gate", "up", "down")


def adapted_decoder(base: BaseDecoder, *, rank: int, alpha: float, dropout: float = 0.0) -> CausalDecoder:
    """The base in Keras, dequantised and frozen, with factors of rank `rank` that train.

    Args:
        base: The decoder.
        rank: Width of the factors.
        alpha: Their product is scaled by alpha / rank.
        dropout: As in `build_decoder`.

    Returns:
        A model that gives the base's logits until it is trained: B starts at zero.
    """
    model = load_decoder(base, base.weights, dropout=dropout)
    model.trainable = True
    model.embedding.trainable = False
    model.final_norm.trainable = False
    if model.head is not None:
        model.head.trainable = False
    for block in model.blocks:
        block.attention_norm.trainable = False
        block.feed_forward_norm.trainable = False
        for layer in _dense_layers(block):
            layer.enable_lora(rank, lora_alpha=alpha)
    return model


def load_decoder(base: BaseDecoder, weights: DecoderWeights, *, dropout: float = 0.0) -> CausalDecoder:
    """A Keras decoder of the base's shape and rotary tables with these weights, under the global dtype policy."""
    model = build_decoder(base.config, dropout=dropout)
    model.embedding.embeddings.assign(weights.embedding().dequantize())
    model.final_norm.scale.assign(weights.final_norm())
    head = weights.head()
    if head is not None and model.head is not None:
        model.head.kernel.assign(head.dequantize().T)
    for index, block in enumerate(model.blocks):
        layer = weights.layer(index)
        block.attention_norm.scale.assign(layer.attention_norm)
        block.feed_forward_norm.scale.assign(layer.feed_forward_norm)
        block.attention.set_rotary_tables(base.cosine, base.sine)
        for dense, name in zip(_dense_layers(block), _PROJECTIONS, strict=True):
            matrix: Matrix = getattr(layer, name)
            dense.kernel.assign(matrix.dequantize().T)
    return model


def _dense_layers(block: Any) -> list[Any]:
    attention, feed_forward = block.attention, block.feed_forward
    return [
        *(attention.query, attention.key, attention.value, attention.output_projection),
        *(feed_forward.gate, feed_forward.up, feed_forward.down),
    ]


class MergedWeights:
    """Projections of a trained model, everything else of the base; see `aigc_exporters.weights.DecoderWeights`."""

    def __init__(self, base: BaseDecoder, model: CausalDecoder, *, quantize: bool) -> None:
        self._base, self._trained = base.weights, KerasDecoderWeights(model)
        self._quantize = quantize

    def embedding(self) -> Matrix:
        """The base's."""
        return self._base.embedding()

    def head(self) -> Matrix | None:
        """The base's."""
        return self._base.head()

    def final_norm(self) -> Float32:
        """The base's."""
        return self._base.final_norm()

    def layer(self, index: int) -> LayerWeights:
        """Layer `index` with the factors merged in."""
        layer = self._trained.layer(index)
        stored: dict[str, Any] = {name: self._stored(getattr(layer, name)) for name in _PROJECTIONS}
        return LayerWeights(
            attention_norm=layer.attention_norm, feed_forward_norm=layer.feed_forward_norm, **stored
        )

    def _stored(self, matrix: Matrix) -> Matrix:
        values = matrix.dequantize()
        return quantize_q8_0(values) if self._quantize else DenseMatrix(values)


def export_merged(
    model: CausalDecoder,
    base: BaseDecoder,
    base_folder: Path,
    out_dir: Path,
    *,
    quantize: bool,
    **fields: Any,
) -> Path:
    """Write the bundle of a base with its trained factors merged in.

    The stored graph, with float activations, is proven against a Keras forward pass on the same weights.

    Args:
        model: Made by `adapted_decoder` and trained, under any dtype policy.
        base: What it was made of.
        base_folder: The base's bundle: tokenizer, chat template and decoding defaults are taken over.
        out_dir: Folder of the bundle; an earlier bundle there is replaced.
        quantize: Store merged matrices in 8 bits in blocks of 32, otherwise in float32.
        **fields: Fields of the manifest (id, licence, source, ...).

    Raises:
        ExportError: A matrix cannot be stored as asked, or the graph is invalid.
        ParityError: The graph's numbers differ from the reference.
    """
    weights = MergedWeights(base, model, quantize=quantize)
    policy = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("float32")
        twin = load_decoder(base, weights)
    finally:
        keras.config.set_dtype_policy(policy)

    def reference(tokens: npt.NDArray[np.int64]) -> Float32:
        return np.asarray(keras.ops.convert_to_numpy(twin(tokens)), dtype=np.float32)

    config = base.config
    longest = config.max_positions
    manifest = read_manifest(base_folder)
    assert manifest.tokenizer is not None
    with staged_bundle(out_dir) as folder:
        save_model(_graph(config, weights, base), folder)
        with float_probe(folder) as probe:
            parity = decoder_parity(
                probe,
                config,
                reference,
                reference_name=f"Keras {keras.__version__} model with the stored weights, float32",
                lengths=(min(17, longest), min(9, max(1, longest // 2))),
                notes="graph with float activations; serving rounds activations to int8 in blocks",
            )
        for name in (manifest.tokenizer.file, manifest.tokenizer.chat_template):
            if name is not None:
                shutil.copy2(base_folder / name, folder / name)
        write_decoder_manifest(
            folder,
            config,
            tokenizer=manifest.tokenizer.model_dump(),
            parity=parity,
            fields={
                "decoding": manifest.decoding,
                "languages": manifest.languages,
                "quantisation": "merged projections q8_0, others as in the base" if quantize else None,
                **fields,
            },
        )
    return out_dir


def _graph(config: DecoderConfig, weights: DecoderWeights, base: BaseDecoder) -> Any:
    """The decoder's graph, its rotary tables those of the base."""
    graph = build_decoder_graph(config, weights)
    tables = {"rope.cos": base.cosine, "rope.sin": base.sine}
    for tensor in graph.graph.initializer:
        if tensor.name in tables:
            tensor.CopyFrom(numpy_helper.from_array(tables[tensor.name], tensor.name))
    return graph
