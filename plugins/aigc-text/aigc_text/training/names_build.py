"""Builds ``names-core``: given names, surnames, places and ordinary words, from permissive lists.

    python -m aigc_text.training.names_build --data DATA_ROOT --out BUNDLE_FOLDER

Needs the packages Faker (MIT) and names (MIT; it holds the lists of the 1990 census of the United States, a work of
the federal government). What counts as an ordinary word is what the permissive text sets of the data root write in
lower case, so that "will" and "rose" are told from "John". Deterministic: the same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from aigc_sdk.bundles.manifest import TrainingData, write_manifest
from aigc_sdk.errors import MissingDependencyError
from aigc_text.moderators.names.table import BUNDLE, DATA_FILE, May, encode_table, name_key
from aigc_text.training.data_files import open_text
from aigc_text.training.lexicon_build import MIT_TERMS

_SURNAMES = 25_000
"""Of the census list, which is sorted by frequency; what follows is too often an ordinary word."""
_WORD = re.compile(r"(?<![\w'])[a-z]{2,}(?![\w'])")
_NAME = re.compile(r"[a-z][a-z'-]+")
_SEEN = 2
"""Times a word must be written in lower case to be an ordinary one."""
_CITIES = [
    "amsterdam",
    "athens",
    "atlanta",
    "auckland",
    "austin",
    "bangkok",
    "barcelona",
    "beijing",
    "berlin",
    "birmingham",
    "boston",
    "brisbane",
    "bristol",
    "brussels",
    "budapest",
    "cairo",
    "calgary",
    "cambridge",
    "canberra",
    "cardiff",
    "charlotte",
    "chelsea",
    "chicago",
    "cleveland",
    "columbia",
    "copenhagen",
    "dallas",
    "delhi",
    "denver",
    "detroit",
    "dubai",
    "dublin",
    "durham",
    "edinburgh",
    "everton",
    "florence",
    "fulham",
    "geneva",
    "glasgow",
    "hamburg",
    "havana",
    "helsinki",
    "houston",
    "istanbul",
    "jerusalem",
    "johannesburg",
    "kent",
    "kiev",
    "lagos",
    "lancaster",
    "leeds",
    "leicester",
    "lima",
    "lincoln",
    "lisbon",
    "liverpool",
    "london",
    "lyon",
    "madrid",
    "manchester",
    "melbourne",
    "memphis",
    "miami",
    "milan",
    "montreal",
    "moscow",
    "mumbai",
    "munich",
    "nairobi",
    "nashville",
    "newcastle",
    "norfolk",
    "nottingham",
    "orlando",
    "oslo",
    "ottawa",
    "oxford",
    "paris",
    "perth",
    "philadelphia",
    "phoenix",
    "pittsburgh",
    "portland",
    "prague",
    "preston",
    "rome",
    "salem",
    "santiago",
    "seattle",
    "seoul",
    "shanghai",
    "sheffield",
    "southampton",
    "stockholm",
    "sunderland",
    "sydney",
    "tokyo",
    "toronto",
    "vancouver",
    "venice",
    "victoria",
    "vienna",
    "warsaw",
    "washington",
    "wellington",
    "windsor",
    "york",
    "zurich",
    "europe",
    "asia",
    "africa",
    "america",
    "atlantic",
    "pacific",
    "california",
    "texas",
    "florida",
    "virginia",
    "carolina",
    "georgia",
    "dakota",
    "jersey",
    "mercury",
    "venus",
    "mars",
    "jupiter",
    "saturn",
]
_CALENDAR = [
    "april",
    "may",
    "june",
    "july",
    "august",
    "january",
    "march",
    "easter",
    "christmas",
    "monday",
    "friday",
    "sunday",
    "saturday",
    "autumn",
    "summer",
    "winter",
]

# Characters that are common in given names, beside those of Faker's names.
_HAN_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂建国华文玉兰红梅春志海燕云飞鹏浩宇轩梓涵欣怡雨晨子豪思佳俊辉鑫博睿瑞雪莹琳琪瑶璐颖慧洁倩婷雯"
    "蕾薇蓉菲萍莉莲凤珍翠荷香月秋冬夏晓小大永德福贵富荣昌盛兴旺庆祥瑞吉安康宁泰和顺利民立成功胜利家国栋梁材良才学智仁义礼信忠孝勤俭恒毅坚"
    "刚健雄威武斌彬彪龙虎鹤松柏林森树峰岭山川江河波源泉水清冰洪亮光辉耀阳晖旭东南西北中正直少长元亨利贞乐欢喜悦美淑贤惠芬芸茜菁茵苗若诗画"
    "书琴棋音韵可爱依依心灵珊玲珠琼瑾瑜璇嘉艺凡帆航宏伯仲叔季一乙天地星辰昊宸泽润霖霏露霜凯旋勋奇伦维新辛鸿运振启发展翔腾达进远程路世代"
    "雅妍媛姣娇婉嫣娅妮妙如意念恩慈悠然朗晴岚岩岳峻嵩崇尚贝儿丹青紫彤碧绿金银铁钢铭锋锐钰鉴镇传继承先宗祖延寿年万千百益群众偉強國華蘭紅軍麗"
    "靜燕飛鵬輝鑫雲鳳蓮貴榮興慶寧順義禮剛龍東樂歡賢藝澤潤凱勳維鴻運發騰達進遠"
)

CREDITS = (
    TrainingData(
        name="Faker (person and address providers)",
        licence="MIT",
        attribution="Copyright (c) 2012 Daniele Faraglia and contributors",
        url="https://github.com/joke2k/faker",
    ),
    TrainingData(
        name="names (lists of the 1990 census of the United States, public domain)",
        licence="MIT",
        attribution="Copyright (c) 2013 Trey Hunner",
        url="https://github.com/treyhunner/names",
    ),
    TrainingData(
        name="Tatoeba English sentences (which words are written in lower case)",
        licence="CC-BY-2.0-FR",
        attribution="tatoeba.org and its contributors",
        url="https://tatoeba.org",
    ),
    TrainingData(
        name="E2E NLG, SciTLDR (which words are written in lower case)",
        licence="CC-BY-SA-4.0 AND Apache-2.0",
        attribution="Heriot-Watt University; Allen Institute for AI",
    ),
)


def build_names(data_root: Path, out: Path) -> dict[str, int]:
    """Merge the lists and write the bundle; returns how many words may be what."""
    table: Counter[str] = Counter()

    def note(words: Iterable[str], flag: May) -> None:
        for word in words:
            table[word] |= int(flag)

    given, surnames = _faker("person", ("first_name",)), _faker("person", ("last_name",))
    note(_latin(given), May.GIVEN)
    note(_latin(surnames), May.SURNAME)
    note(_latin(_census("dist.male.first", 1_219)), May.GIVEN)
    note(_latin(_census("dist.female.first", 4_275)), May.GIVEN)
    note(_latin(_census("dist.all.last", _SURNAMES)), May.SURNAME)
    places = _faker(
        "address", ("countries", "states", "provinces", "city_names"), only=("en", "en_US", "en_GB", "en_CA")
    )
    note(_latin(places), May.PLACE)
    note(_CITIES, May.PLACE)
    note(_CALENDAR, May.WORD)
    note(_lower_case(data_root), May.WORD)
    han = _faker("person", ("last_name", "last_romanized_name"), only=("zh_CN", "zh_TW"))
    note((n for n in han if re.fullmatch("[\u4e00-\u9fff]{1,2}", n)), May.HAN_SURNAME)
    chars = set(_HAN_GIVEN) | {
        c for n in _faker("person", ("first_name",), only=("zh_CN", "zh_TW")) for c in n
    }
    note((c for c in chars if "\u4e00" <= c <= "\u9fff"), May.HAN_GIVEN)
    out.mkdir(parents=True, exist_ok=True)
    (out / DATA_FILE).write_bytes(encode_table(dict(table)))
    (out / "NOTICE").write_text(_notice(), encoding="utf-8")
    write_manifest(
        out,
        id=BUNDLE,
        task="names",
        summary="Given names, surnames, places and ordinary words",
        licence="MIT AND CC-BY-2.0 AND CC-BY-SA-4.0 AND Apache-2.0",
        source="python -m aigc_text.training.names_build",
        training_data=CREDITS,
        languages=("en", "zh"),
        extra={"words": len(table)},
    )
    return {flag.name or "": sum(bool(v & flag) for v in table.values()) for flag in May}


def _faker(group: str, fields: tuple[str, ...], only: tuple[str, ...] = ()) -> Iterator[str]:
    """The entries of the lists whose names begin so, of every locale or some."""
    try:
        providers = importlib.import_module(f"faker.providers.{group}")
    except ImportError as error:
        raise MissingDependencyError("Building the names needs Faker.", hint="pip install Faker") from error
    for module in sorted(m.name for m in pkgutil.iter_modules(providers.__path__)):
        if only and module not in only:
            continue
        provider = importlib.import_module(f"faker.providers.{group}.{module}").Provider
        for name in dir(provider):
            value = getattr(provider, name)
            if name.startswith(fields) and isinstance(value, (dict, list, tuple, set)):
                yield from (entry for entry in value if isinstance(entry, str))


def _latin(names: Iterable[str]) -> Iterator[str]:
    """Words of names in Latin script, as the table holds them."""
    for name in names:
        for word in re.split(r"[\s]+", name):
            key = name_key(word)
            if len(key) > 1 and _NAME.fullmatch(key):
                yield key


def _census(file: str, count: int) -> Iterator[str]:
    try:
        text = resources.files("names").joinpath(file).read_text(encoding="utf-8")
    except ModuleNotFoundError as error:
        raise MissingDependencyError("Building the names needs names.", hint="pip install names") from error
    yield from (line.split()[0] for line in text.splitlines()[:count] if line.strip())


def _lower_case(root: Path) -> Iterator[str]:
    text = root / "text"
    counts: Counter[str] = Counter()
    for line in _sentences(text):
        counts.update(_WORD.findall(line))
    yield from (word for word, count in counts.items() if count >= _SEEN)


def _sentences(text: Path) -> Iterator[str]:
    with open_text(text / "mt_en_zh_tatoeba/cmn_train.tsv.gz") as stream:
        yield from (line.split("\t")[0] for line in stream)
    with open_text(text / "d2t_e2e_nlg/trainset_rebuilt.jsonl.gz") as stream:
        yield from (json.loads(line)["ref"] for line in stream)
    with open_text(text / "summ_scitldr/dev.jsonl.gz") as stream:
        for line in stream:
            yield from json.loads(line)["source"]


def _notice() -> str:
    lines = ["These lists were compiled from the following works:", ""]
    lines += [f"* {c.name}: {c.licence}. {c.attribution}. {c.url}".rstrip() for c in CREDITS]
    lines += ["", "Terms of the works under the MIT licence:", "", MIT_TERMS]
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=build_names.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    arguments = parser.parse_args()
    for name, count in build_names(arguments.data, arguments.out).items():
        print(f"{count:6d}  {name}")


if __name__ == "__main__":
    main()
