"""text/recommend: what is chosen, in which order, what is said of it, and how it fails."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    BadInputError,
    CancelledError,
    ComponentError,
    InputTooLargeError,
    ModelNotFoundError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Request
from aigc_sdk.verdict import Err
from aigc_text.facts import FactChecker, read_brief
from aigc_text.generators.recommend.catalogue import read_products
from aigc_text.generators.recommend.generator import RecommendGenerator
from aigc_text.generators.recommend.options import RecommendOptions
from aigc_text.generators.recommend.ranking import Wish, rank
from aigc_text.generators.recommend.vectors import ProductVectors
from aigc_text.generators.recommend.words import terms

ENGLISH = [
    {"id": "bottle", "name": "Aurora Bottle", "category": "insulated bottle", "price": "£20", "features": ["keeps tea hot on a hike"]},
    {"id": "boots", "name": "Trail Boots", "category": "hiking boots", "price": "£95", "material": "leather"},
    {"id": "lamp", "name": "Luna Lamp", "category": "reading lamp", "price": "£30", "features": ["dimmable"]},
    {"id": "pack", "name": "Summit Pack", "category": "hiking backpack", "price": "£60", "stock": 0},
    {"id": "peak", "name": "Peak Boots", "category": "hiking boots", "price": "£80", "material": "leather"},
]  # fmt: skip
CHINESE = [
    {"编号": "杯", "名称": "极光保温杯", "价格": "129元", "卖点": "316不锈钢、徒步时12小时保温"},
    {"编号": "枕", "名称": "云朵枕", "价格": "88元", "卖点": "记忆棉、助眠"},
    {"编号": "鞋", "名称": "山行登山鞋", "价格": "399元", "类别": "徒步鞋"},
]


def recommend(inputs, *, n=3, language=None, seed=0, runtime=None, attempt=0, **options):
    generator = RecommendGenerator()
    if runtime is not None:
        generator.load(runtime)
    request = Request(
        id="r", inputs=inputs, n=n, language=language, attempt=attempt, options=RecommendOptions(**options)
    )
    (row,) = generator.generate([request], ctx=CallContext(seed=seed))
    if isinstance(row, Err):
        raise row.error
    return row.candidates


def ids(candidates):
    return [c.meta["id"] for c in candidates]


def test_interests_choose_and_say_why():
    made = recommend({"interests": "reading", "catalogue": ENGLISH}, n=1)
    assert ids(made)[0] == "lamp"
    assert made[0].content.text.startswith("Because you like reading: Luna Lamp.")
    meta = made[0].meta
    assert (meta["basis"], meta["wish"], meta["matched"]) == ("words", "reading", ["category"])
    assert "reading" in meta["explanation"]["en"]
    assert "reading" in meta["explanation"]["zh"]


def test_chinese_profile_gets_chinese_copy():
    made = recommend({"interests": ["助眠"], "catalogue": CHINESE}, n=1)
    assert ids(made)[0] == "枕"
    assert made[0].content.text.startswith("因为你喜欢助眠：云朵枕。")
    assert made[0].content.language == "zh"


def test_no_reason_is_named_where_there_is_none():
    made = recommend({"interests": ["chess"], "catalogue": ENGLISH})
    assert all(c.meta["basis"] == "none" and "ecause" not in c.content.text for c in made)
    with pytest.raises(ComponentError, match="well enough"):
        recommend({"interests": ["chess"], "catalogue": ENGLISH}, min_relevance=0.1)


@pytest.mark.parametrize(
    ("inputs", "options", "left"),
    [
        ({}, {}, {"bottle", "boots", "lamp", "peak"}),
        ({}, {"in_stock": False}, {"bottle", "boots", "lamp", "pack", "peak"}),
        ({"budget": "£60"}, {}, {"bottle", "lamp"}),
        ({"budget": "£60"}, {"max_price": 25}, {"bottle"}),
        ({"budget": "low"}, {}, {"bottle", "lamp"}),
        ({"budget": "high"}, {}, {"bottle", "boots", "lamp", "peak"}),
        ({"history": ["trail boots"]}, {}, {"bottle", "lamp", "peak"}),
        ({"history": ["trail boots"]}, {"exclude_bought": False}, {"bottle", "boots", "lamp", "peak"}),
    ],
)
def test_filters(inputs, options, left):
    made = recommend({"interests": "hiking", "catalogue": ENGLISH, **inputs}, n=5, **options)
    assert set(ids(made)) == left
    assert sum(made[0].meta["left_out"].values()) == len(ENGLISH) - len(left)


def test_prices_of_another_currency_are_not_within_a_budget():
    with pytest.raises(ComponentError, match="3 over budget"):
        recommend({"interests": "助眠", "budget": "£500", "catalogue": CHINESE})
    assert ids(recommend({"interests": "助眠", "budget": "100元", "catalogue": CHINESE})) == ["枕"]


def test_diversity_moves_likes_apart():
    inputs = {"interests": "hiking boots", "catalogue": ENGLISH}
    assert ids(recommend(inputs, n=2, diversity=0.0))[:2] == ["boots", "peak"]
    assert ids(recommend(inputs, n=2, diversity=0.7))[:2] == ["boots", "bottle"]


def test_history_counts_less_than_an_interest():
    made = recommend({"interests": "reading", "history": "hiking", "catalogue": ENGLISH}, n=2, diversity=0.0)
    assert ids(made)[0] == "lamp"
    assert made[1].content.text.startswith("Because of your interest in hiking:")


@given(st.integers(0, 40), st.sampled_from(["hiking", "reading", "tea", "chess"]))
@settings(max_examples=25, deadline=None)
def test_copy_says_all_facts_and_no_others(seed, interest):
    for made in recommend({"interests": interest, "catalogue": ENGLISH}, n=5, seed=seed):
        item = {
            k: v
            for k, v in next(p for p in ENGLISH if p["id"] == made.meta["id"]).items()
            if k not in ("id", "stock")
        }
        report = FactChecker(read_brief({**item, "audience.interests": interest}), "en").check(
            made.content.text
        )
        assert report.faithful, (made.content.text, report)


def test_same_seed_same_answer_and_reserve_for_refused_ones():
    inputs = {"interests": "hiking", "catalogue": ENGLISH}
    assert recommend(inputs, seed=3) == recommend(inputs, seed=3)
    assert len(recommend(inputs, n=1)) == 3


# ---- files -------------------------------------------------------------------------------------------


def test_a_catalogue_file_is_read_again_when_it_changes(tmp_path):
    path = tmp_path / "products.jsonl"
    path.write_text("\n".join(map(json.dumps, ENGLISH)) + "\n\n", encoding="utf-8")
    assert ids(recommend({"interests": "reading"}, n=1, catalogue=str(path)))[0] == "lamp"
    path.write_text(json.dumps({"name": "Book Rest", "category": "reading stand"}) + "\n", encoding="utf-8")
    assert ids(recommend({"interests": "reading"}, n=1, catalogue=str(path))) == ["1"]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(BadInputError, match="Line 1"):
        recommend({"interests": "reading"}, catalogue=str(path))
    with pytest.raises(BadInputError, match="jsonl"):
        recommend({"interests": "reading"}, catalogue=str(tmp_path / "secrets.txt"))


# ---- encoder -----------------------------------------------------------------------------------------


class Engine:
    """Vectors by hand: bottle and 喝茶 are near, all else is far."""

    def encode(self, texts, prefix, *, ctx=None):
        rows = []
        for text in texts:
            near = "bottle" in text or "喝茶" in text
            rows.append(
                [1.0, 0.0, 0.0]
                if near
                else [0.7, *np.array([0.51**0.5 * (len(text) % 2), 0.51**0.5 * (1 - len(text) % 2)])]
            )
        return np.asarray(rows, dtype=np.float32)


def with_encoder():
    return SimpleNamespace(encoder=lambda _: Engine(), bundle=lambda _: SimpleNamespace(digest="d" * 64))


def without_encoder():
    def missing(_):
        raise ModelNotFoundError("not here")

    return SimpleNamespace(encoder=missing)


def test_the_encoder_finds_what_shares_no_word():
    made = recommend({"interests": "喝茶", "catalogue": ENGLISH}, n=1, language="en", runtime=with_encoder())
    assert (ids(made)[0], made[0].method, made[0].meta["basis"]) == ("bottle", "encoder", "meaning")
    assert "near to it in meaning" in made[0].meta["explanation"]["en"]
    assert [c.meta["basis"] for c in made[1:]] == ["none", "none"]


class Counting(Engine):
    """Notes what it reads."""

    def __init__(self):
        self.read = []

    def encode(self, texts, prefix, *, ctx=None):
        self.read += [(prefix, text) for text in texts]
        return super().encode(texts, prefix, ctx=ctx)


def test_products_are_encoded_once():
    engine = Counting()
    vectors = ProductVectors(most=3)
    ctx, alone = CallContext(), CallContext(deterministic=True)
    first = vectors.encode(engine, "d", ["a bottle", "b", "a bottle"], ctx)
    assert np.array_equal(first, Engine().encode(["a bottle", "b", "a bottle"], "passage: ").astype(float))
    assert [text for _, text in engine.read] == ["a bottle", "b"]
    again = vectors.encode(engine, "d", ["b", "c", "a bottle"], ctx)
    assert np.array_equal(again[[2, 0]], first[:2])
    assert [text for _, text in engine.read] == ["a bottle", "b", "c"]
    # Neither another encoder's vectors nor those of a batch serve a call that reads each text alone.
    vectors.encode(engine, "e", ["c"], ctx)
    vectors.encode(engine, "d", ["c"], alone)
    vectors.encode(engine, "d", ["b"], ctx)
    assert [text for _, text in engine.read][3:] == ["c", "c", "b"], "b was the oldest of four"
    assert {prefix for prefix, _ in engine.read} == {"passage: "}


def test_a_second_profile_reads_only_its_wishes():
    engine, generator = Counting(), RecommendGenerator()
    generator.load(
        SimpleNamespace(encoder=lambda _: engine, bundle=lambda _: SimpleNamespace(digest="d" * 64))
    )
    for wish in ("喝茶", "reading"):
        generator.generate([Request(inputs={"interests": wish, "catalogue": ENGLISH})], ctx=CallContext())
    asked = [text for prefix, text in engine.read if prefix == "query: "]
    assert (asked, len(engine.read)) == (["喝茶", "reading"], 2 + 4), "four products are in stock"
    generator.close()


def test_without_the_encoder_words_are_compared_unless_it_was_insisted_on():
    inputs = {"interests": "reading", "catalogue": ENGLISH}
    assert recommend(inputs, runtime=without_encoder())[0].method == "words"
    with pytest.raises(ModelNotFoundError):
        recommend(inputs, runtime=without_encoder(), method="encoder")


# ---- failure -----------------------------------------------------------------------------------------


def test_a_bad_row_fails_alone():
    good = {"interests": "hiking", "catalogue": ENGLISH}
    rows = RecommendGenerator().generate(
        [
            Request(inputs={"interests": "hiking"}),
            Request(inputs=good),
            Request(inputs={"catalogue": ENGLISH}),
            Request(inputs={**good, "catalogue": []}),
            Request(inputs={**good, "catalogue": ["x"]}),
            Request(inputs={**good, "catalogue": [{"id": 1, "name": "a"}, {"id": "1", "name": "b"}]}),
            Request(inputs={**good, "budget": "some"}),
            Request(inputs={**good, "interests": ["x" * 201]}),
            Request(inputs=good, language="fr"),
        ],
        ctx=CallContext(),
    )
    kinds = [type(row.error) if isinstance(row, Err) else None for row in rows]
    assert kinds == [
        BadInputError, None, BadInputError, BadInputError, BadInputError, BadInputError, BadInputError,
        InputTooLargeError, UnsupportedLanguageError,
    ]  # fmt: skip


def test_cancellation_is_heard():
    token = CancelToken()
    token.cancel()
    (row,) = RecommendGenerator().generate(
        [Request(inputs={"interests": "x", "catalogue": ENGLISH})], ctx=CallContext(cancel=token)
    )
    assert isinstance(row.error, CancelledError)


# ---- parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("hiking", "hikers"), ("Running", "runner"), ("batteries", "battery"), ("徒步", "徒步鞋")],
)
def test_forms_of_a_word_are_one_term(one, other):
    assert set(terms(one)) <= set(terms(other))


def test_ties_keep_the_catalogue_order():
    products = read_products([{"name": f"Thing {i}"} for i in "ABCD"])
    assert [r.product.name for r in rank(products, [Wish("chess")], 4, 0.0, None)] == [
        "Thing A",
        "Thing B",
        "Thing C",
        "Thing D",
    ]
