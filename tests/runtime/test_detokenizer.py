"""Streams of text: exact, whole characters, no stop string ever leaves."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.runtime.detokenizer import IncrementalDetokenizer, decode_whole
from aigc_sdk.runtime.graphemes import is_boundary, last_boundary

BITS = [
    "a",
    " the",
    "\n",
    "\r\n",
    "水",
    "壶",
    "，",
    "é",
    "e\u0301",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "🇺🇸",
    "각",
    "ᄒ",
    "ᅡ",
    "क्ष",
    "กำ",
    "\u200d",
    "\ufe0f",
    "❤️",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "नि",
    "S",
    "T",
    "O",
    "P",
]
texts = st.lists(
    st.sampled_from(BITS) | st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\ufffd"),
    max_size=60,
).map("".join)


def clusters(text):
    ends, at = {0}, 0
    for match in regex.finditer(r"\X", text):
        at = match.end()
        ends.add(at)
    return ends


@settings(max_examples=300, deadline=None)
@given(texts)
def test_boundaries_are_boundaries_of_the_annex(text):
    allowed = clusters(text)
    assert {i for i in range(len(text) + 1) if is_boundary(text, i)} <= allowed
    assert last_boundary(text) in allowed


@pytest.mark.parametrize("text", ["plain words", "水壶很好", "ab\ncd", "🇨🇳🇺🇸", "👍🏽👍", "各각"])
def test_ordinary_boundaries_are_found(text):
    assert {i for i in range(len(text) + 1) if is_boundary(text, i)} == clusters(text)


def stream(tokenizer, ids, stop=()):
    detokenizer = IncrementalDetokenizer(tokenizer, stop)
    pieces = []
    for number in ids:
        pieces.append(detokenizer.push(number))
        if detokenizer.stopped:
            break
    pieces.append(detokenizer.finish())
    return pieces


@pytest.mark.parametrize("name", ["byte-level", "byte-fallback"])
@settings(max_examples=120, deadline=None)
@given(text=texts)
def test_pieces_of_encoded_text_are_exact_and_whole(text_tokenizers, name, text):
    tokenizer = text_tokenizers[name]
    ids = tokenizer.encode(text)
    whole = tokenizer.decode(ids)
    pieces = stream(tokenizer, ids)
    assert "".join(pieces) == whole
    allowed, at = clusters(whole), 0
    for piece in pieces:
        at += len(piece)
        assert at in allowed


@pytest.mark.parametrize("name", ["byte-level", "byte-fallback"])
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_pieces_of_any_ids_are_exact(text_tokenizers, name, data):
    tokenizer = text_tokenizers[name]
    ids = data.draw(st.lists(st.integers(0, tokenizer.vocab_size - 1), max_size=150))
    assert "".join(stream(tokenizer, ids)) == decode_whole(tokenizer, ids)


@pytest.mark.parametrize("name", ["byte-level", "byte-fallback"])
@pytest.mark.parametrize("text", ["水中", "go 👍", "é"])
def test_a_character_cut_by_the_end_is_left_out(text_tokenizers, name, text):
    tokenizer = text_tokenizers[name]
    ids = tokenizer.encode(text)
    for count in range(len(ids) + 1):
        whole = decode_whole(tokenizer, ids[:count])
        assert text.startswith(whole)
        assert "".join(stream(tokenizer, ids[:count])) == whole
    assert whole == text
    # Of the bytes of one character at most three are missing it; the characters before them stay.
    assert len(decode_whole(tokenizer, ids[:-1])) == len(text) - 1


@settings(max_examples=200, deadline=None)
@given(
    text=texts,
    stop=st.lists(st.sampled_from(["STOP", "水壶", "👍", "TO", "\n\n", "🇺🇸"]), min_size=1, max_size=3),
)
def test_no_part_of_a_stop_string_leaves(text_tokenizers, text, stop):
    tokenizer = text_tokenizers["byte-level"]
    ids = tokenizer.encode(text)
    out = "".join(stream(tokenizer, ids, stop))
    whole = tokenizer.decode(ids)
    found = [whole.find(s) for s in stop if s in whole]
    if not found:
        assert out == whole
        return
    assert whole.startswith(out)
    assert not any(s in out for s in stop)
    # One token may bring two stop strings at once; then the earlier place counts.
    assert any(whole.startswith(s, len(out)) for s in stop)


def test_stop_string_is_seen_at_once(text_tokenizers):
    tokenizer = text_tokenizers["byte-level"]
    detokenizer = IncrementalDetokenizer(tokenizer, ("STOP",))
    for number in tokenizer.encode("go STOP"):
        assert not detokenizer.stopped
        detokenizer.push(number)
    assert detokenizer.stopped


def test_text_flows_while_it_is_written(text_tokenizers):
    tokenizer = text_tokenizers["byte-level"]
    detokenizer = IncrementalDetokenizer(tokenizer)
    given_out = 0
    for count, number in enumerate(tokenizer.encode("这款水壶两分钟就能烧开水。" * 20), 1):
        given_out += len(detokenizer.push(number))
        whole = tokenizer.decode(tokenizer.encode("这款水壶两分钟就能烧开水。" * 20)[:count]).rstrip("\ufffd")
        assert given_out >= len(whole) - 1
