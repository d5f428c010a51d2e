"""Builds ``lexicon-core`` from permissive lists, leaving out what ordinary text says.

    python -m aigc_text.training.lexicon_build --data DATA_ROOT --out BUNDLE_FOLDER

Crowd-made lists hold everyday words, names and politics. A term ships only if

* several lists agree on it, or its raters found it strong, and it is about profanity, slurs, sexual content,
  weapons or illegal trade (political, religious and legal lists stay out);
* ordinary text hardly ever holds it (`moderation_ordinary`, the ``vet`` part), and
* where labelled sets hold it, it is mostly in texts that people called abusive.

A term that is rare in ordinary text but not absent, or ambiguous in the labelled sets, gets severity 1, which
is recorded and blocks nothing by default. Deterministic: the same data give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aigc_sdk.bundles.manifest import TrainingData, write_manifest
from aigc_sdk.taxonomy import Category, Severity
from aigc_text.moderators.lexicon import BUNDLE, DATA_FILE
from aigc_text.moderators.lexicon_fold import TABLE_FILE, install, write_table
from aigc_text.moderators.lexicon_match import Matcher
from aigc_text.moderators.lexicon_terms import MAX_TERM, Term, encode_terms, term_key
from aigc_text.training.data_files import open_text
from aigc_text.training.lexicon_chinese import pinyin_terms, simplified_table
from aigc_text.training.moderation_data import LABELLED
from aigc_text.training.moderation_ordinary import ordinary

_SURGE_CATEGORIES: Mapping[str, tuple[Category, str]] = {
    "racial / ethnic slurs": (Category.HATE, "ethnic_slur"),
    "sexual orientation / gender": (Category.HARASSMENT, "gender_slur"),
    "sexual anatomy / sexual acts": (Category.PROFANITY, "sexual"),
    "bodily fluids / excrement": (Category.PROFANITY, "crude"),
    "religious offense": (Category.PROFANITY, "religious"),
    "other / general insult": (Category.HARASSMENT, "insult"),
    "mental disability": (Category.HARASSMENT, "insult"),
    "physical disability": (Category.HARASSMENT, "insult"),
    "physical attributes": (Category.HARASSMENT, "insult"),
}
_COMMON_WORD = 500_000
"""Occurrences in symspell's web counts from which a single English word counts as an everyday word."""

# The Chinese weapon list also holds camping knives and chemistry: a term must name a weapon and a deal or recipe.
_WEAPONS = (
    "炸药",
    "炸弹",
    "原子弹",
    "核弹",
    "手枪",
    "步枪",
    "枪支",
    "气枪",
    "汽枪",
    "猎枪",
    "真枪",
    "雷管",
    "燃烧弹",
    "弓弩",
)
_DEALING = (
    "出售",
    "专卖",
    "买卖",
    "销售",
    "供应",
    "货到付款",
    "qq",
    "制作",
    "制造",
    "自制",
    "配方",
    "教程",
    "diy",
    "批发",
    "哪里",
)
# The advertising list is mostly ordinary commerce and names; these entries of it are not.
_ILLEGAL_TRADE = (
    "代开发票", "信用卡提现", "出售答案", "刻章办", "售肾", "地下钱庄", "套牌车", "改卷内幕", "替考试", "考中答案", "代生孩子",
)  # fmt: skip

# Names, animals, tools and self-descriptions that are also slurs (blake2b-32 of the word: no list of slurs here).
_HOMOGRAPHS = frozenset(
    [
        "0028a7ab",
        "05b47ccd",
        "0a68d9cc",
        "2359e403",
        "24517766",
        "26b6c2f6",
        "28a74918",
        "2b813759",
        "31815f6f",
        "3812f5e6",
        "39af6ada",
        "4803f4e4",
        "62aac3a3",
        "65162331",
        "6d6fe3b3",
        "70d1c3cf",
        "7155d165",
        "733bf019",
        "73741657",
        "830ca95f",
        "83c842c2",
        "85491213",
        "85fe6052",
        "890d51e8",
        "93604065",
        "9578f074",
        "961bad76",
        "99769d92",
        "9ad4c48d",
        "9c142f2f",
        "a5f76459",
        "a82a297e",
        "a97949e3",
        "b4da2a04",
        "b50cf476",
        "b9158819",
        "ba0bbd96",
        "ba2da7fa",
        "bb40f936",
        "c738174c",
        "c7c2800f",
        "ce5e208b",
        "cf2fd056",
        "cf62ae5b",
        "d5fbc2e1",
        "dabd4083",
        "db57ae19",
        "dbc79aae",
        "e0ccf2fb",
        "e1649aad",
        "e9b0cd2d",
        "f1e79615",
        "f25447cb",
        "f6e7f470",
        "f7eeedd8",
    ]  # sixty quoted words would be harder to read
)

# Words by which news and shops speak of a topic.
_TOPICS = ("色情", "性感", "成人", "卵子", "私服", "花花公子")

CREDITS = (
    TrainingData(name="surge-ai/profanity", licence="MIT", attribution="Surge AI"),
    TrainingData(
        name="LDNOOBW List of Dirty, Naughty, Obscene and Otherwise Bad Words (en, zh)",
        licence="CC-BY-4.0",
        attribution="Shutterstock, Inc. and contributors; filtered and merged with others",
        url="https://github.com/LDNOOBW/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words",
    ),
    TrainingData(name="better-profanity", licence="MIT", attribution="Copyright (c) 2018 Son Nguyen Kim"),
    TrainingData(name="cuss", licence="MIT", attribution="Copyright (c) 2016 Titus Wormer"),
    TrainingData(
        name="konsheng/Sensitive-lexicon", licence="MIT", attribution="Copyright (c) 2024~2099 Konsheng"
    ),
    TrainingData(name="houbb/sensitive-word", licence="Apache-2.0", attribution="houbb"),
    TrainingData(
        name="OpenCC (TSCharacters, for simplified.txt)",
        licence="Apache-2.0",
        attribution="BYVoid and contributors; OpenCC-Python, Copyright 2016; first forms of single characters",
        url="https://github.com/BYVoid/OpenCC",
    ),
    TrainingData(
        name="pypinyin (readings of terms)", licence="MIT", attribution="Copyright (c) 2016 mozillazg"
    ),
)


MIT_TERMS = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@dataclass(frozen=True, slots=True)
class _Candidate:
    term: Term
    language: str
    strong: bool
    """Rated strong by its raters: kept at severity 1 where a weaker term would be dropped."""
    universal: bool = False
    """On every English list: swearing that ordinary corpora (film reviews, example sentences) hold as swearing."""
    everyday: bool = False
    """A common word of web text: severity 1 unless labelled sets show that it is nearly always abuse."""


def build_lexicon(data_root: Path, out: Path) -> dict[str, int]:
    """Vet the lists and write the bundle; returns how many terms were kept and left out, and why."""
    table = simplified_table()
    install(table)
    candidates = [*_english(data_root), *_chinese(data_root)]
    matcher = Matcher([c.term for c in candidates])
    common = _occurrences(matcher, (t for _, _, texts in ordinary(data_root, "vet") for t in texts))
    abusive: Counter[str] = Counter()
    harmless: Counter[str] = Counter()
    for reader in LABELLED.values():
        for row in reader(data_root):
            if "offence" in row.labels:
                hits = {m.term.key for m in matcher.find(row.text)}
                (abusive if row.labels["offence"] else harmless).update(hits)
    tally: Counter[str] = Counter()
    kept: list[Term] = []
    for candidate in candidates:
        key = candidate.term.key
        severity, why = _severity(candidate, common[key], abusive[key], harmless[key])
        tally[why] += 1
        if severity:
            kept.append(replace(candidate.term, severity=severity))
    kept += _pinyin(kept, data_root, tally)
    out.mkdir(parents=True, exist_ok=True)
    (out / TABLE_FILE).write_bytes(write_table(table))
    (out / DATA_FILE).write_bytes(encode_terms(kept))
    (out / "NOTICE").write_text(_notice(), encoding="utf-8")
    write_manifest(
        out,
        id=BUNDLE,
        task="lexicon",
        summary="Vetted terms, English and Chinese: profanity, slurs, sexual content, weapons, illegal trade",
        licence="MIT AND Apache-2.0 AND CC-BY-4.0",
        source="python -m aigc_text.training.lexicon_build",
        training_data=CREDITS,
        languages=("en", "zh"),
        extra={"terms": len(kept), "by_category": _by_category(kept)},
    )
    return {"kept": len(kept), **dict(tally)}


def _pinyin(kept: list[Term], data_root: Path, tally: Counter[str]) -> list[Term]:
    """Pinyin of the kept terms that no ordinary text of the ``vet`` part holds."""
    words = _words(data_root / "text/en_lexicons/symspell_frequency_dictionary_en_82_765.txt.gz", 0)
    known = {t.key for t in kept}
    terms = [t for t in pinyin_terms(kept, words, MAX_TERM) if t.key not in known]
    common = _occurrences(Matcher(terms), (t for _, _, texts in ordinary(data_root, "vet") for t in texts))
    vetted = [t for t in terms if not common[t.key]]
    tally["pinyin"] = len(vetted)
    tally["dropped: pinyin in ordinary text"] = len(terms) - len(vetted)
    return vetted


def _severity(candidate: _Candidate, common: int, abusive: int, harmless: int) -> tuple[Severity, str]:
    """Severity 0 leaves the term out."""
    wanted = candidate.term.severity
    seen = abusive + harmless
    chinese = candidate.language == "zh"
    if candidate.universal and common < 40 and seen >= 20 and abusive >= 0.85 * seen:
        return wanted, "as rated: swearing wherever it is found"
    if common >= (2 if chinese else 3) and not candidate.strong:
        return Severity.SAFE, "dropped: in ordinary text"
    if common >= 12:
        return (Severity.LOW, "low: in ordinary text") if candidate.strong else (Severity.SAFE, "dropped")
    if seen >= (2 if chinese else 5) and abusive < (0.6 if chinese else 0.5) * seen:
        return Severity.SAFE, "dropped: mostly in harmless text"
    if common >= 3 or (seen >= 5 and abusive < 0.8 * seen):
        return Severity.LOW, "low: ambiguous"
    if common and not candidate.strong:
        return Severity.LOW, "low: seen in ordinary text"
    if hashlib.blake2b(candidate.term.key.encode(), digest_size=4).hexdigest() in _HOMOGRAPHS:
        return Severity.LOW, "low: has an innocent meaning"
    if candidate.everyday and not candidate.universal and not (seen >= 20 and abusive >= 0.9 * seen):
        return Severity.LOW, "low: everyday word"
    return wanted, "as rated"


def _english(root: Path) -> Iterable[_Candidate]:
    folder = root / "text/en_lexicons"
    cuss = json.loads((folder / "cuss_en.json").read_text(encoding="utf-8"))
    others: Counter[str] = Counter()
    for terms in (
        (folder / "better_profanity_wordlist.txt").read_text(encoding="utf-8").splitlines(),
        (folder / "ldnoobw/en").read_text(encoding="utf-8").splitlines(),
        [term for term, sureness in cuss.items() if sureness == 2],
    ):
        others.update({term_key(t) for t in terms})
    everyday = _words(folder / "symspell_frequency_dictionary_en_82_765.txt.gz", _COMMON_WORD)
    seen: set[str] = set()
    with open_text(folder / "surge_profanity_en.csv") as stream:
        for row in csv.DictReader(stream):
            key = term_key(row["text"])
            rating = float(row["severity_rating"])
            known = _SURGE_CATEGORIES.get(row["category_1"])
            if known is None or key in seen or not _usable_english(key):
                continue
            if rating < 1.4 or (rating < 1.8 and not others[key]) or (cuss.get(key) == 0 and rating < 2.4):
                continue
            seen.add(key)
            category, sub = known
            severity = Severity.MEDIUM if rating >= 1.6 else Severity.LOW
            if category is Category.HATE and rating >= 2.4 and others[key]:
                severity = Severity.HIGH
            term = Term(key, category, sub, severity, origin=BUNDLE)
            yield _Candidate(
                term, "en", strong=rating >= 2.2, universal=others[key] == 3, everyday=key in everyday
            )


def _usable_english(key: str) -> bool:
    letters = sum(c.isalpha() for c in key)
    return key.isascii() and letters >= (4 if "'" in key else 3) and len(key) <= MAX_TERM


def _words(path: Path, least: int) -> set[str]:
    """English words that occur at least so often in web text."""
    with gzip.open(path, "rt", encoding="utf-8-sig") as stream:
        pairs = (line.split() for line in stream)
        return {word for word, count in pairs if int(count) >= least}


def _chinese(root: Path) -> Iterable[_Candidate]:
    folder = root / "text/zh_lexicons"
    konsheng = folder / "konsheng"
    sexual = [_terms(konsheng / "色情词库.txt"), _terms(konsheng / "色情类型.txt")]
    coarse = _terms(folder / "ldnoobw_zh.txt")
    houbb = _terms(folder / "houbb/dict_v20240407.txt.gz")
    general = [houbb, _terms(konsheng / "网易前端过滤敏感词库.txt"), _terms(konsheng / "补充词库.txt")]
    political = set().union(*(_terms(konsheng / f"{n}.txt") for n in ("政治类型", "反动词库", "贪腐词库")))
    votes: Counter[str] = Counter()
    for terms in (
        *sexual,
        coarse,
        *general,
        _terms(konsheng / "零时-Tencent.txt.gz"),
        _terms(konsheng / "GFW补充词库.txt"),
    ):
        votes.update(terms)
    weapons = {
        t for t in _terms(konsheng / "涉枪涉爆.txt") if _speaks_of(t, _WEAPONS) and _speaks_of(t, _DEALING)
    }
    plans: list[tuple[set[str], Category, str, int]] = [
        (sexual[0] | sexual[1], Category.SEXUAL, "explicit", 4),
        (coarse, Category.PROFANITY, "crude", 2),
        (weapons & houbb, Category.WEAPONS, "trade", 1),
        (
            set(map(term_key, _ILLEGAL_TRADE)) & _terms(konsheng / "广告类型.txt"),
            Category.ILLICIT,
            "illegal_trade",
            1,
        ),
    ]
    seen: set[str] = set(political)
    for terms, category, sub, needed in plans:
        for key in sorted(terms):
            # Two characters meet by chance in running text: such a term needs a curated list behind it.
            trusted = len(key) > 2 or (key in coarse and votes[key] >= 3)
            if (
                key in seen
                or votes[key] < needed
                or not trusted
                or _speaks_of(key, _TOPICS)
                or not _usable_chinese(key)
            ):
                continue
            seen.add(key)
            yield _Candidate(Term(key, category, sub, Severity.MEDIUM, origin=BUNDLE), "zh", strong=False)


def _speaks_of(term: str, words: Iterable[str]) -> bool:
    return any(word in term for word in words)


def _usable_chinese(key: str) -> bool:
    return sum("\u4e00" <= c <= "\u9fff" for c in key) >= 2 and len(key) <= MAX_TERM


def _terms(path: Path) -> set[str]:
    with open_text(path) as stream:
        return {key for line in stream if (key := term_key(line.strip().rstrip(",，")))}


def _occurrences(matcher: Matcher, texts: Iterable[str]) -> Counter[str]:
    """In how many texts each term is found."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({m.term.key for m in matcher.find(text)})
    return counts


def _by_category(terms: Iterable[Term]) -> dict[str, int]:
    counts = Counter(f"{t.category} {t.severity.name.lower()}" for t in terms)
    return dict(sorted(counts.items()))


def _notice() -> str:
    lines = ["This list was compiled, filtered and categorised from the following works:", ""]
    lines += [f"* {c.name}: {c.licence}. {c.attribution}. {c.url}".rstrip() for c in CREDITS]
    lines += ["", "Terms of the works under the MIT licence:", "", MIT_TERMS]
    lines += [
        "Apache-2.0: https://www.apache.org/licenses/LICENSE-2.0",
        "CC-BY-4.0: https://creativecommons.org/licenses/by/4.0/",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=build_lexicon.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the bundle")
    arguments = parser.parse_args()
    for name, count in sorted(build_lexicon(arguments.data, arguments.out).items()):
        print(f"{count:6d}  {name}")


if __name__ == "__main__":
    main()
