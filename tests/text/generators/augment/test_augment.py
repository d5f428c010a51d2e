"""text/augment: what variants keep, what they change, and how it fails."""

from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    BadInputError,
    CancelledError,
    ComponentError,
    InputTooLargeError,
    MissingDependencyError,
    ModelNotFoundError,
    OptionError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Request
from aigc_sdk.verdict import Err
from aigc_text.generators.augment import units
from aigc_text.generators.augment.generator import AugmentGenerator
from aigc_text.generators.augment.options import AugmentOptions

METHODS = ("synonym", "insert", "swap", "delete", "keyboard", "transpose", "ocr", "homophone")
ENGLISH = "I want to buy an expensive ticket for Anna Smith from Paris to {city} on 12 May, it is not a big problem."
CHINESE = (
    "请帮我购买两张到上海市的车票，张伟先生非常高兴，不要太贵，编号{order}，价格99元，附近的酒店也很好看。"
)


def variants(text, *, n=2, seed=0, request_id="r", language=None, generator=None, inputs=None, **options):
    request = Request(
        id=request_id,
        inputs={"text": text, **(inputs or {})},
        n=n,
        language=language,
        options=AugmentOptions(**options),
    )
    (row,) = (generator or AugmentGenerator()).generate([request], ctx=CallContext(seed=seed))
    if isinstance(row, Err):
        raise row.error
    return row.candidates


def texts(candidates):
    return [c.content.text for c in candidates]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_method_changes_words_and_leaves_what_is_protected(method, text):
    if text is CHINESE and method == "keyboard":
        pytest.skip("keys are of Latin words")
    made = texts(variants(text, n=6, methods=(method,), share=0.2))
    # Few words of these texts sound or look like others: there are no more variants.
    most = {("homophone", ENGLISH): 2, ("ocr", CHINESE): 4}.get((method, text), 6)
    assert len(set(made)) == len(made) == most
    assert text not in made
    kept = (
        ["Anna Smith", "Paris", "{city}", "12", "May"]
        if text is ENGLISH
        else ["上海市", "张伟", "{order}", "99元"]
    )
    for variant in made:
        assert all(part in variant for part in kept)


@given(st.text(max_size=120), st.sampled_from(METHODS), st.sampled_from(["en", "zh"]))
@settings(max_examples=150, deadline=None)
def test_any_text_keeps_its_protected_parts_in_order_and_spans_say_where(text, method, language):
    fixed = [u.text for u in units.split(text, language) if u.fixed]
    assert units.join(units.split(text, language)) == text
    try:
        made = variants(text, n=1, methods=(method,), language=language, share=0.3)
    except (BadInputError, ComponentError):
        return
    variant = made[0].content.text
    spans = made[0].meta["spans"]
    assert [variant[a:b] for _, _, a, b in spans] == fixed
    assert [text[a:b] for a, b, _, _ in spans] == fixed


def test_same_seed_same_variants_whatever_the_batch():
    generator = AugmentGenerator()
    one = Request(id="1", inputs={"text": ENGLISH}, n=3)
    two = Request(id="2", inputs={"text": CHINESE}, n=3)
    alone = generator.generate([one], ctx=CallContext(seed=4))[0]
    assert generator.generate([two, one], ctx=CallContext(seed=4))[1] == alone
    assert generator.generate([one], ctx=CallContext(seed=5))[0] != alone


def test_labels_and_other_inputs_come_back_unchanged():
    made = variants(ENGLISH, inputs={"label": "booking", "weight": 0.5, "protect": ["ticket"]})
    assert all(c.meta["kept"] == {"label": "booking", "weight": 0.5} for c in made)


def test_words_to_protect_stay():
    for variant in texts(variants("Buy a big ticket", n=4, methods=("synonym", "delete"), protect=("BIG",))):
        assert "big" in variant


def test_methods_take_turns_or_are_combined():
    made = variants(ENGLISH, n=6, methods=("synonym", "swap", "delete"))
    assert Counter(c.method for c in made) == {"synonym": 2, "swap": 2, "delete": 2}
    (both,) = variants(ENGLISH, n=1, methods=("synonym", "keyboard"), combine=True)
    assert both.method == "combined"
    assert sorted(both.meta["methods"]) == ["keyboard", "synonym"]


def test_share_is_the_share_of_words_changed():
    text = " ".join(["big", "small", "happy", "movie", "often"] * 8)
    (few,), (many,) = (
        variants(text, n=1, methods=("synonym",), share=share, language="en") for share in (0.1, 0.4)
    )
    changed = [
        sum(a != b for a, b in zip(text.split(), c.content.text.split(), strict=True)) for c in (few, many)
    ]
    assert changed == [4, 16]


@pytest.mark.parametrize("text", ["She is not happy with this big room", "他不高兴，没有很多朋友"])
def test_negation_is_never_deleted_or_moved(text):
    for variant in texts(variants(text, n=12, methods=("delete", "swap"), share=0.3)):
        if "not" in text:
            assert variant.split().count("not") == 1
            assert abs(variant.split().index("not") - 2) <= 2
        else:
            assert variant.index("不") < variant.index("没有")


def test_fewer_variants_than_asked_for_are_said_to_be():
    made = variants("a film", n=5, methods=("synonym",))
    assert texts(made) == ["a movie"]
    assert made[0].meta["fewer"] is True


def test_deleting_the_first_word_keeps_the_capital():
    made = texts(variants("Please find very nice rooms", n=12, methods=("delete",)))
    assert "Find very nice rooms" in made
    assert all("  " not in text and not text.startswith(" ") for text in made)


# ---- templates ---------------------------------------------------------------------------------------


def fill(inputs, n=4, seed=0):
    (row,) = AugmentGenerator().generate([Request(id="t", inputs=inputs, n=n)], ctx=CallContext(seed=seed))
    if isinstance(row, Err):
        raise row.error
    return row.candidates


def test_templates_give_distinct_texts_with_the_place_of_every_slot():
    made = fill(
        {
            "template": ["a table for {n} at {place}", "book {place}"],
            "slots.n": [2, 3, 4],
            "slots": {"place": ["Roma", "the Ritz"]},
            "label": "book",
        },
        n=8,
    )
    assert len(set(texts(made))) == 8
    for candidate in made:
        assert candidate.meta["kept"] == {"label": "book"}
        for _, value, start, end in candidate.meta["slots"]:
            assert candidate.content.text[start:end] == value
        assert "{" not in candidate.content.text


def test_templates_are_no_code():
    made = fill({"template": "{{x.__class__}} {x!r} {x}", "slots.x": "{x}"}, n=1)
    assert texts(made) == ["{{x.__class__}} {x!r} {x}"]


def test_a_slot_without_values_is_named():
    with pytest.raises(BadInputError, match="city"):
        fill({"template": "to {city}"})


# ---- failure -----------------------------------------------------------------------------------------


def test_a_bad_row_fails_alone():
    rows = AugmentGenerator().generate(
        [
            Request(id="a", inputs={"label": "x"}),
            Request(id="b", inputs={"text": ENGLISH}),
            Request(id="c", inputs={"text": "word " * 5000}),
            Request(id="d", inputs={"text": "bonjour"}, language="fr"),
            Request(id="e", inputs={"text": "2024 {x}"}),
            Request(id="f", inputs={"text": ENGLISH, "template": "x"}),
        ],
        ctx=CallContext(),
    )
    kinds = [type(row.error) if isinstance(row, Err) else None for row in rows]
    assert kinds == [
        BadInputError,
        None,
        InputTooLargeError,
        UnsupportedLanguageError,
        ComponentError,
        BadInputError,
    ]


def test_cancellation_is_heard():
    token = CancelToken()
    token.cancel()
    (row,) = AugmentGenerator().generate([Request(inputs={"text": ENGLISH})], ctx=CallContext(cancel=token))
    assert isinstance(row.error, CancelledError)


# ---- back-translation --------------------------------------------------------------------------------


class Echo:
    """Translates by marking; drops numbers if told to."""

    def __init__(self, drop=False):
        self.drop, self.calls = drop, []

    def translate(self, texts, source, target, *, ctx, request_ids):
        self.calls.append((source, target, tuple(request_ids)))
        done = [f"{text} {target}" for text in texts]
        return [re.sub(r"\d+", "", text) if self.drop else text for text in done]


def test_back_translation_goes_there_and_back_under_names_of_its_own():
    echo = Echo()
    made = variants(ENGLISH, n=1, generator=AugmentGenerator(echo), methods=("back_translation",))
    assert texts(made) == [f"{ENGLISH} zh en"]
    assert [call[:2] for call in echo.calls] == [("en", "zh"), ("zh", "en")]
    assert len({call[2] for call in echo.calls}) == 2


def test_back_translation_that_loses_a_number_is_no_variant():
    with pytest.raises(ComponentError):
        variants(ENGLISH, generator=AugmentGenerator(Echo(drop=True)), methods=("back_translation",))


def test_back_translation_needs_a_translator():
    with pytest.raises(ModelNotFoundError):
        variants(ENGLISH, methods=("back_translation",))


# ---- WordNet -----------------------------------------------------------------------------------------


def test_wordnet_is_asked_for_by_name_and_has_no_chinese(monkeypatch):
    from aigc_text.generators.augment import generator, wordnet

    def missing():
        raise MissingDependencyError("no WordNet", hint="download it")

    generator._wordnet.cache_clear()
    monkeypatch.setattr(wordnet, "open_wordnet", missing)
    with pytest.raises(MissingDependencyError):
        variants(ENGLISH, synonyms="wordnet")
    with pytest.raises(OptionError):
        variants(CHINESE, synonyms="wordnet")


def test_wordnet_words_take_the_form_of_the_word_they_replace():
    from aigc_text.generators.augment.wordnet import WordNetLexicon

    def sense(pos, *names):
        return SimpleNamespace(pos=lambda: pos, lemma_names=lambda: list(names))

    senses = {
        "motorcars": [sense("n", "car", "motorcar", "motor_vehicle")],
        "book": [sense("n", "book", "volume"), sense("v", "book", "reserve")],
    }
    lexicon = WordNetLexicon(SimpleNamespace(synsets=lambda word: senses.get(word, [])))
    assert lexicon.alternatives("motorcars") == ("cars",)
    assert lexicon.alternatives("book") == ()
    assert lexicon.alternatives("unheard") == ()
