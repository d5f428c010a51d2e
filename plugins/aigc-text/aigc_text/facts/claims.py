"""Wordings that claim something on their own: superlatives and offers, in English and Chinese.

Advertising law in both languages' markets asks for proof of a superlative (for Chinese: Advertising Law of the PRC,
article 9), and an offer that nobody made is a broken promise. They count as invented where the inputs do not hold
the same words.
"""

from __future__ import annotations

import re

_SUPERLATIVE_EN = (
    r"\b(?:the )?(?:very )?best(?:[- ](?:ever|in class|selling))?\b(?! wishes| regards| before)|\bbest[- ]?sell(?:er|ing)s?\b"
    r"|\bfinest\b|\bgreatest\b|\bcheapest\b|\blowest\b|\bfastest\b|\bstrongest\b|\bsafest\b"
    r"|\bsmartest\b|\blightest\b|\bsoftest\b|\bmost (?!of\b|people\b|days\b|likely\b|mornings\b|evenings\b)[a-z]+\b|\bnumber[- ]one\b|\bno\. ?1\b|#1\b"
    r"|\bworld[- ]?class\b|\bworld[- ]?leading\b|\bmarket[- ]leading\b|\bindustry[- ]leading\b|\baward[- ]winning\b"
    r"|\bunbeatable\b|\bunrivall?ed\b|\bunmatched\b|\bunparalleled\b|\bsecond to none\b|\bone of a kind\b"
    r"|\bguaranteed?\b|\b100 ?%|\brevolutionary\b|\bscientifically proven\b|\bclinically (?:proven|tested)\b"
)
_SUPERLATIVE_ZH = (
    r"最(?!后|近|终|初|新消息|少|多(?!的)|爱|想|喜欢|开始|怕|重要的是)[\u4e00-\u9fff]{1,2}|第一(?!次|眼|步|时间|天|口|印象|章|个(?!品牌))|唯一|顶级|顶尖|极致|极品|国家级|世界级"
    r"|全球领先|行业领先|遥遥领先|独一无二|史上|全网最低|销量冠军|销冠|王牌|绝无仅有|空前绝后|万能|100%|百分之百|首选"
)
_OFFER_EN = (
    r"\bfree (?:shipping|delivery|returns?|gift|trial|sample)s?\b|\bfor free\b|\bfree of charge\b"
    r"|\bdiscounts?\b|\bon sale\b|\bhalf[- ]price\b|\bspecial offers?\b|\blimited[- ](?:time|edition|offer|stock)\b"
    r"|\bmoney[- ]back\b|\bcash ?back\b|\bbuy one\b|\bwhile (?:stocks?|supplies) lasts?\b|\bonly today\b|\btoday only\b"
    r"|\blifetime (?:warranty|guarantee)\b|\b(?:same|next)[- ]day (?:delivery|shipping)\b|\bsave (?:up to|money|big)\b"
)
_OFFER_ZH = (
    r"包邮|免运费|免费|赠送|赠品|买一送一|打折|折扣|特价|秒杀|限时|限量|清仓|满减|优惠|促销|立减|返现|红包|抽奖"
    r"|假一赔十|正品保证|无理由退换?|终身质保|终身保修|当日达|次日达"
)

SUPERLATIVE = {"en": re.compile(_SUPERLATIVE_EN), "zh": re.compile(_SUPERLATIVE_ZH)}
OFFER = {"en": re.compile(_OFFER_EN), "zh": re.compile(_OFFER_ZH)}
