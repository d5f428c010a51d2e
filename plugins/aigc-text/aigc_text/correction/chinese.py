"""Chinese: punctuation, widths, known confusions and the clear cases of 的, 地, 得.

There is no spell checker behind it. What Chinese writers type wrong is mostly a real word in the wrong place, and the data
that would train a detector of those carries no permissive licence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from aigc_sdk.verdict import Explanation
from aigc_text.correction.chinese_confusions import BEFORE, BEHIND, CONFUSIONS, ONLY_BEFORE
from aigc_text.correction.correction import Correction, Kind
from aigc_text.correction.protected import Protected
from aigc_text.languages import HAN

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_HALF_MARK = re.compile(rf"(?<=[{HAN}”’）】》])([,;:!?])[ \t]*(?=[{HAN}“‘（【《]|\s*$|\n)")
_HALF_STOP = re.compile(rf"(?<=[{HAN}”’）】》])\.(?=[{HAN}“]|\s*$|\n)")
_PAIRED = re.compile(rf"\((?=[^()\n]*[{HAN}])([^()\n]{{1,80}})\)")
_DOUBLED = re.compile(
    r"([，、；：])\1+|(?<!。)。。(?!。)|[，、；：]{1,4}(?=[。！？])|(?<=[。！？])[，、；：]+|，、|、，"
)
_BETWEEN = re.compile(rf"(?<=[{HAN}])[ \t]+(?=[，。！？；：、])|(?<=[，。！？；：、])[ \t]+(?=[{HAN}])")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")

_DEGREE = "很|非常|特别|十分|更加|格外|如此|这么|那么|不够|太"
_RESULT = re.compile(
    rf"(?<=[跑做说写吃玩睡长过唱跳考变走飞穿打住笑哭])的(?=(?:{_DEGREE})[{HAN}]{{1,3}}[，。！？；\s]|(?:飞快|一塌糊涂|津津有味|不亦乐乎))"
)
_MANNER = re.compile(
    r"(?:慢慢|渐渐|悄悄|轻轻|默默|静静|偷偷|紧紧|狠狠|缓缓|深深|牢牢|匆匆|急忙|飞快|不停|不断|不由自主|情不自禁|小心翼翼|迫不及待|津津有味|兴高采烈)(的)"
    r"(?=(?:说|走|跑|看|笑|听|吃|喝|问|站|坐|拿|拉|推|打开|关上|想|点头|离开|靠近|抱|握|爱上|流|落|闭|睁|告诉|等|变|发展|提高|改变|增加|减少|追|盯)(?!法|的|者|书|机))"
)
_LIKE = re.compile(
    r"(?:漂亮|美丽|可爱|伟大|新鲜|优质|精美|舒适|时尚|健康|温暖|干净|先进|优秀|完美)(地)(?=(?:产品|设计|颜色|外观|环境|酒店|房间|衣服|裙子|面料|食材|味道|服务|品质|女孩|孩子|生活|世界|朋友|家))"
)


@functools.cache
def _confusions() -> re.Pattern[str]:
    # Longest first, so that 渡假村 is met before anything shorter within it.
    return re.compile("|".join(sorted(map(re.escape, CONFUSIONS), key=len, reverse=True)))


def chinese(text: str, guard: Protected) -> list[Correction]:
    """What the rules object to."""
    return [c for c in _all(text, guard) if not guard.covers(*c.span)]


def _all(text: str, guard: Protected) -> Iterator[Correction]:
    for match in _confusions().finditer(text):
        wrong = match[0]
        before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if (before and before in BEFORE.get(wrong, "")) or (behind and behind in BEHIND.get(wrong, "")):
            continue
        if wrong in ONLY_BEFORE and (not behind or behind not in ONLY_BEFORE[wrong]):
            continue
        if any(wrong in name for name in guard.known):
            continue
        yield _made(
            match.span(), CONFUSIONS[wrong], "grammar", 0.92, "confusion", f"“{wrong}” is a common misspelling of “{CONFUSIONS[wrong]}”",
            f"“{wrong}”应为“{CONFUSIONS[wrong]}”",
        )  # fmt: skip
    for match in _HALF_MARK.finditer(text):
        yield _half(match.span(), match[1])
    for match in _HALF_STOP.finditer(text):
        yield _half(match.span(), ".")
    for match in _PAIRED.finditer(text):
        yield _made(
            match.span(),
            f"（{match[1]}）",
            "width",
            0.7,
            "half_width",
            "half-width brackets around Chinese",
            "中文应用全角括号",
        )
    for match in _DOUBLED.finditer(text):
        mark = match[0]
        # A comma before or behind a full stop gives way to it.
        drops = text[match.end() : match.end() + 1] in ("。", "！", "？") or text[
            max(0, match.start() - 1) : match.start()
        ] in (
            "。",
            "！",
            "？",
        )
        yield _made(
            match.span(), "" if drops else mark[0], "punctuation", 0.93, "doubled_mark", f"“{mark}”: one mark too many",
            f"标点重复：“{mark}”",
        )  # fmt: skip
    for match in _BETWEEN.finditer(text):
        yield _made(
            match.span(), "", "spacing", 0.9, "space_at_mark", "no space beside this mark", "标点旁不应有空格"
        )
    for match in _WIDE.finditer(text):
        narrow = "".join(chr(ord(c) - 0xFEE0) for c in match[0])
        yield _made(
            match.span(),
            narrow,
            "width",
            0.9,
            "full_width",
            "full-width digits or letters",
            "数字和字母应为半角",
        )
    for pattern, group, right, confidence in (
        (_RESULT, 0, "得", 0.8),
        (_MANNER, 1, "地", 0.8),
        (_LIKE, 1, "的", 0.85),
    ):
        for match in pattern.finditer(text):
            yield _made(
                match.span(group), right, "grammar", confidence, "de", f"“{right}” rather than “{match[group]}” here",
                f"此处应用“{right}”",
            )  # fmt: skip


def _half(span: tuple[int, int], mark: str) -> Correction:
    full = _FULL[mark]
    return _made(
        span,
        full,
        "width",
        0.9,
        "half_width",
        f"“{mark}” between Chinese is written “{full}”",
        f"中文应用全角标点“{full}”",
    )


def _made(
    span: tuple[int, int], replacement: str, kind: Kind, confidence: float, rule: str, en: str, zh: str
) -> Correction:
    return Correction(
        span, replacement, kind, confidence, rule, Explanation(code=f"{kind}.{rule}", en=en, zh=zh)
    )
