"""Absolute terms written so that a list misses them: 蕞佳, zui好的产品, 国家ji, 第1品牌, 顶*级.

Homophones stand for a word only where what follows completes a claim, since most of them are words of their own.
The substitutions look at a few characters alone, so that a stream finds the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aigc_text.moderators.lexicon_fold import term_folding
from aigc_text.moderators.lexicon_variants import plain_letter
from aigc_text.moderators.normalise import Folded, Folding

# What follows 最 in claims; ordinary words that sound alike (醉, 罪, 嘴) are left alone before anything else.
_PRAISE = "佳|优质?|先进|强大|畅销|热销|热卖|受欢迎|专业|安全|有效|权威|豪华|奢华|完美|划算|便宜|高端|高级|高品质|实惠|正宗|好用|好吃|低价|好的"
_GOODS = "品牌|大品牌|选择|名牌|神器|大"
_FORMS: tuple[tuple[str, str], ...] = (
    (rf"蕞|㝡|(?<![a-z])zui ?(?=[\u4e00-\u9fff])|[醉罪嘴](?={_PRAISE})", "最"),
    (r"(?<![a-z])zui ?jia(?![a-z])|最 ?jia?(?![a-z])", "最佳"),
    (
        r"(?<![a-z])guo ?jia ?ji(?![a-z])|国家 ?ji?(?![a-z])|国jia级|guojia级|国家[極急极](?=产品|品质|认证|别)",
        "国家级",
    ),
    (r"(?<![a-z])zui ?gao ?ji(?![a-z])|最高 ?ji?(?![a-z])", "最高级"),
    (r"(?<![a-z])ding ?ji(?![a-z])|[顶鼎丁] ?ji?(?![a-z])|鼎级", "顶级"),
    (r"(?<![a-z])ji ?pin(?![a-z])|级品(?=[,.!。]|$)", "极品"),
    (
        rf"第 ?(?:1|yi|壹)(?={_GOODS})|[弟帝地] ?[一1](?={_GOODS})|(?<![a-z])di ?(?:yi|一|1)(?={_GOODS})",
        "第一",
    ),
    (
        r"(?<=销量|人气|排名|口碑|全国|全网|行业|全球)(?:第 ?(?:1|壹)(?!\d|[0-9.]|[名位期届季个页])|di ?yi(?![a-z]))",
        "第一",
    ),
    (
        rf"(?<![a-z])wei ?yi(?=品牌|选择|指定|正品|授权|官方|推荐)|[唯维惟] ?(?:1|yi)(?={_GOODS}|指定|正品|授权|官方|推荐)",
        "唯一",
    ),
    (r"(?<![a-z])shou ?xuan(?=品牌|产品|好物|佳品)|手选(?=品牌|好物|佳品)", "首选"),
    (r"(?<![a-z])wu ?yu ?lun ?bi(?![a-z])", "无与伦比"),
)
# Blanks too, where what they part is such a term: 最 佳, 顶 级.
_CUT = r"(?<=最) {1,2}(?=[佳优先高低])|(?<=顶) {1,2}(?=[级尖])|(?<=[\u4e00-\u9fff])[*·•_~|^+=/\\#-]{1,3}(?=[\u4e00-\u9fff])"
_DISGUISES = re.compile("|".join(f"({pattern})" for pattern, _ in _FORMS) + f"|{_CUT}")


@lru_cache(maxsize=1)
def claim_folding() -> Folding:
    """What claims are read in: levelled, in simplified characters, and in plain Latin letters."""
    terms = term_folding()

    def fold_one(char: str) -> str:
        plain = plain_letter(char)
        return plain if plain != char else "".join(map(plain_letter, terms(char).text))

    return Folding(fold_one)


def undisguised(folded: Folded) -> Folded:
    """``folded`` with disguised absolute terms written out; itself where there are none."""
    text = folded.text
    if text.isascii() or not (match := _DISGUISES.search(text)):
        return folded
    known = folded.origin
    origin: list[int] = []
    pieces: list[str] = []
    done = 0
    while match is not None:
        start, end = match.span()
        pieces.append(text[done:start])
        origin += range(done, start)
        if match.lastindex is not None:
            word = _FORMS[match.lastindex - 1][1]
            pieces.append(word)
            origin += [min(start + place, end - 1) for place in range(len(word) - 1)]
            origin.append(end - 1 if len(word) > 1 else start)
        done = end
        match = _DISGUISES.search(text, end)
    pieces.append(text[done:])
    origin += range(done, len(text))
    return Folded(folded.source, "".join(pieces), origin if known is None else [known[i] for i in origin])
