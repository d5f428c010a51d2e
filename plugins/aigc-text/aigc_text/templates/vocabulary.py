"""Words that copy may use about anything: they speak to the reader and claim no property of a thing.

Vetted by hand. What is left out matters: no word for a material, part, function, sort, place of sale, maker, person,
group of users, rank or offer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aigc_text.templates.blocks import Blocks


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STOP_EN = _words(
    """
    a an the this that these those it its itself you your yours yourself we us our ours they them their and
    or but so nor yet if then than as of to in on at by for with from into onto up out off down about over
    after before during while when where what who how why which whether is are was be been being am do does
    did done doing have has had having will would can could may might must should shall not no yes all any
    both each every either some more much many few most other another such own same too very just only even
    still also again ever never always often once there here now soon today because until without within
    through between back away around along ahead next isn don doesn won ll ve re let lets quite rather
    really truly simply perhaps maybe else that's
    """
)

_GENERIC_EN = _words(
    """
    meet say hello hi hey welcome discover enjoy love like want need wish look see find get take give come
    go try make bring choose pick grab buy order visit check learn know think feel imagine start begin wait
    ready keep ask tell share read explore treat join call thank thanks hope remember forget deserve
    introduce present celebrate smile happy excited glad curious proud invite picture day morning evening
    night afternoon week weekend time moment home life way place thing friend someone everyone anyone
    everything something anything nothing world choice favourite favorite companion style story detail
    heart mind hand eye adventure fun joy mood bit addition part peek glance closer close word question
    answer idea reason new perfect great good lovely nice wonderful ideal beautiful delightful charming
    little everyday daily own right true next please well better yes sure soon together today tonight
    whenever wherever whatever however said talk speak listen hear turn put set stay move
    step stop pass hold live work play rest relax breathe dream yourself myself oh ah wow ta da psst go-to
    must-have here's it's you're you'll we're let's that's don't can't won't you've fit suit match belong
    fall settle reach open add one first forward delight beauty cannot promise cheers alright found got came
    gone felt took thought met given chosen company busy greet await
    """
)

_GENERIC_ZH = _words(
    """
    你 您 我们 大家 朋友 自己 喜欢 喜爱 热爱 爱上 心动 心仪 遇见 相遇 认识 看看 来看 看一看
    瞧瞧 了解 感受 体会 体验 享受 拥有 选择 挑选 收下 带走 带回家 回家 送给 分享 推荐 介绍
    适合 陪伴 陪你 陪着 相伴 日常 生活 每天 每一天 今天 早晨 清晨 傍晚 夜晚 周末 时光 时刻
    瞬间 日子 心情 心意 小确幸 美好 温柔 温暖 惊喜 幸福 快乐 开心 舒心 安心 期待 等你 等着
    一起 不妨 可以 就是 这样 这款 这个 这里 那么 什么 怎么 为什么 因为 所以 如果 只要 还有
    以及 而且 但是 让你 给你 为你 属于 一份 一个 一次 一点 一下 一款 值得 留意 细节 故事 模样
    样子 选它 带上 出发 快来 来吧 吧 吗 呢 啊 呀 哦 啦 的 了 是 在 有 和 与 也 都 就 还
    很 真 好 要 想 会 能 来 去 到 把 被 让 给 从 对 为 着 过 地 得 它 他 她 们 这 那
    不 没 再 又 更 才 只 多 少 大 小 上 下 中 里 外 前 后 时 个 款 份 次 点 些 样 每
    当 像 像是 仿佛 似乎 愿 请 欢迎 准备好 已经 现在 马上 立刻 放心 懂你 懂得 仔细 慢慢 好好
    轻轻 静静 悄悄
    """
)

_CONTRACTION = re.compile(r"'(?:s|re|ll|ve|d|m|t)$")


def lemmas(word: str) -> set[str]:
    """The word and what it may be a form of: *loving* → *love*, *stopped* → *stop*. By spelling alone, generously."""
    word = _CONTRACTION.sub("", word.lower().replace("’", "'"))
    forms = {word}
    for ending, instead in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("er", ""),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            forms.add(stem + instead)
            if ending in ("ing", "ed") and len(stem) > 3 and stem[-1] == stem[-2]:
                forms.add(stem[:-1])
    return forms


@lru_cache(maxsize=4)
def _english() -> frozenset[str]:
    words = {_CONTRACTION.sub("", word) for word in (*_STOP_EN, *_GENERIC_EN)}
    return frozenset(part for word in words for part in (word, *word.split("-")))


def generic_words(blocks: Blocks, language: str) -> frozenset[str]:
    """Words (Chinese: also pieces of two to four characters) that say nothing about the thing.

    The lines of the building blocks that hold no fact are vetted too, so their words count.
    """
    if language == "en":
        return _english()
    return _chinese(tuple(_lines(blocks)))


def _lines(blocks: Blocks) -> list[str]:
    maps = (
        blocks.openers,
        blocks.nameless,
        blocks.bridges,
        blocks.age,
        blocks.budget,
        blocks.history,
        blocks.actions,
    )
    return [line for table in maps for lines in table.values() for line in lines] + list(blocks.interest)


@lru_cache(maxsize=4)
def _chinese(lines: tuple[str, ...]) -> frozenset[str]:
    words = set(_GENERIC_ZH)
    for line in lines:
        for run in re.findall("[\u4e00-\u9fff]+", re.sub(r"\{\w+\}", " ", line)):
            words.update(run[at : at + size] for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return frozenset(words)
