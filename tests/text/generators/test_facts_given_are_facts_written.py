"""The promise of text/copy: whatever the attributes, every candidate states them all and invents none."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Generation, Request
from aigc_text.facts import FactChecker, read_brief
from aigc_text.generators.copy.generator import CopyGenerator
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.copy.profile import CHANNELS

KEYS_EN = [
    "name", "price", "features", "colour", "material", "weight", "battery_life", "origin", "warranty", "brand", "category",
    "suitable_for", "rating", "area", "near", "food", "url", "discount", "description", "is_waterproof", "familyFriendly",
    "Gizmo count", "made_by", "flux-rating", "x", "length",
]  # fmt: skip
KEYS_ZH = [
    "名称", "价格", "卖点", "颜色", "材质", "重量", "续航", "产地", "质保", "品牌", "品类", "适合人群", "评分", "防水", "优惠",
    "链接", "怪属性", "尺码2", "name", "price", "蓝牙版本",
]  # fmt: skip
VALUES_EN = st.one_of(
    st.sampled_from(
        [
            "£20", "20 pounds", "£20-25", "less than £20", "1,299", "30 hours", "250 g", "12-hour heat retention", "5 out of 5",
            "merino wool", "the best dad", "free shipping", "iPhone 15 Pro", "Café Rouge", "yes", "no", "No. 1 choice",
            "Keeps drinks hot.", "a, b and c", "https://acme.com/x", "+44 20 7946 0958", "2025-03-12", "100%", "10:30", "Not",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=24
    ),
    st.integers(0, 10**7),
    st.floats(0, 1e6, allow_nan=False).map(lambda x: round(x, 2)),
    st.booleans(),
)  # fmt: skip
VALUES_ZH = st.one_of(
    st.sampled_from(
        [
            "129元", "1,299 元", "¥1299", "12小时保温", "316不锈钢", "八折", "两年", "最佳拍档", "包邮", "景德镇", "4.8分", "是", "否",
            "一二三", "第一名", "10万", "5", "万能胶", "轻。便。", "无线充电", "iPhone 15", "３００ｍｌ", "不",
        ]
    ),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12),
    st.integers(0, 10**6),
    st.booleans(),
)  # fmt: skip


def attributes(keys: list[str], values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    value = st.one_of(values, st.lists(values, min_size=1, max_size=4))
    return st.dictionaries(st.sampled_from(keys), value, min_size=1, max_size=7)


def steering(voices: list[str]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "channel": st.sampled_from(CHANNELS),
            "brand.voice": st.sampled_from(voices),
            "audience.age": st.sampled_from(["25-34", "teens", "72", "under 12"]),
            "audience.interests": st.sampled_from(["hiking", "徒步, 露营", "craft beer; 3D printing"]),
            "audience.budget": st.sampled_from(["low", "£50", "充足"]),
            "audience.history": st.sampled_from(["new", "loyal", "trail shoes, head torch", "老客户"]),
        },
    )


def check_all(inputs: dict[str, object], language: str, seed: int) -> None:
    try:
        brief = read_brief(inputs)
    except ValueError:
        return  # nothing in them that could be written
    generator = CopyGenerator()
    request = Request(id="r", inputs=inputs, language=language, options=CopyOptions(candidates=3))
    row = generator.generate([request], ctx=CallContext(seed=seed))[0]
    assert isinstance(row, Generation), row
    checker = FactChecker(brief, language)
    for candidate in row.candidates:
        assert isinstance(candidate.content, Text)
        report = checker.check(candidate.content.text)
        assert report.coverage == 1.0, (candidate.content.text, report.explanation())
        assert not report.invented, (candidate.content.text, report.explanation())


SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(attributes(KEYS_EN, VALUES_EN), steering(["playful", "luxury", "warm"]), st.integers(0, 9))
def test_english(facts: dict[str, object], steer: dict[str, object], seed: int) -> None:
    check_all({**facts, **steer}, "en", seed)


@SLOW
@given(attributes(KEYS_ZH, VALUES_ZH), steering(["活泼", "专业", "科技"]), st.integers(0, 9))
def test_chinese(facts: dict[str, object], steer: dict[str, object], seed: int) -> None:
    check_all({**facts, **steer}, "zh", seed)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_next_to_units_in_other_facts(language: str) -> None:
    check_all(
        {"name": "5", "price": "5 元", "count": ["5", "5 kg", "50"], "g": "5", "尺码2": "3"}, language, 0
    )
