"""Advertising law: which claims are found, which look-alikes are not, and how far a match can reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.request import Generation, Request
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err
from aigc_text.generators.copy.generator import CopyGenerator
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.moderators import specs
from aigc_text.moderators.adlaw.claim import MAX_MATCH, Claim, Law
from aigc_text.moderators.adlaw.matcher import REACH_BACK, find
from aigc_text.moderators.adlaw.moderator import CLAIMS, AdLawModerator

SPEC = next(s for s in specs.MODERATORS if s.id == "text/ad-law")

FOUND = [
    ("国家级工艺,品质出众", "cn/absolute"),
    ("给你最佳的睡眠", "cn/absolute"),
    ("顶级面料", "cn/absolute"),
    ("行业第一的扫地机", "cn/first"),
    ("全球唯一的配方", "cn/only"),
    ("送礼首选", "cn/preferred"),
    ("１００％有效", "cn/hundred_percent"),
    ("治愈率高达95%", "cn/medical"),
    ("有抗癌功效的茶", "cn/disease"),
    ("可以替代药物", "cn/health_food"),
    ("保本保息,稳赚不赔", "cn/finance"),
    ("签约保录取", "cn/education"),
    ("95%的用户推荐", "cn/data"),
    ("人民大会堂特供", "cn/state"),
    ("荣获中国驰名商标", "cn/well_known_mark"),
    ("吊打同行", "cn/rivals"),
    ("Britain's No. 1 brand", "uk/number_one"),
    ("The best mattress in the world", "eu/superlative"),
    ("Lowest prices guaranteed", "us/lowest_price"),
    ("Guaranteed results", "us/guaranteed_results"),
    ("It cures arthritis", "eu/cure"),
    ("Clinically proven", "uk/clinically_proven"),
    ("Dentist-approved", "us/endorsed"),
    ("It has no side effects", "uk/no_side_effects"),
    ("Lose 10 pounds in 2 weeks", "uk/weight_loss"),
    ("A risk-free investment", "us/finance"),
    ("Absolutely free", "eu/free"),
    ("Claim your prize", "eu/winning"),
    ("No prescription needed", "eu/sellable"),
    ("An eco-friendly bottle", "eu/green"),
    ("我们的产品质量最好，价格最优", "cn/absolute"),
    ("销量最高的国产精华", "cn/absolute"),
    ("这是最好的护肤品", "cn/absolute"),
    ("最新鲜的水果，最优惠的价格", "cn/absolute"),
    ("最 佳 选 择", "cn/absolute"),
    ("这把刀最好用。", "cn/absolute"),
    ("投资零风险。欢迎来电", "cn/finance"),
    ("喝这个茶可以降血压", "cn/disease"),
    ("缓解颈椎病、改善失眠", "cn/disease"),
    ("#1 rated app for runners", "us/number_one"),
    ("Best price guarantee", "uk/lowest_price"),
    ("We guarantee the lowest price", "uk/lowest_price"),
    ("Trade with us: you can't lose!", "us/finance"),
    ("Earn guaranteed passive income", "us/finance"),
    ("Say goodbye to arthritis", "uk/cure"),
    ("Burn fat while you sleep", "uk/weight_loss"),
]

LOOK_ALIKES = [
    "最好用温水清洗，最好吃清淡一点",
    "健康最优先，最优解在这里",
    "你觉得哪款手机最好用？",
    "怎样买到最便宜的机票？",
    "根据《广告法》不得使用“国家级”“最高级”“最佳”等用语",
    "史无前例的疫情考验",
    "You can't lose with these two teams in the final",
    "It never fails to make me smile",
    "A foolproof recipe for banana bread",
    "Nothing works since the update",
    "Nothing beats a home-cooked meal",
    "我第一次来",
    "第一步,打开盖子",
    "最近很忙",
    "最后三天",
    "每件商品都有唯一码",
    "最佳食用时间为三天",
    "首选项中可以修改",
    "面料为100%棉",
    "第一人民医院",
    "第3代,2024年第一季度上市",
    "本产品不能代替药物",
    "本基金不保本,投资有风险",
    "警惕稳赚不赔的骗局",
    "钱包过安检",
    "国家级自然保护区",
    "iPhone 15 Pro Max",
    "There is no cure for diabetes",
    "There is no risk-free investment",
    "Not the best mattress in the world",
    "Free of charge",
    "The first edition, no. 1 of 12",
    "Talk to a doctor about side effects",
    "Clinically proven (Journal of Sleep, 2021)",
]


def subcategories(text: str) -> set[str]:
    (row,) = AdLawModerator().moderate([Text(text)], stage=Stage.OUTPUT, ctx=CallContext())
    assert not isinstance(row, Err)
    return {f.subcategory or "" for f in row.findings}


@pytest.mark.parametrize(("text", "rule"), FOUND)
def test_a_claim_is_found_with_its_jurisdiction(text, rule):
    assert rule in subcategories(text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_finding(text):
    assert subcategories(text) == set()


def test_every_rule_has_an_example_here():
    assert {f"{law.jurisdiction}/{c.name}" for c in CLAIMS for law in c.laws if law.jurisdiction == "cn"} == {
        rule for _, rule in FOUND if rule.startswith("cn/")
    }
    assert {c.name for c in CLAIMS} == {rule.split("/")[1] for _, rule in FOUND}


def test_findings_point_at_the_text_and_cite_the_law_in_both_languages():
    text = "🎉 本店主打顶 级羊绒,稳赚不赔".replace(" 级", "\u200b级")
    (row,) = AdLawModerator().moderate([Text(text)], stage=Stage.OUTPUT, ctx=CallContext())
    quoted = {f.subcategory: text[int(f.spans[0].start) : int(f.spans[0].end)] for f in row.findings}
    assert quoted == {"cn/absolute": "顶\u200b级", "cn/finance": "稳赚不赔"}
    for finding in row.findings:
        assert finding.category is Category.AD_LAW
        assert "art." in finding.explanation.en
        assert "第" in finding.explanation.zh
        assert finding.replacement is not None


def test_one_claim_offends_each_jurisdiction_once():
    (row,) = AdLawModerator().moderate(
        [Text("It cures eczema. It cures acne.")], stage=Stage.OUTPUT, ctx=CallContext()
    )
    assert [f.subcategory for f in row.findings] == ["uk/cure", "us/cure", "eu/cure"]
    assert all(len(f.spans) == 2 for f in row.findings)
    assert "Annex I no. 17" in row.findings[2].explanation.en


def test_laws_name_known_jurisdictions_and_nothing_is_grave():
    assert {law.jurisdiction for c in CLAIMS for law in c.laws} == {"cn", "uk", "us", "eu"}
    assert {c.severity for c in CLAIMS} == {Severity.LOW, Severity.MEDIUM}


def test_the_spec_states_the_bound_and_screens_output_only():
    assert SPEC.max_match == MAX_MATCH
    assert SPEC.stages == (Stage.OUTPUT,)
    assert SPEC.categories == (Category.AD_LAW,)


def test_an_unbounded_or_grave_rule_is_refused():
    law = (Law("cn", "x", "x"),)
    with pytest.raises(ValueError, match="may match"):
        Claim("wide", "最.*好", ("最",), law, "x", "x")
    with pytest.raises(ValueError, match="severity"):
        Claim("grave", "最好", ("最",), law, "x", "x", severity=Severity.HIGH)


PIECES = st.sampled_from(
    [t for t, _ in FOUND]
    + LOOK_ALIKES
    + ["\u200b", "\u0301", " ", "\n", "。", "不是", "not ", "%", "第一", "100%"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_a_stream_has_seen_is_enough(text):
    """A slice from `REACH_BACK` before a match to its bound holds the same finding: streams rely on it."""
    for hit in find(CLAIMS, text):
        assert hit.end - hit.start <= MAX_MATCH
        begin = max(0, hit.start - REACH_BACK - MAX_MATCH)
        piece = find((hit.claim,), text[begin : hit.start + MAX_MATCH + 1])
        assert (hit.start - begin, hit.end - begin) in {(h.start, h.end) for h in piece}


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_triggers_only_save_time(text):
    always = [replace(claim, triggers=("",)) for claim in CLAIMS]
    plain = [(h.claim.name, h.start, h.end) for h in find(CLAIMS, text)]
    assert plain == [(h.claim.name, h.start, h.end) for h in find(always, text)]


def test_rows_that_cannot_be_read_are_errors():
    token = CancelToken()
    token.cancel()
    (row,) = AdLawModerator().moderate([Text("顶级")], stage=Stage.OUTPUT, ctx=CallContext(cancel=token))
    assert isinstance(row, Err)


CUP = {
    "名称": "极光保温杯",
    "品类": "保温杯",
    "价格": "129元",
    "材质": "316不锈钢",
    "卖点": "12小时保温、一键开盖",
}
DRESS = {"类型": "裙", "版型": "宽松", "材质": "棉", "图案": ["条纹"], "风格": ["简约"], "衣袖长": "长袖"}
LAMP = {
    "name": "Luna",
    "product": "desk lamp",
    "colour": "blue",
    "price": "$39",
    "features": ["dimmable", "USB-C"],
}
PUB = {"name": "The Mill", "eatType": "pub", "food": "Italian", "area": "riverside", "priceRange": "cheap"}


@pytest.mark.parametrize(
    ("inputs", "language", "channels"),
    [
        (CUP, "zh", ("小红书", "朋友圈", "电商详情", None)),
        (DRESS, "zh", ("小红书", "朋友圈", "电商详情", None)),
        (LAMP, "en", ("email", "product page", "social", None)),
        (PUB, "en", ("email", "social", None)),
    ],
)
def test_built_in_templates_make_no_such_claim(inputs, language, channels):
    texts = []
    for seed in range(40):
        for channel in channels:
            given_inputs = inputs if channel is None else {**inputs, "channel": channel}
            request = Request(
                id=f"r{seed}", inputs=given_inputs, language=language, options=CopyOptions(candidates=4)
            )
            (row,) = CopyGenerator().generate([request], ctx=CallContext(seed=seed))
            assert isinstance(row, Generation), row
            texts += [c.content.text for c in row.candidates]
    assert len(set(texts)) > 40
    assert [(t, [h.claim.name for h in find(CLAIMS, t)]) for t in texts if find(CLAIMS, t)] == []
