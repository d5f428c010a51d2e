"""text/poem on a model that knows nothing: what it returns keeps its form all the same."""

import numpy as np
import pytest
from poems import small_vocabulary, write_poem_bundle

from aigc_sdk.bundles import open_bundle
from aigc_sdk.context import CallContext
from aigc_sdk.errors import (
    BadInputError,
    BundleError,
    InputTooLargeError,
    ModelNotFoundError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Generation, Request
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.verdict import Err
from aigc_text.generators.poem.checker import check_form, verse_lines
from aigc_text.generators.poem.forms import forms
from aigc_text.generators.poem.generator import PoemGenerator
from aigc_text.generators.poem.inputs import read_inputs
from aigc_text.generators.poem.lines_seen import LinesSeen
from aigc_text.generators.poem.options import PoemOptions
from aigc_text.generators.poem.prompt import PROMPT_LENGTH, Vocabulary, prompt_tokens, special_tokens
from aigc_text.generators.poem.rhymes import rhyme_book
from aigc_text.generators.poem.writer import Poem

KNOWN = [c for c in small_vocabulary().tokens if len(c) == 1 and c not in "，。"]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    folder = tmp_path_factory.mktemp("poem") / "poem-tiny"
    write_poem_bundle(folder)
    with Runtime(device="cpu", threads=1, resolver=lambda _: open_bundle(folder)) as made:
        yield made


@pytest.fixture
def generator(runtime):
    made = PoemGenerator()
    made.load(runtime)
    return made


def ask(generator, inputs=None, *, n=1, language="zh", seed=3, request="r", **options):
    options.setdefault("draws", 2)
    row = Request(id=request, inputs=inputs or {}, n=n, language=language, options=PoemOptions(**options))
    (outcome,) = generator.generate([row], ctx=CallContext(seed=seed))
    return outcome


def texts(outcome):
    assert isinstance(outcome, Generation), outcome
    return [candidate.content.text for candidate in outcome.candidates]


@pytest.mark.parametrize("form", ["五绝", "七律", "菩萨蛮"])
@pytest.mark.parametrize("book", ["auto", "xinyun"])
def test_every_poem_keeps_its_form(generator, form, book):
    outcome = ask(generator, n=2, form=form, book=book)
    found = forms()[form]
    checked = rhyme_book(found.book if book == "auto" else book)
    assert len(texts(outcome)) == 2
    assert all(check_form(text, found, checked).kept for text in texts(outcome))
    assert {c.meta["form"] for c in outcome.candidates} == {form}
    assert all(c.logprob < 0 and c.tokens > sum(found.lengths) for c in outcome.candidates)


def test_a_row_does_not_depend_on_its_neighbours(generator):
    rows = [
        Request(id=name, language="zh", options=PoemOptions(form="五绝", draws=2), inputs={"theme": "春"})
        for name in ("a", "b")
    ]
    bad = Request(id="c", language="zh", options=PoemOptions(form="sonnet"))
    together = generator.generate([*rows, bad], ctx=CallContext(seed=1, deterministic=True))
    alone = generator.generate([rows[1]], ctx=CallContext(seed=1, deterministic=True))
    assert texts(together[1]) == texts(alone[0])
    assert texts(together[0]) != texts(together[1])
    assert isinstance(together[2], Err)
    assert isinstance(together[2].error, BadInputError)


def test_acrostic_and_keywords_are_in_the_poem(generator):
    songs = rhyme_book("pingshui")
    letters = "".join(c for c in KNOWN if songs.tones(c) == {"仄"})[:5]
    (text,) = texts(ask(generator, {"藏头": letters[:4], "关键词": letters[4]}, form="七绝"))
    assert "".join(line[0] for line in verse_lines(text)) == letters[:4]
    assert letters[4] in text


def test_the_rhyme_asked_for_is_kept(generator):
    outcome = ask(generator, form="五绝", rhyme="十一尤")
    (text,) = texts(outcome)
    ends = [line[-1] for line in verse_lines(text)][1::2]
    assert all("平十一尤" in rhyme_book("pingshui").rhymes(end, "平") for end in ends)
    assert outcome.candidates[0].meta["rhyme"] == "平十一尤"


@pytest.mark.parametrize(
    ("inputs", "options", "error", "message"),
    [
        ({"theme": "blockchain"}, {}, BadInputError, "blockchain"),
        ({"theme": "!!"}, {}, BadInputError, "no word"),
        ({"colour": "red"}, {}, BadInputError, "takes no input 'colour'"),
        ({"theme": "春", "主题": "秋"}, {}, BadInputError, "twice"),
        ({"theme": "春" * 201}, {}, InputTooLargeError, "201"),
        ({"keywords": "moon"}, {}, BadInputError, "moon"),
        ({"keywords": ["龘"]}, {}, BadInputError, "does not know"),
        ({"keywords": 7}, {}, BadInputError, "list"),
        ({"acrostic": "abcd"}, {}, BadInputError, "acrostic"),
        ({}, {"form": "haiku"}, BadInputError, "haiku"),
        ({}, {"rhyme": "九十九部"}, BadInputError, "九十九部"),
        ({}, {"form": "菩萨蛮", "rhyme": "第一部"}, BadInputError, "more than one rhyme"),
    ],
)
def test_what_cannot_be_served_is_a_typed_error(generator, inputs, options, error, message):
    outcome = ask(generator, inputs, **options)
    assert isinstance(outcome, Err)
    assert type(outcome.error) is error
    assert message in str(outcome.error)


def test_other_languages_are_refused(generator):
    outcome = ask(generator, language="en")
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, UnsupportedLanguageError)


def test_a_missing_model_is_named():
    with Runtime(device="cpu", threads=1) as runtime:
        generator = PoemGenerator()
        generator.load(runtime)
        outcome = ask(generator, bundle="no-such-poet")
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ModelNotFoundError)


def test_english_themes_become_chinese_ones():
    assert read_inputs({"theme": "Moonlight over the river"}).theme == "月江"
    assert read_inputs({"season": "autumn", "mood": "homesick", "theme": "moon"}).theme == "秋思乡月"
    assert read_inputs({"主题": "春江花月夜！", "关键词": "故人、孤舟"}).keywords == ("故人", "孤舟")


def test_poems_with_lines_of_the_training_data_come_last_and_those_on_the_theme_before_equals():
    def poem(text, *, seen=0, nats=1.0, theme=0.0):
        return Poem(text, "", None, -10 * nats, 10, seen, theme)

    order = [poem("a", theme=1.0), poem("b"), poem("c"), poem("d", nats=2.0), poem("e", seen=1, nats=0.1)]
    mixed = [order[i] for i in (3, 1, 4, 0, 2)]
    assert sorted(mixed, key=lambda p: p.rank) == order


def test_lines_of_the_training_data_are_known_again(tmp_path):
    seen = LinesSeen.of(["白日依山尽", "黄河入海流", "春"])
    assert len(seen) == 2, "short lines are common property"
    assert "白日依山尽" in seen
    assert "白日依山近" not in seen
    assert seen.count(["黄河入海流", "欲穷千里目"]) == 1
    seen.write(tmp_path / "lines.bin")
    assert "黄河入海流" in LinesSeen.read(tmp_path / "lines.bin")
    (tmp_path / "lines.bin").write_bytes(b"12345")
    with pytest.raises(BundleError, match="cut off"):
        LinesSeen.read(tmp_path / "lines.bin")
    (tmp_path / "lines.bin").write_bytes(np.array([5, 3], dtype="<u4").tobytes())
    with pytest.raises(BundleError, match="sorted"):
        LinesSeen.read(tmp_path / "lines.bin")


def test_a_bundle_of_another_kind_is_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text('{"model": {"vocab": {"a": 0, "b": 1}}}', encoding="utf-8")
    with pytest.raises(BundleError, match="lacks"):
        Vocabulary.from_tokenizer(tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer.json").write_text('{"model": {"vocab": {"a": 7}}}', encoding="utf-8")
    with pytest.raises(BundleError, match="ids"):
        Vocabulary.from_tokenizer(tmp_path / "tokenizer.json")


def test_prompts_have_one_length():
    for theme in ("", "春", "春江花月夜春江花月夜"):
        tokens = prompt_tokens(forms()["七绝"], None, theme)
        assert len(tokens) == PROMPT_LENGTH
    assert len(set(special_tokens())) == len(special_tokens())
