"""Chinese channel forms, and clothes as e-commerce describes them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.request import Generation, Request
from aigc_text.facts import FactChecker, read_brief
from aigc_text.facts.claims import SUPERLATIVE
from aigc_text.generators.copy.generator import CopyGenerator, blocks_of
from aigc_text.generators.copy.options import CopyOptions

CUP = {"名称": "极光保温杯", "品类": "保温杯", "价格": "129元", "材质": "316不锈钢", "容量": "500毫升", "卖点": "12小时保温、一键开盖"}  # fmt: skip
SHIRT = {
    "类型": "上衣",
    "版型": "宽松",
    "材质": "棉",
    "图案": ["条纹", "刺绣"],
    "衣样式": "衬衫",
    "风格": ["简约", "文艺"],
    "衣领型": "翻领",
    "衣袖长": "长袖",
}


def texts(inputs, candidates=6):
    request = Request(id="r", inputs=inputs, language="zh", options=CopyOptions(candidates=candidates))
    (row,) = CopyGenerator().generate([request], ctx=CallContext(seed=2))
    assert isinstance(row, Generation), row
    return [candidate.content.text for candidate in row.candidates]


def test_xiaohongshu_has_a_title_with_emoji_paragraphs_and_hashtags():
    for text in texts({**CUP, "channel": "小红书", "audience.interests": "露营"}):
        title, *paragraphs, tags = text.split("\n\n")
        assert (
            sum(
                ord(c) > 0x2600 and not "\u4e00" <= c <= "\u9fff" and c not in "，。！？：；、（）「」"
                for c in title
            )
            <= 2
        )
        assert "极光保温杯" in title
        assert all(len(paragraph) <= 80 for paragraph in paragraphs)
        assert tags.startswith("#极光保温杯")
        assert "#露营" in tags


def test_moments_are_two_to_four_lines():
    for text in texts({**CUP, "channel": "朋友圈", "audience.age": "30"}):
        assert 2 <= len(text.split("\n")) <= 4


def test_product_page_lists_facts():
    for text in texts({**CUP, "channel": "电商详情"}):
        assert text.startswith("极光保温杯\n\n")
        assert text.count("\n• ") >= 3


def test_a_text_message_fits_one_message_and_is_signed():
    for text in texts({**CUP, "品牌": "山野", "channel": "短信"}):
        assert text.startswith("【山野】")
        assert len(text) <= 70


def test_clothes_without_a_name_are_called_by_their_sort():
    for text in texts(SHIRT):
        assert "这款上衣" in text
        assert "裙衣" not in text
        assert FactChecker(read_brief(SHIRT), "zh").check(text).faithful


@pytest.mark.parametrize("key", ["无糖", "不掉毛", "可机洗", "含早餐", "免安装", "支持快充"])
def test_a_yes_no_name_that_is_a_statement_is_said_as_one(key):
    for text in texts({"名称": "极光", key: True, "价格": "9元"}):
        assert key in text
        assert f"{key}：是" not in text
    denied = f"{key}：否" if key[0] in "无不免" else f"不{key}"
    assert all(denied in text for text in texts({"名称": "极光", key: False}, candidates=2))


def test_a_price_of_a_special_kind_keeps_its_name():
    assert all("到手价" in text for text in texts({"名称": "极光保温杯", "到手价": "99元"}))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_wordings_of_facts_claim_nothing_either(language):
    for wording in blocks_of(language).wordings.values():
        for line in (*wording.predicates, *wording.sentences, *wording.several, wording.compact):
            assert not SUPERLATIVE[language].search(line.lower()), line
            assert not any(c.isdigit() for c in line), line


def test_every_clothing_description_of_the_advertising_data_is_stated_whole():
    """Inputs of AdvertiseGen (Shao et al. 2019): coverage 1, nothing invented, on all of them."""
    data = os.environ.get("AIGC_DATA")
    path = Path(data or "") / "text/d2t_advertisegen/advertisegen_dev_part.jsonl"
    if data is None or not path.is_file():
        pytest.skip("AIGC_DATA is unset or lacks text/d2t_advertisegen")
    requests, briefs = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        values: dict[str, list[str]] = {}
        for pair in json.loads(line)["content"].split("*"):
            key, value = pair.split("#", 1)
            values.setdefault(key, []).append(value)
        requests.append(
            Request(id=str(number), inputs=values, language="zh", options=CopyOptions(candidates=1))
        )
        briefs.append(read_brief(values))
    assert len(requests) == 770
    for brief, row in zip(briefs, CopyGenerator().generate(requests, ctx=CallContext(seed=1)), strict=True):
        assert isinstance(row, Generation), row
        report = FactChecker(brief, "zh").check(row.candidates[0].content.text)
        assert report.coverage == 1.0
        assert not report.invented
        assert not row.candidates[0].meta.get("repairs")
