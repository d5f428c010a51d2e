"""The tokenizer of an encoder's folder, as a bundle serves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer as RawTokenizer

from aigc_exporters.encoder_bundle import EncoderTokenizer
from aigc_exporters.hf_tokenizer import library_errors, tokenizer_content
from aigc_exporters.json_file import parse_object
from aigc_sdk.errors import BadInputError, ExportError


def read_encoder_tokenizer(
    folder: Path, *, pad: int, vocab_size: int, lower_case: bool = False
) -> EncoderTokenizer:
    """Read ``tokenizer.json``.

    Which ids frame a text is seen from what the tokenizer does, since configurations are often wrong about it.

    Args:
        folder: of the model.
        pad: id of padding.
        vocab_size: rows of the word embedding.
        lower_case: the model was trained on texts in lower case.

    Raises:
        BadInputError: if the file is damaged, or has tokens that the embedding has no row for.
        ExportError: if it is missing, or frames texts otherwise than by one token before and one after.
    """
    values = parse_object(tokenizer_content(folder), "tokenizer.json")
    with library_errors():
        raw = RawTokenizer.from_str(json.dumps(values))
        raw.no_padding()
        raw.no_truncation()
        framed, plain = (raw.encode("a", add_special_tokens=special).ids for special in (True, False))
        upper = raw.encode("A", add_special_tokens=False).ids
        highest = max(raw.get_vocab().values(), default=-1)
    if lower_case and upper != plain:
        raise ExportError("Texts in lower case (do_lower_case) need a tokenizer that makes them so.")
    if len(framed) < 3 or framed[1:-1] != plain or framed[0] in plain or framed[-1] in plain:
        raise ExportError("The tokenizer does not put one token before a text and one after it.")
    if highest >= vocab_size:
        raise BadInputError(
            f"The tokenizer has tokens up to id {highest}, and the embedding {vocab_size} rows."
        )
    if raw.id_to_token(pad) is None:
        raise BadInputError(f"pad_token_id {pad} is no token of tokenizer.json.")
    return EncoderTokenizer(_with_plain_unknown(values, raw), framed[0], framed[-1], pad)


def _with_plain_unknown(values: dict[str, Any], raw: RawTokenizer) -> str:
    """The file without the entry that makes the token for unknown words a special one.

    Serving never lets a text spell a special token, and leaves out those that come of it nevertheless. But this one
    is what words that the vocabulary lacks become, and the model was trained to read it.
    """
    model = values.get("model")
    model = model if isinstance(model, dict) else {}
    unknown = model.get("unk_token")
    if unknown is None and isinstance(model.get("unk_id"), int):
        unknown = raw.id_to_token(model["unk_id"])
    added = values.get("added_tokens")
    if isinstance(unknown, str) and isinstance(added, list):
        values = {**values, "added_tokens": [entry for entry in added if entry.get("content") != unknown]}
    text = json.dumps(values, ensure_ascii=False)
    with library_errors():
        kept = RawTokenizer.from_str(text)
    if kept.get_vocab() != raw.get_vocab():
        raise ExportError(f"The tokenizer's model does not hold its own unknown token {unknown!r:.40}.")
    return text
