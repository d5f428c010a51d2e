"""Schemas are checked by name and place; values as the reference implementation checks them."""

from __future__ import annotations

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.errors import BadInputError, InputTooLargeError, OptionError
from aigc_sdk.runtime.constrained_schema import check_schema
from aigc_sdk.runtime.constrained_values import first_violation, json_equal


@pytest.mark.parametrize(
    ("schema", "keyword", "place"),
    [
        ({"not": {}}, "'not'", "/"),
        ({"properties": {"a": {"uniqueItems": True}}}, "'uniqueItems'", "/properties/a"),
        ({"properties": {"a/b~c": {"nullable": True}}}, "'nullable'", "/properties/a~1b~0c"),
        ({"items": {"anyOf": [{}, {"if": {}}]}}, "'if'", "/items/anyOf/1"),
        ({"x-guidance": {"lenient": True}}, "'x-guidance'", "/"),
        ({"$defs": {"d": {"type": "text"}}}, "'type'", "/$defs/d"),
        ({"type": []}, "'type'", "/"),
        ({"enum": []}, "'enum'", "/"),
        ({"enum": ["a\x01"]}, "'enum'", "/"),
        ({"const": {"\ud800": 1}}, "", ""),
        ({"minLength": -1}, "'minLength'", "/"),
        ({"maxItems": 10**9}, "'maxItems'", "/"),
        ({"maxLength": True}, "'maxLength'", "/"),
        ({"minimum": "3"}, "'minimum'", "/"),
        ({"multipleOf": 0}, "'multipleOf' must be above 0", "/"),
        ({"multipleOf": True}, "'multipleOf' must be a number", "/"),
        ({"maximum": float("inf")}, "no JSON", ""),
        ({"format": "color"}, "'format'", "/"),
        ({"pattern": "a" * 1001}, "'pattern'", "/"),
        ({"required": "name"}, "'required'", "/"),
        ({"properties": {"$id": {"$id": "x"}}}, "'$id'", "/properties/$id"),
        ({"$ref": "https://example.org/schema"}, "'$ref'", "/"),
        ({"$ref": "#/default", "default": {}}, "'$ref'", "/"),
        ({"$ref": "#"}, "'$ref'", ""),
        ({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}, "'$ref'", "/$defs/a"),
        ({"items": [{}, {}]}, "", "/items"),
        ({"allOf": []}, "'allOf'", "/"),
    ],
)
def test_what_is_not_supported_is_named_with_its_place(schema, keyword, place):
    with pytest.raises(OptionError) as caught:
        check_schema(schema)
    assert keyword in caught.value.message
    assert place in caught.value.message


def nested(depth):
    schema = {"type": "string"}
    for _ in range(depth):
        schema = {"items": schema}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        {"description": "x" * 70_000},
        {"properties": {f"k{i}": {} for i in range(600)}},
        {"enum": list(range(1100))},
        {"anyOf": [{"enum": list(range(400))} for _ in range(3)]},
        nested(40),
    ],
)
def test_sizes_are_bounded(schema):
    with pytest.raises(InputTooLargeError):
        check_schema(schema)


@pytest.mark.parametrize(
    "schema", [nested(5000), {"default": {1, 2}}, {1: {}}, "object", None, [], {"a": float("nan")}]
)
def test_what_is_no_schema_at_all(schema):
    with pytest.raises(BadInputError):
        check_schema(schema)


def test_annotations_constrain_nothing_and_names_are_no_keywords():
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.org/x",
        "title": "T",
        "properties": {"title": {"description": "d", "type": "string"}, "not": {"default": 1}},
    }
    assert check_schema(schema).root == {"properties": {"title": {"type": "string"}, "not": {}}}


def test_recursive_schemas_are_followed_through_values():
    tree = {
        "$defs": {"t t": {"properties": {"sub": {"items": {"$ref": "#/$defs/t%20t"}}}, "required": ["id"]}}
    }
    checked = check_schema({**tree, "$ref": "#/$defs/t%20t"})
    assert first_violation({"id": 1, "sub": [{"id": 2, "sub": []}]}, checked) is None
    assert first_violation({"id": 1, "sub": [{"id": 2}, {}]}, checked) == "/sub/1: 'id' is missing"


def test_nested_alternatives_do_not_multiply():
    twice = {"anyOf": [{"items": {"$ref": "#"}, "type": "array"}, {"items": {"$ref": "#"}, "type": "array"}]}
    value: object = 1
    for _ in range(60):
        value = [value]
    assert "anyOf" in (first_violation(value, check_schema(twice)) or "")  # 2^60 ways, were each gone


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ([1, [True]], [1, [1]], False),
        ({"a": 1}, {"a": 1.0}, True),
    ],
)
def test_equality_is_that_of_json(left, right, equal):
    assert json_equal(left, right) is equal


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-20, 20),
        st.sampled_from([0.1, 0.3, 1.5, 2.0, -0.0]),
        st.sampled_from(["", "a", "ab", "水", "水壶 12", "x1"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "x1", "水"]), inner, max_size=3),
    ),
    max_leaves=6,
)
NUMBER = st.one_of(st.integers(-5, 5), st.sampled_from([0.5, 0.1, 1.5]))


def keywords(inner):
    several = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(st.sampled_from(["a", "b", "水"]), inner, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(
                st.sampled_from(["array", "boolean", "integer", "null", "number", "object", "string"]),
                st.just(["string", "object", "integer"]),
            ),
            "enum": st.lists(JSON, min_size=1, max_size=3),
            "const": JSON,
            "minimum": NUMBER,
            "exclusiveMaximum": NUMBER,
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 4),
            "pattern": st.sampled_from(["^a", "[0-9]", "壶", "^$"]),
            "minItems": st.integers(0, 2),
            "maxItems": st.integers(0, 2),
            "items": inner,
            "prefixItems": several,
            "properties": named,
            "patternProperties": st.dictionaries(st.sampled_from(["^x", "[ab]"]), inner, max_size=2),
            "additionalProperties": inner,
            "required": st.lists(st.sampled_from(["a", "水"]), max_size=2, unique=True),
            "anyOf": several,
            "oneOf": several,
            "allOf": several,
        },
    )


SCHEMAS = st.recursive(st.one_of(st.booleans(), keywords(st.booleans())), keywords, max_leaves=4)


@settings(max_examples=400, deadline=None)
@given(schema=SCHEMAS.filter(lambda s: isinstance(s, dict)), value=JSON)
def test_values_are_judged_as_the_reference_implementation_does(schema, value):
    reference = jsonschema.Draft202012Validator(schema)
    assert (first_violation(value, check_schema(schema)) is None) == reference.is_valid(value)


def test_bounds_may_be_beyond_floats():
    checked = check_schema({"minimum": 10**400})
    assert first_violation(10**400, checked) is None
    assert first_violation(1e308, checked) is not None


def test_decimals_are_judged_as_written():
    assert first_violation(0.3, check_schema({"multipleOf": 0.1})) is None
    assert first_violation(1e300, check_schema({"multipleOf": 0.01})) is None
    assert first_violation(0.35, check_schema({"multipleOf": 0.1})) is not None


def test_classes_are_ascii_as_in_ecma_262():
    checked = check_schema({"pattern": "^\\d[\\W]$"})
    assert first_violation("1é", checked) is None
    assert first_violation("١é", checked) is not None
    assert first_violation("1e", checked) is not None
