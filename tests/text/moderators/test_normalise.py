"""Folding: what it levels, and a map back that never lies."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.runtime.graphemes import is_boundary
from aigc_text.moderators.normalise import classifier_map, classifier_text, fold, fold_character

# Anything Text accepts: no NUL, no surrogates.
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("HeLLo", "hello"), ("ｈｅｌｌｏ", "hello"), ("ñandú", "nandu"), ("a\u200bb\u00adc", "abc"), ("Straße", "strasse"),
        ("e\u0301", "e"), ("①②", "12"), ("你好，世界", "你好,世界"), ("한글", "한글"), ("ﬁn", "fin"), ("İ", "i"),
    ],
)  # fmt: skip
def test_folding_levels_what_looks_alike(text, folded):
    assert fold(text).text == folded


@given(texts)
def test_every_folded_character_comes_from_the_character_the_map_names(text):
    folded = fold(text)
    origin = folded.origin if folded.origin is not None else list(range(len(text)))
    assert len(origin) == len(folded.text)
    assert all(c in fold_character(text[i]) for c, i in zip(folded.text, origin, strict=True))
    assert "".join(fold_character(c) for c in text) == folded.text


@given(texts, st.data())
def test_spans_lie_on_grapheme_boundaries(text, data):
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert 0 <= first < last <= len(text)
        assert is_boundary(text, first)
        assert is_boundary(text, last)
        assert folded.text[start:end] in fold(text[first:last]).text


@given(texts)
def test_folding_twice_changes_nothing_but_what_casefolding_itself_changes(text):
    once = fold(text).text
    assert fold(once).text == once or unicodedata.normalize("NFKD", once) != once


@given(st.lists(texts, max_size=5))
def test_texts_folded_together_fold_as_each_does_alone(rows):
    assert fold.many(rows) == [fold(row) for row in rows]


def test_the_classifiers_see_words_not_platforms():
    assert classifier_text("RT @someone: Look!!! https://x.y/z #Sale 42%") == " rt look sale 00% "
    assert classifier_text("sooooo   good") == " soo good "
    assert classifier_text("!!! ...") == ""


@given(texts)
def test_the_map_of_the_prepared_text_agrees_with_the_prepared_text(text):
    prepared, origin, folded = classifier_map(text)
    assert prepared == classifier_text(text)
    assert len(origin) == len(prepared)
    assert all(0 <= i < len(folded.text) for i in origin)
