"""Harmless sentences that hold the words abuse is made of: training contrast, written for this SDK.

Identity terms in ordinary and in supportive sentences, trigger words in their everyday sense, marketing copy.
Linear models otherwise learn that the word is the abuse. Nothing here is hateful, and none of it is used to
judge the models.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from aigc_text.training.contrast_families import harmless_speech

GROUPS_EN = (
    "muslim", "christian", "jewish", "hindu", "buddhist", "black", "white", "asian", "african", "chinese",
    "indian", "mexican", "arab", "latino", "immigrant", "refugee", "gay", "lesbian", "bisexual", "transgender",
    "disabled", "deaf", "blind", "autistic", "female", "male", "old", "young", "poor", "jew", "roma", "queer",
)  # fmt: skip
_ABOUT_EN = (
    "I am a {} person and I love my city.", "My {} neighbour brought us dinner last night.",
    "{} people deserve the same rights as everyone.", "The {} community opens a new centre today.",
    "We welcome {} customers and {} staff.", "She writes about {} history and culture.",
    "It is wrong to say that {} people are less worth than others.", "Nobody should be insulted for being {}.",
    "The article reports violence against {} people in the region.", "What does it mean to grow up {}?",
    "Recommend novels by {} authors, please.", "He was attacked because he is {}, and the court convicted the men.",
    "Many {} women work in science.", "Two {} men opened a bakery near the station.", "How do {} families celebrate the new year?",
    "Calling {} people names is not a joke, it hurts.", "A {} girl won the chess tournament.",
    "being {} is nothing to be ashamed of", "my best friend is {}", "are there {} actors in this film?",
)  # fmt: skip
_TRIGGERS_EN = (
    "How do I kill a {} process on Linux?", "What kills weeds in a {} garden?", "How can I shoot a good photo of a {}?",
    "This {} is sick, I want two of them.", "Our {} deal is so good it is insane.", "The {} bombed at the box office.",
    "I would kill for a slice of that {}.", "How to blow up a {} balloon without a pump?", "The {} battery died again.",
    "Cut the {} in half and beat the eggs.", "Stop the {} attack in chess with your queen.", "Who won the {} fight last night?",
    "My {} is dumb, it keeps restarting.", "I hate waiting for the {} bus.", "That was a killer {} solo.",
    "The {} is the bomb!", "Where can I get a {} shot before the trip?", "Punch a hole in the {} and hang it up.",
    "Is it a crime to copy a {} cassette?", "The villain in the {} film is a monster.", "I hate {} so much, it tastes bad.",
    "What a stupid {}, it broke after a day.", "Please destroy the old {} after the update.", "This {} sucks, I want my money back.",
)  # fmt: skip
THINGS_EN = (
    "phone", "coffee", "cake", "guitar", "python", "garden", "laptop", "bike", "camera", "pizza", "printer",
    "movie", "game", "jacket", "kitchen", "city", "summer", "browser", "speaker", "car",
)  # fmt: skip
# Ordinary words and names that hold a swear word inside.
_INNOCENT_EN = (
    "Scunthorpe", "Essex", "Sussex", "Middlesex", "Penistone", "Clitheroe", "Lightwater", "Cockburn", "Hancock", "Arsenal",
    "Dickens", "Hitchcock", "Matsushita", "Shiitake", "cocktail", "peacock", "grapefruit", "therapist", "analysis", "assessment",
    "class", "glass", "passage", "bass guitar", "button", "document", "circumference", "raccoon", "cucumber", "title", "Nigeria",
    "Niger", "Montenegro", "snigger", "pushing it", "swan knoll", "mishit", "Uranus", "Bangkok", "Assam tea", "Dyke Road",
)  # fmt: skip
_NAMED_EN = (
    "We spent the weekend in {}.", "What does {} mean?", "The lecture about {} starts at nine.", "I read the page on {} twice.",
    "{} was mentioned on the news today.", "Please add {} to the list.", "Is {} far from here?", "My notes on {} are in the bag.",
)  # fmt: skip
_COPY_EN = (
    "Save {}% on every {} this weekend only.", "Meet the new {}: lighter, faster, {}% longer battery life.",
    "Free delivery on your first {}, {}-day returns.", "A {} for everyone, from {} dollars.",
    "Order your {} today and collect {} points.", "Only {} left: the {} that sold out last year is back.",
    "Our best {} yet. Try it free for {} days.", "Join {} happy customers and upgrade your {}.",
    "Buy one {}, get the second one {}% off.", "Call us at 1-800-{} to book a {} fitting.",
    "Win back your evenings with a {} that cooks for {}.", "Limited offer: {} vouchers for {} lovers.",
    "Hot summer, cool {}: now {} pounds.", "The {} mums and dads trust, rated {} out of 5.",
)  # fmt: skip
_NEWS_EN = (
    "Police say two people were killed in an attack on a {} shop.", "The court sentenced the {} gunman to life in prison.",
    "{} troops killed four militants near the border, officials said.", "Bombs exploded outside a {} embassy, wounding dozens.",
    "The {} president condemned the terrorist attack.", "A {} suicide bomber struck a police station on Monday.",
    "Protesters accuse the {} government of racism and torture.", "{} hostages were freed after a week of talks.",
    "The film shows the murder of a {} family during the war.", "{} prisoners were abused by guards, the report says.",
)  # fmt: skip
_NEWS_ZH = (
    "警方称{}商店遭袭，两人死亡。", "法院判处杀害{}的凶手无期徒刑。", "{}遇害案告破，嫌疑人落网。", "电影讲述战争中{}一家被屠杀的历史。",
    "炸弹在{}使馆外爆炸，数十人受伤。", "报告称{}囚犯遭到虐待。", "抗议者指责政府歧视{}。", "{}被骗走十万元，警方提醒防范诈骗。",
)  # fmt: skip
_NUMBERS = (5, 20, 30, 48, 100, 555, 2500)

_GROUPS_ZH = (
    "穆斯林", "基督徒", "犹太人", "回族", "藏族", "维吾尔族", "黑人", "白人", "亚洲人", "非洲人", "印度人", "日本人",
    "韩国人", "美国人", "河南人", "东北人", "上海人", "广东人", "移民", "难民", "同性恋者", "女性", "男性", "女权主义者",
    "残疾人", "聋人", "盲人", "老人", "外地人", "农民工", "女司机", "单亲妈妈",
)  # fmt: skip
_ABOUT_ZH = (
    "我的邻居是{}，昨天给我们送了晚饭。", "{}应该享有和大家一样的权利。", "社区为{}开了一间新的活动中心。",
    "我们欢迎{}来店里做客。", "她写了一本关于{}历史的书。", "不应该因为一个人是{}就骂他。", "请推荐几部{}导演的电影。",
    "说{}不如别人是错误的。", "报道提到针对{}的暴力事件，警方已经介入。", "很多{}在科研岗位上工作。", "歧视{}的言论让人难过。",
    "两位{}在车站旁边开了面包店。", "{}怎么过新年？", "我最好的朋友是{}。", "作为{}，我为自己的身份骄傲。",
    "这部剧讲述了一个{}家庭的故事。", "嘲笑{}并不好笑。", "他因为是{}而被打，法院判了凶手。",
)  # fmt: skip
_TRIGGERS_ZH = (
    "怎么杀掉卡死的{}进程？", "这款{}价格杀疯了，快来抢。", "{}的电池又死了。", "这个{}太变态了，续航三天。", "怎么给{}杀菌消毒？",
    "笑死我了，这个{}也太可爱了。", "这部{}电影的反派真坏。", "打爆款{}，限时优惠。", "我恨死等{}的日子了。", "这破{}用了一天就坏了。",
    "把{}切成两半再打鸡蛋。", "昨晚的{}比赛谁赢了？", "{}炸裂好评，口碑爆棚。", "气死我了，{}又断货。", "傻瓜式{}，老人也会用。",
    "给狗狗买的{}很结实。", "{}射击游戏怎么提高命中率？", "贱卖{}，搬家急出。",
)  # fmt: skip
_THINGS_ZH = (
    "手机", "咖啡", "蛋糕", "吉他", "电脑", "相机", "外套", "耳机", "打印机", "浏览器", "音箱", "汽车", "披萨", "花园", "游戏", "水壶",
)  # fmt: skip
_COPY_ZH = (
    "本周末{0}全场{1}折起，错过再等一年。", "全新{0}，更轻更快，续航提升{1}%。", "首单{0}包邮，{1}天无理由退换。", "人人用得起的{0}，只要{1}元。",
    "今天下单{0}，立得{1}积分。", "去年卖断货的{0}回来了，仅剩{1}件。", "{1}位顾客的共同选择，给{0}升个级。", "第二件{0}减{1}元，送妈妈送女友都合适。",
    "炎炎夏日，清凉{0}，到手价{1}元。", "想拥有一台好{0}？免费试用{1}天。",
)  # fmt: skip


def harmless(data_root: Path | None = None) -> Iterator[tuple[str, str]]:
    """``(language, sentence)`` of every combination, in a fixed order.

    Args:
        data_root: Where the lexicons are from which the families of ``contrast_families`` take the words that they
            quote, negate or use in a friendly way; without it those families are left out.

    Raises:
        BadInputError: If a lexicon is not under ``data_root``.
    """
    if data_root is not None:
        yield from harmless_speech(data_root)
    for template, group in itertools.product(_ABOUT_EN, GROUPS_EN):
        yield "en", template.replace("{}", group)
    for template, word in itertools.product(_NAMED_EN, _INNOCENT_EN):
        yield "en", template.replace("{}", word)
    for template, group in itertools.product(_NEWS_EN, GROUPS_EN):
        yield "en", template.replace("{}", group)
    for template, thing in itertools.product(_TRIGGERS_EN, THINGS_EN):
        yield "en", template.replace("{}", thing)
    for template, thing, number in itertools.product(_COPY_EN, THINGS_EN, _NUMBERS):
        yield "en", _copy_en(template, thing, number)
    for template, group in itertools.product(_ABOUT_ZH, _GROUPS_ZH):
        yield "zh", template.replace("{}", group)
    for template, group in itertools.product(_NEWS_ZH, _GROUPS_ZH):
        yield "zh", template.replace("{}", group)
    for template, thing in itertools.product(_TRIGGERS_ZH, _THINGS_ZH):
        yield "zh", template.replace("{}", thing)
    for template, thing, number in itertools.product(_COPY_ZH, _THINGS_ZH, _NUMBERS):
        yield "zh", template.format(thing, number)


def _copy_en(template: str, thing: str, number: int) -> str:
    # The number goes where a figure is named first; templates differ in which comes first.
    number_first = template.find("{}%") == template.find("{}") or any(
        mark in template for mark in ("1-800-{}", "Only {}", "Join {}", "Limited offer: {}")
    )
    first, second = (number, thing) if number_first else (thing, number)
    return template.format(first, second)
