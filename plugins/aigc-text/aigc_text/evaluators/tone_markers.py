"""Words and signs by which `aigc_text.evaluators.tone` goes, for English and Chinese."""

from __future__ import annotations

import re
from typing import Final


def _english(words: str) -> re.Pattern[str]:
    """Phrases separated by ``|``, as whole words, case aside."""
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


FORMAL: Final = {
    "en": _english(
        r"furthermore|moreover|therefore|consequently|nevertheless|regarding|pursuant|hereby|henceforth|accordingly|in accordance with"
        r"|with respect to|prior to|subsequent(?:ly)?|in addition|we are pleased to|we regret|sincerely|respectfully|kindly|please note"
        r"|shall|upon|ensure[sd]?|provide[sd]?|require[sd]?|obtain(?:ed)?|purchase[sd]?|assist(?:ance)?|additional|sufficient|commence[sd]?"
        r"|inquir(?:y|ies)|facilitate[sd]?|demonstrate[sd]?|appropriate|comprehensive|thus|hence|whom|dear (?:sir|madam|customer|mr|ms)"
    ),
    "zh": re.compile(
        "您|贵(?:司|公司|方|宾)|敬请|敬启|尊敬的|谨|兹|特此|予以|鉴于|根据|依据|有关|关于|此外|因此|然而|以及|并且|均|将于|为此|望|恭候"
        "|承蒙|荣幸|致力于|旨在|提供|确保|符合|进行|采用|具备|本公司|我司|该产品"
    ),
}
INFORMAL: Final = {
    "en": re.compile(
        r"\b(?:gonna|wanna|gotta|kinda|sorta|yeah|yep|nope|hey|hi|wow|omg|lol|btw|awesome|cool|super|guys|folks|stuff|dude|buddy|yay|oops"
        r"|ok|okay|totally|pretty much|a lot of|tons of|loads of|no worries|check (?:it|this) out|get|got|grab|comfy|yummy|fab|bestie"
        r"|psst|y'all|ya|cheers|thx|pls|thanks a bunch)\b|\b\w+['’](?:m|re|ve|ll|d|s not)\b|\b\w+n['’]t\b|\b(?:it|that|what|let|here|there|who)['’]s\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"[吧啊呀哦哟嘛啦喔呐嘞咯哇呢](?=[，。！？~～\s!?]|$)|亲(?=[，,！!们~～])|宝子|家人们|姐妹们|小伙伴|哈哈+|嘻嘻|嘿嘿|超级|超(?=[好美值赞爱])|巨(?=[好美])"
        r"|绝绝子|yyds|YYDS|爆款|种草|安利|拔草|真香|太(?=[好美棒赞香爱])|好想|咱们?|啥|咋|蛮|挺(?=[好美不])|[~～]|么么哒|冲(?=[！!鸭呀])"
    ),
}
PRESSURE: Final = {
    "en": _english(
        r"act (?:now|fast)|hurry(?: up)?|don['’]t (?:miss(?: out)?|wait|delay)|before it['’]s too late|last chance|final (?:hours?|days?|call)"
        r"|limited[- ](?:time|edition|offer|stock|quantities)|while (?:stocks?|supplies) lasts?|only \d+ (?:left|remaining)|selling (?:out )?fast|almost gone"
        r"|ends? (?:today|tonight|soon|tomorrow)|today only|now or never|buy now|order (?:now|today)|shop now|sign up now|call now|click (?:here|now|below)"
        r"|get (?:it|yours) (?:now|today)|(?:special|exclusive) offer|offer (?:ends|expires)|expires? (?:soon|today|tonight)|once[- ]in[- ]a[- ]lifetime|must[- ]have"
        r"|you['’]ll regret|guaranteed|risk[- ]free|100% free|instant(?:ly)?|urgent|immediately|what are you waiting for|save (?:big|up to)|unbeatable|lowest prices?"
    ),
    "zh": re.compile(
        "限时|限量|限购|抢购|秒杀|手慢无|错过(?:再等|后悔|就没)|不容错过|千万别错过|赶快|赶紧|立即(?:购买|下单|抢|行动)|马上(?:抢|下单|购买)|火速|速来|速抢"
        "|最后(?:一天|一次|机会|几小时|\\d+)|仅剩|仅此一|今日|今天下单|倒计时|即将(?:售罄|截止|结束|涨价)|售完即止|先到先得|抓紧|还在等什么|还等什么"
        "|下单(?:立减|即送|就送)|买一送一|史上最|全网最低|冲冲冲|必买|必备|疯抢|抢到就是赚到|点击(?:购买|链接|下方)|不买后悔"
    ),
}
POLITE: Final = {
    "en": _english(
        r"please|thank you|thanks|thankful|grateful|we appreciate|much appreciated|you['’]re welcome|kindly|would you|could you|may (?:we|i)|we would be"
        r"|we invite you|feel free|at your convenience|sorry|apologi[sz]e|apologies|pardon|excuse (?:me|us)|our pleasure|welcome|with pleasure|best wishes|regards"
    ),
    "zh": re.compile(
        "请|谢谢|感谢|多谢|您|欢迎|敬请|烦请|劳驾|麻烦(?:您|你)|抱歉|对不起|不好意思|打扰|恭候|荣幸|祝(?:您|你)|愿(?:您|你)|期待(?:您|你)的|诚邀|承蒙"
    ),
}
RUDE: Final = {
    "en": _english(
        r"shut up|get lost|whatever|you must|you have to|you['’]d better|idiots?|stupid|dumb|nonsense|ridiculous|how dare|none of your business|stop (?:whining|complaining)"
    ),
    "zh": re.compile(
        "闭嘴|滚|少废话|废话|你必须|必须给我|蠢|笨蛋|白痴|凭什么|关你什么事|别啰嗦|爱买不买|懂不懂"
    ),
}
SECOND_PERSON: Final = {
    "en": _english(r"you|your|yours|yourself|yourselves|you['’](?:re|ll|ve|d)|y'all|u|ur"),
    "zh": re.compile("你|您|亲(?=[，,！!们~～])"),
}
FIRST_PERSON: Final = {
    "en": _english(r"we|our|ours|us|i|my|mine|me|we['’](?:re|ve|ll|d)|i['’](?:m|ve|ll|d)|let['’]s"),
    "zh": re.compile("我|咱|本(?:店|公司|品牌)|俺"),
}
EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]|[:;][-o]?[)D(P]")
SHOUTED: Final = re.compile(r"\b[A-Z]{2,}[A-Z'’]*\b")
EXCLAMATION: Final = re.compile(r"[!！]+")
ABBREVIATIONS: Final = frozenset(
    [
        "USB",
        "LED",
        "LCD",
        "OLED",
        "HDMI",
        "GPS",
        "TV",
        "PC",
        "UK",
        "US",
        "USA",
        "EU",
        "NYC",
        "LA",
        "AI",
        "VIP",
        "DIY",
        "FAQ",
        "CEO",
        "ID",
        "OK",
        "PM",
        "AM",
        "BBQ",
        "HD",
        "UHD",
        "UV",
        "SPF",
        "WIFI",
        "NFC",
        "SIM",
        "RAM",
        "ROM",
        "SSD",
        "HDR",
        "API",
        "SDK",
        "URL",
        "HTML",
        "CSS",
        "SMS",
        "PDF",
        "DVD",
        "CD",
        "BPA",
        "ABS",
        "PVC",
        "PU",
        "UI",
        "UX",
        "IT",
        "HR",
        "PR",
        "QR",
        "ATM",
        "PIN",
        "RSVP",
        "KG",
        "ML",
        "XL",
        "XXL",
        "XS",
        "GB",
        "TB",
        "MB",
        "CE",
        "ISO",
        "EAN",
        "SKU",
    ]
)

#: What a voice asks for: bounds of formality, of emphasis and of pressure (least, most).
VOICES: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "professional": {"formality": (0.5, 1.0), "emphasis": (0.0, 0.25), "promotional_pressure": (0.0, 0.4)},
    "technical": {"formality": (0.45, 1.0), "emphasis": (0.0, 0.25), "promotional_pressure": (0.0, 0.3)},
    "luxury": {"formality": (0.45, 1.0), "emphasis": (0.0, 0.35), "promotional_pressure": (0.0, 0.3)},
    "friendly": {"formality": (0.0, 0.65), "emphasis": (0.0, 0.75), "promotional_pressure": (0.0, 0.6)},
    "playful": {"formality": (0.0, 0.55), "emphasis": (0.0, 1.0), "promotional_pressure": (0.0, 0.7)},
}
