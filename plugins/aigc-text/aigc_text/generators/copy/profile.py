"""What steering means: voice, age group, budget, history and channel, from free words in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aigc_sdk.errors import BadInputError
from aigc_text.facts.inputs import Brief, Length

_VOICES = {
    "professional": "professional formal corporate serious business trustworthy authoritative 专业 正式 商务 严谨 稳重 权威",
    "playful": "playful fun funny witty humorous cheeky quirky bold young youthful energetic 活泼 俏皮 有趣 幽默 年轻 搞怪 可爱 轻松",
    "luxury": "luxury luxurious premium elegant sophisticated exclusive refined minimal high-end upscale 高端 奢华 高级 优雅 精致 轻奢 尊贵",
    "technical": "technical technological expert precise scientific nerdy engineering factual 科技 技术 参数 极客 理性 硬核",
    "friendly": "friendly warm caring casual kind conversational gentle neighbourly welcoming 亲切 温暖 友好 温馨 贴心 随和 走心",
}  # fmt: skip

_AGES = {
    "child": "child children kid kids toddler baby infant 儿童 孩子 宝宝 婴儿 小学生 幼儿",
    "teen": "teen teens teenager teenagers adolescent genz 青少年 中学生 高中生 初中生 少年",
    "young": "young student students twenties millennial millennials graduate 青年 年轻人 年轻 大学生 学生 九零后 零零后 90后 00后",
    "adult": "adult adults middle-aged thirties forties parents professionals 成年人 成年 中年 上班族 白领 家长 宝妈",
    "senior": "senior seniors elderly retired retiree retirees older pensioner 老年 老人 长者 老年人 退休 银发",
}  # fmt: skip

_BUDGETS = {
    "low": "low tight limited small cheap budget frugal modest 低 有限 紧 便宜 省钱 学生党 实惠",
    "medium": "medium mid moderate average middle normal 中 中等 适中 一般",
    "high": "high large generous premium luxury unlimited big 高 充足 宽裕 不限 高端",
}

_HISTORIES = {
    "new": "new none first-time prospect 新 新客 新用户 新客户 无 首次",
    "returning": "returning repeat existing customer 回头客 老客户 老用户 复购 老客",
    "loyal": "loyal vip member regular 忠实 会员 忠实客户 忠实用户 贵宾",
}

_CHANNELS = {
    "email": "email e-mail mail newsletter edm 邮件 电子邮件 邮箱",
    "sms": "sms text message texting 短信 短讯",
    "social": "social instagram facebook twitter x tiktok linkedin post weibo 微博 社交 社媒 抖音",
    "moments": "moments wechat wechat_moments 朋友圈 微信朋友圈 微信",
    "xiaohongshu": "xiaohongshu rednote red 小红书 种草",
    "product": "product product_page productpage page web website ecommerce e-commerce shop listing 商品详情 电商详情 详情页 电商 商品页 淘宝 京东",
    "banner": "banner ad poster headline 横幅 海报 广告 广告语 标题",
    "push": "push notification push_notification 推送 通知 弹窗",
    "general": "general paragraph text_only any default 通用 段落",
}  # fmt: skip


def _table(groups: dict[str, str]) -> dict[str, str]:
    return {word: group for group, words in groups.items() for word in (group, *words.split())}


_VOICE_OF, _AGE_OF, _BUDGET_OF = _table(_VOICES), _table(_AGES), _table(_BUDGETS)
_HISTORY_OF, _CHANNEL_OF = _table(_HISTORIES), _table(_CHANNELS)
CHANNELS = tuple(_CHANNELS)


def _lookup(table: dict[str, str], text: str | None) -> str | None:
    """The group of the first known word: whole text, then Latin words, then Chinese words within it."""
    if not text:
        return None
    lowered = text.strip().lower()
    if lowered in table:
        return table[lowered]
    for word in re.findall(r"[a-z][a-z-]*", lowered):
        if word in table:
            return table[word]
    for word in sorted((w for w in table if len(w) > 1 and not w.isascii()), key=len, reverse=True):
        if word in lowered:
            return table[word]
    return None


def named_voice(text: str | None) -> str | None:
    """The nearest of the five built-in voices; None where none is near."""
    return _lookup(_VOICE_OF, text)


def voice_of(text: str | None) -> str:
    """The nearest of the five built-in voices; ``friendly`` where none is near."""
    return named_voice(text) or "friendly"


def age_group(text: str | None) -> str | None:
    """``child`` (under 13), ``teen``, ``young`` (20-34), ``adult`` (35-59) or ``senior``, from years or words."""
    if not text:
        return None
    years = [int(n) for n in re.findall(r"\d{1,3}", text)]
    if not years or "后" in text:
        return _lookup(_AGE_OF, text)
    age = sum(years[:2]) / len(years[:2])
    if re.search(r"under|below|以下|小于|<", text, re.IGNORECASE):
        age -= 1
    for limit, group in ((13, "child"), (20, "teen"), (35, "young"), (60, "adult")):
        if age < limit:
            return group
    return "senior"


def channel_of(text: str | None) -> str:
    """The built-in layout for a channel; ``general`` where none is asked for.

    Raises:
        BadInputError: If the channel is not known.
    """
    if text is None:
        return "general"
    found = _CHANNEL_OF.get(text.strip().lower().replace(" ", "_")) or _lookup(_CHANNEL_OF, text)
    if found is None:
        raise BadInputError(
            f"Unknown channel {text!r}.",
            hint=f"Known: {', '.join(CHANNELS)}, 朋友圈, 小红书, 电商详情, 短信, 邮件, 横幅, 推送.",
        )
    return found


@dataclass(frozen=True, slots=True)
class Profile:
    """Steering as the built-in blocks understand it."""

    voice: str
    channel: str
    age: str | None
    budget: str | None
    history: str | None
    length: Length


def read_profile(brief: Brief, channel: str | None = None) -> Profile:
    """Read steering; ``channel`` overrides the brief's."""
    where = channel_of(channel or brief.channel)
    short = where in ("sms", "banner", "push")
    audience = brief.audience
    history = None
    if brief.history:
        history = _HISTORY_OF.get(brief.history[0].lower()) if len(brief.history) == 1 else None
        history = history or "items"
    return Profile(
        voice=voice_of(brief.voice),
        channel=where,
        age=age_group(brief.age) or age_group(audience),
        budget=_lookup(_BUDGET_OF, brief.budget),
        history=history,
        length=brief.length or Length(name="short" if short else "medium"),
    )
