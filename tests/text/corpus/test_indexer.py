"""Text as tokens: what makes no difference, and where each token stands."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.corpus import Corpus, Thresholds, Work
from aigc_sdk.runtime.graphemes import is_boundary
from aigc_text.corpus.indexer import CHARACTERS, WORDS, FoldedTextIndexer, TextIndexer

INDEXER = TextIndexer()
RUNS_ONLY = Thresholds(run=1.0, containment=2.0, similarity=2.0)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai", "ou", "ern")]
HAN = [chr(c) for c in range(0x4E00, 0x5200)]


def tokens(text):
    return INDEXER.index(Text(text)).tokens.tolist()


def english(rng, count):
    return ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(count)]


def chinese(rng, count):
    return rng.choices(HAN, k=count)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, brave new world", "hello brave... NEW (world)!"),
        ("Hello world", "Ｈｅｌｌｏ　ｗｏｒｌｄ"),
        ("Hello world", "hel\u200blo wo\u00adrld"),
        ("café résumé", "cafe\u0301 resume"),
        ("don't stop", "don\u2019t\nstop"),
        ("人工智能，改变世界。", "人 工 智 能 改\u200b变 世 界"),
        ("约300家ABC企业", "约 ３００ 家 abc 企业"),
        ("a_b well-known", "A B well known"),
    ],
)
def test_case_width_spacing_and_punctuation_make_no_difference(one, other):
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人工智能，改變世界", "人工智能改变世界"),
        ("brave new world", "brаve nеw wоrld"),
        ("brave NEW world", "brave ΝEW world"),
        ("brave new world", "br4ve n3w w0rld"),
        ("brave new world", "ʙrave new ｗorld"),
        ("brave new world", "b\u200br\u200bаve new world"),
        ("a 4K film", "a 4k film"),
    ],
)
def test_disguised_letters_make_no_difference_to_the_folded_indexer(one, other):
    def folded(text):
        return FoldedTextIndexer().index(Text(text)).tokens.tolist()

    assert folded(one) == folded(other)
    assert tokens(one) != tokens(other) or "4K" in one


@pytest.mark.parametrize(
    ("one", "other"), [("in 1984", "in 1904"), ("fall", "fail"), ("рот", "рой"), ("国", "园")]
)
def test_numbers_and_words_do_to_both(one, other):
    for indexer in (TextIndexer(), FoldedTextIndexer()):
        assert indexer.index(Text(one)).tokens.tolist() != indexer.index(Text(other)).tokens.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("a bc", "ab c"), ("人工", "工人"), ("12 3", "1 23"), ("cat", "car")]
)
def test_words_and_characters_do(one, other):
    assert tokens(one) != tokens(other)


def test_chinese_is_told_by_the_character_and_weighs_less():
    stream = INDEXER.index(Text("Buy 人工 now"))
    assert len(stream) == 4
    assert stream.weights.tolist() == pytest.approx([1 / WORDS, 1 / CHARACTERS, 1 / CHARACTERS, 1 / WORDS])


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_tokens_stand_on_graphemes_in_order(text):
    text = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    for indexer in (INDEXER, FoldedTextIndexer()):
        check_places(text, indexer.index(Text(text)))


def check_places(text, stream):
    for start, end in zip(stream.starts.tolist(), stream.ends.tolist(), strict=True):
        assert 0 <= start < end <= len(text)
        assert is_boundary(text, start)
        assert is_boundary(text, end)
    assert stream.starts.tolist() == sorted(stream.starts.tolist())


def disguise(rng, words, joiner):
    """The same words in another case, width, composition, punctuation and spacing."""
    out = []
    for word in words:
        change = rng.randrange(5)
        if change == 0:
            word = word.upper()
        elif change == 1:
            word = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)
        elif change == 2:
            word = unicodedata.normalize("NFD", word)
        elif change == 3:
            word = "\u200b".join(word)
        out.append(word)
        out.append(rng.choice([joiner, joiner, ", ", "\u3000", " —\n", "……" if not joiner else "... "]))
    return "".join(out[:-1])


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 1 << 30), language=st.sampled_from(["en", "zh"]), data=st.data())
def test_a_disguised_copy_is_found_and_its_span_is_exact(tmp_path_factory, seed, language, data):
    rng = random.Random(seed)
    make, joiner, least = (english, " ", WORDS) if language == "en" else (chinese, "", CHARACTERS)
    work = make(rng, 150)
    length = data.draw(st.integers(least, 60))
    start = data.draw(st.integers(0, 150 - length))
    before, after = make(rng, data.draw(st.integers(0, 40))), make(rng, data.draw(st.integers(0, 40)))
    copy = disguise(rng, work[start : start + length], joiner)
    head = joiner.join(before) + ". "
    query = head + copy + ". " + joiner.join(after)
    with Corpus.create(tmp_path_factory.mktemp("c") / "c", indexer="text/ngrams") as corpus:
        source = joiner.join(work)
        corpus.add([(Work("w"), INDEXER.index(Text(source)))])
        (match,) = corpus.query(INDEXER.index(Text(query)), RUNS_ONLY).matches
    run = match.longest
    assert run.tokens >= length
    assert tokens(query[run.start : run.end]) == tokens(source[run.work_start : run.work_end])
    if run.tokens == length:
        assert query[run.start : run.end].rstrip() == copy.rstrip()
        assert source[run.work_start : run.work_end] == joiner.join(work[start : start + length])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 30), language=st.sampled_from(["en", "zh"]))
def test_shorter_copies_and_other_texts_are_not_reported(tmp_path_factory, seed, language):
    # By chance: 150 * 140 pairs of places, each equal with probability (1/112)^36 or (1/1024)^20.
    rng = random.Random(seed)
    make, joiner, least = (english, " ", WORDS) if language == "en" else (chinese, "", CHARACTERS)
    work = make(rng, 150)
    # A token that no work holds on either side: by chance the neighbours would go on one time in a thousand.
    other = "xylophones" if language == "en" else "龘"
    query = joiner.join([*make(rng, 60), other, *work[40 : 40 + least - 1], other, *make(rng, 60)])
    with Corpus.create(tmp_path_factory.mktemp("c") / "c", indexer="text/ngrams") as corpus:
        corpus.add([(Work("w"), INDEXER.index(Text(joiner.join(work))))])
        assert corpus.query(INDEXER.index(Text(query)), RUNS_ONLY).matches == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "?!…", "\ud800", "a\ud800b " * 20, "\u202eabc\u202c", "\x00\x01"]
)
def test_odd_texts_make_tokens_or_none(text):
    try:
        item = Text(text)
    except ValueError:
        return
    assert len(INDEXER.index(item)) <= len(text)
