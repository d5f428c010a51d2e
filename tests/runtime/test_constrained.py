"""Constrained decoding: whatever a model with random weights ends by itself is of the structure asked for."""

from __future__ import annotations

import builtins
import contextlib
import json
import sys
import time

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    ContractError,
    IncompleteOutputError,
    MissingDependencyError,
    OptionError,
    OutputError,
)
from aigc_sdk.runtime import constrained
from aigc_sdk.runtime.constrained import compile_constraint
from aigc_sdk.runtime.constrained_output import ChoiceConstraint, JsonConstraint, RegexConstraint
from aigc_sdk.runtime.sampling import SamplingParams, sample
from aigc_sdk.verdict import Err

pytest.importorskip("llguidance", reason="needs the extra aigc-sdk-core[structured]")

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "级别": {"enum": ["高", "中", "低"]},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 3}, "maxItems": 2},
    },
    "required": ["name", "age", "级别"],
    "additionalProperties": False,
}


def compiled(engine, constraint):
    return compile_constraint(constraint, engine.tokenizer, engine.shape.vocab_size)


def decode(engine, constraint, *, seed=0, temperature=1.0, max_new_tokens=120):
    """One text of the random decoder, with why it ended."""
    ready = compiled(engine, constraint)
    prompt = engine.tokenizer.encode("The kettle")
    params = SamplingParams(
        max_new_tokens=max_new_tokens,
        temperature=temperature,
        logits_processors=(ready.processor(len(prompt)),),
    )
    (row,) = engine.generate([prompt], params, ctx=CallContext(seed=seed), request_ids=["r"])
    assert not isinstance(row, Err), row
    return engine.text(row), row.finish_reason


def random_text(tokenizer, constraint, rng, most=200):
    """As `decode`, with fresh random logits in the place of a model."""
    ready = compile_constraint(constraint, tokenizer, tokenizer.vocab_size + 5)
    follow = ready.processor(0)
    ids: list[int] = []
    for _ in range(most):
        logits = rng.normal(size=tokenizer.vocab_size + 5).astype(np.float32)
        token = sample(follow(np.array(ids, np.int64), logits), SamplingParams(temperature=1.0), rng)
        if token in tokenizer.eos:
            return tokenizer.decode(ids), "stop"
        ids.append(token)
    return tokenizer.decode(ids), "length"


def test_unconstrained_the_same_decoder_writes_no_json(engine):
    prompt = engine.tokenizer.encode("The kettle")
    params = SamplingParams(max_new_tokens=40, temperature=1.0)
    (row,) = engine.generate([prompt], params, ctx=CallContext(), request_ids=["r"])
    with pytest.raises(json.JSONDecodeError):
        json.loads(engine.text(row))


def test_objects(engine):
    constraint = JsonConstraint.of(PERSON)
    ended = 0
    for seed in range(12):
        text, reason = decode(engine, constraint, seed=seed)
        if reason == "stop":
            ended += 1
            value = constraint.parse(text)
            assert list(value)[:3] == ["name", "age", "级别"]
            jsonschema.validate(value, PERSON)
        else:
            with pytest.raises(json.JSONDecodeError):
                json.loads(text)
    assert ended >= 8


SCALARS = st.one_of(
    st.builds(
        lambda a, b: {"type": "string", "minLength": min(a, b), "maxLength": max(a, b)},
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    st.sampled_from(
        [
            {"type": "string", "pattern": "^[A-Z]{2}\\d{1,3}$"},
            {"type": "string", "pattern": "^[一-龥]{1,3}$"},
            {"type": "string", "format": "date"},
            {"type": "boolean"},
            {"type": "null"},
            {"type": ["integer", "null"], "minimum": 5, "maximum": 9},
            {"type": "number", "minimum": 0, "maximum": 2, "multipleOf": 0.25},
        ]
    ),
    st.builds(
        lambda a, b: {"type": "integer", "minimum": min(a, b), "maximum": max(a, b)},
        st.integers(-1000, 1000),
        st.integers(-1000, 1000),
    ),
    st.lists(
        st.one_of(
            st.sampled_from(["", "是", 'say "hi"', "a\\b", "line\nbreak", "👩‍👧", "é", "\u2028"]),
            st.integers(-5, 5),
            st.none(),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ).map(lambda values: {"enum": values}),
)


def containers(inner):
    return st.one_of(
        st.builds(
            lambda items, a, b: {
                "type": "array",
                "items": items,
                "minItems": min(a, b),
                "maxItems": max(a, b),
            },
            inner,
            st.integers(0, 3),
            st.integers(0, 3),
        ),
        st.builds(
            lambda properties, k: {
                "type": "object",
                "properties": properties,
                "required": sorted(properties)[:k],
                "additionalProperties": False,
            },
            st.dictionaries(st.sampled_from(["a", "b c", "名字", 'q"', "x/y~z"]), inner, max_size=3),
            st.integers(0, 3),
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: {"anyOf": options}),
    )


SCHEMAS = st.recursive(SCALARS, containers, max_leaves=5)
HEALTH = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=40, deadline=None, suppress_health_check=HEALTH)
@given(schema=SCHEMAS, seed=st.integers(0, 2**32 - 1))
def test_what_the_decoder_ends_itself_satisfies_the_schema(engine, schema, seed):
    constraint = JsonConstraint.of(schema)
    text, reason = decode(engine, constraint, seed=seed, max_new_tokens=80)
    if reason == "stop":
        jsonschema.validate(json.loads(text), schema)
        constraint.parse(text)


@pytest.mark.parametrize("family", ["byte-level", "byte-fallback"])
@settings(max_examples=60, deadline=None, suppress_health_check=HEALTH)
@given(schema=SCHEMAS, seed=st.integers(0, 2**32 - 1))
def test_random_tokens_satisfy_the_schema_in_both_tokenizer_families(text_tokenizers, family, schema, seed):
    constraint = JsonConstraint.of(schema)
    text, reason = random_text(text_tokenizers[family], constraint, np.random.default_rng(seed))
    if reason == "stop":
        jsonschema.validate(json.loads(text), schema)
        constraint.parse(text)


PIECES = st.sampled_from(["a", "[bc]", "\\d", "水", "[一-龥]", "(?:xy|z)", "\\.", " ", "[^a-z]"])
REPEATS = st.sampled_from(["", "?", "{1,3}", "{2}"])
PATTERNS = st.lists(st.tuples(PIECES, REPEATS).map("".join), min_size=1, max_size=5).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=HEALTH)
@given(pattern=PATTERNS, seed=st.integers(0, 2**32 - 1))
def test_what_ends_matches_the_regex(text_tokenizers, pattern, seed):
    import regex

    constraint = RegexConstraint.of(pattern)
    text, reason = random_text(text_tokenizers["byte-level"], constraint, np.random.default_rng(seed))
    if reason == "stop":
        assert regex.fullmatch(pattern, text)
        assert constraint.parse(text) == text


def test_choices(engine):
    choices = ["positive", "negative", "中性", "pos", "a|b", "two\nlines", "(x)"]
    seen = {decode(engine, ChoiceConstraint.of(choices), seed=seed) for seed in range(40)}
    assert {reason for _, reason in seen} == {"stop"}
    assert {text for text, _ in seen} <= set(choices)
    assert len(seen) >= 4


def test_a_token_may_span_parts_of_the_grammar(text_tokenizers):
    tokenizer = text_tokenizers["byte-level"]
    texts = [(tokenizer.decode([number]), number) for number in range(3, tokenizer.vocab_size)]
    word, spanning = max((t for t in texts if t[0].isascii() and t[0].isalpha()), key=lambda t: len(t[0]))
    assert len(word) >= 3
    constraint = RegexConstraint.of(f"(?:{word[0]}|#)(?:{word[1]}|#)(?:{word[2:]}|#)")
    follow = compile_constraint(constraint, tokenizer, tokenizer.vocab_size).processor(0)
    logits = np.zeros(tokenizer.vocab_size, np.float32)
    allowed = np.flatnonzero(np.isfinite(follow(np.empty(0, np.int64), logits)))
    assert spanning in allowed
    follow(np.array([spanning]), logits := np.zeros(tokenizer.vocab_size, np.float32))
    assert np.flatnonzero(np.isfinite(logits)).tolist() == list(tokenizer.eos)


def test_characters_are_never_cut(text_tokenizers):
    for family in text_tokenizers.values():
        rng = np.random.default_rng(3)
        constraint = RegexConstraint.of("[水壶👍🏽]{3}")
        texts = [random_text(family, constraint, rng) for _ in range(10)]
        assert all(reason == "stop" and len(text) == 3 for text, reason in texts), texts


def test_no_control_token_is_ever_allowed_but_the_end(engine):
    tokenizer = engine.tokenizer
    ready = compiled(engine, RegexConstraint.of("(?s).{0,9}"))
    logits = ready.processor(0)(np.empty(0, np.int64), np.zeros(engine.shape.vocab_size, np.float32))
    allowed = set(np.flatnonzero(np.isfinite(logits)).tolist())
    assert allowed & tokenizer.control_ids == set(tokenizer.eos)


def test_streams_give_the_same_text_piece_by_piece(engine):
    constraint = JsonConstraint.of(PERSON)
    ready = compiled(engine, constraint)
    prompt = engine.tokenizer.encode("The kettle")
    for seed in range(6):
        expected, reason = decode(engine, constraint, seed=seed)
        params = SamplingParams(
            max_new_tokens=120, temperature=1.0, logits_processors=(ready.processor(len(prompt)),)
        )
        pieces = list(engine.stream(prompt, params, ctx=CallContext(seed=seed), request_id="r"))
        assert "".join(piece.text for piece in pieces) == expected
        assert pieces[-1].done.finish_reason == reason
        assert len(pieces) > 3


def test_guessing_ahead_changes_nothing_under_a_constraint(cheap):
    ready = compiled(
        cheap, JsonConstraint.of({"type": "array", "items": {"enum": ["aa", "ab"]}, "minItems": 12})
    )
    prompt = cheap.tokenizer.encode('["aa", "ab", "aa", "ab", "aa", "ab"] The list: ')
    plain, guessed = (
        cheap.generate(
            [prompt],
            SamplingParams(
                max_new_tokens=90, lookup=lookup, logits_processors=(ready.processor(len(prompt)),)
            ),
            ctx=CallContext(),
            request_ids=["r"],
        )[0]
        for lookup in (False, True)
    )
    assert guessed.accepted > 0
    assert plain.ids == guessed.ids
    assert plain.finish_reason == guessed.finish_reason


def test_rows_of_one_batch_keep_their_own_constraints(engine):
    prompt = engine.tokenizer.encode("The kettle")
    constraints = [
        RegexConstraint.of("a{3,5}"),
        ChoiceConstraint.of(["水壶"]),
        JsonConstraint.of({"type": "boolean"}),
    ]
    params = [
        SamplingParams(temperature=1.0, logits_processors=(compiled(engine, c).processor(len(prompt)),))
        for c in constraints
    ]
    free = SamplingParams(max_new_tokens=8, temperature=1.0)
    rows = engine.generate([prompt] * 4, [*params, free], ctx=CallContext(), request_ids=["a", "b", "c", "d"])
    for constraint, row in zip(constraints, rows, strict=False):
        constraint.parse(engine.text(row))
    alone = engine.generate([prompt], free, ctx=CallContext(), request_ids=["d"])
    assert alone[0].ids == rows[3].ids


def test_one_processor_follows_ids_that_go_back(text_tokenizers):
    tokenizer = text_tokenizers["byte-level"]
    ready = compile_constraint(RegexConstraint.of("ab(?:c|d)e"), tokenizer, tokenizer.vocab_size)
    shared = ready.processor(2)
    ids = tokenizer.encode("abde")
    other = [*ids[:2], *tokenizer.encode("c")]
    for case in ([], ids[:1], ids[:3], other, ids, ids[:2], [], other):
        given_ids = np.array([7, 8, *case], np.int64)
        zeros = np.zeros(tokenizer.vocab_size, np.float32)
        mine = shared(given_ids, zeros.copy())
        assert np.array_equal(mine, ready.processor(2)(given_ids, zeros.copy()))


def test_a_forbidden_token_is_an_error_and_the_processor_lives_on(text_tokenizers):
    tokenizer = text_tokenizers["byte-level"]
    follow = compile_constraint(RegexConstraint.of("ab"), tokenizer, tokenizer.vocab_size).processor(0)
    zeros = np.zeros(tokenizer.vocab_size, np.float32)
    with pytest.raises(ContractError, match="forbids"):
        follow(np.array(tokenizer.encode("b")), zeros.copy())
    assert np.isfinite(follow(np.array(tokenizer.encode("a")), zeros.copy())).any()


def test_cut_off_output_is_never_read(engine):
    constraint = JsonConstraint.of({"type": "array", "items": {"type": "integer"}, "minItems": 200})
    text, reason = decode(engine, constraint, max_new_tokens=20)
    assert reason == "length"
    with pytest.raises(IncompleteOutputError) as caught:
        compiled(engine, constraint).read(text, reason)
    assert caught.value.finish_reason == "length"
    # Even where what there is happens to parse.
    for reason in ("length", "deadline", "cancelled", "stop_string"):
        with pytest.raises(IncompleteOutputError):
            compiled(engine, JsonConstraint.of({"type": "integer"})).read("12", reason)
    assert compiled(engine, JsonConstraint.of({"type": "integer"})).read("12", "stop") == 12


def test_a_cancelled_row_is_cut_off(engine):
    constraint = JsonConstraint.of({"type": "string", "minLength": 400})
    ready = compiled(engine, constraint)
    token = CancelToken()
    prompt = engine.tokenizer.encode("The kettle")
    held = ready.processor(len(prompt))

    def cancelling(ids, logits):
        if len(ids) > len(prompt) + 20:
            token.cancel()
        return held(ids, logits)

    params = SamplingParams(max_new_tokens=600, logits_processors=(cancelling,))
    (row,) = engine.generate([prompt], params, ctx=CallContext(cancel=token), request_ids=["r"])
    assert row.finish_reason == "cancelled"
    with pytest.raises(IncompleteOutputError):
        ready.read(engine.text(row), row.finish_reason)


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ({"type": "string"}, "12", "'type'"),
        ({"type": "object", "required": ["a"]}, "{}", "'a' is missing"),
        ({"type": "array", "items": {"maximum": 3}}, "[1, 4]", "/1: 'maximum' is 3"),
        ({}, "[" * 5000 + "]" * 5000, "nested"),
        ({}, "1e999", "number"),
        ({}, "NaN", "number"),
        ({}, "9" * 5000, "number"),
        ({}, "{", "no JSON"),
        ({}, '{"a": 1} x', "no JSON"),
    ],
)
def test_what_is_read_is_checked_again(schema, text, message):
    with pytest.raises(OutputError, match=message):
        JsonConstraint.of(schema).parse(text)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "(?=a)b"},
        {"type": "integer", "minimum": 5, "maximum": 3},
        {"type": "string", "pattern": "^a$", "minLength": 4},
        {"oneOf": [{"type": "number"}, {"type": "integer"}]},
        False,
    ],
)
def test_schemas_that_cannot_be_kept_are_refused(engine, schema):
    with pytest.raises(OptionError):
        compiled(engine, JsonConstraint.of(schema if schema is not False else {"allOf": [False]}))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^(a{1,1000}){1,1000}$"},
        {"type": "string", "pattern": "(.{0,500}x){60}"},
        {"type": "string", "pattern": "([ab]*a[ab]{900})"},
        {"type": "array", "items": {"type": "string", "pattern": "(a|b)*a(a|b){400}"}, "minItems": 90_000},
        {"anyOf": [{"type": "string", "pattern": f"[ab]*a[ab]{{{i}}}"} for i in range(1, 300)]},
        {"type": "object", "properties": {f"k{i}": {"type": "string", "maxLength": 50} for i in range(400)}},
        {
            "$ref": "#/$defs/a",
            "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}, "maxItems": 9999}},
        },
    ],
)
def test_costly_schemas_take_bounded_time(engine, schema):
    began = time.monotonic()
    with contextlib.suppress(OptionError):
        decode(engine, JsonConstraint.of(schema), max_new_tokens=5)
    assert time.monotonic() - began < 20  # seconds; some hundred milliseconds on a free machine


def test_errors_do_not_quote_the_grammar(engine):
    with pytest.raises(OptionError) as caught:
        compiled(engine, JsonConstraint.of({"type": "string", "pattern": "(?=secret-word)b"}))
    assert "look-around" in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("pattern", ["", "a" * 2000, "(a", "a\\1", "(?<=a)b", None])
def test_bad_expressions_are_refused(pattern):
    with pytest.raises(OptionError):
        RegexConstraint.of(pattern)


@pytest.mark.parametrize(("pattern", "text"), [("^ab$", "ab"), ("^a\\$", "a$"), ("a|b", "b"), ("^a|b$", "a")])
def test_expressions_are_of_the_whole_text(pattern, text):
    assert RegexConstraint.of(pattern).parse(text) == text
    with pytest.raises(OutputError):
        RegexConstraint.of(pattern).parse(text + "!")


def test_a_hostile_expression_is_matched_in_linear_time():
    constraint = RegexConstraint.of("(a+)+b")
    began = time.monotonic()
    with pytest.raises(OutputError):
        constraint.parse("a" * 5000)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("choices", [[], "abc", [""], ["a", 3], ["\x00"], ["x" * 2000], ["a"] * 2000])
def test_bad_choices_are_refused(choices):
    with pytest.raises(OptionError):
        ChoiceConstraint.of(choices)


def test_equal_constraints_are_compiled_once(engine, monkeypatch):
    made = []
    original = constrained._Vocabulary._compile
    monkeypatch.setattr(
        constrained._Vocabulary,
        "_compile",
        lambda self, *grammar: made.append(grammar) or original(self, *grammar),
    )
    for _ in range(3):
        compiled(engine, JsonConstraint.of({"type": "string", "maxLength": 77}))
    assert len(made) == 1
    compiled(engine, JsonConstraint.of({"type": "string", "maxLength": 78}))
    assert len(made) == 2


def test_the_error_says_what_to_install(engine, monkeypatch):
    monkeypatch.setitem(sys.modules, "llguidance", None)
    with pytest.raises(MissingDependencyError, match="pip install llguidance"):
        compiled(engine, ChoiceConstraint.of(["a"]))


def test_reading_needs_no_extra(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith(("llguidance", "jsonschema")):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert JsonConstraint.of(PERSON).parse('{"name": "李", "age": 3, "级别": "高"}')["name"] == "李"
