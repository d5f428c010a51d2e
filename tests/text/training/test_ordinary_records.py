"""Records that the moderation models learn as harmless: repeatable, different, and what they look like."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from aigc_text.training.ordinary_records import ordinary_records


@pytest.fixture(scope="module")
def drawn() -> list[tuple[str, str]]:
    return list(ordinary_records())


def test_the_same_seed_gives_the_same_records_and_another_gives_others() -> None:
    first = list(ordinary_records(1, 200))
    assert first == list(ordinary_records(1, 200))
    assert len(set(first) & set(ordinary_records(2, 200))) < 20


def test_both_languages_come_in_equal_number_and_nothing_twice(drawn: list[tuple[str, str]]) -> None:
    assert Counter(language for language, _ in drawn) == {"en": 900, "zh": 900}
    assert len(set(drawn)) == len(drawn)


def test_what_looks_like_json_is_json_and_no_form_crowds_out_the_others(drawn: list[tuple[str, str]]) -> None:
    objects = [text for _, text in drawn if text.startswith(("{", "[")) and not text.startswith("[]")]
    assert all(json.loads(text) for text in objects)
    assert 0.2 < len(objects) / len(drawn) < 0.5
    tables = sum(" --- |" in text for _, text in drawn)
    tagged = sum(text.startswith("<") for _, text in drawn)
    assert min(tables, tagged) > 80
