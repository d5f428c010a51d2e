"""A byte-level BPE tokenizer whose vocabulary holds the slots' prompt tokens and placeholders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aigc_text.learned.schema import Schema


def train_tokenizer(templates: Iterable[str], schema: Schema, *, vocab_size: int) -> Any:
    """Train it (Sennrich, Haddow and Birch, ACL 2016, over bytes: any language, no unknown token).

    Args:
        templates: delexicalised texts.
        schema: gives the prompt tokens (special, never in decoded text) and the placeholders.
        vocab_size: at most this many tokens, the schema's included.

    Returns:
        A ``tokenizers.Tokenizer``. Decoded placeholders lack the space before them, see
        :func:`aigc_text.learned.domain.realise`.
    """
    import tokenizers
    from tokenizers import decoders, models, pre_tokenizers, trainers

    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    placeholders = [slot.placeholder for slot in schema.open_slots]
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        min_frequency=3,
        special_tokens=[*schema.special_tokens(), *placeholders],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    # Placeholders must be no part of the text that merges are learned from.
    pieces = (piece for text in templates for piece in _without(text, placeholders))
    tokenizer.train_from_iterator(pieces, trainer)
    # They need ids of their own, like special tokens, but decoding must keep them; and the space before one is
    # part of it, which saves a token each time. The trainer offers no such kind of token.
    data = json.loads(tokenizer.to_str())
    for token in data["added_tokens"]:
        if token["content"] in placeholders:
            token |= {"special": False, "lstrip": True}
    return tokenizers.Tokenizer.from_str(json.dumps(data))


def _without(text: str, placeholders: list[str]) -> list[str]:
    pieces = [text]
    for placeholder in placeholders:
        pieces = [part for piece in pieces for part in piece.split(placeholder)]
    return pieces
