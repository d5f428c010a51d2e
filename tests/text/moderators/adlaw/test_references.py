"""The citations agree with themselves, between the languages, and with the list in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aigc_text.moderators.adlaw.moderator import CLAIMS

DOCS = Path(__file__).parents[4] / "docs" / "advertising-law.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCS.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
][2:]
LAWS = sorted({(law.jurisdiction, law.en, law.zh) for claim in CLAIMS for law in claim.laws})
CHINESE = [law for law in LAWS if law[0] == "cn"]
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
SUBJECTS = {
    9: "绝对化用语|国家机关",
    11: "引证",
    13: "贬低",
    14: "商标",
    16: "医疗、药品",
    17: "非医疗.*疾病治疗",
    18: "保健食品",
    24: "教育",
    25: "投资回报",
    28: "虚假|引证内容应当真实",
    73: "食品安全法",
}


def number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def articles(english: str) -> set[int]:
    found = re.findall(r"\bart\. (\d+)(?:\(\d+\))?(?: and (\d+))?", english)
    return {int(n) for pair in found for n in pair if n}


@pytest.mark.parametrize("words", [("九", 9), ("十一", 11), ("二十八", 28), ("七十三", 73), ("二十", 20)])
def test_numerals_are_read(words):
    assert number(words[0]) == words[1]


@pytest.mark.parametrize(("_", "en", "zh"), CHINESE)
def test_both_languages_cite_the_same_articles_about_their_subject(_, en, zh):
    cited = {number(words) for words in re.findall(r"第([一二三四五六七八九十]+)条", zh)}
    assert cited
    assert articles(en) == cited
    for article in cited:
        assert re.search(SUBJECTS[article], zh), article


@pytest.mark.parametrize(("_", "en", "zh"), CHINESE)
def test_both_languages_cite_the_same_items(_, en, zh):
    items = {int(n) for n in re.findall(r"art\. 9\((\d)\)", en)}
    assert items == {number(words) for words in re.findall(r"第九条第\(([一二三])\)项", zh)}


def test_prevention_is_not_laid_to_the_article_on_treatment():
    (law,) = next(claim for claim in CLAIMS if claim.name == "disease").laws
    assert {17, 18, 73} == articles(law.en.replace("Law art", "Law, art"))


def parts(jurisdiction: str, en: str) -> list[str]:
    if jurisdiction == "cn":
        law = en.partition(",")[0]
        named = {f"PRC Food Safety Law art. {n}" for n in articles(en) if n == 73}
        return sorted({f"{law} art. {n}" for n in articles(en) if n != 73} | named)
    return en.partition(": ")[2].split("; ")


@pytest.mark.parametrize(("jurisdiction", "en", "_"), LAWS)
def test_every_reference_is_in_the_documentation_with_its_state(jurisdiction, en, _):
    for part in parts(jurisdiction, en):
        assert any(part.startswith(row[0]) for row in ROWS), part
        if part.startswith("CAP Code"):
            for cited in re.findall(r"\d+\.\d+", part):
                assert any(
                    row[0].startswith(f"CAP Code {cited.split('.')[0]}")
                    and re.search(rf"\b{cited}\b", row[1])
                    for row in ROWS
                ), cited


def test_the_documentation_lists_nothing_else_and_states_what_counsel_must_check():
    every = [part for jurisdiction, en, _ in LAWS for part in parts(jurisdiction, en)]
    for reference, _, state in ROWS:
        assert any(
            part.startswith(reference.partition(" (prices")[0].partition(" (cures")[0]) for part in every
        ), reference
        assert state in ("number", "counsel")


def test_health_claims_name_the_section_on_food_and_drugs():
    for claim in CLAIMS:
        us = [law.en for law in claim.laws if law.jurisdiction == "us"]
        assert all("FTC Act s" in law for law in us)
        if claim.name in ("cure", "no_side_effects", "weight_loss"):
            assert "ss. 5 and 12" in us[0]
