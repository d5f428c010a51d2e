"""Import of Hugging Face folders: sentence encoders of the BERT family in safetensors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from aigc_exporters.bert_config import BertModel, read_bert_config
from aigc_exporters.bert_folder import SentenceFolder, checked_prompt, read_sentence_folder
from aigc_exporters.bert_tokenizer import read_encoder_tokenizer
from aigc_exporters.bert_weights import BertWeights, stored_encoder
from aigc_exporters.bundle_writer import Progress
from aigc_exporters.decoder_bundle import spdx
from aigc_exporters.encoder_bundle import write_encoder_bundle
from aigc_exporters.encoder_weights import EncoderConfig, Pooling
from aigc_exporters.model_card import read_model_card
from aigc_exporters.safetensors_file import SafetensorsFolder
from aigc_sdk.errors import BadInputError

_STORED = {
    "int8": "weights int8 in blocks of 32; activations int8 blocks",
    "float32": "weights float32; activations float32",
}


def import_bert(
    path: str | Path,
    out_dir: str | Path,
    *,
    bundle_id: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    storage: str = "int8",
    pooling: Pooling | None = None,
    max_positions: int | None = None,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
    **fields: Any,
) -> Path:
    """Turn a folder of BERT, RoBERTa, XLM-RoBERTa or DistilBERT into a bundle of task "encoder".

    Folders of Sentence Transformers say how the tokens are pooled and what is put before texts; plain model folders
    do not, and the options say it. Vectors are L2-normalised whether the folder does so or not: their dot product is
    the cosine. The graph is proven, with float activations, against a NumPy forward pass on the stored weights before
    the bundle appears. No code of the folder is run.

    Args:
        path: the folder.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: SPDX expression of the weights; default what the model card (README.md) says.
        source: where the model comes from, in words; default the folder's name.
        progress: called with a fraction 0..1 and what is being done.
        storage: of the matrices, see `aigc_exporters.bert_weights.stored_encoder`.
        pooling: "mean", "cls" or "max"; default what the folder says, or the mean.
        max_positions: tokens of the longest window of a text; default what the folder says.
        query_prompt: put before questions and what is compared; default the folder's prompt, or nothing.
        passage_prompt: put before what is searched; likewise.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if a file is missing, damaged or inconsistent, or no licence is known.
        ExportError: for a family, head, module, pooling or tokenizer that is not supported, naming it.
        ParityError: if the graph's numbers differ from the reference.
    """
    folder, out_dir = Path(path), Path(out_dir)
    if not folder.is_dir():
        raise BadInputError(f"{folder} is no folder.", hint="Name the folder that holds config.json.")
    report = progress or (lambda _fraction, _message: None)
    report(0.0, "reading the folder")
    sentence = read_sentence_folder(folder)
    model = read_bert_config(sentence.model)
    config = _served(model, sentence, pooling, max_positions)
    prompts = dict(sentence.prompts)
    for role, given in (("query", query_prompt), ("passage", passage_prompt)):
        if given is not None:
            prompts[role] = checked_prompt(given)
    original = BertWeights(SafetensorsFolder(sentence.model), model)
    weights = stored_encoder(original, storage, positions=config.max_positions)
    tokenizer = read_encoder_tokenizer(
        sentence.model, pad=model.pad, vocab_size=config.vocab_size, lower_case=sentence.lower_case
    )
    card = read_model_card(folder)
    licence = licence or card.licence
    if not licence:
        raise BadInputError(
            f"{folder.name or folder} states no licence.", hint="Say under which one you have it: --licence."
        )
    extra = {"prompts": prompts, "pooling": config.pooling, **dict(fields.pop("extra", {}))}
    return write_encoder_bundle(
        out_dir,
        config,
        weights,
        tokenizer,
        fields={
            "id": bundle_id or out_dir.name.lower(),
            "licence": spdx(licence),
            "source": source or f"safetensors folder {folder.name}",
            "quantisation": _STORED[storage],
            "languages": card.languages,
            "extra": extra,
            **fields,
        },
        progress=report,
    )


def _served(
    model: BertModel, sentence: SentenceFolder, pooling: Pooling | None, max_positions: int | None
) -> EncoderConfig:
    """The model's shape with the pooling and the length that are to be served."""
    config = model.config
    if sentence.width not in (None, config.hidden):
        raise BadInputError(
            f"The pooling is for vectors of {sentence.width}; the model is {config.hidden} wide."
        )
    if pooling not in (None, *get_args(Pooling)):
        raise BadInputError(
            f"There is no pooling {pooling!r:.40}.", hint=f"Choose one of {', '.join(get_args(Pooling))}."
        )
    positions = max_positions
    if positions is None:
        positions = min(config.max_positions, sentence.longest or config.max_positions)
    if isinstance(positions, bool) or not isinstance(positions, int) or positions < 3:
        raise BadInputError(f"The longest window must be an integer of at least 3, not {positions!r:.40}.")
    if positions > config.max_positions:
        raise BadInputError(
            f"The model serves {config.max_positions} positions; max_positions asks for more."
        )
    return replace(config, max_positions=positions, pooling=pooling or sentence.pooling or "mean")
