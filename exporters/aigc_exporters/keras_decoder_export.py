"""From a trained `CausalDecoder` to a verified decoder bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np
import numpy.typing as npt

from aigc_exporters.bundle_writer import staged_bundle, write_decoder_manifest
from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.graph_writer import save_model
from aigc_exporters.keras_decoder import CausalDecoder, build_decoder, decoder_weights
from aigc_exporters.parity import decoder_parity
from aigc_exporters.reference import reference_logits
from aigc_exporters.weight_views import quantized_q8_0
from aigc_exporters.weights import DecoderWeights, Float32
from aigc_sdk.errors import ExportError

Quantization = Literal["q8_0"]


def export_decoder(
    model: CausalDecoder,
    config: DecoderConfig,
    out_dir: Path,
    *,
    bundle_id: str,
    licence: str,
    source: str,
    tokenizer_json: str,
    eos: Sequence[int],
    bos: int | None = None,
    pad: int | None = None,
    chat_template: str | None = None,
    quantize: Quantization | None = None,
    decoding: Mapping[str, Any] | None = None,
    tolerance: float = 2e-4,
    **fields: Any,
) -> Path:
    """Write the bundle of a trained decoder, after proving it against the Keras forward pass.

    The float32 graph must give the Keras model's logits (prefill at two shapes, a ragged batch, and steps from
    the KV cache). With `quantize`, the stored graph must in addition give the logits of the NumPy reference on
    the dequantised weights, with float activations; serving rounds activations to int8 in blocks.

    Args:
        model: the trained model, under any dtype policy; it is compared in float32.
        config: the shape it was built with.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest.
        licence: SPDX expression of the weights.
        source: where the weights come from, in words.
        tokenizer_json: content of a `tokenizers` file.
        eos: token ids that end a text.
        bos: token id that starts one, if any.
        pad: token id used for padding, if any.
        chat_template: Jinja source, if the model chats.
        quantize: "q8_0" stores matrices in 8 bits in blocks of 32 (a quarter of the size); None keeps float32.
        decoding: default decoding options.
        tolerance: of the parity gate; see `aigc_exporters.parity.parity_gate`.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest` (training_data, quality, languages, extra,
            summary, version).

    Returns:
        `out_dir`.

    Raises:
        ExportError: if the graph is invalid or the model cannot be quantised.
        ParityError: if a graph's numbers differ from its reference.
        BundleError: if the manifest's fields are wrong or `out_dir` holds something else.
    """
    weights: DecoderWeights = decoder_weights(model)
    twin = _float32_twin(model, config)

    def keras_logits(tokens: npt.NDArray[np.int64]) -> Float32:
        return np.asarray(keras.ops.convert_to_numpy(twin(tokens)), dtype=np.float32)

    graph = build_decoder_graph(config, weights)
    name = f"Keras {keras.__version__} model, float32"
    lengths = (min(17, config.max_positions), min(9, config.max_positions // 2))
    parity = decoder_parity(
        graph.SerializeToString(),
        config,
        keras_logits,
        reference_name=name,
        tolerance=tolerance,
        lengths=lengths,
    )
    if quantize is not None:
        weights = quantized_q8_0(weights)
        float_activations = build_decoder_graph(config, weights, accuracy_level=1)
        quantized_parity = decoder_parity(
            float_activations.SerializeToString(),
            config,
            lambda tokens: reference_logits(config, weights, tokens),
            reference_name="NumPy on dequantised weights",
            tolerance=tolerance,
            lengths=lengths,
        )
        notes = (
            "float32 graph against the Keras model; the stored 8-bit graph, with float activations, against NumPy"
            f" on the dequantised weights: {quantized_parity.max_abs_diff:.2e}"
        )
        parity = parity.model_copy(update={"notes": notes})
        graph = build_decoder_graph(config, weights, accuracy_level=4)

    out_dir = Path(out_dir)
    with staged_bundle(out_dir) as folder:
        save_model(graph, folder)
        (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
        section = {"file": "tokenizer.json", "bos": bos, "eos": list(eos), "pad": pad}
        if chat_template is not None:
            (folder / "chat_template.jinja").write_text(chat_template, encoding="utf-8")
            section["chat_template"] = "chat_template.jinja"
        write_decoder_manifest(
            folder,
            config,
            tokenizer=section,
            parity=parity,
            fields={
                "id": bundle_id,
                "licence": licence,
                "source": source,
                "quantisation": quantize,
                "decoding": dict(decoding or {}),
                **fields,
            },
        )
    return out_dir


def _float32_twin(model: CausalDecoder, config: DecoderConfig) -> CausalDecoder:
    """The same weights under a float32 policy: bfloat16 noise would hide an error of the export."""
    policy = keras.mixed_precision.global_policy()
    try:
        keras.mixed_precision.set_global_policy("float32")
        twin = build_decoder(config)
    finally:
        keras.mixed_precision.set_global_policy(policy)
    try:
        twin.set_weights(model.get_weights())
    except ValueError as error:
        raise ExportError(
            f"The model was not built with the given config: {error}",
            hint="Pass the DecoderConfig that build_decoder was called with.",
        ) from error
    return twin
