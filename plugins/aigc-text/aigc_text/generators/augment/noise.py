"""Errors as people and machines make them: neighbouring keys, letters in the wrong order, misread and misheard characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from aigc_text.generators.augment.eda import cased, negates
from aigc_text.generators.augment.units import Unit

if TYPE_CHECKING:
    import numpy as np

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_OFFSETS: Final = (0.0, 0.25, 0.75)
"""How far each row of a QWERTY keyboard is shifted to the right, in keys."""

_OCR_EN: Final = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"), ("l", "1"), ("I", "l"), ("i", "l"), ("o", "0"),
    ("O", "0"), ("s", "5"), ("S", "5"), ("B", "8"), ("g", "q"), ("e", "c"), ("h", "b"), ("n", "ri"), ("Z", "2"), ("li", "h"),
)  # fmt: skip
_OCR_ZH: Final = (
    "己已巳 未末 日曰目 土士 人入八 大太犬 天夫无 干千于 午牛 刀力 今令 木本 休体 王玉主 田由甲申 了子 免兔 往住 间问闻 侯候 折拆析 拔拨 晴睛"
    " 清请情 辩辨 狠狼 贝见 风凤 处外 代伐 万方 上止 币巾 鸟乌 又叉 白自 几儿 西酉 历厉 治冶 第弟 科料 官宫 仓仑 沬沫 微徽 荼茶 幻幼 设没 汗汁"
)
_SOUND_EN: Final = (
    "their there they're|your you're|its it's|to too|then than|here hear|know no|by buy bye|right write|week weak|whole hole"
    "|new knew|piece peace|wait weight|where wear|whether weather|sea see|son sun|meet meat|threw through|would wood|aloud allowed"
    "|break brake|cell sell|hour our|male mail|one won|pair pear|plain plane|sale sail|scene seen|some sum|stationary stationery"
    "|steal steel|tail tale|waist waste|accept except|affect effect|lose loose|advice advise|principle principal|complement compliment"
)
_SOUND_ZH: Final = (
    "在再 做作坐座 的得地 他她它 已以 像象向 那哪 是事 进近 带戴代 备被倍 会汇 经精 心新 有友又 年念 气汽 分份 长常场 话画化 每美 买卖 元员原"
    " 油由游 只支知 式试是 花华 同通 意义艺 成城程 因音 应映 合和何 机几 力利立例 完玩 情请清 式事 明名 生声 十时 手收首 提题 听厅 为位 问温"
    " 喜洗 下夏 香想 小笑 信星 行形 需须 样养 要药 一衣医 以意 用永 语雨 月越 早找 张章 真正 中种 住主 字自 走奏 最罪 单担 订定 费废 换欢 货获"
)


def _groups(lines: list[list[str]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in lines:
        for member in group:
            known = table.get(member, ())
            table[member] = (*known, *(other for other in group if other != member and other not in known))
    return table


OCR_ZH: Final = _groups([list(group) for group in _OCR_ZH.split()])
SOUND_ZH: Final = _groups([list(group) for group in _SOUND_ZH.split()])
SOUND_EN: Final = _groups([group.split() for group in _SOUND_EN.split("|")])


def _neighbours() -> dict[str, str]:
    places = {
        key: (column + _OFFSETS[row], float(row))
        for row, keys in enumerate(_ROWS)
        for column, key in enumerate(keys)
    }
    return {
        key: "".join(
            other
            for other, (ox, oy) in places.items()
            if other != key and (ox - x) ** 2 + (oy - y) ** 2 <= 1.6
        )
        for key, (x, y) in places.items()
    }


KEYS: Final = _neighbours()
"""Letter → the letters on the keys around it."""

Change = Callable[[str, "np.random.Generator"], str | None]


def keyboard(word: str, rng: np.random.Generator) -> str | None:
    """One letter becomes its neighbour on the keyboard; Latin words of three letters or more."""
    places = [i for i, char in enumerate(word) if char.lower() in KEYS]
    if len(word) < 3 or not places:
        return None
    at = places[int(rng.integers(len(places)))]
    near = KEYS[word[at].lower()]
    hit = near[int(rng.integers(len(near)))]
    return word[:at] + (hit.upper() if word[at].isupper() else hit) + word[at + 1 :]


def transpose(word: str, rng: np.random.Generator) -> str | None:
    """Two neighbouring characters change places: not the first letter of a Latin word, anywhere in a Chinese one.

    Chinese words that negate stay: 不要 would become 要不.
    """
    if not word.isascii() and negates(word):
        return None
    first = 1 if word.isascii() else 0
    places = [
        i for i in range(first, len(word) - 1) if word[i] != word[i + 1] and (word[i] + word[i + 1]).isalpha()
    ]
    if not places or (word.isascii() and len(word) < 4):
        return None
    at = places[int(rng.integers(len(places)))]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def ocr(word: str, rng: np.random.Generator) -> str | None:
    """One character (or pair) is read as one that looks like it."""
    found = [(word.index(a), a, b) for a, b in _OCR_EN if a in word]
    found += [(i, char, other) for i, char in enumerate(word) for other in OCR_ZH.get(char, ())]
    if not found:
        return None
    at, read, shown = found[int(rng.integers(len(found)))]
    return word[:at] + shown + word[at + len(read) :]


def homophone(word: str, rng: np.random.Generator) -> str | None:
    """A word or character is written as one that sounds like it."""
    others = SOUND_EN.get(word.lower().replace("’", "'"))
    if others:
        return cased(others[int(rng.integers(len(others)))], word)
    found = [(i, other) for i, char in enumerate(word) for other in SOUND_ZH.get(char, ())]
    if not found:
        return None
    at, other = found[int(rng.integers(len(found)))]
    return word[:at] + other + word[at + 1 :]


CHANGES: Final[dict[str, Change]] = {
    "keyboard": keyboard,
    "transpose": transpose,
    "ocr": ocr,
    "homophone": homophone,
}


def noise(units: Sequence[Unit], share: float, change: Change, rng: np.random.Generator) -> list[Unit] | None:
    """Units with errors in some words; None where the error can be made in none."""
    free = [i for i, unit in enumerate(units) if unit.free]
    wanted = max(1, round(share * len(free)))
    changed = list(units)
    made = 0
    for index in rng.permutation(free) if free else ():
        text = change(units[index].text, rng)
        if text is not None and text != units[index].text:
            changed[index] = units[index].become(text)
            made += 1
            if made == wanted:
                break
    return changed if made else None
