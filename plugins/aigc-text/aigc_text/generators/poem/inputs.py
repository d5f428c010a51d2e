"""What a poem request says: theme, season, mood, keywords, acrostic; in Chinese, or the theme in simple English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_text.languages import HAN

_NAMES = {
    "theme": "theme", "title": "theme", "主题": "theme", "题目": "theme", "标题": "theme", "prompt": "theme",
    "season": "season", "季节": "season", "mood": "mood", "情感": "mood", "心情": "mood",
    "keywords": "keywords", "关键词": "keywords", "acrostic": "acrostic", "藏头": "acrostic",
}  # fmt: skip
_MOST = 200
"""Characters of one input."""
_MOST_KEYWORDS = 4
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[a-z]+")
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "to",
        "and",
        "with",
        "my",
        "our",
        "about",
        "under",
        "over",
        "from",
        "poem",
    ]
)

ENGLISH: dict[str, str] = {
    "spring": "春", "summer": "夏", "autumn": "秋", "fall": "秋", "winter": "冬", "morning": "晓", "dawn": "晓",
    "evening": "暮", "dusk": "暮", "night": "夜", "moon": "月", "moonlight": "月", "sun": "日", "star": "星", "stars": "星",
    "sky": "天", "cloud": "云", "clouds": "云", "wind": "风", "breeze": "风", "rain": "雨", "snow": "雪", "frost": "霜",
    "dew": "露", "mist": "烟", "fog": "雾", "river": "江", "stream": "溪", "lake": "湖", "sea": "海", "ocean": "海", "water": "水",
    "mountain": "山", "mountains": "山", "hill": "山", "hills": "山", "forest": "林", "tree": "树", "trees": "树", "pine": "松",
    "bamboo": "竹", "willow": "柳", "plum": "梅", "peach": "桃", "lotus": "荷", "chrysanthemum": "菊", "orchid": "兰",
    "flower": "花", "flowers": "花", "blossom": "花", "blossoms": "花", "grass": "草", "leaf": "叶", "leaves": "叶",
    "bird": "鸟", "birds": "鸟", "goose": "雁", "geese": "雁", "crane": "鹤", "swallow": "燕", "oriole": "莺", "cicada": "蝉",
    "fish": "鱼", "horse": "马", "garden": "园", "city": "城", "village": "村", "road": "路", "journey": "行", "travel": "行",
    "boat": "舟", "bridge": "桥", "temple": "寺", "monk": "僧", "palace": "宫", "tower": "楼", "window": "窗", "lamp": "灯",
    "friend": "故人", "friends": "故人", "home": "故乡", "homesickness": "思乡", "homesick": "思乡", "farewell": "送别",
    "parting": "送别", "love": "相思", "longing": "相思", "sorrow": "愁", "sadness": "愁", "sad": "愁", "grief": "愁",
    "lonely": "独", "loneliness": "独", "solitude": "独", "joy": "欢", "happy": "欢", "happiness": "欢", "peaceful": "闲",
    "peace": "闲", "quiet": "静", "calm": "静", "dream": "梦", "dreams": "梦", "wine": "酒", "tea": "茶", "music": "琴",
    "lute": "琴", "book": "书", "books": "书", "sword": "剑", "war": "战", "soldier": "征人", "frontier": "塞上", "history": "怀古",
    "old": "老", "age": "老", "fisherman": "渔父", "farmer": "田家", "harvest": "秋收", "festival": "佳节",
}  # fmt: skip
"""English words for which there is a theme."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, in Chinese characters."""

    theme: str = ""
    keywords: tuple[str, ...] = ()
    acrostic: str = ""


def read_inputs(inputs: Mapping[str, Any]) -> Asked:
    """Read a request's inputs.

    Raises:
        BadInputError: An input is unknown or of a wrong kind, an English word has no theme, keywords or acrostic are
            no Chinese characters.
        InputTooLargeError: An input is over its limit.
    """
    found: dict[str, Any] = {}
    for name, value in inputs.items():
        known = _NAMES.get(name.strip().lower())
        if known is None:
            raise BadInputError(
                f"text/poem takes no input {name[:40]!r}.",
                hint="It takes theme (主题), season (季节), mood (情感), keywords (关键词), acrostic (藏头).",
            )
        if known in found:
            raise BadInputError(f"The input {known!r} is given twice ({name[:40]!r} is another name of it).")
        found[known] = value
    themes = [_theme(_text(found[name], name)) for name in ("season", "mood", "theme") if name in found]
    keywords = tuple(_keywords(found["keywords"])) if "keywords" in found else ()
    acrostic = _acrostic(_text(found["acrostic"], "acrostic")) if "acrostic" in found else ""
    # What must stand in the poem is its theme, too.
    return Asked("".join(dict.fromkeys([*themes, *keywords])), keywords, acrostic)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise BadInputError(f"The input {name!r} must be text, got {type(value).__name__}.")
    if len(value) > _MOST:
        raise InputTooLargeError(f"The input {name!r} has {len(value)} characters; at most {_MOST} are read.")
    return value


def _theme(text: str) -> str:
    """A theme in Chinese characters."""
    han = _HAN_RUN.findall(text)
    if han:
        return "".join(han)
    words = [word for word in _WORD.findall(text.lower()) if word not in _SMALL]
    unknown = [word for word in words if word not in ENGLISH]
    if unknown:
        raise BadInputError(
            f"No theme is known for the English word {unknown[0][:40]!r}; poems are written in Chinese.",
            hint=f"Give the theme in Chinese, or use: {', '.join(sorted(ENGLISH))}.",
        )
    if text.strip() and not words:
        raise BadInputError("The theme has no word in it.", hint="Give it in Chinese, such as 春江花月夜.")
    return "".join(dict.fromkeys(ENGLISH[word] for word in words))


def _keywords(value: object) -> list[str]:
    if isinstance(value, str):
        words = [word for word in re.split(r"[\s,，、;；]+", _text(value, "keywords")) if word]
    elif isinstance(value, Sequence):
        words = [_text(word, "keywords").strip() for word in value]
    else:
        raise BadInputError("The keywords must be text or a list of texts.")
    if len(words) > _MOST_KEYWORDS:
        raise InputTooLargeError(f"{len(words)} keywords are given; a poem takes at most {_MOST_KEYWORDS}.")
    for word in words:
        if not _HAN_RUN.fullmatch(word) or len(word) > 4:
            raise BadInputError(
                f"The keyword {word[:40]!r} must be one to four Chinese characters.", hint="Give 明月、故人 …"
            )
    return list(dict.fromkeys(words))


def _acrostic(text: str) -> str:
    letters = re.sub(r"[\s，。、]+", "", text)
    if not _HAN_RUN.fullmatch(letters):
        raise BadInputError("The acrostic must be Chinese characters, one for each line.")
    return letters
