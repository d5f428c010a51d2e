"""Absolute claims in traditional characters, in pinyin, by homophones and cut apart; what merely sounds alike stays out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_text.moderators.adlaw.chinese import CHINESE
from aigc_text.moderators.adlaw.claim import MAX_MATCH
from aigc_text.moderators.adlaw.disguise import claim_folding, undisguised
from aigc_text.moderators.adlaw.matcher import find


def hits(text):
    return [(h.claim.name, text[h.start : h.end]) for h in find(CHINESE, text)]


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("國家級", "absolute"),
        ("最受歡迎", "absolute"),
        ("蕞佳", "absolute"),
        ("zui先进", "absolute"),
        ("醉便宜", "absolute"),
        ("zui jia", "absolute"),
        ("最jia", "absolute"),
        ("国家ji", "absolute"),
        ("guojiaji", "absolute"),
        ("顶j", "absolute"),
        ("鼎级", "absolute"),
        ("顶*级", "absolute"),
        ("国-家-级", "absolute"),
        ("最·佳", "absolute"),
        ("最\u200b佳", "absolute"),
        ("ｚｕｉ佳", "absolute"),
        ("第1品牌", "first"),
        ("第一品牌", "first"),
        ("弟一品牌", "first"),
        ("di一品牌", "first"),
        ("唯1指定", "only"),
        ("銷量第一", "first"),
        ("百分百無副作用", "hundred_percent"),
        ("穩賺不賠", "finance"),
        ("藥到病除", "medical"),
    ],
)
def test_a_disguised_claim_is_found_whole(claim, rule):
    text = f"本品,{claim},欢迎选购"
    found = [span for name, span in hits(text) if name == rule]
    assert found
    assert any(span == claim or claim in span or span in claim for span in found)
    assert all(h.end - h.start <= MAX_MATCH for h in find(CHINESE, text))


@pytest.mark.parametrize(
    "text",
    [
        "他喝醉了,嘴很甜,也没有罪",
        "醉酒驾车不安全",
        "维一生物是公司名",
        "第1页,第1名学生,第1期",
        "地一场大雨",
        "丁级考试",
        "鼎鼎大名的苏州-杭州高铁",
        "zuiver是一个荷兰品牌",
        "陈佳-李佳-王级",
        "追求最·佳",
        "最佳食用時間是三天",
    ],
)
def test_what_sounds_alike_stays_out(text):
    assert hits(text) == []


@given(st.text(alphabet="最蕞zuijia国家级第1一品牌*·- ，.\u200bＺ國級醉佳", max_size=40))
def test_places_stay_true(text):
    folded = undisguised(claim_folding()(text))
    assert folded.origin is None or len(folded.origin) == len(folded.text)
    for hit in find(CHINESE, text):
        assert 0 <= hit.start < hit.end <= len(text)
