"""The aligner reads which facts a text states, and cleaning gives a pair the facts its text really has."""

from __future__ import annotations

import pytest

from aigc_text.learned import restaurant
from aigc_text.learned.schema import Schema, Slot
from aigc_text.learned.slots import Fact, check, delexicalise, realign, stated, value_pattern

VALUES = {
    "eatType": ("coffee shop", "pub", "restaurant"),
    "food": ("Chinese", "English", "Fast food", "French", "Indian", "Italian", "Japanese"),
    "priceRange": ("cheap", "high", "less than £20", "moderate", "more than £30", "£20-25"),
    "customer rating": ("1 out of 5", "3 out of 5", "5 out of 5", "average", "high", "low"),
    "area": ("city centre", "riverside"),
    "familyFriendly": ("no", "yes"),
}
SCHEMA = Schema(
    tuple(
        Slot(
            name,
            "closed" if name in VALUES else "open",
            VALUES.get(name, ()),
            restaurant.SYNONYMS[name],
            name == "name",
        )
        for name in restaurant.SLOTS
    ),
    restaurant.PATTERNS,
)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("It is not a family-friendly place.", "familyFriendly", "no"),
        ("Children are not welcome here.", "familyFriendly", "no"),
        ("It welcomes families.", "familyFriendly", "yes"),
        ("With a price range of £20 - £25.", "priceRange", "£20-25"),
        ("Meals are less than £20.", "priceRange", "less than £20"),
        ("The price range is more than £30.", "priceRange", "more than £30"),
        ("It is moderately priced.", "priceRange", "moderate"),
        ("It is in the high price range.", "priceRange", "high"),
        ("It has a high customer rating.", "customer rating", "high"),
        ("It is rated one out of five stars.", "customer rating", "1 out of 5"),
        ("It has a 5 star rating.", "customer rating", "5 out of 5"),
        ("It is in the center of the city.", "area", "city centre"),
        ("It is by the river.", "area", "riverside"),
        ("A fast-food place.", "food", "Fast food"),
    ],
)
def test_a_wording_states_one_value(text: str, slot: str, value: str) -> None:
    assert stated(text, SCHEMA) == {slot: {value}}


def test_price_and_rating_of_one_word_are_told_apart() -> None:
    found = stated("It has a high customer rating and a low price.", SCHEMA)
    assert found == {"customer rating": {"high"}, "priceRange": {"cheap"}}


def test_names_say_nothing_about_other_slots() -> None:
    facts = {"name": "The Golden Curry", "near": "Rainbow Vegetarian Café"}
    missing, invented = check("The Golden Curry is near the Rainbow Vegetarian Cafe.", facts, SCHEMA)
    assert (missing, invented) == ([], [])


def test_missing_and_invented_facts_are_named() -> None:
    facts = {"name": "Zizzi", "area": "riverside", "familyFriendly": "yes"}
    missing, invented = check("Zizzi is a family friendly sushi place.", facts, SCHEMA)
    assert missing == [Fact("area", "riverside")]
    assert invented == [Fact("food", "!")]


def test_another_value_is_missing_and_invented() -> None:
    missing, invented = check("Zizzi is by the river.", {"name": "Zizzi", "area": "city centre"}, SCHEMA)
    assert missing == [Fact("area", "city centre")]
    assert invented == [Fact("area", "riverside")]


def test_cleaning_gives_a_pair_the_facts_its_text_states() -> None:
    facts = {"name": "Zizzi", "food": "French", "customer rating": "1 out of 5", "near": "Burger King"}
    template = delexicalise("Zizzi near Burger King is a pub with low ratings.", facts, SCHEMA)
    assert template == "<name> near <near> is a pub with low ratings."
    assert realign(template, facts, SCHEMA) == {
        "name": "Zizzi",
        "eatType": "pub",
        "customer rating": "low",
        "near": "Burger King",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Zizzi serves sushi.",  # more than any value says
        "Zizzi has great reviews.",  # unclear which rating
        "Zizzi is near the King of Burgers.",  # a broken name
        "It is by the river.",  # no name
    ],
)
def test_pairs_whose_facts_cannot_be_told_are_dropped(text: str) -> None:
    facts = {"name": "Zizzi", "near": "Burger King"}
    assert realign(delexicalise(text, facts, SCHEMA), facts, SCHEMA) is None


def test_values_are_found_across_case_accents_and_hyphens_but_not_inside_words() -> None:
    facts = {"name": "Café-Bar Élan"}
    assert delexicalise("At CAFE BAR ELAN today.", facts, SCHEMA) == "At <name> today."
    assert delexicalise("Pubs are fine.", {"name": "Pub"}, SCHEMA) == "Pubs are fine."


def test_chinese_values_are_found_without_spaces() -> None:
    schema = Schema((Slot("名称", "open"),), language="zh")
    assert delexicalise("欢迎来到青山茶馆喝茶。", {"名称": "青山茶馆"}, schema) == "欢迎来到<名称>喝茶。"
    assert "(?<!" not in value_pattern("青山")
