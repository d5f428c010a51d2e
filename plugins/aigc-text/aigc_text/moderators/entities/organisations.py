"""Organisations by the last word of their names: Acme Ltd, Muster GmbH, University of …, 某某公司, 某某大学."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.moderators.names.suffixes import ORGANISATION_ENDS

LONGEST = 80
_UPPER = "A-ZÀ-ÖØ-ÞĀČĎĘĚŁŃŇÓŘŚŠŤŮŹŻŽ"
_WORD = rf"[{_UPPER}0-9](?:[\w'’&.-]{{0,24}}[\w])?"
_SURE = [
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "gmbh",
    "bv",
    "nv",
    "oy",
    "ab",
    "srl",
    "spa",
    "sarl",
    "pty",
    "pte",
    "holdings",
    "university",
    "airlines",
]
"""Ends that say it alone; the others are ordinary words and need a name before them."""
_END = "|".join(
    sorted(
        {e.capitalize() for e in ORGANISATION_ENDS}
        | {e.upper() for e in ORGANISATION_ENDS}
        | {"GmbH", "KGaA", "S.A.", "S.p.A.", "B.V.", "N.V."}
    )
)
_LATIN = re.compile(
    rf"(?<![\w&.-])(?:{_WORD},? (?:(?:of|for|and|&|de|der|the) )?){{1,5}}?(?:{_END})\.?(?![\w])"
)
_OF = re.compile(
    rf"(?<!\w)(?:University|Bank|Institute|Ministry|Department|College|Academy|Museum|Church) of (?:the )?{_WORD}(?: (?:and )?{_WORD}){{0,3}}"
)
_START = re.compile(r"(?:The|A|An|This|Our|Your|My|In|At|For|From|With|And|But|If|When|Its|Their|His|Her) ")

_HAN_END = (
    "有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|集团|银行|大学|学院|医院|研究院|研究所|出版社|事务所|基金会|协会|委员会|电视台|报社|工作室"
    "|有限責任公司|股份有限公司|集團|銀行|大學|學院|醫院|研究院|出版社|事務所|基金會|協會|委員會"
)
_HAN = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()]{{2,16}}?(?:{_HAN_END})")
_NOT_NAMED = re.compile(
    r"^(?:.*(?:[的了是在和与及由于对把被让从到向这那哪某每各家们等其我你他她它贵本该])|.{0,1}(?:一家|这家|那家|多家|各大|几家|两家)|上市|母|子|总|分|外资|国有|私人|保险|物流|快递|大型|小型|综合|重点|商业|中央|投资|"
    r"公立|私立|民办|老年|考上|读|上|念|去|进|国内|国外|外国|著名|普通|名牌|名校)"
)


def find_organisations(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each; they may overlap."""
    for pattern in (_LATIN, _OF):
        for match in pattern.finditer(text):
            start, end = match.span()
            while lead := _START.match(text, start, end):
                start = lead.end()
            if " " in text[start:end] and end - start <= LONGEST:
                yield start, end
    if text.isascii():
        return
    for match in _HAN.finditer(text):
        name = _named(match.group())
        if len(name) >= 4:
            yield match.end() - len(name), match.end()


def _named(found: str) -> str:
    """The name without what leads to it; empty where only a kind of organisation is left."""
    end = re.search(f"(?:{_HAN_END})$", found)
    if end is None:
        return ""
    kept = found
    while lead := _NOT_NAMED.match(kept[: -len(end.group())]):
        kept = kept[lead.end() :]
    return kept if len(kept) - len(end.group()) >= 2 else ""
