"""The tokenizer inside a GGUF file as a `tokenizer.json` of the `tokenizers` library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from aigc_sdk.errors import BadInputError, ExportError

_CONTROL, _USER_DEFINED = 3, 4  # token types of llama.cpp

_CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_TAIL = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_QWEN2 = _CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + _TAIL
_LLAMA3 = _CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + _TAIL

# Names of tokens that end a turn or a text in the chat formats of these families.
_END_TOKENS = (
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|end_of_text|>",
    "<|eom_id|>",
    "<|end|>",
    "</s>",
)


@dataclass(frozen=True)
class GgufTokenizer:
    """A converted tokenizer.

    Attributes:
        tokenizer: the tokenizer; it adds no special tokens of its own.
        bos: id that starts a text, if the file names one.
        eos: ids that end a text.
        pad: id for padding, if the file names one.
        add_bos: plain prompts start with `bos`.
        chat_template: Jinja source, if the file has one.
    """

    tokenizer: Tokenizer
    bos: int | None
    eos: tuple[int, ...]
    pad: int | None
    add_bos: bool
    chat_template: str | None


def convert_tokenizer(metadata: Mapping[str, Any]) -> GgufTokenizer:
    """Build the tokenizer that a GGUF file describes.

    Args:
        metadata: the file's key-value pairs.

    Raises:
        BadInputError: if entries are missing or inconsistent.
        ExportError: for a kind of tokenizer that is not supported, by its name.
    """
    kind = metadata.get("tokenizer.ggml.model")
    if kind != "gpt2":
        raise ExportError(
            f"The GGUF file has a tokenizer of kind {kind!r}, which is not supported.",
            hint="Supported is byte-level BPE ('gpt2'), as SmolLM, Qwen 2 and Llama 3 have it.",
        )
    tokens = metadata.get("tokenizer.ggml.tokens")
    merges = metadata.get("tokenizer.ggml.merges")
    if not isinstance(tokens, list) or not isinstance(merges, list):
        raise BadInputError("The GGUF file's tokenizer has no tokens or no merges.")
    types = metadata.get("tokenizer.ggml.token_type") or [1] * len(tokens)
    if len(types) != len(tokens):
        raise BadInputError(f"The GGUF file has {len(tokens)} tokens and {len(types)} token types.")

    vocabulary = {token: index for index, token in enumerate(tokens)}
    pairs = [tuple(merge.split(" ", 1)) for merge in merges]
    pre = str(metadata.get("tokenizer.ggml.pre", "default"))
    try:
        # Llama 3 takes words that are one token as they are, without merging them.
        model = models.BPE(vocab=vocabulary, merges=pairs, ignore_merges=pre == "llama-bpe")
    except Exception as error:
        raise BadInputError(f"The GGUF file's merges do not fit its tokens: {error}") from error
    tokenizer = Tokenizer(model)
    if pre == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = _pre_tokenizer(pre)
    tokenizer.decoder = decoders.ByteLevel()
    for index, kind_of_token in enumerate(types):
        if kind_of_token in (_CONTROL, _USER_DEFINED):
            special = kind_of_token == _CONTROL
            tokenizer.add_tokens([AddedToken(tokens[index], special=special, normalized=False)])
    return GgufTokenizer(
        tokenizer=tokenizer,
        bos=_token_id(metadata, "bos", len(tokens)),
        eos=_end_ids(metadata, tokens, types),
        pad=_token_id(metadata, "padding", len(tokens)),
        add_bos=bool(metadata.get("tokenizer.ggml.add_bos_token", pre == "llama-bpe")),
        chat_template=metadata.get("tokenizer.chat_template"),
    )


def _pre_tokenizer(pre: str) -> pre_tokenizers.PreTokenizer:
    """The splitting that llama.cpp knows under a name."""
    if pre in ("default", "gpt-2"):
        return pre_tokenizers.ByteLevel(add_prefix_space=False)
    if pre in ("smollm", "starcoder", "refact", "command-r"):
        digits = pre_tokenizers.Digits(individual_digits=True)
        return pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    patterns = {"qwen2": _QWEN2, "llama-bpe": _LLAMA3}
    if pre in patterns:
        split = pre_tokenizers.Split(Regex(patterns[pre]), behavior="isolated")
        to_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        return pre_tokenizers.Sequence([split, to_bytes])
    raise ExportError(
        f"The GGUF file's tokenizer splits text in the way {pre!r}, which is not supported.",
        hint="Supported: default, gpt-2, smollm, starcoder, refact, command-r, qwen2, llama-bpe.",
    )


def _token_id(metadata: Mapping[str, Any], name: str, size: int) -> int | None:
    value = metadata.get(f"tokenizer.ggml.{name}_token_id")
    if value is None:
        return None
    if not 0 <= int(value) < size:
        raise BadInputError(f"The GGUF file's {name} token id {value} is outside its {size} tokens.")
    return int(value)


def _end_ids(metadata: Mapping[str, Any], tokens: list[str], types: list[int]) -> tuple[int, ...]:
    named = [_token_id(metadata, name, len(tokens)) for name in ("eos", "eot")]
    found = [
        index
        for index, (token, kind) in enumerate(zip(tokens, types, strict=True))
        if kind == _CONTROL and token in _END_TOKENS
    ]
    ids = [index for index in [*named, *found] if index is not None]
    return tuple(dict.fromkeys(ids))
