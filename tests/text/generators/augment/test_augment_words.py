"""The word lists behind text/augment: they are consistent, inflect well, and leave what only looks like a word."""

from __future__ import annotations

import re

import pytest

from aigc_text.correction.english_words import frequencies
from aigc_text.generators.augment import synonyms, synonyms_en, synonyms_zh, units
from aigc_text.generators.augment.inflection import (
    adjective_forms,
    indefinite_article,
    noun_forms,
    verb_forms,
)
from aigc_text.generators.augment.noise import KEYS, OCR_ZH, SOUND_ZH, homophone, keyboard, ocr, transpose
from aigc_text.generators.augment.segment_zh import known_words


def rng(seed=0):
    import numpy as np

    return np.random.default_rng(seed)


def test_all_english_forms_are_english_words():
    known = frequencies()
    unknown = set()
    for block, inflect in (
        (synonyms_en.VERBS, verb_forms),
        (synonyms_en.NOUNS, noun_forms),
        (synonyms_en.ADJECTIVES, adjective_forms),
    ):
        for word in re.split(r"[\n,]", block):
            for form in inflect(word.strip().lstrip(">~")) if word.strip() else ():
                unknown |= {part for part in re.split("[ -]", form) if part not in known}
    # Words that the frequency dictionary lacks; each looked at.
    rare = (
        "airplane airplanes centers chilliest comfier comfiest cosier cosiest cozier coziest cozy faultier faultiest feeblest filthier"
        " frailer frailest idlest odor odors roomiest shiest snuggest tidiest"
    )
    assert unknown == set(rare.split())


def test_groups_are_large_enough_and_hold_no_word_twice():
    lines = [*filter(None, synonyms_zh.GROUPS.splitlines())]
    sources = [word for line in lines for word in line.split() if not word.startswith(">")]
    assert len(lines) >= 250
    assert len(sources) == len(set(sources))
    assert all(len(word) > 1 for word in sources)
    english = sum(
        len([*filter(None, block.splitlines())])
        for block in (synonyms_en.VERBS, synonyms_en.NOUNS, synonyms_en.ADJECTIVES, synonyms_en.INVARIANT)
    )
    assert english >= 250


@pytest.mark.parametrize(
    ("word", "before", "expected"),
    [
        ("bought", ("i",), ("purchased",)),
        ("selected", ("he",), ("chose", "picked")),
        ("selected", ("was", "not"), ("chosen", "picked")),
        ("difficult", ("more",), ("challenging",)),
        ("difficult", ("a",), ("challenging", "hard", "tough")),
        ("bigger", (), ("larger",)),
        ("start", ("the",), ()),
        ("hard", (), ()),
        ("children", (), ("kids",)),
        ("kids", (), ("children",)),
        ("stories", (), ("tales",)),
    ],
)
def test_english_words_keep_their_form(word, before, expected):
    assert synonyms.english().alternatives(word, before) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他很高兴", ["高兴"]),
        ("提高兴趣", ["提高", "兴趣"]),
        ("今天天气", ["今天", "天气"]),
        ("祝你生日快乐", ["生日快乐"]),
    ],
)
def test_chinese_words_are_told_from_their_neighbours(text, found):
    lexicon = synonyms.chinese()
    spans = known_words(text, lexicon.words, lexicon.longest)
    assert [text[a:b] for a, b in spans] == found


def test_where_front_and_back_disagree_no_word_is_seen():
    assert known_words("研究生命", {"研究", "研究生", "生命"}, 3) == []


@pytest.mark.parametrize(
    ("phrase", "article"),
    [
        ("apple", "an"),
        ("pear", "a"),
        ("hour", "an"),
        ("university", "a"),
        ("uninteresting", "an"),
        ("useful", "a"),
    ],
)
def test_articles(phrase, article):
    assert indefinite_article(phrase) == article


def test_articles_follow_the_word_put_in():
    from aigc_text.generators.augment import eda

    given = units.split("It is an expensive film", "en")
    made = {units.join(eda.synonyms(given, 0.2, synonyms.english(), rng(i))) for i in range(20)}
    assert made == {"It is a costly film", "It is a pricey film", "It is an expensive movie"}


def test_noise_is_of_its_kind():
    for seed in range(30):
        typed = keyboard("Word", rng(seed))
        ((a, b),) = [(a, b) for a, b in zip("Word", typed, strict=True) if a != b]
        assert b.lower() in KEYS[a.lower()]
        assert a.isupper() == b.isupper()
        moved = transpose("letters", rng(seed))
        assert sorted(moved) == sorted("letters")
        assert moved[0] == "l"
        assert moved != "letters"
    assert ocr("已", rng()) in OCR_ZH["已"]
    assert homophone("再", rng()) in SOUND_ZH["再"]
    assert homophone("Their", rng()) in ("There", "They're")
    assert transpose("不要", rng()) is None
    assert keyboard("中文", rng()) is None
    assert set("tyfhvb") >= set(KEYS["g"]) >= set("fh")
