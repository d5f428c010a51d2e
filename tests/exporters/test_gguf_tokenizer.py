"""Tokenizers of both kinds that Llama-family GGUF files hold."""

from __future__ import annotations

import pytest

from aigc_exporters.gguf_tokenizer import convert_tokenizer
from aigc_sdk.errors import BadInputError, ExportError

NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
SPECIAL = [("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL)]
BYTES = [(f"<0x{value:02X}>", 0.0, BYTE) for value in range(256)]
# Scores are minus the rank, as SentencePiece trains them: "he" merges before "th".
PIECES = [
    (piece, -float(rank), NORMAL)
    for rank, piece in enumerate(["he", "th", "▁t", "▁the", "▁", "t", "h", "e", "你"])
]


def sentencepiece(**changes):
    entries = SPECIAL + BYTES + PIECES
    return {
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": [piece for piece, _, _ in entries],
        "tokenizer.ggml.scores": [score for _, score, _ in entries],
        "tokenizer.ggml.token_type": [kind for _, _, kind in entries],
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        **changes,
    }


def test_sentencepiece_merges_the_best_scored_pair_first():
    converted = convert_tokenizer(sentencepiece())
    assert converted.tokenizer.encode("the he").tokens == ["▁the", "▁", "he"]
    assert (converted.bos, converted.eos, converted.add_bos) == (1, (2,), True)


@pytest.mark.parametrize("text", ["the he", " the", "你 好", "t\n\te 😀", "</s>the"])
def test_sentencepiece_round_trips_with_byte_fallback(text):
    tokenizer = convert_tokenizer(sentencepiece()).tokenizer
    assert (
        tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False).replace("</s> ", "</s>")
        == text
    )


def test_sentencepiece_without_space_prefix():
    metadata = sentencepiece(**{"tokenizer.ggml.add_space_prefix": False})
    assert convert_tokenizer(metadata).tokenizer.encode("the").tokens == ["t", "he"]


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"tokenizer.ggml.model": "t5"}, ExportError, "'t5'"),
        ({"tokenizer.ggml.tokens": None}, BadInputError, "no tokens"),
        ({"tokenizer.ggml.scores": [0.0]}, BadInputError, "score"),
        ({"tokenizer.ggml.token_type": [1, 1]}, BadInputError, "2 token types"),
        ({"tokenizer.ggml.eos_token_id": 10_000}, BadInputError, "eos token id 10000"),
        ({"tokenizer.ggml.model": "gpt2"}, BadInputError, "no merges"),
        (
            {"tokenizer.ggml.model": "gpt2", "tokenizer.ggml.merges": ["q x"]},
            BadInputError,
            "merges do not fit",
        ),
    ],
)
def test_damaged_metadata_say_what_is_wrong(changes, error, said):
    with pytest.raises(error, match=said):
        convert_tokenizer(sentencepiece(**changes))
