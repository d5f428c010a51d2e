"""Texts to cut: both languages, things to find in all the ways they are written, and characters that hang together."""

from __future__ import annotations

import random

from aigc_sdk.taxonomy import Category, Severity
from aigc_sdk.verdict import Finding, Screening

TERMS = """block\tzorkmid\tprofanity\t2
block\tblat fang\tprofanity\t2
block\tgrumble of doom\tviolence\t3
block\tquux\tviolence\t3
block\twib\tprofanity\t2
block\t弓长三\tviolence\t3
block\t灰灰草\tprofanity\t2
allow\tzorkmid museum
allow\tblue quux
allow\t大灰灰草原
"""
"""A list of made-up terms: short and long, of one word and more, in both languages, and words that shield some."""

LISTED = ["zorkmid", "blat fang", "grumble of doom", "quux", "wib", "弓长三", "灰灰草"]
SHIELDED = ["zorkmid museum", "blue quux", "大灰灰草原"]
PRIVATE = [
    "jane.doe@example.com",
    "4111 1111 1111 1111",
    "GB82 WEST 1234 5698 7654 32",
    "11010519491231002X",
    "13800138000",
    "+44 20 7946 0958",
    "(212) 555-0123 ext 12",
    "536-22-8765",
    "8.8.8.8",
    "京A12345",
    "京A·D12345",
    "passport no: X1234567",
    "password: h8Kq2vLx9z",
    "https://bob:s3cretpw@host.example",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "ghp_" + "a1B2c3D4" * 5,
    "AB12 CDE",
]
CLAIMS = [
    "the best mattress in the world",
    "100% guaranteed results",
    "国家级产品",
    "全网第一品牌",
    "根治失眠",
    "cures diabetes",
]
PROSE = [
    "the",
    "quiet",
    "lamp",
    "shines",
    "over",
    "a",
    "river",
    "and",
    "nobody",
    "minds",
    "that",
    "it",
    "is",
    "late",
    "call",
    "me",
    "on",
    "room",
    "12",
    "order",
    "no.",
    "4417",
    "in",
    "2024",
    "for",
    "£20",
    "a",
    "b",
    "c",
    "z",
    "o",
    "as",
    "is",
    "reg",
    "plate",
    "card",
    "3.5",
    "No.",
    "the.",
    "I",
    "A",
    "B12",
    "x@",
    "://",
    "(",
    "+1",
    "0x1f",
    "a1",
    "it's",
    "twenty-one",
    "12:30",
]
HAN = [
    "今天天气很好",
    "我们去公园",
    "路",
    "12号",
    "京",
    "他说",
    "电话",
    "密码",
    "北京市海淀区中关村大街",
    "灰灰",
    "弓长",
    "的",
    "是",
    "。",
    "，",
    "！",
    "、",
    "第一",
    "最",
]
HANGING = [
    "👩‍👩‍👧",
    "é",
    "n̈",
    "🇬🇧",
    "🇨🇳🇫",
    "क्षि",
    "한",
    "\u200d",
    "\u0301",
    "\u200b",
    "\ufe0f",
    "שלום",
    "\u202eabc\u202c",
    "𝓏",
    "😀",
]
GLUE = [" ", " ", " ", "", "\n", "，", ". ", "  ", "\u3000", "-", "*", "\r\n"]


def disguised(word: str, rng: random.Random) -> str:
    """The word in one of the ways that are seen through, or that nearly are."""
    way = rng.randrange(8)
    if way == 0:
        return word.upper()
    if way == 1:
        return rng.choice(["*", ".", " ", "-", "__", "\u200b"]).join(word)
    if way == 2:
        return word.translate(str.maketrans("oieabs", rng.choice(["013465", "01348$", "0!3@8$"])))
    if way == 3:
        place = rng.randrange(len(word))
        return word[:place] + word[place] * rng.randint(2, 5) + word[place:]
    if way == 4:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)
    if way == 5:
        return "".join(c + rng.choice(["", "", "\u0301", "\u200d"]) for c in word)
    if way == 6:
        return word[: rng.randrange(1, len(word) + 1)]
    return word + rng.choice(["s", "ing", "1", "草", "@", "'", "·"])


def random_text(rng: random.Random, pieces: int = 40) -> str:
    """Prose of both languages with hits, near hits and clusters in it; often one language carries it."""
    words: list[str] = []
    chinese = rng.random()
    hits = rng.choice([0.02, 0.1, 0.3])
    for _ in range(rng.randint(1, pieces)):
        kind = rng.random()
        if kind < hits:
            found = rng.choice([*LISTED, *SHIELDED, *PRIVATE, *CLAIMS])
            words.append(found if rng.random() < 0.5 else disguised(found, rng))
        elif kind < hits + 0.08:
            words.append(rng.choice(HANGING))
        else:
            words.append(rng.choice(HAN if rng.random() < chinese else PROSE))
        words.append(rng.choice(GLUE) if rng.random() < 0.9 or chinese < 0.5 else "")
    return "".join(words)


def random_cuts(rng: random.Random, length: int) -> list[int]:
    """Where to cut: nowhere, everywhere, or in a few or many places."""
    way = rng.randrange(4)
    if way == 0 or length < 2:
        return []
    if way == 1:
        return list(range(1, length))
    return sorted({rng.randrange(1, length) for _ in range(rng.choice([1, 3, 10, length]))})


class WholeJudge:
    """A detector of whole texts: objects to two words that stand anywhere in what it sees, however far apart."""

    def load(self, runtime):
        pass

    def close(self):
        pass

    def moderate(self, items, *, stage, ctx):
        bad = (Finding(category=Category.VIOLENCE, severity=Severity.HIGH),)
        return [Screening(bad if "lamp" in i.text and "室友" in i.text else ()) for i in items]
