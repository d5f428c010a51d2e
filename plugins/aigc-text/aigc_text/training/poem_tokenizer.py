"""The tokenizer of a poem model: a character a token."""

from __future__ import annotations

from aigc_text.generators.poem.prompt import NONE, Vocabulary


def tokenizer_json(vocabulary: Vocabulary) -> str:
    """A ``tokenizers`` file whose tokens are the characters."""
    import tokenizers
    from tokenizers import models, pre_tokenizers

    words = {token: number for number, token in enumerate(vocabulary.tokens)}
    tokenizer = tokenizers.Tokenizer(models.WordLevel(words, unk_token=NONE))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    special = [token for token in vocabulary.tokens if token.startswith("<")]
    tokenizer.add_special_tokens(special)
    return str(tokenizer.to_str())
