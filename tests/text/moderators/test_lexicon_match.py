"""Matching: words stay whole, Chinese terms don't fire inside ordinary words, evasions are seen, spans are true."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext
from aigc_sdk.errors import DeadlineExceededError
from aigc_text.moderators.lexicon_match import Matcher
from aigc_text.moderators.lexicon_signs import Signs
from aigc_text.moderators.lexicon_suspect import LEET, LOOKALIKE, SQUEEZE
from aigc_text.moderators.lexicon_terms import MAX_TERM, Term, span_cap, term_key

TERMS = [
    Term("zork"),
    Term("glimmo"),
    Term("blat foo"),
    Term("qu"),
    Term("祖克"),
    Term("布拉格特"),
    Term("哈祖"),
    Term("祖克博物馆", allow=True),
    Term("zork museum", allow=True),
]
MATCHER = Matcher(TERMS)


def found(text: str) -> list[str]:
    return [text[m.start : m.end] for m in MATCHER.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "a zork!",
        "Zork",
        "ZORK.",
        "“zork”",
        "you zork, you",
        "ｚｏｒｋ",
        "zo\u200brk",
        "zörk",
        "这个zork啊",
        "_zork_",
    ],
)
def test_a_term_is_found_however_it_is_written(text):
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text", ["zorks", "bezork", "azorka", "zork2", "International blatfoos", "quiz", "zorx"]
)
def test_a_term_inside_another_word_does_not_count(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "z o r k",
        "z.o.r.k",
        "z-o-r-k",
        "zo*rk",
        "zo_rk",
        "zoooork",
        "zorkkkk",
        "gliMMMMo",
        "z - o - r - k",
        "ｚ．ｏ．ｒ．ｋ",
    ],
)
def test_evasions_are_seen(text):
    assert found(f"so {text} it is") == [text]


@pytest.mark.parametrize(
    "text",
    ["z0rk", "ZØRK", "zоrk", "zΟrk", "g1immo", "gl1mm0", "g1imm0", "g!immo", "ᴢᴏʀᴋ", "🆉🅾🆁🅺", "z0*rk", "zοοοrk", "𝕫𝕠𝕣𝕜", "zσrk"],
)  # fmt: skip
def test_lookalikes_and_digits_are_read_as_letters(text):
    assert found(f"so {text} it is") == [text]


@pytest.mark.parametrize(
    "text", ["5S", "B2B", "w00t", "z0", "Q7", "zork5", "20rk", "model 2084", "$20", "z0rks", "az0rk", "q0 u", "1st", "MP3"]
)  # fmt: skip
def test_model_numbers_prices_and_longer_words_do_not_count(text):
    assert found(f"so {text} it is") == []


def test_a_digit_after_a_short_name_is_a_model_number():
    matcher = Matcher([Term("zas"), Term("zorks")])
    assert matcher.find("the ZA5 phone") == []
    assert len(matcher.find("the zork5")) == 1


@pytest.mark.parametrize(
    "text",
    ["z.0.r.k", "z-0-r-k", "z_0_r_k", "z*0*r*k", "z 0 r k", "g.1.i.m.m.0", "g.l.!.m.m.o", "gl1mmm0", "g-1-1-m-m-0",
     "z.ооо.r.k", "ｚ\u200bｏ\u200bｒ\u200bｋ", "ｚ.0.ｒ.k", "z000rk"],
)  # fmt: skip
def test_disguises_may_be_combined(text):
    assert found(f"so {text} it is") == [text]


@pytest.mark.parametrize(
    "text", ["a 5 b", "section 2.0.1.a", "z 0 rk", "1 2 3 4", "z.0. r k!", "1-0-1-2", "x-0-r-k", "at 5 a m", "$ 5 a b"]
)  # fmt: skip
def test_lists_versions_and_scores_are_no_spelled_out_words(text):
    assert found(f"so {text} it is") == []


@pytest.mark.parametrize("text", ["強*國*词", "強\u200b國词", "弓虽\u200b国词"])
def test_chinese_disguises_may_be_combined(text):
    assert len(Matcher([Term(term_key("强国词"))]).find(f"我们说{text}吧")) == 1


@pytest.mark.parametrize("text", ["рот", "вор и кот", "хор", "ΝΕΑ"])
def test_short_words_of_other_alphabets_are_not_latin_words(text):
    assert Matcher([Term("pot"), Term("xop"), Term("nea")]).find(text) == []


@pytest.mark.parametrize("text", ["强国词", "強國詞", "弓虽国词", "强*国*词", "强\u200b国词"])
def test_traditional_and_split_characters_are_read_as_the_term(text):
    (match,) = Matcher([Term(term_key("强国词"))]).find(f"我们说{text}吧")
    assert (match.start, match.end) == (3, 3 + len(text))


def test_a_traditional_term_finds_simplified_text():
    assert len(Matcher([Term(term_key("強國詞"))]).find("我们说强国词吧")) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="zorkZ .*-祖克哈!\u0301\u200b0о…\x1e国國", max_size=30), max_size=6))
def test_many_texts_at_once_give_what_each_gives_alone(texts):
    assert MATCHER.find_many(texts) == [MATCHER.find(t) for t in texts]


@pytest.mark.parametrize(
    "text", ["zoork", "glimo", "zo rk", "z orks", "zor k", "z    o    r    k", "az o r k", "zo. rk"]
)
def test_what_merely_resembles_a_term_does_not_count(text):
    assert found(f"so {text} it is") == []


@pytest.mark.parametrize("text", ["blat foo", "Blat  foo", "blat\nfoo", "blat-foo"])
def test_a_term_of_several_words_may_be_spaced_in_any_way(text):
    assert found(text) == [text]


@pytest.mark.parametrize("text", ["祖克", "祖 克", "祖*克", "祖-克", "祖　克", "祖\u200b克", "祖.克"])
def test_chinese_terms_are_found_within_running_text(text):
    assert found(f"我们说{text}吧") == [text]


@pytest.mark.parametrize(
    "text", ["祖。克", "祖，克", "祖！克", "我去祖克博物馆", "祖祖", "哈哈祖先"[:2], "布拉格"]
)
def test_chinese_clauses_and_ordinary_words_are_left_alone(text):
    assert found(text) == []


def test_allowed_phrases_shield_only_what_they_cover():
    assert found("the zork museum") == []
    assert found("the zork museum of zork") == ["zork"]


def test_spans_keep_graphemes_whole():
    assert found("so zork\u0301\u0302 there") == ["zork\u0301\u0302"]
    assert found("祖克\ufe0f吧") == ["祖克\ufe0f"]


def test_padding_beyond_the_stated_bound_is_no_match():
    padded = "z" + "\u200b" * (span_cap(4) + 1) + "ork"
    assert found(padded) == []


words = st.sampled_from(
    [
        "zork",
        "z.o.r.k",
        "zo*rk",
        "zooork",
        "祖克",
        "祖 克",
        "布拉-格特",
        "hello",
        "你好",
        " ",
        "，",
        "\u0301",
        "glimmo",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(words, max_size=12).map("".join))
def test_no_match_is_longer_than_the_bound_and_all_lie_inside_the_text(text):
    for match in MATCHER.find(text):
        assert 0 <= match.start < match.end <= len(text)
        assert match.end - match.start < MATCHER.max_match
        assert match.end - match.start <= span_cap(len(match.term.key)) <= span_cap(MAX_TERM)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="zorkZORK .*-祖克哈!\u0301\u200bé0о$|1", max_size=30))
def test_the_shortcut_never_hides_what_the_full_search_finds(text):
    class Thorough(Matcher):
        def _signs(self, joined, starts, texts, check):
            found = {}
            for row, text in enumerate(texts):
                found[row] = Signs(self._reach)
                for position in range(len(text)):
                    found[row].add(position, SQUEEZE)
                found[row].add(0, LOOKALIKE)
                found[row].add(0, LEET)
            return found

    assert MATCHER.find(text) == Thorough(TERMS).find(text)


@pytest.mark.parametrize(
    ("raw", "key"), [("  ＺＯＲＫ  Museum ", "zork museum"), ("ZÖRK", "zork"), ("祖 克", "祖 克")]
)
def test_term_keys_are_folded(raw, key):
    assert term_key(raw) == key


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x08", "\x7f", "\u3164", "\uffa0", "\u115f", "\u200b", "\u00ad", "\ufe0f"]
)
@pytest.mark.parametrize("word", ["zorkmid", "坏词语"])
def test_invisible_characters_do_not_hide_a_term(hidden, word):
    text = f"a {word[:2]}{hidden}{word[2:]} b"
    (match,) = Matcher([Term("zorkmid"), Term("坏词语")]).find(text)
    assert text[match.start : match.end] == f"{word[:2]}{hidden}{word[2:]}"


@pytest.mark.parametrize(
    "text", ["\ufb01" * 2_000_000, "a" * 3_000_000, "今" * 4_000_000, "zorkmid " * 300_000]
)
def test_a_deadline_ends_the_search_of_one_huge_text(text):
    ctx = CallContext.within(0.1)
    matcher = Matcher([Term("zorkmid")])
    begin = time.monotonic()

    def search():
        for _ in range(20):
            matcher.find(text, ctx.check)

    with pytest.raises(DeadlineExceededError):
        search()
    assert time.monotonic() - begin < 1.5


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "zork",
                "glimmo",
                "z.o.r.k",
                "zo*rk",
                "zoorrk",
                "zooork",
                "blat",
                " ",
                "  ",
                "foo",
                "\u0301",
                "祖",
                "克",
                "哈",
                "a",
                "，",
                ".",
                "z0rk",
                "zоrk",
                "gl1mm0",
                "$",
                "1",
                "弓",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_a_match_needs_only_the_text_that_the_bound_names(text):
    """What a stream holds back is enough to find every match."""
    for match in MATCHER.find(text):
        start = max(0, match.end - MATCHER.max_match)
        window = MATCHER.find(text[start : match.end + 1])
        assert any(m.end + start == match.end and m.term.key == match.term.key for m in window) or any(
            m.start + start <= match.start and match.end <= m.end + start for m in window
        )


@pytest.mark.parametrize(
    ("text", "count"), [("they say zooork kindly", 1), ("z o r k  kept", 1), ("foooz zzork", 0)]
)
def test_a_neighbour_that_goes_on_with_the_same_letter_hides_nothing(text, count):
    assert len(found(text)) == count


def test_texts_searched_together_give_what_each_gives_alone():
    texts = [
        "zo-rk",
        "www. zooork",
        "gl1mm0 4 u",
        "z.o.r.k",
        "blat\nfoo",
        "祖 克",
        "“zork”",
        "2-1",
        "qu!",
        "zоrk",
        "",
    ]
    assert MATCHER.find_many(texts * 300) == [MATCHER.find(text) for text in texts] * 300


SIGNED = Matcher([Term("b@tzo"), Term("k1lop"), Term("sitzo foo"), Term("blitz")])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a b@7z0 here", 1),  # signs of the term's own are read like those of the text
        ("a b@tz000 here", 1),
        ("a b@tzooo here", 1),
        ("k1l0p", 1),
        ("k1100p", 0),
        ("batzo", 0),
        ("bl!7z", 1),  # a sign before a sign
        ("a b1!7z today", 1),
        ("bl1tz!5 of them", 1),
        ("s!7zo fooo", 1),
        ("4 foo and 10 sitzo", 0),
    ],
)
def test_signs_of_the_term_and_signs_in_a_row_are_read_as_letters(text, count):
    assert len(SIGNED.find(text)) == count
