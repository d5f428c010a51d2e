"""What this distribution declares to the SDK: importers. Import-light."""

from __future__ import annotations

from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.spec import ImporterSpec

AIGC_HOOK_API = (1, 1)


@hookimpl
def aigc_importers() -> list[ImporterSpec]:
    """Importers of other model formats."""
    return [
        ImporterSpec(
            id="gguf",
            summary="GGUF decoders of the Llama and Qwen 2 families, weights kept as they are",
            factory="aigc_exporters.gguf_import:import_gguf",
            suffixes=(".gguf",),
        ),
        ImporterSpec(
            id="safetensors",
            summary="Hugging Face folders of Llama, Mistral and Qwen 2 decoders, stored in 8-bit blocks",
            factory="aigc_exporters.safetensors_import:import_safetensors",
            suffixes=(".safetensors",),
            recognises="aigc_exporters.hf_config:is_decoder_folder",
        ),
        ImporterSpec(
            id="bert",
            summary="Folders of BERT, RoBERTa, XLM-RoBERTa and DistilBERT sentence encoders, stored in 8-bit blocks",
            factory="aigc_exporters.bert_import:import_bert",
            recognises="aigc_exporters.bert_folder:is_encoder_folder",
        ),
        ImporterSpec(
            id="e5",
            summary="Multilingual E5 sentence encoders in 4-bit blocks, pruned to English and Chinese",
            factory="aigc_exporters.e5_import:import_e5",
            suffixes=(".bin",),
        ),
        ImporterSpec(
            id="e5-classifier",
            summary="A multilingual E5 encoder with fine-tuned blocks and a head merged in, int8",
            factory="aigc_exporters.e5_classifier:import_e5_classifier",
        ),
    ]
