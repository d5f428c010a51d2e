"""Which attributes fit, and how a decoded template becomes a text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aigc_text
from aigc_sdk.errors import BadInputError, BundleError
from aigc_text.learned.domain import Domain
from aigc_text.learned.schema import Schema

BUNDLE = Path(aigc_text.__file__).parent / "bundles" / "copy-e2e-en"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.from_folder(BUNDLE)


@pytest.mark.parametrize(
    ("attribute", "value", "slot", "expected"),
    [
        ("eat_type", "Coffee Shop", "eatType", "coffee shop"),
        ("type", "pub", "eatType", "pub"),
        ("cuisine", "italian", "food", "Italian"),
        ("Price Range", "£20 to £25", "priceRange", "£20-25"),
        ("price_range", "under £20", "priceRange", "less than £20"),
        ("rating", "5/5", "customer rating", "5 out of 5"),
        ("customer_rating", 3, "customer rating", "3 out of 5"),
        ("area", "City Center", "area", "city centre"),
        ("familyFriendly", True, "familyFriendly", "yes"),
        ("family_friendly", "No", "familyFriendly", "no"),
        ("near", "The Old Mill", "near", "The Old Mill"),
    ],
)
def test_names_and_values_are_read_tolerantly(
    domain: Domain, attribute: str, value: object, slot: str, expected: str
) -> None:
    assert domain.facts({"name": "Blue Door", attribute: value}) == {"name": "Blue Door", slot: expected}


@pytest.mark.parametrize(
    "inputs",
    [
        {"food": "French", "area": "riverside"},  # no name
        {"name": "Blue Door"},  # nothing to say
        {"name": "Blue Door", "food": "Korean"},
        {"name": "Blue Door", "rating": "4 out of 5"},
        {"name": "Blue Door", "wheels": "four"},
        {"name": "Blue <Door>", "food": "French"},
        {"name": "x" * 200, "food": "French"},
        {"name": "Blue Door", "near": "blue door"},
        {"name": "Blue Door", "food": ["French", "Indian"]},
        {"name": "Blue Door", "area": {"a": 1}},
        {"name": "Blue Door", "rating": "high", "customer rating": "low"},
    ],
)
def test_what_is_outside_the_domain_is_refused_with_a_reason(
    domain: Domain, inputs: dict[str, object]
) -> None:
    assert domain.fits(inputs) is None
    with pytest.raises(BadInputError):
        domain.facts(inputs)


@pytest.mark.parametrize(
    ("template", "name", "text"),
    [
        ("<name> is by the river.", "Zizzi", "Zizzi is by the river."),
        ("the<name> is a pub. it is near<near>.", "The Mill", "The Mill is a pub. It is near All Bar One."),
        ("Try the<name>, near<near>.", "Green Man", "Try the Green Man, near All Bar One."),
        ('Called "<name>" (<near>).', "Zizzi", 'Called "Zizzi" (All Bar One).'),
        ("<name> it is.", "éclair & co", "éclair & co it is."),
        ("At<name>.", r"<near> \1", r"At <near> \1."),
    ],
)
def test_values_are_put_in_word_for_word(domain: Domain, template: str, name: str, text: str) -> None:
    assert domain.realise(template, {"name": name, "near": "All Bar One"}) == text


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_any_name_that_fits_is_copied_verbatim(name: str) -> None:
    domain = Domain.from_folder(BUNDLE)
    facts = domain.fits({"name": name, "area": "riverside"})
    if facts is not None:
        assert facts["name"] in domain.realise("In riverside there is<name>.", facts)


def test_a_broken_schema_is_a_bundle_error(tmp_path: Path) -> None:
    for content in ("", "[]", '{"schema_version": 9}', '{"schema_version": 1, "slots": [{}]}'):
        (tmp_path / "schema.json").write_text(content)
        with pytest.raises(BundleError):
            Domain.from_folder(tmp_path)


def test_a_schema_survives_json(domain: Domain) -> None:
    assert Schema.from_json(json.loads(json.dumps(domain.schema.to_json()))) == domain.schema


def test_importing_the_serving_side_is_light() -> None:
    code = (
        "import sys, aigc_text.learned.domain, aigc_text.learned.candidates, aigc_text.training.copy_options;"
        "print([m for m in ('tensorflow', 'keras', 'onnxruntime', 'sklearn', 'tokenizers', 'onnx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
