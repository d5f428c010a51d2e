"""The ordinary sentences of the moderation training: different, repeatable, filled, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from aigc_text.training import (
    ordinary_paragraphs_en,
    ordinary_paragraphs_zh,
    ordinary_prose_en,
    ordinary_prose_zh,
    ordinary_topics_en,
    ordinary_topics_zh,
)
from aigc_text.training.contrast_frames import sentence_key
from aigc_text.training.ordinary_sentences import SPOKEN, WRITTEN, ordinary_business, ordinary_prose

_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def drawn() -> list[tuple[str, str]]:
    return [*ordinary_prose(), *ordinary_business()]


def test_the_same_seed_gives_the_same_sentences_and_another_gives_others() -> None:
    few = {"en": 300, "zh": 300}
    first = list(ordinary_prose(1, few))
    assert first == list(ordinary_prose(1, few))
    other = list(ordinary_prose(2, few))
    assert len(set(first) & set(other)) < len(first) // 2


def test_no_sentence_comes_twice(drawn: list[tuple[str, str]]) -> None:
    keys = Counter(sentence_key(text) for _, text in drawn)
    assert [key for key, times in keys.items() if times > 1] == []


def test_both_languages_come_in_number_and_each_in_its_script(drawn: list[tuple[str, str]]) -> None:
    counts = Counter(language for language, _ in drawn)
    assert counts["en"] >= 2000
    assert counts["zh"] >= 1500
    for language, text in drawn:
        assert bool(_HAN.search(text)) == (language == "zh"), text


def test_no_slot_is_left_open(drawn: list[tuple[str, str]]) -> None:
    assert [text for _, text in drawn if "{" in text or "}" in text] == []


@pytest.mark.parametrize(
    ("language", "modules", "least"),
    [
        ("en", (ordinary_prose_en, ordinary_topics_en, ordinary_paragraphs_en), 600),
        ("zh", (ordinary_prose_zh, ordinary_topics_zh, ordinary_paragraphs_zh), 450),
    ],
)
def test_every_frame_of_every_block_takes_part_once(
    language: str, modules: tuple[Any, ...], least: int
) -> None:
    shapes = [shape for module in modules for block in module.BLOCKS for shape in block]
    assert sorted(shapes) == sorted((*SPOKEN[language], *WRITTEN[language]))
    assert len({sentence_key(shape) for shape in shapes}) == len(shapes) >= least


def test_a_language_without_frames_is_refused() -> None:
    with pytest.raises(KeyError):
        list(ordinary_prose(count={"de": 1}))
