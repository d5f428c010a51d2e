"""The tokenizer inside a GGUF file as a `tokenizer.json` of the `tokenizers` library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from aigc_sdk.errors import BadInputError, ExportError

_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _BYTE = 1, 2, 3, 4, 6  # token types of llama.cpp
_LONGEST_TOKEN = 1024
_SPACE = "\u2581"  # SentencePiece writes spaces as this character

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

# Further names that llama.cpp has for one way to split.
_SAME_SPLITTING = {"llama3": "llama-bpe", "llama-v3": "llama-bpe", "deepseek-r1-qwen": "qwen2"}


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
    tokens = metadata.get("tokenizer.ggml.tokens")
    if not isinstance(tokens, list) or not tokens:
        raise BadInputError("The GGUF file's tokenizer has no tokens.")
    types = metadata.get("tokenizer.ggml.token_type") or [_NORMAL] * len(tokens)
    if len(types) != len(tokens):
        raise BadInputError(f"The GGUF file has {len(tokens)} tokens and {len(types)} token types.")
    kind = metadata.get("tokenizer.ggml.model")
    pre = str(metadata.get("tokenizer.ggml.pre", "default"))
    pre = _SAME_SPLITTING.get(pre, pre)
    if kind == "gpt2":
        tokenizer, add_bos = _byte_level_bpe(metadata, tokens, pre), pre == "llama-bpe"
    elif kind == "llama":
        tokenizer, add_bos = _sentencepiece_bpe(metadata, tokens, types), True
    else:
        raise ExportError(
            f"The GGUF file has a tokenizer of kind {kind!r}, which is not supported.",
            hint="Supported: 'gpt2' (SmolLM, Qwen 2, Llama 3) and 'llama' (Llama 2, TinyLlama, Mistral).",
        )
    for index, kind_of_token in enumerate(types):
        if kind_of_token in (_CONTROL, _USER_DEFINED):
            special = kind_of_token == _CONTROL
            tokenizer.add_tokens([AddedToken(tokens[index], special=special, normalized=False)])
    return GgufTokenizer(
        tokenizer=tokenizer,
        bos=_token_id(metadata, "bos", len(tokens)),
        eos=_end_ids(metadata, tokens, types),
        pad=_token_id(metadata, "padding", len(tokens)),
        add_bos=bool(metadata.get("tokenizer.ggml.add_bos_token", add_bos)),
        chat_template=metadata.get("tokenizer.chat_template"),
    )


def _byte_level_bpe(metadata: Mapping[str, Any], tokens: list[str], pre: str) -> Tokenizer:
    """GPT-2's kind: BPE over bytes written as printable characters."""
    merges = metadata.get("tokenizer.ggml.merges")
    if not isinstance(merges, list):
        raise BadInputError("The GGUF file's tokenizer has no merges.")
    # Llama 3 takes words that are one token as they are, without merging them.
    pairs = [(left, right) for left, _, right in (merge.partition(" ") for merge in merges)]
    tokenizer = Tokenizer(_bpe(tokens, pairs, ignore_merges=pre == "llama-bpe"))
    if pre == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = _pre_tokenizer(pre)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _sentencepiece_bpe(metadata: Mapping[str, Any], tokens: list[str], types: list[int]) -> Tokenizer:
    """SentencePiece's BPE with byte fallback: of all adjacent pairs, the one whose union scores best merges."""
    scores = metadata.get("tokenizer.ggml.scores")
    if not isinstance(scores, list) or len(scores) != len(tokens):
        raise BadInputError("The GGUF file's tokenizer needs one score a token and has not.")
    if max(map(len, tokens)) > _LONGEST_TOKEN:
        # Every way to cut each token is tried below.
        raise BadInputError(f"The GGUF file has tokens of more than {_LONGEST_TOKEN} characters.")
    pieces = {token for token, kind in zip(tokens, types, strict=True) if kind in (_NORMAL, _USER_DEFINED)}
    ranked = sorted(range(len(tokens)), key=lambda index: (-scores[index], index))
    pairs = [
        (token[:cut], token[cut:])
        for token in (tokens[index] for index in ranked if types[index] == _NORMAL)
        for cut in range(1, len(token))
        if token[:cut] in pieces and token[cut:] in pieces
    ]
    unknown = next((token for token, kind in zip(tokens, types, strict=True) if kind == _UNKNOWN), None)
    fallback = _BYTE in types
    tokenizer = Tokenizer(_bpe(tokens, pairs, unk_token=unknown, fuse_unk=True, byte_fallback=fallback))
    prefixed = bool(metadata.get("tokenizer.ggml.add_space_prefix", True))
    marked = normalizers.Replace(" ", _SPACE)
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend(_SPACE), marked]) if prefixed else marked
    steps: list[decoders.Decoder] = [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    if prefixed:
        steps.append(decoders.Strip(content=" ", left=1, right=0))
    tokenizer.decoder = decoders.Sequence(steps)
    return tokenizer


def _bpe(tokens: list[str], pairs: list[tuple[str, str]], **options: Any) -> models.BPE:
    try:
        vocabulary = {token: index for index, token in enumerate(tokens)}
        return models.BPE(vocab=vocabulary, merges=pairs, **options)
    except Exception as error:
        raise BadInputError(f"The GGUF file's merges do not fit its tokens: {error}") from error


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
