"""Import of Hugging Face folders: Llama, Mistral and Qwen 2 decoders in safetensors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aigc_exporters.bundle_writer import Progress
from aigc_exporters.decoder_bundle import activations, spdx, write_decoder_bundle
from aigc_exporters.hf_config import read_config
from aigc_exporters.hf_tokenizer import decoding_defaults, read_tokenizer
from aigc_exporters.hf_weights import HfDecoderWeights
from aigc_exporters.model_card import read_model_card
from aigc_exporters.safetensors_file import SafetensorsFolder
from aigc_exporters.weight_views import stored_as
from aigc_sdk.errors import BadInputError


def import_safetensors(
    path: str | Path,
    out_dir: str | Path,
    *,
    bundle_id: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    storage: str = "int8",
    accuracy_level: int = 4,
    max_positions: int | None = None,
    chat_template: bool = True,
    **fields: Any,
) -> Path:
    """Turn a Hugging Face model folder into a decoder bundle.

    The graph is proven, with float activations, against a NumPy forward pass on the stored weights before the
    bundle appears. No code of the folder is run; what it states is bounded before it is believed.

    Args:
        path: the folder, or a safetensors file in it.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: SPDX expression of the weights; default what the model card (README.md) says.
        source: where the model comes from, in words; default the folder's name.
        progress: called with a fraction 0..1 and what is being done.
        storage: of the matrices, see `aigc_exporters.weight_views.stored_as`; what each costs is in
            docs/models.md.
        accuracy_level: how serving rounds activations of quantised products; see `build_decoder_graph`.
        max_positions: longest sequence to serve, where less than the model's is wanted.
        chat_template: take the model's chat template over.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if a file is missing, damaged or inconsistent, or no licence is known.
        ExportError: for a family, option, storage or tokenizer that is not supported, naming it.
        ParityError: if the graph's numbers differ from the reference.
    """
    path, out_dir = Path(path), Path(out_dir)
    folder = path if path.is_dir() else path.parent
    report = progress or (lambda _fraction, _message: None)
    report(0.0, "reading the folder")
    decoder = read_config(folder, max_positions=max_positions)
    original = HfDecoderWeights(SafetensorsFolder(folder), decoder)
    weights = stored_as(original, storage)
    tokenizer = read_tokenizer(folder, decoder.values, chat_template=chat_template)
    card = read_model_card(folder)
    licence = licence or card.licence
    if not licence:
        raise BadInputError(
            f"{folder.name or folder} states no licence.", hint="Say under which one you have it: --licence."
        )
    stated = {
        "id": bundle_id or out_dir.name.lower(),
        "licence": spdx(licence),
        "source": source or f"safetensors folder {folder.name}",
        "quantisation": _storage_summary(storage, accuracy_level),
        "languages": card.languages,
        "decoding": decoding_defaults(folder),
    }
    extra = {**({"rope": decoder.note} if decoder.note else {}), **dict(fields.pop("extra", {}))}
    return write_decoder_bundle(
        out_dir,
        original.config,
        weights,
        tokenizer,
        fields={**stated, "extra": extra, **fields},
        accuracy_level=accuracy_level,
        progress=report,
    )


def _storage_summary(storage: str, accuracy_level: int) -> str:
    kinds = {"int8": "int8 in blocks of 32", "int4": "int4 in blocks of 32, embedding and head int8"}
    if storage in kinds:
        return f"weights {kinds[storage]}; activations {activations(accuracy_level)}"
    return f"weights {storage}; activations float32"
