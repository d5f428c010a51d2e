"""The training sentences written for this SDK: deterministic, whole, balanced, apart from the tests."""

import ast
import csv
import itertools
import json
import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from aigc_sdk.errors import BadInputError
from aigc_text import training
from aigc_text.training import contrast_families, moderation_data, moderation_risks
from aigc_text.training.contrast_frames import draw_sentences, fill, frames, sentence_key
from aigc_text.training.labelled import HEADS

REPOSITORY = Path(__file__).parents[3]
CODE = sorted(
    path
    for pattern in (
        "contrast_*.py",
        "risks_*.py",
        "spam_*.py",
        "moderation_risks.py",
        "moderation_contrast.py",
    )
    for path in Path(training.__file__).parent.glob(pattern)
)
RISKS = ("self_harm", "violence", "illicit", "sexual", "spam")
# Rated 2 or more, but here the names of a street, of people, a river and a breed of cats, a tool, and hybrid rice.
ORDINARY = {"dyke", "fuk", "phuc", "negro", "coon", "hoe", "杂种"}

needs_data = pytest.mark.skipif(
    not os.environ.get("AIGC_DATA"), reason="AIGC_DATA is not set: the lexicons that give the words are there"
)


@pytest.fixture(scope="module")
def root():
    return Path(os.environ["AIGC_DATA"])


@pytest.fixture(scope="module")
def rows(root):
    made = ("contrast", "contrast_pairs", "risks", "ordinary_prose", "ordinary_business")
    return {name: list(moderation_data.SYNTHETIC[name](root)) for name in made}


def shapes():
    """Every frame of the new families by language."""
    import importlib

    found = {"en": set(), "zh": set()}
    for path in CODE:
        module = importlib.import_module(f"aigc_text.training.{path.stem}")
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, tuple) and len(value) > 9 and name != "FAMILIES":
                for shape in value:
                    if isinstance(shape, str) and shape.endswith(tuple(".?!。？！")):
                        found["zh" if re.search("[\u4e00-\u9fff]", shape) else "en"].add(shape)
    return found


def test_frames_take_different_fillers_and_read_as_sentences():
    draw = random.Random(1)
    slots = {"noun": ("apple", "user", "pear")}
    texts = {fill("a {noun} and a {noun2}.", slots, draw) for _ in range(60)}
    assert texts == {
        f"{first} and {second}."
        for first in ("an apple", "a user", "a pear")
        for second in ("an apple", "a user", "a pear")
        if first != second
    }
    assert fill("{noun} pie", {"noun": ("apple",)}, draw) == "Apple pie"


def test_each_frame_is_used_before_any_is_used_again_and_nothing_is_said_twice():
    slots = {"n": [str(i) for i in range(50)]}
    made = list(draw_sentences(frames("one {n}\ntwo {n}\nthree"), slots, 9, random.Random(0)))
    assert Counter(text.split()[0].rstrip(".").lower() for text in made[:3]) == {
        "one": 1,
        "two": 1,
        "three": 1,
    }
    assert len(made) == len({sentence_key(t) for t in made}) == 9
    # Frames that give no more end the drawing.
    assert len(list(draw_sentences(("only this",), {}, 9, random.Random(0)))) == 1


def test_a_frame_with_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError):
        fill("a {nothing}", {}, random.Random(0))


def test_a_missing_lexicon_is_named(tmp_path):
    with pytest.raises(BadInputError, match="symspell"):
        next(contrast_families.harmless_speech(tmp_path))


@pytest.mark.parametrize("name", ["contrast", "contrast_pairs", "risks"])
def test_credits_name_the_licences_of_every_source_of_sentences(name):
    credit = moderation_data.CREDITS[name]
    assert "CC-BY-4.0" in credit.licence
    assert "LDNOOBW" in credit.attribution


def test_there_are_many_different_shapes_in_both_languages():
    found = shapes()
    assert len(found["en"]) >= 700
    assert len(found["zh"]) >= 600


@needs_data
def test_drawing_again_gives_the_same_rows_and_another_seed_others(root, rows):
    assert list(moderation_data.SYNTHETIC["contrast"](root)) == rows["contrast"]
    assert list(moderation_data.SYNTHETIC["contrast_pairs"](root)) == rows["contrast_pairs"]
    assert list(moderation_risks.risk_sentences(root)) == rows["risks"]
    other = {row.text for row in moderation_risks.risk_sentences(root, seed=1)}
    assert len(other & {row.text for row in rows["risks"]}) < 0.5 * len(other)


@needs_data
def test_rows_are_whole_and_nearly_all_different(rows):
    for name, made in rows.items():
        assert not [r.text for r in made if re.search(r"[{}]|\d\}|  |^\W*$", r.text)], name
        keys = {(r.language, sentence_key(r.text)) for r in made}
        assert len(keys) >= 0.99 * len(made), name
        assert {r.source for r in made} == {name}
        assert all(set(r.labels) <= set(HEADS) for r in made)


@needs_data
def test_a_sentence_has_one_label(rows):
    labels = {}
    for made in rows.values():
        for row in made:
            known = labels.setdefault(sentence_key(row.text), dict(row.labels))
            assert all(known.get(h, v) == v for h, v in row.labels.items()), "the same words, two labels"


@needs_data
def test_harmless_rows_are_harmless_for_every_head_and_pairs_are_abuse(rows):
    assert all(r.labels == dict.fromkeys(HEADS, 0) for r in rows["contrast"])
    assert all(r.labels["offence"] == 1 for r in rows["contrast_pairs"])
    for language, least in (("en", 9000), ("zh", 7000)):
        assert sum(r.language == language for r in rows["contrast"]) >= least
    for language in ("en", "zh"):
        hate = Counter(r.labels.get("hate") for r in rows["contrast_pairs"] if r.language == language)
        assert hate[1] >= 1000
        assert hate[0] >= 1000


@needs_data
@pytest.mark.parametrize("head", RISKS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_risk_has_both_sides(rows, head, language):
    made = [r for r in rows["risks"] if r.language == language]
    positive = sum(r.labels.get(head) == 1 for r in made)
    # Spam has a set of people's own as well, and marketing copy on its other side.
    assert positive >= (350 if head == "spam" else 500)
    assert sum(not any(r.labels.values()) for r in made) >= 2000
    share = positive / sum(head in r.labels for r in made)
    # The many voices say nothing sexual: their rows are all on the other side of that head.
    assert {"sexual": 0.08, "spam": 0.03}.get(head, 0.1) < share < 0.5


@pytest.mark.parametrize("head", [head for head in RISKS if head != "sexual"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_voices_set_each_risk_against_as_many_harmless_twins_and_each_frame_is_used(head, language):
    positives, twins = (
        {sentence_key(shape) for shape in shapes}
        for found, tongue, *sides, _ in moderation_risks._VOICES
        if (found, tongue) == (head, language)
        for shapes in sides
    )
    assert min(len(positives), len(twins)) >= 80
    assert 0.9 < len(positives) / len(twins) < (1.5 if head == "spam" else 1.1)
    assert not positives & twins
    for found, tongue, *sides, slots in moderation_risks._VOICES:
        if (found, tongue) == (head, language):
            for shapes in sides:
                made = list(
                    draw_sentences(shapes, slots, moderation_risks._VOICES_PER_SIDE, random.Random(0))
                )
                assert len(made) >= 2 * len(shapes)
                assert not [text for text in made if re.search("[{}]", text)]


@needs_data
def test_no_sentence_of_a_test_set_is_trained_on(rows):
    trained = {sentence_key(r.text) for made in rows.values() for r in made}
    tests = REPOSITORY / "tests/text/moderators"
    held = {
        sentence_key(line)
        for name in ("benign_en.txt", "benign_zh.txt")
        for line in (tests / name).read_text(encoding="utf-8").splitlines()
    }
    for path in (REPOSITORY / "benchmarks/sets").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            values = json.loads(line).values() if line.strip() else ()
            held.update(sentence_key(v) for v in values if isinstance(v, str) and len(v) > 12)
    held = {key for key in held if len(key) >= 4}
    assert not held & trained


@needs_data
def test_the_code_holds_no_strong_words(root):
    strong = set()
    with (root / "text/en_lexicons/surge_profanity_en.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if float(row["severity_rating"]) >= 2:
                strong.add(row["text"].lower())
    # Chinese: the curses and insults that the frames take from the list must not be written out in them.
    words = contrast_families.strong_words(root)
    chinese = {*words.insults_zh, *words.curses_zh} - {"笨蛋"}
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                tokens = re.findall(r"[a-z][a-z'-]*", node.value.lower())
                pairs = [" ".join(p) for p in itertools.pairwise(tokens)]
                found |= {w for w in (*tokens, *pairs) if w in strong}
                found |= {w for w in chinese if w in node.value}
    assert found <= ORDINARY


@needs_data
def test_the_words_are_read_from_the_lexicons_and_of_the_right_kind(root):
    words = contrast_families.strong_words(root)
    for kind in words.__slots__:
        values = getattr(words, kind)
        assert len(values) >= 3, kind
        assert list(values) == sorted(set(values))
        assert all((re.search("[\u4e00-\u9fff]", v) is not None) == kind.endswith("_zh") for v in values), (
            kind
        )
    assert not set(words.insults) & set(words.slurs)
    # Nothing that is about minors or force may fill an explicit frame.
    assert not [w for w in words.sexual_zh if re.search("[幼少强奸暴童]", w)]
    assert not [w for w in words.sexual if re.search("teen|child|rape|young|school", w)]
